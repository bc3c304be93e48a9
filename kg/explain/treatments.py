"""Answers about what helps: whether it does, which to choose, how often, and what it may do."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.explain.medicines import EASING, Medicines
from kg.explain.replier import NAMED, REMEDY
from kg.explain.sentences import CUTTING, LEAVE
from kg.explain.sight import HELP, LIKELY
from kg.explain.summary import Told, joined
from kg.explain.tried import HELPED
from kg.recognise.case import Question
from kg.recognise.stems import stem

_ANY: Final = ("any", "something")
_HELPED: Final = "help"  # said of what is trusted
_TRIED: Final = "tried"
_BRIEF: Final = 4  # words of a question about what was said before it
FACTS: Final = {
    "matter-onset": "ft:has-time-to-effect",
    "matter-interval": "ft:has-duration",
    "matter-window": "ft:has-limit",
}


class Treatments(Medicines):
    """Answers what is asked about remedies."""

    def _helps(self, question: Question) -> list[Told]:
        t = self._t
        if fewer := self._given_up(question):
            return fewer
        things, about = self._tried(question)
        wanted = {c.id for c in t.ranked[:2]} | {*t.reading.met, *self._topics(question)[:1]}
        against = [
            c
            for name in sorted(about)
            for c in t.view.by_subject.get((name, "ft:has-exclusion"), ())
            if c.object in t.reading.met
        ]
        if against:
            told = "Not with {}, before a doctor has looked at it."
            return self._tell(told, [c.object for c in against], claims=[c.id for c in against])
        said = [
            c
            for c in t.view.claims.values()
            if c.subject in about
            and c.object in {*wanted, *question.about} - about
            and c.predicate in t.view.relations
            and t.view.relations[c.predicate].causal
        ]
        for topic in self._topics(question)[:1]:
            if easing := [c.subject for c in self._easing(topic) if c.subject in about]:
                return self._eased(topic, easing)
        said.sort(key=lambda c: (not c.supported, c.predicate not in EASING))
        if said and said[0].supported and said[0].predicate in EASING:
            told = "{} may help against {}."
            return self._tell(told, [said[0].subject], [said[0].object], claims=[said[0].id])
        if said and not said[0].supported:
            return self._refuted(said)
        if self._now:
            return []
        if not things:
            if question.kind == HELP[1] and self._is_unnamed(question):
                if untold := self._untold(question):
                    return untold
                may = ["may-take"] * self._speaks(question, LEAVE)
                unnamed = self._sentence([*may, "unnamed-help"], question)
                return unnamed if may else joined(unnamed, self._what_helps(question))
            unheld = self._sentence(["unheld-help"], question)
            return unheld or self._what_helps(question) or self._until_seen(question)
        if helping := [h for h in t.helping if h in things]:
            return self._tell("{} may help.", helping[:1], claims=t.grounds(helping[0]))
        known = t.helping[:NAMED]
        unknown = "No source here says that {} can help against this."
        unknown += " What may: {}." * bool(known)
        # Of a word for several treatments none is named that nobody spoke of.
        asked = [a for a in question.about if a in self._sentences.meant] or things[:1]
        return self._tell(unknown, *filter(None, (asked[:1], known)), last="or")

    def _succeeds(self, question: Question) -> list[Told]:
        """How well a treatment works, of several that a word means the fitting one."""
        named, likely = self._remedies(question.about), [c.id for c in self._t.ranked[:3]]
        sight = (*self._topics(question), *likely)
        easing = {c.subject for illness in sight for c in self._easing(illness)}
        for name in named:
            if name in easing and self._t.course(name):
                return self._how_long(replace(question, about=(name,)))
        return self._sentence(["matter-success"]) if named else self._how_long(question)

    def _given_up(self, question: Question) -> list[Told]:
        """Whether less of a habit would help: it does where the habit may bring it about."""
        t = self._t
        less = self._speaks(question, CUTTING)
        habits = [a for a in question.about if less and t.is_a(a, "ft:needs-report") and t.way(a)]
        own = [care for a in habits[:1] if (care := t.own_care(a)) is not None]
        if not own or self._now:
            return []
        helps = self._tell("What may help: {}.", own, claims=t.grounds(own[0]))
        return joined(self._may_do_it(habits[0]), helps)

    def _tried(self, question: Question) -> tuple[list[str], set[str]]:
        """What a question names that can be tried; and with its kinds and what bears its name."""
        concepts = self._t.view.concepts.values()
        words = set(re.findall(r"\w+", self._t.case.text[slice(*question.span)].lower()))
        labels = {c.id: set(c.label.lower().split()) for c in concepts}
        trials = [t.id for t in self._t.case.trials if t.span and t.span[1] <= question.span[0]]
        trials = trials if len(words) <= _BRIEF else []  # "does that help?"
        things = self._kept(question, *REMEDY) or trials[-1:]
        stood_for = (n for a in question.about for n in self._sentences.meant.get(a, ()))
        things = things or [n for n in stood_for if any(self._t.is_a(n, r) for r in REMEDY)]
        things = things or [
            c.id for c in concepts if c.roles.intersection(REMEDY) and labels[c.id] <= words
        ]
        stems = {stem(w) for w in words - self._sentences.asking}
        meant = (h for h in self._t.helping if stems & {stem(w) for w in labels[h]})
        things = things or [*meant][:1]
        about = {n for thing in things for n in self._t.tools.taxonomy.narrower(thing)}
        about |= {n for n, label in labels.items() if any(labels[t] <= label for t in things)}
        return things, about

    def _choice(self, question: Question) -> list[Told]:
        """Of several remedies: what sources say of each for the illness that is meant."""
        named = self._kept(question, *REMEDY)
        kin = {k for a in named for k in self._t.kin(a)}
        for topic in self._topics(question):
            known = [c.subject for c in self._easing(topic)]
            only = [n for n in known if n in kin]
            told = self._eased(topic, only if len(named) > 1 else ())
            if told:
                none = [n for n in named if not self._t.kin(n).intersection(known)]
                told = joined(told, self._tell("No source here names {}.", none) * bool(none))
                own = self._t.case.person.whose == "self"
                return joined(told, self._sentence(["choice"], question) * own)
        return []

    def _what_helps(self, question: Question) -> list[Told]:
        """What helps against the illness that is meant, else against what is reported."""
        t = self._t
        sure = t.first[: t.ranked[0].probability >= LIKELY] if t.ranked else ()
        known = {k.id for k in t.case.known}.union(question.about, sure)
        for topic in self._topics(question)[:1]:
            asked = topic in question.about or (topic in known and not t.is_benign(topic))
            # What may come of an illness can be treated where it itself is over.
            after = (c.id for c in t.ranked[:2] if c.id not in known)
            eased = filter(None, map(self._eased, (topic, *after) if asked else ()))
            if told := next(eased, None):
                return told
        others = (a for q in t.case.asked if q.span != question.span for a in q.about)
        blamed = (a for a in others if t.is_a(a, "ft:needs-report") and t.way(a))
        helping = (t.helping or [c for c in map(t.own_care, blamed) if c])[: NAMED + 1]
        topics = [n for n in self._topics(question)[:1] if n in sure or t.is_benign(n)]
        if not helping and topics and not self._now:
            return self._eased(topics[0])
        claims = [c for name in helping for c in t.grounds(name)]
        return self._tell("What may help: {}.", helping, claims=claims, last="or") * bool(helping)

    # -- beside the effect

    def _asked(self, question: Question) -> list[Told]:
        """What the graph answers where a question is about what it knows, not about the case."""
        asked = self._t.case.text[slice(*question.span)]
        if asked not in self._t.asides:
            return []
        text, about, claims = self._t.asides[asked]
        return [self._t.say(lambda _: text, claims, lead=self._lead, about=about)]

    def _side_effects(self, question: Question) -> list[Told]:
        """What a treatment or a medicine may bring about, beside what it is given for."""
        if found := self._asked(question):
            return found
        t = self._t
        taken = [m.id for m in t.case.medicines if m.id]
        if taken and self._is_polar(question):
            return self._may_do_it(taken[0])
        return self._harms(question) or self._sentence(["matter-side-effects"], question)

    def _fact(self, question: Question, matter: str) -> list[Told]:
        """What is known of a treatment: how soon it works, how long, when it has to begin."""
        for name in self._in_question(question):
            if known := self._t.view.by_subject.get((name, FACTS[matter]), ()):
                slots = {"thing": [name], "quantity": [c.object for c in known]}
                key = matter.removeprefix("matter-")
                return self._sentence([key], more=slots, claims=[c.id for c in known])
        return self._sentence([matter], question)

    def _in_question(self, question: Question) -> list[str]:
        """The treatments that a question can mean: given, taken or tried; else what may help."""
        case = self._t.case
        had = [*(m.id for m in case.medicines), *question.about, *(x.id for x in case.trials)]
        habits = [h for h in had if h and self._t.is_a(h, "ft:needs-report")]
        own = filter(None, (*had, *map(self._t.own_care, habits)))
        given = (*self._given(question), *self._remedies(own))
        return [*given] or [c.subject for n in self._topics(question)[:1] for c in self._easing(n)]

    def _next(self, question: Question) -> list[Told]:
        """What else there is where something does not help."""
        had = {k for name in self._in_question(question) for k in self._t.kin(name)}
        had = had if self._given(question) else set()
        topics = self._topics(question)[:1]
        easing = [c for topic in topics for c in self._easing(topic) if c.subject not in had]
        grave = [t for t in topics if had and not self._t.is_benign(t)]
        slots = {"others": [c.subject for c in easing if grave][:NAMED], "topic": topics}
        return self._sentence(["matter-next"], question, more=slots, claims=[c.id for c in easing])

    def _worrying(self, question: Question) -> list[Told]:
        """How to be rid of a fear: how likely what is feared is, and what helps against worry."""
        t, members = self._t, self._sentences.members("matter-worrying")
        feared = [a for a in question.about if t.probability(a) is not None and not self._now]
        weighed = self._weighed(feared[:1], several=True) if feared else self._feared()
        easing = [
            e.concept.id
            for e in t.tools.effects
            if e.self_care and members & {*e.targets, *e.exposures}
        ]
        slots = {"easing": easing[:NAMED]}
        said = self._sentence(["matter-worrying"], question, more=slots)
        return joined(weighed, said)

    def _fellows(self, question: Question) -> list[Told]:
        """Who else has it; and what helps, where that is asked of others."""
        said = self._sentence(["matter-others"], question)
        wanted = question.kind in HELP and not self._now
        return joined(self._what_helps(question), said) if wanted else said

    # -- until a doctor has seen it

    def _asks_for_help(self, question: Question) -> bool:
        """Whether a question asks for anything at all that can be done."""
        return any(word.startswith(_ANY) for word in self._words(question))

    def _until_seen(self, question: Question) -> list[Told]:
        """What to do until a doctor has seen it; that there is nothing, where it can wait."""
        called = self._t.precautions if self._t.rank(self._t.level) else {}
        until = list(called)[:NAMED]
        claims = [c for name in until for c in called[name]]
        keys = [f"{self._situation}-left"] * (not until) + ["what-to-do"]
        return self._sentence(keys, question, more={"until": until}, claims=claims)

    def _meantime(self, question: Question) -> list[Told]:
        """What to do while one waits: that, and what helps."""
        return joined(self._until_seen(question), self._what_helps(question))

    # -- what was tried

    def _trusts(self, question: Question) -> list[Told]:
        """Whether what helped may be trusted: it speaks for it, and proves nothing."""
        words = self._t.case.text[slice(*question.span)].lower()
        better = any(f.course == "better" for f in self._t.case.findings) or _HELPED in words
        if not (better or any(x.outcome == HELPED for x in self._t.case.trials)):
            return []
        helped = [x.id for x in self._t.case.trials if (x.action, x.outcome) == (_TRIED, HELPED)]
        return self._sentence(["matter-trust"], question, more={"helped": helped[:1]})
