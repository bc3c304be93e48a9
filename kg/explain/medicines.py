"""Answers about causes and medicines: what may do it, whether to stop or go on, how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.explain.effects import limit_told
from kg.explain.illnesses import NONE_FITS, Illnesses
from kg.explain.phrasing import TAXONOMY, Phrasing, capital
from kg.explain.replier import NAMED, REMEDY, STOPPING, SUBSTANCE
from kg.explain.sentences import LEAVE
from kg.explain.summary import Told
from kg.explain.teller import REFUTES
from kg.explain.wording import listed
from kg.recognise.case import Question
from kg.view import Claim, View

DO_NOT_STOP: Final = (
    "Do not stop a prescribed medicine or change its dose by yourself: ask the doctor who "
    "prescribed it, or a pharmacist, first."
)
GIVEN_UP: Final = (
    "Do not go back on a medicine or change its dose by yourself: ask the doctor who prescribed "
    "it, or a pharmacist."
)
_WHICH: Final = frozenset({"which", "or", "either"})
GIVEN: Final = "given up"
_UNTOLD: Final = (
    "No source here tells of {} with this, for or against: ask a pharmacist, who knows what else "
    "you take, and do not stop a prescribed medicine by yourself."
)
EASING: Final = ("ft:relieves", "ft:prevents", "ft:blocks", "ft:decreases")


class Medicines(Illnesses):
    """Answers what is asked about causes and medicines."""

    def _cause(self, question: Question) -> list[Told]:
        t = self._t
        medicines = self._kept(question, "ft:medicine-kind")
        others = [a for a in question.about if a not in medicines]
        able = [s for s in t.suspects if t.is_a(s, REMEDY[0])]
        taken = able or [m.id for m in t.case.medicines if m.id] or t.suspects
        about = [*taken, *others] if medicines and taken else question.about
        # What is felt or seen is what has to be explained, unless it brings about the rest.
        names = [n for n in about if not t.is_a(n, "ft:effect-kind")][:NAMED]
        names = names or [n for n in about if len(about) > 1 and self._leads(n)][:NAMED]
        if names:
            names.sort(key=lambda n: t.way(n) is None)
            several = len(names) > 1
            if self._speaks(question, LEAVE) and not (several or self._now):
                return self._may_one(names[0])
            return [w for n in names for w in self._causing(n, several)]
        told = t.case.events or t.case.medicines or any(c.reported for c in t.told.causes)
        if shown := self._shown_by_first(question):
            return shown
        patterns = any(t.is_a(a, "ft:pattern-kind") for a in question.about)
        if not (told or patterns) and self._is_unnamed(question):
            return self._sentence(["unnamed-cause"])
        return self._reported_causes(question)

    def _may_one(self, name: str) -> list[Told]:
        """Whether one may have what may bring it about; what one is prescribed one may."""
        t, chain = self._t, self._t.way(name)
        spared = any(t.is_a(name, kind) for kind in SUBSTANCE) or t.reading.denied(name)
        if chain is None or spared or not t.is_a(name, "ft:needs-report"):
            return self._causing(name, several=False)
        opening, _ = self._sentences.most(["leave-not"], {})

        def words(v: Phrasing) -> str:
            return f"{opening} {v.chain(chain)}".strip()

        return [t.say(words, [s.claim for s in chain.steps], lead=self._lead, about=(name,))]

    def _given(self, question: Question) -> list[str]:
        """The treatments that a question is about: named in it or before, or had."""
        earlier = [q for q in self._t.case.asked if q.span[0] < question.span[0]]
        asked = [a for q in (question, *reversed(earlier)) for a in q.about]
        asked += [e.id for e in self._t.case.events]
        return self._remedies(asked)

    def _remedies(self, names: Iterable[str]) -> list[str]:
        """Those of the names that stand for a remedy, as what they stand for."""
        meant = (m for name in names for m in self._sentences.meant.get(name, [name]))
        return [m for m in dict.fromkeys(meant) if self._t.is_a(m, REMEDY[1])]

    def _harms(self, question: Question, only: Iterable[str] = ()) -> list[Told]:
        """What a treatment that a question is about may bring about; of that `only` some."""
        for name in self._given(question):
            known = self._t.view.by_subject.get((name, "ft:causes"), ())
            causes = [c for c in known if c.supported and (not only or c.object in only)]
            if causes:
                brings, ids = [c.object for c in causes], [c.id for c in causes]
                return self._tell("{} can bring about {}.", [name], brings, claims=ids)
        return []

    def _may_follow(self, question: Question) -> list[Told]:
        """Whether a treatment that is asked about may bring about a sign: "may I go deaf?"."""
        return self._harms(question, question.about) if question.about else []

    def _leads(self, sign: str) -> bool:
        """Whether a sign brings about what is told, and is no other name of it."""
        way = self._t.way(sign)
        return way is not None and any(step.relation not in TAXONOMY for step in way.steps)

    def _serious(self, question: Question) -> list[Told]:
        """How dangerous it is; and whether what is asked about beside may do it."""
        own = {e.concept.id for e in self._t.tools.effects if e.self_care}
        if things := self._remedies(question.about):
            safe = own.intersection(things[:1])
            harms = [] if safe else self._harms(question)
            return harms or self._sentence(["safe" if safe else "safe-treatment"], question)
        if (themes := self._themes(question)) and not self._now:
            return self._may_do_it(themes[0], several=True)
        habits = [a for a in question.about if self._t.is_a(a, "ft:needs-report")]
        if habits and self._speaks(question, LEAVE) and not self._now:
            return self._may_one(habits[0])
        asked = {*question.about} - self._sentences.members("matter-worrying")
        causes = (c.id for c in self._t.told.causes if c.reported and c.id in asked)
        blamed = [told for name in causes for told in self._may_do_it(name, several=True)]
        return [*self._danger(question), *blamed[:1]]

    def _shown_by_first(self, question: Question) -> list[Told]:
        """Of which illness that is not harmless a sign is one that is asked about."""
        t = self._t
        for first in () if t.benign else t.first:
            shown = t.view.by_subject.get((first, "ft:has-finding"), ())
            claims = [c for c in shown if c.object in question.about and c.supported]
            if claims:
                slots = {"sign": [c.object for c in claims][:NAMED]}
                return self._sentence(["sign-of"], more=slots, claims=[c.id for c in claims])
        return []

    def _causing(self, name: str, several: bool) -> list[Told]:
        """Whether one thing may do it: an illness is weighed, all else has to have a way."""
        ranked = self._ranked([name])
        if ranked:
            return self._weighed(ranked[0], several)
        return self._may_do_it(name, several=several)

    def _reported_causes(self, question: Question) -> list[Told]:
        """What of all that is told may do it."""
        t = self._t
        reported = [c for c in t.told.causes if c.reported and c.chains][:3]
        if reported:
            chain = reported[0].chains[0]
            t.first_time(f"way from {reported[0].id}")
            names = [c.id for c in reported]
            claims = [s.claim for c in reported for s in c.chains[0].steps[:1]]
            claims += [s.claim for s in chain.steps]

            def words(v: Phrasing) -> str:
                return f"Of what you tell, {v.names(names)} can play a part. {v.chain(chain)}"

            return [t.say(words, claims, lead=self._lead, about=names)]
        taken = [m.id for m in t.case.medicines if m.id]
        if len(taken) > 1 and not t.case.events and not _WHICH.isdisjoint(self._words(question)):
            return [told for name in taken[:NAMED] for told in self._may_do_it(name, several=True)]
        suspects = [e.id for e in t.case.events] + taken
        suspects = suspects or [c.subject for c in self._sets_off(t.reading.present)]
        if suspects:
            return self._may_do_it(suspects[0], several=not t.case.events)
        if not t.silent:
            unknown = self._sentence([f"{self._situation}-unknown"])
            opening = "Nothing that was understood is known to set it off."
            return unknown or self._likeliest(opening * (not t.concerned), NONE_FITS)
        t.first_time("silent")
        claims = [s.claim for c in t.silent for s in c.chains[0].steps]
        return self._tell("Known to set it off: {}.", [c.id for c in t.silent], claims=claims)

    def _untold(self, question: Question) -> list[Told]:
        """That nothing is told of a medicine that is asked about."""
        about = {*question.about}
        named = [
            m.name
            for m in self._t.case.medicines
            if m.id in about and m.id not in self._t.view.concepts
        ]
        return self._tell(_UNTOLD.format(named[0])) if named else []

    def _sets_off(self, names: Iterable[str]) -> list[Claim]:
        """The claims that one of these may bring about the first explanation itself."""
        view = self._t.view
        raising = [r.id for r in view.relations.values() if (r.polarity or 0) > 0]
        claims = (c for n in names for r in raising for c in view.by_subject.get((n, r), ()))
        return [c for c in claims if c.object in self._t.first and c.supported]

    def _may_do_it(self, name: str, *, several: bool = False) -> list[Told]:
        """Whether something may bring it about, and how; a medicine is not to be stopped alone."""
        t = self._t
        medicine = any(t.is_a(name, kind) for kind in SUBSTANCE)
        stopping = any(q.kind == STOPPING for q in t.case.asked)
        warned = f" {DO_NOT_STOP}" if medicine and not stopping else ""
        denied = t.reading.denied(name)
        over = any(m.id == name and m.change == "stopped" for m in t.case.medicines)
        after = [c.id for c in t.ranked if over and name in t.settings(c.id)]
        if after:
            return self._weighed(after[:1])
        chain = None if denied else t.way(name)
        t.first_time(f"way from {name}")
        taken = [m.name for m in t.case.medicines if m.id == name and not medicine]
        if chain is None and taken and not denied:
            told = f"No source here tells of this with {taken[0]}, nor rules it out."
            return self._tell(f"{told} {DO_NOT_STOP}" if not stopping else told)
        if chain is None:
            event = any(name == e.id for e in t.case.events)
            direct = self._sets_off([name])
            given_up = {x.id for x in t.case.trials if x.action == GIVEN}
            given_up.update(f.id for f in t.case.findings if f.reason == "stopped")
            setting = [c.id for c in t.ranked if name in t.settings(c.id)]
            setting += [c.object for c in direct]
            vague = medicine and not t.is_a(name, "ft:trial-kind")
            named = "which-medicine" if vague else "medicine"
            key = "event" if event else named if medicine else "no-cause"
            fitting = {
                "given-up": name in given_up, "denied": denied, "setting": bool(setting), key: True
            }  # fmt: skip
            first = next(k for k, fits in fitting.items() if fits)
            keys = [first, key] if first == "setting" else [first]
            if refuted := self._counterclaims(name):
                return self._refuted(refuted)
            deed = event and name in self._sentences.needs("which-doctor")
            slots = {"about": [name], "event": [name] * event, "deed": [name] * deed}
            slots |= {"setting": setting[:1]}
            return self._sentence(keys, more=slots, claims=[c.id for c in direct])
        claims = [s.claim for s in chain.steps]

        def words(v: Phrasing) -> str:
            verdict = capital(f"{v.name(name)}: it may." if several else "it may.")
            return f"{verdict} {v.chain(chain)}{warned}"

        return [t.say(words, claims, lead=self._lead, about=(name,))]

    def _refuted(self, claims: Sequence[Claim]) -> list[Told]:
        """What sources speak against: the first of these claims, all of them cited."""
        first, ids = claims[0], [c.id for c in claims]
        slots = {"refuted": [first.object], "thing": [first.subject]}
        key = refuted(self._t.view, first)
        return self._sentence([key], more=slots, claims=ids, direction=REFUTES, most=2)

    def _counterclaims(self, name: str) -> list[Claim]:
        """What a question asks of something, and sources only speak against."""
        t = self._t
        asked = {a for q in t.case.asked for a in q.about} | {k.id for k in t.case.known}
        own = (c for c in t.view.claims.values() if c.subject == name and not c.supported)
        return [c for c in own if c.object in asked]

    def _stop(self, question: Question) -> list[Told]:
        t = self._t
        asked = self._kept(question, *SUBSTANCE)
        ways = [w for a in (*asked, *t.suspects) if (w := t.way(a)) is not None][:1]
        medicine, setting = self._suspected()
        claims = [s.claim for way in ways for s in way.steps]
        if setting:
            claims = [c.id for c in t.view.by_subject.get((setting[0], "ft:has-setting"), ())]
            told = f"{DO_NOT_STOP} It may have to do with it: {{}} can set off {{}}."
            return self._tell(told, medicine, setting, claims=claims)
        if ways:
            may = f"{DO_NOT_STOP} It may have to do with it, and another dose may help."
            return self._tell(may, [way.start for way in ways], claims=claims)
        # A medicine that is asked about is named, also where nothing is known of it here.
        named = [m.name for m in t.case.medicines if m.id in question.about]
        named = named or [m.name for m in t.case.medicines] or [*map(t.plain.name, question.about)]
        treats = {m.name for m in t.case.medicines if m.id and self._remedies([m.id])}
        known = (m for m in t.case.medicines if m.id in t.view.concepts)
        vague = {m.name for m in known if m.id and not t.is_a(m.id, REMEDY[0])}
        named = [name for name in named if name not in treats | vague]
        unheld = [f"No source here tells of this with {name}, nor rules it out." for name in named]
        return self._tell(" ".join([DO_NOT_STOP, *unheld[:1]]))

    def _how_much(self, question: Question) -> list[Told]:
        """The limits of what a question names, or else the case, and what one serving holds."""
        view, person = self._t.view, self._t.case.person
        asked = question.kind == "how-much"
        names = dict.fromkeys((*question.about, *(self._t.reading.present if asked else ())))
        limits = [c for n in names for c in view.by_subject.get((n, "ft:has-limit"), ())]
        if not limits:
            return self._tell("No source here names an amount.") if asked else []
        about = limits[0].subject
        held = self._t.tools.limits.sorted([c.object for c in limits if c.subject == about], person)
        limits = [c for c in limits if c.subject == about and c.object in held]
        told = listed([limit_told(view, quantity) for quantity in held])
        served = [q for q in view.quantities.values() if q.serving_of == about]
        most = max(served, key=lambda q: (q.value or 0.0, q.id), default=None)
        holds = f" {capital(most.label)} has about {most.value:g} {most.unit}." if most else ""
        return self._tell(f"{{}}: {told}.{holds}", [about], claims=[c.id for c in limits])


def refuted(view: View, claim: Claim) -> str:
    """The key of the sentence that tells what sources speak against."""
    if claim.predicate not in EASING:
        return "refuted-link"
    checks = (view.scales.get(e.check or "") for e in claim.evidence if e.direction == REFUTES)
    said = any(check is None or check.weight == 1 for check in checks)
    return "refuted-help" if said else "unproven-help"
