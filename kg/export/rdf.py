"""The statements of a selection, for the formats of RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.export.selection import Selection
from kg.prefixes import default_prefixes
from kg.serialise import RdfSyntax, serialise
from kg.terms import Triple
from kg.view import Claim


def rdf_writer(syntax: RdfSyntax) -> Callable[[Iterable[Triple]], str]:
    """Return the function that writes statements in one syntax of RDF."""
    return lambda triples: serialise(triples, syntax)


def statements(selection: Selection) -> tuple[Triple, ...]:
    """All statements about what is inside: concepts, claims, evidence, what is cited, edges.

    Of the derived edges those between concepts inside are kept, so that nothing points to a
    concept of which the file says nothing.
    """
    if selection.ids is None:
        return selection.triples(None)
    view = selection.view
    wanted = {str(c.iri) for c in selection.concepts}
    inside = set(wanted)
    for claim in selection.claims:
        cited = _cited(claim)
        wanted |= cited
        inside |= {str(claim.iri)} | cited
    relations = {relation.iri for relation in view.relations.values()}
    outside = {c.iri for c in view.concepts.values()} - inside
    return tuple(
        triple
        for triple in selection.triples(wanted)
        if not (str(triple.predicate) in relations and str(triple.object) in outside)
    )


def _cited(claim: Claim) -> set[str]:
    """The claim, its evidence, and the passages and sources that it rests on."""
    expand = default_prefixes().expand
    cited = {str(claim.iri)}
    for item in claim.evidence:
        names = [item.id, item.source, *([item.passage] if item.passage is not None else [])]
        cited |= {str(expand(name)) for name in names}
    return cited
