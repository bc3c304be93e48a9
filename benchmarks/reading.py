"""How well texts are read: what is found, denied, placed, timed and asked, and how urgent it is.

Usage: python benchmarks/reading.py [--half open|blind] [--errors] [--json] [FILE.jsonl...]

Without a file it reads tests/data/reading/open.jsonl, or blind.jsonl.gz with `--half blind`; the
blind half gives figures only, never a text or an error. Definitions:

- A labelled thing is *named* when the label has ids, else it only has to be noticed: some finding,
  medicine, event, condition, guess or unread part overlaps its quote. "All" counts both.
- A present thing (or a trigger) is found when a present finding (or known condition, medicine or
  event) is one of its ids, or a kind or form of one, and stands in the sentence of the quote, or
  is implied. It may stand anywhere when the id is exactly one of the label's.
- A denied thing is found by an absent finding in the same way; a more general denial counts too.
- Precision looks at findings that stand in the text (implied ones do not count). A present one is
  right when it is related (the same, a kind, or more general) to a present, trigger or known thing;
  wrong when it overlaps a denied or not reported thing that it is related to, or is related to
  none. It is not judged where it only overlaps a thing that has no id, a medicine or an event.
- Side, site and duration are judged on the best finding of each named present thing: recall over
  all things that have the label ("of found": over those that were found), precision over the
  findings that say one. A site is right in the labelled place or a part of it, a duration within a
  factor of 1.5 (for 0 days, up to one).
- Medicines, events and questions are found when one overlaps the quote (a medicine also by name);
  "medicine change", "event kind" and "asked" want the kind to be right as well. Known conditions go
  by id.
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
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from judging import Error, Judge, Score, near, same_length, slots, words_left
from labels import Item, Label, read_labels
from scorecard import LEVELS, ratio

import kg
from kg.explain.model import Explanation
from kg.recognise.case import Case, Event, Finding, Medicine, Question

__all__ = ["Scores", "table"]

DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading"
HALVES = {"open": "open.jsonl", "blind": "blind.jsonl.gz"}
SERIOUS = frozenset({"prompt", "emergency"})
ANSWERS = (*LEVELS, "unclear")
ROWS = (
    *("present", "present, all", "denied", "denied, all", "triggers", "triggers, all"),
    *("side", "site", "duration", "medicines", "medicine change", "known", "events", "event kind"),
    *("asked", "asked, any kind", "whose", "age", "sex"),
)
CHANGES = frozenset({"taking", "started", "raised", "reduced", "stopped"})


@dataclass
class Scores:
    """Scores the reading of labelled texts."""

    graph: kg.Graph
    judge: Judge = field(init=False)
    rows: dict[str, Score] = field(default_factory=lambda: {row: Score() for row in ROWS})
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)
    triage: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    ranks: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.judge = Judge(self.graph.view)

    def run(self, labels: Iterable[Label]) -> Scores:
        """Explain and judge each text."""
        for label in labels:
            self._judge(label, self.graph.explain(label.text))
        return self

    def _judge(self, label: Label, answer: Explanation) -> None:
        case, judge = answer.case, self.judge
        told = [f for f in case.findings if f.status == "present"] + slots(case)
        denied = [f for f in case.findings if f.status == "absent"]
        seen = [f.span for f in (*case.findings, *slots(case)) if f.span]
        seen += [u.span for u in case.unread] + [g.span for g in case.guesses]
        for row, lists in (("present", told), ("triggers", told), ("denied", denied)):
            for item in label.items["absent" if row == "denied" else row]:
                best = judge.best(item, lists, judge.related if row == "denied" else judge.kind)
                noticed = any(near(span, item.spans) for span in seen)
                hit = best is not None if item.ids else noticed
                self.rows[f"{row}, all"].want(hit)
                if item.ids:
                    self.rows[row].want(hit)
                if not hit:
                    status = "absent" if row == "denied" else "present"
                    cause, shown = judge.cause_of_miss(item, status, case)
                    self._note(label, row, item.quote or " ".join(item.ids), cause, shown)
                if row == "present" and item.ids:
                    self._attributes(label, item, best)
        for f in case.findings:
            self._verdict(label, f)
        self._slots(label, case)
        self._person(label, case)
        self._urgency(label, answer)
        self.words.update(dict(zip(("all", "unread"), words_left(case), strict=True)))
        wanted = label.data.get("conditions") or ()
        if wanted:
            ranked = [judge.kind(c.id, wanted) for c in answer.conditions if c.described]
            self.ranks.update(judged=1, top_1=int(any(ranked[:1])), top_3=int(any(ranked[:3])))

    def _attributes(self, label: Label, item: Item, best: Finding | None) -> None:
        side, site, days = map(item.more.get, ("side", "site", "duration_days"))
        said = best or Finding("", "present")
        length = said.duration_days
        for row, wanted, read, right in (
            ("side", side, said.side, said.side == side),
            ("site", site, said.site, self.judge.within(said.site, site or ())),
            ("duration", days, length, same_length(days, length)),
        ):
            said_so = wanted not in (None, "", [], ())
            if said_so:
                self.rows[row].want(right, best is not None)
            if read is not None and (said_so or row != "site"):
                self.rows[row].see(right)
            if best is not None and not right and (said_so or (read and row != "site")):
                cause = "wrong time" if row == "duration" else "wrong place"
                self._note(label, row, item.quote, cause, f"{read}, not {wanted}")

    def _verdict(self, label: Label, f: Finding) -> None:
        verdict = self.judge.verdict(label, f)
        if verdict is None or f.span is None:
            return
        row = "present" if f.status == "present" else "denied"
        rows = [row, "triggers"] if row == "present" and self.judge.is_cause(f.id) else [row]
        for row in rows:
            self.rows[row].see(verdict == "right")
        if verdict != "right":
            self._note(label, rows[-1], label.text[slice(*f.span)], verdict, f.id)

    def _slots(self, label: Label, case: Case) -> None:
        items = label.items
        known = [Finding(k.id, "present", k.span) for k in case.known if k.status != "suspected"]
        self._pair(label, "known", items["known"], known, self.judge.is_known)

        def taken(item: Item, m: Medicine) -> bool:
            return near(m.span, item.spans) or m.name.lower() == str(item.more["name"]).lower()

        def changed(item: Item, m: Medicine) -> bool:
            change = item.more.get("change")
            return taken(item, m) and (m.change == change or change not in CHANGES)

        def over(item: Item, one: Event | Question) -> bool:
            return near(one.span, item.spans)

        def happened(item: Item, e: Event) -> bool:
            return over(item, e) and self.judge.is_event(e.id, item.more["what"])

        def asked(item: Item, q: Question) -> bool:
            return over(item, q) and q.kind == item.more["kind"]

        self._pair(label, "medicines", items["medicines"], case.medicines, taken)
        self._pair(label, "medicine change", items["medicines"], case.medicines, changed)
        self._pair(label, "events", items["events"], case.events, over)
        self._pair(label, "event kind", items["events"], case.events, happened)
        self._pair(label, "asked", items["asked"], case.asked, asked)
        self._pair(label, "asked, any kind", items["asked"], case.asked, over)

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
        for one in found:
            self.rows[row].see(right := any(same(item, one) for item in items))
            if not right:
                self._note(label, row, label.text[slice(*one.span)], "spurious")

    def _person(self, label: Label, case: Case) -> None:
        told, who = label.data.get("person") or {}, case.person
        for row, read in (("whose", who.whose), ("age", who.age_years), ("sex", who.sex)):
            right = (wanted := told.get(row)) == read
            if row == "age" and wanted is not None and who.age_years is not None:
                right = abs(wanted - who.age_years) < 1
            if wanted is not None:
                self.rows[row].want(right)
            if told and read is not None:
                self.rows[row].see(right)
            if told and not right:
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
        under = rank is not None and rank < min(ranks)
        over = rank is not None and rank > max(ranks)
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

    def _note(self, label: Label, row: str, quote: str, cause: str, read: str = "") -> None:
        self.errors.append(Error(label.id, row, quote, cause, read))

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
    files: list[Path] = options.files or [DATA / HALVES[options.half]]
    blind = options.half == "blind" or any("blind" in path.name for path in files)
    if blind and options.errors:
        parser.error("errors of the blind half are not shown")
    if missing := [str(path) for path in files if not path.is_file()]:
        parser.error(f"no such file: {', '.join(missing)}")
    with kg.open() as graph:
        scores = Scores(graph).run(one for path in files for one in read_labels(path, graph))
    figures = scores.to_dict()
    print(json.dumps(figures, indent=2) if options.json else table(figures))
    if options.errors:
        for e in sorted(scores.errors, key=lambda e: (e.row, e.cause)):
            print(f"{e.row:14} {e.cause:13} {e.text:8} {e.quote!r} {e.read_as}")


if __name__ == "__main__":
    main()
