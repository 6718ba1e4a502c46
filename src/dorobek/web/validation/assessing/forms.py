"""The forms of a sheet: one outcome with its criteria, and notes by criterion."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.portfolio.enums import Mark as Answer
from dorobek.portfolio.models import Evidence
from dorobek.register.enums import ValidationMethod
from dorobek.validation.actions.sheets import QUESTIONS, Filled
from dorobek.validation.enums import VerdictChoice
from dorobek.validation.grounds import refused_by_test
from dorobek.validation.models import Assessment
from dorobek.validation.pointing import Pointer, Shown, chosen, missing
from dorobek.validation.queries.assessing import OutcomePart
from dorobek.validation.rules import QualificationRules, Verdict
from dorobek.validation.rules.crediting import answers
from dorobek.web.forms import DorobekForm, LongText, dress
from dorobek.web.validation.assessing.looks import key_of

LABELS = {
    "validity": gettext_lazy("Na temat"),
    "currency": gettext_lazy("Aktualne"),
    "sufficiency": gettext_lazy("Wystarczają"),
    "authenticity": gettext_lazy("Prawdziwe"),
}
NAMES = dict(ValidationMethod.choices)


class SeenForm(DorobekForm):
    """A form that remembers what was stored when it was drawn (`seen`), for what one person writes on two devices."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def overtaken(self, stored: Mapping[str, Any]) -> bool:
        """Whether something else was stored since, that sending this form would undo: said once, then up to the person.

        Both stand on the page: what is stored as a message, what was typed here in its boxes.
        """
        now = seen_mark(stored)
        then = self.data.get("seen", "")
        if not then or then == now:
            return False
        given = {name: self.cleaned_data.get(name, value) for name, value in stored.items()}
        differing = [name for name, value in stored.items() if value and value != given[name] and self._said(name)]
        if not differing:
            return False
        said = "; ".join(f"{self.fields[name].label}: {self._word(name, stored[name])}" for name in differing)
        text = _("Zapisano tu w międzyczasie co innego, na przykład na drugim urządzeniu: %s. "
                 "Niżej jest to, co wpisano tutaj. Ponowne zapisanie zostawi to, co niżej.")  # fmt: skip
        self.add_error(None, text % said)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = now
        self.data = data
        return True

    def _said(self, name: str) -> bool:
        """Whether sending the form says anything of this field; a pointer left to the system does not."""
        return not name.startswith("p_") or bool(self.cleaned_data.get(name))

    def _word(self, name: str, value: Any) -> str:
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))


def seen_mark(stored: Mapping[str, Any]) -> str:
    """A short mark of stored values; equal values, equal mark."""
    text = "\x00".join(f"{name}={stored[name]}" for name in sorted(stored) if stored[name])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class SheetForm(SeenForm):
    """One outcome: for each criterion the mark, its reason, method, evidence, and the checklist on the evidence."""

    def __init__(
        self, *args: Any, sheet: Assessment, outcome: OutcomePart, evidence: Mapping[str, Sequence[Evidence]],
        rules: QualificationRules, machine: Mapping[int, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.outcome, self.sheet, self.machine = outcome, sheet, machine or {}
        self.evidence = evidence
        self.pieces = {str(one.uid): one for listed in evidence.values() for one in listed}
        self.methods = _methods(rules, outcome)
        self.stored = stored(sheet, outcome)
        self.shown = Shown.to(sheet, [code for code, _text in outcome.criteria])
        found = by_machine(outcome, evidence, self.stored)
        start = {"seen": seen_mark(self.stored), **found, **self.stored, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=start, **kwargs)
        for code, text in outcome.criteria:
            self._add(code, text)
        for field in self.fields.values():
            dress(field)

    def _add(self, code: str, text: str) -> None:
        key = key_of(code)
        self.fields[f"v_{key}"] = forms.ChoiceField(
            label=f"{code} {text}", choices=VerdictChoice.choices, widget=forms.RadioSelect, required=False
        )
        self.fields[f"r_{key}"] = LongText(
            label=_("Uzasadnienie: co było widać (%s)") % code, rows=2, max_length=4000, required=False
        )
        self.fields[f"m_{key}"] = forms.ChoiceField(label=_("Metoda (%s)") % code, choices=self.methods, required=False)
        self.fields[f"p_{key}"] = forms.ChoiceField(
            label=_("Na co wskazuję (%s)") % code,
            choices=pointer_groups(self.shown.choices.get(code, ())),
            required=False,
        )
        if not self.evidence.get(code):
            return
        for name, label in LABELS.items():
            self.fields[f"{name}_{key}"] = forms.ChoiceField(
                label=f"{label} ({code})", choices=[("", "-"), *Answer.choices], required=False
            )
        self.fields[f"n_{key}"] = LongText(
            label=_("Uwaga do dowodów (%s)") % code, rows=1, max_length=1000, required=False
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code, _text in self.outcome.criteria:
            key = key_of(code)
            verdict, reason = given.get(f"v_{key}"), given.get(f"r_{key}", "").strip()
            if not verdict and reason:
                self.add_error(f"v_{key}", _("Jest uzasadnienie, a nie ma oceny. Proszę zaznaczyć jedną z trzech."))
            if verdict and not reason:
                self.add_error(f"r_{key}", _("Proszę napisać, co było widać. Bez tego nie da się uzasadnić decyzji."))
            if verdict and not given.get(f"m_{key}"):
                self.add_error(f"m_{key}", _("Proszę wybrać metodę, z której wynika ta ocena."))
            elif verdict == Verdict.MET and (why := self._unfounded(code, given)):
                self.add_error(f"p_{key}", why)
        return given

    def _unfounded(self, code: str, given: Mapping[str, Any]) -> str:
        """Why "met" cannot rest on what is chosen; "" when it can."""
        key = key_of(code)
        method = given[f"m_{key}"]
        if why := refused_by_test(code, method, self.shown.not_passed):
            return why
        if chosen(self.shown.choices, code, method, given.get(f"p_{key}", "")) is None:
            other = given.get(f"p_{key}") and chosen(self.shown.choices, code, method, "") is not None
            return _("To nie pasuje do wybranej metody. Proszę wskazać coś z niej.") if other else missing(method)
        return ""

    def parts(self) -> Iterator[dict[str, Any]]:
        """What the template shows of each criterion."""
        for code, text in self.outcome.criteria:
            key = key_of(code)
            checks = [
                (self[f"{name}_{key}"], label) for name, label in LABELS.items() if f"{name}_{key}" in self.fields
            ]
            yield {
                "code": code, "key": key, "text": text, "verdict": self[f"v_{key}"], "reason": self[f"r_{key}"],
                "method": self[f"m_{key}"], "piece": self[f"p_{key}"], "checks": checks,
                "note": self[f"n_{key}"] if checks else None, "evidence": self.evidence.get(code, ()),
                "machine": [self.machine[one.pk] for one in self.evidence.get(code, ()) if one.pk in self.machine],
            }  # fmt: skip

    def _piece(self, pointer: str) -> Evidence | None:
        kind, _colon, uid = pointer.partition(":")
        return self.pieces.get(uid) if kind == "evidence" else None

    def rows(self) -> list[Filled]:
        """As the action takes it. Call when valid."""
        given, found = self.cleaned_data, []
        for code, _text in self.outcome.criteria:
            key = key_of(code)
            verdict = given.get(f"v_{key}")
            found.append(
                Filled(
                    code, Verdict(verdict) if verdict else None, given.get(f"r_{key}", ""), given.get(f"m_{key}", ""),
                    self._piece(given.get(f"p_{key}", "")),
                    {name: given.get(f"{name}_{key}", "") for name in QUESTIONS}, given.get(f"n_{key}", ""),
                    given.get(f"p_{key}", ""),
                )
            )  # fmt: skip
        return found


def pointer_groups(found: Sequence[Pointer]) -> list[Any]:
    """Choices of what a mark may point to, by method; the first lets the system take what lies nearest."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        groups.setdefault(str(NAMES.get(one.method, one.method)), []).append((one.value, one.label))
    return [("", _("najbliższe")), *groups.items()]


def _methods(rules: QualificationRules, outcome: OutcomePart) -> list[tuple[str, str]]:
    """Methods of the entry that may verify this outcome; every known one where the entry does not limit them."""
    stated = [one.code for one in rules.methods if one.may_verify(outcome.code)]
    more = [] if rules.only_these_methods else [code for code in NAMES if code not in stated]
    return [("", _("wybierz")), *((code, str(NAMES.get(code, code))) for code in [*stated, *more])]


def by_machine(
    outcome: OutcomePart, evidence: Mapping[str, Sequence[Evidence]], stored: Mapping[str, Any]
) -> dict[str, str]:
    """Answers of the checklist that the machine gives, by names of fields, where the assessor has given none."""
    found: dict[str, str] = {}
    for code, _text in outcome.criteria:
        key, pieces = key_of(code), [getattr(one, "credential_piece", None) for one in evidence.get(code, ())]
        for name, answer in answers([one.told if one is not None else None for one in pieces]).items():
            if not any(stored.get(f"{each}_{key}") for each in LABELS):
                found[f"{name}_{key}"] = answer
    return found


def stored(sheet: Assessment, outcome: OutcomePart) -> dict[str, Any]:
    """What the sheet holds of one outcome, by names of fields. Two statements."""
    codes = [code for code, _text in outcome.criteria]
    found: dict[str, Any] = {}
    for mark in sheet.marks.filter(criterion__in=codes).select_related("evidence"):
        key = key_of(mark.criterion)
        found |= {f"v_{key}": mark.verdict, f"r_{key}": mark.reason, f"m_{key}": mark.method}
        found[f"p_{key}"] = mark.pointer
    for check in sheet.checks.filter(criterion__in=codes):
        key = key_of(check.criterion)
        found |= {f"{name}_{key}": getattr(check, name) for name in LABELS} | {f"n_{key}": check.note}
    return found


class NotesForm(SeenForm):
    """A box for each criterion; `names`: (code, label)."""

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]], rows: int = 2, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _label in names]
        for code, label in names:
            field = LongText(label=label, rows=rows, max_length=4000, required=False)
            field.widget.attrs["class"] = "in"
            self.fields[f"t_{key_of(code)}"] = field

    @property
    def notes(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"t_{key_of(code)}", "") for code in self.codes}

    def box(self, code: str) -> forms.BoundField:
        return self[f"t_{key_of(code)}"]


def notes_of(sheet: Assessment, method: str) -> dict[str, str]:
    """Notes of one method by names of fields. One statement."""
    held = sheet.notes.filter(method=method).values_list("criterion", "text")
    return {f"t_{key_of(code)}": text for code, text in held}
