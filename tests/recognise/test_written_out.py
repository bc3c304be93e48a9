"""Abbreviations of clinicians and the turns of people who learn the language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.recognise.case import Case
from kg.view import View

Expect = Callable[[str, str], Case]

SHORT = [
    ("54F, 3 yr h/o L HFS, no FHx.", "hemifacial-spasm+ !headache"),
    ("c/o HA x 2/52, OD lid myokymia, no N/V.", "headache+ eyelid-twitching+ nausea- vomiting-"),
    ("Pt c/o twitching OS 6/52, no LOC, no HA.", "eyelid-twitching+ loss-of-awareness- headache-"),
    ("ptosis OU worse in the evening, no SOB", "drooping-eyelid+ breathing-difficulty-"),
    ("R lower lid twitch, NAD, NKDA", "eyelid-twitching+"),
    ("twitch b/l lids, w/o pain, w/o wkness", "eyelid-twitching+ muscle-weakness-"),
    ("tongue fascics, now SOB", "tongue-twitching+ breathing-difficulty+"),
    ("L fac palsy, unable to close L eye", "facial-immobility+ difficulty-closing-eye+"),
    ("72F sudden LOV OD, jaw claudication", "vision-loss+ jaw-claudication+"),
    ("R facial twitch d/t stress", "facial-muscle-twitching+ stress+"),
    ("ha ha, my lid twitches", "eyelid-twitching+ !headache"),
    ("took an od of tablets last night", "!eyelid-twitching"),
    ("sertraline 50 mg OD, lid twitches", "eyelid-twitching+"),
    ("RLL twitching x 3/7", "eyelid-twitching+"),
]


@pytest.mark.parametrize(("text", "marks"), SHORT)
def test_shorthand(expect: Expect, text: str, marks: str) -> None:
    expect(text, marks)


def test_shorthand_tells_sides_and_times(expect: Expect) -> None:
    case = expect("58F blepharospasm x 5/12. OD lid twitch x 2/52, RUE weakness.", "arm-weakness+")
    told = {f.id: (f.side, f.duration_days) for f in case.findings}
    assert told["ft:eyelid-twitching"] == ("right", 14)
    assert told["ft:arm-weakness"][0] == "right"


def test_a_capital_abbreviation_of_two_meanings_needs_its_context(expect: Expect) -> None:
    expect("os twitching? no idea", "!eyelid-twitching")
    case = expect("lid twitch OS", "eyelid-twitching+")
    assert case.findings[0].side == "left"


def test_words_that_are_written_out_keep_their_places_in_the_text(expect: Expect) -> None:
    text = "c/o twitching OU, SOB"
    for finding in expect(text, "breathing-difficulty+").findings:
        start, end = finding.span or (0, 1)
        assert 0 <= start < end <= len(text)


def test_every_written_out_cue_says_what_it_stands_for(view: View) -> None:
    cues = [*view.cues["shorthand"], *view.cues["learner"]]
    assert len({c.text for c in view.cues["shorthand"]}) >= 80
    assert all(c.properties["ft:cue-value"].strip() for c in cues)


LEARNERS = [
    ("Doctor, he have face go down one side and arm no have power since morning.",
     "facial-drooping+ arm-weakness+ sudden-onset+"),
    ("My father mouth is go to left side and he not can speak good, start 1 hour before.",
     "facial-drooping+ slurred-speech+"),
    ("Since two weeks me twitches the left eye, not hurt nothing.",
     "eyelid-twitching+ facial-pain-"),
    ("To me it jumps the eyelid of the right since three days, I sleep little.",
     "eyelid-twitching+ lack-of-sleep+"),
    ("I have 34 years and it trembles me the lip of above when I am nervous.",
     "upper-lip-twitching+ stress+"),
    ("My mother she cannot to close the eye right, since yesterday.", "difficulty-closing-eye+"),
    ("After I am eat, pain come in jaw and face is twitch.",
     "facial-pain+ facial-muscle-twitching+"),
    ("It makes pain behind the ear and today morning half face is not moving.",
     "facial-immobility+ ear-pain+"),
    ("Sir my wife is having twitching in left cheek from last 10 days, kindly advise.",
     "facial-muscle-twitching+"),
    ("He is having fits since 20 minutes and not becoming conscious.",
     "seizure+ no-recovery-between-seizures+"),
    ("Baby is of 5 days, hands and legs are doing jerk and he is not taking feed.",
     "muscle-fasciculation+ loss-of-appetite+"),
    ("My eyebrow it jump jump every day, I no drink coffee.",
     "facial-muscle-twitching+ caffeine-"),
    ("Left face numb, mouth not straight, start today after wake up.",
     "numbness+ facial-drooping+"),
    ("My husband suddenly cannot talk, hand right no strength.",
     "slurred-speech+ arm-weakness+ sudden-onset+"),
    ("Right face always pull, already two years, eye close by self when pull.",
     "facial-muscle-twitching+ closure-with-each-twitch+"),
    ("Tongue very big and cannot breathe after new medicine.",
     "severe-allergic-reaction+ breathing-difficulty+"),
    ("Since I have taken the tablet for nausea, turns my neck itself and the jaw becomes stiff.",
     "dystonic-posture+ muscle-stiffness+"),
    ("I have since three weeks a twitching on the under lip, it makes me no pain.",
     "facial-muscle-twitching+ facial-pain-"),
    ("My grandfather hangs the right corner of the mouth and he can the arm not lift.",
     "facial-drooping+ arm-weakness+"),
    ("Since the accident I feel the chin no more and it burns.", "numbness+ facial-pain+"),
    ("My son makes funny movements with the nose and the eyes, he can it stop for short.",
     "tic-movement+ suppressible-movement+"),
    ("Eyelid is flying to me from week, and I drink much coffee.", "eyelid-twitching+ caffeine+"),
    ("My wife has crooked face from morning and speaks unclear, hand is weak.",
     "facial-drooping+ slurred-speech+ arm-weakness+ sudden-onset+"),
    ("Left side of face is pulled and the eye alone closes, since half year.",
     "hemifacial-contraction+"),
    ("My face from right side it became not moving, and my mouth is bend.",
     "facial-immobility+ facial-drooping+"),
    ("My brother he can't open his mouth from two days and his neck is hard like wood.",
     "lockjaw+ neck-stiffness+"),
    ("I am feeling shaking under the eye and no any pain.", "eyelid-twitching+ facial-pain-"),
    ("She is pregnant in month 8, she has headache strong and her face shakes.",
     "pregnancy+ severe-headache+ facial-muscle-twitching+"),
    ("My mother after she took medicine of the psychology, her tongue goes out alone.",
     "orofacial-dyskinesia+"),
    ("No have fever, no have pain, only lip is jump since Monday.",
     "high-temperature- facial-pain- upper-lip-twitching+"),
    ("eyes lid fall in evening", "drooping-eyelid+"),
    ("I live alone and my eye twitches", "eyelid-twitching+"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks"), LEARNERS)
def test_turns_of_learners(expect: Expect, text: str, marks: str) -> None:
    expect(text, marks)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("I have 34 years and my lip twitches.", 34),
        ("She has 60 years, her cheek jumps since May.", 60),
        ("I have 34 years of twitching behind me.", None),
    ],
)
def test_an_age_that_somebody_has(expect: Expect, text: str, years: float | None) -> None:
    case = expect(text, "")
    assert case.person.age_years == years
    assert not years or all((f.duration_days or 0) < 365 * years for f in case.findings)
