"""Who says so: each source has the number of its place, and stands in a list at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.explain.model import EvidenceItem, SourceItem
from kg.render.page import Item, Section, Span, cite, quiet

_PLACE: Final = re.compile(r"paragraph (\d+), sentence (\d+)")


class Sources:
    """The sources of one page; `numbers` tells the number of each by its id.

    Args:
        known: the sources that can be cited, in the order of their numbers.
        numbered: whether all are listed, cited or not.
    """

    def __init__(self, known: Iterable[SourceItem], *, numbered: bool = False) -> None:
        self._known = {source.id: source for source in known}
        self._order = {source: number for number, source in enumerate(self._known, 1)}
        self.numbers: dict[str, int] = dict(self._order) if numbered else {}
        self._places: dict[str, dict[str, None]] = {}

    def _number(self, source: str) -> int:
        return self.numbers.setdefault(source, self._order[source])

    def cite(self, evidence: Iterable[EvidenceItem], *, places: bool = False) -> Span:
        """The numbers of the sources of some evidence, those against it named as such.

        With `places` each number has the place in its source beside it; else the list has them.
        """
        camps: dict[str, dict[int, str]] = {"supports": {}, "refutes": {}}
        for item in evidence:
            if item.source in self._known:
                where = f", {item.locator}" if places and item.locator is not None else ""
                camps[item.direction].setdefault(self._number(item.source), where)
                if item.locator is not None and not places:
                    place = _PLACE.sub(r"\1.\2", item.locator)
                    self._places.setdefault(item.source, {})[place] = None
        apart = "; " if places else ", "
        told = [apart.join(f"{n}{camp[n]}" for n in sorted(camp)) for camp in camps.values()]
        # Where nobody supports a statement, it is told as denied, and these say so.
        told[1] = f"against: {told[1]}" if all(told) else told[1]
        kept = apart.join(part for part in told if part)
        return cite(f" [{kept}]" if kept else "")

    def listed(self, title: str = "Sources") -> tuple[Section, ...]:
        """The list of the sources that are cited; nothing where there are none."""
        items = [
            self._item(source, number)
            for source, number in sorted(self.numbers.items(), key=lambda told: told[1])
        ]
        return (Section(title, tuple(items)),) if items else ()

    def _item(self, source: str, number: int) -> Item:
        known = self._known[source]
        kind = f" ({known.type.replace('-', ' ')})" if known.type else ""
        address = f" {known.url}" if known.url is not None else ""
        places = quiet(_told(list(self._places.get(source, ()))))
        return Item("numbered", (Span(f"{known.title}{kind}"), Span(address), places), number)


def _told(places: list[str]) -> str:
    """The places cited; those of articles as paragraph.sentence, in the order of the article."""
    numbered = [place for place in places if place.replace(".", "").isdigit()]
    numbered.sort(key=lambda place: tuple(map(int, place.split("."))))
    named = [place for place in places if place not in numbered]
    told = [f"cited at {', '.join(numbered)} (paragraph.sentence)"] if numbered else []
    return f" – {'; '.join([*told, *named])}" if places else ""
