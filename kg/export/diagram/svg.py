"""Writing SVG: elements, escaped text and shapes; no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kg.export.diagram.measure import text_width

FONT: Final = "Arial, Helvetica, 'Liberation Sans', 'Nimbus Sans', sans-serif"
_POINT: Final = 8.0


def number(value: float) -> str:
    """A coordinate in as few characters as it takes.

    >>> number(3.0), number(2.549)
    ('3', '2.5')
    """
    told = f"{value:.1f}".removesuffix(".0")
    return "0" if told == "-0" else told


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; `content` is SVG, attributes are escaped (`class_` and `font_size` as usual)."""
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_value(value))}"
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def titled(title: str, *content: str, class_: str = "") -> str:
    """A group that tells its title to whoever points at it, and to screen readers."""
    return group(element("title", escape(title)), *content, class_=class_)


def group(*content: str, class_: str = "") -> str:
    """A group of elements."""
    return element("g", "\n".join(content), class_=class_)


def text(
    line: str,
    x: float,
    y: float,
    size: float = 13,
    *,
    anchor: str = "",
    bold: bool = False,
    class_: str = "",
) -> str:
    """A line of text with its baseline at `y`, as wide as it was measured in any font."""
    if not line:
        return ""
    return element(
        "text",
        escape(line),
        x=x,
        y=y,
        font_size=size,
        text_anchor=anchor,
        font_weight="bold" if bold else "",
        textLength=text_width(line, size, bold),
        lengthAdjust="spacingAndGlyphs",
        class_=class_,
    )


def outline(shape: str, x: float, y: float, width: float, height: float, class_: str = "") -> str:
    """A shape that fills the rectangle whose upper left corner is given."""
    draw = _SHAPES.get(shape, _rounded)
    return "".join(
        element(kind, "", **{**attributes, "class": f"{class_} inner" if place else class_})
        for place, (kind, attributes) in enumerate(draw(x, y, width, height))
    )


def inset(shape: str, height: float, offset: float) -> float:
    """How far inside its rectangle the side of a shape lies, so far above or below its middle."""
    away = min(1.0, abs(offset) / (height / 2)) if height else 0.0
    if shape in ("hexagon", "diamond"):
        return min(_POINT, height / 2) * away
    if shape in ("pill", "crossed", "circle"):
        radius = min(height / 2, 16.0)
        over = max(0.0, abs(offset) - (height / 2 - radius))
        return float(radius - (radius**2 - min(over, radius) ** 2) ** 0.5)
    if shape in ("cut", "octagon"):
        return max(0.0, abs(offset) - (height / 2 - 7.0))
    return _POINT / 2 if shape == "slant" else 0.0


_Part = tuple[str, dict[str, str | float]]


def _rect(x: float, y: float, width: float, height: float, radius: float = 0) -> _Part:
    corner: dict[str, str | float] = {"rx": radius} if radius else {}
    return "rect", {"x": x, "y": y, "width": width, "height": height, **corner}


def _path(*points: tuple[float, float], close: bool = True) -> _Part:
    told = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return "path", {"d": f"M{told}{'Z' if close else ''}"}


def _box(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_rect(x, y, w, h)]


def _rounded(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_rect(x, y, w, h, 7)]


def _pill(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_rect(x, y, w, h, min(h / 2, 16))]


def _crossed(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    """A pill with a line inside: what takes somebody else to do."""
    return [
        _rect(x, y, w, h, min(h / 2, 16)),
        _rect(x + 3, y + 3, w - 6, h - 6, min(h / 2, 16) - 3),
    ]


def _double(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_rect(x, y, w, h, 4), _rect(x + 3, y + 3, w - 6, h - 6, 2)]


def _cut(x: float, y: float, w: float, h: float, c: float = 7) -> Sequence[_Part]:
    right, low = x + w, y + h
    upper = ((x + c, y), (right - c, y), (right, y + c), (right, low - c))
    return [_path(*upper, (right - c, low), (x + c, low), (x, low - c), (x, y + c))]


def _octagon(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return _cut(x, y, w, h, min(w, h) * 0.29)


def _hexagon(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    p, middle = min(_POINT, h / 2), y + h / 2
    upper = ((x + p, y), (x + w - p, y), (x + w, middle))
    return [_path(*upper, (x + w - p, y + h), (x + p, y + h), (x, middle))]


def _slant(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_path((x + _POINT, y), (x + w, y), (x + w - _POINT, y + h), (x, y + h))]


def _note(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    fold, right = 9.0, x + w
    sheet = _path((x, y), (right - fold, y), (right, y + fold), (right, y + h), (x, y + h))
    return [
        sheet,
        _path((right - fold, y), (right - fold, y + fold), (right, y + fold), close=False),
    ]


def _pennant(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    right = x + w
    return [_path((x, y), (right, y), (right - _POINT, y + h / 2), (right, y + h), (x, y + h))]


def _triangle(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_path((x + w / 2, y), (x + w, y + h), (x, y + h))]


def _diamond(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_path((x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2))]


def _circle(x: float, y: float, w: float, h: float) -> Sequence[_Part]:
    return [_rect(x, y, w, h, min(w, h) / 2)]


_SHAPES: Final[dict[str, Callable[[float, float, float, float], Sequence[_Part]]]] = {
    "box": _box,
    "circle": _circle,
    "crossed": _crossed,
    "cut": _cut,
    "diamond": _diamond,
    "double": _double,
    "hexagon": _hexagon,
    "note": _note,
    "octagon": _octagon,
    "pennant": _pennant,
    "pill": _pill,
    "rounded": _rounded,
    "slant": _slant,
    "triangle": _triangle,
}
