"""The pages of the analysis in a real browser: no axe violation, no sideways scrolling, on a phone and at a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from dorobek.cli.demo.qualifications import entries
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.actions.analysis import analyse, decide_link, propose_links
from dorobek.register.entry import Read
from dorobek.register.enums import ConceptKind, Source
from dorobek.register.models import Concept, Framework, OutcomeLink, Qualification
from tests.factories import acting, make_institution, make_staff, make_unit
from tests.register.test_analysis_register import POOR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_no_page_has_an_axe_violation_or_scrolls_sideways(page, sign_in):
    import dataclasses

    first = next(iter(entries()))
    twin = dataclasses.replace(first, code="90501")
    import_entries(reads=[Read(one) for one in (first, twin, POOR)], source=Source.TABLE)
    framework = Framework.objects.create(
        code="esco", edition="1", name="ESCO", notice="Notice.", revision=1, imported_at=timezone.now()
    )
    Concept.objects.create(
        framework=framework, uri="http://esco/1", kind=ConceptKind.SKILL, label_pl="obsługiwać kasę fiskalną"
    )
    editor = make_staff(Role.REGISTER_EDITOR, make_unit(make_institution()))
    analyse()
    propose_links(qualification=Qualification.objects.get(code="90001"), acting_user=acting(editor))
    decide_link(link=OutcomeLink.objects.all()[0], accept=True, acting_user=acting(editor))
    sign_in(editor)
    edit = reverse("register-edit", args=["90500"]) + "?zdanie=1.1+a&uwaga=0"
    pages = [reverse("register-analysis-entry", args=[code]) for code in ("90001", "90500")]
    for address in (reverse("register-analysis"), *pages, reverse("register-entry", args=["90001"]), edit):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, address
