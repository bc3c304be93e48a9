"""What everything that is told about one case shares: its parts, its words, who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.explain.aid import Aid
from kg.explain.cite import short
from kg.explain.model import Explanation
from kg.explain.phrasing import Phrasing, capital
from kg.explain.reading import Reading
from kg.explain.summary import Told
from kg.view import Claim

if TYPE_CHECKING:
    from kg.explain.tools import Tools

SUPPORTS: Final = "supports"
REFUTES: Final = "refutes"
KNOWN: Final = "Known already"
_NEARLY: Final = 0.3  # a source that is cited already is taken before one that weighs so much more


# What the graph answers to a question in words: the text, what it is about, the claims.
Aside = tuple[str, tuple[str, ...], tuple[str, ...]]
# Answers a question of which a pronoun may stand for a topic.
Ask = Callable[[str, str], Aside | None]


class Teller(Aid):
    """Words the entries of one summary, and remembers which sources it has cited."""

    def __init__(
        self,
        tools: Tools,
        explanation: Explanation,
        reading: Reading,
        asides: Mapping[str, Aside],
    ) -> None:
        super().__init__(tools, explanation, reading)
        self.asides = asides
        self.plain, self.terms = tools.phrasings
        self._used: set[str] = set()
        self._once: set[str] = set()

    def say(
        self,
        words: Callable[[Phrasing], str],
        claims: Iterable[str] = (),
        *,
        lead: str = "",
        about: Iterable[str] = (),
        direction: str = SUPPORTS,
        most: int = 1,
    ) -> Told:
        """One entry in both wordings, with at most so many of the sources of its claims."""
        view = self.view.claims
        known = tuple(
            dict.fromkeys(
                c
                for c in claims
                if c in view
                and (view[c].supported or direction == REFUTES)
                # Who says what a flag is not about does not say what it is about.
                and view[c].predicate != "ft:has-exclusion"
            )
        )
        return Told(
            words(self.plain),
            words(self.terms),
            lead,
            tuple(dict.fromkeys(about)),
            known,
            self._sources(known, direction, most),
        )

    def plainly(self, text: str, *, lead: str = "") -> Told:
        """One entry that is the same at every level and rests on no claim."""
        return self.say(lambda _: text, lead=lead)

    def _sources(self, claims: Sequence[str], direction: str, most: int) -> tuple[str, ...]:
        """The fewest sources that speak for all of the claims, the weightiest of equals first.

        Who says how soon care is needed comes before who only says what the signs are.
        """
        said = {
            c: {i.source for i in self.tools.citations.evidence((c,)) if i.direction == direction}
            for c in claims
        }
        left = list(said.values())
        levels = [said[c] for c in claims if self.view.claims[c].predicate == "ft:has-urgency"]

        def worth(source: str) -> tuple[bool, int, float, str]:
            known = self.view.sources.get(source)
            step = self.view.scales.get(known.type) if known is not None else None
            weight = (step.weight or 0.0 if step else 0.0) + _NEARLY * (source in self._used)
            first = any(source in own for own in levels)
            return first, sum(source in own for own in left), weight, source

        chosen: list[str] = []
        while len(chosen) < most and any(left):
            chosen.append(max({s for own in left for s in own}, key=worth))
            left = [own for own in left if chosen[-1] not in own]
        self._used.update(chosen)
        return tuple(chosen)

    def course(self, condition: str, *, asked: bool = False) -> tuple[Claim, ...]:
        """What a condition is known for, and how long it lasts unless it has lasted longer.

        Nobody is told how a palsy ends where nothing is weak, unless it is `asked`.
        """
        if not asked and self._lacking(condition) and not self.is_benign(condition):
            return ()
        known, quantities = self.view.by_subject, self.view.quantities
        # How long a treatment lasts has nothing to do with how long one has been ill.
        longest = 0.0 if self.is_a(condition, "ft:remedy-kind") else self.lasted(condition)
        lasts = (
            c
            for c in known.get((condition, "ft:has-duration"), ())
            if c.object in quantities and longest <= (quantities[c.object].max_days or longest)
        )
        # What becomes of children is not told to who is grown up, and to a child first.
        limits, person = self.tools.limits, self.case.person
        features = known.get((condition, "ft:has-feature"), ())
        told = (c.object for c in features if limits.may_hold(c.object, person))
        held = limits.sorted(told, person)
        return (*(c for c in features if c.object in held), *lasts)

    def course_once(self, condition: str) -> tuple[Claim, ...]:
        """The same where it was not told before; nothing is harmless beside a known illness."""
        ill = (*self.concerned, *(n for n in self.known if not self.is_benign(n)))
        if ill and self.is_benign(condition):
            return ()
        return self.course(condition) if self.first_time(f"course of {condition}") else ()

    def first_time(self, what: str) -> bool:
        """Whether something is told for the first time; it counts as told from then on."""
        new = what not in self._once
        self._once.add(what)
        return new

    def likelihood(self, probability: float) -> str:
        """The word for a probability, as the graph defines it."""
        steps = [s for s in self.view.scales.values() if s.kind == "ft:LikelihoodWord"]
        steps.sort(key=lambda s: -(s.probability or 0.0))
        fitting = (s.label for s in steps if probability >= (s.probability or 0.0))
        return next(fitting, steps[-1].label if steps else "possible")

    def standing(self, condition: str, probability: float) -> str:
        """What goes before an explanation: that the person knows of it, or how likely it is."""
        named = self.kin(condition).intersection(self.known)
        return KNOWN if named else capital(self.likelihood(probability))

    def level_word(self, level: str) -> str:
        """How a level is called."""
        return self.view.label(f"ft:{short(level)}")
