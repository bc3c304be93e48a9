"""The quality queries find something in knowledge at fault, and nothing in what is harmless."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.catalogue import read_catalogue
from kg.claims import complete
from kg.resources import ontology_dir, queries_dir
from kg.store.oxigraph_store import OxigraphStore
from kg.validate.quality import check_quality

PREFIXES = """
@prefix claim: <https://w3id.org/facial-twitch/claim/> .
@prefix ex: <https://example.org/> .
@prefix ft: <https://w3id.org/facial-twitch/> .
@prefix lip: <https://w3id.org/facial-twitch/source/lip/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def claim(subject: str, relation: str, target: str, *cited: str, against: bool = False) -> str:
    direction = "ft:refutes" if against else "ft:supports"
    evidence = ", ".join(
        f"[ ft:passage lip:{place} ; ft:direction {direction} ]" for place in cited or ("p1s1",)
    )
    return (
        f"<https://example.org/claim/{subject}-{relation}-{target}> a ft:Claim ;\n"
        f"  rdf:subject ex:{subject} ; rdf:predicate ft:{relation} ; rdf:object ex:{target} ;\n"
        f"  ft:hedge ft:asserted ; ft:evidence {evidence} .\n"
    )


FAULTS = {
    "absence-as-refutation": claim("a", "relieves", "b")
    .replace("[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "no research evidence"@en ; ')
    .replace("ft:supports", "ft:refutes"),
    "band-of-ours": claim("a", "has-prevalence", "b").replace(
        "[ ft:passage lip:p1s1 ", "[ ft:checked ft:check-2026-11-full ; ft:source ex:s "
    )
    + "ex:a a ft:Condition .\n",
    "band-without-frame": "ex:a a ft:Condition .\n"
    + claim("a", "has-prevalence", "b").replace("ex:b", "ft:very-common-among-people"),
    "circular-hierarchy": claim("a", "part-of", "b") + claim("b", "part-of", "a"),
    "claim-name": claim("a", "causes", "b").replace("claim/a-causes-b", "claim/something-else"),
    "degree-lost": claim("a", "relieves", "b")
    .replace("ft:asserted", "ft:possible")
    .replace("[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "better in 78 %"@en ; '),
    "edge-without-claim": claim("a", "causes", "b", against=True) + "ex:a ft:causes ex:b .\n",
    "evidence-twice": claim("a", "causes", "b", "p1s1")
    + "<https://example.org/claim/a-causes-b> ft:evidence "
    "[ ft:passage lip:p1s1 ; ft:direction ft:refutes ] .\n",
    "exclusion-of-ours": claim("a", "has-exclusion", "b").replace(
        "[ ", '[ ft:checked ft:check-2026-11-full-inference ; ft:locator "adults"@en ; '
    ),
    "hedge-above-its-source": claim("a", "warrants", "b").replace(
        "[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "the GP may refer"@en ; '
    ),
    "impossible-red-flag": claim("a", "has-criterion", "b") + claim("a", "has-exclusion", "b"),
    "incoherent-polarity": claim("a", "increases", "b") + claim("a", "decreases", "b"),
    "label-beyond-criteria": 'ex:a skos:prefLabel "weakness that came slowly"@en .\n'
    'ex:b skos:prefLabel "weakness"@en .\n' + claim("a", "has-criterion", "b"),
    "milder-than-its-source": claim("a", "has-urgency", "b")
    .replace("ex:b", "ft:prompt")
    .replace("[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "at any sign: 999"@en ; '),
    "narrow-label": 'ex:a skos:prefLabel "twitching after a meal"@en .\n'
    + claim("a", "has-criterion", "b").replace("ex:b", "ft:involuntary-movement"),
    "name-style": "ft:Wrong_Name a ft:Muscle .\n",
    "orphan-concept": 'ex:a a ft:Muscle ; skos:prefLabel "a"@en .\n',
    "property-and-thing": "ft:unit a owl:AnnotationProperty, ft:CueCategory .\n",
    "remedy-without-effect": "ex:a a ft:SelfCare .\n" + claim("a", "increases", "b"),
    "same-definition": 'ex:a a ft:Muscle ; skos:definition "The same."@en .\n'
    'ex:b a ft:Nerve ; skos:definition "The same."@en .\n',
    "same-name": 'ex:a a ft:Muscle ; skos:altLabel "SAME"@en .\n'
    'ex:b a ft:Nerve ; skos:hiddenLabel "same"@en .\n',
    "same-red-flag": claim("a", "has-criterion", "b") + claim("c", "has-criterion", "b"),
    "shared-exact-match": "ex:a skos:exactMatch ex:x . ex:b skos:exactMatch ex:x .\n",
    "seldom-usual": claim("a", "has-setting", "b").replace(
        "ft:hedge ft:asserted", "ft:hedge ft:usual ; ft:frequency ft:very-rare"
    ),
    "share-without-frequency": claim("a", "has-finding", "b").replace(
        "[ ", '[ ft:locator "in 84.3 % of 61"@en ; '
    ),
    "short-cut": claim("a", "causes", "b") + claim("b", "causes", "c") + claim("a", "causes", "c"),
    "single-case-usual": claim("a", "has-finding", "b").replace(
        "ft:passage lip:p1s1", "ft:source ex:d"
    )
    + "ex:d ft:source-type ft:case-report .\n",
    "site-outside": claim("a", "form-of", "b")
    + claim("b", "located-in", "c")
    + claim("a", "located-in", "d")
    + "ex:c a ft:FaceRegion . ex:d a ft:FaceRegion .\n",
    "span-of-ours": claim("a", "counts-for", "b").replace(
        "[ ", '[ ft:checked ft:check-2026-11-full-inference ; ft:locator "at once"@en ; '
    ),
    "unmarked-inference": claim("a", "causes", "b").replace(
        "[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "a child; others: ours"@en ; '
    ),
    "span-understated": 'ex:a skos:definition "A bite in the last months."@en .\n'
    'ex:b skos:definition "A bite; that it counts for two years is our choice."@en .\n'
    + claim("a", "has-criterion", "b"),
    "stricter-than-its-source": claim("a", "has-urgency", "b")
    .replace("ex:b", "ft:prompt")
    .replace("[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "as soon as possible"@en ; '),
    "sure-inference": claim("a", "has-urgency", "b").replace(
        "[ ", "[ ft:checked ft:check-2026-11-full-inference ; "
    ),
    "surer-than-its-criteria": claim("a", "has-urgency", "b").replace(
        "[ ", "[ ft:checked ft:check-2026-11-full ; ft:source ex:s ; "
    )
    + claim("a", "has-criterion", "c").replace(
        "[ ", "[ ft:checked ft:check-2026-11-full-inference ; ft:source ex:s ; "
    ),
    "symptom-without-cause": "ex:a a ft:Symptom .\n",
    "uncited-source": "ex:a a ft:Publication .\n",
    "undeclared-property": "ex:a ft:hegde ft:asserted .\n",
    "unknown-citation": claim("a", "causes", "b", "p999s1"),
    "unchecked-red-flag": "ex:a a ft:RedFlag .\n"
    + claim("a", "has-criterion", "b")
    + claim("a", "has-urgency", "c"),
    "untold-band": claim("a", "has-prevalence", "b").replace(
        "ft:passage lip:p1s1", "ft:source ex:d"
    ),
    "untold-single-case": claim("a", "has-finding", "b").replace(
        "ft:passage lip:p1s1", "ft:checked ft:check-2026-11-full ; ft:source ex:d"
    )
    + "ex:d ft:source-type ft:case-report .\n",
    "untold-span": 'ex:r ft:row-days "10" ; ft:cue-concept ex:a .\n'
    'ex:a a ft:Circumstance ; skos:definition "Fish was eaten lately."@en .\n',
    "untold-warning": claim("a", "has-urgency", "b").replace(
        "ft:passage lip:p1s1", "ft:source ex:d"
    ),
    "unsaid-step": claim("a", "has-mechanism", "b")
    + claim("a", "has-finding", "c").replace("ft:passage lip:p1s1", "ft:source ex:d")
    + claim("b", "causes", "c").replace("ft:passage lip:p1s1", "ft:source ex:d")
    + claim("e", "relieves", "a").replace("ft:passage lip:p1s1", "ft:source ex:d"),
    "warning-widened": "ex:a a ft:RedFlag .\n"
    + 'ex:b skos:prefLabel "cold hands"@en .\n'
    + claim("a", "has-criterion", "b")
    + claim("a", "has-urgency", "c").replace(
        "[ ", '[ ft:checked ft:check-2026-11-full ; ft:locator "a child with cold hands: 999"@en ; '
    ),
    "unsourced-red-flag": "ex:a a ft:RedFlag .\n" + claim("a", "has-criterion", "b"),
}

# The same shape of knowledge without the fault.
HARMLESS = {
    "band-of-ours": FAULTS["band-of-ours"].replace(
        "check-2026-11-full", "check-2026-11-full-inference"
    ),
    "absence-as-refutation": FAULTS["absence-as-refutation"].replace("full", "full-inference"),
    "band-without-frame": FAULTS["band-without-frame"].replace("common-among-people", "common"),
    "degree-lost": FAULTS["degree-lost"].replace("78 %", "12 %"),
    "exclusion-of-ours": FAULTS["exclusion-of-ours"].replace("adults", "adults; children: ours"),
    "hedge-above-its-source": FAULTS["hedge-above-its-source"].replace("asserted", "possible"),
    "label-beyond-criteria": FAULTS["label-beyond-criteria"].replace(
        '"weakness"', '"gradual onset"'
    ),
    "stricter-than-its-source": FAULTS["stricter-than-its-source"].replace("possible", "today"),
    "untold-single-case": FAULTS["untold-single-case"].replace(
        "[ ", '[ ft:locator "one man"@en ; '
    ),
    "untold-band": FAULTS["untold-band"].replace("[ ", '[ ft:locator "no rate; ours"@en ; '),
    "untold-warning": FAULTS["untold-warning"].replace("[ ", '[ ft:locator "999"@en ; '),
    "warning-widened": FAULTS["warning-widened"].replace('"cold hands"', '"cold hands of a child"'),
    "untold-span": FAULTS["untold-span"].replace("lately", "lately; ten days are our choice"),
    "share-without-frequency": FAULTS["share-without-frequency"].replace(
        "ft:hedge", "ft:frequency ft:very-frequent ; ft:hedge"
    ),
    "incoherent-polarity": FAULTS["incoherent-polarity"]
    + "<https://example.org/claim/a-increases-b-contradicts-a-decreases-b> a ft:Claim ;\n"
    "  rdf:subject <https://example.org/claim/a-increases-b> ; rdf:predicate ft:contradicts ;\n"
    "  rdf:object <https://example.org/claim/a-decreases-b> ; ft:hedge ft:asserted ;\n"
    "  ft:evidence [ ft:passage lip:p1s1 ; ft:direction ft:supports ] .\n",
    "short-cut": claim("a", "causes", "b")
    + claim("b", "causes", "c")
    + claim("a", "causes", "c", "p1s1", "p1s2"),
    "milder-than-its-source": FAULTS["milder-than-its-source"].replace("sign:", "sign; worse:"),
    "narrow-label": FAULTS["narrow-label"].replace("twitching", "uncontrolled movement"),
    "same-name": 'ex:a a ft:Substance ; skos:altLabel "SAME"@en .\n'
    'ex:b a ft:Quantity ; ft:serving-of ex:a ; skos:hiddenLabel "same"@en .\n',
    "seldom-usual": FAULTS["seldom-usual"].replace("ft:very-rare", "ft:very-frequent"),
    "single-case-usual": FAULTS["single-case-usual"].replace("ft:asserted", "ft:possible"),
    "site-outside": FAULTS["site-outside"] + claim("d", "part-of", "c"),
    "unchecked-red-flag": FAULTS["unchecked-red-flag"].replace(
        "[ ", "[ ft:checked ft:check-2026-11-full ; "
    ),
    "same-red-flag": claim("a", "has-criterion", "b")
    + claim("c", "has-criterion", "b")
    + claim("c", "has-exclusion", "d"),
    "span-of-ours": FAULTS["span-of-ours"].replace("at once", "at once; four weeks: ours"),
    "unmarked-inference": FAULTS["unmarked-inference"].replace("full", "full-inference"),
    "span-understated": FAULTS["span-understated"].replace("last months", "last two years"),
    "sure-inference": FAULTS["sure-inference"].replace("full-inference", "full"),
    "surer-than-its-criteria": FAULTS["surer-than-its-criteria"].replace("full-inference", "full"),
    "unsaid-step": FAULTS["unsaid-step"].replace("[ ", '[ ft:locator "that it does so"@en ; '),
    "symptom-without-cause": "ex:a a ft:Symptom . ex:b a ft:Habit .\n" + claim("b", "causes", "a"),
    "remedy-without-effect": FAULTS["remedy-without-effect"] + claim("b", "prevents", "c"),
}


def rows(extra: str) -> set[str]:
    """Names of the quality queries that find something in a schema with these statements."""
    store = ox.Store()
    for path in [
        *(ontology_dir() / name for name in ("schema.ttl", "scales.ttl")),
        *sorted((ontology_dir() / "passages").glob("*.ttl")),
    ]:
        store.extend(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    added = ox.parse((PREFIXES + extra).encode(), ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    quads = complete([*store, *added])
    with OxigraphStore.from_quads(quads) as everything:
        return {row.query for row in check_quality(everything)[0]}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_query_finds_the_fault(name: str) -> None:
    assert name in rows(FAULTS[name])


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_query_lets_the_harmless_pass(name: str) -> None:
    assert name not in rows(HARMLESS[name])


def test_every_query_is_tested() -> None:
    # Loading adds every missing edge, so what this one finds can only come from elsewhere.
    elsewhere = {"claim-without-edge"}
    names = {query.name for query in read_catalogue(queries_dir() / "quality").list()}
    assert names == set(FAULTS) | elsewhere


def test_a_claim_without_its_edge_is_found() -> None:
    text = PREFIXES + claim("a", "causes", "b")
    quads = list(ox.parse(text.encode(), ox.RdfFormat.TURTLE))
    with OxigraphStore.from_quads(quads) as store:
        assert "claim-without-edge" in {row.query for row in check_quality(store)[0]}


def test_a_row_says_what_was_found(tmp_path: Path) -> None:
    query = tmp_path / "any-muscle.rq"
    query.write_text(
        "# title: Muscles\nPREFIX ft: <https://w3id.org/facial-twitch/>\n"
        "SELECT ?muscle ?nothing { ?muscle a ft:Muscle }",
        encoding="utf-8",
    )
    muscle = ox.Quad(
        ox.NamedNode("https://w3id.org/facial-twitch/a"),
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("https://w3id.org/facial-twitch/Muscle"),
    )
    steps: list[str] = []
    with OxigraphStore.from_quads([muscle]) as store:
        (row,), number = check_quality(store, tmp_path, steps.append)
    assert str(row) == "any-muscle: Muscles: muscle ft:a"
    assert (number, steps) == (1, ["any-muscle"])
