"""Consents: given, refused, withdrawn, each with the wording that was read (XX-3)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Consent, Person
from dorobek.people.perms import speaks_for


@dataclass(frozen=True)
class Decided:
    """One consent as answered: the code and version of its wording, the words themselves, yes or no."""

    code: str
    wording_version: str
    wording: str
    given: bool


@transaction.atomic
def record_consents(
    *, person: Person, case_uid: uuid.UUID, consents: Sequence[Decided], acting_user: ActingUser
) -> list[Consent]:
    """Keep the first answers of a case. Called by the registration, which has checked who may; not for changes."""
    assisted = None if person.account_id == acting_user.account.pk else acting_user.account
    made = [
        Consent(
            person=person,
            case_uid=case_uid,
            code=one.code,
            wording_version=one.wording_version,
            wording=one.wording,
            given=one.given,
            assisted_by=assisted,
        )
        for one in consents
    ]
    Consent.objects.bulk_create(made)
    answers = {one.code: {"given": one.given, "version": one.wording_version} for one in consents}
    acting_user.record("consents.recorded", stream=case_uid, consents=answers)
    return made


@transaction.atomic
def decide_consent(
    *, consent: Consent, given: bool, acting_user: ActingUser, base_version: int | None = None, required: bool = False
) -> Consent:
    """The participant gives or withdraws a consent; the adviser in charge in assisted mode.

    `required`: the programme cannot go on without it; it is withdrawn by leaving the programme, not here.
    Raises NotAllowed, RuleBroken, Conflict.
    """
    consent = consent.locked()
    acting_user.require(speaks_for(acting_user, consent))
    if required and not given:
        raise RuleBroken(
            _("Bez tej zgody bilans nie może trwać. Żeby ją wycofać, proszę powiedzieć doradcy, że to koniec.")
        )
    if consent.given == given:
        return consent
    now = timezone.now()
    values = {
        "given": given,
        "decided_at": now,
        "withdrawn_at": None if given else now,
        "assisted_by": acting_user.account if acting_user.on_behalf_of else None,
    }
    changes = consent.write(values, base_version=base_version)
    kind = "consent.given" if given else "consent.withdrawn"
    acting_user.record(kind, stream=consent.case_uid, subject=consent.uid, code=consent.code, **changes)
    return consent
