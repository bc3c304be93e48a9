"""Tables: pandas reads them back, and no spreadsheet runs what is in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from kg.cells import defused
from kg.cli.app import app
from kg.export.columns import edge_cells, node_cells
from kg.export.drawing import Drawing
from kg.export.formats.csv import write
from kg.export.text import legal

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def tables(content: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        return {name: files.read(name).decode() for name in files.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cell(value: Any) -> str:
    if isinstance(value, str):
        return defused(legal(value).replace("\r\n", "\n").replace("\r", "\n"))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def check(drawing: Drawing) -> None:
    found = tables(write(drawing))
    nodes = [{"id": n.id, **node_cells(n)} for n in drawing.nodes]
    edges = [
        {"id": e.id, "source": e.source, "target": e.target, **edge_cells(e)} for e in drawing.edges
    ]
    for name, told in (("nodes.csv", nodes), ("edges.csv", edges)):
        expected = [{column: cell(value) for column, value in row.items()} for row in told]
        assert rows(found[name]) == expected
        numbers = {"polarity", "confidence"}
        for row in rows(found[name]):
            for column, value in row.items():
                assert column in numbers or not value.startswith(DANGEROUS)


@pytest.mark.parametrize("name", ["whole", "around", "explanation", "path", "lonely", "hostile"])
def test_both_tables_hold_what_was_drawn(drawings: dict[str, Drawing], name: str) -> None:
    check(drawings[name])


@given(st.data())
def test_any_text_comes_back_and_no_cell_is_a_formula(any_drawing: Any, data: DataObject) -> None:
    check(data.draw(any_drawing))


def test_pandas_reads_numbers_as_numbers(whole: Drawing) -> None:
    found = tables(write(whole))
    nodes = pandas.read_csv(io.StringIO(found["nodes.csv"]), keep_default_na=False)
    edges = pandas.read_csv(io.StringIO(found["edges.csv"]))
    assert nodes["label"].tolist() == [node.label for node in whole.nodes]
    assert edges["confidence"].tolist() == [edge.confidence for edge in whole.edges]
    assert edges["supported"].tolist() == [edge.supported for edge in whole.edges]
    polarity = [None if pandas.isna(value) else value for value in edges["polarity"]]
    assert polarity == [edge.polarity for edge in whole.edges]


def test_a_folder_gets_the_two_files_and_a_file_the_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", "--format", "csv", "--around", "coffee", "-o"]
    for target in (f"{tmp_path}/new/", str(tmp_path / "a.zip")):
        with pytest.raises(SystemExit) as left:
            app.main([*command, target])
        assert left.value.code == 0
    written = {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "new").iterdir()}
    assert written == tables((tmp_path / "a.zip").read_bytes())
    assert rows(written["nodes.csv"])
    with pytest.raises(SystemExit) as left:
        app.main(["export", "--format", "turtle", "--around", "coffee", "-o", str(tmp_path)])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
