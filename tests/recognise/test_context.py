"""What a text tells beside the findings, in many voices: tables drawn up before the rules."""

from __future__ import annotations

import pytest

from kg.recognise.recogniser import Recogniser


@pytest.fixture(scope="module")
def read(recogniser: Recogniser):  # type: ignore[no-untyped-def]
    return recogniser.recognise


# text | whose | age | sex | pregnant | band
PERSONS = [
    ("62F, 3/52 left facial twitching.", "patient", 62, "female", None, "adult"),
    ("71M with twitching of the left cheek", "patient", 71, "male", None, "older"),
    ("My 12 yr old keeps blinking hard.", "child", 12, None, None, "child"),
    ("My 12 yr old son keeps blinking hard.", "child", 12, "male", None, "child"),
    ("25 and I still have my facial tics", "self", 25, None, None, "adult"),
    ("I'm 31 and my eyelid twitches", "self", 31, None, None, "adult"),
    ("im 15 and my eye keeps twitching lol", "self", 15, None, None, "teenager"),
    (
        "A 6 week old whose chin trembles when she cries",
        "patient",
        6 / 52,
        "female",
        None,
        "infant",
    ),
    ("our 5 day old baby has a twitching lip", "child", 5 / 365, None, None, "newborn"),
    ("A woman in her fifties with lip twitching.", "patient", None, "female", None, "adult"),
    ("34 yo woman, eyelid twitching for a week", "patient", 34, "female", None, "adult"),
    ("I'm a 28 year old male, my cheek twitches", "self", 28, "male", None, "adult"),
    ("I am 24 weeks pregnant and my eyelid twitches", "self", None, "female", True, None),
    ("My wife is pregnant and her eyelid twitches", "partner", None, "female", True, None),
    ("My wife 34 weeks, bad headache since last night", "partner", None, "female", True, None),
    ("I'm 28wks and my eyelid twitches", "self", None, "female", True, None),
    ("I'm 6 weeks into a new job and my eyelid twitches", "self", None, None, None, None),
    ("I'm not pregnant. My eyelid twitches.", "self", None, None, False, None),
    ("My mum is 78 and her cheek has been twitching", "parent", 78, "female", None, "older"),
    ("my husband (45) has a twitching eyelid", "partner", 45, "male", None, "adult"),
    ("my toddler keeps scrunching his nose", "child", None, "male", None, "child"),
    ("My eye twitches. My 18-month-old never sleeps.", "self", None, None, None, None),
    ("In my mid-40s, lower lid twitching", "self", None, None, None, "adult"),
    ("My dad has a drooping face. He is 81.", "parent", 81, "male", None, "older"),
    ("My eyelid twitches for 3 days", "self", None, None, None, None),
    ("Hi all, 29m here, twitches in my cheek", "self", 29, "male", None, "adult"),
    ("I (34F) have had a twitching lip for 5 days.", "self", 34, "female", None, "adult"),
    ("I am sixty-four years of age and my cheek jumps", "self", 64, None, None, "adult"),
    ("My dad was 60 when his face drooped. My eyelid twitches.", "self", None, None, None, None),
    ("my 3yo has started scrunching up his nose", "child", 3, "male", None, "child"),
    ("He's 15 months and shakes his head a lot", "child", 450 / 365, "male", None, "child"),
    ("Wife here. He is 50 and his calves twitch", "partner", 50, "male", None, "adult"),
    ("my best mate (24) has a twitch in his jaw", "friend", 24, "male", None, "adult"),
    ("Pt is a 72 yo gentleman, R facial droop, known AF", "patient", 72, "male", None, "older"),
    ("30 weeks gone, face numb on the left side", "self", None, "female", True, None),
]

# text | {id: status}
KNOWN = [
    ("was told its bfs couple years ago", {"ft:benign-fasciculation-syndrome": "named"}),
    ("I have oromandibular dystonia and my lip pulls", {"ft:jaw-mouth-dystonia": "named"}),
    ("Diagnosed with MS in 2019, my cheek twitches", {"ft:multiple-sclerosis": "named"}),
    (
        "PMH: asthma, type 2 diabetes, hypertension. Eyelid twitching 2/52.",
        {
            "ft:asthma": "named",
            "ft:diabetes-mellitus": "named",
            "ft:hypertension": "named",
        },
    ),
    ("They think it is a stroke, his face droops", {"ft:stroke": "suspected"}),
    ("Is it ALS? My lip twitches", {}),
    ("I'm scared it's MS, my eyelid twitches", {}),
    ("MS ruled out. My cheek twitches.", {}),
    ("My mum has epilepsy. My eyelid twitches.", {}),
    ("No history of epilepsy or diabetes, just an eyelid twitch", {}),
    ("i've got adhd and my eye twitches", {"ft:attention-deficit-disorder": "named"}),
    (
        "I have OCD so I blamed that. My eyelid twitches",
        {"ft:obsessive-compulsive-disorder": "named"},
    ),
    ("I'd add that my eyelid twitches", {}),
    ("Our boy has rolandic seizures and his mouth twitches", {"ft:epilepsy": "named"}),
    ("hypothyroid, on levo, eyelid twitching", {"ft:hypothyroidism": "named"}),
    ("the doctor suspects tetanus, jaw is stiff", {"ft:tetanus": "suspected"}),
    ("All I see is ALS since my lip twitches", {}),
    ("I had endophthalmitis and my lid twitches", {"ft:other-illness": "named"}),
    ("Diagnosed with Zorbo syndrome, my lid twitches", {"ft:other-illness": "named"}),
]  # fmt: skip

# text | [(name, id, change, days or None)]
MEDICINES = [
    ("My eyelid twitches. I started Zoloft 3 weeks ago.",
     [("Zoloft", "ft:antidepressant", "started", 21)]),
    ("I came off Effexor in May and my lip twitches",
     [("Effexor", "ft:antidepressant", "stopped", None)]),
    ("They upped my dose of lamotrigine last week, eyelid twitches",
     [("lamotrigine", "ft:antiseizure-treatment", "raised", 7)]),
    ("I started taking Xyzolam 20 mg and my cheek jumps", [("Xyzolam", None, "started", None)]),
    ("I'm on 50mg of blahzine and my cheek jumps", [("blahzine", None, "taking", None)]),
    ("Taking metoclopramide for nausea, my jaw is pulling",
     [("metoclopramide", "ft:metoclopramide", "taking", None)]),
    ("The GP dropped me from 125mcg to 75 of levothyroxine; my face twitches",
     [("levothyroxine", "ft:thyroid-hormone", "reduced", None)]),
    ("I ran out of my Lexapro five days ago and my eye twitches",
     [("Lexapro", "ft:antidepressant", "stopped", 5)]),
    ("he's been on ritalin since last month, keeps blinking",
     [("ritalin", "ft:stimulant-medication", "taking", 30)]),
    ("Atorvastatin was started two weeks ago. Eyelid twitching.",
     [("Atorvastatin", "ft:statin", "started", 14)]),
    ("on ramipril and omeprazole, eyelid twitching",
     [("ramipril", "ft:blood-pressure-medicine", "taking", None),
      ("omeprazole", "ft:proton-pump-inhibitor", "taking", None)]),
    ("DH: amlodipine, metformin. Facial twitch 3/7.",
     [("amlodipine", "ft:blood-pressure-medicine", "taking", None),
      ("metformin", "ft:diabetes-medicine", "taking", None)]),
    ("My mum takes lithium. My eyelid twitches.", []),
    ("Not on any medication, never taken antidepressants, eyelid twitches", []),
    ("Should I take diazepam for my eyelid twitch?", []),
    ("I take 150 mg magnesium a day, eyelid twitches",
     [("magnesium", "ft:food-supplement", "taking", None)]),
    ("i stopped the pill 2 months ago, eye twitching",
     [("the pill", "ft:hormonal-contraceptive", "stopped", 60)]),
    ("doubled my venlafaxine a fortnight ago and my lip jumps",
     [("venlafaxine", "ft:antidepressant", "raised", 14)]),
    ("took sertralene for years, eyelid twitches when I was put on sertralene",
     [("sertralene", "ft:antidepressant", "started", None)]),
    ("Switched from sertraline to venlafaxine, my eye twitches",
     [("sertraline", "ft:antidepressant", "stopped", None),
      ("venlafaxine", "ft:antidepressant", "started", None)]),
    ("Week 5 on citalopram, eyelid twitches",
     [("citalopram", "ft:antidepressant", "started", 35)]),
    ("I started Zoloft in spring. They upped it. My eyelid twitches.",
     [("Zoloft", "ft:antidepressant", "started", None),
      ("Zoloft", "ft:antidepressant", "raised", None)]),
    ("My jaw is pulled to one side. Biperiden?", []),
]  # fmt: skip

# text | [(id, site, days)]
EVENTS = [
    ("I had a tooth out 4 days ago and my jaw will not open", [("ft:dental-work", None, 4)]),
    ("Two years ago I had an operation on my left eyelid; it twitches",
     [("ft:operation", "ft:eyelid", 730)]),
    ("Botox in my forehead three weeks ago, eyelid twitches",
     [("ft:botulinum-toxin-injection", "ft:forehead", 21)]),
    ("they gave me a shot for a migraine yesterday and straight away i was twitching",
     [("ft:injection", None, 1)]),
    ("a tick bite last month, now my face droops", [("ft:bite", None, 30)]),
    ("Flu jab on Monday, eyelid twitches", [("ft:vaccination", None, 4)]),
    ("I gave birth 6 weeks ago and my cheek twitches", [("ft:delivery", None, 42)]),
    ("stepped on a rusty nail a week ago, jaw is stiff", [("ft:injury", None, 7)]),
    ("radiotherapy ten years ago, now my cheek ripples", [("ft:radiation", None, 3650)]),
    ("was spraying crops this morning and now everything twitches", [("ft:poisoning", None, 0.5)]),
    ("No recent infection or injury. Eyelid twitching.", []),
    ("I had both lids done in Turkey, now one twitches", [("ft:operation", "ft:eyelid", None)]),
    ("My tumour was removed 15 years ago, cheek twitches", [("ft:operation", None, 5475)]),
    ("My op is booked. Eyelid twitching.", []),
    ("So tense that I bite my lip. Eyelid twitching.", []),
    ("My brother had brain surgery. My eyelid twitches.", []),
]  # fmt: skip

# text | [(id, value, unit, range)] | {implied id: status}
MEASURES = [
    ("calcium 1.9 mmol/L, lips tingle", [("ft:blood-calcium", 1.9, "mmol/L", "low")],
     {"ft:calcium-deficiency": "present"}),
    ("TSH 0.01, eyelid twitches", [("ft:blood-tsh", 0.01, "m[IU]/L", "low")], {}),
    ("sugar 24 and his cheek twitches",
     [("ft:blood-sugar", 24, "mmol/L", "high"), ("ft:blood-sugar", 24, "mg/dL", "low")], {}),
    ("sugar 28.5 and his cheek twitches", [("ft:blood-sugar", 28.5, "mmol/L", "high")], {}),
    ("Mg 0.6, cheek twitches", [("ft:blood-magnesium", 0.6, "mmol/L", "low")],
     {"ft:magnesium-deficiency": "present"}),
    ("my potassium was 3.1 and my eyelid twitches",
     [("ft:blood-potassium", 3.1, "mmol/L", "low")], {"ft:potassium-deficiency": "present"}),
    ("calcium 9.6 mg/dL, eyelid twitches", [("ft:blood-calcium", 9.6, "mg/dL", "normal")],
     {"ft:calcium-deficiency": "absent"}),
    ("TSH normal, eyelid twitches", [("ft:blood-tsh", None, None, "normal")], {}),
    ("TSH 0.02 mIU/L, eyelid twitches", [("ft:blood-tsh", 0.02, "m[IU]/L", "low")], {}),
    ("bp 150/90, eyelid twitches",
     [("ft:upper-blood-pressure", 150, "mm[Hg]", "high"),
      ("ft:lower-blood-pressure", 90, "mm[Hg]", "normal")], {}),
    ("temp 39.2 and his face jerks", [("ft:body-temperature", 39.2, "Cel", "high")],
     {"ft:high-temperature": "present"}),
    ("temperature of 103 F, jaw jerks", [("ft:body-temperature", 103, "[degF]", "high")],
     {"ft:high-temperature": "present"}),
    ("I take magnesium 400 mg, eyelid twitches", [], {}),
    ("I take 150 mg magnesium, eyelid twitches", [], {}),
    ("Ca 1.26, Mg 0.24, lips twitch",
     [("ft:blood-calcium", 1.26, "mmol/L", "low"), ("ft:blood-magnesium", 0.24, "mmol/L", "low")],
     {"ft:calcium-deficiency": "present", "ft:magnesium-deficiency": "present"}),
]  # fmt: skip

# text | [(kind, ids that it is about, those that matter)]
QUESTIONS = [
    ("My eyelid twitches. Is it ALS?",
     [("is-it-condition", {"ft:amyotrophic-lateral-sclerosis"})]),
    ("My eyelid twitches. What is this?", [("what-is-it", set())]),
    ("Why does my eyelid twitch?", [("cause", set())]),
    ("eyelid twitches for days, is this smth bad", [("danger", set())]),
    ("My lip twitches. Should I be worried", [("danger", set())]),
    ("My eyelid twitches, how long will it last?", [("how-long", set())]),
    ("My eyelid twitches. Does magnesium help?", [("does-remedy-help", set())]),
    ("I take Reglan and my lid twitches. Should I stop it?",
     [("should-stop-medicine", {"ft:metoclopramide"})]),
    ("I take Zoloft. Should I stop taking the Zoloft? My lip twitches.",
     [("should-stop-medicine", {"ft:antidepressant"})]),
    ("My cheek twitches, which doctor should I see?", [("which-doctor", set())]),
    ("My cheek twitches. Do I need an MRI?", [("test", set())]),
    ("My cheek twitches, anything i can do", [("what-to-do", set())]),
    ("I was wondering if it could be MS, my cheek twitches.",
     [("is-it-condition", {"ft:multiple-sclerosis"})]),
    ("I'd like to know whether it is dangerous. My lid twitches.", [("danger", set())]),
    ("My lid twitches. Could stress cause this?", [("cause", {"ft:stress"})]),
    ("My lid twitches. Is it the coffee?", [("cause", {"ft:caffeine"})]),
    ("My lid twitches. Will it go away on its own?", [("how-long", set())]),
    ("My lid twitches. Has anyone else had this?", [("other", set())]),
    ("Where does it come from, what can I do about it, and is it dangerous? My lid jumps.",
     [("cause", set()), ("what-to-do", set()), ("danger", set())]),
    ("My lid twitches when I smile. It is still there.", []),
    ("What helps is sleep. My lid twitches.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "whose", "age", "sex", "pregnant", "band"), PERSONS)
def test_person(read, text, whose, age, sex, pregnant, band):  # type: ignore[no-untyped-def]
    person = read(text).person
    assert person.whose == whose
    assert person.age_years == (None if age is None else pytest.approx(age, abs=0.01))
    assert (person.sex, person.pregnant, person.band) == (sex, pregnant, band)


@pytest.mark.parametrize(("text", "wanted"), KNOWN)
def test_known(read, text, wanted):  # type: ignore[no-untyped-def]
    assert {k.id: k.status for k in read(text).known} == wanted


@pytest.mark.parametrize(("text", "wanted"), MEDICINES)
def test_medicines(read, text, wanted):  # type: ignore[no-untyped-def]
    found = read(text).medicines
    assert [(m.name, m.id, m.change) for m in found] == [w[:3] for w in wanted]
    assert [m.days_ago for m in found] == [pytest.approx(w[3]) if w[3] else None for w in wanted]


@pytest.mark.parametrize(("text", "wanted"), EVENTS)
def test_events(read, text, wanted):  # type: ignore[no-untyped-def]
    assert [(e.id, e.site, e.days_ago) for e in read(text).events] == wanted


@pytest.mark.parametrize(("text", "wanted", "implied"), MEASURES)
def test_measures(read, text, wanted, implied):  # type: ignore[no-untyped-def]
    case = read(text)
    assert [(m.id, m.value, m.unit, m.range) for m in case.measures] == wanted
    status = {f.id: f.status for f in case.findings}
    assert {name: status.get(name) for name in implied} == implied


@pytest.mark.parametrize(("text", "wanted"), QUESTIONS)
def test_questions(read, text, wanted):  # type: ignore[no-untyped-def]
    asked = read(text).asked
    if wanted is None:
        return
    assert [q.kind for q in asked] == [kind for kind, _ in wanted]
    for question, (_, about) in zip(asked, wanted, strict=True):
        assert about <= set(question.about)


def test_what_is_asked_is_not_read_by_being_asked(read):  # type: ignore[no-untyped-def]
    case = read("Is it normal that my right arm is blorping? My eyelid twitches.")
    assert any("blorping" in part for part in case.unrecognised)


def test_a_grave_event_still_has_to_be_read_as_a_sign(read):  # type: ignore[no-untyped-def]
    case = read("My son drank bleach this morning and his face twitches")
    assert [e.id for e in case.events] == ["ft:poisoning"]
    assert "ft:poison-taken" in case.present()


def test_words_of_the_slots_count_as_read(read):  # type: ignore[no-untyped-def]
    case = read("I'm 31, asthmatic, started Zoloft 50 mg 3 weeks ago, my eyelid twitches")
    assert case.unrecognised == ()


@pytest.mark.parametrize(
    ("text", "denied", "told"),
    [
        ("No trauma, rash or fever, my lid twitches", "head-injury rash high-temperature", ""),
        ("My lid twitches and I have not lost weight", "weight-loss", ""),
        ("My lid twitches. Nobody in my family has it", "family-history-of-same-movement", ""),
        ("My lid twitches, no drift, fields full", "arm-weakness vision-loss", ""),
        ("My cheek twitches. Both arms lift", "arm-weakness", ""),
        ("My cheek twitches and she could no longer walk straight", "", "gait-trouble"),
        ("My cheek twitches. Raising both arms is impossible", "", "arm-weakness"),
    ],
)
def test_what_is_well_is_denied_unless_the_text_takes_it_back(read, text, denied, told):  # type: ignore[no-untyped-def]
    found = {f.id.partition(":")[2]: f.status for f in read(text).findings}
    assert {name: found.get(name) for name in denied.split()} == dict.fromkeys(
        denied.split(), "absent"
    )
    assert all(found.get(name) == "present" for name in told.split())


@pytest.mark.parametrize(
    "text",
    [
        "I was on klonopin daily for 6 years and quit a week ago, now my face twitches.",
        "I dropped the diazepam last week, took it for years. Twitchy eyelid.",
        "I threw my valium in the bin five days ago, twitches all over.",
        "No more ativan since Friday, my eyelids flutter.",
    ],
)
def test_a_calming_medicine_that_was_given_up_lately_is_one(graph, text):  # type: ignore[no-untyped-def]
    assert graph.explain(text).urgency.level == "prompt"


def test_one_that_was_given_up_long_ago_is_none(graph):  # type: ignore[no-untyped-def]
    for text in ("Been off xanax for 6 years, my lid twitches.",
                 "Was on xanax for a year in college, my lid twitches."):  # fmt: skip
        assert graph.explain(text).urgency.level == "self-care"


def test_once_a_day_is_no_overdose(graph):  # type: ignore[no-untyped-def]
    assert graph.explain("My lip twitches, on sertraline 100mg od.").urgency.level == "self-care"
    assert graph.explain("She OD'd on her tablets, her face jerks.").urgency.level == "emergency"
