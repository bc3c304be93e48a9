"""The OpenAPI document, made of the operations and the schemas of their answers."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Final

from kg.serve.operations import OPERATIONS, Operation
from kg.serve.problem import MEDIA

__all__ = ["document"]

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
        "components": {
            "schemas": {"problem": _PROBLEM, **{name: _schema(name) for name in _SCHEMAS}}
        },
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
    told = {media: {"schema": _answer(operation, media)} for media in operation.media}
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
        body = {
            "type": "object",
            "additionalProperties": False,
            "properties": {field.name: field.schema() for field in operation.fields},
            "required": [field.name for field in operation.fields if field.required],
        }
        content = {"application/json": {"schema": body}}
        return {**described, "requestBody": {"required": True, "content": content}}
    described["parameters"] = [
        {
            "name": field.name,
            "in": "path" if f"{{{field.name}}}" in operation.address else "query",
            "required": field.required,
            "description": field.about,
            "schema": {k: v for k, v in field.schema().items() if k != "description"},
        }
        for field in operation.fields
    ]
    return described


def _answer(operation: Operation, media: str) -> dict[str, Any]:
    if media != "application/json":
        return {"type": "string"}
    if operation.schema is not None:
        return {"$ref": f"#/components/schemas/{operation.schema}"}
    return {"type": ["object", "array"]}


def _schema(name: str) -> Any:
    package, file = _SCHEMAS[name]
    return json.loads((resources.files(package) / file).read_text(encoding="utf-8"))
