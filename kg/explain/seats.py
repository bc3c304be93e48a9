"""Where a case may sit: how well each structure accounts for what is present and what is spared.

The score of a structure is a product, as in the ranking of conditions: of how surely it accounts
for each observation, and of how little it leads one to expect what is spared. Silence counts for
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.explain.accounts import Account, Accounts, Observation
from kg.explain.anatomy import Anatomy

# For a change of activity that a structure does not account for.
_UNEXPLAINED: Final = 0.05
# For an accompanying sign that it does not account for: it may well have another cause.
_BESIDE: Final = 0.15
# How far a sure effect of a process is missed when it does not show: the damage may be partial.
_MISSED: Final = 0.9
# Seats within this factor of the best one are told together.
_TIED: Final = 2.0
# A lower structure replaces the ones above it when it accounts about as well for the case.
_ABOUT_AS_WELL: Final = 0.75
# From here on a spared finding speaks against a seat; below, the seat spares it.
_EXPECTED: Final = 0.3


@dataclass
class Seat:
    """A structure with its accounts of the observations, and what follows for what is spared."""

    structure: str
    accounts: dict[Observation, Account]
    score: float = 1.0
    unexplained: list[Observation] = field(default_factory=list)
    spares: list[tuple[Observation, tuple[str, ...]]] = field(default_factory=list)
    strained: list[Observation] = field(default_factory=list)

    @property
    def own(self) -> bool:
        """True where an account is about the structure itself, not about what lies below it."""
        return any(account.own for account in self.accounts.values())

    @property
    def processes(self) -> tuple[str, ...]:
        """What may go on in the structure, in the order of the observations."""
        named = (account.process for account in self.accounts.values())
        return tuple(dict.fromkeys(process for process in named if process is not None))


class Seats:
    """Scores the structures of one view as seats of a case."""

    def __init__(self, accounts: Accounts, anatomy: Anatomy) -> None:
        self._accounts = accounts
        self._anatomy = anatomy

    def rank(
        self, present: Sequence[Observation], spared: Sequence[Observation]
    ) -> tuple[Seat, ...]:
        """All structures that account for something, the best first."""
        known = {o: self._accounts.of(o) for o in present}
        # What no structure accounts for tells nothing about where.
        telling = {o: a for o, a in known.items() if any(map(_covers, a.values()))}
        loose = [o for o in known if o not in telling]
        names = {name for accounts in telling.values() for name in accounts}
        seats = [self._seat(name, telling, loose) for name in sorted(names)]
        ranked = [seat for seat in seats if seat.accounts]
        for observation in spared:
            self._compare(ranked, observation)
        return tuple(sorted(ranked, key=lambda s: (-s.score, s.structure)))

    def _seat(
        self,
        name: str,
        telling: Mapping[Observation, Mapping[str, Account]],
        loose: Sequence[Observation],
    ) -> Seat:
        found = {o: accounts[name] for o, accounts in telling.items() if name in accounts}
        seat = Seat(name, {o: account for o, account in found.items() if _covers(account)})
        processes = seat.processes
        self._keep_to(seat, processes)
        for observation in (*telling, *loose) if processes else ():
            if observation not in seat.accounts:
                # What is told loosely may come from what goes on in the structure anyway.
                account = self._accounts.along(observation, name, processes)
                if account is not None and _covers(account):
                    seat.accounts[observation] = found[observation] = account
        for observation in telling:
            account = seat.accounts.get(observation)
            missed = _BESIDE if observation.change is None else _UNEXPLAINED
            denied = found.get(observation, account)
            if account is None and denied is not None and denied.process is not None:
                account = denied
            seat.score *= missed if account is None else account.sure
        seat.unexplained = [o for o in telling if o not in seat.accounts]
        return seat

    def _keep_to(self, seat: Seat, processes: tuple[str, ...]) -> None:
        """Leave out what the structure merely serves where other changes go on in it.

        What makes a structure do too little does not make what it serves do too much.
        """
        changes = {self._accounts.change_by(process) for process in processes} - {None}
        for observation, account in list(seat.accounts.items()):
            if account.process is None and changes and observation.change not in changes:
                del seat.accounts[observation]

    def _compare(self, seats: Sequence[Seat], spared: Observation) -> None:
        """Score the seats by what is spared; note where it is telling, or sources say so."""
        found = [(seat, *self._expected(seat, spared)) for seat in seats]
        telling = any(expected > 0.0 for _, expected, _ in found)
        for seat, expected, denied in found:
            seat.score *= 1.0 - expected
            if expected >= _EXPECTED:
                seat.strained.append(spared)
            elif denied or (telling and expected == 0.0):
                seat.spares.append((spared, denied))

    def _expected(self, seat: Seat, spared: Observation) -> tuple[float, tuple[str, ...]]:
        """How far a seat leads one to expect what is spared, with claims that deny it."""
        said = () if spared.told else self._accounts.expected(spared).get(seat.structure, ())
        active = seat.processes
        stated = [e.sure for e in said if e.stated and e.process in active]
        if stated:
            return _MISSED * max(stated), ()
        denied = [e.claims[-1] for e in said if e.finding == spared.finding and not e.stated]
        if denied:
            return 0.0, tuple(denied)
        changes = {observation.change for observation in seat.accounts}
        if spared.change is None or spared.change not in changes:
            return 0.0, ()
        way = self._accounts.ways(spared).get(seat.structure)
        return (self._accounts.share(spared.change) * way.sure if way is not None else 0.0), ()

    def tied(self, ranked: Sequence[Seat]) -> list[Seat]:
        """The best seats; of those that only serve what lies below them, the lowest."""
        group = [s for s in ranked if s.score * _TIED >= ranked[0].score]
        active = {s.structure for s in group if s.processes}
        return [s for s in group if s.own or not any(self._replaces(o, s, active) for o in group)]

    def _replaces(self, lower: Seat, upper: Seat, active: Collection[str]) -> bool:
        """True when the lower seat tells all that the upper one does, and a process as well."""
        return (
            (lower.structure in active or upper.structure not in active)
            and lower.score >= _ABOUT_AS_WELL * upper.score
            and upper.accounts.keys() <= lower.accounts.keys()
            and self._anatomy.leads(upper.structure, lower.structure)
        )


def _covers(account: Account) -> bool:
    return account.sure > _UNEXPLAINED
