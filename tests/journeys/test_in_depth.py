"""An in-depth audit from the registration to its end, and what is shown of it to somebody outside."""

import pytest
from django.urls import reverse

from tests.journeys import beginning, middle
from tests.journeys.support import Journey, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reach_summary(journey: Journey) -> None:
    """Writing the synthesis leads to the summary stage."""
    assert journey.now().stage == "summary"


def test_an_in_depth_audit_goes_from_registration_to_its_end(journey):
    beginning.register(journey, "Wioletta", "Gąsior-Mżyk")
    beginning.hold_talk(journey)
    beginning.fill_card(journey)
    beginning.choose(journey, "in-depth")
    middle.agree(journey)
    middle.ask_about_work(journey)
    middle.tell_story(journey)
    competence = middle.draw_competence(journey)
    middle.confirm_competence(journey, competence)
    middle.show_and_rate_evidence(journey, competence)
    middle.write_synthesis(journey)
    reach_summary(journey)
    middle.plan_ahead(journey)
    middle.write_reports(journey)
    beginning.hand_over_documents(journey)
    beginning.accept_documents(journey)
    middle.show_to_a_stranger(journey, competence)
    beginning.finish(journey)
    visit(journey.adviser, reverse("desk"))
