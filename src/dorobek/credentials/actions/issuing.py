"""A micro-credential is awarded: signed, put in its place on a status list, and given to its holder (MC-3)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.actions.holders import holders_of
from dorobek.credentials.actions.places import Taken, take_places
from dorobek.credentials.actions.signers import Signer, open_signer
from dorobek.credentials.addresses import list_url
from dorobek.credentials.document import Given, document_of, ends_at, varying
from dorobek.credentials.enums import Purpose, TemplateState
from dorobek.credentials.events import CredentialsIssued
from dorobek.credentials.models import DECIDED, Credential, Issuer, IssuingBatch, TemplateVersion
from dorobek.credentials.perms import may_issue
from dorobek.credentials.recipients import Recipient
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.kernel.ids import uuid7
from dorobek.kernel.text import sort_key
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.vc.batching import BatchSigner
from dorobek.vc.status import entry_for


@transaction.atomic
def issue_credential(
    *,
    version: TemplateVersion,
    recipient: Recipient,
    awarded_on: dt.date,
    acting_user: ActingUser,
    replaces: Credential | None = None,
) -> Credential:
    """Award one credential. `version` must be the newest published one.

    Raises NotAllowed, RuleBroken: the template is withdrawn or has a newer version, the name or address is missing,
    the day is in the future.
    """
    issuer = version.template.issuer
    acting_user.require(may_issue(acting_user.account, issuer.institution))
    check_version(version)
    check_recipient(recipient, awarded_on)
    person = holders_of([recipient])[recipient.number]
    return award(
        version=version, recipient=recipient, person=person, awarded_on=awarded_on, acting_user=acting_user,
        replaces=replaces,
    )  # fmt: skip


def award(
    *,
    version: TemplateVersion,
    recipient: Recipient,
    person: Person,
    awarded_on: dt.date,
    acting_user: ActingUser,
    replaces: Credential | None = None,
) -> Credential:
    """Sign, save and tell the history. The action that calls it has asked for the permission and checked the version."""
    issuer = version.template.issuer
    [made] = _awarded(version, issuer, [(recipient, person, awarded_on)], open_signer(issuer), replaces=replaces)
    made.save(force_insert=True)
    acting_user.record(
        "credential.issued", stream=made.uid, subject=made.uid, person=person, template=version.template,
        number=version.number, awarded_on=awarded_on, replaces=replaces,
    )  # fmt: skip
    publish(CredentialsIssued(str(version.template.uid), [str(made.uid)]))
    return made


@transaction.atomic
def issue_chunk(*, batch: IssuingBatch, recipients: Sequence[Recipient], signer: Signer) -> int:
    """Sign some rows of a batch, those that are not signed yet. All of them or none; returns how many.

    Rows at fault must be left out beforehand. Safe to repeat: a row is signed once.
    """
    held = IssuingBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    numbers = [one.number for one in recipients]
    done = set(Credential.objects.filter(batch=held, row__in=numbers).values_list("row", flat=True))
    rows = [one for one in recipients if one.number not in done]
    if rows:
        people = holders_of(rows)
        awards = [(one, people[one.number], one.awarded_on or held.awarded_on) for one in rows]
        made = _awarded(held.template_version, held.issuer, awards, signer, batch=held)
        Credential.objects.bulk_create(made)
        publish(CredentialsIssued(str(held.template_version.template.uid), [str(one.uid) for one in made]))
        IssuingBatch.objects.filter(pk=held.pk).update(signed=F("signed") + len(rows))
    return len(rows)


def check_version(version: TemplateVersion) -> None:
    """Raises RuleBroken unless credentials may be issued from this version."""
    if version.template.state != TemplateState.PUBLISHED:
        raise RuleBroken(_("Ten wzór nie jest opublikowany, więc nic nie można z niego wystawić."))
    if version.template.current_id != version.pk:
        raise RuleBroken(_("Ten wzór ma już nowszą wersję. Proszę zacząć od niej."))
    if version.template.slug.startswith(DECIDED):
        raise RuleBroken(_("To poświadczenie wynika z decyzji komisji, więc nie wystawia się go ręcznie."))


def check_recipient(recipient: Recipient, awarded_on: dt.date) -> None:
    """Raises RuleBroken unless a credential can name this person on this day."""
    if not recipient.given_names or not recipient.family_name:
        raise RuleBroken(_("Proszę podać imię i nazwisko osoby, która dostaje poświadczenie."), "family_name")
    if not recipient.email:
        raise RuleBroken(_("Proszę podać adres e-mail: po nim poświadczenie rozpoznaje swojego właściciela."), "email")
    if awarded_on > timezone.localdate():
        raise RuleBroken(_("Dzień nadania nie może być w przyszłości."), "awarded_on")


def _awarded(
    version: TemplateVersion,
    issuer: Issuer,
    awards: Sequence[tuple[Recipient, Person, dt.date]],
    signer: Signer,
    *,
    batch: IssuingBatch | None = None,
    replaces: Credential | None = None,
) -> list[Credential]:
    """Signed rows, not yet saved."""
    design = version.design
    purpose = Purpose.SUSPENSION if design.suspendable else Purpose.REVOCATION
    places = take_places(issuer, purpose, len(awards))
    uids = [uuid7() for _one in awards]
    given = [
        _given(award, uid, issuer, taken, replaces) for award, uid, taken in zip(awards, uids, places, strict=True)
    ]
    documents = sign_all(version, issuer, given, signer)
    return [
        Credential(
            uid=uid,
            person=person,
            issuer=issuer,
            template_version=version,
            key=signer.key,
            batch=batch,
            row=recipient.number if batch else None,
            holder_name=recipient.name,
            document=signed,
            awarded_on=day,
            valid_until=ends_at(design, day),
            status_list=taken.status_list,
            status_index=taken.index,
            replaces=replaces,
            sort_key=sort_key(f"{recipient.family_name} {recipient.given_names}"),
        )
        for (recipient, person, day), uid, taken, signed in zip(awards, uids, places, documents, strict=True)
    ]


def _given(
    award: tuple[Recipient, Person, dt.date], uid: uuid.UUID, issuer: Issuer, taken: Taken, replaces: Credential | None
) -> Given:
    recipient, _person, day = award
    status = entry_for(list_url(taken.status_list, issuer), str(taken.status_list.purpose), taken.index)
    return Given(uid, recipient.name, recipient.email, day, status, recipient.grade, replaces.uid if replaces else None)


def sign_all(version: TemplateVersion, issuer: Issuer, given: Sequence[Given], signer: Signer) -> list[str]:
    """The signed documents, in order. Those of one shape (with or without a grade) share one prepared template."""
    now = timezone.now().replace(microsecond=0)
    design, prepared, signed = version.design, dict[tuple[str, ...], BatchSigner](), list[str]()
    for one in given:
        row = varying(design, one)
        shape = tuple(row)
        if shape not in prepared:
            template = document_of(version, issuer, one)
            prepared[shape] = BatchSigner(
                template, shape, signer.private, verification_method=signer.method, created=now
            )
        signed.append(prepared[shape].sign_json(tuple(row.values())))
    return signed
