"""Join what a text says twice: repeats, and a general word after a named finding."""

from __future__ import annotations

from dataclasses import replace

from kg.recognise.case import Finding
from kg.recognise.drafts import Draft
from kg.recognise.qualities import shared
from kg.recognise.reading import Words

__all__ = ["settle"]


def settle(words: Words, drafts: list[Draft]) -> list[Draft]:
    """Merge what the text says twice: repeats, "the twitch" after a named one, open after sure."""
    drafts = _merge_general(words, drafts)
    merged: dict[tuple[str, str, str | None, str | None, bool], Draft] = {}
    for item in drafts:
        f = item.finding
        key = (f.id, f.status, f.site, f.side, item.other)
        seen = merged.get(key)
        merged[key] = item if seen is None else _joined(seen, item)
    there = [d.finding for d in merged.values() if d.finding.status == "present" and not d.other]
    present = {b for f in there for b in words.broader(f.id)}
    told: dict[str, list[Finding]] = {}
    for finding in there:
        told.setdefault(finding.id, []).append(finding)
    return [
        d
        for d in merged.values()
        if d.other
        or (
            not (d.finding.status == "unknown" and d.finding.id in present)
            and not any(_gainsays(d.finding, f) for f in told.get(d.finding.id, ()))
        )
    ]


def _gainsays(denied: Finding, there: Finding) -> bool:
    """Whether a finding is denied that is also reported: what may be there is there."""
    same = denied.reason == "denied" and denied.status == "absent"
    sides = denied.side and there.side and denied.side != there.side
    sites = denied.site and there.site and denied.site != there.site
    return same and not sides and not sites


def _merge_general(words: Words, drafts: list[Draft]) -> list[Draft]:
    """Join one finding told in two sentences ("my lip twitches; the twitch began in June")."""
    kept: list[Draft] = []
    for item in drafts:
        f = item.finding
        if f.status == "present" and f.site is None and not item.elsewhere and not item.other:
            for index in range(len(kept) - 1, -1, -1):
                earlier = kept[index]
                same = earlier.finding.status == "present" and not earlier.other
                if same and words.is_effect_id(f.id) and _is_under(words, earlier, f.id):
                    # What is said of "the twitch" is said of the twitch that was named before.
                    both = _joined(earlier, item)
                    qualities = dict.fromkeys((*earlier.finding.qualities, *f.qualities))
                    kept[index] = replace(
                        both, finding=replace(both.finding, qualities=tuple(qualities))
                    )
                    break
            else:
                kept.append(item)
        else:
            kept.append(item)
    return kept


def _is_under(words: Words, item: Draft, general: str) -> bool:
    if item.finding.id in words.explained:
        return False  # what explains one finding explains no other
    return item.finding.id != general and general in words.broader(item.finding.id)


def _joined(one: Draft, other: Draft) -> Draft:
    a, b = one.finding, other.finding
    finding = replace(
        a,
        side=a.side or b.side,
        duration_days=_longer(a.duration_days, b.duration_days),
        at_least_days=_longer(a.at_least_days, b.at_least_days),
        amount=a.amount or b.amount,
        course=b.course or a.course,
        qualities=shared(a.qualities, b.qualities),
    )
    return replace(
        one,
        finding=finding,
        marks=one.marks | other.marks,
        elsewhere=one.elsewhere and other.elsewhere,
    )


def _longer(a: float | None, b: float | None) -> float | None:
    known = [x for x in (a, b) if x is not None]
    return max(known) if known else None
