"""The articles as files: which file is which article, and where a sentence of it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import MissingFile
from kg.validate.report import PassageFault

# Longer files are no articles; reading and searching them would only take time.
_LARGEST = 2_000_000
_SHORT_ENOUGH_TO_SEARCH = 50_000


@dataclass(frozen=True, slots=True)
class Pointer:
    """A passage as the graph describes it: where it stands, and the digest of its words.

    Attributes:
        passage: IRI of the passage.
        source: IRI of the article.
        paragraph: number of the non-blank line, from 1.
        sentence: number in the paragraph, from 1.
        start: first character, in Unicode characters from 0.
        end: the character after the last.
        digest: SHA-256 of the words in UTF-8, hexadecimal.
    """

    passage: str
    source: str
    paragraph: int
    sentence: int
    start: int
    end: int
    digest: str


@dataclass(frozen=True)
class Article:
    """A file that may be an article, as it is stored: line ends and all.

    Attributes:
        name: name of the file.
        text: its content.
    """

    name: str
    text: str

    def holds(self, pointer: Pointer) -> bool:
        """Tell whether the words stand exactly where the graph says."""
        if not 0 <= pointer.start < pointer.end <= len(self.text):
            return False
        return _digest(self.text[pointer.start : pointer.end]) == pointer.digest

    def sentence(self, pointer: Pointer) -> str | None:
        """Return the words of a passage, or None where they do not stand there."""
        return self.text[pointer.start : pointer.end] if self.holds(pointer) else None

    def find(self, pointer: Pointer) -> int | None:
        """Return where the words of a passage begin, wherever that is, or None."""
        length = pointer.end - pointer.start
        if not 0 < length <= len(self.text) <= _SHORT_ENOUGH_TO_SEARCH:
            return None
        starts = range(len(self.text) - length + 1)
        return next(
            (at for at in starts if _digest(self.text[at : at + length]) == pointer.digest), None
        )

    def paragraph(self, offset: int) -> int:
        """Return the number of the non-blank line in which a character stands."""
        return sum(1 for start in self._lines if start <= offset)

    @cached_property
    def _lines(self) -> tuple[int, ...]:
        return tuple(match.start() for match in re.finditer(r"[^\n]*\S[^\n]*", self.text))


def read_articles(folder: Path) -> tuple[Article, ...]:
    """Read every text file of a folder, sorted by name; what is no UTF-8 text is passed over.

    Raises:
        MissingFile: the folder is not there, or a file in it cannot be read.
    """
    if not folder.is_dir():
        raise MissingFile(str(folder), "no such folder: name the folder that holds the articles")
    articles = []
    for path in sorted(folder.iterdir()):
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST:
                continue
            articles.append(Article(path.name, path.read_bytes().decode("utf-8")))
        except UnicodeDecodeError:
            continue
        except OSError as error:
            detail = f"cannot be read ({error.strerror}): check the file"
            raise MissingFile(str(path), detail) from None
    return tuple(articles)


def match_articles(
    pointers: Sequence[Pointer], articles: Sequence[Article]
) -> dict[str, Article | None]:
    """Find the file of each source: the one in which most of its passages stand.

    A file in which nothing stands where it should is still recognised by words that have moved.

    Returns:
        The file of each source, sorted by source; None where there is none.
    """
    matches: dict[str, Article | None] = {}
    for source in sorted({pointer.source for pointer in pointers}):
        wanted = [pointer for pointer in pointers if pointer.source == source]
        matches[source] = _best(wanted, articles, lambda article, each: article.holds(each)) or (
            _best(wanted, articles, lambda article, each: article.find(each) is not None)
        )
    return matches


def _best(
    wanted: Sequence[Pointer],
    articles: Iterable[Article],
    stands: Callable[[Article, Pointer], bool],
) -> Article | None:
    scored = [(sum(stands(article, each) for each in wanted), article) for article in articles]
    most = max((score for score, _ in scored), default=0)
    return next((article for score, article in scored if score == most), None) if most else None


def faults_of(
    wanted: Sequence[Pointer], article: Article, short: Callable[[str], str]
) -> list[PassageFault]:
    """Compare the passages of a source with its file.

    Args:
        wanted: all passages of the source.
        article: its file.
        short: turns an IRI into its compact form.
    """
    faults = [
        PassageFault(short(each.passage), article.name, each.paragraph, each.sentence, message)
        for each in wanted
        for message in _faults(each, article)
    ]
    ordered = sorted(wanted, key=lambda each: (each.start, each.end))
    numbers: dict[int, int] = {}
    for each in ordered:
        numbers[each.paragraph] = numbers.get(each.paragraph, 0) + 1
        if article.holds(each) and numbers[each.paragraph] != each.sentence:
            message = f"it is sentence {numbers[each.paragraph]} of its paragraph: renumber it"
            faults.append(
                PassageFault(
                    short(each.passage), article.name, each.paragraph, each.sentence, message
                )
            )
    if faults:  # what has moved leaves gaps behind, which would say nothing new
        return faults
    source = short(wanted[0].source)
    for start, end in _uncovered(ordered, article.text):
        message = f"characters {start} to {end} belong to no passage: the article has changed"
        faults.append(PassageFault(source, article.name, article.paragraph(start), None, message))
    return faults


def _faults(pointer: Pointer, article: Article) -> list[str]:
    if article.holds(pointer):
        paragraph = article.paragraph(pointer.start)
        if paragraph == pointer.paragraph:
            return []
        return [f"it stands in paragraph {paragraph}: renumber it"]
    found = article.find(pointer)
    if found is None:
        return ["the words have changed: check the claims that cite it, then its digest"]
    hint = ": the line ends are not those of the original" if "\r\n" in article.text else ""
    return [f"the words have moved from character {pointer.start} to {found}{hint}"]


def _uncovered(ordered: Sequence[Pointer], text: str) -> list[tuple[int, int]]:
    """Return the stretches of text, blanks aside, that lie between the passages."""
    gaps, at = [], 0
    for start, end in [*((each.start, each.end) for each in ordered), (len(text), len(text))]:
        between = text[at : max(at, start)]
        if between.strip():
            first = at + len(between) - len(between.lstrip())
            gaps.append((first, first + len(between.strip())))
        at = max(at, end)
    return gaps


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
