"""The register editor's pages: write a change, see what it changes, let another decide (RG-6)."""

import dataclasses
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.register.actions.editing import decide_change
from dorobek.register.entry import TEXTS, Entry
from dorobek.register.entry.differences import differences
from dorobek.register.entry.outline import BadOutline, as_outline, read_outline
from dorobek.register.entry.rules_text import read_rules
from dorobek.register.enums import Category, ChangeState, QualificationKind, Status
from dorobek.register.models import EntryChange, Qualification
from dorobek.register.perms import may_decide_change
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText, YesNo, dress
from dorobek.web.register.entries import change as told
from dorobek.web.register.entries import find, titles
from dorobek.web.register.hints import from_suggestion, hints_for
from dorobek.web.register.rules import proposed, rules_read

PLAIN = ("title_pl", "title_en", "kind", "category", "level", "status", "hours", "next_review", "effective_from")
NOT_SAID = ("", gettext_lazy("wpis nie podaje"))


class EntryForm(DorobekForm):
    """One entry: its columns, running texts, and the outcomes as an outline."""

    code = ShortText(label=gettext_lazy("Kod wpisu"), max_length=20)
    title_pl = ShortText(label=gettext_lazy("Nazwa"), max_length=500)
    title_en = ShortText(label=gettext_lazy("Nazwa po angielsku"), max_length=500, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Pełna czy cząstkowa"), choices=[NOT_SAID, *QualificationKind.choices], required=False
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Skąd pochodzi"), choices=[NOT_SAID, *Category.choices], required=False
    )
    level = forms.IntegerField(label=gettext_lazy("Poziom PRK"), min_value=1, max_value=8, required=False)
    status = forms.ChoiceField(label=gettext_lazy("Stan"), choices=Status.choices, required=False)
    hours = forms.IntegerField(label=gettext_lazy("Nakład pracy w godzinach"), min_value=1, required=False)
    effective_from = DayField(label=gettext_lazy("Funkcjonuje od"), required=False)
    next_review = DayField(label=gettext_lazy("Następny przegląd"), required=False)
    outline = LongText(
        label=gettext_lazy("Zestawy, efekty i kryteria"),
        help_text=gettext_lazy("Wiersz z # zaczyna zestaw, zwykły wiersz to efekt, wiersz z myślnikiem to kryterium."),
        rows=18,
        max_length=200_000,
        required=False,
    )
    reason = LongText(label=gettext_lazy("Dlaczego ta zmiana?"), rows=2, max_length=1000)

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["code"]
        named = titles()
        for name in TEXTS:
            field = LongText(label=named[name], rows=3, max_length=100_000, required=False)
            dress(field)
            self.fields[f"text_{name}"] = field
        self.order_fields([name for name in self.fields if name not in ("outline", "reason")] + ["outline", "reason"])


def initial_of(entry: Entry) -> dict[str, Any]:
    """What the form starts from."""
    texts = {f"text_{name}": entry.texts.get(name, {}).get("pl", "") for name in TEXTS}
    return {**{name: getattr(entry, name) for name in PLAIN}, **texts, "outline": as_outline(entry.sets)}


def entry_of(form: forms.Form, held: Entry) -> Entry:
    """The entry as typed; what the form does not show stays. Raises RuleBroken beside the outline."""
    given = form.cleaned_data
    texts = dict(held.texts)
    for name in TEXTS:
        words = given[f"text_{name}"].strip()
        was = dict(held.texts.get(name, {}))
        if words or was:
            texts[name] = {**was, "pl": words}
    problems = {
        "no-set": _("wiersz %(line)d: przed nim brakuje wiersza z #, który zaczyna zestaw"),
        "no-outcome": _("wiersz %(line)d: to kryterium nie ma nad sobą efektu"),
        "too-many": _("wiersz %(line)d: jeden efekt może mieć najwyżej 26 kryteriów"),
    }
    try:
        sets = read_outline(given["outline"], held.sets)
    except BadOutline as fault:
        raise RuleBroken(problems[fault.problem] % {"line": fault.line}, "outline") from fault
    columns = {name: given[name] if given[name] != "" else getattr(Entry(code="x"), name) for name in PLAIN}
    changed = dataclasses.replace(held, **columns, texts=texts, sets=sets)
    words = changed.texts.get("validation", {}).get("pl", "")
    if words == held.texts.get("validation", {}).get("pl", "").strip():
        return changed  # rules that an editor set by hand stay while the text does
    return dataclasses.replace(changed, rules=read_rules(words) if words else None)


def _changes(before: Entry | None, after: Entry) -> list[dict[str, str]]:
    old = before.as_data() if before else Entry(code=after.code).as_data()
    return [told(path, pair) for path, pair in differences(old, after.as_data()).items()]


def _written(request: CaseRequest, held: Entry | None, qualification: Qualification | None) -> HttpResponse:
    start = initial_of(held) | from_suggestion(request, held) if held else {}
    form = form_for(request, EntryForm, new=held is None, initial=start)
    preview: list[dict[str, str]] = []
    hints: list[dict[str, Any]] = []
    entry: Entry | None = None
    if request.method == "POST" and form.is_valid():
        base = held or Entry(code=form.cleaned_data["code"])
        entry = attempt(form, lambda: entry_of(form, base))
        if entry is not None and "propose" in request.POST:
            if answer := proposed(request, form, entry, qualification):
                return answer
        elif entry is not None:
            preview = _changes(held, entry)
            hints = hints_for(held, entry)
    context: dict[str, Any] = {
        "form": form, "qualification": qualification, "preview": preview, "looked": request.method == "POST",
        "hints": hints,
    }  # fmt: skip
    context["read"] = (
        rules_read(entry.rules) if entry is not None and (held is None or entry.rules != held.rules) else None
    )
    return render(request, "register/edit.html", context)


@staff(Role.REGISTER_EDITOR)
def edit(request: CaseRequest, code: str) -> HttpResponse:
    """Change an entry; „zobacz, co się zmieni" saves nothing."""
    qualification = find(code)
    return _written(request, qualification.entry, qualification)


@staff(Role.REGISTER_EDITOR)
def new_entry(request: CaseRequest) -> HttpResponse:
    """A new entry."""
    return _written(request, None, None)


def _all() -> QuerySet[EntryChange]:
    return EntryChange.objects.select_related("qualification__current", "proposed_by", "decided_by")


@staff(Role.REGISTER_EDITOR)
def changes(request: CaseRequest) -> HttpResponse:
    """Proposals, waiting ones first."""
    rows = sorted(_all().order_by("-created_at")[:200], key=lambda one: one.state != ChangeState.PROPOSED)
    return render(request, "register/changes.html", {"rows": rows})


class DecisionForm(DorobekForm):
    accept = YesNo(
        label=gettext_lazy("Czy przyjąć tę zmianę?"), yes=gettext_lazy("Przyjmuję"), no=gettext_lazy("Odrzucam")
    )
    answer = LongText(
        label=gettext_lazy("Uwagi"), help_text=gettext_lazy("Przy odrzuceniu potrzebne."), rows=2, required=False,
        max_length=1000,
    )  # fmt: skip


@staff(Role.REGISTER_EDITOR)
def change(request: CaseRequest, change_uid: uuid.UUID) -> HttpResponse:
    """One proposal: what changes, and the other person's decision."""
    held = _all().filter(uid=change_uid).first()
    if held is None:
        raise Http404
    form = form_for(request, DecisionForm, base_version=held.version)
    may = may_decide_change(request.user, held.proposed_by_id) and held.state == ChangeState.PROPOSED
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("accept", "answer", "base_version")}
        if attempt(form, lambda: decide_change(change=held, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano decyzję."))
            return redirect("register-change", held.uid)
    before = held.qualification.entry if held.qualification and held.state == ChangeState.PROPOSED else None
    stood = held.qualification.versions.filter(number=held.base_number).first() if held.qualification else None
    before = before or (stood.entry if stood else None)
    after = Entry.from_data(held.data)
    context = {"held": held, "form": form, "may": may, "rows": _changes(before, after)}
    if before is None or before.rules != after.rules:
        context["read"] = rules_read(after.rules)
    return render(request, "register/change.html", context)
