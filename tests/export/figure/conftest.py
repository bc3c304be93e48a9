"""The graph with its own picture, and a graph about another part of the body with another one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.export.figure.asset import Asset, read_asset
from kg.export.figure.shelf import asset_file

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def face() -> Asset:
    return read_asset(asset_file("face"))


@pytest.fixture(scope="session")
def calf() -> Iterator[kg.Graph]:
    with kg.open(add=DATA / "calf.ttl") as opened:
        yield opened


@pytest.fixture(scope="session")
def leg() -> str:
    """The file of the picture of another part of the body."""
    return str(DATA / "calf.svg")
