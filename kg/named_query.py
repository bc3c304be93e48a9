"""A query that is a file: its header, its text, and the filling of its slots.

A file begins with comments that describe it:

    # title: Remedies for a finding
    # description: What helps, and on what it acts.
    #   A line that is indented goes on with the one before.
    # param: finding (concept) = ft:some-finding — what shall be helped
    # column: remedy (concept) — what helps
    # question: What helps against {finding}?
    # ask: {what} {help} {trouble:finding}
    # alone: it answers as well who asks it amid a story of their own (where no condition is named)
    # follows: "that" may stand in it for what the story tells of
    # says: Against {finding} may help {remedy}.
    # none: Nothing here says what helps against {finding}.
    # then: ask/warning-signs of = finding

(the last six only where people may ask it in words, with one line `ask` for each way to do so;
of several lines `says` the first is told whose columns all hold something; `then` names another
query to tell of as well, and which parameter of it is filled by which of this one)
and holds one or more slots `VALUES ?finding { ft:some-finding }` for each parameter. Binding
replaces what stands between the braces by checked RDF terms; nothing else ever writes SPARQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.errors import BadParameter, InvalidKnowledge
from kg.slots import PARAMETER_TYPES, Parameter, Resolver, Value, checked_term, find_slots
from kg.sparql import QueryKind, declared_prefixes, query_kind, tokens
from kg.terms import Literal

_FIELDS = (
    "title",
    "description",
    "param",
    "column",
    "question",
    "ask",
    "alone",
    "follows",
    "says",
    "none",
    "then",
)
_HEADER = re.compile(rf"#\s?({'|'.join(_FIELDS)}):\s*(.*)")
_MORE = re.compile(r"#\s{2,}(\S.*)")
_PARAMETER = re.compile(r"(\w+)\s*\(([a-z]+)\)\s*=\s*(.*?)\s*(?:\s(?:—|--)\s+(.*))?")
_SLOT = re.compile(r"\bVALUES\s+\?(\w+)\s*\{([^{}]*)\}")
_THEN = re.compile(r"([\w/-]+)\s+(\w+)\s*=\s*(\w+)")
_COLUMN = re.compile(r"(\w+)\s*\(([a-z]+)\)\s*(?:(?:—|--)\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer of a query: variable without "?", type, and what it is."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How people ask what a query answers, and how the answer is told.

    Attributes:
        question: the question in good English, with parameters as `{name}`.
        ways: patterns of kg.recognise.patterns; a slot is named after the parameter that it fills.
        says: the answer as sentences, with parameters and columns as `{name}`; the first is told
            whose columns all hold something.
        none: the same where there is no row.
        alone: whether it answers as well who asks it amid a story of their own.
        things: whether it does so only where no condition is named: that is weighed by the story.
        follows: whether a pronoun may stand in it for what that story tells of.
        then: a query that is told of as well where it has an answer; its parameter, and the
            parameter of this one that fills it.
    """

    question: str
    ways: tuple[str, ...]
    says: tuple[str, ...]
    none: str
    alone: bool = False
    things: bool = False
    follows: bool = False
    then: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Query:
    """A named query.

    Attributes:
        name: path of its file inside the catalogue's folder, without ".rq".
        title: what it is called.
        description: what it answers.
        parameters: in the order of the file.
        columns: in the order of the file.
        text: the SPARQL text, header included.
        kind: `select`, `ask`, `construct` or `describe`.
        asking: how it is asked in words; None where nobody does.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    kind: QueryKind
    asking: Asking | None = None

    def bind(
        self,
        values: Mapping[str, Value | Sequence[Value]] | None = None,
        resolver: Resolver | None = None,
    ) -> str:
        r"""Return the SPARQL text with the slots of the given parameters filled.

        Args:
            values: one value or several for each parameter; a parameter that is left out keeps
                the example of the file.
            resolver: turns the name of a concept into its IRI, and raises `UnknownConcept` or
                `AmbiguousConcept`; without one, only compact and full IRIs are understood.

        Raises:
            BadParameter: there is no such parameter, or the value is not of its type.

        >>> text = "# title: T\n# param: n (integer) = 1\nASK { VALUES ?n { 1 } }"
        >>> parse_query("t", text).bind({"n": 7}).splitlines()[-1]
        'ASK { VALUES ?n { "7"^^<http://www.w3.org/2001/XMLSchema#integer> } }'
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        filled: dict[str, str] = {}
        for name, given in (values or {}).items():
            if name not in known:
                has = ", ".join(known) or "none"
                raise BadParameter(self.name, name, f"no such parameter: it has {has}")
            several = [given] if isinstance(given, (str, Literal)) else given
            terms = [
                checked_term(self.name, known[name], value, resolver)
                for value in (several if isinstance(several, Iterable) else [several])
            ]
            if not terms:
                raise BadParameter(self.name, name, "no value given: give at least one")
            filled[name] = " ".join(term.n3() for term in terms)
        text = self.text
        for name, start, end in reversed(self._slots):
            if name in filled:
                text = f"{text[:start]} {filled[name]} {text[end:]}"
        return text

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the query declares."""
        return declared_prefixes(self.text)

    @cached_property
    def _slots(self) -> tuple[tuple[str, int, int], ...]:
        return tuple(find_slots(self.text))


def parse_query(name: str, text: str) -> Query:
    r"""Read the header of a query file and check it against the body.

    Raises:
        InvalidKnowledge: the header is malformed, or does not agree with the slots.
        BadQuery: the text holds no query.

    >>> query = parse_query("t", "# title: T\n# column: s (iri) -- subject\nSELECT ?s { ?s ?p 1 }")
    >>> query.title, query.columns[0].description, query.kind
    ('T', 'subject', 'select')
    """
    fields: dict[str, list[str]] = {name: [] for name in _FIELDS}
    current: list[str] | None = None
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line.rstrip()):
            current = fields[match[1]]
            current.append(match[2].strip())
        elif current and (match := _MORE.fullmatch(line.rstrip())):
            current[-1] = f"{current[-1]} {match[1]}"
        else:
            current = None
    if len(fields["title"]) != 1:
        raise InvalidKnowledge(name, "a query needs one title: begin with a line # title: …")
    parameters = tuple(_parameter(name, line) for line in fields["param"])
    columns = tuple(_column(name, line) for line in fields["column"])
    query = Query(
        name=name,
        title=fields["title"][0],
        description=" ".join(fields["description"]),
        parameters=parameters,
        columns=columns,
        text=text,
        kind=query_kind(text),
        asking=_asking(name, fields),
    )
    _check_slots(query)
    return query


def without_header(text: str) -> str:
    r"""The text of a query without the comments that describe it.

    >>> without_header("# title: T\n# column: s (iri)\nASK { }")
    'ASK { }'
    """
    lines = text.splitlines(keepends=True)
    first = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[first:])


def _parameter(query: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match or match[2] not in PARAMETER_TYPES:
        types = ", ".join(PARAMETER_TYPES)
        raise InvalidKnowledge(
            query, f"param: write name (type) = example — what it is; types are {types}"
        )
    return Parameter(match[1], match[2], match[3], match[4] or "")


def _column(query: str, line: str) -> Column:
    match = _COLUMN.fullmatch(line)
    if not match:
        raise InvalidKnowledge(query, "column: write name (type) — what it is")
    return Column(match[1], match[2], match[3] or "")


def _asking(query: str, fields: Mapping[str, Sequence[str]]) -> Asking | None:
    several, parts = [fields["ask"], fields["says"]], [fields["question"], fields["none"]]
    if not any((*several, *parts)):
        return None
    if not all(several) or any(len(part) != 1 for part in parts):
        raise InvalidKnowledge(
            query, "give question, says and none (says more than once if need be), and some of ask"
        )
    (question,), (none,) = parts
    then = None
    for line in fields["then"]:
        if not (match := _THEN.fullmatch(line)):
            raise InvalidKnowledge(query, "then: write the name of a query, parameter = parameter")
        then = (match[1], match[2], match[3])
    ways, says = map(tuple, several)
    alone, follows = bool(fields["alone"]), bool(fields["follows"])
    things = any("no condition" in told for told in fields["alone"])
    return Asking(question, ways, says, none, alone, things, follows, then)


def _check_slots(query: Query) -> None:
    # Nearly every slot is seen to hold its example without taking the text apart.
    plain = {(name, " ".join(held.split())) for name, held in _SLOT.findall(query.text)}
    if plain == {(p.name, " ".join(p.default.split())) for p in query.parameters}:
        return
    examples = {
        name: " ".join(token.text for token in tokens(query.text[start:end]))
        for name, start, end in find_slots(query.text)
    }
    for parameter in query.parameters:
        example = " ".join(token.text for token in tokens(parameter.default))
        if examples.get(parameter.name) != example:
            raise InvalidKnowledge(
                query.name,
                f"the example of {parameter.name} and its slot differ: "
                f"write VALUES ?{parameter.name} {{ {parameter.default} }}",
            )
