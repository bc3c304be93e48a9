"""Questions in words: each query answers what its header says, and nothing is answered wrongly."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path
from time import process_time

import jsonschema
import pytest

import kg
from kg.catalogue import Query, parse_query, read_catalogue
from kg.errors import BadInput, InvalidKnowledge

QUERIES = [query for query in read_catalogue().list() if query.asking is not None]
DATA = Path(__file__).parent.parent / "data" / "questions"


def _example(query: Query, graph: kg.Graph) -> str:
    assert query.asking is not None
    names = {p.name: graph.view.label(p.default) for p in query.parameters}
    return query.asking.question.format_map(names)


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_the_question_of_a_header_is_answered_by_its_query(query: Query, graph: kg.Graph) -> None:
    answer = graph.ask(_example(query, graph))
    assert answer.query == query.name
    assert dict(answer.parameters) == {p.name: (p.default,) for p in query.parameters}
    assert answer
    assert "{" not in answer.text
    assert answer.confidence == 1.0


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_every_row_that_rests_on_a_claim_cites_it(query: Query, graph: kg.Graph) -> None:
    answer = graph.ask(_example(query, graph))
    claims = any(column.type == "claim" for column in query.columns)
    cited = {source.id for source in answer.sources}
    for row in answer.answers:
        assert row.id.startswith("ft:")
        assert row.label != row.id
        assert bool(row.claims) == claims
        assert {item.source for item in row.evidence} <= cited
        assert bool(row.evidence) == claims


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_the_sparql_gives_the_same_rows_again(query: Query, graph: kg.Graph) -> None:
    answer = graph.ask(_example(query, graph))
    assert answer.sparql is not None
    again = graph.query(answer.sparql).to_dicts()
    assert {row["answer"] for row in again} == {row.id for row in answer.answers}


def test_json_is_what_the_schema_says(graph: kg.Graph) -> None:
    schema = json.loads((files("kg.ask") / "answer.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for text in ("which nerve moves the nostril?", "is it catching?", "whats hemifasial spasm"):
        data = json.loads(json.dumps(graph.ask(text).to_dict()))
        jsonschema.validate(data, schema)
        assert set(data) == set(schema["properties"])


@pytest.mark.parametrize(
    "text",
    [
        "What causes hemifacial spasm?",
        "what causes hemifacial spasms",
        "Hemifacial spasm: causes?",
        "what's the cause of hemifacial spasm",
        "Can you tell me what hemifacial spasm is caused by, please?",
        "causes of hemifasial spasm",
        "hemifacial spasm, what is the reason for it?",
    ],
)
def test_one_question_in_many_words(text: str, graph: kg.Graph) -> None:
    answer = graph.ask(text)
    assert answer.query == "ask/causes"
    assert answer.parameters["of"] == ("ft:hemifacial-spasm",)


@pytest.mark.parametrize(
    "text",
    [
        "Is Bell's palsy a punishment?",
        "Does caffeine cause cancer?",
        "What causes hemifacial spasm in cats?",
        "Who won the match yesterday?",
        "What does not cause twitching?",
        "xyzzy",
        "?",
    ],
)
def test_what_is_not_understood_is_not_answered(text: str, graph: kg.Graph) -> None:
    answer = graph.ask(text)
    assert not answer
    assert answer.confidence == 0
    assert answer.text.startswith("I cannot tell")


def test_what_is_not_understood_is_named_and_near_questions_are_offered(graph: kg.Graph) -> None:
    answer = graph.ask("Does Bell's palsy like winter?")
    assert "winter" in answer.not_understood
    assert len(answer.nearest) == 3
    assert all("Bell's palsy" in question for question in answer.nearest)
    for question in answer.nearest:
        assert graph.ask(question).confidence == 1.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Is Bell's palsy contagious?", "No source here calls Bell's palsy catching"),
        ("Will my hemifacial spasm be covered by insurance?", "outside what is known here"),
        ("What does it cost?", "outside what is known here"),
        ("Can I fly with Bell's palsy?", "speaks for or against"),
        ("Can I go to work with blepharospasm?", "how long to stay off work"),
        ("can i drive with it", "Not while an eye shuts by itself"),
        ("is it dangerous?", "Tell first what you notice"),
        ("Which vitamin should I take against eyelid twitching?", "names a food or a vitamin"),
        ("Can I take ibuprofen for a twitching eye?", "No source here tells of ibuprofen"),
    ],
)
def test_where_no_query_answers_a_plain_sentence_does(
    text: str, told: str, graph: kg.Graph
) -> None:
    answer = graph.ask(text)
    assert answer.plain
    assert told in answer.text
    assert answer.confidence <= 0.5
    assert answer.to_dict()["plain"]
    # What rests on no claim says what can be answered instead.
    assert len(answer.nearest) == 3
    assert not answer.answers


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Can I drive after a seizure?", "focal-motor-seizure-warrants-not-driving"),
        ("May I drive with epilepsy?", "focal-motor-seizure-warrants-not-driving"),
        ("Am I allowed to drive with blepharospasm?", "blepharospasm-warrants-not-driving"),
        ("Is botox safe in pregnancy?", "cosmetic-use-avoided-in-pregnancy"),
        ("Can I go on with carbamazepine while pregnant?", "use-in-pregnancy-as-a-doctor-advises"),
    ],
)
def test_a_plain_sentence_has_its_source(text: str, claim: str, graph: kg.Graph) -> None:
    answer = graph.ask(text)
    assert answer.plain
    assert [c for row in answer.answers for c in row.claims if claim in c]
    assert answer.sources
    assert not answer.nearest


def test_a_plain_answer_to_what_must_not_wait_says_so_first(graph: kg.Graph) -> None:
    answer = graph.ask("My face droops since this morning, can I drive to work?")
    assert answer.text.startswith("Call the emergency number now")
    assert "do not drive" in answer.text


def test_leave_to_do_something_is_no_question_about_what_helps(graph: kg.Graph) -> None:
    for text in ("Can I exercise after botox?", "Can I have botox in pregnancy?"):
        assert graph.ask(text).query is None


@pytest.mark.parametrize(
    "text", ["Does coffee help twitching?", "Is caffeine good for eye twitching?"]
)
def test_what_raises_a_trouble_is_no_help(text: str, graph: kg.Graph) -> None:
    assert not graph.ask(text)


@pytest.mark.parametrize("text", ["asdf qwer", "a", "hello", "mein Augenlid zuckt, was hilft?"])
def test_what_is_no_english_is_asked_for_in_english(text: str, graph: kg.Graph) -> None:
    assert "Ask one question in plain English." in graph.ask(text).text
    assert graph.read(text).is_blank
    verdict = graph.explain(text).summary.verdict[0].text
    assert verdict.startswith("Nothing of this was understood: tell in plain English")
    assert "call the emergency number" in verdict


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("When does botox start working?", "how-soon"),
        ("Is surgery for hemifacial spasm dangerous?", "side-effects"),
        ("Is Bell's palsy dangerous?", "danger"),
        ("Is screen time bad for eye twitching?", "can-cause"),
        ("Can too much phone cause eye twitching?", "can-cause"),
        ("Does trigeminal neuralgia hurt?", "painful"),
        ("Can you die from hemifacial spasm?", "danger"),
        ("How do doctors test for hemifacial spasm?", "which-doctor"),
        ("Will Bell's palsy leave something behind?", "how-long"),
        ("Does stress make hemifacial spasm worse?", "can-cause"),
    ],
)
def test_everyday_words_ask_the_same(text: str, query: str, graph: kg.Graph) -> None:
    answer = graph.ask(text)
    assert answer.query == f"ask/{query}"
    assert answer


def test_who_gets_an_illness(graph: kg.Graph) -> None:
    assert "children (in a few)" in graph.ask("Do children get hemifacial spasm?").text
    assert "women" in graph.ask("Who gets blepharospasm?").text
    assert not graph.ask("Can a man get Meige syndrome?")


def test_words_that_ask_are_no_name(graph: kg.Graph) -> None:
    # "Run in families" was read as a twitch that comes and goes.
    assert "ft:intermittent-twitching" not in str(graph.ask("does it run in families?").parameters)


def test_what_sources_deny_is_told_as_denied(graph: kg.Graph) -> None:
    answer = graph.ask("signs of Bell's palsy")
    denied = [row for row in answer.answers if row.denied]
    assert denied
    for row in denied:
        assert "not" in row.text
        assert row.label not in answer.text.partition(" Sources speak against it")[0]


def test_what_a_trial_denies_is_no_help(graph: kg.Graph) -> None:
    answer = graph.ask("Does magnesium help against eyelid myokymia?")
    assert not answer
    assert answer.text.startswith("Sources speak against it")


def test_how_often_a_sign_is_seen_is_told(graph: kg.Graph) -> None:
    answer = graph.ask("Does hemifacial spasm stop in sleep?")
    assert any("(in many)" in row.text for row in answer.answers)


def test_what_holds_for_a_general_condition_does_not_hold_for_each(graph: kg.Graph) -> None:
    assert not graph.ask("Does hemifacial spasm cause pain?")


def test_two_concepts_that_are_joined_are_both_asked_about(graph: kg.Graph) -> None:
    answer = graph.ask("Where are the risorius and the mentalis?")
    assert answer.parameters["of"] == ("ft:risorius", "ft:mentalis")
    assert {"ft:mouth-corner", "ft:chin"} <= {row.id for row in answer.answers}


def test_a_mended_word_is_told_and_makes_it_less_sure(graph: kg.Graph) -> None:
    answer = graph.ask("What is blepharspasm?")
    assert answer.mended == {"blepharspasm": "blepharospasm"}
    assert answer.confidence < 1
    assert "blepharspasm" in str(answer)


def test_a_query_of_somebody_else_brings_its_question() -> None:
    text = """# title: T
# param: of (concept) = ft:caffeine — it
# question: What is {of}?
# ask: {what} {thing:of}
# says: {of}.
# none: Nothing.
SELECT ?answer { VALUES ?of { ft:caffeine } BIND (?of AS ?answer) }
"""
    asking = parse_query("t", text).asking
    assert asking is not None
    assert asking.ways == ("{what} {thing:of}",)
    with pytest.raises(InvalidKnowledge, match="question, says and none"):
        parse_query("t", text.replace("# says: {of}.\n", ""))


@pytest.mark.parametrize("text", ["", "  ", "\x00"])
def test_no_text_is_told(text: str, graph: kg.Graph) -> None:
    with pytest.raises(BadInput):
        graph.ask(text)


@pytest.mark.parametrize(
    "words",
    ["my lip twitches and ", "zorble ", "side effects of botox and ", "what blocks caffeine "],
)
def test_a_long_story_is_no_question_and_is_told_so_in_time(graph: kg.Graph, words: str) -> None:
    began = process_time()
    assert not graph.ask((words * 10_000)[:10_000])
    assert process_time() - began < 8  # about ten times what it takes; it took minutes


def test_the_questions_of_people_are_split_and_labelled() -> None:
    lines = (DATA / "asked.tsv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader([x for x in lines if x[0] != "#"], delimiter="\t"))
    assert len(rows) >= 150
    assert abs(sum(1 if row["half"] == "open" else -1 for row in rows)) <= 1


def test_what_treats_another_illness_is_no_help_against_one_that_may_follow(
    graph: kg.Graph,
) -> None:
    told = graph.ask("What helps against hemifacial spasm?")
    helping = {row.id for row in told.answers}
    assert {"ft:microvascular-decompression", "ft:botulinum-toxin-injection"} <= helping
    assert not {"ft:corticosteroid-course", "ft:antiviral-treatment"} & helping
    assert not graph.ask("Does antiviral treatment help against hemifacial spasm?").answers


def test_what_helps_by_way_of_something_else_says_of_what(graph: kg.Graph) -> None:
    told = graph.ask("Does magnesium help with eyelid twitching?")
    assert "magnesium deficiency" in told.text
    assert not told.text.startswith("Yes")


@pytest.mark.parametrize(
    ("text", "sign", "advice"),
    [
        ("can a face twitch be a stroke?", "trouble speaking", "emergency number"),
        ("could eyelid twitching be a brain tumour?", "hearing loss", "call a doctor"),
        ("is a twitching lip a sign of MS?", "rippling", "call a doctor"),
        ("could my cheek twitching be a seizure?", "jerks that march", "emergency number"),
        ("is a stroke dangerous?", "trouble speaking", "emergency number"),
    ],
)
def test_who_asks_about_a_grave_illness_is_told_its_warning_signs(
    text: str, sign: str, advice: str, graph: kg.Graph
) -> None:
    answer = graph.ask(text)
    assert sign in answer.text
    assert advice in answer.text
    assert answer.also
    assert {item.source for row in answer.also for item in row.evidence} <= {
        source.id for source in answer.sources
    }


def test_of_warning_signs_those_that_need_help_at_once_are_told_apart(graph: kg.Graph) -> None:
    now, _, soon = graph.ask("What are the warning signs of a stroke?").text.partition(
        "need a doctor"
    )
    assert "facial drooping with arm weakness" in now
    assert "for more than a week" in soon


def test_a_harmless_illness_has_no_warning_signs_to_tell(graph: kg.Graph) -> None:
    assert not graph.ask("Can eyelid myokymia cause eyelid twitching?").also


def test_which_medicines_are_meant_is_answered_by_medicines(graph: kg.Graph) -> None:
    answer = graph.ask("which medicines can make the face twitch?")
    kinds = [graph.view.concepts[row.id].kinds for row in answer.answers]
    assert len(kinds) > 3
    assert all("ft:MedicineTaken" in held for held in kinds)
    assert "Stop none of them by yourself" in answer.text


def test_what_helps_by_way_of_something_else_is_told_with_it(graph: kg.Graph) -> None:
    through = graph.ask("does magnesium help with eyelid twitching?").text
    assert "where eyelid twitching comes from magnesium deficiency" in through
    assert "Nothing here says that it helps otherwise" in through
    assert "otherwise" not in graph.ask("does botox help hemifacial spasm?").text


def test_when_to_see_a_doctor_is_told_by_how_soon(graph: kg.Graph) -> None:
    answer = graph.ask("when should I see a doctor for a twitching cheek?")
    assert "call for help at once for" in answer.text
    assert "twitching with trouble speaking" in answer.text.partition("See a doctor for")[2]
    for also in ("Twitching with facial drooping", "Twitching with trouble speaking"):
        assert any(row.text.startswith(f"{also} usually has the") for row in answer.answers)
    assert not any("requires" in row.text for row in answer.answers)


@pytest.mark.parametrize(
    ("question", "query", "said"),
    [
        ("when is a twitch an emergency?", "ask/when-doctor", "call for help at once"),
        ("who says caffeine causes twitching?", "ask/who-says", "there are claims"),
        ("what should I avoid?", "ask/avoid", "caffeine"),
        ("what are the warning signs?", "ask/emergencies", "facial weakness"),
        ("red flags", "ask/emergencies", "facial drooping"),
        ("what are the side effects of botox?", "ask/side-effects", "drooping eyelid"),
        ("botox side effects", "ask/side-effects", "double vision"),
        ("how often is botox given?", "ask/how-long", "12 to 18 weeks"),
        ("How is Bell's palsy told apart from a stroke?", "ask/tell-apart", "arm weakness"),
    ],
)
def test_short_and_general_questions(graph: kg.Graph, question: str, query: str, said: str) -> None:
    answer = graph.ask(question)
    assert answer.query == query
    assert said in answer.text


def test_what_is_near_is_what_was_asked_for(graph: kg.Graph) -> None:
    assert graph.ask("side effects").nearest[0].startswith("What are the side effects of")


@pytest.mark.parametrize("trouble", ["facial spasms", "tics"])
def test_a_medicine_with_which_a_condition_comes_about_can_bring_about_its_signs(graph, trouble):  # type: ignore[no-untyped-def]
    answer = graph.ask(f"does metoclopramide cause {trouble}?")
    assert answer
    assert answer.text.startswith("Yes")


@pytest.mark.parametrize(
    ("question", "query", "said", "unsaid"),
    [
        # Why is no yes or no: the steps, or that none is known.
        ("Why does Bell's palsy cause ear pain?", "why", "swelling of the facial nerve", "Yes"),
        ("Why does hemifacial spasm go on in sleep?", "why", "Nothing here says why", "Yes"),
        ("Why does stress cause hemifacial spasm?", "why", "Nothing here says why", ": ."),
        # What makes worse, or likelier, is not what brings about; what shows is told as that.
        ("Can stress cause hemifacial spasm?", "can-cause", "worse", "Yes"),
        ("Can pregnancy cause Bell's palsy?", "can-cause", "likelier", "bring about"),
        ("What causes hemifacial spasm?", "causes", "make it worse: stress", "from stress"),
        # A sign of something grave is told with the harmless thing that shows as it.
        ("Is facial twitching a sign of ALS?", "can-cause", "harmless: benign", "neonatal"),
        ("Is eyelid twitching a sign of a stroke?", "can-cause", "harmless: eyelid", "Yes"),
        ("What is the other Babinski sign a sign of?", "sign-of-what", "no proof", "Yes"),
        # How long first, then the rest; an amount with whom it holds for.
        ("How long does botox last in hemifacial spasm?", "how-long", "lasts 12 to 18", "spasm:"),
        ("How long does Bell's palsy last?", "how-long", "lasts a few weeks", "palsy:"),
        ("How much caffeine a day?", "limit", "200 mg per day (pregnant women)", "women,"),
        ("Can Bell's palsy come back?", "come-back", "about 1 of 10", "full recovery"),
        ("What happens if hemifacial spasm is left untreated?", "how-long", "recovery", "cannot"),
        # Pain of a treatment, and pain that a treatment is for.
        ("Does botox hurt?", "discomfort", "where the needle goes in", "help"),
        ("Does botox help pain?", "does-help", "may help", "needle"),
        ("Is hemifacial spasm painful?", "painful", "does not hurt", "show as pain"),
        ("Is an eyelid twitch painful?", "painful", "does not hurt", "Nothing"),
        # Of lost feeling, which may be a stroke, nothing harmless is told.
        ("Is facial numbness a sign of a stroke?", "can-cause", "Yes", "harmless"),
        # What must not wait is not answered by what helps.
        ("What should I do if my face droops?", "when-doctor", "at once for", "Nothing"),
        ("What should I do about eyelid twitching?", "helps", "sleep", "emergency"),
        # What sources speak against stands only where they do.
        ("What helps against eyelid twitching?", "helps", "Warm compress does not", ", warm"),
        ("How often do you need botox for blepharospasm?", "how-long", "12 to 18", "cannot"),
        ("How long does botox take to work?", "how-soon", "about four days", "lasts"),
        # Which of two treatments, also where it would be an emergency if somebody had it now.
        ("Steroids or antivirals first in acute facial palsy?", "which-remedy", "Bell", "Call"),
        ("prednisolone or aciclovir for Bell's palsy?", "which-remedy", "8 of 10 with", "Call"),
        ("list the red flags of facial palsy", "when-doctor", "at once for", "Call the"),
    ],
)
def test_what_is_asked_is_what_is_answered(
    graph: kg.Graph, question: str, query: str, said: str, unsaid: str
) -> None:
    answer = graph.ask(question)
    assert answer.query == f"ask/{query}"
    assert said in answer.text
    assert unsaid not in answer.text


def test_a_word_that_is_not_understood_is_left_out_and_said_to_be(graph: kg.Graph) -> None:
    answer = graph.ask("What causes hemifacial spasm in cats?")
    assert not answer
    assert "“cats”. Without it: Hemifacial spasm can come from" in answer.text
    assert [row for row in answer.also if row.evidence]
    assert answer.sources
    # A word that is known changes what is asked: nothing is told without it.
    assert "Without it" not in graph.ask("What does not cause twitching?").text


def test_nothing_is_near_to_what_holds_no_known_word(graph: kg.Graph) -> None:
    assert not graph.ask("asdf qwer zxcv blorp").nearest
    assert graph.ask("asdf qwer hemifacial spasm").nearest


@pytest.mark.parametrize(
    ("question", "query", "said"),
    [
        ("What triggers tics in kids?", "causes", "Not weighed in that: “in kids”."),
        ("Can stress alone cause eye twitching for months?", "can-cause", "“alone”, “for months”"),
        ("What does the zygomaticus muscle do?", "what-does", "corner of the mouth"),
        ("How long does it take for botox to work in hemifacial spasm?", "how-soon", "four days"),
        ("How long after stopping coffee does the twitching stop?", "how-soon", "a few days"),
        ("How fast do steroids work for Bell's palsy?", "how-soon", "has to begin"),
        ("Can hemifacial spasm spread to the other side?", "worse", "spread"),
        ("What does a normal EMG rule out?", "rules-out", "harmless twitches"),
        ("Should I get an MRI for a twitching eyelid?", "test-for", "Not with eyelid twitching"),
        ("Who should not have botox?", "not-for", "difficulty swallowing"),
        ("How many people with Bell's palsy recover?", "how-long", "7 of 10"),
    ],
)
def test_what_narrows_a_question_is_named(
    graph: kg.Graph, question: str, query: str, said: str
) -> None:
    answer = graph.ask(question)
    assert answer.query == f"ask/{query}"
    assert said in answer.text


@pytest.mark.parametrize(
    "question", ["Can caffeine withdrawal cause eye twitching?", "Can quitting cause twitching?"]
)
def test_giving_something_up_is_not_having_it(graph: kg.Graph, question: str) -> None:
    assert "Yes" not in graph.ask(question).text
