"""Somebody who can do most of what her goal asks for and lacks the proof: her routes lead through validation."""

from dorobek.audits.models import SkillsAudit
from dorobek.people.acting import ActingUser
from dorobek.plans.actions.goals import write_goal
from dorobek.plans.actions.limits import write_limits
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.actions.targets import Choice, choose_target
from dorobek.plans.enums import GoalKind, GoalSubject, LearningForm
from dorobek.register.models import Qualification

TILL = "90001"
AIM = "Do końca czerwca będę mieć certyfikat na obsługę kasy, którą prowadzę od lat."


def aim_at_a_proof(audit: SkillsAudit) -> None:
    """The goal, what it leads to, the limits: what is missing is for the page of routes to show."""
    me = ActingUser(audit.adviser)
    goal = write_goal(
        plan=plan_of(audit.person, audit.uid, me), kind=GoalKind.INTERMEDIATE, subject=GoalSubject.LEARNING, wording=AIM,
        learning_forms=[LearningForm.VALIDATION], acting_user=me,
    )  # fmt: skip
    choose_target(goal=goal, choice=Choice(qualification=Qualification.objects.get(code=TILL)), acting_user=me)
    write_limits(
        person=audit.person, case_uid=audit.uid, home=audit.person.teryt[:4], own_money=80_000, hours_week=8, months=8,
        at_once=2, farthest=1, acting_user=me,
    )  # fmt: skip
