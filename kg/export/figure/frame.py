"""Where a picture stands on its sheet."""

from __future__ import annotations

from dataclasses import dataclass

from kg.export.figure.asset import Region


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the picture stands on the sheet: scale, and the place of its origin."""

    scale: float
    x: float
    y: float

    def at(self, region: Region) -> tuple[float, float]:
        """Where a region is on the sheet."""
        return (
            round(self.x + region.x * self.scale, 1),
            round(self.y + region.y * self.scale, 1),
        )
