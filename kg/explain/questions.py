"""What to ask next: what would change the urgency first, then what tells the conditions apart.

The first kind is ordered by how far a yes is expected to raise the level here beyond what it does
in anybody, and by how much graver it makes what it may be; the second by what an answer is
expected to tell (`kg.explain.gains`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from math import prod

from kg.explain.cite import short
from kg.explain.conditions import ConditionModel
from kg.explain.gains import Answers, Expected, noise_of
from kg.explain.judgement import Judgement
from kg.explain.model import NextQuestion, Urgency, WatchFlag
from kg.explain.reading import Reading
from kg.explain.wording import listed
from kg.view import View

# Up to how many questions the list grows by those that raise the urgency and those that tell the
# conditions apart, in turns: the first few are of both sorts, and whoever cannot answer them
# finds others behind.
_UP_TO = (4, 8, 11, 14)
_LEAST_GAIN = 0.001
_NAMED = 2
_MOSTLY = 0.5  # probability of what most of those who have an illness show


class Questions:
    """Chooses the next questions for cases of one view."""

    def __init__(self, view: View, model: ConditionModel) -> None:
        self._view = view
        self._model = model
        self._levels = {short(s.id): s for s in view.scales.values() if s.kind == "ft:UrgencyLevel"}
        self._ranks = {name: level.rank or 0 for name, level in self._levels.items()}
        tests = {c.id for c in view.with_role("ft:test-finding-kind")}  # nobody notices those
        asked = {f for c in model.ids for f in model.authored(c)} - tests
        asked.update(
            criterion
            for flag in view.with_role("ft:red-flag-kind")
            for criterion in view.objects(flag.id, "ft:has-criterion")
        )
        self._answers = Answers(model, sorted(asked))
        self._last: tuple[Sequence[Judgement], Expected] = (), Expected({}, {})
        self._opposites: dict[str, set[str]] = {}
        self._linked: dict[str, set[str]] = {}
        for index, pairs in (
            (self._opposites, view.opposites),
            (self._linked, (*view.opposites, *view.implications)),
        ):
            for one, other in pairs:
                index.setdefault(one, set()).add(other)
                index.setdefault(other, set()).add(one)
        self._least_days = _least_days(view)
        self._bare = {c.id for c in view.with_role("ft:bare-kind")}
        self._effects = {c.id for c in view.with_role("ft:effect-kind")}
        # How grave each condition is by itself, where a claim says so.
        self._grave = {c: rank for c in model.ids if (rank := self._gravity(c)) is not None}

    def choose(
        self, reading: Reading, urgency: Urgency, judged: Sequence[Judgement]
    ) -> tuple[NextQuestion, ...]:
        """The questions, those that would raise the urgency first.

        None is about what the case already answers, and no answer settles another question of
        the list.
        """
        expected = self._expected(judged)
        settled = self._settled(reading)
        met = set(reading.met)
        urgent, telling = (
            self._urgent(urgency, expected, met),
            self._telling(judged, expected),
        )
        graver = self._graver(urgent, judged)
        worth = {
            f: graver[f] + rise * self._beyond_usual(flag, expected)
            for f, (rise, flag) in urgent.items()
        }
        # What the person is not sure of is asked before all else.
        doubted = {b for d in reading.doubted for b in reading.taxonomy.broader(d)}
        unsure = {f: (f not in doubted, f not in reading.doubted) for f in urgent}
        rising = sorted(urgent, key=lambda f: (*unsure[f], -worth[f], -urgent[f][0], f))
        gaining = list(telling)
        alone: dict[str, list[WatchFlag]] = {}
        for watched in urgency.watch_for:
            if len(watched.missing) == 1:
                alone.setdefault(watched.missing[0], []).append(watched)
        chosen: list[NextQuestion] = []
        for findings, most in zip((rising, gaining, rising, gaining), _UP_TO, strict=True):
            for finding in findings:
                if len(chosen) >= most:
                    break
                if finding in settled:
                    continue
                if findings is rising:
                    rise, flag = urgent[finding]
                    flag = self._gravest(flag, alone.get(finding, ()), met)
                    chosen.append(self._raising(finding, rise, flag))
                else:
                    chosen.append(self._question(finding, telling[finding], judged))
                settled |= self._kin(reading, finding)
        return tuple(chosen)

    def likelier_first(self, urgency: Urgency, judged: Sequence[Judgement]) -> Urgency:
        """The urgency with the flags to watch for in the order of their chance, within a level."""
        chance = self._expected(judged).yes.__getitem__
        place = {name: -2 * rank for name, rank in self._ranks.items()}  # two for each level
        order = sorted([
            (place.get(f.level, 0) + f.asked, -prod(map(chance, f.missing)), f.label, n)
            for n, f in enumerate(urgency.watch_for)
        ])  # fmt: skip
        return replace(urgency, watch_for=tuple([urgency.watch_for[n] for *_, n in order]))

    def _expected(self, judged: Sequence[Judgement]) -> Expected:
        # Asked for twice in each case: the last one is kept, in one go for the sake of threads.
        last, expected = self._last
        if last is not judged:
            expected = Expected(*self._answers.expect({j.id: j.probability for j in judged}))
            self._last = judged, expected
        return expected

    def _settled(self, reading: Reading) -> set[str]:
        """What the case answers, although it does not say so in these words."""
        answered = {*reading.met, *reading.denials}
        settled = {o for a in answered for o in self._opposites.get(a, ())}
        lasts = [f.duration_days for f in reading.case.findings if f.status == "present"]
        longest = max((days for days in lasts if days is not None), default=None)
        # Nobody is asked whether a known illness shows what it mostly shows.
        named = (k.id for k in reading.case.known if k.status == "named")
        for notes in map(self._model.authored, named):
            shown = (f for f, note in notes.items() if note.probability >= _MOSTLY)
            settled.update(b for f in shown for b in reading.taxonomy.broader(f))
        if longest is not None:
            # How long it has lasted is known, so nobody is asked whether it lasts longer.
            settled.update(c for c, days in self._least_days.items() if longest < days)
        return settled

    def _kin(self, reading: Reading, concept: str) -> set[str]:
        """The concepts that a yes or a no about this one says something of."""
        taxonomy = reading.taxonomy
        return {
            *taxonomy.broader(concept),
            *taxonomy.narrower(concept),
            *self._linked.get(concept, ()),
        }

    def _urgent(
        self, urgency: Urgency, expected: Expected, met: set[str]
    ) -> dict[str, tuple[float, WatchFlag]]:
        """What is missing of the open flags, and how far each is expected to raise the urgency."""
        now = self._ranks.get(urgency.level, 0)
        steps = {name: rank - now for name, rank in self._ranks.items() if rank > now}
        ruled_out = {f for m in met for f in self._view.subjects("ft:has-exclusion", m)}
        chance, least = expected.yes.__getitem__, self._model.lowest_band
        best: dict[str, tuple[float, WatchFlag]] = {}
        for flag in urgency.watch_for:
            missing = flag.missing
            if flag.asked or flag.level not in steps or flag.id in ruled_out:
                continue
            # A complaint that can befall anybody is asked only where the case makes it grave.
            if self._bare.issuperset(missing) and missing == self._criteria(flag):
                continue
            # Only what the case adds counts: else what can befall anybody would come first.
            rise = steps[flag.level] * max(0.0, prod(map(chance, missing)) - least ** len(missing))
            for finding in missing:
                if finding not in best or rise > best[finding][0]:
                    best[finding] = (rise, flag)
        return best

    def _criteria(self, flag: WatchFlag) -> tuple[str, ...]:
        return self._view.objects(flag.id, "ft:has-criterion")

    def _gravest(self, flag: WatchFlag, alone: Iterable[WatchFlag], met: set[str]) -> WatchFlag:
        """What a yes would mean: the flag, or a graver one that this yes alone would raise."""
        exclusions = self._view.objects
        free = (f for f in alone if met.isdisjoint(exclusions(f.id, "ft:has-exclusion")))
        return max((flag, *free), key=lambda f: self._ranks.get(f.level, 0))

    def _beyond_usual(self, flag: WatchFlag, expected: Expected) -> float:
        """The part of the chance of a flag that this case brings; all of what is about the person.

        What is missing of other flags is as frequent among all who ask, or nearly so.
        """
        if any(c not in flag.missing and c not in self._effects for c in self._criteria(flag)):
            return 1.0
        chance = prod(map(expected.yes.__getitem__, flag.missing))
        usual = prod(map(self._answers.usual.__getitem__, flag.missing))
        return max(0.0, 1.0 - usual / chance) if chance else 0.0

    def _graver(self, findings: Iterable[str], judged: Sequence[Judgement]) -> dict[str, float]:
        """How much graver a yes makes what it may be: the covariance of both."""
        shares = {j.id: j.probability for j in judged if j.id in self._grave}
        whole = sum(shares.values()) or 1.0
        mean = sum(share * self._grave[c] for c, share in shares.items()) / whole
        beyond = {c: share / whole * (self._grave[c] - mean) for c, share in shares.items()}
        return {
            finding: max(0.0, sum(
                beyond[c] * (rate.probability - self._answers.usual[finding])
                for c, rate in self._model.rates(finding).items() if c in beyond
            ))
            for finding in findings
        }  # fmt: skip

    def _gravity(self, condition: str) -> int | None:
        """The level that a condition, or else what it is a kind of, calls for by itself."""
        known = self._view.by_subject.get
        kinds = (known((b, "ft:has-urgency"), ()) for b in self._model.taxonomy.broader(condition))
        levels = next(filter(None, kinds), ())
        return max((self._ranks.get(short(c.object), 0) for c in levels), default=None)

    def _raising(self, finding: str, rise: float, flag: WatchFlag) -> NextQuestion:
        level = self._levels[flag.level]
        also = [self._view.label(m) for m in flag.missing if m != finding]
        together = f", together with {listed(also)}," if also else ""
        return NextQuestion(
            id=finding,
            text=self.text(finding),
            why=f"yes{together} would mean: {level.label} ({flag.label})",
            separates=tuple(self._view.objects(flag.id, "ft:indicates")),
            gain=0.0,
            raises=flag.level,
            rise=rise,
        )

    def _telling(self, judged: Sequence[Judgement], expected: Expected) -> dict[str, float]:
        """What nobody asked about the conditions, with its gain in bits, the highest first."""
        gains: list[tuple[float, str]] = []
        for finding in {f for j in judged for f in j.not_asked} & self._answers.usual.keys():
            gain = noise_of(expected.yes[finding]) - expected.noise[finding]
            if gain >= _LEAST_GAIN:
                gains.append((-gain, finding))
        return {finding: -gain for gain, finding in sorted(gains)}

    def _question(self, finding: str, gain: float, judged: Sequence[Judgement]) -> NextQuestion:
        above = self._answers.above[finding]
        described = [j for j in judged if j.described]
        more = list(islice((j for j in described if j.id in above), _NAMED))
        less = list(islice((j for j in described if j.id not in above), _NAMED))
        yes, no = (listed([j.label for j in side]) for side in (more, less))
        why = f"yes speaks for {yes}" if more else f"no speaks for {no}"
        if more and less:
            why += f", no for {no}"
        return NextQuestion(
            id=finding,
            text=self.text(finding),
            why=why,
            separates=tuple(j.id for j in (*more, *less)),
            gain=gain,
        )

    def text(self, finding: str) -> str:
        """How to ask about the concept: in its own words, or by its name."""
        concept = self._view.concepts.get(finding)
        if concept is None:
            return f"Does this apply to you: {self._view.label(finding)}?"
        if concept.question:
            return concept.question
        name = concept.lay_label or concept.label
        if "ft:effect-kind" in concept.roles:
            return f"Have you noticed: {name}?"
        return f"Does this apply to you: {name}?"


def _least_days(view: View) -> dict[str, float]:
    """From how many days on a lasting finding is one: the lowest bound that a source gives."""
    least: dict[str, float] = {}
    for claim in view.claims.values():
        quantity = view.quantities.get(claim.object)
        days = quantity.min_days if quantity is not None else None
        if claim.predicate == "ft:has-duration" and claim.supported and days is not None:
            least[claim.subject] = min(least.get(claim.subject, days), days)
    return least
