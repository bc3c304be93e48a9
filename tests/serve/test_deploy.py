"""The files for running it: nobody starts a container here, so what they say is held to what is."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from kg.cli import app

ROOT = Path(__file__).resolve().parents[2]
DOCKER = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = ROOT / "deploy" / "compose.yaml"
UNIT = (ROOT / "deploy" / "kg.service").read_text(encoding="utf-8")


def commands() -> list[list[str]]:
    """The words of every `kg` that a container or the unit runs."""
    steps = re.findall(r"^(?:RUN|ENTRYPOINT) (.*)$", DOCKER, re.MULTILINE)
    steps += re.findall(r"^ExecStart=(.*)$", UNIT, re.MULTILINE)
    found = []
    for step in steps:
        plain = " ".join(re.findall(r'"([^"]*)"', step)) if step.startswith("[") else step
        ours = filter(re.compile(r"(?:\S*/)?kg ").match, map(str.strip, plain.split("&&")))
        found += [shlex.split(part.partition(" > ")[0])[1:] for part in ours]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_that_is_run_is_one_of_ours(words: list[str]) -> None:
    command = app.get_command(click.Context(app), words[0])
    assert command is not None
    command.make_context(words[0], words[1:])


def test_the_commands_are_found() -> None:
    assert [words[0] for words in commands()] == ["explain", "query", "serve", "serve"]


def test_what_is_installed_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "[serve]" in DOCKER
    assert "serve" in project["optional-dependencies"]
    least = project["requires-python"].removeprefix(">=").split(".")
    for version in re.findall(r"^FROM python:([\d.]+)", DOCKER, re.MULTILINE):
        assert list(map(int, version.split("."))) >= list(map(int, least))
    assert re.search(r"^USER \d+$", DOCKER, re.MULTILINE), "it runs without rights"
    # What the image is built of is not kept out of it.
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not {"kg", "ontology", "queries", "pyproject.toml", "README.md"} & set(ignored)


def test_the_services_of_compose_hold_together() -> None:
    yaml = pytest.importorskip("yaml")
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    known = {
        "build", "cap_drop", "command", "depends_on", "image", "mem_limit", "ports", "profiles",
        "read_only", "restart", "security_opt", "tmpfs", "volumes",
    }  # fmt: skip
    for name, service in services.items():
        assert service.keys() <= known, name
        assert ("build" in service) != ("image" in service), name
        if "build" in service:
            assert (COMPOSE.parent / service["build"] / "Dockerfile").is_file()
        for port in service.get("ports", ()):
            assert re.fullmatch(r"127\.0\.0\.1:\d+:8100", port), "on the loopback alone"
        assert set(service.get("depends_on", ())) <= services.keys()
    # What the image begins with, and what a service adds to it, is a command together.
    started = [*commands()[2][1:], *services["remote"]["command"]]
    command = app.get_command(click.Context(app), "serve")
    assert command is not None
    asked = command.make_context("serve", started).params
    assert services["store"]["command"][-1].rpartition(":")[2] == "7878"
    assert asked["host"] == "0.0.0.0"
