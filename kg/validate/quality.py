"""The quality queries: what is wrong with the knowledge as a whole; an empty answer is a pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.catalogue import read_catalogue
from kg.prefixes import default_prefixes
from kg.resources import queries_dir
from kg.store.protocol import Store
from kg.terms import IRI, Term
from kg.validate.report import QualityRow


def check_quality(
    store: Store,
    folder: Path | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> tuple[tuple[QualityRow, ...], int]:
    """Run all quality queries.

    Args:
        store: the knowledge with its derived edges.
        folder: where the queries are; those of the package by default.
        step: called with the name of each query before it runs.

    Returns:
        All rows that came back, sorted, and the number of queries.
    """
    queries = read_catalogue(folder or queries_dir() / "quality").list()
    rows: set[QualityRow] = set()
    for query in queries:
        step(query.name)
        answer = store.select(query.text)
        for row in answer:
            pairs = zip(answer.columns, row, strict=True)
            values = tuple((name, _short(term)) for name, term in pairs if term is not None)
            rows.add(QualityRow(query.name, query.title, values))
    return tuple(sorted(rows)), len(queries)


def _short(term: Term) -> str:
    return default_prefixes().compact(term) if isinstance(term, IRI) else str(term)
