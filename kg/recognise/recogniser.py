"""Recognise what a description says: text in, a case of findings out."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.amounts import Implied, apply_amounts
from kg.recognise.case import Case, Finding
from kg.recognise.cues import CueBook
from kg.recognise.drafts import Draft, draft
from kg.recognise.functions import apply_functions
from kg.recognise.lexicon import REPORTABLE, Lexicon
from kg.recognise.people import SELF, apply_people, whose_case
from kg.recognise.places import Places, apply_places, apply_sides
from kg.recognise.reading import PATTERN, Mention, Reading, Words, add_bare_verbs, read
from kg.recognise.resolver import Resolver
from kg.recognise.rules import Rules, is_effect, settle
from kg.recognise.scope import apply_scope
from kg.recognise.times import apply_times, find_numbers, find_times
from kg.recognise.tokens import check_text
from kg.view import View

__all__ = ["Recogniser"]

_UNDERSTOOD = ("person", "side", "manner", "scope")


class Recogniser:
    """Finds what a text reports, denies and leaves open, in the words of one view.

    Args:
        view: the compiled graph, with its labels and its language cues.

    >>> from kg.compile import compile_view
    >>> from kg.store import open_store
    >>> case = Recogniser(compile_view(open_store())).recognise("My nose twitches, no numbness.")
    >>> [(f.id, f.status) for f in case.findings]
    [('ft:nostril-twitching', 'present'), ('ft:numbness', 'absent')]
    """

    def __init__(self, view: View) -> None:
        self._view = view
        cues = CueBook.build(view)
        self._words = Words(view, cues, Lexicon(view, cues))
        self._places = Places(view, self._words.lexicon)
        self._rules = Rules(self._words)
        self._resolver = Resolver(view)

    def recognise(
        self, text: str, *, present: Sequence[str] = (), absent: Sequence[str] = ()
    ) -> Case:
        """Read a description of one person at one time.

        Args:
            text: what the person, or somebody for them, writes; offsets count its characters.
            present: names of concepts that are present whatever the text says.
            absent: names of concepts that are absent whatever the text says.

        Returns:
            The case: findings in the order of the text, then those that the caller named and
            those that follow; what the text says of others and of the past; what was left over.

        Raises:
            BadInput: the text is blank (and no name is given), too long, or has control characters.
            UnknownConcept: a name is not in the graph.
            AmbiguousConcept: a name stands for several concepts.
        """
        named = self._named(present, absent)
        if text.strip() or not named:
            check_text(text)
        reading, implied = self._read(text)
        case = whose_case(reading)
        drafts, used = draft(reading, self._places, case, implied)
        drafts = self._patterns(drafts, named)
        drafts = [d for d in drafts if d.other or d.finding.id not in {n.finding.id for n in named}]
        drafts = settle(self._words, drafts)
        drafts = settle(self._words, self._rules.apply([*drafts, *named]))
        findings = tuple(d.finding for d in drafts if not d.other)
        notes = () if case == SELF else ("The text is about somebody else, who is the case here.",)
        return Case(
            text=text,
            findings=findings,
            unrecognised=self._left_over(reading, used),
            others=tuple(d.finding for d in drafts if d.other),
            in_scope=self._in_scope(drafts),
            notes=notes,
        )

    # -- steps

    def _read(self, text: str) -> tuple[Reading, list[Implied]]:
        reading = read(text, self._words)
        numbers = find_numbers(reading.tokens, self._words.cues)
        implied = apply_amounts(reading, numbers)
        spans = find_times(reading, numbers)
        add_bare_verbs(reading, {i for s in spans for i in range(s.start, s.end)})
        lasting = self._rules.lasting
        for mention in reading.mentions:
            # "for weeks" is a time: whether it makes a lasting finding, the threshold decides.
            inside = range(mention.start, mention.end)
            dated = any(s.kind == "date" and s.start <= mention.start < s.end for s in spans)
            if dated or (mention.id in lasting and all(i in reading.covered for i in inside)):
                mention.dropped = mention.dropped or self._words.is_pattern(mention)
        apply_scope(reading)
        apply_functions(reading)
        apply_people(reading)
        apply_sides(reading)
        apply_places(reading, self._places)
        apply_times(reading, spans)
        self._treatments(reading)
        self._fit_patterns(reading)
        for hit in reading.hits["manner"]:
            if "continuance" in hit.categories:
                for mention in self._sentence_of(reading, hit.start):
                    mention.marks.add("continuance")
        return reading, implied

    def _fit_patterns(self, reading: Reading) -> None:
        """Drop patterns that stand nearest to a finding whose pattern they cannot be."""
        effects = [m for m in reading.mentions if self._words.is_effect(m) and not m.dropped]
        for mention in reading.mentions:
            if not self._words.is_pattern(mention):
                continue
            number = reading.segment[mention.start]
            sentence = next(s for s in reading.sentences if s[0] <= mention.start < s[1])
            near = [m for m in effects if reading.segment[m.start] == number] or [
                m for m in effects if sentence[0] <= m.start < sentence[1]
            ]
            if near:
                nearest = min(near, key=lambda m: abs(m.start - mention.start))
                mention.dropped = mention.dropped or not self._rules.fits(mention.id, nearest.id)

    def _sentence_of(self, reading: Reading, place: int) -> list[Mention]:
        sentence = next(s for s in reading.sentences if s[0] <= place < s[1])
        inside = reading.inside(sentence)
        if any(self._words.is_effect(m) for m in inside):
            return inside
        earlier = [m for m in reading.mentions if m.end <= sentence[0]]
        return [m for m in earlier if self._words.is_effect(m)][-1:]

    def _treatments(self, reading: Reading) -> None:
        """Mark what was newly begun, from the cues around it and the time that is told."""
        for hit in reading.hits["manner"]:
            cue = hit.cue("newly-started")
            if cue is None:
                continue
            number = reading.segment[hit.start]
            near = [
                m
                for m in reading.mentions
                if m.kind == "finding" and reading.segment[m.start] == number
            ]
            reaches = {c.reach for c in hit.cues if c.category == "ft:newly-started"}
            after = [m for m in near if m.start >= hit.start] if "forward" in reaches else []
            before = [m for m in near if m.end <= hit.start] if "backward" in reaches else []
            target = after[0] if after else before[-1] if before else None
            if target is None or self._words.is_effect(target):
                continue
            old = any(
                "long-taken" in h.categories and reading.segment[h.start] == number
                for h in reading.hits["manner"]
            )
            most = float(cue.properties.get("ft:cue-max-days", "inf"))
            if not old and (target.days is None or target.days <= most):
                target.marks.add("ft:newly-started")

    def _patterns(self, drafts: list[Draft], named: list[Draft]) -> list[Draft]:
        """Leave out patterns when there is nothing that they could be the pattern of."""
        opposed = {
            i
            for pair in self._view.opposites
            if any("ft:cause-kind" in self._view.concepts[i].roles for i in pair)
            for i in pair
        }
        ids = {d.finding.id for d in [*drafts, *named]}
        real = {i for i in ids if is_effect(self._view, i)}
        return [
            d
            for d in drafts
            if PATTERN not in self._view.concepts[d.finding.id].roles
            or d.finding.id in opposed
            or self._view.concepts[d.finding.id].scope_anchor
            or any(self._rules.fits(d.finding.id, i) for i in real)
        ]

    def _named(self, present: Sequence[str], absent: Sequence[str]) -> list[Draft]:
        roles = frozenset({REPORTABLE})
        drafts = []
        for names, status in ((present, "present"), (absent, "absent")):
            for name in names:
                concept = self._resolver.resolve(name, roles=roles)
                own = self._places.own(concept) if self._is_effect(concept) else ()
                site = own[0] if own else None
                drafts.append(Draft(Finding(concept, status, site=site)))
        return drafts

    def _is_effect(self, concept: str) -> bool:
        return "ft:effect-kind" in self._view.concepts[concept].roles

    def _in_scope(self, drafts: list[Draft]) -> bool:
        """Whether the text reports something that the graph is about, of anybody at any time."""
        for item in drafts:
            if item.finding.status == "absent" and not item.other:
                continue
            concept = self._view.concepts[item.finding.id]
            if "ft:candidate-kind" in concept.roles:
                return True
            broader = self._words.broader(concept.id)
            if any(
                self._view.concepts[b].scope_anchor for b in broader if b in self._view.concepts
            ):
                return True
            if item.finding.site and "ft:effect-kind" in concept.roles and self._anchored(item):
                return True
        return False

    def _anchored(self, item: Draft) -> bool:
        # A finding at a place where an anchor of the graph is at home.
        around = set(self._places.within(item.finding.site or ""))
        homes = {
            place
            for c in self._view.concepts.values()
            if c.scope_anchor
            for place in self._places.own(c.id)
        }
        return bool(around & homes)

    def _left_over(self, reading: Reading, used: list[Mention]) -> tuple[str, ...]:
        done: set[int] = set(reading.covered)
        for mention in reading.mentions:
            pattern = mention.dropped and self._words.is_pattern(mention)
            if any(mention is u for u in used) or mention.used or pattern:
                done.update(range(mention.start, mention.end))
        for layer in _UNDERSTOOD:
            for hit in reading.hits[layer]:
                if hit.categories & {"non-person"}:
                    continue
                done.update(range(hit.start, hit.end))
        words = self._words.cues.words
        small = words["pronoun-self"] | words["pronoun-third"] | words["pronoun-thing"]
        phrases: list[str] = []
        start: int | None = None
        for place in range(len(reading.tokens) + 1):
            left = place < len(reading.tokens) and place not in done
            left = left and reading.tokens[place].kind != "mark"
            if left and reading.tokens[place].norm not in small and self._counts(reading, place):
                start = place if start is None else start
                continue
            if start is not None:
                first, last = reading.span(start, place)
                phrases.append(reading.text[first:last])
                start = None
        return tuple(phrases)

    def _counts(self, reading: Reading, place: int) -> bool:
        owner = reading.owner[place]
        if owner is not None:
            return not reading.is_filler(place)
        return reading.is_content(place)
