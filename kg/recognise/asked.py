"""What the person asks: the kind of each question, and the concepts that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kg.recognise.case import Question
from kg.recognise.clauses import SURE_WEIGHT, Clause, find_clauses, is_marked, is_quoted
from kg.recognise.leanings import asks, features, leaning
from kg.recognise.named import Named, named_in, scene_of, with_named
from kg.recognise.patterns import (
    INDIRECT,
    SURE,
    TAG,
    Found,
    Grammar,
    Pattern,
    Scene,
)
from kg.recognise.reading import Reading, Span

__all__ = ["CAUSE", "CONDITION", "HELP", "STOP", "Asked", "find_asked"]

CONDITION = "is-it-condition"
HELP = "does-remedy-help"
CAUSE = "cause"
STOP = "should-stop-medicine"

# What a pattern tells that is no question, or asks about what was said before it.
_NONE, _BEFORE = "none", "before"
_OTHER = "other"
_OPEN = "open-question"  # words that ask for more than a yes or no
_POLAR = frozenset({CONDITION})  # kinds that ask for a yes or no
_CHOICE = "or"  # type of the words that part what one may choose from
_ILLNESS = "condition"  # type of what an illness fills
_MATTER = "matter-"  # what types of parts begin with that name what is asked about
_BRIEF = 6  # words that ask without a word for it, before a question mark
_HOLLOW = 3  # words that can ask about what was said before them
_SAID = 4  # how much more a pattern says than words that only lean to a kind
_LAST = 0.93  # how far on the end of a text begins
_LENGTH, _LENGTHS = 4, 5  # words that make a clause longer, and so often at most
_LEANS = 18  # from which words that only lean to a kind are believed


class Asked(NamedTuple):
    """A question with the places of its words, tokens `start` to `end` (exclusive).

    What only looks like one, in the middle of a story, is not put to the reader (`own`).
    """

    start: int
    end: int
    question: Question
    own: bool = True


def find_asked(reading: Reading, grammar: Grammar) -> tuple[Asked, ...]:
    """The questions of a text, in order; their words are marked as understood."""
    asked: list[Asked] = []
    earlier: list[Named] = []
    before = (0, 0)
    whole = scene_of(reading, grammar)
    for sentence in reading.sentences:
        named = named_in(reading, grammar, sentence)
        scene = with_named(whole, sentence, named)
        leads = list(grammar.found(scene, *sentence, aside=True))
        marked = is_marked(reading, sentence) or any(f.pattern.kind == TAG for f in leads)
        clauses = find_clauses(reading, grammar, scene, sentence, leads, marked)
        if clauses:
            named = named_in(reading, grammar, sentence, remedies=True)
            scene = with_named(whole, sentence, named)
        found: list[Asked] = []
        for clause in clauses:
            known = [*earlier, *(n for n in named if n.end <= clause.start)]
            best = _best(grammar, scene, clause, known)
            matter = _matter(scene, clause, named)
            if marked and not matter and _is_hollow(clause, best):
                matter = _matter(whole, Clause(*before, before[1], None), earlier)
            if marked and _is_hollow(clause, best):
                best = _said_before(reading, grammar, whole, before, earlier) or best
            kind = _kind(best, clause, marked)
            # An illness that somebody else brings up is feared all the same.
            if kind is not None and kind != CONDITION and is_quoted(reading, clause, sentence[0]):
                continue
            if kind is not None:
                wanted = " ".join(grammar.antecedents[m] for m in (matter or "").split()).split()
                if wanted:
                    told = (s for s in reading.sentences if s[0] < sentence[0])
                    named_by = (named_in(reading, grammar, s, remedies=True) for s in told)
                    known = [*chain.from_iterable(named_by), *known]
                about = tuple(_about(clause, best, named, known, wanted))
                span = reading.span(clause.start, clause.end)
                question = Question(kind, about, span, matter)
                said = signs_of_asking(reading, scene, clause, best, kind, marked)
                own = (kind == STOP and about) or asks(grammar, said, marked=marked)
                found.append(Asked(clause.start, clause.end, question, bool(own)))
                _cover(reading, best, clause)
        asked += _merged(reading, found)
        earlier += named
        before = sentence
    return tuple(asked)


def _merged(reading: Reading, found: Sequence[Asked]) -> Iterator[Asked]:
    """The questions of a sentence, those of one kind as one, with all that they are about."""
    for kind, own in dict.fromkeys((f.question.kind, f.own) for f in found):
        same = [f for f in found if (f.question.kind, f.own) == (kind, own)]
        start, end = same[0].start, same[-1].end
        about = dict.fromkeys(concept for f in same for concept in f.question.about)
        matters = dict.fromkeys(m for f in same for m in (f.question.matter or "").split())
        matter = " ".join(matters) or None
        question = Question(kind, tuple(about), reading.span(start, end), matter)
        yield Asked(start, end, question, own)


def signs_of_asking(
    reading: Reading,
    scene: Scene,
    clause: Clause,
    best: Found | None,
    kind: str,
    marked: bool,
) -> set[str]:
    """What tells whether somebody asks: the words of a clause, how it is led, where it stands."""
    lead = clause.lead.pattern.kind if clause.lead is not None else "none"
    end = clause.end >= _LAST * len(reading.tokens)
    quoted = is_quoted(reading, clause, reading.sentence_of(clause.start)[0])
    around = (
        "always:",
        "marked:" * marked,
        f"lead:{lead}",
        f"lead:{lead}{'?' * marked}",
        f"kind:{kind}",
        f"pattern:{best.pattern.kind if best is not None else 'none'}",
        f"weight:{min(best.weight if best is not None else 0, _BRIEF)}",
        f"length:{min((clause.end - clause.begin) // _LENGTH, _LENGTHS)}",
        f"first:{reading.norm(clause.start)}",
        "quoted:" * quoted,
        f"end:{'?' * marked}" * end,
    )
    return {*features(scene, clause.begin, clause.end), *around}


def _said_before(
    reading: Reading,
    grammar: Grammar,
    whole: Scene,
    sentence: Span,
    earlier: Sequence[Named],
) -> Found | None:
    """What the sentence before would ask ("Normal, they say. Is it?")."""
    scene = with_named(whole, sentence, named_in(reading, grammar, sentence))
    return _best(grammar, scene, Clause(sentence[0], *sentence, None), earlier)


# -- what a clause asks


def _best(grammar: Grammar, scene: Scene, clause: Clause, earlier: Sequence[Named]) -> Found | None:
    """The pattern that says most, of the kind that most of what is said leans to."""
    types = {t for one in earlier for t in one.types}
    holding = [
        f
        for f in grammar.found(scene, clause.begin, clause.end)
        if not f.pattern.antecedent or f.pattern.antecedent in types
    ]
    opening = min(
        (f.parts[0].start for f in holding if f.pattern.kind == _OPEN), default=clause.end
    )
    holding = [
        f
        for f in holding
        if f.pattern.kind != _OPEN and (f.pattern.kind not in _POLAR or f.parts[0].start <= opening)
    ]
    best = max(holding, key=_rank, default=None)
    # Words cannot lean to what was said before: a pattern that looked there knows more.
    if best and (best.pattern.antecedent or best.pattern.kind not in grammar.learned):
        return best
    votes = leaning(grammar, scene, clause.begin, clause.end)
    if opening < clause.end and not any(f.pattern.kind in _POLAR for f in holding):
        votes = Counter({kind: votes[kind] for kind in votes.keys() - _POLAR})
    said: dict[str, Found] = {}
    for found in sorted(holding, key=_rank):
        said[found.pattern.kind] = found
    votes.update({kind: _SAID * found.weight for kind, found in said.items()})
    if not votes:
        return None
    kind = max(sorted(votes), key=lambda k: votes[k])
    if kind not in said and votes[kind] < _LEANS:
        kind = _OTHER
    # What only leans to a kind makes nothing a question: that is left to what asks.
    return said.get(kind) or Found(Pattern("", kind), (), best.weight if best else 0)


def _rank(found: Found) -> tuple[int, int, int]:
    """How much a pattern says; of two that say as much, the one that takes more words."""
    words = sum(p.end - p.start for p in found.parts)
    return found.weight, words, -found.parts[0].start


def _is_hollow(clause: Clause, best: Found | None) -> bool:
    """Whether a clause asks nothing by itself ("is it?")."""
    if best is None or not best.weight:
        return clause.lead is None and clause.end - clause.begin <= _HOLLOW
    return best.pattern.kind == _BEFORE


def _kind(best: Found | None, clause: Clause, marked: bool) -> str | None:
    sure = clause.lead is not None and clause.lead.pattern.kind == SURE
    if best is None or not best.weight or best.pattern.kind == _BEFORE:
        brief = clause.lead is not None or clause.end - clause.start <= _BRIEF
        leant = best.pattern.kind if best is not None and not best.weight else _OTHER
        return leant if sure or (marked and brief) else None
    led = sure or clause.lead is None or clause.lead.pattern.kind == INDIRECT
    if best.pattern.kind == _NONE or not (marked or led or best.weight >= SURE_WEIGHT):
        return None
    return best.pattern.kind


def _matter(scene: Scene, clause: Clause, named: Sequence[Named]) -> str | None:
    """What a clause is about beside concepts, for each of the choices that it leaves.

    A word of the name of an illness is none: "benign" in "benign fasciculations".
    """
    found: dict[tuple[int, int], tuple[int, str]] = {}
    choice = 0
    for place in range(clause.start, clause.end):
        choice += any(f.type == _CHOICE for f in scene.fills.get(place, ()))
        for fill in scene.fills.get(place, ()):
            inner = any(
                n.start <= place and fill.end <= n.end and fill.end - place < n.end - n.start
                for n in named
                if _ILLNESS in n.types
            )
            if fill.type.startswith(_MATTER) and not inner:
                found[place - fill.end, place] = choice, fill.type
    longest = {choice: matter for _, (choice, matter) in sorted(found.items(), reverse=True)}
    return " ".join(dict.fromkeys(longest[n] for n in sorted(longest))) or None


def _about(
    clause: Clause,
    best: Found | None,
    named: Sequence[Named],
    earlier: Sequence[Named],
    matters: Sequence[str],
) -> list[str]:
    """The concepts that a clause names, else what it takes from before ("should I stop it?")."""
    idle = (
        {i for p in best.parts if not p.concept for i in range(p.start, p.end)} if best else set()
    )
    about = [
        n.concept
        for n in named
        if clause.start <= n.start < clause.end
        and (n.types or not idle.issuperset(range(n.start, n.end)))
    ]
    for wanted in filter(None, (best.pattern.antecedent if best else "", *matters)):
        if not any(wanted in n.types for n in named if n.concept in about):
            about += [n.concept for n in earlier if wanted in n.types][-1:]
    return about


def _cover(reading: Reading, best: Found | None, clause: Clause) -> None:
    """Count the words of the patterns as read; what else stands in a question has to be read.

    Words for a movement, a sensation or an alarm have to be read in any case.
    """
    bodily = reading.taken("bodily")
    for found in (best, clause.lead):
        for part in found.parts if found else ():
            reading.covered.update(set(range(part.start, part.end)) - bodily)
