"""From mentions to findings, for the case and others; what a text says twice is joined."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.recognise.case import GUESSED, Finding
from kg.recognise.mentions import Mention
from kg.recognise.people import bearer_of
from kg.recognise.places import Places
from kg.recognise.qualities import bind_qualities, shared
from kg.recognise.reading import CANDIDATE, EFFECT, Reading, Words

_Key = tuple[str, str, str | None, str | None, bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding on its way to the case, with what only the rules need to know."""

    finding: Finding
    other: bool = False
    elsewhere: bool = False
    marks: frozenset[str] = frozenset()
    counted_back: bool = False


def draft(reading: Reading, places: Places) -> tuple[list[Draft], list[Mention], list[Mention]]:
    """Turn the mentions of a reading into drafts; also return those that became one.

    The guesses among them are apart: those of what is there and no sure finding tells.
    """
    drafts: list[Draft] = []
    used: list[Mention] = []
    guessed: list[Mention] = []
    qualities = bind_qualities(reading)
    for mention in reading.mentions:
        if mention.kind != "finding" or mention.dropped:
            continue
        bearer = bearer_of(reading, mention)
        status, reason, past = _status(reading, mention)
        made = _placed(reading, places, mention, status, reason, qualities.get(mention.start, ()))
        if bearer == "thing" or not made:
            mention.dropped = True
            for place in mention.places:
                place.used = False
            continue
        (guessed if GUESSED in mention.marks else used).append(mention)
        for item in made:
            if bearer == "other":
                finding = replace(item.finding, reason=item.finding.reason or "somebody else")
                drafts.append(replace(item, finding=finding, other=True))
            else:
                drafts.append(replace(item, other=past))
    # A guess makes no word understood, and no place.
    known = {id(place) for mention in used for place in mention.places}
    for place in (p for mention in guessed for p in mention.places if id(p) not in known):
        place.used = False
    sure = {b for m in used if _is_there(m) for b in reading.words.broader(m.id)}
    guessed = [m for m in guessed if _is_there(m) and m.id not in sure]
    for amount in reading.implied:
        span = reading.span(amount.start, amount.end)
        status = "present" if amount.present else "absent"
        reason = f"implied by {amount.amount.text}"
        finding = Finding(amount.concept, status, span, amount=amount.amount, reason=reason)
        if amount.present or amount.amount.relation != "unknown":
            drafts.append(Draft(finding))
    return drafts, used, guessed


def _is_there(mention: Mention) -> bool:
    away = mention.denied or mention.asked or mention.open or mention.ended or mention.past
    return not (away or mention.resolved)


def _status(reading: Reading, mention: Mention) -> tuple[str, str | None, bool]:
    """The status of a mention, the reason for it, and whether it is a thing of the past."""
    roles = reading.words.roles(mention)
    effect = EFFECT in roles
    if mention.asked and "counted" not in mention.marks:
        return "unknown", "asked", False
    if mention.open:
        reasons = (name for name in ("an opinion", "suspected") if name in mention.marks)
        return "unknown", next(reasons, "uncertain"), False
    if mention.ended:
        return ("absent", "resolved", True) if effect else ("absent", "stopped", False)
    if mention.denied:
        return "absent", "denied", False
    if mention.resolved and not mention.past:
        return "absent", "resolved", True
    if mention.past:
        exposure = not effect and CANDIDATE not in roles
        return "absent", "stopped" if exposure else "in the past", not exposure
    there = (name for name in ("reduced", GUESSED) if name in mention.marks)
    return "present", next(there, None), False


def _placed(
    reading: Reading,
    places: Places,
    mention: Mention,
    status: str,
    reason: str | None,
    qualities: tuple[str, ...],
) -> list[Draft]:
    span = reading.span(mention.start, mention.end)
    placeless = places.is_placeless(mention.id)
    base = Finding(
        mention.id,
        status,
        span,
        side=None if placeless else mention.side,
        duration_days=mention.days,
        duration_sure=mention.days_sure,
        at_least_days=mention.at_least or None,
        amount=mention.amount,
        reason=reason,
        course=mention.course,
        qualities=qualities if reading.is_effect(mention) else (),
    )
    marks = frozenset({*mention.marks, reason or status})
    common = Draft(base, marks=marks, counted_back=mention.counted_back)
    own = places.own(mention.id) if reading.is_effect(mention) else ()
    if placeless or not mention.places:
        home = own or (places.implied(mention.id) if reading.is_effect(mention) else ())
        site = places.sided(home[0], base.side) if home else None
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
    figure = (mention.id, place.id) in places.figures
    inside = place.nested and mention.start <= place.start and place.end <= mention.end
    unlike = inside and not places.fits(mention.id, place.id)
    if own and (mention.framed or unlike) and not figure:
        return [replace(common, finding=replace(base, site=place.id))]
    if own and not figure and not places.fits(mention.id, place.id):
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


# -- what is said twice


def settle(words: Words, drafts: list[Draft]) -> list[Draft]:
    """Merge what the text says twice: repeats, "the twitch" after a named one, open after sure."""
    drafts = _merge_general(words, drafts)
    merged: dict[_Key, Draft] = {}
    for item in drafts:
        f = item.finding
        key = (f.id, f.status, f.site, f.side, item.other)
        seen = merged.get(key)
        merged[key] = item if seen is None else _joined(seen, item)
    merged = _join_unsided(merged)
    there = [d.finding for d in merged.values() if d.finding.status == "present" and not d.other]
    present = {b for f in there for b in words.broader(f.id)}
    told: dict[str, list[Finding]] = {}
    for finding in there:
        told.setdefault(finding.id, []).append(finding)
    return [
        d
        for d in merged.values()
        if d.other
        or not (
            (d.finding.status == "unknown" and d.finding.id in present)
            or any(_gainsays(d.finding, f) for f in told.get(d.finding.id, ()))
        )
    ]


def _join_unsided(merged: dict[_Key, Draft]) -> dict[_Key, Draft]:
    """Join what is told without a side to what is told of the same place with one side."""
    for key in [key for key in merged if key[3] is None and key[2] is not None]:
        sided = [k for k in merged if k[3] is not None and (*k[:3], None, k[4]) == key]
        if len(sided) == 1:
            first, second = (k for k in merged if k in (key, sided[0]))
            both = {first: (sided[0], _joined(merged[first], merged[second]))}
            merged = dict(both.get(k, (k, v)) for k, v in merged.items() if k != second)
    return merged


def _gainsays(denied: Finding, there: Finding) -> bool:
    """Whether a finding is denied that is also reported: what may be there is there."""
    same = denied.reason == "denied" and denied.status == "absent"
    sides = denied.side and there.side and denied.side != there.side
    sites = denied.site and there.site and denied.site != there.site
    return same and not sides and not sites


def _merge_general(words: Words, drafts: list[Draft]) -> list[Draft]:
    """Join one finding told in two sentences ("my lip twitches; the twitch began in June")."""
    kept: list[Draft] = []
    there: dict[str, int] = {}  # where a finding that is there was kept last, by its concept
    for item in drafts:
        f = item.finding
        own = f.status == "present" and not item.other
        bare = own and f.site is None and not item.elsewhere and words.is_effect_id(f.id)
        named = [place for known, place in there.items() if bare and _is_under(words, known, f.id)]
        if not named:
            if own:
                there[f.id] = len(kept)
            kept.append(item)
            continue
        # What is said of "the twitch" is said of the twitch that was named before.
        earlier = kept[max(named)]
        both = _joined(earlier, item)
        qualities = tuple(dict.fromkeys((*earlier.finding.qualities, *f.qualities)))
        kept[max(named)] = replace(both, finding=replace(both.finding, qualities=qualities))
    return kept


def _is_under(words: Words, concept: str, general: str) -> bool:
    """Whether a finding is a kind of a more general one."""
    if concept in words.explained:
        return False  # what explains one finding explains no other
    return concept != general and general in words.broader(concept)


def _joined(one: Draft, other: Draft) -> Draft:
    a, b = one.finding, other.finding
    finding = replace(
        a,
        side=a.side or b.side,
        duration_days=(days := _longer(a.duration_days, b.duration_days)),
        duration_sure=any(f.duration_sure and f.duration_days == days for f in (a, b)),
        at_least_days=_longer(a.at_least_days, b.at_least_days),
        amount=a.amount or b.amount,
        course=b.course or a.course,
        reason=a.reason if a.reason != GUESSED else b.reason,
        qualities=shared(a.qualities, b.qualities),
    )
    return replace(
        one,
        finding=finding,
        marks=one.marks | other.marks,
        elsewhere=one.elsewhere and other.elsewhere,
    )


def _longer(a: float | None, b: float | None) -> float | None:
    return max((x for x in (a, b) if x is not None), default=None)
