"""The picture to point at: its places as buttons, and what can be noticed at each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from html import escape
from typing import Final
from xml.etree.ElementTree import Element

from kg.explain.anatomy import Anatomy
from kg.explain.phrasing import capital
from kg.export.figure.asset import Asset, read_asset
from kg.export.figure.paint import element, scoped, written
from kg.export.figure.shelf import asset_file, asset_names
from kg.graph import Graph
from kg.render.html import said
from kg.view import View

_SCOPE: Final = "kg-map"
_NUMBER: Final = re.compile(r"-?\d*\.?\d+")
_SIGNS: Final = frozenset({"ft:Sign", "ft:Symptom"})


@lru_cache(maxsize=1)
def places(graph: Graph) -> tuple[str, ...]:
    """What can be pointed at in the picture, by name: places, and what lies at a place."""
    view, asset = graph.view, _asset()
    shown = asset.concepts if asset is not None else frozenset()
    return tuple(sorted((c for c in shown if _sites(view, c)), key=view.label))


@lru_cache(maxsize=1)
def place_map(graph: Graph) -> str:
    """The picture, each place a link; whoever cannot point has the buttons."""
    view, asset = graph.view, _asset()
    if asset is None:
        return ""
    left, top, width, height = asset.box
    root = element(
        "svg",
        class_=_SCOPE,
        viewBox=f"{left:g} {top:g} {width:g} {height:g}",
        aria_hidden="true",
        focusable="false",
    )
    anatomy = Anatomy(view)
    # What is as wide as the picture would lie over all the rest: there it is a button alone.
    known = {c for c in places(graph) if not (anatomy.is_site(c) and anatomy.is_wide(c))}
    root.extend(_linked(part, view, known) for part in asset.body)
    return written(root)


def place_style() -> str:
    """The style of the picture."""
    asset = _asset()
    if asset is None:
        return ""
    light, dark = scoped(asset.light, _SCOPE), scoped(asset.dark, _SCOPE)
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def noticed(graph: Graph, place: str) -> list[tuple[str, str, str]]:
    """What can be noticed at a place: the name of a button, its value, and its words."""
    view, asset = graph.view, _asset()
    sites = _sites(view, place)
    here = dict.fromkeys(
        found
        for where in (place, *sites)
        for found in view.subjects("ft:located-in", where)
        if view.concepts[found].kind in _SIGNS and "ft:reportable" in view.concepts[found].roles
    )
    told = []
    for site in sites if asset is not None and asset.says else ():
        words = asset.says.replace("{}", view.label(site)) if asset is not None else ""
        read = {finding.id for finding in graph.read(words).findings}
        if not read & here.keys():
            told.append(("say", words, words))
    return [*told, *(("yes", name, view.lay(name) or view.label(name)) for name in here)]


@lru_cache(maxsize=2)
def place_buttons(graph: Graph, form: str) -> str:
    """The places as buttons of a form; below them what lies there, by the names that it has."""
    concepts = graph.view.concepts
    here = [name for name in places(graph) if "ft:site-kind" in concepts[name].roles]
    inside = [name for name in places(graph) if name not in here]
    classes = graph.view.class_labels or {}
    kinds = sorted({classes.get(concepts[name].kind, "part") for name in inside})

    def buttons(names: Sequence[str]) -> str:
        made = "".join(
            f'<button form="{form}" name="at" value="{escape(name)}" formnovalidate>'
            f"{said(capital(graph.view.label(name)))}</button>"
            for name in names
        )
        return f'<div class="places">{made}</div>'

    if not inside:
        return buttons(here)
    summary = said(f"By the name of a {' or '.join(kinds)}")
    return f"{buttons(here)}<details><summary>{summary}</summary>{buttons(inside)}</details>"


def _sites(view: View, concept: str) -> tuple[str, ...]:
    """The places of the body that something is, or lies at."""
    known = view.concepts.get(concept)
    if known is None:
        return ()
    if "ft:site-kind" in known.roles:
        return (concept,)
    near = (view.concepts[o] for o in view.objects(concept, "ft:located-in") if o in view.concepts)
    return tuple(c.id for c in near if "ft:site-kind" in c.roles)


@lru_cache(maxsize=1)
def _asset() -> Asset | None:
    return read_asset(asset_file()) if asset_names() else None


def _linked(source: Element, view: View, known: Collection[str]) -> Element:
    """A copy of a part of the picture in which what can be pointed at is a link."""
    copy = element(source.tag, source.text)
    copy.attrib.update(source.attrib)
    children = list(source)
    if all(_sites(view, child.get("data-concept", "")) for child in children):
        children.sort(key=_size, reverse=True)  # a small place lies over a large one
    copy.extend(_linked(child, view, known) for child in children)
    name = source.get("data-concept")
    if name not in known:
        return copy
    link = element("a", href=f"/?at={name}", tabindex="-1", data_at=str(name))
    for child in copy:
        if child.tag == "title":
            child.text = view.label(str(name))
    link.append(copy)
    return link


def _size(region: Element) -> float:
    """How large the box around the shapes of a region is, as far as their paths tell."""
    paths = (part.get("d", "") for part in region.iter() if part.get("data-shape") is not None)
    numbers = [float(number) for path in paths for number in _NUMBER.findall(path)]
    if len(numbers) < 4:
        return 0.0
    across, down = numbers[::2], numbers[1::2]
    return (max(across) - min(across)) * (max(down) - min(down))
