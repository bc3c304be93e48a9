"""A course tells its stations in order, what leaves where, and where the trouble may sit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.errors import BadInput
from kg.explain.anatomy import Anatomy
from kg.export.figure.course import Course

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = Path(__file__).parent / "golden"
PALSY = "Left half of my face is weak, cannot close the eye, sounds are too loud, taste gone"
PREFIXES = """
@prefix claim: <https://w3id.org/facial-twitch/claim/> .
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/facial-twitch/source/> .
"""


def stations(svg: str) -> list[str]:
    """The ids of the groups that can be focused, in the order of the picture."""
    return [
        e.get("data-concept", "")
        for e in ElementTree.fromstring(svg).iter()
        if e.get("data-concept") and e.get("tabindex") == "0"
    ]


def test_stations_come_in_the_order_of_the_graph(graph: kg.Graph) -> None:
    path = Anatomy(graph.view).paths[0]
    drawn = stations(graph.course().svg)
    assert [station for station in drawn if station in path] == list(path)


def test_what_leaves_stands_at_the_station_that_it_branches_from(graph: kg.Graph) -> None:
    plan = Course(graph.view).plain()
    for station in plan.stations:
        query = f"SELECT ?b {{ ?b ft:branch-of {station.id} }}"
        expected = {row[0] for row in graph.query(query).to_records()}
        assert {leaf.id for leaf in station.leaves} == expected
        for leaf in station.leaves:
            supplied = set(graph.view.objects(leaf.id, "ft:innervates"))
            assert supplied <= {served for served, _, _ in leaf.serves}


def test_what_lies_beside_a_station_is_named(graph: kg.Graph) -> None:
    beside = {s.id: s.beside for s in Course(graph.view).plain().stations}
    assert beside["ft:facial-intrapontine-fascicle"] == ("abducens nucleus",)
    assert "vestibulocochlear nerve" in beside["ft:cerebellopontine-angle"]


def test_bands_hold_their_stations(graph: kg.Graph) -> None:
    plan = Course(graph.view).plain()
    held = {
        band.id: [s.id for s in plan.stations[band.first : band.last + 1]] for band in plan.bands
    }
    assert held["ft:pons"] == ["ft:facial-motor-nucleus", "ft:facial-intrapontine-fascicle"]
    assert "ft:facial-mastoid-segment" in held["ft:temporal-bone"]
    assert "ft:cerebellopontine-angle" not in held["ft:temporal-bone"]


def test_the_seats_are_marked_with_the_signs_that_led_there(graph: kg.Graph) -> None:
    explanation = graph.explain(PALSY)
    plan = Course(graph.view).explanation(explanation)
    by_id = {s.id: s for s in plan.stations}
    assert explanation.location.structures
    for structure in explanation.location.structures:
        station = by_id[structure.id]
        assert station.role == ("seat" if structure.fit >= 0.999 else "possible")
        assert station.covers == tuple(map(graph.view.label, structure.covers))
        assert station.spares == tuple(map(graph.view.label, structure.spares))


def test_the_course_of_an_answer_fits_a_page_and_tells_what_differs(graph: kg.Graph) -> None:
    for report in (PALSY, "my right nostril keeps twitching"):
        root = ElementTree.fromstring(graph.course(report).svg)
        assert float(root.get("height", 0)) < 1.4142 * float(root.get("width", 0))
    told = "".join(ElementTree.fromstring(graph.course(PALSY).svg).itertext())
    assert told.count("changed taste") == 1


def test_the_way_to_a_concept_is_marked(graph: kg.Graph) -> None:
    plan = Course(graph.view).concept("ft:chorda-tympani")
    path = [s.id for s in plan.stations]
    end = path.index("ft:facial-mastoid-segment")
    assert [s.role for s in plan.stations] == [
        *["leads"] * (end + 1), *[""] * (len(path) - end - 1)
    ]  # fmt: skip
    leaves = {leaf.id: leaf.role for s in plan.stations for leaf in s.leaves}
    assert leaves["ft:chorda-tympani"] == "asked"
    assert leaves["ft:nerve-to-stapedius"] == ""


def test_supply_that_sources_disagree_about_is_told(graph: kg.Graph) -> None:
    plan = Course(graph.view).concept("ft:levator-labii-superioris")
    roles = {leaf.id: leaf.role for s in plan.stations for leaf in s.leaves}
    assert roles["ft:facial-nerve-buccal-branches"] == "disputed"
    assert roles["ft:facial-nerve-zygomatic-branches"] == "disputed"
    assert roles["ft:facial-nerve-cervical-branch"] == ""


def test_no_course_leads_to_a_drink(graph: kg.Graph) -> None:
    with pytest.raises(BadInput, match="no course leads to"):
        graph.course(concept="caffeine")


def test_a_report_that_tells_nothing_of_where(graph: kg.Graph) -> None:
    svg = graph.course("I sleep badly").svg
    assert "does not say where" in "".join(ElementTree.fromstring(svg).itertext())


HOSTILE = "a</text><script>alert(1)</script> ]]> & \\u202e " + "x" * 3000


@pytest.fixture(scope="module")
def pipes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """A longer course than that of the graph, about something else, with a hostile label."""
    names = [f"pipe-{number:02}" for number in range(20)]
    lines = [PREFIXES]
    for name in [*names, "tap"]:
        label = HOSTILE if name == "pipe-03" else name
        lines.append(
            f'ft:{name} a ft:Nerve ; skos:prefLabel "{label}"@en ; skos:definition "A pipe."@en .'
        )
    claims = [(a, "continuous-with", b) for a, b in pairwise(names)]
    for subject, predicate, thing in [*claims, ("tap", "branch-of", "pipe-07")]:
        lines.append(
            f"claim:{subject}-{predicate}-{thing} a ft:Claim ; rdf:subject ft:{subject} ;"
            f" rdf:predicate ft:{predicate} ; rdf:object ft:{thing} ; ft:hedge ft:asserted ;"
            " ft:evidence [ ft:direction ft:supports ; ft:source source:kenhub-facial-nerve ] ."
        )
    path = tmp_path_factory.mktemp("pipes") / "pipes.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with kg.open(add=path) as opened:
        yield opened


def test_another_course_is_drawn_from_its_claims(pipes: kg.Graph) -> None:
    drawn = stations(pipes.course().svg)
    assert drawn == [
        *[f"ft:pipe-{n:02}" for n in range(8)], "ft:tap",
        *[f"ft:pipe-{n:02}" for n in range(8, 20)],
    ]  # fmt: skip


def test_a_hostile_label_stays_inert(pipes: kg.Graph) -> None:
    svg = pipes.course(concept="ft:tap").svg
    assert "<script" not in svg
    assert "\u202e" not in svg
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"


def test_everything_stands_inside_the_picture(graph: kg.Graph, pipes: kg.Graph) -> None:
    for svg in (graph.course().svg, graph.course(PALSY).svg, pipes.course().svg):
        root = ElementTree.fromstring(svg)
        width, height = (float(root.get(side, 0)) for side in ("width", "height"))
        for text in root.iter(f"{SVG}text"):
            assert 0 <= float(text.get("x", 0)) <= width
            assert 0 <= float(text.get("y", 0)) <= height
