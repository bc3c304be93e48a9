"""Whose finding it is: the writer's, somebody else's, or that of no person at all."""

from __future__ import annotations

from kg.recognise.added import settle_bare_endings
from kg.recognise.case import GUESSED
from kg.recognise.cues import Hit
from kg.recognise.mentions import Mention
from kg.recognise.nearby import tense_of
from kg.recognise.reading import CANDIDATE, HISTORY, SELF, Reading, Span
from kg.recognise.side_effects import end_side_effects

THING = "thing"
_LATE = 30.0  # days within which what somebody else had may be there still
_NEAR = 3  # words between "my" and the person or the thing that it belongs to


def apply_people(reading: Reading) -> None:
    """Give every mention its bearer: ``self``, ``thing``, the name of another, or "" (open)."""
    cues = reading.words.cues.words
    # "She had her baby" tells of an event, and goes on about her.
    events = reading.taken("event")
    people = {h.start: h for h in reading.hits["person"] if h.start not in events}
    last_person, last_thing = "", False
    last_gender: str | None = None
    for sentence in reading.sentences:
        bearer: list[str] = []
        current = before = opened = ""
        place = sentence[0]
        while place < sentence[1]:
            owner = reading.owner[place]
            plain = owner is None or not (reading.is_effect(owner) or _is_history(reading, owner))
            hit = people.get(place) if plain else None
            if hit is not None and "non-person" in hit.categories:
                # "Less screen time" and "bitten by a stray dog" are of no screen and no dog.
                inner = owner is not None and len(owner.extent) > len(hit.extent)
                aside = _qualifies(reading, hit) or _is_compared(reading, sentence, hit)
                hit = None if inner or aside else hit
            norm = reading.tokens[place].norm
            if hit is not None and hit.categories & {"person", "non-person"}:
                name = reading.tokens[hit.end - 1].stem
                thing = "person" not in hit.categories
                tells = _reports(people, hit)
                followed = reading.is_word(hit.end, "pronoun-third")  # "a lady who"
                if tells or (_after_preposition(reading, sentence, place) and not followed):
                    current = before
                else:
                    current = THING if thing else name
                    last_thing = thing
                if not thing and not tells:
                    last_person, last_gender = name, hit.get("gender") or None
                bearer += [current] * (hit.end - place)
                place = hit.end
                continue
            if hit is not None and "patient" in hit.categories:
                current = SELF
            elif norm in cues["pronoun-self"] and not _is_within(reading, place, current):
                before = current
                described = _described(people, reading, place)
                if described is not None:
                    current = reading.tokens[described.end - 1].stem
                elif not (_owns(people, reading, place) or _is_aside(reading, place, current)):
                    current = SELF
                    last_thing = False
            elif norm in cues["pronoun-third"]:
                gender = reading.words.genders.get(norm)
                if last_person and None not in (gender, last_gender) and gender != last_gender:
                    current = SELF
                else:
                    current = last_person or (THING if last_thing else SELF)
            elif norm == "(":
                opened = current
            elif norm == ")":
                current = opened  # who is named in brackets is named aside: "(the baby)"
            elif norm in cues["pronoun-thing"] and last_thing and current == "":
                current = THING
            bearer.append(current)
            place += 1
        reading.bearers += bearer
        for mention in reading.inside(sentence):
            if not mention.who:
                # "My daughter" names the daughter, "took my mum's pills" does not name her.
                named = reading.told("person", within=(mention.start, mention.end - 1))
                owned = bool(named) and not _named_in(reading, mention)
                place = mention.start if reading.is_effect(mention) or owned else mention.end - 1
                mention.who = bearer[place - sentence[0]]
        _later_owner(reading, sentence, bearer)
    settle_bare_endings(reading)


def _is_history(reading: Reading, mention: Mention) -> bool:
    """Whether a finding is of the person, whoever it names: "my mother has it too"."""
    return mention.kind == "finding" and HISTORY in reading.words.roles(mention)


def _qualifies(reading: Reading, hit: Hit) -> bool:
    """Whether a thing stands right before a finding as an adjective would ("a light twitch")."""
    after = reading.owner[hit.end] if hit.end < len(reading.tokens) else None
    if after is None or after.kind != "finding" or not hit.start:
        return False
    article = reading.tokens[hit.start - 1].norm in ("a", "an")
    return article and not reading.tokens[hit.end].norm.endswith("s")


def _is_compared(reading: Reading, sentence: Span, hit: Hit) -> bool:
    """Whether a part of the body is likened to a thing: "my nostril has become a rabbit"."""
    parts = (m for m in reading.inside((sentence[0], hit.start)) if m.kind != "finding")
    return reading.norm(hit.start - 1) in ("a", "an") and any(parts)


def _reports(people: dict[int, Hit], hit: Hit) -> bool:
    near = (people.get(place) for place in range(hit.end, hit.end + 2))
    return any(h is not None and "reporting-verb" in h.categories for h in near)


def _after_preposition(reading: Reading, sentence: Span, place: int) -> bool:
    """Whether a preposition leads to a person, over pronouns and small words."""
    first = place
    while first > sentence[0] and (
        reading.is_word(first - 1, "pronoun-self", "pronoun-third") or reading.is_small(first - 1)
    ):
        first -= 1
    hits = reading.told("person-preposition", within=sentence)
    return any(hit.start < place and hit.end >= first for hit in hits)


def _described(people: dict[int, Hit], reading: Reading, place: int) -> Hit | None:
    """The person of whom a possessive tells something first: "my diabetic mum"."""
    told = reading.owner[place + 1] if place + 1 < len(reading.tokens) else None
    if told is None or told.kind != "finding" or told.start != place + 1:
        return None
    hit = people.get(told.end)
    return hit if hit is not None and "person" in hit.categories else None


def _owns(people: dict[int, Hit], reading: Reading, place: int) -> bool:
    """Whether a possessive belongs to a person or a thing that follows at once ("my son")."""
    for after in range(place + 1, min(place + 1 + _NEAR, len(reading.tokens))):
        hit = people.get(after)
        if hit is not None and reading.owner[after] is None:
            return bool(hit.categories & {"person", "non-person"})
        number = reading.tokens[after].kind == "number"
        if not number and not reading.is_filler(after) and reading.owner[after] is not None:
            return False
        if not number and not reading.is_filler(after) and not reading.is_content(after):
            return False
    return False


def _is_aside(reading: Reading, place: int, current: str) -> bool:
    """Whether a word for oneself only tells where another is: "a man in my street"."""
    led = reading.is_word(place - 1, "place-preposition") and current not in ("", SELF, THING)
    return led and place + 1 < len(reading.tokens) and reading.owner[place + 1] is None


def _is_within(reading: Reading, place: int, current: str) -> bool:
    """Whether a word for oneself stands in what somebody else does: "she stares through us"."""
    owner = reading.owner[place]
    inside = owner is not None and reading.is_effect(owner) and place > owner.start
    return inside and current not in ("", SELF, THING) and not reading.is_word(place, "possessive")


def _later_owner(reading: Reading, sentence: Span, bearer: list[str]) -> None:
    # "A droop on the left of my husband's face", "each flutter of my lid": named behind.
    other = next((who for who in bearer if who not in ("", SELF, THING)), None)
    for who in (w for w in (other, SELF) if w in bearer):
        place = sentence[0] + bearer.index(who)
        before = place - 1
        while before >= sentence[0] and reading.is_filler(before):
            before -= 1
        led = before >= sentence[0] and reading.is_word(before, "place-preposition")
        if led or reading.norm(place).endswith("'s"):
            for mention in reading.inside((sentence[0], place)):
                mention.who = mention.who or who
    for mention in reading.inside(sentence):
        # "My mum had a stroke and now every twitch in my face": the face is the writer's.
        if reading.is_effect(mention) and _is_at_own_place(reading, mention):
            mention.who = SELF


def _is_at_own_place(reading: Reading, mention: Mention) -> bool:
    places = range(mention.start + 1, min(mention.end + 2, len(reading.tokens)))
    return any(
        reading.is_word(i, "possessive")
        and reading.is_word(i, "pronoun-self")
        and reading.is_word(i - 1, "place-preposition")
        for i in places
    )


def _whose(reading: Reading) -> str:
    """The one whom the text is about: ``self``, or another when only they have findings.

    The person who writes may tell only of somebody else; then that person is the case.
    """
    # What is denied is nobody's: "no bleeding" before the story does not make it the writer's,
    # nor does a guess.
    alive = [m for m in reading.mentions if m.kind == "finding" and not (m.dropped or m.denied)]
    alive = [m for m in alive if GUESSED not in m.marks] or alive
    own = [m for m in alive if m.who == SELF and reading.is_effect(m)]
    others = [m for m in alive if m.who not in ("", SELF, THING, "family")]
    named = [m for m in others if reading.is_effect(m)]
    anchored = [m for m in (*own, *named) if reading.words.view.concepts[m.id].scope_anchor]
    if anchored and all(m in own for m in anchored):
        return SELF  # the twitch is the writer's, whatever they tell of others
    if len(named) > len(own) and min(m.start for m in named) < min(
        (m.start for m in own), default=len(reading.tokens)
    ):
        return named[0].who  # somebody else's story, with a word on the writer
    if own or not others or _told_before(alive, others, reading):
        return SELF
    if not named and any(m.who == SELF for m in alive):
        return SELF
    return (named or others)[0].who


def settle_case(reading: Reading) -> None:
    """Find whom the text is about, and drop findings that only name somebody else.

    "My daughter says it twitches" tells of no child that is ill.
    """
    reading.case = _whose(reading)
    for mention in reading.mentions:
        plain = not (reading.is_effect(mention) or _is_history(reading, mention))
        if mention.kind != "finding" or not plain:
            continue
        named = _named_in(reading, mention)
        if named and all(reading.tokens[h.end - 1].stem != reading.case for h in named):
            mention.dropped = True


def _named_in(reading: Reading, mention: Mention) -> list[Hit]:
    """The persons that a mention names, but for those to whom something in it belongs."""
    people = reading.told("person", within=(mention.start, mention.end))
    inside = [h for h in people if h.end <= mention.end]
    return [h for h in inside if h.end == mention.end or reading.norm(h.end - 1)[-2:] != "'s"]


def _told_before(alive: list[Mention], others: list[Mention], reading: Reading) -> bool:
    """Whether a finding that names nobody stands before the first of anybody else.

    "Flicker by the eye since May. My aunt has ...": what comes first is the writer's own.
    """
    first = min(m.start for m in others)
    return any(m.who == "" and m.start < first and reading.is_effect(m) for m in alive)


def settle_past(reading: Reading) -> None:
    """Let what another person had with an illness that is told of be past: it is nobody's now.

    "My flatmate had a stroke, his mouth dropped": not where the text says that it was of late.
    What a medicine did to the person of the case is past where it was given up for that.
    """
    end_side_effects(reading)
    for sentence in reading.sentences:
        inside = [m for m in reading.inside(sentence) if bearer_of(reading, m) == "other"]
        tenses = {id(m): tense_of(reading, m.start) for m in inside if m.kind == "finding"}
        then = [m for m in inside if tenses.get(id(m)) == "past"]
        # "Her face fell when she had her palsy": a verb that tells no time shares that of the rest.
        had = [m for m in inside if id(m) in tenses and tenses[id(m)] != "present"]
        late = any(sentence[0] <= t.start < sentence[1] and t.days <= _LATE for t in reading.times)
        if not late and any(
            CANDIDATE in reading.words.roles(m) or _is_history(reading, m) for m in then
        ):
            for mention in had:
                mention.past = True


def bearer_of(reading: Reading, mention: Mention) -> str:
    """``case``, ``other`` or ``thing``: how a mention stands to the person of the case."""
    if mention.who == THING:
        return "thing"
    return "case" if mention.who in ("", reading.case) else "other"
