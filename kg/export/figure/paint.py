"""How figures look: colours for light and dark, fill patterns, and text that stays inert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from kg.export.diagram.measure import clean, text_width

_SIZE: Final = 17.0
_SIZES: Final = {"heading": 25.0, "small": 14.5}

# Each role by pattern and outline first, by colour second: pattern, colour, dashes, width.
STYLES: Final[Mapping[str, tuple[str, str, str, float]]] = {
    "affected": ("hatch", "red", "", 2.4),
    "seat": ("dense", "blue", "", 3.0),
    "possible": ("dots", "blue", "6 4", 1.8),
    "spared": ("rings", "green", "2 4", 2.0),
    "asked": ("upright", "blue", "", 3.0),
    "served": ("hatch", "violet", "", 2.0),
    "shared": ("dots", "violet", "", 2.0),
    "disputed": ("cross", "violet", "6 4", 2.0),
    "leads": ("level", "blue", "", 1.6),
}
_TILES: Final[Mapping[str, tuple[int, str, str]]] = {
    "hatch": (9, "M-2 11L11 -2M-2 2L2 -2M7 11L11 7", "stroke"),
    "dense": (6, "M-1 1L1 -1M-1 7L7 -1M5 7L7 5", "stroke"),
    "dots": (8, "M4 2.4A1.6 1.6 0 1 0 4 5.6A1.6 1.6 0 1 0 4 2.4Z", "fill"),
    "rings": (11, "M5.5 2.5A3 3 0 1 0 5.5 8.5A3 3 0 1 0 5.5 2.5Z", "stroke"),
    "cross": (10, "M-2 12L12 -2M-2 -2L12 12", "stroke"),
    "upright": (5, "M2.5 0V5", "stroke"),
    "level": (7, "M0 3.5H7", "stroke"),
}


def num(value: float) -> str:
    """A number as short as a tenth allows.

    >>> num(3.0), num(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def element(tag: str, text: str | None = None, **attributes: str | float) -> Element:
    """Make an element; `_` in the name of an attribute stands for a hyphen."""
    made = Element(tag, {k.rstrip("_").replace("_", "-"): _value(v) for k, v in attributes.items()})
    made.text = text
    made.tail = "\n"
    return made


def add(parent: Element, tag: str, text: str | None = None, **attributes: str | float) -> Element:
    """Make an element at the end of another."""
    made = element(tag, text, **attributes)
    parent.append(made)
    return made


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else num(value)


def svg(width: float, height: float, title: str, description: str, style: str) -> Element:
    """The root of a picture with title, description and style.

    Args:
        width: in units of the picture.
        height: in units of the picture.
        title: what it is.
        description: what it shows, in words.
        style: the rules of its style sheet.
    """
    root = element(
        "svg",
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=width,
        height=height,
        class_="kg-figure",
        role="group",
        aria_label=clean(title),
    )
    add(root, "title", clean(title))
    add(root, "desc", clean(description, 4000))
    add(root, "style", f"\n{style}")
    return root


def written(root: Element) -> str:
    """The picture as text, the same every time; its words are as wide in any font."""
    root.tail = None
    for words in root.iter():
        if words.tag in ("text", "tspan") and words.text and words.text.strip():
            classes = words.get("class", "").split()
            size = next((_SIZES[name] for name in classes if name in _SIZES), _SIZE)
            bold = not {"strong", "heading"}.isdisjoint(classes)
            words.set("textLength", num(text_width(words.text, size, bold)))
            words.set("lengthAdjust", "spacingAndGlyphs")
    return tostring(root, encoding="unicode") + "\n"


def sheet(colours: Mapping[str, str], full: bool = True) -> str:
    """The style rules of all figures in given colours; the second set needs the colours only."""
    c = colours
    rules = [
        f".ground {{ fill: {c['ground']}; }}",
        f".panel {{ fill: {c['panel']}; }}",
        f"text {{ fill: {c['text']}; }}",
        f".quiet {{ fill: {c['quiet']}; }}",
        f".urgent {{ fill: {c['red']}; }}",
        f".leader {{ stroke: {c['rule']}; }}",
        f".leader.under {{ stroke: {c['ground']}; }}",
        f".dot {{ fill: {c['text']}; stroke: {c['ground']}; }}",
        f".kg-halo {{ stroke: {c['ground']}; }}",
    ]
    for role, (_, colour, _, _) in STYLES.items():
        rules.append(f".kg-{role} {{ stroke: {c[colour]}; }}")
        rules.append(f".ink-{role} {{ stroke: {c[colour]}; }}")
        rules.append(f".drop-{role} {{ fill: {c[colour]}; }}")
    if full:
        rules = [*_shapes(), *rules]
    return "".join(f".kg-figure {rule}\n" for rule in rules)


def _shapes() -> Iterable[str]:
    yield "text { font-family: 'Liberation Sans', Arial, Helvetica, sans-serif; font-size: 17px; }"
    yield ".small { font-size: 14.5px; }"
    yield ".strong { font-weight: bold; }"
    yield ".heading { font-size: 25px; font-weight: bold; }"
    yield ".leader { fill: none; stroke-width: 1.1; }"
    yield ".leader.under { stroke-width: 3.6; stroke-opacity: .7; }"
    yield ".dot { stroke-width: 1.2; }"
    yield ".kg-halo { fill: none; stroke-width: 7; stroke-opacity: .75; stroke-linecap: round; }"
    yield "[tabindex]:focus { outline: 3px solid Highlight; outline-offset: 2px; }"
    for role, (pattern, _, dashes, width) in STYLES.items():
        dash = f" stroke-dasharray: {dashes};" if dashes else ""
        yield f".kg-{role} {{ stroke-width: {num(width)};{dash} stroke-linejoin: round; }}"
        yield f".kg-area.kg-{role} {{ fill: url(#kg-{role}-{pattern}); }}"
        for part in ("line", "edge"):
            yield f".kg-{part}.kg-{role} {{ fill: none; stroke-linecap: round; }}"


def patterns(roles: Iterable[str]) -> Element:
    """The fill patterns of roles."""
    defs = element("defs", "\n")
    for role in roles:
        kind = STYLES[role][0]
        size, path, paint = _TILES[kind]
        tile = add(
            defs,
            "pattern",
            id=f"kg-{role}-{kind}",
            width=size,
            height=size,
            patternUnits="userSpaceOnUse",
        )
        if paint == "stroke":
            add(tile, "path", d=path, fill="none", class_=f"ink-{role}", stroke_width=1.5)
        else:
            add(tile, "path", d=path, class_=f"drop-{role}")
    return defs


def scoped(style: str, scope: str) -> str:
    r"""Style rules that hold inside one class only, so that they cannot leak into a page.

    >>> scoped("path, .a b { fill: red }", "mine")
    '.mine path, .mine .a b { fill: red }\n'
    """
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    rules = re.findall(r"([^{}@]+)\{([^{}]*)\}", plain)
    return "".join(
        ", ".join(f".{scope} {one.strip()}" for one in chosen.split(",")) + f" {{{body}}}\n"
        for chosen, body in rules
    )


def text_lines(
    parent: Element, lines: Iterable[tuple[str, str]], x: float, y: float, anchor: str, step: float
) -> Element:
    """A text of several lines, each with its class."""
    block = add(parent, "text", x=x, y=y, text_anchor=anchor)
    for place, (words, cls) in enumerate(lines):
        line = SubElement(block, "tspan", {"x": num(x), "class": cls})
        if place:
            line.set("dy", num(step))
        line.text = words
    return block
