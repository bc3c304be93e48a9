"""A finished picture: SVG text that browsers, notebooks and, through a library, PNG can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadInput
from kg.export.themes import AUTO, THEMES

_WIDEST = 8000  # pixels
_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "Liberation Sans"
_ALPHABETS = "\u0530"  # the fonts have the Latin, Greek and Cyrillic letters that lie below
_SIGNS = frozenset("–—‘’‚“”„†•…‰‹›€™−≈≠≤≥↑→↓←")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in SVG; `draw` makes it again in a theme of `kg.export.themes`.

    Without a theme, and in ``auto``, it follows what the reader prefers.
    """

    title: str
    draw: Callable[[str], str]

    @property
    def svg(self) -> str:
        """The picture as SVG, light or dark as the reader prefers."""
        return self.draw(AUTO)

    def to_png(self, width: int = 1600, theme: str = "light") -> bytes:
        """The picture as PNG.

        Args:
            width: in pixels.
            theme: any but ``auto``.

        Raises:
            BadInput: the width or the theme does not fit, or the library is not installed.
        """
        if theme not in THEMES:
            raise BadInput(f"the theme of a PNG is {' or '.join(THEMES)}: choose one of them")
        return to_png(self.draw(theme), width)

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg


def to_png(svg: str, width: int) -> bytes:
    """Turn SVG into PNG, with the fonts of the package, so that every machine draws the same.

    Fonts of the machine are looked at only for letters that those of the package do not have.

    Raises:
        BadInput: the width does not fit, or the library is not installed.
    """
    if not 16 <= width <= _WIDEST:
        raise BadInput(f"the width of a PNG is 16 to {_WIDEST} pixels: choose another")
    try:
        import resvg_py
    except ImportError:
        raise BadInput(
            "PNG needs the package resvg-py: pip install 'facial-twitch-kg[png]', or write .svg"
        ) from None
    own = [str(path) for path in sorted(_FONTS.glob("*.ttf"))]
    told = all(char < _ALPHABETS or char in _SIGNS for char in svg)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=told,
            font_files=own,
            sans_serif_family=_FAMILY,
        )
    )
