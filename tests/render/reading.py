"""How hard a page is to read: the Flesch-Kincaid grade of what it says.

What is measured: every item of every section, split into sentences and into the entries of lists
(at full stops and semicolons). What is not: the list of sources, the titles of sources elsewhere,
numbers of citations, and what stands in parentheses, where the plain words have the clinical name
beside them so that a reader can look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import readability

from kg.render.page import Page

_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|;\s*|(?<=:)\s+(?=[A-Z])")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def sentences(page: Page, titles: Iterable[str] = ()) -> Iterator[str]:
    """The sentences of a page that are measured, with nothing but their words."""
    for section in page.sections:
        if section.title == "Sources":
            continue
        for item in section.items:
            text = "".join(span.text for span in item.spans if span.style != "cite")
            for title in sorted(titles, key=len, reverse=True):
                text = text.replace(title, "")
            while re.search(r"\([^()]*\)", text):
                text = re.sub(r"\([^()]*\)", "", text)
            for sentence in _SENTENCE_ENDS.split(text):
                words = _WORD.findall(sentence)
                if words:
                    yield " ".join(words)


def grade(page: Page, titles: Iterable[str] = ()) -> float:
    """The Flesch-Kincaid grade: years of school in the USA that the text asks for."""
    lines = "\n".join(f"{sentence} ." for sentence in sentences(page, titles))
    return float(readability.getmeasures(lines, lang="en")["readability grades"]["Kincaid"])
