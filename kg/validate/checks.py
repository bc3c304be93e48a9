"""The whole validation in one call: shapes, quality queries, passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.prefixes import default_prefixes
from kg.store.protocol import Store
from kg.terms import Literal
from kg.validate.knowledge import Given, read_knowledge
from kg.validate.passages import check_passages
from kg.validate.quality import check_quality
from kg.validate.report import Report
from kg.validate.shapes import check_shapes

if TYPE_CHECKING:
    import rdflib

Progress = Callable[[str], None]

_COUNTS = {
    "concepts": "?kind rdfs:subClassOf* ft:Concept . ?thing a ?kind",
    "claims": "?thing a ft:Claim",
    "evidence": "?claim ft:evidence ?thing",
    "passages": "?thing a ft:Passage",
}


def _silent(stage: str) -> None:
    del stage


def validate(
    given: Given | rdflib.Graph | Store = (),
    *,
    sources: str | Path | None = None,
    progress: Progress = _silent,
) -> Report:
    """Validate the knowledge of the package with files added, or any graph.

    Args:
        given: Turtle files, or folders of them, to look at together with the ontology; or an
            rdflib graph or a store, to look at as it is.
        sources: folder that holds the articles; without it the passages are not compared.
        progress: called with a word or two before each stage, for a progress bar.

    Raises:
        MissingFile, BadTurtle, InvalidKnowledge: a file cannot be used.
        StoreUnusable: the store does not answer.

    >>> import rdflib
    >>> graph = rdflib.Graph().parse(data="@prefix ft: <https://w3id.org/facial-twitch/> ."
    ...     "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    ...     'ft:calf skos:prefLabel "calf"@en .')
    >>> [violation.shape for violation in validate(graph).shapes]
    ['shape:concept-kind']
    """
    progress("reading")
    knowledge = read_knowledge(given)
    progress("shapes")
    violations, shapes = check_shapes(knowledge.authored)
    progress("quality queries")
    rows, queries = check_quality(knowledge.derived, step=progress)
    counts = _counts(knowledge.derived)
    progress("passages")
    faults, checked = check_passages(knowledge.derived, sources)
    return Report(
        shapes=violations,
        quality=rows,
        passages=faults,
        counts=counts | {"passages_checked": checked, "shapes": shapes, "quality_queries": queries},
    )


def _counts(store: Store) -> dict[str, int]:
    header = default_prefixes().sparql_header()
    counts = {}
    for name, pattern in _COUNTS.items():
        query = f"{header}SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {pattern} }}"
        for (number,) in store.select(query):
            counts[name] = int(str(number)) if isinstance(number, Literal) else 0
    return counts
