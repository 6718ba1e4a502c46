"""The officer's desk and openings by role; what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.enums import Source
from dorobek.validation.models import (
    Application,
    ValidationOpening,
)
from tests.factories import make_institution, make_person, make_staff, make_unit
from tests.register.conftest import real
from tests.validation.conftest import second_entry
from tests.validation.test_sittings import placed
from tests.validation.world import NAME
from tests.web.validation.office import day, follow, officer, opened, said, world

pytestmark = pytest.mark.django_db
__all__ = ["officer", "real", "world"]


def test_the_desk_shows_openings_states_whose_move_and_what_is_late(officer, world):
    empty = said(officer.get(reverse("office")))
    assert "Nie ma jeszcze żadnej walidacji" in empty
    application = world.submitted()
    text = said(officer.get(reverse("office")))
    assert application.person.name in text
    assert "doradca walidacyjny" in text
    assert "is-late" not in text
    past = timezone.localdate() - dt.timedelta(3)
    ValidationOpening.objects.update(applications_until=past, begins_on=past)
    text = said(officer.get(reverse("office") + "?po-terminie=1"))
    assert "Po terminie: 1." in text
    assert application.person.name in text
    assert "Nic tu nie pasuje" in said(officer.get(reverse("office") + "?stan=certified"))
    assert application.person.name in said(officer.get(reverse("office") + "?q=SLIZ"))


def test_the_desk_asks_as_much_of_a_thousand_cases_as_of_one(officer, world, django_assert_max_num_queries):
    opening = world.open(places=2000)
    people = [make_person(f"Osoba {n}", with_account=False) for n in range(60)]
    Application.objects.bulk_create([Application(person=one, opening=opening, state="documented") for one in people])
    officer.get(reverse("office"))
    with django_assert_max_num_queries(30) as few:
        officer.get(reverse("office"))
    more = [make_person(f"Dalsza {n}", with_account=False) for n in range(60)]
    Application.objects.bulk_create([Application(person=one, opening=opening, state="submitted") for one in more])
    with django_assert_max_num_queries(len(few)):
        officer.get(reverse("office"))


def test_an_opening_is_made_with_its_rules_in_words_and_the_bodys_own_marked(officer, world):
    assert "90002" in said(officer.get(reverse("office-opening-new")))
    form = said(officer.get(reverse("office-opening-new") + "?kwalifikacja=90002"))
    assert "zestaw 1" in form
    assert "Sprawdza się każdy efekt" in form
    assert opened(officer).status_code == 302
    made = ValidationOpening.objects.get()
    assert (made.fee_grosze, made.own_rules, made.place) == (25_000, ["no-relatives"], "Tymowice, sala 4")
    text = said(officer.get(reverse("office-opening", args=[made.uid])))
    assert "reguła instytucji" in text
    assert "1.1, 1.2" in text
    assert "Najmniej osób w komisji: 2." in text


def test_the_majority_decides_unless_the_body_says_otherwise(officer, world):
    page = officer.get(reverse("office-opening-new") + "?kwalifikacja=90002")
    assert page.context["form"]["own_rules"].value() == ["majority"]


def test_a_wrong_opening_keeps_what_was_typed_and_says_what_to_do(officer, world):
    answer = opened(officer, begins_on=day(2), place="Bardzo długa nazwa ulicy")
    assert answer.status_code == 422
    assert "Daty muszą iść po kolei" in said(answer)
    assert "Bardzo długa nazwa ulicy" in said(answer)
    import_entries(reads=[Read(second_of("90009", ()))], source=Source.TABLE)
    assert "Rejestr nie podaje" in said(opened(officer, "90009"))


def second_of(code, bodies):
    return second_entry(code=code, bodies=bodies)


def test_13477_opens_only_with_five_documented_years_of_training(officer, world, real):
    """RG-4: the body's own requirement, from the register entry, with the documents recorded."""
    entry = replace(real.entry, bodies=(Body(NAME, "awarding"),))
    import_entries(reads=[Read(entry)], source=Source.TABLE)
    code = entry.code
    page = said(officer.get(reverse("office-opening-new") + f"?kwalifikacja={code}"))
    assert "Bez tych dokumentów walidacji nie da się otworzyć" in page
    assert "rozmowa" in page.lower()
    given = {f"provided_{n}": "sala 4, projektor" for n in range(9)}
    assert "nie ma zapisanych dokumentów" in said(opened(officer, code, **given))
    body = reverse("office-body", args=[code])
    since = timezone.localdate() - dt.timedelta(365 * 7)
    row = {"period_0_since": f"{since:%d.%m.%Y}", "period_0_document": "program szkoleń", "period_0_shows": ["p1"]}
    assert "Proszę wpisać, jaki dokument" in said(officer.post(body, {**row, "period_0_document": ""}))
    assert "Dokumenty instytucji są zapisane" in follow(officer, body, row)
    assert opened(officer, code, **given).status_code == 302
    made = ValidationOpening.objects.get()
    assert made.provided[0] == "sala 4, projektor"
    text = said(officer.get(reverse("office-opening", args=[made.uid])))
    assert "sala 4, projektor" in text
    assert "Nikt nie ocenia osoby, która była na jego szkoleniu" in text


def test_a_change_of_place_is_told_to_candidates_with_the_reason(officer, world, django_capture_on_commit_callbacks):
    application = world.submitted()
    address = reverse("office-opening-change", args=[application.opening.uid])
    form = {"applications_until": day(0), "begins_on": day(0), "ends_on": day(9), "place": "Łęgowice", "places": "2"}
    assert "Proszę wypełnić" in said(officer.post(address, form))
    with django_capture_on_commit_callbacks(execute=True):
        follow(officer, address, {**form, "reason": "Remont sali."})
    letter = mail.outbox[-1]
    assert "Remont sali." in letter.body
    assert "Łęgowice" in letter.body
    assert HistoryEntry.objects.filter(subject=application.uid, kind="validation.moved").exists()
    close = reverse("office-opening-close", args=[application.opening.uid])
    assert "zgłoszenia zamknięte" in follow(officer, close, {"reason": "Komplet."})
    assert "już zamknięta" in said(officer.post(close, {"reason": "Komplet."}))


def every_address(world, application, sitting):
    one, of = [application.uid], [application.opening.uid]
    return [
        reverse("office"), reverse("office-planning"), reverse("office-opening", args=of),
        reverse("office-opening-change", args=of), reverse("office-sitting", args=[sitting.uid]),
        reverse("office-sitting-candidates", args=[sitting.uid]), reverse("office-case", args=one),
        reverse("office-case-fee", args=one), reverse("office-staff", args=[world.records[0].uid]),
        reverse("office-availability", args=[world.records[0].uid]), reverse("office-sitting-new", args=of),
        reverse("office-opening-close", args=of), reverse("office-case-hand-over", args=one),
        reverse("office-case-adjustments", args=one),
    ]  # fmt: skip


def test_who_may_open_the_office(client, world):
    application = world.documented()
    sitting = placed(world, application)
    appeal = world.appeal(application)
    addresses = every_address(world, application, sitting)
    client.force_login(world.officer)
    assert {client.get(one).status_code for one in addresses} == {200}
    elsewhere = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    for account in (world.me, world.adviser, world.assessors[0], world.appeals, elsewhere):
        client.force_login(account)
        for one in addresses:
            own = account == elsewhere and one in (reverse("office"), reverse("office-planning"))
            assert client.get(one).status_code == (200 if own else 404), (account, one)
            assert own or client.post(one).status_code in (404, 405), (account, one)
    assert client.post(reverse("office-case-press", args=[application.uid, "powolaj"])).status_code == 404
    for account in (world.officer, world.me, elsewhere):
        client.force_login(account)
        assert client.get(reverse("office-appeal", args=[appeal.uid])).status_code == 404
