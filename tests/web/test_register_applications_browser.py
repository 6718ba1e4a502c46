"""Applications to the register in a real browser: axe and width, a stranger's comment, the applicant's form (RG-5)."""

import pytest
from django.urls import reverse

from dorobek.register.applications.consulting import answer_comment, moderate_comment
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.models import ConsultationComment
from tests.factories import acting
from tests.register.applications import Office, inclusion
from tests.web.test_info_browser import no_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_pages_have_no_axe_violation_and_a_stranger_comments(page, sign_in):
    office = Office()
    held = office.at(Stage.CONSULTATION)
    made = office.comment(held)
    moderate_comment(comment=made, publish=True, reason="", acting_user=acting(office.editor))
    answer_comment(comment=made, answer="Dodamy 20 godzin.", acting_user=acting(office.applicant))
    record = reverse("register-application", args=[held.uid])
    no_violations(page, reverse("register-applications"))
    no_violations(page, record)
    page.get_by_label("Imię i nazwisko").fill("Ewa Skryta")
    page.get_by_label("Adres e-mail").fill("ewa@example.org")
    page.get_by_label("Uwaga", exact=True).fill("Proszę dodać obsługę gości z psem.")
    page.get_by_role("button", name="Wyślij uwagę").click()
    page.get_by_text("Dziękujemy").wait_for()
    fresh = ConsultationComment.objects.get(text__startswith="Proszę dodać")
    draft = office.draft(content=inclusion(demand="", title_pl="Obsługa " + "bardzo" * 25))
    sign_in(office.applicant)
    form = reverse("register-application-write", args=[draft.uid])
    for address in (
        reverse("register-applications-mine"), reverse("register-application-new"), form,
        reverse("register-application-withdraw", args=[draft.uid]),
    ):  # fmt: skip
        no_violations(page, address)
    page.goto(form)
    page.get_by_role("button", name="Złóż wniosek").click()
    page.get_by_role("link", name="Proszę wypełnić to pole").first.wait_for()
    sign_in(office.editor)
    for address in (
        reverse("register-applications-desk"), reverse("register-application-work", args=[held.uid]),
        reverse("register-application-comment", args=[held.uid, fresh.uid]),
    ):  # fmt: skip
        no_violations(page, address)
