"""The themes of pictures: one entry each, which every picture, format and command takes up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import BadInput


@dataclass(frozen=True, slots=True)
class Paper:
    """The colours of a diagram: paper and inks, and the lines of what raises and what lowers."""

    paper: str
    ink: str
    quiet: str
    raises: str
    lowers: str
    unknown: str
    warns: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a theme; `dark` says which of their two colours kinds and assets have.

    Text has a contrast of at least 4.5 to its ground, marks of 3.
    """

    dark: bool
    diagram: Paper
    figure: Mapping[str, str]


THEMES: Final[Mapping[str, Theme]] = {
    "light": Theme(
        dark=False,
        diagram=Paper("#ffffff", "#1c2430", "#526070", "#23527c", "#a03c00", "#5d6673", "#a8006d"),
        figure={
            "ground": "#ffffff",
            "text": "#26221f",
            "quiet": "#655c56",
            "rule": "#8a8079",
            "panel": "#f6f2ee",
            "red": "#a3211b",
            "blue": "#17508f",
            "green": "#1f6338",
            "violet": "#6a2f88",
        },
    ),
    "dark": Theme(
        dark=True,
        diagram=Paper("#12161c", "#eaeef3", "#a9b4c0", "#8cbcf5", "#ffa36b", "#b3bcc7", "#ff8fd0"),
        figure={
            "ground": "#1c1b1a",
            "text": "#f0ebe6",
            "quiet": "#b5aaa2",
            "rule": "#8f857e",
            "panel": "#282624",
            "red": "#ff9d8f",
            "blue": "#8fc2ff",
            "green": "#86d79f",
            "violet": "#dcaaf5",
        },
    ),
}
AUTO: Final = "auto"  # light or dark, as the reader has it
NAMES: Final = (AUTO, *THEMES)


def theme_of(name: str) -> Theme:
    """The theme of this name.

    Raises:
        BadInput: there is no such theme.

    >>> theme_of("sepia")
    Traceback (most recent call last):
    kg.errors.BadInput: unknown theme: use one of auto, light, dark
    """
    if name not in THEMES:
        raise BadInput(f"unknown theme: use one of {', '.join(NAMES)}")
    return THEMES[name]


def fixed(name: str) -> str:
    """The theme of a picture that cannot follow the reader: light instead of auto.

    >>> fixed("auto"), fixed("dark")
    ('light', 'dark')
    """
    return "light" if name == AUTO else name


def styled(name: str, rules: Callable[[Theme], str], changes: Callable[[Theme], str]) -> str:
    """The style sheet of a picture: all in light, and what differs in another theme.

    Args:
        name: of the theme.
        rules: all rules of a theme.
        changes: those that need not be the same in another theme.

    Raises:
        BadInput: there is no such theme.
    """
    light = rules(THEMES["light"])
    if name == AUTO:
        dark = changes(THEMES["dark"])
        return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    return light if name == "light" else light + changes(theme_of(name))
