"""What is reported, denied, given up, over, open, asked, or about somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.recognise.case import Case
from kg.recognise.recogniser import Recogniser

Expect = Callable[[str, str], Case]

DENIED = [
    ("My lip jumps but there is no weakness or numbness.",
     "upper-lip-twitching+ muscle-weakness- numbness-"),
    ("No pain, numbness or drooping, just a flicker of the cheek.",
     "facial-pain- numbness- facial-drooping- facial-muscle-twitching+"),
    ("Nostril flicker, no weakness, three espressos a day.",
     "nostril-twitching+ muscle-weakness- caffeine+"),
    ("Denies numbness, denies drooping, eyelid twitch.",
     "numbness- facial-drooping- facial-muscle-twitching+"),
    ("I don't drink coffee, I don't smoke, I'm not anxious.", "caffeine- nicotine- anxiety-"),
    ("I don't smoke and sleep fine.", "nicotine- good-sleep+ lack-of-sleep-"),
    ("I don't drink or smoke.", "alcohol- nicotine-"),
    ("I don't smoke, drink or take any medicines", "nicotine- alcohol- medication-"),
    ("Never smoked. Lots of stress.", "nicotine- stress+"),
    ("Neither stress nor caffeine, lip twitching.", "stress- caffeine- upper-lip-twitching+"),
    ("It twitches at the chin without pain.", "facial-muscle-twitching+ facial-pain-"),
    ("Nothing droopy, nothing numb, only the nose twitches.",
     "facial-drooping- numbness- nostril-twitching+"),
    ("Numbness: none. Weakness: absent. Twitching: yes, upper lip.",
     "numbness- muscle-weakness- upper-lip-twitching+"),
    ("Weakness was ruled out.", "muscle-weakness-"),
    ("It's not stress but coffee.", "stress- caffeine+"),
    ("No coffee and no alcohol, plenty of stress.", "caffeine- alcohol- stress+"),
    ("I'm not stressed, my nose just twitches.", "stress- nostril-twitching+"),
    ("I don't think my face is drooping.", "facial-drooping-"),
    ("My cheek isn't numb and my eyelid flickers.", "numbness- facial-muscle-twitching+"),
    ("Lip twitch, denies weakness/numbness/slurring.",
     "upper-lip-twitching+ muscle-weakness- numbness- slurred-speech-"),
    ("Nil weakness, nil numbness, eyelid twitching.",
     "muscle-weakness- numbness- facial-muscle-twitching+"),
    ("Stressed, tired, no alcohol, eyelid twitching for a week.",
     "stress+ fatigue+ alcohol- facial-muscle-twitching+"),
    ("I've not noticed any weakness, but my eyelid won't stop twitching.",
     "muscle-weakness- facial-muscle-twitching+"),
    ("Without coffee my lip still twitches.", "caffeine- upper-lip-twitching+"),
    ("Neither my lip nor my cheek twitches now.", "upper-lip-twitching- facial-muscle-twitching-"),
    ("I was told to look out for drooping, but I've had none. Just a chin twitch.",
     "facial-drooping- facial-muscle-twitching+"),
    ("I don't have any weakness but I do have numbness around my mouth.",
     "muscle-weakness- numbness+"),
    ("I have not been sleeping well and my nose twitches.",
     "lack-of-sleep+ good-sleep- nostril-twitching+"),
]  # fmt: skip

NOT_DENIED = [
    ("Not only stress but also coffee.", "stress+ caffeine+"),
    ("I can't say I don't drink coffee.", "caffeine+"),
    ("There is no change in the twitching of my lip.", "upper-lip-twitching+"),
    ("No idea why my lip twitches.", "upper-lip-twitching+"),
    ("I don't know why my cheek keeps twitching.", "facial-muscle-twitching+"),
    ("The twitching of my chin isn't going away.", "facial-muscle-twitching+"),
    ("My face is drooping and I have no idea why.", "facial-drooping+"),
    ("I haven't quit smoking.", "nicotine+"),
    ("I can't stop drinking coffee.", "caffeine+"),
    ("Nothing helps, my lip keeps twitching.", "upper-lip-twitching+"),
    ("My eyelid has not stopped twitching.", "facial-muscle-twitching+"),
    ("I couldn't ignore the stress any longer.", "stress+"),
]

FUNCTIONS = [
    ("My arms and speech are fine.", "arm-weakness- slurred-speech-"),
    ("Speech normal, lip twitching.", "slurred-speech- upper-lip-twitching+"),
    ("My face is fine and so is my speech.", "facial-drooping- slurred-speech-"),
    ("Normal speech and strength.", "slurred-speech- muscle-weakness-"),
    ("Her speech is not right and her mouth droops.", "slurred-speech+ facial-drooping+"),
    ("My smile is normal and I can raise both arms.", "facial-drooping- arm-weakness-"),
    ("I can close my eyes and smile.", "difficulty-closing-eye- facial-immobility-"),
    ("My sleep has been awful.", "lack-of-sleep+"),
    ("I can still whistle.", "facial-immobility-"),
    (
        "Hearing's fine, breathing ok, fields full.",
        "hearing-loss- breathing-difficulty- vision-loss-",
    ),
    ("No trouble with my arms or legs.", "arm-weakness- muscle-weakness-"),
    ("He answers right and she can even eat.", "confusion- swallowing-trouble-"),
    ("My speech was fine until this morning.", "slurred-speech+"),
    ("Speech fine apart from p's and b's.", "slurred-speech+"),
    ("My speech is not okay.", "slurred-speech+"),
    ("His speech is less clear.", "slurred-speech+"),
    ("Her breathing isn't as good as usual.", "breathing-difficulty+"),
    ("Neither arm works.", "!arm-weakness !muscle-weakness"),
    ("I can only smile on one side.", "facial-drooping+"),
    ("I wish my speech was normal.", "!slurred-speech"),
]

FORMS = [
    ("[ ] numbness [x] twitching", "numbness- muscle-fasciculation+"),
    ("Weakness? Yes. Numbness? No.", "muscle-weakness+ numbness-"),
    ("weakness y/n: n", "muscle-weakness-"),
    ("fever -, headache -, weakness +", "high-temperature- headache- muscle-weakness+"),
    ("Denies:\n- numbness\n- weakness\nReports:\n- eyelid twitch",
     "numbness- muscle-weakness- eyelid-twitching+"),
    ("Negatives: numbness, weakness, droop.", "numbness- muscle-weakness- facial-drooping-"),
    ("Weakness (no), numbness (no)", "muscle-weakness- numbness-"),
]  # fmt: skip

CONDITIONS = [
    ("If my face droops I'll call.", "facial-drooping?"),
    ("If I smile my mouth twitches.", "facial-muscle-twitching+"),
    ("People with hemifacial spasm get drooping.", "facial-drooping?"),
    ("What if I end it all?", "suicidal-thoughts+"),
    ("Numbness gone, twitch still there.", "others:numbness muscle-fasciculation+"),
    ("I have numbness. Later: no numbness.", "numbness+"),
    ("I can't not blink.", "excessive-blinking+"),
]

OVER = [
    ("I gave up coffee but my eyelid still twitches.", "caffeine- facial-muscle-twitching+"),
    ("Quit smoking two years ago; the lip twitch came last week.",
     "nicotine- upper-lip-twitching+"),
    ("Since I quit smoking my lip twitches.", "nicotine- upper-lip-twitching+"),
    ("Cut out alcohol, nose still twitching.", "alcohol- nostril-twitching+"),
    ("I used to smoke.", "nicotine-"),
    ("Cheek trembling after I stopped drinking a week ago.", "alcohol- facial-muscle-twitching+"),
    ("I came off sertraline and my eyelid has been jumping.",
     "antidepressant- facial-muscle-twitching+"),
    ("The numbness went away last week, now a twitch.", "others:numbness muscle-fasciculation+"),
    ("My cheek was numb yesterday but fine now.", "others:numbness"),
    ("I used to get numbness as a child.", "others:numbness"),
    ("I had a twitch in my lip last year but that went away. Now my nose twitches.",
     "others:upper-lip-twitching nostril-twitching+"),
    ("My nose isn't twitching any more but my cheek is numb.",
     "others:nostril-twitching numbness+"),
    ("The cheek twitch went away but came back.", "facial-muscle-twitching+"),
    ("I had a stroke ten years ago, today my eyelid flickers.",
     "others:stroke facial-muscle-twitching+"),
]  # fmt: skip

OPEN = [
    ("Could it be a stroke?", "stroke?"),
    ("Should I worry about weakness?", "muscle-weakness?"),
    ("If I get numbness I will call.", "numbness?"),
    ("Maybe it is stress.", "stress?"),
    ("Not sure if there is weakness.", "muscle-weakness?"),
    ("Might be the coffee, might be anxiety.", "caffeine? anxiety?"),
    ("My nose twitches, could it be stress, coffee or lack of sleep?",
     "nostril-twitching+ stress? caffeine? lack-of-sleep?"),
    ("My doctor said to come back if there is drooping.", "facial-drooping?"),
    ("My lip twitches, stress?", "upper-lip-twitching+ stress?"),
    ("Can stress cause nostril twitching?", "stress? nostril-twitching?"),
    ("Could coffee be causing my eyelid twitch?", "caffeine? facial-muscle-twitching+"),
    ("Is my drooping face a sign of stroke?", "facial-drooping+ stroke?"),
    ("I'm worried it's a stroke.", "anxiety+ stroke?"),
    ("Is there any risk of stroke? My lip twitches.", "stroke? upper-lip-twitching+"),
    ("Why does my eye twitch when I drink coffee?", "facial-muscle-twitching+ caffeine+"),
    ("I think my mouth is drooping.", "facial-drooping+"),
    ("Perhaps a stroke, her face has dropped.", "stroke? facial-drooping+"),
]  # fmt: skip

PEOPLE = [
    ("My mum has hemifacial spasm. My lip twitches.",
     "others:hemifacial-spasm upper-lip-twitching+"),
    ("Family history of stroke, lip twitching since Monday.",
     "others:stroke upper-lip-twitching+"),
    ("Hemifacial spasm runs in my family, and my cheek twitches.",
     "others:hemifacial-spasm facial-muscle-twitching+"),
    ("My wife noticed that my eyelid twitches.", "facial-muscle-twitching+"),
    ("My eye twitches. My mum says it's stress.", "facial-muscle-twitching+ stress?"),
    ("I've been stressed with my mum being ill, and my lip twitches.",
     "stress+ upper-lip-twitching+"),
    ("My brother had a stroke last year. My left cheek twitches.",
     "others:stroke facial-muscle-twitching+"),
    ("The patient's father had hemifacial spasm. She reports left eyelid twitching.",
     "others:hemifacial-spasm facial-muscle-twitching+"),
    ("My son's eyelid keeps twitching.", "facial-muscle-twitching+"),
    ("My husband is confused and can't lift his arm.", "confusion+ arm-weakness+"),
    ("Granny's mouth has dropped and her words are slurred.", "facial-drooping+ slurred-speech+"),
    ("My 6 year old daughter's eyelid twitches when she is tired.",
     "facial-muscle-twitching+ fatigue+ !persistent-twitching"),
    ("A droop on the left of my husband's face.", "facial-drooping+"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "marks"),
    [*DENIED, *NOT_DENIED, *FUNCTIONS, *FORMS, *CONDITIONS, *OVER, *OPEN, *PEOPLE],
)
def test_status(expect: Expect, text: str, marks: str) -> None:
    expect(text, marks)


def test_the_only_person_who_has_something_is_the_case(recogniser: Recogniser) -> None:
    case = recogniser.recognise("Dad's face suddenly dropped and his words are slurred.")
    assert case.others == ()
    assert case.notes
    assert recogniser.recognise("My lip twitches.").notes == ()


def test_reasons_say_why(recogniser: Recogniser) -> None:
    case = recogniser.recognise("I quit smoking, I don't drink coffee, is it stress?")
    reasons = {f.id: f.reason for f in case.findings}
    assert reasons == {"ft:nicotine": "stopped", "ft:caffeine": "denied", "ft:stress": "asked"}


def test_what_is_over_stays_visible(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My speech was slurred this morning but it's back to normal.")
    assert [(f.id, f.status, f.reason) for f in case.others] == [
        ("ft:slurred-speech", "absent", "resolved")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "My knee hurts.",
        "My dog twitches in his sleep.",
        "My car's engine twitches.",
        "Write me a poem.",
        "How do I quit coffee?",
        "I was jumping around with my kids.",
        "My heart flutters.",
        "The stock market is jumping.",
        "My nose is running.",
    ],
)
def test_out_of_scope_is_said_so(recogniser: Recogniser, text: str) -> None:
    case = recogniser.recognise(text)
    assert not case.in_scope
    assert not [f for f in case.findings if "twitch" in f.id or "fasciculation" in f.id]


def test_a_question_about_the_subject_is_in_scope(recogniser: Recogniser) -> None:
    assert recogniser.recognise("Can caffeine cause eyelid twitching?").in_scope
    assert recogniser.recognise("Could it be a stroke?").in_scope


def test_what_went_away_within_the_day_has_lasted_a_day_at_most(recogniser: Recogniser) -> None:
    case = recogniser.recognise("My mouth was hanging on one side. By lunch it had all gone.")
    assert {(f.id, f.reason, f.duration_days) for f in case.others} == {
        ("ft:facial-drooping", "resolved", 1.0)
    }
