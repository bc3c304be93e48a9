"""Texts made of templates, names of the graph and typing errors, in whatever voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

import kg


def words(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """Other words for the same, with the capital of the first letter kept."""

    def change(text: str) -> str:
        for one, other in pairs:

            def instead(found: re.Match[str], other: str = other) -> str:
                return other.capitalize() if found[0][0].isupper() else other

            text = re.sub(rf"\b{one}\b", instead, text, flags=re.IGNORECASE)
        return text

    return change


_FIRST = {"me": "him", "my": "his", "mine": "his", "myself": "himself"}
_SAME = re.compile(
    r"\w+ed|had|was|did|could|can(?:'t|not)?|(?:could|was|did|wo)n't|should|would|will|might|may|got|"
    r"went|felt|woke|slept|took|gave|had|began|drank|kept|lost|saw|thought"
)
_ADD_S = re.compile(
    r"feel|take|drink|sleep|smoke|work|eat|chew|smile|talk|blink|close|wake|get|keep|need|live|run|"
    r"sweat|move|look|open|bite|rest|hear|speak|see|lie"
)
_THIRD = {"have": "has", "am": "is", "do": "does", "don't": "doesn't", "haven't": "hasn't"}
_I = re.compile(r"\bI(?:'(m|ve)| (?:(also|just|still|now|often|sometimes|never) )?([\w']+))")


def of_him(text: str) -> str | None:
    """The text with somebody else in place of the one who tells; None where that is not easy."""
    if re.search(r"\b(?:he|she|his|her|him|they|I'd|I'll|we|us|our)\b", text, re.IGNORECASE):
        return None
    if re.search(r"\b(?:woman|man|girl|boy|lady|\d+ ?[FM]|year-old)\b", text, re.IGNORECASE):
        return None  # who it is has been said
    if re.search(r"\b(?:ive|im)\b", text):
        return None  # "I" that is not written as such
    hard = False

    def instead(found: re.Match[str]) -> str:
        nonlocal hard
        short, adverb, verb = found.groups()
        if short:
            return "he is" if short == "m" else "he has"
        third = f"{verb}s" if _ADD_S.fullmatch(verb) else _THIRD.get(verb)
        hard = hard or not (third or _SAME.fullmatch(verb))
        return " ".join(filter(None, ("he", adverb, third or verb)))

    changed = _I.sub(instead, text)
    changed = words(*_FIRST.items())(changed)
    if hard or changed == text or re.search(r"\bI\b", changed):
        return None
    return re.sub(r"(^|[.!?]\s+)h", lambda m: f"{m[1]}H", changed)


class Voice(NamedTuple):
    """Who tells: subject, possessive, and the forms of the verbs."""

    subject: str
    possessive: str
    have: str
    be: str
    s: str


SELF = Voice("I", "my", "have", "am", "")
VOICES = (
    Voice("he", "his", "has", "is", "s"),
    Voice("she", "her", "has", "is", "s"),
    Voice("my son", "my son's", "has", "is", "s"),
)
TEMPLATES = (
    "{possessive} {side}{place} twitches{time}.",
    "{possessive} {side}{place} has been twitching{time}.",
    "{subject} {have} {sign}{time}.",
    "{subject} {have} no {sign}.",
    "{subject} {have} {sign}.",
    "{subject} drink{s} {number} coffees a day.",
    "{subject} slept badly.",
    "{subject} {be} under a lot of stress.",
    "{subject} take{s} {drug}.",
)
PLACES = ("eyelid", "cheek", "upper lip", "chin", "nostril", "eyebrow", "corner of the mouth")
TIMES = ("", "", " for three weeks", " since yesterday", " for two days", " for six months")


class Sentence(NamedTuple):
    """A sentence that stands for itself, in whatever voice."""

    template: str
    values: tuple[tuple[str, str], ...]
    about: str

    def tell(self, voice: Voice) -> str:
        text = self.template.format(**voice._asdict(), **dict(self.values))
        return text[0].upper() + text[1:]


TWITCH = Sentence("{possessive} right eyebrow twitches.", (), "twitch")


@dataclass(frozen=True)
class Names:
    """Names of the graph that a sentence may hold."""

    signs: tuple[tuple[str, str], ...]
    drugs: tuple[str, ...]

    @classmethod
    def of(cls, graph: kg.Graph) -> Names:
        every = graph.view.concepts.values()
        signs = [
            (c.id, name)
            for c in every
            if {"ft:Sign", "ft:Symptom"} & set(c.kinds) and "ft:pattern-kind" not in c.roles
            for name in (c.label, *c.alt_labels[:2])
        ]
        drugs = [c.label for c in every if {"ft:Drug", "ft:DrugClass"} & set(c.kinds)]
        return cls(tuple(sorted(signs)), tuple(sorted(drugs)))


@st.composite
def typed(draw: st.DrawFn, name: str) -> str:
    """A name, now and then with two letters in the wrong order."""
    if len(name) < 7 or draw(st.integers(0, 5)):
        return name
    place = draw(st.integers(1, len(name) - 3))
    one, other = name[place : place + 2]
    return name[:place] + other + one + name[place + 2 :] if (one + other).isalpha() else name


@st.composite
def sentences(draw: st.DrawFn, names: Names) -> Sentence:
    concept, name = draw(st.sampled_from(names.signs))
    values = (
        ("side", draw(st.sampled_from(("", "left ", "right ")))),
        ("place", draw(st.sampled_from(PLACES))),
        ("time", draw(st.sampled_from(TIMES))),
        ("sign", draw(typed(name))),
        ("drug", draw(st.sampled_from(names.drugs))),
        ("number", draw(st.sampled_from(("two", "3", "five")))),
    )
    template = draw(st.sampled_from(TEMPLATES))
    used = tuple(v for v in values if f"{{{v[0]}}}" in template)
    return Sentence(template, used, concept if "{sign}" in template else template[:18])


def stories(names: Names) -> st.SearchStrategy[list[Sentence]]:
    """One to four sentences, no two of them about the same."""
    return st.lists(sentences(names), min_size=1, max_size=4, unique_by=lambda part: part.about)


def story(parts: Sequence[Sentence], voice: Voice = SELF) -> str:
    return " ".join(part.tell(voice) for part in parts)
