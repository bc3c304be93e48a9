"""From a store to the view: a handful of SELECT queries and one pass over their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from types import MappingProxyType
from typing import Final, TypeVar

from kg.bulk import collector_paused
from kg.evidence import EvidenceReader
from kg.prefixes import default_prefixes
from kg.reader import Reader, Values, from_name, text_of
from kg.store.protocol import Store
from kg.view import Concept, Cue, Match, Quantity, Relation, ScaleItem, View

_T = TypeVar("_T")

_MATCHES: Final = ("exact", "close", "narrow", "broad")  # the best first

_DURATION = re.compile(
    r"(?P<sign>-)?P(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<W>\d+)W)?(?:(?P<D>\d+)D)?"
    r"(?:T(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?"
)
_DAYS: Final = {
    "Y": 365.0, "M": 30.0, "W": 7.0, "D": 1.0, "h": 1 / 24, "m": 1 / 1440, "s": 1 / 86400,
}  # fmt: skip


def days(duration: str) -> float | None:
    """The length of an `xsd:duration` in days; a month counts 30 of them, a year 365.

    None for a text that is no duration.

    >>> days("P14D"), days("PT72H"), days("P1M"), days("P2W"), days("soon")
    (14.0, 3.0, 30.0, 14.0, None)
    """
    match = _DURATION.fullmatch(duration)
    parts = match.groupdict() if match else {}
    sign = -1.0 if parts.pop("sign", None) else 1.0
    found = {unit: number for unit, number in parts.items() if number is not None}
    if not found:
        return None
    return sign * sum(float(number) * _DAYS[unit] for unit, number in found.items())


def spelt_out(text: str) -> Iterator[str]:
    """The phrases that a text with choices stands for.

    >>> list(spelt_out("{it|that} {has |}gone"))
    ['it has gone', 'it gone', 'that has gone', 'that gone']
    """
    parts = (part.split("|") for part in re.split(r"[{}]", text))
    yield from (" ".join("".join(chosen).split()) for chosen in product(*parts))


def compile_view(store: Store) -> View:
    """Read a store into the view that every step of the engine works on.

    Only SELECT queries are put to the store, so that every store will do. The view is sorted by
    compact IRI and does not depend on the order in which the store answers.

    Raises:
        StoreUnusable, EndpointUnavailable: the store does not answer.

    >>> from kg.store import open_store
    >>> view = compile_view(open_store())
    >>> view.concepts["ft:caffeine"].label
    'caffeine'
    """
    with collector_paused():
        return _Compiler(store).view()


class _Compiler:
    """Holds what one compilation shares: the reader, and the texts of all things."""

    def __init__(self, store: Store) -> None:
        self._reader = Reader(store)
        self._texts = self._reader.grouped("texts")
        self._scales: dict[str, ScaleItem] = {}

    def view(self) -> View:
        parents, labels, roles, vocabularies = self._classes()
        ancestry = {name: _ancestry(name, parents) for name in sorted(set(parents) | set(labels))}
        kinds: dict[str, list[str]] = {}
        for thing, kind in self._reader.rows("kinds"):
            kinds.setdefault(self._reader.name(thing), []).append(self._reader.name(kind))
        concepts, quantities = self._concepts(kinds, ancestry, roles)
        evidence = EvidenceReader(self._reader, self._scales)
        inferences = sorted(
            tuple(map(self._reader.name, row)) for row in self._reader.rows("inferences")
        )
        versions = (text_of(row[0]) for row in self._reader.rows("version"))
        return View(
            version=max(versions, default="unknown"),
            concepts=_sorted(concepts),
            relations=_sorted(self._relations()),
            claims=_sorted(evidence.claims()),
            sources=_sorted(evidence.sources),
            passages=_sorted(evidence.passages),
            scales=_sorted(self._scales),
            quantities=_sorted(quantities),
            cues=self._cues(),
            implications=tuple((a, b) for a, p, b in inferences if p == "ft:implied-by"),
            opposites=tuple((a, b) for a, p, b in inferences if p == "ft:opposite-of"),
            class_labels=_sorted(labels),
            terms=_sorted(self._terms(concepts, vocabularies)),
        )

    def _classes(
        self,
    ) -> tuple[dict[str, list[str]], dict[str, str], dict[str, list[str]], dict[str, str]]:
        parents: dict[str, list[str]] = {}
        labels: dict[str, str] = {}
        roles: dict[str, list[str]] = {}
        vocabularies: dict[str, str] = {}
        for thing, values in self._reader.grouped("classes").items():
            parents[thing] = sorted(map(self._reader.name, values.get("rdfs:subClassOf", ())))
            roles[thing] = sorted(map(self._reader.name, values.get("ft:engine-role", ())))
            labels[thing] = self._reader.one(values, "rdfs:label") or from_name(thing)
            vocabularies[thing] = self._reader.one(values, "ft:vocabulary") or ""
        return parents, labels, roles, vocabularies

    def _terms(
        self, concepts: Mapping[str, Concept], vocabularies: Mapping[str, str]
    ) -> dict[str, tuple[Match, ...]]:
        found: dict[str, set[tuple[int, bool, Match]]] = {}
        for row in self._reader.rows("terms"):
            concept, relation, term = map(self._reader.name, row)
            kind = relation.removeprefix("skos:").removesuffix("Match")
            if concept in concepts:
                own = (vocabularies.get(each) for each in concepts[concept].kinds)
                match = Match(concept, kind, term.partition(":")[0] in own)
                found.setdefault(term, set()).add(
                    (_MATCHES.index(kind), not match.preferred, match)
                )
        return {term: tuple(match for *_, match in sorted(each)) for term, each in found.items()}

    def _concepts(
        self,
        kinds: Mapping[str, list[str]],
        ancestry: Mapping[str, tuple[str, ...]],
        roles: Mapping[str, list[str]],
    ) -> tuple[dict[str, Concept], dict[str, Quantity]]:
        synonyms: dict[str, dict[str, tuple[str, ...]]] = {}
        for concept, prop, lines in self._reader.rows("synonyms"):
            listed = tuple(sorted(set(text_of(lines).split("\n"))))
            synonyms.setdefault(self._reader.name(concept), {})[self._reader.name(prop)] = listed
        concepts: dict[str, Concept] = {}
        quantities: dict[str, Quantity] = {}
        seen: dict[tuple[str, ...], tuple[tuple[str, ...], frozenset[str]]] = {}
        for thing, classes in kinds.items():
            key = tuple(sorted(set(classes)))
            if key not in seen:
                all_kinds = _most_specific_first(key, ancestry)
                own = frozenset(role for kind in all_kinds for role in roles.get(kind, ()))
                seen[key] = (all_kinds, own)
            all_kinds, own_roles = seen[key]
            values = self._texts.get(thing, {})
            if "ft:Concept" not in all_kinds:
                self._scales[thing] = self._scale_item(thing, all_kinds[0], values)
                continue
            names = synonyms.get(thing, {})
            concepts[thing] = Concept(
                id=thing,
                iri=str(default_prefixes().expand(thing)),
                label=self._reader.one(values, "skos:prefLabel") or from_name(thing),
                definition=self._reader.one(values, "skos:definition") or "",
                kinds=all_kinds,
                roles=own_roles | self._own_roles(values),
                alt_labels=names.get("skos:altLabel", ()),
                hidden_labels=names.get("skos:hiddenLabel", ()),
                lay_label=self._reader.one(values, "ft:lay-label"),
                lay_clause=self._reader.one(values, "ft:lay-clause"),
                question=self._reader.one(values, "ft:question"),
                advice=self._reader.one(values, "ft:advice"),
                scope_anchor=self._reader.one(values, "ft:scope-anchor") in ("true", "1"),
                urgency_when_named=self._reader.one(values, "ft:urgency-when-named"),
            )
            if "ft:Quantity" in all_kinds:
                quantities[thing] = self._quantity(thing, values)
        return concepts, quantities

    def _own_roles(self, values: Values) -> frozenset[str]:
        return frozenset(map(self._reader.name, values.get("ft:engine-role", ())))

    def _scale_item(self, thing: str, kind: str, values: Values) -> ScaleItem:
        rank = self._reader.number(values, "ft:rank")
        shortest = self._reader.one(values, "ft:minimum-duration")
        return ScaleItem(
            id=thing,
            kind=kind,
            label=self._reader.one(values, "skos:prefLabel") or from_name(thing),
            definition=self._reader.one(values, "skos:definition") or "",
            rank=int(rank) if rank is not None else None,
            weight=self._reader.number(values, "ft:weight"),
            probability=self._reader.number(values, "ft:probability"),
            advice=self._reader.one(values, "ft:advice"),
            min_days=days(shortest) if shortest is not None else None,
        )

    def _quantity(self, thing: str, values: Values) -> Quantity:
        shortest = self._reader.one(values, "ft:minimum-duration")
        longest = self._reader.one(values, "ft:maximum-duration")
        return Quantity(
            id=thing,
            label=self._reader.one(values, "skos:prefLabel") or from_name(thing),
            value=self._reader.number(values, "ft:value"),
            unit=self._reader.one(values, "ft:unit"),
            comparator=self._reader.one(values, "ft:comparator"),
            min_days=days(shortest) if shortest is not None else None,
            max_days=days(longest) if longest is not None else None,
            serving_of=self._reader.one(values, "ft:serving-of"),
            below_implies=self._reader.one(values, "ft:below-implies"),
            above_implies=self._reader.one(values, "ft:above-implies"),
        )

    def _relations(self) -> dict[str, Relation]:
        relations: dict[str, Relation] = {}
        for thing, values in self._reader.grouped("relations").items():
            label = self._reader.one(values, "rdfs:label") or from_name(thing)
            polarity = self._reader.number(values, "ft:polarity")
            relations[thing] = Relation(
                id=thing,
                iri=str(default_prefixes().expand(thing)),
                label=label,
                definition=self._reader.one(values, "skos:definition") or "",
                phrase=self._reader.one(values, "ft:phrase") or label,
                inverse_phrase=self._reader.one(values, "ft:inverse-phrase") or label,
                plain_phrase=self._reader.one(values, "ft:plain-phrase"),
                polarity=int(polarity) if polarity is not None else None,
                chain_direction=self._reader.one(values, "ft:chain-direction"),
                causal=self._reader.one(values, "ft:causal") in ("true", "1"),
                direct=self._reader.one(values, "ft:direct") in ("true", "1"),
            )
        return relations

    def _cues(self) -> dict[str, tuple[Cue, ...]]:
        own = ("rdf:type", "ft:cue-category", "ft:cue-reach")
        reader = self._reader
        about = reader.grouped("cues")
        cues: dict[str, list[Cue]] = {}
        for cue, lines in reader.rows("cue-texts"):
            thing = reader.name(cue)
            values = about.get(thing, {})
            properties = MappingProxyType(
                {
                    prop: " ".join(sorted(map(reader.name, found)))
                    for prop, found in sorted(values.items())
                    if prop not in own
                }
            )
            category = reader.one(values, "ft:cue-category") or ""
            reach = reader.one(values, "ft:cue-reach")
            texts = set(text_of(lines).split("\n"))
            if "ft:cue-choices" in properties:
                texts = {phrase for text in texts for phrase in spelt_out(text)}
            same = cues.setdefault(category.removeprefix("ft:"), [])
            same += [Cue(thing, text, category, reach, properties) for text in texts]
        return {name: tuple(sorted(same, key=lambda c: c[:2])) for name, same in cues.items()}


def _ancestry(name: str, parents: Mapping[str, list[str]]) -> tuple[str, ...]:
    order = [name]
    for item in order:
        order += [parent for parent in parents.get(item, ()) if parent not in order]
    return tuple(order)


def _most_specific_first(
    classes: Iterable[str], ancestry: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The classes and all their ancestors; what lies deepest below the root comes first."""
    every = {a for c in classes for a in ancestry.get(c, (c,))}
    return tuple(sorted(every, key=lambda c: (-len(ancestry.get(c, (c,))), c)))


def _sorted(items: Mapping[str, _T]) -> Mapping[str, _T]:
    return MappingProxyType({key: items[key] for key in sorted(items)})
