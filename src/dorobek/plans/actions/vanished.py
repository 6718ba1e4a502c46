"""A date that somebody planned was withdrawn or moved: the participant and the adviser are told, once (VO-2, DP-6).

Whoever bought it with a voucher is told by the room of vouchers and not again here.
"""

import uuid
from collections.abc import Callable
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.events import on
from dorobek.offers.events import OfferMoved
from dorobek.offers.models import Edition
from dorobek.people.enums import Scope
from dorobek.people.models import AccessGrant, Account
from dorobek.plans.enums import ActionState
from dorobek.plans.events import OptionMoved
from dorobek.plans.models import DevelopmentPlan, PlanNotice, ScenarioAction
from dorobek.plans.planning import sources
from dorobek.plans.planning.words import day as in_words
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher

OPEN = (ActionState.PLANNED, ActionState.STARTED)
BATCH = 500


@on(OfferMoved)
def tell_planners(happened: OfferMoved) -> None:
    """Steps of chosen scenarios that name one of the dates."""
    for uids, kind in ((happened.withdrawn, "withdrawn"), (happened.changed, "changed")):
        for start in range(0, len(uids), BATCH):
            rows = ScenarioAction.objects.filter(
                edition__uid__in=uids[start : start + BATCH], state__in=OPEN,
                scenario=F("scenario__plan__chosen_scenario"),
            )  # fmt: skip
            for step in rows.select_related("edition__service__provider", "scenario__plan__person").order_by("pk"):
                if step.edition is not None:
                    _tell(step.scenario.plan, step.edition, kind, happened.reason)


@on(OptionMoved)
def tell_of_option(moved: OptionMoved) -> None:
    """Planned steps of chosen scenarios that name a thing of another room; who has begun is told by that room."""
    now = sources.now([moved.option]).get(moved.option)
    steps = ScenarioAction.objects.filter(
        option=moved.option, state=ActionState.PLANNED, scenario=F("scenario__plan__chosen_scenario")
    )
    for step in steps.select_related("scenario__plan__person").order_by("pk") if now else ():
        plan = step.scenario.plan
        key = f"{moved.kind}:{moved.option}:{moved.version}"
        if not PlanNotice.objects.get_or_create(plan=plan, key=key)[1] or plan.person.erased_at:
            continue
        data = {"option": moved.option, "reason": moved.reason}
        history.record(
            stream=plan.case_uid, kind=f"plan.option-{moved.kind}", actor_id=None, subject=plan.uid, data=data
        )
        _write(plan, partial(_option_letter, now, moved))


def _option_letter(now: sources.Now | None, moved: OptionMoved, about: str) -> tuple[str, str]:
    assert now is not None, "asked for before"
    known = {
        "title": now.title, "provider": now.provider, "place": now.place, "starts": in_words(now.starts),
        "ends": in_words(now.ends), "reason": moved.reason,
    }  # fmt: skip
    head = f"{about}.\n\n" if about else _("Dzień dobry,\n\n")
    why = _(" Powód: %(reason)s") % known if moved.reason else ""
    if moved.kind == "withdrawn":
        told = _("walidacja z planu rozwoju „%(title)s” (%(provider)s, %(starts)s) nie przyjmuje już zgłoszeń.")
        more = _("\n\nNa stronie „Cele i plan” można wybrać inny termin albo inną drogę.\n")
        return _("Plan rozwoju: na termin walidacji nie można się już zgłosić"), head + told % known + why + more
    told = _("walidacja z planu rozwoju „%(title)s” (%(provider)s) ma zmieniony termin albo miejsce. Teraz: "
             "%(starts)s - %(ends)s, %(place)s.")  # fmt: skip
    more = _("\n\nNa stronie „Cele i plan” widać, czy nadal się mieści.\n")
    return _("Plan rozwoju: zmiana terminu walidacji"), head + told % known + why + more


def _tell(plan: DevelopmentPlan, edition: Edition, kind: str, reason: str) -> None:
    bought = Voucher.objects.filter(
        case_uid=plan.case_uid, edition__service=edition.service_id, state=VoucherState.BOUND
    )
    _row, new = PlanNotice.objects.get_or_create(plan=plan, key=f"{kind}:{edition.uid}:{edition.version}")
    if not new or plan.person.erased_at or bought.exists():
        return
    history.record(
        stream=plan.case_uid, kind=f"plan.edition-{kind}", actor_id=None, subject=plan.uid,
        data={"edition": edition.uid, "reason": reason},
    )  # fmt: skip
    _write(plan, partial(_letter, edition, kind, reason))


def _write(plan: DevelopmentPlan, letter: Callable[[str], tuple[str, str]]) -> None:
    """To the participant and to whoever leads the case, after commit; `letter` takes whom it is about, "" for the person."""
    people = [(plan.person.email, plan.person.language, "")] if plan.person.email else []
    people += [(one.email, one.language, plan.person.name) for one in _advisers(plan.case_uid)]
    for to, language, about in people:
        with translation.override(language):
            subject, body = letter(about)
        transaction.on_commit(lambda s=subject, b=body, t=to: send_mail(s, b, None, [t]))  # type: ignore[misc]


def _advisers(case_uid: uuid.UUID) -> list[Account]:
    grants = AccessGrant.objects.current().filter(case_uid=case_uid, scope=Scope.CASE, grantee__is_active=True)
    return list(Account.objects.filter(pk__in=grants.values("grantee")).order_by("pk"))


def _letter(edition: Edition, kind: str, reason: str, about: str) -> tuple[str, str]:
    known = {
        "title": edition.service.title, "provider": edition.service.provider.name, "reason": reason,
        "starts": f"{edition.starts_on:%d.%m.%Y}",
        "ends": ", ".join(filter(None, (f"{edition.ends_on:%d.%m.%Y}", edition.times.told))),
    }  # fmt: skip
    head = f"{about}.\n\n" if about else _("Dzień dobry,\n\n")
    if kind == "withdrawn":
        why = _(" Powód: %(reason)s") % known if reason else ""
        told = _(
            "w planie rozwoju jest szkolenie „%(title)s” (%(provider)s, %(starts)s), a dostawca wycofał ten termin."
        )
        more = _("\n\nNa stronie „Cele i plan” można wybrać inny termin albo inną drogę.\n")
        return _("Plan rozwoju: termin szkolenia został wycofany"), head + told % known + why + more
    told = _("szkolenie z planu rozwoju „%(title)s” (%(provider)s) ma zmieniony termin, godziny, miejsce albo cenę. Teraz: "
             "%(starts)s - %(ends)s.")  # fmt: skip
    more = _("\n\nNa stronie „Cele i plan” widać, czy nadal się mieści.\n")
    return _("Plan rozwoju: zmiana terminu szkolenia"), head + told % known + more
