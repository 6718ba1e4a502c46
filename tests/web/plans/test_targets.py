"""Screens of what a goal leads to and what is missing: both frames, by role, with bad input (DP-3, DP-7)."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dorobek.audits.models import SkillsAudit
from dorobek.people.enums import Role
from dorobek.plans.gaps.enums import LineState, TargetKind
from dorobek.plans.models import LabourFigure, LabourImport, Source, Target, TargetLine
from dorobek.register.models import Concept
from tests.factories import make_account, make_case, make_staff
from tests.plans.gaps.conftest import aim, body, cashier, catalogue, make_goal, register, seller, target

__all__ = ["body", "cashier", "catalogue", "register", "seller", "target"]
pytestmark = pytest.mark.django_db
PAGES = ("target", "target-choose", "target-lines", "target-proposals", "gaps", "gaps-print")


def case_of(target) -> SkillsAudit:
    return SkillsAudit.objects.get(uid=target.case_uid)


def text(answer) -> str:
    """The page with ordinary spaces."""
    return re.sub("[\u00a0\u202f]", " ", answer.content.decode())


def url(side, page, target, *more):
    return reverse(f"{side}-{page}", args=[target.case_uid, target.goal.uid, *more])


@pytest.fixture
def adviser(client, target):
    client.force_login(case_of(target).adviser)
    return client


@pytest.fixture
def owner(client, target):
    client.force_login(target.person.account)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_adviser_and_the_participant_open_every_page_and_nobody_else(client, target, page):
    audit = case_of(target)
    for side, account in (("case", audit.adviser), ("own", target.person.account)):
        client.force_login(account)
        assert client.get(url(side, page, target)).status_code == 200
    client.force_login(audit.adviser)
    assert client.get(url("own", page, target)).status_code == 404
    for stranger in (make_account(), make_case().adviser, make_case().person.account):
        client.force_login(stranger)
        assert client.get(url("case", page, target)).status_code == 404
        assert client.get(url("own", page, target)).status_code == 404


def test_a_supervisor_reads_and_changes_nothing(client, target):
    client.force_login(make_staff(Role.COORDINATOR, case_of(target).unit))
    answer = client.get(url("case", "target-lines", target))
    assert answer.status_code == 200
    assert "Zmień<span" not in text(answer)
    assert client.post(url("case", "target", target)).status_code == 404
    assert Target.objects.filter(pk=target.pk).exists()


def test_the_gap_page_draws_names_and_numbers_what_is_missing(owner, target):
    shown = text(owner.get(url("own", "gaps", target)))
    for said in ("Brakuje tylko dowodu", "jest, z dowodem: 1", "brakuje: 1", "Raport kasowy", "Oryginał okazany.",
                 "Czego trzeba, a co już jest", "niezbędne: jest, z dowodem 1"):  # fmt: skip
        assert said in shown, said
    assert shown.count('class="held"') >= 1
    assert 'id="luka-4"' in shown
    printed = text(owner.get(url("own", "gaps-print", target)))
    assert '<details class="fold" open>' in printed


def test_without_a_target_the_page_says_what_to_do(client, cashier):
    goal = make_goal(cashier)
    client.force_login(cashier.person.account)
    shown = text(client.get(reverse("own-gaps", args=[cashier.uid, goal.uid])))
    assert "Najpierw trzeba wybrać" in shown
    assert client.get(reverse("own-target-lines", args=[cashier.uid, goal.uid])).status_code == 404


def test_an_occupation_is_found_chosen_and_leads_to_the_picture(client, cashier, seller):
    goal = make_goal(cashier)
    client.force_login(cashier.adviser)
    where = reverse("case-target-choose", args=[cashier.uid, goal.uid])
    shown = text(client.get(where, {"rodzaj": "zawod", "q": "SPRZEDAWCA"}))
    assert "ESCO 5223.6" in shown
    assert "KZIS 522301" in shown
    answer = client.post(where, {"rodzaj": "zawod", "kod": seller.pk})
    assert answer.url == reverse("case-gaps", args=[cashier.uid, goal.uid])
    assert Target.objects.get(goal=goal).concept == seller


def test_an_occupation_of_kzis_asks_which_skills_are_meant(client, cashier, seller):
    goal = make_goal(cashier)
    polish = Concept.objects.get(code="522301")
    client.force_login(cashier.person.account)
    where = reverse("own-target-choose", args=[cashier.uid, goal.uid])
    asked = client.post(where, {"rodzaj": "zawod", "kod": polish.pk})
    assert "Którego zawodu umiejętności liczyć" in text(asked)
    assert not Target.objects.exists()
    client.post(where, {"rodzaj": "zawod", "kod": polish.pk, "umiejetnosci": seller.pk})
    made = Target.objects.get(goal=goal)
    assert (made.concept, made.skills_of) == (polish, seller)
    assert "obsługa klienta" in text(client.get(reverse("own-gaps", args=[cashier.uid, goal.uid])))
    assert client.post(where, {"rodzaj": "zawod", "kod": polish.pk, "umiejetnosci": "99999"}).status_code == 404
    client.post(where, {"rodzaj": "zawod", "kod": polish.pk, "umiejetnosci": "0"})
    assert Target.objects.get(goal=goal).skills_of is None


@pytest.mark.parametrize("sent", [
    {"rodzaj": "zawod", "kod": "nie ma"}, {"rodzaj": "kwalifikacja", "kod": "00000"}, {"rodzaj": "mikro", "kod": "x"},
    {"rodzaj": "zawod"}, {"rodzaj": "mikro", "kod": "00000000-0000-0000-0000-000000000000"},
])  # fmt: skip
def test_what_is_not_there_cannot_be_chosen(owner, target, sent):
    assert owner.post(url("own", "target-choose", target), sent).status_code == 404
    assert Target.objects.get(goal=target.goal) == target


def test_a_wish_in_words_gets_proposals_and_only_what_is_ticked_stays(client, cashier, catalogue):
    goal = make_goal(cashier)
    client.force_login(cashier.person.account)
    where = reverse("own-target-choose", args=[cashier.uid, goal.uid])
    empty = client.post(where, {"rodzaj": "slowa", "wish": "  "})
    assert empty.status_code == 422
    assert 'href="#id_wish"' in text(empty)
    answer = client.post(where, {"rodzaj": "slowa", "wish": "Chcę rozliczać kasę i obsługiwać klientów w sklepie."})
    assert answer.url == reverse("own-target-proposals", args=[cashier.uid, goal.uid])
    made = Target.objects.get(goal=goal)
    assert made.kind == TargetKind.WISH
    waiting = list(TargetLine.objects.filter(target=made, state=LineState.PROPOSED).order_by("order"))
    assert waiting
    assert waiting[0].title in text(client.get(answer.url))
    client.post(answer.url, {"kod": [waiting[0].code]})
    states = dict(TargetLine.objects.filter(target=made).values_list("code", "state"))
    assert states.pop(waiting[0].code) == LineState.TAKEN
    assert set(states.values()) <= {LineState.OUT}
    gaps = text(client.get(reverse("own-gaps", args=[cashier.uid, goal.uid])))
    assert waiting[0].title in gaps


def test_lines_are_weighed_left_out_taken_back_and_added(owner, target, catalogue):
    here = url("own", "target-lines", target)
    code = "zrk:90001-1-1"
    owner.post(here, {"kod": code, "waga": "own"})
    owner.post(here, {"kod": "zrk:90001-1-2", "usun": ""})
    shown = text(owner.get(here))
    assert "Usunięte z listy" in shown
    gaps = text(owner.get(url("own", "gaps", target)))
    assert "zmienione, było:" in gaps
    assert "Raport kasowy" not in gaps
    owner.post(here, {"kod": "zrk:90001-1-2", "waga": "essential"})
    assert "Raport kasowy" in text(owner.get(url("own", "gaps", target)))
    owner.post(here, {"dodaj": "1", "words": "Obsługa arkusza kalkulacyjnego"})
    assert "Obsługa arkusza kalkulacyjnego" in text(owner.get(url("own", "gaps", target)))
    again = owner.post(here, {"dodaj": "1", "words": "obsługa arkusza kalkulacyjnego"})
    assert again.status_code == 422
    assert "To już jest na liście" in text(again)
    offered = text(owner.post(here, {"dodaj": "1", "szukaj": "", "words": "rozliczanie kasy"}))
    assert "Może chodzi o coś z tej listy" in offered
    assert 'value="rozliczanie kasy"' in offered
    gone = owner.post(here, {"kod": "zrk:1-1-1", "waga": "own"}, follow=True)
    assert "Tej pozycji nie ma już na liście" in text(gone)


def test_figures_stand_with_source_date_and_reliability_and_go_into_the_plan_with_one_click(client, cashier, seller):
    target = aim(cashier, concept=Concept.objects.get(code="522301"), skills_of=seller)
    client.force_login(cashier.person.account)
    page = reverse("own-target", args=[cashier.uid, target.goal.uid])
    assert "Nie mamy pod ręką liczb o tym zawodzie" in text(client.get(page))
    made = LabourFigure.objects.create(
        classification="kzis", occupation="522301", label="Sprzedawca", region="12", measure="wage",
        value=Decimal("4890.50"), unit="zł brutto miesięcznie", period="2025", source="Barometr próbny",
        dated=dt.date(2026, 1, 5), reliability="official",
    )  # fmt: skip
    elsewhere = LabourFigure.objects.create(
        classification="kzis", occupation="522301", region="24", measure="wage", value=1, unit="zł", period="2025",
        source="Inny region", dated=dt.date(2026, 1, 5), reliability="opinion",
    )  # fmt: skip
    shown = text(client.get(page))
    for said in ("4 890,50 zł brutto", "małopolskie", "Barometr próbny", "05.01.2026", "źródło urzędowe"):
        assert said in shown, said
    assert "Inny region" not in shown
    take = reverse("own-target-figure", args=[cashier.uid, target.goal.uid, made.pk])
    for _twice in range(2):
        assert client.post(take).url == page
    held = Source.objects.get(plan=target.goal.plan)
    assert (held.title, held.dated, held.reliability) == ("Barometr próbny", dt.date(2026, 1, 5), "official")
    assert "Jest w źródłach planu" in text(client.get(page))
    away = reverse("own-target-figure", args=[cashier.uid, target.goal.uid, elsewhere.pk])
    assert client.post(away).status_code == 404
    assert client.get(take).status_code == 404


def test_the_target_can_be_taken_away(owner, target):
    owner.post(url("own", "target", target))
    assert not Target.objects.exists()
    assert owner.post(url("own", "target", target)).status_code == 404


HEAD = "zawod;nazwa;region;miara;wartosc;jednostka;okres;zrodlo;z_dnia;wiarygodnosc\n"
GOOD = "522301;Sprzedawca;12;wynagrodzenie;4 890,50;zł brutto;2025;Barometr próbny;2026-01-05;urzędowe\n"


def test_a_table_of_figures_is_tried_then_brought_in_by_an_office(client, cashier):
    client.force_login(make_staff(Role.COORDINATOR, cashier.unit))
    where = reverse("labour-import")

    def send(text, **more):
        file = SimpleUploadedFile("dane.csv", text.encode(), content_type="text/csv")
        return client.post(where, {"file": file, **more})

    tried = send(HEAD + GOOD, dry_run="on")
    assert "Sprawdzono, nic nie zapisano" in text(tried)
    assert not LabourFigure.objects.exists()
    assert not LabourImport.objects.exists()
    bad = send(HEAD + GOOD + GOOD.replace("4 890,50", "dużo").replace("2025", "2024"))
    assert bad.status_code == 422
    assert "„dużo” nie jest liczbą" in text(bad)
    assert not LabourFigure.objects.exists()
    done = send(HEAD + GOOD)
    assert "Zapisano" in text(done)
    assert LabourFigure.objects.get().value == Decimal("4890.50")
    none = send("imię;nazwisko\nJan;Próba\n")
    assert none.status_code == 422
    assert "brakuje kolumn" in text(none)
    client.force_login(cashier.adviser)
    assert client.get(where).status_code == 404
