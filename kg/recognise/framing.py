"""Frames in a text: the predicates of each sentence with the parts that they are said of."""

from __future__ import annotations

from kg.recognise.cues import Hit
from kg.recognise.frames import PARTS, Scene
from kg.recognise.mentions import Mention
from kg.recognise.reading import Reading
from kg.recognise.sentences import split_segments

_SITE = frozenset({"site"})
OVERACTIVE = "ft:overactivity"
_FRAMING = ("predicate", "bodily-thing", "occasion", "repetition", "manner", "scope")


def segments(reading: Reading) -> list[int]:
    """The clause in which each token stands."""
    owned = [owner is not None for owner in reading.owner]
    for hit in reading.hits["test"]:
        owned[hit.start + 1 : hit.end] = [True] * (len(hit.extent) - 1)  # "A and E" is one thing
    return split_segments(reading.tokens, reading.sentences, reading.hits["scope"], owned)


def inner_places(reading: Reading) -> set[int]:
    """The places of words that may stand inside a predicate: "pulls my left cheek up"."""
    inner = reading.taken("side")
    inner |= {i for i, o in enumerate(reading.owner) if o is not None and o.kind in PARTS}
    # "No odd movement in my face" is not "no movement".
    denied = {h.end for h in reading.told("negation")}
    odd = {i for h in reading.told("troubled") for i in h.extent if h.start in denied}
    return inner | {
        i for i in range(len(reading.tokens))
        if reading.is_word(i, "determiner", "filler", "degree") and i not in odd
    }  # fmt: skip


def framed(reading: Reading, corrected: frozenset[int]) -> list[Mention]:
    """The findings that frames read; they take the places of their words from names."""
    segment, norms = segments(reading), [t.norm for t in reading.tokens]
    weight = [
        int(not (token.kind == "mark" or reading.is_word(place, "light")))
        for place, token in enumerate(reading.tokens)
    ]
    found: list[Mention] = []
    earlier: Mention | None = None
    moving = -1
    for sentence in reading.sentences:
        within = {name: reading.hits_inside(name, sentence) for name in _FRAMING}
        predicates = [h for h in within["predicate"] if _is_free(reading, h, corrected)]
        inside = reading.inside(sentence)
        parts = [m for m in inside if m.kind in PARTS]
        findings = [m for m in inside if m.kind == "finding"]
        named = [site for m in findings for site in _sites(reading, m)]
        spoken = sorted([*parts, *named], key=lambda m: m.start)
        if predicates:
            said = [*within["manner"], *within["scope"]]
            scene = Scene(
                norms=norms,
                weight=weight,
                segment=segment,
                parts=[
                    *parts,
                    *(Mention(h.start, h.end, "bodily-thing", h.cues[0].id)
                      for h in within["bodily-thing"]),
                ],
                findings=[m for m in findings if reading.is_effect(m)],
                earlier=earlier,
                pronouns={i for i in range(*sentence) if _stands_for(reading, i)},
                said=spoken,
                named=frozenset(h.start for h in predicates if reading.owner[h.start] is not None),
                inability=[
                    (h.start, h.end, "troubled" in h.categories)
                    for h in said
                    if _disables(h, norms) and not _is_unforced(reading, h)
                ],
                sound=[h.start for h in within["manner"] if h.categories & {"sound", "ability"}],
                occasions=[h.end for h in within["occasion"]],
                unfelt=set(),
                moves=[moving, *(m.end for m in findings if _moves(reading, m))],
                company=frozenset({"ft:repetition"} if within["repetition"] else ())
                | {m.id for m in findings},
            )  # fmt: skip
            read = reading.words.frames.read(predicates, scene)
            reading.covered.update(scene.unfelt)
            for frame in filter(None, (_settled(reading, one) for one in read)):
                frame.fuzzy = not corrected.isdisjoint(frame.extent)
                for place in frame.extent:
                    if reading.owner[place] not in parts:
                        reading.owner[place] = frame
                found.append(frame)
        earlier = spoken[-1] if spoken else earlier
        moving = _moving(reading, [*findings, *(f for f in found if f.start >= sentence[0])])
    return found


def _stands_for(reading: Reading, place: int) -> bool:
    """Whether a word can stand for a part: "it", not the "that" of "that brow", nor "there"."""
    after = reading.owner[place + 1] if place + 1 < len(reading.tokens) else None
    if reading.is_word(place, "pronoun-empty") or (after is not None and after.kind in PARTS):
        return False
    return reading.is_word(place, "pronoun-thing")


def _moving(reading: Reading, findings: list[Mention]) -> int:
    """Where the last sign of a sentence ends, if it is a movement that is too much; else -1."""
    signs = sorted((f for f in findings if reading.is_effect(f)), key=lambda f: f.start)
    return signs[-1].end if signs and _moves(reading, signs[-1]) else -1


def _moves(reading: Reading, finding: Mention) -> bool:
    """Whether a finding is a movement that is too much."""
    concepts = reading.words.view.concepts
    wider = (concepts[b] for b in reading.words.broader(finding.id) if b in concepts)
    return any(OVERACTIVE in concept.roles for concept in wider)


def _sites(reading: Reading, name: Mention) -> list[Mention]:
    """The parts of the body inside the name of a finding: the jaw of "jaw is tight"."""
    if len(name.extent) < 2:
        return []
    find = reading.words.lexicon.find
    return [
        Mention(m.start, m.end, sense.kind, sense.id, nested=True)
        for m in find(reading.tokens, name.start, name.end, _SITE)
        for sense in m.senses[:1]
    ]


def _disables(hit: Hit, norms: list[str]) -> bool:
    """Whether a cue says that something cannot be done: "cannot", "does not", "is hard"."""
    denies = "negation" in hit.categories and norms[hit.end - 1] == "not"
    return denies or bool(hit.categories & {"inability", "troubled"})


def _is_unforced(reading: Reading, hit: Hit) -> bool:
    """Whether something is only not needed or not wanted: "I don't have to lift my leg"."""
    return reading.is_word(hit.end, "not-forced") and reading.norm(hit.end + 1) == "to"


def _is_free(reading: Reading, hit: Hit, corrected: frozenset[int]) -> bool:
    """Whether a predicate stands in no name; it may be a sure one itself, or have a part inside.

    What is told of a person is said of no part: "I fell and cut my lip".
    """
    told = (e for e in reading.hits["event"] if e.start < hit.start and hit.end <= e.end)
    if any(reading.is_word(e.start, "pronoun-self", "pronoun-third") for e in told):
        return False
    if _only_leads(reading, hit):
        return False
    for place in hit.extent:
        name = reading.owner[place]
        if name is None or (name.kind in PARTS and hit.start < name.start):
            continue
        whole = hit.start <= name.start and name.end <= hit.end
        same = hit.extent == name.extent and reading.is_effect(name)
        if place in corrected or not (same or (whole and reading.words.is_pattern(name))):
            return False
    return True


def _only_leads(reading: Reading, hit: Hit) -> bool:
    """Whether a predicate only leads to the state behind it: "keeps going numb" is no jerking."""
    if hit.end - 1 not in reading.taken("link"):
        return False
    place = hit.end
    while reading.is_word(place, "filler", "degree"):
        place += 1
    name = reading.owner[place] if place < len(reading.tokens) else None
    states = (h for h in reading.hits["predicate"] if h.start == place)
    return (name is not None and reading.is_effect(name)) or any(states)


def _settled(reading: Reading, frame: Mention) -> Mention | None:
    """A frame in its place: of what a name says already, only what is more exact is kept.

    It begins behind what is read already; "would not" belongs to what is not done.
    """
    owner = reading.owner
    for name in {owner[i] for i in frame.extent} - {None}:
        if name is not None and reading.words.is_pattern(name) and not name.framed:
            reading.mentions.remove(name)
            owner[name.start : name.end] = [None] * len(name.extent)
    named = owner[frame.end - 1]
    if named is not None:
        if named.framed or frame.id in reading.words.broader(named.id):
            return None
        reading.mentions.remove(named)
        owner[named.start : named.end] = [None] * len(named.extent)
    frame.start = next((i for i in frame.extent if owner[i] is None), frame.start)
    for hit in reading.hits_inside("scope", reading.sentence_of(frame.start)):
        if hit.start < frame.start < hit.end and owner[hit.start] is None:
            frame.start = hit.start
    spots = reading.words.spots
    told = [c for h in reading.hits_inside("predicate", (frame.start, frame.end)) for c in h.cues]
    rows = reading.words.frames.rows  # of "went" what is said of hearing, not of a smile
    told = [c for c in told if any(row.concept == frame.id for row in rows.get(c.id, ()))]
    at = [spots[cue.id] for cue in told if cue.id in spots]
    for thing in [p for p in frame.places if p.kind == "bodily-thing"]:
        frame.places.remove(thing)
        reading.covered.update(thing.extent)
        at += [spots[thing.id]] if thing.id in spots else []
    if at and not frame.places:
        frame.places = [Mention(frame.start, frame.end, "site", at[0], nested=True)]
    return frame
