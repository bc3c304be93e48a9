"""An asset: an SVG picture whose regions name the concepts that they show.

A region is a `g` with `data-concept` (a compact IRI) and `data-at` (where its label points); one
that the graph has no concept for has its plain name in `data-plain` instead, and its title. It lies
in a group with `data-side`; a `use` with `data-side` shows the same group for the other side.
Parts of a region with `data-shape` are its areas, those with `data-line` its lines; a line with
`data-to` leads to those concepts only. Nothing else binds a picture to the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from kg.errors import BadInput, MissingFile, printable

_SVG: Final = "{http://www.w3.org/2000/svg}"
_LARGEST: Final = 2_000_000  # bytes
# Shapes and styles: nothing that runs, loads or links.
_GROUPS: Final = (
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "style",
    "use",
    "clipPath",
    "mask",
    "pattern",
)
_SHAPES: Final = ("path", "circle", "ellipse", "rect", "line", "polyline", "polygon")
_ELEMENTS: Final = frozenset((*_GROUPS, *_SHAPES, "linearGradient", "radialGradient", "stop"))
_NUMBER: Final = r"-?\d*\.?\d+"
_MOVES: Final = re.compile(
    rf"(scale|translate|matrix)\(\s*({_NUMBER}(?:[\s,]+{_NUMBER}){{0,5}})\s*\)"
)
_FOREIGN: Final = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression\(|javascript:", re.IGNORECASE)

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A region of a picture: the concept that it shows, on which side, and where a label points.

    `x` and `y` are in the units of the picture, `targets` the concepts that its lines lead to.
    """

    concept: str
    side: str | None
    title: str
    x: float
    y: float
    targets: tuple[str, ...]
    element: ElementTree.Element


@dataclass(frozen=True, slots=True, eq=False)
class Asset:
    """A picture with its regions; `box` is left, top, width and height of what is shown.

    `light` and `dark` are the style rules, `body` the elements, with both sides drawn out; `says`
    are the words for what most often brings people to point at a place, with ``{}`` for its name;
    `beside` are parts that show no concept of the graph and have a name all the same.
    """

    name: str
    title: str
    description: str
    box: tuple[float, float, float, float]
    light: str
    dark: str
    says: str
    body: tuple[ElementTree.Element, ...]
    regions: tuple[Region, ...]
    beside: tuple[Region, ...] = ()

    @property
    def concepts(self) -> frozenset[str]:
        """The ids of all concepts that have a region."""
        return frozenset(region.concept for region in self.regions)


@cache
def read_asset(path: Path) -> Asset:
    """Read a picture and its regions.

    Raises:
        MissingFile: it cannot be read.
        BadInput: it is no SVG, or holds something that runs, loads or links.
    """
    root = _parse(path)
    for element in root.iter():
        _check(element, path)
    body = [child for child in root if child.tag not in ("title", "desc", "style")]
    by_id = {e.get("id", ""): e for e in root.iter()}
    body = [_drawn_out(child, by_id, path) for child in body]
    styles = [(e.get("media"), "".join(e.itertext())) for e in root if e.tag == "style"]
    parts = tuple(r for e in body for r in _regions(e, None, (1, 0, 0, 1, 0, 0), path))
    return Asset(
        name=path.stem,
        title=_text(root, "title") or path.stem,
        description=_text(root, "desc"),
        box=_box(root, path),
        light="".join(text for media, text in styles if media is None),
        dark="".join(text for media, text in styles if media is not None and "dark" in media),
        says=root.get("data-says", ""),
        body=tuple(body),
        regions=tuple(part for part in parts if part.concept),
        beside=tuple(part for part in parts if not part.concept),
    )


def _parse(path: Path) -> ElementTree.Element:
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        raise MissingFile(str(path)) from None
    if len(content) > _LARGEST or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _unfit(path, "it is too large or declares entities: give a plain SVG file")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise _unfit(path, f"it is no well-formed SVG ({error}): mend it") from None
    if root.tag != f"{_SVG}svg":
        raise _unfit(path, "its root is no svg element: give an SVG file")
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(_SVG)
        element.tail = "\n"
    return root


def _unfit(path: Path, detail: str) -> BadInput:
    return BadInput(f'cannot draw on "{printable(str(path))}": {printable(detail, 200)}')


def _check(element: ElementTree.Element, path: Path) -> None:
    if element.tag not in _ELEMENTS:
        raise _unfit(path, f"it holds <{element.tag}>: use shapes and groups only")
    for key, value in element.attrib.items():
        local = key == "href" and value.startswith("#")
        if key.lower().startswith("on") or "{" in key or ("href" in key and not local):
            raise _unfit(path, f'it holds the attribute "{key}": leave it out')
        if _FOREIGN.search(value):
            raise _unfit(path, f'the attribute "{key}" points elsewhere: leave it out')
    if element.tag == "style" and _FOREIGN.search("".join(element.itertext())):
        raise _unfit(path, "its style points elsewhere: leave that out")


def _text(root: ElementTree.Element, tag: str) -> str:
    return " ".join((root.findtext(tag) or "").split())


def _box(root: ElementTree.Element, path: Path) -> tuple[float, float, float, float]:
    numbers = re.findall(_NUMBER, root.get("viewBox", ""))
    if len(numbers) != 4:
        raise _unfit(path, "it has no viewBox of four numbers: add one")
    left, top, width, height = map(float, numbers)
    if width <= 0 or height <= 0:
        raise _unfit(path, "its viewBox is empty: give it a width and a height")
    return left, top, width, height


def _drawn_out(
    element: ElementTree.Element, by_id: dict[str, ElementTree.Element], path: Path
) -> ElementTree.Element:
    """A `use` for another side as a copy of what it shows, so that each side can be marked."""
    if element.tag != "use" or element.get("data-side") is None:
        return element
    shown = by_id.get(element.get("href", "#")[1:])
    if shown is None:
        raise _unfit(path, f'it uses "{element.get("href")}", which it does not hold: mend it')
    group = ElementTree.Element("g", {k: v for k, v in element.attrib.items() if k != "href"})
    copy = deepcopy(shown)
    for key in ("id", "data-side"):
        copy.attrib.pop(key, None)
    group.append(copy)
    group.tail = "\n"
    return group


def _regions(
    element: ElementTree.Element, side: str | None, matrix: Matrix, path: Path
) -> Iterator[Region]:
    side = element.get("data-side", side)
    matrix = _times(matrix, element.get("transform", ""), path)
    concept = element.get("data-concept", "")
    if concept or "data-plain" in element.attrib:
        at = [float(n) for n in re.findall(_NUMBER, element.get("data-at", ""))]
        if len(at) != 2:
            raise _unfit(path, f"the region of {concept} has no data-at of two numbers: add it")
        a, b, c, d, e, f = matrix
        targets = dict.fromkeys(t for p in element.iter() for t in p.get("data-to", "").split())
        yield Region(
            concept,
            side,
            _text(element, "title") or concept,
            a * at[0] + c * at[1] + e,
            b * at[0] + d * at[1] + f,
            tuple(targets),
            element,
        )
        return
    for child in element:
        yield from _regions(child, side, matrix, path)


def _times(matrix: Matrix, moves: str, path: Path) -> Matrix:
    if moves and _MOVES.sub("", moves).strip():
        raise _unfit(path, "a transform is none of scale, translate, matrix: use one of them")
    for kind, numbers in _MOVES.findall(moves):
        values = [float(n) for n in re.findall(_NUMBER, numbers)]
        if kind == "translate":
            step = (1.0, 0.0, 0.0, 1.0, values[0], values[1] if len(values) > 1 else 0.0)
        elif kind == "scale":
            step = (values[0], 0.0, 0.0, values[-1], 0.0, 0.0)
        elif len(values) == 6:
            step = (values[0], values[1], values[2], values[3], values[4], values[5])
        else:
            raise _unfit(path, "a matrix has not six numbers: mend it")
        matrix = _product(matrix, step)
    return matrix


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )
