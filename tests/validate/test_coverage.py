"""Every sentence of the articles that states a fact is cited by at least one claim."""

from __future__ import annotations

import kg

# Sentences that state no fact about the body, each with the reason.
EXCEPTIONS = {
    "lip/p2s1": "a heading",
    "lip/p5s1": "a heading",
    "lip/p10s1": "a heading",
    "lip/p14s1": "a heading",
    "nostril/p5s1": "a heading",
    "nostril/p15s1": "a heading",
    "nostril/p1s5": "says what the article is going to say",
}

QUERY = """
PREFIX ft: <https://w3id.org/facial-twitch/>
SELECT ?passage ?claim WHERE {
  ?passage a ft:Passage .
  OPTIONAL { ?claim ft:evidence ?evidence . ?evidence ft:passage ?passage }
}
"""


def test_every_passage_but_the_exceptions_is_cited(graph: kg.Graph) -> None:
    rows = list(graph.store.select(QUERY))
    uncited = {str(passage).partition("/source/")[2] for passage, claim in rows if claim is None}
    assert uncited == set(EXCEPTIONS)
