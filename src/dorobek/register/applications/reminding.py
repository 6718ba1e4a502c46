"""Letters about deadlines of applications, once each: before the last day to whoever has the move, after it to both
sides (RG-5)."""

import datetime as dt
from collections.abc import Iterable

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.deadlines import BEFORE, due_key
from dorobek.people.enums import Role
from dorobek.people.models import Account, Membership
from dorobek.register.applications.enums import ApplicationStage
from dorobek.register.applications.rules import ENDED
from dorobek.register.applications.stepping import KIND
from dorobek.register.models.applications import RegisterApplication

AFTER = 30  # days after it in which a delay is still told, so that an old one is not dug up


def run_day(today: dt.date | None = None) -> dict[str, int]:
    """Reminders of a day; safe to run twice: one transaction an application, and each reminder is noted in it."""
    on = today or timezone.localdate()
    rows = RegisterApplication.objects.exclude(stage__in=(*ENDED, ApplicationStage.DRAFT)).filter(
        due_on__range=(on - dt.timedelta(AFTER), on + dt.timedelta(max(BEFORE)))
    )
    return {"reminded": sum(remind(application=one, today=on) for one in rows.order_by("due_on", "pk"))}


@transaction.atomic
def remind(*, application: RegisterApplication, today: dt.date) -> int:
    """Write to whoever is to be told now; returns how many letters."""
    held = application.locked()
    when = due_key(held.due_on, today, AFTER)
    key = f"{held.stage}:{held.due_on}:{when}"
    if not when or held.stage in ENDED or key in held.reminded:
        return 0
    held.write({"reminded": [*held.reminded, key]}, base_version=None)
    movers = readers(held, held.move)
    others = [one for one in readers(held, "applicant") if one not in movers] if when == "late" else []
    told = [(one, True) for one in movers] + [(one, False) for one in others]
    history.record(
        stream=held.uid, kind=f"{KIND}.reminded", actor_id=None, subject=held.uid,
        data={"due": held.due_on, "letters": len(told)},
    )  # fmt: skip
    for account, theirs in told:
        with translation.override(account.language):
            subject, body = _letter(held, when, theirs)
        transaction.on_commit(lambda s=subject, b=body, t=account.email: send_mail(s, b, None, [t]))  # type: ignore[misc]
    return len(told)


def readers(application: RegisterApplication, move: str) -> list[Account]:
    """Accounts that have this move: the institution's officers, register editors, the minister's officers.

    Nobody is told to handle an application of an institution that they work for.
    """
    today = timezone.localdate()
    held = Membership.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, account__is_active=True)
    own = held.filter(role=Role.AWARDING_OFFICER, institution=application.institution_id)
    if move == "applicant":
        rows: Iterable[int] = own.values_list("account", flat=True)
        return list(Account.objects.filter(pk__in=set(rows)).order_by("pk"))
    role = Role.MINISTER_OFFICER if move == "officer" else Role.REGISTER_EDITOR
    found = Account.objects.filter(pk__in=held.filter(role=role).values("account")).exclude(
        pk__in=own.values("account")
    )
    if move == "officer" and application.checked_by_id:
        found = found.exclude(pk=application.checked_by_id)
    return list(found.order_by("pk"))


def _letter(application: RegisterApplication, when: str, theirs: bool) -> tuple[str, str]:
    assert application.due_on is not None
    values = {
        "title": application.title or _("bez nazwy"), "stage": application.get_stage_display(),
        "day": f"{application.due_on:%d.%m.%Y}",
    }  # fmt: skip
    if when == "late" and not theirs:
        subject = _("Wniosek do rejestru: termin minął")
        body = _(
            "wniosek „%(title)s” czeka na urząd (%(stage)s). Termin minął %(day)s. Urząd też dostał przypomnienie; "
            "opóźnienie widać w publicznym spisie wniosków.\n"
        )
    elif when == "late":
        subject = _("Wniosek do rejestru: termin minął, ruch jest po Państwa stronie")
        body = _("wniosek „%(title)s” (%(stage)s) jest po terminie: %(day)s. Widać to w publicznym spisie wniosków.\n")
    else:
        subject = _("Wniosek do rejestru: zbliża się termin")
        body = _("wniosek „%(title)s” (%(stage)s) czeka na Państwa ruch najpóźniej do %(day)s.\n")
    return subject, _("Dzień dobry,\n\n") + body % values
