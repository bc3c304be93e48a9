"""Where findings are: the nearest part, parts that are not told, sides that go on."""

from __future__ import annotations

import pytest

from kg.recognise.recogniser import Recogniser

PLACED = [
    ("Both sides of my jaw clamp and my cheek jumps.", "facial-muscle-twitching", "cheek", None),
    ("My son blinks all the time.", "excessive-blinking", "eye-area", None),
    ("My left hand got weak.", "arm-weakness", "arm", "left"),
    ("My face is numb on the left.", "numbness", "side-of-the-face", "left"),
    ("Pain in my jaw, R.", "facial-pain", "jaw", "right"),
    ("I can't whistle.", "facial-weakness", "mouth", None),
    ("Her eyes won't open.", "blepharospastic-closure", "eye-area", "both"),
    ("My leg jumps.", "muscle-fasciculation", "leg", None),
    ("My hands tremble.", "tremor", "arm", None),
    ("My lips are tingling.", "perioral-tingling", "lips", None),
    ("Both my cheeks twitch.", "facial-muscle-twitching", "cheek", "both"),
    ("The left mouth corner jumps.", "facial-muscle-twitching", "mouth-corner", "left"),
    ("The corner of my mouth jumps.", "facial-muscle-twitching", "mouth-corner", None),
    ("My eye is tired and I drool.", "excess-salivation", "mouth", None),
]
SIDES = [
    ("My left cheek is numb. The eyelid twitches.", "eyelid-twitching", "left"),
    ("My left cheek is numb. That eye won't close.", "difficulty-closing-eye", "left"),
    ("Left cheek numb. Right cheek numb. The eyelid twitches.", "eyelid-twitching", "right"),
    ("Both cheeks are numb. The eyelid twitches.", "eyelid-twitching", None),
    ("My left cheek is numb. The room is spinning.", "vertigo", None),
    ("My left hand is weak and I choke on food.", "swallowing-trouble", None),
    ("My eyelids have twitched.", "eyelid-twitching", "both"),
    ("My lid droops. Lid on the right.", "drooping-eyelid", "right"),
    ("My mouth pulls. Left.", "facial-muscle-twitching", "left"),
    ("My mouth pulls. It's on the left hand side.", "facial-muscle-twitching", "left"),
    ("My arm jerks. Both sides.", "muscle-fasciculation", "both"),
    ("My jaw trembles, there is a clicking in my ear, same side, the right.", "tremor", "right"),
    ("My left cheek is numb. My jaw trembles on that side.", "tremor", "left"),
    ("My left cheek is numb. My jaw hurts on both sides.", "facial-pain", "both"),
    ("My jaw trembles. Left.", "tremor", "left"),
    ("My lip jumps. My right eye.", "upper-lip-twitching", None),
    ("My lip jumps. My shop is on the left.", "upper-lip-twitching", None),
    ("My lid twitches. I have a twitch in the left lid.", "eyelid-twitching", "left"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "site", "side"), PLACED)
def test_a_finding_is_at_the_part_that_it_is_said_of(
    recogniser: Recogniser, text: str, name: str, site: str, side: str | None
) -> None:
    found = [f for f in recogniser.recognise(text).findings if f.id == f"ft:{name}"]
    assert [(f.site, f.side) for f in found] == [(f"ft:{site}", side)]


@pytest.mark.parametrize(("text", "name", "side"), SIDES)
def test_a_side_goes_on_until_another_is_named(
    recogniser: Recogniser, text: str, name: str, side: str | None
) -> None:
    found = [f for f in recogniser.recognise(text).findings if f.id == f"ft:{name}"]
    assert [f.side for f in found] == [side]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("I made the right choice, but my lip twitches.", None),
        ("Is this the right forum for a lid that twitches?", None),
        ("Since she left town her cheek jumps.", None),
        ("The right corner of my mouth twitches.", "right"),
        ("My left peeper twitches.", "left"),
        ("Lip twitching, worse on the left.", "left"),
    ],
)
def test_a_word_beside_a_thing_tells_no_side(
    recogniser: Recogniser, text: str, side: str | None
) -> None:
    assert {f.side for f in recogniser.recognise(text).findings} == {side}
