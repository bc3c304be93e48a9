"""The whole explanation: contract, determinism, scope, sources, faces."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from rdflib import PROV, RDF, URIRef

from kg.explain.engine import Explainer
from kg.explain.wording import Wording
from kg.recognise.case import Case, Finding


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    """Checks the whole of each answer; a part that was seen to be right is right again."""
    text = (files("kg.explain") / "explanation.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator.VALIDATORS["$ref"]
    right: set[tuple[str, str]] = set()

    def once(validator, ref, instance, schema):
        part = (ref, json.dumps(instance))
        if part not in right:
            wrong = list(check(validator, ref, instance, schema))
            yield from wrong
            if not wrong:
                right.add(part)

    return jsonschema.validators.extend(jsonschema.Draft202012Validator, {"$ref": once})(schema)


CASES = [
    ((), ()),
    (("kitchen-drip",), ()),
    (("kitchen-drip", "worn-washer", "puddle"), ("limescale",)),
    (("puddle", "wet-socket"), ()),
    (("hard-water",), ("dripping",)),
]


@pytest.mark.parametrize(("present", "absent"), CASES)
def test_the_json_keeps_its_contract(tap, case, validator, present, absent) -> None:
    told = Explainer(tap).explain(case(*present, absent=absent)).to_dict()
    validator.validate(json.loads(json.dumps(told)))


@pytest.mark.parametrize(("present", "absent"), CASES)
def test_the_same_case_gives_the_same_bytes(tap, case, present, absent) -> None:
    case_ = case(*present, absent=absent)
    explainer = Explainer(tap)
    first = json.dumps(explainer.explain(case_).to_dict())
    explainer.explain(case("dripping", "rattling"))
    assert json.dumps(explainer.explain(case_).to_dict()) == first
    assert json.dumps(Explainer(tap).explain(case_).to_dict()) == first


def test_every_id_has_its_label(tap, case) -> None:
    told = Explainer(tap).explain(case("kitchen-drip", "worn-washer", absent=["puddle"])).to_dict()
    mentioned = {
        name
        for cause in told["causes"]
        for chain in cause["chains"]
        for step in chain["steps"]
        for name in (step["subject"], step["object"])
    }
    mentioned |= {r["id"] for r in told["remedies"]} | {q["id"] for q in told["questions"]}
    assert mentioned <= set(told["labels"])
    assert told["labels"]["tap:kitchen-drip"] == "kitchen drip"


def test_all_cited_sources_are_listed_once(tap, case) -> None:
    explanation = Explainer(tap).explain(case("kitchen-drip", "worn-washer", "puddle"))
    listed = [s.id for s in explanation.sources]
    assert len(listed) == len(set(listed))
    cited = {
        e.source
        for c in explanation.causes
        for chain in c.chains
        for step in chain.steps
        for e in step.evidence
    }
    assert cited <= set(listed)


def test_out_of_scope_still_has_its_urgency(tap) -> None:
    findings = tuple(Finding(f"tap:{n}", "present") for n in ("puddle", "wet-socket"))
    explanation = Explainer(tap).explain(Case("flood", findings, in_scope=False))
    assert not explanation.in_scope
    assert explanation.urgency.level == "emergency"
    assert explanation.causes == explanation.remedies == ()
    # Only what is told enough of: here what the warning sign points to.
    assert [c.id for c in explanation.conditions] == ["tap:burst-pipe"]


def test_covering_sets_name_what_remains(tap, case) -> None:
    explanation = Explainer(tap).explain(case("kitchen-drip", "rattling", "puddle"))
    assert explanation.covering_sets[0] == ("tap:old-tap", "tap:burst-pipe")
    assert explanation.unexplained == ()
    lonely = Explainer(tap).explain(case("wet-socket", "leak"))
    assert lonely.unexplained == ("tap:leak",)


def test_evidence_against_is_told(tap, case) -> None:
    explanation = Explainer(tap).explain(case("puddle", "worn-washer"))
    assert [d.text for d in explanation.disagreements] == [
        "Sources disagree: worn washer causes puddle (blog); evidence against it: paper."
    ]
    step = explanation.causes[0].chains[0].steps[0]
    assert {e.direction for e in step.evidence} == {"supports", "refutes"}


def test_contradicting_claims_are_told_with_both_sides(view_of) -> None:
    view = view_of(
        {"sun": "Exposure", "rain": "Exposure", "rust": "Symptom"},
        [
            ("sun", "causes", "rust", {"sources": ["blog"]}),
            ("rain", "causes", "rust"),
            ("claim:rain-causes-rust", "contradicts", "claim:sun-causes-rust"),
        ],
    )
    case_ = Case("x", (Finding("tap:rust", "present"), Finding("tap:sun", "present")))
    explanation = Explainer(view).explain(case_)
    (told,) = explanation.disagreements
    assert told.text == "Sources disagree: rain causes rust (book); but sun causes rust (blog)."
    assert explanation.causes[0].chains[0].steps[0].contested_by == ("claim:rain-causes-rust",)


def test_hedges_are_heard(tap) -> None:
    wording = Wording(tap)
    texts = {c.id: wording.claim(c) for c in tap.claims.values()}
    assert texts["claim:rubber-fault-causes-dripping"] == "rubber fault may cause dripping"
    assert texts["claim:hard-water-causes-limescale"] == "hard water usually causes limescale"
    assert texts["claim:worn-washer-causes-poor-seal"] == "worn washer causes poor seal"


def test_as_a_network(tap, case) -> None:
    explanation = Explainer(tap).explain(case("kitchen-drip", "worn-washer"))
    graph = explanation.to_networkx()
    assert graph.nodes["tap:kitchen-drip"]["role"] == "finding"
    assert graph.nodes["tap:worn-washer"]["label"] == "worn washer"
    edge = graph.edges["tap:worn-washer", "tap:poor-seal", "claim:worn-washer-causes-poor-seal"]
    assert (edge["sign"], edge["weight"] > 0) == (1, True)


def test_as_rdf_it_is_derived_from_claims(real, explainer) -> None:
    findings = (Finding("ft:nostril-twitching", "present"), Finding("ft:stress", "present"))
    graph = explainer.explain(Case("x", findings)).to_rdf()
    (root,) = graph.subjects(URIRef("http://purl.org/dc/terms/conformsTo"), None)
    assert (root, RDF.type, PROV.Entity) in graph
    derived = {str(o) for o in graph.objects(root, PROV.wasDerivedFrom)}
    assert derived <= {c.iri for c in real.claims.values()}
    assert derived
    again = Explainer(real).explain(Case("x", findings)).to_rdf()
    assert set(again) == set(graph)


def test_the_real_graph_keeps_the_contract(real, explainer, validator, some) -> None:
    findings = [c.id for c in real.with_role("ft:effect-kind")]
    # Several of all sorts in each case, and each has its turn.
    number = len(findings) // 8
    for start in some(range(number), 6):
        present = tuple(Finding(f, "present") for f in findings[start::number])
        told = explainer.explain(Case("x", present)).to_dict()
        validator.validate(json.loads(json.dumps(told)))
