"""The office's, the tests' and the documents' steps of a validation in words; see `validation.py` for the case itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from dorobek.kernel.models import HistoryEntry
from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import FeeState, HandedHow, HandedWhat, PaperKind
from dorobek.web import typography

if TYPE_CHECKING:
    from dorobek.web.history_words.validation import Cases

Row = tuple[str, str, str]  # label, before, after
Data = Mapping[str, Any]


def _ends(value: Any) -> tuple[Any, Any]:
    """[before, after] of a change; a plain value is what was written."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (None, value)


def _when(value: Any) -> str:
    """A stored day or moment as people write it; other text as it is."""
    text = str(value or "")
    moment = parse_datetime(text) if "T" in text else None
    if moment is not None:
        local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        return f"{typography.short_day(local)}, {typography.clock(local)}"
    day = parse_date(text) if len(text) == 10 else None
    return str(typography.short_day(day)) if day else text


def _labelled(choices: Any, value: Any) -> str:
    return str(dict(choices.choices).get(value, value or ""))


def _criteria(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    if data.get("method"):
        yield _("Metoda"), "", _labelled(ValidationMethod, data["method"])
    codes = data.get("criteria") or [data.get("criterion", "")]
    yield _("Kryteria"), "", "; ".join(cases.words(entry, str(one)) for one in codes)


def _answered(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Zgoda"), "", _("tak") if data.get("granted") else _("nie")
    if data.get("extra_percent"):
        yield _("Czas dłuższy o"), "", f"{data['extra_percent']}%"
    yield _("Powód"), "", str(data.get("reason", ""))


def _fee(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    for name, label in (("state", _("Opłata")), ("grosze", _("Kwota")), ("settled_on", _("Dzień")),
                        ("document", _("Dokument")), ("reason", _("Powód"))):  # fmt: skip
        if name in data:
            before, after = (_fee_word(name, end) for end in _ends(data[name]))
            yield label, before, after


def _fee_word(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "state":
        return _labelled(FeeState, value)
    return str(typography.money(int(value))) if name == "grosze" else _when(value)


def _handed(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Co przekazano"), "", _labelled(HandedWhat, data.get("what"))
    yield _("Jak"), "", _labelled(HandedHow, data.get("how"))
    yield _("Dzień"), "", _when(data.get("handed_on"))


def _moved(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    for name, label in (("begins_on", _("Początek")), ("ends_on", _("Koniec")), ("place", _("Miejsce"))):
        if name in data:
            before, after = _ends(data[name])
            yield label, _when(before), _when(after)
    yield _("Powód"), "", str(data.get("reason", ""))


def _sitting(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Kiedy"), "", _when(data.get("begins"))


def _chosen(_entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    yield _("Komisja"), "", ", ".join(cases.members.get(str(data.get("commission", "")), ()))


def _counted(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Ile"), "", str(data.get("count", ""))


def _place(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Miejsce"), "", str(data.get("place", ""))


def _let(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Otwarty"), "", f"{_when(data.get('opens_at'))} - {_when(data.get('closes_at'))}"
    yield _("Minuty"), "", str(data.get("minutes", ""))
    if data.get("extra_percent"):
        yield _("Czas dłuższy o"), "", f"{data['extra_percent']}%"


def _started(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Czas do"), "", _when(data.get("ends_at"))


def _why(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Powód"), "", str(data.get("why", ""))


def _question(_entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    if data.get("marker"):
        yield _("Kto"), "", cases.accounts.get(int(data["marker"]), "")
    if "place" in data:
        yield _("Pytanie albo część numer"), "", str(data["place"])


def _document(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Dokument"), "", _labelled(PaperKind, data.get("document"))
    yield _("Suma kontrolna"), "", str(data.get("content_sha256", ""))


def _revoked(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Numer certyfikatu"), "", str(data.get("number", ""))
    yield _("Powód"), "", str(_ends(data.get("revocation_reason"))[1] or "")


def _awarded(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    scope = str(data.get("scope", ""))
    yield _("Czego dotyczy"), "", cases.words(entry, scope) if scope else _("cała kwalifikacja")


def _archived(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Razem z plikami dowodów"), "", _("tak") if data.get("evidence") else _("nie")
    yield _("Suma kontrolna"), "", str(data.get("manifest_sha256", ""))


STEPS: dict[str, Callable[[HistoryEntry, Data, "Cases"], Iterable[Row]]] = {
    "validation.moved": _moved,
    "validation.sitting-set": _sitting,
    "validation.commission-chosen": _chosen,
    "validation.fee-noted": _fee,
    "validation.adjustment-answered": _answered,
    "validation.handed-over": _handed,
    "validation.evidence-checked": _criteria,
    "validation.noted": _criteria,
    "validation.talked": _criteria,
    "validation.observation-begun": _place,
    "validation.time-marked": _counted,
    "validation.test-let": _let,
    "validation.test-started": _started,
    "validation.test-cancelled": _why,
    "validation.test-marker": _question,
    "validation.test-marked": _question,
    "validation.test-marks-closed": _question,
    "validation.test-agreement": _question,
    "validation.test-agreed": _question,
    "validation.document-frozen": _document,
    "validation.certificate-revoked": _revoked,
    "validation.credential-awarded": _awarded,
    "validation.archive-taken": _archived,
}
