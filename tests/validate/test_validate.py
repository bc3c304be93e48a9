"""The whole validation: what it takes, what it counts, what its report looks like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib

from kg.errors import BadInput, BadTurtle, MissingFile
from kg.loading import derive
from kg.resources import queries_dir
from kg.store import open_store
from kg.validate import Report, validate

from .conftest import TEXT, turtle_of

CALF = Path(__file__).resolve().parents[1] / "data" / "calf.ttl"


def test_the_knowledge_is_valid(report: Report) -> None:
    assert report.ok
    assert report.problems == ()
    assert report.counts["claims"] >= 250
    assert report.counts["evidence"] >= report.counts["claims"]
    assert report.counts["passages_checked"] == 0


def test_the_knowledge_keeps_every_rule(report: Report) -> None:
    assert [str(violation) for violation in report.shapes] == []
    assert report.counts["shapes"] >= 70


def test_the_knowledge_has_no_row(report: Report) -> None:
    assert [str(row) for row in report.quality] == []
    assert report.counts["quality_queries"] == len(list((queries_dir() / "quality").glob("*.rq")))


@pytest.mark.thorough
def test_added_files_are_checked_with_the_knowledge(tmp_path: Path) -> None:
    # The file about another muscle is as it should be, the other one is not.
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix ft: <https://w3id.org/facial-twitch/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://example.org/mine> a ft:Muscle ; skos:prefLabel "mine"@en ;\n'
        '  skos:definition "A muscle of mine."@en ; ft:part-of ft:face .\n',
        encoding="utf-8",
    )
    report = validate([CALF, mine])
    (violation,) = report.shapes
    assert violation.shape == "shape:relation-authored"
    assert str(violation).startswith("shape:relation-authored: ft:part-of: The edge from ")
    assert {row.query for row in report.quality} == {"edge-without-claim", "orphan-concept"}
    assert all("https://example.org/mine" in str(row) for row in report.quality)


@pytest.mark.thorough
def test_a_store_and_its_files_are_judged_alike(report: Report, articles: Path) -> None:
    with open_store() as store:
        again = validate(store, sources=articles)
    assert again.ok
    assert again.counts == {**report.counts, "passages_checked": report.counts["passages"]}


def test_a_graph_is_judged_as_it_is(tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=turtle_of(), format="turtle")
    (tmp_path / "hiccups").write_bytes(TEXT.replace("calm", "soothe").encode())
    stages: list[str] = []
    report = validate(derive(graph), sources=tmp_path, progress=stages.append)
    assert [(fault.paragraph, fault.sentence) for fault in report.passages] == [(2, 2), (3, 1)]
    assert not report.ok
    assert stages[:2] == ["reading", "shapes"]
    assert "passages" in stages


def test_the_report_is_plain_json(tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=turtle_of(), format="turtle")
    (tmp_path / "hiccups").write_bytes(TEXT.replace("calm", "soothe").encode())
    data = json.loads(json.dumps(validate(graph, sources=tmp_path).to_dict()))
    assert data["schema"] == "facial-twitch-kg/validation/1"
    assert data["ok"] is False
    assert data["counts"]["passages_checked"] == 4
    assert set(data) >= {"shapes", "quality", "passages"}
    assert all(
        set(fault) == {"passage", "file", "paragraph", "sentence", "message"}
        for fault in data["passages"]
    )
    assert all(set(each) == {"shape", "focus", "value", "message"} for each in data["shapes"])


def test_what_cannot_be_validated(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no such file"):
        validate(tmp_path / "nowhere.ttl")
    broken = tmp_path / "broken.ttl"
    broken.write_text("ft:a ft:b ft:c .", encoding="utf-8")
    with pytest.raises(BadTurtle, match=r"broken\.ttl, line 1"):
        validate([broken])
    with pytest.raises(BadInput, match="give files, a graph or a store"):
        validate(3)  # type: ignore[arg-type]
