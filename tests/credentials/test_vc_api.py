"""`/vc-api/`: the shapes that the W3C test suites send and expect."""

import json

import pytest

from dorobek.api.vc_api.own_key import key_path, own_did
from dorobek.vc import status
from dorobek.vc.proofs import jwt
from tests.vc.material import KEY, METHOD, V2, badge, signed
from tests.vc.test_presenting import presentation, presented

pytestmark = pytest.mark.django_db
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
ISSUE, VERIFY, SHOW = ("/vc-api/credentials/issue", "/vc-api/credentials/verify", "/vc-api/presentations/verify")


@pytest.fixture(autouse=True)
def switched_on(settings, tmp_path):
    settings.VC_API, settings.DATA_DIR = True, tmp_path


@pytest.fixture
def post(client):
    def posted(address, body, **headers):
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(address, text, content_type="application/json", headers=headers)

    return posted


def small(**changes):
    return {
        "@context": [V2, EXAMPLES],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:s"},
    } | changes


def kinds(answer):
    return {one["type"].partition("#")[2] for one in answer.json()["errors"]}


@pytest.mark.parametrize("address", [ISSUE, VERIFY, SHOW, "/vc-api/status/revocation"])
def test_it_is_not_there_until_it_is_switched_on(post, client, settings, address):
    settings.VC_API = False
    assert post(address, {"credential": small()}).status_code == 404
    assert client.get(address).status_code == 404


def test_a_token_is_needed_where_one_is_set(post, settings):
    settings.VC_API_TOKEN = "tajemnica"
    body = {"credential": small()}
    assert post(ISSUE, body).status_code == 401
    assert post(ISSUE, body, Authorization="Bearer inna").status_code == 401
    assert post(ISSUE, body, Authorization="Bearer tajemnica").status_code == 201


def test_what_is_issued_is_the_bare_credential_with_both_proofs_and_verifies(post):
    answer = post(ISSUE, {"credential": small(nickname="Kasia", id="urn:uuid:1"), "options": {}})
    assert answer.status_code == 201
    made = answer.json()
    assert made["issuer"] == own_did()
    assert [one["cryptosuite"] for one in made["proof"]] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    verified = post(VERIFY, {"verifiableCredential": made, "options": {"checks": ["proof"]}})
    assert (verified.status_code, verified.json()["verified"], verified.json()["errors"]) == (200, True, [])
    changed = post(VERIFY, {"verifiableCredential": made | {"nickname": "Kasja"}})
    assert (changed.status_code, changed.json()["verified"]) == (400, False)
    assert kinds(changed) == {"PROOF_VERIFICATION_ERROR"}


def test_the_key_is_its_own_and_stays(post):
    first = post(ISSUE, {"credential": small()}).json()["issuer"]
    assert post(ISSUE, {"credential": small(issuer={"id": "did:example:x", "name": "X"})}).json()["issuer"] == {
        "id": first,
        "name": "X",
    }
    assert key_path().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_one_suite_may_be_asked_for(post, suite):
    made = post(ISSUE, {"credential": small(), "options": {"cryptosuite": suite}}).json()
    assert [one["cryptosuite"] for one in made["proof"]] == [suite]
    assert post(VERIFY, {"verifiableCredential": made}).status_code == 200


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"@context": [EXAMPLES]}, "@context[0]"), ({"type": ["X"]}, "type"), ({"issuer": None}, "issuer"),
        ({"issuer": "not-a-url"}, "issuer"), ({"issuer": {"id": None}}, "issuer.id"),
        ({"validFrom": "yesterday"}, "validFrom"), ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": "did:example:s"}, "credentialSubject"), ({"id": "not a url"}, "id"),
        ({"credentialStatus": {"id": "urn:x:1"}}, "credentialStatus.type"),
        ({"@context": [V2], "statusEntry": {"statusListIndex": True}}, "statusEntry"),
    ],
)  # fmt: skip
def test_what_breaks_the_data_model_is_refused_with_its_place(post, change, path):
    answer = post(ISSUE, {"credential": small(**change)})
    assert answer.status_code == 400
    assert path in [one["path"] for one in answer.json()["errors"]], answer.json()["errors"]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"credential": 1}', '{"credential": {}, "options": []}', b"\xff",
                                  '{"credential": {"a": 1, "a": 2}}', "{}"])  # fmt: skip
@pytest.mark.parametrize("address", [ISSUE, VERIFY, SHOW])
def test_malformed_bodies_are_answered_with_400_and_an_error(post, address, body):
    answer = post(address, body)
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_place_on_a_status_list_is_given_when_asked_for(post, client, settings):
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "suspension"}
    made = post(ISSUE, {"credential": small(), "options": {"credentialStatus": entry}}).json()
    held = made["credentialStatus"]
    assert held["statusPurpose"] == "suspension"
    assert held["id"] != held["statusListCredential"]
    published = client.get(held["statusListCredential"].removeprefix(settings.PUBLIC_ADDRESS))
    assert published["Content-Type"] == "application/vc"
    document = json.loads(published.content)
    assert "BitstringStatusListCredential" in document["type"]
    found = status.StatusList.decoded(document["credentialSubject"]["encodedList"])
    assert found[int(held["statusListIndex"])] == 0
    assert post(VERIFY, {"verifiableCredential": made}).status_code == 200
    assert post(VERIFY, {"verifiableCredential": document}).status_code == 200


def test_status_counts_unless_only_the_proof_was_asked_about(post):
    elsewhere = status.entry_for("https://elsewhere.example/list", "revocation", 3)
    made = post(ISSUE, {"credential": small(credentialStatus=elsewhere)}).json()
    assert post(VERIFY, {"verifiableCredential": made, "options": {"checks": ["proof"]}}).status_code == 200
    whole = post(VERIFY, {"verifiableCredential": made, "options": {"checks": ["proof", "credentialStatus"]}})
    assert (whole.status_code, kinds(whole)) == (400, {"STATUS_RETRIEVAL_ERROR"})


def test_a_credential_of_somebody_elses_key_and_as_a_token_verifies(post):
    token = jwt.sign(badge(), KEY, verification_method=METHOD)
    envelope = {"@context": V2, "id": f"data:application/vc+jwt,{token}", "type": "EnvelopedVerifiableCredential"}
    for given in (signed(), token, envelope):
        assert post(VERIFY, {"verifiableCredential": given}).status_code == 200


def test_challenge_and_domain_are_compared(post):
    body = {"verifiablePresentation": presented(), "options": {"challenge": "wyzwanie-1", "domain": "sprawdza.example"}}
    assert post(SHOW, body).json()["verified"] is True
    body["options"]["challenge"] = "inne"
    assert kinds(post(SHOW, body)) == {"INVALID_CHALLENGE_ERROR"}
    body["options"] = {"domain": "inna.example"}
    assert kinds(post(SHOW, body)) == {"INVALID_DOMAIN_ERROR"}
    body["options"] = {"domain": 1}
    assert post(SHOW, body).status_code == 400
    credential = {"verifiableCredential": signed(), "options": {"challenge": "wyzwanie-1"}}
    assert kinds(post(VERIFY, credential)) == {"INVALID_CHALLENGE_ERROR"}


def test_a_presentation_with_a_bad_credential_is_refused(post):
    bad = signed() | {"name": "X"}
    for given in (presented(presentation(bad)), presentation(bad)):
        answer = post(SHOW, {"verifiablePresentation": given})
        assert (answer.status_code, kinds(answer)) == (400, {"PROOF_VERIFICATION_ERROR"})


def test_unsigned_presentations_are_taken_where_nothing_was_asked(post):
    assert post(SHOW, {"verifiablePresentation": presentation(), "options": {"checks": []}}).status_code == 200
    assert post(SHOW, {"presentation": presentation()}).status_code == 200
    asked = {"verifiablePresentation": presentation(), "options": {"challenge": "x"}}
    assert post(SHOW, asked).status_code == 400


def test_reading_what_is_to_be_posted_is_refused(client):
    assert client.get(ISSUE).status_code == 405
