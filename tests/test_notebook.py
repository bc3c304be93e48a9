"""What a notebook shows: text, Markdown and HTML that run nothing; and the tour runs through."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.query_result import QueryResult

TOUR = Path(__file__).parents[1] / "examples" / "tour.ipynb"
STORY = "My nostril keeps twitching, three espressos a day, slept badly, no weakness"
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(2)> | **b** \u202e\x1b[31m"
FORMS = {"text/plain", "text/markdown", "text/html"}


class Tags(HTMLParser):
    """The elements of a piece of HTML and the names of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def inert(text: str) -> Tags:
    """The elements of a piece of HTML that may run nothing and ask for nothing."""
    found = Tags(text)
    assert not {"script", "iframe", "object", "embed", "form", "img", "link"} & set(found.tags)
    assert not {name for name in found.attributes if name.startswith("on")}
    assert all(re.match(r"https?://|#", link) for link in found.links)
    return found


@pytest.mark.parametrize(
    ("ask", "word"),
    [
        (lambda graph: graph.explain(STORY), "caffeine"),
        (lambda graph: graph.explain("my knee is green"), "lies outside"),
        (lambda graph: graph.show("coffee"), "caffeine"),
        (lambda graph: graph.query("remedies-for", finding="nostril twitching"), "caffeine"),
        (lambda graph: graph.path("coffee", "nostril twitching"), "nostril twitching"),
        (lambda graph: graph.path("nostril twitching", "coffee"), "No chain"),
        (lambda graph: graph.why("benign twitch", rather_than="stroke", text=STORY), "stroke"),
        (lambda graph: graph.flip(STORY, urgency=True), "doctor"),
        (lambda graph: graph, "concepts"),
    ],
)
def test_every_answer_in_three_forms(graph: kg.Graph, ask: Any, word: str) -> None:
    shown = ask(graph)._repr_mimebundle_()
    assert set(shown) == FORMS
    for text in shown.values():
        assert word in text
    assert "<" not in re.sub(r"<https?://[^>]*>", "", shown["text/markdown"]).replace("\\<", "")
    inert(shown["text/html"])


def test_an_explanation_and_a_path_come_with_their_picture(graph: kg.Graph) -> None:
    for answer in (graph.explain(STORY), graph.path("coffee", "nostril twitching")):
        found = inert(answer._repr_mimebundle_()["text/html"])
        assert found.tags.count("svg") == 1
    assert "details" in inert(graph.explain(STORY)._repr_mimebundle_()["text/html"]).tags


def test_the_urgency_comes_before_the_picture(graph: kg.Graph) -> None:
    shown = graph.explain("My face droops on one side and my speech is slurred")
    text = shown._repr_mimebundle_()["text/html"]
    assert text.index(shown.urgency.label.capitalize()) < text.index("<svg")
    assert shown.disclaimer in text


def test_hostile_words_stay_words(graph: kg.Graph) -> None:
    told = graph.explain(STORY)
    told = replace(told, labels=dict.fromkeys(told.labels, HOSTILE), lay_labels={}, view=None)
    card = replace(graph.show("coffee"), label=HOSTILE, definition=HOSTILE, synonyms=(HOSTILE,))
    rows = QueryResult((HOSTILE,), ((HOSTILE,),))
    for answer in (told, card, rows):
        for form, text in answer._repr_mimebundle_().items():
            assert "\x1b" not in text
            if form == "text/html":
                inert(text)


def test_a_long_table_is_cut_and_says_so() -> None:
    shown = QueryResult(("n",), tuple((n,) for n in range(130)))._repr_mimebundle_()
    for text in shown.values():
        assert "99" in text
        assert "100" not in text
        assert "30 more rows" in text


def test_an_empty_table_has_its_columns() -> None:
    shown = QueryResult(("food", "grams"), ())._repr_mimebundle_()
    assert shown["text/plain"].split("\n")[0] == "food  grams"
    assert "<th>grams</th>" in shown["text/html"]


def test_paths_are_a_tuple_that_can_be_pickled_and_exported(graph: kg.Graph) -> None:
    paths = graph.path("coffee", "nostril twitching")
    assert isinstance(paths, tuple)
    assert pickle.loads(pickle.dumps(paths)) == tuple(paths)
    assert "fasciculation" in str(paths.export("nodelink"))
    with pytest.raises(kg.KgError, match="a path"):
        paths.export("turtle")


def test_the_tour_is_stored_without_what_changes() -> None:
    notebook = json.loads(TOUR.read_text(encoding="utf-8"))
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert set(notebook["metadata"]["language_info"]) == {"name"}
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.thorough
def test_the_tour_runs_through() -> None:
    import nbclient
    import nbformat

    notebook = nbformat.read(TOUR, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    nbformat.validate(notebook)
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert not [out for out in outputs if out.output_type == "error"]
    told = "\n".join(
        out.get("text", "") or "\n".join(str(part) for part in out.get("data", {}).values())
        for out in outputs
    )
    for word in ("caffeine", "self-care", "nostril twitching", "<svg", "stroke", "graphml"):
        assert word in told.lower(), word
    assert "<script" not in told


def test_pictures_beside_each_other_keep_their_own_colours(graph: kg.Graph) -> None:
    answers = (graph.explain(STORY), graph.path("coffee", "nostril twitching"))
    shown = [answer._repr_mimebundle_()["text/html"] for answer in answers]
    roots = [re.search(r'<svg [^>]*class="([^"]*)"', text) for text in shown]
    names = [root[1] for root in roots if root is not None]
    assert len(set(names)) == 2
    for name, text in zip(names, shown, strict=True):
        rules = re.findall(r"^\.([\w-]+) ", text.split("<style>")[1].split("</style>")[0], re.M)
        assert set(rules) == {name}
