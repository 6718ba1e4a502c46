"""Results of tests taken elsewhere, and the synthesis that uses them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.synthesis import write_synthesis
from dorobek.audits.queries.weave import weaves
from dorobek.instruments.actions import Scale, enter_result, remove_result
from dorobek.instruments.models import ExternalResult
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from tests.factories import acting, make_account, make_case, make_competence, make_staff

pytestmark = pytest.mark.django_db


def enter(audit, account=None, **fields):
    given = {
        "tool": "Kwestionariusz zainteresowań",
        "taken_on": dt.date(2026, 3, 2),
        "run_by": "Ewa Próbna",
        "entitlement": "zaświadczenie 12/2024",
        "scales": [Scale("handlowe", "31", "4")],
        **fields,
    }
    me = acting(account or audit.adviser)
    return enter_result(person=audit.person, case_uid=audit.uid, acting_user=me, **given)


def test_a_result_keeps_its_scales_and_its_entitlement():
    audit = make_case()
    result = enter(audit)
    assert [(s.scale, s.score, s.level) for s in result.scales.all()] == [("handlowe", "31", "4")]
    assert HistoryEntry.objects.get(kind="result.entered").payload.data["scales"] == [["handlowe", "31", "4"]]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"taken_on": timezone.localdate() + dt.timedelta(days=1)}, "taken_on"),
        ({"scales": []}, "scale_1"),
        ({"scales": [Scale("handlowe")]}, "score_1"),
        ({"validity": "not-diagnostic"}, "validity_note"),
    ],
)
def test_what_is_missing_is_named_at_its_field(fields, field):
    with pytest.raises(RuleBroken) as refusal:
        enter(make_case(), **fields)
    assert refusal.value.field == field
    assert ExternalResult.objects.count() == 0


def test_a_low_result_contradicts_the_competence_it_stands_beside():
    audit = make_case()
    competence = make_competence(audit)
    enter(audit, scales=[Scale("praca z klientem", level="1", competence=competence)])
    assert "result-contradicts" in weaves(audit.adviser, audit)[0].missing


def test_only_the_adviser_in_charge_enters_and_removes():
    audit = make_case()
    result = enter(audit)
    others = (make_account(), audit.person.account, make_staff(Role.COORDINATOR, audit.unit))
    for account in others:
        with pytest.raises(NotAllowed):
            enter(audit, account)
        with pytest.raises(NotAllowed):
            remove_result(result=result, reason="x", acting_user=acting(account))


def test_a_competence_of_another_case_is_refused():
    with pytest.raises(NotAllowed):
        enter(make_case(), scales=[Scale("x", "1", competence=make_competence(make_case()))])


def test_the_form_enters_what_was_typed_and_keeps_it_when_something_is_wrong(client):
    audit = make_case()
    client.force_login(audit.adviser)
    url = reverse("case-result-new", args=[audit.uid])
    typed = {
        "tool": "Test <b>kotwic</b>",
        "taken_on": "2.03.2026",
        "run_by": "Ewa",
        "entitlement": "12/2024",
        "validity": "valid",
        "scale_2": "autonomia",
        "score_2": "5",
    }
    page = client.post(url, {**typed, "taken_on": "31.02.2026"}).content.decode()
    assert "Tego dnia nie ma w kalendarzu" in page.replace("\xa0", " ")
    assert "autonomia" in page
    assert client.post(url, typed).status_code == 302
    shown = client.get(reverse("case-results", args=[audit.uid])).content.decode()
    assert "<b>kotwic</b>" not in shown
    assert "autonomia" in shown


def synthesise(audit, base=None, **texts):
    given = {"picture": "", "strengths": "", "missing": "", "conclusions": "Handel", **texts}
    return write_synthesis(audit=audit, base_version=base, acting_user=acting(audit.adviser), **given)


def test_two_advisers_writing_the_synthesis_see_both_versions():
    audit = make_case()
    first = synthesise(audit)
    synthesise(audit, base=first.version, conclusions="Handel i usługi")
    with pytest.raises(Conflict) as conflict:
        synthesise(audit, base=first.version, conclusions="Księgowość")
    assert conflict.value.theirs == {"conclusions": "Handel i usługi"}


def test_the_synthesis_page_lists_what_is_missing(client):
    audit = make_case()
    make_competence(audit)
    client.force_login(audit.adviser)
    page = client.get(reverse("case-synthesis", args=[audit.uid])).content.decode().replace("\xa0", " ")
    assert "nie ma dowodu" in page
    assert "nie ma historii" in page
