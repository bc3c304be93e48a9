"""The places of the graph, and what a general finding is called at each of them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.recognise.cues import CueBook
from kg.recognise.lexicon import Lexicon
from kg.recognise.mentions import Mention
from kg.recognise.reading import EFFECT, PATTERN
from kg.recognise.tokens import tokenise
from kg.view import Cue, View

_MORE = "ft:more-than-its-place"


class Places:
    """The places of a view, and the findings that a general finding becomes at a place."""

    def __init__(self, view: View, lexicon: Lexicon, cues: CueBook) -> None:
        self._view = view
        self._lexicon = lexicon
        names = (name for s in view.with_role("ft:site-kind") for _, name in s.ranked_names())
        # What names of parts are made of: "corner" of the mouth.
        self.part_words = frozenset(word for name in names for word in name.lower().split())
        told = cues.by_category
        # What the cues tell of places: those of which there are two, what half of one is, the
        # place that a finding or a part of the body is at without being told.
        pairs = told.get("paired-place", ())
        self._paired = _sites(pairs, "ft:cue-sites")
        self._regions = _sites(pairs, "ft:part-of-site")
        self._halves = {
            (c.properties["ft:cue-concept"], side): c.properties["ft:cue-site"]
            for c in told.get("half-place", ())
            for side in c.properties["ft:cue-side"].split()
        }
        self._implied = {
            concept: c.properties["ft:cue-site"]
            for c in told.get("implied-place", ())
            for concept in c.properties["ft:when-broader"].split()
        }
        self._placeless = frozenset(
            i for c in told.get("placeless", ()) for i in c.properties["ft:when-broader"].split()
        )
        # What a sign of one region is called where nothing near it is of that region.
        self.untold: dict[str, tuple[str, frozenset[str]]] = {
            c.properties["ft:cue-concept"]: (
                c.properties["ft:implies"],
                frozenset(c.text.split()),
            )
            for c in told.get("untold-place", ())
        }
        self._around = {
            c.id: c.properties["ft:part-of-site"]
            for c in told.get("body-part", ())
            if "ft:part-of-site" in c.properties
        }
        self._vague = {c.id for c in told.get("body-part", ()) if "ft:cue-site" in c.properties}
        self._within: dict[str, tuple[str, ...]] = {}
        self.figures = {
            (c.properties["ft:cue-concept"], part): c.properties["ft:implies"]
            for c in told.get("figure-of-speech", ())
            if c.properties.get("ft:cue-span") == "at"
            for part in c.properties["ft:frame-part"].split()
        }
        self._composed: dict[tuple[str, str], str | None] = dict(self.figures)
        self._own: dict[str, tuple[str, ...]] = {}
        self._forms: dict[str, list[tuple[str, str]]] = {}
        self._narrower: dict[str, list[str]] = {}
        # What a finding is only called where something explains it is no form of it elsewhere.
        explained = {c.properties.get("ft:cue-concept") for c in told.get("explanation", ())}
        for concept in view.with_role(EFFECT):
            free = _MORE not in concept.roles and concept.id not in explained
            for general in view.broader(concept.id) if free else ():
                self._narrower.setdefault(general, []).append(concept.id)

    def _forms_of(self, finding: str) -> list[tuple[str, str]]:
        """The places at which a finding has a form, each with the form."""
        if finding not in self._forms:
            self._forms[finding] = [
                (place, form)
                for form in self._narrower.get(finding, ())
                for place in self._claimed(form)
            ]
        return self._forms[finding]

    def _claimed(self, finding: str) -> tuple[str, ...]:
        pattern = PATTERN in self._view.concepts[finding].roles
        return self._view.objects(finding, "ft:located-in") if pattern else self.own(finding)

    def within(self, place: str) -> tuple[str, ...]:
        """The place itself, then all it is a part of, nearest first."""
        if place not in self._within:
            self._within[place] = self._view.around(place)
        return self._within[place]

    def is_general(self, finding: str) -> bool:
        """True when the finding has forms of its own at some place."""
        return any(form != finding for _, form in self._forms_of(finding))

    def at(self, finding: str, place: str) -> str | None:
        """The most specific form of a finding at a place; None when there is no special one."""
        key = finding, place
        if key not in self._composed:
            self._composed[key] = self._named(finding, place) or self._located(finding, place)
        return self._composed[key]

    def _named(self, finding: str, place: str) -> str | None:
        # The labels know compounds that no claim states: "nose twitch".
        views = self._view.concepts
        place_concept, finding_concept = views.get(place), views.get(finding)
        if place_concept is None or finding_concept is None:
            return None
        for where in (place_concept.label,):
            for what in (finding_concept.label, *finding_concept.alt_labels):
                key = (*self._lexicon.key(where), *self._lexicon.key(what))
                for sense in self._lexicon.senses(key):
                    if sense.kind == "finding" and finding in self._view.broader(sense.id):
                        return sense.id
        return None

    def _located(self, finding: str, place: str) -> str | None:
        around = self.within(place)
        if PATTERN in self._view.concepts[finding].roles:
            around = (place,)  # a spread to the face in general is no spread to the mouth
        fitting = [
            (around.index(where), len(self._forms_of(form)), form)
            for where, form in self._forms_of(finding)
            if where in around and form != finding
        ]
        return min(fitting)[2] if fitting else None

    def own(self, finding: str) -> tuple[str, ...]:
        """The places that a finding has by definition: claimed, or part of its name."""
        if finding not in self._own:
            concept = self._view.concepts[finding]
            places = [
                p
                for p in self._view.objects(finding, "ft:located-in")
                if p in self._view.concepts and "ft:site-kind" in self._view.concepts[p].roles
            ]
            name = concept.id.partition(":")[2].replace("-", " ")
            for label in () if self.implied(finding) else (name, concept.label):
                # The longest names: an upper lip is no lip in general.
                for match in self._lexicon.find(tokenise(label), kinds=frozenset({"site"})):
                    places += [s.id for s in match.senses if s.kind == "site"]
            self._own[finding] = tuple(dict.fromkeys(places))
        return self._own[finding]

    def implied(self, finding: str) -> tuple[str, ...]:
        """The place that a finding without a told one is at: blinking is at the eye."""
        for broader in self._view.broader(finding):
            if broader in self._implied:
                return (self._implied[broader],)
        return ()

    def is_placeless(self, finding: str) -> bool:
        """Whether a finding is of the whole person: no part or side named beside it is its own."""
        return not self._placeless.isdisjoint(self._view.broader(finding))

    def around_part(self, part: str) -> str | None:
        """The site of the graph that a part of the body below the face belongs to."""
        return self._around.get(part)

    def sided(self, place: str | None, side: str | None) -> str | None:
        """The place that is meant by one side of a place: the left of the face is half of it."""
        return place if place is None else self._halves.get((place, side or ""), place)

    def is_half(self, place: str) -> bool:
        """Whether a place is only one side of another one, or of the body: "the left side"."""
        return place in self._vague or place in self._halves.values()

    def is_paired(self, mention: Mention) -> bool:
        """Whether there are two of a place, or of the place where a finding is."""
        own = self.where(mention)
        return bool(own) and all(p in self._paired for p in own)

    def are_apart(self, sided: Iterable[Mention], other: Mention) -> bool:
        """Whether all of some are of limbs and another one is not, or the other way round."""
        where = [w for m in sided if (w := self.where(m))]
        own = self.where(other)
        return bool(where and own) and all(self._on_head(w) != self._on_head(own) for w in where)

    def _on_head(self, where: Iterable[str]) -> bool:
        return any(self.within(place)[-1] in self._regions for place in where)

    def where(self, mention: Mention) -> list[str]:
        """The places that a mention is, or that a finding is at."""
        if mention.kind != "finding":
            return [self._around.get(mention.id, mention.id)]
        own = [p.id for p in mention.places] or self.own(mention.id) or self.implied(mention.id)
        return [self._around.get(p, p) for p in own]

    def has_side(self, finding: Mention) -> bool:
        """Whether a finding can be on one side: it is somewhere, and could be elsewhere."""
        return bool(finding.places or self.own(finding.id)) or self.is_general(finding.id)

    def can_hold(self, place: Mention, finding: str) -> bool:
        """Whether a finding can be put at a place: at a bodily function only its own troubles."""
        concept = self._view.concepts.get(place.id)
        if concept is None or "ft:structure-kind" in concept.roles:
            return True
        return place.id in self.own(finding) or self.at(finding, place.id) is not None

    def fits(self, finding: str, place: str) -> bool:
        """Whether a finding can be at a place, given the places that it has by definition."""
        own = self.own(finding)
        around = self.within(place) if place else ()
        return not own or any(o in around or place in self.within(o) for o in own)


def _sites(cues: Iterable[Cue], prop: str) -> frozenset[str]:
    return frozenset(site for c in cues for site in c.properties.get(prop, "").split())
