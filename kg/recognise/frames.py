"""Frames: what is said of a part of the body names a finding ("my cheek pulls", "can't shut it").

A frame is a row of data: a predicate (words for what a part does, feels or fails to do), the parts
or bodily things (speech, breath, what is eaten) that it may be said of, and the concept that both
name together. A row may ask for more beside it: an inability ("cannot"), a repetition ("keeps"),
a part that does it of itself, an occasion ("when"), or another finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.stems import is_plural, stem
from kg.view import Cue, View

PARTS = frozenset({"site", "body-part", "foreign-place"})
_MAX_COST = 7
_MAX_SURE = 3  # cost up to which a frame is surer than a name within its words
_PER_BREAK = 3  # cost of a comma or an "and" between a part and what is said of it
_PER_RIVAL = 4  # cost of a finding between them
_BEHIND = 1  # cost of a part that follows its predicate
_MAX_LEAD = 4  # words between "cannot" and what cannot be done
_MAX_CHAIN = 7  # words between two things that cannot be done ("raise my brow or shut that eye")
_MAX_SUBJECT = 2  # words between a part and what it does of itself
_MAX_OCCASION = 2  # words between "when" and what is done then

_AT_TIMES = frozenset({"ft:occasion"})
_INABILITY = "ft:inability"
_SEVERAL = "ft:several"
_SUBJECT = "ft:subject"
_LAST = "ft:nothing-after"
_NOWHERE = "ft:nowhere"
_OF_PART = "ft:of-a-part"  # said of a part, and of no movement that "it" stands for


class _Row(NamedTuple):
    concept: str
    parts: frozenset[str]
    when: frozenset[str]


class Scene(NamedTuple):
    """A sentence as frames see it.

    `norms` are the words of the text; `weight` gives for each of them what it costs to step over
    it, `segment` the clause that it stands in; `parts` are the parts of the body in the sentence,
    and the things that a body takes in, gives off or perceives; `earlier` is the last part named
    before it, `pronouns` holds the places of "it" in the sentence, `said` the
    parts that it could stand for (those inside names of findings too); `named` holds the starts of
    predicates that are names of findings by themselves; `inability` holds the starts and ends of
    the words that say that something cannot be done, and whether they may follow it; `sound` the
    starts of words that say that all is well, `occasions` the ends of words like "whenever";
    `moves` are the ends of its movements, and of the one that was told last before;
    `unfelt` takes the places of words that say that one of them is not noticed;
    `company` names what else is told in the sentence, as conditions of rows.
    """

    norms: Sequence[str]
    weight: Sequence[int]
    segment: Sequence[int]
    parts: Sequence[Mention]
    findings: Sequence[Mention]
    earlier: Mention | None
    pronouns: Set[int]
    said: Sequence[Mention]
    named: frozenset[int]
    inability: Sequence[tuple[int, int, bool]]
    sound: Sequence[int]
    occasions: Sequence[int]
    moves: Sequence[int]
    unfelt: set[int]
    company: frozenset[str]


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
            when = frozenset(cue.properties.get("ft:frame-when", "").split())
            row = _Row(concept, parts, when)
            rows.setdefault(cue.properties.get("ft:frame-predicate", ""), []).append(row)
        sites = view.with_role("ft:site-kind")
        within = {site.id: view.around(site.id) for site in sites}
        return cls({name: tuple(found) for name, found in rows.items()}, within)

    def read(self, hits: Iterable[Hit], scene: Scene) -> list[Mention]:
        """The findings that the predicates of a sentence name at its parts."""
        hits = [h for h in hits if h.end - h.start > 1 or _is_form(h, scene.norms[h.start])]
        # What happens "when I chew" is known before what the eye does then.
        done = [h for h in hits if _is_occasion(h, scene)]
        found = [
            _mention(hit.start, hit.end, row.concept, None)
            for hit in done
            if (row := self._row(hit, None, _AT_TIMES, _AT_TIMES))
        ]
        company = scene.company | {m.id for m in found}
        chained: int | None = None
        outer: Hit | None = None
        for hit in hits:
            # "Does not come down" fits a lid; of another part the "come down" in it is said.
            if outer is not None and hit.start < outer.end and (
                outer.start not in {start for start, *_ in scene.inability}
                or any(m.start <= hit.start < m.end for m in found)
            ):  # fmt: skip
                continue
            outer = hit
            unable = self._unable(hit, scene, chained)
            near = self._near(hit, scene, unable is not None and 0 <= unable < hit.start)
            moved = _is_of_movement(hit, scene)
            own = company if moved else company | {_OF_PART}
            if moved and unable is not None and any(
                _OF_PART in row.when for cue in hit.cues for row in self.rows.get(cue.id, ())
            ):  # fmt: skip
                scene.unfelt.update(range(max(unable, 0), hit.end + 1))
            if unable is not None and not _is_of_finding(hit, scene):
                row, part = self._fitting(hit, near, scene, own | {_INABILITY}, {_INABILITY})
                if row is not None:
                    chained = max(hit.end, part.end if part is not None else 0)
                    start = unable if unable >= 0 else hit.start
                    found.append(_mention(start, hit.end, row.concept, part))
                    continue
            row, part = self._fitting(hit, near, scene, own, frozenset())
            if row is not None:
                found.append(_mention(hit.start, hit.end, row.concept, part))
        return found

    def _fitting(
        self,
        hit: Hit,
        near: Sequence[Mention],
        scene: Scene,
        holding: Set[str],
        needed: Set[str],
    ) -> tuple[_Row | None, Mention | None]:
        """The row that fits the nearest part, with that part; a row may do without one."""
        for part in near if hit.start in scene.named else (*near, None):
            row = self._row(hit, part, holding | _of_part(hit, part, scene), needed)
            if row is not None:
                return row, part
        return None, None

    def _row(
        self, hit: Hit, part: Mention | None, holding: Set[str], needed: Set[str]
    ) -> _Row | None:
        """The row of a predicate that fits a part best: most conditions, then the nearest place."""
        best: tuple[tuple[int, int], _Row] | None = None
        around = () if part is None else self.within.get(part.id, (part.id,))
        for cue in hit.cues:
            for row in self.rows.get(cue.id, ()):
                if not needed <= row.when <= holding:
                    continue
                if part is None and _NOWHERE in row.parts:
                    rank = 0
                elif row.parts:
                    rank = next((n for n, p in enumerate(around) if p in row.parts), -1)
                else:
                    # A row without parts: any site of the graph, or nothing at all for a habit.
                    rank = 99 if row.when or (part and part.kind == "site") else -1
                order = -len(row.when), rank
                if rank >= 0 and (best is None or order < best[0]):
                    best = order, row
        return None if best is None else best[1]

    def _near(self, hit: Hit, scene: Scene, unable: bool) -> list[Mention]:
        """The parts that a predicate can be said of, the likeliest first."""
        costs: list[tuple[int, int, Mention]] = []
        most = _MAX_SURE if hit.start in scene.named else _MAX_COST
        for part in scene.parts:
            cost = _cost(hit, part, scene)
            if cost is not None and cost <= most:
                costs.append((cost, part.start, part))
        costs.sort(key=lambda item: item[:2])
        near = [part for _, _, part in costs]
        if not near or hit.end in scene.pronouns:
            meant = _meant(hit, scene, unable)
            return near if meant is None else [meant, *near]
        return near

    def _unable(self, hit: Hit, scene: Scene, chained: int | None) -> int | None:
        """Where "cannot" begins before a predicate; -1 when it was said of the item before."""
        for start, end, closes in scene.inability:
            between = hit.start - end
            if scene.segment[start] != scene.segment[hit.start]:
                continue
            behind = start - hit.end
            if closes and 0 <= behind <= 1:
                return hit.start
            if not closes and 0 <= between <= _MAX_LEAD:
                return start
        if chained is not None and 0 <= hit.start - chained <= _MAX_CHAIN:
            return -1
        return None


def _is_of_finding(hit: Hit, scene: Scene) -> bool:
    """Whether what cannot be done is done to a finding: "I no longer feel the twitch"."""
    own = scene.segment[hit.start]
    behind = [f.start for f in scene.findings if f.start >= hit.end]
    return any(scene.segment[i] == own and not sum(scene.weight[hit.end : i]) for i in behind)


def _is_of_movement(hit: Hit, scene: Scene) -> bool:
    """Whether "it" is the movement told last: "my lid twitches, I don't feel it"."""
    moved = max((end for end in scene.moves if end <= hit.start), default=-1)
    named = max((p.end for p in scene.said if p.end <= hit.start), default=0)
    return hit.end in scene.pronouns and moved >= named


def _cost(hit: Hit, part: Mention, scene: Scene) -> int | None:
    """What it costs to say the predicate of the part; None where one stands in the other."""
    if hit.start < part.start and part.end < hit.end:
        return 0  # "pulls my mouth up"
    if part.start < hit.end and hit.start < part.end:
        return None
    behind = part.start >= hit.end
    start, end = (hit.end, part.start) if behind else (part.end, hit.start)
    cost = sum(scene.weight[start:end]) + (_BEHIND if behind else 0)
    cost += _PER_BREAK * abs(scene.segment[part.start] - scene.segment[hit.start])
    return cost + _PER_RIVAL * sum(1 for f in scene.findings if start <= f.start < end)


def _meant(hit: Hit, scene: Scene, unable: bool) -> Mention | None:
    """The part that an "it" beside a predicate stands for: the last one that was named before."""
    object_ = hit.end in scene.pronouns
    places = {hit.end} if object_ else scene.pronouns & {
        i for i in range(hit.start - _MAX_SUBJECT - 1, hit.start)
        if i >= 0 and scene.segment[i] == scene.segment[hit.start]
    }  # fmt: skip
    before = [p for p in scene.said if any(p.end <= i for i in places)]
    if before or not places or scene.said or scene.earlier is None:
        return before[-1] if before else None
    return scene.earlier if object_ or unable or not scene.earlier.nested else None


def _of_part(hit: Hit, part: Mention | None, scene: Scene) -> frozenset[str]:
    """The conditions that hold for a predicate said of this part."""
    if part is None:
        return frozenset()
    several = {_SEVERAL} if is_plural(scene.norms[part.end - 1]) else set()
    own = {_SUBJECT} if _is_subject(hit, part, scene) else set()
    last = {_LAST} if _is_last(hit, scene) else set()
    return frozenset(several | own | last)


def _is_last(hit: Hit, scene: Scene) -> bool:
    """Whether the predicate is all that is done: "won't stop", not "won't stop running"."""
    after = hit.end
    return (
        after >= len(scene.norms)
        or not scene.weight[after]
        or (scene.segment[after] != scene.segment[hit.start])
    )


def _is_subject(hit: Hit, part: Mention, scene: Scene) -> bool:
    """Whether the part is what does it, of itself: it stands before, and nothing says "well"."""
    if part.end > hit.start or scene.segment[part.start] != scene.segment[hit.start]:
        return False
    if any(part.end <= s <= hit.end + _MAX_SUBJECT for s in scene.sound):
        return False
    # "The swelling in my cheek does not go down": the swelling is the subject.
    if any(part.end <= f.start < hit.start or 0 < part.start - f.end <= _MAX_LEAD - 1
           for f in scene.findings):  # fmt: skip
        return False
    return sum(scene.weight[part.end : hit.start]) <= _MAX_SUBJECT


def _is_occasion(hit: Hit, scene: Scene) -> bool:
    return any(0 <= hit.start - end <= _MAX_OCCASION for end in scene.occasions)


def _mention(start: int, end: int, concept: str, part: Mention | None) -> Mention:
    mention = Mention(start, end, "finding", concept, framed=True)
    mention.places = [] if part is None else [part]
    return mention


def _is_form(hit: Hit, norm: str) -> bool:
    """Whether a word is an inflection of the predicate, not a shorter word with its stem."""
    key = stem(norm)
    texts = [c.text for c in hit.cues if " " not in c.text and stem(c.text) == key]
    return not texts or len(norm) >= min(map(len, texts))
