"""What everything that is told about one case shares: its parts, its words, who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kg.explain.cite import short
from kg.explain.model import Chain, Explanation, RankedCondition
from kg.explain.phrasing import Phrasing
from kg.explain.reading import Reading
from kg.explain.summary import Told
from kg.view import Claim

if TYPE_CHECKING:
    from kg.explain.tools import Tools

__all__ = ["SUPPORTS", "REFUTES", "Teller"]

SUPPORTS: Final = "supports"
REFUTES: Final = "refutes"
_BLAMED: Final = ("cause", "should-stop-medicine")  # questions that suspect what they name
_NEARLY: Final = 0.3  # a source that is cited already is taken before one that weighs so much more


class Teller:
    """Words the entries of one summary, and remembers which sources it has cited."""

    def __init__(self, tools: Tools, explanation: Explanation, reading: Reading) -> None:
        self.tools = tools
        self.view = tools.view
        self.told = explanation
        self.case = explanation.case
        self.reading = reading
        self.plain, self.terms = tools.phrasings
        self._used: set[str] = set()
        self._known: dict[str, float | None] = {}

    @property
    def level(self) -> str:
        """How urgent it is."""
        return self.told.urgency.level

    def rank(self, level: str) -> int:
        """The place of a level of urgency; that of the lowest where it is none."""
        step = self.view.scales.get(f"ft:{level}")
        return step.rank or 0 if step is not None else 0

    @cached_property
    def ranked(self) -> tuple[RankedCondition, ...]:
        """The explanations that the graph describes."""
        return tuple(c for c in self.told.conditions if c.described)

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
                c for c in claims if c in view and (view[c].supported or direction == REFUTES)
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
        items = self.tools.citations.evidence(claims)
        found = dict.fromkeys(i.source for i in items if i.direction == direction)

        def weight(source: str) -> float:
            known = self.view.sources.get(source)
            step = self.view.scales.get(known.type) if known is not None else None
            return (step.weight or 0.0 if step else 0.0) + _NEARLY * (source in self._used)

        chosen = tuple(sorted(found, key=lambda s: -weight(s))[:most])
        self._used.update(chosen)
        return chosen

    # -- the graph

    def course(self, condition: str) -> tuple[Claim, ...]:
        """What a condition is known for, and how long it lasts unless it has lasted longer."""
        known, quantities = self.view.by_subject, self.view.quantities
        longest = max((f.duration_days or 0.0 for f in self.case.findings), default=0.0)
        lasts = (
            c
            for c in known.get((condition, "ft:has-duration"), ())
            if c.object in quantities and longest <= (quantities[c.object].max_days or longest)
        )
        return (*known.get((condition, "ft:has-feature"), ()), *lasts)

    def is_a(self, concept: str, role: str) -> bool:
        """Whether the kind of a concept has an engine role."""
        known = self.view.concepts.get(concept)
        return known is not None and role in known.roles

    def likelihood(self, probability: float) -> str:
        """The word for a probability, as the graph defines it."""
        steps = [s for s in self.view.scales.values() if s.kind == "ft:LikelihoodWord"]
        steps.sort(key=lambda s: -(s.probability or 0.0))
        fitting = (s.label for s in steps if probability >= (s.probability or 0.0))
        return next(fitting, steps[-1].label if steps else "possible")

    def probability(self, concept: str) -> float | None:
        """The probability of a condition, its kinds included; None for what is not ranked."""
        if concept not in self._known:
            kinds = set(self.tools.taxonomy.narrower(concept))
            found = [c.probability for c in self.told.conditions if c.id in kinds]
            self._known[concept] = min(1.0, sum(found)) if found else None
        return self._known[concept]

    def way(self, cause: str) -> Chain | None:
        """The best chain from a concept to what the person has."""
        reading = self.reading
        found = self.tools.stories.raising(cause, reading.effects, reading.denials)[0]
        return next((c for c in found if c.sign == "+"), None)

    @cached_property
    def suspects(self) -> tuple[str, ...]:
        """The medicines that are taken or asked about, and may have to do with it."""
        taken = [m.id for m in self.case.medicines if m.id is not None]
        asked = [a for q in self.case.asked if q.kind in _BLAMED for a in q.about]
        names = dict.fromkeys((*self.reading.present, *taken, *asked))
        medicines = [n for n in names if self.is_a(n, "ft:prescribed-kind")]
        able = tuple(n for n in medicines if self.way(n) is not None)
        return able or tuple(n for n in medicines if n in asked)

    def called_for(self, *kinds: str) -> dict[str, list[str]]:
        """What the raised flags call for, or the first explanation where none is, with the claims.

        To see a doctor at all is what the level of urgency says already.
        """
        grounds = [f.id for f in self.told.urgency.because if f.level == self.level]
        grounds += [c.id for c in self.ranked[:1]] if not grounds else []
        called: dict[str, list[str]] = {}
        for ground in grounds:
            for claim in self.view.by_subject.get((ground, "ft:warrants"), ()):
                known = self.view.concepts.get(claim.object)
                fits = known is not None and set(kinds).intersection(known.kinds)
                if fits and not self.is_a(claim.object, "ft:told-by-level"):
                    called.setdefault(claim.object, []).append(claim.id)
        return called

    def level_word(self, level: str) -> str:
        """How a level is called."""
        return self.view.label(f"ft:{short(level)}")
