"""Where the knowledge files are: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import MissingFile

_PACKAGE = Path(__file__).resolve().parent


@cache
def _folder(name: str) -> Path:
    # The wheel's copy goes first: a folder beside an installed package belongs to somebody else.
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise MissingFile(name, "the folder did not come with the package: install the package again")


def ontology_dir() -> Path:
    """Return the folder that holds the Turtle files.

    Raises:
        MissingFile: the installation is incomplete.

    >>> (ontology_dir() / "prefixes.ttl").is_file()
    True
    """
    return _folder("ontology")


def queries_dir() -> Path:
    """Return the folder that holds the SPARQL files.

    Raises:
        MissingFile: the installation is incomplete.

    >>> queries_dir().name
    'queries'
    """
    return _folder("queries")
