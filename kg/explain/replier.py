"""How answers to questions are put: the sentence under a key, the names it may take, the quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from kg.explain.asking import Asking
from kg.explain.phrasing import Phrasing, capital
from kg.explain.sight import LIKELY
from kg.explain.summary import Told
from kg.explain.teller import SUPPORTS
from kg.recognise.case import Question
from kg.view import Claim

NAMED: Final = 2
REMEDY: Final = ("ft:trial-kind", "ft:remedy-kind")
_SITUATIONS: Final = ("calm", "seen", "soon", "now")  # by the rank of the level
SUBSTANCE: Final = ("ft:prescribed-kind", "ft:medicine-kind")
STOP: Final = re.compile(r"[.!?\n…;]+\s*")
DOSE: Final = "matter-dose"
# "Is coffee bad for me?", and not "is it bad?" or "should I worry?"
_THEME: Final = re.compile(
    r"(?i)(?:is|are|can|could|does|do|how \w+ (?:is|are)) "
    r"(?!(?:an?|it|its|this|that|these|those|my|the|there|he|she|his|her|they|their|i|we|our|you)\b)"
)
STOPPING: Final = "should-stop-medicine"
PATIENT: Final = "patient"
_GOES_ON: Final = re.compile(
    r"[,(–—](?:which (?:is|was|are|were|has|had|may|might|could|would|will|makes?|made|means?)\b"
    r"|who (?!\w+ (?:i|we|you|he|she|it|they)\b))",
    re.IGNORECASE,
)  # who or which of what was told, not whom to ask
_NO_SLOTS: Final[Mapping[str, Sequence[str]]] = {}
_REDUCED: Final = ("reduced", "stopped")  # a medicine that another dose does not add to
_IN_SIGHT: Final = 0.2  # how likely an illness is that a medicine may be blamed for
_HELPING: Final = ("ft:relieves", "ft:prevents")
SURE: Final = {
    "asserted": "what helps is",
    "usual": "what often helps is",
    "possible": "what may help is",
}


class Replier(Asking):
    """Puts the answers to the questions of one case."""

    # -- how an answer is put

    def _sentence(
        self,
        keys: Sequence[str],
        question: Question | None = None,
        *,
        more: Mapping[str, Sequence[str]] = _NO_SLOTS,
        claims: Iterable[str] = (),
        direction: str = SUPPORTS,
        most: int = 1,
    ) -> list[Told]:
        """The first sentence under a key whose slots have names, if there is one."""
        t = self._t
        slots = {**self._slots(question), **more}
        text, named = self._sentences.most(keys, slots)
        if not text:
            return []
        groups = {name: list(slots[name]) for name in sorted(named)}
        flags = t.raised if {"pointed", "flags", "ruled"} & named else ()
        rests = [*claims, *(c for flag in flags for c in flag.claims)]
        about = [name for group in groups.values() for name in group]

        def words(v: Phrasing) -> str:
            return capital(text.format(**{n: v.brief(g) for n, g in groups.items()}))

        say = t.say
        return [say(words, rests, lead=self._lead, about=about, direction=direction, most=most)]

    def _tell(
        self,
        text: str,
        *groups: Sequence[str],
        claims: Iterable[str] = (),
        last: str = "and",
        most: int = 1,
        direction: str = SUPPORTS,
    ) -> list[Told]:
        """One answer: the names of each group of concepts stand in the place of a `{}`."""

        def words(v: Phrasing) -> str:
            return capital(text.format(*(v.names(group, last) for group in groups)))

        about = [name for group in groups for name in group]
        say = self._t.say
        return [say(words, claims, lead=self._lead, about=about, most=most, direction=direction)]

    def _likeliest(self, opening: str, none: str) -> list[Told]:
        """The first explanation and what it is known for, after what there is to say of it."""
        t = self._t
        if not t.ranked:
            return self._tell(f"{opening} {none}".strip())
        first = t.ranked[0]
        word = t.standing(first.id, first.probability)
        known = t.course_once(first.id)

        def words(v: Phrasing) -> str:
            told = (opening, f"{word}: {v.entry(first.id)}.", v.course(known))
            return " ".join(filter(None, told))

        claims = [c.id for c in known] or first.claims
        return [t.say(words, claims, lead=self._lead, about=(first.id,))]

    # -- what a sentence may speak of

    def _asks(self, question: Question, *, marked: bool) -> bool:
        """Whether a clause asks: not what goes on without a mark ("…, which would explain it").

        Nor what would be about a medicine where none is told of.
        """
        start, end = question.span
        before = self._t.case.text[:start].rstrip()[-1:]
        case = self._t.case
        about = (*question.about, *self._t.suspects, *case.medicines, *case.trials, *case.events)
        goes_on = _GOES_ON.match(before + self._t.case.text[start:end])
        return (marked or not goes_on) and (
            question.kind != STOPPING or bool(question.matter or about)
        )

    @cached_property
    def _situation(self) -> str:
        """How urgent the case is, in the word that keys of sentences begin with."""
        t = self._t
        if t.is_crisis:
            return "crisis"
        if t.level != t.tools.highest and not (t.told.urgency.clear and t.told.in_scope):
            return "unclear"
        return _SITUATIONS[min(t.rank(t.level), len(_SITUATIONS) - 1)]

    @property
    def _clinical(self) -> bool:
        """Whether a clinician tells of a patient."""
        return self._t.case.person.whose == PATIENT

    @property
    def _now(self) -> bool:
        return self._situation in ("now", "crisis")

    def _slots(self, question: Question | None) -> dict[str, Sequence[str]]:
        """The names that a sentence may take."""
        t, pointed = self._t, self._t.pointed[:NAMED]
        asked = question.about if question is not None else ()
        # In an emergency nothing is weighed that no line there speaks of.
        first = () if self._now else t.first
        events = [e.id for e in t.case.events]
        deeds = self._sentences.needs("which-doctor")  # what somebody has done
        named = [a for a in asked if not (t.is_a(a, "ft:effect-kind") or a in events)]
        dose = question is not None and question.matter == DOSE
        suspect, setting = self._suspected(dose and self._now)
        return {
            "about": [a for a in named if a not in pointed],
            "after": [e for e in self._known_after if e in deeds][:1],
            "done": [e for e in events if e in deeds][:1],
            "deed": [e for e in events if e in deeds and e not in self._known_after][:1],
            "doctors": list(t.called_for("ft:names-doctor"))[:NAMED],
            "event": [e for e in events if e not in self._known_after][:1],
            "first": first if self._situation != "unclear" else (),
            "apparent": first if t.ranked and self._is_apparent else (),
            "grave": () if t.benign or events or self._situation == "unclear" else first,
            "harmless": first if t.mild and not (t.known or events) else (),
            "flags": [flag.id for flag in t.raised][:1],
            "helping": self._meanwhile if self._now else t.helping[:NAMED],
            "pointed": pointed,
            "ruled": [a for a in named if a in pointed],
            "setting": setting,
            "substance": self._kept(question, *REMEDY, *SUBSTANCE)[:1],
            "suspect": suspect,
            "tests": list(t.called_for("ft:names-test", raised=self._now))[:NAMED],
            "topic": self._topics(question)[:1],
            "thing": self._kept(question, *REMEDY)[:1],
            "medicine": [m for m in self._kept(question, *SUBSTANCE) if t.is_a(m, REMEDY[0])][:1],
        }

    @cached_property
    def _known_after(self) -> list[str]:
        """The events that what is told is known to come after: by a flag, or as a setting."""
        t = self._t
        met = {f for flag in t.told.urgency.because for c in flag.criteria for f in c.findings}
        met.update(*(t.settings(c.id) for c in t.ranked[:1]))
        told = (t.view.concepts[f] for f in t.reading.present)
        names = {name for concept in told for _, name in concept.ranked_names()}
        named = {e.id for e in t.case.events if any(t.view.label(e.id) in n for n in names)}
        return [e.id for e in t.case.events if e.id in met | named]

    @cached_property
    def _is_apparent(self) -> bool:
        """Whether the first explanation is likely, and no harmless one."""
        return not self._t.benign and self._t.ranked[0].probability >= LIKELY

    def _kept(self, question: Question | None, *roles: str) -> list[str]:
        """What a question names that has one of the roles."""
        about = question.about if question is not None else ()
        return [a for a in about if any(self._t.is_a(a, role) for role in roles)]

    def _themes(self, question: Question) -> list[str]:
        """What a question is put of, and not of what is told: "is coffee bad for me?"."""
        named = _THEME.match(self._t.case.text[slice(*question.span)])
        kinds = ("ft:effect-kind", "ft:candidate-kind")
        first = question.about[:1] if named else ()
        return [a for a in first if not any(self._t.is_a(a, kind) for kind in kinds)]

    def _topics(self, question: Question | None) -> list[str]:
        """The illnesses that a question may mean: those it names, the known, others asked, first.

        In an emergency nothing is taken for what it seems to be.
        """
        t = self._t
        named = self._kept(question, "ft:candidate-kind")
        known = [
            k.id
            for k in t.case.known
            if k.status == "named"
            and (t.probability(k.id) is not None or self._easing(k.id, late=True))
        ]
        asked = [a for q in t.case.asked for a in self._kept(q, "ft:candidate-kind")]
        first = t.first if self._situation not in ("now", "unclear") else ()
        chances = {k: t.probability(k) or 0.0 for k in known}
        # What is known already is left for what comes after it, or explains it much better.
        most = 3 * max(chances.values(), default=0)
        better = [f for f in first if t.follows(f) or t.ranked[0].probability > most]
        return t.telling((*named, *better, *known, *(() if self._now else asked), *first))

    def _suspected(self, next_dose: bool = False) -> tuple[list[str], list[str]]:
        """The medicine that an illness in sight comes about with, unless less is taken of it."""
        t = self._t
        # Nobody is told to leave out at once what was taken for long without harm; but the next
        # dose of what a warning sign holds by has to wait for a doctor's word.
        blamed = {f for flag in t.raised for f in flag.findings if next_dose}
        taken = [
            m.id
            for m in t.case.medicines
            if m.change not in _REDUCED and (m in t.begun or not self._now or m.id in blamed)
        ]
        taken += t.suspects if not (t.case.medicines or self._now) else ()
        likely = [c.id for c in t.told.conditions[:NAMED] if c.probability >= _IN_SIGHT]
        for illness in (*t.pointed, *likely, *t.known) if taken else ():
            known = [m for m in taken if m is not None and m in t.settings(illness)]
            if known:
                return known[:1], [illness]
        return [], []

    @cached_property
    def _meanwhile(self) -> list[str]:
        """What one can do alone against an illness that is likely, until help is there."""
        likely = [c.id for c in self._t.told.conditions[:1] if c.probability >= LIKELY]
        own = {e.concept.id for e in self._t.tools.effects if e.self_care}
        easing = (c.subject for name in likely for c in self._easing(name))
        return [remedy for remedy in easing if remedy in own][:NAMED]

    def _easing(self, illness: str, *, late: bool = False) -> list[Claim]:
        """What sources say against an illness or what it is a kind of, the surest first."""
        known, kinds = self._t.view.by_object, self._t.tools.taxonomy.broader(illness)
        said = [c for kind in kinds for r in _HELPING for c in known.get((kind, r), ())]
        said = [c for c in said if late or not self._t.is_too_late(c.subject, *kinds)]
        # What is harmless needs no medicine and no operation.
        if self._t.is_benign(illness):
            concepts = self._t.view.concepts
            said = [c for c in said if "ft:MedicalTreatment" not in concepts[c.subject].kinds]
        return sorted(said, key=lambda c: (list(SURE).index(hedge(c)), c.id))


def hedge(claim: Claim) -> str:
    """How surely a claim is said."""
    return claim.hedge.rpartition(":")[2]
