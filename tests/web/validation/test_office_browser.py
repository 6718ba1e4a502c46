"""The officer in a real browser, from an opening to an appointed commission; axe and width at a desk and on a phone."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from dorobek.validation.actions import commissions
from dorobek.validation.models import Sitting, ValidationOpening
from tests.factories import acting
from tests.validation.test_sittings import placed
from tests.validation.world import World
from tests.web.test_info_browser import no_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return World()


def clean(page):
    """The page as it is now: axe, and nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def day(n):
    return f"{timezone.localdate() + dt.timedelta(n):%d.%m.%Y}"


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_from_the_opening_to_the_commission(page, sign_in, world):
    sign_in(world.officer)
    page.goto(reverse("office"))
    page.get_by_role("link", name="Otwórz walidację").first.click()
    page.get_by_role("link", name="90002 Uproszczona").click()
    for label, value in (
        ("Zgłoszenia do", day(3)), ("Początek walidacji", day(4)), ("Koniec walidacji", day(20)),
        ("Miejsce", "Tymowice, ul. Łąkowa 3"), ("Ile osób można przyjąć", "4"), ("Opłata w złotych", "250"),
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("nic nie czeka na opłatę").check()
    page.get_by_label("Krewni kandydata go nie oceniają").check()
    page.get_by_role("button", name="Otwórz walidację").click()
    page.get_by_text("Walidacja jest otwarta").wait_for()
    application = world.documented(ValidationOpening.objects.get())
    page.get_by_role("link", name="Nowe posiedzenie").click()
    for label, value in (("Dzień", day(5)), ("Od godziny", "9:00"), ("Do godziny", "11:00")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Zapisz").click()
    page.get_by_role("button", name="Rozdziel czekających").click()
    page.get_by_text("Wpisano na posiedzenia osób: 1").wait_for()
    page.get_by_role("table", name="Posiedzenia według daty").get_by_role("link").click()
    page.get_by_role("button", name="Zaproponuj komisję").click()
    page.get_by_text("spełnia wszystkie reguły").wait_for()
    clean(page)
    page.get_by_label("Asesor B").uncheck()
    page.get_by_role("button", name="Sprawdź zaznaczonych").click()
    page.get_by_text("Za mało członków komisji.").wait_for()
    clean(page)
    page.get_by_label("Asesor B").check()
    page.get_by_role("button", name="Zapisz skład").click()
    page.get_by_text("Komisja jest zapisana").wait_for()
    for one in Sitting.objects.get().commission.members.all():
        commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
    page.reload()
    page.get_by_role("button", name="Powołaj komisję").click()
    page.get_by_text("Komisja jest powołana").wait_for()
    assert world.fresh(application).state == "appointed"


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_no_page_of_the_office_has_an_axe_violation(page, sign_in, world):
    application = world.documented(world.open(places=5, own_rules=["no-relatives"]))
    sitting = placed(world, application)
    appeal = world.appeal(application)
    of, one = [application.opening.uid], [application.uid]
    sign_in(world.officer)
    for address in (
        reverse("office"), reverse("office-opening-new"), reverse("office-opening-new") + "?kwalifikacja=90002",
        reverse("office-opening", args=of), reverse("office-opening-change", args=of),
        reverse("office-sitting", args=[sitting.uid]), reverse("office-sitting-candidates", args=[sitting.uid]),
        reverse("office-planning"), reverse("office-pool"), reverse("office-staff", args=[world.records[0].uid]),
        reverse("office-availability", args=[world.records[0].uid]), reverse("office-trainings"),
        reverse("office-trainings-import"), reverse("office-case", args=one), reverse("office-case-fee", args=one),
        reverse("office-case-hand-over", args=one), reverse("office-certificates"), reverse("office-agreement"),
    ):  # fmt: skip
        no_violations(page, address)
    sign_in(world.appeals)
    no_violations(page, reverse("office-appeals"))
    no_violations(page, reverse("office-appeal", args=[appeal.uid]))
