"""A name to its concept: label, synonym, IRI, or a term of another vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import AmbiguousConcept, BadInput, UnknownConcept
from kg.prefixes import default_prefixes
from kg.recognise.stems import stem
from kg.recognise.tokens import tokenise
from kg.view import View

_NEAREST = 3
_FITS = {"exact": "is", "close": "is close to", "narrow": "is a kind of"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found by a search: `matched` is the name that fits, `score` runs from 0 to 100."""

    id: str
    label: str
    matched: str
    score: float


class Resolver:
    """Looks concepts of a view up by any of their names.

    >>> from kg.graph import open_graph
    >>> resolver = Resolver(open_graph().view)
    >>> resolver.resolve("Coffee"), resolver.resolve("https://w3id.org/facial-twitch/stress")
    ('ft:caffeine', 'ft:stress')

    Attributes:
        notes: by the name that was asked for, what is to be said of how it was understood.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self.notes: dict[str, str] = {}
        self._index: dict[str, list[tuple[int, str]]] | None = None
        self._stems: dict[str, list[tuple[int, str]]] = {}
        self._names: list[tuple[str, str, str, frozenset[str]]] = []

    def resolve(self, name: str, *, roles: frozenset[str] | None = None) -> str:
        """The compact IRI of the concept that has this name.

        Args:
            name: a label, a synonym, a compact or full IRI, or the local name of one; or the IRI
                of a term of another vocabulary, which means the concept that is exactly it, else
                one that is close to it or broader.
            roles: when given, only concepts with one of these engine roles count.

        Raises:
            BadInput: the name is blank.
            UnknownConcept: nothing has this name; carries the nearest three.
            AmbiguousConcept: several concepts have this name, none better than the others.
        """
        key = _key(name)
        if not key and name.strip():
            raise UnknownConcept(name)
        if not key:
            raise BadInput("the name of a concept is empty: give a label or an identifier")
        exact = self._by_iri(name.strip())
        if exact is not None and self._allowed(exact, roles):
            return exact
        term = self._by_term(name.strip(), roles)
        if term is not None:
            return term
        index = self._load()
        found = self._best(index.get(key, ()), roles)
        if not found:
            found = self._best(self._stems.get(_stemmed(key), ()), roles)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousConcept(name, sorted(found))
        raise UnknownConcept(name, self._nearest(name, roles))

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The concepts whose names fit a text best, the best first.

        Raises:
            BadInput: the text is blank or the limit is below 1.
        """
        key = _key(text)
        if not key:
            raise BadInput("the text to search for is empty: give a word")
        if not isinstance(limit, int) or limit < 1:
            raise BadInput(f"the limit {limit} is below 1: give a whole number from 1")
        best: dict[str, Hit] = {}
        term = self._term(text.strip())
        for match in self._view.terms.get(term, ()):
            label = self._view.label(match.concept)
            best[match.concept] = Hit(match.concept, label, f"{term} ({match.kind})", 100.0)
        for score, name, concept in self._scored(key):
            seen = best.get(concept)
            if seen is None or score > seen.score:
                best[concept] = Hit(concept, self._view.label(concept), name, score)
        ranked = sorted(best.values(), key=lambda h: (-h.score, h.label.casefold(), h.id))
        return ranked[:limit]

    def shared(self) -> dict[str, list[str]]:
        """The names that several concepts claim alike, with these concepts."""
        claimed = ((name, self._best(held, None)) for name, held in self._load().items())
        return {name: sorted(found) for name, found in claimed if len(found) > 1}

    # -- inside

    def _load(self) -> dict[str, list[tuple[int, str]]]:
        if self._index is None:
            index: dict[str, list[tuple[int, str]]] = {}
            for concept in self._view.concepts.values():
                for rank, label in concept.ranked_names():
                    key = _key(label)
                    index.setdefault(key, []).append((rank, concept.id))
                    stems = _stemmed(key)
                    self._stems.setdefault(stems, []).append((rank, concept.id))
                    self._names.append((label, concept.id, key, frozenset(stems.split())))
            self._index = index
        return self._index

    def _by_iri(self, name: str) -> str | None:
        if name in self._view.concepts:
            return name
        if name.startswith("<") and name.endswith(">"):
            name = name[1:-1]
        if "/" in name:
            return next((c.id for c in self._view.concepts.values() if c.iri == name), None)
        local = name.lower()
        found = [c for c in self._view.concepts if c.partition(":")[2] == local]
        return found[0] if len(found) == 1 else None

    def _by_term(self, name: str, roles: frozenset[str] | None) -> str | None:
        """The concept that a term stands for: of the right kind, then the best match of these.

        What is narrower than the term is never meant: it would say more than was said.
        """
        term = self._term(name)
        fitting = [match for match in self._view.terms.get(term, ()) if match.kind in _FITS]
        allowed = [match for match in fitting if self._allowed(match.concept, roles)]
        if not allowed:
            return None
        first = allowed[0]
        best = [m.concept for m in allowed if m[1:] == first[1:]]
        if len(best) > 1:
            raise AmbiguousConcept(name, best)
        if len(fitting) > 1 or first.kind != "exact":
            told = [f"{_FITS[m.kind]} {self._view.label(m.concept)}" for m in fitting]
            chosen = self._view.label(first.concept)
            self.notes[term] = f"{term} {' and '.join(told)}: {chosen} is meant"
        return first.concept

    def _term(self, name: str) -> str:
        """The compact IRI of a term, however it is written; what is none comes back."""
        terms = self._view.terms
        if "/" in name:
            name = default_prefixes().compact(name.removeprefix("<").removesuffix(">"))
        if name in terms or ":" not in name:
            return name
        return next((term for term in terms if term.casefold() == name.casefold()), name)

    def _allowed(self, concept: str, roles: frozenset[str] | None) -> bool:
        return roles is None or bool(roles & self._view.concepts[concept].roles)

    def _best(
        self, candidates: Iterable[tuple[int, str]], roles: frozenset[str] | None
    ) -> list[str]:
        allowed = [(rank, c) for rank, c in candidates if self._allowed(c, roles)]
        if not allowed:
            return []
        # What a person can report goes before a serving or a structure of the same name.
        reportable = [r for r in allowed if "ft:reportable" in self._view.concepts[r[1]].roles]
        allowed = reportable or allowed
        best = min(rank for rank, _ in allowed)
        return list(dict.fromkeys(c for rank, c in allowed if rank == best))

    def _nearest(self, name: str, roles: frozenset[str] | None) -> list[str]:
        labels: list[str] = []
        for _, _, concept in self._scored(_key(name)):
            label = self._view.label(concept)
            if label not in labels and self._allowed(concept, roles):
                labels.append(label)
            if len(labels) == _NEAREST:
                break
        return labels

    def _scored(self, key: str) -> list[tuple[float, str, str]]:
        # Loaded when something is searched for: resolving a known name does without.
        from rapidfuzz import fuzz

        self._load()
        scored = []
        words = set(_stemmed(key).split())
        for name, concept, other, there in self._names:
            score = fuzz.ratio(key, other)
            if key in other:
                score = max(score, 80.0 + 20.0 * len(key) / len(other))
            shared = len(words & there)
            if shared:
                # The same words in another order are nearly the name; a part of them is less.
                score = max(
                    score, 180.0 * shared / (len(words) + len(there)) + 9.0 * (words == there)
                )
            if score >= 45.0:
                scored.append((round(score, 2), name, concept))
        return sorted(scored, key=lambda s: (-s[0], s[1].casefold(), s[2]))


def _key(name: str) -> str:
    if not isinstance(name, str):
        raise BadInput(f"a name is needed, not {type(name).__name__}: give a text")
    return " ".join(t.norm for t in tokenise(name) if t.kind != "mark")


def _stemmed(key: str) -> str:
    return " ".join(stem(word) for word in key.split())
