"""What the API can do: each operation with its address, its fields and what answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, NamedTuple

from kg.case_data import case_to_dict
from kg.errors import NothingStated
from kg.export.registry import format_names, get_format
from kg.graph import Graph
from kg.records import Record, read_record
from kg.serve.fields import CASE, Field
from kg.serve.service import as_json
from kg.short import shortened

FILE: Final = "application/octet-stream"
"""What an operation gives that writes a file of any format."""

JSON: Final = "application/json"
_DAY: Final = Field("today", "day", "The day on which the text was written.")
_FORMAT: Final = Field(
    "format", "text", "An export format, such as turtle.", required=True, choices=format_names
)


class Content(NamedTuple):
    """What answers: the bytes, their media type, and the name of a file where it is one."""

    data: bytes
    media: str = JSON
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API.

    Attributes:
        name: its last part of the address, and its id.
        method: of HTTP.
        summary: what it does, in a line.
        fields: of the body, or of the query of the address.
        answer: what gives the answer; it is told the fields, and which media type is wanted.
        schemas: what may describe the answer; none for any object.
        media: the types that an answer can have, the usual one first.
        path: the last part of the address where it is more than the name.
        options: what the address of a POST may hold, which never tells of anybody.
    """

    name: str
    method: Literal["get", "post"]
    summary: str
    fields: tuple[Field, ...]
    answer: Callable[[Graph, dict[str, Any], str], Content]
    schemas: tuple[str, ...] = ()
    media: tuple[str, ...] = (JSON,)
    path: str = ""
    options: tuple[Field, ...] = ()

    @property
    def address_fields(self) -> tuple[Field, ...]:
        """What the address may hold."""
        return self.fields if self.method == "get" else self.options

    @property
    def address(self) -> str:
        """Where it is."""
        return f"/v1/{self.path or self.name}"


def _explain(graph: Graph, told: dict[str, Any], media: str) -> Content:
    full = told.pop("full", False)
    answer = graph.explain(**{"text": "", **told})
    if media == "text/markdown":
        return Content(answer.to_markdown(full=full).encode(), media)
    if media == "text/turtle":
        return Content(answer.to_turtle().encode(), media)
    short = {} if full else shortened(answer, graph.view, graph.citations)
    return Content(as_json(answer.to_dict() if full else short))


def _read(graph: Graph, told: dict[str, Any], media: str) -> Content:
    return Content(as_json(case_to_dict(graph.read(**told), graph.view)))


def _ask(graph: Graph, told: dict[str, Any], media: str) -> Content:
    return Content(as_json(graph.ask(**told).to_dict()))


def _record(graph: Graph, told: dict[str, Any], media: str) -> Content:
    try:
        found = read_record(graph, told["record"])
    except NothingStated as error:
        found = Record(notes=(str(error),))
    return Content(as_json(asdict(found)))


def _why(graph: Graph, told: dict[str, Any], media: str) -> Content:
    return Content(as_json(graph.why(told.pop("candidate"), **told).to_dict()))


def _flip(graph: Graph, told: dict[str, Any], media: str) -> Content:
    return Content(as_json(graph.flip(told.pop("text", ""), **told).to_dict()))


def _search(graph: Graph, told: dict[str, Any], media: str) -> Content:
    hits = graph.search(told["q"], told.get("limit", 10))
    return Content(as_json([asdict(hit) for hit in hits]))


def _concept(graph: Graph, told: dict[str, Any], media: str) -> Content:
    return Content(as_json(graph.show(told["id"]).to_dict()))


def _path(graph: Graph, told: dict[str, Any], media: str) -> Content:
    chains = graph.path(told["from"], told["to"], told.get("limit", 3))
    return Content(as_json([asdict(chain) for chain in chains]))


def _export(graph: Graph, told: dict[str, Any], media: str) -> Content:
    name = told["format"]
    content = graph.export(name, around=told["around"], depth=told.get("depth", 1))
    return _file(name, content)


def _answer_file(graph: Graph, told: dict[str, Any], media: str) -> Content:
    name = told.pop("format")
    return _file(name, graph.explain(**{"text": "", **told}).export(name))


def _file(name: str, content: str | bytes) -> Content:
    written = get_format(name)
    data = content.encode() if isinstance(content, str) else content
    return Content(data, written.media_type, f"graph{written.suffix}")


_MANY: Final = Field("limit", "number", "How many at most.", least=1, most=100)

OPERATIONS: Final = (
    Operation(
        "explain",
        "post",
        "Explain symptoms told in plain words, or by concept.",
        (*CASE, _DAY),
        _explain,
        ("short", "explanation"),
        (JSON, "text/markdown", "text/turtle"),
        options=(Field("full", "flag", "All of the answer, not what one screen tells."),),
    ),
    Operation(
        "read",
        "post",
        "Tell what a text was read as, and what was left.",
        (Field("text", "words", "What is reported.", required=True), _DAY),
        _read,
    ),
    Operation(
        "record",
        "post",
        "Turn a GA4GH Phenopacket or a FHIR resource into the fields that explain takes.",
        (Field("record", "object", "The record, as JSON.", required=True),),
        _record,
    ),
    Operation(
        "ask",
        "post",
        "Answer a question about what the graph knows.",
        (Field("question", "words", "One question.", required=True),),
        _ask,
        ("answer",),
    ),
    Operation(
        "why",
        "post",
        "Tell why one candidate ranks above another.",
        (
            Field("candidate", "name", "A condition or a cause.", required=True),
            Field("rather_than", "name", "What it is compared with.", required=True),
            *CASE,
        ),
        _why,
    ),
    Operation(
        "flip",
        "post",
        "Find the smallest change of answers that changes the result.",
        (
            *CASE,
            Field("to", "name", "What is to come first."),
            Field("urgency", "flag", "Change the urgency instead."),
            Field("most", "number", "How many answers may change.", least=1, most=3),
        ),
        _flip,
    ),
    Operation(
        "search",
        "get",
        "Find concepts by words.",
        (Field("q", "name", "One or more words.", required=True), _MANY),
        _search,
    ),
    Operation(
        "concepts",
        "get",
        "Tell all that is known about a concept, with sources.",
        (Field("id", "name", "A compact IRI, or a name.", required=True),),
        _concept,
        path="concepts/{id}",
    ),
    Operation(
        "path",
        "get",
        "Tell how one concept leads to another.",
        (
            Field("from", "name", "The concept that acts.", required=True),
            Field("to", "name", "The concept that is acted on.", required=True),
            Field("limit", "number", "Chains for each sign.", least=1, most=20),
        ),
        _path,
    ),
    Operation(
        "export",
        "get",
        "Write what lies around a concept in a file format.",
        (
            _FORMAT,
            Field("around", "name", "The concept in the middle.", required=True),
            Field("depth", "number", "How many claims around it.", least=0, most=3),
        ),
        _export,
        media=(FILE,),
    ),
    Operation(
        "export",
        "post",
        "Write an explanation in a file format.",
        (*CASE, _FORMAT),
        _answer_file,
        media=(FILE,),
    ),
)
