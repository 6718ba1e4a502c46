"""A micro-credential with every element of the Recommendation, as Open Badges 3.0 (MC-2, MC-3)."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.vc import jsonstrict
from dorobek.vc.badges import building, complete
from dorobek.vc.badges.model import Assessment, Holder, Level, Outcome, Quality, build
from dorobek.vc.badges.terms import CONTEXT, TERMS
from dorobek.vc.errors import VcError
from tests.vc.samples import ACHIEVEMENT, AWARD, BARE, ISSUER


def test_every_mandatory_element_stands_in_the_document():
    made = build(AWARD)
    about, subject = made["credentialSubject"]["achievement"], made["credentialSubject"]
    assert subject["identifier"][0]["identityType"] == "emailAddress"
    assert about["name"] == AWARD.achievement.title
    assert made["issuer"]["address"]["addressCountryCode"] == "PL"
    assert made["issuer"]["address"]["addressRegion"] == "małopolskie"
    assert made["issuer"]["name"] == "Akademia Kasowa"
    assert made["awardedDate"] == "2026-10-01T09:00:00Z"
    assert [one["targetName"] for one in about["alignment"]] == [one.text for one in ACHIEVEMENT.outcomes]
    assert (about["workloadHours"], about["ects"]) == (30, "1.5")
    assert (about["prkLevel"], about["eqfLevel"]) == (3, 3)
    assert about["assessmentType"] == ["practical-task", "interview"]
    assert about["participationForm"] == "blended"
    assert about["qualityAssurance"]
    assert subject["result"][0]["value"] == "dobra"
    assert subject["result"][0]["resultDescription"] == about["resultDescription"][0]["id"]


def test_only_terms_of_our_context_are_used_beside_those_of_the_standards(shared_data):
    """Every other name is one that a published context defines."""
    known = set(TERMS)

    def gather(value):
        if isinstance(value, dict):
            for name, inner in value.items():
                if not name.startswith("@"):
                    known.add(name)
                gather(inner.get("@context") if isinstance(inner, dict) else None)
        elif isinstance(value, list):
            for one in value:
                gather(one)

    for name in ("credentials-v2.jsonld", "ob-v3p0-3.0.3.json"):
        gather(json.loads((shared_data / "contexts" / name).read_text())["@context"])

    def names(value):
        if isinstance(value, dict):
            yield from (name for name in value if not name.startswith("@"))
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from names(inner)

    assert set(names(build(AWARD))) <= known


def test_no_term_of_ours_is_one_of_the_standards(shared_data):
    text = "".join(
        (shared_data / "contexts" / name).read_text() for name in ("credentials-v2.jsonld", "ob-v3p0-3.0.3.json")
    )
    assert not [name for name in TERMS if f'"{name}"' in text]


def test_nothing_empty_and_no_null_is_written():
    written = json.dumps(build(BARE))
    assert "null" not in written
    assert '""' not in written
    assert "[]" not in written
    assert jsonstrict.parse(json.dumps(build(AWARD)))
    assert build(BARE)["@context"][-1] == CONTEXT


def test_the_two_levels_are_one_when_only_one_is_given():
    about = build(BARE)["credentialSubject"]["achievement"]
    assert (about["prkLevel"], about["eqfLevel"]) == (3, 3)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"title": " "}, "name"),
        ({"description": ""}, "description"),
        ({"outcomes": ()}, "alignment"),
        ({"outcomes": (Outcome(""),)}, "alignment[0].targetName"),
        ({"hours": 0}, "workloadHours"),
        ({"hours": -1}, "workloadHours"),
        ({"level": Level()}, "prkLevel"),
        ({"level": Level(prk=9)}, "prkLevel"),
        ({"level": Level(prk=3, eqf=4)}, "eqfLevel"),
        ({"assessment": Assessment(())}, "assessmentType"),
        ({"assessment": Assessment(("guessing",))}, "assessmentType"),
        ({"assessment": Assessment(("interview",), supervision="sometimes")}, "assessmentSupervision"),
        ({"participation": ""}, "participationForm"),
        ({"participation": "by post"}, "participationForm"),
        ({"quality": Quality("")}, "qualityAssurance"),
        ({"criteria": ""}, "criteria.narrative"),
        ({"ects": Decimal("0")}, "ects"),
        ({"ects": Decimal("0.125")}, "ects"),
        ({"ects": Decimal("NaN")}, "ects"),
    ],
)
def test_a_missing_element_stops_publication(change, path):
    made = replace(ACHIEVEMENT, **change)
    assert f"credentialSubject.achievement.{path}" in [fault.path for fault in complete.achievement_faults(made)]
    with pytest.raises(VcError) as raised:
        build(replace(AWARD, achievement=made))
    assert raised.value.path == f"credentialSubject.achievement.{path}"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"holder": Holder()}, "credentialSubject.identifier"),
        ({"holder": Holder(email="a@example.org", salt="short")}, "credentialSubject.identifier[0].salt"),
        ({"issuer": replace(ISSUER, country="Polska")}, "issuer.address.addressCountryCode"),
        ({"issuer": replace(ISSUER, name="")}, "issuer.name"),
        ({"grade": "celująca"}, "credentialSubject.result"),
        ({"valid_until": AWARD.valid_from}, "validUntil"),
        ({"awarded": datetime(2026, 1, 1)}, "awardedDate"),
    ],
)
def test_an_award_that_lacks_something_is_not_built(change, path):
    with pytest.raises(VcError) as raised:
        build(replace(AWARD, **change))
    assert raised.value.path == path


def test_the_hash_of_an_address_is_that_of_the_standard():
    """The example of Open Badges 3.0, IdentityHash."""
    assert building.hashed("a@example.com", "Kosher") == (
        "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
    )


def test_a_holder_is_recognised_by_any_spelling_of_the_address():
    identity = build(AWARD)["credentialSubject"]["identifier"][0]
    assert "zielna" not in json.dumps(identity).lower()
    assert building.is_about(identity, " maria.zielna@EXAMPLE.org")
    assert not building.is_about(identity, "maria.zielony@example.org")
    assert building.is_about({"identity": "x@example.org", "hashed": False}, "X@example.org")


@given(st.decimals(min_value="0.01", max_value=500, places=2))
def test_points_are_written_without_exponent_and_read_back(points):
    made = build(replace(AWARD, achievement=replace(ACHIEVEMENT, ects=points)))["credentialSubject"]["achievement"]
    assert Decimal(made["ects"]) == points
    assert "E" not in made["ects"]
    assert Decimal(str(made["creditsAvailable"])) == points
