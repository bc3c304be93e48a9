"""What was understood of a text: the case, its findings, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

GUESSED: Final = "guessed"
"""Reason of a finding that only the second reader saw: no words of it are known."""

HEARD: Final = "heard"
"""Reason of a finding that no words name, and that the text as a whole likely speaks of."""

DOUBTFUL: Final = "doubtful"
"""Reason of a finding that words name, and that the text as a whole hardly speaks of."""

NOTHING_READ: Final = (
    "Nothing of this was understood: tell in plain English what you notice, where on the body and "
    "since when."
)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something: value and UCUM unit per day, and how it stands to the known limit.

    `relation` is ``"below"``, ``"at"``, ``"above"`` or ``"unknown"``; `limit` the id of the limit.
    """

    value: float
    unit: str
    text: str
    relation: str = "unknown"
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One concept that the text (or the caller) reports, denies or leaves open.

    `status` is ``present``, ``absent`` or ``unknown``; `span` the start and end offsets in the
    original text, None when the caller named it or a rule implied it; `site` the compact IRI of
    the place; `side` ``left``, ``right``, ``both`` or None; `reason` says in a few words why the
    status is what it is (``denied``, ``stopped``, ``reduced``, ``in the past``, ``resolved``,
    ``somebody else``, ``uncertain``, ``suspected``, ``an opinion``, ``asked``, ``guessed``,
    ``heard``: the text as a whole likely speaks of it, ``doubtful``: it hardly does;
    ``implied by …``);
    `course` is ``better`` or ``worse`` where the text says so; `qualities` holds the ids of the
    patterns that are said of this finding itself ("it came on slowly"), and of no other.
    `duration_sure` is whether its time is told in its own sentence; else it is taken from what
    stands around it, and may be the time of something else.
    """

    id: str
    status: str
    span: tuple[int, int] | None = None
    site: str | None = None
    side: str | None = None
    duration_days: float | None = None
    at_least_days: float | None = None
    amount: Amount | None = None
    reason: str | None = None
    implied_by: tuple[str, ...] = ()
    course: str | None = None
    qualities: tuple[str, ...] = ()
    duration_sure: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the text itself leaves it open: what is asked about, feared, or not sure."""
        return self.status == "unknown" and self.reason != DOUBTFUL

    @property
    def is_guess(self) -> bool:
        """Whether no words name it."""
        return self.reason in (GUESSED, HEARD)


@dataclass(frozen=True, slots=True)
class Trial:
    """What was done against the findings, and what became of them.

    `id` is what was tried, or what was given up; `action` is ``given up``, ``reduced``, ``tried``
    or ``changed`` (a habit that is now a good one); `outcome` ``helped``, ``did not help``,
    ``wore off`` or ``unknown``; `days` for how long, None where the text does not say.
    """

    id: str
    action: str
    outcome: str = "unknown"
    days: float | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who the case is about, as far as the text says.

    `whose` is ``self``, ``child``, ``parent``, ``partner``, ``friend``, ``patient`` or ``other``;
    `sex` ``female`` or ``male``; `age_years` may be a fraction (a baby of six weeks); `band` is
    ``newborn``, ``infant``, ``child``, ``teenager``, ``adult`` or ``older``, said or from the age.
    """

    whose: str = "self"
    age_years: float | None = None
    sex: str | None = None
    pregnant: bool | None = None
    band: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A condition that the text says the person has, had, or was told of.

    `status` is ``named`` (has it, or was told so), ``suspected`` (somebody thinks so) or ``past``.
    `told` says that it was found by those who treat the person.
    """

    id: str
    status: str
    span: tuple[int, int]
    told: bool = False
    days_ago: float | None = None


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine that the person takes or took: its name as written, its class in the graph.

    `id` is the drug or its class, None for a word that only stands where a medicine stands;
    `change` is ``taking``, ``started``, ``raised``, ``reduced`` or ``stopped``.
    """

    name: str
    id: str | None
    change: str
    span: tuple[int, int]
    days_ago: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the person before: its kind, where on the body, how long ago."""

    id: str
    span: tuple[int, int]
    site: str | None = None
    days_ago: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A value that was measured: quantity, value, unit, and how it stands to the usual range.

    `value` is None where the text says only how it stands ("TSH normal"); `range` is ``low``,
    ``normal``, ``high`` or ``unknown``. `days_ago` tells how long ago it was measured, where that
    is long ago: nothing of today follows from it.
    """

    id: str
    value: float | None
    unit: str | None
    range: str
    span: tuple[int, int]
    days_ago: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a test, or who examined the person, found, and how long ago.

    `id` is the test or the kind of care; `verdict` is ``normal``, ``abnormal``, or ``shown`` where
    what it showed is a finding of its own. A normal one denies what it `rules_out`, unless it is
    `old`: from before something that is told now.
    """

    id: str
    verdict: str
    span: tuple[int, int]
    days_ago: float | None = None
    rules_out: str | None = None
    old: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the person asks: the kind of question and the concepts it is about.

    `matter` is what it is about beside them, one word each: whether it comes back, may one drive.
    """

    kind: str
    about: tuple[str, ...]
    span: tuple[int, int]
    matter: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading below certainty: the words, and the concepts they could mean, likeliest first."""

    span: tuple[int, int]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Words about the body that were not understood.

    `why` is ``body part``, ``sensation``, ``movement`` or ``alarm``: what in the words is bodily,
    or ``another language`` where a sentence seems to be in one;
    `about` holds the places of the body that stand there, as compact IRIs.
    """

    span: tuple[int, int]
    text: str
    why: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """An illness that a text is told like, and by how much likelier its words make it."""

    id: str
    ratio: float


@dataclass(frozen=True, slots=True)
class Case:
    """The findings of one person at one time, in the order of the text.

    `others` holds what the text says of other people or of the past: shown, and still checked
    for emergencies when it is about now, but no evidence in the ranking. `trials` holds what was
    tried against the findings, each with its outcome. `unread` holds what is bodily and was not
    understood: while there is any, nothing in the answer may reassure. `passed` holds the further
    clauses with a bodily word that nothing accounts for: they are named. `alarm` is how likely the
    text is of somebody who should not wait, by its words alone (0 to 1); it can only raise.
    `likeness` holds what it is told like, by its words alone, the likeliest first.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    unrecognised: tuple[str, ...] = ()
    others: tuple[Finding, ...] = ()
    in_scope: bool = True
    notes: tuple[str, ...] = field(default=())
    trials: tuple[Trial, ...] = ()
    person: Person = Person()
    known: tuple[Known, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    events: tuple[Event, ...] = ()
    measures: tuple[Measure, ...] = ()
    asked: tuple[Question, ...] = ()
    guesses: tuple[Guess, ...] = ()
    unread: tuple[Unread, ...] = ()
    passed: tuple[Unread, ...] = ()
    results: tuple[Result, ...] = ()
    alarm: float = 0.0
    likeness: tuple[Likeness, ...] = ()

    def present(self) -> tuple[str, ...]:
        """The ids of the findings that are present, each once, in the order of the text."""
        return tuple(dict.fromkeys(f.id for f in self.findings if f.status == "present"))

    def absent(self) -> tuple[str, ...]:
        """The ids of the findings that are denied, or ruled out by a test, and nowhere present."""
        present = set(self.present())
        denied = (f.id for f in self.findings if f.status == "absent")
        return tuple(dict.fromkeys(i for i in denied if i not in present))

    def named(self) -> Case:
        """The same with what its words name alone, whatever the text as a whole speaks of.

        Warnings are checked against it: they hold and do not hold sentence by sentence.
        """
        if not any(f.reason in (DOUBTFUL, HEARD) for f in self.findings):
            return self
        every = (
            replace(f, status="present", reason=None) if f.reason == DOUBTFUL else f
            for f in self.findings
            if f.reason != HEARD
        )
        return replace(self, findings=tuple(every))

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the text says anything: letters, greetings, another language."""
        told = (self.findings, self.others, self.known, self.medicines, self.events)
        more = (self.measures, self.results, self.trials, self.unread, self.passed)
        asked = any(q.about or q.matter or q.kind != "other" for q in self.asked)
        return bool(self.text) and not (any(told) or any(more) or asked or self.in_scope)
