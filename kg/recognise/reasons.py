"""Everyday reasons: a sign whose own words give the reason is believed where it stands alone.

"My arm is weak since I sprained it" is no sign of a stroke. "I thought I'd sprained my arm, it just
hangs there and my mouth droops" may be one: beside anything else that is told, asked, known or not
understood, the sign is the grave one that its words would mean without the reason.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from kg.recognise.context import Context
from kg.recognise.drafts import Draft
from kg.recognise.reading import CANDIDATE, EFFECT, SELF, Words

__all__ = ["doubt_reasons"]


def doubt_reasons(
    words: Words, drafts: list[Draft], context: Context, *, read: bool
) -> list[Draft]:
    """Take signs with an everyday reason for grave ones, unless they stand alone.

    `read` tells whether all that the text says of the body was understood.
    """
    for cue in words.cues.by_category.get("everyday-reason", ()):
        told, grave = cue.properties["ft:cue-concept"], cue.properties["ft:implies"]
        own = [d for d in drafts if d.finding.id == told]
        idle = frozenset(cue.properties["ft:when-broader"].split())
        alone = read and context.person.whose == SELF and not any(d.other for d in own)
        alone = alone and all(idle & words.broader(known.id) for known in context.known)
        beside = [d for d in drafts if d not in own] if own and alone else []
        if own and not (alone and all(_is_idle(words, idle, d) for d in beside)):
            drafts = [
                replace(d, finding=replace(d.finding, id=grave)) if d in own else d for d in drafts
            ]
    return drafts


def _is_idle(words: Words, idle: Set[str], item: Draft) -> bool:
    """Whether a finding may stand beside a sign with a reason: denied, or harmless by the row."""
    finding = item.finding
    if finding.status == "absent" and finding.reason == "denied":
        return True
    if words.view.concepts[finding.id].roles.isdisjoint((EFFECT, CANDIDATE)):
        return True
    return not idle.isdisjoint(words.broader(finding.id))
