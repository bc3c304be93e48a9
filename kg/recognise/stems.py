"""Light stemming: the forms of a word that people type fall on one key."""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_SIBILANT_ENDINGS = ("sses", "ches", "shes", "xes", "zes")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Strip plural, past and -ing endings; `word` is in lower case.

    Only inflection goes: a full stemmer joins words of different sense, and compares slowly.

    >>> {stem(w) for w in ("twitch", "twitches", "twitching", "twitched")}
    {'twitch'}
    >>> stem("calves") == stem("calf"), stem("noses") == stem("nose"), stem("stress")
    (True, True, 'stress')
    """
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word.endswith("'s") else word[:-1]
    if len(word) <= 3 or not word[-1].isalpha():
        return word
    return _tidy(_without_tense(_singular(word)))


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural ("eyes", no "iris's")."""
    return word.endswith("s") and not word.endswith(("ss", "'s"))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANT_ENDINGS):
        return word[:-2]
    if word.endswith("oes") and len(word) > 5:
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_tense(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and not base.endswith("e") and _VOWELS & set(base):
            return base[:-1] if base[-1] == base[-2] and base[-1] in "bdgmnprt" else base
    return word


def _tidy(word: str) -> str:
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    # calf/calves, move/moving: one letter stands for both.
    return word[:-1] + "f" if word.endswith("v") else word
