"""How the page words what a claim holds besides its sentence."""

from __future__ import annotations

from collections.abc import Mapping

from kg.explain.phrasing import capital
from kg.export.drawing import Edge


def sentence(edge: Edge, labels: Mapping[str, str]) -> str:
    """The claim as a sentence without a full stop."""
    told = edge.text or f"{labels[edge.source]} {edge.phrase} {labels[edge.target]}"
    return capital(told)


def sureness(edge: Edge) -> str:
    """How sure the source is, how often it is so, and whether that is disputed."""
    told = [edge.hedge, *([edge.frequency] if edge.frequency is not None else [])]
    told += [f"{edge.extent} of it"] if edge.extent is not None else []
    told += [] if edge.supported else ["refuted"]
    told += ["sources disagree"] if edge.contested and edge.supported else []
    return ", ".join(word.replace("-", " ") for word in told)
