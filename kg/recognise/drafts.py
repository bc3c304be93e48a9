"""From mentions to findings: status, place, side and duration of each, for the case and others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.recognise.case import Finding
from kg.recognise.mentions import Mention
from kg.recognise.people import bearer_of
from kg.recognise.places import Places
from kg.recognise.qualities import bind_qualities
from kg.recognise.reading import EFFECT, Reading

__all__ = ["Draft", "draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding on its way to the case, with what only the rules need to know."""

    finding: Finding
    other: bool = False
    elsewhere: bool = False
    marks: frozenset[str] = frozenset()
    counted_back: bool = False


def draft(reading: Reading, places: Places) -> tuple[list[Draft], list[Mention]]:
    """Turn the mentions of a reading into drafts; also return the mentions that became one."""
    drafts: list[Draft] = []
    used: list[Mention] = []
    qualities = bind_qualities(reading)
    for mention in reading.mentions:
        if mention.kind != "finding" or mention.dropped:
            continue
        bearer = bearer_of(reading, mention)
        if bearer == "thing":
            mention.dropped = True
            for place in mention.places:
                place.used = False
            continue
        status, reason, past = _status(reading, mention)
        made = _placed(reading, places, mention, status, reason, qualities.get(mention.start, ()))
        if not made:
            mention.dropped = True
            for place in mention.places:
                place.used = False
            continue
        used.append(mention)
        for item in made:
            if bearer == "other":
                finding = replace(item.finding, reason=item.finding.reason or "somebody else")
                drafts.append(replace(item, finding=finding, other=True))
            else:
                drafts.append(replace(item, other=past))
    for amount in reading.implied:
        span = reading.span(amount.start, amount.end)
        status = "present" if amount.present else "absent"
        reason = f"implied by {amount.amount.text}"
        finding = Finding(amount.concept, status, span, amount=amount.amount, reason=reason)
        if amount.present or amount.amount.relation != "unknown":
            drafts.append(Draft(finding))
    return drafts, used


def _status(reading: Reading, mention: Mention) -> tuple[str, str | None, bool]:
    """The status of a mention, the reason for it, and whether it is a thing of the past."""
    effect = EFFECT in reading.words.view.concepts[mention.id].roles
    if mention.asked and "counted" not in mention.marks:
        return "unknown", "asked", False
    if mention.open:
        reasons = (name for name in ("an opinion", "suspected") if name in mention.marks)
        return "unknown", next(reasons, "uncertain"), False
    if mention.ended:
        return ("absent", "resolved", True) if effect else ("absent", "stopped", False)
    if mention.denied:
        return "absent", "denied", False
    if mention.resolved:
        return "absent", "resolved", True
    if mention.past:
        exposure = not effect and "ft:candidate-kind" not in (
            reading.words.view.concepts[mention.id].roles
        )
        return "absent", "stopped" if exposure else "in the past", not exposure
    return "present", "reduced" if "reduced" in mention.marks else None, False


def _placed(
    reading: Reading,
    places: Places,
    mention: Mention,
    status: str,
    reason: str | None,
    qualities: tuple[str, ...],
) -> list[Draft]:
    span = reading.span(mention.start, mention.end)
    base = Finding(
        mention.id,
        status,
        span,
        side=mention.side,
        duration_days=mention.days,
        at_least_days=mention.at_least or None,
        amount=mention.amount,
        reason=reason,
        course=mention.course,
        qualities=qualities if reading.is_effect(mention) else (),
    )
    marks = frozenset(mention.marks)
    common = Draft(base, marks=marks, counted_back=mention.counted_back)
    own = places.own(mention.id) if reading.is_effect(mention) else ()
    if not mention.places:
        home = own or (places.implied(mention.id) if reading.is_effect(mention) else ())
        site = places.sided(home[0], mention.side) if home else None
        return [replace(common, finding=replace(base, site=site))]
    drafts: list[Draft] = []
    for place in mention.places:
        drafts += _at_place(reading, places, mention, place, common, own)
    drafts = [
        replace(d, finding=replace(d.finding, site=places.sided(d.finding.site, d.finding.side)))
        for d in drafts
    ]
    return list({(d.finding.id, d.finding.site, d.finding.side): d for d in drafts}.values())


def _at_place(
    reading: Reading,
    places: Places,
    mention: Mention,
    place: Mention,
    common: Draft,
    own: tuple[str, ...],
) -> list[Draft]:
    view = reading.words.view
    side = place.side or mention.side
    base = replace(common.finding, side=side)
    if place.kind == "foreign-place":
        return []
    if place.kind == "body-part":
        if own:
            anchor = view.concepts[mention.id].scope_anchor
            return [replace(common, finding=replace(base, site=own[0]))] if anchor else []
        site = places.around_part(place.id)
        return [replace(common, finding=replace(base, site=site), elsewhere=True)]
    if own and mention.framed:
        return [replace(common, finding=replace(base, site=place.id))]
    if own and not places.fits(mention.id, place.id):
        # "nostril twitching and the cheek": what goes on at the cheek is the general finding.
        general = next(
            (f for g in view.broader(mention.id) if (f := places.at(g, place.id))), None
        )  # fmt: skip
        at_home = replace(common, finding=replace(base, site=own[0], side=mention.side))
        if general is None:
            return [at_home] if view.concepts[mention.id].scope_anchor else []
        return [at_home, replace(common, finding=replace(base, id=general, site=place.id))]
    special = places.at(mention.id, place.id)
    if special is not None:
        return [replace(common, finding=replace(base, id=special, site=place.id))]
    if reading.words.is_pattern(mention):
        return [common]
    here = replace(common, finding=replace(base, site=place.id))
    if not mention.framed and not places.is_general(mention.id) and not own:
        # A way of showing ("a flutter") at a place: the general finding is there as well.
        for broader in view.broader(mention.id)[1:]:
            form = places.at(broader, place.id)
            if form is not None:
                # What shows in this way at this place has the form that it takes there.
                own_form = (*here.finding.qualities, form)
                shown = replace(here, finding=replace(here.finding, qualities=own_form))
                return [shown, replace(common, finding=replace(base, id=form, site=place.id))]
    return [here]
