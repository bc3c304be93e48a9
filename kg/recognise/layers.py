"""How each kind of language cue is looked for: as phrases, layer by layer, or as single words."""

from __future__ import annotations

from collections.abc import Mapping

LISTS = (
    *("stop-word", "ordinary-word", "determiner", "filler", "approximator", "degree"),
    *("real-word", "by-halves", "one-of-two", "auxiliary", "copula", "contrasted", "clause-joint"),
    *("own-denial", "behind-elision", "behind-echo", "elision-lead", "elision-case", "elision-end"),
    *("asked-person", "denied-in-asking", "denied-before", "as-before", "not-forced", "single-act"),
)

LIGHT = ("determiner", "filler", "stop-word")  # with the denials, words that end no line
PERSONS = ("possessive", "pronoun-self", "pronoun-third")
WORDS = (
    *PERSONS,
    "pronoun-thing",
    "pronoun-empty",
    "place-preposition",
    "question-opener",
    "bearer-noun",
)

# Layers are matched apart, the longest phrase first within each: a word may act in several.
LAYERS: Mapping[str, tuple[str, ...]] = {
    "scope": (
        "negation", "negation-after", "pseudo-negation", "cessation", "cessation-of-it",
        "resolution", "recurrence", "past", "uncertainty", "medium", "opinion", "simile",
        "hypothetical", "asking-word", "question-opener", "knowledge-word", "termination",
        "negation-termination", "conjunction", "alternative", "family", "family-after",
        "ended-after", "exception",
    ),
    "manner": (
        "sound", "pseudo-sound", "troubled", "ability", "inability", "newly-started", "long-taken",
        "continuance", "past-verb", "onset-verb", "idle-verb", "ending-verb", "left-over",
    ),
    "tense": ("present-verb", "past-form", "back-to-today"),
    "brought-on": ("brought-on",),
    "person": (
        "person", "non-person", "patient", "informant", "reporting-verb", "person-preposition",
    ),
    "answer": ("answer-no", "answer-yes", "answer-alone"),
    "soon": ("soon-over",),
    "ahead": ("to-come", "some-day", "dread"),
    "box": ("empty-box", "ticked-box"),
    "abstinence": ("abstinence",),
    "trial": (
        "attempt", "reduction", "effect", "effect-when-denied", "effect-after", "effect-over",
        "no-effect", "persisting", "improvement", "worsening", "turned", "flare", "brevity",
        "rarity", "change-marker", "hearsay",
    ),
    "presumed": (
        "presumed", "presumed-definite", "presumed-never", "presumed-within", "not-presumed",
    ),
    "fiction": ("fiction", "dream"),
    "likeness": ("likeness",),
    "awaking": ("awaking",),
    "sequel": ("going-on", "never-more", "rest", "home-again"),
    "bare": ("bare-verb",),
    "side": ("side", "pseudo-side"),
    "number": ("number-word",),
    "time": (
        "time-unit", "time-marker", "time-point", "calendar-name", "clinical-fraction", "ago",
        "bout", "age", "clock", "whole-stretch", "offset", "later", "later-lead", "next-point",
        "ahead", "on-end", "occasion", "time-stretch", "deadline", "this-day", "ordinal",
        "unit-lead",
    ),
    "turn": ("turn",),
    "whole": ("newness", "recurring", "crying"),
    "amount": ("unit-word", "amount-unit", "amount-verb"),
    "period": ("period",),
    "predicate": ("predicate",),
    "bodily-thing": ("bodily-thing",),
    "occasion": ("occasion",), "repetition": ("repetition",),
    "ordinary": ("ordinary-phrase",),
    "thing": ("everyday-thing",),
    "sequence": ("sequence",),
    "same-part": ("same-part",), "same-side": ("same-side",),
    "medicine": ("medicine-name",), "intake": ("medicine-change",),
    "owning": ("medicine-owner",),
    "dose": ("dose-unit",),
    "not-yet": ("not-yet",),
    "illness": ("illness-name",),
    "diagnosis": ("diagnosis",),
    "event": ("event-name",),
    "deed": ("event-act",),
    "deed-words": ("event-aux", "event-object"),
    "measure": ("measure-name",),
    "level": ("measure-word",),
    "reading-off": ("measure-lead", "measure-elsewhere"),
    "test": ("test-name",),
    "verdict": ("test-verdict",),
    "relation": ("relation",),
    "sex": ("sex-word", "sex-fact"),
    "aged": (
        "age-lead", "age-being", "age-having", "age-link", "age-after", "decade-lead",
        "clinician-word", "bystander", "writer-mark", "past-lead", "span-lead",
    ),
    "band": ("age-band",),
    "decade": ("age-decade",),
    "expecting": ("expecting",),
    "clause": ("clause-word",),
    "reason": ("report-reason",),
    "bodily": ("alarm-word", "alarm-of-part", "sensation-word", "movement-word"),
    "doing": ("doing-word",), "link": ("linking-verb",),
    "aside": ("idiom",),
}  # fmt: skip

LAYER_OF: Mapping[str, str] = {
    category: layer for layer, categories in LAYERS.items() for category in categories
}

STEMMED = frozenset(
    {"person", "predicate", "relation", "thing", "bodily-thing", "measure", "doing"}
)  # layers whose words are met in any inflection
