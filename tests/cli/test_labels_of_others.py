"""Labels that somebody else wrote reach a terminal and a spreadsheet as text, not as commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import app

HOSTILE = r"""
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ft:hostile a ft:Habit ;
    skos:prefLabel "=HYPERLINK(1) \u001B[31m<img src=x>\u0007\u009B"@en ;
    skos:definition "A habit \u0000 of nobody."@en .
"""
QUERY = "SELECT ?l { ft:hostile skos:prefLabel ?l }"


@pytest.mark.parametrize(
    "arguments", [("show", "hostile"), ("query", QUERY), ("query", QUERY, "--csv")]
)
def test_nothing_in_a_label_is_a_command(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "label.ttl"
    file.write_text(HOSTILE, encoding="utf-8")
    done = CliRunner().invoke(app, [*arguments, "--add", str(file)])
    assert done.exit_code == 0
    assert "HYPERLINK" in done.stdout
    assert not {*"\x00\x07\x1b\x9b"} & {*done.stdout}
    if "--csv" in arguments:
        assert done.stdout.splitlines()[1].startswith("'=")
