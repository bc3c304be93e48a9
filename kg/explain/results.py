"""What tests found, told: for and against which illness it speaks, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.explain.phrasing import Phrasing, bare, capital
from kg.explain.rivals import FEAR
from kg.explain.summary import Told
from kg.explain.teller import Teller
from kg.explain.wording import listed

_TEST_FINDING: Final = "ft:test-finding-kind"
_MOSTLY: Final = 0.7  # from here on a finding that is missing speaks against an illness
_NAMED: Final = 2
_LEAD: Final = "What was found:"


class Results:
    """Words what tests found in one case.

    Where care is needed soon no result is told as reassuring: it may be from before.
    """

    def __init__(self, teller: Teller) -> None:
        self._t = teller
        case = teller.case
        asked = {a for q in case.asked for a in q.about}
        asked.update(f.id for f in case.findings if f.is_open)
        self._asked = {k for a in asked for k in teller.kin(a)}
        self._fears = any(teller.is_a(f, FEAR) for f in case.present())

    def told(self) -> tuple[Told, ...]:
        """What the results of a case mean."""
        t = self._t
        if t.rank(t.level) > 1:
            return self._no_comfort()
        found = [f for f in dict.fromkeys(t.case.present()) if t.is_a(f, _TEST_FINDING)]
        shown = filter(None, map(self._shown, found))
        return (*shown, *self._missing(), *self._abnormal(), *self._old())

    def _no_comfort(self) -> tuple[Told, ...]:
        if not any(r.verdict == "normal" for r in self._t.case.results):
            return ()
        words = "A normal result or a reassurance does not cover what has come since."
        return (self._t.plainly(words, lead=_LEAD),)

    def _shown(self, finding: str) -> Told | None:
        """What a test showed that nobody feels, and the illness that it speaks for."""
        t = self._t
        illnesses = self._illnesses(finding)
        features = t.view.by_subject.get((finding, "ft:has-feature"), ())

        def words(v: Phrasing) -> str:
            many = "seen in more than one illness, and whoever did the test can tell which"
            meant = many if len(illnesses) > 1 else f"that speaks for {v.brief(illnesses)}"
            return f"{capital(v.noun(finding))}: {meant}. {v.course(features)}".rstrip()

        claims = [*self._claims([finding], illnesses), *(c.id for c in features)]
        about = (finding, *illnesses[:1])
        return t.say(words, claims, lead=_LEAD, about=about, most=2) if illnesses else None

    def _missing(self) -> Iterable[Told]:
        """What normal results speak against, and what they do not rule out."""
        t = self._t
        against: dict[tuple[str, ...], dict[str, str]] = {}
        leaves: dict[tuple[str, ...], dict[str, str]] = {}
        for result in t.case.results:
            finding = None if result.old else result.rules_out
            likely, seldom = self._sorted(finding) if finding is not None else ([], [])
            for illnesses, groups in ((likely, against), (seldom, leaves)):
                if illnesses:
                    groups.setdefault(tuple(illnesses), {})[result.id] = finding or ""
        for denied, tests in against.items():
            yield self._says(tests, denied, ("speaks against", "speak against"))
        for left, tests in leaves.items():
            yield self._says(tests, left, ("does not rule out", "do not rule out"))
        told = {test for tests in (*against.values(), *leaves.values()) for test in tests}
        normal = (r.id for r in t.case.results if r.verdict == "normal" and not r.old)
        for test in dict.fromkeys(normal):
            if test not in told:
                yield from self._limits(test)

    def _limits(self, test: str) -> Iterable[Told]:
        """What a source says of a test that speaks against nothing here."""
        known = self._t.view.by_subject.get((test, "ft:has-feature"), ())
        if self._t.plain.course(known):

            def words(v: Phrasing) -> str:
                return f"{capital(v.name(test))}: {v.course(known)}"

            yield self._t.say(words, [c.id for c in known], lead=_LEAD, about=(test,))

    def _says(
        self, tests: dict[str, str], illnesses: tuple[str, ...], verbs: tuple[str, str]
    ) -> Told:
        told = [*filter(self._is_told, illnesses)]
        features = [
            c for t in tests for c in self._t.view.by_subject.get((t, "ft:has-feature"), ())
        ]

        def words(v: Phrasing) -> str:
            named = self._named(v, tests)
            against = v.brief(told) if told else "a graver illness"
            said = f"A normal {named} {verbs[len(tests) > 1]} {against}."
            return f"{said} {v.course(features)}".rstrip()

        claims = [*self._claims(tests.values(), illnesses), *(c.id for c in features)]
        return self._t.say(words, claims, lead=_LEAD, about=(*self._known(tests), *told), most=2)

    def _abnormal(self) -> Iterable[Told]:
        """That what a test found is for those to say who did it."""
        odd = list(dict.fromkeys(r.id for r in self._t.case.results if r.verdict == "abnormal"))
        if odd:

            def words(v: Phrasing) -> str:
                named = self._named(v, odd)
                return f"An abnormal {named}: what that means, whoever did the test can tell."

            yield self._t.say(words, lead=_LEAD, about=self._known(odd))

    def _old(self) -> Iterable[Told]:
        """The results that are from before something that is told."""
        old = list(dict.fromkeys(r.id for r in self._t.case.results if r.old))
        if old:

            def words(v: Phrasing) -> str:
                named = self._named(v, old)
                return f"The {named}: from before some of what you tell, so no answer to that."

            yield self._t.say(words, lead=_LEAD, about=self._known(old))

    def _known(self, tests: Iterable[str]) -> list[str]:
        return [test for test in tests if test in self._t.view.concepts]

    def _named(self, v: Phrasing, tests: Iterable[str]) -> str:
        """The names of tests; of those that the graph only reads, the words of the text."""
        known, text = self._t.view.concepts, self._t.case.text
        spans = {r.id: r.span for r in self._t.case.results}
        return listed([bare(v.name(i) if i in known else text[slice(*spans[i])]) for i in tests])

    def _sorted(self, finding: str) -> tuple[list[str], list[str]]:
        """The illnesses in which a finding is mostly seen, and those in which it may be missing."""
        known = self._t.tools.conditions
        illnesses = self._illnesses(finding)
        notes = {i: known.authored(i).get(finding) for i in illnesses}
        likely = [i for i, n in notes.items() if n is not None and n.probability >= _MOSTLY]
        seldom = [i for i in illnesses if i not in likely and i in self._asked]
        return sorted(likely[:_NAMED]), seldom[:_NAMED]

    def _is_told(self, illness: str) -> bool:
        """Whether an illness is named: only to who fears a grave one or asks about it."""
        return self._fears or illness in self._asked

    def _illnesses(self, finding: str) -> list[str]:
        """The illnesses in which a finding is seen, those asked about and the likeliest first."""
        t = self._t
        seen = [c.subject for c in t.view.by_object.get((finding, "ft:has-finding"), ())]
        order = {c.id: n for n, c in enumerate(t.told.conditions)}
        return sorted(seen, key=lambda i: (i not in self._asked, order.get(i, len(order)), i))

    def _claims(self, findings: Iterable[str], illnesses: Iterable[str]) -> list[str]:
        known = self._t.view.by_subject
        held = {*findings}
        shows = (c for i in illnesses for c in known.get((i, "ft:has-finding"), ()))
        return [c.id for c in shows if c.object in held]
