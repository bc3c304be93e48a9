"""What was tried, told: what came of it, what trials found, and what may be an unwanted effect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.medicines import DO_NOT_STOP, refuted
from kg.explain.phrasing import Phrasing, capital
from kg.explain.summary import Told
from kg.explain.teller import REFUTES, Teller
from kg.explain.tried import NO_HELP, WORE_OFF
from kg.recognise.case import Trial
from kg.view import Claim

_HELPING: Final = ("ft:relieves", "ft:prevents")
_GIVEN: Final = "tried"


class Attempts:
    """Words what was tried in one case, so that nothing is offered as if it were new."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller

    def told(self) -> tuple[Told, ...]:
        """What is to be said of all that was tried."""
        trials = [t for t in self._t.case.trials if t.action == _GIVEN]
        return (*self._unwanted(), *self._in_vain(trials), *self._over(trials))

    def _unwanted(self) -> Iterable[Told]:
        """What may come of a medicine that is taken."""
        t = self._t
        found: dict[str, dict[str, str]] = {}
        for finding, (medicine, claim) in t.reading.unwanted.items():
            found.setdefault(medicine, {})[finding] = claim
        for medicine, findings in found.items():

            def words(v: Phrasing, medicine: str = medicine, own: Iterable[str] = findings) -> str:
                said = f"{capital(v.names(own))}: this can be an unwanted effect of"
                return f"{said} {v.name(medicine)}. Tell whoever prescribed it. {DO_NOT_STOP}"

            yield t.say(words, findings.values(), about=(*findings, medicine))

    def _in_vain(self, trials: Iterable[Trial]) -> Iterable[Told]:
        """What did not help, and what research says of that."""
        t = self._t
        vain = {x.id: x for x in trials if x.outcome == NO_HELP}
        doubted = [c for name in vain for c in self._doubted(name)]
        found: dict[str, list[str]] = {}
        for claim in doubted:
            found.setdefault(claim.subject, []).append(claim.object)
        keys = [refuted(t.view, claim) for claim in doubted]
        text, _ = t.tools.sentences.most(keys, {"refuted": [""], "thing": [""]})
        if vain:

            def words(v: Phrasing) -> str:
                said = [f"Tried without effect: {self._names(v, vain.values())}."]
                for thing, shown in found.items():
                    said.append(text.format(refuted=v.brief(shown), thing=v.brief([thing])))
                return " ".join(said)

            claims = [c.id for c in doubted]
            yield t.say(words, claims, about=self._known(vain), direction=REFUTES)

    def _doubted(self, tried: str) -> list[Claim]:
        """What sources say that a remedy does not do for what is likely or told."""
        t = self._t
        own = {*t.first, *t.known, *t.reading.met}
        said = (c for c in t.view.claims.values() if c.subject == tried and not c.supported)
        return [c for c in said if c.predicate in _HELPING and c.object in own]

    def _over(self, trials: Iterable[Trial]) -> Iterable[Told]:
        """What helped for a time, and how long that usually lasts."""
        t = self._t
        for trial in {x.id: x for x in trials if x.outcome == WORE_OFF}.values():
            lasts = t.view.by_subject.get((trial.id, "ft:has-duration"), ())

            def words(v: Phrasing, one: Trial = trial, lasts: Iterable[Claim] = lasts) -> str:
                usual = f" Usual: {v.names(c.object for c in lasts)}." if lasts else ""
                return f"{capital(self._names(v, [one]))}: it wore off.{usual}"

            yield t.say(words, [c.id for c in lasts], about=self._known([trial.id]))

    def _known(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if name in self._t.view.concepts]

    def _names(self, v: Phrasing, trials: Iterable[Trial]) -> str:
        """The names of what was tried; what has none here in the words of the text."""
        known, text = self._t.view.concepts, self._t.case.text
        names = (
            v.name(x.id) if x.id in known else text[slice(*(x.span or (0, 0)))] for x in trials
        )
        return ", ".join(dict.fromkeys(names))
