"""Which reading is meant by which label: the definitions are those of `reading.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from labels import Item, Label, Span, content_words, overlap
from scorecard import ratio

from kg.recognise.case import Case, Finding
from kg.view import View

__all__ = ["Error", "Fits", "Judge", "Score", "near", "same_length", "slots", "words_left"]

Fits = Callable[[str, Sequence[str]], bool]

# Findings that tell who the case is about: the rows of the person judge that.
_WHO = frozenset({"ft:child-affected"})
# What the ids of events are called, besides the words of the labels.
_EVENTS = {
    "operation": ("surgery", "procedure"),
    "dental work": ("dental", "tooth"),
    "radiation": ("radiotherapy",),
    "delivery": ("birth",),
    "vaccination": ("vaccin",),
}


@dataclass
class Score:
    """How much was wanted and hit, how much was read and right; `reached`: found at all."""

    wanted: int = 0
    hit: int = 0
    read: int = 0
    right: int = 0
    reached: int = 0

    def want(self, hit: bool, reached: bool = True) -> None:
        """Count one labelled thing."""
        self.wanted, self.hit = self.wanted + 1, self.hit + hit
        self.reached += reached

    def see(self, right: bool) -> None:
        """Count one thing that was read."""
        self.read, self.right = self.read + 1, self.right + right

    def to_dict(self) -> dict[str, float | int | None]:
        """Precision, recall, and the numbers behind them."""
        return {
            "wanted": self.wanted,
            "read": self.read,
            "precision": ratio(self.right, self.read),
            "recall": ratio(self.hit, self.wanted),
            "of_found": ratio(self.hit, self.reached),
        }


@dataclass(frozen=True)
class Error:
    """One thing that was read wrongly: text, row, quote, cause, and what was read instead."""

    text: str
    row: str
    quote: str
    cause: str
    read_as: str = ""


class Judge:
    """Compares readings with labels in the terms of one graph."""

    def __init__(self, view: View) -> None:
        self._view = view

    def kind(self, found: str, ids: Sequence[str]) -> bool:
        """True when a concept is one of these, or a kind or form of one."""
        return not set(self._view.broader(found)).isdisjoint(ids)

    def related(self, found: str, ids: Sequence[str]) -> bool:
        """True when a concept is one of these, a kind of one, or more general than one."""
        return self.kind(found, ids) or any(found in self._view.broader(i) for i in ids)

    def within(self, place: str | None, wanted: Sequence[str]) -> bool:
        """True when a place is one of the wanted ones or a part of one."""
        around = [place] if place else []
        for item in around:
            around += [p for p in self._view.objects(item, "ft:part-of") if p not in around]
        return not set(around).isdisjoint(wanted)

    def is_cause(self, name: str) -> bool:
        """True for habits, strain, exposures and what else brings findings about."""
        concept = self._view.concepts.get(name)
        return concept is not None and "ft:cause-kind" in concept.roles

    def is_event(self, name: str, what: str) -> bool:
        """True when the concept of an event is of the labelled kind."""
        names = " ".join(i.replace("-", " ") for i in self._view.broader(name))
        return what == "other" or any(word in names for word in (what, *_EVENTS.get(what, ())))

    def is_known(self, item: Item, found: Finding) -> bool:
        """True when a known condition is the labelled one."""
        return self.related(found.id, item.ids) or (not item.ids and near(found.span, item.spans))

    def best(self, item: Item, pool: Iterable[Finding], fits: Fits) -> Finding | None:
        """The finding that is meant by a labelled thing: the nearest and most exact one."""

        def distance(f: Finding) -> tuple[bool, bool, bool]:
            return not near(f.span, item.spans), f.id not in item.ids, f.span is None

        def stands_well(f: Finding) -> bool:
            free = f.span is None or not item.spans or f.id in item.ids
            return free or near(f.span, item.sentences)

        fitting = [f for f in pool if fits(f.id, item.ids) and stands_well(f)]
        return min(fitting, key=distance, default=None)

    def cause_of_miss(self, item: Item, status: str, case: Case) -> tuple[str, str]:
        """Why a labelled thing was missed, and what was read instead."""
        every = [*case.findings, *case.others, *slots(case)]
        over = [f for f in every if near(f.span, item.spans)]
        kin = [f for f in every if self.related(f.id, item.ids) and near(f.span, item.sentences)]
        other = [f for f in kin if f.status != status or f in case.others]
        cause = "wrong status" if other else "wrong id" if over else "unread"
        return cause, ", ".join(f"{f.id} {f.status} ({f.reason or '-'})" for f in other or over)

    def verdict(self, label: Label, f: Finding) -> str | None:
        """What a finding in the text is: ``right``, the cause of the error, or None: not judged."""
        implied = f.implied_by or (f.reason or "").startswith("implied")
        if f.span is None or implied or f.id in _WHO or f.status not in ("present", "absent"):
            return None
        items, span = label.items, f.span
        said = [*items["present"], *items["triggers"], *items["known"]]
        if f.status == "present":
            good, bad = said, [*items["absent"], *items["not_reported"]]
            vague = [i for i in said if not i.ids] + items["medicines"] + items["events"]
        else:
            good, bad = items["absent"], said
            vague = [i for i in good if not i.ids] + items["not_reported"]

        def touched(some: Iterable[Item]) -> bool:
            return any(near(span, item.spans) for item in some)

        fit = [i for i in good if self.related(f.id, i.ids)]
        foul = [i for i in bad if self.related(f.id, i.ids)]
        if touched(fit) or (fit and not touched(foul)):
            return "right"
        if touched(vague) and not touched(foul):
            return None
        return "wrong status" if foul else "wrong id" if touched(good) else "spurious"


def slots(case: Case) -> list[Finding]:
    """The named conditions, medicines and events of a case, in the form of findings."""
    told: list[tuple[str | None, Span]] = [
        *((k.id, k.span) for k in case.known if k.status != "suspected"),
        *((m.id, m.span) for m in case.medicines),
        *((e.id, e.span) for e in case.events),
    ]
    return [Finding(name, "present", span) for name, span in told if name is not None]


def same_length(wanted: float | None, read: float | None) -> bool:
    """True when a duration is the labelled one within a factor of 1.5; today is up to one day."""
    if wanted is None or read is None:
        return False
    return read <= 1 if wanted == 0 else 2 / 3 <= read / wanted <= 1.5


def near(span: Span | None, others: Iterable[Span]) -> bool:
    """True when a stretch of text overlaps one of the others."""
    return any(overlap(span, other) for other in others)


def words_left(case: Case) -> tuple[int, int]:
    """How many words of a text say something, and how many of them were not read."""
    words, left, start = content_words(case.text), [part.span for part in case.unread], 0
    for phrase in case.unrecognised:
        start = max(case.text.find(phrase, start), start)
        left.append((start, start := start + len(phrase)))
    return len(words), sum(near(word, left) for word in words)
