"""A text laid out for reading: tokens, sentences, segments, mentions and cues in their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TypeVar

from kg.recognise.cues import CueBook, Hit
from kg.recognise.frames import PARTS, Frames, Scene
from kg.recognise.lexicon import Lexicon, Match
from kg.recognise.mentions import Mention
from kg.recognise.sentences import BREAKS, JOINTS, split_segments, split_sentences, unwrapped
from kg.recognise.tokens import Token, tokenise
from kg.view import Concept, View

__all__ = [
    "CANDIDATE",
    "CAUSE",
    "EFFECT",
    "PATTERN",
    "Reading",
    "Words",
    "add_abstinences",
    "add_bare_verbs",
    "between",
    "read",
]

CANDIDATE = "ft:candidate-kind"
CAUSE = "ft:cause-kind"
EFFECT = "ft:effect-kind"
PATTERN = "ft:pattern-kind"
HISTORY = "ft:history-kind"
ABSTINENCE = "abstinence"
_FINDING = frozenset({"finding"})
_FRAMING = ("predicate", "bodily-thing", "occasion", "repetition", "manner", "scope")
_WELL = frozenset({"sound", "ability"})
_BESIDE = 6  # words between "that side" and a limb that it is said with
_MAX_INSIDE = 2  # unlisted words inside a name


@dataclass(frozen=True)
class Words:
    """What reading needs of a view, built once."""

    view: View
    cues: CueBook
    lexicon: Lexicon
    frames: Frames
    _broader: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def good(self) -> frozenset[str]:
        """The concepts that have an opposite: to deny one of them may be to report the other."""
        return frozenset(b for pair in self.view.opposites for b in pair)

    @cached_property
    def thoughts(self) -> frozenset[str]:
        """The findings that are there when they are only thought of."""
        cues = self.cues.by_category.get("thought", ())
        return frozenset(i for c in cues for i in c.properties.get("ft:cue-concept", "").split())

    def broader(self, concept: str) -> frozenset[str]:
        """The concept and all it is a kind or a form of."""
        if concept not in self._broader:
            self._broader[concept] = frozenset(self.view.broader(concept))
        return self._broader[concept]

    def concept(self, mention: Mention) -> Concept | None:
        """The concept of a mention; None for a place that the graph does not know."""
        return self.view.concepts.get(mention.id)

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
    """The layout of one text."""

    text: str
    words: Words
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    segment: list[int]
    mentions: list[Mention]
    functions: list[Mention]
    owner: list[Mention | None]
    hits: dict[str, list[Hit]]
    at: dict[int, Hit]
    covered: set[int] = field(default_factory=set)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets of tokens `start` to `end` (exclusive) in the text."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def inside(self, sentence: tuple[int, int]) -> list[Mention]:
        """The mentions of a sentence, in order."""
        return between(self.mentions, *sentence)

    def hits_inside(self, layer: str, sentence: tuple[int, int]) -> list[Hit]:
        """The cues of a layer in a sentence, in order."""
        return between(self.hits[layer], *sentence)

    def sentence_of(self, place: int) -> tuple[int, int]:
        """The sentence in which a token stands; the whole text for a place outside of it."""
        number = bisect_right(self.sentences, place, key=_first) - 1
        inside = number >= 0 and place < self.sentences[number][1]
        return self.sentences[number] if inside else (0, len(self.tokens))

    def is_filler(self, place: int) -> bool:
        """True for a determiner, an adverb or a hyphen that separates nothing."""
        norm = self.tokens[place].norm
        lists = self.words.cues.lists
        return norm == "-" or norm in lists["determiner"] or norm in lists["filler"]

    def is_content(self, place: int) -> bool:
        """True for a word that neither a mention, nor a cue, nor a word list accounts for."""
        token = self.tokens[place]
        if token.kind == "mark" or self.owner[place] is not None or self.is_filler(place):
            return False
        lists = self.words.cues.lists
        return token.norm not in lists["stop-word"] and token.norm not in lists["approximator"]

    def is_small(self, place: int) -> bool:
        """True for a filler, without hyphens."""
        return self.is_filler(place) and self.tokens[place].norm != "-"

    def is_cue(self, place: int, *categories: str) -> bool:
        """True where a cue of the status stands, of one of these categories if there are some."""
        hit = self.at.get(place)
        return hit is not None and (not categories or not hit.categories.isdisjoint(categories))

    def is_denied(self, place: int) -> bool:
        """True where a denial stands right before, small words aside ("no worse")."""
        while place > 0 and self.is_small(place - 1) and not self.is_cue(place - 1):
            place -= 1
        hit = self.at.get(place - 1)
        if hit is None or "pseudo-negation" not in hit.categories:
            return hit is not None and "negation" in hit.categories
        return hit.end > place  # what denies no finding may deny how it runs

    def begins_clause(self, place: int) -> bool:
        """True where a pronoun or a person begins what is said."""
        if place >= len(self.tokens):
            return False
        words, norm = self.words.cues.words, self.tokens[place].norm
        if any(norm in words[f"pronoun-{who}"] for who in ("self", "third", "thing")):
            return True
        here = self.hits_inside("person", (place, place + 1))
        return any("person" in h.categories for h in here)

    def ends_with(self, sentence: tuple[int, int], mark: str) -> bool:
        """True when the sentence ends with the mark."""
        return any(self.tokens[i].norm == mark for i in range(max(*sentence) - 1, sentence[0], -1)
                   if self.tokens[i].kind == "mark" and i >= sentence[1] - 3)  # fmt: skip


_first = itemgetter(0)
_start = attrgetter("start")
Placed = TypeVar("Placed", Mention, Hit)


def between(items: list[Placed], first: int, last: int) -> list[Placed]:
    """Those of some items, in the order of the text, that begin between two places."""
    begin = bisect_left(items, first, key=_start)
    return items[begin : bisect_left(items, last, begin, key=_start)]


def read(text: str, words: Words) -> Reading:
    """Lay a text out: find its mentions and its cues."""
    tokens, corrected = words.lexicon.corrected(
        unwrapped(tokenise(text), words.cues.lists["light"])
    )
    sentences = split_sentences(text, tokens)
    mentions: list[Mention] = []
    functions: list[Mention] = []
    hits = words.cues.hits(tokens)
    ordinary = {place: h for h in hits["ordinary"] for place in range(h.start, h.end)}
    for first, last in sentences:
        for match in _named(words, tokens, first, last):
            if not _is_ordinary(match, ordinary):
                mentions.append(_mention(match, corrected))
        functions += _functions(words, tokens, first, last)
    _settle_sides(words, mentions)
    mentions += _nested(words, tokens, mentions)
    mentions.sort(key=lambda m: (m.start, m.nested, m.end))
    owner: list[Mention | None] = [None] * len(tokens)
    for mention in mentions:
        if not mention.nested:
            owner[mention.start : mention.end] = [mention] * (mention.end - mention.start)
    inner = _inner(words, tokens, owner, hits["side"])
    hits["predicate"] = words.cues.layers["predicate"].hits(tokens, inner)
    for layer in ("event", "illness", "medicine", "deed"):
        # "A shot of espresso" is no injection; "lip fillers" are some, and no lip.
        hits[layer] = [
            h
            for h in hits[layer]
            if (o := ordinary.get(h.start)) is None or o.end - o.start <= h.end - h.start
        ]
    for layer in ("predicate", "bodily-thing"):
        hits[layer] = [h for h in hits[layer] if h.start not in ordinary]
    spoken_of: set[int] = set()
    mentions += _framed(words, tokens, sentences, mentions, owner, hits, corrected, spoken_of)
    for match in _stretched(words, tokens, sentences, owner):
        if any(place in ordinary for place in range(match.start, match.end)):
            continue
        mention = _mention(match, corrected)
        mentions.append(mention)
        owner[mention.start : mention.end] = [mention] * (mention.end - mention.start)
    mentions.sort(key=lambda m: (m.start, m.nested, m.end))
    hits["scope"] = [h for h in hits["scope"] if not _swallowed(h, owner)]
    segment = split_segments(tokens, sentences, hits["scope"], [o is not None for o in owner])
    # "are" asks only where a clause begins.
    firsts = {first for first, _ in sentences}
    joined = {h.end for h in hits["scope"] if h.categories & JOINTS}
    hits["scope"] = [
        h
        for h in hits["scope"]
        if h.categories != {"question-opener"}
        or h.start in firsts
        or segment[h.start] != segment[h.start - 1]
        or tokens[h.start - 1].norm in BREAKS
        or h.start in joined
    ]
    at = {place: hit for hit in hits["scope"] for place in range(hit.start, hit.end)}
    layout = Reading(text, words, tokens, sentences, segment, mentions, functions, owner, hits, at)
    layout.covered.update(ordinary, spoken_of)
    return layout


def _settle_sides(words: Words, mentions: list[Mention]) -> None:
    """Read "that side" as one of the face where the text tells of a face, else of the body."""
    sites = {
        cue.id: cue.properties["ft:cue-site"]
        for cue in words.cues.by_category.get("body-part", ())
        if "ft:cue-site" in cue.properties
    }
    vague = [m for m in mentions if m.kind == "body-part" and m.id in sites]
    others = [m for m in mentions if m.kind in PARTS and m not in vague]
    anchored = any(m.kind == "site" for m in others) or any(
        m.kind == "finding" and words.view.concepts[m.id].scope_anchor for m in mentions
    )
    for mention in vague:
        limbs = [o for o in others if o.kind != "site" and abs(o.start - mention.start) <= _BESIDE]
        if anchored and not limbs:
            mention.kind, mention.id = "site", sites[mention.id]


def _named(words: Words, tokens: list[Token], first: int, last: int) -> list[Match]:
    """The names of a sentence; none reaches over "my" into what begins a new clause.

    "When tired my eye closes": the eye is what closes, and no tired eye.
    """
    owners = words.cues.words["possessive"]
    predicates = words.cues.layers["predicate"]
    found: list[Match] = []
    for match in words.lexicon.find(tokens, first, last):
        within = [i for i in range(match.start + 1, match.end) if tokens[i].norm in owners]
        if within and match.end < last and predicates.longest(tokens, match.end) is not None:
            found += words.lexicon.find(tokens, match.start, within[-1])
            found += words.lexicon.find(tokens, within[-1], match.end)
        else:
            found.append(match)
    return found


def _disables(hit: Hit, norms: list[str]) -> bool:
    """Whether a cue says that something cannot be done: "cannot", "does not", "is hard"."""
    denies = "negation" in hit.categories and norms[hit.end - 1] == "not"
    return denies or bool(hit.categories & {"inability", "troubled"})


def _is_ordinary(match: Match, ordinary: dict[int, Hit]) -> bool:
    """Whether a name stands within an everyday phrase ("confused about", "eye doctor")."""
    phrase = ordinary.get(match.start)
    return phrase is not None and match.end <= phrase.end


def _stretched(
    words: Words,
    tokens: list[Token],
    sentences: list[tuple[int, int]],
    owner: list[Mention | None],
) -> list[Match]:
    """Names with a word or two inside that nobody listed, where nothing else was found."""
    found: list[Match] = []
    for first, last in sentences:
        for match in words.lexicon.find(tokens, first, last, _FINDING, gaps=_MAX_INSIDE):
            free = all(owner[place] is None for place in range(match.start, match.end))
            if free and match.weight > 1:
                found.append(match)
    return found


def _inner(
    words: Words, tokens: list[Token], owner: list[Mention | None], sides: list[Hit]
) -> set[int]:
    """The places of words that may stand inside a predicate: "pulls my left cheek up"."""
    lists = words.cues.lists
    light = lists["determiner"] | lists["filler"] | lists["degree"]
    inner = {place for hit in sides for place in range(hit.start, hit.end)}
    inner |= {i for i, o in enumerate(owner) if o is not None and o.kind in PARTS}
    return inner | {i for i, t in enumerate(tokens) if t.norm in light}


def _framed(
    words: Words,
    tokens: list[Token],
    sentences: list[tuple[int, int]],
    mentions: list[Mention],
    owner: list[Mention | None],
    hits: dict[str, list[Hit]],
    corrected: frozenset[int],
    covered: set[int],
) -> list[Mention]:
    """The findings that frames read; they take the places of their words in `owner`.

    The places of the things that they are said of are added to `covered`.
    """
    light = words.cues.lists["light"]
    norms = [t.norm for t in tokens]
    weight = [0 if t.kind == "mark" or t.norm in light else 1 for t in tokens]
    segment = split_segments(tokens, sentences, hits["scope"], [o is not None for o in owner])
    things = words.cues.words["pronoun-thing"]
    found: list[Mention] = []
    earlier: Mention | None = None
    for first, last in sentences:
        within = {name: between(hits[name], first, last) for name in _FRAMING}
        predicates = [h for h in within["predicate"] if _is_free(words, h, owner, corrected)]
        inside = between(mentions, first, last)
        parts = [m for m in inside if m.kind in PARTS]
        if predicates:
            spoken_of = [
                Mention(h.start, h.end, "bodily-thing", h.cues[0].id)
                for h in within["bodily-thing"]
            ]
            unable = [
                (h.start, h.end, "troubled" in h.categories)
                for h in (*within["manner"], *within["scope"])
                if _disables(h, norms)
            ]
            scene = Scene(
                norms=norms,
                weight=weight,
                segment=segment,
                parts=[*parts, *spoken_of],
                findings=[m for m in inside if m.kind == "finding" and words.is_effect(m)],
                earlier=earlier,
                pronoun=any(t.norm in things for t in tokens[first:last]),
                named=frozenset(h.start for h in predicates if owner[h.start] is not None),
                inability=unable,
                sound=[h.start for h in within["manner"] if h.categories & _WELL],
                occasions=[h.end for h in within["occasion"]],
                company=frozenset({"ft:repetition"} if within["repetition"] else ())
                | {m.id for m in inside if m.kind == "finding"},
            )  # fmt: skip
            for mention in words.frames.read(predicates, scene):
                named = owner[mention.end - 1]
                if named is not None:
                    if named.framed or mention.id in words.broader(named.id):
                        continue
                    mentions.remove(named)
                    owner[named.start : named.end] = [None] * (named.end - named.start)
                _settle_frame(mention, owner, within["scope"])
                for thing in [p for p in mention.places if p.kind == "bodily-thing"]:
                    mention.places.remove(thing)
                    covered.update(range(thing.start, thing.end))
                reach = range(mention.start, mention.end)
                mention.fuzzy = any(place in corrected for place in reach)
                for place in reach:
                    owner[place] = owner[place] if owner[place] in parts else mention
                found.append(mention)
        earlier = parts[-1] if parts else None
    return found


def _is_free(
    words: Words, hit: Hit, owner: list[Mention | None], corrected: frozenset[int]
) -> bool:
    """Whether a predicate stands in no name; it may be a sure one itself, or have a part inside."""
    for place in range(hit.start, hit.end):
        name = owner[place]
        if name is None or (name.kind in PARTS and hit.start < place < hit.end - 1):
            continue
        whole = hit.start == name.start and name.end == hit.end
        if not whole or name.kind != "finding" or not words.is_effect(name) or place in corrected:
            return False
    return True


def _settle_frame(mention: Mention, owner: list[Mention | None], scope: list[Hit]) -> None:
    """Let a frame begin behind what is read already; "would not" belongs to what is not done."""
    free = (i for i in range(mention.start, mention.end) if owner[i] is None)
    mention.start = next(free, mention.start)
    for hit in scope:
        if hit.start < mention.start < hit.end and owner[hit.start] is None:
            mention.start = hit.start


def add_bare_verbs(reading: Reading, timed: set[int]) -> None:
    """Add the verbs that stand for a concept when they govern nothing ("I don't drink").

    `timed` holds the places of words that tell a time, which no verb governs.
    """
    for hit in reading.hits["bare"]:
        if reading.owner[hit.start] is not None:
            continue
        after = hit.end
        while after < len(reading.tokens) and _is_degree(reading, after):
            after += 1
        token = reading.tokens[after] if after < len(reading.tokens) else None
        scope = reading.at.get(after)
        joint = scope is not None and scope.start == after
        governs = token is not None and token.kind != "mark" and not joint
        governs = governs and after not in timed
        cue = hit.cue("bare-verb")
        if governs or cue is None:
            continue
        mention = Mention(hit.start, hit.end, "finding", cue.properties["ft:cue-concept"])
        if after == hit.end:
            mention.marks.add("bare")
        if mention.id not in reading.words.view.concepts:
            continue
        reading.mentions.append(mention)
        reading.owner[hit.start : hit.end] = [mention] * (hit.end - hit.start)
    reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def add_abstinences(reading: Reading) -> None:
    """Add what a word says that a person does without ("teetotal"), to be denied."""
    for hit in reading.hits["abstinence"]:
        cue = hit.cue("abstinence")
        concept = "" if cue is None else cue.properties.get("ft:cue-concept", "")
        inside = range(hit.start, hit.end)
        owners = {id(o): o for i in inside if (o := reading.owner[i]) is not None}
        if concept not in reading.words.view.concepts or any(
            o.end > hit.end or o.start < hit.start for o in owners.values()
        ):
            continue
        reading.mentions = [m for m in reading.mentions if id(m) not in owners]
        mention = Mention(hit.start, hit.end, "finding", concept, marks={ABSTINENCE})
        reading.mentions.append(mention)
        reading.owner[hit.start : hit.end] = [mention] * (hit.end - hit.start)
        reading.hits["scope"] = [
            h for h in reading.hits["scope"] if not _swallowed(h, reading.owner)
        ]
        for place in inside:
            reading.at.pop(place, None)
    reading.mentions.sort(key=lambda m: (m.start, m.nested, m.end))


def _is_degree(reading: Reading, place: int) -> bool:
    norm = reading.tokens[place].norm
    return reading.is_filler(place) or norm in reading.words.cues.lists["degree"]


def _mention(match: Match, corrected: frozenset[int]) -> Mention:
    sense = match.senses[0]
    fuzzy = any(place in corrected for place in range(match.start, match.end))
    return Mention(
        match.start, match.end, sense.kind, sense.id, sense.weak, fuzzy, sense.quantity
    )  # fmt: skip


def _functions(words: Words, tokens: list[Token], first: int, last: int) -> list[Mention]:
    kinds = frozenset({"function", "sound-function"})
    found = words.lexicon.find(tokens, first, last, kinds)
    return [Mention(m.start, m.end, s.kind, s.id) for m in found for s in m.senses]


def _nested(words: Words, tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    # "brief twitches" names a pattern and the finding that has it; "crept down to my mouth" a
    # pattern and a place.
    found = []
    for mention in mentions:
        if words.is_pattern(mention) and mention.end - mention.start > 1:
            if HISTORY in words.view.concepts[mention.id].roles:
                continue  # "since the palsy" tells of an earlier one, not of one that is there
            exclude = frozenset({mention.id})
            for match in words.lexicon.find(
                tokens, mention.start, mention.end, frozenset({"finding", "site"}), exclude
            ):
                inner = _mention(match, frozenset())
                if inner.kind == "site" or words.is_effect(inner):
                    inner.nested = True
                    found.append(inner)
    return found


def _swallowed(hit: Hit, owner: list[Mention | None]) -> bool:
    if "family-after" in hit.categories:
        return False  # "runs in the family" is a finding of its own and tells of what stands before
    mention = owner[hit.start]
    return mention is not None and mention.start <= hit.start and hit.end <= mention.end
