"""A counterfactual as a page: what would have to be answered otherwise, and what comes of it."""

from __future__ import annotations

from typing import Final

from kg.explain.answers import Change
from kg.explain.flip import Flip
from kg.explain.phrasing import capital
from kg.render.markdown import render_page
from kg.render.page import Item, Page, Section, bullet, code, paragraph, quiet, strong, urgent
from kg.render.sources import Sources

_OPEN: Final = {"present": "yes", "absent": "no"}
_WAS: Final = {"present": "present", "absent": "denied", "unknown": "left open"}


def markdown(flip: Flip) -> str:
    """Write a counterfactual as Markdown."""
    return render_page(compose(flip))


def compose(flip: Flip) -> Page:
    """Lay out a counterfactual for a person."""
    # What is asked about the urgency says it itself.
    caution = urgent(flip.urgency) if flip.goal != "urgency" else ()
    sections = [Section(None, (*caution, *_lead(flip)))]
    if flip.changes:
        sections.append(Section("What would change it", tuple(map(_change, flip.changes))))
        sections.append(Section("To see it", (code(flip.command),)))
    sources = Sources(flip.sources, numbered=True).listed("What the changed result rests on")
    return Page((*sections, *sources, Section(None, (paragraph(quiet(flip.disclaimer)),))))


def _lead(flip: Flip) -> list[Item]:
    what = "Urgency" if flip.goal == "urgency" else "First"
    before = flip.labels.get(flip.before, flip.before)
    items = [paragraph(strong(f"{what} now: {before}."))]
    if not flip.found:
        told = f"No change of {flip.most} answers or fewer does it."
        return [*items, paragraph(told if flip.most > 1 else "No change of one answer does it.")]
    if not flip.changes:
        return [*items, paragraph("Nothing has to change.")]
    count = (
        "One changed answer" if len(flip.changes) == 1 else f"{len(flip.changes)} changed answers"
    )
    after = flip.labels.get(flip.after or "", flip.after or "")
    verb = "makes" if len(flip.changes) == 1 else "make"
    return [*items, paragraph(f"{count} {verb} it: {after}.")]


def _change(change: Change) -> Item:
    now = _OPEN[change.after] if change.before == "unknown" else _WAS[change.after]
    return bullet(strong(capital(change.label)), f": {now} instead of {_WAS[change.before]}.")
