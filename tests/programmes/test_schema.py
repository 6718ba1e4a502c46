import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.programmes.enums import DocumentKind, InterviewArea, VariantKind
from dorobek.programmes.schema import SHIPPED, SchemaError, dump_rules, load_rules, shipped_rules, shipped_rules_json


def faults(data: Any) -> dict[str, str]:
    with pytest.raises(SchemaError) as error:
        load_rules(data)
    return {one.path: one.message for one in error.value.errors}


@pytest.mark.parametrize("code", SHIPPED)
def test_every_shipped_programme_loads_and_dumps_to_the_same(code: str) -> None:
    rules = shipped_rules(code)
    assert rules.identity.code == code
    again = load_rules(json.loads(json.dumps(dump_rules(rules))))
    assert again == rules
    assert dump_rules(again) == dump_rules(rules)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_shipped_programme_has_full_question_banks(code: str) -> None:
    rules = shipped_rules(code)
    for area, least in ((InterviewArea.EDUCATION, 12), (InterviewArea.WORK, 19), (InterviewArea.PERSONAL, 10)):
        spec = rules.area(area)
        assert spec is not None
        assert len(spec.questions) >= least
        assert (spec.notice is not None) == (area is InterviewArea.PERSONAL)
        assert all(question.text.pl.endswith(("?", ".")) for question in spec.questions)
    assert rules.plan is not None
    assert len(rules.plan.questions) == 8
    assert sum(question.of_method for question in rules.plan.questions) == 3


@pytest.mark.parametrize("code", SHIPPED)
def test_no_text_is_the_same_in_both_languages(code: str) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict) and set(value) == {"pl", "en"}:
            assert value["pl"] != value["en"]
        elif isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(shipped_rules_json(code))


def test_the_three_programmes_differ_where_it_matters() -> None:
    source, online, centre = (shipped_rules(code) for code in SHIPPED)
    assert source.vouchers is not None
    assert (source.vouchers.own_share_percent, source.vouchers.total_grosze) == (13, 270_000)
    assert centre.vouchers is None
    assert centre.support_number is None
    assert (source.meetings.total_minutes_from, source.meetings.total_minutes_to) == (270, 300)
    assert {one.code for one in online.time.deadlines} >= {"sign-form", "papers", "first-part"}
    assert centre.document(DocumentKind.FEEDBACK_REPORT) is None
    kinds = [{section.kind for section in rules.card.sections} for rules in (source, centre)]
    assert kinds[0] != kinds[1]
    basic = source.variant(VariantKind.BASIC)
    assert basic is not None
    assert basic.documents == (DocumentKind.PARTICIPANT_CARD, DocumentKind.DIRECTION)


def test_all_faults_are_named_at_once_in_polish() -> None:
    data = shipped_rules_json("moj-kierunek")
    data["identity"]["name"] = {"pl": "Nazwa", "en": " "}
    data["identity"]["code"] = "Nie Kod"
    data["meetings"]["max_count"] = "sześć"
    data["variants"][1]["documents"][0] = "wiersz"
    data["eligibility"]["rule"]["of"][0]["rule"] = "horoscope"
    data["time"]["audit_months"] = 99
    data["oops"] = 1
    del data["card"]
    found = faults(data)
    assert set(found) == {
        "oops",
        "identity.name.en",
        "identity.code",
        "meetings.max_count",
        "variants[1].documents[0]",
        "eligibility.rule.of[0].rule",
        "time.audit_months",
        "card",
    }
    assert found["card"] == "Brakuje tego pola."
    assert found["time.audit_months"] == "Tu powinna być liczba od 1 do 36."
    assert all(message.endswith(".") for message in found.values())


def test_faults_across_fields_are_named_together() -> None:
    data = shipped_rules_json("moj-kierunek")
    data["meetings"]["min_count"] = 5
    data["consents"].append(copy.deepcopy(data["consents"][0]))
    data["eligibility"]["rule"]["of"][1]["prefixes"] = ["99"]
    data["eligibility"]["rule"]["of"][2]["of"][2]["of"][0]["min"] = 16
    data["card"]["registration_fields"].append({"code": "shoe-size"})
    data["support_number"]["pattern"] = "bez numeru"
    data["time"]["deadlines"][0]["months"] = 2
    data["behavioural"] = None
    found = faults(data)
    assert set(found) == {
        "eligibility.rule (region)",
        "eligibility.rule (age-18-24)",
        "behavioural",
        "time.deadlines[0]",
        "meetings.max_count",
        "consents",
        "card.registration_fields",
        "support_number.pattern",
    }
    assert "18 lat" in found["eligibility.rule (age-18-24)"]


@pytest.mark.parametrize("data", [None, [], "text", 5, {}])
def test_what_is_no_programme_at_all_is_refused(data: Any) -> None:
    assert faults(data)


def test_rules_nested_without_end_are_refused_not_followed() -> None:
    node: dict[str, Any] = {"rule": "disability", "code": "last"}
    for number in range(200):
        node = {"rule": "all", "code": f"n{number}", "of": [node]}
    data = shipped_rules_json("ucze-sie-dalej")
    data["eligibility"]["rule"] = node
    assert any("zbyt głęboko" in message for message in faults(data).values())


JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just([]), st.just({}), st.just([{}]))


@given(st.sampled_from(SHIPPED), st.data())
def test_any_part_replaced_by_junk_gives_a_named_fault_or_still_loads(code: str, draw: st.DataObject) -> None:
    data = shipped_rules_json(code)
    place: Any = data
    for _depth in range(draw.draw(st.integers(1, 6))):
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place))) if isinstance(place, list) else []
        if not keys:
            break
        key = draw.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or draw.draw(st.booleans()):
            place[key] = draw.draw(JUNK)
            break
        place = place[key]
    try:
        load_rules(data)
    except SchemaError as error:
        assert all(one.message for one in error.errors)  # noqa: PT017
