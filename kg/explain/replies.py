"""Answers to what a person asks: one or two plain sentences each, from the graph's claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Final

from kg.explain.illnesses import NONE_FITS
from kg.explain.medicines import DO_NOT_STOP, STOPPING, Medicines
from kg.explain.phrasing import TAXONOMY
from kg.explain.replier import LIKELY, NAMED, REMEDY, small
from kg.explain.summary import Told
from kg.explain.teller import REFUTES, Teller
from kg.recognise.case import Question

__all__ = ["DO_NOT_STOP", "NONE_FITS", "PATIENT", "Replies"]

_HELPING: Final = ("ft:relieves", "ft:prevents", "ft:blocks", "ft:decreases")
_TEST: Final = "ft:names-test"
_VAGUE: Final = ("what-to-do", "danger", "other", "does-remedy-help")  # what names a test asks it
_BRIEF: Final = 4  # words of a question about what was said before it
PATIENT: Final = "patient"
_CLINICAL: Final = ("what-to-do", "test", "does-remedy-help", "what-is-it", "matter-choice")
_EVEN_NOW: Final = ("is-it-condition", "does-remedy-help", "how-long", "matter-outlook")


class Replies(Medicines):
    """Answers the questions of one case."""

    def __init__(self, teller: Teller) -> None:
        super().__init__(teller)
        self._ways: dict[str, Callable[[Question], list[Told]]] = {
            "danger": self._danger,
            "is-it-condition": self._is_it,
            "cause": self._cause,
            "does-remedy-help": self._helps,
            "how-long": self._how_long,
            "how-much": self._how_much,
            STOPPING: self._stop,
            "test": self._test,
            "what-is-it": self._what,
            "what-to-do": self._what_to_do,
            "which-doctor": self._which_doctor,
            "matter-brain": self._is_it,
            "matter-works": self._helps,
            "matter-choice": self._choice,
            "matter-contrast": self._is_it,
            "matter-side-effects": lambda q: (
                self._asked(q) or self._sentence(["matter-side-effects"], q)
            ),
            "matter-outlook": self._how_long,
            "matter-return": self._how_long,
            "matter-serious": lambda q: self._by("danger", q),
            "matter-worse": self._how_long,
        }

    def all(self) -> tuple[Told, ...]:
        """An answer to each question, none twice; what cannot be answered is said once."""
        answers: dict[tuple[str, tuple[str, ...]], Told] = {}
        open_: list[str] = []
        # Whether to stop a medicine comes first: nothing else that is asked may do harm so soon;
        # then what names its subject, which is read more surely.
        asked = self._t.case.asked
        for question in sorted(asked, key=lambda q: (q.kind != STOPPING, not q.about)):
            self._lead = self._quote(question)
            found = self._answer(question)
            found = found if self._now else [*reduce(_joined, ([one] for one in found), [])]
            answers |= {(a.text, a.about): a for a in found if (a.text, a.about) not in answers}
            open_ += [] if found else [self._lead]
        told = list(answers.values())
        if open_:
            self._lead = open_[0] if len(open_) == 1 else "Other questions:"
            told += self._nearest()
        return tuple(told)

    def _answer(self, question: Question) -> list[Told]:
        """What is told of a question: by its matter, by what the graph is asked, or by its kind."""
        matter = question.matter or ""
        matter = matter if self._sentences.suits(matter, question.kind) else ""
        if self._kept(question, _TEST) and question.kind in _VAGUE:
            return self._by("test", question)
        found = self._by(matter, question) if matter else []
        if question.kind == STOPPING or (question.kind == "cause" and matter == "matter-outlook"):
            more = found if matter != "matter-dose" else []
            return [*self._by(question.kind, question), *more]
        if not self._now:
            found = found or ([] if matter else self._if_noticed(question))
            found = found or self._asked(question)
        found = found or self._by(question.kind, question)
        return found or self._sentence(
            [matter, question.kind, f"{self._situation}-other"], question
        )

    def _by(self, key: str, question: Question) -> list[Told]:
        """What is told under a key; in an emergency what to do now goes before it."""
        clinician = self._t.case.person.whose == PATIENT and key in _CLINICAL
        keys = ["crisis"] if self._t.is_crisis else [f"{self._situation}-{key}"]
        said = self._sentence(keys, question)
        said = [] if clinician and not self._now else said
        answer = self._ways.get(key)
        if answer is None:
            return said or self._sentence([key], question)
        more = not said or (self._now and (clinician or key in _EVEN_NOW))
        return _joined(said, answer(question)) if more else said

    def _asked(self, question: Question) -> list[Told]:
        """What the graph answers where a question is about what it knows, not about the case."""
        asked = self._t.case.text[slice(*question.span)]
        if asked not in self._t.asides:
            return []
        text, about, claims = self._t.asides[asked]
        return [self._t.say(lambda _: text, claims, lead=self._lead, about=about)]

    def _nearest(self) -> list[Told]:
        """That there is no answer, and what is known nearest to it."""
        t = self._t
        names = self._topics(None)[: 1 if t.told.urgency.clear else 0]
        known = [c for name in names for c in t.course_once(name)]
        helping = t.helping[:NAMED] if {*names} & {*t.first} else []
        told = "No source here answers that; a doctor or a pharmacist may."
        told += f" About {{}}: {small(t.plain.course(known))}" * bool(known)
        told += " What may help: {}." * bool(helping)
        groups = filter(None, (names * bool(known), helping))
        return self._tell(told, *groups, claims=[c.id for c in known], last="or")

    def _is_it(self, question: Question) -> list[Told]:
        t = self._t
        ranked = self._ranked(question.about)
        if question.matter == "matter-brain":
            ranked = ranked or [sorted(self._sentences.members("matter-brain"))]
        ranked = [
            n for names in ranked if (n := [a for a in names if t.probability(a) is not None])
        ]
        if ranked and question.matter == "matter-contrast":
            rivals = (*t.first, *self._sentences.members("matter-contrast"))
            known = [r[0] for r in ranked] + [r for r in rivals if r not in t.kin(ranked[0][0])]
            return self._contrast(*known[:2]) if len(known) > 1 else self._weighed(ranked[0])
        if self._kept(question, *REMEDY) and not ranked:
            return self._helps(question)
        if ranked:
            beside = [] if self._now else self._rivals(question)
            if len(ranked) > 1 and not beside:
                return self._either(*ranked[:2])
            several = len(ranked) + len(beside) > 1
            weighed = [w for names in ranked[:NAMED] for w in self._weighed(names, several)]
            blamed = [w for a in beside[:NAMED] for w in self._may_do_it(a, several=True)]
            return [*weighed, *blamed]
        others = [a for a in question.about if not t.is_a(a, "ft:effect-kind")]
        if others or self._now:
            return self._cause(question) if others else []
        return ([] if question.about else self._feared()) or self._by("danger", question)

    def _rivals(self, question: Question) -> list[str]:
        """What beside illnesses a question asks about as a cause ("stress or a tumour?")."""
        t = self._t
        return [
            a
            for a in question.about
            if not self._ranked([a])
            and not t.is_a(a, "ft:candidate-kind")
            and (not t.is_a(a, "ft:effect-kind") or self._leads(a))
        ]

    def _leads(self, sign: str) -> bool:
        """Whether a sign brings about what is told, and is no other name of it."""
        way = self._t.way(sign)
        return way is not None and any(step.relation not in TAXONOMY for step in way.steps)

    # -- what helps

    def _helps(self, question: Question) -> list[Told]:
        t = self._t
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
        said.sort(key=lambda c: (not c.supported, c.predicate not in _HELPING))
        if said and said[0].supported and said[0].predicate in _HELPING:
            told = "{} may help against {}."
            return self._tell(told, [said[0].subject], [said[0].object], claims=[said[0].id])
        if said and not said[0].supported:
            found = "no effect of" if said[0].predicate in _HELPING else "no link with"
            groups, ids = ([said[0].object], [said[0].subject]), [c.id for c in said]
            told = f"For {{}}, studies found {found} {{}}."
            return self._tell(told, *groups, claims=ids, direction=REFUTES, most=2)
        if self._now:
            return []
        if not things:
            return self._what_helps(question) or self._sentence(["what-to-do"])
        known = t.helping[:NAMED]
        unknown = "No source here says that {} can help against this."
        unknown += " What may: {}." * bool(known)
        return self._tell(unknown, *filter(None, (things[:1], known)), last="or")

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
                told = _joined(told, self._tell("No source here names {}.", none) * bool(none))
                own = self._t.case.person.whose == "self"
                return _joined(told, self._sentence(["choice"], question) * own)
        return []

    def _what_helps(self, question: Question) -> list[Told]:
        """What helps against the illness that is meant, else against what is reported."""
        t = self._t
        sure = t.first[: t.ranked[0].probability >= LIKELY] if t.ranked else ()
        known = {k.id for k in t.case.known}.union(question.about, sure)
        for topic in self._topics(question)[:1]:
            if topic in known and not t.is_benign(topic) and (told := self._eased(topic)):
                return told
        helping = t.helping[: NAMED + 1]
        claims = [c for name in helping for c in t.grounds(name)]
        return self._tell("What may help: {}.", helping, claims=claims, last="or") * bool(helping)

    # -- care

    def _test(self, question: Question) -> list[Told]:
        t = self._t
        called, view = t.called_for(_TEST), t.view.by_subject
        named = [a for a in question.about if t.is_a(a, _TEST)]
        wanted = [a for a in named if a in called]
        slots = {"wanted": wanted, "unwanted": [a for a in named if a not in called]}
        claims = [c for a in wanted or list(called)[:NAMED] for c in called[a]]
        for topic in () if called or self._now else self._topics(question)[:1]:
            tests = [c for c in view.get((topic, "ft:warrants"), ()) if t.is_a(c.object, _TEST)]
            slots |= {"tests": [c.object for c in tests][:NAMED], "supposed": [topic]}
            claims = [c.id for c in tests]
        return self._sentence(["test"], question, more=slots, claims=claims)

    def _which_doctor(self, question: Question) -> list[Told]:
        called = self._t.called_for("ft:names-doctor")
        wanted = [a for a in question.about if a in called] or list(called)[:NAMED]
        claims = [c for a in wanted for c in called[a]]
        return self._sentence(["which-doctor"], question, more={"doctors": wanted}, claims=claims)

    def _what_to_do(self, question: Question) -> list[Told]:
        t, urgency = self._t, self._t.told.urgency
        advice = self._tell(urgency.advice.partition(". ")[0].rstrip(".") + ".")
        helps = self._what_helps(question)
        if t.case.person.whose == PATIENT:
            helps = self._helps(question) if self._kept(question, *REMEDY) else helps
            return _joined(helps, self._test(question) * bool(t.called_for(_TEST) or not helps))
        if not helps and t.rank(t.level) < 2:
            helps = self._sentence(["what-to-do"], question)
        return _joined(advice, helps)


def _joined(first: Sequence[Told], second: Sequence[Told]) -> list[Told]:
    """Two answers as one; what is told beside them stays apart."""
    if not first or not second:
        return [*first, *second]
    one, two = first[0], second[0]
    both = Told(
        f"{one.text} {two.text}",
        f"{one.clinical} {two.clinical}",
        one.lead,
        tuple(dict.fromkeys((*one.about, *two.about))),
        tuple(dict.fromkeys((*one.claims, *two.claims))),
        tuple(dict.fromkeys((*one.sources, *two.sources))),
    )
    return [both, *first[1:], *second[1:]]
