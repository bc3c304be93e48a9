"""What of all that was read is told back: what bears on the matter, and nothing against itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from functools import cached_property
from typing import Final

from kg.explain.teller import Teller
from kg.recognise.case import Finding

PLAIN: Final = 2  # rank of a finding that raises no flag
HIDDEN: Final = 2  # rank of the names that are not shown
_STEM: Final = 4  # letters that words of one root share
_WEIGHED: Final = 2  # explanations that are told
_CAUSE: Final = "ft:cause-kind"
_GIVEN: Final = "ft:prescribed-kind"
_ILLNESS: Final = "ft:candidate-kind"
_PATTERN: Final = "ft:pattern-kind"
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


class Bearing:
    """Tells which findings of one case are told back; `rank` says what a warning rests on."""

    def __init__(self, teller: Teller, rank: Callable[[Finding], int]) -> None:
        self._t = teller
        self._rank = rank

    def told(self, finding: Finding) -> bool:
        """Whether a finding is about the matter: what only stands in the story need not be.

        A habit or a pattern is, where a warning holds by it, a sign has it, a way leads from it, or
        an illness in sight comes after it; what was told in quite other words where it is weighed.
        Of two that cannot both be so neither is, but for what a warning rests on.
        """
        t, name = self._t, finding.id
        if self._rank(finding) < PLAIN:
            return True
        if self._opposed.intersection(t.view.broader(name)):
            return False
        if not (self._is_called(finding) or self._counts(finding)):
            return False
        habit = t.is_a(name, _CAUSE) and not (t.is_a(name, _ILLNESS) or t.is_a(name, _GIVEN))
        if not (habit or t.is_a(name, _PATTERN)):
            return True
        said = any(name in f.qualities and not t.is_a(f.id, _PATTERN) for f in t.case.findings)
        after = (name in t.settings(illness) for illness in (*t.pointed, *t.first))
        return said or t.way(name) is not None or any(after)

    def denied(self, finding: Finding, shown: Set[str]) -> bool:
        """Whether a denial is told back: in so many words, and of nothing that is `shown`."""
        kin = self._t.kin(finding.id)
        return self._is_called(finding) and kin.isdisjoint(shown)

    def _is_called(self, finding: Finding) -> bool:
        """Whether the words for a finding have a word of one of its names, or are one."""
        known = self._t.view.concepts.get(finding.id)
        if finding.span is None or known is None:
            return True
        own = _roots(self._t.case.text[slice(*finding.span)])
        named = known.ranked_names()
        names = " ".join(name for rank, name in named if rank < HIDDEN or " " not in name)
        names += f" {self._t.plain.name(finding.id)}"
        return not own.isdisjoint(_roots(names))

    def _counts(self, finding: Finding) -> bool:
        """Whether a finding is a sign of what the graph is about, or is weighed or leads to it."""
        t, concepts = self._t, self._t.view.concepts
        if any(concepts[b].scope_anchor for b in t.view.broader(finding.id) if b in concepts):
            return True
        return finding.id in self._weighed or t.way(finding.id) is not None

    @cached_property
    def _weighed(self) -> frozenset[str]:
        """What the explanations that are told rest on."""
        return frozenset(w.id for one in self._t.ranked[:_WEIGHED] for w in one.for_)

    @cached_property
    def _opposed(self) -> frozenset[str]:
        """What was read with its opposite."""
        met = {b for f in self._t.case.findings if f.status == "present"
               for b in self._t.view.broader(f.id)}  # fmt: skip
        pairs = self._t.view.opposites
        return frozenset(name for pair in pairs if met.issuperset(pair) for name in pair)


def _roots(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
