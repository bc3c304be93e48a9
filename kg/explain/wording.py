"""Sentences made from labels and the phrases of relations, worded as surely as the source is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.view import Claim, Relation, View

_MODALS: Final = frozenset({"can", "could", "may", "might"})
_ROUND: Final = 0.04  # part of a time that is not told
_STEPS: Final = ((365.0, "year"), (30.0, "month"), (7.0, "week"), (1.0, "day"))
_IRREGULAR: Final = {"is": "be", "are": "be", "has": "have", "does": "do"}


def base_form(phrase: str) -> str:
    """The phrase with its verb in the base form, as it stands after "may".

    >>> [base_form(p) for p in ("blocks", "sets off", "is a form of", "carries", "can show as")]
    ['block', 'set off', 'be a form of', 'carry', 'can show as']
    """
    verb, space, rest = phrase.partition(" ")
    if verb in _IRREGULAR:
        verb = _IRREGULAR[verb]
    elif verb.endswith("ies") and len(verb) > 4:
        verb = verb[:-3] + "y"
    elif verb.endswith(("ches", "shes", "sses", "xes", "zzes")):
        verb = verb[:-2]
    elif verb.endswith("s") and not verb.endswith("ss"):
        verb = verb[:-1]
    return verb + space + rest


def denied(phrase: str) -> str:
    """The verb phrase denied.

    >>> [denied(p) for p in ("causes", "can show as", "is seen in", "can be a sign of")]
    ['does not cause', 'does not show as', 'is not seen in', 'is not a sign of']
    """
    verb, _, rest = phrase.partition(" ")
    if verb in _MODALS:
        verb, _, rest = rest.partition(" ")
    if verb in ("is", "are", "be"):
        return f"{'are' if verb == 'are' else 'is'} not {rest}".rstrip()
    return f"does not {base_form(verb)} {rest}".rstrip()


def listed(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """The words as an enumeration.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def days_told(count: float) -> str:
    """A number of days in the largest unit that fits.

    >>> [days_told(count) for count in (1, 10, 21, 90, 0.25, 0.01)]
    ['1 day', '10 days', '3 weeks', '3 months', '6 hours', '14 minutes']
    """
    for size, unit in _STEPS:
        number = count / size
        if number >= 1 and (abs(number - round(number)) < _ROUND * number or size == 1.0):
            return f"{number:.0f} {unit}" + ("s" if round(number) != 1 else "")
    minutes = max(1, round(count * 1440))
    number, unit = (minutes, "minute") if minutes < 60 else (round(minutes / 60), "hour")
    return f"{number} {unit}" + ("s" if number != 1 else "")


class Wording:
    """Puts claims of one view into words."""

    def __init__(self, view: View) -> None:
        self._view = view
        hedges = [s for s in view.scales.values() if s.kind == "ft:Hedge"]
        surest = max((h.weight or 0.0 for h in hedges), default=1.0)
        # What the source states without reserve needs no word.
        self._hedges = {h.id: h.label for h in hedges if (h.weight or 0.0) < surest}

    def phrase(self, phrase: str, claim: Claim) -> str:
        """The verb phrase as surely as the source says it; denied where sources only refute it."""
        return self.hedged(phrase, claim.hedge) if claim.supported else denied(phrase)

    def hedged(self, phrase: str, hedge: str) -> str:
        """The verb phrase with the word of the hedge in its place."""
        word = self._hedges.get(hedge)
        if word is None or phrase.partition(" ")[0] in _MODALS:
            return phrase
        if word in _MODALS:
            return f"{word} {base_form(phrase)}"
        verb, _, rest = phrase.partition(" ")
        return f"{verb} {word} {rest}".rstrip() if verb in ("is", "are") else f"{word} {phrase}"

    def label(self, concept: str) -> str:
        """The label of a concept; a claim that is spoken about is put into quotes."""
        claim = self._view.claims.get(concept)
        return f"“{self.claim(claim)}”" if claim is not None else self._view.label(concept)

    def claim(self, claim: Claim, *, backward: bool = False) -> str:
        """The claim as a sentence without a full stop, read from its object when `backward`."""
        relation = self._view.relations.get(claim.predicate)
        obj = claim.object if claim.literal_object else self.label(claim.object)
        subject = self.label(claim.subject)
        phrase = self._phrase(relation, claim.predicate, backward)
        first, second = (obj, subject) if backward else (subject, obj)
        return f"{first} {self.phrase(phrase, claim)} {second}"

    def lay(self, concept: str) -> str:
        """The plain words for a concept, or its label."""
        return self._view.lay(concept) or self.label(concept)

    def plain(self, claim: Claim, *, backward: bool = False) -> str:
        """What the claim says of its subject, or of its object when `backward`, in plain words."""
        relation = self._view.relations.get(claim.predicate)
        phrase = self._phrase(relation, claim.predicate, backward)
        if relation is not None and relation.plain_phrase and not backward:
            phrase = relation.plain_phrase
        if claim.literal_object and not backward:
            other = claim.object
        else:
            other = self.lay(claim.subject if backward else claim.object)
        return f"{self.phrase(phrase, claim)} {other}"

    def verb(self, claim: Claim) -> str:
        """The relation of the claim in words, as surely as the source says it."""
        relation = self._view.relations.get(claim.predicate)
        return self.phrase(self._phrase(relation, claim.predicate, False), claim)

    def together(self, claims: Iterable[Claim]) -> list[str]:
        """The claims as sentences; those that say the same of one subject become one sentence."""
        grouped: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            relation = self._view.relations.get(claim.predicate)
            phrase = self.phrase(self._phrase(relation, claim.predicate, False), claim)
            grouped.setdefault((self.label(claim.subject), phrase), []).append(claim)
        return [
            f"{subject} {phrase} "
            + listed([c.object if c.literal_object else self.label(c.object) for c in found])
            for (subject, phrase), found in grouped.items()
        ]

    @staticmethod
    def _phrase(relation: Relation | None, name: str, backward: bool) -> str:
        if relation is None:
            return name.rpartition(":")[2].replace("-", " ")
        return relation.inverse_phrase if backward else relation.phrase
