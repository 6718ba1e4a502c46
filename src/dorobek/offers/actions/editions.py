"""Trainings and their dates written by hand, by the provider or by an office in its name (VO-2).

A date that somebody may have planned or bought never vanishes: it is withdrawn with a reason, and `OfferMoved` tells
later rooms. What came from a file is corrected at its source; withdrawing it here holds whatever the next file says.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.kernel.ids import uuid7
from dorobek.offers import perms, rules
from dorobek.offers.enums import Source
from dorobek.offers.events import OfferMoved
from dorobek.offers.models import Edition, Provider, TrainingService
from dorobek.people.acting import ActingUser
from dorobek.register.models import Qualification

SERVICE = (
    "title", "kind", "field", "goal", "outcomes", "register_code", "ending", "certificate", "hours", "hour_form",
    "requires",
)  # fmt: skip
TOLD = ("starts_on", "ends_on", "place", "teryt", "remote", "price_grosze", "class_times")  # a change of these is told


@transaction.atomic
def write_service(
    *,
    provider: Provider,
    values: Mapping[str, Any],
    acting_user: ActingUser,
    service: TrainingService | None = None,
    base_version: int | None = None,
) -> TrainingService:
    """A training, an exam or a validation, new or changed. `outcomes`: texts in the provider's words.

    Raises NotAllowed, RuleBroken (no title, an unknown register code, absurd hours, from a file), Conflict.
    """
    acting_user.require(perms.may_offer(acting_user.account, provider))
    given = rules.checked_service({name: values[name] for name in SERVICE if name in values})
    code = given.get("register_code", "")
    if code and not Qualification.objects.filter(code=code).exists():
        raise RuleBroken(
            _("W rejestrze nie ma kwalifikacji o kodzie „%(code)s”.") % {"code": code[:20]}, "register_code"
        )
    if service is None:
        service = TrainingService(provider=provider, source=Source.HAND, number=f"H-{uuid7().hex[-12:]}", **given)
        service.save()
        changes: dict[str, Any] = {name: given[name] for name in ("title", "kind", "field") if name in given}
    else:
        service = service.locked()
        acting_user.require(service.provider_id == provider.pk)
        _check_by_hand(service.source)
        changes = service.write(given, base_version=base_version)
        _index_again(service)
    if changes:
        acting_user.record("offer.service-written", stream=provider.uid, subject=service.uid, **changes)
    return service


def _index_again(service: TrainingService) -> None:
    for edition in service.editions.select_related("service__provider"):
        edition.prepare()
        edition.save(update_fields=["search_text"])


def _check_by_hand(source: str) -> None:
    if source != Source.HAND:
        raise RuleBroken(
            _(
                "To pochodzi z wczytanego pliku. Zmiany trzeba zrobić tam, skąd jest plik. Tu można tylko wycofać termin."
            )
        )


@transaction.atomic
def write_edition(
    *,
    service: TrainingService,
    values: Mapping[str, Any],
    acting_user: ActingUser,
    edition: Edition | None = None,
    base_version: int | None = None,
) -> Edition:
    """A date, new or changed. `values`: starts_on, ends_on, enrol_until, place, teryt, price_grosze, places, weekly_hours,
    class_times.

    Whoever bought or planned it is told of another day, hour, place or price; a voucher keeps the price it was bought at.
    Raises NotAllowed, RuleBroken (past or impossible days, no such place, an absurd price, impossible times, from a file), Conflict.
    """
    acting_user.require(perms.may_offer(acting_user.account, service.provider))
    today = timezone.localdate()
    edition = edition.locked() if edition else None
    given = rules.checked_edition({"class_times": edition.class_times if edition else [], **values}, today)
    if edition is None:
        edition = Edition(service=service, source=Source.HAND, number=f"H-{uuid7().hex[-12:]}", **given)
        edition.prepare()
        edition.save()
        said = ("starts_on", "ends_on", "place", "price_grosze", "class_times")
        changes: dict[str, Any] = {name: given[name] for name in said}
    else:
        acting_user.require(edition.service_id == service.pk)
        _check_by_hand(edition.source)
        if edition.withdrawn_at is not None:
            raise RuleBroken(_("Ten termin jest wycofany. Proszę dodać nowy."))
        if edition.starts_on <= today:
            raise RuleBroken(_("To szkolenie już się zaczęło, więc terminu nie można zmienić. Można go wycofać."))
        changes = edition.write(given, base_version=base_version)
        edition.prepare()
        edition.save(update_fields=["search_text", "part_of_week"])
        if set(changes) & set(TOLD):
            publish(OfferMoved(withdrawn=[], changed=[str(edition.uid)], reason=""))
    if changes:
        acting_user.record("offer.edition-written", stream=service.provider.uid, subject=edition.uid, **changes)
    return edition


@transaction.atomic
def withdraw_edition(*, edition: Edition, reason: str, acting_user: ActingUser) -> Edition:
    """A date will not take place: it stays, marked, with the reason everyone reads. Raises NotAllowed, RuleBroken."""
    edition = edition.locked()
    provider = edition.service.provider
    acting_user.require(perms.may_offer(acting_user.account, provider))
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise RuleBroken(_("Proszę napisać powód: przeczytają go osoby, które ten termin wybrały."), "reason")
    if edition.withdrawn_at is not None:
        raise RuleBroken(_("Ten termin jest już wycofany."))
    changes = edition.write({"withdrawn_at": timezone.now(), "withdrawn_reason": reason}, base_version=None)
    acting_user.record("offer.edition-withdrawn", stream=provider.uid, subject=edition.uid, **changes)
    publish(OfferMoved(withdrawn=[str(edition.uid)], changed=[], reason=reason))
    return edition
