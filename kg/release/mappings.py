"""The mapping table of a release: what SSSOM asks for beyond the table that people edit."""

from __future__ import annotations

from typing import Final

from kg.prefixes import default_prefixes
from kg.release.knowledge import plain
from kg.resources import ontology_dir
from kg.store.protocol import Store

# How sure a mapping is, by its relation. Where both sides bear the same name an exact match is
# surer; the figures are a convention of ours, told in the header.
_CONFIDENCE: Final = {
    "skos:exactMatch": 0.9,
    "skos:closeMatch": 0.8,
    "skos:broadMatch": 0.8,
    "skos:narrowMatch": 0.8,
    "skos:relatedMatch": 0.7,
}
_SAME_NAME: Final = 1.0
_NAMES: Final = "SELECT ?x ?n WHERE { ?x skos:prefLabel|skos:altLabel ?n }"
_HEADER: Final = "SELECT ?p ?o WHERE { ft: ?p ?o }"
_TOLD: Final = (
    "Confidence is a convention: 1 for an exact match of equal names, 0.9 for another exact one, "
    "0.8 for a close, broad or narrow one, 0.7 for a related one."
)


def release_mappings(store: Store) -> str:
    """The mapping table with creator, date and confidence of each row.

    Source: SSSOM 1.0, https://mapping-commons.github.io/sssom/.
    """
    prefixes = default_prefixes()
    header = prefixes.sparql_header()
    told = {prefixes.compact(str(p)): plain(o) for p, o in store.select(header + _HEADER)}
    names: set[tuple[str, str]] = {
        (prefixes.compact(str(x)), plain(n).casefold()) for x, n in store.select(header + _NAMES)
    }
    text = (ontology_dir() / "mappings.sssom.tsv").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    columns, *rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    written = ["\t".join((*columns, "confidence"))]
    for row in rows:
        cells = dict(zip(columns, row, strict=False))
        same = (cells["subject_id"], cells["object_label"].casefold()) in names
        exact = cells["predicate_id"] == "skos:exactMatch"
        confidence = _SAME_NAME if same and exact else _CONFIDENCE.get(cells["predicate_id"], "")
        written.append("\t".join((*row, *[""] * (len(columns) - len(row)), str(confidence))))
    comments[1:1] = [
        "#creator_label:",
        f"#  - {told.get('dcterms:creator', '')}",
        f"#mapping_date: {told.get('dcterms:modified', '')}",
        f'#comment: "{_TOLD}"',
    ]
    return "\n".join((*comments, *written)) + "\n"
