"""The warning signs that every picture of an explanation names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.explain.model import Explanation, WatchFlag
from kg.explain.phrasing import capital
from kg.export.diagram.measure import clean

_SIGNS: Final = 7  # of each level that are named
_AT_ONCE: Final = "emergency"  # as in the text: whoever has to act at once is told no more


def watched(told: Explanation, label: Callable[[str], str]) -> Iterator[str]:
    """The warning signs that take one sign more, a line for each level; the others are counted.

    Args:
        told: the explanation.
        label: what a level, or a sign without plain words, is called.
    """
    if told.urgency.level == _AT_ONCE:
        return
    levels: dict[str, list[WatchFlag]] = {}
    for flag in told.urgency.watch_for:
        levels.setdefault(flag.level, []).append(flag)
    levels.pop(told.urgency.level, None)
    for level, flags in levels.items():
        missing = [flag.missing[0] for flag in flags if len(flag.missing) == 1]
        signs = list(dict.fromkeys(told.lay_labels.get(name) or label(name) for name in missing))
        rest = len(flags) - len(signs[:_SIGNS])
        more = f"; and {rest} more, in the full answer" if rest > 0 else ""
        if signs:
            opening = f"{capital(label(f'ft:{level}'))} if there is also"
            yield clean(f"{opening}: {'; '.join(signs[:_SIGNS])}{more}.", 500)
