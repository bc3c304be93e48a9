"""Present, denied or open: the ConText algorithm over the cues of the graph.

Harkema H, Dowling JN, Thornblade T, Chapman WW. ConText: an algorithm for determining negation,
experiencer, and temporal status from clinical reports. J Biomed Inform 2009;42(5):839-51.

A cue reaches from where it stands to the end of its sentence unless something ends its reach
first. Three refinements serve texts that people write: a comma or an "and" ends the reach of a
denial unless a list goes on behind it; a denied verb of knowing or helping denies nothing; and
what a question takes for granted ("could coffee cause my twitch?") is reported, not asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.recognise.cues import Hit
from kg.recognise.reading import EFFECT, Mention, Reading

__all__ = ["apply_scope"]

_FORWARD = (
    "negation", "cessation", "past", "uncertainty", "opinion", "hypothetical", "question", "family",
)  # fmt: skip
_NARROW = frozenset({"negation", "cessation", "past", "family"})
_MAX_GAP = 6  # words without meaning for the graph between a denial and what it denies
_MAX_OWNED = 4  # words between a possessive and the finding that it takes for granted
_OPPOSED = frozenset({"negation", "cessation", "pseudo-negation"})


def apply_scope(reading: Reading) -> None:
    """Mark the mentions of a reading as denied, ended, past, gone, open or asked about."""
    good = {b for pair in reading.words.view.opposites for b in pair}
    for sentence in reading.sentences:
        idle = _idle(reading, sentence)
        for hit in reading.hits_inside("scope", sentence):
            if hit.start in idle:
                continue
            _apply(reading, sentence, hit, good)
        _ask(reading, sentence)
        _answer(reading, sentence)


def _apply(reading: Reading, sentence: tuple[int, int], hit: Hit, good: set[str]) -> None:
    if "pseudo-negation" in hit.categories:
        return
    for category in _FORWARD:
        cue = hit.cue(category)
        if cue is None:
            continue
        if cue.reach == "both":
            reached = reading.inside(sentence)
        else:
            reached = _forward(reading, sentence, hit, category, good)
        if category == "past" and _in_time(reading, hit):
            continue
        _mark(reading, category, reached, hit)
        if reached:
            return
    if "ended-after" in hit.categories:
        # "It isn't twitching any more": what is denied now was there before.
        for mention in reading.inside(sentence):
            if mention.denied and mention.end <= hit.start:
                mention.denied, mention.ended = False, True
    if "negation-after" in hit.categories:
        for mention in _before(reading, sentence, hit):
            mention.denied = True
    if "resolution" in hit.categories:
        _resolve(reading, sentence, hit)
    if "family-after" in hit.categories:
        for mention in reading.inside(sentence):
            if mention.end <= hit.start:
                mention.who = "family"


def _mark(reading: Reading, category: str, reached: Iterable[Mention], hit: Hit) -> None:
    for mention in reached:
        if category == "negation":
            mention.denied = True
        elif category == "cessation":
            mention.ended = True
        elif category == "past":
            mention.past = True
        elif category == "uncertainty":
            mention.open = True
        elif category == "opinion":
            concept = reading.words.concept(mention)
            if concept is not None and "ft:candidate-kind" in concept.roles:
                mention.open = True
        elif category == "family":
            mention.who = "family"
        elif category == "hypothetical" or not _taken_for_granted(reading, mention, hit.end):
            mention.asked = True


# -- reach


def _forward(
    reading: Reading, sentence: tuple[int, int], hit: Hit, category: str, good: set[str]
) -> list[Mention]:
    # "stopped drinking": the verb within the cue may be what was stopped.
    within = (reading.owner[i] for i in range(hit.start + 1, hit.end))
    reached = [m for m in within if m is not None and m.kind == "finding" and m.start > hit.start]
    place, gap = hit.end, 0
    narrow = category in _NARROW
    while place < sentence[1]:
        mention = reading.owner[place]
        if mention is not None:
            if mention.kind == "finding":
                reached.append(mention)
            place = mention.end
            continue
        other = reading.at.get(place)
        token = reading.tokens[place]
        if other is not None and other.start == place:
            if "termination" in other.categories:
                break
            if narrow and "negation-termination" in other.categories:
                break
            if narrow and other.categories & _OPPOSED:
                break
            joins = other.categories & {"conjunction", "alternative"}
            if joins and not _goes_on(reading, sentence, other, reached, narrow, good):
                break
            place = other.end
            continue
        if token.norm in ",:\n(":
            if not _goes_on(reading, sentence, place, reached, narrow, good):
                break
        elif token.norm in ")" or reading.segment[place] != reading.segment[place - 1] and narrow:
            break
        elif narrow and reached and _begins_clause(reading, sentence, place):
            # "Since I quit smoking my lip twitches": a new subject, unless "in my face".
            prepositions = reading.words.cues.words["place-preposition"]
            if reading.tokens[place - 1].norm not in prepositions:
                break
        elif reading.is_content(place):
            gap += 1
            if narrow and not reached and gap > _MAX_GAP:
                break
        place += 1
    # The nested findings of a reached pattern share its fate.
    inner = [m for m in reading.mentions if m.nested and reading.owner[m.start] in reached]
    return reached + inner


def _goes_on(
    reading: Reading,
    sentence: tuple[int, int],
    joint: Hit | int,
    reached: list[Mention],
    narrow: bool,
    good: set[str],
) -> bool:
    """Whether the reach of a cue goes on behind a comma, an "and" or an "or"."""
    after = joint + 1 if isinstance(joint, int) else joint.end
    if _begins_clause(reading, sentence, after):
        return False
    alternative = not isinstance(joint, int) and "alternative" in joint.categories
    if alternative or not narrow:
        return True
    if not reached:
        return False
    bare, found, stop = _segment_after(reading, sentence, after)
    if not bare or not found:
        # An "and" that opens the item after a comma: look at what follows it.
        return bare and stop < sentence[1] and stop == after and _joint_at(reading, stop)
    if _list_ends_in_or(reading, sentence, stop):
        return True
    if any(m.id in good for m in found):
        return False
    first = reading.owner[after] if after < sentence[1] else None
    if first is not None and first.kind != "finding":
        return False  # "no numbness, eyelid twitching": the place opens something new
    if _repeats(reading, sentence, joint if isinstance(joint, int) else joint.start):
        return False
    return _same_role(reading, reached[-1], found[0])


def _repeats(reading: Reading, sentence: tuple[int, int], place: int) -> bool:
    """Whether each item so far had a denial of its own ("no pain, no numbness, …")."""
    denials = [
        h.start
        for h in reading.hits_inside("scope", sentence)
        if "negation" in h.categories and h.start < place
    ]
    return len(denials) > 1 and any(
        reading.tokens[i].norm == "," for i in range(denials[-2], denials[-1])
    )


def _joint_at(reading: Reading, place: int) -> bool:
    hit = reading.at.get(place)
    return hit is not None and bool(hit.categories & {"conjunction", "alternative"})


def _same_role(reading: Reading, one: Mention, other: Mention) -> bool:
    first, second = reading.words.concept(one), reading.words.concept(other)
    if first is None or second is None:
        return False
    return (EFFECT in first.roles) == (EFFECT in second.roles)


def _segment_after(
    reading: Reading, sentence: tuple[int, int], start: int
) -> tuple[bool, list[Mention], int]:
    """Whether the next item of a list is bare (only a term), its findings, and where it ends."""
    found: list[Mention] = []
    place, bare = start, True
    busy = reading.covered
    while place < sentence[1]:
        mention = reading.owner[place]
        if mention is not None:
            if mention.kind == "finding":
                found.append(mention)
            place = mention.end
            continue
        hit = reading.at.get(place)
        token = reading.tokens[place]
        if token.norm in ",:;\n()" or (hit is not None and hit.start == place):
            break
        if token.kind == "mark" and token.norm != "-":
            break
        preposition = token.norm in reading.words.cues.words["place-preposition"]
        if place in busy or not (reading.is_filler(place) or preposition):
            bare = False
        place += 1
    return bare, found, place


def _list_ends_in_or(reading: Reading, sentence: tuple[int, int], start: int) -> bool:
    place = start
    while place < sentence[1]:
        hit = reading.at.get(place)
        if hit is not None and hit.start == place:
            if "alternative" in hit.categories:
                return not _begins_clause(reading, sentence, hit.end)
            return False
        if reading.tokens[place].norm != ",":
            return False
        bare, found, stop = _segment_after(reading, sentence, place + 1)
        if not bare or (not found and stop == place + 1 and not _joint_at(reading, stop)):
            return False
        place = max(stop, place + 1)
    return False


def _begins_clause(reading: Reading, sentence: tuple[int, int], start: int) -> bool:
    words = reading.words.cues.words
    if start >= sentence[1]:
        return False
    norm = reading.tokens[start].norm
    own = norm in words["pronoun-self"] or norm in words["pronoun-third"]
    if own or norm in words["pronoun-thing"]:
        return True
    return any(h.start == start and "person" in h.categories for h in reading.hits["person"])


def _before(reading: Reading, sentence: tuple[int, int], hit: Hit) -> list[Mention]:
    """The mention right before a cue, with those that are joined to it in a list."""
    found: list[Mention] = []
    place, gap = hit.start - 1, 0
    while place >= sentence[0]:
        mention = reading.owner[place]
        if mention is not None:
            if mention.kind == "finding":
                found.append(mention)
            place = mention.start - 1
            continue
        other = reading.at.get(place)
        joint = other is not None and bool(other.categories & {"conjunction", "alternative"})
        if other is not None and not joint:
            break
        if reading.tokens[place].norm == "," or joint:
            if not found:
                break
        elif reading.is_content(place) or (found and not reading.is_filler(place)):
            gap += 1
            if gap > 2 or found:
                break
        place -= 1
    return found


# -- denied verbs, things that have gone, questions


def _idle(reading: Reading, sentence: tuple[int, int]) -> set[int]:
    """Where the denials stand that deny a verb of knowing, helping or ending."""
    idle: set[int] = set()
    negations = {
        h.end: h for h in reading.hits_inside("scope", sentence) if "negation" in h.categories
    }
    for verb in reading.hits["manner"]:
        if not verb.categories & {"idle-verb", "ending-verb"}:
            continue
        start = verb.start
        while start > sentence[0] and start not in negations and _may_precede(reading, start - 1):
            start -= 1
        negation = negations.get(start)
        if negation is None or verb.start >= sentence[1]:
            continue
        idle.add(negation.start)
        idle.update(range(verb.start, verb.end))
        if "ending-verb" in verb.categories:
            for mention in reading.inside(sentence):
                mention.marks.add("continuance")
    return idle


def _may_precede(reading: Reading, place: int) -> bool:
    return reading.is_filler(place) and reading.tokens[place].norm not in ("-",)


def _resolve(reading: Reading, sentence: tuple[int, int], hit: Hit) -> None:
    later = [
        h for h in reading.hits["scope"] if h.start > hit.start and "recurrence" in h.categories
    ]
    if later:
        return
    if hit.cue("cessation") is not None and any(
        m.kind == "finding"
        and m.start >= hit.end
        and reading.segment[m.start] == reading.segment[hit.start]
        for m in reading.inside(sentence)
    ):
        return
    if any(f.end <= hit.start and hit.start - f.end <= 3 for f in reading.functions):
        return
    own = reading.segment[hit.start]
    earlier = [m for m in reading.inside(sentence) if m.end <= hit.start and m.kind == "finding"]
    near = [m for m in earlier if reading.segment[m.start] == own] or earlier
    if not near:
        before = [
            m for m in reading.mentions if m.end <= sentence[0] and reading.words.is_effect(m)
        ]
        near = before[-1:]
    for mention in near:
        if EFFECT in reading.words.view.concepts[mention.id].roles:
            mention.resolved = True


def _in_time(reading: Reading, hit: Hit) -> bool:
    # "a three week history of twitching" is about now: a stretch of time stands before the cue.
    return any(place in reading.covered for place in range(max(0, hit.start - 2), hit.end))


def _ask(reading: Reading, sentence: tuple[int, int]) -> None:
    first, last = sentence
    marks = [i for i in range(first, last) if reading.tokens[i].norm == "?"]
    if not marks:
        return
    end = marks[-1]
    if end == first:
        return
    for hit in reading.hits_inside("scope", sentence):
        if "question-opener" not in hit.categories:
            continue
        opens = hit.start == first or reading.segment[hit.start] != reading.segment[hit.start - 1]
        if opens:
            for mention in reading.inside(sentence):
                if hit.end <= mention.start < end and not _taken_for_granted(
                    reading, mention, hit.end
                ):
                    mention.asked = True
    # "My lip twitches, stress?": a bare term before the question mark is asked about.
    tail = [
        m for m in reading.inside(sentence) if reading.segment[m.start] == reading.segment[end - 1]
    ]
    start = next(i for i in range(first, end + 1) if reading.segment[i] == reading.segment[end - 1])
    plain = all(
        reading.owner[i] is not None or reading.is_filler(i) or reading.tokens[i].kind == "mark"
        or reading.tokens[i].norm in reading.words.cues.lists["stop-word"] and _joint_at(reading, i)
        for i in range(start, end)
    )  # fmt: skip
    sites = any(m.kind != "finding" for m in tail)
    if plain and tail and not sites:
        for mention in tail:
            mention.asked = True


def _answer(reading: Reading, sentence: tuple[int, int]) -> None:
    """Deny what was spoken of before ("told to watch for weakness, but I have had none")."""
    for hit in reading.hits_inside("answer", sentence):
        number_here = reading.segment[hit.end - 1]
        if any(
            m.kind == "finding" and m.start >= hit.end and reading.segment[m.start] == number_here
            for m in reading.inside(sentence)
        ):
            continue
        earlier = [m for m in reading.mentions if m.asked and m.end <= hit.start]
        last = reading.sentences.index(sentence)
        for mention in earlier:
            own = next(i for i, s in enumerate(reading.sentences) if s[0] <= mention.start < s[1])
            if last - own <= 1:
                mention.asked, mention.denied = False, True


def _taken_for_granted(reading: Reading, mention: Mention, after: int) -> bool:
    """Whether a question presupposes the finding: it is "my" finding or stands at "my" place."""
    if not reading.words.is_effect(mention):
        return False
    own = reading.words.cues.words["possessive"]
    place = mention.start - 1
    while place >= after and mention.start - place <= _MAX_OWNED:
        if reading.tokens[place].norm in own:
            return True
        if reading.owner[place] is None and not reading.is_filler(place):
            break
        place -= 1
    place = mention.end
    prepositions = reading.words.cues.words["place-preposition"]
    if place + 1 < len(reading.tokens) and reading.tokens[place].norm in prepositions:
        return reading.tokens[place + 1].norm in own
    return False
