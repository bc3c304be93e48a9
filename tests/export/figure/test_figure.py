"""What is marked on a figure is what the graph says, on the side that was told."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import BadInput
from kg.export.figure import paint
from kg.export.figure.asset import Asset
from kg.export.figure.draw import draw_figure
from kg.export.figure.foot import Sheet
from kg.export.figure.marks import ROLES, Mark, Marker, Marks
from kg.export.figure.place import Label, place
from kg.export.themes import THEMES
from tests.export.conftest import contrast

SVG = "{http://www.w3.org/2000/svg}"
SERVES = {"served", "shared", "disputed"}
GOLDEN = Path(__file__).parent / "golden"
HOSTILE = (
    "</script><script>alert(1)</script>",
    "]]> & <b> \" '",
    "\x00\x1b[31m\x08",
    "\u202eevil\u2066",
    "=1+1",
    "x" * 10_000,
    "",
)


def root(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def marked(svg: str) -> dict[tuple[str, str], set[str]]:
    """The roles of each concept on each side, as the picture holds them."""
    return {
        (e.get("data-concept", ""), e.get("data-side", "")): set(e.get("data-roles", "").split())
        for e in root(svg).iter()
        if e.get("data-roles")
    }


def words(svg: str) -> str:
    return " ".join("".join(e.itertext()) for e in root(svg).iter(f"{SVG}tspan"))


@pytest.mark.parametrize(
    "name",
    [
        "facial-nerve-buccal-branches",
        "facial-nerve-cervical-branch",
        "facial-nerve-marginal-mandibular-branch",
        "facial-nerve-temporal-branches",
        "facial-nerve-zygomatic-branches",
        "posterior-auricular-nerve",
        "parotid-plexus",
        "facial-motor-nucleus",
        "facial-nerve",
    ],
)
def test_what_is_marked_is_what_sparql_says_it_serves(
    name: str, graph: kg.Graph, face: Asset
) -> None:
    step = "ft:innervates|ft:continuous-with|^ft:branch-of|^ft:part-of|^ft:located-in"
    query = f"SELECT DISTINCT ?o {{ ft:{name} ({step})+ ?o . ?o a ft:Muscle }}"
    served = {row[0] for row in graph.query(query).to_records()} & face.concepts
    found = marked(graph.figure(concept=f"ft:{name}").svg)
    for side in ("left", "right"):
        muscles = {
            concept
            for (concept, where), roles in found.items()
            if where == side
            and roles & SERVES
            and "ft:Muscle" in graph.view.concepts[concept].kinds
        }
        assert muscles == served
        assert muscles


def test_supply_that_sources_disagree_about_is_told(graph: kg.Graph) -> None:
    for contradiction in graph.view.claims.values():
        if contradiction.predicate != "ft:contradicts":
            continue
        one, other = (
            graph.view.claims.get(c) for c in (contradiction.subject, contradiction.object)
        )
        if one and other and one.predicate == "ft:innervates" and one.object == other.object:
            told = [{e.source for e in claim.evidence} for claim in (one, other, contradiction)]
            role = "shared" if (told[0] & told[1]) - told[2] else "disputed"
            try:
                found = marked(graph.figure(concept=one.subject).svg)
            except BadInput:
                continue
            if (one.object, "left") in found:
                assert role in found[one.object, "left"]
                assert role in found[one.object, "right"]


def test_the_names_are_plain_clinical_or_none(graph: kg.Graph) -> None:
    plain, clinical = words(graph.figure().svg), words(graph.figure(level="clinical").svg)
    for label in ("the smile muscle", "a chewing muscle at the temple"):
        assert label in plain
        assert label not in clinical
    for label in ("zygomaticus major", "temporalis", "masseter", "galea aponeurotica"):
        assert label in clinical
    assert "smile" not in words(graph.figure(labels="none").svg)
    assert "smile" not in words(graph.course(labels="none").svg)


def test_names_stand_at_both_sides_of_one_marked_side(graph: kg.Graph) -> None:
    columns = [
        len(group.findall(f"{SVG}text"))
        for group in root(graph.figure("my right nostril keeps twitching").svg).iter(f"{SVG}g")
        if group.get("class") == "labels"
    ]
    assert abs(columns[0] - columns[1]) <= 1


def test_words_are_as_wide_in_any_font(graph: kg.Graph) -> None:
    for line in root(graph.figure("my right nostril keeps twitching").svg).iter(f"{SVG}tspan"):
        assert 0 < float(line.get("textLength", 0)) < 1060


def test_the_warning_signs_that_are_spoken_of_are_there(graph: kg.Graph) -> None:
    told = words(graph.figure("my right nostril keeps twitching").svg)
    assert "If a warning sign below appears" in told
    assert "Emergency if there is also: " in told


def test_only_the_line_to_the_muscle_that_was_asked_for_is_marked(graph: kg.Graph) -> None:
    svg = graph.figure(concept="mentalis").svg
    branch = next(
        e
        for e in root(svg).iter()
        if e.get("data-concept") == "ft:facial-nerve-marginal-mandibular-branch"
    )
    over = [e for e in branch if "kg-line" in (e.get("class") or "")]
    ending = [e for e in branch if "ft:mentalis" in (e.get("data-to") or "").split()]
    assert len(over) == len(ending) > 0


def test_the_side_is_respected(graph: kg.Graph) -> None:
    for side, other in (("left", "right"), ("right", "left")):
        found = marked(graph.figure(f"my {side} nostril keeps twitching").svg)
        assert "affected" in found["ft:nostril", side]
        assert all(where == side for _, where in found)
        assert ("ft:nostril", other) not in found


def test_without_a_side_both_are_marked_and_that_is_said(graph: kg.Graph) -> None:
    svg = graph.figure("my nostril keeps twitching").svg
    found = marked(svg)
    assert found["ft:nostril", "left"] == found["ft:nostril", "right"] == {"affected"}
    assert "No side was told" in words(svg)


def test_the_picture_says_which_side_is_which(graph: kg.Graph) -> None:
    texts = {e.text: float(e.get("x", 0)) for e in root(graph.figure().svg).iter(f"{SVG}text")}
    assert texts["the person’s right side"] < texts["the person’s left side"]


def test_the_seats_of_the_explanation_are_marked(graph: kg.Graph, face: Asset) -> None:
    text = "my right nostril keeps twitching"
    location = graph.explain(text).location
    found = marked(graph.figure(text).svg)
    for structure in location.structures:
        if structure.id in face.concepts:
            role = "seat" if structure.fit >= 0.999 else "possible"
            assert role in found[structure.id, "right"]


def test_what_is_spared_is_marked(graph: kg.Graph) -> None:
    found = marked(graph.figure("my left eyelid twitches, but no twitching of the chin").svg)
    assert "spared" in found["ft:chin", "left"]
    assert "affected" in found["ft:eyelid", "left"]


def test_what_must_not_wait_is_told_on_the_picture(graph: kg.Graph) -> None:
    text = "the left half of my face suddenly droops and my speech is slurred"
    explanation = graph.explain(text)
    assert explanation.urgency.because
    told = words(graph.figure(text).svg)
    assert explanation.urgency.label.lower() in told.lower()
    assert explanation.disclaimer in told


def test_every_region_can_be_focused_and_has_a_title(graph: kg.Graph, face: Asset) -> None:
    regions = [e for e in root(graph.figure().svg).iter() if e.get("data-concept")]
    assert len(regions) == len(face.regions)
    for region in regions:
        assert region.get("tabindex") == "0"
        assert region.get("role") == "img"
        title = region.find(f"{SVG}title")
        assert title is not None
        assert title.text == region.get("aria-label") != ""


def test_marks_differ_without_colour() -> None:
    looks = [(pattern, dashes, width) for pattern, _, dashes, width in paint.STYLES.values()]
    assert len(set(looks)) == len(looks)
    assert paint.STYLES.keys() == ROLES.keys()


@pytest.mark.parametrize("theme", THEMES)
def test_contrast(theme: str, face: Asset) -> None:
    """WCAG 2.2: 4.5 for text, 3 for what has to be told apart."""
    colours = THEMES[theme].figure
    for name in ("text", "quiet", "red"):
        for ground in ("ground", "panel"):
            assert contrast(colours[name], colours[ground]) >= 4.5
    style = face.light + (face.dark if THEMES[theme].dark else "")
    fills = dict(re.findall(r"\.(skin|muscle|deep) \{ fill: (#[0-9a-f]{6})", style))
    assert fills.keys() == {"skin", "muscle", "deep"}
    for _, colour, _, _ in paint.STYLES.values():
        for ground in (colours["ground"], *fills.values()):
            assert contrast(colours[colour], ground) >= 3


def test_another_picture_of_another_graph_works_as_well(calf: kg.Graph, leg: str) -> None:
    picture = calf.figure(concept="tibial nerve", asset=leg)
    found = marked(picture.svg)
    assert found["ft:gastrocnemius", "left"] == {"served"}
    assert found["ft:tibial-nerve", "right"] == {"asked"}
    told = marked(calf.figure("my left calf twitches", asset=leg).svg)
    assert "affected" in told["ft:calf", "left"]
    assert {where for _, where in told} == {"left"}


def test_golden_figure(calf: kg.Graph, leg: str) -> None:
    """After a change that is meant: write what is drawn into the file, and look at it."""
    drawn = calf.figure(concept="tibial nerve", asset=leg).svg
    assert drawn == (GOLDEN / "calf.svg").read_text(encoding="utf-8")


def test_a_concept_that_the_picture_does_not_show(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="nothing in this picture shows"):
        graph.figure(concept="caffeine")


def test_a_report_and_a_concept_are_two_pictures(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="two pictures"):
        graph.figure("my nostril twitches", concept="mentalis")


def test_nothing_runs_and_nothing_is_loaded(graph: kg.Graph) -> None:
    svg = graph.figure("my nostril twitches").svg
    assert not re.search(r"<script|<image|foreignObject|\son\w+=|href=\"(?!#)|@import", svg)
    assert svg.count("http") == 1  # the name of the SVG namespace


def test_style_does_not_leak_into_the_page(graph: kg.Graph) -> None:
    style = root(graph.figure().svg).find(f"{SVG}style")
    assert style is not None
    text = re.sub(r"@media[^{]*\{", "", style.text or "")
    for chosen in re.findall(r"([^{}]+)\{", text):
        for one in chosen.split(","):
            assert one.strip().startswith((".kg-figure ", ".kg-asset "))


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_words_stay_inert(label: str, graph: kg.Graph, face: Asset) -> None:
    marks = Marks(label or "x", (Mark("ft:chin", "affected", note=label),), (), (label,))
    svg = draw_figure(face, graph.view, marks, Sheet(label, label, label), "auto")
    assert "<script" not in svg
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u2066]", svg)
    assert root(svg).tag == f"{SVG}svg"


def test_the_same_every_time(graph: kg.Graph, face: Asset) -> None:
    marks = Marker(graph.view, face.concepts).concept("ft:parotid-plexus")
    drawn = {draw_figure(face, graph.view, marks, Sheet("x"), "dark") for _ in range(2)}
    assert len(drawn) == 1


def test_themes(graph: kg.Graph) -> None:
    picture = graph.figure()
    assert "prefers-color-scheme" in picture.draw("auto")
    assert "prefers-color-scheme" not in picture.draw("light") + picture.draw("dark")
    with pytest.raises(BadInput, match="theme"):
        picture.draw("sepia")


def test_png(graph: kg.Graph) -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    picture = graph.figure(concept="mentalis")
    assert picture.to_png(400).startswith(b"\x89PNG")
    with pytest.raises(BadInput, match="pixels"):
        picture.to_png(0)
    with pytest.raises(BadInput, match="theme"):
        picture.to_png(400, "auto")


points = st.tuples(st.integers(200, 500), st.integers(0, 900))


@settings(max_examples=60)
@given(st.lists(st.tuples(points, st.integers(15, 70)), max_size=18, unique_by=lambda p: p[0]))
def test_labels_neither_overlap_nor_cross(given_: list[tuple[tuple[int, int], int]]) -> None:
    labels = [Label(f"{n:02}", ("x",), at, height) for n, (at, height) in enumerate(given_)]
    placed, end = place(labels, 100, 0, 900)
    assert sorted(p.key for p in placed) == sorted(label.key for label in labels)
    for one, other in pairwise(placed):
        assert one.y + one.height / 2 <= other.y - other.height / 2
    assert all(p.y - p.height / 2 >= -0.1 and p.y + p.height / 2 <= end + 0.1 for p in placed)
    assert placed == place(labels[::-1], 100, 0, 900)[0]
