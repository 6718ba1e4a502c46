"""Sign-in in a real browser: the pages hold to the content security policy and axe's rules; a passkey works."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Membership
from tests.sessions import code_now, give_second_factor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "zielony rower pod oknem"


@pytest.fixture
def adviser(transactional_db: Any) -> Account:
    institution = Institution.objects.create(name="Urząd Próbny", short_name="UP")
    account = Account.objects.create_user("doradca@example.org", PASSWORD, name="Jan Doradczy")
    Membership.objects.create(account=account, institution=institution, role=Role.ADVISER)
    return account


def enter_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "doradca@example.org")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")


def no_violations(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_pages_of_sign_in_have_no_axe_violation(page: Page, adviser: Account) -> None:
    give_second_factor(adviser)
    for path in ("/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/"):
        page.goto(path)
        no_violations(page)
    enter_password(page)
    page.wait_for_url("**/2fa/authenticate/")
    no_violations(page)
    page.fill("input[name=code]", code_now(adviser))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "/2fa/authenticate/" not in url)
    for path in ("/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/", "/accounts/2fa/webauthn/add/"):
        page.goto(path)
        no_violations(page)


def test_staff_adds_a_passkey_and_signs_in_with_it(page: Page, adviser: Account, live_server, settings) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    here = live_server.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    page.goto(f"{here}/accounts/login/")
    page.fill("input[name=login]", "doradca@example.org")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url("**/second-factor/")
    no_violations(page)
    page.goto(f"{here}/accounts/2fa/webauthn/add/")
    page.check("input[name=passwordless]")
    page.click("#add_key")
    page.wait_for_url("**/recovery-codes/**")
    assert page.locator("code").count() >= 8
    page.context.clear_cookies()
    page.goto(f"{here}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    assert page.locator(".who").inner_text().startswith("Jan Doradczy")
