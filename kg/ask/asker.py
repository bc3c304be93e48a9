"""Answers questions: reads what is asked, runs the query, and tells what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain
from math import inf
from typing import Final

from kg.ask.answer import Answer, Row
from kg.ask.meaning import Meaning, Reader, alike
from kg.ask.sentence import filled, slots
from kg.catalogue import Catalogue, Query
from kg.errors import BadInput
from kg.explain.cite import Citations
from kg.explain.model import EvidenceItem, SourceItem
from kg.explain.phrasing import capital
from kg.explain.summary import Told
from kg.explain.wording import listed
from kg.named_query import without_header
from kg.prefixes import default_prefixes
from kg.query_result import QueryResult
from kg.recognise.stems import stem
from kg.recognise.tokens import check_text, tokenise, words_of
from kg.store.protocol import Store
from kg.view import Claim, View

Aside = tuple[str, tuple[str, ...], tuple[str, ...]]

_PRONOUN: Final = re.compile(r"\b(?:that|this|it|these|those|they)\b", re.IGNORECASE)
_NEAREST: Final = 3
_TRIED: Final = 4  # meanings
_PLAIN: Final = 0.5  # how sure an answer that goes by what is asked about alone
_MENDED: Final = 0.9  # how sure a reading with a mended word is
_HIDDEN: Final = 2  # rank of names that are no proper ones
_CANNOT: Final = "I cannot tell what is asked"
_BESIDE: Final = " Not weighed in that: “{}”."
_ILLNESS: Final = "ft:candidate-kind"


class Asker:
    """Answers questions from one graph; `reply` tells what is said where no query answers."""

    def __init__(
        self,
        view: View,
        store: Store,
        catalogue: Catalogue,
        citations: Citations,
        reply: Callable[[str], Sequence[Told]] = lambda _: (),
    ) -> None:
        self._reply, self._view, self._store, self._citations = reply, view, store, citations
        self._queries = [query for query in catalogue.list() if query.asking is not None]
        self._alone = {q.name for q in self._queries if q.asking is not None and q.asking.alone}
        self._follows = {q.name for q in self._queries if q.asking is not None and q.asking.follows}
        self.reader = Reader(view, self._queries)

    def ask(self, text: str) -> Answer:
        """Answer a question, or say that it was not understood and which ones are near.

        Raises:
            BadInput: the text is blank, too long, or is no text.
        """
        if isinstance(text, str) and not text.strip():
            raise BadInput("the question is empty: ask one in a sentence")
        check_text(text)
        meanings, mended = self.reader.read(text)
        leave = self.reader.asks_leave(text)
        if not meanings or meanings[0].left or leave:
            plain = self._plain(text, meanings)
            if plain or not leave or not meanings or meanings[0].left:
                return plain or self._unclear(text, meanings, mended)
        answers = (self._answer(text, m, mended) for m in alike(meanings, _TRIED))
        first = next(answers)
        return first or next(filter(None, answers), first)

    def aside(self, text: str, topic: str = "") -> Aside | None:
        """The answer to a question amid a story, what it is about and its claims.

        Only where every word is understood, and the query answers without the story; `topic` is
        what a pronoun may stand for.
        """
        if topic and (told := _PRONOUN.sub(topic, text, count=1)) != text:
            return self._aside(text, self._alone) or self._aside(told, self._follows)
        return self._aside(text, self._alone)

    def _aside(self, text: str, queries: Set[str]) -> Aside | None:
        meanings, _ = self.reader.read(text, mend=False) if text.strip() else ([], {})
        fitting = [m for m in alike(meanings, _TRIED) if m.query.name in queries]
        fitting = [m for m in fitting if not self._spared(m)]
        answer = next(filter(None, (self._answer(text, m, {}) for m in fitting)), None)
        if answer is None:
            return None
        # A word that is a name in a question may be none amid a story.
        words = {token.stem for token in tokenise(text)}
        named = [self._view.concepts[n] for held in answer.parameters.values() for n in held]
        names = [name for c in named for rank, name in c.ranked_names() if rank < _HIDDEN]
        if not any(words.issuperset(map(stem, words_of(name))) for name in names):
            return None
        about = [*chain.from_iterable(answer.parameters.values()), *(r.id for r in answer.answers)]
        claims = chain.from_iterable(row.claims for row in answer.answers)
        known = (name for name in about if name in self._view.concepts)
        return answer.text, tuple(dict.fromkeys(known)), tuple(dict.fromkeys(claims))

    def _spared(self, meaning: Meaning) -> bool:
        names, asking = chain.from_iterable(meaning.values.values()), meaning.query.asking
        ill = any(_ILLNESS in self._view.concepts[name].roles for name in names)
        return ill and asking is not None and asking.things

    def _answer(self, text: str, meaning: Meaning, mended: dict[str, str]) -> Answer:
        query, values = meaning.query, meaning.values
        understood = self._worded(query, values)
        sparql = f"# {understood}\n{self._bound(query, values)}"
        result = QueryResult.from_rows(self._store.select(sparql))
        rows = self._rows(query, result)
        said = [row for row in rows if not row.denied]
        sentence = self._sentence(query, values, result, said)
        names = {*chain.from_iterable(values.values())}
        against = [row.text for row in rows if row.denied and names & self._ends(row)]
        if against:
            denial = f"Sources speak against it: {'; '.join(against[:3])}."
            sentence = f"{sentence} {denial}" if said else denial
        more, also = self._then(query, values)
        sentence += f" {more}" if more else ""
        sentence += _BESIDE.format("”, “".join(meaning.beside)) if meaning.beside else ""
        told = (*rows, *also)
        names.update(row.id for row in told)
        return Answer(
            question=text,
            graph_version=self._view.version,
            text=sentence,
            understood=understood,
            query=query.name,
            parameters=values,
            answers=tuple(rows),
            also=tuple(also),
            sparql=sparql,
            confidence=_MENDED ** (len(mended) + len(meaning.beside)),
            mended=mended,
            sources=self._sources(item for row in told for item in row.evidence),
            labels={name: self._view.label(name) for name in sorted(names)},
        )

    def _bound(self, query: Query, values: Mapping[str, Sequence[str]]) -> str:
        """The SPARQL text of a query about some concepts."""
        expand = default_prefixes().expand
        return without_header(query.bind({n: [*map(expand, held)] for n, held in values.items()}))

    def _sentence(
        self,
        query: Query,
        values: Mapping[str, tuple[str, ...]],
        result: QueryResult,
        rows: Sequence[Row],
    ) -> str:
        """What a query says of its rows: the first sentence whose columns all hold something."""
        assert query.asking is not None
        told = {row.id for row in rows}
        lines = [line for line in result.to_dicts() if not rows or str(line["answer"]) in told]
        held = {name for line in lines for name in line if line[name] is not None}
        empty = {column.name for column in query.columns} - held
        fitting = [says for says in query.asking.says if empty.isdisjoint(slots(says))]
        templates = (*(fitting if rows else ()), query.asking.none)
        spoken = (filled(each, values, query, result, rows, self._view) for each in templates)
        return next(filter(None, spoken), "")

    def _then(
        self, query: Query, values: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, Sequence[Row]]:
        """What is told beside an answer, and its rows; nothing where its query has no answer."""
        if query.asking is None or query.asking.then is None:
            return "", ()
        name, parameter, filling = query.asking.then
        other = next(q for q in self._queries if q.name == name)
        about = {parameter: values[filling]}
        result = QueryResult.from_rows(self._store.select(self._bound(other, about)))
        rows = self._rows(other, result)
        return (self._sentence(other, about, result, rows), rows) if rows else ("", ())

    # -- rows

    def _rows(self, query: Query, result: QueryResult) -> list[Row]:
        """One row for each answer, with all claims that speak for it."""
        claims = [column.name for column in query.columns if column.type == "claim"]
        texts = [column.name for column in query.columns if column.type == "text"]
        found: dict[str, tuple[dict[str, None], list[str]]] = {}
        ranks: dict[str, float] = {}
        for line in result.to_dicts():
            about = str(line["answer"])
            rests, told = found.setdefault(about, ({}, []))
            rests.update(dict.fromkeys(str(line[name]) for name in claims if line[name]))
            told += [str(line[name]) for name in texts if line[name]]
            ranks[about] = min(float(line.get("rank") or 0), ranks.get(about, inf))
        rows = [self._row(about, tuple(rests), told) for about, (rests, told) in found.items()]
        return sorted(rows, key=lambda r: (r.denied, ranks[r.id], -self._surest(r)))

    def _row(self, about: str, claims: tuple[str, ...], told: Sequence[str]) -> Row:
        held = [c for c in claims if self._view.claims[c].supported]
        texts = [self._told(self._view.claims[claim]) for claim in held or claims] or list(told)
        said, rests = capital("; ".join(texts)), tuple(held) or claims
        evidence, denied = self._citations.evidence(rests), bool(claims) and not held
        return Row(about, self._view.label(about), said, rests, evidence, denied=denied)

    def _told(self, claim: Claim) -> str:
        """A claim in words, with how often it holds where a source says so."""
        often = self._view.label(claim.frequency) if claim.frequency and claim.supported else ""
        return self._citations.text(claim.id) + (f" ({often})" if often else "")

    def _ends(self, row: Row) -> Set[str]:
        claims = map(self._view.claims.__getitem__, row.claims)
        return {end for claim in claims for end in (claim.subject, claim.object)}

    def _surest(self, row: Row) -> float:
        return max((self._view.claims[claim].confidence for claim in row.claims), default=0.0)

    def _sources(self, evidence: Iterable[EvidenceItem]) -> tuple[SourceItem, ...]:
        known = self._view.sources
        cited = [known[name] for name in dict.fromkeys(item.source for item in evidence)]
        return tuple(SourceItem(s.id, s.title, s.type.rpartition(":")[2], s.url) for s in cited)

    def _plain(self, text: str, meanings: Sequence[Meaning]) -> Answer | None:
        """What is told where no query answers; beside what rests on nothing, the nearest ones."""
        told = self._reply(text)
        claims = tuple(dict.fromkeys(c for each in told for c in each.claims))
        about: dict[str, list[str]] = {}
        for claim in claims:
            about.setdefault(self._view.claims[claim].subject, []).append(claim)
        rows = [self._row(name, tuple(own), ()) for name, own in about.items()]
        said = " ".join(each.text for each in told)
        nearest = () if rows else self._nearest(text, meanings)
        return (
            Answer(
                question=text,
                graph_version=self._view.version,
                text=f"{said} What I can answer:" if nearest else said,
                answers=tuple(rows),
                confidence=_PLAIN,
                nearest=nearest,
                plain=True,
                sources=self._sources(item for row in rows for item in row.evidence),
                labels={name: self._view.label(name) for name in about},
            )
            if told
            else None
        )

    # -- questions

    def _worded(self, query: Query, values: Mapping[str, Sequence[str]]) -> str:
        """The question in good English."""
        assert query.asking is not None
        names = {n: listed([*map(self._view.label, held)]) for n, held in values.items()}
        return capital(query.asking.question.format_map(names))

    def _unclear(self, text: str, meanings: Sequence[Meaning], mended: dict[str, str]) -> Answer:
        unknown = self.reader.unknown(text)
        left = meanings[0].left if meanings else unknown
        words = ", ".join(f"“{word}”" for word in left[:4])
        because = f": I do not understand {words}" if words else ""
        foreign = 2 * len(left) > len(words_of(text)) or not self.reader.named(text)
        # Nothing is near to what holds no word that is known.
        nearest = () if len(unknown) >= len(words_of(text)) else self._nearest(text, meanings)
        said = f"{_CANNOT}{because}." + " Ask one question in plain English." * foreign
        guess = Answer(text, self._view.version, "")
        told = meanings and len(left) == 1 and left == unknown and meanings[0].weight > 1
        if told and self.reader.narrows(text, left[0]):
            guess = self._answer(text, meanings[0], mended)
        said += f" Without it: {guess.text}" if guess else ""
        return Answer(
            text,
            self._view.version,
            f"{said} What I can answer:" if nearest else said,
            also=(*guess.answers, *guess.also),
            mended=mended,
            not_understood=left,
            nearest=nearest,
            sources=guess.sources,
            labels=guess.labels,
        )

    def _nearest(self, text: str, meanings: Sequence[Meaning]) -> tuple[str, ...]:
        """Questions of the same kind first, then others about the same concepts."""
        found = [self._worded(meaning.query, meaning.values) for meaning in meanings]
        about = self.reader.named(text)
        words = {token.stem for token in tokenise(text)}
        for query in self.reader.kinds(text):
            # What asks is no name: "side effects" asks for those of something.
            more = (c for c in about if not words <= set(map(stem, words_of(self._view.label(c)))))
            known = [c for c in more if self.reader.fits(query, c)][:1]
            if len(query.parameters) <= 1:
                values = {p.name: (*known, p.default)[:1] for p in query.parameters}
                found.append(self._worded(query, values))
        single = [query for query in self._queries if len(query.parameters) == 1]
        for concept in about:
            fitting = (query for query in single if self.reader.fits(query, concept))
            found += [self._worded(q, {q.parameters[0].name: (concept,)}) for q in fitting]
        for query in () if about else self._queries:
            found.append(self._worded(query, {p.name: (p.default,) for p in query.parameters}))
        return tuple(dict.fromkeys(found))[:_NEAREST]
