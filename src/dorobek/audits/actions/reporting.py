"""The data set of the funding body (SA-17): who took it is on record, and every participant can see that."""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.cases import REPORT_COLUMNS, report_rows
from dorobek.people.acting import ActingUser
from dorobek.people.models import AccessLog, Institution
from dorobek.people.perms import administers
from dorobek.programmes.models import Programme

PART = "sprawozdanie dla instytucji finansującej"


@transaction.atomic
def export_report(
    *, institution: Institution, acting_user: ActingUser, programme: Programme | None = None
) -> Iterator[list[str]]:
    """Rows of the report, the names of columns first; read as they are sent. Administrators of the institution.

    Raises NotAllowed. The reading is logged for every person in it before the first row is given out.
    """
    acting_user.require(administers(acting_user.account, institution))
    acting_user.require(programme is None or programme.institution_id == institution.pk)
    now = timezone.now()
    audits = SkillsAudit.objects.filter(institution=institution)
    if programme is not None:
        audits = audits.filter(programme_version__programme=programme)
    count = 0
    batch: list[AccessLog] = []
    for uid, person_id in audits.values_list("uid", "person_id").iterator(chunk_size=2000):
        batch.append(_reading(acting_user, uid, person_id, now))
        count += 1
        if len(batch) == 500:
            AccessLog.objects.bulk_create(batch)
            batch = []
    AccessLog.objects.bulk_create(batch)
    acting_user.record("report.exported", stream=institution.uid, programme=programme, rows=count)
    return _rows(institution, programme)


def _reading(acting_user: ActingUser, uid: uuid.UUID, person_id: int, now: dt.datetime) -> AccessLog:
    return AccessLog(person_id=person_id, case_uid=uid, account=acting_user.account, part=PART, at=now)


def _rows(institution: Institution, programme: Programme | None) -> Iterator[list[str]]:
    yield list(REPORT_COLUMNS)
    yield from report_rows(Institution.objects.filter(pk=institution.pk), programme)
