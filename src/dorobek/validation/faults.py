"""Every broken rule of a commission over all cases of a sitting, before it is chosen. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Membership
from dorobek.validation import facts
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, Assessment, CommissionMember, Sitting, StaffRecord
from dorobek.validation.rules import Broken, Candidate, Member, Rule, Source, check_commission


@dataclass(frozen=True)
class Pool:
    """A body's people for one opening, with the rules' view of each, and their names by key."""

    records: Sequence[StaffRecord]
    members: dict[int, Member]
    names: dict[str, str]


def cases_of(sitting: Sitting) -> list[Application]:
    """Cases still to be judged there: not withdrawn, and not sent on to another round. One statement."""
    rows = sitting.candidates.exclude(application__state=ApplicationState.WITHDRAWN)
    related = ("person__account", "opening__institution", "opening__entry_version", "documented_by", "commission")
    found = rows.select_related(*(f"application__{name}" for name in related)).order_by(
        "application__person__sort_key", "pk"
    )
    return [one.application for one in found if one.round == one.application.round]


def pool_of(sitting: Sitting, cases: Iterable[Application], more: Sequence[StaffRecord] = ()) -> Pool:
    """Assessors of the opening's body and qualification, and whoever is given besides. Six statements."""
    opening = sitting.opening
    held = StaffRecord.objects.filter(institution=opening.institution, qualification=opening.qualification)
    held = held.filter(account__in=assessors(opening.institution))
    records = list(held.select_related("account").order_by("account__name", "pk"))
    records += [one for one in more if one.pk not in {other.pk for other in records}]
    members = facts.members_of(records, cases)
    return Pool(records, members, {members[one.pk].key: str(one.account) for one in records})


def assessors(institution: Institution) -> QuerySet[Account]:
    """Accounts with the role of an assessor in the body today: nobody else can open a sheet."""
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(until=None) | Q(until__gte=today), role=Role.ASSESSOR, institution=institution, since__lte=today
    )
    return Account.objects.filter(pk__in=held.values("account"), is_active=True)


def sitting_faults(
    sitting: Sitting, records: Sequence[StaffRecord], cases: Sequence[Application], pool: Pool | None = None
) -> list[Broken]:
    """Every broken rule; `mends` are people of the pool who alone would mend it."""
    held = pool or pool_of(sitting, cases, records)
    rules, today = sitting.opening.rules, timezone.localdate()
    out = barred(cases)
    apart = {key for key, _cause in out}
    chosen = [held.members[one.pk] for one in records]
    free = [one for one in held.members.values() if one.key not in apart]
    candidates = [Candidate(str(one.person.uid)) for one in cases]
    found = check_commission(rules, chosen, candidates, today, free)
    words = _("Powołać do oceny tej osoby kogoś innego.")
    taken = {one.key for one in chosen}
    for key, cause in sorted(out):
        if key in taken:
            found.append(Broken(Rule(cause), (key,), "", words, Source.ALWAYS))
    return _with_mends(found, sitting, held, chosen, candidates, free)


def _with_mends(
    found: list[Broken], sitting: Sitting, held: Pool, chosen: list[Member], candidates: list[Candidate],
    free: list[Member],
) -> list[Broken]:  # fmt: skip
    """Rules told from outside (judged before, helped): anybody fit in their place mends them."""
    rules, today = sitting.opening.rules, timezone.localdate()
    taken = {one.key for one in chosen}
    done = []
    for one in found:
        if one.rule in (Rule.JUDGED_BEFORE, Rule.HELPED):
            others = [member for member in chosen if member.key not in one.who]
            mends = tuple(
                person.key
                for person in free
                if person.key not in taken and not check_commission(rules, [*others, person], candidates, today)
            )
            one = replace(one, mends=mends)
        done.append(one)
    return done


def barred(cases: Iterable[Application]) -> frozenset[tuple[str, str]]:
    """People who may not judge these cases for what happened in them: (key of the person, name of the rule)."""
    found: set[tuple[str, str]] = set()
    return frozenset(found.union(*barred_by_case(cases).values()))


def barred_by_case(cases: Iterable[Application]) -> dict[int, frozenset[tuple[str, str]]]:
    """`barred` of each case, by its key. Three statements at most, however many cases."""
    listed = {one.pk: one for one in cases}
    judged = Assessment.objects.filter(application__in=listed).values_list("application_id", "assessor_id", "round")
    why = {
        (case, account, str(Rule.JUDGED_BEFORE)) for case, account, number in judged if number != listed[case].round
    }  # fmt: skip
    why |= {(one.pk, one.documented_by_id, str(Rule.HELPED)) for one in listed.values() if one.documented_by_id}
    keys = facts.account_keys(Account.objects.filter(pk__in={account for _case, account, _cause in why})) if why else {}
    found: dict[int, set[tuple[str, str]]] = {pk: set() for pk in listed}
    for case, account, cause in why:
        found[case].add((keys[account], cause))
    return {pk: frozenset(causes) for pk, causes in found.items()}


def sitting_refusals(sitting: Sitting, records: Sequence[StaffRecord], cases: Sequence[Application]) -> list[str]:
    """Why these people may not sit there, in words; empty when they may."""
    pool = pool_of(sitting, cases, records)
    found = [facts.in_words(one, pool.names) for one in sitting_faults(sitting, records, cases, pool)]
    busy = busy_elsewhere(sitting)
    able = set(assessors(sitting.opening.institution).values_list("pk", flat=True))
    found += [
        _("%s nie ma w tej instytucji roli asesora.") % record.account
        for record in records
        if record.account_id not in able
    ]
    found += [
        _("%s jest w tym czasie na innym posiedzeniu.") % record.account
        for record in records
        if record.account_id in busy
    ]
    return found


def busy_elsewhere(sitting: Sitting) -> set[int]:
    """Accounts that sit in another commission of the body at a time, or on that day in a place, that clash."""
    first, last = timezone.localdate(sitting.begins), timezone.localdate(sitting.ends)
    seats = CommissionMember.objects.filter(
        commission__sittings__opening__institution=sitting.opening.institution,
        commission__sittings__begins__date__range=(first, last),
    ).exclude(commission__sittings=sitting)
    rows = seats.values_list(
        "record__account_id",
        "commission__sittings__begins",
        "commission__sittings__ends",
        "commission__sittings__place",
    )
    found = set()
    for account, begins, ends, place in rows:
        overlap = begins < sitting.ends and sitting.begins < ends
        if overlap or place != sitting.place:
            found.add(account)
    return found
