"""The API: what the Python objects give, as JSON, and refusals that name the fix."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import jsonschema
import pytest

import kg
from kg.export.registry import format_names

from .conftest import Site

ROOT = Path(kg.__file__).parent
TEXT = "My nostril keeps twitching, three espressos a day, no weakness"


def test_an_explanation_is_that_of_the_library(site: Site, graph: kg.Graph) -> None:
    told = site.json("/v1/explain?full=1", {"text": TEXT, "absent": ["tingling"]})
    assert told.status == 200
    expected = json.loads(json.dumps(graph.explain(TEXT, absent=["tingling"]).to_dict()))
    assert told.json() == expected
    assert told.headers["Cache-Control"] == "no-store"
    schema = json.loads((ROOT / "explain/explanation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(told.json())


def test_without_more_an_explanation_is_one_screen_and_what_it_refers_to(
    site: Site, graph: kg.Graph
) -> None:
    told = site.json("/v1/explain", {"text": TEXT})
    assert len(told.body) < 60_000
    short = told.json()
    whole = json.loads(json.dumps(graph.explain(TEXT).to_dict()))
    for name in ("case", "summary", "questions", "disclaimer", "in_scope"):
        assert short[name] == whole[name]
    # What is referred to is there, as it is in the whole.
    for part in ("labels", "lay_labels", "kinds", "claims"):
        assert short[part].items() <= whole[part].items()
    told_in = {name: part for name, part in short["summary"].items() if isinstance(part, list)}
    parts = [part for name, part in told_in.items() if name != "sources"]
    entries = [entry for part in parts for entry in part]
    assert {name for entry in entries for name in entry["about"]} <= short["labels"].keys()
    assert {name for entry in entries for name in entry["claims"]} == short["claims"].keys()
    assert [source["id"] for source in short["sources"]] == short["summary"]["sources"]
    components = site.get("/openapi.json").json()["components"]
    described = {"$ref": "#/components/schemas/short", "components": components}
    jsonschema.Draft202012Validator(described).validate(short)


def test_the_flags_of_an_emergency_are_in_the_short_form(site: Site, graph: kg.Graph) -> None:
    text = "Since an hour my face droops on one side and my arm is weak"
    short = site.json("/v1/explain", {"text": text}).json()
    assert short["urgency"]["level"] == "emergency"
    whole = json.loads(json.dumps(graph.explain(text).to_dict()))
    assert short["urgency"]["because"] == whole["urgency"]["because"]


def test_an_explanation_comes_in_the_form_that_is_wanted_most(site: Site) -> None:
    wanted = "application/json;q=0.2, text/markdown;q=0.9, text/*;q=0.1"
    told = site.json("/v1/explain", {"findings": ["ft:nostril-twitching"]}, Accept=wanted)
    assert told.media == "text/markdown"
    assert told.text.startswith("**Self-care:**")
    turtle = site.json("/v1/explain", {"text": TEXT}, Accept="text/turtle")
    assert turtle.text.startswith("@prefix")
    assert site.json("/v1/explain", {"text": TEXT}, Accept="image/png").status == 406


def test_every_operation_answers(site: Site, graph: kg.Graph) -> None:
    read = site.json("/v1/read", {"text": "no numbness, my lip twitches"}).json()
    assert {f["id"]: f["status"] for f in read["findings"]} == {
        "ft:numbness": "absent",
        "ft:upper-lip-twitching": "present",
    }
    asked = site.json("/v1/ask", {"question": "which nerve moves the mentalis?"}).json()
    assert asked["answers"][0]["id"] == "ft:facial-nerve-marginal-mandibular-branch"
    why = {"candidate": "benign twitch", "rather_than": "stroke", "text": "My nostril twitches"}
    assert site.json("/v1/why", why).json()["holds"] is True
    assert site.json("/v1/flip", {"text": "My nostril twitches", "urgency": True}).json()["found"]
    assert site.get("/v1/search?q=espressos").json()[0]["id"] == "ft:caffeine"
    card = site.get("/v1/concepts/ft:caffeine").json()
    assert card == json.loads(json.dumps(graph.show("ft:caffeine").to_dict()))
    path = site.get("/v1/path?from=caffeine&to=nostril%20twitching&limit=1").json()
    assert path[0]["end"] == "ft:nostril-twitching"


@pytest.mark.parametrize(
    "text",
    [
        '"> <script>',
        "urn:x> ?p ?o } #",
        '") } UNION {?s ?p ?o} #',
        "a\nb\u2028c",
        "{{7*7}}",
        "%00",
        "\u202e",
    ],
)
def test_what_looks_like_code_is_text(site: Site, text: str) -> None:
    told = site.json("/v1/explain", {"text": f"{text} my eyelid twitches"})
    assert told.status == 200
    # Question marks among it make it a question.
    assert "ft:eyelid-twitching" in {f["id"] for f in told.json()["case"]["findings"]}
    assert site.json("/v1/explain", {"findings": [text]}).status == 404
    assert site.get(f"/queries/remedies-for?finding={quote(text)}").status == 422


@pytest.mark.parametrize(
    "case",
    [
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"text": "a" * 60_000},
        {"findings": ["headache"] * 10_000},
    ],
)
def test_what_is_no_report_is_refused(site: Site, case: object) -> None:
    assert site.json("/v1/explain", case).status in (413, 422)
    assert site.json("/v1/explain", {"findings": ["a" * 50_000]}).status == 404


def test_what_is_said_twice_or_both_ways_is_answered(site: Site) -> None:
    twice = {"findings": ["headache"] * 100, "absent": ["headache"]}
    assert site.json("/v1/explain", twice).status in (200, 422)


def test_a_record_is_turned_into_what_explain_takes(site: Site) -> None:
    feature = {"type": {"id": "HP:0000643", "label": "Blepharospasm"}}
    record = {"phenotypicFeatures": [feature, {"type": {"label": "Quux of the fooble"}}]}
    told = site.json("/v1/record", {"record": record}).json()
    assert told["findings"] == ["ft:blepharospasm"]
    assert "Quux" in told["notes"][0]
    case = {name: told[name] for name in ("text", "findings", "absent")}
    assert site.json("/v1/explain", case).status == 200
    for wrong in ({}, "words", {"phenotypicFeatures": "\ud800"}):
        assert site.json("/v1/record", {"record": wrong}).status == 422
    empty = site.json("/v1/record", {"record": {"resourceType": "Claim"}}).json()
    assert (empty["text"], empty["findings"]) == ("", [])
    assert "states no finding" in empty["notes"][0]


@pytest.mark.parametrize(("name", "begin"), [("svg", b"<?xml"), ("csv", b"PK")])
def test_files_come_in_any_format(site: Site, name: str, begin: bytes) -> None:
    around = site.get(f"/v1/export?format={name}&around=ft:caffeine")
    assert around.status == 200
    assert around.body.startswith(begin) or name == "svg"
    assert around.headers["Content-Disposition"].startswith("attachment")
    answer = site.json("/v1/export", {"text": TEXT, "format": name})
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "data", "status", "says"),
    [
        ("/v1/explain", {}, 422, "describe"),
        ("/v1/explain", {"text": "a", "color": "red"}, 422, "use text, findings"),
        ("/v1/explain", {"text": 3}, 422, "text"),
        ("/v1/explain", {"findings": "ft:caffeine"}, 422, "list"),
        ("/v1/explain", {"findings": ["a grand piano"]}, 404, "unknown concept"),
        ("/v1/explain", {"findings": ["ft:caffeine"] * 10_000}, 413, "too large"),
        ("/v1/explain", {"text": "a", "today": "yesterday"}, 422, "2026"),
        ("/v1/explain", {"text": "my lip \ud800 twitches"}, 422, "text"),
        ("/v1/explain", {"text": "my lip \x00 twitches"}, 422, "U+0000"),
        ("/v1/explain", ["a"], 400, "object"),
        ("/v1/explain?full=yes", {"text": "a"}, 422, "1 or 0"),
        ("/v1/explain?text=a", {"text": "a"}, 422, "use full"),
        ("/v1/read?text=a", {"text": "a"}, 422, "unknown field"),
        ("/v1/read", {}, 422, "missing"),
        ("/v1/flip", {"text": "my lip twitches", "most": 9}, 422, "1 to 3"),
        ("/v1/export", {"text": "my lip twitches", "format": "papyrus"}, 422, "turtle"),
    ],
)
def test_a_refusal_says_what_to_mend(
    site: Site, path: str, data: object, status: int, says: str
) -> None:
    reply = site.json(path, data)
    assert reply.status == status
    assert reply.media == "application/problem+json"
    assert says in reply.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/search", 422),
        ("/v1/search?q=a&q=b", 400),
        ("/v1/search?q=coffee&limit=0", 422),
        ("/v1/search?q=coffee&limit=two", 422),
        ("/v1/concepts/ft:nothing", 404),
        ("/v1/concepts/..%2f..%2fetc%2fpasswd", 404),
        ("/v1/path?from=caffeine&to=nothing%20at%20all", 404),
        ("/v1/nothing", 404),
    ],
)
def test_an_address_that_leads_nowhere_is_a_problem(site: Site, path: str, status: int) -> None:
    reply = site.get(path)
    assert (reply.status, reply.media) == (status, "application/problem+json")


def test_answers_about_the_graph_are_known_again(site: Site) -> None:
    first = site.get("/v1/concepts/ft:caffeine")
    again = site.get("/v1/concepts/ft:caffeine", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    head = site.send("HEAD", "/v1/concepts/ft:caffeine")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_the_api_is_described_as_it_is(site: Site) -> None:
    document = site.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        f"/v1/{name}"
        for name in ("explain", "read", "record", "ask", "why", "flip", "search", "path", "export")
    } | {"/v1/concepts/{id}"}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            wrong = site.send(method.upper(), path.replace("{id}", "ft%3Anone"), b"" or None)
            assert str(wrong.status) in told["responses"], (path, method)
    told = document["paths"]["/v1/export"]["get"]["responses"]["200"]["content"]
    for name in format_names():
        media = site.get(f"/v1/export?format={name}&around=ft:caffeine").media
        assert media in told, name
    body = document["paths"]["/v1/explain"]["post"]["requestBody"]["content"]["application/json"]
    jsonschema.Draft202012Validator(body["schema"]).validate({"text": TEXT})
    for nothing in ({}, {"text": " "}, {"findings": []}):
        assert not jsonschema.Draft202012Validator(body["schema"]).is_valid(nothing)
        assert site.json("/v1/explain", nothing).status == 422
    problem = document["components"]["schemas"]["problem"]
    jsonschema.Draft202012Validator(problem).validate(site.get("/v1/search").json())


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/explain", "POST"),
        ("DELETE", "/v1/search", "GET, HEAD"),
        ("PUT", "/v1/export", "GET, HEAD, POST"),
    ],
)
def test_a_method_that_is_not_taken_is_told_which_is(
    site: Site, method: str, path: str, allowed: str
) -> None:
    told = site.send(method, path)
    assert (told.status, told.headers["Allow"]) == (405, allowed)
    assert allowed.replace(", ", " and ") in told.json()["detail"]


def test_what_is_written_about_running_it_is_there(site: Site) -> None:
    root = Path(__file__).parents[2]
    told = (root / "docs" / "deploy.md").read_text(encoding="utf-8")
    for name in ("Dockerfile", "deploy/compose.yaml", "deploy/kg.service", "THREAT_MODEL.md"):
        assert name in told
        assert (root / name).is_file()
    for address in ("/healthz", "/readyz"):
        assert address in told
        assert site.get(address).status == 200
