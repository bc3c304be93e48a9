"""What the person asks: the kind of each question, and the concepts that it is about."""

from __future__ import annotations

from typing import NamedTuple

from kg.recognise.case import Question
from kg.recognise.forms import Form, Forms
from kg.recognise.reading import Reading

__all__ = ["CAUSE", "CONDITION", "HELP", "STOP", "Asked", "find_asked"]

CONDITION = "is-it-condition"
HELP = "does-remedy-help"
CAUSE = "cause"
STOP = "should-stop-medicine"

_CANDIDATE, _CAUSE = "ft:candidate-kind", "ft:cause-kind"
_MAX_GAP = 6  # words that an ellipsis may stand for
_OTHER = "other"
_BREAKS = frozenset({",", ";", ":", "-", "\n", "(", ".", "…"})
_JOINING = frozenset(
    {"and", "or", "but", "so", "also", "pls", "please", "plz", "just", "idk", "doctor"}
)
_REMEDY = frozenset({"remedy"})


class _Hit(NamedTuple):
    start: int
    end: int
    forms: tuple[Form, ...]
    weight: int
    whole: int  # where its words end that leave no gap


class Asked(NamedTuple):
    """A question with the places of its words, tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    question: Question


def find_asked(reading: Reading, forms: Forms) -> tuple[Asked, ...]:
    """The questions of a text, in order; their words are marked as understood."""
    found: list[Asked] = []
    for sentence in reading.sentences:
        found += _in_sentence(reading, forms, sentence)
    return tuple(found)


def _in_sentence(reading: Reading, forms: Forms, sentence: tuple[int, int]) -> list[Asked]:
    marked = _is_marked(reading, sentence)
    indirect = [h.end for h in reading.hits_inside("indirect", sentence)]
    last = _last(reading, sentence)
    if not (marked or indirect or _may_ask(reading, forms, sentence)):
        return []
    hits = _hits(reading, forms, sentence)
    standing = [h for h in hits if _stands(reading, forms, h, sentence, marked, indirect)]
    starts = _apart(reading, standing)
    found: list[tuple[str, int, int]] = []
    for number, hit in enumerate(starts):
        end = starts[number + 1].start if number + 1 < len(starts) else last
        end = max(end, hit.end)
        led = any(place <= hit.start for place in indirect)
        kind, sure = _kind(reading, hit, end, led)
        if not sure:
            # "Is this something bad": what follows says more.
            later = (_kind(reading, h, end, led) for h in hits if hit.end <= h.start < last)
            kind = next((k for k, certain in later if certain), kind)
        if kind is not None:
            found.append((kind, hit.start, end))
    if not found and (marked or indirect):
        begin = min(indirect) if indirect and not marked else _begin(reading, forms, sentence)
        words = any(t.kind == "word" for t in reading.tokens[begin:last])
        if words and (marked or _tells(reading, sentence, begin)):
            found.append((_OTHER, begin, last))
    merged: dict[str, tuple[int, int]] = {}
    for kind, start, end in found:
        first, _ = merged.get(kind, (start, end))
        merged[kind] = first, end
    if merged:
        for told in reading.hits_inside("indirect", sentence):
            reading.covered.update(range(told.start, told.end))
    asked = []
    skipped = {i for h in starts if h.weight > 1 for i in range(h.start, h.whole)}
    for kind, (start, end) in merged.items():
        _cover(reading, [h for h in hits if start <= h.start < end])
        about = _about(reading, start, end, skipped)
        if kind == STOP and not about:
            # "Should I stop it?": the medicine that was spoken of last.
            earlier = (h for h in reading.hits["medicine"] if h.end <= start)
            about = tuple(h.cues[0].properties["ft:cue-concept"] for h in earlier)[-1:]
        asked.append(Asked(start, end, Question(kind, about, reading.span(start, end))))
    return asked


def _apart(reading: Reading, hits: list[_Hit]) -> list[_Hit]:
    """The hits that begin a question of their own: a mark or a joining word stands before."""
    kept: list[_Hit] = []
    for hit in hits:
        if kept:
            between = range(kept[-1].end, hit.start + 1)
            norms = {reading.tokens[i].norm for i in between}
            if not norms & (_BREAKS | _JOINING):
                continue
        kept.append(hit)
    return kept


def _may_ask(reading: Reading, forms: Forms, sentence: tuple[int, int]) -> bool:
    """Whether a sentence without a mark has a word that could open a question."""
    own = reading.words.cues.words["pronoun-self"] | reading.words.cues.words["pronoun-third"]
    return any(
        reading.tokens[place].norm in forms.openers
        and (
            place == sentence[0]
            or _opens_clause(reading, place, sentence)
            or (place + 1 < sentence[1] and reading.tokens[place + 1].norm in own)
        )
        for place in range(*sentence)
    )


def _is_marked(reading: Reading, sentence: tuple[int, int]) -> bool:
    """Whether a sentence ends with a question mark ("?stroke" is a suspicion)."""
    place = sentence[1] - 1
    while place > sentence[0] and reading.tokens[place].norm in (
        "!",
        "\n",
        ")",
        '"',
        "”",
        "’",
        ".",
    ):
        place -= 1
    return (
        reading.tokens[place].norm == "?"
        and (
            reading.tokens[place].end >= len(reading.text)
            or not reading.text[reading.tokens[place].end].isalnum()
        )
        and reading.tokens[sentence[1] - 1].norm != "."
    )


def _last(reading: Reading, sentence: tuple[int, int]) -> int:
    last = sentence[1]
    while last > sentence[0] + 1 and reading.tokens[last - 1].norm in (".", "!", "\n"):
        last -= 1
    return last


def _begin(reading: Reading, forms: Forms, sentence: tuple[int, int]) -> int:
    """Where the question of a sentence begins: at its last clause that opens as one."""
    for place in range(sentence[1] - 1, sentence[0], -1):
        before = reading.tokens[place - 1]
        if reading.tokens[place].norm in forms.openers and before.norm in (
            ",",
            "-",
            ":",
            "\n",
            ".",
        ):
            return place
    return sentence[0]


def _tells(reading: Reading, sentence: tuple[int, int], begin: int) -> bool:
    """Whether the writer asks, and does not tell of having asked somebody else."""
    own = reading.words.cues.words["pronoun-self"]
    hit = next((h for h in reading.hits["indirect"] if h.end == begin), None)
    if hit is None:
        return False
    lead = range(max(sentence[0], hit.start - 2), hit.end)
    return hit.start == sentence[0] or any(reading.tokens[i].norm in own for i in lead)


def _hits(reading: Reading, forms: Forms, sentence: tuple[int, int]) -> list[_Hit]:
    found: list[_Hit] = []
    place = sentence[0]
    while place < sentence[1]:
        best: dict[tuple[int, int], list[Form]] = {}
        after = reading.tokens[place + 1].norm if place + 1 < sentence[1] else ""
        for form in forms.at(reading.tokens[place].norm, after):
            end = _match(reading, form, place, sentence[1])
            if end is not None:
                best.setdefault((sum(map(len, form.parts)), end), []).append(form)
        if best:
            # Shorter forms of the same place stand in where the longest one does not hold.
            order = sorted(best, key=lambda k: (-k[0], k[1]))
            weight, end = order[0]
            spare = [f for key in order for f in best[key]]
            whole = place + len(spare[0].parts[0])
            found.append(_Hit(place, end, tuple(spare), weight, whole))
            place = max(
                place + 1, end if len(spare[0].parts) == 1 else place + len(spare[0].parts[0])
            )
        else:
            place += 1
    return found


def _match(reading: Reading, form: Form, place: int, stop: int) -> int | None:
    """The end of a form that begins at a place."""
    if not _is_at(reading, form.parts[0], place, stop):
        return None
    end = place + len(form.parts[0])
    for part in form.parts[1:]:
        reach = range(end + 1, end + _MAX_GAP + 1)
        at = next((i for i in reach if _is_at(reading, part, i, stop)), None)
        if at is None:
            return None
        end = at + len(part)
    return end


def _is_at(reading: Reading, part: tuple[str, ...], place: int, stop: int) -> bool:
    if place + len(part) > stop:
        return False
    for word in part:
        if reading.tokens[place].norm != word:
            return False
        place += 1
    return True


def _stands(
    reading: Reading,
    forms: Forms,
    hit: _Hit,
    sentence: tuple[int, int],
    marked: bool,
    indirect: list[int],
) -> bool:
    """Whether words that could ask do ask where they stand."""
    if any(place <= hit.start for place in indirect):
        return True
    if hit.whole < hit.end and any(hit.start < place < hit.end for place in indirect):
        return False  # "can you tell me if I should stop" asks nothing of "can … stop"
    if marked:
        return not _before_question(reading, forms, hit, sentence)
    opens = hit.start == sentence[0] or _opens_clause(reading, hit.start, sentence)
    opens = opens or _inverted(reading, hit)
    return opens and reading.tokens[hit.start].norm in forms.openers


def _before_question(reading: Reading, forms: Forms, hit: _Hit, sentence: tuple[int, int]) -> bool:
    """Whether a statement stands between the words and the question ("I have it still, why?")."""
    opener = reading.tokens[hit.start].norm in forms.openers
    if opener:
        return False
    lead = range(sentence[0], hit.start)
    asks = any(reading.tokens[i].norm in forms.openers for i in lead)
    later = any(
        reading.tokens[i].norm in forms.openers and reading.tokens[i - 1].norm in (",", ".", "\n")
        for i in range(hit.end + 1, sentence[1])
    )
    return later and not asks


def _inverted(reading: Reading, hit: _Hit) -> bool:
    """Whether the words ask by their order alone ("my lid jumps should I worry")."""
    words = reading.words.cues.words
    norms = [t.norm for t in reading.tokens[hit.start : hit.whole]]
    before = reading.tokens[hit.start - 1].norm
    return (
        len(norms) > 2
        and norms[1] in words["pronoun-self"] | words["pronoun-third"]
        and before not in words["pronoun-self"]
    )


def _opens_clause(reading: Reading, place: int, sentence: tuple[int, int]) -> bool:
    before = reading.tokens[place - 1].norm
    if before in (",", ";", ":", "-", "\n", "(", ".", "…"):
        return True
    return before in (
        "and",
        "or",
        "but",
        "so",
        "also",
        "pls",
        "please",
        "plz",
        "doctor",
        "just",
        "idk",
    )


def _kind(reading: Reading, hit: _Hit, end: int, led: bool) -> tuple[str | None, bool]:
    """The kind of a question, and whether it is sure: the first form whose needs are met."""
    kinds = _roles(reading, hit.start, end)
    medicine = any(hit.start <= h.start < end for h in reading.hits["medicine"])
    holds = {
        "candidate": _CANDIDATE in kinds,
        "cause": medicine or (_CAUSE in kinds and _CANDIDATE not in kinds),
        "medicine": medicine or any(h.end <= hit.start for h in reading.hits["medicine"]),
        "indirect": led,
        "weak": True,
    }
    weak: str | None = None
    for form in hit.forms:
        if not all(holds.get(need, False) for need in form.needs):
            continue
        if "weak" not in form.needs:
            return form.kind, True
        weak = weak or form.kind
    return weak, False


def _roles(reading: Reading, start: int, end: int) -> set[str]:
    found: set[str] = set()
    for mention in reading.mentions:
        if start <= mention.start < end and mention.kind == "finding":
            concept = reading.words.concept(mention)
            if concept is not None:
                roles = concept.roles
                found |= {_CANDIDATE} if _CANDIDATE in roles else roles & {_CAUSE}
    if any(start <= h.start < end for h in reading.hits["illness"]):
        found.add(_CANDIDATE)
    if any(start <= h.start < end for h in reading.hits["event"]):
        found.add(_CAUSE)
    return found


def _about(reading: Reading, start: int, end: int, skipped: set[int]) -> tuple[str, ...]:
    """The concepts that a stretch of text names, in order."""
    parts = [h for h in reading.hits["illness"] if start <= h.start < end]
    wider = [h for layer in ("medicine", "event") for h in reading.hits[layer]]
    named: list[tuple[int, str]] = [
        (m.start, m.id)
        for m in reading.mentions
        if m.kind == "finding"
        and start <= m.start < end
        and not m.nested
        and not skipped.issuperset(range(m.start, m.end))
        # "Is it ALS" may be a name of its own: what is asked for is the illness in it.
        and not any(m.start < h.start and h.end <= m.end for h in parts)
        # "The flu shot" is no flu.
        and not any(h.start <= m.start and m.end < h.end for h in wider)
    ]
    taken = {i for m in reading.mentions if m.kind == "finding" for i in range(m.start, m.end)}
    for layer in ("medicine", "illness", "event"):
        for hit in reading.hits[layer]:
            inside = range(hit.start, hit.end)
            owner = reading.owner[hit.start]
            within = owner is not None and owner.end - owner.start != len(inside)
            if start <= hit.start < end and (within or taken.isdisjoint(inside)):
                named.append((hit.start, hit.cues[0].properties["ft:cue-concept"]))
                taken.update(inside)
    for match in reading.words.lexicon.find(reading.tokens, start, end, _REMEDY):
        if taken.isdisjoint(range(match.start, match.end)):
            named.append((match.start, match.senses[0].id))
    return tuple(dict.fromkeys(concept for _, concept in sorted(named)))


def _cover(reading: Reading, hits: list[_Hit]) -> None:
    """Count the words of the forms as read; what else stands in a question has to be read."""
    for hit in hits:
        reading.covered.update(range(hit.start, hit.whole))
        if hit.whole < hit.end:
            last = len(hit.forms[0].parts[-1])
            reading.covered.update(range(hit.end - last, hit.end))
