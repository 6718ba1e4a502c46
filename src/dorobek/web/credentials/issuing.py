"""/wystawianie/: templates, one credential for one person, lists of people, and what was issued (MC-3)."""

import uuid

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.credentials.actions.batches import prepare_batch, rows_of_batch, sign_batch, stop_batch
from dorobek.credentials.actions.inviting import invite_holder
from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.enums import BatchState
from dorobek.credentials.models import CredentialTemplate, IssuingBatch, TemplateVersion
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.queries.looking_over import Fate
from dorobek.credentials.recipients import Problem, Recipient
from dorobek.web.credentials.design import find_template, issuers
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.forms import DayField, DorobekForm, ShortText

LIST_BYTES = 20_000_000
SHOWN_ROWS = 50
FATES = {
    Fate.WILL_GET: gettext_lazy("dostanie"),
    Fate.TWICE: gettext_lazy("jest na liście dwa razy, dostanie raz"),
    Fate.HOLDS: gettext_lazy("już je ma"),
    Fate.FAULT: gettext_lazy("błąd w wierszu"),
}
PROBLEMS = {
    Problem.NO_NAME: gettext_lazy("brakuje imienia albo nazwiska"),
    Problem.LONG_NAME: gettext_lazy("imię albo nazwisko jest za długie"),
    Problem.NO_EMAIL: gettext_lazy("brakuje adresu e-mail"),
    Problem.BAD_EMAIL: gettext_lazy("to nie jest adres e-mail"),
    Problem.BAD_DATE: gettext_lazy("nie rozumiem daty; powinna wyglądać tak: 21.11.2026"),
    Problem.FUTURE: gettext_lazy("data jest w przyszłości"),
}


class OneForm(DorobekForm):
    given_names = ShortText(label=gettext_lazy("Imię albo imiona"), max_length=120)
    family_name = ShortText(label=gettext_lazy("Nazwisko"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Adres e-mail"),
        help_text=gettext_lazy("Po nim poświadczenie rozpoznaje właściciela. W dokumencie jest tylko jego skrót."),
    )
    awarded_on = DayField(label=gettext_lazy("Dzień nadania"))
    grade = ShortText(label=gettext_lazy("Ocena, jeśli jest"), max_length=100, required=False)
    invite = forms.BooleanField(label=gettext_lazy("Napisz do tej osoby, że poświadczenie czeka"), required=False)


class ListForm(DorobekForm):
    list = forms.FileField(
        label=gettext_lazy("Lista osób"),
        help_text=gettext_lazy("CSV albo XLSX. W pierwszym wierszu: Imię, Nazwisko, E-mail; mogą być Data i Ocena."),
    )
    title = ShortText(label=gettext_lazy("Jak nazwać tę listę?"), max_length=200, required=False)
    awarded_on = DayField(label=gettext_lazy("Dzień nadania, gdy lista go nie podaje"))
    invite = forms.BooleanField(label=gettext_lazy("Napisz do osób, że poświadczenie czeka"), required=False)

    def clean_list(self) -> object:
        upload = self.cleaned_data["list"]
        if upload.size > LIST_BYTES:
            raise forms.ValidationError(_("Ten plik jest za duży: najwyżej 20 MB. Proszę podzielić listę."))
        return upload


@staff(*ISSUING_ROLES)
def home(request: CaseRequest) -> HttpResponse:
    """Templates of every issuer of this account, and the newest lists."""
    held = issuers(request)
    templates = CredentialTemplate.objects.filter(issuer__in=held).select_related("issuer", "current")
    context = {
        "issuers": held,
        "templates": templates.annotate(issued=Count("versions__credentials")).order_by("issuer__name_pl", "sort_key"),
        "batches": IssuingBatch.objects.filter(issuer__in=held).order_by("-created_at")[:10],
        "issuing_tab": "templates",
    }
    return render(request, "credentials/issuing.html", context)


def _published(request: CaseRequest, uid: uuid.UUID) -> tuple[CredentialTemplate, TemplateVersion]:
    template = find_template(request, uid)
    if template.current is None:
        raise Http404
    return template, template.current


@staff(*ISSUING_ROLES)
def one(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One credential for one person."""
    template, version = _published(request, uid)
    form = OneForm(request.POST or None, initial={"awarded_on": timezone.localdate(), "invite": True})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        recipient = Recipient(1, given["given_names"], given["family_name"], given["email"], grade=given["grade"])
        made = attempt(
            form,
            lambda: issue_credential(
                version=version, recipient=recipient, awarded_on=given["awarded_on"], acting_user=request.acting
            ),
        )
        if made:
            if given["invite"]:
                invite_holder(credential=made, acting_user=request.acting)
            messages.success(request, _("Wystawiono: %s") % made.holder_name)
            return redirect("issuing-credential", made.uid)
    context = {"form": form, "title": _("Wystaw jednej osobie"), "lead": template.title_pl, "button": _("Wystaw")}
    return render(request, "credentials/issuing_form.html", context)


@staff(*ISSUING_ROLES)
def new_list(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """A list is uploaded; what becomes of each row is shown before anything is signed."""
    template, version = _published(request, uid)
    form = ListForm(
        request.POST or None, request.FILES or None, initial={"awarded_on": timezone.localdate(), "invite": True}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: prepare_batch(
                version=version, title=given["title"], content=given["list"].file, awarded_on=given["awarded_on"],
                invite=given["invite"], acting_user=request.acting,
            ),
        )  # fmt: skip
        if made:
            return redirect("issuing-list", made.uid)
    context = {"form": form, "title": _("Wystaw z listy"), "lead": template.title_pl, "button": _("Sprawdź listę")}
    return render(request, "credentials/issuing_form.html", context)


def _batch(request: CaseRequest, uid: uuid.UUID) -> IssuingBatch:
    held = IssuingBatch.objects.select_related("issuer__institution", "template_version__template", "source", "job")
    batch = held.filter(uid=uid, issuer__in=issuers(request)).first()
    if batch is None:
        raise Http404
    return batch


@staff(*ISSUING_ROLES)
def show_list(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Every row's fate before signing, progress meanwhile, what came of it afterwards."""
    batch = _batch(request, uid)
    context = {"batch": batch, "template": batch.template_version.template, "issuing_tab": "templates"}
    if batch.state in (BatchState.WAITING, BatchState.STOPPED):
        context |= _looked(batch, request.GET.get("page"))
    if request.headers.get("HX-Request"):
        return render(request, "credentials/list_progress.html", context)
    return render(request, "credentials/list.html", context)


def _looked(batch: IssuingBatch, number: str | None) -> dict[str, object]:
    counts = dict.fromkeys(Fate, 0)
    rows = []
    for chunk in rows_of_batch(batch):
        for found in chunk:
            counts[found.fate] += 1
            words = PROBLEMS[found.recipient.problem] if found.recipient.problem else FATES[found.fate]
            rows.append((found.recipient, found.fate.value, words))
    rows.sort(key=lambda row: (row[1] == Fate.WILL_GET, row[0].number))  # what needs a look comes first
    return {
        "page_of": Paginator(rows, SHOWN_ROWS).get_page(number),
        "counts": [(FATES[fate], fate.value, count) for fate, count in counts.items() if count],
        "will": counts[Fate.WILL_GET],
    }


@require_POST
@staff(*ISSUING_ROLES)
def sign_list(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    batch = _batch(request, uid)
    sign_batch(batch=batch, acting_user=request.acting)
    return redirect("issuing-list", batch.uid)


@require_POST
@staff(*ISSUING_ROLES)
def stop_list(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    batch = _batch(request, uid)
    stop_batch(batch=batch, acting_user=request.acting)
    messages.success(request, _("Podpisywanie zatrzymane. Co podpisane, zostaje; resztę można podpisać później."))
    return redirect("issuing-list", batch.uid)
