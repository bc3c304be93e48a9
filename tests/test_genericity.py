"""The engine knows nothing of the domain: no name of a concept stands in the code of `kg/`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).resolve().parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Kinds whose concepts are the domain; the classes, relations and scales of the schema are not.
DOMAIN = {
    "ft:AnatomicalStructure",
    "ft:BodyFunction",
    "ft:Condition",
    "ft:Exposure",
    "ft:Finding",
    "ft:Process",
    "ft:RedFlag",
    "ft:Remedy",
    "ft:Substance",
}
# Names of the domain that are also something else, each with its reason.
ALLOWED = {
    "head": "the point of an arrow; the graph has it as a part of the body",
    "medication": "resources of FHIR are called after it; the graph has it as a habit",
    "medicine": "a slot of the case holds what a person takes; the graph has it as a habit",
    "pregnant": "a field of the person of a case; the graph has it as a circumstance",
    "speech": "a figure of it; the graph has it as a place of findings",
    "stroke": "the outline of a shape in SVG; the graph has it as a condition",
    "words": "a text is made of them; the graph has it as a lay synonym of what is said aloud",
}
# The name of the distribution holds the name of a finding.
OWN_NAME = "facial twitch kg"
SHORTEST = 3  # letters; below that stand chemical symbols and variables


@cache
def domain_names() -> dict[str, str]:
    """Every label and synonym of a concept of the domain, in small letters, with the concept."""
    with kg.open() as graph:
        return {
            name.lower(): concept.id
            for concept in graph.view.concepts.values()
            if DOMAIN & set(concept.kinds)
            for name in (concept.label, *concept.alt_labels)
        }


def code_words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Identifiers, their parts, and string literals that are no docstrings, with their lines."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in docstrings:
                yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.keyword) and node.arg is not None:
            yield node.value.lineno, node.arg


def spoken(text: str) -> str:
    """The words of a text or an identifier, in small letters, a space between them."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", apart.lower())).replace(OWN_NAME, "")


@cache
def wanted() -> dict[str, str]:
    """The names as they look once spoken, with the concept."""
    found = {spoken(name): concept for name, concept in domain_names().items()}
    return {name: concept for name, concept in found.items() if len(name) >= SHORTEST}


@cache
def longest() -> int:
    """How many words the longest name has."""
    return max(len(name.split()) for name in wanted())


@cache
def names_in(text: str) -> frozenset[str]:
    """The names of the domain that stand in a text as whole words."""
    words = spoken(text).split()
    runs = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + longest()) + 1)
    }
    return frozenset(runs & wanted().keys())


def test_the_graph_has_names_to_look_for() -> None:
    assert {"caffeine", "nostril twitching", "facial nerve"} <= domain_names().keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_name_of_the_domain_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {
        f"line {line}: {name} ({wanted()[name]})"
        for line, text in code_words(tree)
        for name in names_in(text) - ALLOWED.keys()
    }
    assert sorted(found) == []


def test_the_check_sees_what_it_should() -> None:
    tree = ast.parse(
        '"""About caffeine."""\n'
        "# caffeine\n"
        'query = "ft:caffeine"\n'
        "def lack_of_sleep(): pass\n"
        "class FacialNerve: pass\n"
    )
    assert [(line, sorted(names_in(text))) for line, text in sorted(code_words(tree))] == [
        (3, ["caffeine"]),
        (3, []),
        (4, ["lack of sleep"]),
        (5, ["facial", "facial nerve"]),
    ]


def test_every_exception_is_needed() -> None:
    found: set[str] = set()
    for path in MODULES:
        for _, text in code_words(ast.parse(path.read_text(encoding="utf-8"))):
            found |= names_in(text)
    assert set(ALLOWED) <= found
