"""Large answers: whole for whoever reads, given up for whoever does not, bounded altogether."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kg.serve import outgoing
from kg.serve.outgoing import Outgoing, TooMuch, TooSlow

from .conftest import Site

LARGE = 16 * 1024 * 1024


def begun(size: int) -> dict[str, Any]:
    return {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"content-length", str(size).encode())],
    }


def test_a_large_answer_is_whole(site: Site) -> None:
    found = site.cheap("SELECT * { ?s ?p ?o } LIMIT 20000")
    assert len(found.body) > 2 * 1024 * 1024
    assert len(found.json()["results"]["bindings"]) == 20_000


def test_what_is_handed_over_in_pieces_is_the_same() -> None:
    body = bytes(range(256)) * 2_001
    got: list[Any] = []

    async def send(message: Any) -> None:
        got.append(message)

    asyncio.run(Outgoing().send({"type": "http.response.body", "body": body}, send))
    assert b"".join(each["body"] for each in got) == body
    assert [each["more_body"] for each in got] == [True] * (len(got) - 1) + [False]
    assert len(got) > 5


def test_whoever_does_not_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "_PATIENCE", 0.05)
    monkeypatch.setattr(outgoing, "_SLOWEST", LARGE * 100)

    async def send(message: Any) -> None:
        await asyncio.sleep(60)

    with pytest.raises(TooSlow):
        asyncio.run(Outgoing().send({"type": "http.response.body", "body": bytes(LARGE)}, send))


def test_large_answers_are_few_at_a_time_and_small_ones_never_kept_out() -> None:
    held = Outgoing()
    sizes = [held.hold(begun(LARGE)) for _ in range(8)]
    with pytest.raises(TooMuch):
        held.hold(begun(LARGE))
    assert held.hold(begun(300_000)) == 0
    held.release(sizes.pop())
    assert held.hold(begun(LARGE)) == LARGE
