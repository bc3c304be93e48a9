"""The OpenAPI document, made of the operations and the schemas of their answers."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Final

from kg.export.registry import format_names, get_format
from kg.serve.operations import FILE, OPERATIONS, Operation
from kg.serve.problem import MEDIA
from kg.short import LEFT_OUT, SCHEMA

_SCHEMAS: Final = {
    "explanation": ("kg.explain", "explanation.schema.json"),
    "answer": ("kg.ask", "answer.schema.json"),
}
_REFUSALS: Final = {
    "400": "It cannot be read.",
    "404": "There is no such thing.",
    "406": "It is not given in that form.",
    "413": "It is too large.",
    "415": "It is sent in another form.",
    "422": "A field does not fit; the detail names the fix.",
    "429": "Too much came from one address: try again after the time in Retry-After.",
    "503": "The server is busy: try again after the time in Retry-After.",
}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the API."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.address, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "A knowledge graph that explains what somebody reports",
            "version": "1",
            "description": "Information with its sources, not a diagnosis. Nothing is stored.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": {"problem": _PROBLEM, **_schemas()}},
    }


# A case tells something: in words, or by concept.
_SOMETHING: Final = [
    {"required": ["text"], "properties": {"text": {"type": "string", "pattern": r"\S"}}},
    *(
        {"required": [name], "properties": {name: {"type": "array", "minItems": 1}}}
        for name in ("findings", "absent")
    ),
]
# What would make an illness likelier and what would change the urgency are asked apart.
_BOTH: Final = {
    "required": ["to", "urgency"],
    "properties": {"to": {"type": "string"}, "urgency": {"const": True}},
}
_PROBLEM: Final = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and how to mend it."},
    },
}


def _operation(operation: Operation) -> dict[str, Any]:
    told = {media: {"schema": _answer(operation, media)} for media in _media(operation)}
    refused = {MEDIA: {"schema": {"$ref": "#/components/schemas/problem"}}}
    described: dict[str, Any] = {
        "operationId": f"{operation.method}_{operation.name}",
        "summary": operation.summary,
        "responses": {
            "200": {"description": "The answer.", "content": told},
            **{code: {"description": why, "content": refused} for code, why in _REFUSALS.items()},
        },
    }
    if operation.method == "post":
        body: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {field.name: field.schema() for field in operation.fields},
            "required": [field.name for field in operation.fields if field.required],
        }
        if {"text", "findings"} <= body["properties"].keys():
            body["anyOf"] = _SOMETHING
        if {"to", "urgency"} <= body["properties"].keys():
            body["not"] = _BOTH
        content = {"application/json": {"schema": body}}
        described["requestBody"] = {"required": True, "content": content}
    return {**described, "parameters": _parameters(operation)}


def _media(operation: Operation) -> tuple[str, ...]:
    """The media types of an operation: a file has that of its format."""
    if operation.media != (FILE,):
        return operation.media
    every = (get_format(name).media_type.partition(";")[0] for name in format_names())
    return tuple(sorted({*operation.media, *every}))


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": field.name,
            "in": "path" if f"{{{field.name}}}" in operation.address else "query",
            "required": field.required,
            "description": field.about,
            "schema": {k: v for k, v in field.schema().items() if k != "description"},
        }
        for field in operation.address_fields
    ]


def _answer(operation: Operation, media: str) -> dict[str, Any]:
    if operation.media == (FILE,) and media.endswith("json"):
        return {}
    if media != "application/json":
        return {"type": "string"}
    told = [{"$ref": f"#/components/schemas/{name}"} for name in operation.schemas]
    return {"anyOf": told} if told else {"type": ["object", "array"]}


def _schemas() -> dict[str, Any]:
    read = {
        name: json.loads((resources.files(package) / file).read_text(encoding="utf-8"))
        for name, (package, file) in _SCHEMAS.items()
    }
    read["short"] = _short(read["explanation"])
    return {name: part for of, schema in read.items() for name, part in _named(of, schema).items()}


def _named(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema and its definitions, each under a name of the document: not all tools follow ids."""
    parts = {name: {k: v for k, v in schema.items() if k not in ("$defs", "$id", "$schema")}}
    parts |= {f"{name}-{part}": told for part, told in schema.get("$defs", {}).items()}
    written = json.dumps(parts).replace("#/$defs/", f"#/components/schemas/{name}-")
    named: dict[str, Any] = json.loads(written)
    return named


def _short(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema of the short explanation: that of the whole one, without what is left out."""
    told = {name: each for name, each in whole["properties"].items() if name not in LEFT_OUT}
    urgency = {**told["urgency"]}
    urgency["required"] = [name for name in urgency.get("required", ()) if name != "watch_for"]
    return {
        **whole,
        "$id": whole["$id"].replace("explanation", "short-explanation"),
        "title": "Short explanation",
        "description": "What one screen tells; as the whole one, without what it does not tell.",
        "properties": {**told, "schema": {"const": SCHEMA}, "urgency": urgency},
        "required": [name for name in whole["required"] if name not in LEFT_OUT],
    }
