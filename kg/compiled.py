"""What an open graph holds: the store, what is compiled of it when it is needed, and its names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreUnusable
from kg.store import Store
from kg.store.protocol import Closing

if TYPE_CHECKING:
    from kg.ask.asker import Asker
    from kg.catalogue import Catalogue
    from kg.explain.chains import ChainFinder
    from kg.explain.cite import Citations
    from kg.explain.engine import Explainer
    from kg.explain.summary import Told
    from kg.recognise.recogniser import Recogniser
    from kg.recognise.resolver import Hit, Resolver
    from kg.view import View


class Compiled(Closing):
    """The part of a graph that the others stand on: compiled once, and found by name.

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
        self._closed = False

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

        return Explainer(self.view, lambda *asked: self._asker.aside(*asked))

    @cached_property
    def _asker(self) -> Asker:
        from kg.ask.asker import Asker

        def reply(text: str) -> Sequence[Told]:
            return self._explainer.reply(self._recogniser.recognise(text))

        return Asker(self.view, self.store, self.catalogue, self.citations, reply)

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

    # -- names

    def search(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """Find concepts by words, the best hit first.

        Args:
            text: one or more words.
            limit: how many hits at most.

        Raises:
            BadInput: there is no word, or too many.
        """
        self._check_open()
        return tuple(self._resolver.search(text, limit))

    def resolve(self, name: str) -> str:
        """Return the id (compact IRI) of the concept that a name means.

        Args:
            name: label, synonym, compact or full IRI, the last part of one, or a term of another
                vocabulary (``HP:0000643``), see `notes`.

        Raises:
            UnknownConcept: none has the name; holds the three nearest.
            AmbiguousConcept: several have it; holds their ids.

        >>> from kg.graph import open_graph

        >>> with open_graph() as graph:
        ...     graph.resolve("espressos")
        'ft:caffeine'
        """
        self._check_open()
        return self._resolver.resolve(name)

    @property
    def notes(self) -> tuple[str, ...]:
        """How terms of other vocabularies were understood so far, where more than one fits.

        >>> from kg.graph import open_graph

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

    # -- its end

    def close(self) -> None:
        """Let go of files and memory; closing twice does no harm."""
        self._closed = True
        self.store.close()

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnusable("the graph", "is closed: open it again")
