"""Answers to questions without a case: what one may do with it, whom to ask, what is not known."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Final

from kg.explain.care import Care
from kg.explain.phrasing import small
from kg.explain.summary import Told
from kg.explain.tried import NO_HELP, WORE_OFF
from kg.recognise.case import Question
from kg.view import Claim

_APART: Final = "asked"  # what keys of sentences for questions without a case begin with
_BABY: Final = "matter-baby"
_INFANTS: Final = ("newborn", "infant")
_CALLING: Final = ("ft:warrants", "ft:has-feature")
_OF_A_CASE: Final = ("danger", "how-long", "what-is-it", "what-to-do", "which-doctor", "test")


class Apart(Care):
    """Answers what is asked about by its matter alone."""

    def apart(self) -> tuple[Told, ...]:
        """What is told of what is asked where there is no case: by its matter, by nothing else."""
        told: list[Told] = []
        for question in self._t.case.asked:
            matters = self._matters(question)
            # What is asked of a case alone cannot be told without one.
            matters += ["case"] if self._is_of_a_case(question) else []
            for key in matters:
                told = told or self._by_matter(f"{_APART}-{key}", question)
            told = told or self._untold(question)
        return tuple(told)

    def _matters(self, question: Question) -> list[str]:
        """What a question is about beside concepts; what is known for pregnancy is first."""
        matters, person = (question.matter or "").split(), self._t.case.person
        if person.band in _INFANTS and _BABY in matters:
            matters.remove(_BABY)  # what is asked about is the baby
        expects = person.pregnant or _BABY in matters
        known = expects and self._called_by(question, self._sentences.members(_BABY))
        new = bool(known) and (_BABY in matters or self._t.first_time(f"{_BABY} {known}"))
        return list(dict.fromkeys([_BABY] * new + matters))

    def _is_of_a_case(self, question: Question) -> bool:
        """Whether nothing is named that is asked about, and every word is one that asks."""
        whole = replace(question, span=(0, len(self._t.case.text)))
        alone = not question.about and question.kind in _OF_A_CASE
        return alone and not self.names_more(whole)

    def _by_matter(self, key: str, question: Question) -> list[Told]:
        """The sentence of a matter, with what is called for by what is asked about."""
        warranted = self._called_by(question, self._sentences.members(key))
        slots = {"called": [c.object for c in warranted], "for": [c.subject for c in warranted][:1]}
        claims = [c.id for c in warranted]
        if told := self._t.plain.course(warranted):
            return self._tell(f"{{}}: {small(told)}", slots["for"], claims=claims)
        return self._sentence([key], question, more=slots, claims=claims)

    def _called_by(self, question: Question, members: Set[str]) -> list[Claim]:
        """The claims that what is asked about or told of calls for one of the members."""
        t = self._t
        likely, given = self._topics(question)[:1], self._in_question(question)
        own = (*question.about, *t.known, *likely, *given, *t.reading.present)
        named = dict.fromkeys(m for a in own for m in self._sentences.meant.get(a, [a]))
        kinds = dict.fromkeys(b for n in named for b in t.tools.taxonomy.broader(n))
        said = (c for k in kinds for p in _CALLING for c in t.view.by_subject.get((k, p), ()))
        return [c for c in said if c.object in members and c.supported][:1]

    def _fails(self, question: Question) -> list[Told]:
        """Why something does not help, or no longer: studies, else what is known of it."""
        t, about = self._t, {*question.about}
        failed = [x for x in t.case.trials if x.outcome in (NO_HELP, WORE_OFF)]
        start, end = question.span
        named = [
            x.id
            for x in failed
            if not about or about & t.kin(x.id) or (x.span and start <= x.span[0] < end)
        ]
        if self._is_polar(question) or not named or self._now:
            return []
        asked = {*question.about, *(k for c in t.ranked[:2] for k in t.kin(c.id))}
        against = (c for c in t.view.claims.values() if c.subject == named[0] and not c.supported)
        if refuted := [c for c in against if c.object in asked]:
            return self._refuted(refuted)
        known = self._by_matter("matter-resistant", replace(question, about=(named[0],)))
        slots = {"thing": named[:1]}
        return [k for k in known if k.claims] or self._sentence(["fails"], question, more=slots)
