"""Names to concepts, and the search over names."""

from __future__ import annotations

import pytest

from kg.errors import AmbiguousConcept, BadInput, UnknownConcept
from kg.recognise.resolver import Resolver
from kg.view import Concept, View


@pytest.mark.parametrize(
    "name",
    [
        "ft:caffeine",
        "caffeine",
        "Caffeine",
        "coffee",
        "Coffees",
        "https://w3id.org/facial-twitch/caffeine",
        "<https://w3id.org/facial-twitch/caffeine>",
    ],
)
def test_every_kind_of_name(resolver: Resolver, name: str) -> None:
    assert resolver.resolve(name) == "ft:caffeine"


def test_local_names_and_word_order_of_hyphens(resolver: Resolver) -> None:
    assert resolver.resolve("nostril-twitching") == "ft:nostril-twitching"
    assert resolver.resolve("upper lip") == "ft:upper-lip"


def test_an_unknown_name_suggests_three(resolver: Resolver) -> None:
    with pytest.raises(UnknownConcept) as caught:
        resolver.resolve("caffeynne")
    assert len(caught.value.nearest) == 3
    assert caught.value.nearest[0] == "caffeine"


@pytest.mark.parametrize("name", ["", "  ", "?!"])
def test_a_blank_name_is_refused(resolver: Resolver, name: str) -> None:
    with pytest.raises(BadInput):
        resolver.resolve(name)


def test_roles_narrow_the_choice(resolver: Resolver) -> None:
    assert resolver.resolve("numbness", roles=frozenset({"ft:reportable"})) == "ft:numbness"
    with pytest.raises(UnknownConcept):
        resolver.resolve("adenosine receptor", roles=frozenset({"ft:reportable"}))


def _concept(name: str, label: str, *alt: str) -> Concept:
    return Concept(
        f"ft:{name}", f"https://example.org/{name}", label, "", ("ft:Finding",),
        frozenset({"ft:reportable"}), alt,
    )  # fmt: skip


def test_an_ambiguous_name_lists_the_candidates() -> None:
    concepts = [_concept("a", "hand tremor", "shake"), _concept("b", "leg tremor", "shake")]
    view = View(
        "1", {c.id: c for c in concepts}, {}, {}, {}, {}, {}, {}, ()
    )  # fmt: skip
    with pytest.raises(AmbiguousConcept) as caught:
        Resolver(view).resolve("shake")
    assert caught.value.candidates == ("ft:a", "ft:b")


def test_search_ranks_the_best_first(resolver: Resolver) -> None:
    hits = resolver.search("nostril")
    assert hits[0].id in ("ft:nostril", "ft:nostril-twitching")
    assert {"ft:nostril", "ft:nostril-twitching"} <= {h.id for h in hits}
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(resolver.search("twitch", limit=2)) == 2
    assert resolver.search("caffiene")[0].id == "ft:caffeine"
    with pytest.raises(BadInput):
        resolver.search("twitch", limit=0)
