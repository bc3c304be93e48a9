"""What a text tells by all of its words beside what they name, and what it hardly tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.explain.engine import Explainer
from kg.recognise.case import DOUBTFUL, HEARD, Case

OPEN = Path(__file__).resolve().parents[1] / "data" / "reading" / "open.jsonl"

LASH = (
    "I had botox for my crow's feet in December, and straight after it a spot right on the lash "
    "line of my left eye began to twitch. It has been three months, not all the time. The eye "
    "doctor says it can come from the botox."
)
CHILD = (
    "My 3 yr old daughter has started twitching since 2 weeks. She touches and rubs her nose, "
    "ears, eyes and takes her hand over her head at least 6-7 times in a day. More in public, "
    "with other children, and when she is tired or sleepy. We have only her, so nothing to compare "
    "with, and the other kids in playschool don't do it. What should we do, ignore it?"
)
BRACE = (
    "Hurt my right knee at soccer on Sunday. Xray fine, doc gave me a brace as long as a "
    "drainpipe. Socks are impossible, stairs a nightmare, and no pity from the family. How long "
    "do I have to wear it if I cheat now and then?"
)


def reasons(case: Case, reason: str) -> dict[str, str]:
    return {f.id: case.text[slice(*f.span)] for f in case.findings if f.reason == reason and f.span}


@pytest.mark.parametrize(
    ("text", "sign", "words"),
    [
        (LASH, "ft:alcohol", "on the lash"),
        (BRACE, "ft:leg-weakness", "Socks are impossible"),
    ],
)
def test_a_name_in_a_text_of_other_things_is_neither_told_nor_evidence(
    graph: kg.Graph, text: str, sign: str, words: str
) -> None:
    answer = graph.explain(text)
    assert reasons(answer.case, DOUBTFUL)[sign] == words
    assert sign not in answer.case.present()
    assert all(sign not in told.about for told in answer.summary.understood)
    assert all(sign != f.id for c in answer.conditions for f in c.for_)


def test_what_is_doubtful_is_named_so_where_it_is_what_cannot_wait(graph: kg.Graph) -> None:
    answer = graph.explain(BRACE)
    assert answer.urgency.level == "emergency"
    assert "which may mean something else" in str(answer)


def test_what_no_words_name_is_told_as_a_guess(graph: kg.Graph) -> None:
    answer = graph.explain(CHILD)
    assert "ft:tic-movement" in reasons(answer.case, HEARD)
    assert "perhaps a tic" in str(answer)


def test_a_short_text_has_nothing_beside_what_its_words_name(graph: kg.Graph) -> None:
    case = graph.read("My lid twitches and I let my mind wander.")
    assert case.named() is case


def test_no_level_rests_on_what_the_whole_tells(graph: kg.Graph) -> None:
    explainer = Explainer(graph.view)
    texts = [json.loads(line)["text"] for line in OPEN.read_text(encoding="utf-8").splitlines()]
    heard = 0
    for text in texts[::3]:
        case = graph.read(text)
        alone = case.named()
        heard += alone is not case
        assert explainer.explain(case).urgency.level == explainer.explain(alone).urgency.level
    assert heard > len(texts) / 15
