"""What a person may do with what is held on them: correct how to reach them, ask to be erased (XX-3)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.actions.persons import change_person
from dorobek.people.linking import code_of
from dorobek.people.models import ErasureRequest, Person
from dorobek.people.perms import is_own


@transaction.atomic
def ask_for_erasure(*, person: Person, reason: str, acting_user: ActingUser) -> ErasureRequest:
    """The person asks to be erased. Raises NotAllowed, RuleBroken (already asked and not yet answered)."""
    acting_user.require(is_own(acting_user.account, person))
    if ErasureRequest.objects.filter(person=person, answered_at=None).exists():
        raise RuleBroken(_("Prośba jest już wysłana i czeka na odpowiedź."))
    request = ErasureRequest.objects.create(person=person, reason=reason.strip()[:500])
    acting_user.record("erasure.asked", stream=person.uid, subject=request.uid)
    return request


@transaction.atomic
def give_link_code(*, person: Person, acting_user: ActingUser) -> str:
    """The code with which another institution may join a new case to this person's record; on the history.

    Only the person, or the adviser in assisted mode, gets it. Raises NotAllowed.
    """
    behalf = acting_user.on_behalf_of
    acting_user.require(is_own(acting_user.account, person) or (behalf is not None and behalf.pk == person.pk))
    acting_user.record("person.code-given", stream=person.uid, subject=person.uid)
    return code_of(person, timezone.now())


CONTACT = ("email", "phone", "street", "postal_code", "place", "address_form")


@transaction.atomic
def correct_contact(
    *, person: Person, contact: Mapping[str, Any], acting_user: ActingUser, base_version: int | None = None
) -> dict[str, list[Any]]:
    """The person, or the adviser in assisted mode, corrects how to reach them; names and numbers need a document.

    `contact`: columns of CONTACT. Raises NotAllowed, RuleBroken with the field at fault, Conflict.
    """
    behalf = acting_user.on_behalf_of
    own = is_own(acting_user.account, person) or (behalf is not None and behalf.pk == person.pk)
    acting_user.require(own and set(contact) <= set(CONTACT))
    return change_person(person=person, identity=contact, acting_user=acting_user, base_version=base_version)
