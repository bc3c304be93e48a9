"""The facade: `open_graph` opens a graph, and `Graph` answers everything that it can be asked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.comparisons import Comparisons
from kg.errors import BadInput, MissingFile
from kg.pictures import Pictures
from kg.store import Store, graph_version, open_store

if TYPE_CHECKING:
    from datetime import date

    import networkx
    import rdflib

    from kg.ask.answer import Answer
    from kg.ask.asker import Asker
    from kg.card import ConceptCard
    from kg.catalogue import Catalogue, Value
    from kg.explain.chains import ChainFinder
    from kg.explain.cite import Citations
    from kg.explain.dialogue import Dialogue
    from kg.explain.engine import Explainer
    from kg.explain.model import Explanation
    from kg.explain.paths import Paths
    from kg.query_result import QueryResult
    from kg.recognise.case import Case
    from kg.recognise.recogniser import Recogniser
    from kg.recognise.resolver import Hit, Resolver
    from kg.validate import Report
    from kg.view import View

__all__ = ["Graph", "open_graph"]


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


class Graph(Comparisons, Pictures):
    """An open knowledge graph: ask it in plain words, by concept, or in SPARQL.

    What an answer needs is compiled when it is first needed, and kept. Use it in a `with`
    statement, or close it.

    Attributes:
        store: where the statements are.
        files: the Turtle files that were loaded beside the ontology; None where the store was
            not filled from files.
        view_file: where the compiled view is kept for the next time; None where it is not kept.
    """

    def __init__(
        self,
        store: Store,
        *,
        files: Sequence[str | Path] | None = None,
        view_file: Path | None = None,
    ) -> None:
        self.store = store
        self.files = files
        self.view_file = view_file

    # -- what is compiled once

    @cached_property
    def view(self) -> View:
        """The graph compiled for the engine: concepts, claims, sources by id."""
        from kg.view_cache import view_of

        return view_of(self.store, self.view_file)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The named queries."""
        from kg.catalogue import read_catalogue

        return read_catalogue()

    @cached_property
    def _resolver(self) -> Resolver:
        from kg.recognise.resolver import Resolver

        return Resolver(self.view)

    @cached_property
    def _recogniser(self) -> Recogniser:
        from kg.recognise.recogniser import Recogniser
        from kg.view_cache import beside

        return Recogniser(self.view, partial(beside, self.view_file, "words"))

    @cached_property
    def _explainer(self) -> Explainer:
        from kg.explain.engine import Explainer

        return Explainer(self.view, lambda question: self._asker.aside(question))

    @cached_property
    def _asker(self) -> Asker:
        from kg.ask.asker import Asker

        return Asker(self.view, self.store, self.catalogue, self.citations)

    @cached_property
    def citations(self) -> Citations:
        """The claims in words, with who says so."""
        from kg.explain.cite import Citations

        return Citations(self.view)

    @cached_property
    def _chains(self) -> ChainFinder:
        from kg.explain.chains import ChainFinder
        from kg.explain.signed import SignedGraph

        return ChainFinder(SignedGraph(self.view), self.citations)

    # -- questions

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

    def search(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """Find concepts by words, the best hit first.

        Args:
            text: one or more words.
            limit: how many hits at most.

        Raises:
            BadInput: there is no word, or too many.
        """
        return tuple(self._resolver.search(text, limit))

    def resolve(self, name: str) -> str:
        """Return the id (compact IRI) of the concept that a name means.

        Args:
            name: label, synonym, compact or full IRI, the last part of one, or a term of another
                vocabulary (``HP:0000643``), see `notes`.

        Raises:
            UnknownConcept: none has the name; holds the three nearest.
            AmbiguousConcept: several have it; holds their ids.

        >>> with open_graph() as graph:
        ...     graph.resolve("espressos")
        'ft:caffeine'
        """
        return self._resolver.resolve(name)

    @property
    def notes(self) -> tuple[str, ...]:
        """How terms of other vocabularies were understood so far, where more than one fits.

        >>> with open_graph() as graph:
        ...     graph.resolve("HP:0000643"), graph.notes[0][-23:]
        ('ft:blepharospasm', ' blepharospasm is meant')
        """
        known = [self.__dict__.get(name) for name in ("_resolver", "_recogniser")]
        notes = (note for each in known if each is not None for note in each.notes.values())
        return tuple(dict.fromkeys(notes))

    def shared_names(self) -> tuple[str, ...]:
        """What is said of names that several concepts claim alike, as files of one's own may do."""
        return tuple(
            f'"{name}" is a name of {" and ".join(found)}: give one of them another name'
            for name, found in sorted(self._resolver.shared().items())
        )

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

    def __len__(self) -> int:
        """How many concepts there are."""
        return len(self.view.concepts)

    def __bool__(self) -> bool:
        """A graph is true, though it may be empty."""
        return True

    def __repr__(self) -> str:
        return f"<Graph: {len(self)} concepts, {len(self.view.claims)} claims>"

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

    # -- the graph as a whole

    def to_networkx(
        self,
        around: str | None = None,
        depth: int = 1,
        *,
        relations: Collection[str] | None = None,
        refuted: bool = False,
    ) -> networkx.MultiDiGraph[str]:
        """Return the graph, or what lies around a concept, as a `networkx.MultiDiGraph`.

        Nodes carry label, kind and definition; edges relation, sign, weight, support and sources,
        with the id of the claim as their key. Claims about claims are left out.

        Args:
            around: name of a concept; the whole graph without it.
            depth: how many claims away from it.
            relations: the relations that are kept (``ft:blocks`` or ``blocks``); all without it.
            refuted: keep what no source supports, because one refutes it.

        Raises:
            BadInput: there is no such relation, or the depth is below 0.

        >>> with open_graph() as graph:
        ...     network = graph.to_networkx(relations=["blocks"])
        >>> {edge["relation"] for *_, edge in network.edges.data()}
        {'ft:blocks'}
        """
        from kg.export.drawing import draw_selection
        from kg.export.network import to_networkx
        from kg.export.selection import only, select

        centre = None if around is None else self.resolve(around)
        part = only(select(self.view, self.store, centre, depth), relations, refuted)
        return to_networkx(draw_selection(part))

    @property
    def rdf(self) -> rdflib.Graph:
        """The same store as an `rdflib.Graph`, nothing copied.

        Raises:
            BadInput: the store is a remote endpoint.
        """
        view = getattr(self.store, "rdflib_view", None)
        if view is None:
            raise BadInput("an endpoint has no rdflib view: send it SPARQL with query()")
        graph: rdflib.Graph = view()
        return graph

    def validate(self, sources: str | Path | None = None, **options: Any) -> Report:
        """Check the graph against its shapes, the quality queries and the articles.

        Args:
            sources: folder that holds the articles; without it the passages are not compared.
            options: see `kg.validate.validate`.

        Raises:
            MissingFile: the folder is not there.
        """
        from kg.validate import validate

        if sources is not None and not Path(sources).is_dir():
            raise MissingFile(str(sources), "no such folder: name the one that holds the articles")
        # Files are looked at as they were written; of a store only the result can be seen.
        given = self.store if self.files is None else self.files
        return validate(given, sources=sources, **options)

    def info(self) -> dict[str, str | int]:
        """Return the version of the graph, how much it holds, and how much of it was looked up.

        >>> with open_graph() as graph:
        ...     info = graph.info()
        >>> sorted(key for key in info if not key.startswith("evidence"))
        ['claims', 'concepts', 'passages', 'queries', 'relations', 'sources', 'version']
        >>> info["evidence checked"] <= info["evidence"]
        True
        """
        from kg.view import NOT_CHECKED

        evidence = [item for claim in self.view.claims.values() for item in claim.evidence]
        looked_up = Counter(
            self.view.label(item.check) if item.check else NOT_CHECKED for item in evidence
        )
        return {
            "version": graph_version(self.store),
            "concepts": len(self.view.concepts),
            "claims": len(self.view.claims),
            "relations": len(self.view.relations),
            "sources": len(self.view.sources),
            "passages": len(self.view.passages),
            "queries": len(self.catalogue.list()),
            "evidence": len(evidence),
            **{f"evidence {label}": count for label, count in sorted(looked_up.items())},
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: how much the graph holds, and how to ask it."""
        from kg.render.notebook import of_facts

        note = "Ask it: explain(text), search(words), show(name), path(a, b), query(name)."
        return of_facts("Knowledge graph", self.info().items(), note)

    def close(self) -> None:
        """Let go of files and memory; closing twice does no harm."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
