"""The head of an answer: how urgent it is and why, and what was understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from kg.explain.model import RaisedFlag
from kg.explain.phrasing import Phrasing, bare, capital, lacking
from kg.explain.summary import OUTSIDE, Told
from kg.explain.teller import Teller
from kg.recognise.case import Finding

__all__ = ["Heading"]

_PARTLY: Final = "Parts of what you write were not understood, so they are not judged."
_UNJUDGED: Final = "Not understood, so not judged"
_REASONS: Final = ("Why:", "And:")
_QUOTED: Final = 40  # characters
_BEFORE: Final = 2  # words that are quoted before those of a finding
_STOP: Final = re.compile(r"[.,;:!?\n]")
_FEW: Final = 3  # phrases that are left over of almost any text
_UNDERSTOOD: Final = 150  # characters: two lines
_UNREAD: Final = 75  # characters: one line and its opening


class Heading:
    """Words the head of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller

    def verdict(self) -> tuple[Told, ...]:
        """How urgent it is, what to do, and the flags that say so."""
        t, urgency = self._t, self._t.told.urgency
        lead = f"{capital(urgency.label)}:"
        unseen = not t.told.in_scope and not urgency.because
        words = f"{OUTSIDE} {urgency.advice}" if unseen else urgency.advice
        # What nobody understood may be what matters: no calm word without it.
        left, silent = self._left(), t.rank(t.level) > 0 or not urgency.clear
        if not silent and (left or len(t.case.unrecognised) > _FEW):
            words += f" {_UNJUDGED}: {left}" if left else f" {_PARTLY}"
        told = [t.plainly(words, lead=lead)]
        for flag, lead in zip(self._reasons(), _REASONS, strict=False):
            known = {p for each in told for p in each.about}
            told.append(self._reason(flag, lead, [p for p in flag.points_to if p not in known]))
        return tuple(told)

    def _reasons(self) -> list[RaisedFlag]:
        """The flags of the level, what asks for most first, nothing twice."""
        t = self._t
        raised = [f for f in t.told.urgency.because if f.level == t.level]
        raised.sort(key=lambda f: (-len(f.criteria), t.is_a(f.id, "ft:candidate-kind")))
        kept: list[RaisedFlag] = []
        for flag in raised:
            if not any(
                set(flag.findings) <= set(other.findings) or flag.advice == other.advice
                for other in kept
            ):
                kept.append(flag)
        return kept

    def _reason(self, flag: RaisedFlag, lead: str, new: list[str]) -> Told:
        t = self._t
        usual = t.view.scales[f"ft:{flag.level}"].advice
        own = flag.advice or "" if flag.advice != usual else ""
        if t.told.urgency.advice != usual and ": " in own:
            own = own.rpartition(": ")[0] + "."  # what to do was told for where they are

        def words(v: Phrasing) -> str:
            reason = own or f"{capital(v.noun(flag.id))} must not wait."
            points = v.names(t.telling(new), "or")
            if not points or points in reason:
                return reason
            return f"{reason} It can point to {points}."

        return t.say(words, flag.claims, lead=lead, about=(flag.id, *flag.points_to))

    def understood(self) -> tuple[Told, ...]:
        """What was read in two lines, and what was not."""
        t, case = self._t, self._t.case
        present = self._each(f for f in case.findings if f.status == "present")
        absent = self._each(f for f in case.findings if f.status == "absent")
        about = [f.id for f in (*present, *absent)]
        alarming = sum(self._rank(f) == 0 for f in present)

        def words(v: Phrasing) -> str:
            told = [self._said(v, f) for f in present]
            denied = [self._lacking(v, f) for f in absent] + self._normal(v)
            most = _UNREAD if t.level == t.tools.highest else _UNDERSTOOD
            return _cut(list(dict.fromkeys([*told, *denied])), most, alarming)

        told = [t.say(words, lead="Understood:", about=about)] if about or case.results else []
        left = self._left() if not t.told.urgency.clear or t.rank(t.level) else ""
        return (*told, *([t.plainly(left, lead=f"{_UNJUDGED}:")] if left else []))

    def _said(self, v: Phrasing, finding: Finding) -> str:
        """A finding, with the words for it where its name has a place that nobody named."""
        text, name = self._t.case.text, v.finding(finding, self._t.case)
        start, end = finding.span or (0, 0)
        words = " ".join((*_STOP.split(text[:start])[-1].split()[-_BEFORE:], text[start:end]))
        added = self._places.intersection(_words(name)) - _words(text)
        return f"{name} (“{words}”)" if added and end and len(words) <= _QUOTED else name

    @cached_property
    def _places(self) -> frozenset[str]:
        """The words that only the names of the smallest parts of the body have."""
        view = self._t.view
        sites = list(view.with_role("ft:site-kind"))
        wholes = {whole for site in sites for whole in view.objects(site.id, "ft:part-of")}
        general = {word for whole in wholes for word in _words(view.label(whole))}
        return frozenset(w for s in sites for w in _words(s.label)) - general

    def _normal(self, v: Phrasing) -> list[str]:
        """The tests that are told to be normal."""
        normal = dict.fromkeys(r.id for r in self._t.case.results if r.verdict == "normal")
        known = self._t.view.concepts
        return [f"a normal {bare(v.name(test))}" for test in normal if test in known]

    def _lacking(self, v: Phrasing, finding: Finding) -> str:
        """What is denied, or was given up."""
        over = any(m.id == finding.id and m.change == "stopped" for m in self._t.case.medicines)
        return f"{v.noun(finding.id)}, given up" if over else lacking(v.name(finding.id))

    def _left(self) -> str:
        """What was not understood and may matter, in a line.

        What is asked back, and what stands in a question that is answered, is not named again.
        """
        t, case = self._t, self._t.case
        asked = [case.text[slice(*q.span)] for q in case.asked]
        asked += [q.quote for q in t.told.questions[:1] if q.quote is not None]
        left = [x for x in t.tools.unread.left(case) if not any(x in words for words in asked)]
        return _cut([f"“{text[:_UNREAD]}”" for text in left], _UNREAD, 1) if left else ""

    def _each(self, findings: Iterable[Finding]) -> list[Finding]:
        """Each finding once, what raises a flag first; what merely follows is left out."""
        t = self._t
        kept: dict[str, Finding] = {}
        for finding in findings:
            known = kept.get(finding.id)
            if known is None or (known.duration_days is None and known.side is None):
                kept[finding.id] = finding
        own = [f for f in kept.values() if not (f.implied_by or "implied" in (f.reason or ""))]
        general = {b for f in own for b in t.tools.taxonomy.broader(f.id)[1:]}
        own = [f for f in own if f.id not in general or self._rank(f) < 2]
        return sorted(own, key=self._rank)

    def _rank(self, finding: Finding) -> int:
        """0 for what the flags that are told hold by, 1 for what any does, 2 for the rest."""
        flags = self._t.told.urgency.because
        return next(
            (n for n, own in enumerate((self._reasons()[: len(_REASONS)], flags))
             if any(finding.id in flag.findings for flag in own)), 2
        )  # fmt: skip


def _words(text: str) -> set[str]:
    """The words of a text, singular and plural alike."""
    return {w.rstrip("s") for w in re.findall(r"[a-z]{3,}", text.lower())}


def _cut(words: list[str], most: int, least: int) -> str:
    """As many of the words as fit, the first ones in any case, and how many were left out."""
    kept = list(words)
    while len(kept) > max(least, 1) and len("; ".join(kept)) > most:
        kept.pop()
    rest = len(words) - len(kept)
    return "; ".join(kept) + (f"; and {rest} more." if rest else ".")
