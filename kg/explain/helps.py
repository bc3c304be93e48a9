"""What helps, told: a remedy where it has a reason here, those that do the same as one."""

from __future__ import annotations

from typing import Final

from kg.explain.attempts import Attempts
from kg.explain.effects import limit_told
from kg.explain.medicines import DO_NOT_STOP, GIVEN_UP
from kg.explain.model import RankedRemedy
from kg.explain.phrasing import Phrasing, capital
from kg.explain.summary import Told
from kg.explain.teller import REFUTES, SUPPORTS, Teller
from kg.explain.wording import listed

_MOST: Final = 4
_BY_DOCTOR: Final = "From a doctor:"
_TRIALS: Final = frozenset({"ft:trial", "ft:systematic-review"})


class Helps:
    """Words what helps in one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller

    def told(self, answers: tuple[Told, ...]) -> tuple[Told, ...]:
        """What acts on what is reported or called for; remedies that do the same are one."""
        told = [self._remedy(key, group) for key, group in self._t.fitting.items()]
        tried = Attempts(self._t).told()
        stop = () if any(DO_NOT_STOP in x.text for x in tried) else self.stop_nothing(answers)
        return (*stop, *tried, *(told or self._general()))[:_MOST]

    def _general(self) -> list[Told]:
        """What sets a mild thing off and what one can do against it, where nothing was told."""
        t = self._t
        if not t.silent:
            return []
        causes, new = [c.id for c in t.silent], t.first_time("silent")
        claims = [s.claim for c in t.silent for s in c.chains[0].steps]
        claims += [c for name in t.helping for c in t.grounds(name)]

        def words(v: Phrasing) -> str:
            known = f"Known to set it off: {v.names(causes)}. "
            return f"{known * new}What may help: {v.names(t.helping, 'or')}."

        return [t.say(words, claims, about=(*causes, *t.helping))]

    def stop_nothing(self, answers: tuple[Told, ...]) -> tuple[Told, ...]:
        """Where a medicine is the suspect, or one was begun: nobody stops it alone, said once."""
        t = self._t
        said = " ".join(told.text for told in answers)
        # What a flag blames, an explanation comes with or was tried against it, is no unknown.
        held = (f for flag in t.raised for f in flag.findings if f in t.view.concepts)
        blamed = {*t.suspects, *held}
        blamed.update(*(t.settings(c.id) for c in t.ranked[:1]))
        tried = {trial.span for trial in t.case.trials}
        new = [m for m in t.begun if m.id not in blamed and m.span not in tried]
        new = [m for m in new if m.id is None or t.way(m.id) is None]
        # Of "the pill" nothing is known, nor that no source tells of it.
        nameless = t.tools.sentences.nameless
        named = (m for m in new if m.name.lower().partition(" ")[0] not in nameless)
        names = [n for n in dict.fromkeys(m.name for m in named) if n.lower() not in said.lower()]
        if not (names or t.suspects) or (DO_NOT_STOP in said and not names):
            return ()
        over = {m.id for m in t.case.medicines if m.change == "stopped"}
        told = GIVEN_UP if t.suspects and over.issuperset(t.suspects) else DO_NOT_STOP
        told = told * (DO_NOT_STOP not in said)
        unknown = f"No source here tells of this with {listed(names)}, nor rules it out."
        whole = f"{unknown * bool(names)} {told}".strip()
        return (t.say(lambda v: whole, about=t.suspects[:1]),)

    def _remedy(self, key: tuple[str, ...], group: list[RankedRemedy]) -> Told:
        t = self._t
        own = self._fitting(group)
        first = own[0]
        # What acts on a habit acts on that of this person: no other one is named.
        habit = t.is_a(key[-1], "ft:needs-report")
        others = [] if habit else [r.id for r in own[1:2]]
        called = not key[0]
        tried = self._trials(first)
        kinds = [t.view.concepts[name].kinds for name in (first.id, *others)]
        treats = not called and all("ft:MedicalTreatment" in own for own in kinds)

        details = (
            ("Limit: ", listed([limit_told(t.view, q) for q in t.limits(first.claims)])),
            ("It can take ", first.time_to_effect),
            ("Take care: ", "; ".join(first.cautions)),
        )
        more = [f"{opening}{text}" for opening, text in details if text]

        def words(v: Phrasing) -> str:
            said = capital(v.names([first.id, *others], "or"))
            # What acts on a habit has it in its name.
            against = "" if habit else f" against {v.name(key[-1])}"
            said += f" is called for by: {v.name(key[-1])}" if called else f" can help{against}"
            return ". ".join([said, *more, *tried]) + "."

        lead = _BY_DOCTOR * treats
        return t.say(words, first.claims, lead=lead, about=(first.id, *others))

    def _fitting(self, group: list[RankedRemedy]) -> list[RankedRemedy]:
        """The remedies of a group, what no source speaks against and what is spoken of first."""
        t = self._t
        kinds = {b for r in group for b in t.tools.taxonomy.broader(r.id)[1:]}
        words = set(t.case.text.lower().replace(",", " ").replace(".", " ").split())

        def place(remedy: RankedRemedy) -> tuple[bool, bool]:
            items = t.tools.citations.evidence(remedy.claims)
            silent = not {w.rstrip("s") for w in words} & set(remedy.label.split())
            return any(i.direction == REFUTES for i in items), silent

        return sorted([r for r in group if r.id not in kinds] or group, key=place)

    def _trials(self, remedy: RankedRemedy) -> list[str]:
        """What trials say of a remedy, where any is cited."""
        items = self._t.tools.citations.evidence(remedy.claims)
        types = self._t.view.sources
        camps = {i.direction for i in items if types[i.source].type in _TRIALS}
        if not camps:
            return []
        if len(camps) == 2:
            return ["Trials disagree"]
        return ["Trials support it" if SUPPORTS in camps else "Trials saw no effect"]
