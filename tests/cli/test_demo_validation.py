"""The demonstration's validations, played by the ordinary actions: each ends as told, and the history follows it."""

import pytest

from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.office import build_offices
from dorobek.cli.demo.qualifications import load_qualifications
from dorobek.cli.demo.validation import EVENTS, NOT_MET, TILL, validate
from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.queries.wallet import cards_of
from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution
from dorobek.validation.models import Application, Assessment, CaseDocument, Certificate, PartialResult
from tests.factories import make_person

pytestmark = pytest.mark.django_db
NAMES = ("Małgorzata Śliż", "Zdzisława Pąchalska", "Władysław Grzegżółka", "Tadeusz Źrebiec")


@pytest.fixture
def told():
    load_qualifications()
    with days_back(700):
        offices = build_offices("hasło do prób 1")
    keeper = Account.objects.get(email="administratorka@izba.example.org")
    found_issuer(
        institution=offices.units["izba"].institution, slug="izba", acting_user=ActingUser(keeper),
        words={"name_pl": "Izba Rzemiosła i Handlu w Tymowicach", "country": "PL"},
    )  # fmt: skip
    people = [make_person(name) for name in NAMES]
    return validate(offices, people)


def case_of(name, code, state):
    return Application.objects.get(
        person__given_names=name.split()[0], opening__qualification__code=code, state=state
    )  # fmt: skip


def test_the_four_stories_end_as_told(told):
    assert [line.split("  ")[2].split(":")[0] for line in told] == list(NAMES)
    first = case_of(NAMES[0], TILL, "certified")
    assert {one.method for one in first.methods.all()} == {
        "knowledge_test", "evidence_analysis", "simulated_observation", "conversation"
    }  # fmt: skip
    assert first.agreed.get().dissent
    assert "Obsługa kasy i rozliczanie zmiany w sklepie" in [
        one.title for one in cards_of(Account.objects.get(pk=first.person.account_id))
    ]
    second = case_of(NAMES[1], TILL, "certified")
    rounds = list(second.decisions.order_by("round").values_list("whole", flat=True))
    assert rounds == ["not-met", "met"]
    judged = [set(second.assessments.filter(round=n).values_list("assessor", flat=True)) for n in (1, 2)]
    assert not judged[0] & judged[1]
    assert {code for code, one in second.decisions.get(round=1).outcomes.items() if one != "met"} == {
        code.rpartition(".")[0] for code in NOT_MET
    }  # fmt: skip
    again = case_of(NAMES[2], EVENTS, "certified")
    assert again.carried == ["1.1", "2.1"]
    assert PartialResult.objects.filter(person=again.person).exclude(decision__application=again).count() == 2
    assert case_of(NAMES[3], EVENTS, "appointed").assessments.filter(closed_at=None).count() == 2
    assert Certificate.objects.count() == 3


def test_the_history_alone_tells_each_case_and_holds(told):
    for name in NAMES:
        stream = Application.objects.filter(person__given_names=name.split()[0]).first().person.uid
        assert list(history.verify(stream)) == []
    second = case_of(NAMES[1], TILL, "certified")
    kinds = HistoryEntry.objects.filter(subject=second.uid).order_by("seq").values_list("kind", flat=True)
    skipped = {"validation.declared", "validation.method-used", "validation.marked", "validation.sheet-closed"}
    assert [one.removeprefix("validation.") for one in kinds if one not in skipped] == [
        "begun", "adjustments-asked", "informed", "submitted", "documented", "appointed", "decided", "protocol",
        "credential-awarded", "credential-awarded", "appealed", "appeal-answered", "reopened", "appointed", "decided",
        "protocol", "certified", "credential-awarded",
    ]  # fmt: skip


def test_documents_arise_in_each_case(told):
    for name in NAMES[:3]:
        kinds = set(
            CaseDocument.objects.filter(application__person__given_names=name.split()[0]).values_list("kind", flat=True)
        )
        assert {"declaration", "appointment", "protocol", "result-letter", "certificate"} <= kinds
    assert CaseDocument.objects.filter(kind="appeal-answer").count() == 1


def test_everybody_of_the_body_has_an_account(told):
    body = Institution.objects.get(short_name="IZBA")
    roles = set(body.memberships.values_list("role", flat=True))
    assert {"awarding-officer", "validation-adviser", "appeals-officer", "assessor"} <= roles
    assert Assessment.objects.values("assessor").distinct().count() == 6
