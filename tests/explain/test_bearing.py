"""What is told back, and what is answered: nothing that nobody told, nothing too late."""

from __future__ import annotations

import pytest

import kg


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("My lip has twitched for three weeks.", "for 3 weeks", ""),
        ("My eyelid started twitching two weeks ago.", "for 2 weeks", ""),
        ("Three weeks of lip twitching.", "for 3 weeks", ""),
        ("Two weeks ago he had a fit.", "fit", "for 2 weeks"),
        ("On Friday my eyelid twitched.", "eyelid", "for "),
        ("25 y: sudden weakness of the leg.", "leg", "for 25 years"),
        ("My lid jumps. No headache, no numbness.", "no headache or numbness", ""),
        ("My lid jumps. He didn't eat any.", "eyelid", "appetite"),
        ("My lid jumps, I'm wiped out.", "tiredness", ""),
        ("My lid began to twitch suddenly. It came on gradually, over weeks.", "eyelid", "sudden"),
    ],
)
def test_what_is_told_back_was_told_in_so_many_words_and_bears_on_it(
    graph: kg.Graph, text: str, told: str, not_told: str
) -> None:
    """A length of time too stands there only where one was told."""
    said = " ".join(one.text for one in graph.explain(text).summary.understood)
    assert told in said
    assert not not_told or not_told not in said


_STORY = (
    "There's an ambulance outside, and I asked mom who it's for, are the neighbors okay. "
    "Dinner at home with the family, and after it we sat and played cards as we do on most "
    "evenings of the week, then my eyelid twitched. "
)


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ("", 0),
        ("What should I do about it?", 1),
        ("Is it dangerous?", 1),
    ],
)
def test_a_story_is_not_answered_as_if_it_asked(graph: kg.Graph, more: str, asked: int) -> None:
    assert len(graph.read(_STORY + more).asked) == asked


@pytest.mark.parametrize(
    ("text", "level"),
    [
        # A guess that repeats what was read leaves nothing unread.
        ("Lately it's my eyelids, they've got the twitches.", {"self-care"}),
        ("It's my right arm, it is dead, and my eyelids have got the twitches.", {"emergency"}),
        # Where no sign was read at all, nothing reassures.
        (
            "Feeding my baby and suddenly one leg trembles. I held it and it stopped, let go, "
            "started, stopped. It does it at nappy changes too. Otherwise he's doing everything he "
            "should. I've read such stories about fits in babies, is this one?",
            {"unclear", "see-doctor", "prompt", "emergency"},
        ),
    ],
)
def test_what_was_read_may_stand_and_nothing_else(
    graph: kg.Graph, text: str, level: set[str]
) -> None:
    assert graph.explain(text).urgency.level in level


def test_nothing_is_told_to_help_that_comes_too_late(graph: kg.Graph) -> None:
    late = str(graph.explain("It's over a year that I've had Bell's palsy. Can anything be done?"))
    early = str(graph.explain("I have Bell's palsy. Can anything be done?"))
    assert "steroid" not in late.partition("SOURCES")[0]
    assert "steroid" in early.partition("SOURCES")[0]


def test_a_known_illness_may_have_been_examined(graph: kg.Graph) -> None:
    known = str(graph.explain("The stroke was at 51. Talk is off since, and I'm dizzy."))
    new = str(graph.explain("My right arm is suddenly weak and my speech is slurred."))
    assert known.startswith("Emergency")
    assert "examined" in known
    assert new.startswith("Emergency")
    assert "examined" not in new


def test_a_medicine_without_a_name_is_no_unknown_one(graph: kg.Graph) -> None:
    assert "rules it out" not in str(graph.explain("Since I began the pill my eyelid twitches."))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("I have a fever and couldn't lay my head on that pillow, stiff neck.", "present"),
        ("I have a fever, but couldn't see a rash, nor a stiff neck.", "absent"),
    ],
)
def test_what_one_cannot_do_denies_no_sign_behind_it(
    graph: kg.Graph, text: str, status: str
) -> None:
    found = {f.id: f.status for f in graph.read(text).findings}
    assert found["ft:neck-stiffness"] == status
