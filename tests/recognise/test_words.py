"""What people call a twitch, and where: lay phrases and the findings and places they mean."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.recognise.recogniser import Recogniser
from kg.view import View

TABLE = Path(__file__).with_name("data") / "words.tsv"


def phrases() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(r["phrase"], f"ft:{r['finding']}", r["site"]) for r in rows]


def around(view: View, place: str) -> set[str]:
    """The place and all that it is a part of."""
    order = [place]
    for item in order:
        order += [o for o in view.objects(item, "ft:part-of") if o not in order]
    return set(order)


@pytest.mark.parametrize(("phrase", "finding", "site"), phrases(), ids=lambda value: value)
def test_a_lay_phrase(
    recogniser: Recogniser, view: View, phrase: str, finding: str, site: str
) -> None:
    found = recogniser.recognise(phrase).findings
    fitting = [f for f in found if f.status == "present" and finding in view.broader(f.id)]
    assert fitting, [(f.id, f.status) for f in found]
    if site != "-":
        place = f"ft:{site}"
        assert any(
            place in around(view, f.site) or f.site in around(view, place)
            for f in fitting
            if f.site is not None
        ), [(f.id, f.site) for f in fitting]
