"""Decisions about vouchers as pure functions: shares to the grosz, what a voucher may pay for, deadlines, steps."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.enums import Ending, ServiceKind
from dorobek.programmes.schema import VoucherTerms
from dorobek.vouchers.enums import Participation, VoucherState

S = VoucherState
# state -> states that may follow (VO-3)
AFTER: dict[VoucherState, tuple[VoucherState, ...]] = {
    S.GRANTED: (S.OWN_PAID, S.RETURNED, S.EXPIRED, S.ANNULLED),
    S.OWN_PAID: (S.BOUND, S.RETURNED, S.EXPIRED, S.ANNULLED),
    S.BOUND: (S.OWN_PAID, S.USED, S.RETURNED, S.ANNULLED),
    S.USED: (S.SETTLED, S.ANNULLED),
    S.SETTLED: (),
    S.RETURNED: (),
    S.EXPIRED: (),
    S.ANNULLED: (),
}
ENDED = tuple(state for state, after in AFTER.items() if not after)
LIVE = tuple(state for state, after in AFTER.items() if after)
# states in which money of the right is taken
TAKEN = (S.GRANTED, S.OWN_PAID, S.BOUND, S.USED, S.SETTLED)
PROVIDER_DAYS = 7  # the provider reports within so many days of the end, otherwise nobody took part
REMIND_DAYS = (90, 30, 7)  # where the programme says nothing: three months, one month, a week
# participation -> what the provider may report next
REPORTS: dict[str, tuple[str, ...]] = {
    Participation.WAITING: (Participation.ACCEPTED, Participation.REJECTED),
    Participation.ACCEPTED: (Participation.FINISHED, Participation.NOT_FINISHED, Participation.ABSENT),
    Participation.ABSENT: (Participation.FINISHED, Participation.NOT_FINISHED),  # the provider was late
    Participation.NOT_FINISHED: (Participation.FINISHED,),
    Participation.REJECTED: (),
    Participation.FINISHED: (),
}


class Rounding(Enum):
    HALF_UP = "half-up"
    UP = "up"
    DOWN = "down"
    HALF_EVEN = "half-even"


@dataclass(frozen=True)
class Split:
    """Who pays what of a price, in grosze: `own` + `support` is the price. `covered`: what the programme shares in."""

    covered: int
    own: int
    support: int

    @property
    def price(self) -> int:
        return self.own + self.support


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """A fraction, not negative, as a whole number."""
    whole, rest = divmod(numerator, denominator)
    if rounding is Rounding.DOWN or rest == 0:
        return whole
    if rounding is Rounding.UP:
        return whole + 1
    if rounding is Rounding.HALF_EVEN and 2 * rest == denominator:
        return whole + whole % 2
    return whole + (2 * rest >= denominator)


def split(price: int, left: int, own_percent: int, rounding: Rounding = Rounding.HALF_UP) -> Split:
    """Shares of a price while `left` grosze of the right are free. What is dearer than that is paid by the person alone.

    The own share is rounded, support is the rest: together they are the price under any rounding.
    """
    covered = max(0, min(price, left))
    support = covered - rounded(covered * own_percent, 100, rounding)
    return Split(covered=covered, own=price - support, support=support)


def checked_step(before: str, after: VoucherState) -> VoucherState:
    """The next state, if it may follow. Raises RuleBroken that says how the voucher stands."""
    if after not in AFTER[S(before)]:
        raise RuleBroken(
            _("Ten bon jest już w stanie „%(state)s”, więc nie można tego zrobić.") % {"state": S(before).label}
        )
    return after


def last_day(opened_on: dt.date, months: int) -> dt.date:
    """The last day of a right of so many months: the same day of the month, or the month's last."""
    month = opened_on.month - 1 + months
    year, month = opened_on.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(opened_on.day, calendar.monthrange(year, month)[1]))


def reminder_due(expires_on: dt.date, today: dt.date, days: Sequence[int], sent: Sequence[int]) -> int | None:
    """Which reminder is to go out today: the smallest number of days that has come and was not sent, nor a smaller one."""
    left = (expires_on - today).days
    due = [number for number in days if number >= left >= 0]
    if not due:
        return None
    now = min(due)
    return None if any(one <= now for one in sent) else now


def in_time(expires_on: dt.date, bought_on: dt.date) -> bool:
    """May a right be used on the day? Its last day is the last day of buying; the training itself may begin later."""
    return bought_on <= expires_on


def under_way(
    *, starts_on: dt.date, withdrawn_on: dt.date | None, participation: str, reported: bool, today: dt.date
) -> bool:
    """Did the training begin with the person on it, so that its provider is to be paid?

    Not when the provider refused or reported an absence, nor when the date was withdrawn before it began. An absence
    that follows from the provider's silence alone says nothing.
    """
    if participation == Participation.REJECTED or (participation == Participation.ABSENT and reported):
        return False
    if withdrawn_on is not None and withdrawn_on <= starts_on:
        return False
    return starts_on <= today


def checked_settler(granted_by: int | None, settles: int, others: Sequence[str]) -> None:
    """Whoever granted a voucher does not pay it out. `others`: names of those who may. Raises RuleBroken."""
    if granted_by is None or granted_by != settles:
        return
    if others:
        raise RuleBroken(
            _("Ten bon przyznała ta sama osoba, która chce go rozliczyć. Rozliczyć może: %(names)s.")
            % {"names": ", ".join(others)}
        )
    raise RuleBroken(
        _("Ten bon przyznała ta sama osoba, która chce go rozliczyć. W instytucji nie ma nikogo innego z prawem rozliczania: "
          "administrator może nadać komuś rolę koordynatora.")
    )  # fmt: skip


class Buyable(Protocol):
    """What the rules ask of a service and its edition."""

    kind: str
    field: str
    ending: str
    hours: int
    hour_form: str


def why_not(terms: VoucherTerms, service: Buyable, price: int) -> str | None:
    """Why the terms do not let a voucher pay for this; None when they do (VO-1)."""
    if service.kind == ServiceKind.VALIDATION and not terms.pays_for_validation:
        return _("W tym programie bonem nie można zapłacić za walidację.")
    fields = {one.code: one.name.text("pl") for one in terms.fields}
    if service.kind == ServiceKind.TRAINING and fields and service.field not in fields:
        return _("Bon jest na: %(fields)s. To szkolenie jest z innej dziedziny.") % {
            "fields": ", ".join(fields.values())
        }
    if terms.certificate_required and service.kind == ServiceKind.TRAINING and service.ending != Ending.CERTIFICATE:
        return _("To szkolenie nie kończy się uznanym certyfikatem. Bonem można zapłacić za takie, które się nim kończy, "
                 "albo za sam egzamin.")  # fmt: skip
    return _hour_too_dear(terms, service, price)


def units(terms: VoucherTerms, service: Buyable, price: int) -> int | None:
    """Units of the voucher the whole service takes; None where the programme does not count by the hour."""
    value = next((v for v in terms.hour_values if (v.field, str(v.form)) == (service.field, service.hour_form)), None)
    if value is None or not service.hours:
        return None
    return service.hours * -(-price // (service.hours * value.unit_grosze))


def _hour_too_dear(terms: VoucherTerms, service: Buyable, price: int) -> str | None:
    value = next((v for v in terms.hour_values if (v.field, str(v.form)) == (service.field, service.hour_form)), None)
    if value is None or service.kind != ServiceKind.TRAINING:
        return None
    if not service.hours:
        return _("Dostawca nie podał liczby godzin, a cena godziny ma w tym programie granicę.")
    most = value.unit_grosze * value.most_units
    if price > most * service.hours:
        return _("Godzina jest za droga: program płaci najwyżej %(most)s zł za godzinę.") % {
            "most": f"{most // 100},{most % 100:02d}"
        }
    return None


def report_due(ends_on: dt.date) -> dt.date:
    """The last day on which the provider may report."""
    return ends_on + dt.timedelta(days=PROVIDER_DAYS)


def checked_report(before: str, after: str, ends_on: dt.date, today: dt.date) -> str:
    """What the provider reports, if it may follow. Raises RuleBroken."""
    if after not in REPORTS[before]:
        raise RuleBroken(
            _("Po „%(before)s” nie można zapisać „%(after)s”.")
            % {
                "before": Participation(before).label,
                "after": Participation(after).label if after in Participation.values else after,
            },
            "participation",
        )
    if after in (Participation.FINISHED, Participation.NOT_FINISHED, Participation.ABSENT) and today < ends_on:
        raise RuleBroken(_("Szkolenie jeszcze trwa. Wynik można zapisać po jego zakończeniu."), "participation")
    return after
