"""Answers to what a person asks: one or two plain sentences each, from the graph's claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from kg.explain.apart import Apart
from kg.explain.care import TEST
from kg.explain.illnesses import NONE_FITS
from kg.explain.medicines import DO_NOT_STOP
from kg.explain.replier import DOSE, NAMED, PATIENT, REMEDY, STOPPING, SUBSTANCE
from kg.explain.sentences import LEAVE
from kg.explain.sight import HELP, LIKELY
from kg.explain.summary import Told, all_in_one, joined, once
from kg.explain.teller import Teller
from kg.explain.treatments import FACTS
from kg.recognise.case import Question

__all__ = ["DO_NOT_STOP", "NONE_FITS", "PATIENT", "Replies"]

_VAGUE: Final = ("what-to-do", "danger", "other", "cause", "does-remedy-help")
_FEW: Final = 3  # words of a name alone
_ILLNESS: Final = "ft:candidate-kind"
_FEARING: Final = ("danger", "is-it-condition", "what-is-it")
_WHETHER: Final = ("is-it-condition", "cause")
_BRAIN: Final = "matter-brain"
_OR: Final = "or"
_CLINICAL: Final = (
    "what-to-do",
    "test",
    "how-much",
    "other",
    "does-remedy-help",
    "what-is-it",
    "matter-choice",
)
_MATTER: Final = "matter-"
# What is answered in an emergency too.
_EVEN_NOW: Final = (
    *("does-remedy-help", "how-long", "matter-outlook"),
    *(_BRAIN, "matter-serious", "matter-contrast", "matter-choice"),
)


class Replies(Apart):
    """Answers the questions of one case."""

    def __init__(self, teller: Teller) -> None:
        super().__init__(teller)
        self._ways: dict[str, Callable[[Question], list[Told]]] = {
            "danger": self._serious,
            "is-it-condition": self._is_it,
            "cause": lambda q: self._fails(q) or self._cause(q),
            "does-remedy-help": self._helps,
            "how-long": self._how_long,
            "other": self._may_follow,
            "how-much": self._how_much,
            # Who prescribes is not told to ask whoever prescribes.
            STOPPING: lambda q: (self._clinical and self._what_helps(q)) or self._stop(q),
            "test": self._test,
            "what-is-it": self._what,
            "what-to-do": self._what_to_do,
            "which-doctor": self._which_doctor,
            _BRAIN: self._is_it,
            "matter-works": self._helps,
            "matter-choice": self._choice,
            "matter-contrast": self._is_it,
            "matter-side-effects": self._side_effects,
            "matter-else": self._others,
            "matter-when": self._when,
            "matter-meanwhile": self._meantime,
            "matter-others": self._fellows,
            "matter-worrying": self._worrying,
            "matter-outlook": self._how_long,
            "matter-return": self._how_long,
            "matter-success": self._succeeds,
            "matter-serious": lambda q: self._by("danger", q),
            "matter-linked": self._linked,
            "matter-worse": self._worse,
            "matter-worsens": self._worsens,
            "matter-next": self._next,
            "matter-right": self._is_right,
            "matter-rules-out": self._rules_out,
            "matter-trust": self._trusts,
            **{matter: partial(self._fact, matter=matter) for matter in FACTS},
        }

    def brief(self, said: Sequence[Told] = ()) -> tuple[Told, ...]:
        """An answer to each question in a few words, where a screen has no room for more.

        What is `said` is said; what is the same for several questions is told once.
        """
        told: list[Told] = []
        for question in self._in_order():
            self._lead = self._quote(question)
            keys = [f"brief-{key}" for key in (question.matter, question.kind) if key]
            if self._clinical and question.kind in _CLINICAL:
                keys = ["clinical-now", *keys]
            keys = ["crisis"] if self._t.is_crisis else [*keys, "brief-other"]
            if not any(self._lead in one.lead for one in said):
                told += self._sentence(keys, question)
        return (*said, *once(told))

    def _in_order(self) -> list[Question]:
        """What is asked; whether to stop a medicine first, which may do harm so soon."""
        asked = [q for q in self._t.case.asked if not self._is_told(q)]
        return sorted(asked, key=lambda q: (q.kind != STOPPING, q.matter != DOSE))

    def all(self, *, admit: bool = True) -> tuple[Told, ...]:
        """An answer to each question, none twice; what cannot be answered is said once.

        Unless it is to `admit` none of that.
        """
        answers: dict[tuple[str, tuple[str, ...]], Told] = {}
        open_: list[str] = []
        for question in map(self._meant, self._in_order()):
            self._lead = self._quote(question)
            matters: list[str | None] = [*self._matters(question)] or [None]
            each = (replace(question, matter=m) for m in matters[: 1 if self._now else None])
            found = [told for one in each for told in self._answer(one)]
            found = found if self._now else all_in_one(found)
            for a in found:
                before = answers.get((a.text, a.about), a)
                both = {**dict.fromkeys(filter(None, (before.lead, a.lead)))}
                answers[a.text, a.about] = replace(before, lead=" ".join(both))
            open_ += [] if found else [self._lead]
        told = once(answers.values()) if self._now else list(answers.values())
        told += self._fear(told)
        if open_ and admit:
            self._lead = open_[0] if len(open_) == 1 else "Other questions:"
            told += self._nearest()
        return tuple(told)

    def _answer(self, question: Question) -> list[Told]:
        """What is told of a question: by its matter, by what the graph is asked, or by its kind."""
        if question.kind == "does-remedy-help" and self._is_a_want(question):
            return self._by("is-it-condition", replace(question, kind="is-it-condition"))
        matter = question.matter or ""
        matter = matter if self._sentences.suits(matter, question.kind) else ""
        matter = "" if matter == _BRAIN and not self._is_polar(question) else matter
        # Whether the drive or the coffee did it is no question whether one may drive.
        if self._sentences.suits(f"asked-{matter}", "") and not self._speaks(question, LEAVE):
            matter = "" if question.kind == "cause" and self._rivals(question) else matter
        if self._kept(question, TEST) and question.kind in _VAGUE:
            return self._by("test", question)
        found = self._by(matter, question) if matter else []
        if question.kind == STOPPING or (question.kind == "cause" and matter == "matter-outlook"):
            more = found if matter != DOSE else []
            return [*self._by(question.kind, question), *more]
        if not self._now and question.kind != "how-much":
            found = found or ([] if matter else self._if_noticed(question))
            # Whether it is an illness, or comes of a thing, is no question about that itself.
            whether = question.kind in _WHETHER and not matter and self._is_polar(question)
            # What is asked of a named illness is no question whether it is that one.
            named = any(not self._t.is_a(a, "ft:effect-kind") for a in question.about)
            whether = (
                whether and named and (not question.about[1:] or not self._kept(question, _ILLNESS))
            )
            found = found or ([] if whether else self._asked(question))
        found = found or self._by(question.kind, question)
        fears = question.kind in _FEARING and not matter and not question.about
        found = found or (self._feared() if fears else [])
        return found or self._sentence(
            [matter, question.kind, f"{self._situation}-other"], question
        )

    def _is_told(self, question: Question) -> bool:
        """Whether what looks like a question tells a sign: "can hold it in for a bit"."""
        (start, end), t = question.span, self._t
        mark = t.case.text[end : end + 1] == "?"
        if not self._asks(question, marked=mark):
            return True
        own = [f for f in t.case.findings if f.id in question.about and f.span]
        inside = {f.id for f in own if f.span and start <= f.span[0] and f.span[1] <= end}
        return question.kind == HELP[1] and not mark and bool(own) and inside >= {*question.about}

    def _is_a_want(self, question: Question) -> bool:
        """Whether a question names what is lacking, in so many words: "Low calcium?"."""
        brief = len(self._t.case.text[slice(*question.span)].split()) <= _FEW
        return (
            brief
            and not self._is_polar(question)
            and bool(question.about)
            and not self._kept(question, *REMEDY)
        )

    def _by(self, key: str, question: Question) -> list[Told]:
        """What is told under a key; in an emergency what to do now goes before it."""
        if key == "danger" and self._now and self._kept(question, *REMEDY, *SUBSTANCE):
            return self._by("does-remedy-help", question)
        clinician = self._clinical and key in _CLINICAL
        polar = [f"{self._situation}-polar-{key}"] * self._is_polar(question)
        keys = ["crisis"] if self._t.is_crisis else [*polar, f"{self._situation}-{key}"]
        # Whether a treatment or a habit is dangerous is not whether what one has is.
        themes = self._remedies(question.about) or self._themes(question)
        beside = key == "danger" and not self._now and bool(themes)
        said = [] if beside else self._sentence(keys, question)
        told = self._sentence(["clinical-now"]) if self._now else []
        said = told if clinician else said
        if self._now and not said and key.startswith(_MATTER) and key not in _EVEN_NOW:
            return self._sentence(["now-other"])
        answer = self._ways.get(key)
        if answer is None:
            return said or self._by_matter(key, question)
        either = key == "is-it-condition" and len(question.about) > 1
        more = not said or (self._now and (key in _EVEN_NOW[:3] or either))
        if clinician and self._now and self._t.pointed and key != "test":
            likely = [c.id for c in self._t.told.conditions[:1] if c.probability >= LIKELY]
            eased = map(self._eased, (*likely, *self._t.pointed))
            return joined(said, next(filter(None, eased), []))
        return joined(said, answer(question)) if more else said

    def _nearest(self) -> list[Told]:
        """That there is no answer, and who may know one."""
        return self._tell("No source here answers that; a doctor or a pharmacist may.")

    def _is_it(self, question: Question) -> list[Told]:
        t = self._t
        ranked = self._ranked(question.about)
        if question.matter == "matter-brain":
            ranked = ranked or [sorted(self._sentences.members("matter-brain"))]
        ranked = [
            n for names in ranked if (n := [a for a in names if t.probability(a) is not None])
        ]
        if question.matter == "matter-contrast" and (told := self._told_apart(question)):
            return told
        if self._kept(question, *REMEDY) and not ranked:
            return self._helps(question)
        if ranked:
            beside = [] if self._now else self._rivals(question)
            if len(ranked) > 1 and not beside:
                return self._either(*ranked[:2])
            several = len(ranked) + len(beside) > 1 or _OR in self._words(question)
            weighed = [w for names in ranked[:NAMED] for w in self._weighed(names, several)]
            blamed = [w for a in beside[:NAMED] for w in self._may_do_it(a, several=True)]
            return [*weighed, *blamed]
        others = [a for a in question.about if not t.is_a(a, "ft:effect-kind")]
        if others and not self._now and all(t.is_a(a, "ft:candidate-kind") for a in others):
            return []
        if others or self._now:
            return self._cause(question) if others else []
        if self._is_unnamed(question) and not self._now:
            return self._sentence(["unnamed-cause"])
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

    def _linked(self, question: Question) -> list[Told]:
        """Whether what is told has to do with each other: one illness may show as both."""
        t = self._t
        if any(not t.is_a(a, "ft:effect-kind") for a in question.about):
            return self._cause(question)
        for first in t.ranked[:1]:
            shown = [w for w in first.for_ if w.decibans > 0 and w.id in t.reading.met]
            if len(shown) > 1:
                claims = [w.claim for w in shown if w.claim is not None]
                return self._sentence(["matter-linked"], more={"both": [first.id]}, claims=claims)
        return (
            self._reported_causes(question) if question.about else self._sentence(["matter-linked"])
        )

    def _worse(self, question: Question) -> list[Told]:
        """Whether it gets worse: as the person tells, into what is feared, else as it goes on."""
        if self._ranked(question.about) and question.kind in _WHETHER:
            return self._is_it(question)
        if leads := self._leads_to(question):
            return leads
        if question.kind in _WHETHER and self._rivals(question):
            return self._is_it(question)
        # Who asks whether a dentist did it seems to ask for a doctor.
        blamed = question.kind in (*_WHETHER, "which-doctor")
        if self._t.case.events and blamed and not question.about:
            return self._reported_causes(question)
        if feared := [n for n in self._kept(question, _ILLNESS) if n not in self._t.known]:
            return self._is_it(replace(question, about=tuple(feared)))
        told = [f.id for f in self._t.case.findings if f.course == "worse"]
        if told and self._is_polar(question) and not question.about:
            return self._sentence(["matter-worse-told"])
        return self._how_long(question)

    def _worsens(self, question: Question) -> list[Told]:
        """Whether what is named, or was named before, makes it worse."""
        for name in question.about:
            if harms := self._harms(replace(question, about=(name,))):
                return harms
            if self._t.way(name) or self._sets_off([name]):
                return self._may_do_it(name)
        return self._sentence(["matter-worsens"])
