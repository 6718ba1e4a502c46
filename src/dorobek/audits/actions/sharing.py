"""The owner shows some things to somebody, for a time, and takes that back (PF-4); an employer's slips (SA-19)."""

import base64
import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from dorobek.audits.models import ReferralSlip, SkillsAudit
from dorobek.audits.queries.sharing import credentials_of, employer_who_referred, shareable
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Person
from dorobek.people.perms import speaks_for
from dorobek.portfolio.models import Share, ShareItem, ShareView
from dorobek.portfolio.perms import may_keep_wallet

LONGEST = dt.timedelta(days=366)
MOST_CREDENTIALS = 10  # each is verified anew whenever somebody looks
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is mistaken for something else on paper
SAME_LOOK = dt.timedelta(minutes=10)


def token_of(share: Share) -> str:
    """The secret of a share's address, 43 letters: derived, so that its owner can see the address again.

    "" when the key of the installation has changed since; the owner then makes a new share.
    """
    digest = salted_hmac("dorobek.share", str(share.uid), algorithm="sha256").digest()
    token = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return token if constant_time_compare(_hashed(token), share.token_hash) else ""


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def share(
    *,
    audit: SkillsAudit,
    label: str,
    things: Collection[uuid.UUID],
    valid_until: dt.datetime,
    acting_user: ActingUser,
    institution: Institution | None = None,
) -> Share:
    """Show these things until a day: to whoever has the address, or to the employer who referred the person.

    Raises NotAllowed (not the owner, or an employer who did not refer them), RuleBroken (nothing chosen, a thing
    that cannot be shown, a day that is past or more than a year away).
    """
    acting_user.require(speaks_for(acting_user, audit))
    acting_user.require(institution is None or institution == employer_who_referred(audit))
    _check(things, valid_until)
    known = {one.uid: one.kind for one in shareable(audit.uid).whole}
    made = Share(
        person=audit.person, case_uid=audit.uid, label=" ".join(label.split())[:200], institution=institution,
        valid_until=valid_until,
    )  # fmt: skip
    return _written(made, things, known, acting_user)


@transaction.atomic
def share_credentials(
    *, person: Person, label: str, things: Collection[uuid.UUID], valid_until: dt.datetime, acting_user: ActingUser
) -> Share:
    """Show credentials of one's wallet until a day to whoever has the address. It belongs to no case.

    Raises NotAllowed (not the holder), RuleBroken as `share`, and for more than `MOST_CREDENTIALS`.
    """
    acting_user.require(may_keep_wallet(acting_user.account, person))
    _check(things, valid_until)
    if len(set(things)) > MOST_CREDENTIALS:
        raise RuleBroken(_("Pod jednym adresem można pokazać najwyżej %d poświadczeń.") % MOST_CREDENTIALS, "things")
    known = {one.uid: one.kind for one in credentials_of(person)}
    made = Share(person=person, case_uid=person.uid, label=" ".join(label.split())[:200], valid_until=valid_until)
    return _written(made, things, known, acting_user)


def _check(things: Collection[uuid.UUID], valid_until: dt.datetime) -> None:
    now = timezone.now()
    if not things:
        raise RuleBroken(_("Proszę zaznaczyć co najmniej jedną rzecz do pokazania."), "things")
    if not now < valid_until <= now + LONGEST:
        raise RuleBroken(_("Proszę wybrać dzień w przyszłości, nie dalej niż za rok."), "until")


def _written(
    made: Share, things: Collection[uuid.UUID], known: Mapping[uuid.UUID, str], acting_user: ActingUser
) -> Share:
    if not set(things) <= set(known):
        raise RuleBroken(_("Jednej z zaznaczonych rzeczy już nie ma. Proszę wybrać jeszcze raz."), "things")
    digest = salted_hmac("dorobek.share", str(made.uid), algorithm="sha256").digest()
    made.token_hash = _hashed(base64.urlsafe_b64encode(digest).decode().rstrip("="))
    made.save()
    ShareItem.objects.bulk_create(
        ShareItem(share=made, kind=known[thing], object_uid=thing) for thing in dict.fromkeys(things)
    )
    acting_user.record(
        "share.made", stream=made.case_uid, subject=made.uid, label=made.label, institution=made.institution,
        valid_until=made.valid_until, count=len(set(things)),
    )  # fmt: skip
    return made


@transaction.atomic
def end_share(*, share: Share, audit: SkillsAudit, acting_user: ActingUser) -> Share:
    """The address stops working now. Ending what has ended changes nothing. Raises NotAllowed."""
    acting_user.require(speaks_for(acting_user, audit) and share.case_uid == audit.uid)
    return _ended(share, acting_user)


@transaction.atomic
def end_wallet_share(*, share: Share, acting_user: ActingUser) -> Share:
    """The same for credentials of a wallet. Raises NotAllowed."""
    acting_user.require(may_keep_wallet(acting_user.account, share.person) and share.case_uid == share.person.uid)
    return _ended(share, acting_user)


def _ended(share: Share, acting_user: ActingUser) -> Share:
    held = Share.objects.select_for_update().get(pk=share.pk)
    if held.revoked_at is None:
        held.revoked_at = timezone.now()
        held.save(update_fields=["revoked_at"])
        acting_user.record("share.ended", stream=held.case_uid, subject=held.uid, label=held.label)
    return held


def find_share(token: str) -> Share | None:
    """The share of an address, open or not; None for an address that never was. One statement."""
    return Share.objects.select_related("person", "institution").filter(token_hash=_hashed(token)).first()


def note_look(share: Share, account: Account | None) -> None:
    """Write down that somebody looked; the same reader again within ten minutes is one look."""
    since = timezone.now() - SAME_LOOK
    if not ShareView.objects.filter(share=share, account=account, at__gte=since).exists():
        ShareView.objects.create(share=share, account=account)


@transaction.atomic
def make_slip(*, institution: Institution, note: str, days: int, acting_user: ActingUser) -> ReferralSlip:
    """A referral that an employer hands to staff: a code to show in the office. It names nobody, and who used it is
    never told: whether to come at all is the person's own affair. Raises NotAllowed, RuleBroken."""
    acting_user.require(acting_user.account.has_role(Role.EMPLOYER, institution=institution))
    if not 1 <= days <= 366:
        raise RuleBroken(_("Skierowanie może być ważne od jednego dnia do roku."), "days")
    slip = ReferralSlip.objects.create(
        institution=institution,
        code="".join(secrets.choice(LETTERS) for _letter in range(8)),
        note=" ".join(note.split())[:200],
        valid_until=timezone.localdate() + dt.timedelta(days=days),
        created_by=acting_user.account,
    )
    acting_user.record("slip.made", stream=institution.uid, subject=slip.uid, note=slip.note)
    return slip


def employer_of(code: str) -> Institution | None:
    """Whose slip it is; None for no code at all. Raises RuleBroken for a code that is unknown or has run out."""
    wanted = "".join(letter for letter in code.upper() if letter.isalnum())
    if not wanted:
        return None
    slip = ReferralSlip.objects.select_related("institution").filter(code=wanted).first()
    if slip is None:
        raise RuleBroken(_("Nie ma skierowania z takim kodem. Proszę sprawdzić litery albo zostawić puste."), "slip")
    if slip.valid_until < timezone.localdate():
        raise RuleBroken(_("To skierowanie straciło ważność. Pracodawca może wydać nowe."), "slip")
    return slip.institution
