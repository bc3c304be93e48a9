"""How well each structure accounts for one observation: by a process there, or by serving a place.

A process that is located in a structure accounts for what it causes, and rules out what sources
say it does not cause. A structure also accounts for a movement or a weakness at a place that it
serves, only less well than a process that is known to cause just that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kg.explain.anatomy import Anatomy, Way
from kg.explain.processes import Effect, Processes
from kg.explain.taxonomy import Taxonomy
from kg.view import View

# The roles of findings whose place tells what serves it: too much activity, or too little.
CHANGES: Final = ("ft:overactivity", "ft:underactivity")
# How much of its sureness an account keeps that is not about this finding but about a wider one,
# where processes are known that cause just this one.
_WIDER: Final = 0.2
# For a change of activity whose scale gives no numbers.
_SERVING: Final = 0.5


class Site(NamedTuple):
    """A place to be served, or the structure that a finding is located in, with the claim."""

    name: str
    claim: str | None = None


class Observation(NamedTuple):
    """Something present or spared: a finding, its places (any of them will do), and its change.

    `told` is True where the place comes from the text and not from the finding itself.
    """

    name: str
    finding: str
    change: str | None = None
    sites: tuple[Site, ...] = ()
    told: bool = False


class Account(NamedTuple):
    """How surely a structure accounts for an observation, by which process, and who says so.

    `process` is None where the structure merely serves the place; `own` is True where the account
    is about this structure and not about what lies below it.
    """

    sure: float
    claims: tuple[str, ...]
    process: str | None = None
    own: bool = False


class Accounts:
    """The accounts of all structures of one view, worked out once for each observation."""

    def __init__(self, view: View, taxonomy: Taxonomy, anatomy: Anatomy) -> None:
        self._view = view
        self._taxonomy = taxonomy
        self._anatomy = anatomy
        self.processes = Processes(view, taxonomy, anatomy)
        self._known: dict[Observation, Mapping[str, Account]] = {}
        self._changes: dict[str, str | None] = {}
        self._ways: dict[tuple[Site, ...], Mapping[str, Way]] = {}
        self._expected: dict[Observation, Mapping[str, tuple[Effect, ...]]] = {}

    def change(self, finding: str) -> str | None:
        """Whether a finding shows too much activity or too little, itself or as a kind of one."""
        for name in self._taxonomy.broader(finding):
            concept = self._view.concepts.get(name)
            for change in CHANGES:
                if concept is not None and change in concept.roles:
                    return change
        return None

    def change_by(self, process: str) -> str | None:
        """The change that a process shows as, where it is one and the same."""
        if process not in self._changes:
            found = {self.change(finding) for finding in self.processes.caused_by(process)} - {None}
            self._changes[process] = found.pop() if len(found) == 1 else None
        return self._changes[process]

    def serving(self, change: str | None) -> float:
        """How well serving a place alone accounts for such a change there, 0 to 1."""
        scale = self._view.scales.get(change or "")
        return scale.weight if scale is not None and scale.weight is not None else _SERVING

    def share(self, change: str | None) -> float:
        """How much of what a structure serves takes part in such a change, 0 to 1."""
        scale = self._view.scales.get(change or "")
        return scale.probability if scale and scale.probability is not None else _SERVING

    def of(self, observation: Observation) -> Mapping[str, Account]:
        """The account of each structure that has one."""
        found = self._known.get(observation)
        if found is None:
            found = self._known[observation] = self._worked_out(observation)
        return found

    def expected(self, observation: Observation) -> Mapping[str, tuple[Effect, ...]]:
        """What is said of an observation, as itself or in a narrower form, for each structure."""
        found = self._expected.get(observation)
        if found is None:
            by_structure: dict[str, list[Effect]] = {}
            for effect in self.processes.shown_by(observation.finding):
                by_structure.setdefault(effect.structure, []).append(effect)
            found = {s: tuple(effects) for s, effects in by_structure.items()}
            self._expected[observation] = found
        return found

    def _worked_out(self, observation: Observation) -> dict[str, Account]:
        distinct = self.processes.distinct(observation.finding)
        own = distinct or observation.change is None
        accounts = {s: a._replace(own=own) for s, a in self._exact(observation).items()}
        keep = self.serving(observation.change) * (_WIDER if distinct else 1.0)
        spoken = {e.structure for e in self.processes.causing(observation.finding)}
        for structure, way in self.ways(observation).items():
            known = accounts.get(structure)
            # What is said of this very finding goes before what follows from the anatomy.
            if known is None or (structure not in spoken and known.sure < keep * way.sure):
                accounts[structure] = Account(keep * way.sure, way.claims)
        if not observation.sites:
            for structure, account in self._general(observation.finding).items():
                accounts.setdefault(structure, account._replace(sure=account.sure * _WIDER))
        return accounts

    def _exact(self, observation: Observation) -> dict[str, Account]:
        """The accounts by a process that causes just this, at this place."""
        found: dict[str, Account] = {}
        kinds = self._taxonomy.narrower(observation.finding)
        for effect in (e for name in kinds for e in self.processes.causing(name)):
            sure = effect.sure
            if observation.sites:
                way = self._way_to(observation, effect)
                if way is None:
                    continue
                sure = min(sure, way.sure)
            elif not self._may_be(observation, effect):
                continue
            best = found.get(effect.structure)
            if best is None or sure > best.sure:
                found[effect.structure] = Account(sure, effect.claims, effect.process)
        return found

    def _may_be(self, observation: Observation, effect: Effect) -> bool:
        """True where a change without a place may be the one that a process causes.

        What is told in general is no sign of one of its forms, unless processes cause it in
        general; nor of a form that has a place of its own.
        """
        if observation.change is None or effect.finding == observation.finding:
            return True
        processes = self.processes
        return processes.distinct(observation.finding) and not processes.placed(effect.finding)

    def _way_to(self, observation: Observation, effect: Effect) -> Way | None:
        """How the structure of an effect leads to the place of the observation, or None.

        An effect without a place of its own is about the form of a finding: it says more than the
        anatomy only where the finding has that form. A finding with many forms at a place that is
        too wide to tell a structure says nothing.
        """
        own = set(self._view.objects(effect.finding, "ft:located-in"))
        if own:
            here = not own.isdisjoint(site.name for site in observation.sites)
            about = here and not self.processes.is_special_case(effect)
        else:
            about = self.processes.distinct(observation.finding)
        if not about:
            return None
        way = self.ways(observation).get(effect.structure)
        if way is not None or (own and len(self._taxonomy.narrower(effect.finding)) > 1):
            return way
        # A place that is told loosely is somewhere in its region.
        ways = (self._anatomy.servers(p).get(effect.structure) for p in self._around(observation))
        return max((w for w in ways if w is not None), key=lambda w: w.sure, default=None)

    def along(
        self, observation: Observation, structure: str, processes: tuple[str, ...]
    ) -> Account | None:
        """The account of a change somewhere in a region, by what is at work there anyway.

        A process that shows as one form of a change accounts for that change at a place that is
        too wide to tell a structure.
        """
        sites = observation.sites
        if not sites or not all(self._anatomy.is_wide(site.name) for site in sites):
            return None
        forms = [
            effect
            for effect in self.processes.forms(structure)
            if effect.process in processes and self.change(effect.finding) == observation.change
        ]
        ways = [self._anatomy.servers(p).get(structure) for p in self._around(observation)]
        if not forms or not any(ways):
            return None
        best = max(forms, key=lambda effect: effect.sure)
        sure = self.serving(observation.change) * best.sure
        return Account(sure, best.claims, best.process)

    def _around(self, observation: Observation) -> list[str]:
        """The places in the regions of an observation, sorted."""
        wider = (self._anatomy.wider(site.name) for site in observation.sites)
        return sorted(set().union(*wider))

    def _general(self, finding: str) -> dict[str, Account]:
        """The accounts by a process that causes what the finding is a kind of."""
        found: dict[str, Account] = {}
        for name in self._taxonomy.broader(finding)[1:]:
            for effect in self.processes.causing(name):
                best = found.get(effect.structure)
                if effect.stated and (best is None or effect.sure > best.sure):
                    found[effect.structure] = Account(effect.sure, effect.claims, effect.process)
        return found

    def ways(self, observation: Observation) -> Mapping[str, Way]:
        """How each structure leads to one of the places of an observation, the nearest first."""
        known = self._ways.get(observation.sites)
        if known is None:
            known = self._ways[observation.sites] = self._found_ways(observation)
        return known

    def _found_ways(self, observation: Observation) -> dict[str, Way]:
        found: dict[str, Way] = {}
        for site in observation.sites:
            for place in self._anatomy.regions(site.name):
                # What serves a region serves one of its places, and maybe not this one.
                share = 1.0 / len(self._anatomy.inside(place)) if place != site.name else 1.0
                for structure, (sure, claims) in self._anatomy.servers(place).items():
                    if structure not in found:
                        found[structure] = self._through(Way(sure * share, claims), site)
        return found

    def _through(self, way: Way, site: Site) -> Way:
        if site.claim is None:
            return way
        confidence = self._view.claims[site.claim].confidence
        return Way(min(way.sure, confidence), (*way.claims, site.claim))
