"""A text laid out for reading: tokens, sentences, segments, mentions and cues in their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TypeVar

from kg.recognise.case import Measure
from kg.recognise.cues import CueBook, Hit
from kg.recognise.frames import Frames
from kg.recognise.layers import LAYER_OF
from kg.recognise.lexicon import Lexicon
from kg.recognise.mentions import Implied, Mention, Number, TimeSpan
from kg.recognise.shorthand import Shorthand
from kg.recognise.spelling import Spelling
from kg.recognise.tokens import Token, normalise
from kg.view import Concept, View

CANDIDATE = "ft:candidate-kind"
CAUSE = "ft:cause-kind"
EFFECT = "ft:effect-kind"
PATTERN = "ft:pattern-kind"
HISTORY = "ft:history-kind"
SELF = "self"

Span = tuple[int, int]
"""A stretch of tokens, such as a sentence: start and end (exclusive)."""

_first = itemgetter(0)
_start = attrgetter("start")
_order = attrgetter("start", "nested", "end")
Placed = TypeVar("Placed", Mention, Hit)


@dataclass(frozen=True)
class Words:
    """What reading needs of a view, built once."""

    view: View
    cues: CueBook
    lexicon: Lexicon
    frames: Frames
    shorthand: Shorthand
    _broader: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def spelling(self) -> Spelling:
        """What misspelt words stand for."""
        return Spelling(self.lexicon, self.cues.slips)

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Words that fill in: determiners, adverbs, and the hyphen."""
        return self.cues.words["determiner"] | self.cues.words["filler"] | {"-"}

    @cached_property
    def limits(self) -> dict[str, float]:
        """After how many days a circumstance is none any more, by its concept."""
        rows = (c.properties for c in self.cues.by_category.get("circumstance-row", ()))
        return {r["ft:cue-concept"]: float(r["ft:row-days"]) for r in rows if "ft:row-days" in r}

    @cached_property
    def good(self) -> frozenset[str]:
        """The concepts that have an opposite: to deny one of them may be to report the other."""
        return frozenset(b for pair in self.view.opposites for b in pair)

    @cached_property
    def genders(self) -> dict[str, str | None]:
        """The pronouns of other people, each with the sex that it tells, if it tells one."""
        cues = self.cues.by_category.get("pronoun-third", ())
        return {normalise(c.text): c.properties.get("ft:cue-gender") for c in cues}

    @cached_property
    def explained(self) -> frozenset[str]:
        """The concepts that findings are only called where something explains them."""
        cues = self.cues.by_category.get("explanation", ())
        return frozenset(
            c.properties["ft:cue-concept"] for c in cues if "ft:cue-concept" in c.properties
        )

    @cached_property
    def thoughts(self) -> frozenset[str]:
        """The findings that are there when they are only thought of."""
        cues = self.cues.by_category.get("thought", ())
        return frozenset(i for c in cues for i in c.properties.get("ft:cue-concept", "").split())

    @cached_property
    def spots(self) -> dict[str, str]:
        """The places at which a thing or an action of the body is: a smile is at the mouth."""
        cues = (c for name in ("predicate", "bodily-thing") for c in self.cues.by_category[name])
        return {c.id: s for c in cues if (s := c.properties.get("ft:part-of-site"))}

    def broader(self, concept: str) -> frozenset[str]:
        """The concept and all it is a kind or a form of."""
        if concept not in self._broader:
            self._broader[concept] = frozenset(self.view.broader(concept))
        return self._broader[concept]

    def concept(self, mention: Mention) -> Concept | None:
        """The concept of a mention; None for a place that the graph does not know."""
        return self.view.concepts.get(mention.id)

    def roles(self, mention: Mention) -> frozenset[str]:
        """The engine roles of what is mentioned; none for what the graph does not know."""
        concept = self.view.concepts.get(mention.id)
        return frozenset() if concept is None else concept.roles

    def is_effect(self, mention: Mention) -> bool:
        """True for a finding that has a place and a course, and is no mere pattern."""
        return mention.kind == "finding" and self.is_effect_id(mention.id)

    def is_effect_id(self, concept: str) -> bool:
        """The same of a concept."""
        roles = self.view.concepts[concept].roles
        return EFFECT in roles and PATTERN not in roles

    def is_pattern(self, mention: Mention) -> bool:
        """True for a finding that only says how another one behaves."""
        return mention.kind == "finding" and PATTERN in self.view.concepts[mention.id].roles


@dataclass
class Reading:
    """The layout of one text, and what was found in it: each step adds what it reads.

    `covered` holds the places of words that are accounted for, `puzzles` the clauses that tell
    something nobody knows, `doubts` such as may tell something grave, `trifles` such as hardly do,
    `case` whom it is about, `then` how many days ago clauses of long ago play, `chances` how likely
    clauses tell what, `bearers` of whom each word is.
    """

    text: str
    words: Words
    tokens: list[Token]
    sentences: list[Span]
    segment: list[int]
    mentions: list[Mention]
    functions: list[Mention]
    owner: list[Mention | None]
    hits: dict[str, list[Hit]]
    at: dict[int, Hit]
    covered: set[int] = field(default_factory=set)
    numbers: dict[int, Number] = field(default_factory=dict)
    times: list[TimeSpan] = field(default_factory=list)
    implied: list[Implied] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    puzzles: list[range] = field(default_factory=list)
    doubts: list[range] = field(default_factory=list)
    trifles: list[range] = field(default_factory=list)
    case: str = SELF
    then: dict[int, float] = field(default_factory=dict)
    chances: dict[Span, dict[str, float]] = field(default_factory=dict)
    bearers: list[str] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """The offsets of tokens `start` to `end` (exclusive) in the text."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def written(self, start: int, end: int) -> str:
        """Tokens `start` to `end` (exclusive) as they are written."""
        return self.text[slice(*self.span(start, end))]

    def sentence_of(self, place: int) -> Span:
        """The sentence in which a token stands; the whole text for a place outside of it."""
        number = bisect_right(self.sentences, place, key=_first) - 1
        inside = number >= 0 and place < self.sentences[number][1]
        return self.sentences[number] if inside else (0, len(self.tokens))

    def clause_of(self, place: int) -> range:
        """The places of the clause in which a token stands."""
        number, (first, last) = self.segment[place], self.sentence_of(place)
        inside = [i for i in range(first, last) if self.segment[i] == number]
        return range(inside[0], inside[-1] + 1)

    def ago(self, place: int) -> float | None:
        """How many days ago the clause of a token plays, where it tells of long ago."""
        return self.then.get(self.segment[place])

    def words_around(self, place: int) -> range:
        """The same without marks at its ends."""
        clause = self.clause_of(place)
        clause = clause[self.is_mark(clause[0]) :]
        return clause[: len(clause) - self.is_mark(clause[-1])]

    def denies(self, clause: range) -> bool:
        """Whether a denial stands in a clause."""
        told = self.told("negation", "negation-after", within=(clause.start, clause.stop))
        return any("pseudo-negation" not in hit.categories for hit in told)

    def norm(self, place: int) -> str:
        """The word at a place; a line break outside of the text."""
        return self.tokens[place].norm if 0 <= place < len(self.tokens) else "\n"

    def is_mark(self, place: int) -> bool:
        """True for a mark, and outside of the text."""
        return not 0 <= place < len(self.tokens) or self.tokens[place].kind == "mark"

    def is_word(self, place: int, *lists: str) -> bool:
        """True for a word of one of these lists of the graph ("possessive")."""
        norm = self.norm(place)
        for name in lists:  # noqa: SIM110 (very often called: a generator is slow)
            if norm in self.words.cues.words[name]:
                return True
        return False

    def is_filler(self, place: int) -> bool:
        """True for a determiner, an adverb or a hyphen that separates nothing."""
        return self.norm(place) in self.words.fillers

    def is_small(self, place: int) -> bool:
        """True for a filler, without hyphens."""
        return self.is_filler(place) and self.norm(place) != "-"

    def is_content(self, place: int) -> bool:
        """True for a word that neither a mention, nor a cue, nor a word list accounts for."""
        if self.is_mark(place) or self.owner[place] is not None or self.is_filler(place):
            return False
        return not self.is_word(place, "stop-word", "approximator")

    def begins_clause(self, place: int) -> bool:
        """True where a pronoun or a person begins what is said."""
        if self.is_word(place, "pronoun-self", "pronoun-third", "pronoun-thing"):
            return True
        return bool(self.told("person", within=(place, place + 1)))

    def ends_with(self, sentence: Span, mark: str) -> bool:
        """True when the sentence ends with the mark."""
        last = range(max(sentence[0] + 1, sentence[1] - 3), sentence[1])
        return any(self.norm(place) == mark for place in last)

    # -- cues

    def hits_inside(self, layer: str, span: Span) -> list[Hit]:
        """The cues of a layer that begin in a part of the text, in order."""
        return between(self.hits[layer], *span)

    def told(self, *categories: str, within: Span | None = None) -> list[Hit]:
        """The cues of these categories of one layer, in a part of the text or in all of it."""
        hits = self.hits[LAYER_OF[categories[0]]]
        hits = hits if within is None else between(hits, *within)
        return [hit for hit in hits if not hit.categories.isdisjoint(categories)]

    def longest(self, layer: str, place: int) -> Hit | None:
        """The longest cue of a layer that begins at a place, whatever else is read there."""
        return self.words.cues.layers[layer].longest(self.tokens, place)

    def taken(self, layer: str) -> set[int]:
        """The places of all words that are cues of a layer."""
        return {place for hit in self.hits[layer] for place in hit.extent}

    def is_cue(self, place: int, *categories: str) -> bool:
        """True where a cue of the status stands, of one of these categories if there are some."""
        hit = self.at.get(place)
        return hit is not None and (not categories or not hit.categories.isdisjoint(categories))

    def is_joint(self, place: int) -> bool:
        """True for a word like "and" or "or"."""
        return self.is_cue(place, "conjunction", "alternative")

    def is_denied(self, place: int) -> bool:
        """True where a denial stands right before, small words aside ("no worse")."""
        while place > 0 and self.is_small(place - 1) and not self.is_cue(place - 1):
            place -= 1
        hit = self.at.get(place - 1)
        if hit is None or "pseudo-negation" not in hit.categories:
            return hit is not None and "negation" in hit.categories
        return hit.end > place  # what denies no finding may deny how it runs

    # -- mentions

    def inside(self, span: Span) -> list[Mention]:
        """The mentions that begin in a part of the text, in order."""
        return between(self.mentions, *span)

    def add(self, mentions: Iterable[Mention], *, own: bool = False) -> None:
        """Put mentions in their places; their words are theirs where they `own` them."""
        for mention in mentions:
            self.mentions.append(mention)
            if own:
                self.owner[mention.start : mention.end] = [mention] * len(mention.extent)
        self.mentions.sort(key=_order)

    def is_effect(self, mention: Mention | None) -> bool:
        """True for a finding that has a place and a course, and is no mere pattern."""
        return mention is not None and self.words.is_effect(mention)

    def lends(self, hit: Hit) -> bool:
        """Whether the last word of a cue begins a name: "has decreased" in "decreased tears"."""
        owner = self.owner[hit.end - 1]
        return owner is not None and hit.start < owner.start and owner.kind == "finding"


def between(items: list[Placed], first: int, last: int) -> list[Placed]:
    """Those of some items, in the order of the text, that begin between two places."""
    begin = bisect_left(items, first, key=_start)
    return items[begin : bisect_left(items, last, begin, key=_start)]
