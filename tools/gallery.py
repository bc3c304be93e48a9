"""Draws the gallery: every picture of docs/gallery from a fixed text, and the page that shows them.

Usage: python tools/gallery.py [--check]
Exit 1 with --check when a file is not what the graph draws today.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import kg

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "gallery"
NOSTRIL = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"
BUSY = (
    "My upper lip twitches and I smoke, drink six coffees a day, lots of stress, little sleep, "
    "low magnesium, alcohol, energy drinks, and I clench my jaw"
)
DROOP = "Half of my face twitches, and my mouth droops since this morning"


class Exhibit(NamedTuple):
    """A picture of the gallery: its name, what it shows, the command for it, and how to draw it."""

    name: str
    shows: str
    command: str
    draw: Callable[[kg.Graph], str]


def _export(shows: str, name: str, command: str, **part: object) -> Exhibit:
    def draw(graph: kg.Graph) -> str:
        return str(graph.export("svg", **part))  # type: ignore[arg-type]

    return Exhibit(name, shows, f"kg export --format svg {command}", draw)


def _explain(shows: str, name: str, text: str) -> Exhibit:
    def draw(graph: kg.Graph) -> str:
        return str(graph.export("svg", explanation=graph.explain(text)))

    return Exhibit(name, shows, f'kg export --format svg --explain "{text}"', draw)


PALSY = "Left half of my face is weak, cannot close the eye, sounds are too loud, taste gone"
FLICKER = "right nostril flicker, three espressos a day, bad sleep, no weakness"

EXHIBITS: list[Exhibit] = [
    Exhibit(
        "face-nostril",
        "A flicker at the right nostril, and where it may sit",
        f'kg face "{FLICKER}" -o face.svg',
        lambda graph: graph.figure(FLICKER).svg,
    ),
    Exhibit(
        "nerve-palsy",
        "Where on the course of the nerve a palsy may sit",
        f'kg nerve "{PALSY}" -o nerve.svg',
        lambda graph: graph.course(PALSY).svg,
    ),
    Exhibit(
        "face",
        "The muscles and the nerve of facial expression",
        "kg face -o face.svg",
        lambda graph: graph.figure().svg,
    ),
    Exhibit(
        "face-zygomatic-branches",
        "All that the zygomatic branches serve",
        'kg face --concept "zygomatic branches" -o face.svg',
        lambda graph: graph.figure(concept="ft:facial-nerve-zygomatic-branches").svg,
    ),
    _explain("Habits, and where what helps cuts their chains", "explanation", NOSTRIL),
    _explain("Many causes at once", "explanation-many-causes", BUSY),
    _explain("What must not wait", "explanation-emergency", DROOP),
    _explain("Nothing told but the twitch", "explanation-nothing-told", "My upper lip twitches"),
    _export(
        "From one concept to another",
        "path",
        '--path coffee "nostril twitching"',
        path=("coffee", "nostril twitching"),
    ),
    _export("What lies around a nerve", "around-a-nerve", '--around "zygomatic branch"',
            around="zygomatic branch"),
    _export("What lies around a substance", "around-a-substance", "--around caffeine",
            around="caffeine"),
    _export("The whole graph by its kinds", "whole-graph", ""),
]  # fmt: skip


def page(exhibits: Sequence[Exhibit]) -> str:
    """The page that shows the pictures, each with its command."""
    blocks = [
        "# Gallery",
        "Every picture is drawn by one command from a fixed text, follows the reader's light or "
        "dark setting, and is compared with what the graph draws today by "
        "`python tools/gallery.py --check`.",
    ]
    for exhibit in exhibits:
        blocks += [
            f"## {exhibit.shows}",
            f"```sh\n{exhibit.command.strip()}\n```",
            f"![{exhibit.shows}]({exhibit.name}.svg)",
        ]
    return "\n\n".join(blocks) + "\n"


def files() -> dict[str, str]:
    """The content of every file of the gallery, by name."""
    with kg.open() as graph:
        drawn = {f"{exhibit.name}.svg": exhibit.draw(graph) for exhibit in EXHIBITS}
    return {**drawn, "README.md": page(EXHIBITS)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the gallery, or compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args(arguments).check
    made = files()
    there = {path.name for path in FOLDER.glob("*")} if FOLDER.is_dir() else set()
    stale = sorted(there - made.keys())
    changed = [
        name
        for name, content in made.items()
        if name not in there or (FOLDER / name).read_text(encoding="utf-8") != content
    ]
    for name in [*changed, *stale]:
        print(f"{'differs' if check else 'written' if name in changed else 'removed'}: {name}")
    if check:
        return 1 if changed or stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in changed:
        (FOLDER / name).write_text(made[name], encoding="utf-8")
    for name in stale:
        (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
