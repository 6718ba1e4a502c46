"""What the tables say, as the plain data that the rules are about. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from dorobek.people.models import Account, Person
from dorobek.register.enums import ValidationMethod
from dorobek.validation import grounds
from dorobek.validation.models import (
    Application,
    Commission,
    Decision,
    Declaration,
    LedTraining,
    StaffPeriod,
    StaffRecord,
)
from dorobek.validation.rules import (
    Broken,
    Candidate,
    Member,
    Period,
    QualificationRules,
    Rule,
    Source,
    Verdict,
    agreed_marks,
    check_commission,
    check_methods,
)


def member_of(record: StaffRecord, applications: Iterable[Application] = ()) -> Member:
    """A person of the pool; what ties them to candidates comes from records of trainings and from declarations."""
    return members_of([record], applications)[record.pk]


def members_of(records: Sequence[StaffRecord], applications: Iterable[Application] = ()) -> dict[int, Member]:
    """`member_of` for a whole pool, by key of the record. Four statements, however many people and candidates."""
    own = {one.person_id: one for one in applications}
    keys = account_keys([one.account for one in records])
    ties = _ties(records, own) if own else {}
    periods: dict[int, list[Period]] = defaultdict(list)
    for one in StaffPeriod.objects.filter(record__in=records).order_by("since", "pk"):
        periods[one.record_id].append(Period(one.since, one.until, one.document, frozenset(one.shows)))
    return {
        record.pk: Member(
            key=keys[record.account_id],
            level=record.level if record.level_document.strip() else None,
            periods=tuple(periods[record.pk]),
            shown=frozenset(record.shown),
            principles=record.principles_on is not None,
            trained=frozenset(ties.get((record.account_id, "trained"), ())),
            relatives=frozenset(ties.get((record.account_id, "relative"), ())),
            subordinates=frozenset(ties.get((record.account_id, "subordinate"), ())),
        )
        for record in records
    }


def _ties(records: Sequence[StaffRecord], own: dict[int, Application]) -> dict[tuple[int, str], set[str]]:
    """What ties people to these candidates: (account, kind of tie) -> keys of persons."""
    people, ties = [one.account_id for one in records], defaultdict(set)
    led = LedTraining.objects.filter(trainer__in=people, person__in=own).values_list("trainer_id", "person__uid")
    for trainer, person in led:
        ties[trainer, "trained"].add(str(person))
    said = Declaration.objects.filter(application__in=own.values(), member__record__in=records).select_related(
        "application__person", "member__record"
    )
    for one in said:
        for kind in ("trained", "relative", "subordinate"):
            if getattr(one, kind):
                ties[one.member.record.account_id, kind].add(str(one.application.person.uid))
    return ties


def account_keys(accounts: Iterable[Account]) -> dict[int, str]:
    """`account_key` of many. One statement."""
    listed = list(accounts)
    people = dict(Person.objects.filter(account__in=listed).values_list("account_id", "uid"))
    return {one.pk: str(people.get(one.pk, one.uid)) for one in listed}


def account_key(account: Account) -> str:
    """Somebody who works here may be a candidate elsewhere: then both are known by the person."""
    return account_keys([account])[account.pk]


def commission_faults(rules: QualificationRules, commission: Commission, application: Application) -> list[Broken]:
    """Every broken rule of the commission over this application; `mends` are people of the body's pool."""
    records = [one.record for one in commission.members.select_related("record__account").order_by("pk")]
    others = who_may_mend(application)
    known = members_of([*records, *others], [application])
    pool = [known[one.pk] for one in others]
    members = [known[one.pk] for one in records]
    candidates = [Candidate(str(application.person.uid))]
    return check_commission(rules, members, candidates, commission.appointed_on, pool)


def who_may_mend(application: Application) -> list[StaffRecord]:
    """People of the body's pool who may judge this case today: its assessors, without those who judged or helped in it."""
    from dorobek.validation.faults import assessors, barred_by_case

    held = StaffRecord.objects.filter(
        institution=application.opening.institution, qualification=application.opening.qualification
    )
    voided = application.assessments.filter(round=application.round, voided_at__isnull=False).values("assessor")
    held = held.filter(account__in=assessors(application.opening.institution)).exclude(account__in=voided)
    out = {key for key, _cause in barred_by_case([application])[application.pk]}
    listed = list(held.select_related("account"))
    keys = account_keys([one.account for one in listed])
    return [one for one in listed if keys[one.account_id] not in out]


def sheets(application: Application) -> list[dict[str, Verdict]]:
    """The closed sheets of this round."""
    held = application.assessments.counting().filter(round=application.round, closed_at__isnull=False)
    closed = held.prefetch_related("marks")
    return [{mark.criterion: Verdict(mark.verdict) for mark in sheet.marks.all()} for sheet in closed.order_by("pk")]


def marks(application: Application) -> tuple[dict[str, Verdict], list[str]]:
    """The agreed mark of each criterion, and criteria on which the sheets differ and nothing is agreed yet."""
    alike, apart = agreed_marks(sheets(application))
    agreed = {
        one.criterion: Verdict(one.verdict) for one in application.agreed.settled().filter(round=application.round)
    }
    joined = {**alike, **{code: agreed[code] for code in apart if code in agreed}}
    return joined, [code for code in apart if code not in agreed]


def method_faults(rules: QualificationRules, application: Application) -> list[Broken]:
    """Every broken rule about methods, of what really took place in this round."""
    return check_methods(rules, grounds.covered(application), application.carried, methods_before(application))


def methods_before(application: Application) -> set[str]:
    """Methods of the earlier rounds of this case that confirmed outcomes which now need no second look."""
    if application.round == 1:
        return set()
    carried = set(application.carried)
    rounds = [one.round for one in application.decisions.all() if confirmed_in(one) & carried]
    return {method for number in rounds for method in grounds.covered(application, number)}


def met_in(decision: Decision) -> set[str]:
    """Outcomes that this decision says are met."""
    return {code for code, one in decision.outcomes.items() if one == Verdict.MET}


def confirmed_in(decision: Decision) -> set[str]:
    """Outcomes that this decision itself confirmed: met, and not carried into its round."""
    return met_in(decision) - set(decision.carried)


def earlier_rounds(application: Application) -> list[Decision]:
    """Decisions of earlier rounds on which outcomes carried into this round rest, the first round first."""
    carried = set(application.carried)
    rows = application.decisions.filter(round__lt=application.round).select_related("commission").order_by("round")
    return [one for one in rows if confirmed_in(one) & carried]


def in_words(broken: Broken, names: dict[str, str]) -> str:
    """A broken rule for the screen: whose rule, which, about whom, what would mend it and who could."""
    who = ", ".join(names.get(one) or _method(one) for one in broken.who)
    mends = ", ".join(names[one] for one in broken.mends[:5] if one in names)
    rule = str(RULES[broken.rule]())
    mend = broken.what_would_mend
    parts = [f"{rule.rstrip('.')}: {who}." if who else rule, mend and _("Trzeba: %s") % (mend[0].lower() + mend[1:])]
    parts += [_("Reguła instytucji.") if broken.source is Source.BODY else "", mends and _("Mogą to być: %s.") % mends]
    return " ".join(part for part in parts if part)


def names_of(application: Application) -> dict[str, str]:
    staff = StaffRecord.objects.filter(institution=application.opening.institution).select_related("account")
    accounts = {one.account_id: one.account for one in staff}
    keys = account_keys(accounts.values())
    return {keys[pk]: str(account) for pk, account in accounts.items()}


def _method(code: str) -> str:
    return str(dict(ValidationMethod.choices).get(code, code))


RULES = {
    Rule.MEMBERS_MIN: lambda: _("Za mało członków komisji."),
    Rule.MEMBER_TWICE: lambda: _("Ta sama osoba jest wpisana dwa razy."),
    Rule.MEMBER_LEVEL: lambda: _("Brak wymaganego poziomu wykształcenia."),
    Rule.MEMBER_CRITERION: lambda: _("Ta osoba nie spełnia żadnego kryterium dla członka komisji."),
    Rule.CRITERION_MET: lambda: _("Nikt w komisji nie spełnia jednego z kryteriów."),
    Rule.MEMBER_PRINCIPLES: lambda: _("Brak oświadczenia o zasadach walidacji."),
    Rule.OWN_TRAINEE: lambda: _("Ta osoba prowadziła szkolenie, w którym kandydat brał udział."),
    Rule.OWN_CASE: lambda: _("Nikt nie ocenia sam siebie."),
    Rule.RELATIVE: lambda: _("Ta osoba jest krewnym kandydata."),
    Rule.SUBORDINATE: lambda: _("Kandydat jest podwładnym tej osoby."),
    Rule.JUDGED_BEFORE: lambda: _("Ta osoba oceniała już w tej sprawie."),
    Rule.HELPED: lambda: _("Ta osoba pomagała kandydatowi zebrać dowody."),
    Rule.METHOD_MISSING: lambda: _("Nie użyto wymaganej metody."),
    Rule.METHOD_FOREIGN: lambda: _("Użyto metody, której wpis nie dopuszcza."),
    Rule.METHOD_SETS: lambda: _("Metoda nie objęła wszystkich zestawów."),
    Rule.OUTCOME_UNVERIFIED: lambda: _("Nie sprawdzono wszystkich efektów uczenia się."),
    Rule.ADVISER: lambda: _("Doradca walidacyjny nie spełnia wymagań."),
    Rule.BODY: lambda: _("Instytucja nie spełnia wymagań."),
}
