"""Answers to what a person asks: one or two plain sentences each, from the graph's claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from kg.explain.effects import limit_told
from kg.explain.phrasing import Phrasing, capital, lacking
from kg.explain.summary import Told
from kg.explain.teller import REFUTES, SUPPORTS, Teller
from kg.explain.wording import listed
from kg.recognise.case import Question

__all__ = ["DO_NOT_STOP", "NONE_FITS", "Replies"]

DO_NOT_STOP: Final = (
    "Do not stop a prescribed medicine or change its dose by yourself: ask the doctor who "
    "prescribed it, or a pharmacist, first."
)
NONE_FITS: Final = "Nothing that is known here fits well; a doctor who sees it can tell more."
_MAY_BE_MEDICINE: Final = (
    "Some medicines make muscles move by themselves: whoever prescribed it, or a pharmacist, can "
    "tell whether this one may."
)
_STOPPING: Final = "should-stop-medicine"
_BEFOREHAND: Final = ("what-to-do", "danger")  # asked of what is not there yet
_DOSING: Final = ("what-to-do", "cause", "other", _STOPPING)  # these may be about a medicine
_SITUATIONS: Final = ("calm", "seen", "soon", "now")  # by the rank of the level
_STOP: Final = re.compile(r"[.!?\n…;]+\s*")
_LOOSE: Final = re.compile(r"^(?:and|or|but|so)\s+|[\s,]+(?:and|or|but)$", re.IGNORECASE)
_LONGEST: Final = 70  # characters of a question that is quoted
_NAMED: Final = 2
_NO_SLOTS: Final[Mapping[str, Sequence[str]]] = {}
_USUAL: Final = 3  # signs that an illness is told by
_TELLING: Final = 1.0  # decibans
_TRIED: Final = ("ft:trial-kind", "ft:remedy-kind")
_HELPING: Final = ("ft:relieves", "ft:prevents", "ft:blocks", "ft:decreases")


class Replies:
    """Answers the questions of one case."""

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        self._lead = ""
        self._sentences = teller.tools.sentences
        self._by_kind: dict[str, Callable[[Question], list[Told]]] = {
            "danger": self._danger,
            "is-it-condition": self._is_it,
            "cause": self._cause,
            "does-remedy-help": self._helps,
            "how-long": self._how_long,
            "how-much": self._how_much,
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
            self._lead = self._quote(question)
            found = self._answer(question)
            answers |= {(a.text, a.about): a for a in found if (a.text, a.about) not in answers}
            open_ += [] if found else [self._lead]
        told = list(answers.values())
        if open_:
            self._lead = open_[0] if len(open_) == 1 else "Other questions:"
            told += self._nearest()
        return tuple(told)

    def _answer(self, question: Question) -> list[Told]:
        """What is told of a question: in an emergency a line, else by its matter or its kind."""
        said = self._sentence(self._keys(question), question)
        noticed = [] if self._now else self._if_noticed(question)
        answer = self._by_kind.get(question.kind)
        return noticed or said or (answer(question) if answer is not None else [])

    def _keys(self, question: Question) -> list[str]:
        """What a sentence may stand under that answers a question without more ado."""
        kind, situation = question.kind, self._situation
        matter = question.matter or ""
        keys = [f"{situation}-{matter}", matter]
        keys = [key for key in keys if kind in self._sentences.needs(key)]
        taken = self._t.case.medicines or self._kept(question, "ft:medicine-kind")
        if self._now and taken and kind in _DOSING:
            return ["now-medicine"]
        return [*keys, f"{situation}-{kind}", *(["now-other"] if self._now else [])]

    @cached_property
    def _situation(self) -> str:
        """How urgent the case is, in the word that keys of sentences begin with."""
        t = self._t
        if t.level != t.tools.highest and not (t.told.urgency.clear and t.told.in_scope):
            return "unclear"
        return _SITUATIONS[min(t.rank(t.level), len(_SITUATIONS) - 1)]

    @property
    def _now(self) -> bool:
        return self._situation == "now"

    def _sentence(
        self,
        keys: Sequence[str],
        question: Question | None = None,
        *,
        more: Mapping[str, Sequence[str]] = _NO_SLOTS,
        claims: Iterable[str] = (),
    ) -> list[Told]:
        """The first sentence under a key whose slots have names, if there is one."""
        t = self._t
        slots = {**self._slots(question), **more}
        text, named = self._sentences.most(keys, slots)
        if not text:
            return []
        groups = {name: list(slots[name]) for name in sorted(named)}
        flags = t.raised if {"pointed", "flags", "ruled"} & named else ()
        rests = [*claims, *(c for flag in flags for c in flag.claims)]
        about = [name for group in groups.values() for name in group]

        def words(v: Phrasing) -> str:
            return capital(text.format(**{n: v.brief(g) for n, g in groups.items()}))

        return [t.say(words, rests, lead=self._lead, about=about)]

    def _slots(self, question: Question | None) -> dict[str, Sequence[str]]:
        """The names that a sentence may take."""
        t, pointed = self._t, self._t.pointed[:_NAMED]
        asked = question.about if question is not None else ()
        # In an emergency nothing is weighed that no line there speaks of.
        first = () if self._now else t.first
        events = [e.id for e in t.case.events]
        named = [a for a in asked if not t.is_a(a, "ft:effect-kind") and a not in events]
        return {
            "about": [a for a in named if a not in pointed],
            "done": [e for e in events if e in self._sentences.needs("which-doctor")][:1],
            "first": first if self._situation != "unclear" else (),
            "flags": [flag.id for flag in t.raised][:1],
            "helping": [] if self._now else t.helping[:_NAMED],
            "pointed": pointed,
            "ruled": [a for a in named if a in pointed],
            "tests": list(t.called_for("ft:names-test", raised=self._now))[:_NAMED],
            "topic": [a for a in named if t.is_a(a, "ft:candidate-kind")]
            or [*t.known, *t.first][:1],
            "thing": self._kept(question, *_TRIED)[:1],
        }

    def _nearest(self) -> list[Told]:
        """That there is no answer, and what is known nearest to it."""
        t = self._t
        names = (*t.known, *t.first)[: 1 if t.told.urgency.clear else 0]
        known = [c for name in names for c in t.course_once(name)]
        helping, claims = self._helping(names), [c.id for c in known]
        told = "No source here answers that; a doctor or a pharmacist may."
        told += f" About {{}}: {_small(t.plain.course(known))}" * bool(known)
        told += " What may help: {}." * bool(helping)
        groups = filter(None, (names * bool(known), helping))
        return self._tell(told, *groups, claims=claims, last="or")

    def _helping(self, names: Sequence[str]) -> list[str]:
        """What may help, where it is about the first explanation."""
        return self._t.helping[:_NAMED] if set(names) & {*self._t.first} else []

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

    def _tell(
        self,
        text: str,
        *groups: Sequence[str],
        claims: Iterable[str] = (),
        last: str = "and",
        most: int = 1,
        direction: str = SUPPORTS,
    ) -> list[Told]:
        """One answer: the names of each group of concepts stand in the place of a `{}`."""

        def words(v: Phrasing) -> str:
            return capital(text.format(*(v.names(group, last) for group in groups)))

        about = [name for group in groups for name in group]
        say = self._t.say
        return [say(words, claims, lead=self._lead, about=about, most=most, direction=direction)]

    def _likeliest(self, opening: str = "", more: str = "") -> list[Told]:
        """The first explanation; what it is known for where nothing more is told."""
        t = self._t
        if not t.ranked:
            return self._tell(f"{opening} {NONE_FITS}".strip())
        first = t.ranked[0]
        word = t.standing(first.id, first.probability)
        known = () if more else t.course_once(first.id)
        claims = [c.id for c in known] or first.claims

        def words(v: Phrasing) -> str:
            told = (opening, f"{word}: {v.entry(first.id)}.", more or v.course(known))
            return " ".join(filter(None, told))

        return [t.say(words, claims, lead=self._lead, about=(first.id,))]

    def _if_noticed(self, question: Question) -> list[Told]:
        """What to do about a sign that the question only imagines, where it would be urgent."""
        t, text = self._t, self._t.case.text
        if question.kind not in _BEFOREHAND:
            return []
        begin = max([0, *(m.end() for m in _STOP.finditer(text, 0, question.span[0]))])
        stop = _STOP.search(text, question.span[1])
        end = stop.start() if stop else len(text)
        imagined = {
            general: f.id
            for f in t.case.findings
            if f.status == "unknown" and f.span is not None and begin <= f.span[0] < end
            for general in t.tools.taxonomy.broader(f.id)
        }
        # What one notices is new, so it came on suddenly.
        new = {*imagined, *(c.id for c in t.view.with_role("ft:shown-by-recovery"))}
        watched = (f for f in t.told.urgency.watch_for if imagined.keys() & {*f.missing})
        flags = [f for f in watched if {*f.missing} <= new and t.rank(f.level) > t.rank(t.level)]
        if not flags:
            return []
        flag = max(flags, key=lambda f: t.rank(f.level))
        level = t.view.scales[f"ft:{flag.level}"]
        told = "If you notice {}: " + (level.advice or level.definition)
        sign = next(imagined[m] for m in flag.missing if m in imagined)
        return self._tell(told, (sign,), claims=flag.claims)

    def _kept(self, question: Question | None, *roles: str) -> list[str]:
        """What a question names that has one of the roles."""
        about = question.about if question is not None else ()
        return [a for a in about if any(self._t.is_a(a, role) for role in roles)]

    # -- danger, what it is, which illness

    def _danger(self, question: Question) -> list[Told]:
        t = self._t
        limited = self._how_much(question) if question.about else []
        named = [a for a in question.about if t.view.objects(a, "ft:has-urgency")]
        if named and not limited:
            known, levels = t.course(named[0]), t.view.by_subject[named[0], "ft:has-urgency"]
            told = f"{{}} calls for: {{}}. {t.plain.course(known)}".rstrip()
            claims = [c.id for c in (*levels, *known)]
            return self._tell(told, named[:1], [c.object for c in levels], claims=claims)
        if limited:
            return limited
        if not t.told.urgency.because or not t.rank(t.level):
            return self._likeliest("Nothing that was understood is a warning sign.")
        return self._likeliest("No emergency in what was understood, but do have it seen.")

    def _what(self, question: Question) -> list[Told]:
        t = self._t
        named = self._kept(question, "ft:candidate-kind")[:1]
        if t.rank(t.level) > 1 and not named:
            return self._likeliest("Only a doctor can tell that, and soon.")
        definition = next((t.view.concepts[n].definition for n in (*named, *t.first)), "")
        if not named:
            return self._likeliest(more=definition)

        def words(v: Phrasing) -> str:
            return f"{capital(v.entry(named[0]))}: {definition}"

        weighed = [told for n in named if t.probability(n) for told in self._weighed(n)]
        return [t.say(words, lead=self._lead, about=named), *weighed]

    def _is_it(self, question: Question) -> list[Told]:
        t = self._t
        if self._kept(question, *_TRIED):
            return self._helps(question)
        ranked = [a for a in question.about if t.probability(a) is not None]
        if ranked:
            return [told for name in ranked[:_NAMED] for told in self._weighed(name)]
        if not question.about:
            return self._likeliest("That name is not known here.")
        others = [a for a in question.about if not t.is_a(a, "ft:effect-kind")][:1]
        if not others:
            return self._danger(question)
        if t.way(others[0]) is not None or not t.is_a(others[0], "ft:candidate-kind"):
            return self._cause(question)
        told = "No source here describes {} well enough to compare; a doctor can."
        return self._tell(told, others)

    def _weighed(self, name: str) -> list[Told]:
        """How likely a condition is here, what speaks for and against it, what else it shows."""
        t = self._t
        kinds = set(t.tools.taxonomy.narrower(name))
        entry = max((c for c in t.told.conditions if c.id in kinds), key=lambda c: c.probability)
        urgent, denied = t.rank(t.level) > 1, set(t.case.absent())
        pointed = {name, *(t.tools.taxonomy.broader(name) if urgent else ())} & set(t.pointed)
        spoken = denied | t.reading.met.keys()
        against = [w for w in entry.against if w.decibans < -_TELLING / 2 and w.id in spoken]
        speaks = [w for w in entry.for_ if w.decibans > _TELLING][:_NAMED]
        usual = entry.not_asked[:_USUAL]
        verdict = f"From what you tell it is {t.likelihood(t.probability(name) or 0.0)}."
        if not t.told.urgency.clear:
            verdict = "I cannot tell for sure, since not all was understood."
        elif name in t.reading.met:
            verdict = f"You name it yourself. {verdict}"
        elif pointed or (speaks and urgent):
            verdict = "It has to be ruled out by a doctor."

        def words(v: Phrasing) -> str:
            told = [verdict]
            for title, weights in (("Against it", against[:_NAMED]), ("For it", speaks)):
                names = [lacking(v.name(w.id)) if w.id in denied else v.name(w.id) for w in weights]
                told += [f"{title}: {listed(names)}."] if names else []
            told += [f"It often comes with {v.names(usual)}."] if usual else []
            return " ".join(told)

        claims = [w.claim for w in (*against[:_NAMED], *speaks) if w.claim is not None]
        shown = t.view.by_subject.get((entry.id, "ft:has-finding"), ())
        claims += [c.id for c in shown if c.object in usual]
        return [t.say(words, claims or entry.claims, lead=self._lead, about=(name,))]

    # -- causes and medicines

    def _cause(self, question: Question) -> list[Told]:
        t = self._t
        medicines = self._kept(question, "ft:medicine-kind")
        about = t.suspects if medicines and t.suspects else question.about
        # What is felt or seen is what has to be explained.
        names = [n for n in about if not t.is_a(n, "ft:effect-kind")][:_NAMED]
        if names:
            weighed = (self._weighed if t.probability(n) else self._may_do_it for n in names)
            return [told for tell, name in zip(weighed, names, strict=True) for told in tell(name)]
        reported = [c for c in t.told.causes if c.reported and c.chains][:3]
        if reported:
            chain = reported[0].chains[0]
            t.first_time(f"way from {reported[0].id}")
            names = [c.id for c in reported]
            claims = [s.claim for c in reported for s in c.chains[0].steps[:1]]
            claims += [s.claim for s in chain.steps]

            def words(v: Phrasing) -> str:
                return f"Of what you tell, {v.names(names)} can play a part. {v.chain(chain)}"

            return [t.say(words, claims, lead=self._lead, about=names)]
        if t.case.events:
            return self._may_do_it(t.case.events[0].id)
        if not t.silent:
            if t.case.medicines:
                return self._tell(f"{_MAY_BE_MEDICINE} {DO_NOT_STOP}")
            named = any(c.reported for c in t.told.causes)
            subject = "What you name is not" if named else "You name nothing that is"
            return self._likeliest(f"{subject} known to set it off.")
        t.first_time("silent")
        claims = [s.claim for c in t.silent for s in c.chains[0].steps]
        return self._tell("Known to set it off: {}.", [c.id for c in t.silent], claims=claims)

    def _may_do_it(self, name: str) -> list[Told]:
        """Whether something may bring it about, and how; a medicine is not to be stopped alone."""
        t = self._t
        medicine = t.is_a(name, "ft:prescribed-kind") or t.is_a(name, "ft:medicine-kind")
        stopping = any(q.kind == _STOPPING for q in t.case.asked)
        warned = f" {DO_NOT_STOP}" if medicine and not stopping else ""
        chain = None if t.reading.denied(name) else t.way(name)
        t.first_time(f"way from {name}")
        if chain is None:
            event = any(name == e.id for e in t.case.events)
            key = "event" if event else "no-cause"
            key = "denied" if t.reading.denied(name) else key
            if medicine and key != "denied":
                return self._tell(f"{_MAY_BE_MEDICINE}{warned}")
            setting = [c.id for c in t.ranked if name in t.settings(c.id)]
            slots = {"about": [name], "event": [name] * event, "setting": setting}
            return self._sentence(["setting", key] if setting else [key], more=slots)
        claims = [s.claim for s in chain.steps]

        def words(v: Phrasing) -> str:
            return f"It may. {v.chain(chain)}{warned}"

        return [t.say(words, claims, lead=self._lead, about=(name,))]

    def _stop(self, question: Question) -> list[Told]:
        t = self._t
        ways = [w for a in (*question.about, *t.suspects) if (w := t.way(a)) is not None][:1]
        may = " It may have to do with it, and another dose may help." if ways else ""
        claims = [s.claim for way in ways for s in way.steps]
        return self._tell(DO_NOT_STOP + may, [way.start for way in ways], claims=claims)

    def _how_much(self, question: Question) -> list[Told]:
        """The limits of what a question names, or else the case, and what one serving holds."""
        view = self._t.view
        asked = question.kind == "how-much"
        names = dict.fromkeys((*question.about, *(self._t.reading.present if asked else ())))
        limits = [c for n in names for c in view.by_subject.get((n, "ft:has-limit"), ())]
        if not limits:
            return self._tell("No source here names an amount.") if asked else []
        about = limits[0].subject
        limits = [c for c in limits if c.subject == about]
        told = listed([limit_told(view, c.object) for c in limits])
        served = [q for q in view.quantities.values() if q.serving_of == about]
        most = max(served, key=lambda q: (q.value or 0.0, q.id), default=None)
        holds = f" {capital(most.label)} has about {most.value:g} {most.unit}." if most else ""
        return self._tell(f"{{}}: {told}.{holds}", [about], claims=[c.id for c in limits])

    # -- what helps, how long

    def _helps(self, question: Question) -> list[Told]:
        t = self._t
        wanted = {c.id for c in t.ranked[:2]} | set(t.reading.met) | set(question.about)
        things, about = self._tried(question)
        against = [
            c
            for name in sorted(about)
            for c in t.view.by_subject.get((name, "ft:has-exclusion"), ())
            if c.object in t.reading.met
        ]
        if against:
            told = "Not with {}, before a doctor has looked at it."
            return self._tell(told, [c.object for c in against], claims=[c.id for c in against])
        said = [
            c
            for c in t.view.claims.values()
            if c.subject in about
            and c.object in wanted - about
            and c.predicate in t.view.relations
            and t.view.relations[c.predicate].causal
        ]
        said.sort(key=lambda c: (not c.supported, c.predicate not in _HELPING))
        if not said or (said[0].supported and said[0].predicate not in _HELPING):
            known, thing = t.helping[:_NAMED], things[:1]
            unknown = f"No source here says whether {'{}' if thing else 'that'} helps against this."
            more = " What may: {}." if known else ""
            return self._tell(unknown + more, *filter(None, (thing, known)), last="or")
        first, ids = said[0], [c.id for c in said if not c.supported]
        if first.supported:
            told = "{} may help against {}."
            return self._tell(told, [first.subject], [first.object], claims=[first.id])
        found = "no effect of" if first.predicate in _HELPING else "no link with"
        told, groups = f"For {{}}, studies found {found} {{}}.", ([first.object], [first.subject])
        return self._tell(told, *groups, claims=ids, direction=REFUTES, most=2)

    def _tried(self, question: Question) -> tuple[list[str], set[str]]:
        """What a question names that can be tried; and with its kinds and what bears its name."""
        concepts = self._t.view.concepts.values()
        words = set(re.findall(r"\w+", self._t.case.text[slice(*question.span)].lower()))
        labels = {c.id: set(c.label.lower().split()) for c in concepts}
        things = self._kept(question, *_TRIED) or self._tried_before(question)
        things = things or [
            c.id for c in concepts if c.roles.intersection(_TRIED) and labels[c.id] <= words
        ]
        about = {n for thing in things for n in self._t.tools.taxonomy.narrower(thing)}
        about |= {n for n, label in labels.items() if any(labels[t] <= label for t in things)}
        return things, about

    def _tried_before(self, question: Question) -> list[str]:
        """What was tried last before a question that names nothing ("does that help?")."""
        trials = [t for t in self._t.case.trials if t.span and t.span[1] <= question.span[0]]
        return [trial.id for trial in trials[-1:]]

    def _how_long(self, question: Question) -> list[Told]:
        t = self._t
        tried = self._kept(question, *_TRIED)
        if tried and not self._kept(question, "ft:needs-report"):
            return self._helps(question)
        done = [e.id for e in t.case.events if t.course(e.id)]
        named = self._kept(question, "ft:candidate-kind", "ft:effect-kind")
        named = named or [*t.known, *done, *t.first]
        concept = next((a for a in named if t.course(a)), next(iter(named), ""))
        known = t.course(concept)
        if not t.first_time(f"course of {concept}"):
            known = tuple(c for c in known if c.object in t.view.quantities) or known
        if known:
            told, claims = _small(t.plain.course(known)), [c.id for c in known]
            opening = "If it comes of" if concept in done else "If it is"
            return self._tell(f"{opening} {{}}: {told}", [concept], claims=claims)
        slots = {"about": [concept] * bool(concept), "helping": self._helping([concept])}
        return self._sentence(["how-long"], more=slots)

    # -- care

    def _test(self, question: Question) -> list[Told]:
        called = self._t.called_for("ft:names-test")
        named = [a for a in question.about if self._t.is_a(a, "ft:names-test")]
        wanted = [a for a in named if a in called]
        slots = {"wanted": wanted, "unwanted": [a for a in named if a not in called]}
        claims = [c for a in wanted or list(called)[:_NAMED] for c in called[a]]
        return self._sentence(["test"], question, more=slots, claims=claims)

    def _which_doctor(self, question: Question) -> list[Told]:
        called = self._t.called_for("ft:names-doctor")
        wanted = [a for a in question.about if a in called] or list(called)[:_NAMED]
        claims = [c for a in wanted for c in called[a]]
        return self._sentence(["which-doctor"], question, more={"doctors": wanted}, claims=claims)

    def _what_to_do(self, question: Question) -> list[Told]:
        t, urgency = self._t, self._t.told.urgency
        helping = t.helping[: _NAMED + 1]
        told = urgency.advice.partition(". ")[0].rstrip(".") + "."
        none = " No source here names anything that one can do against it alone."
        told += " What may help: {}." if helping else none * (t.rank(t.level) < 2)
        claims = [c for name in helping for c in t.grounds(name)]
        return self._tell(told, helping, claims=claims, last="or")


def _small(text: str) -> str:
    """The text as it goes on after a colon."""
    return text[:1].lower() + text[1:]
