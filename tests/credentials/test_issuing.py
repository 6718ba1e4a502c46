"""A credential is awarded, verifies, and stops to verify when it should (MC-3, MC-4, MC-5)."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from dorobek.credentials.actions.changes import reinstate, replace, revoke, suspend
from dorobek.credentials.actions.issuers import declare_compromised, replace_key
from dorobek.credentials.actions.lists import published
from dorobek.credentials.actions.templates import publish_template, save_template, withdraw_template
from dorobek.credentials.enums import CredentialState
from dorobek.credentials.fetching import OwnFirst
from dorobek.credentials.models import Credential, SigningKey, StatusList
from dorobek.credentials.recipients import Recipient
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.models import Person
from dorobek.vc.report import ISSUER, SIGNATURE, STATUS, TIME
from dorobek.vc.verifying import verify
from tests.factories import acting

pytestmark = pytest.mark.django_db


def check(document, at=None):
    text = document.document if isinstance(document, Credential) else document
    return verify(text, now=at or timezone.now(), fetcher=OwnFirst(None))


def test_what_is_issued_verifies_and_carries_both_proofs_rdfc_first(body):
    credential = body.issue()
    report = check(credential)
    assert report.decided == "valid", report.faults
    document = json.loads(credential.document)
    assert [one["cryptosuite"] for one in document["proof"]] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    assert document["id"] == f"urn:uuid:{credential.uid}"
    assert "m@example.org" not in credential.document
    assert HistoryEntry.objects.filter(stream=credential.uid, kind="credential.issued").exists()


@pytest.mark.parametrize(
    ("old", "new"), [("Śliż", "Śliż "), ("30", "31"), ("Audyt co", "Audyt  co"), ("2026-11", "2026-10")]
)
def test_one_changed_letter_is_seen(body, old, new):
    credential = body.issue(body.version(quality_pl="Audyt co dwa lata."))
    assert old in credential.document
    report = check(credential.document.replace(old, new, 1))
    assert report.outcome(SIGNATURE) == "failed"
    assert not report.valid


def test_revoked_is_seen_at_once_and_for_good(body):
    credential = body.issue()
    revoke(credential=credential, reason="Wydane na cudze nazwisko", acting_user=acting(body.clerk))
    assert check(credential).outcome(STATUS) == "failed"
    with pytest.raises(RuleBroken):
        reinstate(credential=credential, reason="pomyłka", acting_user=acting(body.clerk))


def test_suspended_comes_back_where_the_template_provides_for_it(body):
    with pytest.raises(RuleBroken):
        suspend(credential=body.issue(), reason="spór", acting_user=acting(body.clerk))
    credential = body.issue(body.version(suspendable=True))
    suspend(credential=credential, reason="spór", acting_user=acting(body.clerk))
    assert check(credential).outcome(STATUS) == "failed"
    reinstate(credential=credential, reason="wyjaśnione", acting_user=acting(body.clerk))
    assert check(credential).valid
    credential.refresh_from_db()
    assert credential.state == CredentialState.VALID


def test_expiry_is_a_matter_of_the_clock(body):
    credential = body.issue(body.version(valid_months=12), awarded_on=dt.date(2026, 1, 31))
    before = dt.datetime(2027, 1, 31, 22, 59, tzinfo=dt.UTC)
    assert check(credential, before).valid
    late = check(credential, before + dt.timedelta(minutes=2))
    assert late.outcome(TIME) == "failed"


def test_a_corrected_credential_replaces_the_old_one_and_names_it(body):
    wrong = body.issue(family_name="Śliz")
    right = replace(
        credential=wrong, recipient=Recipient(1, "Małgorzata", "Śliż", "m@example.org"),
        awarded_on=wrong.awarded_on, reason="literówka w nazwisku", acting_user=acting(body.clerk),
    )  # fmt: skip
    assert check(right).valid
    assert check(wrong).outcome(STATUS) == "failed"
    assert json.loads(right.document)["replaces"] == f"urn:uuid:{wrong.uid}"
    wrong.refresh_from_db()
    assert wrong.replaced_by == right


def test_a_replaced_key_leaves_old_signatures_valid_and_a_compromised_one_does_not(web_body):
    old = web_body.issue()
    replace_key(issuer=web_body.issuer, label="2027", acting_user=acting(web_body.administrator))
    new = web_body.issue(email="inna@example.org")
    assert old.key != new.key
    assert check(old).valid
    assert check(new).valid
    declare_compromised(key=old.key, reason="wyciek kopii", acting_user=acting(web_body.administrator))
    assert check(old).outcome(ISSUER) == "failed" or check(old).outcome(SIGNATURE) == "failed"
    assert not check(old).valid
    assert check(new).valid


def test_an_issuer_that_is_its_key_cannot_replace_it(body):
    with pytest.raises(RuleBroken):
        replace_key(issuer=body.issuer, label="x", acting_user=acting(body.administrator))
    with pytest.raises(RuleBroken):
        declare_compromised(
            key=SigningKey.objects.get(issuer=body.issuer), reason="x", acting_user=acting(body.administrator)
        )


def test_keys_lie_encrypted_and_are_bound_to_their_public_half(body, settings):
    from dorobek.credentials.sealing import WrongSeal, unseal

    key = SigningKey.objects.get(issuer=body.issuer)
    seed = unseal(key.sealed, key.public)
    assert len(seed) == 32
    assert seed.hex() not in key.sealed
    with pytest.raises(WrongSeal):
        unseal(key.sealed, "another")


def test_nothing_is_issued_from_an_old_or_withdrawn_version_or_a_later_day(body):
    first = body.version()
    save_template(template=first.template, data={"hours": 40}, acting_user=acting(body.clerk))
    second = publish_template(template=first.template, acting_user=acting(body.clerk))
    first.refresh_from_db()
    with pytest.raises(RuleBroken):
        body.issue(first)
    assert body.issue(second)
    with pytest.raises(RuleBroken):
        body.issue(second, awarded_on=timezone.localdate() + dt.timedelta(days=1))
    withdraw_template(template=second.template, acting_user=acting(body.clerk))
    second.refresh_from_db()
    with pytest.raises(RuleBroken):
        body.issue(second)


def test_strangers_neither_issue_nor_revoke(body):
    other = type(body)()
    version = body.version()
    credential = body.issue(version)
    for stranger in (other.clerk, credential.person and other.administrator):
        with pytest.raises(NotAllowed):
            revoke(credential=credential, reason="x", acting_user=acting(stranger))
        assert not Credential.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        other.clerk and type(body).issue(_with(body, other.clerk), version)


def _with(body, clerk):
    """The body with somebody else at its desk."""
    copy = object.__new__(type(body))
    copy.__dict__ = {**body.__dict__, "clerk": clerk}
    return copy


def test_two_credentials_of_one_person_stand_on_one_record(body):
    version = body.version()
    one, two = body.issue(version), body.issue(version, email="M@example.org")
    assert one.person == two.person
    assert body.issue(version, given_names="Jan").person != one.person
    assert Person.objects.count() == 2
    assert one.status_list == two.status_list
    assert one.status_index != two.status_index


def test_changes_of_one_minute_are_published_together(body):
    version = body.version()
    first, second = body.issue(version), body.issue(version)
    revoke(credential=first, reason="x", acting_user=acting(body.clerk))
    revoke(credential=second, reason="x", acting_user=acting(body.clerk))
    held = StatusList.objects.get()
    assert held.changed_at > held.published_at
    tag = held.etag
    assert published(held).etag == tag
    StatusList.objects.update(published_at=held.published_at - dt.timedelta(minutes=2))
    assert published(StatusList.objects.get()).etag != tag
