"""Targets and gaps in a real browser: axe and width on a phone and at a desk, and the way from nothing to the picture."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from dorobek.plans.actions.labour import import_figures
from dorobek.plans.gaps.enums import Cause
from dorobek.plans.gaps.snapshots import take_snapshot
from dorobek.plans.models import Target
from dorobek.portfolio.models import Competence
from dorobek.register.models import Concept
from tests.factories import make_competence
from tests.plans.gaps.conftest import aim, cashier, catalogue, make_goal, register, seller
from tests.plans.labour.test_reading import ROW, table

__all__ = ["cashier", "catalogue", "register", "seller"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("target", "target-choose", "target-lines", "target-proposals", "gaps", "gaps-history", "gaps-print")


def no_violations(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, (address, found.generate_report())
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, address


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_no_page_of_a_target_has_an_axe_violation(page, sign_in, size, cashier, catalogue, seller):
    import_figures(file=table(ROW), name="dane.csv", acting_user=None)
    main = aim(cashier)
    Competence.objects.filter(wording__startswith="Obsługuje kasę").update(state="disputed", comment="Tylko raz.")
    make_competence(cashier, "Wdraża nową osobę do pracy na kasie", state="confirmed")
    take_snapshot(main, Cause.COMPETENCE)
    trade = aim(cashier, make_goal(cashier, kind="alternative", wording="Praca w sklepie do maja"),
                concept=Concept.objects.get(code="522301"), skills_of=seller)  # fmt: skip
    wish = aim(cashier, make_goal(cashier, kind="alternative", wording="Rozliczać kasę"), wish="Chcę rozliczać kasę")
    empty = make_goal(cashier, kind="alternative", wording="Bez celu")
    on_phone = page.viewport_size["width"] < 500
    side, account = ("own", cashier.person.account) if on_phone else ("case", cashier.adviser)
    sign_in(account)
    for target in (main, trade, wish):
        for name in PAGES:
            no_violations(page, reverse(f"{side}-{name}", args=[cashier.uid, target.goal.uid]))
    for name in ("target", "gaps"):
        no_violations(page, reverse(f"{side}-{name}", args=[cashier.uid, empty.uid]))
    no_violations(page, reverse("case-plan" if side == "case" else "own-goals", args=[cashier.uid]))


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_from_a_goal_to_its_picture_on_a_phone(page, sign_in, size, cashier, catalogue):
    goal = make_goal(cashier)
    sign_in(cashier.person.account)
    page.goto(reverse("own-goals", args=[cashier.uid]))
    page.get_by_role("link", name="Czego brakuje").click()
    page.get_by_role("link", name="Wybierz").click()
    page.get_by_role("link", name="Własnymi słowami").click()
    page.get_by_label("Co chcę umieć albo robić?").fill("Chcę rozliczać kasę na koniec zmiany")
    page.get_by_role("button", name="Podpowiedz umiejętności").click()
    page.get_by_label("Rozlicza kasę na koniec zmiany").check()
    page.get_by_role("button", name="Zapisz wybór").click()
    page.get_by_role("link", name="Zobacz, czego brakuje").click()
    page.get_by_role("heading", name="Czego trzeba, a co już jest").wait_for()
    assert page.get_by_role("img", name="Czego trzeba, a co już jest").count() == 1
    assert Target.objects.get(goal=goal).lines.filter(state="taken").exists()
