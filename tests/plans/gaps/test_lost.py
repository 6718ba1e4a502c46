"""What proved an outcome once and no longer does: the gap is open again and the picture says why (MC-5, DP-6)."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.credentials.actions.changes import reinstate, revoke, suspend
from dorobek.credentials.models import Credential
from dorobek.kernel import jobs
from dorobek.kernel.models import Job
from dorobek.people.models import Person
from dorobek.plans import actions
from dorobek.plans.actions.expiring import run_day
from dorobek.plans.gaps.enums import Cause
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.gaps.shapes import GapState, Side
from dorobek.plans.gaps.snapshots import take_snapshot
from dorobek.plans.jobs import plans_day
from dorobek.plans.models import GapSnapshot
from dorobek.portfolio.models import Competence, HeldCredential
from tests.factories import acting
from tests.plans.gaps.conftest import fresh
from tests.plans.planning.test_covering import put
from tests.readiness.conftest import TILL, prove

pytestmark = pytest.mark.django_db
LINE = {"pl": "wdraża nową osobę", "code": f"{TILL}-2-2", "criteria": ["pokazuje"]}


@pytest.fixture
def held(target, body, django_capture_on_commit_callbacks) -> Credential:
    """A valid micro-credential of the outcome that the person otherwise lacks."""
    Person.objects.filter(pk=target.person_id).update(email="m@example.org")
    version = body.version(counts_towards=[], outcomes=[LINE], suspendable=True)
    name = {"given_names": target.person.given_names, "family_name": target.person.family_name}
    with django_capture_on_commit_callbacks(execute=True):
        return body.issue(version, **name)


def line_of(target, user=None):
    return picture_of(fresh(target), user).lines[-1]


def causes(target):
    return list(GapSnapshot.objects.filter(target=target).order_by("pk").values_list("cause", flat=True))


def test_a_credential_that_ended_opens_the_gap_again_and_says_when(target, held):
    assert line_of(target).state is GapState.HELD
    ended = timezone.now() - dt.timedelta(days=1)
    Credential.objects.update(valid_until=ended)
    line = line_of(target, target.person.account)
    assert (line.state, line.held) == (GapState.MISSING, 0)
    lost = line.evidence[0]
    assert (lost.side, lost.title) == (Side.LOST, "Rozliczanie kasy na koniec zmiany")
    assert "Minęła jego ważność: " in lost.note
    seen = line_of(target, SkillsAudit.objects.get(uid=target.case_uid).adviser).evidence[0]
    assert (seen.side, seen.title, seen.by, seen.hidden, seen.note) == (Side.LOST, "", "", True, lost.note)


def test_the_job_of_the_day_keeps_the_counts_with_the_reason_once(target, held):
    assert causes(target) == ["target", "credential"]
    assert run_day() == 0
    until = timezone.now() + dt.timedelta(days=30)
    Credential.objects.update(valid_until=until)
    assert run_day() == 0
    Credential.objects.update(valid_until=timezone.now() - dt.timedelta(minutes=1))
    assert run_day() == 1
    assert run_day() == 0
    assert causes(target) == ["target", "credential", "expired"]
    newest = GapSnapshot.objects.filter(target=target).last()
    assert (newest.held, newest.missing) == (1, 1)
    assert newest.get_cause_display() == "minęła ważność poświadczenia"


def test_what_ended_long_ago_and_goals_that_are_over_are_left_alone(target, held):
    Credential.objects.update(valid_until=timezone.now() - dt.timedelta(days=40))
    assert run_day() == 0
    Credential.objects.update(valid_until=timezone.now() - dt.timedelta(days=2))
    actions.settle_goal(goal=target.goal, reached=True, acting_user=acting(target.person.account))
    assert run_day() == 0


def test_the_daily_job_of_plans_does_it(target, held):
    jobs.load_kinds()
    assert "plans-day" in jobs.daily_kinds()
    Credential.objects.update(valid_until=timezone.now() - dt.timedelta(minutes=1))
    assert plans_day(Job(), lambda _done, _all: None)["expired"] == 1


def test_suspended_reinstated_and_revoked_are_seen_at_once_each_with_its_word(
    target, held, body, django_capture_on_commit_callbacks
):
    for change, state, said in (
        (suspend, GapState.MISSING, "zawiesił"),
        (reinstate, GapState.HELD, ""),
        (revoke, GapState.MISSING, "cofnął"),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            change(credential=Credential.objects.get(), reason="pomyłka", acting_user=acting(body.clerk))
        line = line_of(target)
        assert line.state is state
        notes = [one.note for one in line.evidence if one.side is Side.LOST]
        assert (len(notes), said in "".join(notes)) == (1 if said else 0, True)
    assert causes(target) == ["target", "credential", "revoked", "credential", "revoked"]


def test_what_is_proven_otherwise_needs_no_word_of_what_was_lost(target, held):
    Credential.objects.update(state="revoked")
    competence = Competence.objects.create(
        person=target.person, case_uid=target.case_uid, wording="Wdraża nową osobę do pracy na kasie", kind="skill",
        state="supported",
    )  # fmt: skip
    prove(competence)
    line = line_of(target)
    assert line.state is GapState.HELD
    assert all(one.side is not Side.LOST for one in line.evidence)


def test_one_of_another_issuer_that_ended_is_seen_by_the_job_too(target):
    made = put(target, f"{TILL}-2-2")
    picture = picture_of(fresh(target))
    assert picture.lines[-1].state is GapState.HELD
    take_snapshot(target, Cause.CREDENTIAL)
    HeldCredential.objects.filter(pk=made.pk).update(valid_until=timezone.now() - dt.timedelta(hours=1))
    assert run_day() == 1
    assert line_of(target).evidence[0].side is Side.LOST
    HeldCredential.objects.update(valid_until=None, decided="could not check")
    assert "nie dało się" in line_of(target).evidence[0].note
    HeldCredential.objects.update(decided="not valid")
    assert "nieważne" in line_of(target).evidence[0].note
