"""A programme being edited: its parts on one page, what differs from the published version, JSON, the logo (SA-1)."""

import json
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dorobek.people.enums import Role
from dorobek.programmes import actions
from dorobek.programmes.actions.drafts import base_of, draft_faults, newest
from dorobek.programmes.drafting.labels import GROUPS, PARTS
from dorobek.programmes.drafting.tree import find
from dorobek.programmes.drafting.words import Change, differences
from dorobek.programmes.models import Programme
from dorobek.programmes.schema import SHIPPED, FieldError, shipped_rules
from dorobek.web.administration.views import chosen, find_programme, one_form
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.files import file_response
from dorobek.web.forms import DorobekForm, LongText, ShortText

NOT_YET = gettext_lazy("program tego nie ma")


class BeginForm(DorobekForm):
    name_pl = ShortText(label=gettext_lazy("Nazwa programu po polsku"), max_length=200)
    name_en = ShortText(label=gettext_lazy("Nazwa programu po angielsku"), max_length=200)
    code = ShortText(
        label=gettext_lazy("Kod programu"),
        help_text=gettext_lazy("Małe litery bez ogonków, cyfry i łączniki. Potem się już nie zmienia."),
        max_length=60,
    )
    like = forms.ChoiceField(
        label=gettext_lazy("Od czego zaczynamy?"),
        help_text=gettext_lazy("Nowy program przejmie reguły gotowego, a potem zmieni się to, co trzeba."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, f"{rules.identity.name.pl}: {rules.identity.summary.pl}") for code, rules in _shipped()]
        self.fields["like"].choices = choices  # type: ignore[attr-defined]


class JsonForm(DorobekForm):
    text = LongText(
        label=gettext_lazy("Reguły programu (JSON)"),
        help_text=gettext_lazy(
            "Te same dane co na stronach części. Każdy błąd zostanie nazwany, nic się nie zapisze w połowie."
        ),
        rows=24,
        max_length=2_000_000,
    )
    note = ShortText(label=gettext_lazy("Co się zmienia?"), max_length=300, required=False)


class PublishForm(DorobekForm):
    over = forms.IntegerField(widget=forms.HiddenInput)
    note = ShortText(
        label=gettext_lazy("Co się zmienia?"),
        help_text=gettext_lazy("Jedno zdanie dla tych, którzy będą kiedyś szukać tej zmiany."),
        max_length=300,
        required=False,
    )


class LogoForm(DorobekForm):
    file = forms.FileField(
        label=gettext_lazy("Znak graficzny"),
        help_text=gettext_lazy(
            "PNG albo JPG, do 15 MB. Duży obraz zmniejszymy. Na dokumencie będzie miał 16 mm wysokości."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )


def _shipped() -> list[tuple[str, Any]]:
    return [(code, shipped_rules(code)) for code in SHIPPED]


def rules_of(programme: Programme) -> Any:
    """The rules being edited: the draft's, or the published ones while nobody has begun a draft."""
    held = actions.draft_of(programme) or newest(programme)
    assert held is not None
    return held.rules


def changes_of(programme: Programme) -> list[Change]:
    """What publishing the draft would change, in words; everything is new where nothing was published."""
    draft, published = actions.draft_of(programme), newest(programme)
    return differences(published.rules, draft.rules) if draft and published else []


@staff(Role.ADMINISTRATOR)
def begin(request: CaseRequest) -> HttpResponse:
    """A new programme from a shipped one; it stays a draft until it is published."""
    institution = chosen(request)
    form = form_for(request, BeginForm, initial={"like": SHIPPED[0]})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("code", "name_pl", "name_en", "like")}
        made = attempt(
            form, lambda: actions.start_programme(institution=institution, acting_user=request.acting, **given)
        )
        if made:
            finish(request)
            messages.success(request, _("Powstał szkic programu. Nikt go jeszcze nie widzi w zgłoszeniach."))
            return redirect("administration-programme", made.uid)
    return render(request, "administration/programme_begin.html", {"institution": institution, "form": form})


@staff(Role.ADMINISTRATOR)
def bring_in(request: CaseRequest) -> HttpResponse:
    """A programme from a whole JSON text, published at once."""
    institution = chosen(request)
    form = JsonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "note")}
        version = attempt(
            form, lambda: actions.import_programme(institution=institution, acting_user=request.acting, **given)
        )
        if version:
            messages.success(request, _("Opublikowano: %s") % version)
            return redirect("administration-programme", version.programme.uid)
    return one_form(request, institution, form, _("Program z pliku"), _("Opublikuj nową wersję"))


@staff(Role.ADMINISTRATOR)
def overview(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Every part with what it decides, which differ from the published version, what is still missing."""
    programme = find_programme(request, uid)
    draft, published = actions.draft_of(programme), newest(programme)
    changes = changes_of(programme)
    faults = draft_faults(draft) if draft else ()
    context = {
        "programme": programme,
        "institution": programme.institution,
        "draft": draft,
        "published": published,
        "versions": programme.versions.exclude(published_at=None).select_related("published_by").order_by("-number"),
        "groups": _groups(rules_of(programme), {one.place[0] for one in changes}, faults),
        "changes": len(changes),
        "faults": faults,
    }
    return render(request, "administration/programme.html", context)


def _groups(rules: Any, changed: set[str], faults: tuple[FieldError, ...]) -> list[dict[str, Any]]:
    wrong = {part_of(fault) for fault in faults}
    return [
        {
            "name": name,
            "parts": [
                {
                    "key": key,
                    "name": PARTS[key][0],
                    "hint": PARTS[key][1],
                    "there": find(rules, (key,)) not in (None, False) and key in rules,
                    "changed": key in changed,
                    "wrong": key in wrong,
                }
                for key in keys
            ],
        }
        for name, keys in GROUPS
    ]


def part_of(fault: FieldError) -> str:
    """The part a fault is in: the beginning of its path."""
    return fault.path.partition(".")[0].partition("[")[0].partition(" ")[0]


@staff(Role.ADMINISTRATOR)
def compare(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """What differs from the published version, in words; and publishing."""
    programme = find_programme(request, uid)
    draft, published = actions.draft_of(programme), newest(programme)
    base = {"over": published.number if published else 0, "base_version": base_of(programme)}
    form = PublishForm(request.POST or None, initial=base)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("over", "note", "base_version")}
        done = attempt(form, lambda: actions.publish_draft(programme=programme, acting_user=request.acting, **given))
        if done:
            messages.success(request, _("Opublikowano: %s. Bilanse w toku zostają przy swojej wersji.") % done)
            return redirect("administration-programme", programme.uid)
        form.data = seen = request.POST.copy()  # what is shown now is what the next click publishes
        for name, value in base.items():
            seen[name] = str(value)
    context = {
        "programme": programme,
        "institution": programme.institution,
        "draft": draft,
        "published": published,
        "changes": changes_of(programme),
        "faults": [(fault, PARTS.get(part_of(fault), (fault.path,))[0]) for fault in draft_faults(draft)]
        if draft
        else [],
        "form": form,
    }
    return render(request, "administration/programme_publish.html", context)


@require_POST
@staff(Role.ADMINISTRATOR)
def discard(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Give the draft up."""
    programme = find_programme(request, uid)
    base = request.POST.get("base_version", "")
    institution = programme.institution
    actions.discard_draft(
        programme=programme, base_version=int(base) if base.isdigit() else 0, acting_user=request.acting
    )
    messages.success(request, _("Porzucono szkic. Jego treść została w historii."))
    if Programme.objects.filter(uid=uid).exists():
        return redirect("administration-programme", uid)
    return redirect(f"{reverse('administration')}?instytucja={institution.uid}")


@staff(Role.ADMINISTRATOR)
def as_json(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The rules as text, the expert's door: kept as the draft, or published at once."""
    programme = find_programme(request, uid)
    text = json.dumps(rules_of(programme), ensure_ascii=False, indent=2)
    form = form_for(request, JsonForm, initial={"text": text}, base_version=base_of(programme))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _written(request, programme, form))
        if done:
            finish(request)
            messages.success(
                request, _("Zapisano szkic.") if done.published_at is None else _("Opublikowano: %s") % done
            )
            return redirect("administration-programme", programme.uid)
    context = {"programme": programme, "institution": programme.institution, "form": form}
    return render(request, "administration/programme_json.html", context)


@transaction.atomic
def _written(request: CaseRequest, programme: Programme, form: forms.Form) -> Any:
    given = form.cleaned_data
    draft = actions.write_draft(
        programme=programme, text=given["text"], base_version=given["base_version"], acting_user=request.acting
    )
    if "szkic" in request.POST:
        return draft
    return actions.publish_draft(
        programme=programme, base_version=None, over=None, note=given["note"], acting_user=request.acting
    )


@staff(Role.ADMINISTRATOR)
def logo(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """What stands at the head and foot of every document: the institution, the logo, the funding notice."""
    programme = find_programme(request, uid)
    remove = request.method == "POST" and "usun" in request.POST
    form = LogoForm(None if remove else request.POST or None, request.FILES or None)
    if remove or (request.method == "POST" and form.is_valid()):
        upload = None if remove else form.cleaned_data["file"]
        saved = attempt(form, lambda: actions.set_logo(programme=programme, upload=upload, acting_user=request.acting))
        if saved:
            messages.success(
                request, _("Usunięto znak.") if remove else _("Zapisano znak. Stanie na nowych dokumentach.")
            )
            return redirect("administration-programme-logo", programme.uid)
    identity = rules_of(programme)["identity"]
    context = {"programme": programme, "institution": programme.institution, "form": form, "identity": identity}
    return render(request, "administration/programme_logo.html", context)


@require_safe
@staff(Role.ADMINISTRATOR)
def logo_picture(request: CaseRequest, uid: uuid.UUID) -> FileResponse:
    """The picture itself."""
    programme = find_programme(request, uid)
    if programme.logo is None:
        raise Http404
    return file_response(programme.logo)
