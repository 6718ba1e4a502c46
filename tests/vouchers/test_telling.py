"""Whoever bought a date is told when it is withdrawn or moved; the money stays where it is."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from dorobek.kernel.events import deliver
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.offers import actions as offers
from dorobek.offers.enums import Source
from dorobek.people.enums import Scope
from dorobek.people.models import AccessGrant
from dorobek.plans.models import DevelopmentPlan, Scenario, ScenarioAction
from dorobek.vouchers import actions, ledger, queries
from dorobek.vouchers.actions.daily import run_day
from dorobek.vouchers.models import VoucherRight
from tests.factories import acting, make_account
from tests.offers.files import line, table
from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_right, make_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought():
    voucher = make_voucher()
    voucher.person.email = "uczestnik@example.org"
    voucher.person.save()
    return actions.bind(voucher=voucher, edition=make_edition(), acting_user=adviser_of(voucher.right))


def test_a_withdrawn_date_is_told_to_participant_and_adviser_once(bought, django_capture_on_commit_callbacks):
    office = coordinator_of(bought.right)
    with django_capture_on_commit_callbacks(execute=True):
        offers.withdraw_edition(edition=bought.edition, reason="Zbyt mało osób.", acting_user=office)
    assert {letter.to[0] for letter in mail.outbox} == {"uczestnik@example.org", bought.right.adviser.email}
    assert all("Zbyt mało osób." in letter.body for letter in mail.outbox)
    assert bought.person.name not in mail.outbox[0].subject
    event = Event.objects.get(kind="OfferMoved")
    with django_capture_on_commit_callbacks(execute=True):
        assert not deliver(event.pk)
    assert len(mail.outbox) == 2
    entries = HistoryEntry.objects.filter(stream=bought.case_uid, kind="voucher.edition-withdrawn")
    assert entries.count() == 1
    assert bought in queries.to_settle(office.account)
    assert list(ledger.faults()) == []


def test_a_date_that_vanished_from_its_file_or_moved_is_told_and_the_price_bought_at_stays(
    django_capture_on_commit_callbacks,
):
    def bring(*lines, **more):
        with django_capture_on_commit_callbacks(execute=True):
            offers.import_offer(file=table(*lines), name="a", source=Source.TABLE, acting_user=None, **more)

    bring(line(1), line(2))
    voucher = make_voucher(price=125_000)
    edition = offers_edition("E1")
    bought = actions.bind(voucher=voucher, edition=edition, acting_user=adviser_of(voucher.right))
    bring(line(1, koniec="2027-06-30", cena="1 400,00"), line(2))
    assert len(mail.outbox) == 1  # this participant has no address
    assert "30.06.2027" in mail.outbox[0].body
    bought.refresh_from_db()
    assert bought.value_grosze == 125_000
    bring(line(2), whole=True)
    assert [letter.subject for letter in mail.outbox] == [
        "Zmiana terminu szkolenia",
        "Termin szkolenia został wycofany",
    ]


def offers_edition(number):
    from dorobek.offers.models import Edition

    return Edition.objects.get(number=number)


def test_reminders_go_to_whoever_leads_the_case_now(django_capture_on_commit_callbacks):
    right = make_right(expires_on=timezone.localdate() + dt.timedelta(30))
    AccessGrant.objects.filter(case_uid=right.case_uid, scope=Scope.CASE).update(
        valid_until=timezone.now() - dt.timedelta(1)
    )
    successor = make_account("Nowa Doradczyni")
    AccessGrant.objects.create(
        person=right.person, case_uid=right.case_uid, grantee=successor, scope=Scope.CASE, reason="przejęła sprawę"
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert run_day()["reminded"] == 1
    assert [letter.to for letter in mail.outbox] == [[successor.email]]


def test_a_provider_silent_for_a_week_is_late_until_it_reports_even_after_the_calendar_did():
    voucher = make_voucher()
    edition = make_edition()
    actions.bind(voucher=voucher, edition=edition, acting_user=adviser_of(voucher.right))
    office = coordinator_of(voucher.right).account
    ended = timezone.localdate() - dt.timedelta(8)
    type(edition).objects.filter(pk=edition.pk).update(starts_on=ended, ends_on=ended)
    assert queries.late_reports(office) == [voucher]
    assert run_day()["absent"] == 1
    assert queries.late_reports(office) == [voucher]
    actions.report_participation(
        voucher=voucher, participation="finished", document="lista", acting_user=acting(voucher.right.adviser)
    )
    assert queries.late_reports(office) == []
    assert VoucherRight.objects.get().state == "open"


def test_a_date_in_a_plan_is_told_once_and_not_beside_the_letter_of_a_voucher(django_capture_on_commit_callbacks):
    right = make_right()
    right.person.email = "uczestnik@example.org"
    right.person.save()
    plan = DevelopmentPlan.objects.create(person=right.person, case_uid=right.case_uid)
    held = {"person": right.person, "case_uid": right.case_uid}
    scenario = Scenario.objects.create(plan=plan, name="Najtańsza", **held)
    plan.chosen_scenario = scenario
    plan.save()
    planned, bought = make_edition(), make_edition()
    for edition in (planned, bought):
        ScenarioAction.objects.create(scenario=scenario, wording="Kurs", edition=edition, **held)
    actions.bind(voucher=make_voucher(right), edition=bought, acting_user=adviser_of(right))
    with django_capture_on_commit_callbacks(execute=True):
        for edition in (planned, bought):
            offers.withdraw_edition(edition=edition, reason="Brak sali.", acting_user=coordinator_of(right))
    subjects = [letter.subject for letter in mail.outbox if letter.to == ["uczestnik@example.org"]]
    assert subjects == ["Plan rozwoju: termin szkolenia został wycofany", "Termin szkolenia został wycofany"]
    assert HistoryEntry.objects.filter(stream=right.case_uid, kind="plan.edition-withdrawn").count() == 1
