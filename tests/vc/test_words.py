"""What a person reads of a credential, whatever its form and however odd."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.vc.words import Words, words
from tests.vc.samples import BARE, document
from tests.vc.test_badges_v2 import BADGE, HOSTED, ISSUER


def test_our_own_credential_says_everything():
    told = words(document())
    assert (told.form, told.title, told.issuer) == ("badge3", "Prowadzenie arkusza kasowego", "Akademia Kasowa")
    assert (told.holder, told.holder_hashed) == ("Maria Zielna", True)
    assert told.able[0].text == "Zapisuje wpłaty i wypłaty w arkuszu"
    assert told.checked == ("zadanie praktyczne", "rozmowa")
    assert told.supervision == "pod nadzorem na miejscu, ze sprawdzeniem tożsamości"
    assert (told.level, told.workload, told.ects, told.grade) == ("PRK 3, EQF 3", 30, "1.5", "Ocena: dobra")
    assert told.valid_until
    assert told.valid_until.year == 2031
    assert told.evidence[0].url == "https://akademia.example.org/dowody/1"
    assert told.participation.startswith("częściowo przez internet")
    assert told.quality_url
    assert told.requirements
    assert told.replaces


def test_the_lists_are_told_in_english_too():
    told = words(document(), "en")
    assert told.checked == ("practical task", "interview")
    assert told.supervision == "supervised on site, identity verified"


def test_what_was_not_said_stays_empty():
    told = words(document(BARE))
    assert (told.holder, told.grade, told.evidence, told.valid_until) == ("", "", (), None)
    assert told.holder_id.startswith("did:key:")


def test_a_european_document_is_read(shared_data):
    told = words(json.loads((shared_data / "elm-3" / "Sample-MC-Annex1-unsigned.jsonld").read_text()), "en")
    assert (told.form, told.title) == ("elm", "Digital micro-credential creation")
    assert (told.issuer, told.holder, told.country) == ("University of Zed", "Ana Andromeda", "Ireland")
    assert (told.level, told.eqf, told.ects) == ("Level 6", 6, "2")
    assert told.supervision == "Unsupervised without ID Verification"
    assert told.able


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/"onclick="', 7, None]
)
def test_only_web_addresses_become_links(address):
    made = document()
    made["evidence"][0]["id"] = address
    made["issuer"]["url"] = address
    told = words(made)
    assert (told.evidence[0].url, told.issuer_url) == ("", "")


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
BADGE_2 = {**HOSTED, "badge": {**BADGE, "issuer": ISSUER}}
ELM = {
    "type": ["EuropeanDigitalCredential"],
    "issuer": {"legalName": {"pl": ["Szkoła"]}},
    "credentialSubject": {
        "fullName": {"pl": "Jan"},
        "hasClaim": [
            {"title": {"pl": "x"}, "specifiedBy": {"learningOutcome": [{"title": {"pl": "y"}}]}, "provenBy": []}
        ],
    },
}


def places(value: Any) -> list[list[Any]]:
    """Every way into a document."""
    found: list[list[Any]] = [[]]
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        found += [[step, *way] for way in places(inner)]
    return found


@settings(max_examples=500, deadline=None)
@given(data=st.data(), sample=st.sampled_from([document(), BADGE_2, ELM]), odd=_ODD)
def test_no_odd_value_anywhere_makes_it_fail(data, sample, odd):
    made = json.loads(json.dumps(sample))
    *way, last = data.draw(st.sampled_from([way for way in places(made) if way]))
    place = made
    for step in way:
        place = place[step]
    place[last] = odd
    told = words(made, "en")
    assert isinstance(told, Words)
    assert all(isinstance(text, str) for text in (told.title, told.issuer, told.holder, told.grade, *told.checked))


@given(_ODD)
def test_no_odd_document_makes_it_fail(odd):
    assert isinstance(words(odd), Words)
