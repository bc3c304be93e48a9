"""Since when: the times of phrases, days of the calendar, and which finding shares which time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kg
from kg.recognise.case import Finding
from kg.recognise.recogniser import Recogniser

PHRASES = Path(__file__).parent.parent / "data" / "reading" / "times.tsv"
TODAY = date(2026, 11, 28)


def _days(recogniser: Recogniser, text: str, today: date | None = None) -> dict[str, float | None]:
    found: tuple[Finding, ...] = recogniser.recognise(text, today=today).findings
    return {f.id.removeprefix("ft:"): f.duration_days for f in found if f.span}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("since June", 166.0),
        ("since last March", 258.0),
        ("since 3 May", 209.0),
        ("since December 2024", 713.0),
        ("since Friday", 1.0),
        ("since last Christmas", 338.0),
        ("for two weeks", 14.0),
    ],
)
def test_days_of_the_calendar_are_counted_from_the_day_that_is_given(
    recogniser: Recogniser, words: str, days: float
) -> None:
    text = f"My cheek has been twitching {words}."
    assert _days(recogniser, text, TODAY)["facial-muscle-twitching"] == days


@pytest.mark.parametrize("words", ["since June", "since 2019", "since last Christmas"])
def test_without_a_day_the_calendar_tells_no_length(recogniser: Recogniser, words: str) -> None:
    assert _days(recogniser, f"My cheek has been twitching {words}.") == {
        "facial-muscle-twitching": None
    }


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("This morning my mouth drooped. I can't shut my eye.", {0.5}),
        ("On waking: left side of my face flat, brow won't lift.", {0.5}),
        ("For three weeks my cheek has been numb, my mouth droops.", {21.0}),
        ("My mouth droops and my cheek is numb, since yesterday.", {1.0}),
        ("Two weeks now: my cheek is numb and my eyelid twitches.", {14.0}),
        ("My cheek went numb four days ago. A day later my mouth drooped.", {4.0, 3.0}),
    ],
)
def test_what_is_told_under_a_time_shares_it(
    recogniser: Recogniser, text: str, days: set[float]
) -> None:
    assert {d for d in _days(recogniser, text).values() if d is not None} == days


@pytest.mark.parametrize(
    "text",
    [
        "My eyelid has twitched for three years. My mouth droops.",
        "My eyelid has twitched for three years, now my mouth droops.",
        "My eyelid has twitched for three years and my mouth droops.",
        "I had surgery ten years ago. My mouth droops.",
        "My dad died ten years ago, my mouth droops.",
        "My mouth droops. Can it wait for Monday?",
        "I see the doctor in three weeks, my mouth droops.",
        "Our son, 6 months. His mouth droops.",
    ],
)
def test_no_other_time_makes_a_sign_look_old(recogniser: Recogniser, text: str) -> None:
    assert _days(recogniser, text)["facial-drooping"] is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("My eyelid twitches since Saturday. Today is Monday.", {"eyelid-twitching": 2.0}),
        ("It's Monday night. My mouth has drooped since Sunday.", {"facial-drooping": 1.0}),
        (
            "Friday a bad earache. Sunday my mouth drooped. Monday my cheek twitched.",
            {"ear-pain": 3.0, "facial-drooping": 1.0, "facial-muscle-twitching": 0.0},
        ),
        ("Friday an earache. Saturday my mouth drooped. This morning I fell.", {"ear-pain": 2.0}),
        ("My baby (5 months) did it again: her eyelid twitches.", {"eyelid-twitching": None}),
        ("Hello, M, 37/7, breast-fed. Eyelid twitching.", {"eyelid-twitching": None}),
        ("My eyelid twitches. Fifty years or older.", {"eyelid-twitching": None}),
        (
            "Three weeks of this: my cheek twitches, then my mouth droops.",
            {"facial-drooping": 21.0},
        ),
        ("I had flu a month ago. After two weeks my lid twitched.", {"eyelid-twitching": 16.0}),
        ("MS for ten years. After two hours my lid twitched.", {"eyelid-twitching": None}),
        ("After three weeks of twitching my eyelid hurts.", {"eyelid-twitching": 21.0}),
        ("I stopped drinking wine three days ago after years of it.", {"alcohol": 3.0}),
        ("I stopped drinking three days ago after years.", {"heavy-drinking-stopped": None}),
        ("I stopped smoking two weeks ago after twenty years.", {"nicotine": 14.0}),
    ],
)
def test_days_of_a_diary_ages_and_habits_that_are_over(
    recogniser: Recogniser, text: str, days: dict[str, float | None]
) -> None:
    assert days.items() <= _days(recogniser, text).items()


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("My eyelid has twitched for two weeks.", True),
        ("My eyelid twitches. It began two weeks ago.", False),
        ("Mein Lid. My eyelid twitches.", False),
    ],
)
def test_a_time_is_sure_where_the_sentence_of_the_finding_tells_it(recogniser, text, sure):
    twitching = [f for f in recogniser.recognise(text).findings if f.status == "present"]
    assert [f.duration_sure for f in twitching][:1] == [sure]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I was bitten by a snake in 2003. My eyelid twitches.", "self-care"),
        ("I was bitten by a snake this morning. My eyelid twitches.", "emergency"),
        ("Thyroidectomy back in '98, eyelid twitches.", "self-care"),
        ("Thyroid taken out ten days ago, my lip twitches.", "emergency"),
        ("Stopped diazepam in 2014. My eyelid twitches.", "self-care"),
    ],
)
def test_a_year_without_a_date_is_at_least_so_long_ago(
    graph: kg.Graph, text: str, level: str
) -> None:
    assert graph.explain(text).urgency.level == level


def test_no_text_is_taken_to_be_older_than_the_graph(graph: kg.Graph) -> None:
    [cue] = graph.view.cues["no-earlier-than"]
    [row] = graph.query(
        "SELECT ?day { ?o a owl:Ontology ; <http://purl.org/dc/terms/modified> ?day }"
    ).to_records()
    assert cue.properties["ft:cue-date"] == str(row[0])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Lid twitch for 6 months, worse since Tuesday.", 180),
        ("A twitch in my cheek for two years, this month it's got worse.", 730),
        ("Lid twitch for 6 months, daily for the last 2 weeks.", 180),
        ("Twitching for three weeks, getting worse.", 21),
        ("Twitch nonstop since Monday.", 4),
        ("Twitching getting worse for three weeks.", 21),
    ],
)
def test_the_time_since_when_it_is_worse_is_not_how_long_it_is_there(graph, text, days):
    case = graph.read(text)
    twitch = next(f for f in case.findings if f.id.endswith("twitching") or "fasc" in f.id)
    assert twitch.duration_days == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("In 2019 I had a fit, I shook and passed out. My eyelid twitches.", 365),
        ("He had a fit at 18 months, he is twelve now. His eyelid twitches.", 3650),
        ("I was 14 when I passed out. My eyelid twitches.", 180),
        ("My face went numb after it. Ten weeks on I'm well.", 70),
    ],
)
def test_what_is_told_of_long_ago_stays_there(
    recogniser: Recogniser, text: str, days: float
) -> None:
    case = recogniser.recognise(text)
    past = [f for f in case.others if f.reason == "in the past"]
    assert past
    assert all((f.duration_days or 0) >= days for f in past)
    assert {f.id for f in case.findings if f.status == "present"} <= {"ft:eyelid-twitching"}


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 I had a fit. This morning my mouth drooped.",
        "In 2019 I had a fit. I live alone. My mouth drooped.",
        "In 2019 I had a fit. Suddenly my mouth drooped.",
        "In 2019 I had a fit. My mouth drooped.",
        "I retired in 2019. My mouth drooped.",
        "My mother had a fit when she was 60. I fell and my mouth drooped.",
        "It was a week in winter. My mouth drooped.",
        "In 2019 my mouth drooped. It happened again.",
        "My mouth drooped. My mother died. That was three years ago.",
    ],
)
def test_what_is_told_of_today_is_there_beside_it(recogniser: Recogniser, text: str) -> None:
    assert "ft:facial-drooping" in recogniser.recognise(text).present()
