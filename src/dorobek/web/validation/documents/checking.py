"""/certyfikat/: whether a certificate with this number was issued and is valid; the code stands on its paper alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.validation.queries.papers import Shown, checked_certificate
from dorobek.web.accounts.addresses import client_address
from dorobek.web.accounts.middleware import over_limit
from dorobek.web.accounts.views import too_many
from dorobek.web.forms import DorobekForm, ShortText

MOST_CHECKS = 30  # a minute from one address: enough for a pile of papers, far too few to guess a code


class CertificateForm(DorobekForm):
    number = ShortText(
        label=gettext_lazy("Numer certyfikatu"), max_length=40, help_text=gettext_lazy("Na przykład 13477/2026/000012"),
    )  # fmt: skip
    code = ShortText(
        label=gettext_lazy("Kod z certyfikatu"), max_length=24,
        help_text=gettext_lazy("12 liter i cyfr pod obrazkiem z kodem. Odstępy i wielkość liter nie mają znaczenia."),
    )  # fmt: skip


def check(request: HttpRequest) -> HttpResponse:
    """The form, and its answer on the same page. Nothing that was typed is kept."""
    form = CertificateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, form, form.cleaned_data["number"], form.cleaned_data["code"])
    return _form(request, form)


def scanned(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Where the code on the paper leads."""
    return _answer(request, CertificateForm({"number": number, "code": code}), number, code)


def _answer(request: HttpRequest, form: CertificateForm, number: str, code: str) -> HttpResponse:
    if wait := over_limit(f"certificate:{client_address(request)}", MOST_CHECKS):
        return too_many(request, wait)
    found: Shown | None = checked_certificate(number, code)
    if found is None:
        form.add_error(
            "code", _("Nie ma certyfikatu z takim numerem i kodem. Proszę porównać oba z papierem, znak po znaku.")
        )
        return _form(request, form)
    return _private(render(request, "validation/documents/certificate.html", {"found": found}))


def _form(request: HttpRequest, form: CertificateForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return _private(render(request, "validation/documents/check.html", {"form": form}, status=status))


def _private(page: HttpResponse) -> HttpResponse:
    page["Cache-Control"] = "private, no-store"
    page["Referrer-Policy"] = "same-origin"
    page["X-Robots-Tag"] = "noindex"
    return page
