"""A case as plain data: what was read, with its words and labels beside spans and ids."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kg.recognise.case import Case
from kg.view import View


def case_to_dict(case: Case, view: View) -> dict[str, Any]:
    """The case as dictionaries, lists, texts and numbers, for JSON."""
    shown = {"schema": "kg-case/1", "graph_version": view.version}
    named: dict[str, Any] = _named(asdict(case), case.text, view)
    return shown | named


def _named(value: Any, text: str, view: View) -> Any:
    """The same data, with the words beside each span and the label beside each id."""
    if isinstance(value, (list, tuple)):
        return [_named(one, text, view) for one in value]
    if not isinstance(value, dict):
        return value
    named = {key: _named(one, text, view) for key, one in value.items()}
    if value.get("span") is not None:
        named["words"] = text[slice(*value["span"])]
    if value.get("id") is not None:
        named["label"] = view.label(value["id"])
    return named
