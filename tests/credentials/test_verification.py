"""The one answer behind page, wallet, API and command: whatever is shown, it is checked and told in words (MC-4)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.enums import CredentialState
from dorobek.credentials.verification import verify_given
from dorobek.vc.badges.baking import bake
from dorobek.vc.fetching import FixedFetcher
from tests.factories import acting

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'


@pytest.mark.django_db
def test_a_credential_of_ours_is_valid_and_told_in_words(body):
    credential = body.issue()
    found = verify_given(credential.document)
    assert found.report.decided == "valid"
    assert found.words.title == "Rozliczanie kasy na koniec zmiany"
    assert found.words.holder == "Małgorzata Śliż-Chrząszczewska"
    assert found.words.issuer == "Izba Rzemiosła i Handlu w Tymowicach"
    assert next(one.text for one in found.words.able) == "rozlicza kasę na koniec zmiany"
    assert found.own
    assert found.own.state == CredentialState.VALID


@pytest.mark.django_db
def test_out_of_a_picture_and_from_an_address_too(body):
    credential = body.issue()
    picture = bake(SVG, credential.document)
    assert verify_given(picture).report.valid
    assert verify_given(picture).carrier == "svg"
    address = "https://elsewhere.example.org/badge.json"
    source = _Both(FixedFetcher({address: credential.document.encode()}))
    assert verify_given(address, source=source).report.valid


class _Both:
    """What is ours from the database, the rest from a fixed table."""

    def __init__(self, outside):
        from dorobek.credentials.fetching import OwnFirst

        self.fetch = OwnFirst(outside).fetch
        self.keep_at_most = lambda url, seconds: None


@pytest.mark.django_db
def test_why_it_was_revoked_is_known_here(body):
    credential = body.issue()
    revoke(credential=credential, reason="Wydane omyłkowo", acting_user=acting(body.clerk))
    found = verify_given(credential.document)
    assert found.report.decided == "not valid"
    assert found.own
    assert found.own.reason == "Wydane omyłkowo"


@pytest.mark.django_db
def test_a_forged_document_learns_nothing_of_the_one_whose_identifier_it_borrows(body):
    credential = body.issue()
    revoke(credential=credential, reason="Wydane omyłkowo", acting_user=acting(body.clerk))
    found = verify_given(credential.document.replace("Śliż", "Śliz"))
    assert found.own is None


@pytest.mark.django_db
def test_each_credential_of_a_presentation_is_checked(body):
    version = body.version()
    good, bad = body.issue(version), body.issue(version, email="b@example.org")
    held = [json.loads(good.document), json.loads(bad.document.replace("Śliż", "Śliz"))]
    shown = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": held,
    }
    found = verify_given(json.dumps(shown))
    assert [one.report.valid for one in found.inside] == [True, False]
    assert found.report.decided != "not valid"
    tampered = {**shown, "holder": "did:key:z6Mk", "proof": {"type": "DataIntegrityProof", "proofValue": "z1"}}
    assert verify_given(json.dumps(tampered)).report.decided != "valid"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw", [b"", b"\x00\x01", "ala ma kota", "{", "[]", "{}", "https://127.0.0.1/x", "a.b.c", "<svg"]
)
def test_what_is_no_credential_is_told_so(raw):
    found = verify_given(raw)
    assert found.report.decided != "valid"
    assert found.report.faults or found.report.checks


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=300) | st.text(max_size=300))
def test_nothing_that_is_shown_breaks_the_check(raw):
    from unittest.mock import patch

    with patch("dorobek.credentials.verification._own", return_value=None):
        assert verify_given(raw, source=FixedFetcher({})).report.decided != "valid"
