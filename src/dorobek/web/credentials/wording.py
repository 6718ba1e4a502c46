"""What a check found, in words for somebody who has never heard of signatures (MC-4)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.credentials.enums import CredentialState
from dorobek.credentials.verification import Verified
from dorobek.vc.presenting import HOLDER
from dorobek.vc.report import FORM, ISSUER, SCHEMA, SIGNATURE, STATUS, TIME, Check

OK, BAD, WAIT = "ok", "bad", "wait"
ICONS = {"passed": "ok", "failed": "no", "unknown": "late"}


@dataclass(frozen=True)
class Verdict:
    """The answer in one sentence, its colour, and what follows from it."""

    tone: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Line:
    """One check: its icon, what was asked and answered, and more; `faults` name the exact fields."""

    icon: str
    outcome: str
    title: str
    text: str
    faults: tuple[str, ...] = ()


def verdict(found: Verified) -> Verdict:
    """The answer of the whole page."""
    if found.kind is None:
        return Verdict(BAD, _("To nie jest poświadczenie, które umiemy odczytać"), _(
            "Przyjmujemy plik JSON, token, obrazek odznaki PNG albo SVG oraz adres, pod którym leży poświadczenie."
        ))  # fmt: skip
    codes = {fault.code for fault in found.report.faults}
    if found.report.decided == "valid":
        return Verdict(OK, _("Tak, to poświadczenie jest ważne"))
    if found.report.decided == "not valid":
        return _invalid(found, codes)
    return Verdict(WAIT, _("Nie wszystko dało się sprawdzić"), _(
        "Nic nie wskazuje na fałszerstwo, ale pewności nie ma. Niżej jest napisane, czego zabrakło."
    ))  # fmt: skip


def _invalid(found: Verified, codes: set[str]) -> Verdict:
    if found.report.outcome(SIGNATURE) == "failed" or "context-changed" in codes:
        return Verdict(BAD, _("Nie, treść tego dokumentu się nie zgadza"), _(
            "Podpis nie pasuje do treści: ktoś ją zmienił albo podpisał nie ten, kto tu występuje jako wystawca."
        ))  # fmt: skip
    if found.own and found.own.state is CredentialState.REPLACED:
        return Verdict(BAD, _("Nie, to poświadczenie zastąpiono nowym"), found.own.reason)
    if "revoked" in codes or (found.own and found.own.state is CredentialState.REVOKED):
        return Verdict(BAD, _("Nie, wystawca cofnął to poświadczenie"), found.own.reason if found.own else "")
    if "suspended" in codes:
        return Verdict(BAD, _("Nie, wystawca zawiesił to poświadczenie"), found.own.reason if found.own else "")
    if "expired" in codes:
        return Verdict(BAD, _("Nie, minął termin ważności"), _("Treść i podpis mogą być w porządku, ale nie na dziś."))
    if "not-yet-valid" in codes:
        return Verdict(BAD, _("Jeszcze nie, zacznie być ważne później"))
    return Verdict(BAD, _("Nie, to poświadczenie nie jest ważne"))


def lines(found: Verified) -> list[Line]:
    """Every check made, in the order of the report; several of one name stand one after another."""
    return [_line(check, found) for check in found.report.checks]


def _line(check: Check, found: Verified) -> Line:
    title, text = _TEXTS[check.name](check.outcome, check.detail, found)
    faults = tuple(f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in check.faults[:8])
    return Line(ICONS[check.outcome], check.outcome, title, text, faults)


def _form(outcome: str, _detail: str, _found: Verified) -> tuple[str, str]:
    if outcome == "passed":
        return _("Dokument da się odczytać w jeden sposób"), _(
            "Każde słowo ma znaczenie, nic nie jest ukryte ani podwójne."
        )
    return _("Dokumentu nie da się odczytać jednoznacznie"), _(
        "Coś jest w nim nieznane, podwójne albo zapisane inaczej, niż każe norma."
    )


def _schema(outcome: str, _detail: str, _found: Verified) -> tuple[str, str]:
    if outcome == "passed":
        return _("Ma wszystkie części, których wymaga norma"), _("Open Badges 3.0 i W3C Verifiable Credentials 2.0.")
    return _("Brakuje części, których wymaga norma"), _("Dokument nie jest zbudowany tak, jak poświadczenia.")


def _signature(outcome: str, detail: str, _found: Verified) -> tuple[str, str]:
    if outcome == "passed":
        return _("Treść nie była zmieniana"), _(
            "Podpis elektroniczny zgadza się z każdym słowem dokumentu (%s)."
        ) % detail
    if outcome == "failed":
        return _("Podpis nie zgadza się z treścią"), _("Ktoś zmienił dokument po podpisaniu albo podpis jest cudzy.")
    return _("Podpisu nie dało się sprawdzić"), _("Nie znamy tego rodzaju podpisu albo nie ma do niego klucza.")


def _issuer(outcome: str, _detail: str, found: Verified) -> tuple[str, str]:
    name = found.words.issuer or _("wystawca")
    if outcome == "passed":
        return _("Podpisał: %s") % name, _("Klucz należy do wystawcy i jest przez niego ogłoszony.")
    if outcome == "failed":
        return _("Klucz nie należy do wystawcy"), _("Podpis zrobiono kluczem, do którego wystawca się nie przyznaje.")
    return _("Wystawcy nie dało się sprawdzić"), _(
        "Jego strona z kluczami nie odpowiada albo jest pod adresem, pod który nie zaglądamy."
    )


def _time(outcome: str, _detail: str, found: Verified) -> tuple[str, str]:
    if outcome == "passed":
        if found.words.valid_until is None:
            return _("Nie minął termin"), _("Poświadczenie jest bezterminowe.")
        return _("Nie minął termin"), _("Poświadczenie jest ważne dziś.")
    if outcome == "failed":
        return _("Termin się nie zgadza"), _(
            "Dziś poświadczenie jest po terminie albo jeszcze przed początkiem ważności."
        )
    return _("Terminu nie dało się odczytać"), ""


def _status(outcome: str, detail: str, _found: Verified) -> tuple[str, str]:
    if outcome == "passed":
        if detail == "none":
            return _("Wystawca nie prowadzi listy cofniętych"), _("Takiego poświadczenia nie da się cofnąć.")
        return _("Nie zostało cofnięte ani zawieszone"), _("Według listy wystawcy z tej chwili.")
    if outcome == "failed":
        return _("Zostało cofnięte albo zawieszone"), _("Tak mówi lista, którą prowadzi wystawca.")
    return _("Nie wiadomo, czy nie zostało cofnięte"), _("Listy wystawcy nie dało się odczytać.")


def _holder(outcome: str, _detail: str, _found: Verified) -> tuple[str, str]:
    if outcome == "passed":
        return _("Pokazuje je ten, kto je podpisał jako posiadacz"), ""
    if outcome == "failed":
        return _("Pokazuje je ktoś inny niż posiadacz"), _(
            "Podpis pod całością zrobił kto inny, niż jest w niej napisane."
        )
    return _("Nie wiadomo, czy pokazuje je posiadacz"), _("Nie ma klucza, którym dałoby się to potwierdzić.")


_TEXTS = {
    FORM: _form,
    SCHEMA: _schema,
    SIGNATURE: _signature,
    ISSUER: _issuer,
    TIME: _time,
    STATUS: _status,
    HOLDER: _holder,
}
