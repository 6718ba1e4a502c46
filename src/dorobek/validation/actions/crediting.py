"""Credentials of a wallet put before a commission: nothing typed again, checked by the machine each time (VA-1, VA-4)."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from dorobek.credentials.models import Credential
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.portfolio.actions import add_evidence
from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence, HeldCredential
from dorobek.validation.crediting import Checked, check
from dorobek.validation.enums import CheckMoment
from dorobek.validation.models import Application, CredentialCheck, CredentialPiece
from dorobek.vc.fetching import Source

Checks = Mapping[int, Checked]  # by key of the piece of evidence


@transaction.atomic
def piece_of(row: Credential | HeldCredential, found: Checked, acting_user: ActingUser) -> Evidence:
    """The piece of evidence that stands for a credential of one's own wallet; made once. Raises NotAllowed."""
    Person.objects.select_for_update().get(pk=row.person_id)  # two presses at once make one piece
    named = {"issued": row} if isinstance(row, Credential) else {"held": row}
    held = CredentialPiece.objects.select_related("evidence").filter(**named).first()
    if held is not None:
        return _restored(held.evidence, acting_user)
    title = row.title if isinstance(row, HeldCredential) else row.template_version.design.title_pl
    piece = add_evidence(
        person=row.person, case_uid=row.person.uid, kind=EvidenceKind.CREDENTIAL, title=title[:200],
        made_on=row.awarded_on.isoformat() if row.awarded_on else "", acting_user=acting_user,
    )  # fmt: skip
    CredentialPiece.objects.create(evidence=piece, standing=found.standing, checked_at=found.at, **named)
    return piece


def _restored(piece: Evidence, acting_user: ActingUser) -> Evidence:
    """Taken away once and put again: what it stands for was in the wallet all the time."""
    if piece.removed_at is not None:
        piece.write({"removed_at": None}, base_version=None)
        acting_user.record("evidence.added", stream=piece.case_uid, subject=piece.uid, title=piece.title)
    return piece


def checks_of(pieces: Iterable[Evidence], source: Source | None = None) -> dict[int, Checked]:
    """Fresh checks of those pieces that are credentials. Looks outside: call it before a transaction begins."""
    keys = {one.pk for one in pieces if one.kind == EvidenceKind.CREDENTIAL}
    rows = CredentialPiece.objects.filter(evidence__in=keys).order_by("pk")
    rows = rows.select_related("issued", "held", "evidence__person__account")
    return (
        {one.evidence_id: check(one.document, source, one.evidence.person) for one in rows if one.document}
        if keys
        else {}
    )


def note_checks(application: Application, checks: Checks, moment: CheckMoment, acting_user: ActingUser) -> None:
    """Keep what was found, with its entry in the history. Inside the caller's transaction."""
    rows = {one.evidence_id: one for one in CredentialPiece.objects.filter(evidence__in=checks)}
    for piece in Evidence.objects.filter(pk__in=rows).order_by("pk"):
        found = checks[piece.pk]
        row = rows[piece.pk]
        row.standing, row.checked_at = found.standing, found.at
        row.save()
        CredentialCheck.objects.create(
            application=application, evidence=piece, moment=moment, standing=found.standing,
            report=list(found.report), checked_at=found.at,
        )  # fmt: skip
        acting_user.record(
            "validation.credential-checked", stream=application.person.uid, subject=application.uid,
            evidence=str(piece.uid), moment=str(moment), standing=str(found.standing), checked_at=found.at,
        )  # fmt: skip
