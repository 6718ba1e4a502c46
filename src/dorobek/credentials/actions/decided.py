"""Credentials that come of a commission's decision: their template follows the register, nobody designs it (VA-8)."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.credentials.actions.issuing import award, check_recipient
from dorobek.credentials.actions.signers import open_signer
from dorobek.credentials.design import Design
from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models import DECIDED, Credential, CredentialTemplate, Issuer, TemplateVersion
from dorobek.credentials.perms import may_hand_over
from dorobek.credentials.recipients import Recipient
from dorobek.credentials.sealing import WrongSeal
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import sort_key
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution, Person


def obstacle(institution: Institution, person: Person, design: Design) -> str:
    """Why no credential can be issued to this person now, and who can mend it; "" when one can."""
    issuer = Issuer.objects.filter(institution=institution).first()
    if issuer is None:
        return _("Instytucja nie jest jeszcze wystawcą poświadczeń. Zakłada go jej administrator.")
    try:
        open_signer(issuer)
    except RuleBroken as refused:
        return refused.message
    except WrongSeal:
        return _("Klucza instytucji nie da się otworzyć na tym serwerze. Proszę powiedzieć o tym administratorowi.")
    if not design.hours:
        return _("Wpis w rejestrze nie podaje nakładu pracy, a poświadczenie musi go podać.")
    if design.prk_level is None:
        return _("Wpis w rejestrze nie podaje poziomu PRK, a poświadczenie musi go podać.")
    if not address_of(person):
        return _("Nie znamy adresu e-mail tej osoby, a po nim poświadczenie rozpoznaje właściciela.")
    return ""


def address_of(person: Person) -> str:
    """The e-mail by which a credential knows its holder: the person's own, otherwise that of their account."""
    return person.email or (person.account.email if person.account else "")


@transaction.atomic
def issue_decided(
    *,
    institution: Institution,
    scope: str,
    design: Design,
    person: Person,
    awarded_on: dt.date,
    acting_user: ActingUser,
    allowed_to: Callable[[Account, Institution], bool] = may_hand_over,
) -> Credential:
    """Award to exactly this person, from the template of this scope; a changed design becomes its next version.

    The validation that calls it sees to it that one decision gives one credential. Raises NotAllowed, RuleBroken
    (`obstacle`).
    """
    acting_user.require(allowed_to(acting_user.account, institution))
    if missing := obstacle(institution, person, design):
        raise RuleBroken(missing)
    version = _version(Issuer.objects.get(institution=institution), scope, design, acting_user)
    recipient = Recipient(1, person.given_names, person.family_name, address_of(person))
    check_recipient(recipient, awarded_on)
    return award(version=version, recipient=recipient, person=person, awarded_on=awarded_on, acting_user=acting_user)


def _version(issuer: Issuer, scope: str, design: Design, acting_user: ActingUser) -> TemplateVersion:
    """The published version that says exactly this."""
    issuer = issuer.locked()  # two decisions at once find one template
    data: dict[str, Any] = json.loads(json.dumps(design.as_data()))
    digest = hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    start = {"title_pl": design.title_pl, "data": data, "sort_key": sort_key(design.title_pl)}
    template, _made = CredentialTemplate.objects.get_or_create(issuer=issuer, slug=f"{DECIDED}{scope}", defaults=start)
    current = template.current
    if current is not None and current.digest == digest and template.state == TemplateState.PUBLISHED:
        return current
    newest = template.versions.first()
    made = TemplateVersion.objects.create(
        template=template, number=newest.number + 1 if newest else 1, data=data, digest=digest,
        published_by=acting_user.account,
    )  # fmt: skip
    template.write({**start, "state": TemplateState.PUBLISHED, "current": made}, base_version=None)
    acting_user.record("template.published", stream=template.uid, subject=made.uid, number=made.number, digest=digest)
    return made
