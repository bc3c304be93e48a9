"""What was tried, and how far its outcome speaks for or against what it acts on.

Whoever gave something up and still has the finding has weighed its part: the score of the cause
falls to the share that `scales.ttl` gives, but only once the time has passed within which an
effect shows (what a source says of a remedy that acts on the cause, else the cautious default of
the scale). A finding that got better is one more reason for the cause. Both are evidence for one
person only, and nothing here touches the urgency.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kg.explain.effects import Effect
from kg.explain.reading import Reading
from kg.explain.wording import days_told
from kg.recognise.case import Trial
from kg.view import View

HELPED: Final = "helped"
NO_HELP: Final = "did not help"
WORE_OFF: Final = "wore off"
_DONE: Final = {"given up": "given up", "reduced": "cut down", "changed": "changed"}


class Response(NamedTuple):
    """What a trial says of a cause: its outcome, how much that weighs, and why in words."""

    outcome: str
    weight: float
    note: str

    @property
    def helped(self) -> bool:
        """True when the finding got better."""
        return self.outcome == HELPED

    def apply(self, score: float) -> float:
        """The score of a cause in the light of the trial."""
        if self.helped:
            return 1.0 - (1.0 - score) * (1.0 - self.weight)
        return score * self.weight


class Tried:
    """Reads the trials of cases against one view."""

    def __init__(self, view: View, effects: Iterable[Effect] = ()) -> None:
        self._view = view
        self._opposites: dict[str, list[str]] = {}
        for good, bad in view.opposites:
            self._opposites.setdefault(good, []).append(bad)
        self._times: dict[str, float] = {}
        for effect in effects:
            for exposure in effect.exposures if effect.max_days is not None else ():
                known = self._times.get(exposure, 0.0)
                self._times[exposure] = max(known, effect.max_days or 0.0)

    def responses(self, reading: Reading) -> Mapping[str, Response]:
        """What the trials of a case say of the causes that were given up, cut down or mended."""
        found: dict[str, Response] = {}
        for trial in reading.case.trials:
            if trial.action not in _DONE or trial.outcome not in (HELPED, NO_HELP):
                continue
            causes = [trial.id]
            if trial.action == "changed":
                causes = self._opposites.get(trial.id, [])
            for cause in causes:
                found.setdefault(cause, self._response(cause, trial))
        return found

    def _response(self, cause: str, trial: Trial) -> Response:
        done = f"{_DONE[trial.action]}{_since(trial)}"
        if trial.outcome == HELPED:
            weight = self._weight("ft:outcome-helped", 0.0)
            return Response(HELPED, weight, f"{done}, and it got better")
        least = self._times.get(cause, self._default)
        if trial.days is None:
            weight = self._weight("ft:outcome-no-help-after-unknown-time", 1.0)
            return Response(NO_HELP, weight, f"{done}, and it goes on: less likely the cause")
        if trial.days < least:
            weight = self._weight("ft:outcome-too-early", 1.0)
            told = f"it goes on, but an effect may take up to {days_told(least)}"
            return Response(NO_HELP, weight, f"{done}: {told}")
        weight = self._weight("ft:outcome-no-help", 1.0)
        return Response(NO_HELP, weight, f"{done}, and it goes on: less likely the cause")

    @property
    def _default(self) -> float:
        step = self._view.scales.get("ft:outcome-no-help")
        return step.min_days or 0.0 if step is not None else 0.0

    def _weight(self, name: str, otherwise: float) -> float:
        step = self._view.scales.get(name)
        return otherwise if step is None or step.weight is None else step.weight

    def remedies(self, reading: Reading, effects: Iterable[Effect]) -> Mapping[str, str]:
        """For each remedy that was tried, as itself or in a more general form, its outcome.

        A remedy counts as tried as well when the person took what it supplies or did without what
        it acts on.
        """
        found: dict[str, str] = {}
        trials = [t for t in reading.case.trials if t.outcome in (HELPED, NO_HELP)]
        for effect in effects if trials else ():
            kinds = set(reading.taxonomy.broader(effect.concept.id))
            for trial in trials:
                tried = trial.id in kinds or trial.id in effect.targets
                same = tried and trial.action not in ("given up", "reduced")
                given_up = trial.action in _DONE and trial.id in effect.exposures
                if same or given_up:
                    found.setdefault(effect.concept.id, trial.outcome)
        return found


def _since(trial: Trial) -> str:
    return "" if trial.days is None else f" {days_told(trial.days)} ago"
