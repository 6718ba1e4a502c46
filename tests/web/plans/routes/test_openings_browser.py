"""From the card of a route to an application for validation in a real browser, with axe on the way (VA-1, MC-8)."""

import pytest
from django.urls import reverse

from dorobek.validation.models import Application
from tests.plans.gaps.conftest import body
from tests.validation.test_options import body as chamber
from tests.web.plans.routes.test_openings import audit
from tests.web.plans.test_targets_browser import no_violations

__all__ = ["audit", "body", "chamber"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_one_press_from_the_plan_to_an_application(page, sign_in, size, audit, target):
    sign_in(audit.person.account)
    routes = reverse("own-routes-proof", args=[audit.uid, target.goal.uid])
    no_violations(page, routes)
    page.goto(routes)
    page.locator("#trzy").get_by_role("link", name="Zmień po swojemu").last.click()
    page.get_by_text("Wszystkie warunki są spełnione.").wait_for()
    no_violations(page, page.url)
    page.get_by_role("button", name="Wybierz tę drogę").click()
    plan = reverse("own-goals", args=[audit.uid])
    page.wait_for_url(f"**{plan}")
    no_violations(page, plan)
    page.goto(plan)
    page.get_by_role("button", name="Zgłoś się").click()
    page.wait_for_url("**/walidacja/zgloszenie/**")
    made = Application.objects.get(person=audit.person)
    assert str(made.uid) in page.url
