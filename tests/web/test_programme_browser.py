"""The screens of a programme in a real browser: axe at both widths, the keyboard, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from dorobek.people.enums import Role
from dorobek.programmes import actions
from tests.factories import acting, make_case, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def audit():
    return make_case()


@pytest.fixture
def admin(audit):
    return make_staff(Role.ADMINISTRATOR, audit.unit)


def part(programme, where, kind="part"):
    return reverse(f"administration-programme-{kind}", args=[programme.uid, where])


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_pages_of_a_programme_have_no_axe_violation(page, sign_in, audit, admin):
    programme = audit.programme_version.programme
    actions.edit_part(
        programme=programme, place=("meetings",), values={"max_count": 9, "min_count": 8},
        base_version=None, acting_user=acting(admin),
    )  # fmt: skip
    sign_in(admin)
    names = ("", "-json", "-publish", "-logo")
    for address in (
        *(reverse(f"administration-programme{name}", args=[programme.uid]) for name in names),
        reverse("administration-programme-new"), part(programme, "identity"), part(programme, "eligibility"),
        part(programme, "eligibility/rule"), part(programme, "eligibility/rule/of/region"),
        part(programme, "variants"), part(programme, "variants/in-depth"), part(programme, "agreement"),
        part(programme, "biographical/areas/work"), part(programme, "card/sections/schools/fields/name"),
        part(programme, "eligibility/rule/of", "add"), part(programme, "consents", "add"),
        part(programme, "vouchers", "remove"),
    ):  # fmt: skip
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, address


def test_a_field_is_changed_and_published_with_the_keyboard_alone(page, sign_in, audit, admin):
    programme = audit.programme_version.programme
    sign_in(admin)
    page.goto(part(programme, "targets"))
    page.focus("input[name=participants]")
    page.keyboard.press("Control+a")
    page.keyboard.type("123")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "targets" not in address)
    page.goto(reverse("administration-programme-publish", args=[programme.uid]))
    assert "123" in page.inner_text("main")
    page.focus("input[name=note]")
    page.keyboard.type("mniej osób")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "roznice" not in address)
    assert programme.current().rules["targets"]["participants"] == 123
