"""The two interviews through the REST API: the same rules and refusals as the screens."""

import json
import uuid

import pytest

from dorobek.audits.models import Episode, InterviewAnswer, LifeEvent
from dorobek.people.enums import Role
from dorobek.portfolio.models import Evidence
from tests.factories import make_case, make_episode, make_person, make_staff
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
CODE = "work-first-job"


@pytest.fixture
def audit():
    return make_case()


@pytest.fixture
def desk(audit):
    return signed_in_client(audit.adviser)


@pytest.fixture
def me(audit):
    return signed_in_client(audit.person.account)


def call(client, method, audit, path, body=None):
    send = getattr(client, method)
    address = f"/api/cases/{audit.uid}/{path}"
    return send(address) if body is None else send(address, json.dumps(body), content_type="application/json")


def test_an_answer_with_its_event_is_put_and_read_back(audit, desk):
    body = {"answer": "Sad.", "events": [{"kind": "job", "title": "sad u wuja", "starts": "wiosna 2013"}]}
    put = call(desk, "put", audit, f"interview/questions/work/{CODE}", body)
    assert put.status_code == 200, put.content
    assert put.json()["life_events"][0]["starts_said"] == "wiosna 2013"
    bank = call(desk, "get", audit, "interview").json()["banks"][1]
    assert (bank["area"], bank["asked"]) == ("work", 1)
    line = call(desk, "get", audit, "time-line").json()
    assert line["pieces"][0]["lane"] == 0
    assert line["pieces"][0]["vague"] is True
    record = call(desk, "get", audit, "interview/record").json()
    assert record["areas"][1]["answers"][0]["answer"] == "Sad."
    assert call(desk, "get", audit, "interview/answers").json()[0]["answer"] == "Sad."


def test_a_stale_answer_is_a_409_with_both_versions(audit, desk, me):
    path = f"interview/questions/work/{CODE}"
    call(desk, "put", audit, path, {"answer": "Słowa doradcy."})
    clash = call(me, "put", audit, path, {"answer": "Moje słowa."})
    assert clash.status_code == 409
    assert clash.json()["theirs"]["answer"] == "Słowa doradcy."
    assert clash.json()["yours"]["answer"] == "Moje słowa."
    again = {"answer": "Oba.", "base_version": clash.json()["version"]}
    assert call(me, "put", audit, path, again).json()["answer"] == "Oba."


def test_the_personal_area_is_closed_until_chosen_and_after_a_stop(audit, desk):
    spec = next(one for one in audit.rules.biographical.areas if one.area == "personal")
    path = f"interview/questions/personal/{spec.questions[0].code}"
    assert call(desk, "put", audit, path, {"answer": "x"}).status_code == 422
    state = call(desk, "get", audit, "interview/personal/choice").json()
    assert (state["may_ask"], state["notice_first"]) == (False, True)
    choice = {"detail": "general", "notice_read": True}
    assert call(desk, "put", audit, "interview/personal/choice", choice).status_code == 404
    assert call(desk, "put", audit, "interview/personal/choice", {**choice, "on_behalf": True}).json()["may_ask"]
    assert call(desk, "put", audit, path, {"answer": "Opieka."}).status_code == 200
    stopped = call(desk, "post", audit, "interview/personal/stop", {"on_behalf": True})
    assert stopped.json()["detail"] == "stopped"
    assert call(desk, "put", audit, path, {"answer": "więcej", "base_version": 2}).status_code == 422
    withdrawn = call(desk, "post", audit, "interview/personal/withdraw", {"on_behalf": True})
    assert withdrawn.json() == {"removed": 1}
    assert not InterviewAnswer.objects.exists()


def test_skipping_own_questions_and_untying(audit, desk):
    assert call(desk, "post", audit, f"interview/questions/work/{CODE}/skip").json()["skipped"] is True
    added = call(desk, "post", audit, "interview/questions/work", {"question": "A piekarnia?"})
    assert added.status_code == 201
    path = f"interview/questions/work/{added.json()['question_code']}"
    row = call(desk, "put", audit, path, {"answer": "Chleb.", "events": [{"kind": "job", "title": "piekarnia"}]}).json()
    event = row["life_events"][0]["uid"]
    assert call(desk, "delete", audit, f"interview/answers/{row['uid']}/events/{event}").status_code == 204
    assert LifeEvent.objects.count() == 1
    story = call(desk, "post", audit, f"interview/answers/{row['uid']}/episode")
    assert story.status_code == 201
    assert story.json()["situation"] == "Chleb."


def test_events_are_added_and_corrected_on_the_line(audit, me):
    uid = str(uuid.uuid4())
    body = {"kind": "care", "title": "opieka nad mamą", "starts": "2009", "uid": uid}
    assert call(me, "post", audit, "time-line", body).status_code == 201
    assert call(me, "post", audit, "time-line", body).json()["uid"] == uid
    changed = call(me, "patch", audit, f"time-line/{uid}", {"ends": "wiosna 2014", "base_version": 1})
    assert changed.json()["ends_said"] == "wiosna 2014"
    clash = call(me, "patch", audit, f"time-line/{uid}", {"ends": "2015", "base_version": 1})
    assert clash.status_code == 409
    assert clash.json()["theirs"] == {"ends": "wiosna 2014"}
    assert clash.json()["yours"] == {"ends": "2015"}
    assert clash.json()["author"]
    assert clash.json()["at"]
    joined = call(me, "patch", audit, f"time-line/{uid}", {"title": "opieka nad tatą", "base_version": 1})
    assert joined.status_code == 200
    assert (joined.json()["title"], joined.json()["ends_said"]) == ("opieka nad tatą", "wiosna 2014")
    assert LifeEvent.objects.count() == 1


def test_a_story_is_begun_changed_and_removed(audit, desk):
    piece = Evidence.objects.create(person=audit.person, case_uid=audit.uid, kind="file", title="Zdjęcie")
    begun = call(desk, "post", audit, "episodes", {"part": "work", "title": "Remanent", "evidence": [str(piece.uid)]})
    assert begun.status_code == 201, begun.content
    uid = begun.json()["uid"]
    assert begun.json()["missing"][:2] == ["situation", "task"]
    changed = call(desk, "patch", audit, f"episodes/{uid}", {"situation": "Niedziela.", "base_version": 1})
    assert changed.json()["evidence"] == [str(piece.uid)]
    stale = call(desk, "patch", audit, f"episodes/{uid}", {"situation": "Sobota.", "base_version": 1})
    assert stale.status_code == 409
    assert call(desk, "patch", audit, f"episodes/{uid}", {"evidence": [], "base_version": 2}).json()["evidence"] == []
    assert [part["part"] for part in call(desk, "get", audit, "episodes/record").json()] == ["work", "personal", "key"]
    assert call(desk, "delete", audit, f"episodes/{uid}").status_code == 204
    assert not Episode.objects.exists()


def test_strangers_get_404_and_a_coordinator_only_reads(audit):
    story = make_episode(audit)
    reads = ["interview", "interview/answers", "interview/personal/choice", "interview/record", "time-line"]
    reads += ["episodes", "episodes/record", f"episodes/{story.uid}"]
    writes = [
        ("put", f"interview/questions/work/{CODE}", {"answer": "x"}),
        ("post", f"interview/questions/work/{CODE}/skip", None),
        ("post", "interview/questions/work", {"question": "x"}),
        ("put", "interview/personal/choice", {"detail": "full", "notice_read": True, "on_behalf": True}),
        ("post", "interview/personal/stop", {"on_behalf": True}),
        ("post", "interview/personal/withdraw", {"on_behalf": True}),
        ("post", "time-line", {"kind": "job", "title": "x"}),
        ("post", "episodes", {"part": "work", "title": "x"}),
        ("patch", f"episodes/{story.uid}", {"title": "x", "base_version": 1}),
        ("delete", f"episodes/{story.uid}", None),
    ]
    coordinator = signed_in_client(make_staff(Role.COORDINATOR, audit.unit))
    outsiders = [signed_in_client(make_case().adviser), signed_in_client(make_person("Inna Osoba").account)]
    for path in reads:
        assert call(coordinator, "get", audit, path).status_code == 200, path
        assert {call(client, "get", audit, path).status_code for client in outsiders} == {404}, path
    for method, path, body in writes:
        for client in (coordinator, *outsiders):
            assert call(client, method, audit, path, body).status_code == 404, path
