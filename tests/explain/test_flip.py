"""The smallest change of answers: applying it flips the result, and nothing smaller does."""

from __future__ import annotations

import json
import shlex
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.explain.answers import Answers
from kg.explain.engine import Explainer
from kg.recognise.case import Case, Finding
from kg.view import View

FINDINGS = ("leak", "dripping", "kitchen-drip", "puddle", "wet-socket", "rattling", "long-drip")
TEXTS = (
    "My nostril keeps twitching, no weakness",
    "My eyelid has twitched for three months and now the corner of my mouth jerks with it",
    "For a week the whole right side of my face has been weak and I can't close my eye",
)
STATUSES = ("present", "absent", "unknown")


def recognise(answers: Answers) -> Case:
    """A case of what is told by name; nothing follows from it."""
    findings = [Finding(name, "present") for name in answers.present]
    findings += [Finding(name, "absent") for name in answers.absent]
    return Case(answers.text, tuple(findings), in_scope=bool(findings))


def told(present, absent) -> Answers:
    there = tuple(f"tap:{name}" for name in present)
    return Answers("", there, tuple(f"tap:{a}" for a in sorted(absent) if a not in present))


def contradictions(view: View, present, absent) -> set[tuple[str, str]]:
    return {(p, b) for p in present for b in view.broader(p) if b in absent}


def smaller(view: View, answers: Answers, names, size: int):
    """All answers that differ from the given ones in so many names, contradictions left out."""
    known = contradictions(view, answers.present, answers.absent)
    for chosen in combinations(sorted(names), size):
        before = ["present" if n in answers.present else "absent" if n in answers.absent
                  else "unknown" for n in chosen]  # fmt: skip
        for after in product(STATUSES, repeat=size):
            if any(a == b for a, b in zip(after, before, strict=True)):
                continue
            new = dict(zip(chosen, after, strict=True))
            present = [p for p in answers.present if p not in new]
            absent = [a for a in answers.absent if a not in new]
            present += [n for n, status in new.items() if status == "present"]
            absent += [n for n, status in new.items() if status == "absent"]
            if present and contradictions(view, present, absent) <= known:
                yield Answers("", tuple(present), tuple(absent))


def first(explainer: Explainer, answers: Answers) -> str:
    return explainer.explain(recognise(answers)).conditions[0].id


@st.composite
def worlds(draw):
    """A few conditions with findings of some frequency, forms of each other, and a case."""
    findings = [f"sign-{n}" for n in range(5)]
    kinds = dict.fromkeys(findings, "Symptom")
    claims = [("sign-1", "form-of", "sign-0"), ("sign-2", "form-of", "sign-0")]
    for n in range(draw(st.integers(2, 4))):
        kinds[f"fault-{n}"] = "Condition"
        prevalence = draw(st.sampled_from(["common", "rare"]))
        claims.append((f"fault-{n}", "has-prevalence", f"ft:{prevalence}"))
        for finding in draw(st.sets(st.sampled_from(findings), min_size=1)):
            band = draw(st.sampled_from(["very-frequent", "frequent", "very-rare", "excluded"]))
            claims.append((f"fault-{n}", "has-finding", finding, {"frequency": band}))
    present = draw(st.lists(st.sampled_from(findings), unique=True, min_size=1, max_size=3))
    absent = draw(st.sets(st.sampled_from(findings), max_size=2))
    return kinds, claims, told(present, absent)


@settings(deadline=None, max_examples=60)
@given(worlds())
def test_no_smaller_change_makes_another_condition_first(view_of, world) -> None:
    kinds, claims, answers = world
    view = view_of(kinds, claims)
    explainer = Explainer(view)
    before = first(explainer, answers)
    flip = explainer.flip(recognise, answers, most=2)
    assert flip.before == before
    if flip.found:
        assert first(explainer, flip.answers) == flip.after != before
    names = {f for c in explainer.explain(recognise(answers)).conditions for f in c.not_asked}
    names |= {*answers.present, *answers.absent}
    for size in range(1, len(flip.changes) if flip.found else 3):
        changed = smaller(view, answers, names, size)
        assert not any(first(explainer, other) != before for other in changed)


@settings(deadline=None, max_examples=40)
@given(worlds(), st.data())
def test_no_smaller_change_makes_the_wanted_condition_first(view_of, world, data) -> None:
    kinds, claims, answers = world
    view = view_of(kinds, claims)
    explainer = Explainer(view)
    wanted = data.draw(st.sampled_from(sorted(f"tap:{k}" for k in kinds if k.startswith("fault"))))
    flip = explainer.flip(recognise, answers, to=wanted, most=2)
    if flip.found:
        assert first(explainer, flip.answers) == wanted == flip.after
    names = {f for c in explainer.explain(recognise(answers)).conditions for f in c.not_asked}
    names |= {*answers.present, *answers.absent}
    for size in range(len(flip.changes) if flip.found else 3):
        changed = smaller(view, answers, names, size)
        assert not any(first(explainer, other) == wanted for other in changed)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from(FINDINGS), unique=True, min_size=1), st.sets(st.sampled_from(FINDINGS))
)
def test_no_smaller_change_moves_the_urgency(tap, present, absent) -> None:
    explainer = Explainer(tap)
    answers = told(present, absent)

    def level(other: Answers) -> str:
        return explainer.explain(recognise(other)).urgency.level

    flip = explainer.flip(recognise, answers, urgency=True, most=3)
    assert flip.before == level(answers)
    if flip.found:
        assert level(flip.answers) == flip.after != flip.before
    names = {f"tap:{name}" for name in FINDINGS}
    for size in range(1, len(flip.changes) if flip.found else 3):
        assert not any(level(a) != flip.before for a in smaller(tap, answers, names, size))


def test_open_questions_are_answered_before_what_was_told_is_changed(tap) -> None:
    flip = Explainer(tap).flip(recognise, told(["dripping"], []))
    assert flip.found
    assert [(c.id, c.before, c.after) for c in flip.changes] == [
        ("tap:puddle", "unknown", "present"),
        ("tap:wet-socket", "unknown", "present"),
    ]
    assert flip.answers.present == ("tap:dripping", "tap:puddle", "tap:wet-socket")


def test_what_is_first_already_needs_no_change(tap) -> None:
    flip = Explainer(tap).flip(recognise, told(["dripping"], []), to="tap:old-tap")
    assert (flip.found, flip.changes) == (True, ())


def test_none_within_the_bound_is_said(view_of) -> None:
    view = view_of(
        {"pump": "Condition", "motor": "Condition", "hum": "Symptom"},
        [
            ("pump", "has-finding", "hum", {"frequency": "very-frequent"}),
            ("pump", "has-prevalence", "ft:common"),
            ("motor", "has-prevalence", "ft:rare"),
        ],
    )
    flip = Explainer(view).flip(recognise, told(["hum"], []), to="tap:motor")
    assert (flip.found, flip.after, flip.changes) == (False, None, ())
    assert "No change of 3 answers or fewer" in flip.to_markdown()
    assert flip.to_dict()["found"] is False


def test_what_is_no_condition_cannot_come_first(tap) -> None:
    with pytest.raises(BadInput, match="is no condition"):
        Explainer(tap).flip(recognise, told(["dripping"], []), to="tap:worn-washer")
    with pytest.raises(BadInput, match="nothing is reported"):
        Explainer(tap).flip(recognise, told([], ["dripping"]))


@pytest.mark.thorough(keep=5)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("goal", [{}, {"urgency": True}, {"to": "stroke"}, {"to": "tic disorder"}])
def test_telling_it_again_with_the_change_flips_the_graph(graph, text, goal) -> None:
    flip = graph.flip(text, **goal)
    assert flip.found
    assert 1 <= len(flip.changes) <= 3
    again = graph.explain(
        flip.answers.text, findings=flip.answers.present, absent=flip.answers.absent
    )
    after = again.urgency.level if "urgency" in goal else again.conditions[0].id
    assert after == flip.after != flip.before
    if "to" in goal:
        assert after == graph.resolve(goal["to"])
    assert set(flip.claims) <= graph.view.claims.keys()
    words = shlex.split(flip.command)
    assert words[:2] == ["kg", "explain"]
    assert [w for w in words if w.startswith("ft:")] == [
        *flip.answers.present, *flip.answers.absent
    ]  # fmt: skip
    assert json.loads(json.dumps(flip.to_dict()))["changes"]


def test_a_condition_or_the_urgency_not_both(graph) -> None:
    with pytest.raises(BadInput, match="ask one of them"):
        graph.flip("My nostril twitches", to="stroke", urgency=True)
