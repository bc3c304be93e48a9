"""What every remedy of a view does: what it acts on, what it lowers, its limit and its time."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, inf
from typing import Final, NamedTuple

from kg.explain.signed import MINUS, PLUS, SignedGraph
from kg.explain.taxonomy import Taxonomy
from kg.explain.wording import listed
from kg.view import Claim, Concept, View

_AILMENTS: Final = frozenset({"ft:candidate-kind", "ft:effect-kind"})

_BOUNDS: Final = {"<": "below ", "<=": "at most ", ">": "above ", ">=": "at least "}


class Effect(NamedTuple):
    """A remedy as the graph knows it, what it takes over from more general remedies included.

    `targets` are the concepts that it acts on directly, unwanted effects apart, `exposures` those
    of them that a person may report. `lowers` tells how surely it lowers what, as long as it need
    not pass an exposure on the way: lowering what somebody does not do changes nothing. Kinds and
    forms are included.
    `max_days` is the longest time that a source gives it to work, None where none does.
    """

    concept: Concept
    self_care: bool
    targets: tuple[str, ...]
    exposures: tuple[str, ...]
    claims: tuple[str, ...]
    lowers: Mapping[str, float]
    limits: tuple[str, ...]
    time_to_effect: str | None
    cautions: tuple[str, ...]
    excluded: tuple[str, ...]
    max_days: float | None = None


def read_effects(view: View, taxonomy: Taxonomy, graph: SignedGraph) -> tuple[Effect, ...]:
    """Read all remedies of a view, sorted by id."""
    passed_by = frozenset(
        number for name, number in graph.number.items() if _is_exposure(view, name)
    )
    remedies = sorted(view.with_role("ft:remedy-kind"), key=lambda c: c.id)
    return tuple(_read(view, taxonomy, graph, passed_by, c) for c in remedies)


def _read(
    view: View,
    taxonomy: Taxonomy,
    graph: SignedGraph,
    passed_by: frozenset[int],
    concept: Concept,
) -> Effect:
    kinds = taxonomy.broader(concept.id)
    acting = [c for kind in kinds for c in _claims(view, kind) if _acts(view, c)]
    every = tuple(dict.fromkeys(c.object for c in acting))
    # What a remedy does to one thing replaces what its general kind does to all of that kind.
    targets = tuple(t for t in every if not any(taxonomy.is_broader(t, other) for other in every))
    acting = [c for c in acting if c.object in targets]
    exposures = tuple(t for t in targets if _is_exposure(view, t))
    limits = [c for s in (*kinds, *exposures) for c in view.by_subject.get((s, "ft:has-limit"), ())]
    times = _first(view, kinds, "ft:has-time-to-effect")
    cautions = [concept.advice] if concept.advice else []
    excluded = [c for kind in kinds for c in view.by_subject.get((kind, "ft:has-exclusion"), ())]
    cautions += [f"not with {view.label(c.object)}" for c in excluded]
    return Effect(
        concept=concept,
        self_care="ft:SelfCare" in concept.kinds,
        targets=targets,
        exposures=exposures,
        claims=tuple(dict.fromkeys(c.id for c in (*acting, *limits, *times, *excluded))),
        lowers=_with_kinds(
            taxonomy, _lowers(graph, concept.id, passed_by, frozenset(every) - frozenset(targets))
        ),
        limits=tuple(dict.fromkeys(c.object for c in limits)),
        time_to_effect=listed([view.label(c.object) for c in times], "or") or None,
        cautions=tuple(dict.fromkeys(cautions)),
        excluded=tuple(c.object for c in excluded),
        max_days=max(
            (d for c in times if (d := _longest(view, c.object)) is not None), default=None
        ),
    )


def _longest(view: View, quantity: str) -> float:
    known = view.quantities.get(quantity)
    return 0.0 if known is None else known.max_days or known.min_days or 0.0


def _claims(view: View, subject: str) -> list[Claim]:
    index = view.by_subject
    return [c for r in view.relations for c in index.get((subject, r), ())]


def _causal(view: View, claim: Claim) -> bool:
    return view.relations[claim.predicate].causal and not claim.literal_object


def _acts(view: View, claim: Claim) -> bool:
    """Whether a remedy acts on something by a claim: a sign that it brings about is unwanted."""
    known = view.concepts.get(claim.object)
    ailing = known is not None and not _AILMENTS.isdisjoint(known.roles)
    return _causal(view, claim) and not (ailing and view.relations[claim.predicate].polarity == 1)


def _is_exposure(view: View, name: str) -> bool:
    concept = view.concepts.get(name)
    return (
        concept is not None
        and "ft:cause-kind" in concept.roles
        and "ft:candidate-kind" not in concept.roles
    )


def _first(view: View, subjects: tuple[str, ...], relation: str) -> tuple[Claim, ...]:
    """The claims of the first subject that has any."""
    found = (view.by_subject.get((s, relation), ()) for s in subjects)
    return next((claims for claims in found if claims), ())


def limit_told(view: View, quantity: str) -> str:
    """The limit with its bound and the people that it holds for."""
    known = view.quantities.get(quantity)
    bound = _BOUNDS.get(known.comparator or "", "") if known is not None else ""
    people = [view.label(p) for p in view.objects(quantity, "ft:applies-to")]
    return f"{bound}{view.label(quantity)}" + (f" ({listed(people)})" if people else "")


def _with_kinds(taxonomy: Taxonomy, lowers: dict[str, float]) -> dict[str, float]:
    """The same with the kinds and forms: who lowers a kind of thing lowers each of that kind."""
    every: dict[str, float] = {}
    for name, worth in lowers.items():
        for narrower in taxonomy.narrower(name):
            every[narrower] = max(every.get(narrower, 0.0), worth)
    return every


def _lowers(
    graph: SignedGraph, remedy: str, passed_by: frozenset[int], but: frozenset[str]
) -> dict[str, float]:
    number = graph.number.get(remedy)
    if number is None:
        return {}
    cost = graph.reach(number, passed_by)
    return {
        name: exp(-cost[3 * index + MINUS])
        for index, name in enumerate(graph.names)
        if name not in but
        # Where the surest way raises it, it is not lowered.
        and cost[3 * index + MINUS] < inf
        and cost[3 * index + MINUS] <= cost[3 * index + PLUS]
    }
