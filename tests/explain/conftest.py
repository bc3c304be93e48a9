"""A small world without medicine: why a tap drips. The engine must not know the difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pytest

from kg.confidence import evidence_confidence
from kg.explain.engine import Explainer
from kg.graph import Graph
from kg.recognise.case import Case, Finding
from kg.view import Claim, Concept, Evidence, Quantity, Relation, ScaleItem, Source, View

# relation: phrase, inverse phrase, polarity, direction, causal, direct
RELATIONS = {
    "causes": ("causes", "is caused by", 1, "forward", True, False),
    "triggers": ("sets off", "is set off by", 1, "forward", True, False),
    "decreases": ("lowers", "is lowered by", -1, "forward", True, False),
    "alters": ("alters", "is altered by", 0, "forward", True, False),
    "subtype-of": ("is a kind of", "includes", 1, "forward", False, False),
    "form-of": ("is a form of", "can show as", 1, "backward", False, False),
    "has-finding": ("can show as", "is seen in", 1, "forward", False, True),
    "has-criterion": ("requires", "is a criterion of", None, None, False, False),
    "has-exclusion": ("does not hold with", "rules out", None, None, False, False),
    "has-urgency": ("has the urgency", "is the urgency of", None, None, False, False),
    "indicates": ("points to", "is pointed to by", None, None, False, False),
    "warrants": ("calls for", "is called for by", None, None, False, False),
    "has-prevalence": ("is", "is the prevalence of", None, None, False, False),
    "has-limit": ("has the limit", "is the limit of", None, None, False, False),
    "has-time-to-effect": ("works within", "is the time of", None, None, False, False),
    "applies-to": ("holds for", "is a population of", None, None, False, False),
    "located-in": ("is located in", "is the place of", None, None, False, False),
    "part-of": ("is part of", "contains", None, None, False, False),
    "innervates": ("supplies", "is supplied by", None, None, False, False),
    "continuous-with": ("continues into", "is continued from", None, None, False, False),
    "branch-of": ("is a branch of", "branches into", None, None, False, False),
    "has-action": ("brings about", "is brought about by", None, None, False, False),
    "contradicts": ("disagrees with", "is disputed by", None, None, False, False),
    "strengthens": ("strengthens", "is strengthened by", 1, None, False, False),
}
ROLES = {
    "Process": {"ft:mechanism-kind"},
    "Exposure": {"ft:reportable", "ft:cause-kind"},
    "Symptom": {"ft:reportable", "ft:effect-kind", "ft:overactivity"},
    "Sign": {"ft:reportable", "ft:effect-kind", "ft:underactivity"},
    "Trace": {"ft:reportable", "ft:effect-kind"},
    "TemporalPattern": {"ft:reportable", "ft:effect-kind"},
    "Condition": {"ft:reportable", "ft:cause-kind", "ft:candidate-kind"},
    "OpenCandidate": {"ft:open-candidate-kind"},
    "SelfCare": {"ft:remedy-kind"},
    "ProfessionalCare": {"ft:remedy-kind"},
    "RedFlag": {"ft:red-flag-kind"},
    "BodySite": {"ft:structure-kind", "ft:site-kind"},
    "Muscle": {"ft:structure-kind"},
    "Nerve": {"ft:structure-kind"},
    "Substance": set(),
    "Quantity": set(),
    "Population": set(),
}
Statement = tuple[str, str, str] | tuple[str, str, str, Mapping[str, object]]


def _scales() -> dict[str, ScaleItem]:
    rows: list[tuple[str, str, str, int | None, float | None, float | None]] = [
        ("asserted", "Hedge", "stated", None, 0.9, 0.85),
        ("usual", "Hedge", "usually", None, 0.8, 0.6),
        ("possible", "Hedge", "may", None, 0.6, 0.2),
        ("self-care", "UrgencyLevel", "self-care", 0, None, None),
        ("see-doctor", "UrgencyLevel", "see somebody", 1, None, None),
        ("prompt", "UrgencyLevel", "soon", 2, None, None),
        ("emergency", "UrgencyLevel", "at once", 3, None, None),
        ("very-frequent", "FrequencyBand", "in most", None, None, 0.9),
        ("frequent", "FrequencyBand", "in many", None, None, 0.5),
        ("very-rare", "FrequencyBand", "in a few", None, None, 0.02),
        ("excluded", "FrequencyBand", "in none", None, None, 0.001),
        ("overactivity", "ActivityChange", "irritation", None, 0.5, 0.25),
        ("underactivity", "ActivityChange", "lesion", None, 0.3, 0.5),
        ("common", "PrevalenceBand", "common", None, None, 0.1),
        ("rare", "PrevalenceBand", "rare", None, None, 0.005),
        ("review", "SourceType", "review", None, 0.9, None),
        ("health-article", "SourceType", "article", None, 0.8, None),
    ]
    return {
        f"ft:{name}": ScaleItem(
            f"ft:{name}", f"ft:{kind}", label, "", rank, weight, share, f"advice: {label}"
        )
        for name, kind, label, rank, weight, share in rows
    }


def make_view(
    kinds: Mapping[str, str],
    statements: Iterable[Statement],
    *,
    quantities: Sequence[Quantity] = (),
    questions: Mapping[str, str] | None = None,
) -> View:
    """A view of `tap:` concepts from kind names and (subject, relation, object[, more]) tuples.

    More may hold `hedge`, `frequency`, `sources` (list of ids) and `refutes` (list of ids).
    """
    concepts = {
        f"tap:{name}": Concept(
            id=f"tap:{name}",
            iri=f"https://example.org/tap/{name}",
            label=name.replace("-", " "),
            definition=name,
            kinds=(f"ft:{kind}", "ft:Concept"),
            roles=frozenset(ROLES[kind]),
            question=(questions or {}).get(name),
        )
        for name, kind in sorted(kinds.items())
    }
    relations = {
        f"ft:{name}": Relation(
            f"ft:{name}", f"https://w3id.org/facial-twitch/{name}", name, "", row[0], row[1], None,
            row[2], row[3], row[4], row[5],
        )
        for name, row in sorted(RELATIONS.items())
    }  # fmt: skip
    sources = {
        f"source:{name}": Source(
            f"source:{name}", f"https://example.org/{name}", name, f"ft:{kind}", None,
            f"source:{name}",
        )
        for name, kind in (("book", "review"), ("blog", "health-article"), ("paper", "review"))
    }  # fmt: skip
    view = View(
        version="test", concepts=concepts, relations=relations, claims={}, sources=sources,
        passages={}, scales=_scales(), quantities={q.id: q for q in quantities}, cues={},
    )  # fmt: skip
    claims: dict[str, Claim] = {}
    for statement in statements:
        claim = _claim(view, statement)
        claims[claim.id] = claim
    return View(
        version="test", concepts=concepts, relations=relations,
        claims=dict(sorted(claims.items())), sources=sources, passages={}, scales=view.scales,
        quantities=view.quantities, cues={},
    )  # fmt: skip


def _full(name: str) -> str:
    return name if ":" in name else f"tap:{name}"


def _claim(view: View, statement: Statement) -> Claim:
    subject, relation, target = (part for part in statement[:3])
    more: Mapping[str, object] = statement[3] if len(statement) == 4 else {}
    name = "-".join(part.rpartition(":")[2] for part in (subject, relation, target))
    sides = [
        *((s, "ft:supports") for s in more.get("sources", ["book"])),
        *((s, "ft:refutes") for s in more.get("refutes", [])),
    ]
    frequency = more.get("frequency")
    claim = Claim(
        id=f"claim:{name}",
        iri=f"https://example.org/claim/{name}",
        subject=_full(str(subject)),
        predicate=f"ft:{relation}",
        object=_full(str(target)),
        literal_object=False,
        hedge=f"ft:{more.get('hedge', 'asserted')}",
        frequency=f"ft:{frequency}" if frequency is not None else None,
        evidence=tuple(
            Evidence(f"claim:{name}/evidence/{s}", f"source:{s}", None, "page 1", side)
            for s, side in sides
        ),
        confidence=0.5,
    )
    value = evidence_confidence(claim.hedge, claim.evidence, view.sources, view.scales).value
    return Claim(
        claim.id, claim.iri, claim.subject, claim.predicate, claim.object, False, claim.hedge,
        claim.frequency, claim.evidence, value,
    )  # fmt: skip


TAP_KINDS = {
    "worn-washer": "Exposure",
    "limescale": "Exposure",
    "hard-water": "Exposure",
    "high-pressure": "Exposure",
    "rubber-fault": "Exposure",
    "poor-seal": "Process",
    "water-flow": "Process",
    "tightness": "Process",
    "valve-play": "Process",
    "leak": "Symptom",
    "dripping": "Symptom",
    "kitchen-drip": "Symptom",
    "bathroom-drip": "Symptom",
    "puddle": "Symptom",
    "wet-socket": "Symptom",
    "rattling": "Symptom",
    "long-drip": "TemporalPattern",
    "old-tap": "Condition",
    "burst-pipe": "Condition",
    "new-washer": "SelfCare",
    "new-rubber": "SelfCare",
    "descaling": "SelfCare",
    "tightening": "SelfCare",
    "plumber": "ProfessionalCare",
    "electrician": "ProfessionalCare",
    "pressure-valve": "ProfessionalCare",
    "water-at-socket": "RedFlag",
    "lasting-drip": "RedFlag",
    "kitchen": "BodySite",
    "sink": "BodySite",
    "bathroom": "BodySite",
    "spout": "Muscle",
    "shower-head": "Muscle",
    "kitchen-pipe": "Nerve",
    "main-pipe": "Nerve",
    "once-a-year": "Quantity",
    "a-day": "Quantity",
    "households": "Population",
}
TAP: list[Statement] = [
    ("worn-washer", "causes", "poor-seal"),
    ("worn-washer", "subtype-of", "rubber-fault"),
    ("rubber-fault", "causes", "dripping", {"hedge": "possible"}),
    ("hard-water", "causes", "limescale", {"hedge": "usual"}),
    ("limescale", "decreases", "tightness"),
    ("tightness", "decreases", "water-flow"),
    ("poor-seal", "causes", "water-flow", {"sources": ["book", "blog"]}),
    ("water-flow", "causes", "dripping"),
    ("high-pressure", "alters", "valve-play"),
    ("valve-play", "causes", "dripping"),
    ("high-pressure", "causes", "rattling"),
    ("dripping", "form-of", "leak"),
    ("kitchen-drip", "form-of", "dripping"),
    ("bathroom-drip", "form-of", "dripping"),
    ("old-tap", "has-finding", "dripping", {"frequency": "very-frequent"}),
    ("old-tap", "has-finding", "rattling", {"frequency": "frequent"}),
    ("old-tap", "has-finding", "wet-socket", {"frequency": "very-rare"}),
    ("old-tap", "has-prevalence", "ft:common"),
    ("burst-pipe", "has-finding", "puddle", {"frequency": "very-frequent"}),
    ("burst-pipe", "has-finding", "wet-socket", {"hedge": "possible"}),
    ("burst-pipe", "has-finding", "long-drip", {"sources": [], "refutes": ["book"]}),
    ("burst-pipe", "has-prevalence", "ft:rare"),
    ("new-washer", "decreases", "worn-washer"),
    ("new-washer", "has-time-to-effect", "a-day"),
    ("new-rubber", "subtype-of", "new-washer"),
    ("descaling", "decreases", "limescale"),
    ("descaling", "has-limit", "once-a-year"),
    ("once-a-year", "applies-to", "households"),
    ("tightening", "decreases", "dripping", {"hedge": "possible"}),
    ("pressure-valve", "decreases", "high-pressure"),
    ("water-at-socket", "has-criterion", "puddle"),
    ("water-at-socket", "has-criterion", "wet-socket"),
    ("water-at-socket", "has-exclusion", "rattling"),
    ("water-at-socket", "has-urgency", "ft:emergency"),
    ("water-at-socket", "indicates", "burst-pipe"),
    ("water-at-socket", "warrants", "electrician"),
    ("lasting-drip", "has-criterion", "leak"),
    ("lasting-drip", "has-criterion", "long-drip"),
    ("lasting-drip", "has-urgency", "ft:see-doctor"),
    ("lasting-drip", "warrants", "plumber"),
    ("kitchen-drip", "located-in", "sink"),
    ("bathroom-drip", "located-in", "bathroom"),
    ("sink", "part-of", "kitchen"),
    ("spout", "located-in", "sink"),
    ("shower-head", "located-in", "bathroom"),
    ("kitchen-pipe", "innervates", "spout"),
    ("kitchen-pipe", "branch-of", "main-pipe"),
    ("main-pipe", "innervates", "shower-head"),
    ("worn-washer", "causes", "puddle", {"sources": ["blog"], "refutes": ["paper"]}),
]
QUANTITIES = (
    Quantity("tap:once-a-year", "once a year", 1.0, "/a", "<=", None, None, None),
    Quantity("tap:a-day", "a day", None, None, None, None, 1.0, None),
)


@pytest.fixture(scope="session")
def tap() -> View:
    return make_view(
        TAP_KINDS, TAP, quantities=QUANTITIES, questions={"puddle": "Is there a puddle?"}
    )


def make_case(*present: str, absent: Iterable[str] = (), **more: object) -> Case:
    """A case of `tap:` findings; `site=…` and `amount=…` go to the first one."""
    findings = [Finding(f"tap:{name}", "present") for name in present]
    if more and findings:
        findings[0] = Finding(findings[0].id, "present", **more)
    findings += [Finding(f"tap:{name}", "absent") for name in absent]
    return Case(" ".join(present), tuple(findings))


@pytest.fixture(scope="session")
def real(graph: Graph) -> View:
    return graph.view


@pytest.fixture(scope="session")
def case() -> Callable[..., Case]:
    return make_case


@pytest.fixture(scope="session")
def view_of() -> Callable[..., View]:
    return make_view


@pytest.fixture(scope="session")
def explainer(graph: Graph) -> Explainer:
    """The engine on the whole graph."""
    return graph._explainer
