"""A voucher from the right to the settlement: adviser, provider and coordinator at desks, the participant on a phone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.offers.enums import Ending
from dorobek.offers.models import Edition, Provider
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.vouchers import actions, ledger
from dorobek.vouchers.models import Voucher, VoucherPaper, VoucherRight
from tests.factories import make_case, make_staff
from tests.journeys.support import Journey, account_of, fill, judge, press, says, visit
from tests.offers.builders import make_provider, make_provider_account
from tests.vouchers.builders import adviser_of, make_right, make_voucher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def offer_training(page, provider: Provider) -> Edition:
    """The provider writes a course and its date by hand; a first try with a place that does not exist."""
    visit(page, reverse("provider-home"))
    visit(page, reverse("provider-service-new", args=[provider.uid]))
    fill(page, {
        "title": "Język niemiecki dla sprzedawców", "kind": "training", "field": "languages", "ending": "certificate",
        "certificate": "TELC A2", "hours": "60", "outcomes": "rozumie proste rozmowy\npisze krótki list",
    })  # fmt: skip
    press(page, "Dalej")
    judge(page)
    soon = timezone.localdate() + dt.timedelta(days=20)
    fill(page, {
        "starts_on": f"{soon:%d.%m.%Y}", "ends_on": f"{soon + dt.timedelta(60):%d.%m.%Y}", "place": "Nibylandia",
        "price_grosze": "1 450,00 zł", "places": "10", "weekly_hours": "6",
    })  # fmt: skip
    with page.expect_navigation():
        page.locator("main button", has_text="Zapisz termin").click()
    judge(page)
    says(page, "Nie znam miejsca")
    assert page.locator('[name="price_grosze"]').input_value() == "1 450,00 zł"
    fill(page, {"place": "Kraków"})
    press(page, "Zapisz termin")
    says(page, "Język niemiecki dla sprzedawców")
    judge(page)
    edition = Edition.objects.get()
    assert (edition.price_grosze, edition.service.ending) == (145_000, Ending.CERTIFICATE)
    return edition


def look_at_right(journey: Journey) -> None:
    """The participant finds the voucher from the home page, with the next step, and tells what is in the way."""
    page = journey.participant
    visit(page, journey.at("own-home"))
    page.locator("main a", has_text="Otwórz bon").click()
    says(page, "2\u00a0700,00")
    judge(page)
    fill(page, {"why": "no-time", "more": "Najpierw sezon w sklepie."})
    press(page, "Zapisz odpowiedź")
    says(page, "Dziękujemy za odpowiedź")


def buy(journey: Journey, edition: Edition) -> Voucher:
    """The adviser grants, writes the own share down and buys the place."""
    page = journey.adviser
    visit(page, journey.at("case-voucher"))
    says(page, "brak czasu")
    visit(page, journey.at("case-voucher-grant"))
    fill(page, {"price": "1450", "reason": "Niemiecki z planu rozwoju."})
    press(page, "Przyznaj bon")
    judge(page)
    voucher = Voucher.objects.get()
    visit(journey.participant, journey.at("own-voucher"))
    says(journey.participant, "Wpłacić udział własny: 188,50")
    for what, values, button in (
        ("wplata", {"grosze": "188,50", "document": "przelew 12"}, "Zapisz wpłatę"),
        ("szkolenie", {"edition": reverse("offer-edition", args=[edition.uid])}, "Kup miejsce"),
    ):
        visit(page, journey.at("case-voucher-step", voucher.uid, what))
        fill(page, values)
        press(page, button)
    judge(page)
    visit(journey.participant, journey.at("own-home"))
    says(journey.participant, "Szkolenie zaczyna się")
    return voucher


def report(page, voucher: Voucher) -> None:
    """The provider accepts; a day after the end it reports that the course was finished."""
    visit(page, reverse("provider-home"))
    says(page, voucher.number)
    for answer in ("accepted", "finished"):
        if answer == "finished":
            yesterday = timezone.localdate() - dt.timedelta(days=1)
            Edition.objects.update(starts_on=yesterday, ends_on=yesterday)
        visit(page, reverse("provider-report", args=[voucher.uid]))
        fill(page, {"participation": answer})
        press(page, "Zgłoś")
        judge(page)


def settle(page, voucher: Voucher) -> None:
    """The coordinator pays, reads the document of the payment, looks at the figures."""
    visit(page, reverse("vouchers"))
    page.locator("main table a", has_text="Rozlicz").first.click()
    judge(page)
    fill(page, {"document": "FV 7/2027"})
    press(page, "Rozlicz")
    judge(page)
    visit(page, reverse("vouchers-one", args=[voucher.uid]))
    paper = VoucherPaper.objects.get(kind="settled")
    visit(page, reverse("vouchers-paper", args=[paper.uid]))
    says(page, "FV 7/2027")
    visit(page, reverse("vouchers-figures"))
    says(page, "zgadza się z księgą")
    with page.expect_download() as taken:
        page.locator("main button", has_text="Rozliczenie CSV").click()
    assert "1450,00;1261,50;188,50" in taken.value.path().read_text(encoding="utf-8-sig").splitlines()[-1]


def test_a_voucher_goes_from_the_right_to_the_settlement(seat, office):
    audit = make_case(office.adviser, version=office.version, stage="finished", finished_on=timezone.localdate())
    make_right(audit)
    journey = Journey(seat=seat, adviser=seat(office.adviser, "desk"), version=office.version)
    journey.audit = audit
    journey.participant = seat(account_of(audit), "phone")
    provider = make_provider()
    school = seat(make_provider_account(provider), "desk")
    edition = offer_training(school, provider)
    look_at_right(journey)
    voucher = buy(journey, edition)
    report(school, voucher)
    coordinator: Account = make_staff(Role.COORDINATOR, audit.unit)
    settle(seat(coordinator, "desk"), voucher)
    visit(journey.participant, journey.at("own-voucher"))
    says(journey.participant, "Rozliczony")
    paper = VoucherPaper.objects.get(kind="bound")
    visit(journey.participant, journey.at("own-voucher-paper", paper.uid))
    assert Voucher.objects.get().state == "settled"
    assert list(ledger.faults()) == []


def test_a_withdrawn_date_and_the_standard_of_quality_are_seen_by_those_concerned(seat, office):
    audit = make_case(office.adviser, version=office.version, stage="finished", finished_on=timezone.localdate())
    make_right(audit)
    journey = Journey(seat=seat, adviser=seat(office.adviser, "desk"), version=office.version)
    journey.audit = audit
    journey.participant = seat(account_of(audit), "phone")
    provider = make_provider()
    school = seat(make_provider_account(provider), "desk")
    edition = offer_training(school, provider)
    buy_without_why(journey, edition)
    visit(school, reverse("provider-edition-withdraw", args=[edition.uid]))
    says(school, "z bonem")
    fill(school, {"reason": "Zbyt mało osób."})
    press(school, "Wycofaj")
    judge(school)
    visit(journey.participant, journey.at("own-voucher"))
    says(journey.participant, "Zbyt mało osób.")
    coordinator = seat(make_staff(Role.COORDINATOR, audit.unit), "desk")
    visit(coordinator, reverse("vouchers"))
    says(coordinator, "termin wycofany")
    visit(school, reverse("provider-assess", args=[provider.uid]))
    visit(school, reverse("provider-description", args=[provider.uid]))
    for name in ("providers-one", "providers-audit", "providers-mark", "providers-account", "providers-change"):
        visit(coordinator, reverse(name, args=[provider.uid]))
    visit(coordinator, reverse("providers"))
    voucher = Voucher.objects.get()
    visit(coordinator, reverse("vouchers-annul", args=[voucher.uid]))
    fill(coordinator, {"reason": "Pomyłka w programie.", "document": "decyzja 4"})
    press(coordinator, "Unieważnij")
    says(coordinator, "decyzja 4")
    assert list(ledger.faults()) == []


def buy_without_why(journey: Journey, edition: Edition) -> None:
    """The same without screens, where the journey is about something else."""
    right = VoucherRight.objects.select_related("person", "adviser").get(case_uid=journey.audit.uid)
    voucher = make_voucher(right, 145_000)
    actions.bind(voucher=voucher, edition=edition, acting_user=adviser_of(right))
