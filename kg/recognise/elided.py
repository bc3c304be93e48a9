"""What is left out is filled in: "my right arm is fine, the left is not" says "is not fine".

A clause that ends behind its auxiliary takes the rest from the clause before it, and so does one
that only denies another side ("I can lift the right arm, but not the left") or time ("… then not
at all"). A question that begins with a denial says what it seems to deny: "isn't my face drooping?"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.recognise.tokens import Token

_NOT, _OF = "not", "of"
_MOST = 8  # words that are filled in
_FEW = 5  # words of a clause that only names another side
_SUBJECTS = ("pronoun-self", "pronoun-third", "pronoun-thing")
_ASKED = ("pronoun-self", "pronoun-third", "possessive", "asked-person")
_LEADS = ("determiner", "possessive", "contrasted", "pronoun-self", "pronoun-third", "filler")

Lists = Mapping[str, frozenset[str]]


class _Parts(NamedTuple):
    """A clause that is whole: its subject, its auxiliary if it has one, and the rest."""

    subject: list[Token]
    auxiliary: list[Token]
    rest: list[Token]


def filled_in(tokens: list[Token], words: Lists) -> list[Token]:
    """The tokens with what clauses leave out; it shares the letters of what stands before it."""
    found, before, start = list[Token](), list[Token](), 0
    for place in range(len(tokens) + 1):
        ends = place == len(tokens) or tokens[place].kind == "mark"
        if ends or tokens[place].norm in words["clause-joint"]:
            here = tokens[start:place]
            whole = _whole(here, before, words)
            found += [*whole, *tokens[place : place + 1]]
            before, start = whole or before, place + 1
    return found


def _whole(here: list[Token], before: list[Token], words: Lists) -> list[Token]:
    """A clause with what it takes from the one before it."""
    norms = [token.norm for token in here]
    if norms[1:2] == [_NOT] and _asks_for_yes(norms, words):
        return here[2:]
    if len(before) < 2 or not here or norms[0] in words["auxiliary"]:
        return here
    unlike = not words["denied-before"].isdisjoint(t.norm for t in before)
    end = next((i for i in range(1, len(here)) if _closes(norms, i, words, unlike)), None)
    if end is not None:
        told = _parts(before, words, norms[end - (norms[end] == _NOT)] in words["copula"])
        rest = told.rest if told is not None and _is_of_it(norms[:end], told, words) else []
        return here[: end + 1] + _at(here[end], rest) + here[end + 1 :]
    turn = 0
    while turn < len(norms) and norms[turn] in words["elision-lead"]:
        turn += 1
    told = _parts(before, words)
    if told is None or norms[turn : turn + 1] != [_NOT]:
        return here
    denial, side = here[turn], here[turn + 1 :]
    if not side or side[0].norm in words["behind-elision"]:  # "then not at all"
        if not turn:
            return here
        aux = told.auxiliary or [denial._replace(norm="can", stem="can")]
        return [*_at(denial, [*told.subject, *aux]), denial, *_at(denial, told.rest), *side]
    place = next((i for i, t in enumerate(side) if t.norm in words["contrasted"]), _FEW)
    if place >= _FEW - 1 or len(side) > place + 1 + _FEW:
        return here
    if any(t.norm in words["contrasted"] for t in told.subject):  # "the left one, not the right"
        aux = told.auxiliary or [denial._replace(norm="does", stem="does")]
        return side[: place + 1] + _at(side[place], [*aux, denial, *told.rest]) + side[place + 1 :]
    cut = next((i for i, t in enumerate(told.rest) if t.norm in words["contrasted"]), 0)
    while cut and told.rest[cut - 1].norm in words["elision-case"]:
        cut -= 1
    aux = told.auxiliary or [denial._replace(norm="can", stem="can")]
    if not cut:
        return here
    return [*_at(denial, [*told.subject, *aux]), denial, *_at(denial, told.rest[:cut]), *side]


def _asks_for_yes(norms: list[str], words: Lists) -> bool:
    """Whether a clause is a question that takes for granted what it seems to deny."""
    if len(norms) <= 2 or norms[2] in words["pronoun-thing"]:
        return False  # "isn't that one side?" asks
    return any(norms[2] in words[name] for name in _ASKED) and (
        norms[0] in words["denied-in-asking"] or norms[2] in words["asked-person"]
    )


def _closes(norms: list[str], place: int, words: Lists, unlike: bool) -> bool:
    """Whether a clause leaves out what its auxiliary at a place, or the denial behind it, wants.

    Without a denial it does so where another side is told of, or something was `unlike` before.
    """
    denied = norms[place] == _NOT
    if norms[place - denied] not in words["auxiliary"] or (denied and place < 2):
        return False
    behind = norms[place + 1 :]
    if denied:
        return not behind or behind[0] in words["behind-elision"]
    other = unlike or not words["contrasted"].isdisjoint(norms[:place])
    return other and words["behind-echo"].issuperset(behind)


def _is_of_it(norms: list[str], told: _Parts, words: Lists) -> bool:
    """Whether a clause can leave out what another tells: it is of another side, or of the same."""
    subject = {norm for name in _SUBJECTS[:2] for norm in norms if norm in words[name]}
    joined = bool(told.auxiliary) and told.auxiliary[0].norm in words["copula"]
    other = not (words["contrasted"] | words["pronoun-thing"]).isdisjoint(norms)
    return other or joined or not subject.isdisjoint(t.norm for t in told.subject)


def _parts(clause: list[Token], words: Lists, copula: bool | None = None) -> _Parts | None:
    """The parts of a whole clause; with or without a copula, where that is asked for."""
    norms = [token.norm for token in clause]
    found = [i for i, norm in enumerate(norms) if norm in words["auxiliary"] and i]
    found = [i for i in found if copula is None or (norms[i] in words["copula"]) == copula]
    if found:
        place, after = found[0], found[0] + 1
        while after < len(norms) and norms[after] in words["denied-before"]:
            after += 1
        rest = _taken(clause[after:], words)
        return _Parts(clause[:place], [clause[place]], rest) if rest else None
    if copula:
        return None
    opens = any(norms[0] in words[name] for name in ("determiner", "possessive", "contrasted"))
    spoken = [i for i, norm in enumerate(norms) if any(norm in words[name] for name in _SUBJECTS)]
    spoken = [i for i in spoken if norms[i] not in words["possessive"] | words["determiner"]]
    place = (
        spoken[0] + 1
        if spoken and spoken[0] < len(norms) - 1 and not opens
        else _noun(norms, words)
    )
    rest = _taken(clause[place:], words)
    return _Parts(clause[:place], [], rest) if rest else None


def _taken(said: list[Token], words: Lists) -> list[Token]:
    """What another clause takes over: no time and no occasion."""
    last = next((i for i, t in enumerate(said) if t.norm in words["elision-end"]), len(said))
    told = said[: min(last, _MOST)]
    spoken = words["pronoun-self"] | words["pronoun-third"]
    whose = any(t.kind == "number" or t.norm in spoken for t in told)
    return [] if whose else told  # no age, and nothing that somebody else does


def _noun(norms: list[str], words: Lists) -> int:
    """Where the noun that a clause begins with ends: "one side of my mouth"."""
    place = 0
    while place < len(norms):
        while place < len(norms) and any(norms[place] in words[name] for name in _LEADS):
            place += 1
        place += 1
        if norms[place : place + 1] != [_OF]:
            break
        place += 1
    return place


def _at(anchor: Token, said: list[Token]) -> list[Token]:
    """Words that are filled in, over the letters of the word that they stand behind."""
    return [t._replace(start=anchor.start, end=anchor.end) for t in said]
