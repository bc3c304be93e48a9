"""Answers about care: which test, which doctor, what to do, and when to see somebody."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.explain.asking import JOINING
from kg.explain.heard import HEARD
from kg.explain.replier import NAMED, REMEDY, STOP
from kg.explain.results import Results
from kg.explain.sentences import CONTACT
from kg.explain.sight import HELP
from kg.explain.summary import Told, all_in_one, joined
from kg.explain.treatments import Treatments
from kg.recognise.case import Finding, Question

TEST: Final = "ft:names-test"
_HOW: Final = "how"
_IF: Final = frozenset({"if", "when", "once", "case"})
_BEFOREHAND: Final = ("what-to-do", "danger", "other")  # asked of what is not there yet


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

    # -- what is only imagined

    def _has(self, asked: Finding) -> bool:
        """Whether a sign that is asked about is there already, at no other part of the body."""
        kin, told = self._t.kin(asked.id), self._t.case.findings
        return any(
            f.status == "present" and f.id in kin and asked.site in (None, f.site) for f in told
        )

    def _if_noticed(self, question: Question) -> list[Told]:
        """What to do about a sign that the question only imagines, where it would be urgent."""
        t, text = self._t, self._t.case.text
        if question.kind not in _BEFOREHAND:
            return []
        begin = max([0, *(m.end() for m in STOP.finditer(text, 0, question.span[0]))])
        stop = STOP.search(text, question.span[1])
        end = stop.start() if stop else len(text)
        supposed = not _IF.isdisjoint(text[begin:end].lower().split())
        imagined = {
            general: f.id
            for f in t.case.findings
            if f.is_open
            and f.span is not None
            and begin <= f.span[0] < end
            and (supposed or not self._has(f))
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
