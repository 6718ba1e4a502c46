"""Letters about a plan, once each: enrolment ends, a step begins, a step is late; after a year, the adviser (DP-6)."""

import datetime as dt
from collections.abc import Mapping

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.offers.models import Edition
from dorobek.people.enums import Scope
from dorobek.people.models import AccessGrant, Account
from dorobek.plans.enums import ActionState
from dorobek.plans.models import DevelopmentPlan, PlanNotice, ScenarioAction
from dorobek.plans.planning import sources
from dorobek.plans.planning.bought import bought_instead, editions_bought
from dorobek.plans.planning.words import day as in_words
from dorobek.plans.reminding import LOOK_BACK_MONTHS, Due, Step, due
from dorobek.plans.routes.problem import add_months

OPEN = (ActionState.PLANNED, ActionState.STARTED)
AHEAD, BEHIND = dt.timedelta(days=60), dt.timedelta(days=120)  # around today, in which steps are looked at
LATE_LOOK = dt.timedelta(days=60)  # how long after a year the adviser may still be written to


def run_day(today: dt.date | None = None) -> dict[str, int]:
    """Everything of a day; safe to run twice: one transaction a plan, and each reminder is a unique row."""
    on = today or timezone.localdate()
    plans = DevelopmentPlan.objects.filter(pk__in=_near(on).values("scenario__plan"), reminders_off=False)
    reminded = sum(remind_plan(plan=plan, today=on) for plan in plans.order_by("pk").iterator())
    return {"reminded": reminded, "looked_back": sum(look_back(plan=plan, today=on) for plan in _a_year_old(on))}


def _near(on: dt.date) -> QuerySet[ScenarioAction]:
    """Open steps of chosen scenarios with a day not far from today."""
    day = Q(due_on__range=(on - BEHIND, on + AHEAD)) | Q(starts_on__range=(on - BEHIND, on + AHEAD))
    day |= Q(edition__enrol_until__range=(on, on + AHEAD)) | ~Q(option="")  # the room it comes from knows its last day
    rows: QuerySet[ScenarioAction] = ScenarioAction.objects.filter(day, state__in=OPEN)
    return rows.filter(scenario=F("scenario__plan__chosen_scenario"))


@transaction.atomic
def remind_plan(*, plan: DevelopmentPlan, today: dt.date) -> int:
    """One letter to the participant with everything that is due and was not told yet; returns how many things."""
    plan = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    if plan.reminders_off or not plan.person.email or plan.person.erased_at:
        return 0
    rows = ScenarioAction.objects.filter(scenario=plan.chosen_scenario_id).select_related("edition")
    steps = {str(row.uid): row for row in rows}
    elsewhere = sources.now(row.option for row in steps.values())
    bought = editions_bought(plan.case_uid)
    told = set(plan.notices.values_list("key", flat=True))
    new = [one for one in due((_step(row, elsewhere, bought) for row in steps.values()), today) if one.key not in told]
    if not new:
        return 0
    PlanNotice.objects.bulk_create(PlanNotice(plan=plan, key=one.key) for one in new)
    _note(plan, [one.key for one in new])
    with translation.override(plan.person.language):
        lines = "\n".join(f"- {_line(one, steps[one.step], today)}" for one in new)
        body = _(
            "Dzień dobry,\n\nw planie rozwoju zbliża się to:\n\n%(lines)s\n\n"
            "Cały plan jest na stronie „Cele i plan”. Tam też można wyłączyć te przypomnienia.\n"
        ) % {"lines": lines}
        subject = _("Plan rozwoju: najbliższe kroki")
    to = plan.person.email
    transaction.on_commit(lambda: send_mail(subject, body, None, [to]))
    return len(new)


def _step(row: ScenarioAction, elsewhere: Mapping[str, sources.Now], bought: Mapping[int, Edition]) -> Step:
    """Nobody is reminded of enrolling where a place is bought."""
    now = elsewhere.get(row.option)
    until = row.edition.enrol_until if row.edition else now.until if now else None
    return Step(
        key=str(row.uid), starts=row.starts_on, ends=row.due_on, open=row.state in OPEN,
        begun=row.state == ActionState.STARTED, enrol_until=None if bought_instead(row, bought) else until,
    )  # fmt: skip


def _line(one: Due, step: ScenarioAction, today: dt.date) -> str:
    values = {"step": step.wording, "day": in_words(one.day), "left": (one.day - today).days}
    texts = {
        "enrol": _("%(step)s: zapisy tylko do %(day)s."),
        "starts": _("%(step)s: początek %(day)s (za dni: %(left)d)."),
        "late": _("%(step)s: termin minął %(day)s. Udało się? Wystarczy zaznaczyć albo zmienić datę."),
    }
    return texts[one.kind] % values


def _a_year_old(on: dt.date) -> list[DevelopmentPlan]:
    """Plans with a route, a year old, of which the adviser was not told yet."""
    since, until = add_months(on, -LOOK_BACK_MONTHS) - LATE_LOOK, add_months(on, -LOOK_BACK_MONTHS)
    rows = DevelopmentPlan.objects.filter(created_at__date__gte=since, created_at__date__lte=until)
    rows = rows.exclude(chosen_scenario=None).exclude(notices__key="year")
    return list(rows.select_related("person").order_by("pk"))


@transaction.atomic
def look_back(*, plan: DevelopmentPlan, today: dt.date) -> bool:
    """Write to the adviser in charge that a year has passed. False: told already, or nobody leads the case any more."""
    plan = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    grants = AccessGrant.objects.current().filter(person=plan.person_id, scope=Scope.CASE, grantee__isnull=False)
    grants = grants.filter(Q(case_uid=None) | Q(case_uid=plan.case_uid))
    advisers = Account.objects.filter(pk__in=grants.values("grantee"), is_active=True).order_by("pk")
    made = PlanNotice.objects.get_or_create(plan=plan, key="year")[1]
    if not made or not advisers:
        return False
    _note(plan, ["year"])
    for adviser in advisers:
        with translation.override(adviser.language):
            subject = _("Rok od planu: co się udało?")
            body = _(
                "%(name)s: minął rok od ułożenia planu rozwoju (%(day)s).\n"
                "Na stronie „Rok później” widać, co z planu się udało. To dobry moment na krótką rozmowę.\n"
            ) % {"name": plan.person.name, "day": in_words(timezone.localdate(plan.created_at))}
        transaction.on_commit(lambda s=subject, b=body, t=adviser.email: send_mail(s, b, None, [t]))  # type: ignore[misc]
    return True


def _note(plan: DevelopmentPlan, keys: list[str]) -> None:
    history.record(
        stream=plan.case_uid, kind="plan.reminded", actor_id=None, subject=plan.uid, data={"count": len(keys)}
    )
