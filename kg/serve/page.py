"""The page: somebody tells what they feel, gets the answer, and answers its questions."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.ask.page import compose as compose_reply
from kg.explain.dialogue import Dialogue
from kg.explain.model import Explanation
from kg.explain.phrasing import capital
from kg.graph import Graph
from kg.render.brief import laid_out
from kg.render.html import render_page, said
from kg.serve.html import page
from kg.serve.more import further, pictures
from kg.serve.places import noticed, place_buttons, place_map, places
from kg.serve.problem import Refused, check_length
from kg.serve.service import service_of
from kg.serve.told import Told, fields_of

TITLE: Final = "What is it, and what helps?"
_ONLY_SIGNS: Final = (
    "<p><small>This is about the signs that were picked, and nothing else: "
    "say in your own words what they leave out.</small></p>\n"
)
_QUESTIONS: Final = 3


async def start(request: Request) -> Response:
    """The empty page, what can be noticed at a place, or the answer for the concepts named."""
    names = ("present", "absent", "at")
    given = {name: request.query_params.getlist(name) for name in names}
    told, at = Told.of(given), "".join(given["at"][-1:])
    known = service_of(request).graph.view.concepts
    if not known.keys() >= {*told.present, *told.absent, *([at] if at else [])}:
        return wrong(request, "The address names something that is not in the graph.", 400)
    if at or not (told.present or told.absent):
        return await _begun(request, told, at)
    return await _answer(request, told)


async def answered(request: Request) -> Response:
    """The answer to what a form tells, or what can be noticed at the place that was picked."""
    fields = await fields_of(request)
    try:
        told = Told.of(fields)
    except Refused as refused:
        return wrong(request, refused.detail, refused.status)
    if fields.get("at"):
        return await _begun(request, told, fields["at"][-1])
    if not told.anything:
        return wrong(request, "Describe what you notice in a sentence.", 422)
    return await _answer(request, told)


async def asked(request: Request) -> Response:
    """The answer to a question about what the graph knows."""
    question = " ".join((await fields_of(request)).get("question", []))
    try:
        check_length(question)
        reply = await service_of(request).run(lambda graph: compose_reply(graph.ask(question), ""))
    except Refused as refused:
        return wrong(request, refused.detail, refused.status)
    body = (
        f'<section class="card" tabindex="-1" data-here aria-label="Answer">\n<blockquote><p>'
        f"{said(question)}</p></blockquote>\n{render_page(reply, level=2)}</section>\n"
    )
    return page(request, TITLE, f"{body}{_ask_form()}{_form(Told())}")


def wrong(request: Request, detail: str, status: int) -> Response:
    """The page, with what is wrong."""
    told = f'<p class="wrong" role="alert" tabindex="-1" data-here>{said(detail)}</p>\n'
    return page(request, TITLE, f"{told}{_form(Told())}{_ask_form()}", status)


async def _begun(request: Request, told: Told, at: str) -> Response:
    try:
        content = await service_of(request).run(_to_begin, told, at)
    except Refused as refused:
        return wrong(request, refused.detail, refused.status)
    return page(request, TITLE, content)


def _to_begin(graph: Graph, told: Told, at: str) -> str:
    """Where somebody begins to tell: words, or a place in the picture."""
    here = _at(graph, at) if at in places(graph) else ""
    drawn = place_map(graph)
    pointed = (
        '<section aria-labelledby="where"><h2 id="where">Or point at the place</h2>\n'
        f'<div class="where">{drawn}<div>{place_buttons(graph, "tell")}</div>'
        "</div></section>\n"
    )
    return f"{_form(told)}{here}{pointed if drawn else ''}{_ask_form()}"


def _at(graph: Graph, at: str) -> str:
    """What can be noticed at a place, as buttons of the form."""
    buttons = "".join(
        f'<button form="tell" name="{name}" value="{escape(value)}" formnovalidate>'
        f"{said(capital(words))}</button>"
        for name, value, words in noticed(graph, at)
    )
    return (
        f'<section class="at" aria-labelledby="at" tabindex="-1" data-here><h2 id="at">'
        f"{said(capital(graph.view.label(at)))}: what do you notice?</h2>\n"
        f'<div class="places">{buttons}</div>\n'
        "<p><small>What is not among these, say in your own words.</small></p></section>\n"
    )


async def _answer(request: Request, told: Told) -> Response:
    try:
        content = await service_of(request).run(_told_answer, told)
    except Refused as refused:
        return wrong(request, refused.detail, refused.status)
    return page(request, TITLE, content)


def _told_answer(graph: Graph, told: Told) -> str:
    dialogue = graph.dialogue(told.text, findings=told.present, absent=told.absent)
    answer = dialogue.explanation
    quoted = f"<blockquote><p>{said(told.text)}</p></blockquote>\n" if told.text else _ONLY_SIGNS
    body = render_page(laid_out(answer, told.level, full=told.full), level=2, anchor="source-")
    level = escape(answer.urgency.level)
    shown, table = pictures(graph, told, answer) if told.pictures else ("", "")
    return (
        f'<section id="explanation" aria-label="Answer" data-level="{level}" tabindex="-1" '
        f"data-here>\n{quoted}{body}</section>\n{_questions(dialogue, told)}{_looks(told)}{shown}"
        f"{further(answer, told)}{_permalink(graph, answer)}{_form(told, again=True)}"
        f"{_elsewhere(graph)}{_ask_form()}{table}"
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
        f'<p id="q{number}">{said(q.text)} <small>Why: {said(q.why)}.</small></p>'
        f'<button name="yes" value="{escape(q.id)}" aria-describedby="q{number}">Yes</button>'
        f'<button name="no" value="{escape(q.id)}" aria-describedby="q{number}">No</button>'
        f'<button name="skip" value="{escape(q.id)}" aria-describedby="q{number}">'
        "I do not know</button></form>"
        for number, q in enumerate(open_[:_QUESTIONS])
    )
    return f'<section aria-labelledby="more"><h2 id="more">To tell more</h2>\n{rows}\n</section>\n'


def _looks(told: Told) -> str:
    """The same answer in other words, all of it, or with pictures."""
    level = "clinical" if told.level == "plain" else "plain"
    buttons = (
        ("level", level, f"In {level} words", "plain"),
        ("full", "" if told.full else "yes", "One screen" if told.full else "Show all", False),
        ("pictures", "" if told.pictures else "yes",
         "Without pictures" if told.pictures else "Show pictures", False),
    )  # fmt: skip
    rows = "".join(
        f'<form method="post" action="/">{told.hidden(**{name: without})}'
        f'<button name="{name}" value="{value}">{label}</button></form>'
        for name, value, label, without in buttons
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


def _form(told: Told, *, again: bool = False) -> str:
    label = "Say it again, or differently" if again else "What do you notice?"
    picked = "" if again else told.hidden(text="")
    return (
        f'<form class="tell" id="tell" method="post" action="/">{picked}\n'
        f'<label for="text">{label}</label>\n'
        '<textarea id="text" name="text" rows="4" required autocomplete="off" '
        'aria-describedby="how">'
        f"\n{escape(told.text)}</textarea>\n"
        '<p id="how"><small>In your own words: where, since when, what else, what you take. '
        "If it came suddenly and is bad, call an ambulance now: do not wait for a page."
        '</small></p>\n<button class="first">Explain</button>\n</form>\n'
    )


def _elsewhere(graph: Graph) -> str:
    """Further places, to go on with the same words."""
    buttons = place_buttons(graph, "tell")
    summary = "<summary>Somewhere else as well</summary>"
    return f"<details>{summary}{buttons}</details>\n" if buttons else ""


def _ask_form() -> str:
    return (
        '<form class="tell" method="post" action="/ask">\n'
        '<label for="question">Or ask what is known, such as “What is … for?”</label>\n'
        '<input id="question" name="question" type="text" required autocomplete="off">\n'
        '<button class="ask">Ask</button>\n</form>\n'
    )
