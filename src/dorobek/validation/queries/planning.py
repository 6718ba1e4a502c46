"""The pure model of many sittings from stored data, and the commissions proposed for them at once."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from dorobek.people.models import Account, Institution
from dorobek.validation import facts, perms
from dorobek.validation.enums import ApplicationState
from dorobek.validation.faults import assessors, barred_by_case
from dorobek.validation.models import (
    Application,
    Availability,
    CommissionMember,
    Sitting,
    SittingCandidate,
    StaffRecord,
    ValidationOpening,
)
from dorobek.validation.rules import Candidate, Member, QualificationRules, Requirement
from dorobek.validation.rules.commission import fitness_faults
from dorobek.validation.rules.experience import meets
from dorobek.validation.rules.proposing import Answer, Assessor, Loosening, Session, propose
from dorobek.validation.rules.proposing.search import SECONDS

MOST_SITTINGS = 200
MOST = 10  # sittings to come, for somebody of whom nothing else was noted
LOAD_DAYS = 365


@dataclass(frozen=True)
class Plan:
    """Sittings with what the pure rules read of them. `records`: (key of a person, key of a qualification) -> record."""

    sittings: Sequence[Sitting]
    cases: dict[int, list[Application]]
    sessions: Sequence[Session]
    pool: Sequence[Assessor]
    records: dict[tuple[str, int], StaffRecord]
    names: dict[str, str]


@dataclass(frozen=True)
class Planned:
    plan: Plan
    answer: Answer

    def members(self, sitting: Sitting) -> list[StaffRecord]:
        """Who is proposed for the sitting."""
        seats = getattr(self.answer, "seats", {}).get(str(sitting.uid), ())
        return [self.plan.records[key, sitting.opening.qualification_id] for key in seats]


def open_sittings(institution: Institution, user: Account, chosen: Iterable[int] | None = None) -> list[Sitting]:
    """Sittings to come, without a commission and with somebody to judge; of the openings chosen. At most 200.

    Empty for a user who is not an awarding officer of the institution. One statement.
    """
    if not perms.may_open(user, institution):
        return []
    rows = Sitting.objects.filter(
        opening__institution=institution, commission=None, begins__gte=timezone.now(),
        candidates__application__state=ApplicationState.DOCUMENTED,
    ).select_related("opening__institution", "opening__qualification", "opening__entry_version")  # fmt: skip
    if chosen is not None:
        rows = rows.filter(opening__in=list(chosen))
    return list(rows.distinct().order_by("begins", "pk")[:MOST_SITTINGS])


def planned(
    *, sittings: Sequence[Sitting], institution: Institution, user: Account, seconds: float = SECONDS
) -> Planned | None:
    """Commissions for all these sittings at once, lawful, fair in load and free of conflicts; or why there are none.

    None for a user who is not an awarding officer of the institution. Raises SolverFailed.
    """
    if not perms.may_open(user, institution):
        return None
    plan = plan_of(sittings, institution)
    return Planned(plan, propose(plan.sessions, plan.pool, seconds))


def plan_of(sittings: Sequence[Sitting], institution: Institution) -> Plan:
    """Sessions and pool as the rules read them. Statements: about fifteen, however many people and sittings."""
    cases = _cases(sittings)
    everybody = [one for listed in cases.values() for one in listed]
    openings = {one.opening_id: one.opening for one in sittings}
    rules = {pk: one.rules for pk, one in openings.items()}
    records = _records(institution, {one.qualification_id for one in openings.values()})
    members = facts.members_of(records, everybody)
    people = _people(records, members)
    if len({(one.qualification_id, one.entry_version_id) for one in openings.values()}) > 1:
        people = _marked(records, members, openings, rules)
        rules = {pk: _marked_rules(pk, one) for pk, one in rules.items()}
    sessions = _sessions(sittings, cases, rules, _busy(sittings, institution, people))
    by_key = {(members[one.pk].key, one.qualification_id): one for one in records}
    names = {members[one.pk].key: str(one.account) for one in records}
    return Plan(sittings, cases, sessions, _pool(institution, people), by_key, names)


def _cases(sittings: Sequence[Sitting]) -> dict[int, list[Application]]:
    rows = SittingCandidate.objects.filter(sitting__in=sittings).exclude(application__state=ApplicationState.WITHDRAWN)
    found: dict[int, list[Application]] = defaultdict(list)
    for one in rows.select_related("application__person", "application__documented_by").order_by("pk"):
        if one.round == one.application.round:
            found[one.sitting_id].append(one.application)
    return found


def _records(institution: Institution, qualifications: Iterable[int]) -> list[StaffRecord]:
    """What the body's assessors can show for these qualifications."""
    rows = StaffRecord.objects.filter(institution=institution, qualification__in=list(qualifications))
    held = rows.filter(account__in=assessors(institution))
    return list(held.select_related("account", "qualification").order_by("account__name", "pk"))


def _people(records: Sequence[StaffRecord], members: dict[int, Member]) -> dict[int, Member]:
    """By account."""
    return {one.account_id: members[one.pk] for one in records}


def _marked_rules(opening: int, rules: QualificationRules) -> QualificationRules:
    """Where several qualifications are filled at once, criteria carry the opening's key.

    What a person must show anyway (level, principles) is then told by them too, since each record has its own.
    """
    named = tuple(replace(one, code=f"{opening}:{one.code}", years=None, within=None) for one in rules.criteria)
    return replace(rules, criteria=named or (Requirement(f"{opening}:fit"),), member_level=None, principles=())


def _marked(
    records: Sequence[StaffRecord], members: dict[int, Member], openings: dict[int, ValidationOpening],
    rules: dict[int, QualificationRules],
) -> dict[int, Member]:  # fmt: skip
    """Each account once, with what each record shows today under the key of each opening of its qualification."""
    today = timezone.localdate()
    shown: dict[int, set[str]] = defaultdict(set)
    ties: dict[int, list[Member]] = defaultdict(list)
    for record in records:
        member = members[record.pk]
        ties[record.account_id].append(member)
        for pk, opening in openings.items():
            if opening.qualification_id == record.qualification_id and not any(
                fitness_faults(rules[pk], member, today)
            ):
                met = [one.code for one in rules[pk].criteria if meets(one, member, today)]
                shown[record.account_id] |= {f"{pk}:{code}" for code in met or ["fit"]}
    return {
        account: Member(
            held[0].key,
            shown=frozenset(shown[account]),
            trained=frozenset().union(*(one.trained for one in held)),
            relatives=frozenset().union(*(one.relatives for one in held)),
            subordinates=frozenset().union(*(one.subordinates for one in held)),
        )
        for account, held in ties.items()
    }


def _sessions(
    sittings: Sequence[Sitting], cases: dict[int, list[Application]], rules: dict[int, QualificationRules],
    busy: dict[int, frozenset[tuple[str, str]]],
) -> list[Session]:  # fmt: skip
    out = barred_by_case(case for listed in cases.values() for case in listed)
    return [
        Session(
            str(one.uid),
            timezone.localtime(one.begins),
            timezone.localtime(one.ends),
            one.place,
            rules[one.opening_id],
            tuple(Candidate(str(case.person.uid)) for case in cases[one.pk]),
            timezone.localdate(),
            busy[one.pk].union(*(out[case.pk] for case in cases[one.pk])),
        )
        for one in sittings
    ]


def _busy(
    sittings: Sequence[Sitting], institution: Institution, people: dict[int, Member]
) -> dict[int, frozenset[tuple[str, str]]]:
    """Who sits in a commission chosen before at a time that clashes with each sitting. One statement."""
    if not sittings:
        return {}
    first, last = min(one.begins for one in sittings), max(one.ends for one in sittings)
    around = (first - dt.timedelta(days=1), last + dt.timedelta(days=1))
    rows = CommissionMember.objects.filter(
        commission__sittings__opening__institution=institution, commission__sittings__begins__range=around
    ).values_list(
        "record__account_id",
        "commission__sittings__begins",
        "commission__sittings__ends",
        "commission__sittings__place",
    )
    held = [(people[account].key, begins, ends, place) for account, begins, ends, place in rows if account in people]
    return {
        one.pk: frozenset(
            (key, str(Loosening.CLASHES))
            for key, begins, ends, place in held
            if (begins < one.ends and one.begins < ends)
            or (timezone.localdate(begins) == timezone.localdate(one.begins) and place != one.place)
        )
        for one in sittings
    }


def _pool(institution: Institution, people: dict[int, Member]) -> list[Assessor]:
    """Each person once, with load, limit and days away. Two statements."""
    known = {one.account_id: one for one in Availability.objects.filter(institution=institution)}
    load, coming = _loads(institution)
    return [
        Assessor(
            member,
            max(0, (known[account].most if account in known else MOST) - coming[account]),
            load[account],
            _days(known[account].away) if account in known else frozenset(),
            frozenset(known[account].places) or None if account in known else None,
        )
        for account, member in people.items()
    ]


def _loads(institution: Institution) -> tuple[Counter[int], Counter[int]]:
    """Sittings of the last year and of the days to come by account; of them, those still to come."""
    now = timezone.now()
    rows = CommissionMember.objects.filter(
        commission__sittings__opening__institution=institution,
        commission__sittings__begins__gte=now - dt.timedelta(days=LOAD_DAYS),
    ).values_list("record__account_id", "commission__sittings__begins")
    listed = list(rows)
    return Counter(account for account, _at in listed), Counter(account for account, at in listed if at >= now)


def _days(away: Sequence[Sequence[str]]) -> frozenset[dt.date]:
    found = set()
    for first, last in away:
        day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        while day <= end:
            found.add(day)
            day += dt.timedelta(days=1)
    return frozenset(found)
