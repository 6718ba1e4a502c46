"""/rynek-pracy/wczytaj/: a table of the labour market, first tried, then brought in whole or not at all (DP-7)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.plans.actions.labour import import_figures
from dorobek.plans.labour.reading import COLUMNS
from dorobek.plans.models import LabourImport
from dorobek.plans.perms import may_import_figures
from dorobek.web.doors import CaseRequest, attempt, staff_who
from dorobek.web.forms import DorobekForm


class FiguresForm(DorobekForm):
    file = forms.FileField(
        label=gettext_lazy("Plik CSV"),
        help_text=gettext_lazy("Jeden wiersz to jedna liczba: jeden zawód, jeden region, jeden okres, jedno źródło."),
    )
    dry_run = forms.BooleanField(label=gettext_lazy("Tylko sprawdź, niczego nie zapisuj"), required=False, initial=True)


@staff_who(may_import_figures)
def bring(request: CaseRequest) -> HttpResponse:
    """The form, and under it the report of what was just tried or brought in."""
    form = FiguresForm(request.POST or None, request.FILES or None)
    report: Any = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        report = attempt(
            form,
            lambda: import_figures(
                file=given["file"].file, name=str(given["file"].name), acting_user=request.acting,
                dry_run=given["dry_run"],
            ),
        )  # fmt: skip
        if report and report.done:
            messages.success(request, _("Liczby są zapisane."))
    past = LabourImport.objects.select_related("made_by").order_by("-pk")[:10]
    context = {"form": form, "report": report, "past": past, "columns": COLUMNS}
    bad = bool(form.errors) or bool(report and report.fault_count)
    return render(request, "plans/targets/figures.html", context, status=422 if bad else 200)
