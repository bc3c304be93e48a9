"""The one list of prefixes, read from `prefixes.ttl`: expand and compact IRIs, head a query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kg.errors import BadInput, InvalidKnowledge, MissingFile, printable
from kg.resources import ontology_dir
from kg.terms import IRI

# The file holds `@prefix` lines and comments only, so no Turtle parser is needed to read it.
_LINE = re.compile(r"@prefix\s+(?P<prefix>[A-Za-z][\w.\-]*)?:\s+<(?P<iri>[^<>\"{}|\\^`\s]+)>\s*\.")
_LOCAL = re.compile(r"[\w](?:[\w.\-/]*[\w\-])?|")


class Prefixes(Mapping[str, str]):
    """A mapping from prefix to namespace that writes IRIs short and long.

    >>> some = Prefixes({"ex": "https://example.org/", "part": "https://example.org/part/"})
    >>> some.expand("ex:a")
    IRI('https://example.org/a')
    >>> some.compact("https://example.org/part/b")
    'part:b'
    """

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = dict(sorted(namespaces.items()))
        self._longest_first = sorted(
            self._namespaces.items(), key=lambda item: (-len(item[1]), item[0])
        )

    def __getitem__(self, prefix: str) -> str:
        return self._namespaces[prefix]

    def __iter__(self) -> Iterator[str]:
        return iter(self._namespaces)

    def __len__(self) -> int:
        return len(self._namespaces)

    def expand(self, name: str) -> IRI:
        """Return the full IRI of a compact one; a full IRI comes back as it is.

        Args:
            name: `prefix:local`, `https://…`, or either of them in angle brackets.

        Raises:
            BadInput: the prefix is unknown, there is none, or the result is not an IRI.

        >>> default_prefixes().expand("skos:prefLabel")
        IRI('http://www.w3.org/2004/02/skos/core#prefLabel')
        """
        text = name[1:-1] if name.startswith("<") and name.endswith(">") else name
        prefix, colon, local = text.partition(":")
        if colon and prefix in self._namespaces and not local.startswith("//"):
            return IRI(self._namespaces[prefix] + local)
        if colon and (local.startswith("//") or prefix == "urn"):
            return IRI(text)
        known = ", ".join(f"{each}:" for each in self._namespaces)
        raise BadInput(
            f'"{printable(name)}" is not an IRI: write https://… or one of the prefixes {known}'
        )

    def compact(self, iri: str) -> str:
        """Return the short form of an IRI, or the IRI itself where no prefix fits.

        The longest namespace wins, and `expand` undoes it. The short form is for people and for
        JSON; its local part may hold a `/`, which a SPARQL or Turtle text would have to escape.

        >>> default_prefixes().compact("https://example.org/elsewhere")
        'https://example.org/elsewhere'
        """
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace):
                local = iri[len(namespace) :]
                if _LOCAL.fullmatch(local):
                    return f"{prefix}:{local}"
        return str(iri)

    def sparql_header(self) -> str:
        """Return the `PREFIX` lines that let a query use every prefix, sorted.

        >>> print(Prefixes({"ex": "https://example.org/"}).sparql_header(), end="")
        PREFIX ex: <https://example.org/>
        """
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self._namespaces.items())


def read_prefixes(path: Path) -> Prefixes:
    """Read the `@prefix` lines of a Turtle file.

    Raises:
        MissingFile: the file is not there.
        InvalidKnowledge: a prefix stands for two namespaces, or there is none.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise MissingFile(str(path)) from None
    namespaces: dict[str, str] = {}
    for match in _LINE.finditer(re.sub(r"(?m)^\s*#.*$", "", text)):
        prefix, namespace = match["prefix"] or "", match["iri"]
        if namespaces.setdefault(prefix, namespace) != namespace:
            raise InvalidKnowledge(str(path), f"the prefix {prefix}: is declared twice: keep one")
    if not namespaces:
        raise InvalidKnowledge(str(path), "no @prefix line found: declare the prefixes there")
    return Prefixes(namespaces)


@cache
def default_prefixes() -> Prefixes:
    """Return the prefixes of the installed ontology, read once.

    >>> default_prefixes()["owl"]
    'http://www.w3.org/2002/07/owl#'
    """
    return read_prefixes(ontology_dir() / "prefixes.ttl")
