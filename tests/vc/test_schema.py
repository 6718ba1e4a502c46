"""Required fields, kinds of values and their exact places (VC 2.0, Open Badges 3.0)."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.vc import schema
from tests.vc.samples import BARE, document

# What the check answers for each published badge; the rest of their faults is for other checks.
BADGES: dict[str, list[tuple[str, str]]] = {
    "complete": [],
    "credential-status-revoked": [],
    "simple": [],
    "simple-did-key-method": [],
    "simple-eddsa-2022": [],
    "simple-err-expired": [],
    "simple-err-proof-value": [],
    "simple-err-issued": [("missing", "credentialSubject.achievement")],
    "simple-err-issuer": [("missing", "issuer"), ("missing", "credentialSubject.achievement")],
    "simple-err-type": [("credential-type", "type"), ("missing", "credentialSubject.achievement")],
    "simple-noproof": [("missing", "credentialSubject.achievement")],
}


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.code, fault.path) for fault in schema.check(document)]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The full sample with another value at a path; `...` takes the field away."""
    made = copy.deepcopy(document())
    *steps, last = path.split(".")
    place: Any = made
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    key = int(last) if last.isdigit() else last
    if value is ...:
        del place[key]
    else:
        place[key] = value
    return made


@pytest.mark.parametrize("name", BADGES)
def test_each_published_badge_gets_its_answer(shared_data, name):
    assert found(json.loads((shared_data / "openbadges-3" / f"{name}.json").read_text())) == BADGES[name]


def test_every_published_badge_is_in_the_table(shared_data):
    assert {file.stem for file in (shared_data / "openbadges-3").glob("*.json")} == set(BADGES)


def test_what_is_built_here_has_no_fault():
    assert found(document()) == []
    assert found(document(BARE)) == []


@pytest.mark.parametrize(
    ("path", "value", "code", "told_at"),
    [
        ("@context", ..., "missing", "@context"),
        ("@context", [], "context", "@context[0]"),
        ("@context", ["https://example.org/x"], "context", "@context[0]"),
        ("@context.1", "context.json", "uri", "@context[1]"),
        ("@context.1", 7, "json-type", "@context[1]"),
        ("@context.1", "https://www.w3.org/ns/credentials/v2", "context", "@context[1]"),
        ("id", None, "json-type", "id"),
        ("id", "no address", "uri", "id"),
        ("type", ["AchievementCredential"], "credential-type", "type"),
        ("type", [], "empty", "type"),
        ("type", ["VerifiableCredential", 3], "json-type", "type"),
        ("issuer", ..., "missing", "issuer"),
        ("issuer", [], "json-type", "issuer"),
        ("issuer.id", ..., "missing", "issuer.id"),
        ("issuer.type", ["Person"], "credential-type", "issuer.type"),
        ("issuer.address.type", ..., "missing", "issuer.address.type"),
        ("validFrom", ..., "missing", "validFrom"),
        ("validFrom", "2026-10-02", "time", "validFrom"),
        ("validFrom", "2026-10-02T09:00:00", "time", "validFrom"),
        ("validFrom", 20261002, "json-type", "validFrom"),
        ("validUntil", "2020-01-01T00:00:00Z", "order", "validUntil"),
        ("credentialSubject", {}, "empty", "credentialSubject"),
        ("credentialSubject", "did:example:1", "json-type", "credentialSubject"),
        ("credentialSubject.achievement", ..., "missing", "credentialSubject.achievement"),
        ("credentialSubject.identifier", ..., "missing", "credentialSubject.id"),
        ("credentialSubject.identifier.0.hashed", "true", "json-type", "credentialSubject.identifier[0].hashed"),
        ("credentialSubject.identifier.0.identityType", "e-mail", "word", "credentialSubject.identifier[0].identityType"),
        ("credentialSubject.achievement.criteria", "x", "json-type", "credentialSubject.achievement.criteria"),
        ("credentialSubject.achievement.name", {"pl": "x"}, "json-type", "credentialSubject.achievement.name"),
        ("credentialSubject.achievement.creditsAvailable", True, "json-type", "credentialSubject.achievement.creditsAvailable"),
        ("credentialSubject.achievement.alignment.1.targetUrl", "efekt", "uri",
         "credentialSubject.achievement.alignment[1].targetUrl"),
        ("credentialSubject.achievement.resultDescription.0.resultType", "Good", "word",
         "credentialSubject.achievement.resultDescription[0].resultType"),
        ("evidence.0.type", "Proof", "credential-type", "evidence[0].type"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_place(path, value, code, told_at):
    assert (code, told_at) in found(changed(path, value))


@pytest.mark.parametrize("status", [{"type": "BitstringStatusListEntry"}, [{"type": ["BitstringStatusListEntry"]}]])
def test_an_entry_of_a_status_list_says_what_it_lacks(status):
    at = "credentialStatus[0]" if isinstance(status, list) else "credentialStatus"
    wanted = {("missing", f"{at}.{name}") for name in ("statusPurpose", "statusListIndex", "statusListCredential")}
    assert wanted == set(found(document() | {"credentialStatus": status}))


@pytest.mark.parametrize("index", [5, "-1", "05", "1e3", "٣"])
def test_an_index_of_a_status_list_is_digits(index):
    entry = {
        "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": index, "statusListCredential": "https://a.example/1",
    }  # fmt: skip
    assert found(document() | {"credentialStatus": entry}) == [("json-type", "credentialStatus.statusListIndex")]


def test_one_value_may_stand_without_its_list():
    made = document()
    made["evidence"] = made["evidence"][0]
    made["issuer"]["type"] = "Profile"
    assert found(made) == []


def test_a_text_may_be_given_in_languages():
    assert (
        found(changed("name", [{"@value": "Arkusz", "@language": "pl"}, {"@value": "Sheet", "@language": "en"}])) == []
    )
    assert found(changed("name", {"@value": "Arkusz", "@language": "po polsku"})) == [("json-type", "name.@language")]
    assert found(changed("name", {"@value": "Arkusz", "lang": "pl"})) == [("json-type", "name.lang")]


def test_a_credential_of_version_1_needs_its_own_date():
    made = document()
    made["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    assert found(made) == [("missing", "issuanceDate")]


def test_a_related_resource_needs_a_digest_and_stands_once():
    resource = {"id": "https://a.example/x", "digestSRI": "sha384-x"}
    assert found(document() | {"relatedResource": [resource, resource]}) == [("duplicate", "relatedResource[1].id")]
    assert found(document() | {"relatedResource": {"id": "https://a.example/x"}}) == [("digest", "relatedResource")]


def test_a_plain_credential_needs_neither_id_nor_date():
    made = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:web:a.example",
        "credentialSubject": [{"id": "did:web:b.example"}],
    }
    assert found(made) == []
    assert found(made | {"credentialSubject": []}) == [("empty", "credentialSubject")]


def test_an_endorsement_within_a_badge_is_looked_at():
    made = document()
    made["endorsement"] = [
        {"type": ["VerifiableCredential", "EndorsementCredential"], "validFrom": "2026-01-01T00:00:00Z"}
    ]
    assert ("missing", "endorsement[0].credentialSubject") in found(made)


V2 = "https://www.w3.org/ns/credentials/v2"


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ([document()], []),
        ([{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,a.b.c"}], []),
        (
            [{"type": "EnvelopedVerifiableCredential", "id": "https://a.example"}],
            [("uri", "verifiableCredential[0].id")],
        ),
        ([{"type": "EnvelopedVerifiableCredential"}], [("missing", "verifiableCredential[0].id")]),
        (["a.b.c"], [("json-type", "verifiableCredential[0]")]),
        ([{"id": "urn:x:1"}], [("missing", "verifiableCredential[0].type")]),
    ],
)
def test_what_a_presentation_holds_is_looked_at(held, wanted):
    made = {"@context": [V2], "type": ["VerifiablePresentation"], "verifiableCredential": held}
    assert found(made) == wanted


def test_a_presentation_names_its_holder_by_an_address():
    made = {"@context": [V2], "type": "VerifiablePresentation", "holder": {"name": "x"}}
    assert found(made) == [("missing", "holder.id")]


def test_an_enveloped_credential_holds_a_token():
    assert found({"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "x"}) == [("uri", "id")]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_PATHS = [
    "@context", "id", "type", "issuer", "issuer.type", "issuer.address", "credentialSubject", "credentialSubject.type",
    "credentialSubject.identifier", "credentialSubject.achievement", "credentialSubject.achievement.criteria",
    "credentialSubject.achievement.alignment.0", "credentialSubject.result", "evidence", "validFrom", "validUntil", "name",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(_PATHS), value=_JSON)
def test_no_value_anywhere_makes_it_fail(path, value):
    for fault in schema.check(changed(path, value)):
        assert fault.code
        assert fault.message
