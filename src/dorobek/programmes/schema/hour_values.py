"""What an hour of training may cost when a voucher pays for it."""

from dataclasses import dataclass

from dorobek.programmes.enums import HourForm


@dataclass(frozen=True)
class HourValue:
    """An hour in the field, in the form, takes one unit of the voucher for each begun `unit_grosze` of its price.

    An hour that would take more than `most_units` is not paid for. `field` is a code of `VoucherTerms.fields`.
    """

    field: str
    form: HourForm
    unit_grosze: int
    most_units: int = 1
