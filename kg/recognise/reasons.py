"""Everyday reasons: a sign whose own words give the reason is believed where it stands alone.

"My arm is weak since I sprained it" and "my fingers are numb from typing" are no signs of a stroke.
"I thought I'd sprained my arm, it just hangs there and my mouth droops" may be one: beside anything
else that is told, asked, known or not understood, the sign is the grave one.

A row of the graph names the harmless reading. It either turns a sign into it (the sign, the kind
of reason that its clause gives, and the plain words that the sign has to be told in), or, where
sign and reason are one wording, the wording back into the sign.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from kg.recognise.context import Context
from kg.recognise.drafts import Draft
from kg.recognise.reading import CANDIDATE, EFFECT, SELF, Reading, Words
from kg.recognise.stems import stem
from kg.recognise.tokens import words_of
from kg.view import Cue


def weigh_reasons(
    reading: Reading, drafts: list[Draft], context: Context, *, read: bool
) -> list[Draft]:
    """Take signs with an everyday reason for harmless where they stand alone, else for grave.

    `read` tells whether all that the text says of the body was understood.
    """
    told = reading.words.cues.by_category
    company = told.get("everyday-company", ())
    always, never = (
        frozenset(i for cue in company for i in _ids(cue, name))
        for name in ("when-broader", "unless-quality")
    )
    for cue in told.get("everyday-reason", ()):
        own = [d for d in drafts if _is_meant(reading, cue, d)]
        if not own:
            continue
        idle = always | _ids(cue, "when-broader") | _ids(cue, "cue-concept")
        beside = [d for d in drafts if d not in own]
        whose = {SELF, *cue.properties.get("ft:when-person", "").split()}
        alone = read and context.person.whose in whose and not any(d.other for d in own)
        alone = alone and all(idle & reading.words.broader(k.id) for k in context.known)
        alone = alone and not any(d.finding.id in never for d in beside)
        alone = alone and all(_is_idle(reading.words, idle, d) for d in beside)
        harmless = cue.properties["ft:cue-concept"]
        name = harmless if alone else cue.properties.get("ft:implies")
        if name is not None:
            drafts = [
                replace(d, finding=replace(d.finding, id=name)) if d in own else d for d in drafts
            ]
    return drafts


def _ids(cue: Cue, name: str) -> frozenset[str]:
    return frozenset(cue.properties.get(f"ft:{name}", "").split())


def _is_meant(reading: Reading, cue: Cue, item: Draft) -> bool:
    """Whether a row speaks of a finding: its wording, or a sign in plain words with its reason."""
    finding, kind = item.finding, cue.properties.get("ft:cue-kind")
    if finding.status != "present":
        return False
    if kind is None:
        return finding.id == cue.properties["ft:cue-concept"]
    span = finding.span
    if finding.id not in _ids(cue, "when-finding") or span is None:
        return False
    places = [i for i, t in enumerate(reading.tokens) if span[0] <= t.start < span[1]]
    first, last = reading.sentence_of(places[0])
    clauses = {reading.segment[i] for i in places}
    # In its clause, or as the beginning of the next: "slurring because the dentist numbed me".
    behind = {i for i in range(places[-1], last) if reading.segment[i - 1] in clauses}
    given = any(
        kind == told and (start in behind or not clauses.isdisjoint(reading.segment[start:end]))
        for start, end, told in reading.words.lexicon.reasons(reading.tokens, first, last)
    )
    said = {reading.tokens[i].stem for i in places}
    around = {reading.tokens[i].stem for i in range(first, last)}
    plain, grave = (
        {stem(word) for word in words_of(text)}
        for text in (cue.text, cue.properties.get("ft:unless-said", ""))
    )
    return given and bool(said & plain) and not around & grave


def _is_idle(words: Words, idle: Set[str], item: Draft) -> bool:
    """Whether a finding may stand beside a sign with a reason: denied, or harmless by the rows."""
    finding = item.finding
    if finding.status == "absent" and finding.reason == "denied":
        return True
    if words.view.concepts[finding.id].roles.isdisjoint((EFFECT, CANDIDATE)):
        return True
    return not idle.isdisjoint(words.broader(finding.id))
