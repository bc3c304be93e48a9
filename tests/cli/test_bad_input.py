"""Whatever cannot be used: one helpful line on standard error, exit code 2, no traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import Result

from .conftest import Run


def refused(result: Result, *words: str) -> str:
    """Check that the error is one line that holds the words, and that nothing else was written."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr
    return result.stderr


def test_a_finding_that_is_both_present_and_absent(run: Run) -> None:
    refused(
        run("explain", "--finding", "caffeine", "--absent", "coffee"), "both present and absent"
    )


def test_a_day_that_is_none_is_told(run: Run) -> None:
    refused(run("explain", "--date", "2026-02-30", "lid"), "no such day as 2026-02-30")
    refused(run("explain", "--date", "yesterday", "lid"), "give a day like 2026-11-28")


def test_an_empty_question_is_told_to_ask(run: Run) -> None:
    refused(run("ask", " "), "ask one")


def test_an_unknown_concept_names_the_nearest_three(run: Run) -> None:
    line = refused(run("show", "caffene"), 'unknown concept "caffene": did you mean caffeine')
    assert line.count(",") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "caffene", "stress"),
        ("explain", "--finding", "caffene"),
        ("explain", "--absent", "caffene"),
        ("export", "--format", "turtle", "--around", "caffene"),
        ("query", "remedies-for", "--param", "finding=caffene"),
    ],
)
def test_an_unknown_concept_is_told_wherever_one_is_named(
    run: Run, arguments: tuple[str, ...]
) -> None:
    refused(run(*arguments), 'unknown concept "caffene"', "caffeine")


def test_an_ambiguous_concept_lists_the_candidates(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        """
        @prefix ft: <https://w3id.org/facial-twitch/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        ft:first-doodad a ft:Habit ; skos:prefLabel "doodad"@en ; skos:definition "One."@en .
        ft:second-doodad a ft:Habit ; skos:prefLabel "doodad"@en ; skos:definition "Two."@en .
        """,
        encoding="utf-8",
    )
    result = run("show", "doodad", "--add", str(mine))
    assert result.exit_code == 2
    note, error = result.stderr.splitlines()
    assert note.startswith('note: "doodad" is a name of ft:first-doodad and ft:second-doodad')
    assert error == (
        'error: ambiguous concept "doodad": use one of ft:first-doodad, ft:second-doodad'
    )


def test_broken_turtle_names_file_and_line(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text("@prefix ft: <https://w3id.org/facial-twitch/> .\nft:a ft:b\n", "utf-8")
    refused(run("info", "--add", str(mine)), f"{mine}, line ", "not valid Turtle")


def test_broken_sparql_names_the_place_in_what_was_typed(run: Run) -> None:
    refused(run("query", "SELECT ?o {\n  ft:caffeine ft:blocks }"), "(line 2, column 25)")


def test_a_query_that_changes_data_is_refused(run: Run) -> None:
    refused(run("query", "INSERT DATA { ft:a ft:b ft:c }"), "SELECT, ASK, CONSTRUCT or DESCRIBE")


@pytest.mark.parametrize(
    "arguments",
    [
        ("info", "--add", "nowhere.ttl"),
        ("query", "nowhere.rq"),
        ("validate", "nowhere.ttl"),
        ("validate", "--sources", "nowhere"),
    ],
)
def test_a_missing_file_is_named(run: Run, arguments: tuple[str, ...]) -> None:
    refused(run(*arguments), "nowhere", "no such f")


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "out.nt"
    refused(
        run("export", "--format", "ntriples", "--around", "coffee", "-o", str(target)),
        str(target),
        "written",
    )


def test_an_endpoint_that_is_down_is_named(run: Run) -> None:
    refused(
        run("info", "--graph", "http://127.0.0.1:9/query"), "http://127.0.0.1:9/query", "server"
    )


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_text_is_refused(run: Run, text: str) -> None:
    refused(run("explain", text), "empty")
    refused(run("explain", "-", stdin=text), "empty")


def test_no_text_at_all_is_refused(run: Run) -> None:
    refused(run("explain"), "empty")


def test_a_megabyte_of_text_is_refused(run: Run) -> None:
    refused(run("explain", "-", stdin="my lip twitches " * 65_536), "1,048,576 characters")


@pytest.mark.parametrize("mark", ["\0", "\x1b", "\x07", "\x9f"])
def test_control_characters_are_refused_and_not_echoed(run: Run, mark: str) -> None:
    line = refused(run("explain", "-", stdin=f"my lip{mark} twitches"), "control character U+00")
    assert mark not in line


def test_a_hostile_name_is_escaped(run: Run) -> None:
    line = refused(run("show", "\x1b[31mred\nline"), "unknown concept")
    assert "\x1b" not in line


def test_bytes_that_are_no_text_are_refused(run: Run) -> None:
    refused(run("explain", "-", stdin=b"caf\xe9"), "not UTF-8")


def test_unknown_names_of_commands_queries_and_formats_are_told(run: Run) -> None:
    refused(run("explian", "x"), 'no such command "explian": did you mean explain?')
    refused(run("query", "remedies-fro"), "did you mean", "remedies-for")
    refused(run("queries", "remedies-fro"), "did you mean", "remedies-for")
    refused(run("export", "--format", "papyrus"), 'unknown format "papyrus"', "turtle")


def test_wrong_parameters_are_told(run: Run) -> None:
    refused(run("query", "remedies-for", "--param", "finding"), "NAME=VALUE")
    refused(
        run("query", "remedies-for", "--param", "flavour=sweet"), "flavour", "no such parameter"
    )
    refused(run("query", "ASK { ?s ?p ?o }", "--param", "s=x"), '"s" has no place')


@pytest.mark.parametrize(
    "arguments",
    [("show",), ("path", "stress"), ("explain", "--wat"), ("explain", "x", "--json", "--markdown")],
)
def test_wrong_usage_points_to_the_help(run: Run, arguments: tuple[str, ...]) -> None:
    refused(run(*arguments), "--help")


def test_a_port_that_is_taken(run: Run) -> None:
    pytest.importorskip("starlette")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused(run("serve", "--port", port), f"127.0.0.1:{port}", "--port")


def test_a_name_that_was_read_as_another_is_told_where_nothing_is_found(run: Run) -> None:
    done = run("query", "remedies-for", "--param", "finding=nostrill", "--csv")
    assert done.exit_code == 0
    assert done.stderr == "note: no row for finding = nostril (ft:nostril)\n"


def test_a_folder_that_is_new_is_told(run: Run, tmp_path: Path) -> None:
    told = f"note: {tmp_path / 'new'} is new: the graph is kept there from now on\n"
    assert run("info", "--graph", str(tmp_path / "new")).stderr == told
    assert run("info", "--graph", str(tmp_path / "new")).stderr == ""


@pytest.mark.parametrize(
    "name", ["htp://localhost:7878/query", "localhost:7878", "localhost:7878/query", "mine.ttl"]
)
def test_an_address_or_a_file_with_a_slip_makes_no_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run("info", "--graph", name), name, "http://", "folder")
    assert list(tmp_path.iterdir()) == []
