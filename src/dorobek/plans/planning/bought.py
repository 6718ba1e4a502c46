"""What is bought with a voucher already and is not over yet: it takes place whatever route is chosen (DP-4, VO-1)."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import QuerySet

from dorobek.offers.models import Edition
from dorobek.plans.models import ScenarioAction
from dorobek.plans.planning.attending import meetings_of
from dorobek.plans.planning.options import closing_of, course_of, hours_a_week
from dorobek.plans.planning.shapes import Bought, Goal
from dorobek.plans.routes import Engagement
from dorobek.vouchers.enums import Participation
from dorobek.vouchers.enums import VoucherState as S
from dorobek.vouchers.models import Voucher

FULL = 100
MISSED = (Participation.REJECTED, Participation.ABSENT, Participation.NOT_FINISHED)


def bought_for(goal: Goal, case_uid: uuid.UUID) -> tuple[Bought, ...]:
    """Places bought in the case and not settled yet, the soonest first: once settled, the picture of the gaps counts them.

    One statement; two where there are any.
    """
    held = [(row.edition, row.number) for row in _places(case_uid, (S.BOUND, S.USED)) if row.edition]
    if not held:
        return ()
    closing = closing_of(goal, [edition.service for edition, _number in held])
    return tuple(_bought(edition, number, closing.get(edition.service_id, {})) for edition, number in held)


def _places(case_uid: uuid.UUID, states: Sequence[S]) -> QuerySet[Voucher]:
    """Vouchers put to a date that still stands and that nobody missed."""
    rows = Voucher.objects.filter(
        case_uid=case_uid, state__in=states, edition__withdrawn_at=None, edition__isnull=False
    )
    rows = rows.exclude(participation__in=MISSED).select_related("edition__service__provider")
    return rows.order_by("edition__starts_on", "pk")


def _bought(edition: Edition, number: str, closes: Mapping[str, int]) -> Bought:
    engagement = Engagement(
        course_of(edition.service_id), edition.starts_on, edition.ends_on, hours_a_week(edition), meetings_of(edition)
    )
    service = edition.service
    place = "" if edition.remote else edition.place
    return Bought(service.title, service.provider.name, place, number, closes, engagement, edition.uid)


def still_open(goal: Goal, bought: Sequence[Bought]) -> Goal:
    """The goal as it will stand when what is bought is finished."""
    coming: Counter[str] = Counter()
    for one in bought:
        coming.update(one.closes)
    wanted = (replace(one, held=min(FULL, one.held + coming[one.code])) for one in goal.wanted)
    return replace(goal, wanted=tuple(wanted))


def editions_bought(case_uid: uuid.UUID) -> dict[int, Edition]:
    """Course to the date of which the case has a place: nobody has to enrol for it any more. One statement."""
    rows = _places(case_uid, (S.BOUND, S.USED, S.SETTLED))
    return {row.edition.service_id: row.edition for row in rows if row.edition}


def bought_instead(step: ScenarioAction, bought: Mapping[int, Edition]) -> Edition | None:
    """The date bought of the course that a step names, whichever it is; None where no place is bought."""
    return bought.get(step.edition.service_id) if step.edition else None
