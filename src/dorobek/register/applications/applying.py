"""The applicant's part: begin, write, send, withdraw (RG-5)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.register.applications.completeness import FIELDS, Lack, lacks
from dorobek.register.applications.enums import ApplicationKind, Step
from dorobek.register.applications.periods import periods_of
from dorobek.register.applications.perms import may_apply
from dorobek.register.applications.rules import ENDED, WRITABLE
from dorobek.register.applications.stepping import check_step, move_on, note
from dorobek.register.applications.words import LABELS, lack_in_words
from dorobek.register.enums import BodyRole
from dorobek.register.models import Entitlement, Qualification
from dorobek.register.models.applications import RegisterApplication


@transaction.atomic
def begin_application(
    *, institution: Institution, kind: str, acting_user: ActingUser, qualification: Qualification | None = None
) -> RegisterApplication:
    """A new draft, seen by its institution alone.

    Raises NotAllowed, RuleBroken: no qualification named for a right, a right already held, one already under way.
    """
    acting_user.require(may_apply(acting_user.account, institution))
    if kind == ApplicationKind.RIGHT:
        _check_right(institution, qualification)
    made = RegisterApplication.objects.create(
        institution=institution,
        kind=kind,
        qualification=qualification if kind == ApplicationKind.RIGHT else None,
        created_by=acting_user.account,
    )
    note(made, acting_user, "begun", about=kind)
    return made


def _check_right(institution: Institution, qualification: Qualification | None) -> None:
    if qualification is None or qualification.current is None:
        raise RuleBroken(_("Proszę podać kod kwalifikacji, która jest w rejestrze."), "code")
    held = Entitlement.objects.filter(
        qualification=qualification, role=BodyRole.AWARDING, body__name_key=normalised(institution.name)[:300]
    )
    if any(one.lasts_on(timezone.localdate()) for one in held):
        raise RuleBroken(_("Ta instytucja ma już prawo nadawać tę kwalifikację."), "code")
    rows = RegisterApplication.objects.filter(institution=institution, qualification=qualification)
    if rows.exclude(stage__in=ENDED).exists():
        raise RuleBroken(_("Wniosek o to prawo już jest w toku."), "code")


@transaction.atomic
def save_application(
    *, application: RegisterApplication, content: Mapping[str, Any], acting_user: ActingUser,
    base_version: int | None = None,
) -> RegisterApplication:  # fmt: skip
    """Keep what was written, complete or not. Raises NotAllowed, RuleBroken (no longer the applicant's), Conflict."""
    held = application.locked()
    acting_user.require(may_apply(acting_user.account, held.institution_id))
    if held.stage not in WRITABLE:
        raise RuleBroken(_("Tego wniosku nie można już zmieniać: jest u redakcji rejestru."))
    kept = {name: content.get(name) for name in FIELDS[held.kind]}
    if held.kind == ApplicationKind.RIGHT:
        kept["periods"] = [one.as_data() for one in periods_of(content)]
    if held.write({"content": kept}, base_version=base_version):
        note(held, acting_user, "written")
    return held


def lacks_of(application: RegisterApplication) -> list[Lack]:
    """What the application still lacks, by the entry as it stands; periods count to the day it was first sent."""
    day = application.sent_on or timezone.localdate()
    return lacks(application.kind, application.content, day, application.demanded)


@transaction.atomic
def send_application(
    *, application: RegisterApplication, acting_user: ActingUser, base_version: int | None = None
) -> RegisterApplication:
    """Hand it over for the formal check; from now on it stands in the public list.

    Raises NotAllowed, RuleBroken naming the first field that lacks something, Conflict.
    """
    held = application.locked()
    acting_user.require(may_apply(acting_user.account, held.institution_id))
    check_step(held, Step.SEND)
    missing = lacks_of(held)
    if missing:
        first = missing[0]
        raise RuleBroken(f"{LABELS[first.field]}: {lack_in_words(first)}", first.field)
    sent_on = held.sent_on or timezone.localdate()
    return move_on(held, Step.SEND, acting_user, base_version=base_version, sent_on=sent_on)


@transaction.atomic
def withdraw_application(*, application: RegisterApplication, acting_user: ActingUser) -> RegisterApplication:
    """The applicant takes it back, until the decision. Raises NotAllowed, RuleBroken."""
    held = application.locked()
    acting_user.require(may_apply(acting_user.account, held.institution_id))
    return move_on(held, Step.WITHDRAW, acting_user)
