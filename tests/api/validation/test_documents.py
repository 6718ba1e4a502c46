"""REST of documents: by role, the archive, credentials, a certificate revoked and checked."""

import io
import zipfile

import pytest
from django.core.cache import cache

from dorobek.validation.models import CaseDocument, Certificate
from tests.sessions import signed_in_client
from tests.validation.test_credentials import body
from tests.validation.world import World

pytestmark = pytest.mark.django_db
BASE = "/api/validation/documents"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def certified(world):
    application = world.judged()
    world.decide(application)
    world.certify(world.fresh(application))
    return world.fresh(application)


def test_documents_are_listed_and_opened_by_those_whom_they_concern():
    world = World()
    application = certified(world)
    listed = signed_in_client(world.me).get(f"{BASE}/{application.uid}").json()
    assert [one["kind"] for one in listed] == ["appointment", "protocol", "result-letter", "certificate"]
    assert listed[-1]["files"] == ["pdf"]
    assert len(listed[0]["content_sha256"]) == 64
    letter = CaseDocument.objects.get(kind="result-letter")
    assert signed_in_client(world.me).get(f"{BASE}/{letter.uid}/files/pdf").status_code == 200
    assert signed_in_client(world.me).get(f"{BASE}/{letter.uid}/files/exe").status_code == 404
    assert signed_in_client(world.assessors[0]).get(f"{BASE}/{letter.uid}/files/pdf").status_code == 404
    assert signed_in_client(world.assessors[3]).get(f"{BASE}/{application.uid}").status_code == 404


def test_the_officer_takes_the_archive_issues_and_revokes():
    world = body()
    application = certified(world)
    client = signed_in_client(world.officer)
    answer = client.post(f"{BASE}/{application.uid}/archive?evidence=false")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert "manifest.json" in packed.namelist()
    assert client.post(f"{BASE}/{application.uid}/credentials").json() == []
    revoke = {"path": f"{BASE}/{application.uid}/revocation", "content_type": "application/json"}
    assert client.post(data={"reason": ""}, **revoke).status_code == 422
    assert client.post(data={"reason": "Pomyłka."}, **revoke).json()["number"] == Certificate.objects.get().number
    for who in (world.me, world.appeals, world.assessors[0]):
        other = signed_in_client(who)
        assert other.post(f"{BASE}/{application.uid}/archive").status_code == 404
        assert other.post(f"{BASE}/{application.uid}/credentials").status_code == 404
        assert other.post(data={"reason": "x"}, **revoke).status_code == 404


def test_anybody_checks_a_certificate_with_its_code(client):
    world = World()
    certified(world)
    held = Certificate.objects.get()
    check = "/api/validation/certificates"
    found = client.get(check, {"number": held.number, "code": held.code}).json()
    assert (found["valid"], found["holder"], found["revoked_on"]) == (True, world.person.name, None)
    assert client.get(check, {"number": held.number, "code": "x"}).status_code == 404
    assert client.get(check).status_code == 422
    assert 429 in [client.get(check, {"number": "x", "code": "x"}).status_code for _try in range(70)]


def test_credentials_before_a_decision_are_not_found():
    world = World()
    application = world.submitted()
    assert signed_in_client(world.officer).post(f"{BASE}/{application.uid}/credentials").status_code == 404
