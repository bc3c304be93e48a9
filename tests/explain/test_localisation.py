"""Where the fault sits: described cases with the answer of the teaching source.

A structure counts as told when it fits at least half as well as the best one, so ties count; the
structures that the source allows beside the expected one count as well.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.explain.cite import Citations
from kg.explain.location import Locator
from kg.explain.model import Location
from kg.explain.reading import Reading
from kg.explain.taxonomy import Taxonomy
from kg.recognise.case import Case, Finding

TABLE = Path(__file__).parent / "data" / "localisation.tsv"
TOLD = 0.5

with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def locate(graph: kg.Graph):
    taxonomy = Taxonomy(graph.view)
    locator = Locator(graph.view, Citations(graph.view), taxonomy)
    return lambda case: locator.locate(Reading(graph.view, taxonomy, case))


def findings(cell: str, status: str) -> Iterator[Finding]:
    for name in filter(None, cell.split(";")):
        finding, _, site = name.strip().partition("@")
        yield Finding(f"ft:{finding}", status, site=f"ft:{site}" if site else None)


def case_of(row: dict[str, str]) -> Case:
    affected, spared = findings(row["affected"], "present"), findings(row["spared"], "absent")
    return Case(row["text"], (*affected, *spared))


def right(row: dict[str, str]) -> set[str]:
    names = (row["expected_structure"], *row["also_right"].split(";"))
    return {f"ft:{name}" for name in names if name}


def told(location: Location) -> set[str]:
    return {s.id for s in location.structures if s.fit >= TOLD}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_described_case(graph: kg.Graph, locate, row: dict[str, str]) -> None:
    names = {f.id for f in case_of(row).findings} | right(row)
    assert names <= graph.view.concepts.keys()
    location = locate(case_of(row))
    assert right(row) & told(location)
    best = location.structures[0]
    assert best.fit == 1.0
    assert best.why
    assert set(best.claims) <= graph.view.claims.keys()


def test_the_first_structure_is_mostly_the_right_one(locate) -> None:
    first = [locate(case_of(row)).structures[0].id in right(row) for row in ROWS]
    assert sum(first) >= 40


def test_the_words_of_many_cases_lead_to_the_right_structure(graph: kg.Graph) -> None:
    found = [bool(right(row) & told(graph.explain(row["text"]).location)) for row in ROWS]
    assert sum(found) >= 30


def test_a_short_answer_is_given_nearly_always(locate) -> None:
    sizes = [len(told(locate(case_of(row)))) for row in ROWS]
    assert sorted(sizes)[len(sizes) // 2] <= 2
    assert max(sizes) <= 8


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_no_reason_is_told_twice(locate, row: dict[str, str]) -> None:
    for structure in locate(case_of(row)).structures:
        inner = structure.why.replace("(", "; ").replace(")", "")
        sentences = [part.strip() for part in inner.split(";")]
        assert len(sentences) == len(set(sentences))


def test_the_path_runs_from_the_brain_to_the_muscle(locate) -> None:
    case = Case("", (Finding("ft:facial-muscle-twitching", "present", site="ft:chin"),))
    path = locate(case).path
    order = [step.id for step in path]
    assert order.index("ft:facial-motor-nucleus") < order.index("ft:facial-nerve-root-exit-zone")
    assert order[-1] == "ft:mentalis"
    assert path[-1].told
    assert [step.after for step in path[1:]][-1] in order
    assert path[0].after is None


def test_weakness_is_told_from_irritation(locate) -> None:
    weak = Case("", (Finding("ft:peripheral-pattern-weakness", "present"),
                     Finding("ft:taste-change", "present"),
                     Finding("ft:reduced-tearing", "absent")))  # fmt: skip
    moving = Case("", (Finding("ft:hemifacial-contraction", "present"),))
    assert {s.change for s in locate(weak).structures} == {"lesion"}
    assert {s.change for s in locate(moving).structures} == {"irritation"}


def test_weakness_of_half_the_face_alone_gets_a_wide_answer(locate) -> None:
    location = locate(Case("", (Finding("ft:peripheral-pattern-weakness", "present"),)))
    assert location.structures[0].id == "ft:facial-nerve"
    assert "fit about equally well" in location.structures[0].why
    assert sum(step.told for step in location.path) > 5


def test_eyelid_and_chin_together_are_no_matter_of_the_brain(locate) -> None:
    case = Case("", tuple(Finding("ft:facial-muscle-twitching", "present", site=f"ft:{site}")
                          for site in ("eyelid", "chin")))  # fmt: skip
    assert [s.id for s in locate(case).structures] == ["ft:parotid-plexus"]


@pytest.mark.parametrize("beside", ["dry-mouth", "numbness", "continuous-movement", "tinnitus",
                                    "muscle-weakness", "double-vision"])  # fmt: skip
def test_a_common_sign_beside_a_lid_twitch_does_not_move_it_to_the_skull(locate, beside) -> None:
    case = Case("", (Finding("ft:eyelid-twitching", "present"), Finding(f"ft:{beside}", "present")))
    assert locate(case).structures[0].id == "ft:orbicularis-oculi"
