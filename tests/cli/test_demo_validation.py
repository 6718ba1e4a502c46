"""The demonstration's other validations, played by the ordinary actions: a case judged on paper, and one that runs."""

import pytest

from dorobek.cli.demo.clock import at, days_back
from dorobek.cli.demo.house import SITS, House, moment, weekday_shift
from dorobek.cli.demo.house import at as story_at
from dorobek.cli.demo.office import build_offices
from dorobek.cli.demo.qualifications import load_qualifications
from dorobek.cli.demo.validation import EVENTS, TILL, validate
from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.queries.wallet import cards_of
from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution
from dorobek.validation.models import Application, CaseDocument, Certificate
from tests.factories import make_person

NAMES = ("Małgorzata Śliż", "Tadeusz Źrebiec")


@pytest.fixture
def told(db):
    load_qualifications()
    with days_back(700):
        offices = build_offices("hasło do prób 1")
    keeper = Account.objects.get(email="administratorka@izba.example.org")
    found_issuer(
        institution=offices.units["izba"].institution, slug="izba", acting_user=ActingUser(keeper),
        words={"name_pl": "Izba Rzemiosła i Handlu w Tymowicach", "country": "PL"},
    )  # fmt: skip
    return validate(offices, [make_person(name) for name in NAMES])


def case_of(name, code, state):
    return Application.objects.get(
        person__given_names=name.split()[0], opening__qualification__code=code, state=state
    )  # fmt: skip


def test_one_is_certified_from_paper_and_one_runs(told):
    assert [line.split("  ")[2].split(":")[0] for line in told] == list(NAMES)
    first = case_of(NAMES[0], TILL, "certified")
    assert {one.method for one in first.methods.all()} == {
        "knowledge_test", "evidence_analysis", "simulated_observation", "conversation"
    }  # fmt: skip
    assert all(one.how == "paper" and one.file and one.led_by for one in first.methods.all())
    assert first.agreed.get().dissent
    assert "Obsługa kasy i rozliczanie zmiany w sklepie" in [
        one.title for one in cards_of(Account.objects.get(pk=first.person.account_id))
    ]
    assert case_of(NAMES[1], EVENTS, "appointed").assessments.filter(closed_at=None).count() == 2
    assert Certificate.objects.count() == 1


def test_the_history_alone_tells_the_case_and_holds(told):
    for name in NAMES:
        stream = Application.objects.filter(person__given_names=name.split()[0]).first().person.uid
        assert list(history.verify(stream)) == []
    first = case_of(NAMES[0], TILL, "certified")
    kinds = HistoryEntry.objects.filter(subject=first.uid).order_by("seq").values_list("kind", flat=True)
    skipped = {"validation.declared", "validation.method-on-paper", "validation.marked", "validation.sheet-closed"}
    steps = [one.removeprefix("validation.") for one in kinds if one not in skipped]
    wanted = [
        "begun", "informed", "submitted", "documented", "appointed", "agreed", "decided", "protocol", "certified",
        "credential-awarded",
    ]  # fmt: skip
    assert [one for one in steps if one in wanted] == wanted
    documents = set(CaseDocument.objects.filter(application=first).values_list("kind", flat=True))
    assert {"declaration", "appointment", "protocol", "result-letter", "certificate"} <= documents


def test_everybody_of_the_body_has_an_account(told):
    body = Institution.objects.get(short_name="IZBA")
    roles = set(body.memberships.values_list("role", flat=True))
    assert {"awarding-officer", "validation-adviser", "appeals-officer", "assessor"} <= roles


def test_the_clock_of_the_story_tells_the_hour_and_the_day_of_the_week(db):
    from django.utils import timezone

    today = timezone.localdate()
    with at(3, "10:15"):
        then = timezone.localtime()
        assert ((today - then.date()).days, then.hour, then.minute) == (3, 10, 15)
    with story_at(SITS, "9:00"):
        assert timezone.localdate().weekday() == 3
        assert timezone.localtime(moment(SITS, "9:00")).date() == timezone.localdate()
    assert weekday_shift() in range(7)
    assert timezone.localdate() == today


def test_who_acts_has_the_roles_of_the_day(told):
    accounts = list(Account.objects.filter(email__endswith="@izba.example.org"))
    house = House(None, {one.email.split("@")[0]: one for one in accounts})
    assert house.officer.account.email == "walidacja@izba.example.org"
