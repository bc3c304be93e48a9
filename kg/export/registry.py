"""Export formats by name: each is a module of `kg.export.formats` that holds a `FORMAT`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from kg.errors import BadInput, printable
from kg.export import formats


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        description: what it is and who reads it, in a few words.
        media_type: as in HTTP.
        suffix: of file names, with the dot.
        write: turns a drawing, or statements, into the content of a file; the same bytes every
            time.
        takes: what `write` takes: a `Drawing` ("drawing") or triples ("statements").
        options: what else `write` takes, by name.
        shows_ids: whether a reader of the file sees the ids of concepts.
    """

    description: str
    media_type: str
    suffix: str
    write: Callable[..., str | bytes]
    takes: Literal["drawing", "statements"] = "drawing"
    options: tuple[str, ...] = ()
    shows_ids: bool = True

    def written(self, thing: Any, **options: Any) -> str | bytes:
        """What `write` makes of a thing; options that are None count as not given.

        Raises:
            BadInput: the format has no such option.
        """
        given = {name: value for name, value in options.items() if value is not None}
        for name in given:
            if name not in self.options:
                known = f"use {' or '.join(self.options)}" if self.options else "leave it out"
                raise BadInput(f'the format has no option "{printable(name)}": {known}')
        return self.write(thing, **given)


def format_names() -> tuple[str, ...]:
    """The names of all formats, sorted; none of them is loaded.

    >>> "turtle" in format_names()
    True
    """
    return tuple(sorted(module.name for module in iter_modules(formats.__path__)))


def get_format(name: str) -> Format:
    """Return a format by its name.

    Raises:
        BadInput: there is none.

    >>> get_format("turtle").suffix
    '.ttl'
    >>> get_format("papyrus")
    Traceback (most recent call last):
    kg.errors.BadInput: unknown format "papyrus": use one of ...
    """
    if name not in format_names():
        known = ", ".join(format_names())
        raise BadInput(f'unknown format "{printable(str(name))}": use one of {known}')
    found: Format = import_module(f"{formats.__name__}.{name}").FORMAT
    return found


def format_of_file(file: str) -> str | None:
    """The first format whose files end as this one does.

    >>> format_of_file("face.SVG"), format_of_file("notes.txt")
    ('svg', None)
    """
    named = (name for name in format_names() if file.lower().endswith(get_format(name).suffix))
    return next(named, None)
