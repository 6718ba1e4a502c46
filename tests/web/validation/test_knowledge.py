"""Screens of the bank: by role, with bad input; no door leads a candidate in."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from dorobek.people.enums import Role
from dorobek.people.models import Membership
from dorobek.validation.models import BankItem, Blueprint, ItemVersion, QuestionBank
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
    assert len(addresses) == 13
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
