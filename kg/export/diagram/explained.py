"""The scene of an explanation: a sensible number of its chains, and the remedies that cut them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.explain.model import (
    EvidenceItem,
    Explanation,
    Link,
    RankedRemedy,
)
from kg.explain.phrasing import capital
from kg.explain.summary import OUTSIDE
from kg.explain.wording import listed
from kg.export.diagram.appearance import Appearance
from kg.export.diagram.chosen import Chosen, Drawn
from kg.export.diagram.measure import clean
from kg.export.diagram.scene import (
    Arrow,
    Banner,
    Item,
    Scene,
    Tag,
    against,
    citation,
    node_title,
)
from kg.export.drawing import Drawing, Edge, Node
from kg.export.watch import watched

_REMEDIES: Final = 8
_SHARED: Final = 2  # a remedy that acts on so many concepts is told once, below them all
_TAGS: Final = 2  # remedies beside one concept; the rest are counted


def explained(
    drawing: Drawing, explanation: Explanation, looks: Appearance, level: str = "plain"
) -> Scene:
    """Choose what the diagram of an explanation shows, and say what it leaves out."""
    return _Choice(drawing, explanation, looks, level).scene()


class _Choice:
    def __init__(
        self, drawing: Drawing, explanation: Explanation, looks: Appearance, level: str
    ) -> None:
        self._plainly = level == "plain"
        self._told = explanation
        self._looks = looks
        self._numbers = drawing.numbers()
        self._nodes = {node.id: node for node in drawing.nodes}
        self._edges = {edge.id: edge for edge in drawing.edges}
        self._used: set[str] = set()
        self._chosen = Chosen(explanation)

    def scene(self) -> Scene:
        chains = self._chosen.chains()
        links = {s.claim: s for _, chain in chains for s in chain.steps}
        ends = list(dict.fromkeys(chain.end for _, chain in chains))
        starts = list(dict.fromkeys(start for start, _ in chains))
        names = dict.fromkeys(
            [*starts, *(n for s in links.values() for n in (s.subject, s.object))]
        )
        lonely = [n for n in self._told.unexplained if n not in names]
        names.update(dict.fromkeys(lonely))
        shared = self._shared(list(names))
        tags, more, untold = self._tags(list(names), {tag.id for tag, _ in shared})
        open_ = self._chosen.unreported() & set(starts)
        items = tuple(
            replace(
                self._item(name),
                open=name in open_,
                strong=name in starts or name in ends,
                tags=tags.get(name, ()),
                more=more.get(name, ""),
            )
            for name in names
        )
        arrows = tuple(self._arrow(link) for link in links.values())
        labels = [self._label(end) for end in ends or lonely]
        title = f"What may explain {listed(labels)}" if labels else "What was understood"
        return Scene(
            title=clean(title, 160),
            description=self._description(chains),
            items=items,
            arrows=arrows,
            first=tuple(starts),
            last=(*ends, *lonely),
            headings=("What may lie behind it", "How it comes about", "What is felt or seen"),
            banner=self._banner(),
            shared=shared,
            notes=tuple(self._notes(chains, lonely, open_, untold)),
            sources=tuple(
                (number, source)
                for number, source in enumerate(self._told.sources, 1)
                if source.id in self._used
            ),
        )

    # -- remedies

    def _shared(self, names: list[str]) -> tuple[tuple[Tag, str], ...]:
        """The remedies that act on many of the concepts, with the labels of these."""
        found = []
        for remedy in self._told.remedies[:_REMEDIES]:
            places = [name for name in remedy.acts_on if name in names and name != remedy.id]
            if len(places) >= _SHARED:
                told = clean(listed([self._label(name) for name in places]), 240)
                found.append((self._tag(remedy, ""), told))
        return tuple(found)

    def _tags(
        self, names: list[str], shared: set[str]
    ) -> tuple[dict[str, tuple[Tag, ...]], dict[str, str], int]:
        """The remedies beside the concepts that they act on, and how many were left out."""
        tags: dict[str, list[Tag]] = {}
        left: dict[str, int] = {}
        drawn: set[str] = set()
        untold = 0
        for remedy in self._told.remedies:
            if remedy.id in shared:
                continue
            places = [name for name in remedy.acts_on if name in names and name != remedy.id]
            room = [name for name in places if len(tags.get(name, ())) < _TAGS]
            if not room or (len(drawn) >= _REMEDIES and remedy.id not in drawn):
                untold += 1
                for name in places:
                    left[name] = left.get(name, 0) + 1
                continue
            drawn.add(remedy.id)
            for name in places:
                if name in room:
                    tags.setdefault(name, []).append(self._tag(remedy, name))
                else:
                    left[name] = left.get(name, 0) + 1
        more = {n: f"+{count} more" for n, count in left.items() if n in tags}
        return {name: tuple(told) for name, told in tags.items()}, more, untold

    def _tag(self, remedy: RankedRemedy, name: str) -> Tag:
        edge = next(
            (e for e in self._edges.values() if (e.source, e.target) == (remedy.id, name)), None
        )
        evidence = edge.evidence if edge is not None else remedy.evidence
        raises = edge is not None and (edge.polarity or 0) > 0
        details = [f"Limit: {remedy.limit}"] if remedy.limit else []
        details += (
            [f"Time until it works: {remedy.time_to_effect}"] if remedy.time_to_effect else []
        )
        details += [f"Take care: {'; '.join(remedy.cautions)}"] if remedy.cautions else []
        why = f" – {remedy.why}" if remedy.why else ""
        return Tag(
            remedy.id,
            clean(self._label(remedy.id)),
            self._cite(evidence),
            self._looks.look(remedy.kind),
            "up" if raises else "down",
            clean(". ".join([f"{remedy.label}{why}", *details]), 400),
        )

    # -- items, arrows, words

    def _item(self, name: str) -> Item:
        node = self._nodes.get(name)
        if node is None:
            kind = self._told.kinds.get(name, "ft:Concept")
            node = Node(name, self._label(name), kind, "concept", None, "", "")
        return Item(name, clean(node.label), self._looks.look(node.kind), node_title(node))

    def _arrow(self, link: Link) -> Arrow:
        edge = self._edges.get(link.claim)
        hedge = self._looks.hedges.get(link.hedge, "")
        contested = bool(link.contested_by) or (edge is not None and edge.contested)
        text = self._said(link)
        return Arrow(
            link.claim,
            link.subject,
            link.object,
            self._looks.line(link.relation, link.polarity),
            tuple(filter(None, (hedge, self._cite(link.evidence, edge)))),
            clean(f"{text}{' (sources disagree)' if contested else ''}", 300),
            contested,
        )

    def _said(self, link: Link) -> str:
        return link.plain if self._plainly and link.plain else link.text

    def _cite(self, evidence: Iterable[EvidenceItem], edge: Edge | None = None) -> str:
        items = tuple(evidence)
        refuted = frozenset(i.source for i in items if i.direction == "refutes")
        refuted |= against(edge) if edge is not None else frozenset()
        self._used.update(item.source for item in items)
        return citation(tuple(dict.fromkeys(i.source for i in items)), refuted, self._numbers)

    def _label(self, name: str) -> str:
        if self._plainly and name in self._told.lay_labels:
            return self._told.lay_labels[name]
        node = self._nodes.get(name)
        known = node.label if node is not None else self._told.labels.get(name)
        return known if known is not None else name.rpartition(":")[2].replace("-", " ")

    def _banner(self) -> Banner:
        urgency = self._told.urgency
        reasons = []
        reasons += [clean(q.text, 200) for q in self._told.questions if q.quote is not None]
        for flag in urgency.because:
            if flag.level == urgency.level:
                cited = self._cite(flag.evidence)
                reasons.append(clean(f"{capital(flag.label)} {cited}".rstrip(), 200))
        return Banner(
            self._looks.look(f"ft:{urgency.level}"),
            clean(capital(urgency.label)),
            clean(urgency.advice, 300),
            tuple(reasons),
            bool(urgency.because) or not urgency.clear,
        )

    def _notes(
        self, chains: list[Drawn], lonely: list[str], open_: set[str], untold: int
    ) -> Iterator[str]:
        told = self._told
        if not told.in_scope:
            yield OUTSIDE
        if open_:
            yield "Nothing that was told explains it; what has a broken outline was not mentioned."
        if lonely:
            yield f"Nothing here explains: {clean(listed([self._label(n) for n in lonely]), 200)}."
        drawn = {start for start, _ in chains}
        causes = [c for c in told.causes if c.id not in drawn and c.chains]
        conditions = [c for c in told.conditions if c.id not in drawn and c.described]
        ways = sum(len(cause.chains) for cause in told.causes if cause.id in drawn)
        ways += sum(len(c.chains) for c in told.conditions if c.id in drawn)
        left = [
            _count(ways - len(chains), "further way", "further ways"),
            _count(len(causes), "other possible cause", "other possible causes"),
            _count(len(conditions), "less likely condition", "less likely conditions"),
            _count(untold, "further remedy", "further remedies"),
        ]
        if any(left):
            yield f"Left out of this picture: {listed([each for each in left if each])}."
        if told.in_scope and any(r.limit or r.cautions for r in told.remedies):
            yield "The limits and cautions of the remedies stand in the text of the answer."
        yield from watched(told, self._label)
        yield clean(told.disclaimer, 400)

    def _description(self, chains: list[Drawn]) -> str:
        urgency = self._told.urgency
        lines = [f"{capital(urgency.label)}: {urgency.advice}"]
        for _, chain in chains:
            lines.append(f"{capital('; '.join(map(self._said, chain.steps)))}.")
        return clean(" ".join(lines), 4000)


def _count(number: int, one: str, many: str) -> str:
    return "" if number <= 0 else f"{number} {one if number == 1 else many}"
