"""The page: forms alone lead from a sentence to an answer, and on from its questions."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

import kg

from .conftest import Reply, Site

TEXT = "My nostril keeps twitching, three espressos a day"
POISON = [
    '"> <script>alert(1)</script>',
    "{{7*7}} ${7*7}",
    "a\u2028b \u202e c",
    "%00 urn:x> ?p ?o } #",
]


class _Forms(HTMLParser):
    """The forms of a page: their fields and their buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[tuple[str, str]]]] = []
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.scripts += tag == "script"
        if tag == "form":
            self.forms.append({"fields": [], "buttons": []})
        kind = {"input": "fields", "button": "buttons"}.get(tag)
        if kind is not None and held.get("name"):
            self.forms[-1][kind].append((str(held["name"]), str(held.get("value") or "")))


def pressed(site: Site, page: Reply, button: str) -> tuple[Reply, str]:
    """Press the first button of that name; the answer, and the id that it stands for."""
    for form in _Forms(page.text).forms:
        for name, value in form["buttons"]:
            if name == button:
                return site.form("/", [*form["fields"], (name, value)]), value
    raise AssertionError(f"no button {button}")


def test_a_sentence_is_answered_as_everywhere_else(site: Site, graph: object) -> None:
    page = site.form("/", {"text": TEXT})
    assert page.status == 200
    assert page.media == "text/html"
    assert "<strong>Self-care:</strong>" in page.text
    told = unescape(re.sub(r"<[^>]+>", "", page.text))
    from kg.render.plain import render

    words = render(graph.explain(TEXT), 10_000)  # type: ignore[attr-defined]
    lines = [line.strip(" -•\t") for line in words.splitlines() if len(line) > 40]
    assert lines
    assert all(line[:40] in " ".join(told.split()) for line in lines[:4])


def test_a_question_is_answered_by_a_button_and_goes_on_with_the_case(site: Site) -> None:
    first = site.form("/", {"text": TEXT})
    second, asked = pressed(site, first, "yes")
    assert "<strong>See a doctor:</strong>" in second.text
    assert asked == "ft:tingling"
    # The case goes on: the words and the answer are both there for the next button.
    third, other = pressed(site, second, "no")
    assert other != asked
    assert "three espressos" in third.text
    assert "tingling" in third.text


def test_nothing_is_asked_where_care_is_needed_at_once(site: Site) -> None:
    page = site.form("/", {"text": "Since an hour my face droops on one side and my arm is weak"})
    assert "<strong>Emergency:</strong>" in page.text
    assert 'name="yes"' not in page.text


def test_a_link_holds_ids_and_no_words(site: Site) -> None:
    page = site.form("/", {"text": TEXT})
    link = unescape(re.search(r'href="(/\?[^"]+)"', page.text)[1])  # type: ignore[index]
    assert "espresso" not in link
    assert link.startswith("/?present=ft:nostril-twitching,ft:caffeine")
    again = site.get(link)
    assert "<strong>Self-care:</strong>" in again.text
    assert "nothing else" in again.text


def test_an_address_with_words_in_it_is_refused(site: Site) -> None:
    reply = site.get("/?present=my%20secret")
    assert reply.status == 400
    assert "secret" not in reply.text


@pytest.mark.parametrize("text", POISON)
def test_what_is_written_stays_text(site: Site, text: str) -> None:
    page = site.form("/", {"text": f"{text} my eyelid twitches"})
    assert page.status == 200
    assert _Forms(page.text).scripts == 1  # our own, and it holds nothing that was written
    assert page.text.count("<script") == 1
    assert "49" not in page.text.replace(kg.__version__, "")


@pytest.mark.parametrize(
    "fields", [{"text": " "}, {"text": "a\x00b"}, {"text": "a" * 30_000}, {"present": "ft:none"}]
)
def test_what_cannot_be_used_gets_a_page_that_says_why(site: Site, fields: object) -> None:
    page = site.form("/", fields)
    assert page.status == 422
    assert 'role="alert"' in page.text
    assert '<textarea id="text"' in page.text


def test_the_answer_is_to_be_had_in_clinical_words_and_in_full(site: Site) -> None:
    first = site.form("/", {"text": TEXT})
    clinical, _ = pressed(site, first, "level")
    assert "In plain words" in clinical.text
    full, _ = pressed(site, first, "full")
    assert len(full.text) > 2 * len(first.text)


def test_a_picture_keeps_its_place_and_the_long_table_is_last(site: Site) -> None:
    shown, _ = pressed(site, site.form("/", {"text": TEXT}), "pictures")
    images = re.findall(r"<figure[^>]*><img [^>]*>", shown.text)
    assert len(images) == 3
    for image in images:
        assert re.search(r' width="\d[\d.]*" height="\d[\d.]*" alt=', image), image[-100:]
    assert shown.text.index('id="question"') < shown.text.index('id="claims"')


def test_a_question_about_the_graph_is_answered(site: Site) -> None:
    page = site.form("/ask", {"question": "which nerve moves the mentalis?"})
    assert page.status == 200
    assert "marginal mandibular" in page.text


def test_the_page_loads_nothing_but_its_style_and_its_script(site: Site) -> None:
    page = site.get("/")
    assert re.findall(r'(?:src|href)="([^"#/][^"]*)"', page.text) == ["data:,"]
    assert '<script src="/page.js" defer></script>' in page.text
    script = site.get("/page.js")
    assert script.media == "text/javascript"
    assert not re.search(r"innerHTML|eval|https?:|localStorage|cookie", script.text)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in page.text
    style = site.get("/style.css")
    assert style.media == "text/css"
    assert site.get("/style.css", If_None_Match=style.headers["ETag"]).status == 304


def test_a_place_is_picked_and_what_is_noticed_there_joins_the_words(site: Site) -> None:
    page = site.form("/", {"text": "I sleep badly", "at": "ft:temple"})
    assert page.status == 200
    assert "Temple: what do you notice?" in page.text
    assert "I sleep badly</textarea>" in page.text
    answer = site.form("/", {"text": "I sleep badly", "say": "temple: twitching"})
    told = unescape(re.sub(r"<[^>]+>", "", answer.text))
    assert "I sleep badly\ntemple: twitching." in told
    assert "Understood: poor sleep" in told or "temple" in told
    assert "Temple: what" in site.get("/?at=ft:temple").text
    assert site.get("/?at=nowhere").status == 400


def test_every_place_can_say_something(site: Site) -> None:
    page = site.get("/")
    places = set(re.findall(r'name="at" value="([^"]+)"', page.text))
    assert len(places) > 40
    assert set(re.findall(r'data-at="(ft:[^"]+)"', page.text)) <= places
    for place in places:
        buttons = re.findall(
            r'<button form="tell" name="(?:yes|say)"', site.get(f"/?at={place}").text
        )
        assert buttons, place


@pytest.mark.parametrize("name", ["csv", "html", "turtle", "svg"])
def test_the_answer_is_a_file(site: Site, name: str) -> None:
    file = site.form("/file", {"text": TEXT, "format": name})
    assert file.status == 200
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Cache-Control"] == "no-store"
    assert site.form("/file", {"text": TEXT, "format": "papyrus"}).status == 422
    assert site.form("/file", {"format": name}).status == 422
    assert 'role="alert"' in site.form("/why", {"text": TEXT, "first": "x", "other": "y"}).text
