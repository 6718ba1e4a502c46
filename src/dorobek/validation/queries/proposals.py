"""Commissions proposed from the body's pool."""

import datetime as dt

from django.db.models import Count

from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation import facts, perms
from dorobek.validation.models import Application, Assessment, StaffRecord
from dorobek.validation.rules import Candidate
from dorobek.validation.rules.proposing import Answer, Assessor, Session, propose


def proposal(
    *, application: Application, user: Account, begins: dt.datetime, ends: dt.datetime, limit: int = 10
) -> Answer | None:
    """A lawful commission for this application from the body's assessors, those who sat least first; or why none exists.

    Left out: who judged an earlier round, and the adviser who helped. None for a user who may not run the application.
    """
    if not perms.may_run(user, application):
        return None
    opening = application.opening
    judged = application.assessments.exclude(round=application.round).values("assessor")
    records = (
        StaffRecord.objects.filter(institution=opening.institution, qualification=opening.qualification)
        .filter(account__memberships__role=Role.ASSESSOR, account__memberships__institution=opening.institution)
        .exclude(account__in=judged)
        .select_related("account")
        .prefetch_related("periods")
        .distinct()
    )
    if application.documented_by_id:
        records = records.exclude(account=application.documented_by_id)
    sat = dict(
        Assessment.objects.filter(application__opening__institution=opening.institution)
        .values_list("assessor")
        .annotate(Count("pk"))
    )
    pool = [
        Assessor(facts.member_of(one, [application]), limit, sat.get(one.account_id, 0))
        for one in records
        if one.account.has_role(Role.ASSESSOR, institution=opening.institution)
    ]
    candidate = Candidate(str(application.person.uid))
    session = Session(str(application.uid), begins, ends, opening.place, opening.rules, (candidate,))
    return propose([session], pool)
