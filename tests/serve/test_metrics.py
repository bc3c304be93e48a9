"""What the server counts of itself, and how it paces whoever asks too often."""

from __future__ import annotations

import re

import pytest

from kg.serve.pace import Pace
from kg.serve.problem import Refused

from .conftest import Site

LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)+)\})? (\S+)')


def counted(site: Site) -> dict[tuple[str, str], float]:
    """Every value by its name and its labels."""
    told = site.get("/metrics")
    assert told.status == 200
    assert told.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    found = {}
    for line in told.text.splitlines():
        if not line.startswith("#"):
            match = LINE.fullmatch(line)
            assert match is not None, line
            found[match[1], match[2] or ""] = float(match[3])
    return found


def test_requests_are_counted_by_route_and_nothing_of_them_is_told(site: Site) -> None:
    before = counted(site)
    site.json("/v1/explain", {"text": "zebrafish twitches"})
    site.get("/zebrafish")
    site.send("ZEBRAFISH", "/v1/explain")
    after = counted(site)
    explained = ("kg_http_requests_total", 'route="/v1/explain",method="POST",status="200"')
    assert after[explained] == before.get(explained, 0) + 1
    seconds = ("kg_http_seconds_count", 'route="/v1/explain"')
    assert after[seconds] == before.get(seconds, 0) + 2
    assert after["kg_http_seconds_bucket", 'route="/v1/explain",le="+Inf"'] == after[seconds]
    assert after["kg_waiting", 'for="answers"'] == 0
    assert after["kg_http_running", ""] == 1
    assert min(after["kg_resident_bytes", f'of="{of}"'] for of in ("web", "engine")) > 1e6
    assert after["kg_sparql_triples", ""] > 10_000
    assert "zebra" not in site.get("/metrics").text.lower()


def test_a_page_says_what_went_wrong_to_people_and_a_problem_to_programs(site: Site) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = site.get("/nowhere/at/all", Accept=browser)
    assert (page.status, page.media) == (404, "text/html")
    assert 'role="alert">Nothing is at this address.' in page.text
    for accept in ("*/*", "application/json", browser):
        assert site.get("/v1/nowhere", Accept=accept).media == "application/problem+json"
    foreign = site.send("GET", "/", Host="evil.example", Accept=browser)
    assert (foreign.status, foreign.media) == (421, "text/html")


@pytest.mark.parametrize(
    ("address", "limited"),
    [
        ("203.0.113.7", True),
        ("2001:db8::1", True),
        ("::ffff:203.0.113.7", True),
        ("no address", True),
        ("127.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
    ],
)
def test_an_address_has_its_share_and_gets_it_again(address: str, limited: bool) -> None:
    pace = Pace(2)
    for _ in range(20):
        pace.check(address, 100.0)
    if not limited:
        return pace.check(address, 100.0)
    with pytest.raises(Refused) as refused:
        pace.check(address, 100.0)
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "1")
    pace.check(address, 101.0)
    pace.check(address, 101.0)
    with pytest.raises(Refused):
        pace.check(address, 101.0)
    Pace(0).check(address, 0.0)


def test_who_has_many_addresses_takes_no_memory_for_each() -> None:
    pace = Pace(1)
    for number in range(30_000):
        pace.check(f"{10 + number // 65_536}.{number // 256 % 256}.{number % 256}.1", 5.0)
    assert len(pace._left) == 10_000
