"""/oferta/wczytaj/: a file of the offer, first tried, then brought in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.offers.actions import import_offer
from dorobek.offers.enums import Source
from dorobek.offers.models import OfferImport
from dorobek.offers.perms import may_import
from dorobek.offers.reading import COLUMNS
from dorobek.web.doors import CaseRequest, attempt, staff_who
from dorobek.web.forms import DorobekForm


class ImportForm(DorobekForm):
    file = forms.FileField(
        label=gettext_lazy("Plik CSV albo JSON"),
        help_text=gettext_lazy("CSV: jeden wiersz to jeden termin. JSON: lista z bazy usług rozwojowych."),
    )
    dry_run = forms.BooleanField(label=gettext_lazy("Tylko sprawdź, niczego nie zapisuj"), required=False, initial=True)
    leave_out_faulty = forms.BooleanField(label=gettext_lazy("Pomiń wiersze z błędami, resztę zapisz"), required=False)
    whole = forms.BooleanField(
        label=gettext_lazy("To cała oferta z tego źródła"),
        help_text=gettext_lazy("Terminy, których w pliku nie ma, zostaną oznaczone jako wycofane."),
        required=False,
    )


@staff_who(may_import)
def bring(request: CaseRequest) -> HttpResponse:
    """The form, and under it the report of what was just tried or brought in."""
    form = ImportForm(request.POST or None, request.FILES or None)
    report: Any = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = given["file"]
        source = Source.NATIONAL if str(file.name).lower().endswith(".json") else Source.TABLE
        report = attempt(
            form,
            lambda: import_offer(
                file=file.file, name=str(file.name), source=source, acting_user=request.acting,
                dry_run=given["dry_run"], leave_out_faulty=given["leave_out_faulty"], whole=given["whole"],
            ),
        )  # fmt: skip
        if report and report.done:
            messages.success(request, _("Oferta jest zapisana."))
    past = OfferImport.objects.select_related("made_by").order_by("-pk")[:10]
    context = {"form": form, "report": report, "past": past, "columns": list(COLUMNS)}
    refused = request.method == "POST" and (report is None or (report.fault_count and not report.done))
    return render(request, "offers/import.html", context, status=422 if refused else 200)
