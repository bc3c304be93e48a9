"""The passages: does every cited sentence stand in the articles, where and as the graph says?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.prefixes import default_prefixes
from kg.store.protocol import Store
from kg.terms import Literal
from kg.validate.articles import Pointer, faults_of, match_articles, read_articles
from kg.validate.knowledge import Given, read_knowledge
from kg.validate.report import PassageFault

_PASSAGES = """
SELECT ?passage ?source ?paragraph ?sentence ?start ?end ?digest WHERE {
  ?passage a ft:Passage ; ft:source ?source ; ft:paragraph ?paragraph ; ft:sentence ?sentence ;
    ft:sha-256 ?digest ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
}
"""
_CITATIONS = """
SELECT DISTINCT ?claim ?direction ?passage WHERE {
  ?claim a ft:Claim ; ft:evidence ?evidence .
  ?evidence ft:passage ?passage ; ft:direction ?direction .
}
"""


@dataclass(frozen=True, slots=True, order=True)
class CitedSentence:
    """A claim beside the sentence that it cites.

    Attributes:
        claim: compact IRI of the claim.
        direction: compact IRI: whether the sentence supports or refutes the claim.
        passage: compact IRI of the passage.
        sentence: the words of the article, or None where the passage is not found as stated.
    """

    claim: str
    direction: str
    passage: str
    sentence: str | None


def check_passages(
    store: Store, sources: str | Path | None
) -> tuple[tuple[PassageFault, ...], int]:
    """Compare every passage with the articles in a folder.

    Which file is which article is found out from the digests, so names do not matter.

    Args:
        store: the graph.
        sources: the folder; None to compare nothing.

    Returns:
        What is wrong, sorted, and the number of passages that were compared.

    Raises:
        MissingFile: the folder is not there, or a file in it cannot be read.
    """
    if sources is None:
        return (), 0
    pointers = _pointers(store)
    articles = read_articles(Path(sources))
    found: list[PassageFault] = []
    for source, article in match_articles(pointers, articles).items():
        wanted = [pointer for pointer in pointers if pointer.source == source]
        if article is None:
            detail = (
                "no file holds this article as it was cited: add it to the folder, unchanged, "
                "with its own line ends"
            )
            found.append(PassageFault(_short(source), None, None, None, detail))
        else:
            found.extend(faults_of(wanted, article, _short))
    return tuple(sorted(found, key=_order)), len(pointers)


def cited_sentences(given: Given | Store = (), *, sources: str | Path) -> tuple[CitedSentence, ...]:
    """Return every claim beside the sentences of the articles that it cites.

    Raises:
        MissingFile: the folder is not there, or a file in it cannot be read.
    """
    store = read_knowledge(given).derived
    pointers = {pointer.passage: pointer for pointer in _pointers(store)}
    matches = match_articles(list(pointers.values()), read_articles(Path(sources)))
    cited = []
    query = default_prefixes().sparql_header() + _CITATIONS
    for claim, direction, passage in store.select(query):
        pointer = pointers.get(str(passage))
        article = matches.get(pointer.source) if pointer is not None else None
        text = article.sentence(pointer) if article is not None and pointer is not None else None
        names = (_short(str(claim)), _short(str(direction)), _short(str(passage)))
        cited.append(CitedSentence(*names, text))
    return tuple(sorted(cited, key=lambda each: (each.claim, each.passage, each.direction)))


def _pointers(store: Store) -> list[Pointer]:
    pointers = set()
    for row in store.select(default_prefixes().sparql_header() + _PASSAGES):
        passage, source, paragraph, sentence, start, end, digest = row
        pointers.add(
            Pointer(
                passage=str(passage),
                source=str(source),
                paragraph=_number(paragraph),
                sentence=_number(sentence),
                start=_number(start),
                end=_number(end),
                digest=str(digest),
            )
        )
    return sorted(pointers, key=lambda each: (each.source, each.paragraph, each.sentence))


def _number(term: object) -> int:
    # What is no number breaks a shape; here it points nowhere.
    value = term.to_python() if isinstance(term, Literal) else None
    return value if isinstance(value, int) else -1


def _order(fault: PassageFault) -> tuple[str, int, int, str, str]:
    return (
        fault.file or "",
        fault.paragraph or 0,
        fault.sentence or 0,
        fault.passage,
        fault.message,
    )


def _short(iri: str) -> str:
    return default_prefixes().compact(iri)
