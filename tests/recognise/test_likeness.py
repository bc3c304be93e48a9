"""A longer text speaks for what others tell in such words: it ranks, and never calms."""

from __future__ import annotations

import dataclasses

import pytest

import kg
from kg.recognise.case import Likeness

LID = (
    "So this has been going on since about Easter, the thing under my left eye does its wee jumpy "
    "jig when I sit at the till and nobody else sees it, I swear it mocks me."
)
TICS = (
    "My boy of seven keeps scrunching up his nose and doing a wide eyed thing, over and over, he "
    "says he has to, school noticed it, it goes quiet when he is drawing, then comes back with a "
    "new one, throat noises now too, should we see someone?"
)
PALSY = (
    "I woke up and when I brushed my teeth the water ran out of one corner and in the mirror half "
    "of me just would not join in with smiling, the eye on that side stays open when I blink, "
    "behind the ear it has been sore for two days."
)


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        (LID, "ft:eyelid-myokymia"),
        (TICS, "ft:facial-tic-disorder"),
        (PALSY, "ft:bells-palsy"),
    ],
)
def test_the_words_of_a_text_speak_for_what_others_tell_in_such_words(
    graph: kg.Graph, text: str, illness: str
) -> None:
    answer = graph.explain(text)
    assert answer.case.likeness[0].id == illness
    best = answer.conditions[0]
    assert best.id == illness
    # They count before any finding does, and nothing but how common it is does else.
    usual = next(c for c in graph.explain(findings=["droopy eyelid"]).conditions if c.id == illness)
    assert best.prior > 2 * usual.prior
    assert (
        f"Stories in such words are {answer.case.likeness[0].ratio:.1f} times"
        in answer.to_markdown(full=True)
    )


def test_a_guess_by_words_is_told_as_one_and_calms_nobody(graph: kg.Graph) -> None:
    answer = graph.explain(TICS)
    assert answer.urgency.level == "unclear"
    told = " ".join(str(answer).split())
    assert "only by the way you tell it. What was not understood may change that." in told
    assert "harmless" not in told


@pytest.mark.parametrize("text", [LID, TICS, PALSY])
def test_words_alone_change_no_urgency(
    graph: kg.Graph, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = graph.explain(text).urgency
    monkeypatch.setattr("kg.recognise.recogniser.find_likeness", lambda told, learned: ())
    bare = graph.explain(text)
    assert not bare.case.likeness
    assert (bare.urgency.level, {f.id for f in bare.urgency.because}) == (
        told.level,
        {f.id for f in told.because},
    )


@pytest.mark.parametrize("text", ["My eyelid twitches.", "How long does bread keep?"])
def test_a_short_text_is_told_like_nothing(graph: kg.Graph, text: str) -> None:
    assert graph.read(text).likeness == ()


def test_no_sentence_order_changes_what_a_text_is_told_like(graph: kg.Graph) -> None:
    turned = graph.read(" ".join((PALSY, LID))).likeness
    assert turned == graph.read(" ".join((LID, PALSY))).likeness


JAW = (
    "I have TMJ, my jaw clicks, I wear a night guard and I grind my teeth when stressed, the jaw "
    "is sore on waking. For five months now my tongue ripples by itself and has gone thin, I slur "
    "my words and I choke on water at dinner."
)


def test_no_words_put_aside_what_presses(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    jaw = (Likeness("ft:jaw-joint-disorder", 100.0),)
    monkeypatch.setattr("kg.recognise.recogniser.find_likeness", lambda told, learned: jaw)
    answer = graph.explain(JAW)
    assert answer.conditions[0].id == "ft:jaw-joint-disorder"
    told = {name for one in answer.summary.likely for name in one.about}
    assert {"ft:amyotrophic-lateral-sclerosis", "ft:jaw-joint-disorder"} <= told


def test_nobody_is_told_that_what_is_known_is_told_like_it(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    spasm = (Likeness("ft:hemifacial-spasm", 40.0),)
    monkeypatch.setattr("kg.recognise.recogniser.find_likeness", lambda told, learned: spasm)
    alike = "you tell it much as others do"
    known = graph.explain("I have hemifacial spasm, my left cheek and my eyelid twitch.").summary
    assert known.likely[0].lead == "Known already:"
    assert alike not in known.likely[0].text
    new = graph.explain("My left cheek and my eyelid twitch together for two years.").summary
    assert alike in new.likely[0].text


def test_words_alone_may_say_what_it_may_be_where_nothing_is_reported(graph: kg.Graph) -> None:
    told = graph.read(TICS)
    assert told.likeness
    bare = dataclasses.replace(told, findings=(), unread=(), passed=())
    answer = graph._explainer.explain(bare)
    assert not answer.case.present()
    assert answer.conditions[0].id == "ft:facial-tic-disorder"


def test_an_emergency_names_what_all_of_it_speaks_for_and_calms_nobody(graph: kg.Graph) -> None:
    """Where that is not what must be ruled out; the level, and whom to call, stay."""
    answer = graph.explain(
        "My grandson is 6 and blinks really hard all the time and growls with it, and says that "
        "while it's happening he can't talk. He holds it in at school. What could this be?"
    )
    assert answer.urgency.level == "emergency"
    told = " ".join(str(answer).split())
    assert "112" in told
    assert "Perhaps: tics (tic disorder), by all that you tell. Call all the same" in told
    serious = graph.explain(
        "My grandson is 6 and blinks really hard all the time and growls with it. Since noon his "
        "mouth hangs down on the right, he can't talk and he has dropped his cup two times. He "
        "has a terrible headache and is sick. What could this be?"
    )
    assert "tics" not in " ".join(str(serious).split())


def test_what_is_harmless_is_not_likely_where_words_speak_for_what_a_warning_means(
    graph: kg.Graph,
) -> None:
    told = " ".join(
        str(
            graph.explain(
                "My lids come down in the evening, chewing is a chore at the end of a meal and I "
                "see double when I am tired, for six weeks now. After a rest it is better. My "
                "eyelid twitches too. My sister says hers was only an eyelid flutter from too much "
                "screen and coffee, and hers always goes away by itself."
            )
        ).split()
    )
    assert "Likely: the common harmless lid twitch" not in told
    assert "muscle weakness that gets worse with use" in told
