"""Answers to what a person asks: one or two plain sentences each, from the graph's claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from kg.explain.phrasing import Phrasing, capital, lacking
from kg.explain.summary import Told
from kg.explain.teller import REFUTES, Teller
from kg.explain.wording import listed
from kg.recognise.case import Question
from kg.view import Claim

__all__ = ["DO_NOT_STOP", "Replies"]

DO_NOT_STOP: Final = (
    "Do not stop a prescribed medicine by yourself: ask the doctor who prescribed it, or a "
    "pharmacist, first."
)
_STOPPING: Final = "should-stop-medicine"
_BEFOREHAND: Final = ("what-to-do", "danger")  # asked of what is not there yet
_STOP: Final = re.compile(r"[.!?\n…;]+\s*")
_LOOSE: Final = re.compile(r"^(?:and|or|but|so)\s+|[\s,]+(?:and|or|but)$", re.IGNORECASE)
_LONGEST: Final = 70  # characters of a question that is quoted
_NAMED: Final = 2
_TELLING: Final = 1.0  # decibans
_TRIED: Final = frozenset({"ft:trial-kind", "ft:remedy-kind"})
_HELPING: Final = ("ft:relieves", "ft:prevents", "ft:blocks", "ft:decreases")


class Replies:
    """Answers the questions of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._lead = ""
        self._by_kind: dict[str, Callable[[Question], list[Told]]] = {
            "danger": self._danger,
            "is-it-condition": self._is_it,
            "cause": self._cause,
            "does-remedy-help": self._helps,
            "how-long": self._how_long,
            _STOPPING: self._stop,
            "test": self._test,
            "what-is-it": self._what,
            "what-to-do": self._what_to_do,
            "which-doctor": self._which_doctor,
        }

    def all(self) -> tuple[Told, ...]:
        """An answer to each question, none twice; what cannot be answered is said once."""
        answers: dict[tuple[str, tuple[str, ...]], Told] = {}
        open_: list[str] = []
        # Whether to stop a medicine comes first: nothing else that is asked may do harm so soon;
        # then what names its subject, which is read more surely.
        for question in sorted(
            self._t.case.asked, key=lambda q: (q.kind != _STOPPING, not q.about)
        ):
            answer = self._by_kind.get(question.kind)
            self._lead = self._quote(question)
            found = self._if_noticed(question) if question.kind in _BEFOREHAND else []
            found = found or (answer(question) if answer is not None else [])
            answers |= {(a.text, a.about): a for a in found if (a.text, a.about) not in answers}
            open_ += [] if found else [self._lead]
        told = list(answers.values())
        if open_:
            self._lead = open_[0] if len(open_) == 1 else "Other questions:"
            told += self._plainly(
                "I have no answer to this. I can tell what it may be, why, what helps and when to "
                "see a doctor."
            )
        return tuple(told)

    def _quote(self, question: Question) -> str:
        """The words of a question, from the start of its sentence where that is short."""
        whole, (start, end) = self._t.case.text, question.span
        before = [q.span[1] for q in self._t.case.asked if q.span[1] <= start]
        begin = max([0, *before, *(m.end() for m in _STOP.finditer(whole, 0, start))])
        start = begin if end - begin <= _LONGEST else start
        end += whole[end : end + 1] == "?"
        text = _LOOSE.sub("", " ".join(whole[start:end].split()).strip(" ,;:-()"))
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST].rpartition(' ')[0]} …"
        return f"“{capital(text)}”"

    # -- how an answer is put

    def _say(
        self,
        words: Callable[[Phrasing], str],
        claims: Iterable[str] = (),
        about: Iterable[str] = (),
    ) -> list[Told]:
        return [self._t.say(words, claims, lead=self._lead, about=about)]

    def _plainly(self, text: str) -> list[Told]:
        return [self._t.plainly(text, lead=self._lead)]

    def _cannot_tell(self) -> list[Told]:
        unread = [q.quote for q in self._t.told.questions if q.quote is not None]
        what = f"what “{' '.join(unread[0].split())}” means" if unread else "more of it"
        return self._plainly(f"I cannot tell before I know {what}.")

    def _likeliest(self, opening: str = "", more: str = "") -> list[Told]:
        """The first explanation; what it is known for where nothing more is told."""
        t = self._t
        if not t.told.urgency.clear or not t.ranked:
            return self._cannot_tell()
        first = t.ranked[0]
        word = capital(t.likelihood(first.probability))
        known = () if more else t.course(first.id)
        claims = [c.id for c in known] or first.claims
        return self._say(
            lambda v: " ".join(
                filter(None, (opening, f"{word}: {v.entry(first.id)}.", more or v.course(known)))
            ),
            claims,
            (first.id,),
        )

    def _if_noticed(self, question: Question) -> list[Told]:
        """What to do about a sign that the question only imagines, where it would be urgent."""
        t, text = self._t, self._t.case.text
        begin = max([0, *(m.end() for m in _STOP.finditer(text, 0, question.span[0]))])
        stop = _STOP.search(text, question.span[1])
        end = stop.start() if stop else len(text)
        imagined = {
            general: f.id
            for f in t.case.findings
            if f.status == "unknown" and f.span is not None and begin <= f.span[0] < end
            for general in t.tools.taxonomy.broader(f.id)
        }
        alone = (f for f in t.told.urgency.watch_for if len(f.missing) == 1)
        flags = [f for f in alone if f.missing[0] in imagined and t.rank(f.level) > t.rank(t.level)]
        if not flags:
            return []
        flag = max(flags, key=lambda f: t.rank(f.level))
        sign = imagined[flag.missing[0]]
        level = t.view.scales[f"ft:{flag.level}"]
        return self._say(
            lambda v: f"If you notice {v.name(sign)}: {level.advice or level.definition}",
            flag.claims,
            (sign,),
        )

    # -- danger, what it is, which illness

    def _danger(self, question: Question) -> list[Told]:
        t = self._t
        raised = [f for f in t.told.urgency.because if f.level == t.level][:1]
        if not t.told.urgency.clear:
            return self._cannot_tell()
        if not raised:
            return self._likeliest("Nothing you tell of is a warning sign.")
        opening = "It may be, so do not wait."
        if t.rank(t.level) == 1:
            opening = "Nothing you tell of is an emergency, but do have it seen."
        flag = raised[0]
        return self._say(
            lambda v: f"{opening} The reason: {v.name(flag.id)}.", flag.claims, (flag.id,)
        )

    def _what(self, question: Question) -> list[Told]:
        t = self._t
        named = [a for a in question.about if t.is_a(a, "ft:candidate-kind")]
        if not named:
            definition = t.view.concepts[t.ranked[0].id].definition if t.ranked else ""
            return self._likeliest(more=definition)
        definition = t.view.concepts[named[0]].definition
        return self._say(lambda v: f"{capital(v.entry(named[0]))}: {definition}", (), named[:1])

    def _is_it(self, question: Question) -> list[Told]:
        t = self._t
        ranked = [a for a in question.about if t.probability(a) is not None]
        if ranked:
            return [told for name in ranked[:_NAMED] for told in self._weighed(name)]
        if not question.about:
            return self._likeliest("I do not know which illness you mean.")
        name = question.about[0]
        if t.way(name) is not None:
            return self._cause(question)
        return self._say(
            lambda v: f"I cannot tell: this graph does not weigh {v.name(name)}.", (), (name,)
        )

    def _weighed(self, name: str) -> list[Told]:
        """How likely a condition is here, what speaks for and against it, what else it shows."""
        t = self._t
        kinds = set(t.tools.taxonomy.narrower(name))
        entry = max((c for c in t.ranked if c.id in kinds), key=lambda c: c.probability)
        urgent = t.rank(t.level) > 1
        general = set(t.tools.taxonomy.broader(name)) if urgent else {name}
        raised = [f for f in t.told.urgency.because if f.level == t.level]
        pointed = any(general.intersection(f.points_to) for f in raised)
        against = [w for w in entry.against if w.decibans < -_TELLING / 2][:_NAMED]
        speaks = [w for w in entry.for_ if w.decibans > _TELLING][:_NAMED]
        usual = () if speaks else entry.not_asked[:_NAMED]
        denied = set(t.case.absent())
        verdict = f"From what you tell it is {t.likelihood(t.probability(name) or 0.0)}."
        if not t.told.urgency.clear:
            verdict = "I cannot tell for sure, since not all was understood."
        elif name in t.reading.met:
            verdict = f"You name it yourself. {verdict}"
        elif pointed or (speaks and urgent):
            verdict = "It has to be ruled out by a doctor."

        def words(v: Phrasing) -> str:
            told = [verdict]
            for title, weights in (("Against it", against), ("For it", speaks)):
                names = [lacking(v.name(w.id)) if w.id in denied else v.name(w.id) for w in weights]
                told += [f"{title}: {listed(names)}."] if names else []
            told += [f"It often comes with {v.names(usual)}."] if usual else []
            return " ".join(told)

        claims = [w.claim for w in (*against, *speaks) if w.claim is not None]
        shown = t.view.by_subject.get((entry.id, "ft:has-finding"), ())
        claims += [c.id for c in shown if c.object in usual]
        return self._say(words, claims or entry.claims, (name,))

    # -- causes and medicines

    def _cause(self, question: Question) -> list[Told]:
        t = self._t
        medicines = any(t.is_a(a, "ft:medicine-kind") for a in question.about)
        about = t.suspects if medicines and t.suspects else question.about
        names = [n for n in about if n not in t.reading.effects]
        if names:
            return [told for name in names[:_NAMED] for told in self._may_do_it(name)]
        reported = [c for c in t.told.causes if c.reported and c.chains][:3]
        if not reported or not t.told.urgency.clear:
            return self._likeliest("I know no trigger in what you tell.")
        return self._say(
            lambda v: (
                f"Of what you tell, {v.names(c.id for c in reported)} can play a part; how, "
                "stands below."
            ),
            [s.claim for c in reported for s in c.chains[0].steps[:1]],
            [c.id for c in reported],
        )

    def _may_do_it(self, name: str) -> list[Told]:
        """Whether something may bring it about, and how; a medicine is not to be stopped alone."""
        t = self._t
        chain = t.way(name)
        medicine = t.is_a(name, "ft:prescribed-kind") or t.is_a(name, "ft:medicine-kind")
        stopping = any(q.kind == _STOPPING for q in t.case.asked)
        warned = f" {DO_NOT_STOP}" if medicine and not stopping else ""
        if chain is None:
            return self._say(
                lambda v: (
                    f"This graph knows of no way from {v.noun(name)} to what you tell of, "
                    f"which does not rule it out.{warned}"
                ),
                (),
                (name,),
            )
        claims = [s.claim for s in chain.steps]
        return self._say(lambda v: f"It may. {v.chain(chain)}{warned}", claims, (name,))

    def _stop(self, question: Question) -> list[Told]:
        t = self._t
        ways = [w for a in (*question.about, *t.suspects) if (w := t.way(a)) is not None][:1]
        may = " It may have to do with it, and another dose may help." if ways else ""
        claims = [s.claim for way in ways for s in way.steps]
        return self._say(lambda v: f"{DO_NOT_STOP}{may}", claims, [way.start for way in ways])

    # -- what helps, how long

    def _helps(self, question: Question) -> list[Told]:
        t = self._t
        wanted = {c.id for c in t.ranked[:2]} | set(t.reading.met)
        asked = question.about or self._in_words(question)
        about = {n for a in asked for n in self._named_after(a)}
        said = [c for c in t.view.claims.values() if self._says(c, about, wanted)]
        said.sort(key=lambda c: (not c.supported, c.predicate not in _HELPING))
        if not said or (said[0].supported and said[0].predicate not in _HELPING):
            return self._plainly("This graph does not know whether that helps here.")
        first, about_it = said[0], (said[0].subject,)
        if first.supported:
            return self._say(
                lambda v: (
                    f"{capital(v.name(first.subject))} may help against {v.name(first.object)}."
                ),
                [first.id],
                about_it,
            )
        found = "no effect of" if first.predicate in _HELPING else "no link with"
        return [
            t.say(
                lambda v: (
                    f"For {v.name(first.object)}, studies found {found} {v.name(first.subject)}."
                ),
                [c.id for c in said if not c.supported],
                lead=self._lead,
                about=about_it,
                direction=REFUTES,
                most=2,
            )
        ]

    def _in_words(self, question: Question) -> list[str]:
        """What the words of a question name that can be tried, where the reader took none."""
        words = set(re.findall(r"\w+", self._t.case.text[slice(*question.span)].lower()))
        return [
            c.id
            for c in self._t.view.concepts.values()
            if _TRIED & c.roles and set(c.label.lower().split()) <= words
        ]

    def _named_after(self, name: str) -> set[str]:
        """The thing, its kinds, and what is named after it ("magnesium tablets")."""
        view = self._t.view
        words = set(view.label(name).lower().split())
        alike = {c.id for c in view.concepts.values() if words <= set(c.label.lower().split())}
        return {*self._t.tools.taxonomy.narrower(name), *alike}

    def _says(self, claim: Claim, about: set[str], wanted: set[str]) -> bool:
        """Whether a claim says what one of the things does to one of the wanted."""
        relation = self._t.view.relations.get(claim.predicate)
        causal = relation is not None and relation.causal
        return causal and claim.subject in about and claim.object in wanted

    def _how_long(self, question: Question) -> list[Told]:
        t = self._t
        if not t.told.urgency.clear or not t.ranked:
            return self._cannot_tell()
        concept = next((a for a in question.about if t.probability(a)), t.ranked[0].id)
        known = t.course(concept)
        if not t.plain.course(known):
            return self._say(
                lambda v: f"This graph has no figure for how long that lasts: {v.name(concept)}.",
                (),
                (concept,),
            )
        claims = [c.id for c in known]
        return self._say(lambda v: f"If it is {v.name(concept)}: {v.course(known)}", claims,
                         (concept,))  # fmt: skip

    # -- care

    def _test(self, question: Question) -> list[Told]:
        called = self._t.called_for("ft:MedicalTreatment", "ft:ProfessionalCare")
        wanted = [a for a in question.about if a in called] or list(called)[:_NAMED]
        if not wanted:
            return self._plainly(
                "Nothing you tell of calls for a test by itself; a doctor who has seen it decides."
            )
        claims = [c for a in wanted for c in called[a]]
        return self._say(
            lambda v: (
                f"What sources call for here is {v.names(wanted)}; the rest is for a doctor "
                "to decide."
            ),
            claims,
            wanted,
        )

    def _which_doctor(self, question: Question) -> list[Told]:
        called = self._t.called_for("ft:ProfessionalCare")
        first = list(called)[:_NAMED]
        if not first:
            return self._plainly("Your family doctor (GP) is the first to ask.")
        return self._say(
            lambda v: (
                f"Sources call for {v.names(first)}. Your family doctor (GP) can send you on."
            ),
            [c for a in first for c in called[a]],
            first,
        )

    def _what_to_do(self, question: Question) -> list[Told]:
        t, urgency = self._t, self._t.told.urgency
        if not urgency.clear:
            return self._cannot_tell()
        fitting = (r for r in t.told.remedies if r.self_care or urgency.because)
        helping = [r for r in fitting if not t.is_a(r.id, "ft:told-by-level")][:1]
        advice = urgency.advice.partition(". ")[0].rstrip(".")
        return self._say(
            lambda v: f"{advice}." + "".join(f" First: {v.name(r.id)}." for r in helping),
            [c for r in helping for c in r.claims],
            [r.id for r in helping],
        )
