"""What the tests of the formats share: the graph, hostile drawings, and readers of others."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import kg
from kg.explain.model import EvidenceItem, SourceItem
from kg.export.drawing import Drawing, Edge, Node
from kg.export.drawn import draw_selection
from kg.export.selection import select

JS = Path(__file__).parent.parent / "js"
TEXT = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"
HOSTILE = (
    "\x00\x01\x08\x0b\x1f\x7f\x9f control",
    "]]> <![CDATA[ <!-- --> ?>",
    '"quotes" \'and\' `ticks` ``` \\" \\',
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)> &amp; &#60; &lt;",
    "\u202eright to left\u202c \u200f \u2066 \u0627\u0644",
    "x" * 10_000,
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "line\nbreak\r\nand\ttab\u2028\u2029",
    "end\nend; subgraph x[y] --> z %% click a call b()",
    "%%{init: {'theme':'x'}}%%",
    "#35; #quot; \\N \\G \\l",
    '"] -> "x" [label="',
    "# title | table | [link](javascript:alert(1)) ![x](http://evil)",
    "https://example.org www.example.org",
    "",
    " ",
    "\ufffe\uffff\U0001f600 \U0010ffff",
    "NaN",
    "true",
    "null",
    "1.0",
)


def missing(what: str, install: str) -> NoReturn:
    """Skip the test, or fail where every reader has to be there."""
    told = f"{what} is not here: {install}"
    if os.environ.get("KG_REQUIRE_READERS"):
        pytest.fail(f"KG_REQUIRE_READERS is set, and {told}")
    pytest.skip(told)


@pytest.fixture(scope="session")
def need_module() -> Callable[[str, str], ModuleType]:
    """Import a reader, by the name of its module and of what to install with pip."""

    def need(name: str, package: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ImportError:
            missing(name, f"pip install {package}")

    return need


@pytest.fixture(scope="session")
def run_program() -> Callable[..., str]:
    """Run a reader on a text, by the name of its Debian package; a failure fails the test."""

    def run(package: str, *command: str, text: str) -> str:
        if shutil.which(command[0]) is None:
            missing(command[0], f"apt-get install {package}")
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr.decode()[:2_000]
        return done.stdout.decode()

    return run


@pytest.fixture(scope="session")
def run_node(run_program: Callable[..., str]) -> Callable[[str, str], dict[str, Any]]:
    """Read a text with a JavaScript library, in Node."""

    def run(library: str, text: str) -> dict[str, Any]:
        if not (JS / "node_modules" / library).is_dir():
            missing(f"the JavaScript library {library}", "npm install --prefix tests/js")
        told = run_program("nodejs", "node", str(JS / "read.mjs"), library, text=text)
        found: dict[str, Any] = json.loads(told)
        return found

    return run


@pytest.fixture(scope="session")
def whole(graph: kg.Graph) -> Drawing:
    return draw_selection(select(graph.view, graph.store))


@pytest.fixture(scope="session")
def drawings(graph: kg.Graph, whole: Drawing, hostile: Drawing) -> dict[str, Drawing]:
    """Drawings of every size and kind."""
    from kg.export.drawn import draw_chains, draw_explanation

    view = graph.view
    return {
        "whole": whole,
        "around": draw_selection(select(view, graph.store, "ft:caffeine", 1)),
        "explanation": draw_explanation(graph.explain(TEXT), view),
        "path": draw_chains(graph.path("coffee", "nostril twitching"), view),
        "lonely": draw_selection(select(view, graph.store, "ft:caffeine", 0)),
        "hostile": hostile,
    }


def make_drawing(texts: list[str]) -> Drawing:
    """A drawing whose every text comes from the list, two edges between the same nodes."""

    def text(number: int) -> str:
        return texts[number % len(texts)]

    nodes = tuple(
        Node(f"ft:n{i}", text(i), "ft:Thing", text(i + 1), None, text(i + 2), "ft:n", text(i + 3))
        for i in range(100, 100 + len(texts) + 1)
    )
    edges = tuple(
        Edge(
            id=f"claim:{i}",
            source=nodes[i // 2 % len(nodes)].id,
            target=nodes[(i // 2 + 1) % len(nodes)].id,
            relation="ft:acts",
            phrase=text(i + 4),
            polarity=(1, -1, 0, None)[i % 4],
            hedge="possible",
            frequency=text(i + 5),
            confidence=0.25,
            supported=i % 2 == 0,
            sources=("source:a",),
            evidence=(EvidenceItem("source:a", text(i + 6), "supports"),),
            contested=i % 3 == 0,
            extent=None,
            text=text(i + 7),
        )
        for i in range(100, 100 + 2 * len(texts))
    )
    sources = (SourceItem("source:a", texts[0], "review", texts[-1]),)
    return Drawing(texts[0], "1", nodes, edges, sources)


@pytest.fixture(scope="session")
def hostile() -> Drawing:
    """Texts that break careless writers, in every place that holds a text."""
    return make_drawing(list(HOSTILE))


@pytest.fixture(scope="session")
def any_drawing() -> SearchStrategy[Drawing]:
    """Drawings with any texts, those that break careless writers among them."""
    characters = st.characters(codec="utf-8")
    texts = st.sampled_from(HOSTILE) | st.text(characters, max_size=30)
    return st.lists(texts, min_size=1, max_size=4).map(make_drawing)


@pytest.fixture(scope="session")
def hostile_texts() -> list[str]:
    return list(HOSTILE)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
