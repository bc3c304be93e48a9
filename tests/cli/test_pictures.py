"""`kg face` and `kg nerve` write pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

Run = Callable[..., Result]
DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("command", ["face", "nerve"])
@pytest.mark.parametrize("given", [(), ("my left nostril twitches",), ("--concept", "LLSAN")])
def test_pictures_are_written_to_standard_output(
    command: str, given: tuple[str, ...], run: Run
) -> None:
    done = run(command, *given)
    assert done.exit_code == 0
    assert ElementTree.fromstring(done.stdout).tag.endswith("svg")


@pytest.mark.parametrize("command", ["face", "nerve"])
def test_a_file_is_written(command: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    assert run(command, "--theme", "dark", "-o", str(path)).stdout == ""
    assert "prefers-color-scheme" not in path.read_text(encoding="utf-8")


def test_a_file_that_ends_in_png_is_one(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    path = tmp_path / "picture.PNG"
    assert run("nerve", "--width", "200", "-o", str(path)).exit_code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_ones_own(run: Run) -> None:
    done = run(
        "face", "--add", str(DATA / "calf.ttl"), "--asset", str(DATA / "calf.svg"),
        "--concept", "tibial nerve",
    )  # fmt: skip
    assert done.exit_code == 0
    assert "A pair of lower legs from behind" in done.stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("face", "--concept", "caffeine"), "nothing in this picture shows"),
        (("face", "--concept", "no such thing"), "unknown concept"),
        (("face", "a twitch", "--concept", "LLSAN"), "two pictures"),
        (("face", "--asset", "none.svg"), "none.svg"),
        (("face", "--asset", "foot"), "unknown picture"),
        (("nerve", "--concept", "caffeine"), "no course leads to"),
        (("nerve", "--theme", "sepia"), "--theme"),
        (("faces",), "did you mean face?"),
    ],
)
def test_bad_input_is_one_line(given: tuple[str, ...], told: str, run: Run) -> None:
    done = run(*given)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_pictures_are_listed(run: Run) -> None:
    assert "Draw: Muscles and nerve of facial expression." in run("--help").stdout
    assert "--asset" in run("face", "--help").stdout
