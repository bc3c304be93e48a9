"""What follows from findings by the data of the graph: patterns, implications, opposites."""

from __future__ import annotations

from collections.abc import Mapping

from kg.recognise.case import Finding
from kg.recognise.context import Context
from kg.recognise.drafts import Draft
from kg.recognise.explanations import Explanations, current
from kg.recognise.qualities import shared
from kg.recognise.reading import CANDIDATE, HISTORY, PATTERN, Words
from kg.recognise.tokens import tokenise

_BEFORE = 3.0  # days by which a finding may be older than the treatment it is put down to


class Rules:
    """The rules that a view holds, ready to be applied to the findings of a case."""

    def __init__(self, words: Words) -> None:
        self._view, self._broader = words.view, words.broader
        cues = words.cues.by_category
        self._implications = cues.get("implication", ())
        self._compositions = cues.get("composition", ())
        self._explanations = Explanations(words)
        # One bar for each cue: the pattern that has to be there, and how it is said to be.
        self._bars = sorted(
            {
                (c.properties.get("ft:cue-concept"), c.properties.get("ft:when-modifier"))
                for c in cues.get("threshold-bar", ())
            },
            key=str,
        )
        self._opposed: dict[str, set[str]] = {}
        for one, other in words.view.opposites:
            self._opposed.setdefault(one, set()).add(other)
            self._opposed.setdefault(other, set()).add(one)
        self._words = words
        rows = [c.properties for c in words.cues.by_category.get("pattern-of", ())]
        # "Continuous movement" is said of what moves; most patterns name what has them.
        self._generals: dict[str, frozenset[str]] = {
            pattern: frozenset(row["ft:implies"].split())
            for row in rows
            for pattern in row["ft:cue-concept"].split()
        }
        self._lasting = self._thresholds()

    def _general(self, pattern: str) -> frozenset[str]:
        """The findings whose pattern a concept can be; empty when it fits any."""
        if pattern not in self._generals:
            concept = self._view.concepts.get(pattern)
            fits_any = concept is None or PATTERN not in concept.roles or HISTORY in concept.roles
            named = () if fits_any else self._view.broader(pattern)
            # "persistent twitching" names what persists.
            self._generals[pattern] = frozenset(
                s.id
                for broader in named
                for match in self._words.lexicon.find(
                    tokenise(self._view.label(broader)), exclude=frozenset({broader})
                )
                for s in match.senses
                if s.kind == "finding" and self._words.is_effect_id(s.id)
            )
        return self._generals[pattern]

    def _thresholds(self) -> dict[str, float]:
        """Patterns that a stretch of time makes, with the fewest days."""
        known = self._view.quantities
        found: dict[str, float] = {}
        for concept in self._view.with_role(PATTERN):
            told = map(known.get, self._view.objects(concept.id, "ft:has-duration"))
            days = [q.min_days for q in told if q is not None and q.min_days is not None]
            if days:
                found[concept.id] = min(days)
        return found

    def fits(self, pattern: str, finding: str) -> bool:
        """Whether a pattern can be the pattern of a finding."""
        general = self._general(pattern)
        return not general or bool(general & self._broader(finding))

    def fits_any(self, pattern: str) -> bool:
        """Whether a pattern can be the pattern of any finding."""
        return not self._general(pattern)

    @property
    def lasting(self) -> frozenset[str]:
        """The patterns that only a long enough time makes."""
        return frozenset(self._lasting)

    def apply(self, drafts: list[Draft], context: Context) -> list[Draft]:
        """Add what follows from the findings of the case."""
        drafts = self._last(self._explain(drafts, context))
        drafts = self._imply(drafts)
        drafts = self._compose(drafts)
        drafts = self._follow(drafts)
        return self._oppose(drafts)

    def _explain(self, drafts: list[Draft], context: Context) -> list[Draft]:
        """Say of findings what explains them: a lip that is numb since the dentist's needle."""
        for cue in self._explanations.cues:
            drafts = self._explanations.name(cue, drafts, context)
            name = cue.properties.get("ft:cue-concept")
            told = [d for d in current(drafts) if name in d.finding.qualities]
            told = [d for d in told if CANDIDATE not in self._view.concepts[d.finding.id].roles]
            drafts = self._add(drafts, name or "", told)
        return drafts

    def _last(self, drafts: list[Draft]) -> list[Draft]:
        present = current(drafts)
        for pattern, least in sorted(self._lasting.items()):
            long_enough = [
                d
                for d in present
                if max(d.finding.duration_days or 0, d.finding.at_least_days or 0) >= least
                and self._general(pattern) & self._broader(d.finding.id)
                and ("continuance" in d.marks or not self._barred(d, present))
            ]
            drafts = self._add(drafts, pattern, long_enough)
        return drafts

    def _barred(self, item: Draft, present: list[Draft]) -> bool:
        """Whether time alone does not make the finding a lasting one: it is brief, or rare."""
        for pattern, modifier in self._bars:
            holding = [d for d in present if d.finding.id == pattern]
            if pattern is not None and not holding:
                continue
            name = (modifier or "").removeprefix("ft:")
            if not name or any(name in d.marks for d in (item, *holding)):
                return True
        return False

    def _imply(self, drafts: list[Draft]) -> list[Draft]:
        for cue in self._implications:
            properties = cue.properties
            present = current(drafts)
            reasons = [d for d in present if self._fires(properties, d)]
            # What is said of a finding itself is surer than what its time would make of it.
            opposed = self._opposed.get(properties["ft:implies"], set())
            reasons = [d for d in reasons if opposed.isdisjoint(d.finding.qualities)]
            wanted = properties.get("ft:and-broader")
            if wanted is not None and reasons:
                also = [d for d in present if wanted in self._broader(d.finding.id)]
                reasons = [d for d in reasons if any(_after(d, a) for a in also)]
                reasons += also if reasons else []
            drafts = self._add(drafts, properties["ft:implies"], reasons)
        return drafts

    def _compose(self, drafts: list[Draft]) -> list[Draft]:
        """Several places of one side at work are one thing: what half of a whole does."""
        for cue in self._compositions:
            wanted = set(cue.properties.get("ft:when-broader", "").split())
            least = int(cue.properties.get("ft:min-places", "2"))
            whole = set(cue.properties["ft:cue-site"].split())
            found = [
                d
                for d in current(drafts)
                if not whole.isdisjoint(self._view.around(d.finding.site or ""))
                and wanted & self._broader(d.finding.id)
            ]
            sides = {d.finding.side for d in found} - {None}
            sites = {d.finding.site for d in found if d.finding.site is not None}
            apart = {s for s in sites if not sites & set(self._view.around(s)[1:])}
            if len(sides) == 1 and "both" not in sides and len(apart) >= least:
                drafts = self._add(drafts, cue.properties["ft:implies"], found)
        return drafts

    def _fires(self, properties: Mapping[str, str], item: Draft) -> bool:
        concept = self._view.concepts[item.finding.id]
        kind, broader = properties.get("ft:when-kind"), properties.get("ft:when-broader")
        modifier, days = properties.get("ft:when-modifier"), properties.get("ft:when-max-days")
        if kind is not None and kind not in concept.kinds:
            return False
        if broader is not None and broader not in self._broader(concept.id):
            return False
        if modifier is not None and modifier not in item.marks:
            return False
        duration = item.finding.duration_days
        return days is None or (duration is not None and duration <= float(days))

    def _follow(self, drafts: list[Draft]) -> list[Draft]:
        changed = True
        while changed:
            changed = False
            for consequence, reason in self._view.implications:
                reasons = [d for d in current(drafts) if d.finding.id == reason]
                more = self._add(drafts, consequence, reasons)
                changed = changed or len(more) > len(drafts)
                drafts = more
        return drafts

    def _oppose(self, drafts: list[Draft]) -> list[Draft]:
        # A pattern is denied only by what is declared its opposite: to say of every sudden start
        # that it was not gradual would tell nothing.
        turned = [
            (b, a) for a, b in self._view.opposites if PATTERN not in self._view.concepts[a].roles
        ]
        for one, other in sorted([*self._view.opposites, *turned]):
            reasons = [d for d in current(drafts) if d.finding.id == one]
            # "Not sleeping well": to deny the good state is to report the want.
            gone = ("denied", "resolved")
            denied = [d for d in drafts if d.finding.id == one and d.finding.reason in gone]
            if "ft:cause-kind" in self._view.concepts[other].roles:
                drafts = self._add(drafts, other, denied)
            own = [d.finding for d in drafts if d.finding.id == other and not d.other]
            if all(f.status == "unknown" for f in own):
                drafts = self._add(drafts, other, reasons, status="absent")
        return drafts

    def _add(
        self, drafts: list[Draft], concept: str, reasons: list[Draft], status: str = "present"
    ) -> list[Draft]:
        """The drafts with a finding that others are the reasons of, where it is none yet."""
        if not reasons or concept not in self._view.concepts:
            return drafts
        own = [d.finding for d in drafts if d.finding.id == concept and not d.other]
        if any(f.status in (status, "absent") for f in own):
            return drafts
        ids = tuple(dict.fromkeys(d.finding.id for d in reasons))
        labels = ", ".join(self._view.label(i) for i in ids)
        if any(d.finding.status == "absent" for d in reasons):
            labels = f"no {labels}"
        span = reasons[0].finding.span if status == "absent" else None
        days = [d.finding.duration_days for d in reasons if d.finding.duration_days is not None]
        finding = Finding(
            concept,
            status,
            span,
            duration_days=max(days) if days and concept in self._lasting else None,
            reason=f"implied by {labels}",
            implied_by=ids,
            qualities=shared(*[d.finding.qualities for d in reasons]),
        )
        return [*drafts, Draft(finding)]


def _after(cause: Draft, effect: Draft) -> bool:
    """Whether the effect is not clearly older than the cause."""
    if cause.finding.duration_days is None or effect.finding.duration_days is None:
        return True
    return effect.finding.duration_days <= cause.finding.duration_days + _BEFORE
