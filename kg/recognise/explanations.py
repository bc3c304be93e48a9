"""What explains a finding: an event, an illness or a complaint that it is put down to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.recognise.case import Finding
from kg.recognise.context import Context
from kg.recognise.drafts import Draft
from kg.recognise.reading import PATTERN, Words
from kg.view import Cue


class Explanations:
    """The reasons that a view knows for findings, each a cue."""

    def __init__(self, words: Words) -> None:
        self._view, self._broader = words.view, words.broader
        self.cues = words.cues.by_category.get("explanation", ())

    def name(self, cue: Cue, drafts: list[Draft], context: Context) -> list[Draft]:
        """The drafts, those that a cue explains named so and as old as what explains them."""

        def before(item: Draft) -> Iterator[float | None]:
            return self._before(cue.properties, context, drafts, item)

        spans = {
            (d.finding.id, d.finding.span): days
            for d in _told(drafts)
            if (days := self._explained(cue.properties, d, before(d))) is not None
        }
        name = cue.properties.get("ft:cue-concept")
        return [self._named_so(d, name, spans.get((d.finding.id, d.finding.span))) for d in drafts]

    def _named_so(self, item: Draft, name: str | None, days: float | None) -> Draft:
        if days is None:
            return item
        finding = item.finding
        if finding.duration_days is None and days > 0:
            finding = replace(finding, duration_days=days)
        if name is not None and PATTERN in self._view.concepts[name].roles:
            finding = replace(finding, qualities=(*finding.qualities, name))
        elif name is not None:
            finding = replace(finding, id=name)
        return replace(item, finding=finding)

    def _explained(
        self, properties: Mapping[str, str], item: Draft, events: Iterable[float | None]
    ) -> float | None:
        """The days since what explains a finding, 0 where nobody says; None if nothing does."""
        finding, sites = item.finding, properties.get("ft:cue-site", "").split()
        named = finding.id in properties.get("ft:when-finding", finding.id).split()
        if not named or finding.course == "worse":
            return None
        if properties.get("ft:unless-modifier", "ft:").removeprefix("ft:") in item.marks:
            return None
        if sites and finding.site not in sites and (finding.site or item.elsewhere):
            return None
        if properties.get("ft:when-modifier", "ft:").removeprefix("ft:") not in ("", *item.marks):
            return None
        if properties.get("ft:unless-quality") in finding.qualities:
            return None
        untold = float(properties.get("ft:cue-days", "0"))
        if properties.get("ft:when-quality") in finding.qualities:
            return untold
        most = float(properties.get("ft:when-max-days", "inf"))
        later = float(properties.get("ft:when-later-days", "1"))
        if "ft:when-min-days" in properties:
            least = float(properties["ft:when-min-days"])
            own = finding.duration_days or finding.at_least_days
            since = [untold if d is None else d for d in events]
            old = own >= least if own else any(least <= d <= most for d in since)
            return 0.0 if since and old else None
        before = [untold if d is None else d for d in events if _no_newer(finding, d, later)]
        return next((days for days in before if days <= most), None)

    def _before(
        self, properties: Mapping[str, str], context: Context, drafts: list[Draft], item: Draft
    ) -> Iterator[float | None]:
        """How long ago the events, illnesses and complaints were that explain a finding."""
        if context.person.whose in properties.get("ft:when-person", "").split():
            yield None
        events = properties.get("ft:when-event", "").split()
        site = properties.get("ft:when-event-site")
        illnesses = properties.get("ft:when-known", "").split()
        around = self._view.around
        possible = {"named", "past"} if "ft:when-modifier" in properties else {"named"}
        for event in context.events:
            here = site is None or (event.site is not None and site in around(event.site))
            if event.id in events and here:
                yield event.days_ago
        shown_by = properties.get("ft:when-shown-by")
        for known in context.known:
            if known.status not in possible or self._broader(known.id).isdisjoint(illnesses):
                continue
            if "ft:when-min-days" in properties and known.id not in context.had:
                continue
            shown = {known.id, *self._view.objects(known.id, shown_by or "")}
            if shown_by is None or not shown.isdisjoint(self._broader(item.finding.id)):
                yield known.days_ago
        for finding in (d.finding for d in _told(drafts) if d.finding.id in illnesses):
            if shown_by is None:
                yield finding.duration_days


def current(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts that the person has now."""
    return [d for d in drafts if d.finding.status == "present" and not d.other]


def _told(drafts: Iterable[Draft]) -> list[Draft]:
    return [*current(drafts), *(d for d in drafts if d.finding.reason == "resolved")]


def _no_newer(finding: Finding, days: float | None, later: float) -> bool:
    """Whether a finding may have been there since something else, or began so much later."""
    if finding.duration_days is None:
        return True
    return days is not None and finding.duration_days >= days - later
