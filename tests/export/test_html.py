"""The page for the browser: looked at in Chromium, complete without a script, inert."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.explain.model import EvidenceItem, SourceItem
from kg.export.drawing import Drawing, Edge, Node
from kg.export.web.assets import _VENDOR, libraries, read, vendored
from kg.export.web.data import as_json
from kg.export.web.document import write_document

SCRIPTS = Path(__file__).parents[1] / "js"
REQUIRED = "KG_REQUIRE_READERS"
BUSY = (
    "My left eyelid and upper lip have been twitching for three weeks, I drink five coffees a day, "
    "sleep badly, am stressed, take salbutamol, drink alcohol and clench my jaw, no weakness"
)
HOSTILE = (
    '</script><script>window.owned = 1</script><img src=x onerror="window.owned = 2">',
    "<!-- <script> ]]> ${title} $title",
    "a\u2028b\u2029c\u202edesrever\u202c \x00\x1b[31m \u0007",
    "' onmouseover='window.owned = 3' \" autofocus onfocus=\"window.owned = 4",
    '=HYPERLINK("https://example.org")',
    "x" * 10_000,
    "",
)


@pytest.fixture(scope="module")
def busy(graph: kg.Graph) -> str:
    page = graph.explain(BUSY).export("html")
    assert isinstance(page, str)
    return page


def hostile_drawing(*labels: str) -> Drawing:
    nodes = tuple(
        Node(f"ft:n{at}", text, "ft:Thing", text, None, text, "javascript:alert(1)", text)
        for at, text in enumerate(labels)
    )
    evidence = (EvidenceItem("source:a", labels[0], "supports"),)
    edges = tuple(
        Edge(
            id=f"claim:{node.id}",
            source=nodes[0].id,
            target=node.id,
            relation="ft:acts-on",
            phrase=node.label,
            polarity=1,
            hedge="asserted",
            frequency=None,
            confidence=0.5,
            supported=True,
            sources=("source:a",),
            evidence=evidence,
            contested=False,
            text=node.label,
        )
        for node in nodes
    )
    sources = (SourceItem("source:a", labels[0], "review", "javascript:alert(1)"),)
    return Drawing(labels[0], "1", nodes, edges, sources)


class Elements(HTMLParser):
    """The elements of a page, with their attributes and the text right inside them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.found]


# -- what needs no browser


def test_the_same_input_gives_the_same_bytes(graph: kg.Graph, busy: str) -> None:
    assert graph.explain(BUSY).export("html") == busy
    with kg.open() as another:
        assert another.explain(BUSY).export("html") == busy


def test_libraries_are_as_their_publishers_made_them() -> None:
    assert {library.name for library in libraries()} == {"cytoscape", "@dagrejs/dagre"}
    listed = {"manifest.json"}
    for library in libraries():
        assert re.fullmatch(r"\d+\.\d+\.\d+", library.version)
        code = (_VENDOR / library.file).read_bytes()
        licence = (_VENDOR / library.licence_file).read_bytes()
        assert hashlib.sha256(code).hexdigest() == library.sha256
        assert hashlib.sha256(licence).hexdigest() == library.licence_sha256
        assert b"Permission is hereby granted" in licence
        listed |= {library.file, library.licence_file}
    assert {path.name for path in _VENDOR.iterdir()} == listed


def test_no_script_or_style_can_end_its_element() -> None:
    for text in (*map(vendored, libraries()), read("page.js"), read("page.css")):
        assert not re.search(r"</(script|style)|<!--", text, re.IGNORECASE)


def test_the_policy_names_every_script_and_nothing_else(busy: str) -> None:
    policies = [
        attributes["content"]
        for tag, attributes in Elements(busy).found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    directives = dict(part.strip().split(" ", 1) for part in (policies[0] or "").split(";"))
    assert directives["default-src"] == "'none'"
    assert not re.search(r"unsafe|https?:|\*|data:|'self'", policies[0] or "")
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        bodies = re.findall(rf"<{tag}(?: id=\"[^\"]*\")?>(.*?)</{tag}>", busy, re.DOTALL)
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(b.encode()).digest()).decode()}'"
            for b in bodies
        ]
        assert bodies
        assert directives[name].split() == hashes


def test_nothing_in_the_page_asks_for_anything(busy: str) -> None:
    for tag, attributes in Elements(busy).found:
        assert not {name for name in attributes if name.startswith("on")}
        assert not {"src", "style", "srcset", "action", "data"} & set(attributes)
        assert tag not in {"link", "iframe", "object", "embed", "base", "form", "img"}
        href = attributes.get("href")
        assert href is None or re.match(r"#|https?://", href)


def test_the_text_is_the_one_of_markdown(graph: kg.Graph, busy: str) -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text)

    body = busy[busy.index('<section id="explanation"') : busy.index('<section id="picture"')]
    told = words(" ".join(Elements(body).texts))
    markdown = graph.explain(BUSY).to_markdown().replace("\\", "")
    # The page says before it what it is and what was asked; numbers of lists are no words.
    asked = words(f"Explanation {BUSY}")
    assert told[: len(asked)] == asked
    sources = re.sub(r"^\d+\. ", "", markdown, flags=re.MULTILINE)
    assert told[len(asked) :] == words(sources)


def test_every_claim_and_every_citation_is_in_the_page(graph: kg.Graph) -> None:
    page = graph.export("html")
    assert isinstance(page, str)
    edges = [c for c in graph.view.claims.values() if not c.literal_object]
    elements = Elements(page).found
    rows = [
        attributes for tag, attributes in elements if tag == "tr" and "data-place" in attributes
    ]
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    data = json.loads(page.split('id="data">', 1)[1].split("</script>", 1)[0])
    assert len(data["edges"]) == len(edges)
    assert len(rows) == len(edges) + len(data["nodes"])
    assert sum(len(edge["evidence"]) for edge in data["edges"]) == sum(
        len(claim.evidence) for claim in edges
    )
    targets = {a["href"] for tag, a in elements if tag == "a" and (a["href"] or "").startswith("#")}
    assert {target[1:] for target in targets if target} <= set(ids)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_data_comes_back_and_ends_no_script(data: object) -> None:
    text = as_json(data)
    assert json.loads(text) == data
    assert text.isascii()
    assert not set("<>&\u2028\u2029") & set(text)


@given(st.lists(st.text(st.characters(codec="utf-8")) | st.sampled_from(HOSTILE), min_size=1))
def test_labels_add_no_element(labels: list[str]) -> None:
    page = write_document(hostile_drawing(*labels))
    calm = write_document(hostile_drawing(*["calm"] * len(labels)))
    assert Elements(page).tags() == Elements(calm).tags()


# -- what needs one


@cache
def browser() -> str | None:
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path is not None), None)


Look = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """Opens a page in Chromium, uses it, and tells what was seen."""
    missing = {
        "chromium (Debian: apt-get install chromium)": browser() is None,
        "node (https://nodejs.org, 20 or later)": shutil.which("node") is None,
        "playwright-core and axe-core (cd tests/js && npm install)": not (
            (SCRIPTS / "node_modules" / "playwright-core").is_dir()
            and (SCRIPTS / "node_modules" / "axe-core").is_dir()
        ),
    }
    absent = [name for name, lacks in missing.items() if lacks]
    if absent:
        told = f"the page cannot be looked at without {', '.join(absent)}"
        if os.environ.get(REQUIRED):
            pytest.fail(told)
        pytest.skip(told)
    folder = tmp_path_factory.mktemp("pages")

    def open_page(page: str | bytes | None, **options: Any) -> dict[str, Any]:
        assert isinstance(page, str)
        file = folder / "page.html"
        file.write_text(page, encoding="utf-8")
        script = SCRIPTS / "page.mjs"
        arguments = ["node", str(script), str(browser()), str(file), json.dumps(options)]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen

    return open_page


@pytest.fixture(scope="module")
def used(look: Look, busy: str) -> dict[str, Any]:
    """A busy explanation after somebody used all of it."""
    steps = ["axe", "keyboard", "search", "sort", "scopes", "print"]
    return look(busy, do=steps, words="sleep", misspelt="cafiene", kind="exposure")


def test_it_opens_in_silence_and_stays_at_home(used: dict[str, Any]) -> None:
    assert used["messages"] == []
    assert used["leaving"] == []
    for part in ("#explanation", "#canvas canvas", "#claims-table tbody tr"):
        assert used["visible"][part], part


def grave(seen: dict[str, Any]) -> list[dict[str, Any]]:
    assert seen["passes"] > 20
    return [fault for fault in seen["faults"] if fault["impact"] in ("serious", "critical")]


def test_axe_finds_no_serious_fault(used: dict[str, Any]) -> None:
    assert grave(used) == []


@pytest.mark.thorough
@pytest.mark.parametrize(("scheme", "width"), [("dark", 320), ("light", 320), ("dark", 1440)])
def test_narrow_and_dark(look: Look, busy: str, scheme: str, width: int) -> None:
    seen = look(busy, scheme=scheme, width=width, do=["axe"])
    assert grave(seen) == []
    assert seen["messages"] == []
    assert seen["widths"][0] <= width
    dark = sum(map(int, re.findall(r"\d+", seen["background"]))) < 3 * 128
    assert dark == (scheme == "dark")


def test_the_keyboard_reaches_everything(used: dict[str, Any]) -> None:
    assert used["skip"]["text"] == "Skip to the content"
    assert used["skipped"]["id"] == "main"
    assert all(stop["ring"] for stop in used["tabs"]), "focus has to be seen"
    reached = [stop["id"] for stop in used["tabs"]]
    for control in ("search", "scope", "closer", "farther", "fit", "all-kinds", "canvas"):
        assert control in reached
    assert used["tabs"][-1]["role"] == "option"
    assert used["moved"], "arrow keys move the picture"


def test_the_list_is_one_stop_with_arrows_inside(used: dict[str, Any]) -> None:
    assert used["stops"] == 1
    assert used["afterDown"]["focused"]["id"] != used["tabs"][-1]["id"]
    assert used["afterDown"]["chosen"] == [used["before"]["listed"][1]]
    assert used["afterEnd"]["text"] == used["before"]["listed"][-1][:40]


def test_a_concept_tells_its_claims_and_sources(used: dict[str, Any]) -> None:
    assert used["panel"]["focused"] == "panel"
    assert used["panel"]["title"].lower() == used["before"]["listed"][0].lower()
    assert "confidence" in used["panel"]["text"]
    assert re.search("asserted|usual|possible", used["panel"]["text"])
    assert used["panel"]["links"] >= 1


def test_search_and_filter_change_what_is_shown(used: dict[str, Any]) -> None:
    before, found, filtered = used["before"], used["found"], used["filtered"]
    assert 0 < len(found["listed"]) < len(before["listed"])
    assert 0 < found["claims"] < before["claims"]
    assert "lack of sleep" in found["listed"]
    assert used["foundChosen"].lower() == found["listed"][0].lower()
    assert used["searchPainted"]
    assert 0 < len(filtered["listed"]) < len(before["listed"])
    assert "lack of sleep" not in filtered["listed"]
    assert filtered["claims"] < before["claims"]
    assert used["filterPainted"]
    assert (used["none"]["listed"], used["none"]["claims"]) == ([], 0)
    assert used["all"] == {**before, "status": used["all"]["status"]}
    assert str(len(filtered["listed"])) in filtered["status"]


def test_the_table_sorts(used: dict[str, Any]) -> None:
    assert used["ascending"] == sorted(used["ascending"])
    assert used["descending"] == used["ascending"][::-1] or used["descending"] == sorted(
        used["descending"], reverse=True
    )
    assert used["sorted"] == "descending"


def test_the_picture_in_short_whole_and_around(used: dict[str, Any]) -> None:
    sizes = dict(used["scopes"])
    assert 0 < sizes["short"] < sizes["all"]
    assert 0 < sizes["around"] < sizes["all"]


def test_on_paper_stand_text_and_pictures_on_a_few_pages(used: dict[str, Any]) -> None:
    assert used["print"] == {"tools": False, "text": True, "table": False}
    assert 2 <= used["pages"] <= 6


def test_a_rough_name_is_found(used: dict[str, Any]) -> None:
    assert "caffeine" in used["misspelt"]["listed"]
    assert "spelt like it" in used["misspelt"]["status"]


def test_few_stops_lead_to_the_search(used: dict[str, Any]) -> None:
    assert used["toSearch"] <= 12


def test_a_table_shows_a_page_at_a_time(used: dict[str, Any]) -> None:
    assert used["before"]["rows"] == min(100, used["before"]["claims"])


def test_a_phone_shows_what_can_be_read_of_the_picture(look: Look, busy: str) -> None:
    seen = look(busy, width=390)
    assert seen["scale"] > 0.55
    assert seen["widths"][0] <= 390


def test_face_and_nerve_are_in_the_page_in_plain_words(busy: str) -> None:
    where = busy[busy.index('<section id="where"') : busy.index('<section id="claims"')]
    assert where.count("<svg") == 2
    assert 'tabindex="0"' not in where
    assert "the ring muscle of the lips" in where


@pytest.mark.thorough
def test_without_scripts_text_and_tables_stand(look: Look, busy: str) -> None:
    seen = look(busy, javascript=False)
    shown = {part for part, visible in seen["visible"].items() if visible}
    assert shown == {
        "#explanation",
        "#claims-table tbody tr",
        "#concepts-table tbody tr",
        "noscript p",
    }
    assert seen["leaving"] == []


def test_what_is_smuggled_in_stays_out(look: Look, busy: str) -> None:
    told = look(busy, do=["intrude"])["intrusion"]
    assert told == {"fetched": False, "refused": True, "handler": "refused", "intruded": None}


@pytest.mark.thorough
def test_hostile_labels_are_text(look: Look) -> None:
    seen = look(write_document(hostile_drawing(*HOSTILE)), width=320, do=["keyboard", "axe"])
    assert (seen["owned"], seen["dialogs"], seen["messages"], seen["leaving"]) == (None, 0, [], [])
    assert seen["title"].startswith("</script><script>")
    assert seen["widths"][0] <= 320
    assert grave(seen) == []


@pytest.mark.thorough
def test_hostile_words_of_an_explanation_are_text(look: Look, graph: kg.Graph) -> None:
    told = graph.explain(f"My nostril twitches {HOSTILE[0]}")
    told = replace(told, disclaimer=HOSTILE[0], labels=dict.fromkeys(told.labels, HOSTILE[0]))
    seen = look(told.export("html"))
    assert (seen["owned"], seen["messages"], seen["leaving"]) == (None, [], [])


@pytest.mark.thorough
def test_the_whole_graph_opens(look: Look, graph: kg.Graph) -> None:
    seen = look(
        graph.export("html"), do=["search"], words="magnesium", misspelt="LLSANN", kind="red flag"
    )
    assert (seen["messages"], seen["leaving"]) == ([], [])
    assert seen["searchPainted"]
    assert any("magnesium" in label for label in seen["found"]["listed"])
    assert seen["filtered"]["claims"] < seen["before"]["claims"]
