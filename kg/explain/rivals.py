"""Answers about two illnesses: which of them it is, and by which signs they are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from kg.explain.model import RankedCondition
from kg.explain.phrasing import Phrasing, capital, lacking
from kg.explain.replier import SURE, Replier, hedge
from kg.explain.sight import LIKELY
from kg.explain.summary import Told
from kg.explain.wording import listed
from kg.recognise.case import Finding, Question
from kg.view import Claim

_WORDS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
FEAR: Final = "ft:names-fear"
_ILLNESS: Final = "ft:candidate-kind"
_TEST_FINDING: Final = "ft:test-finding-kind"  # what nobody can notice
_SHOWS: Final = "ft:has-finding"
_USUAL: Final = 3  # signs that an illness is told by
_FEW: Final = 2  # of them beside what is told
_TELLING: Final = 1.0  # decibans by which a sign speaks for one rather than the other
_BETTER: Final = 2.0  # how much likelier one is than another where that is told


class Rivals(Replier):
    """Answers what is asked about two illnesses at once."""

    def _likeliest_kind(self, names: Sequence[str]) -> RankedCondition:
        """The likeliest of all that these names stand for."""
        kinds = {kind for name in names for kind in self._t.tools.taxonomy.narrower(name)}
        entries = [c for c in self._t.told.conditions if c.id in kinds]
        return max(entries, key=lambda c: c.probability)

    def _chance(self, names: Sequence[str]) -> float:
        return min(1.0, sum(self._t.probability(n) or 0.0 for n in names))

    def _called(self, v: Phrasing, names: Sequence[str]) -> str:
        """How people call what several names stand for."""
        called = self._sentences.words.get(names[0]) if len(names) > 1 else None
        return called or v.brief(names[:1])

    def _either(self, one: Sequence[str], other: Sequence[str]) -> list[Told]:
        """Which of two it is: the verdict, then what was told that speaks for each."""
        t, sides = self._t, (one, other)
        first, second = map(self._likeliest_kind, sides)
        own = {k for name in (*one, *other) for k in t.kin(name)}
        weights = [{w.id: w for w in (*c.for_, *c.against)} for c in (first, second)]
        names = dict.fromkeys(n for side in weights for n in side)
        denied = set(t.case.absent())
        spoken = (denied | t.reading.met.keys()) - self._implied
        gain = {
            n: _of(weights[0], n) - _of(weights[1], n)
            for n in names
            if n in spoken and n not in own and not t.is_a(n, _ILLNESS)
        }
        told = [
            sorted((n for n in gain if gain[n] * way > _TELLING), key=lambda n: -abs(gain[n]))
            for way in (1, -1)
        ]
        told = [found[:_USUAL] for found in told]
        calm = not self._now and t.rank(t.level) < 2
        open_ = [
            () if found or not calm else self._open(n, m)
            for found, n, m in ((told[0], first.id, second.id), (told[1], second.id, first.id))
        ]
        verdict, named = self._which(sides)
        doubted = t.pointed[:1] if any(told) and not calm else []

        def words(v: Phrasing) -> str:
            said = [verdict.format(**{n: self._called(v, side) for n, side in named.items()})]
            for side, found, usual in zip(sides, told, open_, strict=True):
                shows = [lacking(v.name(n)) if n in denied else v.name(n) for n in found]
                called = self._called(v, side)
                said += [f"What speaks for {called}: {listed(shows)}."] if shows else []
                said += [f"What would speak for {called}: {v.names(usual)}."] if usual else []
            said += [f"That does not rule out {v.brief(doubted)}."] if doubted else []
            return capital(" ".join(filter(None, said)))

        claims = [
            w.claim
            for found in told
            for n in found
            for side in weights
            if (w := side.get(n)) is not None and w.claim is not None
        ]
        claims += [
            c
            for usual, entry in zip(open_, (first, second), strict=True)
            for c in self._shown(entry.id, usual)
        ]
        about = (*one[:1], *other[:1], *(n for found in (*told, *open_) for n in found))
        return [t.say(words, claims, lead=self._lead, about=about, most=2)]

    @cached_property
    def _implied(self) -> set[str]:
        """What nobody said, and follows from what was said."""
        findings = self._t.case.findings
        return {f.id for f in findings if f.implied_by} - {f.id for f in findings if f.span}

    def _which(self, sides: Sequence[Sequence[str]]) -> tuple[str, Mapping[str, Sequence[str]]]:
        """Which of two it is, as far as words can tell: a sentence, and who stands in its slots."""
        t = self._t
        likelier, lesser = sorted(sides, key=self._chance, reverse=True)
        best, kin = t.ranked[:1], {k for side in sides for n in side for k in t.kin(n)}
        named = {"one": sides[0], "other": sides[1]}
        if (
            best
            and best[0].id not in kin
            and best[0].probability > _BETTER * self._chance(likelier)
        ):
            named["better"] = [best[0].id]
        elif self._chance(likelier) > _BETTER * self._chance(lesser):
            named |= {"likelier": likelier, "lesser": lesser}
        # In an emergency that is said before all else.
        keys = [] if self._now else [f"{self._situation}-either", "either"]
        return self._sentences.most(keys, named)[0], named

    def _open(self, one: str, rival: str) -> list[str]:
        """The signs that nobody spoke of, and that tell one from its rival best."""
        t = self._t
        spoken = {*t.case.absent(), *t.reading.met}
        return [n for n in self._discerning(one, rival) if n not in spoken][:_FEW]

    def _discerning(self, one: str, rival: str) -> list[str]:
        """The signs of one illness that speak against its rival, the most telling first."""
        model, one, rival = self._t.tools.conditions, self._leaf(one), self._leaf(rival)
        for shows in self._shows(one):
            gain = {
                c.object: model.weight_of(one, c.object, True)
                - model.weight_of(rival, c.object, True)
                for c in shows
                if not self._t.is_a(c.object, _TEST_FINDING)
            }
            if found := [f for f in gain if gain[f] > 0]:
                return sorted(found, key=lambda f: (-gain[f], f))
        return []

    def _shows(self, illness: str) -> Iterator[Sequence[Claim]]:
        """The claims that an illness shows as something: its own, then of what it is a kind of."""
        for kind in self._t.tools.taxonomy.broader(illness):
            yield self._t.view.by_subject.get((kind, _SHOWS), ())

    def _leaf(self, illness: str) -> str:
        """What is weighed of an illness that has kinds: the first of them."""
        weighed = self._t.tools.conditions.candidates
        kinds = self._t.tools.taxonomy.narrower(illness)
        return next((k for k in (illness, *kinds) if k in weighed), illness)

    def _shown(self, illness: str, signs: Sequence[str]) -> list[str]:
        """The claims that an illness shows as some signs."""
        claims = (c for shows in self._shows(self._leaf(illness)) for c in shows)
        return [c.id for c in claims if c.object in signs]

    def _told_apart(self, question: Question) -> list[Told]:
        """By which signs two are told apart: both named, else those spoken of before."""
        t, weighed = self._t, self._t.tools.conditions.candidates
        # "What the difference is" names none: it is between what was spoken of before.
        before = self._named_in((0, question.span[0]))
        spoken = (*question.about, *t.known, *(k.id for k in t.case.known), *before)
        meant = list(dict.fromkeys(self._sentences.meant.get(a, [a])[0] for a in spoken))
        named = [m for m in meant if m in weighed or set(t.kin(m)).intersection(weighed)]
        rivals = (*t.first, *self._sentences.members("matter-contrast"))
        known = [*named, *(r for n in named[:1] for r in rivals if r not in t.kin(n))]
        return self._contrast(*known[:2]) if len(known) > 1 else []

    def _contrast(self, one: str, other: str) -> list[Told]:
        """By which signs one of two illnesses is told from the other."""
        pairs = ((one, other), (other, one))
        signs = {n: self._discerning(n, rival)[:_USUAL] for n, rival in pairs}
        claims = [c for n, found in signs.items() for c in self._shown(n, found)]

        def words(v: Phrasing) -> str:
            return " ".join(
                f"What speaks for {v.brief([n])}: {v.names(found)}."
                for n, found in signs.items()
                if found
            )

        about = (one, other)
        return [self._t.say(words, claims, lead=self._lead, about=about, most=2)] * bool(claims)

    def _speaks(self, question: Question, part: str) -> bool:
        """Whether a question has words of a part that changes what is asked."""
        words = f" {self._t.case.text[slice(*question.span)].lower()} "
        return any(f" {said} " in words for said in self._sentences.spoken[part])

    @cached_property
    def _fears(self) -> list[Finding]:
        """What is told of fear of an illness."""
        told = (f for f in self._t.case.findings if f.status == "present")
        return [f for f in told if self._t.is_a(f.id, FEAR)]

    def _named_in(self, span: tuple[int, int] | None) -> list[str]:
        """The illnesses weighed here that some words name, by the longest name of each."""
        heard = _WORDS.findall(self._t.case.text[slice(*span)].lower()) if span else []
        said, found = f" {' '.join(heard)} ", list[tuple[int, str]]()
        named = [(c.id, n) for c in self._t.view.with_role(_ILLNESS) for _, n in c.ranked_names()]
        named += [(name, n.removeprefix("a ")) for name, n in self._sentences.words.items()]
        for name, words in named if said.strip() else ():
            name_said = " ".join(_WORDS.findall(words.lower()))
            found += [(-len(name_said), name)] if f" {name_said} " in said else []
        return [m for _, name in sorted(found) for m in self._sentences.meant.get(name, [name])]

    # -- what helps

    def _eased(self, topic: str, only: Sequence[str] = (), opening: str = "") -> list[Told]:
        """What helps against an illness, as surely as its sources say; what of it was asked."""
        said = self._easing(topic)
        said = [c for c in said if c.subject in only] if only else said
        asked = (a for q in self._t.case.asked for a in q.about)
        meant = {m for a in asked for m in self._sentences.meant.get(a, [a])}
        sure = not self._t.kin(topic).isdisjoint(meant.union(self._t.known))
        sure = sure or (self._t.probability(topic) or 0.0) >= LIKELY
        by_hedge: dict[str, list[str]] = {}
        for claim in said:
            by_hedge.setdefault(hedge(claim), []).append(claim.subject)

        def words(v: Phrasing) -> str:
            told = [f"{SURE[hedge]} {v.names(names)}" for hedge, names in by_hedge.items()]
            lead = "For" if sure else "If it is"
            return f"{opening} {lead} {v.brief([topic])}: {'; '.join(told)}.".strip()

        names = [topic, *(c.subject for c in said)]
        claims = [c.id for c in said]
        return [self._t.say(words, claims, lead=self._lead, about=names)] if said else []


def _of(weights: Mapping[str, object], name: str) -> float:
    return float(getattr(weights.get(name), "decibans", 0.0))
