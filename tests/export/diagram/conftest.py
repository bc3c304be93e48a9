"""Drawings put together by hand, with every kind of thing that a diagram can show."""

from __future__ import annotations

import pytest

from kg.explain.model import (
    Cause,
    Chain,
    Criterion,
    EvidenceItem,
    Explanation,
    Link,
    Location,
    RaisedFlag,
    RankedCondition,
    RankedRemedy,
    SourceItem,
    Urgency,
    WatchFlag,
)
from kg.export.drawing import Drawing, Edge, Node
from kg.export.drawn import draw_explanation
from kg.recognise.case import Case, Finding

KINDS = {
    "ft:brake": "ft:Process",
    "ft:buzzing": "ft:Symptom",
    "ft:cog": "ft:Process",
    "ft:cold": "ft:Exposure",
    "ft:hum": "ft:Condition",
    "ft:oiling": "ft:MedicalTreatment",
    "ft:rest": "ft:SelfCare",
    "ft:smoke": "ft:Sign",
    "ft:tea": "ft:Stimulant",
}
SUPPORTS = EvidenceItem("source:a", "page 3", "supports")
REFUTES = EvidenceItem("source:b", "page 5", "refutes")
SOURCES = (
    SourceItem(
        "source:a", "On buzzing, a long title that takes more than one line", "review", None
    ),
    SourceItem("source:b", "The machine", "textbook", "https://example.org/b"),
)


def node(name: str) -> Node:
    kind = KINDS[name]
    return Node(name, name[3:], kind, kind[3:].lower(), None, f"What {name[3:]} is.", f"x:{name}")


def edge(source: str, target: str, sign: int | None, **more: object) -> Edge:
    given = {
        "id": f"claim:{source[3:]}-acts-on-{target[3:]}",
        "source": source,
        "target": target,
        "relation": "ft:acts-on",
        "phrase": "acts on",
        "polarity": sign,
        "hedge": "asserted",
        "frequency": None,
        "confidence": 0.8,
        "supported": True,
        "sources": ("source:a",),
        "evidence": (SUPPORTS,),
        "contested": False,
        "text": f"{source[3:]} acts on {target[3:]}",
    }
    return Edge(**{**given, **more})  # type: ignore[arg-type]


def drawing(*edges: Edge, centre: str | None = None) -> Drawing:
    names = sorted({end for e in edges for end in (e.source, e.target)})
    nodes = tuple(map(node, names))
    return Drawing(
        "Machines", "1", nodes, tuple(sorted(edges, key=lambda e: e.id)), SOURCES, centre
    )


def chain(*steps: tuple[str, str, int]) -> Chain:
    links = tuple(
        Link(
            subject=source,
            relation="ft:acts-on",
            object=target,
            text=f"{source[3:]} acts on {target[3:]}",
            claim=f"claim:{source[3:]}-acts-on-{target[3:]}",
            polarity=sign,
            hedge="possible" if sign < 0 else "asserted",
            confidence=0.8,
            evidence=(SUPPORTS, REFUTES) if sign == 0 else (SUPPORTS,),
        )
        for source, target, sign in steps
    )
    return Chain(steps[0][0], steps[-1][1], "+", 0.5, len(links) == 1, links)


def remedy(name: str, *acts_on: str) -> RankedRemedy:
    own = KINDS[name] == "ft:SelfCare"
    limits = (None, None, ())
    told = (name, name[3:], KINDS[name], own, 0.5, (), ())
    return RankedRemedy(*told, *limits, "it helps", (SUPPORTS,), acts_on=acts_on)


@pytest.fixture
def told() -> Explanation:
    """An explanation with two causes, a condition, remedies, a raised flag and one to watch."""
    flag = RaisedFlag(
        "ft:loud",
        "loud buzzing",
        "prompt",
        ("ft:buzzing",),
        (Criterion("ft:buzzing", "buzzing", True, ("ft:buzzing",)),),
        None,
        (),
        (),
        (SUPPORTS,),
    )
    watched = WatchFlag("ft:fire", "fire", "emergency", ("ft:smoke",), False, (REFUTES,))
    tea = chain(("ft:tea", "ft:brake", -1), ("ft:brake", "ft:cog", -1), ("ft:cog", "ft:buzzing", 1))
    cold = chain(("ft:cold", "ft:buzzing", 0))
    hum = chain(("ft:hum", "ft:cog", 1), ("ft:cog", "ft:buzzing", 1))
    likely = RankedCondition("ft:hum", "hum", 3.0, 0.9, 0.1, (), (), (), (), (hum,))
    return Explanation(
        schema="kg-explanation/1",
        graph_version="1",
        disclaimer="This is no verdict.",
        case=Case("It buzzes.", (Finding("ft:buzzing", "present"), Finding("ft:tea", "present"))),
        in_scope=True,
        labels={name: name[3:] for name in KINDS} | {"ft:emergency": "emergency"},
        kinds=KINDS,
        urgency=Urgency("prompt", "prompt advice", "Have it looked at soon.", (flag,), (watched,)),
        conditions=(likely,),
        causes=(
            Cause("ft:tea", "tea", "ft:Stimulant", True, 0.4, (tea,)),
            Cause("ft:cold", "cold", "ft:Exposure", True, 0.2, (cold,)),
        ),
        covering_sets=(),
        unexplained=("ft:smoke",),
        location=Location((), ()),
        remedies=(remedy("ft:rest", "ft:tea", "ft:cog"), remedy("ft:oiling", "ft:cog")),
        questions=(),
        disagreements=(),
        sources=SOURCES,
    )


@pytest.fixture
def drawings(told: Explanation) -> dict[str, Drawing]:
    """Three drawings by name: an explanation, a path and a neighbourhood with a circle."""
    circle = (
        edge("ft:tea", "ft:brake", -1, hedge="possible"),
        edge("ft:brake", "ft:cog", -1, contested=True, evidence=(SUPPORTS, REFUTES)),
        edge("ft:cog", "ft:tea", 0),
        edge("ft:cog", "ft:buzzing", 1),
        edge("ft:hum", "ft:cog", None),
    )
    return {
        "explanation": draw_explanation(told),
        "path": drawing(edge("ft:tea", "ft:cog", 1), edge("ft:cog", "ft:buzzing", 1)),
        "around": drawing(*circle, centre="ft:cog"),
    }
