"""What holds for the knowledge as a whole: chains connect, signs agree, treatments act."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from kg.explain.chains import ChainFinder
from kg.explain.cite import Citations
from kg.explain.signed import MINUS, PLUS, SignedGraph
from kg.view import Claim, View

# Main findings that no chain of mechanisms leads to, each with the reason.
COUNTED = "the series counts it, no source explains it"
NAMED = "the source names the sign, not how it comes about"
DEFINES = "the finding is what defines the condition"
WITHOUT_MECHANISM = {
    "myasthenia-gravis": (NAMED, "breathing-difficulty"),
    "neuropathy": (NAMED, "numbness tingling"),
    "benign-positional-vertigo": (DEFINES, "positional-vertigo"),
    "breath-holding-spell": (DEFINES, "breath-held-crying"),
    "diabetes-mellitus": (NAMED, "great-thirst much-urine"),
    "drug-induced-akathisia": (DEFINES, "agitation"),
    "febrile-seizure": (DEFINES, "loss-of-awareness seizure"),
    "concussion": (NAMED, "headache"),
    "corneal-abrasion": (NAMED, "facial-pain"),
    "hiccup-bout": (DEFINES, "hiccups"),
    "inner-ear-inflammation": (NAMED, "nystagmus vertigo"),
    "optic-neuritis": (NAMED, "dim-sight-of-one-eye eye-movement-pain vision-loss"),
    "orbital-infection": (NAMED, "bulging-eye high-temperature"),
    "retinal-detachment": (NAMED, "curtain-over-sight"),
    "transient-ischaemic-attack": (
        NAMED,
        "arm-weakness one-sided-weakness slurred-speech vision-loss",
    ),
    "jaw-joint-disorder": (NAMED, "facial-pain jaw-clicking"),
    "menieres-disease": (NAMED, "ear-fullness hearing-loss tinnitus vertigo"),
    "migraine": (NAMED, "headache light-sensitivity nausea sound-sensitivity"),
    "periodic-limb-movements": (DEFINES, "leg-jerks-in-sleep"),
    "restless-legs": (DEFINES, "leg-jerks-in-sleep urge-to-move-legs"),
    "ulnar-nerve-pressure": (DEFINES, "at-ring-and-little-finger"),
    "sleep-start": (DEFINES, "jerk-on-falling-asleep"),
    "simple-faint": (DEFINES, "loss-of-awareness myoclonic-jerk"),
    "acute-dystonic-reaction": (
        NAMED,
        "acute-dystonia dystonic-posture muscle-spasm oromandibular-contraction",
    ),
    "benign-fasciculation-syndrome": (COUNTED, "numbness"),
    "benign-neonatal-sleep-myoclonus": (DEFINES, "myoclonic-jerk"),
    "benzodiazepine-withdrawal": (
        NAMED,
        "excessive-sweating headache muscle-stiffness nausea palpitations tremor",
    ),
    "brainstem-glioma": (
        NAMED,
        "double-vision facial-weakness imbalance muscle-weakness sixth-nerve-palsy",
    ),
    "cramp-fasciculation-syndrome": (COUNTED, "numbness"),
    "essential-tremor": (DEFINES, "tremor"),
    "eye-surface-disease": (DEFINES, "red-sore-eye"),
    "eyelid-opening-apraxia": (COUNTED, "blepharospastic-closure"),
    "eye-zoster": (DEFINES, "red-sore-eye shingles-near-the-eye"),
    "facial-synkinesis": (
        NAMED,
        "difficulty-controlling-facial-movements facial-pain muscle-stiffness",
    ),
    "faciobrachial-dystonic-seizures": (NAMED, "facial-muscle-twitching"),
    "giant-cell-arteritis": (NAMED, "headache muscle-stiffness pain-elsewhere"),
    "huntingtons-disease": (NAMED, "involuntary-movement"),
    "hyperosmolar-hyperglycaemic-state": (NAMED, "confusion"),
    "meningitis": (NAMED, "headache neck-stiffness"),
    "hyperthyroidism": (NAMED, "palpitations"),
    "hyperventilation-syndrome": (NAMED, "breathing-difficulty breathlessness-in-panic"),
    "infant-jitteriness": (DEFINES, "tremor"),
    "infantile-epileptic-spasms": (DEFINES, "spasm-cluster"),
    "jaw-mouth-dystonia": (DEFINES, "dystonic-posture"),
    "kennedy-disease": (NAMED, "gynaecomastia tremor"),
    "levodopa-induced-dyskinesia": (NAMED, "dance-like-movement"),
    "lyme-facial-palsy": (NAMED, "rash"),
    "myasthenic-crisis": (DEFINES, "breathing-difficulty"),
    "neuroleptic-malignant-syndrome": (NAMED, "confusion high-temperature muscle-stiffness"),
    "nmda-receptor-encephalitis": (
        NAMED,
        "dystonic-posture hard-to-wake odd-behaviour orofacial-dyskinesia seizure",
    ),
    "parkinsons-disease": (NAMED, "gait-trouble muscle-stiffness tremor"),
    "tetanus": (NAMED, "neck-stiffness"),
    "ramsay-hunt-syndrome": (COUNTED, "headache"),
    "rasmussen-encephalitis": (NAMED, "one-sided-weakness repeated-seizures seizure-jerking"),
    "shuddering-attacks": (DEFINES, "involuntary-movement tremor"),
    "sydenham-chorea": (NAMED, "dance-like-movement facial-muscle-twitching"),
    "whipple-myorhythmia": (DEFINES, "oculomasticatory-movement"),
    "wilsons-disease": (
        NAMED,
        "dystonic-posture gait-trouble slurred-speech tremor",
    ),
}
OFTEN = {"ft:obligate", "ft:very-frequent", "ft:frequent"}


@pytest.fixture(scope="module")
def view(graph: kg.Graph) -> View:
    return graph.view


@pytest.fixture(scope="module")
def chains(view: View) -> ChainFinder:
    return ChainFinder(SignedGraph(view), Citations(view))


def main_findings(view: View) -> Iterator[Claim]:
    """What a condition shows mostly: stated without a "may", or frequent in a series."""
    for condition in view.with_role("ft:candidate-kind"):
        for claim in view.by_subject.get((condition.id, "ft:has-finding"), ()):
            # What only a test shows is told as found, not as brought about.
            roles = view.concepts[claim.object].roles
            pattern = bool(roles & {"ft:pattern-kind", "ft:test-finding-kind"})
            often = claim.frequency in OFTEN or (
                claim.frequency is None and claim.hedge != "ft:possible"
            )
            if claim.supported and often and not pattern:
                yield claim


def near(view: View, condition: str) -> Iterator[str]:
    """The condition, the processes that lead to it, and its special cases."""
    yield condition
    for relation in view.relations.values():
        if relation.causal and relation.polarity == 1:
            for claim in view.by_object.get((condition, relation.id), ()):
                if claim.supported:
                    yield claim.subject
    for claim in view.by_object.get((condition, "ft:subtype-of"), ()):
        yield claim.subject


def test_main_findings_follow_from_mechanisms(view: View, chains: ChainFinder) -> None:
    claims = list(main_findings(view))
    assert len(claims) > 100
    missing = {
        (claim.subject.removeprefix("ft:"), claim.object.removeprefix("ft:"))
        for claim in claims
        if not any(
            not chain.direct
            for start in near(view, claim.subject)
            for chain in chains.chains(start, claim.object, PLUS, 4)
        )
    }
    assert missing == {
        (condition, finding)
        for condition, (_, findings) in WITHOUT_MECHANISM.items()
        for finding in findings.split()
    }


def test_every_treatment_lowers_something_that_people_have(view: View, chains: ChainFinder) -> None:
    troubles = [c.id for r in ("effect", "candidate") for c in view.with_role(f"ft:{r}-kind")]
    treatments = [c.id for c in view.with_role("ft:remedy-kind") if "MedicalTreatment" in c.kind]
    assert len(treatments) >= 20
    idle = [
        treatment
        for treatment in treatments
        if not any(chains.chains(treatment, trouble, MINUS, 1) for trouble in troubles)
    ]
    assert idle == []


def test_nothing_both_raises_and_lowers_a_finding(view: View, chains: ChainFinder) -> None:
    starts = [c.id for c in view.concepts.values() if c.roles & {"ft:cause-kind", "ft:remedy-kind"}]
    findings = [c.id for c in view.with_role("ft:effect-kind")]
    lowered = 0
    torn = []
    for finding in findings:
        for start in starts:
            if chains.chains(start, finding, MINUS, 1):
                lowered += 1
                if chains.chains(start, finding, PLUS, 1):
                    torn.append((start, finding))
    assert lowered > 100
    assert torn == []


def test_every_piece_of_evidence_was_looked_up(view: View) -> None:
    """By somebody else where it can be; the check says so where only its writer has looked."""
    unchecked = [c.id for c in view.claims.values() for e in c.evidence if e.check is None]
    assert unchecked == []
