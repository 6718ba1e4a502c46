"""The adviser's desk and the list of cases: bounded queries on indexes, whatever the number of participants."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from dorobek.audits.enums import OPEN_STAGES, Mover
from dorobek.audits.models import HandOver, Meeting, SkillsAudit
from dorobek.kernel.text import normalised
from dorobek.people.models import Account

ROWS = 50


@dataclass(frozen=True)
class Desk:
    """What the desk shows: today's meetings, late cases, cases by who has the next move, counts."""

    meetings: list[Meeting]
    late: list[SkillsAudit]
    cases: list[SkillsAudit]
    counts: dict[str, int]


def own_cases(user: Account) -> QuerySet[SkillsAudit]:
    """Open cases the adviser leads, straight from the index of the adviser."""
    cases: QuerySet[SkillsAudit] = SkillsAudit.objects.visible_to(user).filter(adviser=user, stage__in=OPEN_STAGES)
    return cases


def desk(user: Account, mover: str = "") -> Desk:
    """Four statements, whatever the number of cases."""
    today = timezone.localdate()
    begin = timezone.make_aware(dt.datetime.combine(today, dt.time()))
    meetings = Meeting.objects.visible_to(user).filter(
        adviser=user, starts_at__gte=begin, starts_at__lt=begin + dt.timedelta(days=1)
    )
    cases = own_cases(user)
    counts: dict[str, int] = cases.aggregate(
        total=Count("id"),
        mine=Count("id", filter=Q(mover=Mover.ADVISER)),
        participants=Count("id", filter=Q(mover=Mover.PARTICIPANT)),
        others=Count("id", filter=Q(mover=Mover.SPECIALIST)),
        late=Count("id", filter=Q(due_on__lt=today)),
    )
    shown = cases.filter(mover=mover) if mover else cases
    listed = shown.select_related("person").order_by("due_on", "id")
    late = cases.filter(due_on__lt=today).select_related("person").order_by("due_on", "id")
    return Desk(
        meetings=list(meetings.select_related("audit__person").order_by("starts_at")),
        late=list(late[:5]),
        cases=list(listed[:ROWS]),
        counts=counts,
    )


@dataclass
class Page:
    """One page of a list that is not counted to its end."""

    rows: list[SkillsAudit]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_next or self.has_previous

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1


def case_list(user: Account, *, search: str = "", number: int = 1, **filters: Any) -> Page:
    """Cases the user may see, in Polish order of names. Three statements, bounded by the page."""
    cases = SkillsAudit.objects.visible_to(user)
    if not user.supervised_units:
        held = substituted(user)
        cases = cases.filter(Q(adviser=user) | Q(pk__in=held)) if held else cases.filter(adviser=user)
    else:
        cases = cases.filter(institution__in={m.institution_id for m in user.active_memberships})
    for name in ("stage", "mover", "variant"):
        if filters.get(name):
            cases = cases.filter(**{name: filters[name]})
    if wanted := normalised(search):
        cases = cases.filter(Q(search_text__contains=wanted) | Q(number__icontains=search.strip()))
    start = (number - 1) * ROWS
    rows = list(cases.select_related("person").order_by("sort_key", "id")[start : start + ROWS + 1])
    return Page(rows[:ROWS], number, len(rows) > ROWS)


def substituted(user: Account) -> list[int]:
    """Keys of colleagues' cases that the user holds as a substitute these days. One statement."""
    today = timezone.localdate()
    held = HandOver.objects.visible_to(user).filter(
        to_adviser=user, for_good=False, ended_at=None, starts_on__lte=today, ends_on__gte=today
    )
    return list(held.values_list("audit_id", flat=True))
