"""Rules of validation in words, and the page on which an editor corrects them as data (RG-5, VA-2)."""

import dataclasses
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.register.actions.editing import propose_change
from dorobek.register.entry import Entry
from dorobek.register.entry.differences import differences
from dorobek.register.entry.rules_lines import (
    BadRules,
    method_lines,
    plain_lines,
    read_methods,
    read_plain,
    read_requirements,
    requirement_lines,
)
from dorobek.register.entry.validation import Requirement, ValidationRules
from dorobek.register.enums import ValidationMethod
from dorobek.register.models import Qualification
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText, ManyChoices
from dorobek.web.register.entries import change, find, frame, rules

PER_LINE = gettext_lazy("Po jednym w wierszu. Lata na końcu: „| 5 z 10” to pięć lat w ostatnich dziesięciu.")
FLAGS = (
    ("only_these_methods", gettext_lazy("Innych metod nie wolno używać")),
    ("all_methods_used", gettext_lazy("Trzeba użyć wszystkich metod")),
    ("every_outcome", gettext_lazy("Sprawdza się każdy efekt uczenia się")),
    ("each_criterion_met", gettext_lazy("Każde kryterium spełnia ktoś w komisji")),
    ("not_own_trainees", gettext_lazy("Nikt nie ocenia osoby, która była na jego szkoleniu")),
    ("extra_may_be_candidate", gettext_lazy("W symulacji klienta może grać inny kandydat")),
    ("adviser_needed", gettext_lazy("Kandydat ma wsparcie doradcy")),
    ("appeal_each_stage", gettext_lazy("Odwołać się można na każdym etapie")),
)
REQUIREMENTS, PLAIN = ("member_criteria", "adviser", "body"), ("members_all", "provided", "other")


class RulesForm(DorobekForm):
    """The rules of one entry: methods and requirements line by line, the rest as boxes."""

    methods = LongText(
        label=gettext_lazy("Metody"),
        help_text=gettext_lazy(
            "Po jednej w wierszu. Po dwukropku efekty albo zestawy, które tylko ta metoda może sprawdzać, na przykład "
            "„test wiedzy: 1.1, 2”, albo „rozmowa: wszystkie zestawy”. Własną metodę proszę zacząć od „inna”."
        ),
        required=False,
    )
    flags = ManyChoices(label=gettext_lazy("Co wynika z opisu"), choices=FLAGS, required=False)
    members_min = forms.IntegerField(
        label=gettext_lazy("Najmniej osób w komisji"), min_value=1, max_value=20, required=False
    )
    member_level = forms.IntegerField(
        label=gettext_lazy("Poziom PRK każdej osoby w komisji"), min_value=1, max_value=8, required=False
    )
    member_criteria = LongText(
        label=gettext_lazy("Kryteria, z których każda osoba w komisji spełnia choć jedno"), help_text=PER_LINE,
        required=False,
    )  # fmt: skip
    members_all = LongText(label=gettext_lazy("Co dotyczy wszystkich w komisji"), rows=2, required=False)
    adviser = LongText(label=gettext_lazy("Co musi mieć doradca walidacyjny"), help_text=PER_LINE, required=False)
    body = LongText(label=gettext_lazy("Co musi mieć instytucja"), help_text=PER_LINE, rows=2, required=False)
    provided = LongText(label=gettext_lazy("Co instytucja zapewnia"), required=False)
    other = LongText(label=gettext_lazy("Zdania, których pilnuje człowiek"), required=False)
    reason = LongText(label=gettext_lazy("Dlaczego ta zmiana?"), rows=2, max_length=1000)


def initial_of(held: ValidationRules) -> dict[str, Any]:
    """What the form starts from."""
    return {
        "methods": method_lines(held.methods),
        "flags": [name for name, _label in FLAGS if getattr(held, name)],
        "members_min": held.members_min,
        "member_level": held.member_level,
        **{name: requirement_lines(getattr(held, name)) for name in REQUIREMENTS},
        **{name: plain_lines(getattr(held, name)) for name in PLAIN},
    }


def rules_typed(form: forms.Form, entry: Entry) -> ValidationRules:
    """The rules as typed. Raises RuleBroken beside the field whose line cannot be taken."""
    given = form.cleaned_data
    held = entry.rules or ValidationRules()
    values: dict[str, Any] = {
        "methods": _taken("methods", lambda: read_methods(given["methods"], entry.sets, held.methods)),
        "members_min": given["members_min"],
        "member_level": given["member_level"],
        **{name: name in given["flags"] for name, _label in FLAGS},
        **{name: read_plain(given[name]) for name in PLAIN},
    }
    for name in REQUIREMENTS:
        values[name] = _taken(name, partial(read_requirements, given[name]))
    return ValidationRules(**values)


def _taken(field: str, read: Any) -> Any:
    problems = {
        "no-method": _("wiersz %(line)d: nie znamy metody „%(about)s”"),
        "no-outcome": _("wiersz %(line)d: wpis nie ma efektu ani zestawu „%(about)s”"),
        "years": _("wiersz %(line)d: lata proszę zapisać jak „| 5 z 10” albo „| 3”, a jest „%(about)s”"),
    }
    try:
        return read()
    except BadRules as fault:
        words = problems[fault.problem] % {"line": fault.line, "about": fault.about}
        raise RuleBroken(words, field) from fault


@staff(Role.REGISTER_EDITOR)
def correct(request: CaseRequest, code: str) -> HttpResponse:
    """Correct the rules of an entry; another editor accepts the change."""
    qualification = find(code)
    held = qualification.entry
    form = form_for(request, RulesForm, initial=initial_of(held.rules or ValidationRules()))
    preview: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        typed = attempt(form, lambda: rules_typed(form, held))
        entry = dataclasses.replace(held, rules=typed)
        if typed is not None and "propose" in request.POST:
            if answer := proposed(request, form, entry, qualification):
                return answer
        elif typed is not None:
            pairs = differences(held.as_data(), entry.as_data())
            preview = [change(path, pair) for path, pair in pairs.items()]
    context = {
        **frame(request, qualification, "rules"), "form": form, "preview": preview, "looked": request.method == "POST",
        "words": held.text("validation"),
    }  # fmt: skip
    return render(request, "register/rules.html", context, status=422 if form.errors else 200)


def proposed(
    request: CaseRequest, form: forms.Form, entry: Entry, qualification: Qualification | None
) -> HttpResponse | None:
    """The change waits for a second person: where to read it. None: it was refused, and the form says why."""
    reason = form.cleaned_data["reason"]
    made = attempt(
        form,
        lambda: propose_change(entry=entry, reason=reason, qualification=qualification, acting_user=request.acting),
    )
    if not made:
        return None
    finish(request)
    messages.success(request, _("Zmiana czeka na drugą osobę. Rejestr jeszcze się nie zmienił."))
    return redirect("register-change", made.uid)


def rules_read(held: ValidationRules | None) -> dict[str, list[str]] | None:
    """What was read of the text: methods, the rules in sentences, and sentences that no rule was read from."""
    if held is None:
        return None
    named = dict(ValidationMethod.choices)
    return {
        "methods": [f"{named[one.code]} ({one.text})" if one.code == "other" else str(named[one.code])
                    for one in held.methods],
        "said": rules(Entry(code="-", rules=held)) + details(held),
        "other": list(held.other),
    }  # fmt: skip


def details(held: ValidationRules) -> list[str]:
    """What the public page of an entry does not need: people's requirements, equipment."""
    said = []
    if held.member_level:
        said.append(_("Każda osoba w komisji ma kwalifikację pełną na poziomie %d PRK.") % held.member_level)
    for label, found in (
        (_("Każda osoba w komisji spełnia co najmniej jedno z kryteriów:"), held.member_criteria),
        (_("Doradca walidacyjny musi mieć:"), held.adviser),
        (_("Instytucja musi mieć:"), held.body),
    ):
        if found:
            said.append(f"{label} {'; '.join(_requirement(one) for one in found)}")
    if held.members_all:
        said.append(f"{_('Wszystkie osoby w komisji:')} {'; '.join(held.members_all)}")
    if held.provided:
        said.append(f"{_('Instytucja zapewnia:')} {'; '.join(held.provided)}")
    return said


def _requirement(one: Requirement) -> str:
    if one.years is None:
        return one.text
    if one.within_years is None:
        return _("%(text)s (lata: %(years)d)") % {"text": one.text, "years": one.years}
    values = {"text": one.text, "years": one.years, "within": one.within_years}
    return _("%(text)s (lata: %(years)d z ostatnich %(within)d)") % values
