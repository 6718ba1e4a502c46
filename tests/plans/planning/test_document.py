"""The route chosen is in the plan's document, in all of its forms (SA-12, DP-4)."""

import pytest
from django.utils import translation

from dorobek.audits.documents.common import Writer
from dorobek.audits.documents.plan import development_plan
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.documents import case_file
from dorobek.kernel.documents import to_docx, to_html, to_pdf
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.routes import Route, plan_all
from tests.factories import acting
from tests.plans.planning.builders import basis, limits_for, till_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(target):
    till_offer()
    found = basis(target, limits_for(target))
    codes = plan_all(found.problem)[Route.CHEAPEST].codes
    choose_route(
        goal=target.goal, basis=found, codes=codes, acting_user=acting(target.person.account), name="cheapest",
        proof={"text": "Sprawdzone."},
    )  # fmt: skip
    audit = SkillsAudit.objects.get(uid=target.case_uid)
    with translation.override("pl"):
        return development_plan(Writer(case_file(audit, None), "pl"))


def test_costs_gaps_days_and_the_proof_are_printed(document):
    text = to_html(document)
    for words in (
        "Koszty i to, co droga zamyka", "1 340,01 zł", "600,01 zł", "Zwroty", "brakuje dowodu", "Sprawdzone.",
        "Odpowiada", "Obsługa kasy i rozliczanie zmiany w sklepie",
    ):  # fmt: skip
        assert words in text.replace("\xa0", " "), words
    assert to_pdf(document).startswith(b"%PDF")
    assert to_docx(document)
