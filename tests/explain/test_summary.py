"""The one screen: short, answering what was asked, and never telling what the case denies."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kg
from kg.explain.model import Explanation
from kg.explain.summary import Told
from kg.graph import Graph
from kg.render import plain

DATA = Path(__file__).parents[1] / "data"
TEXTS = [
    json.loads(line)["text"]
    for line in (DATA / "reading" / "open.jsonl").read_text(encoding="utf-8").splitlines()
]

CRITERION = "ft:has-criterion"


@pytest.fixture(scope="module")
def answers(
    graph: Graph, described: list[str], some: Callable[..., list[str]]
) -> list[Explanation]:
    return [graph.explain(text) for text in some((*TEXTS, *described), 150)]


def test_no_answer_is_longer_than_its_screen(
    answers: list[Explanation], some: Callable[..., list[int]]
) -> None:
    for answer in map(answers.__getitem__, some(range(len(answers)), 50)):
        most = 15 if answer.urgency.level == "emergency" else 40
        for level in ("plain", "clinical"):
            lines = plain.render(answer, level=level).splitlines()
            assert len(lines) <= most, answer.case.text
            assert all(len(line) <= 80 or "://" in line for line in lines), answer.case.text


def test_every_number_leads_to_a_source_and_every_source_is_cited(
    answers: list[Explanation],
) -> None:
    for answer in answers:
        text, _, listed = str(answer).partition("\nSOURCES\n")
        told = {int(n) for group in re.findall(r"\s\[([\d,\s]+)\]", text) for n in group.split(",")}
        known = {int(n) for n in re.findall(r"^(\d+)\. ", listed, re.MULTILINE)}
        assert told == known == set(range(1, len(known) + 1)), answer.case.text


def test_the_first_source_of_a_flag_says_how_soon_care_is_needed(
    answers: list[Explanation], graph: Graph
) -> None:
    claims, seen = graph.view.claims, 0
    for told in (told for answer in answers for told in answer.summary.told()):
        levels = [c for c in told.claims if claims[c].predicate == "ft:has-urgency"]
        cited = {
            e.source for c in levels for e in claims[c].evidence if e.direction == "ft:supports"
        }
        if levels and told.sources:
            seen += 1
            assert cited.intersection(told.sources), levels
    assert seen > 20


def refers(answer: Explanation) -> Iterator[Told]:
    yield from answer.summary.told()


def test_all_that_is_told_is_known_by_id(answers: list[Explanation]) -> None:
    for answer in answers[:40]:
        sources = {source.id for source in answer.sources}
        for told in refers(answer):
            assert set(told.sources) <= sources
            assert set(told.claims) <= answer.claims.keys()
            assert set(told.about) <= answer.labels.keys()


def test_who_is_cited_speaks_of_each_link_of_a_way(answers: list[Explanation]) -> None:
    """One source is cited only where it says all; else two are, those that say most."""
    ways = [(answer, told) for answer in answers for told in answer.summary.why]
    assert len(ways) >= 40
    for answer, told in ways:
        silent = [
            claim
            for claim in told.claims
            if not {i.source for i in answer.claims[claim].evidence} & set(told.sources)
        ]
        assert not silent or len(told.sources) == 2, (answer.case.text, silent)


def test_no_sign_that_is_there_or_denied_is_shown_as_a_warning(
    graph: Graph, answers: list[Explanation]
) -> None:
    for answer in answers:
        said = {*answer.case.absent(), *answer.case.present()}
        for told in answer.summary.signs:
            assert not said.intersection(told.about), answer.case.text


def test_no_sign_is_told_as_less_urgent_than_it_would_be(
    graph: Graph, answers: list[Explanation]
) -> None:
    levels = [
        s for s in graph.view.scales.values() if s.kind == "ft:UrgencyLevel" and s.rank is not None
    ]
    ranks = {s.id.removeprefix("ft:"): s.rank for s in levels} | {"unclear": 0}
    told = {f"{s.label} if you notice:".lower(): s.rank for s in levels}
    checked = 0
    for answer in answers[::2]:
        for sign, least in (
            (sign, told[entry.lead.lower()])
            for entry in answer.summary.signs
            if entry.lead.lower() in told
            for sign in entry.about
            if "ft:red-flag-kind" not in graph.view.concepts[sign].roles
        ):
            level = graph.explain(answer.case.text, findings=[sign]).urgency.level
            assert ranks[level] <= least, (answer.case.text, sign)
            checked += 1
    assert checked > 100


def test_nothing_that_sources_refute_is_told_as_true(
    graph: Graph, answers: list[Explanation]
) -> None:
    for answer in answers:
        for told in refers(answer):
            if not re.search(r"studies found no |no effect of .+ has been shown", told.text):
                assert all(graph.view.claims[c].supported for c in told.claims), told.text


def test_no_more_than_a_screen_wants(answers: list[Explanation]) -> None:
    for answer in answers:
        summary = answer.summary
        assert len(summary.why) <= 3
        assert len(summary.helps) <= 4
        assert len(summary.ask) <= 1
        assert sum(len(told.about) for told in summary.signs if "if you" in told.lead) <= 5


def test_an_emergency_says_first_whom_to_call_and_nothing_that_distracts(graph: Graph) -> None:
    answer = graph.explain("Suddenly my face droops and my speech is slurred. Is it stress?")
    first = str(answer).splitlines()
    assert "112" in first[0]
    assert "999" in first[0]
    assert "911" in " ".join(first[:2])
    assert not (answer.summary.why)
    assert not (answer.summary.likely)
    assert not (answer.summary.ask)


def test_what_was_not_understood_is_asked_and_neither_explained_nor_reassured(
    graph: Graph,
) -> None:
    answer = graph.explain("My eyelid twitches and my right foot has gone walkabout.")
    assert answer.urgency.level == "unclear"
    assert answer.summary.ask[0].text.startswith("What did you mean by")
    assert answer.summary.signs[0].lead.startswith("Emergency")
    assert not (answer.summary.why)
    assert not (answer.summary.likely)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is it ALS?", "unlikely"),
        ("Does magnesium help?", "no effect of magnesium has been shown"),
        ("How long will it last?", "lasts a few days or weeks"),
        ("Which doctor should I see?", "family doctor"),
        ("Is it dangerous?", "Nothing that was understood is a warning sign"),
        ("What is it?", "the common harmless lid twitch"),
        ("Can caffeine cause this?", "It may. With caffeine"),
        ("Do I need a brain scan?", "calls for a test"),
    ],
)
def test_a_question_gets_its_answer(graph: Graph, question: str, said: str) -> None:
    answer = graph.explain(f"My eyelid twitches. {question}")
    assert question.rstrip("?") in str(answer)
    assert any(said.lower() in told.text.lower() for told in answer.summary.answers), answer


@pytest.mark.parametrize(
    "question",
    [
        "What should I do if my face droops?",
        "If my face did start to droop, what should I do?",
    ],
)
def test_what_to_do_about_a_sign_that_may_come_is_told_by_that_sign(
    graph: Graph, question: str
) -> None:
    answer = graph.explain(f"My eyelid twitches. {question}")
    assert answer.urgency.level == "self-care"
    assert "112" in answer.summary.answers[0].text
    assert "droops" in answer.summary.answers[0].text


def test_nobody_is_told_to_stop_a_medicine_alone(graph: Graph) -> None:
    for text in (
        "My eyelid twitches since I take sertraline.",
        "My eyelid twitches. Is it the sertraline? Should I stop it?",
    ):
        assert str(graph.explain(text)).count("Do not stop a prescribed medicine") == 1


def test_lack_of_sleep_gets_a_remedy_for_sleep_and_each_remedy_is_one(graph: Graph) -> None:
    answer = graph.explain("My eyelid twitches, I sleep badly and I am dehydrated.")
    told = [told.text for told in answer.summary.helps]
    assert sum("sleep" in text for text in told) == 1
    assert sum("water" in text for text in told) == 1


def test_where_nothing_sets_it_off_what_usually_does_is_told_but_nothing_denied(
    graph: Graph,
) -> None:
    told = " ".join(told.text for told in graph.explain("My eyelid twitches.").summary.helps)
    assert "stress" in told
    assert "caffeine" in told
    denied = graph.explain("My eyelid twitches, no coffee.").summary.helps
    assert "caffeine" not in " ".join(told.text for told in denied)
    assert not graph.explain("My hand is weak and thin.").summary.helps


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many cups of coffee may I drink if my eyelid keeps twitching?", "400 mg"),
        ("Can a twitching lip be a sign of a stroke?", "unlikely"),
        ("Does magnesium help with eye twitches?", "no effect of magnesium has been shown"),
        ("Could stress be causing my lip to twitch?", "It may. With stress"),
        ("How long does Bell's palsy last?", "four months"),
    ],
)
def test_a_question_about_what_is_only_asked_gets_its_answer(
    graph: Graph, question: str, said: str
) -> None:
    answers = graph.explain(question).summary.answers
    assert any(said in told.text for told in answers), answers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I have blepharospasm. Is it for life?", "one in nine"),
        ("I have Bell's palsy since a week. Does it come back?", "one in ten"),
        ("I have hemifacial spasm. Botox or surgery, which should I choose?", "surgery to move"),
        ("I have tardive dyskinesia. What are my options?", "what often helps is"),
        ("My eyelid twitches. Can screens do that?", "No source here names that as a cause"),
        ("My lid twitches. Would a banana help?", "No source here names that as a help"),
        ("I have blepharospasm and get botox. How often do I need it?", "12 to 18 weeks"),
        ("My eyelid twitches for ten days. Do I need to see an eye doctor?", "Yes, without hurry"),
        ("My eyelid twitches. Is there anything that works or do I just wait?", "it can wait"),
        ("My lid flickers, 4 days. Am I overreacting?", "It is right to ask"),
        ("I have hemifacial spasm. Is surgery an option? How risky is it?", "a loss of hearing"),
        ("My eyelid jumps for 3 weeks. What else could it be?", "Less likely than"),
        ("My lip twitches, 5 days. Is it contagious?", "catching"),
        ("My lip twitches. Which nerve controls that?", "facial nerve"),
        (
            "Wisdom tooth out on Monday, my chin is numb, my lip twitches. Normal?",
            "dental treatment",
        ),
        (
            "It began in the lid, now the cheek and mouth on the same side twitch. Is it serious?",
            "today or tomorrow",
        ),
        ("My eyelid twitches. Which muscle is that?", "orbicularis oculi"),
        (
            "I sleep five hours, my lid twitches. Would sleeping more help?",
            "sleep and rest may help",
        ),
        ("Is it ok to put a warm compress on it? My eyelid jumps.", "speaks against warm compress"),
        ("Twitches all over, EMG normal. How can I stop worrying about ALS?", "can be helped"),
        ("I have hemifacial spasm. Is surgery dangerous?", "a loss of hearing"),
        (
            "Lid and calf twitch for two months. Googled ALS, am terrified. How likely is it?",
            "nlikely",
        ),
        ("My cheek twitches for 3 weeks. What can I do until the appointment?", "filming"),
        ("I have muscle twitches in my calf and my lip. Is it ALS?", "fits"),
        ("My son blinks hard. Is it a tic or epilepsy?", "more likely tics than"),
        ("How can I tell hemifacial spasm from a lid twitch? My eyelid twitches.", "rippling"),
        ("My eyelid twitches. What does synkinesis mean?", "Linked movements of the face"),
        ("My lip twitches. What side effects does botox have?", "drooping eyelid"),
        ("I take sertraline and my lid twitches. Can I skip the next dose?", "Do not stop"),
    ],
)
def test_what_is_asked_is_answered_by_what_it_is_about(graph: Graph, text: str, said: str) -> None:
    answers = graph.explain(text).summary.answers
    assert any(said in told.text for told in answers), answers


@pytest.mark.parametrize(
    "text",
    [
        "Forehead stuck, the left eye will not close, my face hangs since this morning, arms and "
        "speech are fine. Is it a stroke or Bell's?",
        "Right side of her face slid down an hour ago, she cannot raise that brow or shut the eye. "
        "Stroke or Bell's palsy?",
    ],
)
def test_of_two_illnesses_both_are_weighed_and_neither_is_ruled_out(
    graph: Graph, text: str
) -> None:
    answer = graph.explain(text)
    assert answer.urgency.level == "emergency"
    told = answer.summary.answers[0].text
    assert "examination" in told
    assert "What speaks for Bell's palsy: a forehead that will not wrinkle" in told
    assert told.endswith("That does not rule out a stroke.")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("My mum gets botox for hemifacial spasm, how often does she need it?", "“How often does"),
        ("Stabbing pain when I chew and the cheek jumps: neuralgia or hemifacial spasm?", "“Neur"),
        ("My eye twitches and so does my mouth, since May. Is it serious?", "“Is it serious?”"),
    ],
)
def test_a_question_is_quoted_without_what_is_told_before_it(
    graph: Graph, text: str, quote: str
) -> None:
    leads = [answer.lead for answer in graph.explain(text).summary.answers]
    assert leads
    assert all(lead.startswith(quote) and len(lead) < 55 for lead in leads), leads


@pytest.mark.parametrize(
    "text",
    [
        "I've had hemifacial spasm for six years. Is it inherited?",
        "Diagnosed with blepharospasm in 2015, eyes clamp shut now and then.",
    ],
)
def test_a_lasting_illness_is_not_called_harmless(graph: Graph, text: str) -> None:
    assert graph.explain(text).urgency.level != "self-care"


@pytest.mark.parametrize(
    "question",
    [
        "How is Bell's told apart from a stroke at the bedside?",
        "Bell's vs stroke - bedside discriminators?",
        "How do you tell Bell's palsy from a stroke?",
    ],
)
def test_what_is_known_of_two_illnesses_is_asked_for_nobody(graph: Graph, question: str) -> None:
    answer = graph.explain(question)
    assert answer.urgency.level == "self-care"
    assert "forehead" in answer.summary.answers[0].text
    assert "weak arm" in answer.summary.answers[0].text


@pytest.mark.parametrize(
    "text",
    [
        "What is a stroke, my face droops?",
        "What should I do in a stroke?",
        "How is a stroke treated? He has one now.",
        "How do you tell Bell's palsy from a stroke? My face hangs since an hour.",
    ],
)
def test_a_question_about_an_illness_hides_no_sign(graph: Graph, text: str) -> None:
    assert graph.explain(text).urgency.level == "emergency"


def test_in_an_emergency_each_question_gets_its_own_line(graph: Graph) -> None:
    text = "Since metoclopramide yesterday my jaw is locked and my tongue is pulled to one side. "
    answer = graph.explain(f"{text}Can the drug do that? Should I take the next tablet?").summary
    told = {answer.text for answer in answer.answers}
    assert any(text.startswith("Take no further dose before a doctor has agreed") for text in told)
    assert any(text.startswith("It may well be the medicine") for text in told)


@pytest.mark.parametrize(
    ("text", "quote", "answers"),
    [
        (
            "Mum's mouth droops on the left since this morning and her speech is odd. Can it wait?",
            "mouth droops",
            1,
        ),
        (
            "my left face is hanging and my arm feels heavy since an hour, is it a stroke? "
            "will it go away?",
            "arm feels heavy",
            2,
        ),
        (
            "I am diabetic and my face twitches and I feel sweaty and shaky. What should I eat?",
            "diabetic",
            1,
        ),
        (
            "My jaw is locked, on haloperidol. Can the medicine do this? Should I stop it?",
            "jaw is locked",
            2,
        ),
    ],
)
def test_an_emergency_says_why_in_the_words_of_who_asks(
    graph: Graph, text: str, quote: str, answers: int
) -> None:
    answer = graph.explain(text)
    summary = answer.summary
    assert answer.urgency.level == "emergency"
    assert quote in summary.verdict[1].text
    assert summary.understood
    assert len(summary.answers) == answers
    assert len(str(answer).strip().splitlines()) <= 15


def test_no_one_who_has_long_taken_a_medicine_is_told_to_leave_it_out(graph: Graph) -> None:
    text = "Face twitches, stiff all over, fever 40. {} Should I stop it?"
    told = [
        graph.explain(text.format(medicine)).summary.answers[0].text
        for medicine in ("On haloperidol for years.", "I began haloperidol three days ago.")
    ]
    assert "ask those whom you call before you take the next dose" in told[0]
    assert told[1].startswith("Take no further dose before a doctor has agreed")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Started rosuvastatin in May, eyelid twitching since June.", "rosuvastatin"),
        ("Doctor upped my levothyroxine, now my eye twitches.", "levothyroxine"),
        ("Put on ramipril three weeks ago. Upper lip twitching.", "ramipril"),
    ],
)
def test_a_medicine_that_was_begun_is_spoken_of_where_nothing_is_known(
    graph: Graph, text: str, name: str
) -> None:
    told = [each.text for each in graph.explain(text).summary.helps]
    assert told[0].startswith(f"No source here tells of this with {name}, nor rules it out.")
    assert "Do not stop a prescribed medicine" in told[0]
    assert name not in str(graph.explain(f"I have taken {name} for years. My lip twitches."))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("My cheek twitches, no weakness. Could it be MS?", "From what you tell it is unlikely"),
        ("I've been told it's benign fasciculation. Will it turn into ALS?", "it is unlikely"),
        ("My cheek twitched twice a day, it gets worse. Is it getting worse?", "it does"),
        ("Twitchy lid, five energy drinks a day. How many can I have?", "400 mg per day"),
        ("I have blepharospasm. How often would I need the injections?", "12 to 18 weeks"),
        ("I had a seizure in my face last month. When may I drive again?", "not driving before"),
        ("Lid twitching for 4 months. Is that too long?", "have it seen"),
        ("I am pregnant, my face twitches. Can I go on with carbamazepine?", "risk for the baby"),
        ("My face pulls and that ear clicks. Are those two linked?", "Both can belong to"),
        ("Lip twitch for 3 days. Which vitamins should I take?", "names a food or a vitamin"),
        ("My lid twitches. Should I stay off work?", "how long to stay off"),
        ("Twitching lip, six coffees. Would quitting coffee stop it?", "It may. With caffeine"),
        ("My lid twitches. Can I have an energy drink?", "Better not while it lasts. With caf"),
        ("Can I still have a glass of wine with this lip twitch?", "calls that safe"),
        ("I've had a lid twitch for 3 weeks. Is it a sign of a stroke?", "it is unlikely"),
        ("I stopped paroxetine, now my lip twitches. How long will it take?", "one to two weeks"),
        ("Could a pinched nerve in the neck do this? My cheek ticks.", "as a cause of this"),
        ("My lid twitches. Should I repaint my bedroom?", "speaks of that"),
        (
            "I was told I have MS, now my face ripples. Is this part of it?",
            "from what you tell it is",
        ),
        ("Hemifacial spasm. How long does an operation take?", "how long that takes"),
    ],
)
def test_the_answer_is_of_the_kind_of_the_question(graph: Graph, text: str, told: str) -> None:
    assert told.lower() in graph.explain(text).summary.answers[0].text.lower()


@pytest.mark.parametrize(
    ("text", "none", "some"),
    [
        ("I'm a man of 80 and my cheek twitches.", "pregnancy child newborn infant woman", ""),
        ("My son, 5, has a twitching lid.", "pregnancy newborn infant over-fifty", "child"),
        ("My baby of 4 months has a twitching lid.", "pregnancy over-fifty newborn", "infant"),
        ("I'm pregnant and my lid twitches.", "man newborn infant", "pregnancy"),
        # A child may be a baby, and of somebody nothing is told.
        ("My child's lid twitches.", "", "infant newborn child"),
    ],
)
def test_what_cannot_be_so_of_a_person_is_not_watched_for(
    graph: Graph, text: str, none: str, some: str
) -> None:
    flags = graph.explain(text).urgency.watch_for
    open_ = {f for flag in flags if not flag.asked for f in graph.view.objects(flag.id, CRITERION)}
    for name in none.split():
        assert not open_ & {f"ft:{name}", f"ft:{name}-affected"}, name
    for name in some.split():
        assert open_ & {f"ft:{name}", f"ft:{name}-affected"}, name


def test_who_has_a_palsy_is_not_warned_of_a_face_that_droops(graph: Graph) -> None:
    text = "I got Bell's palsy on Tuesday, the eye won't shut. Now my cheek jumps."
    signs = " ".join(sign.text for sign in graph.explain(text).summary.signs)
    assert "droops" not in signs
    assert "a face that droops" in str(graph.explain("My lid twitches, I have hemifacial spasm."))


def test_of_several_operations_none_is_named_that_nobody_spoke_of(graph: Graph) -> None:
    text = "Left face spasms, a vessel at the nerve. What are the chances that surgery works?"
    answers = graph.explain(text).summary.answers
    assert "half of the brain" not in answers[0].text


def test_what_a_warning_rests_on_is_told_where_it_is_over(graph: Graph) -> None:
    text = "My aunt's left face twitched for two minutes, then her arm was weak for an hour."
    answer = graph.explain(text)
    assert answer.urgency.level == "emergency"
    assert "a weak arm" in answer.summary.understood[0].text


def test_what_the_graph_was_asked_is_answered_after_it_was_closed() -> None:
    with kg.open() as graph:
        answer = graph.explain("My eyelid twitches. Which nerve moves the nostril?")
    assert any("facial nerve" in told.text for told in answer.summary.answers)


def test_an_emergency_names_what_it_is_and_answers_in_a_line(graph: Graph) -> None:
    swollen = graph.explain("My lips are swollen after a sting and I can't breathe.").summary
    assert "allergic reaction" in swollen.verdict[1].text
    low = graph.explain("I am diabetic, I am confused and my lip twitches. Is it a stroke?").summary
    assert "low blood sugar" in low.verdict[1].text
    assert "examination" in low.answers[0].text


def test_a_denied_droop_leaves_an_emergency_sign(graph: Graph) -> None:
    answer = graph.explain("My eyelid twitches. My face does not droop and is not weak.")
    assert any(told.lead.startswith("Emergency") for told in answer.summary.signs)


def test_time_is_told_as_it_was_told(graph: Graph) -> None:
    assert "for years" in str(graph.explain("My lip has twitched for years."))
    assert "for 2 years" in str(graph.explain("My lip has twitched for 2 years."))


def test_the_question_is_put_to_whom_it_is_about(graph: Graph) -> None:
    answer = graph.explain("My son's eyelid twitches. He is not weak.")
    asked = re.findall(r"\b(?:you|your(?! son))\b", answer.summary.ask[0].text)
    assert answer.summary.ask
    assert not asked


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I have taken risperidone for six years and my tongue keeps poking out.", "tardive"),
        ("Both my eyes keep squeezing shut by themselves.", "blepharospasm"),
    ],
)
def test_an_illness_is_named_where_its_kinds_or_its_setting_are_told_in_other_words(
    graph: Graph, text: str, named: str
) -> None:
    likely = graph.explain(text).summary.likely
    assert named in likely[0].text, likely


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("My eyelid twitches, I drink five coffees a day.", "caffeine"),
        ("My nostril twitches, I sleep four hours a night.", "sleep"),
        ("My cheek twitches since I started sertraline.", "antidepressant"),
        ("My lip twitches when I am stressed.", "stress"),
    ],
)
def test_a_cause_that_is_named_gets_its_way(graph: Graph, text: str, cause: str) -> None:
    answer = graph.explain(text)
    told = [*answer.summary.why, *answer.summary.answers]
    way = next(t for t in told if "That can show as" in t.text)
    assert cause in way.text
    assert way.sources


def test_what_sources_only_speak_against_is_said_so(graph: Graph) -> None:
    asked = graph.explain("Does the covid vaccine cause Bell's palsy?").summary.answers
    assert any("studies found no link with" in told.text for told in asked)
    assert all("No source here" not in told.text for told in asked)


def test_exertion_is_told_of_and_a_warm_room_is_no_heat(graph: Graph) -> None:
    told = graph.explain("After a hard workout my eyelid twitches.").to_markdown()
    assert "hard exercise, small parts of the lid muscle often fire" in told
    read = graph.read("The heating is broken. My lip twitches.")
    assert "ft:hot-weather" not in {f.id for f in read.findings}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("My eyelid twitches for 3 weeks. I am 40.", "spread to other parts"),
        ("I'm pregnant, 30 weeks, and my lower lid flutters.", "headache"),
        ("My daughter is 6, she blinks hard many times a day, she can hold it back.", "for weeks"),
        ("I have Parkinson's and my eyelids flutter.", "slurred"),
    ],
)
def test_the_one_question_is_that_of_the_case(graph: Graph, text: str, asks: str) -> None:
    (asked,) = graph.explain(text).summary.ask
    assert asks in asked.text


def test_what_a_yes_alone_would_not_raise_is_not_said_to(answers: list[Explanation]) -> None:
    for answer in answers[::5]:
        alone = {(f.missing, f.level) for f in answer.urgency.watch_for}
        raising = [a for a in answer.summary.ask if "If yes: " in a.text]
        assert all(any(missing == a.about for missing, _ in alone) for a in raising)


def test_a_sign_that_reads_like_a_question_is_none(graph: Graph) -> None:
    told = str(graph.explain("He is 6, blinks hard, can hold it in for a bit. Should I worry?"))
    assert "prescribed medicine" not in told


def test_nothing_is_likely_beside_what_must_be_ruled_out_soon(graph: Graph) -> None:
    text = "Over 8 months the right side of my face got weaker and my mouth twitches there."
    summary = graph.explain(text).summary
    assert "growth on the facial nerve" in " ".join(t.text for t in summary.verdict)
    assert not any(t.lead.startswith("Likely") for t in summary.likely)
    assert not any("otulinum" in t.text for t in summary.helps)


def test_botox_alone_does_not_make_a_twitch_a_weakness(graph: Graph) -> None:
    text = "Had Botox in my forehead 10 days ago, now my eyelid {}."
    twitch, droop = (graph.explain(text.format(does)).summary for does in ("twitches", "droops"))
    assert not any("weakened" in t.text for t in twitch.likely)
    assert any("weakened" in t.text for t in droop.likely)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("My face hurts. Is it trigeminal neuralgia?", "would point to it"),
        ("My chin shakes. Is it Parkinson's?", "would point to it"),
        (
            "My face is weak. Is it Ramsay Hunt syndrome?",
            "cannot tell shingles of the facial nerve",
        ),
    ],
)
def test_an_age_is_not_told_as_what_points_to_an_illness(
    graph: Graph, text: str, told: str
) -> None:
    (answer, *_) = graph.explain(text).summary.answers
    assert told in answer.text
    assert "fifty" not in answer.text
