"""From a scene to SVG: measure, lay out, draw; then head, legend, notes and sources around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from kg.export.diagram.appearance import Look
from kg.export.diagram.boxes import TagBox, fit, item_box, label_size
from kg.export.diagram.frame import Frame
from kg.export.diagram.layered import Layout, Link, Place, arrange
from kg.export.diagram.lines import head, route
from kg.export.diagram.scene import Arrow, Item, Scene
from kg.export.diagram.svg import FONT, element, group, inset, outline, text, titled
from kg.export.diagram.theme import style
from kg.export.themes import AUTO

ROOT: Final = "kg-diagram"
_EDGE: Final = 18.0  # paper around everything
_NARROWEST: Final = 640.0


def paint(scene: Scene, theme: str = AUTO) -> str:
    """Draw a scene.

    Args:
        scene: what to draw.
        theme: "auto" follows the reader's setting, the others are fixed.
    """
    return _Canvas(scene, theme).svg()


class _Canvas:
    def __init__(self, scene: Scene, theme: str) -> None:
        self._scene = scene
        self._theme = theme
        self._looks: dict[str, Look] = {}
        out, into = (
            Counter(ends)
            for ends in ((a.source for a in scene.arrows), (a.target for a in scene.arrows))
        )
        self._boxes = {i.id: item_box(i, max(out[i.id], into[i.id])) for i in scene.items}
        sizes = {arrow.id: label_size(arrow.words) for arrow in scene.arrows}
        self._layout = arrange(
            [box.box for box in self._boxes.values()],
            [Link(a.id, a.source, a.target, *sizes[a.id]) for a in scene.arrows],
            scene.first,
            scene.last,
        )
        self._width = max(self._layout.width + 2 * _EDGE, _NARROWEST)
        self._left = (self._width - self._layout.width) / 2

    def svg(self) -> str:
        """The whole file."""
        scene = self._scene
        frame = Frame(scene, self._width, _EDGE, self._class)
        above, top = frame.above()
        graph = group(*self._headings(top), *self._graph(top + (22 if scene.headings else 0)))
        bottom = top + (22 if scene.headings else 0) + self._layout.height + 22
        below, height = frame.below(bottom, self._kinds())
        body = [
            element("title", escape(scene.title)),
            element("desc", escape(scene.description)),
            "",
            element("rect", class_="paper", x=0, y=0, width=self._width, height=height),
            *above,
            graph,
            *below,
        ]
        # The style sheet comes last to be written: only now is known which looks are used.
        body[2] = element("style", style(ROOT, self._looks.values(), self._theme))
        return (
            element(
                "svg",
                "\n" + "\n".join(body) + "\n",
                xmlns="http://www.w3.org/2000/svg",
                class_=ROOT,
                role="img",
                viewBox=f"0 0 {self._width:.0f} {height:.0f}",
                width=f"{self._width:.0f}",
                height=f"{height:.0f}",
                font_family=FONT,
            )
            + "\n"
        )

    def _class(self, look: Look) -> str:
        """The class of a look; it is noted as used."""
        self._looks.setdefault(look.id, look)
        return f"k{list(self._looks).index(look.id)}"

    def _kinds(self) -> list[Look]:
        tags = [tag.look for item in self._scene.items for tag in item.tags]
        tags += [tag.look for tag, _ in self._scene.shared]
        looks = {look.id: look for look in (*(i.look for i in self._scene.items), *tags)}
        return list(looks.values())

    def _headings(self, top: float) -> Iterator[str]:
        if self._scene.headings is None or len(self._layout.columns) < 2:
            return
        columns = self._layout.columns
        first, middle, last = self._scene.headings
        right = self._left + columns[-1].right
        centre = self._left + self._layout.width / 2
        yield text(first, self._left, top + 10, 11.5, bold=True, class_="quiet")
        if len(columns) > 2:
            yield text(middle, centre, top + 10, 11.5, anchor="middle", bold=True, class_="quiet")
        yield text(last, right, top + 10, 11.5, anchor="end", bold=True, class_="quiet")

    # -- the graph

    def _graph(self, top: float) -> Iterator[str]:
        layout = _moved(self._layout, self._left, top)
        arrows = [a for a in self._scene.arrows if a.id in layout.routes]
        ports = _ports(arrows, layout)
        lines = [self._arrow(arrow, layout, ports) for arrow in arrows]
        items = (self._item(item, layout.boxes[item.id]) for item in self._scene.items)
        yield group(*(line for line, _ in lines), class_="lines")
        yield group(*items, class_="items")
        yield group(*(mark for _, mark in lines if mark), class_="labels")

    def _arrow(
        self, arrow: Arrow, layout: Layout, ports: dict[tuple[str, str], float]
    ) -> tuple[str, str]:
        """The line of an arrow with its head, and its label."""
        left, right = arrow.source, arrow.target
        turned = arrow.id in layout.turned
        if turned:
            left, right = right, left
        ends = []
        for name, side in ((left, 1), (right, -1)):
            place, box = layout.boxes[name], self._boxes[name]
            offset = ports[arrow.id, name]
            inside = inset(box.look.shape, box.height, offset)
            x = place.x + side * (box.width / 2 - inside)
            ends.append((x, place.y + offset))
        label = layout.labels.get(arrow.id)
        way = layout.routes[arrow.id]
        sides = [
            _column(layout, layout.boxes[left]).right,
            _column(layout, layout.boxes[right]).left,
        ]
        outer = [
            # Beside a node narrower than its column, its wider neighbours are passed straight.
            (side if abs(near.y - y) > layout.boxes[name].above else x, y)
            for (x, y), side, near, name in zip(
                ends, sides, (way[0], way[-1]), (left, right), strict=True
            )
        ]
        points = [ends[0], outer[0], *_between(way), outer[1]]
        points.append(ends[1])
        if turned:
            points.reverse()
        shapes, tip = head(arrow.line, points[-1], -1 if turned else 1)
        points[-1] = tip
        line = titled(
            arrow.title,
            element("path", d=route(points), class_=f"line {arrow.line}"),
            *shapes,
        )
        return line, self._label(arrow, label) if label is not None else ""

    def _label(self, arrow: Arrow, place: Place) -> str:
        contested = " contested" if arrow.contested else ""
        pad = element(
            "rect",
            x=place.left,
            y=place.top,
            width=place.width,
            height=place.above + place.below,
            rx=3,
            class_=f"pad{contested}",
        )
        lines = [
            text(word, place.x, place.top + 11 + 12 * number, 10.5, anchor="middle")
            for number, word in enumerate(arrow.words)
        ]
        return titled(arrow.title, pad, *lines)

    def _item(self, item: Item, place: Place) -> str:
        box = self._boxes[item.id]
        x, y = place.x - box.width / 2, place.y - box.height / 2
        shift = 6.75 * len(item.names)
        classes = ["shape", self._class(item.look)]
        classes += ["strong"] if item.strong else []
        classes += ["untold"] if item.open else []
        node = titled(
            item.title,
            outline(item.look.shape, x, y, box.width, box.height, " ".join(classes)),
            *self._words(box.lines, place.x, place.y - shift, 13, 15.5, bold=item.strong),
            *self._words(item.names, place.x, place.y + 7.75 * len(box.lines), 10.5, 13.5),
        )
        tags = [self._tag(tag, place.x, place.y + box.height / 2) for tag in box.tags]
        if not tags:
            return node
        bottom = place.y + box.height / 2
        line = item.tags[0].line
        shapes, tip = head(line, (place.x, bottom), upwards=True)
        stem = element(
            "path", d=route([(place.x, bottom + 18), tip], straight=True), class_=f"line {line}"
        )
        more = text(item.more, place.x, place.bottom - 2, 10, anchor="middle", class_="quiet")
        return group(node, stem, *shapes, *tags, more)

    def _tag(self, box: TagBox, x: float, top: float) -> str:
        y = top + box.offset
        class_ = f"shape {self._class(box.tag.look)}"
        return titled(
            box.tag.title,
            outline(box.tag.look.shape, x - box.width / 2, y, box.width, box.height, class_),
            *self._words(box.lines, x, y + box.height / 2, 10.5, 12.5),
        )

    def _words(
        self,
        lines: tuple[str, ...],
        x: float,
        y: float,
        size: float,
        step: float,
        bold: bool = False,
    ) -> list[str]:
        return fit(lines, x, y, size, step, bold) if self._scene.named else []


def _column(layout: Layout, place: Place) -> Place:
    return min(layout.columns, key=lambda column: abs(column.x - place.x))


def _between(way: tuple[Place, ...]) -> list[tuple[float, float]]:
    """The points between the ends of an arrow: it is level below its label."""
    points: list[tuple[float, float]] = []
    for place in way:
        points += dict.fromkeys([(place.left, place.y), (place.right, place.y)])
    return points


def _moved(layout: Layout, x: float, y: float) -> Layout:
    def move(place: Place) -> Place:
        return Place(place.x + x, place.y + y, place.width, place.above, place.below)

    return Layout(
        layout.width,
        layout.height,
        {name: move(place) for name, place in layout.boxes.items()},
        {name: move(place) for name, place in layout.labels.items()},
        {name: tuple(map(move, places)) for name, places in layout.routes.items()},
        layout.turned,
        tuple(map(move, layout.columns)),
    )


def _ports(arrows: list[Arrow], layout: Layout) -> dict[tuple[str, str], float]:
    """How far from the middle of a node each arrow meets it; keys are arrow and node."""
    sides: dict[tuple[str, int], list[tuple[float, str]]] = {}
    for arrow in arrows:
        left, right = arrow.source, arrow.target
        if arrow.id in layout.turned:
            left, right = right, left
        way = layout.routes[arrow.id]
        sides.setdefault((left, 1), []).append((way[0].y, arrow.id))
        sides.setdefault((right, -1), []).append((way[-1].y, arrow.id))
    ports = {}
    for (name, _), met in sides.items():
        met.sort()
        step = min(13.0, 2 * layout.boxes[name].above * 0.9 / len(met))
        for number, (_, arrow_id) in enumerate(met):
            ports[arrow_id, name] = (number - (len(met) - 1) / 2) * step
    return ports
