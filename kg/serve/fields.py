"""What requests hold: fields with their types, which are read and described from one table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kg.serve.problem import Refused, check_length

_MOST_NAMES: Final = 200
# What `kg.recognise.tokens.check_text` takes, for who reads the schema: no control characters.
_PLAIN: Final = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
_LETTER: Final = r"[0-9A-Za-z\u00c0-\ud7ff]"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("give a text")
    value.encode()  # a lone surrogate is no text
    return value


def _words(value: Any) -> str:
    check_length(_text(value))
    return str(value)


def _name(value: Any) -> str:
    if not re.search(_LETTER, _text(value)):
        raise ValueError("give a name with a letter or a digit")
    return str(value)


def _names(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > _MOST_NAMES:
        raise ValueError(f"give a list of at most {_MOST_NAMES} names")
    return [_text(each) for each in value]


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("give true or false")
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _number(value: Any) -> int:
    number = int(value) if isinstance(value, str) and value.isascii() else value
    if isinstance(number, float) and number.is_integer():
        number = int(number)  # 2.0 is a whole number of JSON
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError("give a whole number")
    return number


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise ValueError("give an object that holds something")
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no text
    return value


_FLAGS: Final = {"1": True, "true": True, "0": False, "false": False}
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "text": _text,
    "words": _words,
    "name": _name,
    "names": _names,
    "flag": _flag,
    "day": _day,
    "number": _number,
    "object": _object,
}
_SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"type": "string"},
    "words": {"type": "string", "pattern": _PLAIN},
    "name": {"type": "string", "pattern": _LETTER},
    "names": {
        "type": "array",
        "items": {"type": "string", "pattern": _LETTER},
        "maxItems": _MOST_NAMES,
    },
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "number": {"type": "integer"},
    "object": {"type": "object", "minProperties": 1},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, the type of its value, what it means, the limits of a number.

    `choices` gives the texts that it may hold; a text that is required is never blank.
    """

    name: str
    type: str
    about: str
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: Callable[[], Sequence[str]] | None = None

    def read(self, value: Any) -> Any:
        """The value of the field.

        Raises:
            Refused: it is of another type, or beyond the limits.
        """
        try:
            found = _READERS[self.type](value)
        except (ValueError, UnicodeEncodeError) as error:
            detail = str(error) if type(error) is ValueError and self.type != "day" else ""
            fix = detail or ("give a date like 2026-11-28" if self.type == "day" else "give text")
            raise Refused(422, f"{self.name}: {fix}", field=self.name) from None
        low, high = self.least, self.most
        if low is not None and high is not None and not low <= found <= high:
            raise Refused(422, f"{self.name}: give {low} to {high}", field=self.name)
        return found

    def schema(self) -> dict[str, Any]:
        """The field as JSON Schema."""
        limits = {"minimum": self.least, "maximum": self.most}
        told: dict[str, Any] = {k: value for k, value in limits.items() if value is not None}
        if self.choices is not None:
            told["enum"] = list(self.choices())
        elif self.required and self.type == "text":
            told["pattern"] = r"\S"
        elif self.required and self.type == "words":
            told["allOf"] = [{"pattern": r"\S"}]
        known = {**_SCHEMAS[self.type], **told}
        if not self.required:
            known["type"] = [known["type"], "null"]
        return {**known, "description": self.about}


CASE: Final = (
    Field("text", "words", "What is reported, in plain words."),
    Field("findings", "names", "Names or ids of concepts that are present, besides the text."),
    Field("absent", "names", "Names or ids of concepts that are denied."),
)


def read_json(body: str, fields: Sequence[Field]) -> dict[str, Any]:
    """The fields of a JSON object.

    Raises:
        Refused: it is no such object, or a field is unknown, missing or of another type.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "the body is no JSON: send an object") from None
    if not isinstance(data, dict):
        raise Refused(400, "the body is no JSON object: send one")
    return read_values(data, fields)


def read_address(pairs: Sequence[tuple[str, str]], fields: Sequence[Field]) -> dict[str, Any]:
    """The values of the fields of an address.

    Raises:
        Refused: a field is given twice, unknown, missing or of another type.
    """
    values: dict[str, Any] = dict(pairs)
    if len(values) < len(pairs):
        raise Refused(400, "a field is given twice: give it once")
    for field in fields:
        if field.type == "flag" and field.name in values:
            values[field.name] = _FLAGS.get(values[field.name])
            if values[field.name] is None:
                raise Refused(422, f"{field.name}: give 1 or 0", field=field.name)
    return read_values(values, fields)


def read_values(data: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """The values of fields.

    Raises:
        Refused: a field is unknown, missing or of another type.
    """
    known = {field.name: field for field in fields}
    if data.keys() - known.keys():
        known_names = ", ".join(known) or "the body"
        raise Refused(422, f"there is an unknown field: use {known_names}")
    for field in fields:
        if field.required and data.get(field.name) in (None, ""):
            raise Refused(422, f"{field.name} is missing: {field.about}", field=field.name)
    return {
        name: known[name].read(value) for name, value in sorted(data.items()) if value is not None
    }
