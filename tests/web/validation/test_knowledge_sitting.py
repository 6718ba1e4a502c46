"""Screens of a test: the candidate without JavaScript, the office, markers who do not see each other, the result."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.validation.models import KnowledgeTest
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import Form
from tests.factories import make_person
from tests.sessions import signed_in_client
from tests.validation.knowledge_world import ALL, Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Bank().stocked()


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def sit(world, **more):
    test = world.let(**more)
    return test, signed_in_client(world.me)


def form_of(page):
    """Fields of a page's form as a browser without scripts would send them."""
    text = page.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    return {name: value.replace("&quot;", '"') for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def test_a_candidate_sits_the_whole_test_without_javascript(world):
    test, client = sit(world)
    address = reverse("knowledge-test", args=[test.uid])
    assert "Zaczynam test" in words(client.get(address))
    first = reverse("knowledge-question", args=[test.uid, 1])
    assert client.get(first).status_code == 302, "no question is shown before the start"
    assert client.post(reverse("knowledge-start", args=[test.uid]))["Location"] == first
    page = client.get(first)
    assert page["Cache-Control"] == "private, no-store"
    assert "Pytanie 1 z 4" in words(page)
    answer = client.post(first, {**form_of(page), "q1": world.right(test.answers.get(place=1))})
    assert answer["Location"] == reverse("knowledge-question", args=[test.uid, 2])
    second = client.get(answer["Location"])
    jump = client.post(answer["Location"], {**form_of(second), "to": "4"})
    assert jump["Location"] == reverse("knowledge-question", args=[test.uid, 4])
    end = reverse("knowledge-finish", args=[test.uid])
    last = client.get(jump["Location"])
    assert client.post(jump["Location"], {**form_of(last), "q4": "1", "to": "end"})["Location"] == end
    assert "pytanie 2" in words(client.get(end))
    client.post(end)
    test = world.again(test)
    assert test.finished_how == "hand"
    assert test.answers.get(place=1).points == 1
    assert "Test jest oddany" in words(client.get(address))
    assert client.get(first).status_code == 302, "no question is shown after the end"


def test_every_form_works_on_one_page_without_javascript():
    world = Bank()
    for question in ALL:
        world.add(question)
    test, client = sit(world, blueprint=world.blueprint(Row("1.1.a", 11), all_on_one=True))
    client.post(reverse("knowledge-start", args=[test.uid]))
    address = reverse("knowledge-all", args=[test.uid])
    fields = form_of(client.get(address))
    for row in test.answers.select_related("item_version"):
        fields |= posted(row, world.right(row))
    assert client.post(address, {**fields, "to": "end"}).status_code == 302
    client.post(reverse("knowledge-finish", args=[test.uid]))
    points = dict(test.answers.values_list("item_version__form", "points"))
    assert {form: value for form, value in points.items() if form != "open"} == {
        "single": 1, "multiple": 2, "ordering": 1, "matching": 2, "short": 1, "number": 1,
    }  # fmt: skip
    assert points["open"] is None
    shown = words(client.get(reverse("knowledge-test", args=[test.uid])))
    assert "razem z decyzją" in shown


def posted(row, places):
    """An answer in places as fields of the page's form."""
    name, form = f"q{row.place}", row.item_version.form
    if form == Form.ORDERING:
        return {f"{name}_{place}": str(number) for number, place in enumerate(places, 1)}
    if form == Form.MATCHING:
        return {f"{name}_{left}": right for left, right in places.items()}
    return {name: places}


def test_the_page_of_a_question_gives_nothing_of_the_answer_away():
    world = Bank()
    for question in ALL:
        world.add(question)
    test, client = sit(world, blueprint=world.blueprint(Row("1.1.a", 11), all_on_one=True))
    client.post(reverse("knowledge-start", args=[test.uid]))
    text = client.get(reverse("knowledge-all", args=[test.uid])).content.decode()
    assert "Po punkcie za każdy powód." not in text, "the guide is the markers'"
    assert "faktura VAT" not in text
    assert not re.search(r'value="[abcxyz]"', text), "places, never keys"
    for row in test.answers.select_related("item_version"):
        assert str(row.item_version.uid) not in text


def test_two_things_in_one_position_and_a_newer_answer_elsewhere_come_back_with_what_was_chosen():
    world = Bank()
    world.add(ALL[2])
    test, client = sit(world, blueprint=world.blueprint(Row("1.1.a", 1)))
    client.post(reverse("knowledge-start", args=[test.uid]))
    address = reverse("knowledge-question", args=[test.uid, 1])
    fields = form_of(client.get(address))
    answer = client.post(address, {**fields, "q1_1": "1", "q1_2": "1"})
    assert answer.status_code == 422
    assert "to samo miejsce w kolejności" in words(answer)
    world.keep(test, 1, ["3", "2", "1"], device="laptop")
    answer = client.post(address, {**fields, "q1_1": "1", "q1_2": "2", "q1_3": "3"})
    assert answer.status_code == 422
    assert "Na innym urządzeniu" in words(answer)
    again = form_of(answer)
    assert client.post(address, {**again, "q1_1": "1", "q1_2": "2", "q1_3": "3"}).status_code == 302
    assert test.answers.get(place=1).answer == test.answers.get(place=1).shown["choices"]


def save(client, test, place, number, fields, device="telefon"):
    return client.post(
        reverse("knowledge-save", args=[test.uid]),
        json.dumps({"place": place, "number": number, "device": device, "fields": fields}),
        content_type="application/json",
    )


def test_the_autosave_is_numbered_and_answers_in_words(world, client):
    test, own = sit(world)
    early = save(own, test, 1, 1, {"q1": ["1"]})
    assert (early.status_code, early.json()["error"]) == (410, "Najpierw proszę zacząć test.")
    own.post(reverse("knowledge-start", args=[test.uid]))
    first = save(own, test, 1, 1, {"q1": ["1"]})
    assert first.status_code == 200
    assert first.json()["number"] == 1
    assert 1700 < first.json()["left"] <= 1800
    assert save(own, test, 1, 1, {"q1": ["1"]}).status_code == 200
    clash = save(own, test, 1, 1, {"q1": ["2"]}, device="laptop")
    assert (clash.status_code, clash.json()["number"]) == (409, 1)
    assert save(own, test, 1, 2, {"q1": ["77"]}).status_code == 422
    assert save(own, test, 99, 1, {"q1": ["1"]}).status_code == 404
    assert save(client, test, 1, 5, {"q1": ["1"]}).status_code == 401
    assert save(signed_in_client(world.officer), test, 1, 5, {"q1": ["1"]}).status_code == 404
    for bad in ("", "[]", "{}", '{"place": 1}', '{"place": 1, "number": 1, "fields": 5}', "[" * 5000):
        answer = own.post(reverse("knowledge-save", args=[test.uid]), bad, content_type="application/json")
        assert answer.status_code == 400, bad
    KnowledgeTest.objects.filter(pk=test.pk).update(started_at=timezone.now() - dt.timedelta(hours=1))
    late = save(own, test, 1, 9, {"q1": ["2"]})
    assert (late.status_code, "Czas się skończył" in late.json()["error"]) == (410, True)
    page = own.post(reverse("knowledge-question", args=[test.uid, 1]), {"q1": "2"})
    assert page["Location"] == reverse("knowledge-test", args=[test.uid])


def test_nobody_else_opens_a_candidates_test(world):
    test = world.started()
    names = ("knowledge-question", "knowledge-all", "knowledge-finish", "knowledge-start")
    for who in (world.officer, world.assessors[0], world.adviser, make_person("Jan Obcy").account):
        client = signed_in_client(who)
        for name in names:
            address = reverse(name, args=[test.uid, 1] if name == "knowledge-question" else [test.uid])
            assert client.get(address).status_code in (404, 405), name
            assert client.post(address).status_code == 404, name
    assert signed_in_client(world.assessors[0]).get(reverse("knowledge-test", args=[test.uid])).status_code == 404
    assert signed_in_client(world.officer).get(reverse("knowledge-test", args=[test.uid])).status_code == 200


def test_the_office_lets_sit_sees_the_test_and_cancels_it(world):
    client = signed_in_client(world.officer)
    application = world.documented(world.opening)
    assert application.person.name in words(client.get(reverse("knowledge-tests")))
    address = reverse("knowledge-let", args=[application.uid])
    assert "Najpierw potrzebny jest plan" in words(client.get(address))
    plan = world.blueprint()
    today = timezone.localdate()
    values = {"blueprint": plan.pk, "opens_on": f"{today:%d.%m.%Y}", "opens_at": "0:00",
              "closes_on": f"{today + dt.timedelta(1):%d.%m.%Y}", "closes_at": "23:59", "extra_percent": "25"}  # fmt: skip
    assert client.post(address, {**values, "closes_on": "01.01.2020"}).status_code == 422
    answer = client.post(address, values)
    test = KnowledgeTest.objects.get()
    assert answer["Location"] == reverse("knowledge-test", args=[test.uid])
    assert test.extra_percent == 25
    assert "można zacząć" in words(client.get(answer["Location"]))
    assert "Zaczynam test" in words(signed_in_client(world.me).get(answer["Location"]))
    cancel = reverse("knowledge-cancel", args=[test.uid])
    assert client.post(cancel, {"why": ""}).status_code == 422
    assert client.post(cancel, {"why": "Awaria prądu."}).status_code == 302
    assert "Awaria prądu." in words(signed_in_client(world.me).get(answer["Location"]))
    for who in (world.me, world.assessors[0]):
        assert signed_in_client(who).get(address).status_code == 404
        assert signed_in_client(who).post(cancel, {"why": "x"}).status_code == 404


def test_open_answers_are_marked_blind_then_agreed():
    world = Bank()
    test = world.open_finished()
    office = signed_in_client(world.officer)
    for place, who in ((1, world.assessors[0]), (2, world.assessors[1])):
        sent = {"account": str(who.uid), "place": str(place)}
        assert office.post(reverse("knowledge-marker", args=[test.uid]), sent).status_code == 302
    address = reverse("knowledge-marking", args=[test.uid])
    first, second = (signed_in_client(one) for one in world.assessors[:2])
    page = words(first.get(address))
    assert "Bo suma byłaby za duża." in page
    assert world.person.family_name not in page
    bad = first.post(address, {"points_1": "9", "reason_1": "bardzo dobrze", "close": "1"})
    assert bad.status_code == 422
    assert "bardzo dobrze" in words(bad)
    assert "Punkty: od 0 do 3" in words(bad)
    assert first.post(address, {"points_1": "1", "reason_1": "tylko jeden powód", "close": "1"}).status_code == 302
    assert "tylko jeden powód" not in words(second.get(address)), "blind until one's own marks are closed"
    second.post(address, {"points_1": "2", "reason_1": "dwa powody", "close": "1"})
    page = words(second.get(address))
    assert "tylko jeden powód" in page
    assert "dwa powody" in page
    assert "Oceny różnią się przy 1 odpowiedzi" in words(office.get(reverse("knowledge-test", args=[test.uid])))
    first.post(address, {"propose": "1", "points_1": "2", "reason_1": "drugi powód też jest"})
    assert "Zgadzam się" not in words(first.get(address))
    assert world.again(test).settled_at is None
    second.post(address, {"confirm": "1"})
    assert world.again(test).result["criteria"] == {"1.1.a": ["2.00", "3.00"]}
    for who in (world.assessors[2], world.me, world.adviser):
        assert signed_in_client(who).get(address).status_code == 404
        assert signed_in_client(who).post(address, {"points_1": "3"}).status_code == 404


def test_a_member_of_the_commission_sees_the_points_beside_each_criterion_and_the_result(world):
    application = world.documented(world.opening)
    test = world.finished(world.started(world.let(application)))
    address = reverse("assessing-sheet", args=[application.uid, "1.1"])
    result = reverse("knowledge-test", args=[test.uid])
    assert signed_in_client(world.assessors[0]).get(result).status_code == 404, "not before they judge this case"
    world.appointed(world.fresh(application))
    client = signed_in_client(world.assessors[0])
    page = words(client.get(address))
    assert "Test wiedzy: 2 z 2 p." in page
    assert "Test wiedzy: 1 z 1 p." in page
    assert "1.2.a" in words(client.get(result))
    assert "razem z decyzją" in words(signed_in_client(world.me).get(result))
