"""A basic audit from the registration to its end."""

import pytest

from dorobek.audits.models import BasicDirection
from tests.journeys import beginning
from tests.journeys.support import Journey, fill, judge, press, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DIRECTION = {
    "present_work": "Sklep spożywczy, jedna zmiana.",
    "wished_training": "Kurs kadr i płac, 80 godzin.",
    "usefulness": "Układa już grafiki i listy obecności.",
    "direction": "Kadry i płace w małej firmie.",
    "next_steps": "Zapisać się na kurs do końca miesiąca.",
}


def write_direction(journey: Journey) -> None:
    page = journey.adviser
    visit(page, journey.at("case-direction"))
    fill(page, dict(DIRECTION))
    press(page, "Zapisz kierunek")
    judge(page)
    assert BasicDirection.objects.get().direction == DIRECTION["direction"]
    assert journey.now().stage == "summary"


def test_a_basic_audit_goes_from_registration_to_its_end(journey):
    beginning.register(journey, "Halina", "Drożdżyk")
    beginning.hold_talk(journey)
    beginning.fill_card(journey)
    beginning.choose(journey, "basic")
    write_direction(journey)
    beginning.hand_over_documents(journey)
    beginning.accept_documents(journey)
    beginning.finish(journey)
