"""Why a structure may be the seat of a case, in words, with the claims that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.explain.cite import Citations
from kg.explain.model import Structure
from kg.explain.seats import Seat
from kg.explain.wording import listed
from kg.view import View

# Of a longer way only its end is told, the rest is in the claims.
_LONG: Final = 4


class Reasons:
    """Puts the seats of one view into words."""

    def __init__(self, view: View, citations: Citations) -> None:
        self._view = view
        self._wording = citations.wording

    def structure(self, seat: Seat, fit: float) -> Structure:
        """A seat as a part of the answer."""
        denied = [claim for _, claims in seat.spares for claim in claims]
        claims = [c for account in seat.accounts.values() for c in account.claims]
        return self._made(
            seat.structure,
            covers=[o.name for o in seat.accounts],
            spares=[o.name for o, _ in seat.spares],
            why=self._why(seat),
            claims=[*claims, *denied],
            processes=seat.processes,
            change=_change([seat]),
            fit=fit,
        )

    def whole(self, name: str, seats: Sequence[Seat], best: float) -> Structure:
        """A structure that holds several seats, which account for the case about equally well."""
        held = [seat.structure for seat in seats if seat.structure != name]
        told = self._names(held)
        return self._made(
            name,
            covers=[o.name for seat in seats for o in seat.accounts],
            spares=[],
            why=f"it holds {told}, which fit about equally well" if held else self._why(seats[0]),
            claims=[c for seat in seats for a in seat.accounts.values() for c in a.claims],
            processes=(),
            change=_change(seats),
            fit=max(seat.score for seat in seats) / best,
        )

    def _made(
        self,
        name: str,
        covers: Iterable[str],
        spares: Iterable[str],
        why: str,
        claims: Iterable[str],
        processes: tuple[str, ...],
        change: str | None,
        fit: float,
    ) -> Structure:
        concept = self._view.concepts[name]
        return Structure(
            id=name,
            label=concept.label,
            kind=concept.kind,
            covers=tuple(sorted(set(covers))),
            spares=tuple(sorted(set(spares))),
            why=why,
            claims=tuple(dict.fromkeys(claims)),
            processes=processes,
            change=self._view.label(change) if change is not None else None,
            fit=fit,
        )

    def _why(self, seat: Seat) -> str:
        stated = [a.claims[-1] for a in seat.accounts.values() if a.process is not None]
        parts = self._wording.together(self._view.claims[c] for c in dict.fromkeys(stated))
        served = [o for o, a in seat.accounts.items() if a.process is None]
        sites = [o.name for o, _ in seat.spares if o.sites]
        if served:
            change = _change_of(served)
            what = f"{self._view.label(change)} of what serves" if change else "it serves"
            spared = f" and not {self._names(sites, 'or')}" if sites else ""
            parts.append(
                f"{what} {self._names([o.name for o in served])}{spared}"
                f" ({'; '.join(self._serving(seat))})"
            )
        elif sites:
            parts.append(f"it does not affect {self._names(sites, 'or')}")
        parts += self._against(seat)
        return "; ".join(parts)

    def _against(self, seat: Seat) -> list[str]:
        """What the seat does not show as, what it leaves open, and what it would show as well."""
        found = [
            ("it does not show as {}", "or", [o for o, _ in seat.spares if not o.sites]),
            ("it leaves {} unexplained", "and", seat.unexplained),
            ("{} would be expected too", "and", seat.strained),
        ]
        return [
            text.format(self._names([o.name for o in observations], last))
            for text, last, observations in found
            if observations
        ]

    def _serving(self, seat: Seat) -> list[str]:
        """The sentences that say how the structure serves its places, each one once."""
        claims: dict[str, None] = {}
        for account in seat.accounts.values():
            if account.process is None:
                way = account.claims if len(account.claims) <= _LONG else account.claims[-2:]
                claims.update(dict.fromkeys(way))
        return self._wording.together(self._view.claims[c] for c in claims)

    def _names(self, names: Iterable[str], last: str = "and") -> str:
        return listed([self._view.label(n) for n in sorted(set(names))], last)


def _change(seats: Iterable[Seat]) -> str | None:
    """The change of activity that the seats show, where it is one and the same."""
    return _change_of(o for seat in seats for o in seat.accounts)


def _change_of(observations: Iterable[object]) -> str | None:
    changes = {getattr(o, "change", None) for o in observations} - {None}
    return changes.pop() if len(changes) == 1 else None
