"""The sentences that answer questions: of several, the one whose slots can all be filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from kg.recognise.stems import stem
from kg.view import View

_SLOT: Final = re.compile(r"\{(\w+)\}")
_CATEGORY: Final = "reply"
_NAMELESS: Final = "nameless-medicine"
_STAND_IN: Final = "stand-in"
_PART: Final = "question-part"
_ASKED: Final = "ask-part"
CUTTING: Final = "cutting"  # the part that speaks of taking less
CONTACT: Final = "contact"  # the part that names whom one calls or tells
LEAVE: Final = "leave"  # the part that asks whether one may
_POLAR: Final = "after-be"  # the part with which a question begins that asks for a yes or no
_LIGHT: Final = "1"  # weight of what every question has
_NAMING: Final = ("condition", "medicine", "remedy", "trigger")  # parts that name something


class Sentences:
    """The sentences of a view by what they answer.

    `meant` holds the illnesses that a concept stands for, `words` how people call each of them,
    `polar` the words that begin a question for a yes or no, `asking` all that it is made of,
    `hollow` the stems of those that name nothing, `spoken` those of parts that change what is
    asked, `nameless` the words with which the name of a medicine begins that names none.
    """

    def __init__(self, view: View) -> None:
        self.meant: dict[str, list[str]] = {}
        self.words: dict[str, str] = {}
        self.polar: set[str] = set()
        self.asking: set[str] = set()
        self.hollow: set[str] = set()
        self.nameless = {cue.text for cue in view.cues.get(_NAMELESS, ())}
        self.spoken: dict[str, set[str]] = {CUTTING: set(), LEAVE: set(), CONTACT: set()}
        self._texts: dict[str, list[str]] = {}
        self._needs: dict[str, frozenset[str]] = {}
        self._members: dict[str, frozenset[str]] = {}
        for cue in view.cues.get(_CATEGORY, ()):
            key = cue.properties["ft:cue-kind"]
            self._texts.setdefault(key, []).append(cue.text)
            self._needs[key] = frozenset(cue.properties.get("ft:cue-needs", "").split())
            self._members[key] = frozenset(cue.properties.get("ft:cue-member", "").split())
        for cue in view.cues.get(_STAND_IN, ()):
            meant = cue.properties["ft:cue-member"].split()
            self.meant[cue.properties["ft:cue-concept"]] = meant
            self.words.update(dict.fromkeys(meant, cue.text))
        for cue in view.cues.get(_ASKED, ()):
            kind = cue.properties["ft:cue-kind"]
            # "Is" alone asks for no leave.
            if kind in self.spoken and (kind == CUTTING or " " in cue.text):
                self.spoken[kind].add(cue.text)
        for cue in view.cues.get(_PART, ()):
            kind, words = cue.properties["ft:cue-kind"], cue.text.split()
            self.asking.update(() if kind in _NAMING else words)
            if kind == CONTACT:
                self.spoken[CONTACT].add(cue.text)
            if cue.properties["ft:cue-value"] == _LIGHT:
                self.hollow.update(map(stem, words))
            if kind == _POLAR:
                self.polar.add(cue.text)
        places = (view.label(c.id) for c in view.with_role("ft:structure-kind"))
        self.hollow.update(stem(word) for name in places for word in name.lower().split())
        for texts in self._texts.values():
            texts.sort(key=lambda text: (-len(_SLOT.findall(text)), text))

    def needs(self, key: str) -> Set[str]:
        """What a sentence is for, where it is not for everything."""
        return self._needs.get(key, frozenset())

    def members(self, key: str) -> Set[str]:
        """The concepts that a key stands for, where it stands for some."""
        return self._members.get(key, frozenset())

    def suits(self, key: str, kind: str) -> bool:
        """Whether there is a sentence under a key, and it may answer a kind of question."""
        needs = self.needs(key)
        return key in self._needs and (not needs or kind in needs)

    def most(self, keys: Iterable[str], slots: Mapping[str, Sequence[str]]) -> tuple[str, set[str]]:
        """The sentence that says most under the first of the keys that has one, and its slots."""
        for key in keys:
            for text in self._texts.get(key, ()):
                named = set(_SLOT.findall(text))
                if all(slots.get(name) for name in named):
                    return text, named
        return "", set()
