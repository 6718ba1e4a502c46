"""REST of the office while a commission judges: a replacement, a method on paper, outcomes that fall."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dorobek.validation.models import MethodRecord, PartialResult
from tests.sessions import signed_in_client
from tests.validation import doing
from tests.validation.world import World

pytestmark = pytest.mark.django_db
BASE = "/api/validation/office/cases/"


@pytest.fixture
def world():
    return World()


def send(who, address, body):
    return signed_in_client(who).post(address, json.dumps(body), content_type="application/json")


def test_a_member_is_replaced_by_the_officer_alone(world):
    application = world.appointed()
    where = f"{BASE}{application.uid}/replacement"
    body = {"leaves": str(world.records[0].uid), "comes": str(world.records[2].uid), "reason": "Konflikt interesów."}
    for who in (world.assessors[1], world.me, world.adviser):
        assert send(who, where, body).status_code == 404
    assert send(world.officer, where, {**body, "reason": " "}).status_code == 422
    assert send(world.officer, where, {**body, "leaves": str(world.records[3].uid)}).status_code == 404
    assert send(world.officer, where, body).status_code == 200
    assert world.fresh(application).commission.members.filter(record=world.records[2]).exists()


def test_paper_comes_in_with_its_file(world):
    application = world.appointed()
    where = f"{BASE}{application.uid}/paper"
    body = {
        "method": "knowledge_test", "criteria": ["1.1.a", "1.1.b"], "used_on": timezone.localdate().isoformat(),
        "led_by": "Wanda Prowadząca",
    }  # fmt: skip
    assert signed_in_client(world.officer).post(where, body).status_code == 422
    file = SimpleUploadedFile("skan.pdf", doing.PDF, "application/pdf")
    assert signed_in_client(world.assessors[0]).post(where, {**body, "file": file}).status_code == 404
    file.seek(0)
    answer = signed_in_client(world.officer).post(where, {**body, "file": file})
    assert answer.status_code == 201, answer.content
    assert answer.json()["file_sha256"] == MethodRecord.objects.get().file.sha256


def test_a_revocation_names_the_outcomes_that_fall(world):
    application = world.judged()
    world.decide(application)
    world.certify(world.fresh(application))
    where = f"/api/validation/documents/{application.uid}/revocation"
    assert send(world.officer, where, {"reason": "Cudzy test.", "outcomes": ["9.9"]}).status_code == 422
    assert send(world.officer, where, {"reason": "Cudzy test.", "outcomes": ["2.1"]}).status_code == 200
    assert [one.outcome for one in PartialResult.objects.exclude(suspended_at=None)] == ["2.1"]
    confirmed = signed_in_client(world.me).get("/api/validation/confirmed-outcomes").json()
    assert {one["outcome"]: one["counts"] for one in confirmed}["2.1"] is False
