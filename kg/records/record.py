"""From a record to what a graph is asked with: words, and concepts that are present or denied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import BadInput, NothingStated
from kg.graph import Graph
from kg.records.fhir import of_fhir
from kg.records.phenopacket import of_phenopacket
from kg.records.stated import Stated

_MOST: Final = 200  # statements of a record
_SENTENCES: Final = {
    "person": "{}.",
    "words": "{}.",
    "present": "{}.",
    "absent": "No {}.",
    "past": "In the past: {}.",
    "illness": "Diagnosed with {}.",
    "takes": "Takes {}.",
    "took": "Stopped {}.",
}


@dataclass(frozen=True)
class Record:
    """A record as a graph takes it.

    Attributes:
        text: in words what the record states, as far as no concept stands for it.
        findings: ids of the concepts that are present.
        absent: ids of the concepts that are denied.
        notes: what was understood by its name alone, or not at all.
    """

    text: str = ""
    findings: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def case(self) -> dict[str, Any]:
        """What `Graph.explain` and its kin take."""
        return {"text": self.text, "findings": self.findings, "absent": self.absent}


def read_record(graph: Graph, data: object) -> Record:
    """Read a GA4GH Phenopacket, or a FHIR resource or bundle.

    A term is taken as the concept that it is mapped to; one that has no mapping goes on by its
    name, in words, so that it is read or told as not understood: nothing is passed over.

    Raises:
        BadInput: it is neither.
        NothingStated: it states nothing.

    >>> from kg.graph import open_graph
    >>> feature = {"type": {"id": "HP:0000643", "label": "Blepharospasm"}}
    >>> with open_graph() as graph:
    ...     read_record(graph, {"id": "1", "phenotypicFeatures": [feature]}).findings
    ('ft:blepharospasm',)
    """
    if not isinstance(data, Mapping):
        raise BadInput("the record is no JSON object: give a Phenopacket or a FHIR resource")
    inner: Mapping[str, Any] = data.get("phenopacket") or data  # as a family has it
    stated = list(of_fhir(inner) if "resourceType" in inner else of_phenopacket(inner))
    stated = [each for each in stated if each.name or each.codes]
    unread = {Stated("words", "", each.codes) for each in stated}
    if all(each.state in ("person", "absent") or each in unread for each in stated):
        raise NothingStated("the record states no finding: give a Phenopacket or a FHIR resource")
    if len(stated) > _MOST:
        raise BadInput(f"the record states over {_MOST} things: give those of one visit")
    return _Reader(graph).read(stated)


class _Reader:
    """Gathers what a record states."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._text: list[str] = []
        self._ids: dict[str, list[str]] = {"present": [], "absent": []}
        self._notes: list[str] = []

    def read(self, stated: list[Stated]) -> Record:
        for each in stated:
            if each.state in ("person", "words"):
                self._worded(each)
            else:
                self._coded(each)
        present = tuple(dict.fromkeys(self._ids["present"]))
        absent = tuple(n for n in dict.fromkeys(self._ids["absent"]) if n not in present)
        return Record(" ".join(self._text), present, absent, tuple(self._notes))

    def _coded(self, each: Stated) -> None:
        found, by_code = self._found(each)
        if not by_code:
            self._note(each, (found,) if found else self._meant(each))
        if each.state not in self._ids:
            self._say(each, self._graph.view.label(found) if found and not each.name else each.name)
        elif found is None:
            self._asked(each)
        elif each.days is None or not self._dated(each, found):
            self._ids[each.state].append(found)

    def _dated(self, each: Stated, concept: str) -> bool:
        """Say since when, where it is read as it is meant."""
        sentence = f"{self._graph.view.label(concept)} for {round(each.days or 0)} days."
        read = self._graph.read(sentence).findings
        if (
            each.state != "present"
            or not each.days
            or not any(f.id == concept and f.duration_days for f in read)
        ):
            return False
        self._text.append(sentence[0].upper() + sentence[1:])
        return True

    def _asked(self, each: Stated) -> None:
        """What has no concept of its own: an answer by what its question is read as, else words."""
        read = self._meant(each)
        self._ids[each.state] += read
        if not read:
            self._say(each, each.name.rstrip("?:. "))

    def _meant(self, each: Stated) -> tuple[str, ...]:
        """What the words of a question, or of what is denied, are read as."""
        name = each.name.rstrip("?:. ")
        asked = each.state == "absent" or (each.state == "present" and each.name.endswith("?"))
        return self._graph.read(name).present() if name and asked else ()

    def _worded(self, each: Stated) -> None:
        if each.name:
            self._text.append(_SENTENCES[each.state].format(each.name.rstrip(". ")))
        elif each.codes:
            self._notes.append(f"{each.codes[0]} is not read")

    def _say(self, each: Stated, name: str) -> None:
        if name:
            self._text.append(_SENTENCES[each.state].format(name))

    def _found(self, each: Stated) -> tuple[str | None, bool]:
        """The concept that is meant, and whether its code says so."""
        for by_code, names in ((True, each.codes), (False, (each.name,))):
            for name in self._known(names):
                return name, by_code
        return None, False

    def _known(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in filter(None, names):
            try:
                yield self._graph.resolve(name)
            except BadInput:
                continue

    def _note(self, each: Stated, found: tuple[str, ...]) -> None:
        told = " ".join(filter(None, (*each.codes[:1], f"“{each.name}”" if each.name else "")))
        if found:
            names = " and ".join(map(self._graph.view.label, found))
            self._notes.append(f"{told} is taken as {names}, by its name")
        elif each.name:
            self._notes.append(f"{told} has no counterpart here: it is read as words")
        else:
            self._notes.append(f"{told} has no counterpart here, and no name: it is left out")
