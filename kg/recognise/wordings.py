"""Wordings: ways of saying a finding, as short patterns of words with choices.

``{went|goes} {stiff|rigid} {all over|}`` stands for eight phrases. ``<go>`` inside a pattern is a
word set, a list of choices that is written once and shared; ``<go?>`` may be left out. ``…``
stands for up to six words, over commas but over no word of a cue;
``~`` for any six that no comma and no "and" stands between. A wording of
absence says that the finding is not there ("the eye stays open").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from marshal import dumps, loads
from typing import Any, NamedTuple

from kg.recognise.stems import stem
from kg.recognise.tokens import Token, vocabulary, words_of
from kg.view import Cue

ABSENT = "!"
"""Stands before the concept of a wording that says that it is not there."""

_SLOT = re.compile(
    r"\{(?P<choices>[^{}]*)\}|<(?P<set>[^<>?]*)(?P<free>\??)>|(?P<words>[^{}<>…~]+|…|~)"
)
_GAP, _WIDE = "…", "~"  # a narrow and a wide one
_MAX_GAP = 6  # words that a gap may stand for
_SET = "ft:set-"
_OF_ABSENCE = "ft:wording-of-absence"
_MAX_SKIPPED = 3  # fillers in a row that may stand inside a wording

_Slot = Mapping[str, Sequence[Sequence[str]]]
"""The choices of a slot by their first word; under "" where it may be left out."""


class _Wording(NamedTuple):
    """A wording: its slots, what it says, its words as they are written.

    A single word counts only as it is written: "uppers" are no "upper lip". `needed` are the
    slots that cannot be left out.
    """

    slots: Sequence[_Slot]
    needed: Sequence[_Slot]
    concept: str
    words: Sequence[str]


Possible = Mapping[str, Sequence[_Wording]]
"""The wordings that may stand in a stretch of text, by what their first word counts as."""


class Wordings:
    """The wordings of a view.

    Args:
        tables: what `compiled` made.
        skipped: words that may stand between theirs.
        barriers: words that a narrow gap does not reach over.
        stops: those of them that a wide gap does not reach over.
    """

    def __init__(
        self,
        tables: Mapping[str, Any],
        skipped: frozenset[str],
        barriers: Set[str] = frozenset(),
        stops: Set[str] = frozenset(),
    ) -> None:
        self._skipped = skipped
        self._barriers = {_GAP: barriers, _WIDE: stops}
        self._slots: Sequence[bytes] = tables["slots"]
        self._rows: Sequence[bytes] = tables["wordings"]
        self._known: dict[int, _Wording] = {}
        self._openings: Mapping[str, Mapping[int, Sequence[int]]] = tables["openings"]
        self._keys: Mapping[str, Sequence[int]] = tables["keys"]
        self.stems = frozenset(tables["stems"])
        """What the words of all wordings count as: none of them is a misspelt name."""

    @staticmethod
    def compiled(
        cues: Iterable[Cue], sets: Iterable[Cue], determiners: frozenset[str]
    ) -> dict[str, Any]:
        """Wordings taken apart, as tables that can be kept in a file.

        Args:
            cues: the wordings, each with the concept that it says.
            sets: the word sets that they share.
            determiners: words that are left out of them.
        """

        @cache
        def key(choice: str) -> list[str]:
            words = [w for w in words_of(choice) if w != "-"]
            return [stem(w) for w in words if w not in determiners] or [*map(stem, words)]

        shared: dict[str, list[str]] = {}
        for cue in sets:
            shared.setdefault(cue.id.removeprefix(_SET), []).append(cue.text)
        numbers: dict[tuple[str, ...], int] = {}
        slots: list[dict[str, list[list[str]]]] = []
        made = []
        for cue in cues:
            own = []
            for choices in _choices(cue.text, shared):
                if choices not in numbers:
                    numbers[choices] = len(slots)
                    slots.append(_slot(choices, key))
                own.append(numbers[choices])
            made.append((own, cue))
        held = Counter(word for slot in slots for word in slot)
        common = [sum(held[word] for word in slot) for slot in slots]
        wordings: list[tuple[list[int], list[int], str, list[str]]] = []
        openings: dict[str, dict[int, list[int]]] = {}
        keys: dict[str, set[int]] = {}
        for own, cue in made:
            # The slot whose words are in the fewest others is looked for first: most are not there.
            needed = sorted({n for n in own if "" not in slots[n]}, key=lambda n: (common[n], n))
            for word in slots[needed[0]]:
                keys.setdefault(word, set()).add(needed[0])
            for first in _firsts([slots[number] for number in own]):
                opened = openings.setdefault(first, {})
                opened.setdefault(needed[0], []).append(len(wordings))
            said = ABSENT if cue.category == _OF_ABSENCE else ""
            concept = said + cue.properties.get(
                "ft:cue-concept", cue.properties.get("ft:cue-kind", "")
            )
            wordings.append((own, needed, concept, words_of(cue.text)))
        texts = [cue.text for _, cue in made]
        stems = sorted(set(map(stem, vocabulary(texts))))
        return {
            "slots": [*map(dumps, slots)],
            "wordings": [*map(dumps, wordings)],
            "openings": openings,
            "keys": {word: sorted(numbers) for word, numbers in keys.items()},
            "stems": stems,
        }

    def possible(self, tokens: Sequence[Token], start: int, stop: int) -> Possible:
        """The wordings that have a word of each of their slots from `start` to `stop`."""
        there = {token.stem for token in tokens[start:stop]}
        met = {number for word in there & self._keys.keys() for number in self._keys[word]}
        found: dict[str, list[_Wording]] = {}
        for first in there & self._openings.keys():
            opened = self._openings[first]
            numbers = sorted(n for key in met & opened.keys() for n in opened[key])
            of_first = [
                wording
                for wording in map(self._wording, numbers)
                if not any(slot.keys().isdisjoint(there) for slot in wording.needed)
            ]
            if of_first:
                found[first] = of_first
        return found

    def _wording(self, number: int) -> _Wording:
        """A wording; most are never met and need not be unpacked."""
        known = self._known.get(number)
        if known is None:
            own, needed, *told = loads(self._rows[number])
            slots = {n: loads(self._slots[n]) for n in own}
            known = _Wording([slots[n] for n in own], [slots[n] for n in needed], *told)
            self._known[number] = known
        return known

    def longest(
        self, tokens: Sequence[Token], start: int, stop: int, possible: Possible
    ) -> tuple[int, int, str] | None:
        """Where the longest wording from `start` ends, the number of its words, what it says."""
        best: tuple[int, int, str] | None = None
        for wording in possible.get(tokens[start].stem, ()):
            slots = wording.slots
            paths = [(0, start, 0)]
            while paths:
                number, place, weight = paths.pop()
                if number == len(slots):
                    if weight == 1 and tokens[start].norm not in wording.words:
                        continue
                    if weight and (best is None or (place, weight) > best[:2]):
                        best = place, weight, wording.concept
                    continue
                slot = slots[number]
                if "" in slot:
                    paths.append((number + 1, place, weight))
                if gap := _GAP if _GAP in slot else _WIDE if _WIDE in slot else "":
                    reach = self._reach(tokens, place, stop, gap)
                    paths += [(number + 1, at, weight) for at in reach]
                    continue
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
        self, choice: Sequence[str], tokens: Sequence[Token], place: int, stop: int
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

    def _reach(self, tokens: Sequence[Token], place: int, stop: int, gap: str) -> Iterator[int]:
        """The places behind the words that a gap may stand for."""
        for at in range(place, min(stop, place + _MAX_GAP)):
            comma = gap == _GAP and tokens[at].norm == ","
            if (tokens[at].kind == "mark" and not comma) or (
                tokens[at].norm in self._barriers[gap]
            ):
                return
            yield at + 1

    def _is_skipped(self, token: Token) -> bool:
        return token.norm == "-" or token.norm in self._skipped


def _choices(text: str, shared: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """The choices of each slot; words outside of braces are a slot with one choice."""
    for found in _SLOT.finditer(text):
        if found["set"]:
            yield (*shared[found["set"]], *([""] if found["free"] else ()))
        elif found["choices"] is not None:
            yield tuple(found["choices"].split("|"))
        elif found["words"].strip():
            yield (found["words"],)


def _slot(choices: tuple[str, ...], key: Callable[[str], list[str]]) -> dict[str, list[list[str]]]:
    """The choices of a slot by their first word, each as what its words count as."""
    slot: dict[str, list[list[str]]] = {}
    if choices in ((_GAP,), (_WIDE,)):
        return {"": [], choices[0]: []}
    for words in map(key, choices):
        slot.setdefault(words[0] if words else "", []).append(words)
    return slot


def _firsts(slots: Iterable[_Slot]) -> set[str]:
    """What the words that a wording may begin with count as."""
    firsts: set[str] = set()
    for slot in slots:
        firsts.update(slot)
        if "" not in slot:
            break
    return firsts - {""}
