"""A small explanation, put together by hand, with every kind of thing that one can hold."""

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
    NextQuestion,
    RaisedFlag,
    RankedCondition,
    RankedRemedy,
    SourceItem,
    Statement,
    Structure,
    Urgency,
    WatchFlag,
    WeightedFinding,
)
from kg.recognise.case import Amount, Case, Finding

FIRST = EvidenceItem("source:a", "paragraph 3, sentence 2", "supports", "a:p3s2")
SECOND = EvidenceItem("source:b", "chapter 4", "supports")
AGAINST = EvidenceItem("source:b", "chapter 5", "refutes")

LABELS = {
    "ft:brake": "brake",
    "ft:buzzing": "buzzing",
    "ft:cog": "cog",
    "ft:cold": "cold",
    "ft:cup-limit": "2 cups a day",
    "ft:damp": "damp",
    "ft:hum": "hum disorder",
    "ft:oil": "oil",
    "ft:rest": "resting the machine",
    "ft:rust": "rust",
    "ft:soon": "soon",
    "ft:tea": "tea",
    "ft:tilt": "tilt",
    "ft:wheel": "wheel",
}


def link(subject: str, text: str, target: str, polarity: int, **more: object) -> Link:
    return Link(
        subject=subject,
        relation="ft:acts-on",
        object=target,
        text=text,
        claim=f"claim:{subject[3:]}-{target[3:]}",
        polarity=polarity,
        hedge="asserted",
        confidence=0.8,
        evidence=(FIRST,),
        **more,  # type: ignore[arg-type]
    )


TEA = Chain(
    start="ft:tea",
    end="ft:buzzing",
    sign="+",
    confidence=0.4,
    direct=False,
    steps=(
        link("ft:tea", "tea blocks brake", "ft:brake", -1),
        link("ft:brake", "brake may lower cog", "ft:cog", -1, contested_by=("claim:x",)),
        link("ft:cog", "cog usually causes buzzing", "ft:buzzing", 1),
    ),
)
COLD = Chain(
    start="ft:cold",
    end="ft:buzzing",
    sign="?",
    confidence=0.3,
    direct=False,
    steps=(link("ft:cold", "cold alters buzzing", "ft:buzzing", 0),),
)
FLAG = RaisedFlag(
    id="ft:tilted",
    label="tilt with buzzing",
    level="soon",
    findings=("ft:tilt", "ft:buzzing"),
    criteria=(Criterion("ft:tilt", "tilt", True, ("ft:tilt",)),),
    advice="A tilted machine should be looked at.",
    points_to=("ft:hum",),
    claims=("claim:tilted",),
    evidence=(SECOND,),
)


@pytest.fixture
def explanation() -> Explanation:
    case = Case(
        text="It buzzes, two cups of tea, no rust, 3 weeks now.",
        findings=(
            Finding("ft:buzzing", "present", (3, 9), "ft:wheel", "left", 21.0),
            Finding(
                "ft:tea",
                "present",
                (11, 26),
                amount=Amount(2.0, "{cup}/d", "two cups of tea", "at", "ft:cup-limit"),
            ),
            Finding("ft:rust", "absent", (31, 35), reason="denied"),
            Finding("ft:cold", "unknown", reason="uncertain"),
            Finding("ft:damp", "absent", implied_by=("ft:tea",)),
        ),
        unrecognised=("flimflam",),
        others=(Finding("ft:oil", "present", reason="somebody else"),),
        notes=("the text is old",),
    )
    return Explanation(
        schema="kg-explanation/1",
        graph_version="1+abc",
        disclaimer="This is no verdict.",
        case=case,
        in_scope=True,
        labels=LABELS,
        kinds={},
        urgency=Urgency(
            level="soon",
            label="soon",
            advice="Have it looked at this week.",
            because=(FLAG,),
            watch_for=(WatchFlag("ft:smoke", "smoke", "now", ("ft:smoke",), False, (SECOND,)),),
        ),
        conditions=(
            RankedCondition(
                id="ft:hum",
                label="hum disorder",
                score=3.0,
                probability=0.9,
                prior=0.1,
                for_=(WeightedFinding("ft:buzzing", "buzzing", 3.0, 2.0, None),),
                against=(WeightedFinding("ft:rust", "rust", -1.0, 0.8, None),),
                not_asked=(),
                not_annotated=(),
                chains=(),
                evidence=(FIRST, AGAINST),
            ),
        ),
        causes=(
            Cause("ft:tea", "tea", "ft:Thing", True, 0.4, (TEA,), ("the amount is at the limit",)),
            Cause("ft:cold", "cold", "ft:Thing", False, 0.2, (COLD,)),
        ),
        covering_sets=(("ft:tea",),),
        unexplained=("ft:tilt",),
        location=Location(
            (Structure("ft:wheel", "wheel", "ft:Thing", (), (), "it serves the rim", ()),), (FIRST,)
        ),
        remedies=(
            RankedRemedy(
                id="ft:rest",
                label="resting the machine",
                kind="ft:Thing",
                self_care=True,
                score=0.5,
                interrupts=("claim:tea-brake",),
                chains=(),
                limit="at most 8 hours",
                time_to_effect="a few days",
                cautions=("not in the rain",),
                why="acts on what is reported: tea",
                evidence=(FIRST,),
                acts_on=("ft:tea",),
            ),
        ),
        questions=(NextQuestion("ft:damp", "Is it damp?", "yes speaks for rust", (), 0.1),),
        disagreements=(Statement("Sources disagree: on cogs.", (), (FIRST, AGAINST)),),
        sources=(
            SourceItem("source:b", "The *machine*", "textbook", None),
            SourceItem("source:a", "On buzzing", "review", "https://example.org/a_b"),
        ),
        lay_labels={"ft:cog": "a toothed wheel", "ft:hum": "the humming"},
    )
