"""Forms that have to work where scripts do not: registration, card, the answer to a competence."""

import pytest
from django.urls import reverse

from dorobek.audits.models import LifeEvent, SkillsAudit
from dorobek.audits.queries.card import card_of
from tests.factories import make_case, make_competence
from tests.journeys.beginning import SCHOOL, WORK, person
from tests.journeys.support import account_of, fill, press, says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_is_registered_without_javascript(seat, office):
    page = seat(office.adviser, "desk", scripts=False)
    page.goto(reverse("case-new"))
    fill(page, person("Danuta", "Żuk-Pęcak"))
    press(page, "Sprawdź warunki")
    says(page, "Warunki udziału")
    press(page, "Zarejestruj")
    audit = SkillsAudit.objects.get()
    assert audit.person.family_name == "Żuk-Pęcak"
    says(page, audit.number)


def test_a_mistake_in_the_registration_is_named_without_javascript(seat, office):
    page = seat(office.adviser, "desk", scripts=False)
    page.goto(reverse("case-new"))
    fill(page, {**person("Danuta", "Żuk-Pęcak"), "birth_date": "31.02.1974"})
    page.locator("main button[name=register]").click()
    says(page, "Tego dnia nie ma w kalendarzu")
    assert page.input_value("[name=family_name]") == "Żuk-Pęcak"
    assert not SkillsAudit.objects.exists()


def test_the_card_is_filled_in_without_javascript(seat):
    audit = make_case()
    page = seat(account_of(audit), "phone", scripts=False)
    entries = {"schools": SCHOOL, "work": WORK}
    for view in card_of(account_of(audit), audit):
        page.goto(reverse("own-card-section", args=[audit.uid, view.code]))
        if view.code in entries:
            page.goto(reverse("own-card-new", args=[audit.uid, view.code]))
            fill(page, dict(entries[view.code]))
            press(page, "Zapisz")
        else:
            press(page, "Nie mam tu nic do dodania")
    assert {one.title for one in LifeEvent.objects.all()} == {SCHOOL["title"], WORK["title"]}
    assert not any(view.missing for view in card_of(account_of(audit), audit))


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"answer": "zgadza-sie"}, "confirmed"),
        ({"answer": "nie-zgadza-sie", "comment": "Tylko pomagałam."}, "disputed"),
        ({"answer": "inaczej", "wording": "Liczę utarg"}, "confirmed"),
    ],
)
def test_a_competence_is_answered_without_javascript(seat, given, state):
    audit = make_case()
    competence = make_competence(audit)
    page = seat(account_of(audit), "phone", scripts=False)
    page.goto(reverse("own-competence", args=[audit.uid, competence.uid]))
    fill(page, given)
    press(page, "Zapisz odpowiedź")
    competence.refresh_from_db()
    assert competence.state == state
