"""Recognise what a description says: text in, a case of findings out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from kg.bulk import collector_paused
from kg.errors import BadInput
from kg.recognise.added import add_abstinences, add_bare_endings, add_bare_verbs, add_medicines
from kg.recognise.alarm import find_alarm, is_calm, words_told
from kg.recognise.amounts import apply_amounts
from kg.recognise.bodily import find_passed, find_unread
from kg.recognise.case import GUESSED, Case, Finding, Guess
from kg.recognise.context import find_context
from kg.recognise.courses import (
    NAMELESS,
    apply_courses,
    apply_treatments,
    fit_patterns,
    keep_what_came_back,
    mark_nameless,
)
from kg.recognise.cues import CueBook
from kg.recognise.denials import denied_circumstances
from kg.recognise.drafts import Draft, draft, settle
from kg.recognise.durations import apply_times
from kg.recognise.frames import Frames
from kg.recognise.guesses import Guesses
from kg.recognise.hearing import Hearing
from kg.recognise.layout import lay_out
from kg.recognise.learned import learned
from kg.recognise.leftover import left_over
from kg.recognise.lexicon import Lexicon
from kg.recognise.likeness import find_likeness
from kg.recognise.limits import Limits
from kg.recognise.lost import find_lost
from kg.recognise.measures import find_measures
from kg.recognise.numbers import find_numbers
from kg.recognise.patterns import Grammar
from kg.recognise.people import apply_people, settle_case, settle_past
from kg.recognise.persons import drop_ages_of_others, drop_outgrown
from kg.recognise.place import apply_places
from kg.recognise.places import Places
from kg.recognise.qualities import keep_present
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, PATTERN, SELF, Reading, Words
from kg.recognise.reasons import weigh_reasons
from kg.recognise.resolver import Resolver
from kg.recognise.results import dated, find_results, ruled_out
from kg.recognise.rules import Rules
from kg.recognise.second_reader import SecondReader
from kg.recognise.senses import drop_fiction, drop_other_senses, read_figures
from kg.recognise.shorthand import Shorthand, short_cues, starts_of
from kg.recognise.sides import apply_sides
from kg.recognise.soundness import apply_soundness
from kg.recognise.status import apply_status
from kg.recognise.story import CHILD
from kg.recognise.times import find_times
from kg.recognise.tokens import check_text
from kg.recognise.trials import find_trials
from kg.recognise.turns import leave_out_turns
from kg.view import View

Tables = dict[str, Any]
_NOTES = ("The text is about somebody else, who is the case here.",)
_ALONE = frozenset({NAMELESS, "denied"})  # what a pattern may be read for where no sign is named


class Recogniser:
    """Finds what a text reports, denies and leaves open, in the words of one view.

    Args:
        view: the compiled graph, with its labels and its language cues.
        keep: gives what was made of them before, or makes it and keeps it.

    >>> from kg.graph import open_graph
    >>> case = Recogniser(open_graph().view).recognise("My nose twitches, no numbness.")
    >>> [(f.id, f.status) for f in case.findings]
    [('ft:nostril-twitching', 'present'), ('ft:numbness', 'absent')]
    """

    def __init__(
        self, view: View, keep: Callable[[Callable[[], Tables]], Tables] | None = None
    ) -> None:
        self._view = view
        with collector_paused():
            cues = CueBook.build(view)
            lexicon = Lexicon(view, cues)
            kinds = (f"question-{kind}" for kind in ("part", "pattern", "leaning", "asking"))
            grammar = self._grammar = Grammar.build(*(cues.by_category.get(k, ()) for k in kinds))
            short = short_cues(cues.by_category)

            def made() -> Tables:
                own = {"questions": grammar.words.index, "shorthand": starts_of(short)}
                return {**cues.tables(), **lexicon.tables(), **own}

            cues.use(tables := made() if keep is None else keep(made))
            lexicon.use(tables)
            grammar.words.index = tables["questions"]
            frames = Frames.build(view, cues.by_category.get("frame", ()))
            written_out = Shorthand(short, tables["shorthand"])
            self._words = Words(view, cues, lexicon, frames, written_out)
            self._places = Places(view, lexicon, cues)
            self._rules = Rules(self._words)
        self._guesses = Guesses(self._words, self._places)
        rows = self._circumstances = cues.by_category.get("circumstance-row", ())
        persons = [c.properties for c in rows if c.properties.get("ft:row-slot") == "person"]
        self._ages = {t["ft:cue-concept"] for t in persons if "ft:row-unit" in t}
        young = (t for t in persons if CHILD in t.get("ft:row-state", "").split())
        self._young = {t["ft:cue-concept"] for t in young}
        grown = (c.properties for c in cues.by_category.get("grown-sense", ()))
        told = ((t["ft:cue-concept"], t["ft:implies"], t["ft:frame-part"]) for t in grown)
        self._grown = {name: (kind, parts.split()) for name, kind, parts in told}
        sets = self._rules.lasting, self._guesses.grave
        self._second = SecondReader(learned, self._words, self._places, *sets)
        self._hearing = Hearing(self._second, learned)
        self._limits, self._resolver = Limits(view), Resolver(view)

    def recognise(
        self,
        text: str,
        *,
        present: Sequence[str] = (),
        absent: Sequence[str] = (),
        today: date | None = None,
    ) -> Case:
        """Read a description of one person at one time.

        Args:
            text: what the person, or somebody for them, writes; offsets count its characters.
            present: names of concepts that are present whatever the text says.
            absent: names of concepts that are absent whatever the text says.
            today: the day on which the text was written; without it "since June" tells no length.

        Returns:
            The case: findings in the order of the text, then those that the caller named and
            those that follow; what the text says of others and of the past; what was left over.

        Raises:
            BadInput: the text is blank (and no name is given), too long, or has control characters.
            UnknownConcept: a name is not in the graph.
            AmbiguousConcept: a name stands for several concepts.
        """
        if today is not None and not isinstance(today, date):
            raise BadInput("today is no day: give a date, like date(2026, 11, 28)")
        named = self._named(present, absent)
        if not (named and isinstance(text, str) and not text.strip()):
            check_text(text)
        reading = self._read(text, today)
        mark_nameless(reading, self._rules)
        guessed = self._guesses.take_out(reading)
        settle_case(reading)
        settle_past(reading)
        drop_ages_of_others(reading, self._ages)
        context = find_context(reading, self._grammar)
        drop_outgrown(reading, self._young, self._grown, context.person)
        self._limits.compare(reading, context.person)
        results = find_results(reading)
        trials = find_trials(reading, context.medicines)
        drafts, used, unsure = draft(reading, self._places)
        drafts += denied_circumstances(reading, self._circumstances)
        drafts = self._patterns(drafts, named)
        drafts = [d for d in drafts if d.other or d.finding.id not in {n.finding.id for n in named}]
        drafts = settle(self._words, drafts)
        alarm = find_alarm(told := words_told(reading), learned)
        unread = find_unread(reading, used, [*guessed, *unsure], calm=is_calm(alarm))
        drafts = weigh_reasons(reading, [*drafts, *named], context, read=not unread)
        drafts = settle(self._words, self._rules.apply(drafts, context))
        others = tuple(d.finding for d in drafts if d.other)
        findings = keep_present((d.finding for d in drafts if not d.other), others)
        results = dated(reading, results, findings)
        findings = self._hearing.heard(reading, findings, others, context)
        return Case(
            text=text,
            findings=(*findings, *ruled_out(results, findings)),
            unrecognised=left_over(reading, used),
            others=others,
            in_scope=self._in_scope(drafts),
            notes=() if reading.case == SELF else _NOTES,
            trials=trials,
            measures=tuple(reading.measures),
            results=results,
            **context.slots,
            guesses=tuple(Guess(reading.span(m.start, m.end), (m.id,)) for m in guessed),
            unread=unread,
            passed=find_passed(reading, used, unread),
            alarm=alarm,
            likeness=find_likeness(told, learned),
        )

    @property
    def notes(self) -> dict[str, str]:
        """What is to be said of how names were understood; see `Resolver`."""
        return self._resolver.notes

    def ids(self, names: Sequence[str]) -> tuple[str, ...]:
        """The ids of concepts that can be reported, by their names.

        Raises:
            UnknownConcept: a name is not in the graph.
            AmbiguousConcept: a name stands for several concepts.
        """
        roles = frozenset({"ft:reportable"})
        return tuple(self._resolver.resolve(name, roles=roles) for name in names)

    def _read(self, text: str, today: date | None = None) -> Reading:
        """Find what a text names, then what it says of each."""
        reading = lay_out(text, self._words)
        drop_other_senses(reading)
        drop_fiction(reading)
        read_figures(reading)
        add_abstinences(reading)
        add_medicines(reading)
        reading.numbers = find_numbers(reading.tokens, self._words.cues)
        find_measures(reading)
        apply_amounts(reading)
        find_times(reading, today)
        leave_out_turns(reading)
        add_bare_verbs(reading, timed := {i for t in reading.times for i in range(t.start, t.end)})
        add_bare_endings(reading, timed)
        dates = {i for t in reading.times if t.kind == "date" for i in range(t.start, t.end)}
        for mention in filter(self._words.is_pattern, reading.mentions):
            # "for weeks" is a time: whether it makes a lasting finding, the threshold decides.
            lasts = mention.id in self._rules.lasting and reading.covered.issuperset(mention.extent)
            mention.dropped |= lasts or mention.start in dates
        self._second.guess(reading)
        apply_status(reading)
        keep_what_came_back(reading)
        apply_soundness(reading)
        find_lost(reading)
        apply_people(reading)
        apply_sides(reading, self._places)
        apply_places(reading, self._places)
        apply_times(reading)
        apply_treatments(reading)
        apply_courses(reading)
        fit_patterns(reading, self._rules)
        return reading

    def _patterns(self, drafts: list[Draft], named: list[Draft]) -> list[Draft]:
        """Leave out patterns when there is nothing that they could be the pattern of."""
        concepts, opposites = self._view.concepts, self._view.opposites
        opposed = {i for p in opposites if any(CAUSE in concepts[n].roles for n in p) for i in p}
        ids = {d.finding.id for d in [*drafts, *named] if d.finding.reason != "denied"}
        real = set(filter(self._words.is_effect_id, ids))
        return [
            d
            for d in drafts
            if PATTERN not in concepts[d.finding.id].roles
            or d.finding.id in opposed
            or (self._is_anchored(d.finding.id) and not d.marks.isdisjoint(_ALONE))
            or any(self._rules.fits(d.finding.id, i) for i in real)
            or not (real or d.marks.isdisjoint(_ALONE))
        ]

    def _named(self, present: Sequence[str], absent: Sequence[str]) -> list[Draft]:
        """The findings that the caller names, each at its own place."""
        drafts = []
        told: dict[str, str] = {}
        for names, status in ((present, "present"), (absent, "absent")):
            if isinstance(names, str):
                raise BadInput(f'a list of names is needed, such as ["{names}"]: not one text')
            for concept in self.ids(names):
                if told.setdefault(concept, status) != status:
                    label = self._view.label(concept)
                    raise BadInput(f'"{label}" is both present and absent: give it once')
                effect = EFFECT in self._view.concepts[concept].roles
                site = next(iter(self._places.own(concept) if effect else ()), None)
                drafts.append(Draft(Finding(concept, status, site=site)))
        return drafts

    def _in_scope(self, drafts: list[Draft]) -> bool:
        """Whether the text reports something that the graph is about, of anybody at any time."""
        for item in drafts:
            roles = self._view.concepts[item.finding.id].roles
            denied = item.finding.status == "absent" and not item.other
            if denied or "ft:bare-kind" in roles:  # read, but nothing that the graph is about
                continue
            if CANDIDATE in roles or self._is_anchored(item.finding.id):
                return True
            around = self._places.within(item.finding.site or "")
            if EFFECT in roles and item.finding.reason != GUESSED and self._homes & {*around}:
                return True
        return False

    def _is_anchored(self, concept: str) -> bool:
        """Whether a concept is a kind of what the graph is about."""
        return not self._anchors.isdisjoint(self._words.broader(concept))

    @cached_property
    def _anchors(self) -> frozenset[str]:
        return frozenset(c.id for c in self._view.concepts.values() if c.scope_anchor)

    @cached_property
    def _homes(self) -> frozenset[str]:
        """The places where what the graph is about is at home."""
        return frozenset(place for anchor in self._anchors for place in self._places.own(anchor))
