"""Wordings: ways of saying a finding, as short patterns of words with choices.

``{went|goes} {stiff|rigid} {all over|}`` stands for eight phrases. ``<go>`` inside a pattern is a
word set, a list of choices that is written once and shared; ``<go?>`` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, vocabulary, words_of
from kg.view import Cue

__all__ = ["Wording", "Wordings"]

_SLOT = re.compile(r"\{([^{}]*)\}|<([^<>]*)>")
_SET = "ft:set-"
_MAX_SKIPPED = 3  # fillers in a row that may stand inside a wording

_Choice = tuple[str, ...]
_Slot = dict[str, list[_Choice]]  # choices by their first word; under "" when there may be none


class Wording(NamedTuple):
    """One wording, parsed: what may stand in each of its slots, what it says, its words as written.

    A single word counts only as it is written: "uppers" are no "upper lip". `needs` tells for each
    slot that cannot be left out what its choices begin with.
    """

    slots: tuple[_Slot, ...]
    concept: str
    words: frozenset[str]
    needs: tuple[frozenset[str], ...]


class Wordings:
    """The wordings of a view; each is parsed when a text first has a word that it begins with.

    Args:
        cues: the wordings, each with the concept that it says.
        sets: the word sets that they share.
        determiners: words that are left out of them.
        skipped: words that may stand between theirs.
    """

    def __init__(
        self,
        cues: Iterable[Cue],
        sets: Iterable[Cue],
        determiners: frozenset[str],
        skipped: frozenset[str],
    ) -> None:
        self._determiners = determiners
        self._skipped = skipped
        self._sets: dict[str, list[str]] = {}
        for cue in sets:
            self._sets.setdefault(cue.id.removeprefix(_SET), []).append(cue.text)
        self._cues = tuple(cues)
        self._waiting: dict[str, list[Cue]] = {}
        self._parsed: dict[str, Wording] = {}
        for cue in self._cues:
            for opening in self._openings(cue.text):
                self._waiting.setdefault(opening, []).append(cue)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the words of all wordings count as: none of them is a misspelt name."""
        return frozenset(map(stem, vocabulary(cue.text for cue in self._cues)))

    def __contains__(self, first: str) -> bool:
        return first in self._waiting

    def _openings(self, text: str) -> set[str]:
        """What the words that a wording may begin with count as."""
        openings: set[str] = set()
        for choices in self._choices(text):
            keys = [self._key(choice) for choice in choices]
            openings.update(key[0] for key in keys if key)
            if all(keys):
                break
        return openings

    def _choices(self, text: str) -> Iterator[Sequence[str]]:
        """The choices of each slot; words outside of braces are a slot with one choice."""
        place = 0
        for match in _SLOT.finditer(text):
            if text[place : match.start()].strip():
                yield [text[place : match.start()]]
            place = match.end()
            if match[2]:
                name = match[2].removesuffix("?")
                yield [*self._sets[name], ""] if match[2] != name else self._sets[name]
            else:
                yield match[1].split("|")
        if text[place:].strip():
            yield [text[place:]]

    def _key(self, choice: str) -> _Choice:
        words = [w for w in words_of(choice) if w != "-"]
        key = tuple(stem(w) for w in words if w not in self._determiners)
        return key or tuple(map(stem, words))

    def _wording(self, cue: Cue) -> Wording:
        found = self._parsed.get(cue.text)
        if found is None:
            slots: list[_Slot] = []
            for choices in self._choices(cue.text):
                slot: _Slot = {}
                for key in map(self._key, choices):
                    slot.setdefault(key[0] if key else "", []).append(key)
                slots.append(slot)
            written = frozenset(words_of(cue.text))
            needs = tuple(frozenset(slot) for slot in slots if "" not in slot)
            found = Wording(tuple(slots), cue.properties["ft:cue-concept"], written, needs)
            self._parsed[cue.text] = found
        return found

    def longest(
        self, tokens: Sequence[Token], start: int, stop: int
    ) -> tuple[int, int, str] | None:
        """Where the longest wording from `start` ends, the number of its words, what it says."""
        best: tuple[int, int, str] | None = None
        waiting = self._waiting.get(tokens[start].stem, ())
        there = {t.stem for t in tokens[start:stop]} if waiting else set()
        for wording in map(self._wording, waiting):
            if any(map(there.isdisjoint, wording.needs)):
                continue
            paths = [(0, start, 0)]
            while paths:
                number, place, weight = paths.pop()
                if number == len(wording.slots):
                    if weight == 1 and tokens[start].norm not in wording.words:
                        continue
                    if weight and (best is None or place > best[0]):
                        best = place, weight, wording.concept
                    continue
                slot = wording.slots[number]
                if "" in slot:
                    paths.append((number + 1, place, weight))
                for end, count in self._steps(slot, tokens, place, stop, weight):
                    paths.append((number + 1, end, weight + count))
        return best

    def _steps(
        self, slot: _Slot, tokens: Sequence[Token], place: int, stop: int, weight: int
    ) -> Iterator[tuple[int, int]]:
        """Where the choices of a slot end that follow at `place`, and the number of their words."""
        for at in range(place, min(stop, place + _MAX_SKIPPED + 1)):
            for choice in slot.get(tokens[at].stem, ()):
                end = self._followed(choice, tokens, at, stop)
                if end is not None:
                    yield end, len(choice)
            # What begins a wording begins it at its place.
            if not weight or not self._is_skipped(tokens[at]):
                return

    def _followed(
        self, choice: _Choice, tokens: Sequence[Token], place: int, stop: int
    ) -> int | None:
        """Where a choice ends that begins at `place`; None where its words do not follow."""
        for word in choice:
            limit = min(stop, place + _MAX_SKIPPED)
            while place < limit and tokens[place].stem != word and self._is_skipped(tokens[place]):
                place += 1
            if place >= stop or tokens[place].stem != word:
                return None
            place += 1
        return place

    def _is_skipped(self, token: Token) -> bool:
        return token.norm == "-" or token.norm in self._skipped
