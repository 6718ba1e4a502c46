"""In a real browser: three assessors and an officer to a certificate; an appeal that changes the result (VA-5 to VA-8).

Each person at a screen of their own; axe and the width are asked on every page that a step shows.
"""

import pytest
from django.urls import reverse

from dorobek.validation.models import Appeal, Application, Certificate
from tests.factories import acting
from tests.journeys.conftest import seat
from tests.journeys.support import fill, follow, press, says, visit
from tests.validation.judged import Judged
from tests.validation.world import World

__all__ = ["seat"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OUTCOMES = {"1.1": ("1.1.a", "1.1.b"), "1.2": ("1.2.a",), "2.1": ("2.1.a", "2.1.b"), "2.2": ("2.2.a",)}


def judge(page, case, methods, verdicts=None):
    """One's whole sheet: the mark, the method and the reason of every criterion still to be marked, then closed for good."""
    verdicts = verdicts or {}
    left = [code for codes in OUTCOMES.values() for code in codes if code in methods]
    for outcome, codes in OUTCOMES.items():
        wanted = [code for code in codes if code in left]
        if not wanted:
            continue
        visit(page, reverse("assessing-sheet", args=[case.uid, outcome]))
        for code in wanted:
            key = code.replace(".", "_")
            page.check(f"#k-{key} input[value='{verdicts.get(code, 'met')}']")
            page.select_option(f"[name='m_{key}']", methods[code])
            page.fill(f"[name='r_{key}']", f"Widać to przy {code}.")
        page.click("form[data-autosave] .row--ends button:last-child")
        page.wait_for_selector(f"text=Zapisano {outcome}")
    visit(page, reverse("assessing-close", args=[case.uid]))
    press(page, "Zamykam arkusz na stałe")


def test_three_assessors_and_an_officer_go_to_a_certificate(seat):
    world = Judged()
    world.all_methods(world.sheets[2])
    methods = {code: "knowledge_test" for codes in OUTCOMES.values() for code in codes}
    office = seat(world.officer, "desk")
    visit(office, reverse("office-case", args=[world.case.uid]))
    says(office, "Najpierw wszyscy członkowie komisji zamykają arkusze.")
    for account in world.assessors[:3]:
        judge(seat(account, "desk"), world.case, methods)
    visit(office, reverse("office-case", args=[world.case.uid]))
    press(office, "Ogłoś wynik")
    press(office, "Wydaj certyfikat")
    certificate = Certificate.objects.get(application=world.case)
    says(office, certificate.number)
    visit(office, reverse("office-certificates"))
    says(office, certificate.number)
    phone = seat(world.me, "phone")
    visit(phone, reverse("validation-case", args=[world.case.uid]))
    says(phone, "Certyfikat jest wydany")
    says(phone, certificate.number)


def test_an_appeal_changes_the_result(seat):
    """One outcome not confirmed; the appeal upheld; two others judge only that outcome, and the certificate follows."""
    world = World()
    case = world.judged(world.appointed(), c22a="not-met")
    office, phone = seat(world.officer, "desk"), seat(world.me, "phone")
    visit(office, reverse("office-case", args=[case.uid]))
    press(office, "Ogłoś wynik")
    visit(phone, reverse("validation-case", args=[case.uid]))
    says(phone, "Komisja nie potwierdziła wszystkiego.")
    follow(phone, "Odwołaj się")
    fill(phone, {"reason": "Zadanie było inne niż w opisie."})
    press(phone, "Złóż odwołanie")

    appeals = seat(world.appeals, "desk")
    visit(appeals, reverse("office-appeals"))
    visit(appeals, reverse("office-appeal", args=[Appeal.objects.get().uid]))
    says(appeals, "Zadanie było inne niż w opisie.")
    appeals.get_by_label("Uwzględniam", exact=False).first.check()
    fill(appeals, {"answer": "Zadanie odbiegało od opisu. Inna komisja oceni to jeszcze raz."})
    press(appeals, "Zapisz odpowiedź")

    case = world.appointed(Application.objects.get(pk=case.pk), *world.records[2:])
    world.verify(case, {"knowledge_test": ["2.2.a"], "work_sample": ["2.2.a"]})
    for account in world.assessors[2:]:
        judge(seat(account, "desk"), case, {"2.2.a": "work_sample"})
    visit(office, reverse("office-case", args=[case.uid]))
    press(office, "Ogłoś wynik")
    press(office, "Wydaj certyfikat")
    visit(phone, reverse("validation-case", args=[case.uid]))
    says(phone, "Certyfikat jest wydany")
    says(phone, "uwzględnione")
    assert Certificate.objects.get(application=case).revoked_at is None
    assert acting(world.appeals).account == Appeal.objects.get().answered_by
