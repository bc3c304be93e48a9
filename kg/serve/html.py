"""The frame of every page that is served, and the style that it shares with the page from disk."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import MissingFile
from kg.explain.phrasing import capital
from kg.export.web.assets import read
from kg.render.html import said
from kg.serve.negotiate import choose
from kg.serve.places import place_style
from kg.serve.problem import MEDIA, Refused
from kg.serve.service import kept, service_of

_FOLDER: Final = Path(__file__).resolve().parent


def framed(request: Request, title: str, content: str) -> str:
    """A page with its frame; the content is HTML already."""
    routed = "app" in request.scope
    version = f"Graph version {service_of(request).graph.view.version}." if routed else ""
    return Template(_own("page.html")).substitute(
        title=said(title), content=content, version=said(version)
    )


def page(request: Request, title: str, content: str, status: int = 200) -> Response:
    """A page that nobody keeps: it may hold what somebody wrote."""
    headers = {"Cache-Control": "no-store"}
    return HTMLResponse(framed(request, title, content), status, headers)


def refusal(request: Request, refused: Refused) -> Response:
    """A refusal as whoever asks can read it: a page for people, a problem for programs."""
    told = refused.response()
    wanted = choose(request.headers.get("accept"), [MEDIA, "text/html"])
    if wanted != "text/html" or request.url.path.startswith("/v1/"):
        return told
    alert = f'<p class="wrong" role="alert">{said(capital(refused.detail))}.</p>\n'
    back = '<p><a href="/">To the start</a></p>\n'
    shown = page(request, HTTPStatus(refused.status).phrase, f"{alert}{back}", refused.status)
    shown.headers.update(refused.headers)
    return shown


async def style(request: Request) -> Response:
    """The style sheet."""
    return kept(request, f"{read('page.css')}\n{_own('serve.css')}\n{place_style()}", "text/css")


async def script(request: Request) -> Response:
    """What makes forms answer in place; without it they lead to pages."""
    return kept(request, _own("page.js"), "text/javascript")


@cache
def _own(name: str) -> str:
    try:
        return (_FOLDER / name).read_text(encoding="utf-8")
    except OSError:
        detail = "the file did not come with the package: install the package again"
        raise MissingFile(name, detail) from None
