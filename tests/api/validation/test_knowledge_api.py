"""REST of the knowledge test: the whole way of one candidate, markers, the bank; 404 for everybody else."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.validation.rules.testing.drawing import Row
from tests.factories import make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation.knowledge_world import ALL, Bank

pytestmark = pytest.mark.django_db
ROOT = "/api/validation/tests"


class Caller:
    def __init__(self, account):
        self.client = signed_in_client(account)

    def __call__(self, method, path, body=None, status=200):
        send = getattr(self.client, method)
        answer = (
            send(ROOT + path, json.dumps(body), content_type="application/json")
            if body is not None
            else send(ROOT + path)
        )
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content and "json" in answer["Content-Type"] else answer


QUESTION = {
    "criterion": "1.1.a",
    "form": "single",
    "prompt": "Gdzie?",
    "choices": {"k": "Tu", "l": "Tam"},
    "right": ["k"],
}


@pytest.fixture
def world():
    return Bank()


def test_the_whole_way_over_rest(world):
    officer = Caller(world.officer)
    [bank] = officer("get", "/banks")
    items = f"/banks/{bank['uid']}/items"
    made = officer("post", items, QUESTION, 201)
    opened = officer(
        "post", items, {**QUESTION, "form": "open", "guide": "Za powód.", "points": 2, "choices": {}, "right": []}, 201
    )
    assert officer("post", items, {**QUESTION, "right": []}, 422)["field"] == "choices"
    assert {one["item"] for one in officer("get", items)} == {made["item"], opened["item"]}
    changed = officer("put", f"{items}/{made['item']}", {**QUESTION, "prompt": "Gdzie to?"})
    assert (changed["version"], changed["prompt"]) == (1, "Gdzie to?")
    plan = {"title": "Test", "minutes": 20, "pass_percent": 50, "rows": [{"target": "1.1.a", "points": 3}]}
    blueprint = officer("post", f"/banks/{bank['uid']}/blueprints", plan, 201)
    application = world.documented(world.opening)
    now = timezone.now()
    letting = {"application": str(application.uid), "blueprint": blueprint["uid"],
               "opens_at": (now - dt.timedelta(1)).isoformat(), "closes_at": (now + dt.timedelta(1)).isoformat()}  # fmt: skip
    test = officer("post", "", letting, 201)
    own = Caller(world.me)
    one = f"/{test['uid']}"
    assert [row["uid"] for row in own("get", "")["own"]] == [test["uid"]]
    own("get", f"{one}/questions", status=404)
    assert own("post", f"{one}/start", {})["phase"] == "running"
    questions = own("get", f"{one}/questions")["questions"]
    assert "guide" not in str(questions)
    for row in questions:
        answer = str(row["choices"].index("Tu") + 1) if row["form"] == "single" else "Bo tak."
        body = {"number": 1, "answer": answer, "device": "telefon"}
        assert own("put", f"{one}/questions/{row['place']}", body)["arrival"] == "take"
        assert own("put", f"{one}/questions/{row['place']}", body)["arrival"] == "same"
        own("put", f"{one}/questions/{row['place']}", {**body, "answer": None, "device": "x"}, 409)
    own("put", f"{one}/questions/77", {"number": 1, "answer": "1"}, 404)
    assert own("post", f"{one}/finish", {})["phase"] == "finished"
    own("get", f"{one}/questions", status=404)
    own("get", f"{one}/result", status=404)
    for place, assessor in enumerate(world.assessors[:2], 1):
        officer("post", f"{one}/markers", {"account": str(assessor.uid), "place": place}, 201)
        marker = Caller(assessor)
        [answer] = marker("get", f"{one}/open-answers")
        assert answer["answer"] == "Bo tak."
        body = {"place": answer["place"], "points": "1.5", "reason": "połowa"}
        assert marker("put", f"{one}/open-answers", body)[0]["points"] in ("1.50", 1.5, "1.5")
        marker("post", f"{one}/open-answers/close", {})
    assert officer("get", f"{one}/result")["criteria"] == {"1.1.a": ["2.50", "3.00"]}
    own("get", f"{one}/result", status=404)
    officer("post", f"{one}/cancel", {"why": "x"}, 422)
    assert officer("get", f"/banks/{bank['uid']}/figures")[0]["answers"] == 1
    officer("post", f"{items}/{made['item']}/retirement", {"why": "stare"}, 204)


def test_the_bank_goes_out_and_in_as_qti(world):
    for question in ALL:
        world.add(question)
    officer = Caller(world.officer)
    address = f"/banks/{world.bank.uid}/qti"
    content = officer("get", address).content
    file = SimpleUploadedFile("a.zip", content)
    answer = officer.client.post(ROOT + address, {"file": file})
    assert (answer.status_code, answer.json()) == (201, {"questions": 0})
    refused = officer.client.post(ROOT + address, {"file": SimpleUploadedFile("a.zip", b"PK")})
    assert refused.status_code == 422


def test_nobody_else_reads_the_bank_or_anothers_test(world):
    version = world.add(ALL[0])
    test = world.let(blueprint=world.blueprint(*world_rows()))
    bank = f"/banks/{world.bank.uid}"
    elsewhere = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    for account in (world.me, world.adviser, *world.assessors, elsewhere, make_person("Jan Obcy").account):
        caller = Caller(account)
        for path in (f"{bank}/items", f"{bank}/figures", f"{bank}/qti"):
            caller("get", path, status=404)
        caller("post", f"{bank}/items", QUESTION, 404)
        caller("put", f"{bank}/items/{version.item.uid}", QUESTION, 404)
        caller("post", f"{bank}/items/{version.item.uid}/retirement", {"why": "x"}, 404)
        if account != world.me:
            caller("get", f"/{test.uid}", status=404)
            caller("post", f"/{test.uid}/start", {}, 404)
            caller("put", f"/{test.uid}/questions/1", {"number": 1, "answer": "1"}, 404)
        caller("post", f"/{test.uid}/cancel", {"why": "x"}, 404)
        caller("get", f"/{test.uid}/open-answers", status=404)


def world_rows():
    return [Row("1.1.a", 1)]
