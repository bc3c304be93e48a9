"""A day of the calendar, as an option of a command."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click


class Day(click.DateTime):
    """A day like 2026-11-28; of one that the calendar does not have it says so."""

    def __init__(self) -> None:
        super().__init__(("%Y-%m-%d",))

    def convert(self, value: Any, *where: Any) -> Any:
        """Read a day, or say what is wrong with it."""
        if isinstance(value, str):
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                self.fail(f"give a day like 2026-11-28, not {value!r}.", *where)
            try:
                date.fromisoformat(value)
            except ValueError:
                self.fail(f"there is no such day as {value}.", *where)
        return super().convert(value, *where)
