"""How a commission judged, in words: methods on paper, agreement member by member, a member replaced, outcomes that fell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dorobek.kernel.models import HistoryEntry
from dorobek.register.enums import ValidationMethod
from dorobek.web import typography

if TYPE_CHECKING:
    from dorobek.web.history_words.validation import Cases

Row = tuple[str, str, str]  # label, before, after
Data = Mapping[str, Any]


def _paper(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    yield _("Metoda"), "", str(dict(ValidationMethod.choices).get(data.get("method", ""), ""))
    yield _("Kryteria"), "", "; ".join(cases.words(entry, str(one)) for one in data.get("criteria", ()))
    day = parse_date(str(data.get("used_on", "")))
    yield _("Kiedy"), "", str(typography.short_day(day)) if day else ""
    yield _("Kto przeprowadził"), "", str(data.get("led_by", ""))
    yield _("Suma kontrolna"), "", str(data.get("file_sha256", ""))
    if data.get("failed"):
        yield _("Efekty niezaliczone w teście"), "", "; ".join(cases.words(entry, str(one)) for one in data["failed"])


def _withdrawn(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    yield _("Metoda"), "", str(dict(ValidationMethod.choices).get(data.get("method", ""), ""))
    yield from _codes(entry, data, cases)
    yield _("Powód"), "", str(data.get("reason", ""))


def _codes(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    listed = data.get("criteria") or [data.get("criterion", "")]
    yield _("Kryteria"), "", "; ".join(cases.words(entry, str(one)) for one in listed)


def _replaced(_entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    """The commission before and after."""
    change = data.get("commission")
    if isinstance(change, list) and len(change) == 2:
        before, after = (", ".join(cases.members.get(str(one), ())) for one in change)
        yield _("Komisja"), before, after


def _voided(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    if data.get("assessor"):
        yield _("Czyj arkusz"), "", cases.accounts.get(int(data["assessor"]), "")
    # May be about that person's health: the body and whoever inspects it read it, the candidate does not.
    yield _("Powód"), "", _("zna go instytucja") if cases.own(entry) else str(data.get("reason", ""))


def _outcomes(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    yield _("Efekty"), "", "; ".join(cases.words(entry, str(one)) for one in data.get("outcomes", ()))


def _carried(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    change = data.get("carried")
    if isinstance(change, list) and len(change) == 2:
        before, after = ("; ".join(cases.words(entry, str(one)) for one in end) for end in change)
        yield _("Potwierdzone wcześniej"), before, after or "-"


JUDGING: dict[str, Callable[[HistoryEntry, Data, "Cases"], Iterable[Row]]] = {
    "validation.method-on-paper": _paper,
    "validation.paper-void": _withdrawn,
    "validation.agreement-proposed": _codes,
    "validation.agreement-answered": _codes,
    "validation.agreement-fell": _codes,
    "validation.member-replaced": _replaced,
    "validation.sheet-voided": _voided,
    "validation.outcomes-suspended": _outcomes,
    "validation.carried-changed": _carried,
    "validation.outcomes-restored": _outcomes,
}
