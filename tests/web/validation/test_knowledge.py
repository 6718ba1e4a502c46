"""Screens of the bank and of the test: by role, without JavaScript, with bad input; no door leads a candidate in."""

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Membership
from dorobek.validation.models import BankItem, Blueprint, ItemVersion, KnowledgeTest, QuestionBank
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import Form
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation.knowledge_world import ALL, Bank

pytestmark = pytest.mark.django_db
COMMON = {"criterion": "1.1.a", "difficulty": "2", "points": "1", "prompt": "Gdzie wpisuje się przychód?"}
TYPED = {
    Form.SINGLE: {"choices": "* Do księgi\nDo szuflady"},
    Form.MULTIPLE: {"choices": "* Faktura\n* Rachunek\nParagon z kina"},
    Form.ORDERING: {"choices": "Zbierz dowody\nWpisz\nPodsumuj"},
    Form.MATCHING: {"choices": "VAT = 25. dzień\nPIT = 20. dzień", "targets": "koniec roku"},
    Form.SHORT: {"accepted": "faktura\nfaktura VAT"},
    Form.NUMBER: {"value": "23,5", "tolerance": "0,5", "unit": "zł"},
    Form.OPEN: {"guide": "Punkt za każdy powód."},
}


@pytest.fixture
def world():
    return Bank().stocked()


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def bank_addresses(world, version):
    """Every address of the bank, whatever a view is called."""
    found = {}
    kwargs = {"uid": world.bank.uid, "item_uid": version.item.uid, "kind": "single"}
    plan = world.blueprint()
    for pattern in get_resolver().url_patterns:
        for one in walk(pattern):
            route = str(one.pattern)
            if "walidacja/pytania/" in route:
                wanted = {
                    name: value for name, value in {**kwargs, "plan_uid": plan.uid}.items() if f":{name}>" in route
                }
                if one.name == "knowledge-bank-open":
                    wanted = {"uid": world.opening.uid}
                found[one.name] = reverse(one.name, kwargs=wanted)
    return found


def walk(pattern):
    if hasattr(pattern, "url_patterns"):
        for one in pattern.url_patterns:
            yield from walk(one)
    else:
        yield pattern


def test_every_door_of_the_bank_is_shut_to_everybody_but_the_officer_of_the_body(world):
    version = world.add()
    addresses = bank_addresses(world, version)
    assert len(addresses) == 12
    elsewhere = make_unit(make_institution())
    staff_elsewhere = make_staff(Role.AWARDING_OFFICER, elsewhere)
    candidate_who_works_elsewhere = world.me
    Membership.objects.create(
        account=world.me, institution=elsewhere.institution, unit=elsewhere, role=Role.AWARDING_OFFICER
    )
    world.documented(world.opening)
    others = [world.adviser, world.assessors[0], make_person("Jan Obcy").account, staff_elsewhere,
              candidate_who_works_elsewhere]  # fmt: skip
    for who in others:
        client = signed_in_client(acting(who).account)
        for name, address in addresses.items():
            for call in (client.get, client.post):
                answer = call(address)
                may = name == "knowledge-banks" and acting(who).account.has_role(Role.AWARDING_OFFICER)
                assert (answer.status_code in (404, 405)) or may, (who, name)
                assert version.prompt not in answer.content.decode()
    client = signed_in_client(world.officer)
    for name, address in addresses.items():
        assert client.get(address).status_code == (405 if name == "knowledge-bank-open" else 200), name


def test_an_officer_who_is_a_candidate_at_home_loses_the_bank_until_it_is_over(world):
    version = world.add()
    person = make_person("Ofelia Urzędowa", with_account=False)
    person.account = world.officer
    person.save()
    client = signed_in_client(world.officer)
    assert client.get(reverse("knowledge-bank", args=[world.bank.uid])).status_code == 200
    world.person, world.me = person, world.officer
    application = world.submitted(world.opening)
    for name, address in bank_addresses_of(world, version).items():
        assert client.get(address).status_code in (404, 405), name
    application.state = "withdrawn"
    application.save()
    assert client.get(reverse("knowledge-bank", args=[world.bank.uid])).status_code == 200


def bank_addresses_of(world, version):
    uid, item = world.bank.uid, version.item.uid
    names = {"knowledge-bank": [uid], "knowledge-item": [uid, item], "knowledge-item-change": [uid, item],
             "knowledge-export": [uid], "knowledge-figures": [uid], "knowledge-import": [uid],
             "knowledge-item-new": [uid, "single"], "knowledge-blueprint-new": [uid]}  # fmt: skip
    return {name: reverse(name, args=arguments) for name, arguments in names.items()}


@pytest.mark.parametrize("form", list(Form))
def test_the_officer_writes_a_question_of_every_form_and_changes_it(world, form):
    client = signed_in_client(world.officer)
    new = reverse("knowledge-item-new", args=[world.bank.uid, form])
    assert client.get(new).status_code == 200
    answer = client.post(new, {**COMMON, **TYPED[form]})
    assert answer.status_code == 302, words(answer)
    version = ItemVersion.objects.latest("pk")
    assert (version.form, version.criterion, version.difficulty) == (form, "1.1.a", 2)
    change = reverse("knowledge-item-change", args=[world.bank.uid, version.item.uid])
    page = words(client.get(change))
    for line in TYPED[form].values():
        assert line.split("\n")[0].replace("*", "").strip() in page
    base = version.item.version
    answer = client.post(change, {**COMMON, **TYPED[form], "prompt": "Nowe słowa?", "base_version": base})
    assert answer.status_code == 302, words(answer)
    assert version.item.versions.get().prompt == "Nowe słowa?", "nobody was asked the old words: they are rewritten"
    answer = client.post(change, {**COMMON, **TYPED[form], "base_version": base})
    assert answer.status_code == 422
    assert "Ktoś zmienił to pytanie" in words(answer)


@pytest.mark.parametrize(
    ("form", "change", "said"),
    [
        (Form.SINGLE, {"choices": "* A\n* B"}, "dokładnie jedna"),
        (Form.SINGLE, {"choices": "* A\nA"}, "brzmią tak samo"),
        (Form.MULTIPLE, {"choices": "A\nB"}, "które odpowiedzi są dobre"),
        (Form.MATCHING, {"choices": "VAT"}, "Wiersz 1: potrzebne są dwie rzeczy"),
        (Form.NUMBER, {"value": "dużo"}, "Proszę wpisać liczbę"),
        (Form.ORDERING, {"choices": "Jedno"}, "co najmniej dwie"),
        (Form.SHORT, {"prompt": ""}, "Proszę wypełnić to pole"),
        (Form.OPEN, {"criterion": "9.9.z"}, "nie ma na liście"),
    ],
)
def test_a_question_that_could_not_be_asked_comes_back_with_everything_typed(world, form, change, said):
    client = signed_in_client(world.officer)
    before = ItemVersion.objects.count()
    sent = {**COMMON, **TYPED[form], **change}
    answer = client.post(reverse("knowledge-item-new", args=[world.bank.uid, form]), sent)
    assert answer.status_code == 422
    assert said in words(answer)
    assert ItemVersion.objects.count() == before
    if sent["prompt"]:
        assert sent["prompt"] in words(answer)


def test_a_question_is_retired_with_a_reason(world):
    client = signed_in_client(world.officer)
    version = world.add()
    address = reverse("knowledge-item-retire", args=[world.bank.uid, version.item.uid])
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Zmieniły się przepisy."}).status_code == 302
    assert BankItem.objects.get(pk=version.item_id).retired_why == "Zmieniły się przepisy."
    listed = reverse("knowledge-bank", args=[world.bank.uid])
    assert version.prompt not in words(client.get(listed))
    assert version.prompt in words(client.get(f"{listed}?wycofane=1"))


def test_a_plan_is_written_sampled_and_told_what_it_lacks(world):
    client = signed_in_client(world.officer)
    new = reverse("knowledge-blueprint-new", args=[world.bank.uid])
    values = {"title": "Test", "minutes": "30", "pass_percent": "60", "p_1_1_a": "2", "p_1_2": "1", "pass_1_2": "100"}
    assert client.post(new, {**values, "p_1_1_a": "dwa"}).status_code == 422
    assert client.post(new, {**values, "p_1_1": "1"}).status_code == 422
    answer = client.post(new, values)
    assert answer.status_code == 302, words(answer)
    plan = Blueprint.objects.get()
    assert (plan.rows, plan.pass_by_outcome) == ([["1.1.a", 2, None], ["1.2", 1, None]], {"1.2": 100})
    address = reverse("knowledge-blueprint", args=[world.bank.uid, plan.uid])
    assert "Wylosowano 5 zestawów" in words(client.get(address))
    base = plan.version
    client.post(address, {**values, "p_2_1_b": "3", "p_1_1_a": "1:1, 2:1", "base_version": base})
    plan.refresh_from_db()
    assert plan.rows == [["1.1.a", 1, 1], ["1.1.a", 1, 2], ["1.2", 1, None], ["2.1.b", 3, None]]
    assert "2.1.b: potrzeba 3 p., a pytania dają 0 p." in words(client.get(address))


def test_the_bank_goes_out_as_qti_and_comes_back_once(world):
    client = signed_in_client(world.officer)
    for question in ALL:
        world.add(question)
    content = client.get(reverse("knowledge-export", args=[world.bank.uid])).content
    before = ItemVersion.objects.count()
    address = reverse("knowledge-import", args=[world.bank.uid])
    assert client.get(address).status_code == 200

    def send(what):
        return client.post(address, {"file": SimpleUploadedFile("pytania.zip", what), "criterion": ""})

    assert send(content).status_code == 302
    assert ItemVersion.objects.count() == before, "what is here word for word comes in once"
    ItemVersion.objects.all().delete()
    BankItem.objects.all().delete()
    assert send(content).status_code == 302
    assert ItemVersion.objects.count() == before
    refused = send(b"PK nothing")
    assert refused.status_code == 422
    assert "Niczego nie wczytano" in words(refused)


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


def test_figures_have_their_screen_and_say_how_many_answers_are_lacking(world):
    test = world.finished()
    client = signed_in_client(world.officer)
    page = words(client.get(reverse("knowledge-figures", args=[world.bank.uid])))
    assert "dopiero po 30 odpowiedziach" in page
    row = test.answers.select_related("item_version__item").first()
    page = words(client.get(reverse("knowledge-item", args=[world.bank.uid, row.item_version.item.uid])))
    assert "Brakuje jeszcze: 29." in page


def test_a_bank_is_opened_for_a_qualification_that_is_validated():
    from tests.validation.world import World

    world = World()
    opening = world.open()
    client = signed_in_client(world.officer)
    assert "Załóż bank" in words(client.get(reverse("knowledge-banks")))
    assert client.post(reverse("knowledge-bank-open", args=[opening.uid])).status_code == 302
    assert QuestionBank.objects.get().qualification == world.qualification
    stranger = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    assert signed_in_client(stranger).post(reverse("knowledge-bank-open", args=[opening.uid])).status_code == 404


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
