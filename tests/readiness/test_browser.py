"""The pages of readiness in a real browser: no axe violation and no sideways scrolling, on a phone and at a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.readiness.conftest import TILL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
@pytest.mark.parametrize("name", ["own-readiness", "case-readiness"])
def test_both_pages_have_no_axe_violation(page, sign_in, cashier, name):
    sign_in(cashier.person.account if name.startswith("own") else cashier.adviser)
    for address in (reverse(name, args=[cashier.uid]), reverse(f"{name}-one", args=[cashier.uid, TILL])):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, address
