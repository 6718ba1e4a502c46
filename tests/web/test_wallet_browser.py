"""The wallet in a real browser: axe and width on a phone and at a desk, and a credential put in by keyboard alone."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.sharing import share_credentials, token_of
from dorobek.cli.demo.qualifications import entries
from dorobek.credentials.actions.wallet import import_credentials
from dorobek.credentials.models import Credential
from dorobek.portfolio.models import HeldCredential
from dorobek.register.actions import import_entries
from dorobek.register.entry import Read
from dorobek.register.enums import Source
from tests.credentials.conftest import Body
from tests.credentials.elsewhere import UNREACHABLE, elsewhere
from tests.factories import acting, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def no_violations(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, (address, found.generate_report())
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, address


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_no_page_of_the_wallet_has_an_axe_violation(page, sign_in):
    import_entries(reads=[Read(entry) for entry in entries()], source=Source.TABLE)
    person, empty = make_person("Jadwiga Łoś"), make_person("Pusta Kieszeń")
    own = Body().issue(given_names="Jadwiga", family_name="Łoś")
    Credential.objects.filter(pk=own.pk).update(person=person)
    [held] = import_credentials(
        person=person, raw=elsewhere(status=UNREACHABLE), acting_user=acting(person.account)
    )  # fmt: skip
    share = share_credentials(
        person=person, label="do sklepu", things=[own.uid, held.uid],
        valid_until=timezone.now() + dt.timedelta(days=9), acting_user=acting(person.account),
    )  # fmt: skip
    no_violations(page, reverse("shared", args=[token_of(share)]))
    sign_in(person.account)
    for name, args in (
        ("wallet", []), ("wallet-add", []), ("wallet-adding-up", []), ("wallet-shares", []), ("wallet-share-new", []),
        ("wallet-one", [own.uid]), ("wallet-one", [held.uid]), ("wallet-remove", [held.uid]),
    ):  # fmt: skip
        no_violations(page, reverse(name, args=args))
    sign_in(empty.account)
    for name in ("wallet", "wallet-adding-up", "wallet-shares", "wallet-share-new"):
        no_violations(page, reverse(name))


def test_a_credential_is_put_in_by_keyboard_alone(page, sign_in):
    person = make_person("Jadwiga Łoś")
    sign_in(person.account)
    page.goto(reverse("wallet"))
    page.get_by_role("link", name="Dodaj poświadczenie").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Albo wklejony tekst lub adres").focus()
    page.keyboard.insert_text(elsewhere())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Obsługa wózka widłowego").wait_for()
    assert HeldCredential.objects.filter(person=person).count() == 1
