"""A validation told from its history alone: what each entry says about criteria, people and reasons, in words.

Payloads hold codes and keys. Their words are read here: criteria from the version of the entry that the case is judged
by, pieces of evidence as far as the reader may see them, people by name.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dorobek.credentials.enums import Standing
from dorobek.kernel.models import HistoryEntry
from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence
from dorobek.register.enums import ValidationMethod
from dorobek.validation import crediting
from dorobek.validation.enums import AdjustmentKind, AppealState, ApplicationState, CheckMoment, VerdictChoice
from dorobek.validation.models import Application, Certificate, CommissionMember, MappedEvidence, ObservationScenario
from dorobek.validation.rule_words import methods_told, rules_told
from dorobek.validation.rules import Source
from dorobek.web.history_words.validation_judging import JUDGING
from dorobek.web.history_words.validation_steps import STEPS

PREFIX = "validation."
LONGEST = 120  # letters of a criterion's wording that stand in a label
Row = tuple[str, str, str]  # label, before, after


@dataclass
class Cases:
    """What the entries refer to, read once for all of them: eight statements at most."""

    applications: dict[str, Application] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)  # application -> code of criterion, outcome -> words
    evidence: dict[str, str] = field(default_factory=dict)
    accounts: dict[int, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)  # commission -> names
    results: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)  # application -> its protocols
    scenes: dict[str, tuple[str, int]] = field(default_factory=dict)  # scenario of an observation -> title, minutes
    reader: int | None = None  # key of the account that reads
    numbers: dict[int, str] = field(default_factory=dict)  # application -> number of its certificate

    @classmethod
    def of(cls, entries: Iterable[HistoryEntry], reader: Account) -> "Cases":
        """Read what the validation's entries among these refer to; nothing when there are none."""
        told = [one for one in entries if one.kind.startswith(PREFIX)]
        cases = cls(reader=reader.pk)
        subjects = {one.subject for one in told if one.subject is not None}
        if not subjects:
            return cases
        found = Application.objects.visible_to(reader).filter(uid__in=subjects)
        for one in found.select_related("person", "opening__institution", "opening__entry_version"):
            cases.applications[str(one.uid)] = one
            cases.texts[str(one.uid)] = _texts(one)
        if cases.applications:
            cases._names(told, reader)
        return cases

    def _names(self, told: Sequence[HistoryEntry], reader: Account) -> None:
        payloads = [_data(one) for one in told]
        for entry, data in zip(told, payloads, strict=True):
            if entry.kind == "validation.protocol":
                self.results.setdefault(str(entry.subject), []).append((entry.seq, data))
        keys = [one.pk for one in self.applications.values()]
        mapped = {uid for one in payloads for listed in _mapping(one.get("mapped")).values() for uid in listed}
        mapped |= {str(one["evidence"]) for one in payloads if one.get("standing") and one.get("evidence")}
        if mapped:
            self.evidence = self._pieces(mapped, keys, reader)
        people = {
            int(sheet["assessor"]) for one in payloads for sheet in one.get("sheets", ()) if sheet.get("assessor")
        }
        people |= {int(one["assessor"]) for one in payloads if one.get("assessor")}
        people |= {int(one["marker"]) for one in payloads if one.get("marker")}
        people |= {int(author) for one in payloads for _code, author, _words in one.get("talk", ()) if author}
        scenes = {str(one["scenario"]) for one in payloads if _is_uid(one.get("scenario"))}
        if scenes:
            found = ObservationScenario.objects.filter(uid__in=scenes).values_list("uid", "title", "minutes")
            self.scenes = {str(uid): (title, minutes) for uid, title, minutes in found}
        if people:
            self.accounts = {one.pk: str(one) for one in Account.objects.filter(pk__in=people)}
        commissions = {str(uid) for one in payloads for uid in _ends(one.get("commission")) if _is_uid(uid)}
        if commissions:
            seats = CommissionMember.objects.filter(commission__uid__in=commissions).order_by("pk")
            for seat in seats.select_related("record__account", "commission"):
                self.members.setdefault(str(seat.commission.uid), []).append(str(seat.record.account))
        self.numbers = dict(Certificate.objects.filter(application__in=keys).values_list("application_id", "number"))

    def _pieces(self, uids: Iterable[str], keys: Sequence[int], reader: Account) -> dict[str, str]:
        """Titles: to their owner all, to others those that stand in the application now."""
        found = Evidence.objects.filter(uid__in=[one for one in uids if _is_uid(one)])
        own = all(one.person.account_id == reader.pk for one in self.applications.values())
        if not own:
            found = found.filter(pk__in=MappedEvidence.objects.filter(application__in=keys).values("evidence"))
        return {str(one.uid): one.title for one in found}

    def own(self, entry: HistoryEntry) -> bool:
        """Whether the reader is the candidate of the case; so too where the case is not known."""
        held = self.applications.get(str(entry.subject))
        return held is None or held.person.account_id == self.reader

    def words(self, entry: HistoryEntry, code: str) -> str:
        """A criterion or outcome: its code with its wording."""
        text = self.texts.get(str(entry.subject), {}).get(code, "")
        short = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
        return f"{code} {short}".strip()


def rows(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> list[Row] | None:
    """What the entry says, as (label, before, after); None for a kind that is told like any other."""
    teller = TELLERS.get(entry.kind)
    return list(teller(entry, data, cases)) if teller is not None else None


def _begun(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    held = cases.applications.get(str(entry.subject))
    if held is not None:
        yield _("Instytucja"), "", held.opening.institution.name
        yield _("Kwalifikacja"), "", held.opening.entry_version.entry.title_pl
        yield from _rules(held)
    if data.get("carried"):
        yield _("Potwierdzone wcześniej"), "", "; ".join(cases.words(entry, one) for one in data["carried"])


def _rules(held: Application) -> Iterator[Row]:
    """By what it will be judged: the entry's methods and rules, with those of the body, as on the page of the date."""
    rules = held.opening.rules
    yield _("Metody"), "", ", ".join(one.name for one in methods_told(rules))
    labels = {Source.ENTRY: _("Zasady wpisu"), Source.BODY: _("Zasady instytucji"), Source.ALWAYS: _("Zasady zawsze")}
    told = rules_told(rules)
    for source, label in labels.items():
        said = (f"{one.text} {one.more}".strip().rstrip(".") for one in told if one.source is source)
        yield label, "", "".join(f"{one}. " for one in said).strip()


def _mapped(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    for code, listed in _mapping(data.get("mapped")).items():
        titles = [cases.evidence.get(str(one), _("dowód, którego już nie ma w zgłoszeniu")) for one in listed]
        yield cases.words(entry, code), "", "; ".join(titles) or _("bez dowodu")


def _checked(_entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    """Which credential, when in the case, and what came out."""
    gone = _("dowód, którego już nie ma w zgłoszeniu")
    yield _("Poświadczenie"), "", cases.evidence.get(str(data.get("evidence", "")), gone)
    yield _("Kiedy"), "", str(dict(CheckMoment.choices).get(data.get("moment", ""), ""))
    if data.get("standing") in Standing.values:
        yield _("Wynik"), "", crediting.label(data["standing"])


def _adjustments(_entry: HistoryEntry, data: Mapping[str, Any], _cases: Cases) -> Iterator[Row]:
    names = {str(one): str(one.label) for one in AdjustmentKind}
    if "adjustment_kinds" in data:
        before, after = ("; ".join(names.get(one, one) for one in end or ()) for end in _ends(data["adjustment_kinds"]))
        yield _("Czego trzeba"), before, after or _("niczego")
    if "adjustments" in data:
        before, after = _ends(data["adjustments"])
        yield _("Więcej o tym"), str(before or ""), str(after or "")


def _informed(_entry: HistoryEntry, data: Mapping[str, Any], _cases: Cases) -> Iterator[Row]:
    yield _("Co powiedziano"), "", " ".join(map(str, data.get("wording", ())))


def _noted(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    before, after = _ends(data.get("note"))
    yield cases.words(entry, str(data.get("criterion", ""))), str(before or ""), str(after or "") or _("bez uwag")


def _moved(_entry: HistoryEntry, data: Mapping[str, Any], _cases: Cases) -> Iterator[Row]:
    if "state" in data:
        labels = {str(one): str(one.label) for one in ApplicationState}
        before, after = _ends(data["state"])
        yield _("Zgłoszenie"), labels.get(str(before), ""), labels.get(str(after), "")


def _declared(_entry: HistoryEntry, data: Mapping[str, Any], _cases: Cases) -> Iterator[Row]:
    said = {
        "trained": _("Szkolenie, w którym kandydat brał udział"),
        "relative": _("Krewny kandydata"),
        "subordinate": _("Kandydat jest podwładnym"),
    }
    for name, label in said.items():
        if name in data:
            yield label, "", _("tak") if data[name] else _("nie")


def _appointed(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    chosen = str(_ends(data.get("commission"))[1] or "")
    yield _("Komisja"), "", ", ".join(cases.members.get(chosen, ()))
    yield _("Zasady"), "", _("Sprawdzono skład i oświadczenia. Żadna zasada wpisu ani instytucji nie jest złamana.")
    yield from _moved(entry, data, cases)


def _used(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    names = dict(ValidationMethod.choices)
    yield _("Metoda"), "", str(names.get(data.get("method", ""), data.get("method", "")))
    yield _("Kryteria"), "", "; ".join(cases.words(entry, one) for one in data.get("criteria", ()))


def _one_criterion(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    yield _("Kryterium"), "", cases.words(entry, str(data.get("criterion", "")))


def _decided(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    """What it came to in short; the protocol, which comes with it, says the rest."""
    written = cases.results.get(str(entry.subject), ())
    result = next((one for seq, one in sorted(written, key=lambda one: one[0]) if seq > entry.seq), {})
    if result:
        yield _("Całość"), "", str(dict(VerdictChoice.choices).get(result.get("whole", ""), ""))
        left = [code for code, one in result.get("outcomes", {}).items() if one != VerdictChoice.MET]
        yield _("Niepotwierdzone efekty"), "", "; ".join(cases.words(entry, code) for code in left)
    words = _("Użyto metod, których wymaga wpis, a komisja oceniła każde kryterium albo uzgodniła ocenę.")
    yield _("Zasady"), "", words
    yield from _moved(entry, data, cases)


def _protocol(entry: HistoryEntry, data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    """The whole, each outcome, each sheet with its reasons, what was agreed and who stayed of another mind."""
    verdicts = dict(VerdictChoice.choices)
    yield _("Całość"), "", str(verdicts.get(data.get("whole", ""), ""))
    for code, one in data.get("outcomes", {}).items():
        yield cases.words(entry, code), "", str(verdicts.get(one, one))
    for sheet in data.get("sheets", ()):
        name = cases.accounts.get(sheet.get("assessor") or 0, _("konto usunięte"))
        for criterion, one, reason, *_method in sheet.get("marks", ()):
            words = f"{verdicts.get(one, one)}. {reason}".strip(" .")
            yield f"{name}: {cases.words(entry, criterion)}", "", words
    for criterion, author, words in data.get("talk", ()):
        yield _("Rozmowa komisji: %s") % cases.words(entry, criterion), "", f"{cases.accounts.get(author, '')}: {words}"
    for criterion, one, reason, dissent in data.get("agreed", ()):
        words = f"{verdicts.get(one, one)}. {reason}"
        words += f" {_('Odmienne zdanie:')} {dissent}" if dissent else ""
        yield _("Uzgodniono: %s") % cases.words(entry, criterion), "", words


def _certified(entry: HistoryEntry, _data: Mapping[str, Any], cases: Cases) -> Iterator[Row]:
    held = cases.applications.get(str(entry.subject))
    if held is not None:
        yield _("Numer certyfikatu"), "", cases.numbers.get(held.pk, "")


def _answered(_entry: HistoryEntry, data: Mapping[str, Any], _cases: Cases) -> Iterator[Row]:
    labels = {str(one): str(one.label) for one in AppealState}
    yield _("Odwołanie"), "", labels.get(str(_ends(data.get("state"))[1]), "")
    yield _("Uzasadnienie"), "", str(_ends(data.get("answer"))[1] or "")


TELLERS: dict[str, Callable[[HistoryEntry, Mapping[str, Any], Cases], Iterable[Row]]] = {
    "validation.begun": _begun,
    "validation.evidence-mapped": _mapped,
    "validation.credential-checked": _checked,
    "validation.adjustments-asked": _adjustments,
    "validation.informed": _informed,
    "validation.submitted": _moved,
    "validation.note-written": _noted,
    "validation.documented": _moved,
    "validation.withdrawn": _moved,
    "validation.admitted": _moved,
    "validation.declared": _declared,
    "validation.appointed": _appointed,
    "validation.method-used": _used,
    "validation.marked": _one_criterion,
    "validation.sheet-closed": lambda _entry, _data, _cases: (),
    "validation.agreed": _one_criterion,
    "validation.decided": _decided,
    "validation.protocol": _protocol,
    "validation.certified": _certified,
    "validation.appeal-answered": _answered,
    **STEPS,
    **JUDGING,
}


def _texts(application: Application) -> dict[str, str]:
    """Number of set, code of outcome and of criterion -> its wording in the version that the case is judged by."""
    found: dict[str, str] = {}
    for group in application.opening.entry_version.entry.sets:
        found[str(group.number)] = group.pl
        for one in group.outcomes:
            code = f"{group.number}.{one.number}"
            found[code] = one.pl
            found |= {f"{code}.{each.letter}": each.pl for each in one.criteria}
    return found


def _data(entry: HistoryEntry) -> dict[str, Any]:
    payload = getattr(entry, "payload", None)
    return dict(payload.data) if payload is not None else {}


def _mapping(value: Any) -> dict[str, list[str]]:
    return value if isinstance(value, dict) else {}


def _ends(value: Any) -> tuple[Any, Any]:
    """[before, after] of a change; a plain value is what was written."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (None, value)


def _is_uid(value: Any) -> bool:
    try:
        return bool(uuid.UUID(str(value)))
    except ValueError:
        return False
