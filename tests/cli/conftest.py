"""Running the command line inside the test process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import app

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, graph: kg.Graph) -> Run:
    """Run `kg` with arguments; standard input may be text or bytes.

    Commands on the graph as it comes share that of the tests, which is warm; `test_process.py`,
    and the examples of the README, open it as a process does.
    """
    monkeypatch.setenv("NO_COLOR", "1")
    open_graph = kg.graph.open_graph

    def opened(source: Any = None, **options: Any) -> AbstractContextManager[kg.Graph]:
        if source is not None or options.get("add"):
            return open_graph(source, **options)
        graph._resolver.notes.clear()
        graph._recogniser.notes.clear()
        return nullcontext(graph)

    monkeypatch.setattr("kg.graph.open_graph", opened)

    def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(args), input=stdin, prog_name="kg")

    return invoke
