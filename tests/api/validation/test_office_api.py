"""REST of the office: from the opening to the certificate and the answer to an appeal, by the same rules as the screens."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.validation.actions import commissions
from dorobek.validation.models import Application, LedTraining, Sitting, ValidationOpening
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.validation.test_sittings import placed
from tests.validation.world import World

pytestmark = pytest.mark.django_db
OFFICE = "/api/validation/office"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def call(client, world):
    client.force_login(world.officer)

    def send(method, path, body=None, status=200):
        answer = client.generic(method, OFFICE + path, json.dumps(body or {}), content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json()

    return send


def days(n):
    return (timezone.localdate() + dt.timedelta(n)).isoformat()


def moment(n, hour):
    return timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(n), dt.time(hour))).isoformat()


def test_from_the_opening_to_the_certificate(call, world):
    body = {
        "institution": str(world.institution.uid), "qualification": "90002", "applications_until": days(3),
        "begins_on": days(4), "ends_on": days(9), "place": "Tymowice", "places": 3, "fee_grosze": 20_000,
        "own_rules": ["no-relatives"],
    }  # fmt: skip
    wrong = call("POST", "/openings", {**body, "begins_on": days(1)}, 422)
    assert wrong["field"] == "begins_on"
    uid = call("POST", "/openings", body, 201)["uid"]
    told = call("GET", f"/openings/{uid}")
    assert told["methods"][0]["covers"] == {"1": ["1.1", "1.2"]}
    assert {"text": "Krewni kandydata go nie oceniają.", "source": "body"} in told["rules"]
    opening = ValidationOpening.objects.get(uid=uid)
    application = world.documented(opening)
    sitting = call("POST", f"/openings/{uid}/sittings", {"begins": moment(5, 9), "ends": moment(5, 11)}, 201)["uid"]
    assert call("POST", f"/openings/{uid}/spread") == {"count": 1}
    proposed = call("POST", f"/sittings/{sitting}/proposal")
    assert proposed["outcome"] == "proposal"
    row = proposed["rows"][0]
    short = {"members": row["members"][:1], "base_version": row["base_version"]}
    assert "Za mało członków" in call("PUT", f"/sittings/{sitting}/commission", short, 422)["detail"]
    chosen = {"members": row["members"], "base_version": row["base_version"]}
    assert len(call("PUT", f"/sittings/{sitting}/commission", chosen)["members"]) == 2
    assert "ktoś inny" in call("PUT", f"/sittings/{sitting}/commission", chosen, 422)["detail"]
    case = f"/cases/{application.uid}"
    assert "oświadczeń" in call("POST", f"{case}/appointment", status=422)["detail"]
    for one in Sitting.objects.get().commission.members.all():
        commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
    assert call("POST", f"{case}/appointment")["state"] == "appointed"
    assert "Czekamy na" in call("POST", f"{case}/decision", status=422)["detail"]
    world.judged(world.fresh(application))
    assert call("GET", case)["step"] == "publish"
    assert "najwcześniej" in call("POST", f"{case}/decision", status=422)["detail"]
    Sitting.objects.update(begins=timezone.now())
    assert call("POST", f"{case}/decision")["whole"] == "met"
    number = call("POST", f"{case}/certificate", status=201)["number"]
    assert [one["number"] for one in call("GET", f"/certificates?q={number}")["items"]] == [number]
    report = call("GET", "/report")
    assert [(one["certificates"], one["revoked"]) for one in report] == [(1, 0)]
    assert world.person.family_name not in json.dumps(report)
    assert call("GET", "/agreement/90002")[0]["unsure"] is True
    whole = {"kappa": None, "cases": 6, "alike": 6, "unsure": True}
    assert call("GET", "/agreement/90002/whole") == whole
    assert call("GET", "/desk")["states"]["certified"] == 1


def test_what_the_entry_wants_provided_is_asked_for_here_too(client):
    world = World(provided=("sala z tablicą", "dziennik próbny"))
    client.force_login(world.officer)
    body = {
        "institution": str(world.institution.uid), "qualification": "90002", "applications_until": days(3),
        "begins_on": days(4), "ends_on": days(9), "place": "Tymowice", "places": 3,
    }  # fmt: skip

    def send(**more):
        sent = json.dumps({**body, **more})
        return client.generic("POST", f"{OFFICE}/openings", sent, content_type="application/json")

    for short in ([], ["sala 2"], ["sala 2", "  "]):
        answer = send(provided=short)
        assert (answer.status_code, answer.json()["field"]) == (422, "provided")
        assert "dziennik próbny" in answer.json()["detail"]
    assert not ValidationOpening.objects.exists()
    assert send(provided=["sala 2", "dziennik w klasie 2b"]).status_code == 201


def test_many_sittings_are_proposed_and_accepted_at_once(call, world):
    opening = world.open(places=9)
    for number, name in enumerate(("Jan Jeden", "Jan Dwa")):
        world.person = make_person(name)
        world.me = world.person.account
        placed(world, world.documented(opening), day=number + 1)
    here = {"institution": str(world.institution.uid)}
    rows = call("POST", "/planning", here)["rows"]
    assert len(rows) == 2
    spoilt = [rows[0], {**rows[1], "members": rows[1]["members"][:1]}]
    assert "Za mało" in call("PUT", "/planning", {**here, "rows": spoilt}, 422)["detail"]
    assert not Sitting.objects.exclude(commission=None).exists()
    assert call("PUT", "/planning", {**here, "rows": rows}) == {"count": 2}
    assert call("POST", "/planning", here)["rows"] == []


def test_people_trainings_documents_fee_and_adjustment(call, world):
    application = world.submitted(world.open(fee_grosze=5_000))
    account = world.assessors[0]
    here = {"institution": str(world.institution.uid)}
    period = {"since": days(-900), "document": "umowa", "shows": ["k2"]}
    kept = {**here, "account": str(account.uid), "level": 6, "level_document": "dyplom", "periods": [period]}
    told = call("PUT", "/staff/90002", kept)
    assert [(one["code"], one["met"], one["days"]) for one in told["standings"]] == [
        ("k1", False, None), ("k2", True, 900), ("d1", False, 0),
    ]  # fmt: skip
    assert len(call("GET", "/staff/90002")) == 5
    away = {**here, "account": str(account.uid), "most": 3, "away": [{"since": days(1), "until": days(2)}]}
    assert call("PUT", "/staff/90002/availability", away)["most"] == 3
    assert call("GET", "/body/90002") == []
    noted = {
        **here,
        "trainer": str(account.uid),
        "person": str(world.person.uid),
        "title": "Kurs",
        "ended_on": days(-5),
    }
    call("POST", "/trainings", noted, 201)
    call("POST", "/trainings", {**noted, "person": str(make_person("Jan Obcy").uid)}, 404)
    text = f"prowadzacy;uczestnik;szkolenie;zakonczono\n{account.email};{world.me.email};Warsztat;2025-01-02\n"
    assert call("POST", "/trainings/import", {**here, "text": text})[0]["problem"] == ""
    assert LedTraining.objects.count() == 1
    call("POST", "/trainings/import", {**here, "text": text, "dry_run": False})
    assert LedTraining.objects.count() == 2
    case = f"/cases/{application.uid}"
    assert call("PUT", f"{case}/fee", {"state": "waived"}, 422)["field"] == "reason"
    assert call("PUT", f"{case}/fee", {"state": "waived", "reason": "Uchwała 3/2026"})["grosze"] == 5_000
    asked = {"granted": True, "reason": "Więcej czasu.", "extra_percent": 25}
    assert "nie prosiła" in call("PUT", f"{case}/adjustment", asked, 422)["detail"]
    Application.objects.update(adjustments="Więcej czasu.")
    assert call("PUT", f"{case}/adjustment", asked)["extra_percent"] == 25
    given = {"what": "other", "how": "post", "handed_on": days(0)}
    assert call("POST", f"{case}/hand-overs", given, 201)["how"] == "post"
    changed = {
        "applications_until": days(0), "begins_on": days(0), "ends_on": days(9), "place": "Łęgowice", "places": 4,
        "reason": "Remont.",
    }  # fmt: skip
    assert call("POST", f"/openings/{application.opening.uid}/change", changed)["place"] == "Łęgowice"
    assert call("POST", f"/openings/{application.opening.uid}/close", {"reason": "Komplet."})["closed"] is True


def test_an_appeal_is_answered_over_rest_by_others(client, call, world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    filed = world.appeal(world.fresh(application))
    answer = {"uphold": True, "answer": "Zabrakło czasu."}
    call("POST", f"/appeals/{filed.uid}/answer", answer, 404)
    client.force_login(world.appeals)
    assert call("GET", "/appeals")[0]["may_answer"] is True
    assert call("POST", f"/appeals/{filed.uid}/answer", {**answer, "answer": " "}, 422)["field"] == "answer"
    assert call("POST", f"/appeals/{filed.uid}/answer", answer)["state"] == "upheld"
    assert world.fresh(application).round == 2


def test_another_bodys_things_do_not_exist(client, call, world):
    application = world.documented()
    sitting = placed(world, application)
    client.force_login(make_staff(Role.AWARDING_OFFICER, make_unit(make_institution())))
    for method, path in (
        ("GET", f"/openings/{application.opening.uid}"), ("GET", f"/sittings/{sitting.uid}"),
        ("POST", f"/sittings/{sitting.uid}/proposal"), ("GET", f"/cases/{application.uid}"),
        ("POST", f"/cases/{application.uid}/appointment"), ("POST", f"/openings/{application.opening.uid}/spread"),
    ):  # fmt: skip
        call(method, path, status=404)
    call("POST", "/planning", {"institution": str(world.institution.uid)}, 404)
    assert call("GET", "/applications")["items"] == []
