"""Answers about illnesses: how dangerous, what it is, whether it is one, how it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.explain.phrasing import Phrasing, capital, lacking, small
from kg.explain.replier import NAMED, REMEDY
from kg.explain.rivals import Rivals
from kg.explain.sight import LIKELY
from kg.explain.summary import Told, joined
from kg.explain.wording import listed
from kg.recognise.case import Question

NONE_FITS: Final = "Nothing that is known here fits well; a doctor who sees it can tell more."
_IS_IT: Final = "is-it-condition"
_ILLNESS: Final = "ft:candidate-kind"
_SHOWN: Final = "ft:effect-kind"
_PATTERN: Final = "ft:pattern-kind"
_TEST_FINDING: Final = "ft:test-finding-kind"
_FEATURE: Final = "ft:has-feature"
# What has its own answer is no answer to how long something lasts.
_APART: Final = ("matter-common", "matter-family", "matter-resistant", "matter-baby")
_SUCCESS: Final = "matter-success"  # asked of what one may choose, not of what was done
_USUAL: Final = 3  # signs that an illness is told by
_TELLING: Final = 1.0  # decibans
_CONSIDERED: Final = 0.05  # probability from which an illness is told as one more
_FITS_BETTER: Final = 3.0  # how much likelier the first explanation is than one that is asked about
_COMMONER: Final = 2.0  # how much commoner what points to an illness is in it


class Illnesses(Rivals):
    """Answers what is asked about illnesses."""

    # -- danger, what it is

    def _danger(self, question: Question) -> list[Told]:
        t = self._t
        topics = question.about if t.ranked or question.about else self._topics(question)
        named = [a for a in topics if t.view.objects(a, "ft:has-urgency")]
        if named:
            known, levels = t.course(named[0]), t.view.by_subject[named[0], "ft:has-urgency"]
            told = f"By itself {{}} calls for: {{}}. {t.plain.course(known)}".rstrip()
            claims = [c.id for c in (*levels, *known)]
            calls = self._tell(told, named[:1], [c.object for c in levels], claims=claims)
            own = t.kin(named[0]).intersection(k.id for k in t.case.known)
            return calls if own else [*self._weighed(named[:1], several=True), *calls]
        calm = not t.told.urgency.because or not t.rank(t.level)
        opening = self._sentence(["calm-opening" if calm else "seen-opening"], question)
        return [*opening, *self._feared()]

    def _feared(self) -> list[Told]:
        """How likely the illness is that the person has read of or thinks of."""
        t = self._t
        unsure = [f.id for f in t.case.findings if f.is_open]
        for fear in self._fears:
            unsure += self._named_in(fear.span) or self._sentences.meant.get(fear.id, ())
        fears = [f for f in unsure if t.probability(f) is not None][:1]
        return self._weighed(fears, several=True) if fears and not self._now else []

    def _fear(self, answers: Sequence[Told]) -> list[Told]:
        """How likely a feared illness is, also where nobody asks whether it is that one."""
        text = self._t.case.text
        for span in filter(None, (fear.span for fear in self._fears)):
            self._lead = f"“{capital(' '.join(text[slice(*span)].split()))}”"
            weighed = self._feared()
            if weighed and not {a for each in answers for a in each.about} & {*weighed[0].about}:
                return weighed
        return []

    def _what(self, question: Question) -> list[Told]:
        t = self._t
        named = self._kept(question, _ILLNESS)[:1]
        if not named:
            soon = "Only a doctor can tell that, and soon." * (t.rank(t.level) > 1)
            asked = any(q.kind == _IS_IT and q.about for q in t.case.asked)
            return [*self._best_guess(soon), *([] if asked else self._feared())]
        definition = t.view.concepts[named[0]].definition

        def words(v: Phrasing) -> str:
            return f"{capital(v.entry(named[0]))}: {definition}"

        weighed = self._weighed(named) if t.probability(named[0]) else []
        return [t.say(words, lead=self._lead, about=named), *weighed]

    def _best_guess(self, opening: str = "") -> list[Told]:
        """The first explanation as a sentence."""
        t = self._t
        if not t.ranked:
            return self._tell(f"{opening} {NONE_FITS}".strip())
        first = t.ranked[0]
        known = t.kin(first.id).intersection(t.known)
        likely = t.likelihood(first.probability) == t.likelihood(1.0)
        key = "what-known" if known else "what-likely" if likely else ""
        # A graver one is not named alone where another is nearly as likely.
        both = [
            c.id for c in t.told.conditions if c.for_ and c.probability * NAMED >= first.probability
        ]
        slots = {} if key or t.benign or first.id not in both else {"first": both[:NAMED]}
        guess = self._sentence([key, "what-possible"], more=slots, claims=first.claims)
        return joined(self._tell(opening) * bool(opening), guess)

    def _others(self, question: Question) -> list[Told]:
        """What else it may be."""
        t, first = self._t, {k for n in self._t.first for k in self._t.kin(n)}
        others = [
            c
            for c in t.told.conditions
            if c.described and c.for_ and c.probability >= _CONSIDERED and c.id not in first
        ]
        slots = {"others": t.telling(c.id for c in others)[:_USUAL]}
        claims = [c for each in others[:_USUAL] for c in each.claims[:1]]
        found = self._sentence(["else"], question, more=slots, claims=claims)
        return found or self._sentence(["matter-else"])

    # -- is it that illness

    def _ranked(self, names: Sequence[str]) -> list[list[str]]:
        """What of the names is weighed here; those that stand for several together."""
        meant = [self._sentences.meant.get(a, [a]) for a in names]
        t = self._t
        return [n for each in meant if (n := [a for a in each if t.probability(a) is not None])]

    def _weighed(self, names: Sequence[str], several: bool = False) -> list[Told]:
        """How likely it is to be one of these; what speaks against and for it, what else would."""
        t = self._t
        entry = self._likeliest_kind(names)
        denied = set(t.reading.absent)
        spoken = denied | t.reading.met.keys()
        against = [
            w
            for w in entry.against
            if w.decibans < -_TELLING / 2 and w.id in spoken and not t.is_a(w.id, _ILLNESS)
        ]
        own = {k for name in names for k in t.kin(name)}
        speaks = [w for w in entry.for_ if w.decibans > _TELLING and w.id not in own][:NAMED]
        # Where it may be an emergency, what is there never speaks against it.
        calm = t.rank(t.level) <= 1
        against = [w for w in against if calm or w.id in denied][:NAMED]
        told = {w.id for w in entry.for_}
        usual = [n for n in entry.not_asked if n not in told and not t.is_a(n, _ILLNESS)]
        usual = [n for n in usual if not t.is_a(n, _TEST_FINDING) and self._tells(entry.id, n)]
        usual = [n for n in usual if not t.is_a(n, _PATTERN)][:_USUAL] or usual[:_USUAL]
        verdict, better = self._verdict(names, bool(speaks))
        # Who somebody is makes no illness likely by itself.
        shown = t.reading.met.keys() & {w.id for w in entry.for_ if t.is_a(w.id, _SHOWN)}
        if not (shown or self._now or {*names} & {*t.known}) and self._chance(names) >= LIKELY:
            verdict, better = "that is too little to tell.", []

        def words(v: Phrasing) -> str:
            told = [f"{self._called(v, names)}: {verdict}".strip() if several else verdict]
            for title, weights in (("Against it", against), ("For it", speaks)):
                said = [lacking(v.name(w.id)) if w.id in denied else v.name(w.id) for w in weights]
                told += [f"{title}: {listed(said)}."] if said else []
            told += [f"What you tell fits {v.brief(better)} better."] if better else []
            what = "What else" if speaks else "What"
            told += [f"{what} would point to it: {v.names(usual)}."] if usual else []
            return capital(" ".join(filter(None, told)))

        claims = [w.claim for w in (*against, *speaks) if w.claim is not None]
        claims += self._shown(entry.id, usual)
        about = (*names, *better)
        return [t.say(words, claims or entry.claims, lead=self._lead, about=about)]

    def _tells(self, illness: str, finding: str) -> bool:
        """Whether a finding is much commoner in an illness than in others and in harmless ones."""
        rates = self._t.tools.conditions
        own = self._t.kin(illness)
        mild = (c.id for c in self._t.told.conditions if self._t.is_benign(c.id))
        mild = (name for name in mild if name not in own)
        others = (rates.background(finding), *(rates.rate(c, finding) for c in mild))
        return rates.rate(illness, finding) > _COMMONER * max(others)

    def _verdict(self, names: Sequence[str], speaks: bool) -> tuple[str, list[str]]:
        """How likely it is in words, and what fits better where that is told."""
        t = self._t
        urgent = t.rank(t.level) > 1
        chance = self._chance(names)
        wider = {b for n in names for b in t.tools.taxonomy.broader(n)}
        if self._now:
            return "", []
        if urgent and (speaks or wider & {*t.pointed}):
            return "it has to be ruled out by a doctor.", []
        if not t.told.urgency.clear:
            return "I cannot tell for sure, since not all was understood.", []
        better = [f for f in t.first if t.ranked[0].probability > chance * _FITS_BETTER]
        better = [] if {*better} & {k for n in names for k in t.kin(n)} else better
        return f"from what you tell it is {t.likelihood(chance)}.", better

    # -- how it goes on

    def _how_long(self, question: Question) -> list[Told]:
        """How an illness goes on, or what happened: what is named, the known, the likeliest."""
        t, matter = self._t, question.matter or ""
        done = [e.id for e in t.case.events if t.course(e.id) and matter != _SUCCESS]
        signs = {k for s in self._kept(question, "ft:effect-kind") for k in t.kin(s)}

        def shows(illness: str) -> bool:
            """Whether what is asked about belongs to an illness."""
            return not signs or not signs.isdisjoint(t.tools.conditions.annotated(illness))

        named = self._kept(question, _ILLNESS)
        named = named or [n for n in self._kept(question, *REMEDY) if t.course(n)]
        asked = [a for a in question.about if a in self._sentences.meant]
        if matter != _SUCCESS and asked and not named and not self._now:
            return self._sentence(["how-long-treatment"])
        silent = not (named or done or self._now or t.known) and bool(t.case.events)
        silent = silent and matter in ("", "matter-outlook")
        if silent and (said := self._sentence(["how-long-after"], question)):
            return said
        about = [*named, *(() if self._now else done), *filter(shows, self._topics(question))]
        only = self._sentences.members(matter)
        apart = {m for key in _APART for m in self._sentences.members(key)} - only
        for concept in about if only else (about or done)[:1]:
            kinds = t.tools.taxonomy.broader(concept)
            likely = (t.probability(concept) or 0.0) >= LIKELY
            courses = (t.course(kind, asked=likely) for kind in (() if only else kinds))
            known = next(filter(None, courses), ())
            features = (c for k in kinds for c in t.view.by_subject.get((k, _FEATURE), ()))
            known = known or tuple(c for c in features if c.object in only and c.supported)
            known = tuple(c for c in known if c.object not in apart)
            if not t.first_time(f"course of {concept} {only}"):
                known = tuple(c for c in known if c.object in t.view.quantities) or known
            if known:
                t.first_time(f"course of {concept}")
                lasts = [c for c in known if c.object in t.view.quantities]
                rest = [c for c in known if c not in lasts]
                told = " ".join(filter(None, map(t.plain.course, (lasts, rest))))
                told = told or f"{t.plain.names(c.object for c in rest)}."
                spoken = {a for q in t.case.asked for a in q.about}
                spoken = {m for a in spoken for m in self._sentences.meant.get(a, [a])}
                sure = concept in {*named, *t.known, *spoken}
                opening = "" if sure else "If it comes of " if concept in done else "If it is "
                claims = [c.id for c in known]
                return self._tell(f"{opening}{{}}: {small(told)}", [concept], claims=claims)
            if not only and not self._now:
                unknown = f"No source here says how long {t.plain.brief([concept])} can last."
                none = self._sentence(["how-long"], more={"about": [concept]})
                return self._eased(concept, opening=unknown) or none
        keys = [f"{self._situation}-outlook", "how-long"]
        asked = self._kept(question, "ft:effect-kind")[:1]
        more = {"about": asked, "helping": []} if asked else {"about": []}
        if only:
            return self._sentence([f"{matter}-{self._situation}", matter], question)
        return [] if self._now else self._sentence(keys, more=more)

    def _leads_to(self, question: Question) -> list[Told]:
        """Whether the first explanation leads to a sign that is asked about and is not there."""
        t = self._t
        signs = [s for s in self._kept(question, "ft:effect-kind") if s not in t.reading.met]
        things = [a for a in question.about if not t.is_a(a, "ft:effect-kind")]
        subject = [*things, *t.first][:1]
        if not signs or not subject or self._situation in ("now", "unclear"):
            return []
        claims = [
            c.id
            for (start, _), known in t.view.by_subject.items()
            for c in known
            if start in subject and c.object in t.kin(signs[0]) and c.supported
        ]
        slots = {"subject": subject, "sign": signs[:1]}
        return self._sentence(["leads" if claims else "leads-not"], more=slots, claims=claims)
