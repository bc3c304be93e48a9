"""Fixtures for recognition: the view of the real graph, and a check of what a text was read as."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import kg
from kg.recognise.case import Case
from kg.recognise.recogniser import Recogniser
from kg.recognise.resolver import Resolver
from kg.view import View

_STATUS = {"+": "present", "-": "absent", "?": "unknown"}


@pytest.fixture(scope="session")
def view(graph: kg.Graph) -> View:
    return graph.view


@pytest.fixture(scope="session")
def recogniser(graph: kg.Graph) -> Recogniser:
    return graph._recogniser


@pytest.fixture(scope="session")
def resolver(graph: kg.Graph) -> Resolver:
    return graph._resolver


@pytest.fixture
def expect(recogniser: Recogniser, view: View) -> Callable[[str, str], Case]:
    """Read a text and compare: name+ present, as itself or in a more specific form, name- absent,
    name? open, !name not found, others:name told of somebody else or of the past."""

    def check(text: str, marks: str) -> Case:
        case = recogniser.recognise(text)
        found = {(f.id, f.status) for f in case.findings}
        found |= {(general, "present") for name in case.present() for general in view.broader(name)}
        shown = f"{text!r}\n{sorted(found)}\nothers {[(f.id, f.status) for f in case.others]}"
        for mark in marks.split():
            if mark.startswith("!"):
                assert not any(i == f"ft:{mark[1:]}" and s != "absent" for i, s in found), shown
            elif mark.startswith("others:"):
                name = "ft:" + mark.removeprefix("others:")
                assert any(f.id == name for f in case.others), shown
                assert name not in case.present(), shown
            else:
                assert (f"ft:{mark[:-1]}", _STATUS[mark[-1]]) in found, f"{mark}: {shown}"
        return case

    return check
