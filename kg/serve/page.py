"""The page: somebody types what they feel, gets the answer, and answers its questions."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.ask.page import compose as compose_reply
from kg.explain.dialogue import Dialogue
from kg.explain.model import Explanation
from kg.graph import Graph
from kg.render.brief import laid_out
from kg.render.html import render_page, said
from kg.serve.guard import body_of
from kg.serve.html import page
from kg.serve.problem import Refused
from kg.serve.service import service_of

__all__ = ["answered", "asked", "start"]

_TITLE: Final = "What is it, and what helps?"
_ONLY_SIGNS: Final = (
    "<p><small>This is about the signs that were picked, and nothing else: "
    "say in your own words what they leave out.</small></p>\n"
)
_QUESTIONS: Final = 3
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

    @classmethod
    def of(cls, fields: dict[str, list[str]]) -> Told:
        """What the fields of a form say; the button that was pressed adds its id."""

        def ids(name: str, button: str) -> tuple[str, ...]:
            words = " ".join([*fields.get(name, []), *fields.get(button, [])])
            return tuple(dict.fromkeys(words.replace(",", " ").split()))[:_MOST_IDS]

        level = fields.get("level", ["plain"])[-1]
        return cls(
            text=" ".join(fields.get("text", [])).strip(),
            present=ids("present", "yes"),
            absent=ids("absent", "no"),
            skipped=ids("skipped", "skip"),
            level=level if level in _LEVELS else "plain",
            full=bool(fields.get("full", [""])[-1]),
        )

    def hidden(self, *, look: bool = True) -> str:
        """The same as hidden fields, so that a form without a script continues the case."""
        fields = {
            "text": self.text,
            "present": " ".join(self.present),
            "absent": " ".join(self.absent),
            "skipped": " ".join(self.skipped),
        }
        if look:
            fields |= {"level": self.level, "full": "yes" if self.full else ""}
        return "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in fields.items()
            if value
        )


async def start(request: Request) -> Response:
    """The empty page, or the answer for the concepts that the address names."""
    given = {name: request.query_params.getlist(name) for name in ("present", "absent")}
    told = Told.of(given)
    if not (told.present or told.absent):
        return page(request, _TITLE, _form() + _ask_form())
    known = service_of(request).graph.view.concepts
    if not known.keys() >= {*told.present, *told.absent}:
        return _wrong(request, "The address names something that is not in the graph.", 400)
    return await _answer(request, told)


async def answered(request: Request) -> Response:
    """The answer to what a form tells."""
    told = Told.of(await _fields(request))
    if not (told.text or told.present):
        return _wrong(request, "Describe what you notice in a sentence.", 422)
    return await _answer(request, told)


async def asked(request: Request) -> Response:
    """The answer to a question about what the graph knows."""
    question = " ".join((await _fields(request)).get("question", []))
    try:
        reply = await service_of(request).run(lambda graph: compose_reply(graph.ask(question)))
    except Refused as refused:
        return _wrong(request, refused.detail, refused.status)
    shown = f'<blockquote><p>{said(question)}</p></blockquote>\n<div class="card">'
    return page(request, _TITLE, f"{shown}{render_page(reply)}</div>{_ask_form()}{_form()}")


async def _fields(request: Request) -> dict[str, list[str]]:
    media = request.headers.get("content-type", "").partition(";")[0]
    if media != "application/x-www-form-urlencoded":
        raise Refused(415, "send the fields as application/x-www-form-urlencoded")
    try:
        return parse_qs(await body_of(request), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused(400, "the form has too many fields") from None


async def _answer(request: Request, told: Told) -> Response:
    try:
        content = await service_of(request).run(_told_answer, told)
    except Refused as refused:
        return _wrong(request, refused.detail, refused.status)
    return page(request, _TITLE, content)


def _told_answer(graph: Graph, told: Told) -> str:
    dialogue = graph.dialogue(told.text, findings=told.present, absent=told.absent)
    answer = dialogue.explanation
    quoted = f"<blockquote><p>{said(told.text)}</p></blockquote>\n" if told.text else _ONLY_SIGNS
    body = render_page(laid_out(answer, told.level, full=told.full), anchor="source-")
    level = escape(answer.urgency.level)
    return (
        f'<section id="explanation" aria-label="Answer" data-level="{level}">'
        f"\n{quoted}{body}</section>\n{_questions(dialogue, told)}{_looks(told)}"
        f"{_permalink(graph, answer)}{_form(told.text)}{_ask_form()}"
    )


def _questions(dialogue: Dialogue, told: Told) -> str:
    """The next questions, each with its buttons; none where care is needed at once."""
    if dialogue.question is None:
        return ""
    done = {*told.present, *told.absent, *told.skipped}
    open_ = [q for q in dialogue.explanation.questions if q.quote is None and q.id not in done]
    if not open_:
        return ""
    rows = "\n".join(
        f'<form class="question" method="post" action="/">{told.hidden()}'
        f"<p>{said(q.text)} <small>Why: {said(q.why)}.</small></p>"
        f'<button name="yes" value="{escape(q.id)}">Yes</button>'
        f'<button name="no" value="{escape(q.id)}">No</button>'
        f'<button name="skip" value="{escape(q.id)}">I do not know</button></form>'
        for q in open_[:_QUESTIONS]
    )
    return f'<section aria-labelledby="more"><h2 id="more">To tell more</h2>\n{rows}\n</section>\n'


def _looks(told: Told) -> str:
    """The same answer in other words, or all of it."""
    level = "clinical" if told.level == "plain" else "plain"
    words = "In clinical words" if level == "clinical" else "In plain words"
    full = "" if told.full else "yes"
    buttons = (
        ("level", level, words, "full", "yes" if told.full else ""),
        ("full", full, "One screen" if told.full else "Show all", "level", told.level),
    )
    rows = "".join(
        f'<form method="post" action="/">{told.hidden(look=False)}'
        f'<input type="hidden" name="{other}" value="{kept}">'
        f'<button name="{name}" value="{value}">{label}</button></form>'
        for name, value, label, other, kept in buttons
    )
    return f'<div class="forms">{rows}</div>\n'


def _permalink(graph: Graph, answer: Explanation) -> str:
    """An address that holds the signs as ids, and none of the words.

    There is none where the signs alone would be judged otherwise than the words.
    """
    present, absent = answer.case.present(), answer.case.absent()
    if not present:
        return ""
    alone = graph.explain(findings=present, absent=absent)
    if alone.urgency.level != answer.urgency.level:
        return ""
    ids = {"present": ",".join(present), "absent": ",".join(absent)}
    query = urlencode({name: found for name, found in ids.items() if found}, safe=":,")
    return (
        f'<p><a href="/?{escape(query)}">A link to these signs</a> <small>(it holds their names '
        "alone: your words, and since when, are not in it)</small></p>\n"
    )


def _form(text: str = "") -> str:
    label = "Say it again, or differently" if text else "What do you notice?"
    return (
        '<form class="tell" method="post" action="/">\n'
        f'<label for="text">{label}</label>\n'
        '<textarea id="text" name="text" rows="4" required autocomplete="off" '
        'aria-describedby="how">'
        f"\n{escape(text)}</textarea>\n"
        '<p id="how"><small>In your own words: where, since when, what else, what you take. '
        "If it came suddenly and is bad, call an ambulance now: do not wait for a page."
        '</small></p>\n<button class="first">Explain</button>\n</form>\n'
    )


def _ask_form() -> str:
    return (
        '<form class="tell" method="post" action="/ask">\n'
        '<label for="question">Or ask what is known, such as “What is … for?”</label>\n'
        '<input id="question" name="question" type="text" required autocomplete="off">\n'
        "<button>Ask</button>\n</form>\n"
    )


def _wrong(request: Request, detail: str, status: int) -> Response:
    told = f'<p class="wrong" role="alert">{said(detail)}</p>\n'
    return page(request, _TITLE, f"{told}{_form()}{_ask_form()}", status)
