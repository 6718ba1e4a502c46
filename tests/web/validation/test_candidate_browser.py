"""On a phone: from readiness to a sent application, the result with reasons, and an appeal; axe finds nothing (VA-1)."""

import pytest
from django.urls import reverse

from dorobek.validation.actions import advising, applying
from dorobek.validation.models import Appeal, Application
from tests.factories import acting
from tests.journeys.conftest import seat
from tests.journeys.support import fill, follow, press, says, visit
from tests.validation.candidates import CandidateWorld

__all__ = ["seat"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_candidate_on_a_phone_applies_from_readiness_reads_the_result_and_appeals(seat):
    world = CandidateWorld()
    world.open(fee_grosze=25_000)
    phone = seat(world.me, "phone")
    visit(phone, reverse("own-readiness", args=[world.audit.uid]))
    visit(phone, reverse("own-readiness-one", args=[world.audit.uid, "90002"]))
    press(phone, "Zgłoś się")
    made = Application.objects.get()
    here = reverse("validation-case", args=[made.uid])
    visit(phone, here)
    says(phone, "Dowód jest przy 2 z 6 kryteriów")
    phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    visit(phone, reverse("validation-criterion", args=[made.uid, "1.2.a"]))
    fill(phone, {"evidence": [str(world.loose.uid)]})
    press(phone, "Zapisz")
    says(phone, "Dowód jest przy 3 z 6 kryteriów")
    follow(phone, "Przejrzyj i wyślij")
    fill(phone, {"kinds": ["extra-time"], "words": "Piszę wolno.", "agreed": "on"})
    press(phone, "Wyślij zgłoszenie")
    says(phone, "Teraz ruch: doradca walidacyjny")

    made = judged(world, made)
    visit(phone, reverse("own-home", args=[world.audit.uid]))
    follow(phone, "Uproszczona księgowość")
    says(phone, "Komisja nie potwierdziła wszystkiego.")
    says(phone, "„tak było widać”")
    follow(phone, "Odwołaj się")
    fill(phone, {"reason": "Zabrakło czasu na zadanie."})
    press(phone, "Złóż odwołanie")
    says(phone, "czeka na odpowiedź")
    assert Appeal.objects.get().reason == "Zabrakło czasu na zadanie."
    visit(phone, reverse("validation-history", args=[made.uid]))
    for name in ("validation-mine", "validation-partial", "validation-openings"):
        visit(phone, reverse(name))
    visit(phone, reverse("validation-opening", args=[world.open().uid]))


def judged(world, made):
    """The body's part, behind the scenes: a note, documentation closed, a commission, marks, the decision."""
    advising.write_note(application=made, criterion="2.1.a", text="Brak wzoru.", acting_user=acting(world.adviser))
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    made = world.judged(world.appointed(made), c11a="not-met")
    world.decide(made)
    return world.fresh(made)


def test_an_adviser_at_a_desk_writes_a_note_and_closes_the_documentation(seat):
    world = CandidateWorld()
    made = world.sent()
    desk = seat(world.adviser, "desk")
    visit(desk, reverse("validation-advising"))
    follow(desk, "Małgorzata Śliż")
    visit(desk, reverse("validation-advising-criterion", args=[made.uid, "1.2.a"]))
    fill(desk, {"note": "Proszę o wzór faktury."})
    press(desk, "Zapisz")
    says(desk, "Proszę o wzór faktury.")
    follow(desk, "Zakończ zbieranie dowodów")
    fill(desk, {"conditions_met": "on"})
    press(desk, "Zakończ zbieranie dowodów")
    says(desk, "Nikt nie czeka na doradcę")
    assert world.fresh(made).state == "documented"


def test_without_the_documents_the_adviser_reads_why(seat):
    world = CandidateWorld()
    world.staff(world.adviser, periods=())
    made = world.sent()
    desk = seat(world.adviser, "desk")
    visit(desk, reverse("validation-advising-case", args=[made.uid]))
    says(desk, "nie może Pani/Pan doradzać")
