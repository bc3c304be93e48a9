"""Terms, places, sides, times, amounts, treatments and what is left over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.compile import compile_view
from kg.errors import BadInput, UnknownConcept
from kg.recognise.case import Case, Finding
from kg.recognise.recogniser import Recogniser
from kg.store import open_store

Expect = Callable[[str, str], Case]

PLACES = [
    ("My lip keeps going off by itself, it twitches.", "upper-lip-twitching+"),
    ("There is a numb patch by my mouth, and the lip above it twitches.",
     "numbness+ upper-lip-twitching+"),
    ("A twitch by the nostril.", "nostril-twitching+"),
    ("It started round my eye as a twitch.", "facial-muscle-twitching+ onset-near-eye+"),
    ("Upper lip and left cheek are twitching.", "upper-lip-twitching+ facial-muscle-twitching+"),
    ("The nose keeps jumping.", "nostril-twitching+"),
    ("My lip fluttered.", "upper-lip-twitching+ fluttering-sensation+"),
    ("The corner of my left eye is going like mad.", "facial-muscle-twitching+"),
    ("I had an espresso and my lip went crazy.", "caffeine+ upper-lip-twitching+"),
    ("My lip and both calves are twitching.", "upper-lip-twitching+ muscle-fasciculation+"),
    ("My thumb is twitching.", "muscle-fasciculation+ !facial-muscle-twitching"),
    ("My knee hurts and my lip twitches.", "upper-lip-twitching+ !facial-pain"),
    ("Weakness of the right arm.", "arm-weakness+"),
    ("Her arm is so weak.", "arm-weakness+"),
    ("My cheek is weak.", "facial-weakness+"),
    ("My lip is odd. It twitches.", "upper-lip-twitching+"),
    ("Periocular fasciculations.", "facial-muscle-twitching+"),
    ("Pain in my cheek and a twitch in my chin.", "facial-pain+ facial-muscle-twitching+"),
    ("My nostril still flares and twitches.", "nostril-twitching+"),
    ("A flutter in my chest.", "!fluttering-sensation !muscle-fasciculation"),
]  # fmt: skip

TYPOS = [
    ("twiching nostrel", "nostril-twitching+"),
    ("too much caffiene and my eyelyd twiches", "caffeine+ facial-muscle-twitching+"),
    ("magnesuim deficiency", "magnesium-deficiency+"),
    ("slurrred speech", "slurred-speech+"),
    ("My tip twitches", "muscle-fasciculation+ !upper-lip-twitching"),
    ("I am switching offices and my lip quivvers", "upper-lip-twitching+"),
]

PATTERNS = [
    ("Lip twitch for three weeks.", "upper-lip-twitching+ persistent-twitching+"),
    ("Ten years of brief twitches on and off in my eyelid.",
     "facial-muscle-twitching+ intermittent-twitching+ !persistent-twitching"),
    ("My eyelid has twitched every day for six weeks, on and off.", "persistent-twitching+"),
    ("Stressed for months, lip twitching since yesterday.", "stress+ !persistent-twitching"),
    ("Lip twitching since Tuesday.", "upper-lip-twitching+ !persistent-twitching"),
    ("My hands were numb on and off.", "numbness+ !intermittent-twitching"),
    ("My face suddenly drooped.", "facial-drooping+ sudden-onset+ !gradual-onset"),
    ("Her mouth slowly began to sag.", "facial-drooping+ gradual-onset+ sudden-onset-"),
    ("My mouth has drooped since this morning.", "facial-drooping+ sudden-onset+"),
    ("The eye twitch has spread to my cheek.", "spreading-twitching-pattern+"),
    ("The entire left side of my face is numb.", "numbness+ !spreading-twitching-pattern"),
    ("I drink coffee on and off.", "caffeine+ !intermittent-twitching"),
    ("Twitching only in my sleep, at the lip.", "twitching-during-sleep+ upper-lip-twitching+"),
]  # fmt: skip

TREATMENTS = [
    ("Started a new antidepressant on Monday, by Thursday my nose was twitching.",
     "antidepressant+ twitch-onset-with-new-medication+"),
    ("SSRI commenced 12 days ago, eyelid fasciculations x10 days.",
     "twitch-onset-with-new-medication+"),
    ("Since switching inhalers my cheek twitches.", "twitch-onset-with-new-medication+"),
    ("Put on sertraline last week, lip twitching since.", "twitch-onset-with-new-medication+"),
    ("New tablets and now a twitch in my nose.", "twitch-onset-with-new-medication+"),
    ("My doctor doubled my sertraline and a week later my lip twitched.",
     "twitch-onset-with-new-medication+"),
    ("I've been on sertraline for years, lip twitching since Monday.",
     "antidepressant+ !twitch-onset-with-new-medication"),
    ("On citalopram since 2015, nose twitching x 4/7.", "!twitch-onset-with-new-medication"),
    ("My cheek has twitched for four months, last week I started sertraline.",
     "persistent-twitching+ !twitch-onset-with-new-medication"),
    ("Started yoga, lip twitching.", "upper-lip-twitching+ !twitch-onset-with-new-medication"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks"), [*PLACES, *TYPOS, *PATTERNS, *TREATMENTS])
def test_terms(expect: Expect, text: str, marks: str) -> None:
    expect(text, marks)


def _one(recogniser: Recogniser, text: str, name: str) -> Finding:
    found = [f for f in recogniser.recognise(text).findings if f.id == f"ft:{name}"]
    assert len(found) == 1, recogniser.recognise(text)
    return found[0]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("for three weeks", 21),
        ("x10 days", 10),
        ("6/52", 42),
        ("3/12", 90),
        ("for 2/7", 2),
        ("since Tuesday", 4),
        ("since last Tuesday", 7),
        ("for almost three months now", 90),
        ("for a couple of weeks", 14),
        ("for a fortnight", 14),
        ("over the past few days", 3),
        ("for weeks", 14),
        ("for 2½ weeks", 17.5),
        ("for 2-3 weeks", 21),
        ("all week", 7),
        ("since yesterday", 1),
        ("since June", None),
        ("since last spring", None),
        ("for over a year", 365),
        ("for a few seconds at a time", None),
        ("every time I laugh", None),
    ],
)
def test_duration_in_days(recogniser: Recogniser, words: str, days: float | None) -> None:
    found = _one(recogniser, f"My cheek has been twitching {words}.", "facial-muscle-twitching")
    assert found.duration_days == days


def test_a_time_goes_to_the_finding_that_it_speaks_of(recogniser: Recogniser) -> None:
    text = "I've been stressed for months and my lip has twitched for 2 days."
    assert _one(recogniser, text, "upper-lip-twitching").duration_days == 2
    assert _one(recogniser, text, "stress").duration_days == 60
    later = "My lip twitches. It's been going on for five weeks."
    assert _one(recogniser, later, "upper-lip-twitching").duration_days == 35


@pytest.mark.parametrize(
    ("text", "value", "unit", "relation"),
    [
        ("three espressos a day", 240, "mg/d", "below"),
        ("5 coffees a day", 450, "mg/d", "above"),
        ("300 mg of caffeine a day", 300, "mg/d", "below"),
        ("400mg caffeine daily", 400, "mg/d", "at"),
        ("0.5 g of caffeine a day", 500, "mg/d", "above"),
        ("14 coffees a week", 180, "mg/d", "below"),
        ("lots of coffee, maybe six cups a day", 540, "mg/d", "above"),
    ],
)
def test_caffeine_against_its_limit(
    recogniser: Recogniser, text: str, value: float, unit: str, relation: str
) -> None:
    case = recogniser.recognise(text)
    amount = next(f.amount for f in case.findings if f.id == "ft:caffeine")
    assert amount is not None
    assert (amount.value, amount.unit, amount.relation) == (value, unit, relation)
    expected = "present" if relation == "above" else "absent"
    excess = next(f for f in case.findings if f.id == "ft:excessive-caffeine-intake")
    assert excess.status == expected


def test_other_amounts(recogniser: Recogniser) -> None:
    text = "I smoke 20 a day and drink a glass of wine a night, my lip twitches."
    case = recogniser.recognise(text)
    amounts = {f.id: (f.amount.value, f.amount.unit) for f in case.findings if f.amount}
    assert amounts == {"ft:nicotine": (20, "1/d"), "ft:alcohol": (1, "1/d")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("getting maybe 4 hours a night", "present"),
        ("I sleep about five hours", "present"),
        ("maybe 4 hours of sleep", "present"),
        ("I get 8 hours of sleep", "absent"),
        ("Sleep: 7-8 hours.", "absent"),
    ],
)
def test_hours_of_sleep(recogniser: Recogniser, text: str, status: str) -> None:
    found = _one(recogniser, f"My lip twitches. {text}", "lack-of-sleep")
    assert found.status == status
    assert found.amount is not None
    assert found.amount.unit == "h/d"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("My left eyelid twitches", "left"),
        ("R eyelid twitching", "right"),
        ("Both eyelids twitch", "both"),
        ("My eyelid twitches on the right", "right"),
        ("bilateral eyelid twitching", "both"),
        ("My eyelid is twitching right now", None),
    ],
)
def test_side(recogniser: Recogniser, text: str, side: str | None) -> None:
    assert _one(recogniser, text, "eyelid-twitching").side == side


def test_site_of_a_composed_finding(recogniser: Recogniser) -> None:
    case = recogniser.recognise("L cheek twitching, R eyelid numb")
    assert [(f.id, f.site, f.side) for f in case.findings] == [
        ("ft:facial-muscle-twitching", "ft:cheek", "left"),
        ("ft:numbness", "ft:eyelid", "right"),
    ]


def test_offsets_survive_typography(recogniser: Recogniser) -> None:
    text = "😬 My\u00a0left eyelid’s “twitching” — cafe\u0301 au lait, no nu\u00admbness…"
    case = recogniser.recognise(text)
    spans = {f.id: text[slice(*f.span)] for f in case.findings if f.span}
    assert spans["ft:eyelid-twitching"] == "twitching"
    assert spans["ft:numbness"] == "nu\u00admbness"


def test_every_occurrence_counts(recogniser: Recogniser) -> None:
    text = "Coffee in the morning, coffee at night. Numb left cheek, numb right cheek."
    case = recogniser.recognise(text)
    assert [(f.id, f.side) for f in case.findings] == [
        ("ft:caffeine", None),
        ("ft:numbness", "left"),
        ("ft:numbness", "right"),
    ]


def test_what_was_not_understood_is_shown_in_order(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My lip twitches whenever the Zeppelin lands near the pub.")
    assert case.unrecognised == ("Zeppelin lands", "pub")


def test_a_general_word_after_a_named_finding_is_the_same_finding(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My lip twitches. The twitch began five weeks ago.")
    assert [(f.id, f.duration_days) for f in case.findings if f.span] == [
        ("ft:upper-lip-twitching", 35)
    ]


def test_names_that_the_caller_gives(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My lip twitches", present=["Coffee"], absent=["ft:numbness"])
    assert case.present() == ("ft:upper-lip-twitching", "ft:caffeine")
    assert case.absent() == ("ft:numbness",)
    assert recogniser.recognise("", present=["nostril twitching"]).in_scope
    # What the caller says goes before what the text seems to say.
    assert recogniser.recognise("Numb lip", absent=["numbness"]).present() == ()
    with pytest.raises(UnknownConcept):
        recogniser.recognise("My lip twitches", present=["nosuchthing"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("lip " * 10_000, "characters: shorten"),
        ("My lip\x00 twitches", "U+0000 at position 6"),
        ("\x1b[31mlip", "U+001B at position 0"),
        ("lip \ud83d", "U+D83D at position 4"),
    ],
)
def test_unreadable_text_is_refused(recogniser: Recogniser, text: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        recogniser.recognise(text)
    message = str(caught.value)
    assert says in message
    assert "\n" not in message


def test_a_part_of_the_body_that_a_file_adds_is_recognised() -> None:
    view = compile_view(open_store(add=["tests/data/calf.ttl"]))
    case = Recogniser(view).recognise("My left calf keeps twitching, no numbness.")
    twitch = case.findings[0]
    assert twitch.site is not None
    assert "calf" in twitch.site
    assert twitch.side == "left"
    assert case.in_scope
