"""What an office writes about a provider: its contract, its contacts, the steps of the quality standard (VO-5)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.offers import perms, rules
from dorobek.offers.enums import QualityKind
from dorobek.offers.models import Provider, QualityCheck
from dorobek.people.acting import ActingUser

DESCRIBING = ("place", "teryt", "url", "email", "phone", "about")
WRITABLE = (*DESCRIBING, "name", "contract_until", "institution")


@transaction.atomic
def write_provider(
    *, provider: Provider, values: Mapping[str, Any], acting_user: ActingUser, base_version: int | None = None
) -> Provider:
    """Change what is said about a provider; an import changes its name and tax number alone.

    The provider's own people change what describes it, the office its contract and institution too.
    Raises NotAllowed, RuleBroken (no such place, the office's own institution), Conflict.
    """
    provider = provider.locked()
    office = perms.may_keep(acting_user.account, provider)
    acting_user.require(perms.may_offer(acting_user.account, provider))
    given = {k: v for k, v in values.items() if k in (WRITABLE if office else DESCRIBING)}
    _check_institution(given.get("institution"), acting_user)
    if given.get("place") and "teryt" not in given:
        given["place"], given["teryt"], _remote = rules.place_from(given["place"], "")
    changes = provider.write(given, base_version=base_version)
    if changes:
        acting_user.record("provider.written", stream=provider.uid, subject=provider.uid, **changes)
    return provider


def _check_institution(institution: Any, acting_user: ActingUser) -> None:
    """Nobody makes a provider their own: its pages show who comes with a voucher."""
    if institution is not None and any(
        m.institution_id == institution.pk for m in acting_user.account.active_memberships
    ):
        raise RuleBroken(
            _("To Pana/Pani własna instytucja. Powiązać z nią dostawcę może inny urząd albo operator systemu."),
            "institution",
        )


@transaction.atomic
def record_quality(
    *,
    provider: Provider,
    kind: str,
    answers: Mapping[str, Any],
    by_name: str,
    done_on: dt.date,
    acting_user: ActingUser,
    valid_until: dt.date | None = None,
    note: str = "",
) -> QualityCheck:
    """Write down a step of the standard. A mark needs an outside audit that found every criterion met.

    Raises NotAllowed, RuleBroken (a criterion not answered, a day to come, a mark without an audit or without an end).
    """
    provider = provider.locked()
    own = kind == QualityKind.SELF
    acting_user.require((perms.may_assess_itself if own else perms.may_audit)(acting_user.account, provider))
    if not by_name.strip():
        raise RuleBroken(_("Proszę podać, kto to stwierdził."), "by_name")
    if done_on > timezone.localdate():
        raise RuleBroken(_("Ten dzień jeszcze nie nadszedł."), "done_on")
    if kind == QualityKind.MARK:
        kept, passed = _mark(provider, done_on, valid_until), True
    else:
        kept = rules.checked_answers(answers)
        passed = rules.standard_met(kept)
    check = QualityCheck.objects.create(
        provider=provider, kind=kind, answers=kept, passed=passed, by_name=by_name.strip(), done_on=done_on,
        valid_until=valid_until if kind == QualityKind.MARK else None, note=note.strip(),
    )  # fmt: skip
    acting_user.record("provider.quality", stream=provider.uid, subject=check.uid, kind=kind, passed=passed)
    return check


def _mark(provider: Provider, done_on: dt.date, valid_until: dt.date | None) -> dict[str, Any]:
    """The answers of the audit that the mark rests on."""
    audit = QualityCheck.objects.filter(provider=provider, kind=QualityKind.AUDIT, done_on__lte=done_on).first()
    if audit is None or not audit.passed:
        raise RuleBroken(_("Znak można dać dopiero po audycie zewnętrznym, w którym spełniono wszystkie warunki."))
    if valid_until is None or valid_until <= done_on:
        raise RuleBroken(_("Proszę podać, do kiedy znak jest ważny: dzień po dniu nadania."), "valid_until")
    return dict(audit.answers)


@transaction.atomic
def end_mark(*, check: QualityCheck, reason: str, acting_user: ActingUser) -> QualityCheck:
    """Take a mark back, with the reason that everyone reads. Raises NotAllowed, RuleBroken."""
    check = check.locked()
    acting_user.require(perms.may_audit(acting_user.account, check.provider))
    if check.kind != QualityKind.MARK or not check.holds():
        raise RuleBroken(_("Ten znak już nie obowiązuje."))
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać powód: przeczyta go każdy, kto szuka szkolenia."), "reason")
    values = {"ended_on": timezone.localdate(), "ended_reason": " ".join(reason.split())[:300]}
    changes = check.write(values, base_version=None)
    acting_user.record("provider.mark-ended", stream=check.provider.uid, subject=check.uid, **changes)
    return check
