"""The tools: each asks the graph, and says first how soon care is needed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from mcp.server.mcpserver.exceptions import ToolError

from kg.agents import results
from kg.agents.results import Answered, Explained, Named, Read, Rows, Seen
from kg.errors import KgError
from kg.graph import Graph
from kg.prefixes import default_prefixes
from kg.serve.answering import Answer
from kg.serve.engine import Engine
from kg.serve.gate import check
from kg.serve.problem import Refused

_MOST_HITS = 50


class Tools:
    """What an agent may call; the docstring of each is what the agent reads.

    Args:
        graph: what is asked.
        engine: what answers SPARQL; without it nothing does.
    """

    def __init__(self, graph: Graph, engine: Engine | None) -> None:
        self._graph = graph
        self._engine = engine
        self._lock = threading.Lock()

    def read(self, text: str) -> Read:
        """Tell what a description was read as: present, denied, and what was not understood."""
        with self._asked() as graph:
            told = graph.explain(text)
            return results.read(told.case, told, graph.view)

    def explain(
        self,
        text: str = "",
        findings: list[str] | None = None,
        absent: list[str] | None = None,
        level: Literal["plain", "clinical"] = "plain",
    ) -> Explained:
        """Explain what somebody reports: urgency, causes, mechanism, remedies, questions, sources.

        Give the words of the person as text; add ids or names of concepts that you know to be
        present (findings) or denied (absent), such as the answers to the questions.
        """
        with self._asked() as graph:
            told = graph.explain(text, findings=findings or (), absent=absent or ())
            return results.explained(told, graph.view, level)

    def ask(self, question: str) -> Answered:
        """Answer a question about what the graph knows, in words, with its sources."""
        with self._asked() as graph:
            answer = graph.ask(question)
            return Answered(
                results.safety_of_question(graph.explain(question), bool(answer.nearest)),
                answer.text,
                results.named(answer.answers),
                list(answer.nearest),
                [source.title for source in answer.sources],
            )

    def search(self, words: str, limit: int = 10) -> Seen:
        """Find concepts by words, the best first; their ids are what the other tools take."""
        with self._asked() as graph:
            hits = graph.search(words, max(1, min(limit, _MOST_HITS)))
            return Seen(results.not_assessed(), results.named(hits))

    def concept(self, name: str) -> Seen:
        """Tell what is known about a concept: definition, claims both ways, sources."""
        with self._asked() as graph:
            card = graph.show(name)
            claims = results.said((*card.claims, *card.claims_about))
            found = [Named(card.id, card.label, card.definition)]
            return Seen(results.not_assessed(), found, claims, list(card.sources.values()))

    def path(self, start: str, end: str, limit: int = 3) -> Seen:
        """Tell how one concept leads to another, step by step."""
        with self._asked() as graph:
            chains = graph.path(start, end, max(1, min(limit, 20)))
            ends = [graph.view.concepts[graph.resolve(name)] for name in (start, end)]
            return Seen(
                results.not_assessed(), results.named(ends), [results.steps(c) for c in chains]
            )

    async def query(self, sparql: str) -> Rows:
        """Run a SPARQL 1.1 query, read-only and limited in time, memory and size.

        The prefixes of the graph (ft:, claim:, source:, skos:, rdf: …) need not be declared.
        """
        if self._engine is None:
            raise ToolError("this graph has no SPARQL here: ask its own endpoint")
        try:
            check(sparql, self._engine.graphs)
            found = await self._engine.ask(
                {
                    "query": sparql,
                    "base": None,
                    "default": [],
                    "named": [],
                    "results": "application/json",
                    "graph": "text/turtle",
                }
            )
        except Refused as refused:
            raise ToolError(refused.detail) from None
        if found.status != 200:
            raise ToolError(str(found.told["detail"]))
        return _rows(found)

    @contextmanager
    def _asked(self) -> Iterator[Graph]:
        """The graph for one call at a time; what it refuses is told to the agent."""
        try:
            with self._lock:
                yield self._graph
        except KgError as error:
            raise ToolError(str(error)) from None


def _rows(found: Answer) -> Rows:
    if found.told["media"] == "text/turtle":
        return Rows(results.not_assessed(), turtle=found.content.decode())
    data = json.loads(found.content)
    if "boolean" in data:
        truth = str(data["boolean"]).lower()
        return Rows(results.not_assessed(), ["answer"], [{"answer": truth}])
    compact = default_prefixes().compact

    def shown(term: dict[str, Any]) -> str:
        return compact(term["value"]) if term["type"] == "uri" else str(term["value"])

    rows = [
        {name: shown(term) for name, term in row.items()} for row in data["results"]["bindings"]
    ]
    return Rows(results.not_assessed(), data["head"]["vars"], rows)
