"""Light and dark paper: the colours of a diagram as rules of a style sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from kg.export.diagram.appearance import Look

__all__ = ["PAPERS", "Paper", "Theme", "contrast", "style"]

Theme = Literal["auto", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Paper:
    """The colours of one theme: paper and inks, and the lines of what raises and what lowers."""

    paper: str
    ink: str
    quiet: str
    raises: str
    lowers: str
    unknown: str
    warns: str


PAPERS: Final = {
    "light": Paper("#ffffff", "#1c2430", "#526070", "#23527c", "#a03c00", "#5d6673", "#a8006d"),
    "dark": Paper("#12161c", "#eaeef3", "#a9b4c0", "#8cbcf5", "#ffa36b", "#b3bcc7", "#ff8fd0"),
}


def style(root: str, looks: Iterable[Look], theme: Theme = "auto") -> str:
    """The style sheet of a diagram; every rule starts at the class `root`.

    Args:
        root: class of the outermost element, so that no rule reaches further.
        looks: those that are drawn; the classes are ``k0``, ``k1`` … in this order.
        theme: "auto" follows the reader's setting, "light" and "dark" are fixed.
    """
    kept = list(looks)
    if theme != "auto":
        return _rules(root, kept, theme)
    dark = _rules(root, kept, "dark")
    return f"{_rules(root, kept, 'light')}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _rules(root: str, looks: list[Look], theme: str) -> str:
    p = PAPERS[theme]
    rules = {
        ".paper": f"fill:{p.paper}",
        "text": f"fill:{p.ink}",
        ".quiet": f"fill:{p.quiet}",
        ".inner": "fill:none !important",
        ".line": f"fill:none;stroke:{p.unknown};stroke-width:1.4",
        ".rule": f"fill:none;stroke:{p.quiet};stroke-width:.7",
        ".up": f"stroke:{p.raises}",
        ".down": f"stroke:{p.lowers};stroke-dasharray:7 3.5",
        ".open": f"stroke:{p.unknown};stroke-dasharray:1.5 3.5;stroke-linecap:round",
        ".head": "stroke-dasharray:none",
        ".head.up": f"fill:{p.raises};stroke:{p.raises}",
        ".head.down": f"fill:none;stroke:{p.lowers};stroke-width:2.6;stroke-dasharray:none",
        ".head.open": f"fill:{p.paper};stroke:{p.unknown};stroke-dasharray:none",
        ".head.kind,.head.part": f"fill:{p.paper}",
        ".head.shows": f"fill:{p.unknown}",
        ".refuted": f"stroke:{p.warns};stroke-dasharray:2 4",
        ".head.refuted": f"stroke:{p.warns};stroke-width:2;stroke-dasharray:none",
        ".pad": "fill:none",
        ".pad.contested": f"fill:{p.paper};stroke:{p.warns};stroke-width:1",
        ".shape": "stroke-width:1.2",
        ".strong": "stroke-width:2",
        ".untold": "stroke-dasharray:5 3",
    }
    for place, look in enumerate(looks):
        fill, line = (look.fill, look.outline)
        if theme == "dark":
            fill, line = look.fill_dark, look.outline_dark
        rules[f".k{place}"] = f"fill:{fill};stroke:{line}"
    return "\n".join(
        f"{','.join(f'.{root} {one}' for one in selector.split(','))} {{{rule}}}"
        for selector, rule in rules.items()
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21.

    >>> contrast("#ffffff", "#000000")
    21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
