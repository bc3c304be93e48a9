"""What was understood of a text: the case, its findings, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Amount", "Case", "Finding", "Trial"]


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
    ``somebody else``, ``uncertain``, ``suspected``, ``an opinion``, ``asked``, ``implied by …``);
    `course` is ``better`` or ``worse`` where the text says so.
    """

    id: str
    status: str
    span: tuple[int, int] | None = None
    site: str | None = None
    side: str | None = None
    duration_days: float | None = None
    amount: Amount | None = None
    reason: str | None = None
    implied_by: tuple[str, ...] = ()
    course: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What was done against the findings, and what became of them.

    `id` is what was tried, or what was given up; `action` is ``given up``, ``reduced``, ``tried``
    or ``changed`` (a habit that is now a good one); `outcome` ``helped``, ``did not help`` or
    ``unknown``; `days` for how long, None where the text does not say.
    """

    id: str
    action: str
    outcome: str = "unknown"
    days: float | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The findings of one person at one time, in the order of the text.

    `others` holds what the text says of other people or of the past: shown, and still checked
    for emergencies when it is about now, but no evidence in the ranking. `trials` holds what was
    tried against the findings, each with its outcome.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    unrecognised: tuple[str, ...] = ()
    others: tuple[Finding, ...] = ()
    in_scope: bool = True
    notes: tuple[str, ...] = field(default=())
    trials: tuple[Trial, ...] = ()

    def present(self) -> tuple[str, ...]:
        """The ids of the findings that are present, each once, in the order of the text."""
        return tuple(dict.fromkeys(f.id for f in self.findings if f.status == "present"))

    def absent(self) -> tuple[str, ...]:
        """The ids of the findings that are denied and nowhere present."""
        present = set(self.present())
        denied = (f.id for f in self.findings if f.status == "absent")
        return tuple(dict.fromkeys(i for i in denied if i not in present))
