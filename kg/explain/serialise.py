"""The explanation as plain data: the JSON contract that other tools rely on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from kg.bulk import collector_paused
from kg.explain.model import Explanation

if TYPE_CHECKING:
    from kg.explain.contrast import Contrast
    from kg.explain.flip import Flip

# Floats are rounded, so that equal answers are equal bytes on every machine.
DIGITS: Final = 6
_SIGNIFICANT: Final = 12
_PLAIN: Final = frozenset({bool, float, int, str, type(None)})
_TEXTS: Final = frozenset({"str", "str | None", "bool"})
# Objects whose numbers have to add up again: by significant digits, not by decimals.
_EXACT: Final = frozenset({"RankedCondition", "WeightedFinding", "Difference", "Separator"})
_ROUNDED: Final = frozenset({"coverage"})
# What stands elsewhere, or is no part of the answer.
_LEFT_OUT: Final = {
    "Case": {"in_scope"},
    "Chain": {"start", "end"},
    "ClaimItem": {"id"},
    "Explanation": {"view"},
    "Urgency": {"clear"},
}
# Ids that have their labels beside them, and objects whose id has.
_NAMED: Final = {
    "Event": {"site"},
    "Finding": {"site"},
    "NextQuestion": {"could_be"},
    "Question": {"about"},
    "RaisedFlag": {"points_to"},
    "RankedCondition": {"not_asked", "not_annotated"},
    "Unread": {"about"},
}
_LABELLED: Final = frozenset({"Event", "Finding", "Known", "Measure", "Medicine", "Trial"})


def to_dict(explanation: Explanation) -> dict[str, Any]:
    """The explanation as dictionaries, lists, texts and numbers, safe for JSON.

    Ids are compact IRIs; the label and the kind of each stand under ``labels`` and ``kinds``.
    `explanation.schema.json` describes the result; keys may be added, none is taken away.
    """
    with collector_paused():
        data: dict[str, Any] = Writer(explanation.labels, explanation.kinds).data(explanation)
    return data


def contrast_to_dict(contrast: Contrast, schema: str) -> dict[str, Any]:
    """A contrast as dictionaries, lists, texts and numbers, safe for JSON."""
    c = contrast
    write = Writer(c.labels, {}).data
    return {
        "schema": schema,
        "disclaimer": c.disclaimer,
        "urgency": c.urgency,
        "kind": c.kind,
        "first": {"id": c.first, "label": c.labels[c.first], "score": _exact(c.first_score)},
        "second": {"id": c.second, "label": c.labels[c.second], "score": _exact(c.second_score)},
        "holds": c.holds,
        "difference": _exact(c.difference),
        "base": _exact(c.base),
        "differences": [{**write(d), "difference": _exact(d.difference)} for d in c.differences],
        "notes": list(c.notes),
        "only_first": write(c.only_first),
        "only_second": write(c.only_second),
        "separators": write(c.separators),
        "labels": dict(c.labels),
        "sources": write(c.sources),
    }


def flip_to_dict(flip: Flip, schema: str) -> dict[str, Any]:
    """A counterfactual as dictionaries, lists, texts and numbers, safe for JSON."""
    f = flip
    write = Writer(f.labels, {}).data
    return {
        "schema": schema,
        "disclaimer": f.disclaimer,
        "urgency": f.urgency,
        "goal": f.goal,
        "found": f.found,
        "most": f.most,
        "before": f.before,
        "after": f.after,
        "changes": write(f.changes),
        "replay": {
            "text": f.answers.text,
            "findings": list(f.answers.present),
            "absent": list(f.answers.absent),
            "command": f.command,
        },
        "labels": dict(f.labels),
        "claims": list(f.claims),
        "evidence": write(f.evidence),
        "sources": write(f.sources),
    }


class Writer:
    """Writes frozen objects as dictionaries from field to value."""

    def __init__(self, labels: Mapping[str, str], kinds: Mapping[str, str]) -> None:
        self._labels = labels
        self._kinds = kinds

    def data(self, value: Any) -> Any:
        """A value of whatever kind as plain data."""
        if type(value) in _PLAIN:
            return value
        if isinstance(value, (tuple, list)):
            return [self.data(each) for each in value]
        if hasattr(value, "__dataclass_fields__"):
            return self._object(value)
        return {key: self.data(each) for key, each in value.items()}

    def _object(self, thing: Any) -> dict[str, Any]:
        kind: Any = type(thing)
        if plain := _plain(kind):
            return plain(thing)
        told: dict[str, Any] = {}
        for name, key, write, named in _written(kind):
            value = getattr(thing, name)
            if named:
                told[key] = self._named(value)
            elif type(value) not in _PLAIN:  # most are, and this is done for thousands of them
                told[key] = self.data(value)
            else:
                told[key] = value if write is None or value is None else write(value)
        if kind.__name__ in _LABELLED:
            told["label"] = self._labels.get(thing.id, thing.id) if thing.id is not None else None
        if kind.__name__ == "Finding":
            told["kind"] = self._kinds.get(thing.id, "")
        return told

    def _named(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return [self._named(name) for name in value]
        return value and {"id": value, "label": self._labels.get(value, value)}


@cache
def _written(kind: type) -> tuple[tuple[str, str, Callable[[float], float] | None, bool], ...]:
    """The fields of a kind of object.

    The name, the key, how its numbers are rounded, and whether it holds ids to be named.
    """
    name = kind.__name__
    exact = name in _EXACT
    return tuple(
        (
            f.name,
            f.name.rstrip("_"),
            (_exact if exact and f.name not in _ROUNDED else _rounded)
            if str(f.type).startswith("float")
            else None,
            f.name in _NAMED.get(name, ()),
        )
        for f in fields(kind)
        if f.name not in _LEFT_OUT.get(name, ())
    )


@cache
def _plain(kind: type) -> Callable[[Any], dict[str, Any]] | None:
    """Writes objects that hold texts alone, as thousands do: in one go."""
    types = {field.name: str(field.type) for field in fields(kind)}
    told = [(name, key) for name, key, _, named in _written(kind) if not named]
    texts = types.keys() == {name for name, _ in told} and _TEXTS.issuperset(types.values())
    if kind.__name__ in _LABELLED or len(told) < 2 or not texts:
        return None
    names, keys = zip(*told, strict=True)
    read = attrgetter(*names)
    return lambda thing: dict(zip(keys, read(thing), strict=True))


def _exact(value: float) -> float:
    return float(f"{value:.{_SIGNIFICANT}g}") + 0.0


def _rounded(value: float) -> float:
    return round(value, DIGITS) + 0.0
