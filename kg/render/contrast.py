"""A contrast as a page: whether it holds, the findings that make the difference, what to ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.contrast import Contrast, Difference, Separator
from kg.explain.model import Chain
from kg.explain.phrasing import capital
from kg.explain.wording import listed
from kg.render.markdown import render_page
from kg.render.page import Item, Page, Section, bullet, paragraph, quiet, strong, urgent
from kg.render.sources import Sources

_BASE: Final = {
    "conditions": "how common they are",
    "causes": "amounts that are below their limits",
}


def markdown(contrast: Contrast) -> str:
    """Write a contrast as Markdown."""
    return render_page(compose(contrast))


def compose(contrast: Contrast) -> Page:
    """Lay out a contrast for a person."""
    first, second = contrast.labels[contrast.first], contrast.labels[contrast.second]
    told = _Told(contrast)
    groups = [
        ("What makes the difference", told.differences()),
        (f"What {first} explains and {second} does not", told.chains(contrast.only_first)),
        (f"What {second} explains and {first} does not", told.chains(contrast.only_second)),
        ("What would tell them apart", [told.question(s) for s in contrast.separators]),
    ]
    sections = [Section(None, (*urgent(contrast.urgency), *told.lead()))]
    sections += [Section(title, tuple(items)) for title, items in groups if items]
    end = Section(None, (paragraph(quiet(contrast.disclaimer)),))
    return Page((*sections, *told.sources.listed(), end))


def signed(decibans: float) -> str:
    """A difference with its sign, to one decimal.

    >>> signed(3.14), signed(-0.5), signed(0.01)
    ('+3.1', '−0.5', '0.0')
    """
    rounded = round(decibans, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


class _Told:
    """The wording of one contrast."""

    def __init__(self, contrast: Contrast) -> None:
        self._contrast = contrast
        self.sources = Sources(contrast.sources, numbered=True)
        self._cite = self.sources.cite
        self._first = contrast.labels[contrast.first]
        self._second = contrast.labels[contrast.second]

    def lead(self) -> list[Item]:
        """Whether it holds at all, first of all."""
        c = self._contrast
        above, below = (self._first, self._second) if c.holds else (self._second, self._first)
        opening = "Yes" if c.holds else "No"
        scores = f"{c.first_score:.1f} and {c.second_score:.1f}".replace("-", "−")
        items = [
            paragraph(
                strong(f"{opening}: {above} ranks above {below}."),
                f" {capital(self._first)} and {self._second} have {scores} decibans, "
                f"a difference of {signed(c.difference)}.",
            ),
            paragraph(quiet("Ten decibans make the odds ten times as high.")),
        ]
        return items + [bullet(f"{capital(note)}.") for note in c.notes]

    def differences(self) -> list[Item]:
        """What no finding makes, then the findings, the greatest difference first."""
        c = self._contrast
        items = [] if round(c.base, 9) == 0 else [bullet(f"{signed(c.base)}: {_BASE[c.kind]}.")]
        return items + [self._difference(d) for d in c.differences]

    def _difference(self, difference: Difference) -> Item:
        no = "no " if difference.status == "absent" else ""
        sides = [
            f"{name} {'says nothing' if value is None else signed(value)}"
            for name, value in (
                (self._first, difference.first),
                (self._second, difference.second),
            )
        ]
        return bullet(
            f"{signed(difference.difference)}: ",
            strong(f"{no}{difference.label}"),
            f" ({listed(sides, 'and')})",
            self._cite(difference.evidence),
            ".",
        )

    def chains(self, chains: Iterable[Chain]) -> list[Item]:
        """Each chain as one line, steps in their order."""
        return [
            bullet(
                strong(f"{capital(self._contrast.labels[chain.end])}: "),
                "; ".join(step.text for step in chain.steps),
                self._cite(item for step in chain.steps for item in step.evidence),
                ".",
            )
            for chain in chains
        ]

    def question(self, separator: Separator) -> Item:
        """A question with what each answer would do."""
        return bullet(
            strong(separator.text),
            f" (yes: {signed(separator.if_present)}, no: {signed(separator.if_absent)} "
            f"for {self._first})",
        )
