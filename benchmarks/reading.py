"""How well texts are read: what is found, denied, placed, timed and asked, and how urgent it is.

Usage: python benchmarks/reading.py [--half open|blind] [--errors] [--json] [FILE.jsonl...]

Without a file it reads tests/data/reading/open.jsonl, or blind.jsonl with `--half blind`; the blind
half gives figures only, never a text or an error. Definitions:

- A labelled thing is *named* when the label has ids, else it only has to be noticed: some finding,
  medicine, event, condition, guess or unread part overlaps its quote. "All" counts both.
- A present thing (or a trigger) is found when a present finding (or known condition, medicine or
  event) is one of its ids, or a kind or form of one, and stands in the sentence of the quote. It may
  stand anywhere, or be implied, when the id is exactly one of the label's.
- A denied thing is found by an absent finding in the same way; a more general denial counts too.
- Precision looks at findings that stand in the text (implied ones do not count). A present one is
  right when it is related (the same, a kind, or more general) to a present, trigger or known thing;
  wrong when it overlaps a denied or not reported thing that it is related to, or is related to
  none. It is not judged where it only overlaps a thing that has no id, a medicine or an event.
- Side, site and duration are judged on the best finding of each named present thing: recall over
  all things that have the label ("of found": over those that were found), precision over the
  findings that say one. A site is right in the labelled place or a part of it, a duration within a
  factor of 1.5.
- Medicines, events and questions are found when one overlaps the quote (a medicine also by name);
  the rows "change" and "kind" want that to be right as well. Known conditions go by id.
- Urgency: under-triage is below every accepted level, over-triage above every one; `unclear` is
  apart. A serious text accepts only prompt and emergency; it is missed when answered lower. A calm
  one accepts neither. Texts out of scope count only in the row "scope".
- Words unread: content words that the case names as unrecognised or unread.

Causes of errors: *unread* (nothing overlaps the quote), *wrong id*, *wrong status*, *wrong place*
(side or site), *wrong time*, *spurious* (read where nothing is).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from labels import Item, Label, Span, content_words, overlap, places_of, read_labels
from scorecard import LEVELS, ratio

import kg
from kg.explain.model import Explanation
from kg.recognise.case import Case, Finding

__all__ = ["Error", "Score", "Scores"]

DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading"
SERIOUS = frozenset({"prompt", "emergency"})
ANSWERS = (*LEVELS, "unclear")
ROWS = (
    *("present", "present, all", "denied", "denied, all", "triggers", "triggers, all"),
    *("side", "site", "duration", "medicines", "medicine change", "known", "events", "event kind"),
    *("asked", "asked, any kind", "whose", "age", "sex"),
)
OPERATION_NAMES = {"operation": ("surgery", "procedure"), "dental work": ("dental", "tooth")}


@dataclass
class Score:
    """How much was wanted and hit, how much was read and right; `reached` of it was found at all."""

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
    """One thing that was read wrongly: in which text and row, the quote, the cause, what was read."""

    text: str
    row: str
    quote: str
    cause: str
    read_as: str = ""


@dataclass
class Scores:
    """Scores the reading of labelled texts."""

    graph: kg.Graph
    rows: dict[str, Score] = field(default_factory=lambda: {row: Score() for row in ROWS})
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)
    triage: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    ranks: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)

    def run(self, labels: Iterable[Label]) -> Scores:
        """Explain and judge each text."""
        for label in labels:
            self._judge(label, self.graph.explain(label.text))
        return self

    # -- relations between concepts

    def _kind(self, found: str, ids: Sequence[str]) -> bool:
        return not set(self.graph.view.broader(found)).isdisjoint(ids)

    def _related(self, found: str, ids: Sequence[str]) -> bool:
        return self._kind(found, ids) or any(found in self.graph.view.broader(i) for i in ids)

    def _within(self, place: str, wanted: Sequence[str]) -> bool:
        around = [place]
        for item in around:
            around += [p for p in self.graph.view.objects(item, "ft:part-of") if p not in around]
        return not set(around).isdisjoint(wanted)

    # -- one text

    def _judge(self, label: Label, answer: Explanation) -> None:
        case = answer.case
        told = [f for f in case.findings if f.status == "present"] + slots(case)
        denied = [f for f in case.findings if f.status == "absent"]
        seen = [f.span for f in (*case.findings, *slots(case)) if f.span]
        seen += [part.span for part in (*case.unread, *case.guesses, *case.measures)]
        for row, lists in (("present", told), ("triggers", told), ("denied", denied)):
            for item in label.items["absent" if row == "denied" else row]:
                best = self._best(item, lists, self._related if row == "denied" else self._kind)
                noticed = any(overlap(s, q) for s in seen for q in item.spans)
                hit = best is not None if item.ids else noticed
                self.rows[f"{row}, all"].want(hit)
                if item.ids:
                    self.rows[row].want(hit)
                if not hit:
                    self._missed(label, row, item, case)
                if row == "present" and item.ids:
                    self._attributes(label, item, best)
        self._precision(label, case)
        self._slots(label, case)
        self._person(label, case)
        self._urgency(label, answer)
        self._words(label, case)
        wanted = label.data.get("conditions") or ()
        if wanted:
            ranked = [self._kind(c.id, wanted) for c in answer.conditions if c.described]
            self.ranks.update(judged=1, top_1=int(any(ranked[:1])), top_3=int(any(ranked[:3])))

    def _best(
        self, item: Item, pool: Sequence[Finding], fits: Callable[[str, Sequence[str]], bool]
    ) -> Finding | None:
        """The finding that is meant by a labelled thing: the nearest and most exact one."""

        def distance(f: Finding) -> tuple[bool, bool, bool]:
            return not near(f.span, item.spans), f.id not in item.ids, f.span is None

        fitting = [
            f
            for f in pool
            if fits(f.id, item.ids)
            and (f.span is None or not item.spans or f.id in item.ids or near(f.span, item.sentences))
        ]
        return min(fitting, key=distance, default=None)

    def _attributes(self, label: Label, item: Item, best: Finding | None) -> None:
        side, site = item.more.get("side"), item.more.get("site") or ()
        days = item.more.get("duration_days")
        said = best or Finding("", "present")
        length = said.duration_days
        for row, wanted, read, right in (
            ("side", side, said.side, said.side == side),
            ("site", site, said.site, bool(said.site) and self._within(said.site or "", site)),
            ("duration", days, length, bool(days and length and 2 / 3 <= length / days <= 1.5)),
        ):
            if wanted:
                self.rows[row].want(right, best is not None)
            if read is not None and (wanted or row != "site"):
                self.rows[row].see(right)
            if best is not None and not right and (wanted or (read and row != "site")):
                cause = "wrong time" if row == "duration" else "wrong place"
                self._note(label, row, item.quote, cause, f"{read}, not {wanted}")

    def _precision(self, label: Label, case: Case) -> None:
        items = label.items
        good = [*items["present"], *items["triggers"], *items["known"]]
        named = {"present": good, "absent": items["absent"]}
        bad = {"present": [*items["absent"], *items["not_reported"]], "absent": good}
        vague = [i for name in ("medicines", "events") for i in items[name]]
        for f in case.findings:
            implied = f.implied_by or (f.reason or "").startswith("implied")
            if f.span is None or implied or f.status not in named:
                continue

            def over(item: Item, span: Span = f.span) -> bool:
                return near(span, item.spans)

            fit = [i for i in named[f.status] if self._related(f.id, i.ids)]
            foul = [i for i in bad[f.status] if self._related(f.id, i.ids)]
            right = bool(fit) and (any(map(over, fit)) or not any(map(over, foul)))
            around = [*named[f.status], *(vague if f.status == "present" else items["not_reported"])]
            open_ = [i for i in around if over(i) and (not i.ids or i in items["not_reported"])]
            if not right and open_ and not any(map(over, foul)):
                continue
            rows = ["present" if f.status == "present" else "denied"]
            if f.status == "present" and self._is_cause(f.id):
                rows.append("triggers")
            for row in rows:
                self.rows[row].see(right)
            if not right:
                near_by = "wrong id" if any(map(over, named[f.status])) else "spurious"
                cause = "wrong status" if foul else near_by
                self._note(label, rows[-1], label.text[slice(*f.span)], cause, f.id)

    def _is_cause(self, name: str) -> bool:
        return "ft:cause-kind" in self.graph.view.concepts[name].roles

    def _slots(self, label: Label, case: Case) -> None:
        items = label.items
        known = [Finding(k.id, "present", k.span) for k in case.known if k.status != "suspected"]
        self._pair(label, "known", items["known"], known, self._same_known)
        for row in ("medicines", "medicine change"):
            exact = row != "medicines"
            want = [i for i in items["medicines"] if not exact or i.more.get("change") in CHANGES]
            self._pair(
                *(label, row, want, case.medicines),
                lambda item, m, exact=exact: (
                    (near(m.span, item.spans) or m.name.lower() == str(item.more["name"]).lower())
                    and (not exact or m.change == item.more["change"])
                ),
            )
        for row, same in (("events", False), ("event kind", True)):
            self._pair(
                *(label, row, items["events"], case.events),
                lambda item, e, same=same: (
                    near(e.span, item.spans) and (not same or self._is_event(e.id, item.more["what"]))
                ),
            )
        for row, same in (("asked, any kind", False), ("asked", True)):
            self._pair(
                *(label, row, items["asked"], case.asked),
                lambda item, q, same=same: (
                    near(q.span, item.spans) and (not same or q.kind == item.more["kind"])
                ),
            )

    def _same_known(self, item: Item, found: Finding) -> bool:
        return self._related(found.id, item.ids) or (not item.ids and near(found.span, item.spans))

    def _is_event(self, name: str, what: str) -> bool:
        words = (what, *OPERATION_NAMES.get(what, ()))
        names = " ".join(i.replace("-", " ") for i in self.graph.view.broader(name))
        return what == "other" or any(word in names for word in words)

    def _pair(
        self,
        label: Label,
        row: str,
        items: Sequence[Item],
        found: Sequence[Any],
        same: Callable[[Item, Any], bool],
    ) -> None:
        for item in items:
            self.rows[row].want(hit := any(same(item, one) for one in found))
            if not hit:
                over = any(near(one.span, item.spans) for one in found)
                self._note(label, row, item.quote, "wrong id" if over else "unread")
        for one in found if items or row not in PARTIAL else ():
            self.rows[row].see(right := any(same(item, one) for item in items))
            if not right and row not in PARTIAL:
                self._note(label, row, label.text[slice(*one.span)], "spurious")

    def _person(self, label: Label, case: Case) -> None:
        told = label.data.get("person") or {}
        who = case.person
        for row, wanted, read in (
            ("whose", told.get("whose"), who.whose),
            ("age", told.get("age"), who.age_years),
            ("sex", told.get("sex"), who.sex),
        ):
            right = wanted is not None and (
                abs(wanted - read) < 1 if row == "age" and read is not None else wanted == read
            )
            if wanted is not None:
                self.rows[row].want(right)
            if told and read is not None:
                self.rows[row].see(right)
            if told and not right and wanted != read:
                self._note(label, row, str(wanted), "wrong id" if read else "unread", str(read))

    def _urgency(self, label: Label, answer: Explanation) -> None:
        scope = label.data.get("in_scope", True)
        self.triage.update(scope=1, scope_right=int(scope == answer.in_scope))
        if not scope:
            return
        got, accepted = answer.urgency.level, label.accepted
        ranks = [LEVELS.index(level) for level in accepted]
        rank = LEVELS.index(got) if got in LEVELS else None
        self.matrix[label.data["urgency"], got] += 1
        under, over = (rank is not None and rank < min(ranks), rank is not None and rank > max(ranks))
        serious, calm = SERIOUS.issuperset(accepted), SERIOUS.isdisjoint(accepted)
        self.triage.update(
            judged=1, under=under, over=over, unclear=rank is None, serious=serious, calm=calm,
            serious_missed=serious and under, serious_unclear=serious and rank is None,
            calm_over=calm and over,
        )  # fmt: skip
        if under or over:
            cause = "under-triage" if under else "over-triage"
            flags = ", ".join(flag.id for flag in answer.urgency.because)
            self._note(label, "urgency", "/".join(accepted), cause, f"{got}: {flags}")

    def _words(self, label: Label, case: Case) -> None:
        words = content_words(label.text)
        left = [s for part in case.unrecognised for s in places_of(part, label.text)]
        left += [part.span for part in case.unread]
        self.words.update(all=len(words), unread=sum(near(word, left) for word in words))

    # -- errors

    def _missed(self, label: Label, row: str, item: Item, case: Case) -> None:
        every = [*case.findings, *case.others, *slots(case)]
        over = [f for f in every if near(f.span, item.spans)]
        status = "absent" if row == "denied" else "present"
        kin = [f for f in every if self._related(f.id, item.ids) and near(f.span, item.sentences)]
        other = [f for f in kin if f.status != status or f in case.others]
        cause = "wrong status" if other else "wrong id" if over else "unread"
        shown = ", ".join(f"{f.id} {f.status} ({f.reason or '-'})" for f in other or over)
        self._note(label, row, item.quote or " ".join(item.ids), cause, shown)

    def _note(self, label: Label, row: str, quote: str, cause: str, read: str = "") -> None:
        self.errors.append(Error(label.id, row, quote, cause, read))

    # -- figures

    def to_dict(self) -> dict[str, Any]:
        """All figures as plain data."""
        t = self.triage
        return {
            "texts": t["scope"],
            "rows": {row: score.to_dict() for row, score in self.rows.items()},
            "urgency": {w: {a: self.matrix[w, a] for a in ANSWERS} for w in LEVELS},
            "under_triage": [t["under"], ratio(t["under"], t["judged"])],
            "over_triage": [t["over"], ratio(t["over"], t["judged"])],
            "serious_missed": [t["serious_missed"], t["serious"]],
            "serious_unclear": [t["serious_unclear"], t["serious"]],
            "calm_over_triaged": [t["calm_over"], ratio(t["calm_over"], t["calm"])],
            "unclear": [t["unclear"], ratio(t["unclear"], t["judged"])],
            "scope_right": ratio(t["scope_right"], t["scope"]),
            "words_unread": ratio(self.words["unread"], self.words["all"]),
            "top_1": ratio(self.ranks["top_1"], self.ranks["judged"]),
            "top_3": ratio(self.ranks["top_3"], self.ranks["judged"]),
            "causes": dict(sorted(Counter(f"{e.row}: {e.cause}" for e in self.errors).items())),
        }


# Rows that repeat another one more strictly: a miss there is told once.
PARTIAL = frozenset({"medicine change", "event kind", "asked"})
CHANGES = frozenset({"taking", "started", "raised", "reduced", "stopped"})


def slots(case: Case) -> list[Finding]:
    """The named conditions, medicines and events of a case, in the form of findings."""
    every = [*(k for k in case.known if k.status != "suspected"), *case.medicines, *case.events]
    return [Finding(one.id, "present", one.span) for one in every if one.id is not None]


def near(span: Span | None, others: Iterable[Span]) -> bool:
    """True when a stretch of text overlaps one of the others."""
    return any(overlap(span, other) for other in others)


def table(figures: dict[str, Any]) -> str:
    """The figures for people to read."""
    heads = ("wanted", "read", "precision", "recall", "of found")
    lines = [f"{figures['texts']} texts", "", f"{'':18}" + "".join(f"{h:>11}" for h in heads)]
    for row, score in figures["rows"].items():
        shown = ("-" if value is None else str(value) for value in score.values())
        lines.append(f"{row:18}" + "".join(f"{value:>11}" for value in shown))
    lines += ["", f"{'label / answer':18}" + "".join(f"{a:>11}" for a in ANSWERS)]
    for want, got in figures["urgency"].items():
        lines.append(f"{want:18}" + "".join(f"{number:>11}" for number in got.values()))
    lines.append("")
    for name in list(figures)[3:]:
        value = figures[name]
        if name == "causes":
            lines += ["", "errors", *(f"  {key:34}{count:>5}" for key, count in value.items())]
        elif isinstance(value, list):
            of = "of " if isinstance(value[1], int) else ""
            lines.append(f"{name.replace('_', ' '):18}{value[0]:>5}  {of}{value[1]}")
        else:
            lines.append(f"{name.replace('_', ' '):18}{value}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how well labelled texts are read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.jsonl")
    parser.add_argument("--half", choices=("open", "blind"), default="open")
    parser.add_argument("--errors", action="store_true", help="each error, of the open half only")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    files = options.files or [DATA / f"{options.half}.jsonl"]
    blind = options.half == "blind" or any("blind" in path.name for path in files)
    if blind and options.errors:
        parser.error("errors of the blind half are not shown")
    with kg.open() as graph:
        scores = Scores(graph).run(one for path in files for one in read_labels(path, graph))
    figures = scores.to_dict()
    print(json.dumps(figures, indent=2) if options.json else table(figures))
    if options.errors:
        for e in sorted(scores.errors, key=lambda e: (e.row, e.cause)):
            print(f"{e.row:14} {e.cause:13} {e.text:8} {e.quote!r} {e.read_as}")


if __name__ == "__main__":
    main()
