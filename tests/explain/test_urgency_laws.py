"""Laws of urgency: flags only add up, and what was not understood is never reassured about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, permutations, product
from typing import Any

import pytest

import kg
from kg.explain.engine import Explainer
from kg.explain.reading import Reading
from kg.recognise.case import Case, Finding, Known, Unread

TURNS = 6
ORDER = ("self-care", "see-doctor", "prompt", "emergency")

Some = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def criteria(graph: kg.Graph) -> list[str]:
    """All that any flag needs, or is ruled out by."""
    view = graph.view
    flags = [flag.id for flag in view.with_role("ft:red-flag-kind")]
    relations = ("ft:has-criterion", "ft:has-exclusion")
    return sorted({o for f in flags for r in relations for o in view.objects(f, r)})


def level_of(explainer: Explainer, *findings: Finding, **more: object) -> str:
    return settled(explainer, replace(Case("", findings), **more))


def settled(explainer: Explainer, case: Case) -> str:
    """The level of a case as an answer tells it, worked out without all that is told beside it."""
    tools = explainer._tools
    return tools.flags.level(Reading(explainer.view, tools.taxonomy, case))


def here(name: str, *qualities: str) -> Finding:
    return Finding(name, "present", qualities=qualities)


def rank(level: str) -> int:
    return ORDER.index(level)


def test_an_answer_tells_the_level_that_the_laws_are_about(
    explainer: Explainer, criteria: list[str]
) -> None:
    for name in criteria:
        case = Case("", (here(name),))
        assert explainer.explain(case).urgency.level == settled(explainer, case)


def test_a_further_sign_never_lowers_the_level_of_a_case(
    explainer: Explainer, criteria: list[str], some: Some
) -> None:
    alone = {c: rank(level_of(explainer, here(c))) for c in criteria}
    for one, other in some(combinations(criteria, 2), 500):
        both = rank(level_of(explainer, here(one), here(other)))
        assert both >= max(alone[one], alone[other]), (one, other)


def test_a_further_sign_never_cancels_what_two_signs_mean(
    graph: kg.Graph, explainer: Explainer, criteria: list[str], some: Some
) -> None:
    needed = {
        flag.id: [here(c) for c in graph.view.objects(flag.id, "ft:has-criterion")]
        for flag in graph.view.with_role("ft:red-flag-kind")
    }
    before = {flag: rank(level_of(explainer, *signs)) for flag, signs in needed.items() if signs}
    for flag, more in some(product(before, criteria), 500):
        after = level_of(explainer, *needed[flag], here(more))
        assert rank(after) >= before[flag], (flag, more)


def test_a_denied_sign_and_unread_words_never_lower_the_level(
    explainer: Explainer, criteria: list[str], some: Some, graph: kg.Graph
) -> None:
    unread = (Unread((0, 4), "dead", "alarm"),)
    before = {one: level_of(explainer, here(one)) for one in criteria}
    for one, other in some(permutations(criteria, 2), 500):
        after = level_of(explainer, here(one), Finding(other, "absent", reason="denied"))
        assert rank(after) >= rank(before[one]), (one, other)
    for one in criteria:
        with_unread = level_of(explainer, here(one), unread=unread)
        # A sign that is only never harmless says the least: what was not understood may be more.
        told = graph.view.concepts[one]
        least = before[one] == "see-doctor" and "ft:effect-kind" in told.roles
        least = least and told.urgency_when_named is not None
        silent = before[one] == "self-care" or least
        assert with_unread == ("unclear" if silent else before[one]), one


def test_an_exclusion_counts_only_for_the_finding_that_it_is_said_of(explainer: Explainer) -> None:
    weak, slow, sudden = "ft:arm-weakness", "ft:gradual-onset", "ft:sudden-onset"
    assert level_of(explainer, here(weak, slow), here(slow)) == "prompt"
    assert level_of(explainer, here(weak), here(slow)) == "emergency"
    assert level_of(explainer, here(weak, slow), here(weak), here(slow)) == "emergency"
    assert level_of(explainer, here(weak, slow), here(slow), here(sudden)) == "emergency"


# -- the same of sentences


def sentence(graph: kg.Graph, name: str) -> str:
    return f"There is {graph.view.label(name)}."


@pytest.fixture(scope="module")
def told(graph: kg.Graph, criteria: list[str]) -> dict[str, str]:
    """The criteria that can be told by their label alone, with the level of the sentence."""
    found = {}
    for name in criteria:
        answer = graph.explain(sentence(graph, name))
        if name in answer.case.present():
            found[name] = answer.urgency.level
    return found


def test_the_labels_can_be_told(told: dict[str, str], criteria: list[str]) -> None:
    assert len(told) > len(criteria) / 2


@pytest.mark.parametrize("turn", range(TURNS))  # so that several workers share them
def test_a_further_sentence_never_lowers_the_level(
    graph: kg.Graph, explainer: Explainer, told: dict[str, str], some: Some, turn: int
) -> None:
    """All pairs of what means more than self-care with what any flag is made of.

    A palsy that has its name, or a numbing, is no further sign: weakness is put down to it. That it
    came on slowly, or settles, or is as in childhood, is none either: a sentence of its own says it
    of what was told.
    """
    view = graph.view
    reasons = [f"ft:put-down-to-{what}" for what in ("palsy", "treatment", "injection")]
    reasons += ["ft:gradual-onset", "ft:settles-with-slow-breathing", "ft:sign-of-known-illness"]
    reasons += ["ft:crooked-when-crying", "ft:jaw-locks-and-frees"]
    reasons += ["ft:treated-spread"]
    explained = {
        (sign, reason)
        for reason in reasons
        for flag in view.subjects("ft:has-exclusion", reason)
        for sign in view.objects(flag, "ft:has-criterion")
    }
    explained |= {
        (sign, "ft:numbing-medicine")
        for sign in told
        if "ft:loss-of-sensation" in view.broader(sign)
    }
    # "A spasm of the face or the neck. There is pain": it may be the neck that hurts.
    explained.add(("ft:face-or-neck-spasm", "ft:pain-elsewhere"))
    raising = [name for name, level in told.items() if level in ORDER[1:]]
    others = [name for name in told if name != "ft:childhood-onset"]
    pairs = [pair for pair in product(raising, others) if pair[0] != pair[1]]
    for one, other in some(pairs[turn::TURNS], 300 // TURNS):
        first, second = sentence(graph, one), sentence(graph, other)
        # Where both raise the level, their turn in the other order comes by itself.
        texts = [f"{first} {second}"] + [f"{second} {first}"] * (other not in raising)
        for text in texts:
            case = graph.read(text)
            if explained & set(permutations(case.present(), 2)):
                continue
            level = settled(explainer, case)
            assert level != "unclear", text
            assert rank(level) >= rank(told[one]), text


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("My eyelid twitches and my speech is slurred.", "emergency"),
        ("My arm is weak. My eyelid twitches.", "emergency"),
        ("My face suddenly drooped. I walk slowly.", "emergency"),
        ("My face suddenly drooped, and my eyelid twitch came on gradually.", "emergency"),
        ("My arm slowly became weak over the last year.", "prompt"),
        ("My arm is weak. It came on gradually.", "prompt"),
    ],
)
def test_what_is_said_of_one_finding_is_not_said_of_another(
    graph: kg.Graph, text: str, level: str
) -> None:
    assert graph.explain(text).urgency.level == level


# -- what is over, and what has a name


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Two days ago my arm was weak for an hour, it is fine now.", "emergency"),
        ("My face drooped suddenly yesterday but it has gone away again.", "emergency"),
        ("My face drooped for ten minutes yesterday and then it went away.", "emergency"),
        ("My lip twitched yesterday but it has gone away again.", "self-care"),
    ],
)
def test_a_sign_of_danger_that_went_away_within_days_counts(
    graph: kg.Graph, text: str, level: str
) -> None:
    assert graph.explain(text).urgency.level == level


def test_a_sign_of_danger_that_went_away_years_ago_does_not_count(explainer: Explainer) -> None:
    over = Finding("ft:arm-weakness", "absent", reason="resolved", duration_days=3650.0)
    twitch = here("ft:eyelid-twitching")
    assert level_of(explainer, twitch, others=(over,)) == "self-care"
    days = replace(over, duration_days=3.0)
    assert level_of(explainer, twitch, others=(days,)) == "emergency"
    past = replace(over, reason="in the past", duration_days=None)
    assert level_of(explainer, twitch, others=(past,)) == "self-care"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("He has tetanus.", "emergency"),
        ("The doctors think it is a stroke.", "emergency"),
        ("My eyelid twitches. Is it a stroke?", "self-care"),
        ("My eyelid twitches. I am afraid of a stroke.", "self-care"),
        ("My eyelid twitches. It is not a stroke.", "self-care"),
        ("My eyelid twitches. I had a stroke ten years ago.", "see-doctor"),
    ],
)
def test_a_dangerous_condition_that_is_named_has_its_own_urgency(
    graph: kg.Graph, text: str, level: str
) -> None:
    answer = graph.explain(text)
    assert answer.urgency.level == level
    if level == "emergency":
        (named,) = answer.urgency.because
        assert named.evidence
        assert named.findings
        assert "ft:emergency-medical-care" in {r.id for r in answer.remedies}


def test_a_condition_known_for_the_person_counts_unless_it_is_past(explainer: Explainer) -> None:
    twitch = here("ft:eyelid-twitching")

    def known(status: str) -> str:
        return level_of(explainer, twitch, known=(Known("ft:tetanus", status, (0, 1)),))

    assert known("named") == known("suspected") == "emergency"
    assert known("past") == "self-care"


def test_a_named_condition_is_no_more_urgent_than_its_signs_or_itself(graph: kg.Graph) -> None:
    view = graph.view
    named = [c for c in view.concepts.values() if c.urgency_when_named is not None]
    assert named
    for condition in named:
        of = ("ft:has-finding", "ft:has-criterion")
        shown = [c for r in of for c in view.by_object.get((condition.id, r), ())]
        levels = {
            level
            for source in (
                condition.id,
                *view.subjects("ft:indicates", condition.id),
                *(claim.subject for claim in shown if claim.supported),
            )
            for level in view.objects(source, "ft:has-urgency")
        }
        highest = max(view.scales[level].rank or 0 for level in levels)
        assert (view.scales[condition.urgency_when_named or ""].rank or 0) <= highest, condition.id


# -- what was not understood


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("My eyelid twitches. My right arm is like porridge.", "My right arm is like porridge"),
        ("My stomach burns. My eyelid twitches.", "My stomach burns"),
    ],
)
def test_unread_words_about_the_body_make_the_urgency_unclear(
    graph: kg.Graph, text: str, quote: str
) -> None:
    answer = graph.explain(text)
    assert answer.urgency.level == "unclear"
    assert not answer.urgency.because
    first = answer.questions[0]
    assert first.text == f"What did you mean by “{quote}”?"
    assert first.could_be
    assert text[slice(*answer.case.unread[0].span)] == quote
    for shown in (answer.to_markdown(), answer.to_markdown("clinical")):
        assert "Nothing that was understood calls for a doctor" not in shown
        assert quote in shown


@pytest.mark.parametrize(
    "text",
    [
        "I put my phone to my face. My eyelid twitches.",
        "My eyelid twitches, no weakness, it doesn't hurt.",
        "My lip twitches. I have a heavy workload, tight deadlines and a boss who does my head in.",
        "My eyelid twitches when I rest my hand on my cheek and read.",
        "My eyelid twitches. I have an appointment with the eye doctor on Friday.",
    ],
)
def test_ordinary_words_are_not_unread(graph: kg.Graph, text: str) -> None:
    answer = graph.explain(text)
    assert not answer.case.unread
    assert answer.urgency.level == "self-care"


def test_unread_words_beside_a_raised_flag_only_add_a_question(graph: kg.Graph) -> None:
    plain = graph.explain("My eyelid twitches and tingles.")
    more = graph.explain("My eyelid twitches and tingles. My tongue is furry.")
    assert more.urgency.level == plain.urgency.level == "see-doctor"
    assert more.questions[0].quote == "My tongue is furry"
    assert plain.questions[0].quote is None


def test_what_is_out_of_scope_is_unclear(graph: kg.Graph) -> None:
    answer = graph.explain("How long does bread keep?")
    assert (answer.in_scope, answer.urgency.level, answer.urgency.clear) == (
        False,
        "unclear",
        False,
    )
    assert "Nothing that was understood calls for a doctor" not in answer.to_markdown()


def test_unclear_stands_apart_from_the_order_of_levels(explainer: Explainer) -> None:
    assert explainer.levels == ORDER


def test_every_face_of_the_answer_tells_what_was_not_read(graph: kg.Graph) -> None:
    answer = graph.explain("My eyelid twitches. My right arm is like porridge.")
    told = answer.to_dict()
    assert told["urgency"]["level"] == "unclear"
    (unread,) = told["case"]["unread"]
    assert (unread["text"], unread["why"]) == ("My right arm is like porridge", "body part")
    assert unread["about"] == [{"id": "ft:arm", "label": "arm"}]
    assert told["questions"][0]["quote"] == "My right arm is like porridge"
    assert {"id": "ft:arm-weakness", "label": "arm weakness"} in told["questions"][0]["could_be"]
    assert "ft:unclear" in answer.to_turtle()
    assert "My right arm is like porridge" in answer.to_turtle()
    picture = str(answer.export("svg"))
    assert "I cannot tell how urgent this is" in picture
    assert "calls for a doctor" not in picture


def test_a_dialogue_does_not_ask_for_a_yes_to_what_was_meant(graph: kg.Graph) -> None:
    dialogue = graph.dialogue("My eyelid twitches. My right arm is like porridge.")
    assert dialogue.explanation.questions[0].quote == "My right arm is like porridge"
    assert dialogue.question is not None
    assert dialogue.question.quote is None


def test_the_colon_of_a_heading_binds_what_stands_before_it(graph: kg.Graph) -> None:
    answer = graph.explain("Gradual onset: slurred speech, trouble swallowing.")
    said = {f.id: f.qualities for f in answer.case.findings if f.status == "present"}
    assert said["ft:slurred-speech"] == said["ft:swallowing-trouble"] == ("ft:gradual-onset",)


def test_a_quality_that_the_caller_denies_is_said_of_nothing(graph: kg.Graph) -> None:
    text = "My arm slowly became weak."
    assert graph.explain(text).urgency.level == "prompt"
    assert graph.explain(text, absent=["gradual onset"]).urgency.level == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "Mon bébé de trois semaines tremble de tout son corps et ne tète plus depuis ce matin",
        "Meine Mutter kann seit heute früh nicht mehr richtig sprechen und der Mund hängt schief",
        "Annemin yüzü bir saat önce kaydı, konuşamıyor, sağ kolu da tutmuyor, çok korkuyoruz",
    ],
)
def test_a_text_in_another_language_is_not_called_harmless(graph: kg.Graph, text: str) -> None:
    urgency = graph.explain(text).urgency
    assert urgency.level in ("unclear", "emergency")


def test_a_short_note_is_no_other_language(graph: kg.Graph) -> None:
    text = "Eyelid twitch, coffee, stress, bad sleep, exams, laptop all day, contact lenses."
    assert graph.explain(text).urgency.level != "unclear"


GRAVE = (
    "my face droops",
    "my speech is slurred",
    "my right arm is weak",
    "I can't move one side of my face",
)
BESIDE = (
    "I've been on sertraline for years",
    "I had covid in March",
    "my mum had a stroke in 2010",
    "I stopped drinking years ago",
    "my tremor has been there since childhood",
    "my limp came on slowly over years",
    "I have always been anxious",
    "I had measles as a child",
    "the numbness in my foot is old",
)


@pytest.mark.parametrize("joined", ["{0}, {1}", "{1}, {0}", "{0} and {1}", "{1} and now {0}"])
@pytest.mark.parametrize("sign", GRAVE)
def test_a_clause_about_something_else_never_lowers_the_level(
    graph: kg.Graph, sign: str, joined: str
) -> None:
    lowered = [
        text
        for clause in BESIDE
        if graph.explain(text := joined.format(sign, clause)).urgency.level != "emergency"
    ]
    assert not lowered


AROUND = (
    "The problem is that {0}",
    "What worries me is that {0}",
    "{0}?",
    "I'm scared that {0}",
    "Why is it that {0}?",
    "{0}, is that normal?",
    "Could it be that {0}?",
    "Nobody believes me that {0}",
    "{0} but no pain",
    "{0}, probably nothing",
)
SIGNS = (*GRAVE, "I can't open my jaw", "I passed out", "my tongue is swollen", "I am confused")


@pytest.mark.parametrize("around", AROUND)
def test_no_words_around_a_sign_lower_the_level(graph: kg.Graph, around: str) -> None:
    levels = {s: graph.explain(around.format(s)).urgency.level for s in SIGNS}
    assert set(levels.values()) == {"emergency"}, levels


@pytest.mark.parametrize(
    "doubt", ["maybe {0}", "I'm not sure if {0}", "can't tell whether {0}", "I don't know if {0}"]
)
def test_a_sign_that_nobody_is_sure_of_is_asked_about_and_never_waved_off(
    graph: kg.Graph, doubt: str
) -> None:
    for sign in SIGNS:
        answer = graph.explain(f"My eyelid twitches. {doubt.format(sign)}.")
        assert answer.urgency.level == "unclear", sign
        assert answer.questions[0].raises == "emergency", sign


@pytest.mark.parametrize(
    "text",
    [
        "My eyelid twitches. Maybe my face will droop.",
        "My eyelid twitches, perhaps from coffee.",
        "Not sure if it is my upper or my lower eyelid that twitches.",
        "My eyelid twitches, could it be a stroke?",
    ],
)
def test_a_doubt_about_what_may_come_or_why_alarms_nobody(graph: kg.Graph, text: str) -> None:
    assert graph.explain(text).urgency.level == "self-care"
