"""`import kg` is cheap: the heavy libraries are loaded where they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"rdflib", "networkx", "rich", "pyshacl", "pandas", "rapidfuzz", "oxrdflib", "numpy"}


def loaded_by(program: str) -> set[str]:
    code = f"{program}; import sys; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return {name.partition(".")[0] for name in run.stdout.split()}


@pytest.mark.parametrize(
    "program",
    [
        "import kg",
        "from kg.store import open_store; open_store().ask('ASK { }')",
        "from kg.catalogue import read_catalogue; read_catalogue().list()",
    ],
)
def test_heavy_libraries_are_not_loaded(program: str) -> None:
    assert loaded_by(program) & HEAVY == set()


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], HEAVY | {"pyoxigraph"}),
        (["explain", "--json", "my nose twitches"], HEAVY),
    ],
)
def test_commands_load_no_more_than_they_use(arguments: list[str], absent: set[str]) -> None:
    program = (
        "import contextlib, io, sys; from kg.cli import main\n"
        f"sys.argv[1:] = {arguments}\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()\n"
        "pass"
    )
    assert loaded_by(program) & absent == set()


def test_the_version_is_that_of_the_distribution() -> None:
    from importlib.metadata import version

    import kg

    assert version("facial-twitch-kg") == kg.__version__


def test_an_unknown_name_is_an_attribute_error() -> None:
    import kg

    with pytest.raises(AttributeError, match="nothing"):
        _ = kg.nothing
