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
_STATED: Final = """SELECT ?s ?name ?p ?o ?label {
  VALUES ?p { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }
  ?s ?p ?o OPTIONAL { ?s skos:prefLabel ?name } OPTIONAL { ?o rdfs:label ?label } }"""
_KEY: Final = ("subject_id", "predicate_id", "object_id")
_UNTOLD: Final = {"mapping_justification": "semapv:UnspecifiedMatching"}
_TOLD: Final = (
    "Confidence is a convention: 1 for an exact match of equal names, 0.9 for another exact one, "
    "0.8 for a close, broad or narrow one, 0.7 for a related one."
)


def release_mappings(store: Store) -> str:
    """The mappings that a graph states, with creator, date and confidence of each row.

    How a mapping was justified stands in the table that people edit; of one that is stated
    elsewhere it is not known.

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
    columns, *edited = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    known = {tuple(row[columns.index(name)] for name in _KEY): row for row in edited}
    written = ["\t".join((*columns, "confidence"))]
    for row in sorted(_stated(store), key=lambda row: tuple(row[name] for name in _KEY)):
        told_by_people = dict(
            zip(columns, known.get(tuple(row[n] for n in _KEY), ()), strict=False)
        )
        cells = {**_UNTOLD, **row, **told_by_people}
        same = (cells["subject_id"], cells["object_label"].casefold()) in names
        exact = cells["predicate_id"] == "skos:exactMatch"
        confidence = _SAME_NAME if same and exact else _CONFIDENCE[cells["predicate_id"]]
        written.append("\t".join((*(cells.get(name, "") for name in columns), str(confidence))))
    comments[1:1] = [
        "#creator_label:",
        f"#  - {told.get('dcterms:creator', '')}",
        f"#mapping_date: {told.get('dcterms:modified', '')}",
        f'#comment: "{_TOLD}"',
    ]
    return "\n".join((*comments, *written)) + "\n"


def _stated(store: Store) -> list[dict[str, str]]:
    compact = default_prefixes().compact
    rows = {}
    for subject, name, predicate, target, label in store.select(
        default_prefixes().sparql_header() + _STATED
    ):
        key = tuple(compact(str(each)) for each in (subject, predicate, target))
        rows[key] = {
            **dict(zip(_KEY, key, strict=True)),
            "subject_label": plain(name),
            "object_label": plain(label),
        }
    return list(rows.values())
