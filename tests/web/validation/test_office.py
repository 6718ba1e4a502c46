"""The officer's screens by role, from the opening to the commission, the result and the certificate; what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.enums import Source
from dorobek.validation.actions import assessing, commissions, openings
from dorobek.validation.actions.office import keep_availability
from dorobek.validation.models import (
    AdjustmentAnswer,
    Appeal,
    Application,
    Certificate,
    Fee,
    LedTraining,
    Sitting,
    ValidationOpening,
)
from dorobek.validation.rules import Verdict
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.register.conftest import real
from tests.validation.conftest import second_entry
from tests.validation.test_sittings import placed, plan
from tests.validation.world import NAME, World

pytestmark = pytest.mark.django_db
__all__ = ["real"]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


def day(n):
    return f"{timezone.localdate() + dt.timedelta(n):%d.%m.%Y}"


def said(answer):
    """The page as it reads: no-break spaces are spaces."""
    return answer.content.decode().replace("\xa0", " ")


def follow(client, address, data=None, status=200):
    """POST, and the page it leads to."""
    answer = client.post(address, data or {}, follow=True)
    assert answer.status_code == status, said(answer)[:3000]
    return said(answer)


OPENING = {"place": "Tymowice, sala 4", "places": "3", "fee": "250,00", "own_rules": ["no-relatives"]}


def opened(client, code="90002", **more):
    address = reverse("office-opening-new") + f"?kwalifikacja={code}"
    data = {**OPENING, "applications_until": day(5), "begins_on": day(6), "ends_on": day(20), **more}
    return client.post(address, data)


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
        f"{trainer.email};{who.account.email};Kurs;31 maja\r\n"
    )

    def send(text, **more):
        file = SimpleUploadedFile("szkolenia.csv", text.encode("utf-8-sig"))
        return officer.post(reverse("office-trainings-import"), {"file": file, **more})

    tried = said(send(table, dry_run="on"))
    assert "Sprawdzono, nic nie zapisano" in tried
    assert not LedTraining.objects.exists()
    assert "nie zgłosiła się do tej instytucji: obcy@example.org" in tried
    assert "Nie ma takiej osoby wśród asesorów i doradców: nikt@example.org" in tried
    assert "Zapisano dobre wiersze" in said(send(table))
    assert LedTraining.objects.get().title == "Kurs księgowości"
    send(table)
    assert LedTraining.objects.count() == 1
    assert send("a;b\r\n1;2\r\n").status_code == 422
    by_hand = {"trainer": trainer.pk, "person": who.pk, "title": "Warsztat", "ended_on": day(-9)}
    assert "Zapisano szkolenie" in follow(officer, reverse("office-trainings"), by_hand)
    assert "Warsztat" in said(officer.get(reverse("office-trainings")))


def test_fee_adjustment_and_handing_over_are_kept_with_reasons(officer, world):
    application = world.submitted(world.open(fee_grosze=30_000))
    Application.objects.update(adjustments="Potrzebuję więcej czasu i tłumacza języka migowego.")
    fee = reverse("office-case-fee", args=[application.uid])
    assert "dlaczego ta osoba nie płaci" in said(officer.post(fee, {"state": "waived", "grosze": "300"}))
    assert "numer przelewu" in said(officer.post(fee, {"state": "paid", "grosze": "300"}))
    page = follow(officer, fee, {"state": "paid", "grosze": "300,00", "document": "przelew 7/2026"})
    assert "przelew 7/2026" in page
    assert Fee.objects.get().grosze == 30_000
    more = reverse("office-case-adjustments", args=[application.uid])
    assert "tłumacza języka migowego" in said(officer.get(more))
    assert officer.post(more, {"granted": "nie", "reason": ""}).status_code == 422
    page = follow(officer, more, {"granted": "tak", "extra_percent": "50", "reason": "Będzie tłumacz."})
    assert "Będzie tłumacz." in page
    assert AdjustmentAnswer.objects.get().extra_percent == 50
    given = reverse("office-case-hand-over", args=[application.uid])
    refused = officer.post(given, {"what": "certificate", "how": "post", "handed_on": day(0)})
    assert "Certyfikatu jeszcze nie wydano" in said(refused)
    assert "osobiście" in follow(officer, given, {"what": "other", "how": "person", "handed_on": day(0)})
    assert AccessLog.objects.filter(case_uid=application.uid, account=world.officer).exists()


def test_the_result_and_the_certificate_are_given_or_refused_in_words(officer, world):
    application = world.appointed()
    case = reverse("office-case", args=[application.uid])
    publish = reverse("office-case-press", args=[application.uid, "oglos"])
    certify = reverse("office-case-press", args=[application.uid, "certyfikat"])
    assert "Czekamy na: Asesor A, Asesor B" in said(officer.get(case))
    assert "Czekamy na: Asesor A, Asesor B" in said(
        officer.post(publish, follow=True, HTTP_REFERER=f"http://testserver{case}")
    )
    world.verify(application)
    for sheet in application.assessments.all():
        world.fill(sheet)
    assert "Wynik jest ogłoszony" in follow(officer, publish)
    assert "jest wydany" in follow(officer, certify)
    number = Certificate.objects.get().number
    assert number in said(officer.get(reverse("office-certificates") + f"?q={number}"))
    assert application.person.name in said(officer.get(reverse("office-certificates") + "?q=sliz"))
    table = b"".join(officer.get(reverse("office-certificates-table")).streaming_content).decode("utf-8-sig")
    assert number in table
    report = b"".join(officer.get(reverse("office-report", args=["csv"])).streaming_content).decode("utf-8-sig")
    assert application.person.family_name not in report
    assert "90002" in report
    told = officer.get(reverse("office-report", args=["json"])).json()["certificates"]
    assert [(one["qualification"], one["certificates"]) for one in told] == [("90002", 1)]
    assert officer.get(reverse("office-report", args=["exe"])).status_code == 404


def test_agreement_is_shown_with_counts_and_marked_unsure_when_few(officer, world):
    assert "Nie ma jeszcze czego porównać" in said(officer.get(reverse("office-agreement")))
    application = world.appointed()
    first, second = application.assessments.order_by("pk")
    world.fill(first, c11a="not-met", c12a="not-met")
    world.fill(second, c11a="not-met")
    text = said(officer.get(reverse("office-agreement")))
    assert "Asesor A, Asesor B" in text
    assert "0,57" in text
    assert "niepewne: mało ocen" in text


def test_appeals_are_answered_by_others_and_send_the_case_to_another_commission(client, world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    filed = world.appeal(world.fresh(application))
    address = reverse("office-appeal", args=[filed.uid])
    client.force_login(world.appeals)
    assert application.person.name in said(client.get(reverse("office-appeals")))
    page = said(client.get(address))
    assert "tak było widać" in page
    assert client.post(address, {"uphold": "tak", "answer": ""}).status_code == 422
    follow(client, address, {"uphold": "tak", "answer": "Zabrakło czasu na zadanie."})
    assert Appeal.objects.get().state == "upheld"
    assert (world.fresh(application).round, world.fresh(application).state) == (2, "documented")
    assert "Zabrakło czasu" in said(client.get(address))
    judge = make_staff(Role.APPEALS_OFFICER, world.unit, "Sędzia Własny")
    world.assessors[0].memberships.create(institution=world.institution, unit=world.unit, role=Role.APPEALS_OFFICER)
    Appeal.objects.update(state="filed")
    client.force_login(world.assessors[0])
    assert "Musi to zrobić inna osoba" in said(client.get(address))
    assert client.post(address, {"uphold": "nie", "answer": "x"}).status_code == 404
    client.force_login(judge)
    follow(client, address, {"uphold": "nie", "answer": "Ocena była zgodna z kryterium."})


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


def test_an_officer_never_runs_their_own_case(client, world):
    application = world.documented()
    world.person.account = world.officer
    world.person.save()
    client.force_login(world.officer)
    assert client.get(reverse("office-case", args=[application.uid])).status_code == 404
    assert client.post(reverse("office-case-press", args=[application.uid, "powolaj"])).status_code == 404
    assert application.person.name not in said(client.get(reverse("office")))


def test_marking_after_the_close_and_another_case_are_refused(world):
    application = world.judged()
    sheet = application.assessments.order_by("pk").first()
    marking = {"criterion": "1.1.a", "verdict": Verdict.MET, "method": "work_sample"}
    with pytest.raises(RuleBroken, match="Arkusz jest zamknięty"):
        assessing.mark_criterion(assessment=sheet, acting_user=acting(sheet.assessor), **marking)
    with pytest.raises(NotAllowed):
        assessing.mark_criterion(assessment=sheet, acting_user=acting(world.assessors[3]), **marking)


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
