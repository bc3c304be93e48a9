"""The questions that people ask about the two articles, each answered by named queries.

Every case is a question in plain words, the queries that answer it with their values, the concepts
that a right answer holds, and some that a right answer does not hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from kg.catalogue import Catalogue
from kg.prefixes import default_prefixes
from kg.store import Rows, Store

Ask = Callable[..., Rows]
Concepts = Callable[..., frozenset[str]]
Values = dict[str, str | list[str]]


@dataclass(frozen=True)
class Question:
    """A question, and what a right answer holds.

    `columns` are the columns of the answer that count; all where there are none.
    """

    text: str
    queries: tuple[tuple[str, Values], ...]
    expected: frozenset[str]
    columns: tuple[str, ...] = ()
    absent: frozenset[str] = field(default_factory=frozenset)


def question(
    text: str,
    query: str,
    values: Values,
    expected: str,
    *,
    columns: str = "",
    absent: str = "",
    then: tuple[str, Values] | None = None,
) -> Question:
    def names(words: str) -> frozenset[str]:
        return frozenset(word if ":" in word else f"ft:{word}" for word in words.split())

    queries = ((query, values), then) if then else ((query, values),)
    return Question(text, queries, names(expected), tuple(columns.split()), names(absent))


SAMPLES = [
    question(
        "Which twigs of which nerve drive the muscle beside the nose?",
        "innervation-path",
        {"muscle": "ft:levator-labii-superioris-alaeque-nasi"},
        "facial-nerve-zygomatic-branches facial-nerve",
    ),
    question(
        "What makes lips and face twitch so easily?",
        "prone-features",
        {"region": ["ft:lips", "ft:face"]},
        "small-facial-muscles high-density-of-nerve-endings short-nerve-to-fiber-distance",
        columns="feature",
    ),
    question(
        "On which receptor does caffeine act, and where does that receptor sit?",
        "receptor-of-substance",
        {"substance": "ft:caffeine"},
        "adenosine-receptor central-nervous-system",
    ),
    question(
        "Which habits and burdens do both articles blame?",
        "in-both-articles",
        {"wanted": "ft:Exposure"},
        "stress anxiety fatigue lack-of-sleep stimulant caffeine",
        columns="concept",
        absent="alcohol nicotine prolonged-screen-time eye-strain decongestant",
    ),
    question(
        "Which triggers work by keeping nerve cells from resting?",
        "triggers-via",
        {"mechanism": "ft:nervous-system-rest-deprivation"},
        "lack-of-sleep chronic-sleep-deprivation",
        columns="trigger",
        absent="stress caffeine alcohol",
    ),
    question(
        "How much caffeine a day is the ceiling, and whose ceiling is it?",
        "limits",
        {"subject": "ft:caffeine"},
        "caffeine-400-mg-per-day healthy-adults",
        columns="object",
    ),
    question(
        "What do the two measures do that one can put a hand to?",
        "remedy-effects",
        {"remedy": ["ft:warm-compress", "ft:gentle-massage"]},
        "warm-compress gentle-massage muscle-tension muscle-blood-flow "
        "involuntary-nerve-firing-cycle",
    ),
    question(
        "After what time is a twitch a reason to see a doctor?",
        "red-flag-thresholds",
        {},
        "several-weeks-or-months-without-relief weeks-or-months-despite-addressed-triggers",
        columns="threshold",
    ),
    question(
        "What lies behind spasm of one half of the face?",
        "causes-of-condition",
        {"condition": "ft:hemifacial-spasm"},
        "vascular-compression-of-facial-nerve facial-nerve-compression blood-vessel",
        columns="subject",
    ),
    question(
        "By which steps does drinking alcohol end in a flickering nostril?",
        "chain-nodes",
        {"from": "ft:alcohol", "to": "ft:nostril-twitching"},
        "alcohol neurotransmitter-imbalance compensatory-nervous-system-over-excitement "
        "diuretic-action dehydration muscle-fasciculation "
        "nostril-twitching",
        columns="concept",
        absent="anxiety cortisol sympathetic-activation upper-lip-twitching",
    ),
    question(
        "Which triggers dry the body out?",
        "triggers-via",
        {"mechanism": "ft:dehydration"},
        "alcohol caffeine",
        columns="trigger",
        absent="stress lack-of-sleep nicotine",
    ),
    question(
        "Nostril and upper lip rise by themselves: which muscle, which nerve branches?",
        "muscles-of-symptom",
        {"finding": ["ft:nostril-flaring", "ft:upper-lip-elevation"]},
        "levator-labii-superioris-alaeque-nasi facial-nerve-zygomatic-branches",
        then=("innervation-path", {"muscle": "ft:levator-labii-superioris-alaeque-nasi"}),
    ),
    question(
        "What does the article about the nostril blame that the other one does not?",
        "in-one-article-only",
        {"article": "source:nostril", "wanted": "ft:Exposure"},
        "alcohol twitch-inducing-medication decongestant asthma-medication antidepressant "
        "prolonged-screen-time eye-strain facial-strain calcium-deficiency",
        columns="concept",
        absent="stress caffeine nicotine fluid-loss magnesium-deficiency",
    ),
    question(
        "In which structure does each article see too much excitability?",
        "location-of-excitability",
        {},
        "motor-neuron-hyperexcitability nerve-ending-hyperexcitability "
        "motor-neuron-membrane-instability source:nostril source:lip",
    ),
    question(
        "Where is the ceiling for caffeine written?",
        "claim-evidence",
        {"claim": "claim:caffeine-has-limit-caffeine-400-mg-per-day"},
        "source:lip lip:p16s3",
    ),
]

ANATOMY = [
    question(
        "What does the muscle beside the nose move?",
        "muscle-actions",
        {"muscle": "ft:levator-labii-superioris-alaeque-nasi"},
        "nostril-flaring upper-lip-elevation",
        columns="action",
    ),
    question(
        "What is a motor unit made of?",
        "parts-of",
        {"structure": "ft:motor-unit"},
        "motor-neuron muscle-fiber",
        columns="subject",
    ),
    question(
        "Why does an upper lip twitch so easily?",
        "prone-features",
        {"region": "ft:upper-lip"},
        "small-facial-muscles high-density-of-nerve-endings short-nerve-to-fiber-distance",
        columns="feature",
    ),
    question(
        "How many motor neurons has a motor unit, and how big is it?",
        "motor-unit",
        {},
        "single-motor-neuron small-size spontaneous-motor-unit-discharge",
    ),
    question(
        "Which muscle twitches when a nostril twitches?",
        "muscles-of-symptom",
        {"finding": "ft:nostril-twitching"},
        "levator-labii-superioris-alaeque-nasi perinasal-muscles",
        columns="muscle",
    ),
    question(
        "What else is moved or felt by way of the nerve that drives the nostril?",
        "symptoms-sharing-a-nerve",
        {"finding": "ft:nostril-twitching"},
        "upper-lip-elevation numbness tingling difficulty-controlling-facial-movements",
        columns="other",
        absent="nostril-twitching arm-weakness slurred-speech",
    ),
    question(
        "What are the nerve endings of the face like?",
        "features-of",
        {"concept": "ft:facial-nerve-ending"},
        "delicate sensitivity-to-local-changes sensitivity-to-body-state",
        columns="object",
    ),
]

MECHANISM = [
    question(
        "How does stress make a nostril twitch?",
        "chain-nodes",
        {"from": "ft:stress", "to": "ft:nostril-twitching"},
        "sympathetic-activation cortisol adrenaline nerve-hyperexcitability facial-nerve-misfiring",
        columns="concept",
        absent="caffeine dehydration adenosine-receptor-blockade",
    ),
    question(
        "How does caffeine come to make facial muscles twitch?",
        "causal-steps",
        {"from": "ft:caffeine", "to": "ft:facial-muscle-twitching"},
        "adenosine-receptor-blockade excitatory-neurotransmitter-release nerve-hypersensitivity "
        "muscle-contraction-force facial-muscle-irritability",
        absent="ft:anxiety ft:cortisol ft:sympathetic-activation",
    ),
    question(
        "How does too little sleep make a lip twitch?",
        "chain-nodes",
        {"from": "ft:lack-of-sleep", "to": "ft:upper-lip-twitching"},
        "nervous-system-rest-deprivation membrane-electrical-balance nerve-instability "
        "nervous-system-exhaustion motor-unit-discharge-threshold spontaneous-motor-unit-discharge",
        columns="concept",
    ),
    question(
        "What is magnesium good for?",
        "effects-of",
        {"cause": "ft:magnesium"},
        "calcium muscle-relaxation nerve-cell-activity-regulation neuromuscular-transmission",
        columns="effect",
    ),
    question(
        "What follows when magnesium is short?",
        "mechanism-of-trigger",
        {"trigger": "ft:magnesium-deficiency"},
        "motor-nerve-hyperexcitability involuntary-muscle-contraction muscle-spasm",
        columns="object",
    ),
    question(
        "What does a lack of potassium upset?",
        "mechanism-of-trigger",
        {"trigger": "ft:potassium-deficiency"},
        "electrical-gradient orderly-muscle-function",
        columns="object",
    ),
    question(
        "What does calcium set going?",
        "effects-of",
        {"cause": "ft:calcium"},
        "muscle-contraction neuromuscular-transmission",
        columns="effect",
    ),
    question(
        "Why is the movement so slight, and no lasting cramp?",
        "effects-of",
        {"cause": "ft:small-motor-unit-size"},
        "subtle-flicker sustained-spasm",
        columns="effect",
    ),
    question(
        "What do the medicines change?",
        "effects-of",
        {"cause": "ft:twitch-inducing-medication"},
        "neurotransmitter-level facial-muscle-twitching",
        columns="effect",
    ),
    question(
        "How do hours at a screen reach the muscle beside the nose?",
        "chain-nodes",
        {"from": "ft:prolonged-screen-time", "to": "ft:nostril-twitching"},
        "eye-strain facial-strain perinasal-muscle-tension localized-muscle-fatigue "
        "facial-nerve-ending-irritation llsan-hyperexcitability",
        columns="concept",
    ),
    question(
        "Which hormones does stress let loose?",
        "subtypes-of",
        {"concept": "ft:stress-hormone"},
        "cortisol adrenaline",
        columns="subject",
    ),
    question(
        "What lets adrenaline rise?",
        "causes-of",
        {"effect": "ft:adrenaline"},
        "sympathetic-activation",
        columns="cause",
    ),
    question(
        "What does losing body fluid lead to?",
        "mechanism-of-trigger",
        {"trigger": "ft:fluid-loss"},
        "dehydration electrolyte-imbalance altered-membrane-electrical-properties",
        columns="object",
    ),
    question(
        "What does a rebound of the nervous system come from?",
        "causes-of",
        {"effect": "ft:compensatory-nervous-system-over-excitement"},
        "alcohol return-to-equilibrium",
        columns="cause",
    ),
]

TRIGGER = [
    question(
        "What can set off a twitch of the nostril?",
        "triggers-of-finding",
        {"finding": "ft:nostril-twitching"},
        "stress anxiety fatigue lack-of-sleep chronic-sleep-deprivation caffeine nicotine alcohol "
        "dehydration electrolyte-imbalance magnesium-deficiency potassium-deficiency "
        "calcium-deficiency decongestant asthma-medication antidepressant prolonged-screen-time "
        "eye-strain facial-strain",
        columns="trigger",
        absent="good-sleep addressed-triggers",
    ),
    question(
        "What can set off a twitch of the upper lip?",
        "triggers-of-finding",
        {"finding": "ft:upper-lip-twitching"},
        "stress anxiety fatigue lack-of-sleep caffeine nicotine dehydration fluid-loss",
        columns="trigger",
    ),
    question(
        "Which stimulants are there?",
        "subtypes-of",
        {"concept": "ft:stimulant"},
        "caffeine nicotine",
        columns="subject",
    ),
    question(
        "Which groups of medicines can make a face twitch?",
        "subtypes-of",
        {"concept": "ft:twitch-inducing-medication"},
        "decongestant asthma-medication antidepressant",
        columns="subject",
    ),
    question(
        "What upsets the balance of transmitters?",
        "triggers-via",
        {"mechanism": "ft:neurotransmitter-imbalance"},
        "alcohol decongestant asthma-medication antidepressant",
        columns="trigger",
        absent="caffeine stress dehydration",
    ),
    question(
        "Which triggers make nerves more excitable?",
        "triggers-via",
        {"mechanism": "ft:nerve-hyperexcitability"},
        "stress anxiety caffeine nicotine",
        columns="trigger",
        absent="alcohol dehydration prolonged-screen-time",
    ),
    question(
        "What switches the sympathetic nervous system on?",
        "triggers-via",
        {"mechanism": "ft:sympathetic-activation"},
        "stress anxiety",
        columns="trigger",
        absent="caffeine alcohol lack-of-sleep dehydration",
    ),
    question(
        "What does the article about the lip blame alone?",
        "in-one-article-only",
        {"article": "source:lip", "wanted": "ft:Exposure"},
        "nicotine fluid-loss",
        columns="concept",
        absent="alcohol caffeine stress",
    ),
    question(
        "What strengthens the effect of strain, and that of alcohol?",
        "strengthened-claims",
        {},
        "dehydration diuretic-action facial-strain eye-strain alcohol",
    ),
]

REMEDY = [
    question(
        "What helps a twitching lip?",
        "remedies-for",
        {"finding": "ft:upper-lip-twitching"},
        "increased-fluid-intake consistent-hydration drinking-water stimulant-reduction "
        "stimulant-detox limiting-caffeine cutting-back-on-coffee cutting-back-on-tobacco "
        "warm-compress gentle-massage stress-reduction-technique deep-breathing meditation",
        columns="remedy",
        absent="emergency-brain-scan",
    ),
    question(
        "What helps a twitching nostril?",
        "remedies-for",
        {"finding": "ft:nostril-twitching"},
        "addressing-the-lifestyle-trigger increased-fluid-intake warm-compress",
        columns="remedy",
    ),
    question(
        "How soon does cutting down on coffee work?",
        "remedy-effects",
        {"remedy": "ft:cutting-back-on-coffee"},
        "a-few-days caffeine muscle-fasciculation",
        columns="object",
    ),
    question(
        "What should one do first?",
        "features-of",
        {"concept": "ft:increased-fluid-intake"},
        "most-immediate-step",
        columns="object",
    ),
    question(
        "What should one drink?",
        "subtypes-of",
        {"concept": "ft:increased-fluid-intake"},
        "drinking-water non-caffeinated-fluids",
        columns="subject",
    ),
    question(
        "What helps when stress is at work?",
        "remedies-for-trigger",
        {"trigger": "ft:stress"},
        "stress-reduction-technique",
        columns="remedy",
        absent="increased-fluid-intake cutting-back-on-coffee",
    ),
    question(
        "What helps when coffee is at work?",
        "remedies-for-trigger",
        {"trigger": "ft:caffeine"},
        "limiting-caffeine cutting-back-on-coffee stimulant-reduction increased-fluid-intake",
        columns="remedy",
        absent="cutting-back-on-tobacco understanding-the-mechanism",
    ),
    question(
        "What calms nerves that are too easily excited?",
        "remedies-on-mechanism",
        {"mechanism": "ft:nerve-hyperexcitability"},
        "stress-reduction-technique deep-breathing meditation cutting-back-on-tobacco",
        columns="remedy",
        absent="warm-compress gentle-massage",
    ),
    question(
        "What can be done when a new medicine is to blame?",
        "remedies-for-trigger",
        {"trigger": "ft:twitch-inducing-medication"},
        "dosage-change-discussion prescription-change-discussion",
        columns="remedy",
    ),
    question(
        "Which exercises lower stress?",
        "subtypes-of",
        {"concept": "ft:stress-reduction-technique"},
        "deep-breathing meditation",
        columns="subject",
    ),
    question(
        "What eases the worry?",
        "causes-of",
        {"effect": "ft:anxiety"},
        "understanding-the-mechanism upper-lip-twitching",
        columns="cause",
    ),
]

RED_FLAG = [
    question(
        "What does a numb spot beside a twitch point to, and how soon is care needed?",
        "red-flags-with",
        {"finding": "ft:numbness"},
        "facial-nerve-compromise prompt doctor-consultation twitch-with-numbness",
    ),
    question(
        "What may a twitch in sleep mean?",
        "red-flags-with",
        {"finding": "ft:twitching-during-sleep"},
        "hemifacial-spasm see-doctor thorough-examination",
        columns="object",
        absent="stroke",
    ),
    question(
        "What may it mean when half of the face joins in quickly?",
        "red-flags-with",
        {"finding": "ft:rapid-spread-across-side-of-face"},
        "hemifacial-spasm thorough-examination",
        columns="object",
    ),
    question(
        "The twitch reached the cheek: what now?",
        "red-flags-with",
        {"finding": "ft:spread-to-cheek"},
        "prompt prompt-medical-advice medical-investigation hemifacial-spasm",
        columns="object",
    ),
    question(
        "The twitch came with a new medicine: what now?",
        "red-flags-with",
        {"finding": "ft:twitch-onset-with-new-medication"},
        "medication-side-effect dosage-change-discussion prescription-change-discussion",
        columns="object",
    ),
    question(
        "What must not wait when speech is slurred?",
        "red-flags-with",
        {"finding": "ft:slurred-speech"},
        "emergency stroke emergency-medical-care prompt",
        columns="object",
    ),
    question(
        "Which signs beside a twitch call for a medical check?",
        "red-flags",
        {},
        "muscle-weakness facial-immobility facial-drooping difficulty-closing-eye "
        "loss-of-sensation facial-weakness slurred-speech facial-pain numbness tingling "
        "difficulty-controlling-facial-movements spreading-twitching-pattern "
        "twitching-during-sleep persistent-twitching",
        columns="object",
    ),
    question(
        "What has to come on top of the weeks or months?",
        "red-flag-thresholds",
        {},
        "no-relief addressed-triggers",
        columns="condition",
    ),
]

CONDITION = [
    question(
        "Where does spasm of half the face begin, and which way does it go?",
        "condition-profile",
        {"condition": "ft:hemifacial-spasm"},
        "onset-near-eye downward-spread twitching-during-sleep rapid-spread-across-side-of-face",
        columns="object",
    ),
    question(
        "Where is the nerve squeezed, and by what?",
        "causes-of-condition",
        {"condition": "ft:hemifacial-spasm"},
        "facial-nerve-near-brainstem blood-vessel",
    ),
    question(
        "How does trouble with the facial nerve itself show?",
        "condition-profile",
        {"condition": "ft:facial-nerve-compromise"},
        "numbness tingling difficulty-controlling-facial-movements",
        columns="object",
    ),
    question(
        "Which conditions can stand behind a twitching lip?",
        "conditions-with-finding",
        {"finding": "ft:upper-lip-twitching"},
        "idiopathic-origin benign-fasciculation hemifacial-spasm facial-nerve-compromise "
        "medication-side-effect",
        columns="condition",
        absent="stroke",
    ),
    question(
        "What kind of thing is a twitch of the nostril: common, harmless, lasting?",
        "features-of",
        {"concept": "ft:nostril-twitching"},
        "common-occurrence benign-nature self-limiting-course serious-medical-issue",
        columns="object",
    ),
]

PROVENANCE = [
    question(
        "What does the second sentence of paragraph 8 of the nostril article say?",
        "passage-claims",
        {"passage": "nostril:p8s2"},
        "adenosine-receptor caffeine central-nervous-system neural-calming",
    ),
    question(
        "Where is the nerve supply of the muscle written?",
        "claim-evidence",
        {
            "claim": "claim:facial-nerve-zygomatic-branches-innervates-"
            "levator-labii-superioris-alaeque-nasi"
        },
        "source:nostril nostril:p3s3",
    ),
    question(
        "Which measures does the lip article offer alone?",
        "in-one-article-only",
        {"article": "source:lip", "wanted": "ft:Remedy"},
        "warm-compress gentle-massage stress-reduction-technique stimulant-reduction",
        columns="concept",
        absent="dosage-change-discussion",
    ),
    question(
        "Which findings do both articles speak of?",
        "in-both-articles",
        {"wanted": "ft:Finding"},
        "muscle-fasciculation facial-drooping persistent-twitching",
        columns="concept",
        absent="tingling difficulty-closing-eye",
    ),
    question(
        "Which article speaks of which stimulant?",
        "concepts-by-article-and-kind",
        {"wanted": "ft:Stimulant"},
        "caffeine nicotine source:lip source:nostril",
    ),
    question(
        "On what do the articles disagree?",
        "disagreements",
        {},
        "claim:motor-neuron-hyperexcitability-located-in-motor-neuron "
        "claim:nerve-ending-hyperexcitability-located-in-nerve-ending "
        "claim:lifestyle-trigger-causes-nostril-twitching "
        "claim:idiopathic-origin-has-finding-upper-lip-twitching",
        columns="first second",
    ),
    question(
        "What do both articles say of the same motor unit?",
        "claims-in-both-articles",
        {},
        "claim:motor-neuron-part-of-motor-unit claim:muscle-fiber-part-of-motor-unit "
        "claim:caffeine-subtype-of-stimulant",
        columns="claim",
    ),
    question(
        "What is said about hemifacial spasm, and where?",
        "claims-about",
        {"concept": "ft:hemifacial-spasm"},
        "facial-nerve-compression source:lip source:nostril",
    ),
]

ALL = [
    *SAMPLES,
    *ANATOMY,
    *MECHANISM,
    *TRIGGER,
    *REMEDY,
    *RED_FLAG,
    *CONDITION,
    *PROVENANCE,
]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.text)
def test_question(case: Question, ask: Ask, concepts: Concepts) -> None:
    found: frozenset[str] = frozenset()
    for name, values in case.queries:
        rows = ask(name, **values)
        columns = [column for column in case.columns if column in rows.columns]
        found |= concepts(rows, *columns)
    assert case.expected <= found, f"missing: {sorted(case.expected - found)}"
    assert not case.absent & found, f"wrong: {sorted(case.absent & found)}"


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.text)
def test_what_an_answer_rests_on_is_shown(case: Question, ask: Ask, catalogue: Catalogue) -> None:
    for name, values in case.queries:
        if "claim" not in {column.name for column in catalogue.get(name).columns}:
            continue
        for row in ask(name, **values).dicts():
            assert row["claim"] is not None
            assert row["source"] is not None
            assert row["direction"] is not None


def test_the_caffeine_ceiling_with_its_number_unit_and_bound(ask: Ask) -> None:
    rows = [
        {name: str(cell) for name, cell in row.items() if cell is not None}
        for row in ask("limits", subject="ft:caffeine").dicts()
    ]
    first = rows[0]
    assert (first["comparator"], first["value"], first["unit"]) == ("<", "400", "mg/d")
    assert first["object_label"] == "400 mg per day"
    assert first["place"] == "paragraph 16, sentence 3"


def test_the_place_of_the_caffeine_ceiling(ask: Ask) -> None:
    (row,) = ask("claim-evidence", claim="claim:caffeine-has-limit-caffeine-400-mg-per-day").dicts()
    assert (str(row["paragraph"]), str(row["sentence"])) == ("16", "3")
    assert int(str(row["start"])) < int(str(row["end"]))
    assert len(str(row["sha_256"])) == 64


def test_a_duration_without_end_has_no_longest_time(ask: Ask) -> None:
    ends = defaultdict(set)
    for row in ask("red-flag-thresholds").dicts():
        assert row["minimum"] is not None
        ends[str(row["flag"]).rpartition("/")[2]].add(row["maximum"] and str(row["maximum"]))
    assert ends["lid-twitch-for-over-a-week"] == {None}
    assert ends["persistent-twitching-flag"] == {None}
    assert ends["facial-drooping-with-known-palsy"] == {"P122D"}


def test_a_name_is_found_by_a_part_of_it_in_any_case(ask: Ask, concepts: Concepts) -> None:
    assert concepts(ask("find-label", text="LLSAN"), "concept") >= {
        "ft:levator-labii-superioris-alaeque-nasi",
        "ft:llsan-hyperexcitability",
    }
    assert concepts(ask("find-label", text="coffees"), "concept") >= {"ft:caffeine"}


def test_other_names_of_a_nostril_twitch(ask: Ask) -> None:
    names = {
        str(row["value"])
        for row in ask("concept", concept="ft:nostril-twitching").dicts()
        if str(row["aspect"]) == "other name"
    }
    assert "perioral fasciculation" in names


def test_the_most_urgent_red_flags_come_first(ask: Ask) -> None:
    ranks = [int(str(row["rank"])) for row in ask("red-flags").dicts()]
    assert ranks == sorted(ranks, reverse=True)
    assert set(ranks) == {0, 1, 2, 3}


def test_what_a_source_denies_is_shown_as_denied(ask: Ask) -> None:
    rows = ask("features-of", concept="ft:nostril-twitching").dicts()
    denied = {str(row["object_label"]) for row in rows if str(row["direction"]) == "refutes"}
    assert "serious medical issue" in denied


def test_what_holds_for_some_only_is_shown_as_such(ask: Ask) -> None:
    rows = ask("subtypes-of", concept="ft:twitch-inducing-medication").dicts()
    extent = {str(row["subject_label"]): row["extent"] for row in rows}
    assert str(extent["asthma medication"]) == "some"
    assert extent["decongestant"] is None


def test_every_sentence_that_states_a_fact_supports_a_claim(ask: Ask, memory: Store) -> None:
    headings = {"nostril": {2, 5, 10, 15}, "lip": {2, 5, 10, 14}}
    announcement = ("nostril", 1, 5)  # it says what the article is about
    places = memory.select(
        default_prefixes().sparql_header() + "SELECT ?article ?paragraph ?sentence WHERE "
        "{ ?passage ft:source ?article ; ft:paragraph ?paragraph ; ft:sentence ?sentence }"
    )
    checked = 0
    for article, paragraph, sentence in places:
        name = str(article).rpartition("/")[2]
        place = (name, int(str(paragraph)), int(str(sentence)))
        if place[1] in headings[name] or place == announcement:
            continue
        rows = ask("passage-claims", passage=f"{name}:p{place[1]}s{place[2]}")
        assert len(rows) > 0, place
        checked += 1
    assert checked > 70


def test_numbers_of_the_graph(ask: Ask) -> None:
    rows = list(ask("coverage").dicts())
    aspects = {str(row["aspect"]) for row in rows}
    assert aspects == {
        "claims by hedge",
        "claims by relation",
        "claims by source",
        "concepts by kind",
    }
    claims = sum(
        int(str(row["number"])) for row in rows if str(row["aspect"]) == "claims by relation"
    )
    assert claims >= 250


def test_no_answer_is_an_empty_one(ask: Ask) -> None:
    assert len(ask("muscle-actions", muscle="ft:caffeine")) == 0
    assert len(ask("causal-steps", **{"from": "ft:nostril", "to": "ft:caffeine"})) == 0
