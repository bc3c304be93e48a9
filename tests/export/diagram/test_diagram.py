"""Diagrams: nothing overlaps, nothing is lost, the sign is told by shape, any label is harmless."""

from __future__ import annotations

import hashlib
import os
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import BadInput
from kg.explain.model import Explanation, SourceItem
from kg.export.diagram.appearance import appearance
from kg.export.diagram.draw import draw_svg
from kg.export.diagram.lines import head
from kg.export.diagram.measure import text_width, wrap
from kg.export.drawing import Drawing, Edge, Node
from kg.export.drawn import draw_explanation
from kg.export.themes import THEMES
from tests.export.conftest import contrast

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
TEXTS = {
    "habits": "My nostril keeps twitching, three espressos a day, slept badly, no weakness",
    "nothing told": "My upper lip twitches",
    "emergency": "Half of my face twitches, weakness, and my mouth droops since this morning",
    "busy": "My upper lip twitches and I smoke, drink six coffees a day, lots of stress, little "
    "sleep, low magnesium, dehydrated, alcohol, energy drinks, I take an antidepressant, and "
    "clench my jaw",
    "many findings": "My eyelid twitches for months, my face is weak, numb and stiff, I am dizzy, "
    "my ear hurts, I see double, my hands shake and I drink coffee",
    "out of scope": "What is the capital of France?",
}
PARTS = (
    {"around": "caffeine"},
    {"around": "caffeine", "depth": 2},
    {"around": "facial nerve"},
    {"around": "muscle fasciculation"},
    {"path": ("coffee", "nostril twitching")},
    {"query": "innervation-path"},
    {},
)


class Area(NamedTuple):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area, room: float = 0.4) -> bool:
        return (
            self.left < other.right - room
            and other.left < self.right - room
            and self.top < other.bottom - room
            and other.top < self.bottom - room
        )

    def holds(self, other: Area) -> bool:
        return (
            self.left <= other.left + 0.6
            and other.right <= self.right + 0.6
            and self.top <= other.top + 0.6
            and other.bottom <= self.bottom + 0.6
        )


class Picture:
    """A picture read back from its text."""

    def __init__(self, svg: str) -> None:
        self.svg = svg
        self.root = ElementTree.fromstring(svg)
        width, height = map(float, self.root.attrib["viewBox"].split()[2:])
        self.paper = Area(0, 0, width, height)
        groups = {g.get("class"): g for g in self.root.iter(f"{SVG}g")}
        self.lines, self.items, self.labels = (
            groups.get(name, ElementTree.Element("g")) for name in ("lines", "items", "labels")
        )

    def boxes(self) -> list[Area]:
        shapes = [e for e in self.items.iter() if "shape" in e.get("class", "").split()]
        return [area(e) for e in shapes if "inner" not in e.attrib["class"].split()]

    def pads(self) -> list[Area]:
        return [area(e) for e in self.labels.iter(f"{SVG}rect")]


def area(shape: ElementTree.Element) -> Area:
    """What a rectangle or a path of straight lines takes up."""
    if shape.tag == f"{SVG}rect":
        x, y, width, height = (float(shape.attrib[k]) for k in ("x", "y", "width", "height"))
        return Area(x, y, x + width, y + height)
    points = list(trace(shape.attrib["d"]))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Area(min(xs), min(ys), max(xs), max(ys))


def text_area(text: ElementTree.Element) -> Area:
    size, width = float(text.attrib["font-size"]), float(text.attrib["textLength"])
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    left = x - width * {None: 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor")]
    return Area(left, y - 0.72 * size, left + width, y + 0.2 * size)


def trace(path: str) -> Iterator[tuple[float, float]]:
    """Points along a path of M, L and C."""
    last = (0.0, 0.0)
    for command, told in re.findall(r"([MLC])([^MLCZ]*)", path):
        numbers = list(map(float, told.split()))
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "C":
            for step in range(1, 25):
                t = step / 24
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
                hull = [last, *points]
                yield (
                    sum(w * p[0] for w, p in zip(weights, hull, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, hull, strict=True)),
                )
        else:
            yield points[0]
        last = points[-1]


def check(svg: str) -> Picture:
    """Nothing lies on anything else, and everything on the paper."""
    picture = Picture(svg)
    boxes, pads = picture.boxes(), picture.pads()
    for one, other in combinations([*boxes, *pads], 2):
        assert not one.meets(other), (one, other)
    texts = [(text_area(t), t.text) for t in picture.root.iter(f"{SVG}text")]
    for place, text in texts:
        assert picture.paper.holds(place), text
    marks = {t.text for t in picture.lines.iter(f"{SVG}text")}
    for (one, first), (other, second) in combinations(texts, 2):
        assert not one.meets(other) or {first, second} & marks, (first, second)
    inside = [text_area(t) for t in picture.items.iter(f"{SVG}text") if t.get("class") != "quiet"]
    for place in inside:
        assert any(box.holds(place) for box in boxes), place
    for line in picture.lines.iter(f"{SVG}path"):
        if "head" not in line.attrib["class"].split():
            points = list(trace(line.attrib["d"]))
            for x, y in points[2:-2]:
                dot = Area(x - 0.1, y - 0.1, x + 0.1, y + 0.1)
                crossed = [b for b in boxes if b.meets(dot, -0.5)]
                ends = [b for b in crossed if near(b, points[0]) or near(b, points[-1])]
                assert crossed == ends, (line.attrib["d"], crossed)
    return picture


def near(box: Area, point: tuple[float, float]) -> bool:
    x, y = point
    return box.left - 16 <= x <= box.right + 16 and box.top <= y <= box.bottom


# -- places


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_overlaps_in_an_explanation(graph: kg.Graph, name: str) -> None:
    check(graph.export("svg", explanation=graph.explain(TEXTS[name])))


@pytest.mark.parametrize("part", PARTS, ids=str)
def test_nothing_overlaps_in_a_part_of_the_graph(graph: kg.Graph, part: dict[str, object]) -> None:
    check(graph.export("svg", **part))


@st.composite
def graphs(draw: st.DrawFn) -> Drawing:
    """Any small graph, circles and links to oneself included, with labels of any length."""
    names = [f"ft:n{number}" for number in range(draw(st.integers(1, 14)))]
    words = st.text(st.sampled_from("abc dew ion mug "), min_size=1, max_size=60)
    kinds = st.sampled_from(["ft:Process", "ft:Exposure", "ft:Drug", "ft:Sign", "ft:SelfCare"])
    nodes = [Node(n, draw(words), draw(kinds), "kind", None, "", n) for n in names]
    edges = [
        Edge(
            id=f"claim:{number}",
            source=draw(st.sampled_from(names)),
            target=draw(st.sampled_from(names)),
            relation="ft:acts-on",
            phrase=draw(words),
            polarity=draw(st.sampled_from([1, -1, 0, None])),
            hedge=draw(st.sampled_from(["asserted", "possible"])),
            frequency=None,
            confidence=0.5,
            supported=True,
            sources=("source:a",),
            evidence=(),
            contested=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 22)))
    ]
    sources = (SourceItem("source:a", "A", "review", None),)
    centre = draw(st.sampled_from([None, names[0]]))
    return Drawing("Any", "1", tuple(nodes), tuple(edges), sources, centre)


@settings(max_examples=60)
@given(graphs())
def test_nothing_overlaps_in_any_graph(drawing: Drawing) -> None:
    check(draw_svg(drawing))


def test_the_width_suits_a_page(graph: kg.Graph) -> None:
    for text in TEXTS.values():
        picture = Picture(graph.export("svg", explanation=graph.explain(text)))
        # Thirteen units of the labels are then at least eight pixels on a page of 800.
        assert picture.paper.right <= 1300


def test_causes_stand_left_of_mechanisms_and_these_left_of_what_they_cause(
    told: Explanation,
) -> None:
    picture = Picture(draw_svg(draw_explanation(told)))
    places = {t.text: float(t.attrib["x"]) for t in picture.items.iter(f"{SVG}text")}
    assert places["tea"] == places["cold"] == places["hum"]
    assert places["tea"] < places["brake"] < places["cog"] < places["buzzing"] == places["smoke"]


def test_a_remedy_stands_below_what_it_acts_on(told: Explanation) -> None:
    picture = Picture(draw_svg(draw_explanation(told)))
    places = {
        t.text: (float(t.attrib["x"]), float(t.attrib["y"]))
        for t in picture.items.iter(f"{SVG}text")
    }
    assert places["oiling [1]"][0] == places["cog"][0]
    assert places["oiling [1]"][1] > places["cog"][1]


# -- what is told


def test_what_is_drawn_is_cited_and_what_is_left_out_is_said(graph: kg.Graph) -> None:
    answer = graph.explain(TEXTS["busy"])
    svg = graph.export("svg", explanation=answer)
    told = " ".join(t.text or "" for t in Picture(svg).root.iter(f"{SVG}text"))
    assert answer.disclaimer in told
    assert re.search(r"Left out of this picture: \d+ further ways, \d+ other possible causes", told)
    cited = {
        int(number)
        for pad in Picture(svg).labels.iter(f"{SVG}text")
        for number in re.findall(r"\d+", pad.text or "")
        if "[" in (pad.text or "")
    }
    listed = {int(number) for number in re.findall(r"(?<![\w.])(\d+)\. ", told)}
    assert cited
    assert cited <= listed
    for number in cited:
        assert answer.sources[number - 1].title.split()[0] in told


def test_the_urgency_stands_above_all_with_its_reasons(told: Explanation) -> None:
    texts = [
        t.text or "" for t in Picture(draw_svg(draw_explanation(told))).root.iter(f"{SVG}text")
    ]
    line = " ".join(texts)
    assert line.index("Prompt advice:") < line.index("Loud buzzing [1]") < line.index("tea")
    assert "Have it looked at soon." in line
    assert "Emergency if there is also: smoke." in line


def test_an_emergency_draws_no_habits(graph: kg.Graph) -> None:
    answer = graph.explain(f"{TEXTS['emergency']}, and I drink a lot of coffee")
    assert answer.urgency.level == "emergency"
    drawn = {
        t.text for t in Picture(graph.export("svg", explanation=answer)).root.iter(f"{SVG}text")
    }
    assert "caffeine" not in drawn
    assert "Emergency:" in drawn


def test_hedges_and_disagreements_are_told_on_the_arrow(told: Explanation) -> None:
    picture = Picture(draw_svg(draw_explanation(told)))
    labels = [" ".join(t.text or "" for t in g.iter(f"{SVG}text")) for g in picture.labels]
    assert "may [1]" in labels
    assert "[1; ≠ 2]" in labels
    assert sum("contested" in e.get("class", "") for e in picture.labels.iter()) == 1


def test_what_a_source_refutes_is_drawn_apart_and_explained(graph: kg.Graph) -> None:
    drawn = Picture(graph.export("svg", around="benign fasciculation"))
    classes = [line.attrib["class"] for line in drawn.lines.iter(f"{SVG}path")]
    assert classes.count("line refuted") == classes.count("line head refuted") > 4
    told = {t.text for t in drawn.root.iter(f"{SVG}text")}
    assert {"not so, says a source", "source that says it is not so", "shows as"} <= told


def test_a_source_has_one_number_in_text_and_picture(graph: kg.Graph) -> None:
    answer = graph.explain(TEXTS["busy"])
    drawn = [t.text or "" for t in Picture(answer.export("svg")).root.iter(f"{SVG}text")]
    for text in (answer.to_markdown(), answer.to_markdown(full=True)):
        known = dict(re.findall(r"(?m)^(\d+)\. (\S+ \S+)", text))
        shared = [n for n in known if f"{n}." in drawn]
        assert shared
        for number in shared:
            assert drawn[drawn.index(f"{number}.") + 1].startswith(known[number]), number


def test_names_are_plain_unless_clinical_ones_are_asked_for(graph: kg.Graph) -> None:
    answer = graph.explain("My nostril twitches and I drink coffee")
    plain, clinical = answer.export("svg"), answer.export("svg", level="clinical")
    assert "What may explain a twitch of the nostril" in plain
    assert "What may explain nostril twitching" in clinical
    empty = Picture(answer.export("svg", labels="none"))
    assert "caffeine" not in {t.text for t in empty.items.iter(f"{SVG}text")}


def test_a_picture_draws_as_much_as_is_asked_for(graph: kg.Graph) -> None:
    few, more = (
        len(Picture(graph.export("svg", around="muscle fasciculation", limit=limit)).boxes())
        for limit in (10, 50)
    )
    assert few <= 10 < 28 < more <= 50


def test_the_picture_of_a_query_shows_what_was_asked_about(graph: kg.Graph) -> None:
    asked = graph.query("remedies-for", finding="nostril twitching")
    root = Picture(graph.export("svg", query=asked)).root
    assert root[0].text == "Remedies for a finding: a twitch of the nostril"
    told = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(title.startswith("a twitch of the nostril – nostril twitching") for title in told)


def test_what_was_not_mentioned_has_another_outline(graph: kg.Graph) -> None:
    open_ = graph.export("svg", explanation=graph.explain(TEXTS["nothing told"]))
    reported = graph.export("svg", explanation=graph.explain(TEXTS["habits"]))
    assert 'untold"' in open_
    assert "not mentioned" in open_
    assert 'untold"' not in reported


def test_nobody_needs_colours_to_tell_the_sign() -> None:
    shapes = {
        line: [re.sub(r'class="[^"]*"', "", shape) for shape in head(line, (10, 10))[0]]
        for line in ("up", "down", "open", "shows", "kind", "part", "plain", "refuted")
    }
    for one, other in combinations(shapes.values(), 2):
        assert one != other
    assert ">?<" in "".join(shapes["open"])


def test_screen_readers_are_told_what_is_drawn(told: Explanation) -> None:
    root = Picture(draw_svg(draw_explanation(told))).root
    assert root.attrib["role"] == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "What may explain buzzing"
    assert root[1].tag == f"{SVG}desc"
    assert "Tea acts on brake; brake acts on cog; cog acts on buzzing." in (root[1].text or "")


# -- looks


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_area(theme: str) -> None:
    paper = THEMES[theme].diagram
    grounds = [paper.paper] + [
        look.fill_dark if THEMES[theme].dark else look.fill for look in appearance().looks.values()
    ]
    assert len(grounds) > 10
    for ground in grounds:
        assert contrast(paper.ink, ground) >= 4.5
    assert contrast(paper.quiet, paper.paper) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_lines_can_be_seen_on_the_paper(theme: str) -> None:
    paper = THEMES[theme].diagram
    lines = [paper.raises, paper.lowers, paper.unknown, paper.warns]
    lines += [
        look.outline_dark if THEMES[theme].dark else look.outline
        for look in appearance().looks.values()
    ]
    for line in lines:
        assert contrast(line, paper.paper) >= 3


def test_kinds_of_one_picture_differ_in_shape() -> None:
    looks = appearance()
    common = ["ft:Exposure", "ft:Substance", "ft:Process", "ft:Finding", "ft:Condition"]
    common += ["ft:Remedy", "ft:ProfessionalCare", "ft:AnatomicalStructure", "ft:RedFlag"]
    shapes = [looks.look(kind).shape for kind in common]
    assert len(set(shapes)) == len(shapes)


def test_every_kind_has_a_look_of_its_own_or_of_a_kind_above_it(graph: kg.Graph) -> None:
    looks = appearance()
    for concept in graph.view.concepts.values():
        assert looks.look(concept.kind).id in {*concept.kinds, "ft:Concept"}


def test_a_theme_is_followed_or_fixed(drawings: dict[str, Drawing]) -> None:
    auto, light, dark = (draw_svg(drawings["path"], theme) for theme in ("auto", "light", "dark"))
    assert "prefers-color-scheme: dark" in auto
    assert "@media" not in light + dark
    assert THEMES["dark"].diagram.paper in dark
    assert THEMES["dark"].diagram.paper not in light


# -- harm


HOSTILE = (
    "]]><script>alert(1)</script>",
    '" onload="alert(1)',
    "</text><image href='http://example.org/x.png'/>",
    "a\u202eb\u2066c",
    "\x00\x08\x1b[31m\ud800\ufffe",
    "=HYPERLINK(1)",
    "x" * 10_000,
    "word " * 2_000,
    "日本語" * 40,
    "&amp;&lt;",
    "",
)


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80)))
def test_any_label_is_harmless(label: str) -> None:
    nodes = tuple(
        Node(name, label, "ft:Process", label, None, label, label) for name in ("ft:a", "ft:b")
    )
    edge = Edge(
        "claim:a-b", "ft:a", "ft:b", "ft:r", label, 1, "asserted", None, 0.5, True, ("source:a",),
        (), False, None, label,
    )  # fmt: skip
    sources = (SourceItem("source:a", label, label, "javascript:alert(1)"),)
    picture = check(draw_svg(Drawing(label, "1", nodes, (edge,), sources)))
    for element in picture.root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "g", "title", "desc", "style", "text", "rect", "path", "circle",
        }  # fmt: skip
        assert not [key for key in element.attrib if key.startswith("on") or "href" in key]
        assert not [value for value in element.attrib.values() if ":" in value]
    assert "url(" not in picture.svg.partition("</style>")[0]


def test_labels_cannot_turn_the_direction_of_reading(drawings: dict[str, Drawing]) -> None:
    path = drawings["path"]
    turned = replace(path.nodes[0], label="\u202egnizzub")
    svg = draw_svg(replace(path, nodes=(turned, *path.nodes[1:])))
    assert "\u202e" not in svg


# -- files


@pytest.mark.parametrize("name", ["explanation", "path", "around"])
def test_golden(drawings: dict[str, Drawing], name: str) -> None:
    """`UPDATE_GOLDEN=1 pytest …` writes the files anew; look at them before they are committed."""
    drawn = draw_svg(drawings[name])
    check(drawn)
    file = GOLDEN / f"{name}.svg"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


def test_png_shows_the_theme_that_was_asked_for(graph: kg.Graph) -> None:
    sizes = {}
    for theme in ("light", "dark"):
        content = graph.export("png", path=("coffee", "nostril twitching"), theme=theme, width=400)
        assert isinstance(content, bytes)
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(content[16:20]) == 400
        sizes[theme] = content
    assert sizes["light"] != sizes["dark"]


def test_the_fonts_of_the_package_are_those_of_their_makers() -> None:
    folder = Path(kg.__file__).parent / "export" / "fonts"
    lines = (folder / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    told = {line.split("\t")[0]: line.split("\t")[-1] for line in lines}
    assert told == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ttf")
    }
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")


def test_an_option_that_a_format_does_not_have_is_told(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match='no option "theme": leave it out'):
        graph.export("nodelink", around="coffee", theme="dark")
    with pytest.raises(BadInput, match='no option "colour": use theme'):
        graph.explain("My lip twitches").export("svg", colour="red")


# -- measure


@given(st.text(max_size=60), st.floats(20, 200))
def test_lines_are_as_wide_as_asked_and_hold_all_words(text: str, limit: float) -> None:
    lines = wrap(text, 10, limit)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    for line in lines:
        assert text_width(line, 10) <= limit or len(line) <= 2
