"""REST for issuers: what the screens do, for programs with a token of the institution (MC-3, MC-5)."""

import datetime as dt
import hashlib
import json
import uuid

import pytest

from dorobek.credentials.models import Credential, IssuingBatch
from dorobek.credentials.verification import verify_given
from dorobek.people.enums import Role
from dorobek.people.models import ApiToken
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
WHO = {"given_names": "Jan", "family_name": "Bąk-Żądło", "email": "jan@example.org"}
DAY = "2026-11-02"


def token_of(account, **more):
    secret = uuid.uuid4().hex
    ApiToken.objects.create(
        account=account, institution=account.active_memberships[0].institution, name="program",
        secret_hash=hashlib.sha256(secret.encode()).hexdigest(), **more,
    )  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def api(client, body):
    headers = token_of(body.clerk)

    def call(method, path, data=None, **more):
        sent = {"data": json.dumps(data), "content_type": "application/json"} if data is not None else {}
        return getattr(client, method)(f"/api/credentials{path}", headers=more.get("headers", headers), **sent)

    return call


def uid_of(version):
    return str(version.template.uid)


def test_templates_are_listed_with_the_address_that_credentials_name(body, api, django_assert_max_num_queries):
    version = body.version()
    body.template()
    with django_assert_max_num_queries(6):
        found = api("get", "/templates").json()
    published = next(one for one in found if one["uid"] == uid_of(version))
    assert (published["state"], published["version"]) == ("published", 1)
    assert {one["state"] for one in found} == {"published", "draft"}
    answer = api("post", "", {"template": uid_of(version), **WHO, "awarded_on": DAY})
    assert answer.json()["document"]["credentialSubject"]["achievement"]["id"] == published["address"]


def test_one_is_issued_and_verifies(body, api):
    answer = api("post", "", {"template": uid_of(body.version()), **WHO, "awarded_on": DAY})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert verify_given(json.dumps(made["document"])).report.valid
    assert api("get", f"/{made['uid']}").json()["document"] == made["document"]
    assert (made["holder"], made["state"], made["awarded_on"]) == ("Jan Bąk-Żądło", "valid", DAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nie adres"}, "email"),
        ({"awarded_on": "2126-01-01"}, "awarded_on"),
        ({"given_names": " "}, "family_name"),
    ],
)
def test_bad_input_is_told_with_its_field_and_nothing_is_issued(body, api, change, field):
    answer = api("post", "", {"template": uid_of(body.version()), **WHO, "awarded_on": DAY, **change})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert not Credential.objects.exists()


def test_a_list_is_looked_over_before_anything_is_signed(body, api, django_capture_on_commit_callbacks):
    version = body.version()
    people = [
        WHO,
        WHO | {"email": "JAN@example.org"},
        WHO | {"email": "nic"},
        WHO | {"family_name": "Ćma", "grade": "dobry"},
    ]
    answer = api("post", "/lists", {"template": uid_of(version), "awarded_on": DAY, "people": people})
    assert answer.status_code == 201, answer.content
    dry = answer.json()
    assert dry["fates"] == {"will-get": 2, "twice": 1, "fault": 1}
    assert [(one["row"], one["fate"], one["problem"]) for one in dry["found"]] == [
        (2, "twice", None),
        (3, "fault", "bad-email"),
    ]
    assert not Credential.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert api("post", f"/lists/{dry['uid']}/sign", {}).status_code == 202
    after = api("get", f"/lists/{dry['uid']}").json()
    assert (after["state"], after["signed"]) == ("done", 2)
    assert api("post", f"/lists/{dry['uid']}/sign", {}).status_code == 422
    register = api("get", f"?template={uid_of(version)}&q=cma").json()
    assert (register["total"], register["credentials"][0]["list"]) == (1, dry["uid"])
    assert IssuingBatch.objects.count() == 1


def test_status_changes_are_seen_by_every_verifier_and_in_the_register(body, api):
    credential = body.issue(body.version(suspendable=True))
    path = f"/{credential.uid}/status"
    assert api("post", path, {"state": "suspended", "reason": "Wyjaśniamy"}).json()["state"] == "suspended"
    assert verify_given(credential.document).report.decided == "not valid"
    assert api("post", path, {"state": "valid", "reason": "Wyjaśnione"}).json()["state"] == "valid"
    assert verify_given(credential.document).report.valid
    assert api("post", path, {"state": "revoked", "reason": " "}).status_code == 422
    stale = api("post", path, {"state": "revoked", "reason": "Pomyłka", "base_version": 1})
    assert stale.status_code == 409
    assert api("post", path, {"state": "revoked", "reason": "Pomyłka"}).json()["reason"] == "Pomyłka"
    assert api("post", path, {"state": "valid", "reason": "Jednak"}).status_code == 422
    assert api("get", "?state=revoked").json()["total"] == 1
    assert api("get", "?state=valid").json()["credentials"] == []


def test_another_institutions_things_are_not_there(body, api):
    other = type(body)()
    credential, version = other.issue(), other.version()
    assert api("get", "").json()["total"] == 0
    assert api("get", "/templates").json() == []
    assert api("get", f"/{credential.uid}").status_code == 404
    assert api("post", f"/{credential.uid}/status", {"state": "revoked", "reason": "x"}).status_code == 404
    assert api("post", "", {"template": uid_of(version), **WHO}).status_code == 404
    given = {"template": uid_of(version), "awarded_on": DAY, "people": [WHO]}
    assert api("post", "/lists", given).status_code == 404


def test_a_holders_own_credential_and_another_role_open_nothing_here(body, api, client):
    credential = body.issue()
    for role in (Role.ADVISER, Role.COORDINATOR):
        headers = token_of(make_staff(role, body.unit))
        assert api("get", "", headers=headers).status_code == 404
        assert api("get", f"/{credential.uid}", headers=headers).status_code == 404


def test_a_token_for_reading_only_issues_nothing(body, api):
    headers = token_of(body.administrator, read_only=True)
    assert api("get", "", headers=headers).status_code == 200
    answer = api("post", "", {"template": uid_of(body.version()), **WHO}, headers=headers)
    assert answer.status_code == 401


def test_the_register_takes_the_same_statements_for_one_and_for_many(body, api, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    version = body.version()
    body.issue(version, email="a@example.org")
    with CaptureQueriesContext(connection) as one:
        api("get", "")
    for number in range(5):
        body.issue(version, email=f"b{number}@example.org", awarded_on=dt.date(2026, 10, 1 + number))
    with django_assert_num_queries(len(one)):
        assert api("get", "").json()["total"] == 6
