"""Phenopackets and FHIR resources: what a record states arrives, and nothing is passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import BadInput
from kg.records import read_record

PACKET: dict[str, Any] = {
    "id": "example",
    "subject": {
        "id": "1",
        "sex": "FEMALE",
        "timeAtLastEncounter": {"age": {"iso8601duration": "P34Y2M"}},
    },
    "phenotypicFeatures": [
        {
            "type": {"id": "HP:0000317", "label": "Facial myokymia"},
            "onset": {"age": {"iso8601duration": "P34Y1M"}},
        },
        {"type": {"id": "HP:0000643", "label": "Blepharospasm"}, "excluded": True},
        {"type": {"id": "HP:9999999", "label": "Quux of the fooble"}},
        {
            "type": {"id": "HP:0000", "label": "headache"},
            "resolution": {"age": {"iso8601duration": "P30Y"}},
        },
    ],
    "diseases": [{"term": {"id": "MONDO:0005301", "label": "multiple sclerosis"}}],
    "medicalActions": [{"treatment": {"agent": {"id": "X:1", "label": "sertraline"}}}],
}


def coded(text: str, code: str = "0") -> dict[str, Any]:
    return {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": text}]}


def observed(about: str, **value: Any) -> dict[str, Any]:
    return {"resourceType": "Observation", "status": "final", "code": coded(about), **value}


def test_a_phenopacket_arrives_whole(graph: kg.Graph) -> None:
    record = read_record(graph, PACKET)
    case = graph.explain(**record.case).case
    myokymia = next(f for f in case.findings if f.id == "ft:facial-myokymia")
    assert myokymia.duration_days == 30
    assert "ft:blepharospasm" in case.absent()
    assert case.person.age_years == 34
    assert case.person.sex == "female"
    assert "ft:multiple-sclerosis" in {k.id for k in case.known if k.told}
    assert [m.change for m in case.medicines] == ["taking"]
    assert "ft:headache" not in case.present()
    # What nobody here knows is read as words, and told.
    assert any("Quux" in note for note in record.notes)
    assert any("Quux" in left for left in case.unrecognised)


def test_answers_to_a_questionnaire_arrive(graph: kg.Graph) -> None:
    asked = {
        "resourceType": "QuestionnaireResponse",
        "item": [
            {
                "linkId": "1",
                "text": "Does your eyelid twitch?",
                "answer": [{"valueBoolean": True}],
            },
            {
                "linkId": "2",
                "text": "Is one side of your face weak?",
                "answer": [{"valueBoolean": False}],
            },
            {
                "linkId": "3",
                "text": "About you",
                "item": [
                    {
                        "linkId": "3.1",
                        "text": "Else?",
                        "answer": [{"valueString": "I sleep badly"}],
                    },
                    {
                        "linkId": "HP:0002315",
                        "text": "Headache",
                        "answer": [{"valueCoding": {"code": "N", "display": "No"}}],
                    },
                ],
            },
        ],
    }
    case = graph.explain(**read_record(graph, asked).case).case
    assert {"ft:eyelid-twitching", "ft:sleep-deprivation"} & {*case.present()}
    assert "ft:eyelid-twitching" in case.present()
    assert {"ft:facial-weakness", "ft:headache"} <= {*case.absent()}


def test_a_bundle_with_warning_signs_is_an_emergency_and_its_calm_twin_is_not(
    graph: kg.Graph,
) -> None:
    signs = ("Facial droop", "Slurred speech")

    def told(present: bool) -> str:
        entries = [
            observed("eyelid twitching"),
            *(observed(s, valueBoolean=present) for s in signs),
        ]
        bundle = {"resourceType": "Bundle", "entry": [{"resource": each} for each in entries]}
        return graph.explain(**read_record(graph, bundle).case).urgency.level

    assert told(True) == "emergency"
    assert told(False) == "self-care"


@pytest.mark.parametrize(
    ("resource", "present", "absent"),
    [
        (observed("Headache", valueCodeableConcept=coded("Present")), {"ft:headache"}, set()),
        (observed("Headache", valueCodeableConcept=coded("Absent")), set(), {"ft:headache"}),
        (observed("Finding", valueCodeableConcept=coded("Headache")), {"ft:headache"}, set()),
        (observed("Headache", dataAbsentReason=coded("Unknown")), set(), set()),
        ({**observed("Headache"), "status": "entered-in-error"}, set(), set()),
        (
            {
                "resourceType": "Condition",
                "code": coded("Headache"),
                "verificationStatus": coded("r", "refuted"),
            },
            set(),
            {"ft:headache"},
        ),
    ],
)
def test_what_is_observed_is_what_its_value_says(
    graph: kg.Graph, resource: Any, present: set[str], absent: set[str]
) -> None:
    entries = [{"resource": each} for each in (observed("Nostril twitching"), resource)]
    record = read_record(graph, {"resourceType": "Bundle", "entry": entries})
    assert {*record.findings} == {"ft:nostril-twitching", *present}
    assert {*record.absent} == absent


@pytest.mark.parametrize(
    "data",
    [
        [],
        {},
        {"resourceType": "Bundle"},
        {"resourceType": "Claim"},
        {"phenotypicFeatures": "headache"},
        {"phenotypicFeatures": [{"type": {"id": 5}}]},
        {"phenotypicFeatures": [PACKET["phenotypicFeatures"][0]] * 300},
    ],
)
def test_what_states_nothing_is_refused(graph: kg.Graph, data: object) -> None:
    with pytest.raises(BadInput):
        read_record(graph, data)


def test_a_record_is_explained_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "packet.json"
    file.write_text(json.dumps(PACKET), encoding="utf-8")
    done = CliRunner().invoke(app, ["explain", "--phenopacket", str(file), "--json"])
    assert "Quux" in done.stderr
    found = {f["id"] for f in json.loads(done.stdout)["case"]["findings"]}
    assert "ft:facial-myokymia" in found
    file.write_text("{", encoding="utf-8")
    wrong = CliRunner().invoke(app, ["explain", "--fhir", str(file)])
    assert (wrong.exit_code, wrong.stderr[:9]) == (2, "error: th")
