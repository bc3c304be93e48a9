"""What a form of the page tells, and how a form without a script carries it on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.requests import Request

from kg.serve.guard import body_of
from kg.serve.problem import Refused, check_length

Fields = dict[str, list[str]]
_MOST_FIELDS: Final = 50
_MOST_IDS: Final = 200
_LEVELS: Final = ("plain", "clinical")


@dataclass(frozen=True, slots=True)
class Told:
    """What a form tells: the words, the ids of concepts, and how the answer is to look."""

    text: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    level: str = "plain"
    full: bool = False
    pictures: bool = False

    @classmethod
    def of(cls, fields: Fields) -> Told:
        """What the fields of a form say; the button that was pressed adds its id or its words.

        Raises:
            Refused: the words are too many.
        """

        def ids(name: str, button: str) -> tuple[str, ...]:
            words = " ".join([*fields.get(name, []), *fields.get(button, [])])
            return tuple(dict.fromkeys(words.replace(",", " ").split()))[:_MOST_IDS]

        level = fields.get("level", ["plain"])[-1]
        text = " ".join(fields.get("text", [])).strip()
        said = "".join(f"\n{words.strip()}." for words in fields.get("say", []))
        words = f"{text}{said}".strip()
        check_length(words)
        return cls(
            text=words,
            present=ids("present", "yes"),
            absent=ids("absent", "no"),
            skipped=ids("skipped", "skip"),
            level=level if level in _LEVELS else "plain",
            full=bool(fields.get("full", [""])[-1]),
            pictures=bool(fields.get("pictures", [""])[-1]),
        )

    @property
    def case(self) -> dict[str, Any]:
        """What the graph is asked with."""
        return {"text": self.text, "findings": self.present, "absent": self.absent}

    @property
    def anything(self) -> bool:
        """Whether something is reported."""
        return bool(self.text or self.present)

    def hidden(self, **changed: Any) -> str:
        """The same, but for what is changed, as hidden fields."""
        told = replace(self, **changed)
        fields = {
            "text": told.text,
            "present": " ".join(told.present),
            "absent": " ".join(told.absent),
            "skipped": " ".join(told.skipped),
            "level": told.level if told.level != "plain" else "",
            "full": "yes" if told.full else "",
            "pictures": "yes" if told.pictures else "",
        }
        return "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in fields.items()
            if value
        )


async def fields_of(request: Request) -> Fields:
    """The fields of a form.

    Raises:
        Refused: it is no form, or has too many fields.
    """
    media = request.headers.get("content-type", "").partition(";")[0]
    if media != "application/x-www-form-urlencoded":
        raise Refused(415, "send the fields as application/x-www-form-urlencoded")
    try:
        return parse_qs(await body_of(request), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused(400, "the form has too many fields") from None
