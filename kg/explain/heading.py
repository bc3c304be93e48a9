"""The head of an answer: how urgent it is and why, and what was understood."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from kg.explain.model import RaisedFlag
from kg.explain.phrasing import Phrasing, capital
from kg.explain.sight import RATHER
from kg.explain.summary import OUTSIDE, Told
from kg.explain.teller import Teller
from kg.explain.understood import UNJUDGED, Understood
from kg.explain.wording import listed
from kg.recognise.case import DOUBTFUL, NOTHING_READ, Finding

_PARTLY: Final = "Parts of what you write were not understood, so they are not judged."
_CLAUSE: Final = re.compile(r"[^.,;:!?…()\n]+")
_REASONS: Final = ("Why:", "And:")
_QUOTED: Final = 48  # characters of words that are told back
_QUOTES: Final = 2
_UNQUOTED: Final = 2  # how much less is told from where on nothing is told back
_FEW: Final = 3  # phrases that are left over of almost any text


_NOT_HARMLESS: Final = "is not known as harmless by itself: tell a doctor of it"


class Heading:
    """Words the head of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._words = Understood(teller, self._rank)

    def verdict(self, *, less: int = 0) -> tuple[Told, ...]:
        """How urgent it is, what to do, and the flags that say so.

        With `less` not what they point to; with still less not the words that they hold by.
        """
        t, urgency = self._t, self._t.told.urgency
        lead = f"{capital(urgency.label)}:"
        unseen = not (t.told.in_scope or urgency.because or t.ranked or urgency.clear)
        words = f"{OUTSIDE} {urgency.advice}" if unseen else urgency.advice
        if unseen and t.case.is_blank:
            words = f"{NOTHING_READ} {urgency.advice.partition('. ')[2]}".strip()
        # What nobody understood may be what matters: no calm word without it.
        left, silent = self._words.left(), t.rank(t.level) > 0 or not urgency.clear
        if not silent and (left or len(t.case.unrecognised) > _FEW):
            words += f" {UNJUDGED}: {left}" if left else f" {_PARTLY}"
        told = [t.plainly(words, lead=lead)]
        for flag, lead in zip(self._reasons(), _REASONS, strict=False):
            known = {p for each in told for p in each.about}
            new = [p for p in flag.points_to if p not in known and not less]
            quotes = t.level == t.tools.highest and lead == _REASONS[0] and less < _UNQUOTED
            said = self._said(flag, less) if quotes or self._doubtful(flag) else ""
            told.append(self._reason(flag, lead, new, said))
        return tuple(told)

    def _reasons(self) -> list[RaisedFlag]:
        """The flags of the level, what asks for most first, nothing twice."""
        t = self._t
        raised = [f for f in t.told.urgency.because if f.level == t.level]
        raised.sort(
            key=lambda f: (
                not self._fits(f),
                -len(f.criteria),
                bool(self._doubtful(f)),
                t.is_a(f.id, "ft:candidate-kind"),
            )
        )
        kept: list[RaisedFlag] = []
        for flag in raised:
            if not any(
                set(flag.findings) <= set(other.findings) or flag.advice == other.advice
                for other in kept
            ):
                kept.append(flag)
        return kept

    def _fits(self, flag: RaisedFlag) -> bool:
        """Whether a flag points to the first explanation, or is that.

        In an emergency to what all of it speaks for, be it what waits or not.
        """
        t = self._t
        weighed = (c for c in t.told.conditions if c.described)
        first = [c.id for c in islice(weighed, 1) if c.probability >= RATHER]
        kin = {
            k for name in (first if t.level == t.tools.highest else t.first) for k in t.kin(name)
        }
        return not kin.isdisjoint((flag.id, *flag.points_to))

    def _reason(self, flag: RaisedFlag, lead: str, new: list[str], said: str) -> Told:
        t = self._t
        usual = t.view.scales[f"ft:{flag.level}"].advice
        own = flag.advice or "" if flag.advice != usual else ""
        unknown = _NOT_HARMLESS if t.is_a(flag.id, "ft:effect-kind") else "must not wait"
        if t.told.urgency.advice != usual and ": " in own:
            own = own.rpartition(": ")[0] + "."  # what to do was told for where they are

        def words(v: Phrasing) -> str:
            reason = said + (own or f"{capital(v.noun(flag.id))} {unknown}.")
            points = v.names(t.telling(new), "or")
            if not points or points in reason:
                return reason
            return f"{reason} It can point to {points}."

        return t.say(words, flag.claims, lead=lead, about=(flag.id, *flag.points_to))

    def _said(self, flag: RaisedFlag, less: int) -> str:
        """The clauses by which a flag holds, or the words: what one says is told back, if short."""
        case = self._t.case
        doubtful = self._doubtful(flag)
        grounds = doubtful or [
            f for f in case.findings if f.id in flag.findings and f.status == "present"
        ]
        spans = {f.span for f in grounds}
        clauses = [] if less else list(_CLAUSE.finditer(case.text))
        quotes: dict[str, None] = {}
        for start, end in sorted(span for span in spans if span is not None):
            around = (m for m in clauses if m.start() <= start < end <= m.end())
            whole = next((m[0] for m in around if len(m[0]) <= _QUOTED), case.text[start:end])
            words = " ".join(whole.split()).strip(' ,;.:!?"“”')
            if words and not any(words.lower() in q.lower() for q in quotes):
                quotes[words] = None
        few = [f"“{words}”" for words in quotes if len(words) <= _QUOTED][:_QUOTES]
        doubt = ", which may mean something else" * bool(doubtful)
        return f"You say {listed(few)}{doubt}. " if few else ""

    def _doubtful(self, flag: RaisedFlag) -> list[Finding]:
        """What a flag holds by that is doubtful, and nowhere told so that it is not.

        Words of a crisis are taken as they are said.
        """
        own = [f for f in self._t.case.findings if f.id in flag.findings and not self._t.is_crisis]
        sure = {f.id for f in own if f.status == "present"}
        return [f for f in own if f.reason == DOUBTFUL and f.span and f.id not in sure]

    def understood(self, lines: int = 0) -> tuple[Told, ...]:
        """What was read, and what was not; of the first alone so many `lines`, if any are named."""
        t = self._t
        if lines:
            grounds = [f for flag in self._reasons()[:1] for f in flag.findings]
            concepts = t.view.concepts
            own = {f.id for f in t.case.findings if f.status == "present" or f.reason == DOUBTFUL}
            lost = [f for f in grounds if f in t.tools.signs and f in concepts and f not in own]
            return self._words.told(lines, lost)
        left = self._words.left() if not t.told.urgency.clear or t.rank(t.level) else ""
        return (*self._words.told(), *([t.plainly(left, lead=f"{UNJUDGED}:")] if left else []))

    def _rank(self, finding: Finding) -> int:
        """0 for what the flags that are told hold by, 1 for what any does, 2 for the rest."""
        flags = self._t.told.urgency.because
        return next(
            (n for n, own in enumerate((self._reasons()[: len(_REASONS)], flags))
             if any(finding.id in flag.findings for flag in own)), 2
        )  # fmt: skip
