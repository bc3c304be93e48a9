"""Answers about care: which test, which doctor, what to do, and when to see somebody."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.explain.asking import JOINING
from kg.explain.heard import HEARD
from kg.explain.replier import NAMED, REMEDY
from kg.explain.results import Results
from kg.explain.sentences import CONTACT
from kg.explain.summary import Told, all_in_one, joined
from kg.explain.treatments import HELP, Treatments
from kg.recognise.case import Question

TEST: Final = "ft:names-test"
_HOW: Final = "how"


class Care(Treatments):
    """Answers what is asked about care."""

    def _test(self, question: Question) -> list[Told]:
        t = self._t
        called, view = t.called_for(TEST), t.view.by_subject
        named = [a for a in question.about if t.is_a(a, TEST)]
        wanted = [a for a in named if a in called]
        slots = {"wanted": wanted, "unwanted": [a for a in named if a not in called]}
        claims = [c for a in wanted or list(called)[:NAMED] for c in called[a]]
        for topic in () if called or self._now else self._topics(question)[:1]:
            tests = [c for c in view.get((topic, "ft:warrants"), ()) if t.is_a(c.object, TEST)]
            slots |= {"tests": [c.object for c in tests][:NAMED], "supposed": [topic]}
            claims = [c.id for c in tests]
        how = t.case.text[slice(*question.span)].lower().startswith(_HOW)
        keys = ["how-test"] * how + ["polar-test"] * self._is_polar(question) + ["test"]
        return self._sentence(keys, question, more=slots, claims=claims)

    def _which_doctor(self, question: Question) -> list[Told]:
        called = self._t.called_for("ft:names-doctor")
        wanted = [a for a in question.about if a in called] or list(called)[:NAMED]
        claims = [c for a in wanted for c in called[a]]
        slots = {"doctors": wanted, "wanted": [a for a in wanted if a in question.about]}
        keys = ["polar-which-doctor"] * self._is_polar(question) + ["which-doctor"]
        return self._sentence(keys, question, more=slots, claims=claims)

    def _what_to_do(self, question: Question) -> list[Told]:
        t, urgency = self._t, self._t.told.urgency
        if self._is_unnamed(question) and not question.about and not self._asks_for_help(question):
            called = "matter-go" if self._speaks(question, CONTACT) else "unnamed-do"
            polar = f"{self._situation}-polar-{called}"
            return self._sentence([polar, f"{self._situation}-{called}", called], question)
        if fewer := self._given_up(question):
            return fewer
        said = urgency.advice.removeprefix(HEARD).lstrip()
        advice = self._tell(said.partition(". ")[0].rstrip(".") + ".")
        helps = self._what_helps(question)
        if self._clinical:
            helps = self._helps(question) if self._kept(question, *REMEDY) else helps
            return joined(helps, self._test(question) * bool(t.called_for(TEST) or not helps))
        alone = helps or self._until_seen(question)
        urgent = t.rank(t.level) > 1 or (t.rank(t.level) and not helps)
        return joined(advice, alone) if urgent else alone

    def _when(self, question: Question) -> list[Told]:
        """When to see a doctor; before it what helps, where one question asks for both."""
        asked = self._words(question)
        both = question.kind in HELP and not self._now and not {*JOINING}.isdisjoint(asked)
        helps = self._what_helps(question) if both else []
        return joined(helps, self._sentence(["matter-when"], question))

    def _rules_out(self, question: Question) -> list[Told]:
        """What a result that is told speaks against."""
        found = [replace(told, lead=self._lead) for told in Results(self._t).told()]
        return all_in_one(found) or self._sentence(["matter-rules-out"], question)

    def _is_right(self, question: Question) -> list[Told]:
        """Whether a diagnosis fits what is told."""
        weighed = self._weighed(w[0], several=True) if (w := self._ranked(self._t.known)) else []
        return joined(weighed, self._sentence(["matter-right"], question))
