"""Coming in for the first time: an invitation followed to the desk, and a participant's e-mailed code.

Mail and codes are read where the demonstration shows them, at /outbox, as a visitor of the demonstration does.
"""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import Page, expect

from dorobek.people.enums import Role
from dorobek.people.models import Account
from tests.factories import make_person, make_staff
from tests.journeys.support import Office, SeatOf, fill, judge, press, says, visit
from tests.sessions import give_second_factor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INVITED = "nowa@example.org"
PASSWORD = "zielony rower pod oknem"


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "dorobek.kernel.outbox.OutboxBackend"


def newest_mail(page: Page, recipient: str) -> Any:
    """The newest mail to an address, as the outbox shows it."""
    visit(page, "/outbox")
    mail = page.locator(f'[data-recipient="{recipient}"]').first
    expect(mail).to_be_visible()
    return mail


def code_of(secret: str) -> str:
    """The six digits a phone shows now for the key that was written into it."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def invite(seat: SeatOf, office: Office) -> None:
    unit = office.adviser.active_memberships[0].unit
    assert unit is not None
    administrator = make_staff(Role.ADMINISTRATOR, unit)
    Authenticator.objects.all().delete()  # stand-ins without a key: the outbox shows the codes of real ones
    give_second_factor(administrator)
    page = seat(administrator, "desk")
    visit(page, reverse("administration"))
    visit(page, reverse("administration-role"))
    given = {"email": INVITED, "name": "Nowa Doradczyni", "title": "doradczyni", "role": str(Role.ADVISER)}
    fill(page, {**given, "unit": str(unit.pk)})
    press(page, "Nadaj rolę")
    says(page, "Nadano rolę: Nowa Doradczyni")


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_somebody_invited_sets_a_password_and_a_second_factor_and_reaches_the_desk(
    seat: SeatOf, office: Office, size: str
) -> None:
    invite(seat, office)
    page = seat(None, size)
    mail = newest_mail(page, INVITED)
    with page.expect_navigation():
        mail.locator("a").first.click()
    judge(page)
    fill(page, {"password1": PASSWORD, "password2": PASSWORD})
    press(page, "Zapisz hasło")
    judge(page)
    visit(page, reverse("account_login"))
    fill(page, {"login": INVITED, "password": PASSWORD})
    with page.expect_navigation():
        page.locator("main input[type=password]").press("Enter")
    says(page, "Jeszcze jedno zabezpieczenie")
    judge(page)
    assert page.goto(reverse("desk")) is not None
    says(page, "Jeszcze jedno zabezpieczenie")  # there is no way round it
    page.get_by_role("link", name="Ustaw aplikację").click()
    page.wait_for_url("**/totp/activate/")
    judge(page)
    fill(page, {"code": code_of(page.locator("main code").inner_text().strip())})
    press(page, "Włącz")
    assert Authenticator.objects.filter(user__email=INVITED, type=Authenticator.Type.TOTP).exists()
    visit(page, reverse("desk"))
    assert page.locator(".who").first.inner_text().startswith("Nowa Doradczyni")


def test_the_link_of_an_invitation_works_once(seat: SeatOf, office: Office) -> None:
    invite(seat, office)
    page = seat(None, "desk")
    link = newest_mail(page, INVITED).locator("a").first.get_attribute("href")
    assert link is not None
    page.goto(link)
    fill(page, {"password1": PASSWORD, "password2": PASSWORD})
    press(page, "Zapisz hasło")
    page.goto(link)
    says(page, "Ten odnośnik już nie działa")
    assert Account.objects.get(email=INVITED).check_password(PASSWORD)


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_participant_signs_in_with_a_code_from_the_mail_and_no_password(seat: SeatOf, size: str) -> None:
    person = make_person(email="halina@example.org")
    assert person.account is not None
    address = person.account.email
    page, post = seat(None, size), seat(None, "desk")
    visit(page, reverse("account_login"))
    page.locator(f'main a[href^="{reverse("account_request_login_code")}"]').first.click()
    page.wait_for_url("**/login/code/")
    judge(page)
    fill(page, {"email": address})
    with page.expect_navigation():
        page.locator('main [name="email"]').press("Enter")
    judge(page)
    told = newest_mail(post, address).inner_text()
    found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", told.split("\n", 2)[2])
    assert found is not None, told
    fill(page, {"code": found[0]})
    with page.expect_navigation():
        page.locator('main [name="code"]').press("Enter")
    judge(page)
    assert page.locator(".who").first.inner_text().startswith(str(person.account))
