"""The office's, the tests' and the documents' steps of a validation in words; see `validation.py` for the case itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from dorobek.kernel.models import HistoryEntry
from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import (
    AppealAbout,
    ConditionHow,
    FeeState,
    FeeWaits,
    HandedHow,
    HandedWhat,
    PaperKind,
    RefusalGround,
)
from dorobek.validation.models.knowledge import FinishedHow
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
                        ("document", _("Dokument")), ("reason", _("Powód")), ("asked", _("Prośba")),
                        ("granted", _("Zgoda")), ("answer", _("Odpowiedź")), ("waits", _("Co czeka na opłatę")),
                        ("due_on", _("Zapłata do"))):  # fmt: skip
        if name in data:
            before, after = (_fee_word(name, end) for end in _ends(data[name]))
            yield label, before, after


def _fee_word(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name in ("state", "waits"):
        return _labelled(FeeState if name == "state" else FeeWaits, value)
    if name == "granted":
        return _("tak") if value else _("nie")
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
    yield _("Gdzie"), "", str(data.get("place", ""))


def _chosen(_entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    yield _("Komisja"), "", ", ".join(cases.members.get(str(data.get("commission", "")), ()))


def _counted(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Ile"), "", str(data.get("count", ""))


def _scene(_entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    title, minutes = cases.scenes.get(str(data.get("scenario", "")), ("", 0))
    if title:
        words = _("%(title)s, przewidziany czas w minutach: %(minutes)d")
        yield _("Scenariusz"), "", words % {"title": title, "minutes": minutes}
    yield _("Miejsce"), "", str(data.get("place", ""))
    if "by_candidate" in data:
        yield _("Klienta gra"), "", _("inny kandydat") if data["by_candidate"] else _("statysta")


def _let(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Otwarty"), "", f"{_when(data.get('opens_at'))} - {_when(data.get('closes_at'))}"
    yield _("Minuty"), "", str(data.get("minutes", ""))
    if data.get("extra_percent"):
        yield _("Czas dłuższy o"), "", f"{data['extra_percent']}%"


def _started(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Czas do"), "", _when(data.get("ends_at"))


def _why(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Powód"), "", str(data.get("why", ""))


def _finished(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Jak"), "", _labelled(FinishedHow, data.get("how"))
    yield _("Ile odpowiedzi"), "", str(data.get("answered", ""))
    yield _("Suma kontrolna"), "", str(data.get("digest", ""))


def _marker(_entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    if data.get("marker"):
        yield _("Kto"), "", cases.accounts.get(int(data["marker"]), "")
    which = {1: _("pierwsza"), 2: _("druga"), 3: _("trzecia, bo dwie pierwsze się różniły")}
    yield _("Która osoba"), "", which.get(data.get("place", 0), "")


def _question(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Pytanie"), "", str(data.get("place", ""))


def _document(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Dokument"), "", _labelled(PaperKind, data.get("document"))
    yield _("Suma kontrolna"), "", str(data.get("content_sha256", ""))


def _revoked(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Numer certyfikatu"), "", str(data.get("number", ""))
    yield _("Powód"), "", str(_ends(data.get("revocation_reason"))[1] or "")


def _awarded(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    scope = str(data.get("scope", ""))
    part = _("zestaw %s") % cases.words(entry, scope) if scope.isdigit() else cases.words(entry, scope)
    yield _("Czego dotyczy"), "", part if scope else _("cała kwalifikacja")


def _archived(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Razem z plikami dowodów"), "", _("tak") if data.get("evidence") else _("nie")
    yield _("Suma kontrolna"), "", str(data.get("manifest_sha256", ""))


def _refused(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Podstawa"), "", _labelled(RefusalGround, data.get("ground"))
    yield _("Powód"), "", str(data.get("reason", ""))


def _restored(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Numer certyfikatu"), "", str(data.get("number", ""))


def _letters(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    off = _ends(data.get("letters_off"))[1]
    yield _("Listy o krokach"), "", _("tylko te, które są konieczne") if off else _("wszystkie")


def _condition(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    yield _("Warunek"), "", str(data.get("condition", ""))
    shown = ": ".join(filter(None, (_labelled(ConditionHow, data.get("how")), str(data.get("piece", "")))))
    yield _("Co to pokazuje"), "", shown
    if data.get("words"):
        yield _("Własnymi słowami"), "", str(data["words"])


def appealed(_entry: HistoryEntry, data: Data, _cases: "Cases") -> Iterator[Row]:
    """What was not accepted, and why."""
    if data.get("about"):
        yield _("Z czym się nie zgadza"), "", _labelled(AppealAbout, data["about"])
    yield _("Powód"), "", str(data.get("reason", ""))


def reopened(entry: HistoryEntry, data: Data, cases: "Cases") -> Iterator[Row]:
    """The next round, and what it leaves alone."""
    before, after = _ends(data.get("round"))
    yield _("Ocena numer"), str(before or ""), str(after or "")
    if "carried" in data:
        kept = _ends(data["carried"])[1] or ()
        yield (
            _("Zostaje potwierdzone, bez ponownej oceny"),
            "",
            "; ".join(cases.words(entry, one) for one in kept) or "-",
        )


STEPS: dict[str, Callable[[HistoryEntry, Data, "Cases"], Iterable[Row]]] = {
    "validation.condition-shown": _condition,
    "validation.condition-confirmed": _condition,
    "validation.moved": _moved,
    "validation.sitting-set": _sitting,
    "validation.commission-chosen": _chosen,
    "validation.fee-noted": _fee,
    "validation.fee-due": _fee,
    "validation.fee-asked": _fee,
    "validation.fee-answered": _fee,
    "validation.refused": _refused,
    "validation.certificate-restored": _restored,
    "validation.letters-chosen": _letters,
    "validation.appealed": appealed,
    "validation.reopened": reopened,
    "validation.adjustment-answered": _answered,
    "validation.handed-over": _handed,
    "validation.evidence-checked": _criteria,
    "validation.noted": _criteria,
    "validation.talked": _criteria,
    "validation.observation-begun": _scene,
    "validation.time-marked": _counted,
    "validation.test-let": _let,
    "validation.test-started": _started,
    "validation.test-cancelled": _why,
    "validation.test-finished": _finished,
    "validation.test-marker": _marker,
    "validation.test-marked": _question,
    "validation.test-marks-closed": _marker,
    "validation.test-agreement": _question,
    "validation.test-agreed": _question,
    "validation.document-frozen": _document,
    "validation.certificate-revoked": _revoked,
    "validation.credential-awarded": _awarded,
    "validation.archive-taken": _archived,
}
