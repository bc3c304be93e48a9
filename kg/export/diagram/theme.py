"""Light and dark paper: the colours of a diagram as rules of a style sheet."""

from __future__ import annotations

from collections.abc import Iterable

from kg.export.diagram.appearance import Look
from kg.export.themes import AUTO, THEMES, Theme, theme_of


def style(root: str, looks: Iterable[Look], theme: str = AUTO) -> str:
    """The style sheet of a diagram; every rule starts at the class `root`.

    Args:
        root: class of the outermost element, so that no rule reaches further.
        looks: those that are drawn; the classes are ``k0``, ``k1`` … in this order.
        theme: "auto" follows the reader's setting, the others are fixed.

    Raises:
        BadInput: there is no such theme.
    """
    kept = list(looks)
    if theme != AUTO:
        return _rules(root, kept, theme_of(theme))
    light, dark = (_rules(root, kept, THEMES[name]) for name in ("light", "dark"))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _rules(root: str, looks: list[Look], theme: Theme) -> str:
    p = theme.diagram
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
        if theme.dark:
            fill, line = look.fill_dark, look.outline_dark
        rules[f".k{place}"] = f"fill:{fill};stroke:{line}"
    return "\n".join(
        f"{','.join(f'.{root} {one}' for one in selector.split(','))} {{{rule}}}"
        for selector, rule in rules.items()
    )
