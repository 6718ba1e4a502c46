"""After a registration: corrections, a new version of the programme, the report, markup in names."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.audits.actions.exceptions import let_in_against_rules
from dorobek.audits.actions.registration import (
    correct_registration,
)
from dorobek.audits.models import Registration
from dorobek.audits.queries.cases import report_rows
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.enums import Role
from dorobek.people.models import Institution
from dorobek.programmes.models import ProgrammeVersion
from tests.audits.registering import ANSWERS, MINE, SCHOOL, Office
from tests.audits.registering import _today as _today  # the fixed day of every test here
from tests.factories import acting, make_account, make_institution, make_staff, make_unit


@pytest.mark.django_db
def test_a_correction_decides_anew_and_asks_the_adviser_to_look():
    office = Office(MINE)
    audit = office.register()
    fixed = correct_registration(
        audit=audit,
        identity={"family_name": "Żółkoś"},
        answers={**ANSWERS[MINE], "statuses": ["employer"]},
        acting_user=acting(office.adviser),
    )
    audit.refresh_from_db()
    assert not fixed.eligible
    assert audit.move == "check-eligibility"
    assert audit.search_text.startswith("bozena zolkos")
    with pytest.raises(RuleBroken):
        let_in_against_rules(audit=audit, reason="Zamyka firmę", acting_user=acting(office.adviser))
    let_in_against_rules(audit=audit, reason="Zamyka firmę w tym miesiącu", acting_user=acting(office.coordinator))
    audit.refresh_from_db()
    assert audit.move == "arrange-talk"
    for stranger in (make_account(), make_staff(Role.COORDINATOR, make_unit(make_institution()))):
        with pytest.raises(NotAllowed):
            let_in_against_rules(audit=audit, reason="Bo tak", acting_user=acting(stranger))


@pytest.mark.django_db
def test_a_new_version_of_a_programme_never_changes_a_running_audit():
    office = Office(MINE)
    audit = office.register()
    rules = dict(office.version.rules)
    rules["time"] = {**rules["time"], "audit_months": 3}
    rules["eligibility"] = {**rules["eligibility"], "rule": {"rule": "age-over", "code": "old", "over": 80}}
    ProgrammeVersion.objects.create(
        programme=office.version.programme, number=2, rules=rules, published_at=timezone.now()
    )
    again = correct_registration(
        audit=audit, identity={"phone": "600 100 200"}, answers=ANSWERS[MINE], acting_user=acting(office.adviser)
    )
    audit.refresh_from_db()
    assert again.eligible
    assert audit.programme_version == office.version
    assert audit.rules.time.audit_months == 6
    assert audit.deadline_on == dt.date(2027, 5, 4)


@pytest.mark.django_db
def test_the_report_holds_identity_without_interviews_and_no_formulas():
    office = Office(MINE)
    office.register(identity={"given_names": "=1+1", "phone": "+48 600 100 200"})
    rows = list(report_rows(Institution.objects.filter(pk=office.institution.pk)))
    assert "'=1+1" in rows[0]
    assert "'+48 600 100 200" in rows[0]
    assert list(report_rows(Institution.objects.exclude(pk=office.institution.pk))) == []


@pytest.mark.django_db
def test_html_and_formulas_stay_text():
    audit = Office(SCHOOL).register(
        identity={"given_names": "<script>alert(1)</script>", "family_name": "=HYPERLINK()"}
    )
    assert audit.person.name == "<script>alert(1)</script> =HYPERLINK()"
    assert Registration.objects.get().audit == audit
