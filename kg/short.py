"""The short form of an explanation: what one screen tells, and all that it refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.explain.cite import Citations
from kg.explain.explanation import Explanation
from kg.explain.serialise import Writer
from kg.view import View

SCHEMA: Final = "kg-explanation-short/1"
# What only the whole explanation holds; all else has the same form in both.
LEFT_OUT: Final = frozenset({
    "conditions", "causes", "covering_sets", "unexplained", "location", "remedies",
    "remedy_sets", "disagreements",
})  # fmt: skip


def shortened(answer: Explanation, view: View, citations: Citations) -> dict[str, Any]:
    """The answer as data for JSON, without what one screen does not tell.

    Names, claims and sources are those that something in it refers to. Of the urgency the flags
    are left out that are only to be watched for; the summary names those that matter.
    """
    kinds = {f.id: c.kind for f in answer.case.findings if (c := view.concepts.get(f.id))}
    write = Writer(_Labels(view), kinds).data
    urgency = answer.urgency
    data = {
        "schema": SCHEMA,
        "graph_version": answer.graph_version,
        "disclaimer": answer.disclaimer,
        "in_scope": answer.in_scope,
        "urgency": {
            **{name: getattr(urgency, name) for name in ("level", "label", "advice")},
            "because": write(urgency.because),
        },
        "summary": write(answer.summary),
        "case": write(answer.case),
        "questions": write(answer.questions),
        "sources": write(answer.cited()),
    }
    named = [name for name in sorted({*_texts(data)}) if name in view.concepts]
    claims = [name for each in answer.summary.told() for name in each.claims]
    return {
        **data,
        "labels": {name: view.label(name) for name in named},
        "lay_labels": {name: lay for name in named if (lay := view.lay(name)) is not None},
        "kinds": {name: view.concepts[name].kind for name in named},
        "claims": write({name: citations.claim(name) for name in sorted({*claims})}),
    }


class _Labels(Mapping[str, str]):
    """The label of whatever has one."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __getitem__(self, name: str) -> str:
        return self._view.label(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.concepts)

    def __len__(self) -> int:
        return len(self._view.concepts)


def _texts(data: Any) -> Iterator[str]:
    """All texts in data, at whatever depth."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for each in data.values():
            yield from _texts(each)
    elif isinstance(data, list):
        for each in data:
            yield from _texts(each)
