"""Frames: what is said of a part of the body names a finding ("my cheek pulls", "can't shut it").

A frame is a row of data: a predicate (words for what a part does, feels or fails to do), the parts
or bodily things (speech, breath, what is eaten) that it may be said of, and the concept that both
name together. A row may ask for an inability
("cannot" before the predicate) or for a repetition ("keeps", "all the time") beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.stems import stem
from kg.view import Cue, View

__all__ = ["Frames", "Scene"]

PARTS = frozenset({"site", "body-part", "foreign-place"})
_MAX_COST = 7
_PER_BREAK = 3  # cost of a comma or an "and" between a part and what is said of it
_PER_RIVAL = 4  # cost of a finding between them
_BEHIND = 1  # cost of a part that follows its predicate
_MAX_LEAD = 4  # words between "cannot" and what cannot be done
_MAX_CHAIN = 7  # words between two things that cannot be done ("raise my brow or shut that eye")


class _Row(NamedTuple):
    concept: str
    parts: frozenset[str]
    when: str | None


class Scene(NamedTuple):
    """A sentence as frames see it.

    `norms` are the words of the text; `weight` gives for each of them what it costs to step over
    it, `segment` the clause that it stands in; `parts` are the parts of the body and the bodily
    things in the sentence, `earlier` the last part named before it, `pronoun` whether "it" stands
    in the sentence; `inability` holds the starts and ends of the words that say that something
    cannot be done, and whether they may follow it; `repeated` tells whether something comes again
    and again.
    """

    norms: Sequence[str]
    weight: Sequence[int]
    segment: Sequence[int]
    parts: Sequence[Mention]
    findings: Sequence[Mention]
    earlier: Mention | None
    pronoun: bool
    inability: Sequence[tuple[int, int, bool]]
    repeated: bool


@dataclass(frozen=True)
class Frames:
    """The frames of a view, by predicate."""

    rows: dict[str, tuple[_Row, ...]]
    within: dict[str, tuple[str, ...]]

    @classmethod
    def build(cls, view: View, frames: Iterable[Cue]) -> Frames:
        """Index the frame rows of a view; rows of concepts that it does not have are left out."""
        rows: dict[str, list[_Row]] = {}
        for cue in frames:
            concept = cue.properties.get("ft:cue-concept", "")
            if concept not in view.concepts:
                continue
            parts = frozenset(cue.properties.get("ft:frame-part", "").split())
            row = _Row(concept, parts, cue.properties.get("ft:frame-when"))
            rows.setdefault(cue.properties.get("ft:frame-predicate", ""), []).append(row)
        sites = view.with_role("ft:site-kind")
        within = {site.id: _around(view, site.id) for site in sites}
        return cls({name: tuple(found) for name, found in rows.items()}, within)

    def read(self, hits: Iterable[Hit], scene: Scene) -> list[Mention]:
        """The findings that the predicates of a sentence name at its parts."""
        found: list[Mention] = []
        chained: int | None = None
        for hit in hits:
            if hit.end - hit.start == 1 and not _is_form(hit, scene.norms[hit.start]):
                continue
            near = self._near(hit, scene)
            unable = self._unable(hit, scene, chained)
            if unable is not None:
                row, part = self._fitting(hit, near, "ft:inability")
                if row is not None:
                    chained = max(hit.end, part.end if part is not None else 0)
                    start = unable if unable >= 0 else hit.start
                    found.append(_mention(start, hit.end, row.concept, part))
                    continue
            several = [p for p in near if _is_several(scene, p)]
            row, part = None, None
            if scene.repeated:
                row, part = self._fitting(hit, near, "ft:repetition")
            if row is None and several:
                row, part = self._fitting(hit, several, "ft:several")
            if row is None:
                row, part = self._fitting(hit, near, None)
            if row is not None:
                found.append(_mention(hit.start, hit.end, row.concept, part))
        return found

    def _fitting(
        self, hit: Hit, near: Sequence[Mention], when: str | None
    ) -> tuple[_Row | None, Mention | None]:
        """The row that fits the nearest part, with that part; a row may do without one."""
        for part in (*near, None):
            row = self._row(hit, part, when)
            if row is not None:
                return row, part
        return None, None

    def _row(self, hit: Hit, part: Mention | None, when: str | None) -> _Row | None:
        """The row of a predicate that fits a part best: the nearest place that it names."""
        best: tuple[int, _Row] | None = None
        around = () if part is None else self.within.get(part.id, (part.id,))
        for cue in hit.cues:
            for row in self.rows.get(cue.id, ()):
                if row.when != when:
                    continue
                if row.parts:
                    rank = next((n for n, p in enumerate(around) if p in row.parts), -1)
                else:
                    # A row without parts: any site of the graph, or nothing at all for a habit.
                    rank = 99 if when is not None or (part and part.kind == "site") else -1
                if rank >= 0 and (best is None or rank < best[0]):
                    best = rank, row
        return None if best is None else best[1]

    def _near(self, hit: Hit, scene: Scene) -> list[Mention]:
        """The parts that a predicate can be said of, the likeliest first."""
        costs: list[tuple[int, int, Mention]] = []
        for part in scene.parts:
            if part.start < hit.end and hit.start < part.end:
                continue
            behind = part.start >= hit.end
            start, end = (hit.end, part.start) if behind else (part.end, hit.start)
            cost = sum(scene.weight[start:end]) + (_BEHIND if behind else 0)
            cost += _PER_BREAK * abs(scene.segment[part.start] - scene.segment[hit.start])
            cost += _PER_RIVAL * sum(1 for f in scene.findings if start <= f.start < end)
            if cost <= _MAX_COST:
                costs.append((cost, part.start, part))
        costs.sort(key=lambda item: item[:2])
        if not costs and scene.pronoun and scene.earlier is not None:
            return [scene.earlier]
        return [part for _, _, part in costs]

    def _unable(self, hit: Hit, scene: Scene, chained: int | None) -> int | None:
        """Where "cannot" begins before a predicate; -1 when it was said of the item before."""
        for start, end, closes in scene.inability:
            between = hit.start - end
            if scene.segment[start] != scene.segment[hit.start]:
                continue
            behind = start - hit.end
            if closes and 0 <= behind <= 1:
                return hit.start
            if (
                not closes
                and 0 <= between <= _MAX_LEAD
                and scene.segment[start] == scene.segment[hit.start]
            ):
                return start
        if chained is not None and 0 <= hit.start - chained <= _MAX_CHAIN:
            return -1
        return None


def _mention(start: int, end: int, concept: str, part: Mention | None) -> Mention:
    mention = Mention(start, end, "finding", concept, framed=True)
    mention.places = [part] if part is not None and part.kind in PARTS else []
    return mention


def _is_several(scene: Scene, part: Mention) -> bool:
    """Whether a part is named in the plural ("both eyes", "my lids")."""
    last = scene.norms[part.end - 1]
    return last.endswith("s") and not last.endswith(("ss", "'s"))


def _is_form(hit: Hit, norm: str) -> bool:
    """Whether a word is an inflection of the predicate, not a shorter word with its stem."""
    key = stem(norm)
    texts = [c.text for c in hit.cues if " " not in c.text and stem(c.text) == key]
    return not texts or len(norm) >= min(map(len, texts))


def _around(view: View, site: str) -> tuple[str, ...]:
    order = [site]
    for item in order:
        order += [o for o in view.objects(item, "ft:part-of") if o not in order]
    return tuple(order)
