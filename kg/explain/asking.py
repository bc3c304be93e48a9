"""The words of a question: what is quoted of it, what they ask for, what they can only mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.explain.phrasing import capital
from kg.explain.teller import Teller
from kg.recognise.case import Question
from kg.recognise.stems import stem

_LOOSE: Final = re.compile(r"^(?:and|or|but|so)\s+|[\s,]+(?:and|or|but)$", re.IGNORECASE)
_LONGEST: Final = 48  # characters of a question that is quoted
_PAUSE: Final = re.compile(r"[,:.!?\n…;]+\s*|\s[-–—]\s")
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
_STOPS: Final = re.compile(
    r"(?:should|shall|must|may) (?:\w+ ){1,3}stop(?: taking)? (?:it|them|this|that)\b",
    re.IGNORECASE,
)
_WORD: Final = 6  # characters of what asks by itself
JOINING: Final = ("and", "or", "but", "so")


class Asking:
    """Reads the words of the questions of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._lead = ""
        self._sentences = teller.tools.sentences

    def _quote(self, question: Question) -> str:
        """The words of a question, from the start of its clause where that is short."""
        whole, (start, end) = self._t.case.text, question.span
        # What is told before the question is not quoted with it.
        told = [m.end() for m in _PAUSE.finditer(whole, start, end)]
        asks = whole[start:end].lower().partition(" ")[0] in self._sentences.asking
        if not asks and end - start > _LONGEST and told and end - told[-1] > _WORD:
            start = told[-1]
        elif asks and end - start > _LONGEST and told and told[0] - start > _LONGEST // 2:
            end = told[0]
        begin = self._begin(start)
        start = begin if end - begin <= _LONGEST else start
        end += whole[end : end + 1] == "?"
        text = _LOOSE.sub("", " ".join(whole[start:end].split()).strip(' ,;:-()"'))
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST].rpartition(' ')[0]} …"
        return f"“{capital(text)}”"

    def _begin(self, start: int) -> int:
        """Where the clause of a question begins, of which something may stand before it."""
        whole = self._t.case.text
        before = [q.span[1] for q in self._t.case.asked if q.span[1] <= start]
        return max([0, *before, *(m.end() for m in _PAUSE.finditer(whole, 0, start))])

    def _words(self, question: Question) -> list[str]:
        """The words of a question, in small letters."""
        return self._t.case.text[slice(*question.span)].lower().split()

    def _is_polar(self, question: Question) -> bool:
        """Whether a question asks for a yes or no."""
        whole, (start, end) = self._t.case.text, question.span
        before = whole[self._begin(start) : start].lower().split()
        alone = not before or before[-1] in JOINING
        return alone and whole[start:end].lower().partition(" ")[0] in self._sentences.polar

    def _is_unnamed(self, question: Question) -> bool:
        """Whether a question for a yes or no names something that is not known here."""
        return not question.matter and self._is_polar(question) and self.names_more(question)

    def names_more(self, question: Question) -> bool:
        """Whether some word of a question is neither known nor one that asks."""
        start, end = question.span
        known = {i for f in self._t.case.findings for i in range(*(f.span or (0, 0)))}
        words = (m for m in _LETTERS.finditer(self._t.case.text, start, end))
        return any(
            m.start() not in known and m[0].lower() not in self._sentences.asking for m in words
        )

    def _meant(self, question: Question) -> Question:
        """A question for a cause with what it names by one word of it: "is it the screen?".

        And whether to stop "it" as one about a medicine, unless a habit is told of. "The drug" is
        the one that is taken.
        """
        t, text = self._t, self._t.case.text
        taken = [*t.suspects, *(m.id for m in t.case.medicines if m.id)]
        broader = t.tools.taxonomy.broader
        own = ([n for n in taken if n != a and a in broader(n)] for a in question.about)
        whole = ((n or [a])[0] for n, a in zip(own, question.about, strict=True))
        question = replace(question, about=tuple(dict.fromkeys(whole)))
        now = t.level == t.tools.highest
        if now and question.kind == "cause" and {*taken}.issuperset(question.about):
            return replace(question, about=())  # it may well be the medicine
        habits = any(c.reported and t.is_a(c.id, "ft:needs-report") for c in t.told.causes)
        stops = question.kind == "what-to-do" and self._is_polar(question)
        stops = stops and bool(_STOPS.match(text, question.span[0]))
        if stops and not (habits or question.about or t.case.events):
            return replace(question, kind="should-stop-medicine")
        about, meant = question.about, self._sentences.meant
        named = [a for a in about if a in meant or not t.is_a(a, "ft:effect-kind")]
        if named or question.kind not in ("cause", "is-it-condition"):
            return question
        told = [(f.id, f.span) for f in t.case.findings if f.status == "present"]
        told += [(e.id, e.span) for e in t.case.events]
        told += [(m.id, m.span) for m in t.case.medicines if m.id]
        said = {
            name: f"{t.view.label(name)} {text[slice(*span)] if span else ''}"
            for name, span in told
            if not t.is_a(name, "ft:effect-kind")
        }
        said |= {c.id: t.view.label(c.id) for c in t.ranked[:3]}
        words = _stems(text[slice(*question.span)]) - self._sentences.hollow
        known = [n for n, names in said.items() if words & _stems(names)]
        return replace(question, about=(*known, *question.about))


def _stems(text: str) -> set[str]:
    return {stem(word[0].lower()) for word in _LETTERS.finditer(text)}
