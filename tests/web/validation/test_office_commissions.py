"""The officer's sittings, commissions, pool and trainings on the screens."""

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.validation.actions import commissions, openings
from dorobek.validation.actions.office import keep_availability
from dorobek.validation.models import (
    LedTraining,
    Sitting,
)
from tests.factories import acting, make_person, make_staff
from tests.validation.test_sittings import placed, plan
from tests.web.validation.office import day, follow, officer, said, world

pytestmark = pytest.mark.django_db
__all__ = ["officer", "world"]


def test_a_commission_is_proposed_with_one_click_checked_saved_and_appointed(officer, world):
    application = world.documented()
    opening = reverse("office-opening", args=[application.opening.uid])
    new = reverse("office-sitting-new", args=[application.opening.uid])
    follow(officer, new, {"day": day(1), "since": "9:00", "until": "11:00", "seats": "1"})
    assert "Wpisano na posiedzenia osób: 1" in follow(officer, reverse("office-spread", args=[application.opening.uid]))
    sitting = Sitting.objects.get()
    address = reverse("office-sitting", args=[sitting.uid])
    version = str(sitting.version)
    proposed = officer.post(address, {"propose": "1", "base_version": version})
    assert "spełnia wszystkie reguły" in said(proposed)
    assert said(proposed).count(" checked") == 2
    checked = officer.post(address, {"check": "1", "base_version": version, "members": [world.records[0].pk]})
    assert "Za mało członków komisji." in said(checked)
    assert "Asesor B" in said(checked)
    assert Sitting.objects.get().commission is None
    members = [one.pk for one in world.records[:2]]
    refused = officer.post(address, {"base_version": version, "members": members[:1]})
    assert refused.status_code == 422
    assert "Komisja jest zapisana" in follow(officer, address, {"base_version": version, "members": members})
    told = officer.post(address, {"base_version": version, "members": [world.records[2].pk, world.records[3].pk]})
    assert told.status_code == 422
    assert "ktoś inny: Ofelia Urzędowa" in said(told)
    case = reverse("office-case", args=[application.uid])
    assert "Brakuje oświadczeń o bezstronności" in said(officer.get(case))
    for one in Sitting.objects.get().commission.members.all():
        commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
    done = follow(officer, reverse("office-case-press", args=[application.uid, "powolaj"]))
    assert "Komisja jest powołana" in done
    assert "Asesor A" in said(officer.get(opening))


def test_when_no_commission_exists_the_proof_is_shown(officer, world):
    application = world.documented()
    for one in world.assessors[:3]:
        openings.note_training(
            institution=world.institution, trainer=one, person=world.person, title="Kurs",
            ended_on=timezone.localdate(), acting_user=acting(world.officer),
        )  # fmt: skip
    sitting = placed(world, application)
    for address in (reverse("office-sitting", args=[sitting.uid]), reverse("office-planning")):
        text = said(officer.post(address, {"propose": "1", "base_version": sitting.version}))
        assert "Oto dowód" in text
        assert "szkoliły kandydata: 3" in text


def test_commissions_of_many_sittings_are_proposed_and_accepted_at_once(officer, world):
    opening = world.open(places=9)
    made = []
    for number, name in enumerate(("Jan Jeden", "Jan Dwa", "Jan Trzy")):
        world.person = make_person(name)
        world.me = world.person.account
        made.append(placed(world, world.documented(opening), day=number + 1))
    address = reverse("office-planning")
    text = said(officer.post(address, {"propose": "1", "opening": [opening.pk]}))
    assert "najrówniejszy podział" in text
    rows = {}
    for one in made:
        rows[f"version-{one.uid}"] = Sitting.objects.get(pk=one.pk).version
        rows[f"members-{one.uid}"] = [world.records[0].pk, world.records[1].pk]
    data = {"accept": "1", "opening": [opening.pk], "shown": [str(one.uid) for one in made], **rows}
    bad = {**data, "row": [str(one.uid) for one in made], f"members-{made[1].uid}": [world.records[0].pk]}
    refused = officer.post(address, bad)
    assert refused.status_code == 422
    assert "Za mało członków" in said(refused)
    assert not Sitting.objects.exclude(commission=None).exists()
    follow(officer, address, {**data, "row": [str(made[0].uid), str(made[2].uid)]})
    assert set(Sitting.objects.exclude(commission=None)) == {made[0], made[2]}


def test_the_pool_shows_what_each_meets_and_lacks_and_keeps_documents(officer, world):
    text = said(officer.get(reverse("office-pool")))
    assert "Asesor A" in text
    record = world.records[0]
    address = reverse("office-staff", args=[record.uid])
    page = said(officer.get(address))
    assert "udokumentowane dni: 0 z 730" in page
    since = timezone.localdate() - dt.timedelta(800)
    form = {
        "base_version": record.version, "level": "6", "level_document": "dyplom 1/2009", "principles_on": day(0),
        "shown": ["k1"], "period_0_since": f"{since:%d.%m.%Y}", "period_0_document": "umowa", "period_0_shows": ["k2"],
    }  # fmt: skip
    assert "Proszę zaznaczyć, co ten dokument" in said(officer.post(address, {**form, "period_0_shows": []}))
    assert "udokumentowane dni: 800 z 730" in follow(officer, address, form)
    assert "W międzyczasie ktoś zmienił" in said(officer.post(address, form))
    free = reverse("office-availability", args=[record.uid])
    follow(officer, free, {"most": "4", "away": f"{day(1)} - {day(3)}\n{day(8)}", "places": "Tymowice"})
    shown = said(officer.get(free))
    assert day(8).lstrip("0") in shown or day(8) in shown
    assert "Nie rozumiemy tej daty" in said(officer.post(free, {"most": "4", "away": "kiedyś"}))


def test_somebody_joins_the_pool(officer, world):
    newcomer = make_staff(Role.ASSESSOR, world.unit, "Nowa Asesorka")
    address = reverse("office-staff-new")
    page = follow(officer, address, {"account": newcomer.pk, "qualification": "90002"})
    assert "Nowa Asesorka" in page
    assert "Brak wymaganego poziomu wykształcenia" in page
    assert world.officer.name not in said(officer.get(address)).split('<form class="stack"')[1]


def test_trainings_are_noted_by_hand_and_from_a_table_that_is_tried_first(officer, world):
    world.submitted()
    who, trainer = world.person, world.assessors[0]
    table = (
        "Prowadzacy;Uczestnik;Szkolenie;Zakonczono\r\n"
        f"{trainer.email};{who.account.email};Kurs księgowości;2025-05-31\r\n"
        f"nikt@example.org;{who.account.email};Kurs;2025-05-31\r\n"
        f"{trainer.email};obcy@example.org;Kurs;2025-05-31\r\n"
        f"{trainer.email};bez adresu;Kurs;2025-05-31\r\n"
        f"{trainer.email};{who.account.email};Kurs;31 maja\r\n"
    )

    def send(text, **more):
        file = SimpleUploadedFile("szkolenia.csv", text.encode("utf-8-sig"))
        return officer.post(reverse("office-trainings-import"), {"file": file, **more})

    tried = said(send(table, dry_run="on"))
    assert "Sprawdzono, nic nie zapisano" in tried
    assert not LedTraining.objects.exists()
    assert "W tym osób, które się jeszcze nie zgłosiły" in tried
    assert "adres e-mail uczestnika, na przykład jan@example.org, a jest: bez adresu" in tried
    assert "obcy@example.org" not in tried
    assert "Nie ma takiej osoby wśród asesorów i doradców: nikt@example.org" in tried
    assert "Zapisano dobre wiersze" in said(send(table))
    assert LedTraining.objects.get().title == "Kurs księgowości"
    send(table)
    assert LedTraining.objects.count() == 1
    assert send("a;b\r\n1;2\r\n").status_code == 422
    by_hand = {"trainer": trainer.pk, "person": who.pk, "title": "Warsztat", "ended_on": day(-9)}
    assert "Zapisano szkolenie" in follow(officer, reverse("office-trainings"), by_hand)
    assert "Warsztat" in said(officer.get(reverse("office-trainings")))


def test_sittings_outside_the_days_and_too_many_candidates_are_refused(officer, world):
    application = world.documented(world.open(places=5))
    new = reverse("office-sitting-new", args=[application.opening.uid])
    late = officer.post(new, {"day": day(40), "since": "9", "until": "11", "seats": "1"})
    assert late.status_code == 422
    assert "musi być między" in said(late)
    world.person = make_person("Jan Drugi")
    world.me = world.person.account
    second = world.documented(application.opening)
    sitting = plan(world, application.opening)
    address = reverse("office-sitting-candidates", args=[sitting.uid])
    both = officer.post(address, {"applications": [application.pk, second.pk]})
    assert "mniej miejsc: 1" in said(both)
    follow(officer, address, {"applications": [second.pk]})
    assert [one.application_id for one in sitting.candidates.all()] == [second.pk]


def test_a_moved_sitting_tells_candidates_and_asks_for_a_commission_that_can_come(
    officer, world, django_capture_on_commit_callbacks
):
    sitting = placed(world, world.documented())
    address = reverse("office-sitting", args=[sitting.uid])
    follow(officer, address, {"base_version": sitting.version, "members": [one.pk for one in world.records[:2]]})
    away = timezone.localdate() + dt.timedelta(3)
    keep_availability(
        institution=world.institution, account=world.assessors[0], most=5, away=[(away, away)],
        acting_user=acting(world.officer),
    )  # fmt: skip
    move = reverse("office-sitting-move", args=[sitting.uid])
    form = {"day": day(2), "since": "10:00", "until": "12:00", "place": "Łęgowice", "reason": "Awaria prądu."}
    assert "Proszę wypełnić" in said(officer.post(move, {**form, "reason": ""}))
    assert "musi być między" in said(officer.post(move, {**form, "day": day(60)}))
    with django_capture_on_commit_callbacks(execute=True):
        follow(officer, move, form)
    assert "Awaria prądu." in mail.outbox[-1].body
    assert "10:00" in mail.outbox[-1].body
    assert Sitting.objects.get().commission is not None
    assert "wybrać ją na nowo" in follow(officer, move, {**form, "day": day(3)})
    assert Sitting.objects.get().commission is None
