"""The terminal face of a dialogue: asks on standard error, reads standard input line by line."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from typing import Final

import click

from kg.cli.options import colourful
from kg.errors import BadInput
from kg.explain.dialogue import Dialogue, Reply
from kg.explain.model import Explanation
from kg.explain.phrasing import capital
from kg.render.page import safe
from kg.render.words import Words, percent

_REPLIES: Final[dict[str, Reply]] = {
    **dict.fromkeys(("y", "yes"), "yes"),
    **dict.fromkeys(("n", "no"), "no"),
    **dict.fromkeys(("", "?", "don't know", "skip"), "unknown"),
}
_BACK: Final = frozenset({"b", "back"})
_STOP: Final = frozenset({"q", "quit", "stop"})
_KEYS: Final = "y = yes, n = no, ? or Enter = I do not know, b = back, q = show the answer"
_FIRST: Final = 3


def ask_for_text() -> str:
    """Ask what is the matter until something is said; nothing at the end of input."""
    while True:
        line = _read("What do you notice? ")
        if line is None or line.strip():
            return (line or "").strip()


def interview(dialogue: Dialogue) -> Dialogue:
    """Ask one question after the other; the state when none is left or the person stops."""
    if dialogue.question is not None:
        _say(f"({_KEYS})")
    if dialogue.explanation.urgency.because:
        _alarm(dialogue.explanation)
    for question in dialogue.explanation.questions:
        if question.quote is not None:
            # No "yes" answers this: whoever reads it can begin again in other words.
            _say(f"{question.text} {capital(question.why)}.")
    while dialogue.question is not None:
        _say("", f"{len(dialogue.answers) + 1}. {dialogue.question.text}")
        _say(f"   Why: {Words(dialogue.explanation).text(dialogue.question.why)}.")
        line = _read("   y/n/?/b/q: ")
        word = "q" if line is None else line.strip().lower().replace("’", "'")
        if word in _STOP:
            break
        if word in _BACK:
            if dialogue.before is None:
                _say("   There is nothing to go back to.")
            dialogue = dialogue.back()
        elif word in _REPLIES:
            dialogue = _answered(dialogue, _REPLIES[word])
        else:
            _say(f"   Not understood: {_KEYS}.")
    else:
        _say("", "Nothing more to ask that would change much.")
    return dialogue


def replay(dialogue: Dialogue, text: str, options: tuple[str, ...]) -> str:
    """The command line that gives the same answer without asking."""
    words = ["kg", "explain"]
    words += [word for name in dialogue.findings for word in ("--finding", name)]
    words += [word for name in dialogue.absent for word in ("--absent", name)]
    words += options
    if text:
        words += ["--", text] if text.startswith("-") else [text]
    return shlex.join(words)


def _answered(dialogue: Dialogue, reply: Reply) -> Dialogue:
    after = dialogue.answer(reply)
    if after.raised:
        _alarm(after.explanation)
    elif after.explanation is not dialogue.explanation:
        _say(f"   {_so_far(after.explanation)}")
    return after


def _alarm(explanation: Explanation) -> None:
    """Say at once how soon care is needed, and why."""
    urgency = explanation.urgency
    because = "; ".join(flag.label for flag in urgency.because if flag.level == urgency.level)
    told = f"{urgency.label.upper()}: {urgency.advice} ({because})"
    _say("", _styled(f"!! {told}"))


def _so_far(explanation: Explanation) -> str:
    """Where the answer stands: how soon care is needed, and what is likeliest."""
    likeliest = ", ".join(
        f"{explanation.lay_labels.get(c.id, c.label)} {percent(c.probability)}"
        for c in explanation.conditions[:_FIRST]
    )
    return f"So far: {explanation.urgency.label}" + (f"; {likeliest}" if likeliest else "")


def _styled(text: str) -> str:
    return click.style(safe(text), bold=True, reverse=True) if colourful(sys.stderr) else text


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(capital(line), err=True)


def _read(prompt: str) -> str | None:
    """A line of standard input without its end; None when there is no more.

    Raises:
        BadInput: standard input is not UTF-8.
    """
    click.echo(prompt, err=True, nl=False)
    read: Callable[[], str] = sys.stdin.readline
    try:
        line = read()
    except UnicodeDecodeError:
        raise BadInput("standard input is not UTF-8 text: convert it first") from None
    if not sys.stdin.isatty():
        click.echo(err=True)  # nobody pressed Enter where the answers come from a file
    return line.rstrip("\r\n") if line else None
