"""The realiser: articles, hedged clauses, joined steps, whom a question is put to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from kg.explain.model import Chain, Link
from kg.explain.wording import base_form, days_told, listed
from kg.recognise.case import Case, Finding, Person
from kg.view import Claim, Cue, View

_ARTICLE: Final = re.compile(r"(?:a|an|the) (?=\S)", re.IGNORECASE)
_VERB: Final = re.compile(r"\[(\w+)\]")
# Words of a share of people: how often is told with it already.
_SHARE: Final = re.compile(r"\b(?:about|every|half|most|nearly|nobody|(?:in|of|or) (?:ten|five))\b")
_EXPLAINED: Final = re.compile(r", (?=(?:an?|the|near|with|such|by|one)\b)")
_MOST: Final = 3  # clauses of one sentence
_COURSE: Final = 3  # what is known of how something goes on, the plainest first
_PLACED: Final = "placed-complaint"
_VAGUE: Final = "ft:cue-vague"
_LONG: Final = "a long time"
TAXONOMY: Final = ("ft:form-of", "ft:subtype-of")
_HEDGES: Final = ("asserted", "usual", "possible")  # the surest first
_OTHERS: Final = ((r"\byour\b", "their"), (r"\byou(?=\W*$)", "them"), (r"\byou\b", "they"))


def small(text: str) -> str:
    """The text as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with its first letter as a capital.

    >>> capital("xSD stays"), capital("")
    ('XSD stays', '')
    """
    return text[:1].upper() + text[1:]


def bare(name: str) -> str:
    """The name without the article that it begins with.

    >>> bare("a stray signal"), bare("the brain"), bare("another")
    ('stray signal', 'brain', 'another')
    """
    return _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name


def lacking(name: str) -> str:
    """The name of what is denied.

    >>> lacking("a face that droops")
    'no face that droops'
    """
    return f"no {bare(name)}"


class Phrasing:
    """Words things at one level: ``plain`` in lay words and clauses, ``clinical`` in terms."""

    def __init__(self, view: View, *, clinical: bool = False) -> None:
        self._view = view
        self.clinical = clinical

    # -- names

    def term(self, concept: str) -> str:
        """The term for a concept, a quantity or a step of a scale."""
        return self._view.label(concept)

    def lay(self, concept: str) -> str | None:
        """The plain words for a concept, where it has some."""
        return self._view.lay(concept)

    def name(self, concept: str) -> str:
        """The name of a concept in the words of the level."""
        return (not self.clinical and self.lay(concept)) or self.term(concept)

    def entry(self, concept: str) -> str:
        """The plain words with the term beside them; for clinicians the term alone."""
        name, term = self.name(concept), self.term(concept)
        return name if term.lower() in name.lower() else f"{name} ({term})"

    def noun(self, concept: str) -> str:
        """The name as a sentence takes it: with an article where it is one of several."""
        name, known = self.name(concept), self._view.concepts.get(concept)
        if known is None or "ft:countable-kind" not in known.roles or _ARTICLE.match(name):
            return name
        return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"

    def names(self, concepts: Iterable[str], last: str = "and") -> str:
        """Several names as an enumeration, each once."""
        return listed(list(dict.fromkeys(self.noun(c) for c in concepts)), last)

    def brief(self, concepts: Iterable[str]) -> str:
        """Several names to choose from, without what explains them behind a comma."""
        names = dict.fromkeys(_EXPLAINED.split(self.noun(c))[0] for c in concepts)
        return listed(list(names), "or")

    # -- chains

    def chain(self, chain: Chain) -> str:
        """A whole chain as one sentence."""
        clauses = [] if self.clinical else self._clauses(chain)
        if not clauses:
            return capital(self._linked(chain)) + "."
        if len(clauses) > _MOST:
            clauses = [clauses[0], *clauses[1 - _MOST :]]
        known = self._view.concepts.get(chain.start)
        within = known is not None and "ft:candidate-kind" in known.roles
        start = f"{'In' if within else 'With'} {self.noun(chain.start)}"
        joined = "".join(
            f", {lead}{clause}" for lead, clause in zip(("", "so ", "and "), clauses, strict=False)
        )
        return f"{start}{joined}. That can show as {self.name(chain.end)}."

    def explains(self, chain: Chain) -> bool:
        """Whether there are plain words for what goes on between the ends."""
        return bool(self._clauses(chain))

    def _clauses(self, chain: Chain) -> list[str]:
        """What goes on between the ends, as clauses that are as sure as the steps to them."""
        told: list[str] = []
        sign, hedge, last = 1, 0, ""
        for step in chain.steps[:-1]:
            sign *= step.polarity
            hedge = max(hedge, _HEDGES.index(step.hedge) if step.hedge in _HEDGES else 2)
            known = self._view.concepts.get(step.object)
            # The more general name of what was told just now says nothing new.
            if known is None or not known.lay_clause or (told and step.relation in TAXONOMY):
                continue
            clause, subject = known.lay_clause, known.lay_clause.partition(" [")[0]
            again = clause.replace(subject, _pronoun(clause), 1) if subject == last else clause
            told.append(_hedged(again, _HEDGES[hedge]) + (" less" * (sign < 0)))
            hedge, last = 0, subject
        return told

    def _linked(self, chain: Chain) -> str:
        """The steps as claims, those that follow joined to the first."""
        steps = [s for s in chain.steps if s.relation not in TAXONOMY] or list(chain.steps[:1])
        told, last = "", ""
        for step in steps:
            follows = bool(last) and step.subject == last
            told += (
                f", which {self._rest(step)}"
                if follows
                else ("; " if told else "") + (f"{self.noun(step.subject)} {self._rest(step)}")
            )
            last = step.object
        return told

    def _rest(self, step: Link) -> str:
        subject = self._view.label(step.subject)
        if self.clinical and step.text.startswith(f"{subject} "):
            return step.text[len(subject) + 1 :]
        return step.plain or step.text

    def course(self, claims: Iterable[Claim]) -> str:
        """What a condition is known for and how long it lasts, in one sentence; may be empty."""
        clauses: dict[str, str] = {}
        lasts = []
        for claim in claims:
            known = self._view.concepts.get(claim.object)
            if claim.object in self._view.quantities:
                lasts.append(self.name(claim.object))
            elif known is not None and (said := known.lay_clause):
                clauses.setdefault(said, _hedged(said, claim.hedge.rpartition(":")[2]))
        told = list(clauses.values())
        brief = sorted(told, key=len)[:_COURSE]
        # What it does by itself goes before what becomes of those who have it.
        told = sorted((c for c in told if c in brief), key=lambda c: not c.startswith("it "))
        # Where it is told that it lasts, or how long, nobody is told the same in other words.
        if lasts and not any(" lasts " in clause for clause in told):
            told.append(f"it mostly lasts {listed(lasts, 'or')}")
        return f"{capital(listed(told))}." if told else ""

    # -- what was reported

    def finding(self, finding: Finding, case: Case) -> str:
        """A finding with all that is known of where, since when and how much."""
        days, name = finding.duration_days, self.name(finding.id)
        details = [self.side(finding.side)] if finding.side is not None else []
        details += [f"for {self.time(days, case.text)}"] if days else []
        details += self.course_of(finding)
        site = bare(self.name(finding.site or "")) if finding.site is not None else ""
        if site and site.lower() not in name.lower():
            details.insert(0, site)
        return f"{name} ({', '.join(details)})" if details else name

    def side(self, side: str) -> str:
        """How a side is called."""
        return "both sides" if side == "both" else side

    def course_of(self, finding: Finding) -> list[str]:
        """How much there is of a finding, and whether it gets better or worse."""
        details = [finding.amount.text] if finding.amount is not None else []
        return details + ([f"getting {finding.course}"] if finding.course is not None else [])

    def lasts(self, finding: Finding, text: str) -> str | None:
        """For how long, where the sentence of a finding says so: else it may be of another."""
        days = finding.duration_days
        told = days is not None and days > 1.0 and finding.duration_sure
        return self.time(days, text) if told and days is not None else None

    def has_place(self, concept: str) -> bool:
        """Whether it is of one place rather than of the whole body: it or its kin have one."""
        view, general = self._view, self._view.broader(concept)
        if concept not in view.concepts:
            return True
        kin = [concept, *general, *(n for r in TAXONOMY for n in view.subjects(r, concept))]
        return not self._placed.isdisjoint(general) or any(
            view.objects(name, "ft:located-in") for name in kin
        )

    @cached_property
    def _placed(self) -> frozenset[str]:
        cues = self._view.cues.get(_PLACED, ())
        return frozenset(name for c in cues for name in c.properties["ft:cue-concept"].split())

    def time(self, days: float, text: str) -> str:
        """A stretch of time in the words of the text: "years" are not two years, nor "ages"."""
        told, words = days_told(days), text.lower()
        if any(c.text in words and float(c.properties["ft:cue-days"]) == days for c in self._vague):
            return _LONG
        unit = told.partition(" ")[2]
        before = [m[1].lower() for m in re.finditer(rf"(\S+)\s+{unit}\b", text)]
        numbered = any(
            any(c.isdigit() for c in word) or word.strip("(~") in self._numbers for word in before
        )
        return unit if unit.endswith("s") and before and not numbered else told

    @cached_property
    def _numbers(self) -> frozenset[str]:
        cues = self._view.cues.get("number-word", ())
        return frozenset(c.text for c in cues if _VAGUE not in c.properties)

    @cached_property
    def _vague(self) -> tuple[Cue, ...]:
        """The words for a time that is only known to be long."""
        cues = self._view.cues.get("time-point", ())
        return tuple(c for c in cues if _VAGUE in c.properties)

    # -- persons

    def put_to(self, question: str, person: Person) -> str:
        """A question about the person it is about: "Do you feel" becomes "Do they feel".

        >>> from kg.view import View
        >>> phrasing = Phrasing(View("", {}, {}, {}, {}, {}, {}, {}, {}))
        >>> phrasing.put_to("Do you feel tingling in your hand?", Person("child", sex="male"))
        'Do they feel tingling in their hand?'
        """
        for own, other in _OTHERS if person.whose != "self" else ():
            question = re.sub(own, other, question)
        return question


def _pronoun(clause: str) -> str:
    """The word that stands for the subject of a clause that was named just now.

    >>> _pronoun("nerve cells [lack] rest"), _pronoun("the face nerve [swells]")
    ('they', 'it')
    """
    found = _VERB.search(clause)
    verb = found[1] if found is not None else ""
    return "they" if verb == "are" or base_form(verb) == verb else "it"


def _hedged(clause: str, hedge: str) -> str:
    """The clause with its verb as sure as the source; a share of people says how often by itself.

    >>> _hedged("it [returns] in about one in ten people", "usual")
    'it returns in about one in ten people'
    >>> [_hedged("the nerve [is] harmed", h) for h in ("asserted", "usual", "possible")]
    ['the nerve is harmed', 'the nerve is often harmed', 'the nerve may be harmed']
    >>> _hedged("in about half it [is] gone", "usual")
    'in about half it is gone'
    """
    found = _VERB.search(clause)
    verb = found[1] if found is not None else ""
    said = verb
    if hedge == "possible":
        said = f"may {base_form(verb)}"
    elif hedge == "usual" and not _SHARE.search(clause):
        said = f"{verb} often" if verb in ("is", "are") else f"often {verb}"
    return _VERB.sub(said, clause)
