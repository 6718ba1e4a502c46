"""A voucher from its grant to a place on a training, and back (VO-3). Each step: lock, permission, rule, money, state."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.ids import uuid7
from dorobek.kernel.text import normalised
from dorobek.offers.models import Edition
from dorobek.offers.rules import checked_price
from dorobek.people.acting import ActingUser
from dorobek.vouchers import ledger, papers, perms, rules
from dorobek.vouchers.actions.steps import (
    checked_words,
    end,
    free_grosze,
    has_begun,
    locked_right,
    locked_voucher,
    marked_begun,
    note,
    step,
    tell,
)
from dorobek.vouchers.enums import MovementKind, PaperKind, Participation, RightState, VoucherState
from dorobek.vouchers.models import Voucher, VoucherChange, VoucherRight
from dorobek.vouchers.queries import settlers
from dorobek.vouchers.words import zlotys


@transaction.atomic
def grant(
    *,
    right: VoucherRight,
    price_grosze: int,
    reason: str,
    acting_user: ActingUser,
    document: str = "",
    seen: int | None = None,
) -> Voucher:
    """A voucher for a price, while money of the right is free. Its own number is its document when none is given.

    `seen`: how many vouchers of the right there were when its form was opened; None where nobody looked. Raises
    NotAllowed, RuleBroken (lapsed, nothing left, an absurd price, no reason, granted a moment ago).
    """
    right = locked_right(right)
    acting_user.require(perms.may_handle(acting_user.account, right))
    _check_open(right)
    _check_not_again(right, price_grosze, reason, seen)
    if checked_price(price_grosze) == 0:
        raise RuleBroken(_("Za usługę bez opłaty bon nie jest potrzebny."), "price")
    left = free_grosze(right)
    if left <= 0:
        raise RuleBroken(_("Cała kwota z tego prawa jest już w bonach."), "price")
    shares = rules.split(price_grosze, left, right.terms.own_share_percent)
    uid = uuid7()
    number = f"BON/{timezone.localdate():%Y}/{uid.hex[-10:].upper()}"
    reason, document = checked_words(reason, document or number)
    voucher = Voucher.objects.create(
        uid=uid, person=right.person, case_uid=right.case_uid, right=right, number=number, value_grosze=price_grosze,
        covered_grosze=shares.covered, support_grosze=shares.support, own_grosze=shares.own, reason=reason,
    )  # fmt: skip
    change = VoucherChange.objects.create(
        voucher=voucher, before="", after=VoucherState.GRANTED, reason=reason, document=document, by=acting_user.account
    )
    papers.write(
        right, voucher, PaperKind.GRANTED, reason=reason, document=document, by=acting_user.account, change=change
    )
    ledger.move(MovementKind.GRANT, voucher, shares.support, document=document, by=acting_user.account)
    note(
        voucher, "voucher.granted", acting_user, number=number, value_grosze=price_grosze,
        support_grosze=shares.support, own_grosze=shares.own, document=document,
    )  # fmt: skip
    tell(voucher)
    return voucher


@transaction.atomic
def record_own_share(
    *, voucher: Voucher, grosze: int, document: str, acting_user: ActingUser, reason: str = ""
) -> Voucher:
    """The own share came in, whole. Raises NotAllowed, RuleBroken (another amount, paid already, no document)."""
    voucher = locked_voucher(voucher)
    acting_user.require(perms.may_handle(acting_user.account, voucher))
    rules.checked_step(voucher.state, VoucherState.OWN_PAID)
    if voucher.state != VoucherState.GRANTED:
        raise RuleBroken(_("Udział własny jest już wpłacony."))
    if grosze != voucher.own_grosze:
        raise RuleBroken(
            _("Udział własny tego bonu to %(own)s zł. Proszę sprawdzić wpłatę.") % {"own": zlotys(voucher.own_grosze)},
            "grosze",
        )
    reason, document = checked_words(reason or _("Wpłata udziału własnego"), document)
    ledger.move(MovementKind.OWN_IN, voucher, grosze, document=document, by=acting_user.account)
    return step(voucher, VoucherState.OWN_PAID, reason=reason, document=document, acting_user=acting_user)


@transaction.atomic
def bind(
    *, voucher: Voucher, edition: Edition, acting_user: ActingUser, document: str = "", reason: str = ""
) -> Voucher:
    """Buy a place. A price below the voucher's value gives the difference back at once, each its own share.

    Raises NotAllowed, RuleBroken (not paid, the terms do not allow it, dearer, full, withdrawn, enrolment over, lapsed).
    """
    voucher = locked_voucher(voucher)
    acting_user.require(perms.may_handle(acting_user.account, voucher))
    if voucher.state == VoucherState.GRANTED:
        raise RuleBroken(_("Najpierw udział własny: %(own)s zł.") % {"own": zlotys(voucher.own_grosze)})
    rules.checked_step(voucher.state, VoucherState.BOUND)
    _check_open(voucher.right)
    edition = Edition.objects.select_for_update(of=("self",)).select_related("service__provider").get(pk=edition.pk)
    _check_edition(voucher, edition)
    reason, document = checked_words(reason or _("Zakup miejsca na szkoleniu"), document or voucher.number)
    shares = _shrink(voucher, edition.price_grosze, document, acting_user)
    ledger.move(MovementKind.RESERVE, voucher, shares.support, document=document, by=acting_user.account)
    return step(
        voucher, VoucherState.BOUND, reason=reason, document=document, acting_user=acting_user, edition=edition,
        participation=Participation.WAITING, second_place=False, value_grosze=shares.price, covered_grosze=shares.covered,
        support_grosze=shares.support, own_grosze=shares.own,
    )  # fmt: skip


def _shrink(voucher: Voucher, price: int, document: str, acting_user: ActingUser) -> rules.Split:
    """Shares of the real price; what the voucher holds above them goes back."""
    shares = rules.split(price, voucher.covered_grosze, voucher.right.terms.own_share_percent)
    words = ledger.Paper(document=document, by=acting_user.account)
    ledger.move(MovementKind.GIVE_BACK, voucher, voucher.support_grosze - shares.support, **words)
    ledger.move(MovementKind.OWN_BACK, voucher, voucher.own_grosze - shares.own, **words)
    return shares


def _check_edition(voucher: Voucher, edition: Edition) -> None:
    today, service = timezone.localdate(), edition.service
    if edition.withdrawn_at is not None:
        raise RuleBroken(_("Dostawca wycofał ten termin. Proszę wybrać inny."), "edition")
    if edition.enrol_until < today:
        raise RuleBroken(_("Zapisy na ten termin już się skończyły. Proszę wybrać inny."), "edition")
    contract = service.provider.contract_until
    if contract is not None and contract < edition.ends_on:
        raise RuleBroken(_("Umowa z tym dostawcą kończy się przed końcem szkolenia."), "edition")
    if edition.price_grosze == 0:
        raise RuleBroken(_("To szkolenie jest bez opłaty, bon nie jest potrzebny."), "edition")
    refusal = rules.why_not(voucher.right.terms, service, edition.price_grosze)
    if refusal:
        raise RuleBroken(refusal, "edition")
    if edition.price_grosze > voucher.value_grosze:
        raise RuleBroken(
            _("To szkolenie kosztuje %(price)s zł, a bon jest na %(value)s zł. Proszę zwrócić bon i przyznać większy.")
            % {"price": zlotys(edition.price_grosze), "value": zlotys(voucher.value_grosze)},
            "edition",
        )
    own = edition.vouchers.filter(person=voucher.person, state__in=rules.TAKEN).exclude(pk=voucher.pk).first()
    if own is not None:
        raise RuleBroken(
            _("Na ten termin ta osoba ma już miejsce, kupione bonem %(number)s. Proszę wybrać inny termin.")
            % {"number": own.number},
            "edition",
        )
    taken = edition.vouchers.filter(state__in=rules.TAKEN).count()
    if edition.places and taken >= edition.places:
        raise RuleBroken(_("Na ten termin nie ma już miejsc. Proszę wybrać inny."), "edition")


@transaction.atomic
def unbind(*, voucher: Voucher, reason: str, document: str, acting_user: ActingUser) -> Voucher:
    """Give a place up and keep the voucher: the provider refused, the date was withdrawn.

    Raises NotAllowed, RuleBroken (no place, the training began and the user does not settle).
    """
    voucher = locked_voucher(voucher)
    reason = _checked_undoing(voucher, reason, acting_user)
    if voucher.state != VoucherState.BOUND:
        raise RuleBroken(_("Ten bon nie jest przypisany do szkolenia."))
    reason, document = checked_words(reason, document)
    ledger.move(MovementKind.RELEASE, voucher, voucher.support_grosze, document=document, by=acting_user.account)
    return step(
        voucher, VoucherState.OWN_PAID, reason=reason, document=document, acting_user=acting_user, edition=None,
        participation=Participation.WAITING, reported_at=None, paper=PaperKind.RELEASED,
    )  # fmt: skip


@transaction.atomic
def give_back(*, voucher: Voucher, reason: str, document: str, acting_user: ActingUser) -> Voucher:
    """The person gives the voucher back before using it; the money is free again.

    Raises NotAllowed, RuleBroken (used, the training began and the user does not settle).
    """
    voucher = locked_voucher(voucher)
    reason = _checked_undoing(voucher, reason, acting_user)
    return end(voucher, VoucherState.RETURNED, reason=reason, document=document, acting_user=acting_user)


@transaction.atomic
def annul(*, voucher: Voucher, reason: str, document: str, acting_user: ActingUser) -> Voucher:
    """The office takes a voucher back, for a breach or a mistake. Raises NotAllowed, RuleBroken."""
    voucher = locked_voucher(voucher)
    acting_user.require(perms.may_decide(acting_user.account, voucher))
    reason = marked_begun(reason) if has_begun(voucher) else reason
    return end(voucher, VoucherState.ANNULLED, reason=reason, document=document, acting_user=acting_user)


def _checked_undoing(voucher: Voucher, reason: str, acting_user: ActingUser) -> str:
    """The reason of taking a place back, marked where the training had begun: then only those who settle may."""
    account, office = acting_user.account, voucher.right.institution
    begun = has_begun(voucher)
    acting_user.require(perms.may_handle(account, voucher) or (begun and perms.may_decide(account, voucher)))
    if not begun:
        return reason
    if not perms.may_decide(account, voucher):
        raise RuleBroken(
            _(
                "To szkolenie już się zaczęło, więc dostawcy należy się zapłata. Bon może teraz zwrócić tylko: %(names)s."
            )
            % {"names": ", ".join(settlers(office)) or _("koordynator albo administrator")}
        )
    return marked_begun(reason)


def _check_not_again(right: VoucherRight, price_grosze: int, reason: str, seen: int | None) -> None:
    """The same purchase sent twice, from two windows or by an impatient click, is granted once."""
    held = list(right.vouchers.prefetch_related("changes"))
    same = [
        one for one in held
        if one.state in (VoucherState.GRANTED, VoucherState.OWN_PAID)
        and (one.value_grosze, _words(one.changes.all()[0].reason)) == (price_grosze, _words(reason))
    ]  # fmt: skip
    if same:
        raise RuleBroken(
            _("Bon %(number)s na tę samą kwotę i z tym samym powodem już jest i czeka na zakup. Jeśli to ma być drugi, "
              "proszę napisać w powodzie, na co.") % {"number": same[0].number}, "reason",
        )  # fmt: skip
    if seen is not None and len(held) > seen:
        raise RuleBroken(
            _("Od otwarcia tej strony przyznano już bon %(number)s na %(value)s zł. Jeśli to ma być kolejny, proszę "
              "wysłać jeszcze raz.") % {"number": held[-1].number, "value": zlotys(held[-1].value_grosze)},
        )  # fmt: skip


def _words(reason: str) -> list[str]:
    """Its words without case, marks above letters and punctuation; „C++” and „C#” stay two names."""
    return re.findall(r"[\w+#]+", normalised(reason))


def _check_open(right: VoucherRight) -> None:
    if right.state != RightState.OPEN or not rules.in_time(right.expires_on, timezone.localdate()):
        raise RuleBroken(
            _("Prawo do bonów skończyło się %(day)s. Nie można już nic z niego kupić.")
            % {"day": f"{right.expires_on:%d.%m.%Y}"}
        )
