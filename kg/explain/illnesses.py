"""Answers about illnesses: how dangerous, what it is, whether it is one, how it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.explain.model import RankedCondition
from kg.explain.phrasing import Phrasing, capital, lacking
from kg.explain.replier import NAMED, REMEDY, STOP, Replier, small
from kg.explain.summary import Told
from kg.explain.wording import listed
from kg.recognise.case import Question

__all__ = ["NONE_FITS", "Illnesses"]

NONE_FITS: Final = "Nothing that is known here fits well; a doctor who sees it can tell more."
_BEFOREHAND: Final = ("what-to-do", "danger", "other")  # asked of what is not there yet
_ILLNESS: Final = "ft:candidate-kind"
_TEST_FINDING: Final = "ft:test-finding-kind"
_USUAL: Final = 3  # signs that an illness is told by
_TELLING: Final = 1.0  # decibans
_FITS_BETTER: Final = 3.0  # how much likelier the first explanation is than one that is asked about


class Illnesses(Replier):
    """Answers what is asked about illnesses."""

    # -- danger, what it is

    def _danger(self, question: Question) -> list[Told]:
        t = self._t
        topics = question.about if t.ranked or question.about else self._topics(question)
        named = [a for a in topics if t.view.objects(a, "ft:has-urgency")]
        if named:
            known, levels = t.course(named[0]), t.view.by_subject[named[0], "ft:has-urgency"]
            told = f"{{}} calls for: {{}}. {t.plain.course(known)}".rstrip()
            claims = [c.id for c in (*levels, *known)]
            return self._tell(told, named[:1], [c.object for c in levels], claims=claims)
        calm = not t.told.urgency.because or not t.rank(t.level)
        opening = "Nothing that was understood is a warning sign."
        other = "No emergency in what was understood, but do have it seen."
        return [*self._likeliest(opening if calm else other, NONE_FITS), *self._feared()]

    def _feared(self) -> list[Told]:
        """How likely the illness is that the person has read of or thinks of."""
        unsure = (f.id for f in self._t.case.findings if f.status == "unknown")
        fears = [f for f in unsure if self._t.probability(f) is not None][:1]
        return self._weighed(fears, several=True) if fears and not self._now else []

    def _what(self, question: Question) -> list[Told]:
        t = self._t
        named = self._kept(question, _ILLNESS)[:1]
        if t.rank(t.level) > 1 and not named:
            likeliest = self._likeliest("Only a doctor can tell that, and soon.", NONE_FITS)
            return [*likeliest, *self._feared()]
        if not named:
            return [*self._likeliest("", NONE_FITS), *self._feared()]
        definition = t.view.concepts[named[0]].definition

        def words(v: Phrasing) -> str:
            return f"{capital(v.entry(named[0]))}: {definition}"

        weighed = self._weighed(named) if t.probability(named[0]) else []
        return [t.say(words, lead=self._lead, about=named), *weighed]

    # -- is it that illness

    def _ranked(self, names: Sequence[str]) -> list[list[str]]:
        """What of the names is weighed here; those that stand for several together."""
        meant = [self._sentences.meant.get(a, [a]) for a in names]
        t = self._t
        return [n for each in meant if (n := [a for a in each if t.probability(a) is not None])]

    def _weighed(self, names: Sequence[str], several: bool = False) -> list[Told]:
        """How likely it is to be one of these; what speaks against and for it, what else would."""
        t = self._t
        kinds = {kind for name in names for kind in t.tools.taxonomy.narrower(name)}
        entries = [c for c in t.told.conditions if c.id in kinds]
        entry = max(entries, key=lambda c: c.probability)
        denied = set(t.reading.absent)
        spoken = denied | t.reading.met.keys()
        against = [
            w
            for w in entry.against
            if w.decibans < -_TELLING / 2 and w.id in spoken and not t.is_a(w.id, _ILLNESS)
        ]
        own = {k for name in names for k in t.kin(name)}
        speaks = [w for w in entry.for_ if w.decibans > _TELLING and w.id not in own][:NAMED]
        against = against[:NAMED]
        told = {w.id for w in entry.for_}
        usual = [n for n in entry.not_asked if n not in told and not t.is_a(n, _ILLNESS)]
        usual = [n for n in usual if not t.is_a(n, _TEST_FINDING)][:_USUAL]
        verdict, better = self._verdict(names, entry, bool(speaks))
        called = self._sentences.words.get(names[0])

        def words(v: Phrasing) -> str:
            word = called if len(names) > 1 and called else v.brief(names[:1])
            told = [f"{word}: {verdict}".strip() if several else verdict]
            for title, weights in (("Against it", against), ("For it", speaks)):
                said = [lacking(v.name(w.id)) if w.id in denied else v.name(w.id) for w in weights]
                told += [f"{title}: {listed(said)}."] if said else []
            told += [f"What you tell fits {v.brief(better)} better."] if better else []
            what = "What else" if speaks else "What"
            told += [f"{what} would speak for it: {v.names(usual)}."] if usual else []
            return capital(" ".join(filter(None, told)))

        claims = [w.claim for w in (*against, *speaks) if w.claim is not None]
        shown = t.view.by_subject.get((entry.id, "ft:has-finding"), ())
        claims += [c.id for c in shown if c.object in usual]
        about = (*names, *better)
        return [t.say(words, claims or entry.claims, lead=self._lead, about=about)]

    def _contrast(self, one: str, other: str) -> list[Told]:
        """By which signs one of two illnesses is told from the other."""
        model, view = self._t.tools.conditions, self._t.view

        def own(name: str, rival: str) -> list[str]:
            shown = [c.object for c in view.by_subject.get((name, "ft:has-finding"), ())]
            shown = [f for f in shown if not self._t.is_a(f, _TEST_FINDING)]
            weight = {
                f: model.weight_of(name, f, True) - model.weight_of(rival, f, True) for f in shown
            }
            return sorted((f for f in shown if weight[f] > 0), key=lambda f: (-weight[f], f))[
                :_USUAL
            ]

        signs = {one: own(one, other), other: own(other, one)}
        shows = [c for n in signs for c in view.by_subject.get((n, "ft:has-finding"), ())]
        claims = [c.id for c in shows if c.object in signs[c.subject]]

        def words(v: Phrasing) -> str:
            told = [
                f"for {v.brief([n])} speak {v.names(found)}" for n, found in signs.items() if found
            ]
            return capital("; ".join(told)) + "."

        return [self._t.say(words, claims, lead=self._lead, about=(one, other), most=2)] * bool(
            claims
        )

    def _verdict(
        self, names: Sequence[str], entry: RankedCondition, speaks: bool
    ) -> tuple[str, list[str]]:
        """How likely it is in words, and what fits better where that is told."""
        t = self._t
        urgent = t.rank(t.level) > 1
        chance = min(1.0, sum(t.probability(n) or 0.0 for n in names))
        wider = {b for n in names for b in t.tools.taxonomy.broader(n)}
        if self._now:
            return "", []
        if urgent and (speaks or wider & {*t.pointed}):
            return "it has to be ruled out by a doctor.", []
        if not t.told.urgency.clear:
            return "I cannot tell for sure, since not all was understood.", []
        better = [f for f in t.first if t.ranked[0].probability > chance * _FITS_BETTER]
        better = [] if {*better} & {k for n in names for k in t.kin(n)} else better
        told = f"from what you tell it is {t.likelihood(chance)}."
        return (f"you name it yourself. {capital(told)}" if entry.id in t.known else told), better

    # -- how it goes on

    def _how_long(self, question: Question) -> list[Told]:
        """How an illness goes on, or what happened: what is named, the known, the likeliest."""
        t, matter = self._t, question.matter or ""
        done = [e.id for e in t.case.events if t.course(e.id)]
        signs = {k for s in self._kept(question, "ft:effect-kind") for k in t.kin(s)}

        def shows(illness: str) -> bool:
            """Whether what is asked about belongs to an illness."""
            return not signs or not signs.isdisjoint(t.tools.conditions.annotated(illness))

        named = self._kept(question, _ILLNESS)
        named = named or [n for n in self._kept(question, *REMEDY) if t.course(n)]
        told = [*named, *(() if self._now else done), *filter(shows, self._topics(question))]
        only = self._sentences.members(matter)
        for concept in told if only else (told or done)[:1]:
            kinds = map(t.course, t.tools.taxonomy.broader(concept))
            known = next(filter(None, kinds), ())
            known = tuple(c for c in known if not only or c.object in only)
            if not t.first_time(f"course of {concept} {only}"):
                known = tuple(c for c in known if c.object in t.view.quantities) or known
            if known:
                t.first_time(f"course of {concept}")
                course, claims = small(t.plain.course(known)), [c.id for c in known]
                opening = {concept in done: "If it comes of ", concept in named: ""}.get(True)
                opening = "If it is " if opening is None else opening
                return self._tell(f"{opening}{{}}: {course}", [concept], claims=claims)
            if not only and not self._now:
                unknown = f"No source here says how long {t.plain.brief([concept])} can last."
                about = self._sentence(["how-long"], more={"about": [concept]})
                return self._eased(concept, opening=unknown) or about
        keys = [f"{self._situation}-outlook", "how-long"]
        asked = self._kept(question, "ft:effect-kind")[:1]
        more = {"about": asked, "helping": []} if asked else {"about": []}
        if only:
            return self._sentence([matter], question)
        return [] if self._now else self._sentence(keys, more=more)

    def _if_noticed(self, question: Question) -> list[Told]:
        """What to do about a sign that the question only imagines, where it would be urgent."""
        t, text = self._t, self._t.case.text
        if question.kind not in _BEFOREHAND:
            return []
        begin = max([0, *(m.end() for m in STOP.finditer(text, 0, question.span[0]))])
        stop = STOP.search(text, question.span[1])
        end = stop.start() if stop else len(text)
        imagined = {
            general: f.id
            for f in t.case.findings
            if f.status == "unknown" and f.span is not None and begin <= f.span[0] < end
            for general in t.tools.taxonomy.broader(f.id)
        }
        # What one notices is new, so it came on suddenly.
        new = {*imagined, *(c.id for c in t.view.with_role("ft:shown-by-recovery"))}
        watched = (f for f in t.told.urgency.watch_for if imagined.keys() & {*f.missing})
        flags = [f for f in watched if {*f.missing} <= new and t.rank(f.level) > t.rank(t.level)]
        if not flags:
            return []
        flag = max(flags, key=lambda f: t.rank(f.level))
        level = t.view.scales[f"ft:{flag.level}"]
        told = "If you notice {}: " + (level.advice or level.definition)
        sign = next(imagined[m] for m in flag.missing if m in imagined)
        return self._tell(told, (sign,), claims=flag.claims)
