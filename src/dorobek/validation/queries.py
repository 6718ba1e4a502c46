"""Reads of validation: commissions proposed from the body's pool, agreement between its assessors."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from django.db.models import Count

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution
from dorobek.register.models import Qualification
from dorobek.validation import facts, perms
from dorobek.validation.models import Application, Assessment, StaffRecord
from dorobek.validation.rules import Candidate, Kappa, cohen
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


def agreement(
    *, institution: Institution, qualification: Qualification, user: Account
) -> dict[tuple[int, int], Kappa] | None:
    """Kappa of each pair of assessors (keys of accounts, the smaller first) over closed sheets. Two statements.

    None for a user who is not an awarding officer of the institution.
    """
    if not perms.may_open(user, institution):
        return None
    closed = Assessment.objects.filter(
        closed_at__isnull=False,
        application__opening__institution=institution,
        application__opening__qualification=qualification,
    ).prefetch_related("marks")
    together: dict[tuple[int, int], list[Assessment]] = defaultdict(list)
    for one in closed:
        together[one.application_id, one.round].append(one)
    pairs: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for sheets in together.values():
        for first, second in combinations(sorted(sheets, key=lambda one: one.assessor_id), 2):
            pairs[first.assessor_id, second.assessor_id] += _both(first, second)
    return {pair: cohen(marks) for pair, marks in pairs.items()}


def _both(first: Assessment, second: Assessment) -> Sequence[tuple[str, str]]:
    theirs = {one.criterion: one.verdict for one in second.marks.all()}
    return [(one.verdict, theirs[one.criterion]) for one in first.marks.all() if one.criterion in theirs]
