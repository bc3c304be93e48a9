"""The names of the graph's concepts, matched in a text: longest first, inflected, misspelt."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from kg.recognise.cues import CueBook
from kg.recognise.match import Match, Sense, ranked, strength
from kg.recognise.names import CUE, HIDDEN, Name, names_of
from kg.recognise.stems import stem
from kg.recognise.tokens import Token, vocabulary, words_of
from kg.recognise.trie import END, Trie
from kg.recognise.wordings import ABSENT, Possible, Wordings
from kg.view import View

_SPREAD = "ft:SpreadPattern"
NAMED = frozenset({"finding", "site", "body-part", "foreign-place"})
_ENDING = ("negation", "conjunction", "alternative", "termination", "cessation")
_LONGEST_ENDING = 3  # words
_MAX_SKIPPED = 3  # fillers in a row that may stand inside a term


class Lexicon:
    """All names of the reportable concepts and the sites of a view, by their word stems."""

    def __init__(self, view: View, cues: CueBook) -> None:
        self._determiners = cues.words["determiner"]
        sides = (c.text for c in cues.by_category.get("side", ()))
        self._skipped = self._determiners | cues.words["filler"] | {t for t in sides if len(t) > 2}
        self._common = cues.words["ordinary-word"] | cues.words["stop-word"]
        self._cues = cues
        # A word of a long phrase ("nobody ever told me it was") says nothing by itself.
        ending = (words_of(c.text) for name in _ENDING for c in cues.by_category.get(name, ()))
        short = [words for words in ending if len(words) <= _LONGEST_ENDING]
        self._barriers = frozenset(word for words in short for word in words)
        # A wide gap is ended by less: by "not", and not by the "is" of "is not".
        self._stops = frozenset({"not", *(words[0] for words in short if len(words) == 1)})
        self._trie: Trie[Name, Sense] = Trie(
            stem, attrgetter("label"), self._laid, self._determiners
        )
        self._trie.phrases += names_of(view, cues)
        self._view = view

    def tables(self) -> dict[str, Any]:
        """What takes long to make of the names, to be kept."""
        told = self._cues.by_category
        known = self._view.concepts
        every = (*told.get("wording", ()), *told.get("wording-of-absence", ()))
        wordings = [c for c in every if c.properties["ft:cue-concept"] in known]
        return {
            "names": self._trie.index,
            "words": sorted(self.words),
            "stems": sorted(set(map(stem, self.words))),
            "wordings": Wordings.compiled(wordings, told.get("word-set", ()), self._determiners),
            **{
                name: Wordings.compiled(
                    told.get(f"{name}-wording", ()), told.get("word-set", ()), self._determiners
                )
                for name in ("everyday", "reason")
            },
        }

    def use(self, tables: Mapping[str, Any]) -> None:
        """Take what was kept."""
        self._trie.index = tables["names"]
        self.words = frozenset(tables["words"])
        self._stems = frozenset(tables["stems"])
        self._wordings, self._everyday, self._reasons = (
            Wordings(tables[name], self._skipped, self._barriers, self._stops)
            for name in ("wordings", "everyday", "reason")
        )

    def _content(self, label: str) -> tuple[str, ...]:
        words = [word for word in words_of(label) if word != "-"]
        slashed = "/" in words  # no word of "h/a" is a determiner
        kept = words if slashed else [w for w in words if w not in self._determiners]
        # "Some days" is no name without "some": an everyday word alone would be met everywhere.
        bare = len(kept) == 1 and len(words) > 1 and self.is_ordinary(kept[0])
        return tuple(words if bare or not kept else kept)

    def _laid(self, name: Name) -> Iterator[tuple[str, Iterable[str], Sense]]:
        words = self._content(name.label)
        own = words if name.rank < CUE and name.quantity is None else ()
        weak = name.rank == HIDDEN and bool(own) and all(map(self.is_ordinary, own))
        if words:
            sense = Sense(name.kind, name.id, name.rank, weak, name.quantity, own)
            yield words[0], map(stem, words[1:]), sense

    def _is_another_word(self, sense: Sense, written: set[str]) -> bool:
        """Whether one everyday word only shares its stem with the name ("upper", no "uppers").

        An abbreviation has no form but its plural: "bébé" is no BEB.
        """
        if len(sense.words) != 1 or sense.words[0] in written or sense.rank > HIDDEN:
            return False
        if sense.words[0] in self._abbreviations:
            return f"{sense.words[0]}s" not in written
        return sense.words[0] not in self._common and all(w in self._common for w in written)

    def _is_done_to(self, sense: Sense, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Whether the attribute of a part is what was done to it: "banged my head"."""
        if len(sense.words) < 2 or end - start < 3 or not sense.words[0].endswith("ing"):
            return False
        owned = tokens[start + 1].norm in self._cues.words["possessive"]
        return owned and not tokens[start].norm.endswith("ing")

    @cached_property
    def _abbreviations(self) -> frozenset[str]:
        """The names of one word that are written in capitals."""
        return frozenset(n.label.lower() for n in self._trie.phrases if n.label.isupper())

    # -- looking up

    def senses(self, key: Sequence[str]) -> tuple[Sense, ...]:
        """The senses of a sequence of stems, the likeliest first; empty when there is none."""
        node = self._trie.branch(key[0]) if key else None
        for word in key[1:]:
            node = node.get(word) if node is not None else None
        return ranked(node.get(END, ())) if node is not None else ()

    def key(self, label: str) -> tuple[str, ...]:
        """The stems under which a label is entered."""
        return tuple(stem(word) for word in self._content(label))

    def find(
        self,
        tokens: Sequence[Token],
        start: int = 0,
        stop: int | None = None,
        kinds: frozenset[str] = NAMED,
        exclude: frozenset[str] = frozenset(),
        gaps: int = 0,
    ) -> list[Match]:
        """The longest matches from left to right, each token in one match at most.

        With `gaps`, so many words that nobody listed may stand inside a name of several words.
        """
        stop = len(tokens) if stop is None else stop
        worded = self._wordings.possible(tokens, start, stop) if "finding" in kinds else {}
        found = []
        for place in range(start, stop):
            first = tokens[place].stem
            if first not in self._trie and first not in worded:
                continue
            match = self._longest(tokens, place, stop, kinds, exclude, worded, gaps)
            if match is not None:
                found.append(match)
        found = [
            m
            for m in found
            if not any(_is_of_name(m, name) or self._splits(m, name) for name in found)
        ]
        if len(found) < 2:
            return found
        # Where matches overlap the longer one holds. What is left of the shorter one may still be
        # a name.
        taken: set[int] = set()
        kept = []
        waiting = sorted(found, key=strength)
        while waiting:
            match = waiting.pop(0)
            if taken.isdisjoint(match.extent):
                taken.update(match.extent)
                kept.append(match)
            elif match.start not in taken:
                end = min(place for place in match.extent if place in taken)
                shorter = self._longest(tokens, match.start, end, kinds, exclude, worded)
                if shorter is not None:
                    insort(waiting, shorter, key=strength)
        return sorted(kept, key=lambda m: m.start)

    def _longest(
        self,
        tokens: Sequence[Token],
        start: int,
        stop: int,
        kinds: frozenset[str],
        exclude: frozenset[str],
        possible: Possible,
        gaps: int = 0,
    ) -> Match | None:
        worded = self._worded(tokens, start, stop, exclude, possible)
        node = self._trie.branch(tokens[start].stem)
        if node is None:
            return worded
        best: Match | None = None
        # "The" adds nothing to "the mouth": of "the mouth corner" the corner holds.
        weight = int(tokens[start].norm not in self._determiners)
        paths: list[tuple[dict[str, Any], int, int, int, int]]
        paths = [(node, start + 1, 0, weight, gaps)]
        while paths:
            node, place, skipped, weight, left = paths.pop()
            if skipped == 0 and END in node and (best is None or place > best.end):
                written = {t.norm.removesuffix("'s") for t in tokens[start:place]}
                # An ordinary word counts only as it stands in the graph: "the runs", not "running".
                senses = [
                    s
                    for s in node[END]
                    if s.kind in kinds
                    and s.id not in exclude
                    and (not s.weak or (left == gaps and written.issuperset(s.words)))
                    and not self._is_another_word(s, written)
                    and not self._is_done_to(s, tokens, start, place)
                ]
                if senses:
                    best = Match(start, place, ranked(senses, written), weight)
            if place >= stop:
                continue
            token = tokens[place]
            if token.stem in node:
                paths.append((node[token.stem], place + 1, 0, weight + 1, left))
            if skipped < _MAX_SKIPPED and (token.norm == "-" or token.norm in self._skipped):
                paths.append((node, place + 1, skipped + 1, weight, left))
            elif left and token.kind == "word" and token.norm not in self._barriers:
                paths.append((node, place + 1, skipped + 1, weight, left - 1))
        return best if worded is None or (best and best.end >= worded.end) else worded

    def _worded(
        self,
        tokens: Sequence[Token],
        start: int,
        stop: int,
        exclude: frozenset[str],
        possible: Possible,
    ) -> Match | None:
        found = self._wordings.longest(tokens, start, stop, possible)
        if found is None or found[2].removeprefix(ABSENT) in exclude:
            return None
        end, weight, told = found
        concept = told.removeprefix(ABSENT)
        sense = Sense("finding", concept, HIDDEN, denied=concept != told)
        return Match(start, end, (sense,), weight)

    def everyday(self, tokens: Sequence[Token], start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Where everyday phrases begin and end in which grave words mean nothing of the body."""
        return ((first, last) for first, last, _ in _all(self._everyday, tokens, start, stop))

    def reasons(
        self, tokens: Sequence[Token], start: int, stop: int
    ) -> Iterator[tuple[int, int, str]]:
        """Where everyday reasons begin and end that are given for signs, and their kinds."""
        return _all(self._reasons, tokens, start, stop)

    # -- known words

    def _splits(self, pattern: Match, name: Match) -> bool:
        """Whether a spread begins within a sign's name: "cold hands and the eyelid twitches"."""
        told, own = pattern.senses[0], name.senses[0]
        if told.kind != "finding" or own.kind != "finding" or own.denied or name.weight < 2:
            return False
        within = name.start < pattern.start < name.end < pattern.end
        return within and _SPREAD in self._view.concepts[told.id].kinds

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the names."""
        return vocabulary(name.label for name in self._trie.phrases) - self._determiners

    def knows(self, token: Token) -> bool:
        """Whether a word is no misspelt name: one of the graph or the cues, or ordinary English."""
        if token.stem in self._trie or token.stem in self._stems:
            return True
        if token.norm in self._cues.known:
            return True
        if any(
            token.stem in told.stems for told in (self._wordings, self._everyday, self._reasons)
        ):
            return True
        return self.is_ordinary(token.norm)

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is an ordinary one, as it stands or in another form."""
        return word in self._common or stem(word) in self._common


def _all(
    wordings: Wordings, tokens: Sequence[Token], start: int, stop: int
) -> Iterator[tuple[int, int, str]]:
    """The longest wording at each place: where it begins and ends, and what it says."""
    possible = wordings.possible(tokens, start, stop)
    for place in range(start, stop) if possible else ():
        found = wordings.longest(tokens, place, stop, possible)
        if found is not None:
            yield place, found[0], found[2]


def _is_of_name(absence: Match, name: Match) -> bool:
    """Whether an absence is of what a longer name within it means: "no positional vertigo"."""
    denied, own = absence.senses[0], name.senses[0]
    within = absence.start < name.start < absence.end <= name.end
    return denied.denied and within and name.weight > 1 and not own.denied and own.id != denied.id
