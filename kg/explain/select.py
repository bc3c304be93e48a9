"""The selection: what of an explanation stands on one screen, and by which rule.

A remedy is told where it acts on what is reported, is called for by a raised flag, or is supported
for the first explanation; a cause that nobody mentioned only where nothing was, and a remedy acts
on it. Warning signs are chosen in `kg.explain.signs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.explain.model import Cause, Chain, RaisedFlag, RankedRemedy
from kg.explain.phrasing import Phrasing, capital, lacking
from kg.explain.replies import DO_NOT_STOP, NONE_FITS, Replies
from kg.explain.signs import Signs
from kg.explain.summary import OUTSIDE, Summary, Told, fitted
from kg.explain.teller import KNOWN, REFUTES, SUPPORTS, Teller
from kg.explain.tried import HELPED
from kg.recognise.case import Finding

__all__ = ["summarise"]

_TOO_LITTLE: Final = "That is too little to name a cause: if it lasts or changes, see a doctor."
_PARTLY: Final = "Parts of what you write were not understood, so they are not judged."
_UNJUDGED: Final = "Not understood, so not judged"
_REASONS: Final = ("Why:", "And:")
_ANSWERS: Final = 4
_FEW: Final = 3  # phrases that are left over of almost any text
_UNDERSTOOD: Final = 150  # characters: two lines
_UNREAD: Final = 75  # characters: one line and its opening
_BESIDE: Final = 3.0  # by how much a second explanation may be less likely than the first
_LIKELY: Final = 0.5
_EXPLAINED: Final = 2
_WAYS: Final = 3
_HELPS: Final = 4
_TRIALS: Final = frozenset({"ft:trial", "ft:systematic-review"})


def summarise(teller: Teller) -> Summary:
    """The summary of an explanation."""
    choose, signs = _Choice(teller), Signs(teller)
    emergency = teller.level == teller.tools.highest
    answers = Replies(teller).all()[:_ANSWERS]
    summary = Summary(verdict=choose.verdict(), answers=answers, understood=choose.understood())
    if not emergency and not (teller.told.urgency.clear and teller.told.in_scope):
        helps, ask = choose.stop_nothing(answers), choose.unread()
        summary = replace(summary, helps=helps, ask=ask, signs=signs.urgent())
    elif not emergency:
        likely, why = choose.likely(), choose.why()
        summary = replace(
            summary,
            ask=choose.unread() or choose.question(),
            # Where it is told what may set it off, nobody is told that nothing fits.
            likely=() if why and not likely[0].about else likely,
            why=why,
            helps=choose.helps(answers),
            signs=signs.told(),
            disputes=choose.disputes(),
        )
    return fitted(summary, emergency=emergency, footer=teller.told.disclaimer)


class _Choice:
    """Chooses the parts for one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._shown: set[str] = set()  # claims of the ways that are told

    # -- how urgent, and what was read

    def verdict(self) -> tuple[Told, ...]:
        """How urgent it is, what to do, and the flags that say so."""
        t, urgency = self._t, self._t.told.urgency
        lead = f"{capital(urgency.label)}:"
        unseen = not t.told.in_scope and not urgency.because
        words = f"{OUTSIDE} {urgency.advice}" if unseen else urgency.advice
        # What nobody understood may be what matters: no calm word without it.
        left, silent = self._left(), t.rank(t.level) > 0 or not urgency.clear
        if not silent and (left or len(t.case.unrecognised) > _FEW):
            words += f" {_UNJUDGED}: {left}" if left else f" {_PARTLY}"
        told = [t.plainly(words, lead=lead)]
        for flag, lead in zip(self._reasons(), _REASONS, strict=False):
            known = {p for each in told for p in each.about}
            told.append(self._reason(flag, lead, [p for p in flag.points_to if p not in known]))
        return tuple(told)

    def _reasons(self) -> list[RaisedFlag]:
        """The flags of the level, what asks for most first, nothing twice."""
        t = self._t
        raised = [f for f in t.told.urgency.because if f.level == t.level]
        raised.sort(key=lambda f: (-len(f.criteria), t.is_a(f.id, "ft:candidate-kind")))
        kept: list[RaisedFlag] = []
        for flag in raised:
            if not any(
                set(flag.findings) <= set(other.findings) or flag.advice == other.advice
                for other in kept
            ):
                kept.append(flag)
        return kept

    def _reason(self, flag: RaisedFlag, lead: str, new: list[str]) -> Told:
        t = self._t
        usual = t.view.scales[f"ft:{flag.level}"].advice
        own = flag.advice or "" if flag.advice != usual else ""
        if t.told.urgency.advice != usual and ": " in own:
            own = own.rpartition(": ")[0] + "."  # what to do was told for where they are

        def words(v: Phrasing) -> str:
            reason = own or f"{capital(v.noun(flag.id))} must not wait."
            points = v.names(t.telling(new), "or")
            if not points or points in reason:
                return reason
            return f"{reason} It can point to {points}."

        return t.say(words, flag.claims, lead=lead, about=(flag.id, *flag.points_to))

    def understood(self) -> tuple[Told, ...]:
        """What was read in two lines, and what was not."""
        t, case = self._t, self._t.case
        present = self._each(f for f in case.findings if f.status == "present")
        absent = self._each(f for f in case.findings if f.status == "absent")
        about = [f.id for f in (*present, *absent)]
        alarming = sum(self._rank(f) == 0 for f in present)

        def words(v: Phrasing) -> str:
            told = [v.finding(f, case) for f in present]
            denied = [lacking(v.name(f.id)) for f in absent]
            most = _UNREAD if t.level == t.tools.highest else _UNDERSTOOD
            return _cut(list(dict.fromkeys([*told, *denied])), most, alarming)

        told = [t.say(words, lead="Understood:", about=about)] if about else []
        left = self._left() if not t.told.urgency.clear or t.rank(t.level) else ""
        return (*told, *([t.plainly(left, lead=f"{_UNJUDGED}:")] if left else []))

    def _left(self) -> str:
        """What was not understood and may matter, in a line.

        What is asked back, and what stands in a question that is answered, is not named again.
        """
        t, case = self._t, self._t.case
        asked = [case.text[slice(*q.span)] for q in case.asked]
        asked += [q.quote for q in t.told.questions[:1] if q.quote is not None]
        left = [x for x in t.tools.unread.left(case) if not any(x in words for words in asked)]
        return _cut([f"“{text[:_UNREAD]}”" for text in left], _UNREAD, 1) if left else ""

    def _each(self, findings: Iterable[Finding]) -> list[Finding]:
        """Each finding once, what raises a flag first; what merely follows is left out."""
        t = self._t
        kept: dict[str, Finding] = {}
        for finding in findings:
            known = kept.get(finding.id)
            if known is None or (known.duration_days is None and known.side is None):
                kept[finding.id] = finding
        own = [f for f in kept.values() if not (f.implied_by or "implied" in (f.reason or ""))]
        general = {b for f in own for b in t.tools.taxonomy.broader(f.id)[1:]}
        own = [f for f in own if f.id not in general or self._rank(f) < 2]
        return sorted(own, key=self._rank)

    def _rank(self, finding: Finding) -> int:
        """0 for what the flags that are told hold by, 1 for what any does, 2 for the rest."""
        flags = self._t.told.urgency.because
        return next(
            (n for n, own in enumerate((self._reasons()[: len(_REASONS)], flags))
             if any(finding.id in flag.findings for flag in own)), 2
        )  # fmt: skip

    # -- what to ask

    def unread(self) -> tuple[Told, ...]:
        """What was meant by the words that nothing understood."""
        asked = [q for q in self._t.told.questions if q.quote is not None]
        return tuple(self._t.plainly(q.text, lead="Tell me:") for q in asked[:1])

    def question(self) -> tuple[Told, ...]:
        """The one question whose answer would change most."""
        t = self._t
        if not t.told.questions:
            return ()
        first = t.told.questions[0]
        text = t.plain.put_to(first.text, t.case.person)

        def words(v: Phrasing) -> str:
            if first.raises is not None:
                return f"{text} If yes: {t.level_word(first.raises)}."
            return f"{text} That would tell {v.names(first.separates[:2])} apart."

        return (t.say(words, lead="One question more:", about=(first.id,)),)

    # -- what it may be, and why

    def likely(self) -> tuple[Told, ...]:
        """The likeliest explanation, and the second where it matters; what is known already."""
        t = self._t
        told = {name: self._known(name) for name in t.concerned}
        for each in t.ranked:
            # A second harmless one would change nothing.
            near = each.probability * _BESIDE >= t.ranked[0].probability
            near = near and not (told and t.benign and t.is_benign(each.id))
            if near and len(told) < _EXPLAINED and not t.kin(each.id) & told.keys():
                told[each.id] = self._explanation(each.id, each.probability, each.claims)
        for name in t.known:
            if not t.kin(name) & told.keys():
                told[name] = self._known(name)
        return tuple(told.values()) or (t.plainly(NONE_FITS if t.rank(t.level) else _TOO_LITTLE),)

    def _known(self, name: str) -> Told:
        """A known illness that explains nothing of what is told."""
        more = "Whether this belongs to it, the doctor who treats it can tell."
        return self._t.say(lambda v: f"{v.entry(name)}. {more}", lead=f"{KNOWN}:", about=(name,))

    def _explanation(self, name: str, probability: float, claims: Iterable[str]) -> Told:
        t = self._t
        known = t.course_once(name)

        def words(v: Phrasing) -> str:
            return f"{v.entry(name)}. {v.course(known)}".rstrip()

        own = [c.id for c in known] or list(claims)
        return t.say(words, own, lead=f"{t.standing(name, probability)}:", about=(name,))

    def why(self) -> tuple[Told, ...]:
        """The ways from what is reported; else the mechanism."""
        t = self._t
        reported = [c for c in t.told.causes if (c.reported or c.outcome == HELPED) and c.chains]
        raising = [c for c in reported if c.chains[0].sign == "+"]
        new = [c for c in raising if t.first_time(f"way from {c.id}")][:_WAYS]
        return tuple(map(self._way, new)) if raising else self._unmentioned()

    def _way(self, cause: Cause) -> Told:
        notes = "".join(f" {capital(n)}." for n in cause.notes)
        return self._along(cause.chains[0], cause.id, notes)

    def _along(self, chain: Chain, about: str, notes: str = "") -> Told:
        """A chain as one sentence, with the sources that speak for its steps."""
        claims = [s.claim for s in chain.steps]
        self._shown.update(claims)
        return self._t.say(lambda v: v.chain(chain) + notes, claims, about=(about,), most=2)

    def _unmentioned(self) -> tuple[Told, ...]:
        """How the first explanation comes about."""
        t = self._t
        chain = next((c for r in t.ranked[:1] for c in r.chains if c.sign == "+"), None)
        # How a grave illness comes about is not told while it is only possible.
        calm = t.rank(t.level) == 0 or (t.ranked and t.ranked[0].probability >= _LIKELY)
        if chain is not None and calm and t.plain.explains(chain):
            return (self._along(chain, chain.start),)
        return ()

    # -- what helps

    def helps(self, answers: tuple[Told, ...]) -> tuple[Told, ...]:
        """What acts on what is reported or called for; remedies that do the same are one."""
        told = [self._remedy(key, group) for key, group in self._t.fitting.items()]
        return (*self.stop_nothing(answers), *(told or self._general()))[:_HELPS]

    def _general(self) -> list[Told]:
        """What sets a mild thing off and what one can do against it, where nothing was told."""
        t = self._t
        if not t.silent:
            return []
        causes, new = [c.id for c in t.silent], t.first_time("silent")
        claims = [s.claim for c in t.silent for s in c.chains[0].steps]
        claims += [c for name in t.helping for c in t.grounds(name)]

        def words(v: Phrasing) -> str:
            known = f"Known to set it off: {v.names(causes)}. "
            return f"{known * new}What may help: {v.names(t.helping, 'or')}."

        return [t.say(words, claims, about=(*causes, *t.helping))]

    def stop_nothing(self, answers: tuple[Told, ...]) -> tuple[Told, ...]:
        """Where a medicine is the suspect: nobody stops it alone, said once."""
        t = self._t
        if not t.suspects or any(DO_NOT_STOP in told.text for told in answers):
            return ()
        return (t.say(lambda v: DO_NOT_STOP, about=t.suspects[:1]),)

    def _remedy(self, key: tuple[str, ...], group: list[RankedRemedy]) -> Told:
        t = self._t
        own = self._fitting(group)
        first = own[0]
        # What acts on a habit acts on that of this person: no other one is named.
        habit = t.is_a(key[-1], "ft:needs-report")
        others = [] if habit else [r.id for r in own[1:2]]
        called = not key[0]
        tried = self._trials(first)

        details = (
            ("Limit: ", first.limit),
            ("It can take ", first.time_to_effect),
            ("Take care: ", "; ".join(first.cautions)),
        )
        more = [f"{opening}{text}" for opening, text in details if text]

        def words(v: Phrasing) -> str:
            said = capital(v.names([first.id, *others], "or"))
            # What acts on a habit has it in its name.
            against = "" if habit else f" against {v.name(key[-1])}"
            said += f" is called for by: {v.name(key[-1])}" if called else f" can help{against}"
            return ". ".join([said, *more, *tried]) + "."

        return t.say(words, first.claims, about=(first.id, *others))

    def _fitting(self, group: list[RankedRemedy]) -> list[RankedRemedy]:
        """The remedies of a group, what no source speaks against and what is spoken of first."""
        t = self._t
        kinds = {b for r in group for b in t.tools.taxonomy.broader(r.id)[1:]}
        words = set(t.case.text.lower().replace(",", " ").replace(".", " ").split())

        def place(remedy: RankedRemedy) -> tuple[bool, bool]:
            items = t.tools.citations.evidence(remedy.claims)
            silent = not {w.rstrip("s") for w in words} & set(remedy.label.split())
            return any(i.direction == REFUTES for i in items), silent

        return sorted([r for r in group if r.id not in kinds] or group, key=place)

    def _trials(self, remedy: RankedRemedy) -> list[str]:
        """What trials say of a remedy, where any is cited."""
        items = self._t.tools.citations.evidence(remedy.claims)
        types = self._t.view.sources
        camps = {i.direction for i in items if types[i.source].type in _TRIALS}
        if not camps:
            return []
        if len(camps) == 2:
            return ["Trials disagree"]
        return ["Trials support it" if SUPPORTS in camps else "Trials saw no effect"]

    # -- disputes

    def disputes(self) -> tuple[Told, ...]:
        """Where sources disagree about a step that is shown."""
        t = self._t
        shown = [t.view.claims[c] for c in sorted(self._shown)]
        contested = [c for c in shown if any(e.direction == "ft:refutes" for e in c.evidence)]
        if not contested:
            return ()
        about = (contested[0].subject, contested[0].object)

        def words(v: Phrasing) -> str:
            first, second = map(v.name, about)
            return f"Sources disagree on a link between {first} and {second}."

        return (t.say(words, [contested[0].id], direction=REFUTES, about=about),)


def _cut(words: list[str], most: int, least: int) -> str:
    """As many of the words as fit, the first ones in any case, and how many were left out."""
    kept = list(words)
    while len(kept) > max(least, 1) and len("; ".join(kept)) > most:
        kept.pop()
    rest = len(words) - len(kept)
    return "; ".join(kept) + (f"; and {rest} more." if rest else ".")
