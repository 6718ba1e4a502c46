"""An opening after it was opened: closed, or moved with a reason that every candidate is told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.plans.events import OptionMoved
from dorobek.validation import perms
from dorobek.validation.actions.openings import check_dates, check_entitled, check_powiat
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, Sitting, ValidationOpening
from dorobek.validation.queries.seats import holds_place

OVER = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN, ApplicationState.CERTIFIED)


@transaction.atomic
def change_opening(
    *, opening: ValidationOpening, applications_until: dt.date, begins_on: dt.date, ends_on: dt.date, place: str,
    places: int, reason: str, acting_user: ActingUser, base_version: int | None = None, teryt: str | None = None,
) -> ValidationOpening:  # fmt: skip
    """Other dates, place or number of places; `teryt` None leaves the powiat as it is. Candidates get a letter with the reason, and an entry in their history.

    Raises NotAllowed, RuleBroken (closed, dates, no reason, fewer places than candidates), Conflict.
    """
    opening = opening.locked()
    acting_user.require(perms.may_open(acting_user.account, opening.institution))
    if opening.closed_at is not None:
        raise RuleBroken(_("Ta walidacja jest już zamknięta."))
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego coś się zmienia. Zobaczą to kandydaci."), "reason")
    check_dates(applications_until, begins_on, ends_on, place, places)
    check_powiat(teryt or "")
    check_entitled(opening.institution, opening.qualification, [begins_on, ends_on])
    waiting = list(opening.applications.filter(holds_place()).exclude(state__in=OVER).select_related("person__account"))
    if places < len(waiting):
        raise RuleBroken(_("Jest już więcej kandydatów niż tyle miejsc: %d.") % len(waiting), "places")
    values = {
        "applications_until": applications_until, "begins_on": begins_on, "ends_on": ends_on,
        "place": place.strip(), "places": places, "teryt": opening.teryt if teryt is None else teryt,
    }  # fmt: skip
    changes = opening.write(values, base_version=base_version)
    if not changes:
        raise RuleBroken(_("Nic się nie zmieniło."))
    acting_user.record("validation.opening-changed", stream=opening.uid, subject=opening.uid, reason=reason, **changes)
    told: dict[str, Any] = {name: changes[name] for name in ("begins_on", "ends_on", "place") if name in changes}
    if told or "applications_until" in changes:
        publish(OptionMoved(f"validation:{opening.uid}", "changed", opening.version, reason.strip()))
    if told:
        tell_moved(opening, waiting, reason.strip(), told, acting_user)
    return opening


@transaction.atomic
def close_opening(*, opening: ValidationOpening, reason: str, acting_user: ActingUser) -> ValidationOpening:
    """No more applications; cases that run go on. Raises NotAllowed, RuleBroken (closed already, no reason)."""
    opening = opening.locked()
    acting_user.require(perms.may_open(acting_user.account, opening.institution))
    if opening.closed_at is not None:
        raise RuleBroken(_("Ta walidacja jest już zamknięta."))
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego zamykamy zgłoszenia."), "reason")
    changes = opening.write({"closed_at": timezone.now()}, base_version=None)
    acting_user.record(
        "validation.opening-closed", stream=opening.uid, subject=opening.uid, reason=reason.strip(), **changes
    )
    publish(OptionMoved(f"validation:{opening.uid}", "withdrawn", opening.version, reason.strip()))
    return opening


def tell_moved(
    opening: ValidationOpening, cases: Sequence[Application], reason: str, changes: Mapping[str, Any],
    acting_user: ActingUser, at: Sitting | None = None,
) -> None:  # fmt: skip
    """Each candidate gets a letter with what changed and why, and an entry in their history; `at`: their own sitting."""
    title = _("Zmiana terminu albo miejsca walidacji")
    begins = f"{timezone.localtime(at.begins):%d.%m.%Y %H:%M}" if at else f"{opening.begins_on:%d.%m.%Y}"
    ends = f"{timezone.localtime(at.ends):%H:%M}" if at else f"{opening.ends_on:%d.%m.%Y}"
    values = {
        "qualification": opening.qualification.title_pl, "begins": begins, "ends": ends,
        "place": at.place if at else opening.place, "reason": reason, "body": opening.institution.name,
    }  # fmt: skip
    body = (
        _(
            "Dzień dobry,\n\nzmienia się walidacja: %(qualification)s.\nTeraz: od %(begins)s do %(ends)s, "
            "miejsce: %(place)s.\nPowód: %(reason)s\n\nZgłoszenie jest ważne, nic nie trzeba robić.\n%(body)s"
        )
        % values
    )
    for one in cases:
        acting_user.record("validation.moved", stream=one.person.uid, subject=one.uid, reason=reason, **changes)
        address = one.person.email or (one.person.account.email if one.person.account else "")
        if address:
            transaction.on_commit(partial(send_mail, title, body, None, [address]))
