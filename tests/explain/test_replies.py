"""The question that was asked is answered: each kind by its own sentence, no other one."""

from __future__ import annotations

import pytest

import kg

# What is told, the question in it, what its answer says, and what it does not.
ASKED = (
    # whether a treatment hurts is not whether it helps; how long it lasts, not how one ends
    (
        "Hemifacial spasm since 2021, next week my first botox. Do botox injections hurt?",
        "where the needle goes in",
        "what often helps",
    ),
    (
        "Half of my face has pulled up for three years. They offer botox. How long does it last?",
        "12 to 18 weeks",
        "pregnancy",
    ),
    # whether an illness hurts, why it does something, how common it is, whether it is inherited
    ("I have hemifacial spasm. Is hemifacial spasm painful?", "does not hurt", "likely"),
    ("Why does hemifacial spasm go on in sleep? I have had it a year.", "says why", "likely"),
    ("I was told it's blepharospasm. How rare is it?", "cases in", "No source"),
    (
        "My chin quivers when I'm stressed, my dad's did too. Does it run in the family?",
        "one parent",
        "No source",
    ),
    ("I have blepharospasm and so had my aunt. Is it hereditary?", "one in four", "No source"),
    # may one drive with it, before whether it is dangerous
    ("Both my eyes keep squeezing shut. Is it safe to drive?", "not driving", "No emergency"),
    # whether it may be the coffee is no request for leave to have some
    (
        "My eyelid has twitched all week, I drink five coffees. Is it the coffee?",
        "may",
        "Better not",
    ),
    ("My eyelid has twitched all week. Is it ok to have coffee?", "Better not", "No source"),
    # half of a face is no half of a dose
    ("My face twitches. Can stress alone make half of the face twitch?", "stress", "prescribed"),
    # what there is against an illness is not whether a medicine did it
    (
        "Clozapine for years, now tardive dyskinesia. Is there any medicine for it?",
        "what often helps is a medicine that lowers dopamine",
        "nor rules it out",
    ),
    (
        "Bell's palsy two years ago, now my eye shuts when I smile. Will exercises help?",
        "retraining",
        "speaks against",
    ),
    # both halves of a question that asks for two things; one answer, once
    (
        "My eyelid pulses, I sleep badly. What can I do to stop it, and when should I see someone?",
        "What may help: getting plenty of sleep",
        "No source",
    ),
    # what an operation may do is no question what one has, nor what one can do for oneself
    (
        "I have an appointment for microvascular decompression in May. What could go wrong?",
        "a loss of hearing and a stroke",
        "twitch",
    ),
    (
        "I have hemifacial spasm, they offer microvascular decompression. Can I lose my hearing?",
        "a loss of hearing",
        "No source",
    ),
    # how soon a treatment works is not how long an illness lasts
    (
        "I have blepharospasm. How long does botox last, and how long before it works?",
        "about four days",
        "No source",
    ),
    ("Palsy in 2019, now my lid twitches. Does Bell's palsy come back?", "one in ten", "No source"),
    # whether one may take something is not whether one should stop what is prescribed
    (
        "My eyelid flickers, I am up with the baby. Is it safe to take magnesium tablets?",
        "no effect of magnesium",
        "prescribed",
    ),
    # what a source links is never said to be linked by none
    ("My eyelid twitches. Do screens cause eyelid twitches?", "Yes: prolonged", "No source"),
    # what helps against a harmless illness that is named is told, also without medicine
    (
        "My brother has Tourette's and grimaces. What helps tics apart from tablets?",
        "training that helps to manage tics",
        "No source",
    ),
    # a treatment that is only spoken of is the one whose effect is asked for
    (
        "I was told I have hemifacial spasm. They want to start botox. How long before it works?",
        "about four days",
        "No source",
    ),
    (
        "I have hemifacial spasm, botox is planned. What if it doesn't work?",
        "move a blood vessel",
        "botulinum",
    ),
    # whether it harms the baby is not whether a medicine is safe for it
    (
        "I'm 28 weeks pregnant and my eyelid jumps. Is it bad for the baby?",
        "harms a baby",
        "safe",
    ),
    # what a result rules out is not whether the test is called for
    (
        "My MRI was normal. My cheek twitches for 4 months. Does a normal MRI rule out anything?",
        "speaks against",
        "Yes",
    ),
    # one word names what was told
    (
        "My eyelid twitches after nine hours at the screen. Is it the screen?",
        "hours at a screen",
        "alcohol",
    ),
    (
        "I came off diazepam ten days ago, my face twitches and I can't sleep. Is this withdrawal?",
        "ruled out by a doctor",
        "nerve cells lack rest",
    ),
    # an implant is what was put in, and no contraceptive unless it is called one
    (
        "I had a hearing implant put into my left ear and my eye twitches. Is it the implant?",
        "of the operation",
        "contraceptive",
    ),
    # why just there is no question for a cause; what to tell a doctor none for help
    ("My eyelid twitches. Why only the left eye?", "just there", "alcohol"),
    ("My cheek twitches for 6 weeks. What should I tell my doctor?", "since when", "No source"),
    # what can make it worse is not what helps
    (
        "Botox in my forehead 3 weeks ago, now my lid droops. Can botox make it worse?",
        "drooping eyelid",
        "may help",
    ),
    # heredity is no outlook, and no source denies what another line tells
    ("He died in March. Since then my lip and cheek tremble. Will it pass?", "how long", "parent"),
    (
        "My eyelid twitches, I am so stressed at work. Should I do deep breathing?",
        "eep breathing",
        "No source",
    ),
    # when to worry, and how long to wait, are no questions for how bad it is
    ("My eyelid jumps for two days. When should I get worried?", "warning signs", "Probably"),
    # whether it grows is not whether something helps
    (
        "I have a vestibular schwannoma and my eyelid twitches now. Does that mean it's growing?",
        "gets worse",
        "as a help",
    ),
    # checked is seen by a doctor; a sign that is there is not put as one to look out for
    (
        "My ring and little fingers go numb at night, for two years. Do I need this checked?",
        "Yes, without hurry",
        "calls for a test",
    ),
    (
        "For two years I wake with numb hands. Can tight muscles make you numb, is it serious?",
        "No emergency",
        "If you notice",
    ),
    # the illness that is feared is the one that is weighed; who somebody is makes none likely
    ("My thumb twitches, I'm scared I have MS. Can you help?", "Multiple sclerosis", "Motor"),
    ("My hands shake when I hold a cup, I'm sure it's Parkinson's.", "Parkinson's", "Motor"),
    ("My calf twitches. I'm terrified it's ALS. What can I do?", "Motor neurone", "a cramp"),
    (
        "Is clearing your throat all the time a kind of Tourettes? What syndrome would this be? "
        "My daughter clears hers about twice a minute. It is constant.",
        "too little to tell",
        "it is likely",
    ),
    # what the difference is between is what was spoken of before
    (
        "I have essential tremor. My family is sure it's Parkinson's. What is the difference?",
        "What speaks for Parkinson's disease: shaking at rest",
        "No emergency",
    ),
    # what was missing: the jerk on falling asleep, the nerve of the last two fingers
    ("My whole body jerks as I fall asleep. What is that?", "a jerk on falling asleep", "spasm"),
    (
        "For years I wake with numb hands, only the last two fingers of both. What is it?",
        "pressed on at the elbow",
        "wrist",
    ),
    ("My hands shake when I hold a cup. Is there any medicine for it?", "propranolol", "left to"),
    ("Botox three weeks ago, now my lid droops. What is it?", "botulinum", "Nothing"),
)


@pytest.mark.parametrize(("text", "said", "unsaid"), ASKED, ids=lambda value: value[-40:])
def test_a_question_is_answered_by_its_own_kind(
    graph: kg.Graph, text: str, said: str, unsaid: str
) -> None:
    told = " ".join(each.text for each in graph.explain(text).summary.answers)
    assert said in told
    assert unsaid not in told
    assert "name it yourself" not in told


@pytest.mark.parametrize(
    "question",
    ["Is the twitch good news?", "Can I fly tomorrow?", "Does it run in families?", "Is he right?"],
)
def test_in_an_emergency_nothing_goes_before_help(graph: kg.Graph, question: str) -> None:
    told = graph.explain(f"My mouth dropped an hour ago, my arm is weak. {question}").summary
    words = " ".join(each.text for each in told.answers)
    assert "help" in words.lower() or "Not now" in words
    assert "speaks against it" not in words


@pytest.mark.parametrize(
    "question",
    ["Can I go running?", "Can I fly tomorrow?", "Is it bad for the baby?", "Can I go to work?"],
)
def test_what_was_not_understood_reassures_about_nothing(graph: kg.Graph, question: str) -> None:
    text = f"My lip twitches and my ribs are zorbing and jangling. {question}"
    told = graph.explain(text)
    assert told.urgency.level == "unclear"
    assert "not all was understood" in told.summary.answers[0].text


def test_a_clinician_is_not_told_to_ask_whoever_prescribes(graph: kg.Graph) -> None:
    told = graph.explain("Patient 61 y, left HFS, 3 y, on botulinum toxin. Raise the dose?").summary
    words = " ".join(each.clinical for each in told.answers)
    assert "who prescribed it" not in words
    assert "botulinum" in words.lower()


WHOSE = (  # what becomes of children is for children, of the pregnant for the pregnant
    ("My son is 7 and has tics, says the doctor. Will he grow out of it?", "children", True),
    ("I'm 40 and have tics since childhood that I can hold back. Will they go away?", "18", False),
    ("My daughter (6) has had Bell's palsy for a week. Will it get better?", "children", True),
    ("I'm a man of 50 with Bell's palsy for a week. Will it get better?", "children", False),
    ("I'm 30 weeks pregnant with Bell's palsy for a week. Will it get better?", "pregnancy", True),
    ("I'm a woman of 30 with Bell's palsy for a week. Will it get better?", "pregnancy", False),
)


@pytest.mark.parametrize(("text", "said", "told"), WHOSE, ids=lambda value: str(value)[-30:])
def test_what_becomes_of_others_is_not_told_to_somebody(
    graph: kg.Graph, text: str, said: str, told: bool
) -> None:
    summary = graph.explain(text).summary
    words = " ".join(each.text for each in (*summary.answers, *summary.likely))
    assert (said in words) == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bell's palsy since four weeks, my cheek twitches. Will the movement come back?", "lasts"),
        ("I have Bell's palsy. Will it come back?", "returns"),
        ("Blepharospasm for six years. Why does the botox not work any more?", "antibodies"),
        ("Why does magnesium not help my eyelid twitch?", "no effect of magnesium"),
        ("My mouth corner jerks. Can that lead to paralysis?", "No source here says that"),
        ("My lid twitches. Can too much coffee lead to a lid twitch?", "It may."),
        ("My cheek twitched and magnesium helped. May I rely on it?", "passed by itself"),
    ],
)
def test_an_answer_is_to_what_was_asked(graph: kg.Graph, text: str, said: str) -> None:
    assert said in graph.explain(text).summary.answers[0].text


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("He takes lithium, he is confused, trembling and vomiting. Give the next tablet?", True),
        ("On haloperidol for years, fever 40, stiff all over. Shall I take the next dose?", True),
        ("She takes ramipril. Her face just drooped and she slurs. Give the next dose?", False),
        ("My eyelid twitches and I take levothyroxine. Shall I take the next dose?", False),
    ],
)
def test_only_the_next_dose_of_what_is_suspected_waits(
    graph: kg.Graph, text: str, waits: bool
) -> None:
    told = " ".join(a.text for a in graph.explain(text).summary.answers)
    assert ("no further dose" in told.lower()) is waits


def test_every_question_has_a_line_in_an_emergency(graph: kg.Graph) -> None:
    text = (
        "My face drooped an hour ago and my speech is slurred. Is it Bell's palsy? "
        "Should I take aspirin? Can I drive to the hospital?"
    )
    summary = graph.explain(text).summary
    assert len(summary.answers) == 3
    assert not any(a.text.startswith("Yes") for a in summary.answers)


def test_what_help_comes_first_for_is_told_once_in_an_emergency(graph: kg.Graph) -> None:
    told = graph.explain(
        "When my brother talks his nose twitches and his speech is slurred since today. What is "
        "it and where do we start? A friend says brain CT, is a CT safe? or blood tests first?"
    ).summary.answers
    assert len({each.text for each in told}) == len(told) < 4
    assert told[-1].lead.count("“") == 2


def test_after_a_fit_it_is_another_one_that_must_not_wait(graph: kg.Graph) -> None:
    told = graph.explain("I had a seizure last week and my hand twitches; the doctor knows.")
    assert any("several fits" in sign.text for sign in told.summary.signs)
    calm = graph.explain("My eyelid has been twitching for two weeks.")
    assert not any("fits" in sign.text for sign in calm.summary.signs)
