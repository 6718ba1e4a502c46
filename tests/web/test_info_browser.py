"""The info centre in a real browser: axe and width on a phone and at a desk, without JavaScript, letters by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from dorobek.people.enums import Role
from dorobek.register.actions.info_files import import_info
from dorobek.register.info.files import read_folder
from dorobek.register.models import InfoPage
from tests.factories import make_institution, make_staff, make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shipped() -> None:
    import_info(list(read_folder()))


def no_violations(page, address):
    page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, (address, found.generate_report())
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, address


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_public_pages_have_no_axe_violation(page, shipped):
    for address in (
        reverse("info"), reverse("info") + "?q=odwolania", reverse("info") + "?q=qqqxyz",
        reverse("info-section", args=["slownik"]), reverse("info-section", args=["przewodnik"]),
        reverse("info-page", args=["przewodnik", "cztery-metody"]), reverse("info-page", args=["slownik", "walidacja"]),
        reverse("info-print", args=["praktyki"]),
    ):  # fmt: skip
        no_violations(page, address)


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_editors_pages_have_no_axe_violation(page, sign_in, shipped):
    sign_in(make_staff(Role.REGISTER_EDITOR, make_unit(make_institution())))
    held = InfoPage.objects.get(slug="cztery-metody")
    for address in (
        reverse("info-editing"), reverse("info-new"), reverse("info-edit", args=[held.uid]),
        reverse("info-versions", args=[held.uid]), reverse("info-version", args=[held.uid, 1]),
    ):  # fmt: skip
        no_violations(page, address)
    page.goto(reverse("info-edit", args=[held.uid]))
    page.get_by_role("button", name="Pokaż, jak to wygląda").click()
    page.get_by_role("heading", name="Tak to będzie wyglądać").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_letter_of_the_glossary_leads_to_its_terms_by_keyboard(page, shipped):
    page.goto(reverse("info-section", args=["slownik"]))
    page.get_by_role("link", name="W", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#w")
    assert page.locator("h2#w").is_visible()


def test_reading_and_searching_need_no_javascript(browser, live_server, shipped):
    quiet = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = quiet.new_page()
    page.goto(reverse("info"))
    page.get_by_label("Szukaj słowa albo pytania").fill("kto placi")
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name="Ile to kosztuje i kto płaci").click()
    assert "Ile to kosztuje" in page.title()
    quiet.close()
