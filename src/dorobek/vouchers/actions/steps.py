"""What every step of a voucher shares: the locks, the change of state beside its history, the event."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.offers.models import Edition
from dorobek.people.acting import ActingUser
from dorobek.vouchers import ledger, papers, rules
from dorobek.vouchers.enums import MovementKind, PaperKind, VoucherState
from dorobek.vouchers.events import VoucherMoved
from dorobek.vouchers.models import Voucher, VoucherChange, VoucherRight


def locked_right(right: VoucherRight) -> VoucherRight:
    """The right as the database holds it now, locked: whatever happens to its vouchers happens one after another."""
    rows = VoucherRight.objects.select_for_update(of=("self",)).select_related(
        "person", "institution", "programme_version__programme"
    )
    held: VoucherRight = rows.get(pk=right.pk)
    return held


def locked_voucher(voucher: Voucher) -> Voucher:
    """The voucher as the database holds it now, after its right: the order of locks is always the same."""
    right = locked_right(voucher.right)
    held: Voucher = (
        Voucher.objects.select_for_update(of=("self",)).select_related("edition__service__provider").get(pk=voucher.pk)
    )
    held.right, held.person = right, right.person
    return held


def free_grosze(right: VoucherRight) -> int:
    """What of the right is not taken by a voucher. The right must be locked before anything rests on it."""
    taken = right.vouchers.filter(state__in=rules.TAKEN).values_list("covered_grosze", flat=True)
    return right.total_grosze - sum(taken)


def has_begun(voucher: Voucher) -> bool:
    """Is the voucher's training one that its provider is to be paid for, though nobody reported its end yet?"""
    edition = voucher.edition
    if voucher.state != VoucherState.BOUND or edition is None:
        return False
    gone = edition.withdrawn_at
    return rules.under_way(
        starts_on=edition.starts_on, withdrawn_on=timezone.localdate(gone) if gone else None,
        participation=voucher.participation, reported=voucher.reported_at is not None, today=timezone.localdate(),
    )  # fmt: skip


def marked_begun(reason: str) -> str:
    """The reason as the books and the document tell it: the training had begun. An empty one stays empty."""
    return _("Po rozpoczęciu szkolenia: %(reason)s") % {"reason": reason} if reason.strip() else ""


def checked_words(reason: str, document: str) -> tuple[str, str]:
    """Reason and document of a change. Raises RuleBroken for an empty one."""
    reason, document = " ".join(reason.split())[:1000], " ".join(document.split())[:120]
    if not reason:
        raise RuleBroken(_("Proszę napisać powód w jednym zdaniu."), "reason")
    if not document:
        raise RuleBroken(_("Proszę podać numer dokumentu, na którym to się opiera."), "document")
    return reason, document


def step(
    voucher: Voucher,
    after: VoucherState,
    *,
    reason: str,
    document: str,
    acting_user: ActingUser | None,
    paper: PaperKind | None = None,
    **values: Any,
) -> Voucher:
    """Change the state of a locked voucher, with its row in the life of the voucher, its document, history and event.

    `paper`: the kind of document where the state alone does not tell it. Raises RuleBroken when the state may not
    follow or a word is missing.
    """
    reason, document = checked_words(reason, document)
    before = voucher.state
    rules.checked_step(before, after)
    by = acting_user.account if acting_user else None
    change = VoucherChange.objects.create(
        voucher=voucher, before=before, after=after, reason=reason, document=document, by=by, at=timezone.now()
    )
    told: dict[str, Any] = {"reason": reason, "document": document, "by": by, "change": change}
    if paper is PaperKind.RELEASED:  # it names the date that is given up
        papers.write(voucher.right, voucher, paper, **told)
    changes = voucher.write({**values, "state": after, "reason": reason}, base_version=None)
    if paper is not PaperKind.RELEASED:
        papers.write(voucher.right, voucher, paper or PaperKind(after), **told)
    note(voucher, f"voucher.{after}", acting_user, document=document, **changes)
    tell(voucher)
    return voucher


def note(row: Voucher | VoucherRight, kind: str, acting_user: ActingUser | None, **data: Any) -> None:
    """The history entry; what the calendar does has no actor."""
    if acting_user is not None:
        acting_user.record(kind, stream=row.case_uid, subject=row.uid, **data)
    else:
        history.record(stream=row.case_uid, kind=kind, actor_id=None, subject=row.uid, data=data)


def tell(voucher: Voucher) -> None:
    edition: Edition | None = voucher.edition
    publish(
        VoucherMoved(
            case_uid=str(voucher.case_uid),
            voucher_uid=str(voucher.uid),
            state=str(voucher.state),
            edition_uid=str(edition.uid) if edition else "",
            participation=str(voucher.participation),
        )
    )


def end(
    voucher: Voucher, after: VoucherState, *, reason: str, document: str, acting_user: ActingUser | None
) -> Voucher:
    """End a locked voucher without a purchase: support goes back to the programme, the own share to the person."""
    before = voucher.state
    rules.checked_step(before, after)
    by = acting_user.account if acting_user else None
    words = ledger.Paper(document=checked_words(reason, document)[1], by=by)
    if before in (VoucherState.BOUND, VoucherState.USED):
        ledger.move(MovementKind.RELEASE, voucher, voucher.support_grosze, **words)
    ledger.move(MovementKind.GIVE_BACK, voucher, voucher.support_grosze, **words)
    if before != VoucherState.GRANTED:
        ledger.move(MovementKind.OWN_BACK, voucher, voucher.own_grosze, **words)
    return step(voucher, after, reason=reason, document=document, acting_user=acting_user)
