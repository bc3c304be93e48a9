"""The files that travel with the page: our script and style, and the libraries it is drawn with."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import MissingFile

_FOLDER: Final = Path(__file__).resolve().parent
_VENDOR: Final = _FOLDER / "vendor"
# A browser that looks for the map would ask for a file that is not there.
_MAP: Final = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Library:
    """A library of others, as its publisher made it; `sha256` is the checksum of the file."""

    file: str
    name: str
    version: str
    licence: str
    licence_file: str
    path: str
    sha256: str
    licence_sha256: str


@cache
def libraries() -> tuple[Library, ...]:
    """The vendored libraries, in the order in which the page loads them.

    >>> [library.name for library in libraries()]
    ['@dagrejs/dagre', 'cytoscape']
    """
    listed = json.loads(_text(_VENDOR / "manifest.json"))["libraries"]
    return tuple(Library(**entry) for entry in listed)


@cache
def vendored(library: Library) -> str:
    """The code of a library, with its licence in front where the code does not hold it."""
    code = _MAP.sub("", _text(_VENDOR / library.file))
    licence = _text(_VENDOR / library.licence_file).strip().replace("*/", "* /")
    named = f"{library.name} {library.version} ({library.licence})"
    return f"/*! {named}\n\n{licence}\n*/\n{code}"


@cache
def read(name: str) -> str:
    """The text of a file of ours.

    Raises:
        MissingFile: the installation is incomplete.
    """
    return _text(_FOLDER / name)


def integrity(text: str) -> str:
    """What a content security policy calls a script or a style.

    >>> integrity("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except OSError:
        detail = "the file did not come with the package: install the package again"
        raise MissingFile(path.name, detail) from None
