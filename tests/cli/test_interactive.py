"""`kg explain --interactive`: questions on standard error, answers from standard input."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys

from click.testing import Result

from .conftest import Run
from .test_bad_input import refused

TEXT = "My nostril keeps twitching, three espressos a day, slept badly"


def ask(run: Run, answers: str, *more: str) -> Result:
    return run("explain", "--interactive", *more, TEXT, stdin=answers)


def asked(result: Result) -> list[str]:
    return re.findall(r"^\d+\. (.*\?)$", result.stderr, re.MULTILINE)


def again(result: Result) -> list[str]:
    """The arguments of the command that repeats the answer."""
    (line,) = re.findall(r"^The same answer again: kg (.*)$", result.stderr, re.MULTILINE)
    return shlex.split(line)


def test_every_answer_leads_to_another_question(run: Run) -> None:
    result = ask(run, "n\nn\n?\n\nno\nq\n")
    assert result.exit_code == 0
    questions = asked(result)
    assert len(questions) == 6
    assert len(set(questions)) == 6
    assert result.stderr.count("So far: ") == 3  # what is not known changes nothing


def test_standard_output_holds_the_answer_that_the_command_line_repeats(run: Run) -> None:
    result = ask(run, "n\nn\ny\nq\n")
    arguments = again(result)
    assert arguments.count("--absent") == 2
    assert arguments.count("--finding") == 1
    assert run(*arguments).stdout == result.stdout
    json_result = ask(run, "n\ny\nn\nq\n", "--json")
    assert json.loads(json_result.stdout)["questions"]
    assert run(*again(json_result), "--json").stdout == json_result.stdout


def test_an_answer_that_raises_the_urgency_is_told_at_once(run: Run) -> None:
    result = run(
        "explain",
        "--interactive",
        "--finding",
        "difficulty closing the eye",
        TEXT,
        stdin="y\ny\ny\ny\n",
    )
    alarms = re.findall(r"^!! (.*?):", result.stderr, re.MULTILINE)
    assert alarms[0] != alarms[-1] == "EMERGENCY"
    last = result.stderr.index("!! EMERGENCY")
    assert not re.search(r"^\d+\. ", result.stderr[last:], re.MULTILINE)
    assert result.stdout.startswith("Emergency: ")


def test_going_back_asks_the_same_question_again(run: Run) -> None:
    result = ask(run, "b\nn\nb\nn\nq\n")
    questions = asked(result)
    assert "There is nothing to go back to." in result.stderr
    assert questions[0] == questions[1] == questions[3]
    assert questions[2] == questions[4]
    assert again(result).count("--absent") == 1


def test_what_is_not_understood_is_asked_again(run: Run) -> None:
    result = ask(run, "perhaps\nq\n")
    first, second = asked(result)
    assert first == second
    assert "Not understood: y = yes" in result.stderr


def test_the_end_of_input_stops_like_q(run: Run) -> None:
    assert ask(run, "n\n").stdout == ask(run, "n\nq\n").stdout
    assert ask(run, "").exit_code == 0


def test_the_text_is_asked_for_where_none_is_given(run: Run) -> None:
    result = run("explain", "--interactive", stdin=f"\n{TEXT}\nn\n")
    assert result.stderr.startswith("What do you notice? ")
    assert result.stdout == ask(run, "n\n").stdout
    refused_result = run("explain", "--interactive", stdin="")
    assert refused_result.exit_code == 2
    assert "error: the text is empty" in refused_result.stderr


def test_it_runs_to_its_end(run: Run) -> None:
    result = ask(run, "n\n" * 100)
    assert "Nothing more to ask that would change much." in result.stderr
    assert len(asked(result)) == len(set(asked(result))) <= 20


def test_the_text_cannot_come_from_where_the_answers_come_from(run: Run) -> None:
    refused(run("explain", "--interactive", "-", stdin=TEXT), "give the text as an argument")


def test_answers_that_are_no_text_are_refused(run: Run) -> None:
    result = run("explain", "--interactive", TEXT, stdin=b"\xff\xfe\n")
    assert result.exit_code == 2
    assert "standard input is not UTF-8" in result.stderr


def test_a_text_that_looks_like_an_option_is_repeated_as_text(run: Run) -> None:
    text = "-- it's my lip that twitches; $HOME"
    result = run("explain", "--interactive", "--", text, stdin="n\n")
    assert run(*again(result)).stdout == result.stdout


def test_as_a_process_with_a_pipe() -> None:
    command = [sys.executable, "-m", "kg", "explain", "--interactive", TEXT]
    environment = os.environ | {"NO_COLOR": "1"}
    done = subprocess.run(
        command, input="n\n", capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.startswith("Self-care: ")
    assert "2. " in done.stderr
    assert "Traceback" not in done.stderr
