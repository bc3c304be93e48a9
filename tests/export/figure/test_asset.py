"""The picture that comes with the graph fits it; pictures of others are checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.errors import BadInput, MissingFile
from kg.export.figure.asset import Asset, read_asset
from kg.export.figure.shelf import asset_file, asset_names, asset_title

# Muscles of the nerve that lie behind or inside the head: a face from the front cannot show them.
HIDDEN = {"ft:occipitalis", "ft:stapedius", "ft:stylohyoid", "ft:digastric-posterior-belly"}
# Names for several muscles: shown by their parts, where the graph names parts.
GROUPS = {
    "ft:facial-expression-muscles",
    "ft:nasalis",
    "ft:occipitofrontalis",
    "ft:perinasal-muscles",
}


def muscles(graph: kg.Graph) -> set[str]:
    return {c.id for c in graph.view.concepts.values() if "ft:Muscle" in c.kinds}


def test_every_muscle_of_the_face_has_a_region_on_both_sides(graph: kg.Graph, face: Asset) -> None:
    for side in ("left", "right"):
        shown = {region.concept for region in face.regions if region.side == side}
        assert muscles(graph) - HIDDEN - GROUPS <= shown


def test_every_region_and_every_line_names_a_concept_of_the_graph(
    graph: kg.Graph, face: Asset
) -> None:
    targets = {target for region in face.regions for target in region.targets}
    assert face.concepts | targets <= graph.view.concepts.keys()


def test_each_branch_has_a_line_to_each_muscle_that_it_supplies(
    graph: kg.Graph, face: Asset
) -> None:
    drawn = {(r.concept, target) for r in face.regions for target in r.targets}
    known = {
        (claim.subject, claim.object)
        for claim in graph.view.claims.values()
        if claim.predicate == "ft:innervates"
        and claim.subject in face.concepts
        and claim.object not in HIDDEN
    }
    assert drawn == known


def test_the_sides_mirror_each_other(face: Asset) -> None:
    left = {(r.concept, r.x, r.y) for r in face.regions if r.side == "left"}
    right = {(r.concept, -r.x, r.y) for r in face.regions if r.side == "right"}
    assert left == right
    # Seen from the front, the left of the person is at the right of the viewer.
    assert all(x > 0 for _, x, _ in left)


def box(region_id: str, face: Asset) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what a region draws on the left of the person."""
    region = next(r for r in face.regions if r.concept == region_id and r.side == "left")
    data = " ".join(p.get("d", "") for p in region.element if p.get("class") != "fibre")
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", data)]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("frontalis", "orbicularis-oculi"),
        ("corrugator-supercilii", "compressor-naris"),
        ("orbicularis-oculi", "zygomaticus-major"),
        ("procerus", "depressor-septi-nasi"),
        ("levator-labii-superioris", "orbicularis-oris"),
        ("levator-labii-superioris-alaeque-nasi", "orbicularis-oris"),
        ("zygomaticus-minor", "depressor-anguli-oris"),
        ("orbicularis-oris", "mentalis"),
        ("zygomaticus-major", "platysma"),
    ],
)
def test_muscles_stand_above_each_other_as_they_do(upper: str, lower: str, face: Asset) -> None:
    assert box(f"ft:{upper}", face)[1] < box(f"ft:{lower}", face)[1]


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("procerus", "corrugator-supercilii"),
        ("depressor-septi-nasi", "dilator-naris"),
        ("levator-labii-superioris-alaeque-nasi", "levator-labii-superioris"),
        ("levator-labii-superioris", "zygomaticus-minor"),
        ("zygomaticus-minor", "zygomaticus-major"),
        ("mentalis", "depressor-labii-inferioris"),
        ("depressor-labii-inferioris", "depressor-anguli-oris"),
        ("orbicularis-oris", "risorius"),
    ],
)
def test_muscles_stand_beside_each_other_as_they_do(inner: str, outer: str, face: Asset) -> None:
    assert box(f"ft:{inner}", face)[2] < box(f"ft:{outer}", face)[2]


def test_the_asset_is_listed_with_its_title() -> None:
    assert "face" in asset_names()
    assert asset_title("face") == "Muscles and nerve of facial expression"


def test_an_unknown_asset_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match=r'unknown picture "foot": name an .svg file, or one of'):
        asset_file("foot")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
REGION = '<g data-concept="ft:x" data-at="1 1"><path data-shape="" d="M0 0H9"/></g>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<svg", "no well-formed SVG"),
        ("<svg/>", "no svg element"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "entities"),
        (SVG.format("<script>alert(1)</script>"), "<script>"),
        (SVG.format("<foreignObject/>"), "<foreignObject>"),
        (SVG.format('<image href="http://example.org/x.png"/>'), "<image>"),
        (SVG.format('<g onclick="alert(1)"/>'), "onclick"),
        (SVG.format('<use href="http://example.org/#x"/>'), "href"),
        (SVG.format('<path fill="url(http://example.org/)" d=""/>'), "points elsewhere"),
        (SVG.format("<style>@import 'x.css';</style>"), "points elsewhere"),
        (SVG.format(REGION.replace(' data-at="1 1"', "")), "no data-at"),
        (SVG.format(f'<g transform="rotate(3)">{REGION}</g>'), "scale, translate, matrix"),
        (SVG.format('<use href="#y" data-side="left"/>'), "does not hold"),
        (SVG.replace(' viewBox="0 0 9 9"', "").format(REGION), "viewBox"),
        (SVG.replace("9 9", "9 0").format(REGION), "viewBox is empty"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.svg"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=re.escape(told)) as caught:
        read_asset(path)
    assert "\n" not in str(caught.value)


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_asset(tmp_path / "none.svg")
