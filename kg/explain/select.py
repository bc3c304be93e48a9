"""The selection: what of an explanation stands on one screen, and by which rule.

A remedy is told where it acts on what is reported, is called for by a raised flag, or is supported
for the first explanation; a cause that nobody mentioned only where nothing was, and a remedy acts
on it. Warning signs are chosen in `kg.explain.signs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import Final

from kg.explain.heading import Heading
from kg.explain.helps import Helps
from kg.explain.model import Cause, Chain
from kg.explain.phrasing import Phrasing, capital
from kg.explain.replies import NONE_FITS, PATIENT, Replies
from kg.explain.results import Results
from kg.explain.sight import LIKELY
from kg.explain.signs import Signs
from kg.explain.sounding import Sounding
from kg.explain.summary import Summary, Told, first_fitting, fits, fitted
from kg.explain.teller import KNOWN, REFUTES, Teller
from kg.explain.tried import HELPED

_TOO_LITTLE: Final = "That is too little to name a cause: if it lasts or changes, see a doctor."
_EXAMINED: Final = (
    "If a hospital has already examined just this and nothing is new or worse since, "
    "keep to what you were told there."
)
_ANSWERS: Final = 4
_BESIDE: Final = 2.0  # by how much a second explanation may be less likely than the first
_EXPLAINED: Final = 2
_WAYS: Final = 3
_URGENT: Final = 2  # what to do, and why
_RATHER: Final = 0.1  # probability of what is told beside the worst
_SPEAKS: Final = 5.0  # how much likelier the words make an illness that they speak for


def summarise(teller: Teller) -> Summary:
    """The summary of an explanation."""
    choose, signs = _Choice(teller), Signs(teller)
    heading, helps = Heading(teller), Helps(teller)
    if teller.level == teller.tools.highest:
        return _at_once(teller, heading)
    answers = Replies(teller).all()[:_ANSWERS]
    summary = Summary(
        verdict=heading.verdict(),
        answers=answers,
        understood=heading.understood(),
        level="clinical" if teller.case.person.whose == PATIENT else "plain",
    )
    if not (teller.told.urgency.clear and teller.told.in_scope):
        summary = replace(
            summary,
            helps=helps.stop_nothing(answers),
            ask=choose.unread() or choose.doubted(),
            # What is told enough of is told, though nothing in the face is.
            likely=Sounding(teller).guessed()
            if teller.told.in_scope
            else choose.likely_elsewhere(),
            signs=signs.urgent(),
        )
    else:
        likely, why = choose.likely(), choose.why()
        summary = replace(
            summary,
            ask=choose.unread() or choose.question(),
            # Where it is told what may set it off, nobody is told that nothing fits.
            likely=() if why and not any(x.about for x in likely) else likely,
            found=Results(teller).told(),
            why=why,
            helps=helps.told(answers),
            signs=signs.told(),
            disputes=choose.disputes(),
        )
    return fitted(summary, emergency=False, footer=teller.told.disclaimer)


def _at_once(teller: Teller, heading: Heading) -> Summary:
    """The summary of an emergency: what to do, why, what was asked, and what was understood.

    With less of each, as long as a screen has no room for all of them.
    """
    replies = Replies(teller)
    answers = replies.all()[:_ANSWERS]
    # Who says so is cited for the reason alone, where there is little room.
    bare = tuple(replace(told, sources=()) for told in answers)
    level = "clinical" if teller.case.person.whose == PATIENT else "plain"

    # What all of it speaks for goes before who says so, and before the words that one said.
    sounding, footer = Sounding(teller), teller.told.disclaimer
    rather = sounding.rather()

    def told(said: tuple[Told, ...], lines: int, most: int, less: int, *, also: bool) -> Summary:
        verdict = heading.verdict(less=less)[:most]
        read = heading.understood(lines) + (rather if also else ())
        return Summary(verdict, said, read, level=level)

    sizes = ((2, 3, 0), (2, 2, 0), (1, 2, 0), (1, 2, 1), (1, 2, 2))
    brief = replies.brief()[:_ANSWERS]
    # Every question is answered in a few words before any is left out; what one says is told back
    # rather than who says what is answered.
    kept = dict.fromkeys((answers, bare, replies.brief(bare[:1])[:_ANSWERS], brief))
    ways = (*product((answers, bare), sizes[:-1]), *product(kept, sizes))
    tried = [told(said, *size, also=also) for also in (True, False) for said, size in ways]
    summary = fitted(first_fitting(tried, footer), emergency=True, footer=footer)
    for one in (_Choice(teller).examined(), () if rather else sounding.graver()):
        more = replace(summary, understood=(*summary.understood, *one))
        summary = fitted(more, emergency=True, footer=footer) if fits(more, footer) else summary
    return summary


def replied(teller: Teller) -> tuple[Told, ...]:
    """What is told of a question alone, or of the case that it tells; what must not wait is first.

    It is about a case where it names a sign and what may have to do with it, and no illness.
    """
    replies = Replies(teller)
    urgent = bool(teller.told.urgency.because) and teller.rank(teller.level) > 1
    named = [a for q in teller.case.asked for a in q.about]
    ill = any(teller.is_a(a, "ft:candidate-kind") for a in named)
    beside = any(q.matter for q in teller.case.asked) or not all(
        teller.is_a(a, "ft:effect-kind") for a in named
    )
    # Words that nothing knows may be what is asked.
    ill = ill or any(replies.names_more(q) for q in teller.case.asked)
    own = urgent or (bool(teller.reading.effects) and beside and not ill)
    told = (replies.all(admit=False) if own else ()) or replies.apart()
    return (*Heading(teller).verdict()[:_URGENT], *told) if urgent else told


class _Choice:
    """Chooses the explanations and what to ask for one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._shown: set[str] = set()  # claims of the ways that are told

    def unread(self) -> tuple[Told, ...]:
        """What was meant by the words that nothing understood."""
        asked = [q for q in self._t.told.questions if q.quote is not None]
        return tuple(self._t.plainly(q.text, lead="Tell me:") for q in asked[:1])

    def doubted(self) -> tuple[Told, ...]:
        """The question about a sign of which the person is not sure."""
        return self.question() if self._t.reading.doubted else ()

    def question(self) -> tuple[Told, ...]:
        """The one question whose answer would change most."""
        t = self._t
        # What raises the level only together with something else is not told by a yes alone.
        alone = {(f.missing, f.level) for f in t.told.urgency.watch_for}
        fit = (q for q in t.told.questions if not q.raises or ((q.id,), q.raises) in alone)
        # Nor is anybody asked for a bite or a poison of which nothing speaks.
        fit = (q for q in fit if not q.raises or not t.reading.befell(q.id))
        first = next(fit, None)
        if first is None:
            return ()
        text = t.plain.put_to(first.text, t.case.person)

        def words(v: Phrasing) -> str:
            if first.raises is not None:
                return f"{text} If yes: {t.level_word(first.raises)}."
            return f"{text} That would tell {v.names(first.separates[:2])} apart."

        return (t.say(words, lead="One question more:", about=(first.id,)),)

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
        if not told and t.pointed:
            return self._rather()  # what it may be at worst is told with the urgency
        return tuple(told.values()) or (t.plainly(NONE_FITS if t.rank(t.level) else _TOO_LITTLE),)

    def _rather(self) -> tuple[Told, ...]:
        """What it may be as well where a warning names the worst: what is likeliest of the rest."""
        t, pointed = self._t, {k for name in self._t.pointed for k in self._t.kin(name)}
        rest = [c for c in t.told.conditions if c.described and c.for_ and c.id not in pointed]
        near = [c for c in rest if c.probability >= _RATHER and not t.is_pressing(c.id)]
        names = [c.id for c in near[:_EXPLAINED]]
        claims = [claim for c in near[:_EXPLAINED] for claim in c.claims[:1]]
        told = t.say(
            lambda v: f"{v.names(names, 'or')}.", claims, lead="It may be as well:", about=names
        )
        return (told,) if names else ()

    def likely_elsewhere(self) -> tuple[Told, ...]:
        """The same of a text that is not of what the graph is about, where something fits."""
        return self.likely() if self._t.ranked else ()

    def examined(self) -> tuple[Told, ...]:
        """What holds instead where it is a known illness, or one of long ago, that is told of."""
        t = self._t
        own = t.case.person.whose != PATIENT and not t.is_crisis
        named = {f.id for f in t.raised} & {k.id for k in t.case.known}
        return (t.plainly(_EXAMINED),) if own and (t.known or named) else ()

    def _known(self, name: str) -> Told:
        """A known illness that explains nothing of what is told."""
        more = "Whether this belongs to it, the doctor who treats it can tell."
        return self._t.say(lambda v: f"{v.entry(name)}. {more}", lead=f"{KNOWN}:", about=(name,))

    def _explanation(self, name: str, probability: float, claims: Iterable[str]) -> Told:
        t = self._t
        known = t.course_once(name)

        standing = t.standing(name, probability)
        alike = t.told_like(name, _SPEAKS) and standing != KNOWN
        like = "; you tell it much as others do who have it" * alike

        def words(v: Phrasing) -> str:
            return f"{v.entry(name)}{like}. {v.course(known)}".rstrip()

        own = [c.id for c in known] or list(claims)
        return t.say(words, own, lead=f"{standing}:", about=(name,))

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
        calm = t.rank(t.level) == 0 or (t.ranked and t.ranked[0].probability >= LIKELY)
        if chain is not None and calm and t.plain.explains(chain):
            return (self._along(chain, chain.start),)
        return ()

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
