"""REST of the applications to the register: the same actions, the same refusals, nobody's address told (RG-5)."""

import json

import pytest

from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.models import RegisterApplication
from tests.register.applications import Office, end_consultation, inclusion

pytestmark = pytest.mark.django_db
BASE = "/api/register-applications"


@pytest.fixture
def office():
    return Office()


def send(client, method, path, **body):
    answer = getattr(client, method)(BASE + path, json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_from_draft_to_entering_over_the_api(client, office):
    client.force_login(office.applicant)
    status, made = send(client, "post", "/own", institution=str(office.body.uid), kind="inclusion")
    assert (status, made["stage"]) == (200, "draft")
    own = f"/own/{made['uid']}"
    assert client.get(f"{BASE}/{made['uid']}").status_code == 404
    send(client, "put", own, content=inclusion(demand=""))
    assert [one["field"] for one in client.get(f"{BASE}{own}/missing").json()] == ["demand"]
    status, refused = send(client, "post", own + "/send")
    assert (status, refused["field"]) == (422, "demand")
    send(client, "put", own, content=inclusion())
    assert send(client, "post", own + "/send")[0] == 200
    one = f"/{made['uid']}"
    assert send(client, "post", one + "/check", complete=True)[0] == 404
    client.force_login(office.editor)
    assert send(client, "post", one + "/decision", grant=True, reason="x")[0] == 404
    assert send(client, "post", one + "/opinion", author="x", favours=True, text="x")[0] == 422
    assert send(client, "post", one + "/check", complete=True)[1]["stage"] == "consultation"
    client.logout()
    status, comment = send(client, "post", one + "/comments", name="Ewa Skryta", email="ewa@example.org", text="Uwaga.")
    assert (status, "name" in comment, "email" in comment) == (200, False, False)
    client.force_login(office.editor)
    assert send(client, "post", f"/comments/{comment['uid']}/moderation", publish=True)[0] == 200
    assert send(client, "post", f"/comments/{comment['uid']}/answer", answer="Dziękujemy.")[0] == 200
    end_consultation(RegisterApplication.objects.get())
    assert send(client, "post", one + "/close")[1]["stage"] == "opinion"
    assert send(client, "post", one + "/opinion", author="Rada", favours=False, text="Nie.")[1]["stage"] == "decision"
    client.force_login(office.officer)
    assert client.get(f"{BASE}/waiting").json()["total"] == 1
    assert send(client, "post", one + "/decision", grant=True, reason="Tak")[1]["stage"] == "granted"
    client.force_login(office.editor)
    assert send(client, "post", one + "/entry", code="90501")[1]["stage"] == "entering"
    client.logout()
    record = client.get(BASE + one).json()
    assert record["comments"][0]["answer"] == "Dziękujemy."
    assert [step["step"] for step in record["steps"]][-2:] == ["granted", "entering"]
    assert "Ewa" not in json.dumps(record)
    assert client.get(BASE, {"stage": "entering"}).json()["total"] == 1


def test_a_comment_outside_the_consultation_is_refused(client, office):
    held = office.at(Stage.FORMAL)
    status, told = send(client, "post", f"/{held.uid}/comments", name="Ewa", email="ewa@example.org", text="Uwaga.")
    assert (status, "nie trwają" in told["detail"]) == (422, True)
    assert client.get(f"{BASE}/{held.uid}").json()["content"] == {}
