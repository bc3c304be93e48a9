"""Which assets come with the graph; loads nothing heavy, so that the command line can list them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.errors import BadInput, printable
from kg.resources import ontology_dir


@cache
def _files() -> dict[str, Path]:
    return {path.stem: path for path in sorted((ontology_dir() / "assets").glob("*.svg"))}


def asset_names() -> tuple[str, ...]:
    """The names of the assets that come with the graph, sorted; none of them is read."""
    return tuple(_files())


def asset_title(name: str) -> str:
    """The title of an asset of the graph; only the beginning of the file is read."""
    with _files()[name].open(encoding="utf-8") as file:
        found = re.search(r"<title>([^<&]*)</title>", file.read(2000))
    return " ".join(found[1].split()) if found else name


def asset_file(name: str | None = None) -> Path:
    """The file of an asset: by its name, the first one, or a file of your own.

    Raises:
        BadInput: there is no such asset.
    """
    files = _files()
    if name is None and files:
        return next(iter(files.values()))
    if name in files:
        return files[str(name)]
    if name is not None and name.endswith(".svg"):
        return Path(name)
    known = ", ".join(files) or "none"
    raise BadInput(
        f'unknown picture "{printable(str(name))}": name an .svg file, or one of {known}'
    )
