"""Screens and REST of fees, refusals, appeals against each decision, and letters: by role, allowed and refused."""

import pytest
from django.test import Client
from django.urls import reverse

from dorobek.validation.actions import fees
from dorobek.validation.enums import AppealAbout
from dorobek.validation.models import Appeal, Application, Fee, Refusal, ValidationOpening
from tests.factories import acting
from tests.validation.test_appeals_at_every_step import (
    file,
    not_met,
    refused,
    revoked,
    without_adjustment,
    without_reduction,
)
from tests.validation.world import World
from tests.web.validation.office import follow, said

pytestmark = pytest.mark.django_db
TERMS = {"fee_grosze": 30_000, "fee_to": "12 3456 0000 1111", "fee_waits": "commission"}


@pytest.fixture
def world():
    return World()


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


def test_the_candidate_is_told_before_and_after_sending_what_to_pay_and_whom(world):
    opening = world.open(**TERMS)
    me = client_of(world.me)
    before = said(me.get(reverse("validation-opening", args=[opening.uid])))
    assert "Powołanie komisji czeka na opłatę (reguła instytucji)." in before
    application = world.submitted(opening)
    page = said(me.get(reverse("validation-case", args=[application.uid])))
    assert "300,00" in page
    assert "12 3456 0000 1111" in page
    assert world.institution.name in page
    assert f"90002/{application.pk:06d}" in page


def test_the_candidate_asks_to_pay_less_the_office_answers_and_the_step_says_why_it_waits(world):
    application = world.documented(world.open(**TERMS))
    me, officer = client_of(world.me), client_of(world.officer)
    address = reverse("validation-fee", args=[application.uid])
    assert me.post(address, {"words": ""}).status_code == 422
    assert "Do czasu odpowiedzi nie trzeba płacić" in follow(me, address, {"words": "Nie mam pracy."})
    assert me.get(address).status_code == 404
    case = said(officer.get(reverse("office-case", args=[application.uid])))
    assert "Nie mam pracy." in case
    assert "Najpierw trzeba odpowiedzieć" in case
    answer = reverse("office-case-fee-answer", args=[application.uid])
    assert "Nie mam pracy." in said(officer.get(answer))
    assert officer.post(answer, {"granted": "nie", "reason": ""}).status_code == 422
    follow(officer, answer, {"granted": "nie", "grosze": "0,00", "reason": "Regulamin nie przewiduje."})
    assert officer.get(answer).status_code == 404
    page = said(me.get(reverse("validation-case", args=[application.uid])))
    assert "Regulamin nie przewiduje." in page
    assert "Odwołaj się od odmowy w sprawie opłaty" in page
    case = said(officer.get(reverse("office-case", args=[application.uid])))
    assert "nie jest zapłacona" in case
    assert "Reguła instytucji." in case


def test_a_part_granted_leaves_the_rest_to_pay(world):
    application = world.submitted(world.open(**TERMS))
    fees.ask_fee(application=application, words="Mam rentę.", acting_user=acting(world.me))
    address = reverse("office-case-fee-answer", args=[application.uid])
    follow(client_of(world.officer), address, {"granted": "tak", "grosze": "100,00", "reason": "Renta."})
    assert (Fee.objects.get().grosze, Fee.objects.get().state) == (10_000, "due")


def test_terms_of_payment_are_changed_for_those_who_come_later(world):
    opening = world.open(**TERMS)
    world.submitted(opening)
    officer, address = client_of(world.officer), reverse("office-opening-fee", args=[opening.uid])
    form = {"fee_grosze": "350,00", "waits": "result", "days": "21", "to": "kasa", "reason": "Nowy cennik."}
    assert officer.post(address, {**form, "reason": ""}).status_code == 422
    page = follow(officer, address, {**form, "base_version": opening.version})
    assert "płaci na dawnych zasadach" in page
    assert "reguła instytucji" in page
    assert (ValidationOpening.objects.get().fee_waits, Fee.objects.get().waits) == ("result", "commission")
    stale = said(officer.post(address, {**form, "days": "30", "base_version": opening.version}))
    assert "międzyczasie" in stale
    assert ValidationOpening.objects.get().fee_days == 21
    for account in (world.me, world.adviser, world.appeals, world.assessors[0]):
        assert client_of(account).get(address).status_code == 404


def test_the_adviser_refuses_the_candidate_reads_why_and_appeals(world):
    application = world.submitted()
    adviser, address = client_of(world.adviser), reverse("validation-advising-refuse", args=[application.uid])
    assert "Warunki z wpisu nie są spełnione" in said(
        adviser.get(reverse("validation-advising-case", args=[application.uid]))
    )
    assert "Kandydat dostaje pismo" in said(adviser.get(address))
    assert adviser.post(address, {"ground": "conditions", "reason": "nie"}).status_code == 422
    follow(adviser, address, {"ground": "conditions", "reason": "Nie ma dyplomu, którego wymaga wpis."})
    assert Refusal.objects.get().refused_by == world.adviser
    assert adviser.get(address).status_code == 404
    me = client_of(world.me)
    page = said(me.get(reverse("validation-case", args=[application.uid])))
    assert "Nie ma dyplomu, którego wymaga wpis." in page
    assert "Odwołaj się od odmowy dopuszczenia" in page
    follow(me, reverse("validation-appeal", args=[application.uid]) + "?od=refusal", {"reason": "Mam dyplom."})
    assert Appeal.objects.get().about == AppealAbout.REFUSAL
    appeals = client_of(world.appeals)
    shown = said(appeals.get(reverse("office-appeal", args=[Appeal.objects.get().uid])))
    assert "Nie ma dyplomu, którego wymaga wpis." in shown
    assert "Po uwzględnieniu kandydat jest dopuszczony" in shown


def test_who_may_open_these_screens(world):
    application = world.submitted(world.open(**TERMS))
    mine = [reverse(name, args=[application.uid]) for name in ("validation-fee", "validation-appeal")]
    refusing = reverse("validation-advising-refuse", args=[application.uid])
    for account in (world.officer, world.adviser, world.appeals, world.assessors[0]):
        client = client_of(account)
        assert {client.get(one).status_code for one in mine} == {404}
        assert client.post(reverse("validation-letters", args=[application.uid])).status_code == 404
        assert client.get(refusing).status_code == (200 if account == world.adviser else 404)
    assert {client_of(world.me).get(one).status_code for one in mine} == {200}
    assert client_of(world.me).get(refusing).status_code == 404


@pytest.mark.parametrize(
    ("make", "about", "shown"),
    [
        (refused, "refusal", "Nie ma dyplomu"), (without_adjustment, "adjustment", "Sala jest zajęta."),
        (without_reduction, "fee", "Regulamin nie przewiduje."), (not_met, "result", "tak było widać"),
        (revoked, "revocation", "Dokument był cudzy."), (World.appointed, "commission", "Asesor A"),
        (World.submitted, "course", "Z czym kandydat"),
    ],
)  # fmt: skip
def test_each_appeal_is_filed_and_answered_on_the_screens(world, make, about, shown):
    application = make(world)
    me, appeals = client_of(world.me), client_of(world.appeals)
    address = reverse("validation-appeal", args=[application.uid]) + f"?od={about}"
    assert str(AppealAbout(about).label) in said(me.get(address))
    assert me.post(address, {"reason": " "}).status_code == 422
    follow(me, address, {"reason": "Nie zgadzam się."})
    assert me.get(address).status_code == 404
    filed = Appeal.objects.get(about=about)
    answering = reverse("office-appeal", args=[filed.uid])
    page = said(appeals.get(answering))
    assert shown in page
    follow(appeals, answering, {"uphold": "tak", "answer": "Kandydat ma rację."})
    own = said(me.get(reverse("validation-case", args=[application.uid])))
    assert "uwzględnione" in own
    assert "Kandydat ma rację." in own


def test_the_result_of_each_round_says_what_was_not_judged_again(world):
    application = not_met(world)
    world.answer(file(world, application, AppealAbout.RESULT))
    again = world.judged(world.appointed(world.fresh(application), *world.records[2:]))
    world.decide(again)
    page = said(client_of(world.me).get(reverse("validation-case", args=[application.uid])))
    first, second = page.split('id="wynik2"')[1].split('id="wynik1"')[::-1]
    assert "Nie oceniano tego jeszcze raz" not in first
    assert second.count("Nie oceniano tego jeszcze raz") == 3


def test_letters_are_turned_off_and_on(world):
    application = world.submitted()
    me, address = client_of(world.me), reverse("validation-letters", args=[application.uid])
    assert me.get(address).status_code == 405
    assert "Przysyłaj wszystkie listy" in follow(me, address, {"letters": "off"})
    assert Application.objects.get().letters_off
    assert "Przysyłaj tylko konieczne" in follow(me, address, {"letters": "on"})


def test_rest_does_the_same(world):
    application = world.submitted(world.open(**TERMS))
    me, officer, adviser = client_of(world.me), client_of(world.officer), client_of(world.adviser)
    base = f"/api/validation/applications/{application.uid}"

    def send(client, method, address, body):
        return getattr(client, method)(address, body, content_type="application/json")

    wish = send(me, "post", f"{base}/fee-wish", {"words": "Mam rentę."})
    assert (wish.status_code, wish.json()["asked"]) == (200, "Mam rentę.")
    answer = f"/api/validation/office/cases/{application.uid}/fee/answer"
    told = send(officer, "put", answer, {"granted": False, "reason": "Regulamin nie przewiduje."})
    assert (told.status_code, told.json()["granted"]) == (200, False)
    case = me.get(base).json()
    assert set(case["open_appeals"]) == {"fee", "course"}
    made = send(me, "post", f"{base}/appeals", {"reason": "Nie zgadzam się.", "about": "fee"})
    assert made.status_code == 201, made.content
    assert made.json()["appeals"][0]["about"] == "fee"
    assert send(me, "put", f"{base}/letters", {"off": True}).status_code == 204
    assert send(officer, "put", f"{base}/letters", {"off": True}).status_code == 404
    terms = f"/api/validation/office/openings/{application.opening.uid}/fee"
    body = {"fee_grosze": 1, "waits": "nothing", "days": 7, "reason": "Nowy cennik."}
    assert send(officer, "put", terms, body).json()["fee_waits"] == "nothing"
    assert send(adviser, "put", terms, body).status_code == 404
    no = {"ground": "conditions", "reason": "Nie ma dyplomu z wpisu."}
    assert send(officer, "post", f"{base}/refusal", no).status_code == 404
    assert send(adviser, "post", f"{base}/refusal", no).status_code == 204
    assert me.get(base).json()["state"] == "refused"
    assert "refusal" in me.get(base).json()["open_appeals"]
