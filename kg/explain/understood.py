"""What was understood of one case, all of it in a few lines, and what was not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from kg.explain.bearing import HIDDEN, PLAIN, Bearing
from kg.explain.phrasing import Phrasing, bare, lacking
from kg.explain.summary import Told
from kg.explain.teller import Teller
from kg.explain.unread import MOST, quoted
from kg.explain.wording import listed
from kg.recognise.case import Finding, Unread

UNJUDGED: Final = "Not understood, so not judged"
_MOST: Final = 3  # lines
_LINE: Final = 66  # characters
_QUOTED: Final = 30  # characters of the words for a finding that its name does not have
_STEM: Final = 4  # letters that words of one root share
_TELLING: Final = 2  # words of some length in what is worth a quote
_DETAILS: Final = 4  # where, how long, how much, in which words
_ACROSS: Final = ("left", "right")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


class _Entry(NamedTuple):
    """What is called alike: the name and what is known of it, the most telling first."""

    name: str
    details: tuple[str, ...]
    quote: str


class Understood:
    """Words what was read of one case; `rank` tells what matters most."""

    def __init__(self, teller: Teller, rank: Callable[[Finding], int]) -> None:
        self._t = teller
        self._rank = rank

    def told(self, lines: int = _MOST, grounds: Iterable[str] = ()) -> tuple[Told, ...]:
        """What is there and what is denied, in so many lines.

        What a warning rests on is told also where it is over, or only follows.
        """
        t, case = self._t, self._t.case
        most = lines * _LINE
        bearing = Bearing(t, self._rank)
        present = self._each(f for f in case.findings if f.status == "present" and bearing.told(f))
        shown = {k for group in present for k in t.tools.taxonomy.broader(group[0].id)}
        present = [*([Finding(g, "present")] for g in grounds if g not in shown), *present]
        tested = {(r.rules_out, r.span) for r in case.results}  # "a normal MRI" tells it
        absent = self._each(
            f
            for f in case.findings
            if f.status == "absent" and (f.id, f.span) not in tested and bearing.denied(f, shown)
        )
        about = [group[0].id for group in (*present, *absent)]

        def words(v: Phrasing) -> str:
            denied = list(dict.fromkeys(self._gone(v, a) for a in absent))
            return self._fitted(v, present, denied, self._normal(v), most)

        told = about or case.results
        return (t.say(words, lead="Understood:", about=about),) if told else ()

    def left(self) -> str:
        """The clauses about the body that were not understood, in a line.

        What is asked back, and what stands in a question that is answered, is not named again.
        """
        t, case = self._t, self._t.case
        asked = [q.span for q in case.asked]
        quotes = [q.quote for q in t.told.questions[:1] if q.quote is not None]
        named = [
            quoted(u)
            for u in t.tools.unread.left(case)
            if u.text not in quotes and not any(_overlap(u, span) for span in asked)
        ]
        return "; ".join(f"“{words}”" for words in dict.fromkeys(named[:MOST])) + "." * bool(named)

    # -- which findings

    def _each(self, findings: Iterable[Finding]) -> list[list[Finding]]:
        """The findings, those of one name together, what raises a flag first.

        What merely follows is left out, and so is the more general name of what is told.
        """
        own = [f for f in findings if not (f.implied_by or "implied" in (f.reason or ""))]
        shown = {(f.span, form) for f in own for form in f.qualities if form != f.id}
        own = [f for f in own if (f.span, f.id) not in shown or self._rank(f) < PLAIN]
        own = [f for n, f in enumerate(own) if not any(self._is_said_by(f, o) for o in own[:n])]
        own = [f for f in own if self._rank(f) < PLAIN or not any(self._covers(f, o) for o in own)]
        groups: dict[str, list[Finding]] = {}
        for finding in sorted(own, key=self._rank):
            groups.setdefault(finding.id, []).append(finding)
        return list(groups.values())

    def _is_said_by(self, finding: Finding, other: Finding) -> bool:
        """Whether the same words say the same of the same place under another name already."""
        same = finding.span == other.span and finding.site == other.site and finding.span
        return bool(same) and finding.id != other.id and self._rank(finding) >= self._rank(other)

    def _covers(self, general: Finding, finding: Finding) -> bool:
        """Whether a finding is only the more general name of another one, at no other place."""
        told = general.id in self._t.tools.taxonomy.broader(finding.id)[1:]
        around = self._t.tools.unread.within(finding.site) if finding.site is not None else ()
        return told and (general.site is None or general.site in around)

    # -- how they are called

    def _normal(self, v: Phrasing) -> list[str]:
        """The tests that are told to be normal."""
        normal = dict.fromkeys(r.id for r in self._t.case.results if r.verdict == "normal")
        known = self._t.view.concepts
        return [f"a normal {bare(v.name(test))}" for test in normal if test in known]

    def _fitted(
        self,
        v: Phrasing,
        present: list[list[Finding]],
        absent: list[str],
        normal: list[str],
        longest: int,
    ) -> str:
        """All of it: with all details, else with fewer, until it fits into the lines."""
        named: dict[str, list[Finding]] = {}
        # A guess stands last, where the room ends first.
        for group in sorted(present, key=lambda own: all(f.is_guess for f in own)):
            sure = any(not f.is_guess for f in group)
            name = self._name(v, group[0])
            named.setdefault(name if sure else f"perhaps {name}", []).extend(group)
        entries = [self._entry(v, name, group) for name, group in named.items()]
        denied = [lacking(listed([bare(n) for n in absent], "or"))] if absent else []
        for most in range(_DETAILS, -1, -1):
            text = "; ".join([*_grouped(entries, most), *denied, *normal])
            if len(text) <= longest:
                break
        # Only where there is little room at all something is left out.
        whole = longest == _MOST * _LINE or len(text) <= longest
        return f"{text}." if whole else _cut(text, longest)

    def _entry(self, v: Phrasing, name: str, group: list[Finding]) -> _Entry:
        text = self._t.case.text
        placed = (f for f in group if v.has_place(f.id) and not self._has_site(f, name))
        where = [listed([*dict.fromkeys(filter(None, map(self._site, placed)))])]
        sides = {f.side for f in group if f.side is not None and self._is_sided(f.side)}
        where += [v.side(sides.pop() if len(sides) == 1 else "both")] if sides else []
        lasts = v.lasts(max(group, key=lambda f: f.duration_days or 0.0), text)
        details = [*filter(None, where), *([f"for {lasts}"] if lasts is not None else [])]
        much = dict.fromkeys(word for f in group for word in v.course_of(f))
        return _Entry(name, (*details, *much), self._quote(group[0], name))

    def _name(self, v: Phrasing, finding: Finding) -> str:
        """The name of a finding; a more general one where it has a place that nobody named.

        Only kinds of what the graph is about are called by it: a locked jaw is no mere cramp.
        """
        broader = self._t.tools.taxonomy.broader(finding.id)[:2]
        concepts = self._t.view.concepts
        if self._is_elsewhere(finding) and _words(v.name(broader[-1])) < _words(v.name(finding.id)):
            return v.name(broader[-1])  # "tingling round the mouth" of a chin
        kinds = broader if concepts[broader[-1]].scope_anchor else ()
        fitting = (c for c in kinds if not any(map(self._is_new, _words(v.name(c)))))
        return v.name(next(fitting, finding.id))

    def _is_elsewhere(self, finding: Finding) -> bool:
        """Whether the text names a place outside of the one that a finding is known to have."""
        view, site = self._t.view, finding.site
        known = view.objects(finding.id, "ft:located-in")
        if not known or site is None or self._has_site(finding, view.label(finding.id)):
            return False
        return {*known}.isdisjoint(view.around(site))

    def _is_new(self, word: str) -> bool:
        """Whether a word names a part of the body that the text does not name."""
        return word in self._places and not any(map(word.startswith, self._said))

    def _quote(self, finding: Finding, name: str) -> str:
        """The words for a sign that a warning rests on, where they are few and quite other ones."""
        if self._rank(finding) >= PLAIN:
            return ""
        words = self._t.case.text[slice(*finding.span)].split() if finding.span else []
        own, told = _words(" ".join(words)), " ".join(words)
        alike = {w[:_STEM] for w in _words(name)} & {w[:_STEM] for w in own}
        return "" if alike or len(own) < _TELLING or len(told) > _QUOTED else f"“{told}”"

    def _site(self, finding: Finding) -> str:
        """What the text calls the place of a finding; nothing where it does not name it."""
        if finding.site is None:
            return ""
        own = self._t.view.concepts[finding.site].ranked_names()
        names = [(rank, name) for rank, name in own if self._is_said(name)]
        names += [
            (HIDDEN, n) for n in self._t.tools.part_names.get(finding.site, ()) if self._is_said(n)
        ]
        names.sort(key=lambda item: (item[0] == HIDDEN, -len(item[1])))
        return bare(names[0][1]) if names else ""

    def _is_sided(self, side: str) -> bool:
        """Whether a side was told: of two only where some word says so ("eyes" tells of none)."""
        words = self._t.tools.side_words.get(side, ())
        return side in _ACROSS or any(map(self._is_said, words))

    def _has_site(self, finding: Finding, name: str) -> bool:
        """Whether the name of a finding tells its place already ("lid" in "of the eyelid")."""
        called, words = _words(self._site(finding)), _words(name)
        known = _words(self._t.view.label(finding.site)) if finding.site is not None else set()
        alone = len(called) == 1 and known <= words
        return alone or all(any(w.startswith(c) for w in words) for c in called)

    def _is_said(self, name: str) -> bool:
        """Whether a name stands in the text."""
        return f" {_plain(name)} " in self._plain

    @cached_property
    def _plain(self) -> str:
        return f" {_plain(self._t.case.text)} "

    @cached_property
    def _places(self) -> frozenset[str]:
        """The words that only the names of the smallest parts of the body have, as they are shown.

        A part is named where any of its names stands in the text ("the lid").
        """
        view = self._t.view
        sites = list(view.with_role("ft:site-kind"))
        wholes = {whole for site in sites for whole in view.objects(site.id, "ft:part-of")}
        general = {word for whole in wholes for word in _words(view.label(whole))}
        unnamed = (
            s for s in sites
            if not any(self._is_said(n) for r, n in s.ranked_names() if r < HIDDEN)
        )  # fmt: skip
        return frozenset(w for s in unnamed for w in _words(s.label)) - general

    @cached_property
    def _said(self) -> set[str]:
        return _words(self._t.case.text)

    def _gone(self, v: Phrasing, group: list[Finding]) -> str:
        """What is denied, or was given up."""
        own, case = group[0].id, self._t.case
        over = any(m.id == own and m.change == "stopped" for m in case.medicines)
        return f"{v.noun(own)}, given up" if over else v.name(own)


def _grouped(entries: Sequence[_Entry], most: int) -> list[str]:
    """The names with at most so many details, those with the same ones together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for number, entry in enumerate(entries):
        details = entry.details[:most]
        details += (entry.quote,) if entry.quote and most == _DETAILS else ()
        groups.setdefault(details or (str(number),), []).append(entry.name)
    return [
        names[0] if details[0].isdigit() else f"{listed(names)} ({', '.join(details)})"
        for details, names in groups.items()
    ]


def _cut(text: str, most: int) -> str:
    """What of an enumeration has room, the rest only mentioned."""
    kept = text[: most - 2]
    return f"{kept.rpartition(';')[0] or kept.rpartition(' ')[0]}; …"


@lru_cache(maxsize=1 << 14)  # the names of all parts of the body are asked for in each case
def _plain(text: str) -> str:
    """The words of a text, singular and plural alike, in their order."""
    return " ".join(w.rstrip("s") for w in re.findall(r"[^\W_]+", text.lower()))


def _overlap(unread: Unread, span: tuple[int, int]) -> bool:
    return unread.span[0] < span[1] and span[0] < unread.span[1]


def _words(text: str) -> set[str]:
    """The words of a text, singular and plural alike."""
    return {w.rstrip("s") for w in _WORD.findall(text.lower())}
