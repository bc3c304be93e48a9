"""What went wrong, as `application/problem+json` (RFC 9457) that names the fix."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import Response

from kg.errors import BadQuery, KgError

MEDIA: Final = "application/problem+json"
_LONGEST: Final = 6_000  # characters: what is read of them takes a second or three, at worst


class Refused(Exception):
    """A request that is not answered: the status, what is wrong, and further headers."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> Response:
        """The refusal as a response."""
        return problem(self.status, self.detail, self.headers, **self.more)


def check_length(text: str) -> None:
    """Refuse a text that would keep others waiting: reading takes as long as it is, squared.

    Raises:
        Refused: it is too long.
    """
    if len(text) > _LONGEST:
        detail = f"the text has {len(text):,} characters: shorten it to at most {_LONGEST:,}"
        raise Refused(422, detail)


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem as a response; `more` are further members of its JSON."""
    told = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(json.dumps(told), status, kept, media_type=MEDIA)


def of_error(error: KgError, status: int = 422) -> Refused:
    """An error of the graph as a refusal, with the place of a mistake in a query."""
    if isinstance(error, BadQuery):
        place = {"line": error.line, "column": error.column}
        return Refused(400, str(error), None, **{k: v for k, v in place.items() if v is not None})
    return Refused(status, str(error))
