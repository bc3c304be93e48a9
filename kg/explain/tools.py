"""What cases are explained with: one tool for each step, made from a view when first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from kg.explain.causes import Causes
from kg.explain.chains import ChainFinder
from kg.explain.circumstances import Circumstances
from kg.explain.cite import Citations
from kg.explain.conditions import ConditionModel
from kg.explain.disagreements import Disagreements
from kg.explain.effects import Effect, read_effects
from kg.explain.flags import RedFlags
from kg.explain.location import Locator
from kg.explain.names import Names
from kg.explain.phrasing import Phrasing
from kg.explain.questions import Questions
from kg.explain.remedies import Remedies
from kg.explain.sentences import Sentences
from kg.explain.signed import SignedGraph
from kg.explain.stories import Stories
from kg.explain.taxonomy import Taxonomy
from kg.explain.tried import Tried
from kg.explain.unread import UnreadQuestions
from kg.recognise.limits import Limits
from kg.view import View

_PART = "body-part"
_SIDES = ("side", "half-place")


class Tools:
    """The tools of one view, used for any number of cases."""

    def __init__(self, view: View, levels: Sequence[str]) -> None:
        self.view = view
        self._seats: dict[str, frozenset[str]] = {}
        self.highest = levels[-1] if levels else ""

    @cached_property
    def part_names(self) -> Mapping[str, Sequence[str]]:
        """The names of parts of the body that belong to a place without being one, by place."""
        found: dict[str, list[str]] = {}
        for cue in self.view.cues.get(_PART, ()):
            if "ft:part-of-site" in cue.properties:
                found.setdefault(cue.properties["ft:part-of-site"], []).append(cue.text)
        return found

    @cached_property
    def side_words(self) -> Mapping[str, Sequence[str]]:
        """The words that tell a side, by the side."""
        found: dict[str, list[str]] = {}
        for cue in (cue for name in _SIDES for cue in self.view.cues.get(name, ())):
            if "ft:cue-side" in cue.properties:
                found.setdefault(cue.properties["ft:cue-side"], []).append(cue.text)
        return found

    def seats(self, sign: str) -> frozenset[str]:
        """The parts of the body where a sign shows, with the parts that these belong to."""
        if sign not in self._seats:
            broader, within = self.taxonomy.broader(sign), self.unread.within
            places = {p for c in broader for p in self.view.objects(c, "ft:located-in")}
            self._seats[sign] = frozenset(w for place in places for w in within(place))
        return self._seats[sign]

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """What is a kind or a form of what."""
        return Taxonomy(self.view)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of each step of a scale, by its name; the lowest where it has none."""
        return {s.id.partition(":")[2]: s.rank or 0 for s in self.view.scales.values()}

    @cached_property
    def signs(self) -> frozenset[str]:
        """What a person can see or feel."""
        return self._of_kind("ft:Sign", "ft:Symptom")

    @cached_property
    def noticed(self) -> frozenset[str]:
        """What a person can notice: signs, and how they come and go."""
        return self.signs | self._of_kind("ft:TemporalPattern")

    def _of_kind(self, *kinds: str) -> frozenset[str]:
        return frozenset(
            c.id for c in self.view.concepts.values() if not {*kinds}.isdisjoint(c.kinds)
        )

    @cached_property
    def citations(self) -> Citations:
        """Claims as links, with who says so."""
        return Citations(self.view)

    @cached_property
    def stories(self) -> Stories:
        """The chains that are told."""
        return Stories(ChainFinder(SignedGraph(self.view), self.citations))

    @cached_property
    def flags(self) -> RedFlags:
        """What must not wait."""
        return RedFlags(self.view, self.citations)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What the remedies do."""
        return read_effects(self.view, self.taxonomy, self.stories.finder.graph)

    @cached_property
    def _tried(self) -> Tried:
        return Tried(self.view, self.effects)

    @cached_property
    def causes(self) -> Causes:
        """What brings findings about."""
        return Causes(self.view, self.stories, self._tried)

    @cached_property
    def circumstances(self) -> Circumstances:
        """What the slots of a case mean."""
        return Circumstances(self.view)

    @cached_property
    def conditions(self) -> ConditionModel:
        """How likely the conditions are."""
        return ConditionModel(self.view, self.taxonomy)

    @cached_property
    def locator(self) -> Locator:
        """Where the trouble sits."""
        return Locator(self.view, self.citations, self.taxonomy)

    @cached_property
    def limits(self) -> Limits:
        """Which limits of amounts hold for whom."""
        return Limits(self.view)

    @cached_property
    def remedies(self) -> Remedies:
        """What helps."""
        return Remedies(
            self.view, self.effects, self.stories, self.citations, self._tried, self.limits
        )

    @cached_property
    def questions(self) -> Questions:
        """What to ask next."""
        return Questions(self.view, self.conditions)

    @cached_property
    def unread(self) -> UnreadQuestions:
        """What was meant by words that were not understood."""
        return UnreadQuestions(self.view)

    @cached_property
    def sentences(self) -> Sentences:
        """What answers questions."""
        return Sentences(self.view)

    @cached_property
    def names(self) -> Names:
        """Names and sources of all that is told."""
        return Names(self.view, self.citations)

    @cached_property
    def phrasings(self) -> tuple[Phrasing, Phrasing]:
        """How things are put: in plain words, and in terms."""
        return Phrasing(self.view), Phrasing(self.view, clinical=True)

    @cached_property
    def disagreements(self) -> Disagreements:
        """What is contested."""
        return Disagreements(self.view, self.citations)
