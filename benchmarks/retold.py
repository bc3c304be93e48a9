"""How well posts of real people are read, labelled exhaustively, clause by clause.

Usage: python benchmarks/retold.py [--half open|kept] [--errors KIND]

The posts are retold from public pages by people who wrote no rules. A quarter of the pages, by
their hash, is kept: nobody reads it who writes rules or knowledge, and nothing is learned from it;
only figures of it are shown. From the rest the second reader has learned (`tools/learn_signs.py`),
so its figures are better than they would be on other texts. Definitions:

- Signs, patterns, circumstances and conditions are told where a clause says them of the case, now
  or in this illness. One is found when it or a kind of it was read anywhere in the text, or a slot
  of the case means it (a professional writes), and right when it is told, a kind or a form of what
  is, or more general; a numb face that is told makes numbness right.
- Denied: the same of what clauses deny. A false denial is one of what the same clause tells.
- Side and days are judged on what was found; days within a factor of 1.5.
- Urgency as in `reading.py`; "first" and "first three" are the explanations.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from judging import Judge, near, same_length
from scorecard import LEVELS, ratio

import kg
from kg.explain.circumstances import Circumstances
from kg.explain.model import Explanation
from kg.recognise.case import Finding
from kg.recognise.reading import CANDIDATE, CAUSE, EFFECT, PATTERN

__all__ = ["Clause", "Post", "Told", "read_posts"]

DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "reading"
HALVES = {"open": "retold.tsv", "kept": "retold_kept.tsv.gz"}
SERIOUS = {"prompt", "emergency"}
KINDS = ("sign", "pattern", "circumstance", "condition", "denied")
_LABEL = re.compile(r"(?:(absent|past|other|known):)?(ft:[a-z0-9-]+)((?:@[^@]+)*)$")


class Told(NamedTuple):
    """One label: a status (`present`, `absent`, `past`, `other`, `known`, `ask`, …) of an id."""

    status: str
    id: str
    side: str | None = None
    days: float | None = None


class Clause(NamedTuple):
    """A clause of a post, what it tells, and where it stands."""

    text: str
    labels: tuple[Told, ...]
    span: tuple[int, int]


@dataclass(frozen=True)
class Post:
    """One post; `number` is by chance, and the same for a page in every run."""

    page: str
    urgency: str
    accepted: frozenset[str]
    whose: str
    conditions: tuple[str, ...]
    clauses: tuple[Clause, ...]

    @property
    def number(self) -> int:
        """A number by chance."""
        return int(self.page[8:16], 16)

    @property
    def text(self) -> str:
        """What the person wrote, retold."""
        return " ".join(clause.text for clause in self.clauses)


def read_posts(half: str) -> Iterator[Post]:
    """The posts of a half: `open`, or `kept`, which nobody reads who writes rules."""
    packed = (DATA / HALVES[half]).read_bytes()
    text = (gzip.decompress(packed) if half == "kept" else packed).decode("utf-8")
    for block in text.strip().split("\n\n"):
        head, *lines = block.splitlines()
        _, page, urgency, more, whose, conditions = head.split("\t")
        clauses, at = [], 0
        for line in lines:
            labels, said = line.split("\t")
            clauses.append(Clause(said, tuple(map(_told, labels.split("|"))), (at, at + len(said))))
            at += len(said) + 1
        accepted = frozenset({urgency, *_listed(more)}) - {"out"}
        yield Post(page, urgency, accepted, whose, tuple(_listed(conditions)), tuple(clauses))


def _listed(text: str) -> list[str]:
    return [one for part in text.split(",") if (one := part.strip()) not in ("", "-")]


def _told(label: str) -> Told:
    if not (m := _LABEL.match(label)):
        return Told(*(label.split(":", 1) if ":" in label else (label, "")))
    marks = m[3].split("@")[1:]
    side = next((x for x in marks if x in ("left", "right", "both")), None)
    days = next((float(x[:-1]) for x in marks if re.fullmatch(r"[\d.]+d", x)), None)
    return Told(m[1] or "present", m[2], side, days)


@dataclass
class Figures:
    """Counts what is found and right; `shown` is the kind of errors to print."""

    graph: kg.Graph
    shown: str | None = None
    count: Counter[tuple[str, str]] = field(default_factory=Counter)
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        view = self.graph.view
        self.judge, self.slots = Judge(view), Circumstances(view)
        rows = (cue.properties for cue in view.cues["circumstance-row"])
        # What a finding at a place is called: the id of a label, and the finding.
        self.placed = {
            r["ft:cue-concept"]: r["ft:row-of"] for r in rows if r["ft:row-slot"] == "finding"
        }

    def add(self, post: Post) -> None:
        """Explain and judge one post."""
        answer = self.graph.explain(post.text)
        case = answer.case
        known = [Finding(k.id, "present", k.span) for k in case.known if k.status != "suspected"]
        slots = [Finding(name, "present") for name in self.slots.told(case)]
        present = [*(f for f in case.findings if f.status == "present"), *known, *slots]
        absent = [f for f in case.findings if f.status == "absent"]
        told = [(c, t) for c in post.clauses for t in c.labels if t.status in ("present", "known")]
        denied = [(c, t) for c in post.clauses for t in c.labels if t.status == "absent"]
        for rows, pool, kind in ((told, present, None), (denied, absent, "denied")):
            for clause, t in rows:
                self._find(post, clause, t, pool, kind, [*case.findings, *case.others])
            ids = [name for _, t in rows for name in (t.id, self.placed.get(t.id, t.id))]
            for f in pool:
                name = kind or self._kind(f.id)
                if name and f.span and not f.implied_by and "implied" not in (f.reason or ""):
                    right = any(self.judge.related(f.id, [i]) for i in ids)
                    self._see(name, right, post, f"{f.id} {post.text[slice(*f.span)]!r}")
        for clause, t in told:
            over = [f for f in absent if f.span and near(f.span, [clause.span])]
            here = any(self.judge.related(f.id, [t.id]) for f in over)
            here &= not any(self.judge.kind(f.id, [t.id]) for f in present)
            self.count["false denials", "n"] += here
        for clause in post.clauses:
            for t in clause.labels:
                if t.status == "ask":
                    over = [q for q in case.asked if near(q.span, [clause.span])]
                    self._want("asked", any(q.kind == t.id for q in over), post, t.id, clause)
        self._answer(post, answer)

    def _find(
        self, post: Post, clause: Clause, told: Told, pool: Sequence[Finding], kind: str | None,
        every: Sequence[Finding],
    ) -> None:  # fmt: skip
        name = kind or self._kind(told.id)
        if name is None:
            return
        fits = self.judge.related if kind else self.judge.kind
        found = [f for f in pool if fits(f.id, [told.id])]
        over = [f"{f.id} {f.status}" for f in every if f.span and near(f.span, [clause.span])]
        self._want(name, bool(found), post, f"{told.id} (read: {', '.join(over) or '-'})", clause)
        if found and not kind:
            best = min(found, key=lambda f: not (f.span and near(f.span, [clause.span])))
            if best.span is None:  # what a slot means stands where the sign that it is made of does
                here = (f for f in pool if f.span and near(f.span, [clause.span]))
                best = max((best, *here), key=lambda f: (f.side is not None, f.duration_days or 0))
            if told.side:
                self._want("side", best.side == told.side, post, f"{told} {best.side}", clause)
            if told.days is not None:
                right = same_length(told.days, best.duration_days)
                self._want("days", right, post, f"{told} {best.duration_days}", clause)

    def _kind(self, name: str) -> str | None:
        concept = self.graph.view.concepts.get(name)
        roles = frozenset() if concept is None else concept.roles
        of = {CANDIDATE: "condition", PATTERN: "pattern", EFFECT: "sign", CAUSE: "circumstance"}
        return next((kind for role, kind in of.items() if role in roles), None)

    def _want(self, name: str, hit: bool, post: Post, what: str, clause: Clause) -> None:
        self.count[name, "wanted"] += 1
        self.count[name, "found"] += hit
        if not hit and self.shown == name:
            print(post.page[:6], "missed", what, repr(clause.text))

    def _see(self, name: str, right: bool, post: Post, what: str) -> None:
        self.count[name, "read"] += 1
        self.count[name, "right"] += right
        if not right and self.shown == name:
            print(post.page[:6], "wrong", what)

    def _answer(self, post: Post, answer: Explanation) -> None:
        count, got = self.count, answer.urgency.level
        count["texts", "n"] += 1
        if post.urgency == "out":
            count["out of scope", "n"] += 1
            count["out of scope", "right"] += not answer.in_scope
            return
        self.matrix[post.urgency, got] += 1
        ranks = [LEVELS.index(level) for level in post.accepted]
        rank = LEVELS.index(got) if got in LEVELS else None
        serious, calm = post.accepted <= SERIOUS, SERIOUS.isdisjoint(post.accepted)
        under = rank is not None and rank < min(ranks)
        over = rank is not None and rank > max(ranks)
        for name, hit, of in (
            ("under-triage", under, True), ("over-triage", over, True),
            ("serious missed", under, serious), ("serious unclear", rank is None, serious),
            ("calm over-triaged", over, calm), ("unclear", rank is None, True),
        ):  # fmt: skip
            count[name, "n"] += of and hit
            count[name, "of"] += of
            if of and hit and self.shown == name:
                flags = ", ".join(flag.id for flag in answer.urgency.because)
                print(f"{post.page[:6]} {'/'.join(post.accepted)}: {got} ({flags})\n   {post.text}")
        if post.conditions:
            ranked = [c.id for c in answer.conditions if c.described]
            for name, first in (("first", ranked[:1]), ("first three", ranked[:3])):
                hit = any(self.judge.kind(c, post.conditions) for c in first)
                count[name, "n"] += hit
                count[name, "of"] += 1
                if not hit and self.shown == name:
                    print(f"{post.page[:6]} {post.conditions}: {ranked[:3]}\n   {post.text}")

    def table(self) -> str:
        """The figures for people to read."""
        c = self.count
        lines = [f"{c['texts', 'n']} texts", f"{'':14}   wanted   recall     read  precision"]
        for name in KINDS:
            recall, right = (
                ratio(c[name, a], c[name, b]) for a, b in (("found", "wanted"), ("right", "read"))
            )
            lines.append(f"{name:14}{c[name, 'wanted']:9}{recall:>9}{c[name, 'read']:9}{right:>11}")
        for name in ("side", "days", "asked"):
            lines.append(
                f"{name:14}{c[name, 'wanted']:9}{ratio(c[name, 'found'], c[name, 'wanted']):>9}"
            )
        lines.append(f"{'false denials':18}{c['false denials', 'n']:5}")
        for name in ("under-triage", "over-triage", "serious missed", "serious unclear",
                     "calm over-triaged", "unclear", "first", "first three"):  # fmt: skip
            n, of = c[name, "n"], c[name, "of"]
            lines.append(f"{name:18}{n:5}  of {of:5} {ratio(n, of)}")
        lines.append(
            f"{'out of scope':18}{c['out of scope', 'right']:5}  of {c['out of scope', 'n']:5}"
        )
        lines += ["", f"{'label / answer':14}" + "".join(f"{a:>12}" for a in (*LEVELS, "unclear"))]
        for want in LEVELS:
            got = "".join(f"{self.matrix[want, a]:>12}" for a in (*LEVELS, "unclear"))
            lines.append(f"{want:14}{got}")
        return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how well retold posts are read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=HALVES, default="open")
    parser.add_argument(
        "--errors", metavar="KIND", help="each error of a row, of the open half only"
    )
    options = parser.parse_args(arguments)
    if options.errors and options.half == "kept":
        parser.error("errors of the kept posts are not shown")
    with kg.open() as graph:
        figures = Figures(graph, options.errors)
        for post in read_posts(options.half):
            figures.add(post)
    print(figures.table())


if __name__ == "__main__":
    main()
