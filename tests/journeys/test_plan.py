"""A plan from nothing to the document: the participant on a phone, the adviser at a desk (DP-1 to DP-6)."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from dorobek.plans.models import ChosenRoute, DevelopmentPlan, Goal, PlanLimits
from dorobek.programmes.enums import DocumentKind
from tests.journeys.support import account_of, fill, follow, judge, press, says, visit
from tests.plans.planning.builders import till_offer
from tests.readiness.conftest import cashier, register

__all__ = ["cashier", "register"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIMITS = {
    "home": "1206", "own_money": "3000", "hours_week": "12", "months": "12", "at_once": "2", "farthest": "1",
    "work_kind": "fixed", "work_days": ["0", "1", "2", "3", "4"], "work_hours": "8-16",
}  # fmt: skip


@pytest.fixture
def phone(seat, cashier) -> Page:
    till_offer()
    return seat(account_of(cashier), "phone")


def at(audit, name, *more) -> str:
    return reverse(name, args=[audit.uid, *more])


def set_goal(page: Page, audit) -> Goal:
    visit(page, at(audit, "own-goals"))
    visit(page, reverse("own-plan-add", args=[audit.uid, "cel"]))
    fill(page, {"wording": "Do lata zdam egzamin na kasjera", "kind": "main", "subject": "learning"})
    press(page, "Zapisz")
    judge(page)
    goal = Goal.objects.get()
    visit(page, at(audit, "own-routes", goal.uid))
    follow(page, "Wskaż, do czego prowadzi cel")
    visit(page, f"{at(audit, 'own-target-choose', goal.uid)}?rodzaj=kwalifikacja&q=kas")
    press(page, "Wybierz: Obsługa kasy")
    judge(page)
    return goal


def say_limits(page: Page, audit, goal: Goal) -> None:
    visit(page, at(audit, "own-routes", goal.uid))
    follow(page, "Podaj warunki")
    fill(page, dict(LIMITS))
    press(page, "Zapisz")
    assert PlanLimits.objects.get().own_money == 300_000
    says(page, "Trzy drogi")


def compare_and_choose(page: Page, audit, goal: Goal) -> None:
    """The sketches are there at once, the proof comes by itself; one is changed by hand, one is chosen."""
    says(page, "Najtańsza")
    expect(page.locator("main")).to_contain_text("Sprawdzone. Przy każdej drodze")
    judge(page)
    keep_picture(page, "routes")
    page.locator("article a", has_text="Zmień po swojemu").first.click()
    says(page, "Wszystkie warunki są spełnione.")
    judge(page)
    keep_picture(page, "by-hand")
    page.locator("select[name=kod]").first.select_option("")
    expect(page.locator("main select[name=kod] option[selected]")).to_have_count(2)
    judge(page)
    page.go_back()
    visit(page, at(audit, "own-routes-proof", goal.uid))
    press(page, "Wybierz tę drogę: najtańsza")
    says(page, "jest teraz planem")
    judge(page)
    keep_picture(page, "plan")
    assert DevelopmentPlan.objects.get().chosen_scenario == ChosenRoute.objects.get().scenario


def move_a_slider(page: Page, audit, goal: Goal) -> None:
    """Other conditions give other routes at once, and the field says what its slider says."""
    visit(page, at(audit, "own-routes", goal.uid))
    page.locator("#s-miesiace ~ input[type=range]").fill("6")
    expect(page).to_have_url(re.compile("miesiace=6"))
    expect(page.locator("#s-miesiace")).to_have_value("6")
    expect(page.locator("#s-miesiace ~ input[type=range]")).to_have_value("6")
    follow(page, "Wróć do zapisanych warunków")


def see_it_through(page: Page, audit) -> None:
    """The calendar opened, a version closed, the year later looked at."""
    visit(page, at(audit, "own-plan-calendar"))
    press(page, "Włącz kalendarz")
    judge(page)
    keep_picture(page, "calendar")
    visit(page, at(audit, "own-plan-versions"))
    fill(page, {"reason": "Plan gotowy"})
    press(page, "Zamknij tę wersję")
    judge(page)
    visit(page, at(audit, "own-plan-version", 1))
    visit(page, at(audit, "own-plan-year-later"))
    keep_picture(page, "year")


def keep_picture(page: Page, name: str) -> None:
    """Pictures for whoever looks at the screens, where a folder was named for them."""
    if folder := os.environ.get("DOROBEK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def test_a_plan_goes_from_nothing_to_the_document(seat, phone, cashier):
    goal = set_goal(phone, cashier)
    say_limits(phone, cashier, goal)
    move_a_slider(phone, cashier, goal)
    compare_and_choose(phone, cashier, goal)
    see_it_through(phone, cashier)
    desk = seat(cashier.adviser, "desk")
    visit(desk, at(cashier, "case-routes-proof", goal.uid))
    keep_picture(desk, "routes")
    press(desk, "Dodaj jako drugą możliwość: najszybsza")
    judge(desk)
    keep_picture(desk, "plan")
    for name in ("case-plan", "case-plan-limits", "case-plan-versions", "case-plan-year-later"):
        visit(desk, at(cashier, name))
    visit(desk, f"{at(cashier, 'case-routes-by-hand', goal.uid)}?kod={ChosenRoute.objects.first().taken[0]['code']}")
    keep_picture(desk, "by-hand")
    visit(desk, at(cashier, "case-document-preview", str(DocumentKind.DEVELOPMENT_PLAN)))
    says(desk, "Koszty i to, co droga zamyka")
    keep_picture(desk, "document")


def test_without_scripts_the_routes_are_proven_by_a_link_and_chosen(seat, cashier, target_of_cashier):
    page = seat(account_of(cashier), "phone", scripts=False)
    page.goto(at(cashier, "own-routes", target_of_cashier.goal.uid))
    page.locator("a", has_text="Sprawdź, czy da się lepiej").click()
    assert "Sprawdzone: przy tych warunkach nie ma tańszej drogi" in page.content()
    page.locator("button", has_text="Wybierz tę drogę").first.click()
    assert ChosenRoute.objects.exists()


@pytest.fixture
def target_of_cashier(cashier):
    from tests.plans.gaps.conftest import aim
    from tests.plans.planning.builders import limits_for

    till_offer()
    limits_for(cashier)
    return aim(cashier)
