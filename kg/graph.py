"""The facade: `open_graph` opens a graph, and `Graph` answers everything that it can be asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.comparisons import Comparisons
from kg.errors import BadInput
from kg.pictures import Pictures
from kg.store import Store, open_store
from kg.whole import Whole

if TYPE_CHECKING:
    from datetime import date

    import rdflib

    from kg.ask.answer import Answer
    from kg.card import ConceptCard
    from kg.catalogue import Value
    from kg.explain.dialogue import Dialogue
    from kg.explain.model import Explanation
    from kg.explain.paths import Paths
    from kg.query_result import QueryResult
    from kg.recognise.case import Case


def open_graph(
    source: str | Path | rdflib.Graph | Store | None = None,
    *,
    add: str | Path | Sequence[str | Path] = (),
    timeout: float = 30.0,
) -> Graph:
    """Open the knowledge graph.

    Args:
        source: nothing for the graph that comes with the package, in memory; a folder to keep it
            on disk; an `http(s)://` address of a SPARQL 1.1 endpoint; an `rdflib.Graph`.
        add: Turtle files of your own, or folders of them, to load beside it.
        timeout: seconds to wait for an endpoint.

    Raises:
        MissingFile, BadTurtle, InvalidKnowledge: a file of `add` cannot be used.
        BadInput, StoreUnusable, EndpointUnavailable: the source cannot be used.

    >>> with open_graph() as graph:
    ...     graph.show("coffee").label
    'caffeine'
    """
    if source is not None:
        return Graph(open_store(source, add=add, timeout=timeout))
    from kg.view_cache import open_files

    files = (add,) if isinstance(add, (str, Path)) else tuple(add)
    store, place = open_files(files)
    return Graph(store, files=files, view_file=place)


class Graph(Comparisons, Pictures, Whole):
    """An open knowledge graph: ask it in plain words, by concept, or in SPARQL.

    What an answer needs is compiled when it is first needed, and kept. Use it in a `with`
    statement, or close it.

    Attributes:
        store: where the statements are.
        files: the Turtle files that were loaded beside the ontology; None where the store was
            not filled from files.
        view_file: where the compiled view is kept for the next time; None where it is not kept.
    """

    def explain(
        self,
        text: str = "",
        *,
        findings: Sequence[str] = (),
        absent: Sequence[str] = (),
        today: date | None = None,
    ) -> Explanation:
        """Explain what somebody reports.

        Args:
            text: the report, in plain words.
            findings: names of concepts that are present, besides those in the text.
            absent: names of concepts that are denied.
            today: the day on which the text was written; without it "since June" tells no length.

        Raises:
            BadInput: there is nothing to explain, the text is too long or is no text.
            UnknownConcept, AmbiguousConcept: a name fits none, or several.

        >>> with open_graph() as graph:
        ...     graph.explain("My nostril keeps twitching, no weakness").urgency.level
        'self-care'
        """
        self._check_open()
        case = self._recogniser.recognise(text, present=findings, absent=absent, today=today)
        return self._explainer.explain(case)

    def ask(self, question: str) -> Answer:
        """Answer a question in words.

        What answers is a named query that lists the question in its header. Where it cannot tell
        what is asked, the answer says so and offers the nearest questions.

        Args:
            question: one question about what the graph knows, not about a case.

        Raises:
            BadInput: the text is blank, too long, or is no text.

        >>> with open_graph() as graph:
        ...     graph.ask("what nerve supplies the mentalis?").answers[0].id
        'ft:facial-nerve-marginal-mandibular-branch'
        """
        self._check_open()
        return self._asker.ask(question)

    def read(self, text: str, *, today: date | None = None) -> Case:
        """Return what a text says, as it was understood: the first half of `explain`.

        Args:
            text: the report, in plain words.
            today: the day on which the text was written; without it "since June" tells no length.

        Raises:
            BadInput: the text is blank, too long, or is no text.

        >>> with open_graph() as graph:
        ...     [(f.id, f.status) for f in graph.read("My lip twitches, no numbness.").findings]
        [('ft:upper-lip-twitching', 'present'), ('ft:numbness', 'absent')]
        """
        self._check_open()
        return self._recogniser.recognise(text, today=today)

    def dialogue(
        self,
        text: str = "",
        *,
        findings: Sequence[str] = (),
        absent: Sequence[str] = (),
        today: date | None = None,
    ) -> Dialogue:
        """Begin to ask: the explanation so far, the next question, and a state for each answer.

        What is learnt is what `explain` says of the text with `dialogue.findings` present and
        `dialogue.absent` denied.

        Args:
            text: the report, in plain words.
            findings: names of concepts that are present, besides those in the text.
            absent: names of concepts that are denied.
            today: the day on which the text was written.

        Raises:
            BadInput, UnknownConcept, AmbiguousConcept: see `explain`.

        >>> with open_graph() as graph:
        ...     first = graph.dialogue("My nostril keeps twitching.")
        ...     second = first.answer("no")
        >>> second.absent == (first.question.id,), second.question.id != first.question.id
        (True, True)
        """
        from kg.explain.dialogue import start

        def explain(present: Sequence[str], denied: Sequence[str]) -> Explanation:
            return self.explain(text, findings=present, absent=denied, today=today)

        return start(explain, self._explainer.levels, findings, absent)

    def query(
        self, query: str | os.PathLike[str], /, **parameters: Value | Sequence[Value]
    ) -> QueryResult:
        """Run a named query, a query file, or SPARQL.

        Args:
            query: name of the catalogue, path of a file, or SPARQL text; the project's prefixes
                need not be declared in a text.
            parameters: values for the slots of a named query; a concept may be given by label,
                synonym, compact or full IRI.

        Raises:
            UnknownQuery, BadParameter, BadQuery, MissingFile: the query cannot be run.
            UnknownConcept, AmbiguousConcept: a name fits none, or several.

        >>> with open_graph() as graph:
        ...     graph.query("SELECT ?o { ft:caffeine ft:blocks ?o }").to_records()
        [('ft:adenosine-receptor',)]
        """
        from kg.asking import ask_store, find_query, iri_finder

        find = iri_finder(self.store, self.catalogue, self.resolve)
        return ask_store(self.store, find_query(query, self.catalogue), parameters, find)

    def show(self, name: str) -> ConceptCard:
        """Return the card of a concept: names, definition, mappings, claims both ways, evidence.

        The id of a claim is understood as well, and gives the claim and what is said about it.

        Raises:
            UnknownConcept, AmbiguousConcept: see `resolve`.
        """
        from kg.card import make_card, read_mappings

        thing = name if name in self.view.claims else self.resolve(name)
        mappings = read_mappings(self.store, self.catalogue, thing)
        return make_card(self.view, self.citations, thing, mappings)

    def __getitem__(self, name: str) -> ConceptCard:
        """The card of a concept, as `show` gives it.

        >>> with open_graph() as graph:
        ...     graph["coffee"], "coffee" in graph, "unicorn" in graph
        (<ConceptCard ft:caffeine: caffeine>, True, False)
        """
        return self.show(name)

    def __contains__(self, name: object) -> bool:
        """Whether a name, a synonym or an IRI means one concept."""
        try:
            return isinstance(name, str) and bool(self.resolve(name))
        except BadInput:
            return False

    def explain_many(self, texts: Iterable[str]) -> Iterator[Explanation]:
        """Explain texts one after the other, as `explain` does.

        >>> with open_graph() as graph:
        ...     [answer.urgency.level for answer in graph.explain_many(["my eyelid twitches"])]
        ['self-care']
        """
        yield from map(self.explain, texts)

    def path(self, start: str, end: str, k: int = 3) -> Paths:
        """Return the causal chains from one concept to another, the best first.

        Chains that raise the end come before those that lower it and those of unknown sign;
        within each, those that name a mechanism come before direct statements.

        Args:
            start: name of the concept that acts.
            end: name of the concept that is acted on.
            k: how many chains at most for each sign.

        Raises:
            UnknownConcept, AmbiguousConcept: see `resolve`.
        """
        from kg.explain.paths import Paths
        from kg.explain.signed import MINUS, PLUS, UNKNOWN

        first, last = self.resolve(start), self.resolve(end)
        found = (
            chain
            for sign in (PLUS, MINUS, UNKNOWN)
            for chain in self._chains.chains(first, last, sign, k)
        )
        return Paths(found, self.view)
