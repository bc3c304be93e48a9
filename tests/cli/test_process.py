"""The command as a process of its own: what it loads, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kg.cli import app

HEAVY = {"rdflib", "networkx", "pyoxigraph", "rich", "pyshacl", "pandas", "rapidfuzz"}


def loaded_by(*arguments: str) -> set[str]:
    code = (
        "import sys\n"
        "from kg.cli import app\n"
        f"try: app.main({list(arguments)!r}, prog_name='kg')\n"
        "except SystemExit: pass\n"
        "print('\\n', *sorted(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return {name.partition(".")[0] for name in run.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("arguments", [("--help",), ("explain", "--help"), ("export", "--help")])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) & HEAVY == set()


def test_a_query_compiles_nothing() -> None:
    loaded = loaded_by("query", "SELECT ?o { ft:caffeine ft:blocks ?o }")
    assert loaded & (HEAVY - {"pyoxigraph"}) == set()


def test_a_query_by_iri_does_not_compile_the_view() -> None:
    code = (
        "import sys, kg\n"
        "graph = kg.open()\n"
        "graph.query('remedies-for', finding='ft:nostril-twitching')\n"
        "print('kg.compile' in sys.modules)\n"
        "graph.query('remedies-for', finding='nostril twitching')\n"
        "print('kg.compile' in sys.modules)\n"
    )
    environment = {**os.environ, "KG_CACHE": "off"}
    run = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert run.stdout.split() == ["False", "True"]


def kg(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, **options
    )


def test_python_m_kg_is_the_command() -> None:
    assert kg("--help").stdout.startswith("Usage: kg ")


def test_a_closed_pipe_is_quiet() -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kg",
            "export",
            "--format",
            "ntriples",
            "--around",
            "caffeine",
            "--depth",
            "2",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    # Some systems take a large write as a whole although nobody reads it to its end.
    assert process.wait(timeout=60) in (0, 141)


def test_ctrl_c_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.graph.open_graph", interrupted)
    result = CliRunner().invoke(app, ["info"])
    assert (result.exit_code, result.output) == (130, "")


def test_a_full_disk_is_one_line() -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    with open("/dev/full", "w", encoding="ascii") as full:
        run = subprocess.run(
            [sys.executable, "-m", "kg", "info"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "cannot write the output" in run.stderr


def test_a_terminal_without_unicode_is_no_reason_to_fail() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = kg("explain", "my nostril twitches", env=environment)
    assert run.returncode == 0
    assert run.stderr == ""


def test_a_query_that_takes_too_long_is_given_up() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    command = [sys.executable, "-m", "kg", "query", endless, "--timeout", "0.5"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: the query was not answered within 0.5 s")
