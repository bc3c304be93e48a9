"""What a person reads: the order, the citations, the hedges, the caveats; nothing more."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from kg.explain.model import Explanation
from kg.recognise.case import Case
from kg.render import markdown, plain, terminal


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def told(explanation: Explanation) -> str:
    return one_line(plain.render(explanation, full=True))


def test_the_first_line_says_how_urgent_it_is_and_what_to_do(explanation: Explanation) -> None:
    assert plain.render(explanation, full=True).startswith("Soon: Have it looked at this week.\n")
    assert markdown.render(explanation, full=True).startswith(
        "**Soon:** Have it looked at this week.\n"
    )


def test_the_sections_come_in_the_order_of_their_weight(explanation: Explanation) -> None:
    titles = re.findall(r"^## (.*)$", markdown.render(explanation, full=True), re.MULTILINE)
    assert titles == [
        "What was understood",
        "What may explain it",
        "Why it may happen",
        "What helps",
        "Where",
        "Worth asking next",
        "Warning signs to watch for",
        "Where the sources disagree",
        "Sources",
    ]


def test_a_raised_flag_is_told_with_its_findings_advice_and_source(told: str) -> None:
    assert "Tilt with buzzing (here: tilt and buzzing) [1]: A tilted machine" in told
    assert "It can point to the humming (hum disorder)." in told


def test_what_was_understood_keeps_side_place_time_amount_and_status(told: str) -> None:
    assert "Present: buzzing (wheel, left, for 3 weeks); tea (two cups of tea)." in told
    assert "Denied: rust." in told
    assert "Left open: cold, uncertain." in told
    assert "About somebody else, or the past: oil, somebody else." in told
    assert "What follows from that: no damp (from tea)." in told
    assert "Not understood, so not used: “flimflam”." in told
    assert "The text is old" in told


def test_a_chain_is_told_step_by_step_with_hedges_and_what_there_is_more_of(told: str) -> None:
    assert (
        "Tea: Tea blocks brake [2]. So there is less of it. "
        "Brake may lower a toothed wheel [2] (sources disagree, see below). "
        "So there is more of it. A toothed wheel usually causes buzzing [2]. "
        "The amount is at the limit."
    ) in told


def test_a_chain_of_unknown_sign_says_so(explanation: Explanation) -> None:
    causes = tuple(replace(cause, reported=True) for cause in explanation.causes)
    told = one_line(plain.render(replace(explanation, causes=causes), full=True))
    assert "Cold alters buzzing [2]. Whether this raises or lowers it" in told


def test_conditions_show_what_speaks_for_and_against_and_evidence_against(told: str) -> None:
    assert (
        "The humming (hum disorder), 90 % [2, against: 1]. For it: buzzing. Against it: no rust."
    ) in told
    assert "rough bands, not on counted cases" in told
    assert "Nothing here explains: tilt." in told


def test_a_remedy_shows_its_link_limit_time_and_caution(told: str) -> None:
    assert (
        "Resting the machine. Acts on what is reported: tea [2]. "
        "It breaks the chain at: tea blocks brake. Limit: at most 8 hours. "
        "Time until it works: a few days. Take care: not in the rain."
    ) in told


def test_causes_that_nobody_asked_about_are_named_apart(told: str) -> None:
    assert "Not mentioned, but could play a part: cold [2]." in told


def test_sources_are_numbered_with_the_places_cited(told: str) -> None:
    assert (
        "2. On buzzing (review) https://example.org/a_b – cited at 3.2 (paragraph.sentence)"
    ) in told
    assert "1. The *machine* (textbook) – chapter 4; chapter 5" in told


def test_the_disclaimer_stands_once_and_last(explanation: Explanation) -> None:
    text = plain.render(explanation, full=True)
    assert text.count("This is no verdict.") == 1
    assert text.endswith("This is no verdict.\n")


def test_lines_of_plain_text_keep_the_width(explanation: Explanation) -> None:
    assert max(map(len, plain.render(explanation, width=60, full=True).splitlines())) <= 60


def test_markdown_escapes_markup_and_keeps_addresses(explanation: Explanation) -> None:
    text = markdown.render(explanation, full=True)
    assert "The \\*machine\\* (textbook)" in text
    assert "<https://example.org/a_b>" in text


def test_hostile_text_stays_text(explanation: Explanation) -> None:
    case = replace(explanation.case, unrecognised=("<script>x</script> [a](b) \x1b[31m\nred",))
    hostile = replace(explanation, case=case)
    assert "\\<script\\>" in markdown.render(hostile, full=True)
    assert "\\[a\\](b)" in markdown.render(hostile, full=True)
    for text in (plain.render(hostile, full=True), markdown.render(hostile, full=True)):
        assert "\x1b" not in text


def test_out_of_scope_is_no_reassurance(explanation: Explanation) -> None:
    urgency = replace(explanation.urgency, because=(), advice="All is well.")
    case = Case("bread", unrecognised=("bread",))
    nothing = replace(explanation, in_scope=False, case=case, urgency=urgency, conditions=())
    text = plain.render(nothing, full=True)
    assert text.startswith("What you describe lies outside of what is known here.")
    assert "All is well." not in text
    assert "“bread”" in text
    assert "SOURCES" not in text


def console(**options: object) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, width=70, **options), out  # type: ignore[arg-type]


def test_without_a_terminal_the_console_gets_plain_text(explanation: Explanation) -> None:
    where, out = console()
    terminal.render(explanation, where, full=True)
    assert out.getvalue() == plain.render(explanation, 70, full=True)


def test_a_terminal_gets_the_same_words_with_styles(explanation: Explanation) -> None:
    where, out = console(force_terminal=True, no_color=False, color_system="standard")
    terminal.render(explanation, where, full=True)
    text = out.getvalue()
    assert "\x1b[" in text
    assert "\x1b]8;" in text  # an address can be followed
    drawn = re.sub(r"\x1b\]8;.*?\x1b\\|\x1b\[[0-9;]*m|[─━│┃╭╮╰╯┏┓┗┛└▲▼◆]", "", text)
    words = drawn.replace("•", "-").lower().split()
    assert words == plain.render(explanation, full=True).lower().split()


def test_a_terminal_without_colours_gets_plain_text(explanation: Explanation) -> None:
    where, out = console(force_terminal=True, no_color=True)
    terminal.render(explanation, where, full=True)
    assert "\x1b[" not in out.getvalue()


def drawn(explanation: Explanation, width: int) -> list[str]:
    """The lines of a terminal that is so wide, without the codes for colours."""
    out = io.StringIO()
    where = Console(file=out, width=width, force_terminal=True, color_system="standard")
    terminal.render(explanation, where, full=True)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_a_terminal_of_any_width_is_not_overrun(explanation: Explanation, width: int) -> None:
    for line in drawn(explanation, width):
        assert len(line.rstrip()) <= min(width, 100) or "://" in line


def test_a_terminal_frames_how_urgent_it_is(explanation: Explanation) -> None:
    lines = drawn(explanation, 80)
    assert lines[0].startswith(("╭", "┏"))
    assert "Soon: Have it looked at this week." in lines[1]
    last = next(n for n, line in enumerate(lines) if line.startswith(("╰", "┗")))
    assert any("Tilt with buzzing" in line for line in lines[:last])


def test_a_terminal_draws_a_chain_as_a_tree_that_tells_the_signs(explanation: Explanation) -> None:
    lines = drawn(explanation, 100)
    steps = [line for line in lines if "└─" in line]
    assert ["▼" in step for step in steps[:3]] == [True, True, False]
    assert steps[0].index("└") < steps[1].index("└") < steps[2].index("└")


def test_a_terminal_shows_a_share_as_a_bar(explanation: Explanation) -> None:
    bars = [line for line in drawn(explanation, 80) if line.startswith("•") and "━" in line]
    (bar,) = bars
    assert bar.count("━") == round(0.9 * (bar.count("━") + bar.count("─")))
