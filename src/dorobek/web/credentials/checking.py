"""/sprawdz/: anyone checks a credential: pasted, uploaded, scanned, or by its address. Nothing shown is kept (MC-4)."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorobek.credentials.addresses import origin
from dorobek.credentials.models import Credential
from dorobek.credentials.verification import Verified, verify_given
from dorobek.register.models import Qualification
from dorobek.vc.page import build
from dorobek.vc.words import Words
from dorobek.web.credentials.wording import lines, verdict
from dorobek.web.forms import DorobekForm, LongText

MOST_BYTES = 2_000_000


class CheckForm(DorobekForm):
    """A file, or a text: JSON, a token, an address."""

    file = forms.FileField(
        label=gettext_lazy("Plik albo obrazek odznaki"),
        help_text=gettext_lazy("JSON, JWT, PNG albo SVG, najwyżej 2 MB. Pliku nie zapisujemy."),
        required=False,
    )
    text = LongText(
        label=gettext_lazy("Albo wklejony tekst lub adres"),
        help_text=gettext_lazy("Cały dokument albo adres zaczynający się od https://"),
        rows=4,
        max_length=MOST_BYTES,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("file")
        if upload is not None and upload.size > MOST_BYTES:
            raise forms.ValidationError(
                {"file": _("Ten plik jest za duży jak na poświadczenie: najwyżej 2 MB. Proszę wybrać inny.")}
            )
        if upload is None and not given.get("text", "").strip() and not self.errors:
            raise forms.ValidationError(_("Proszę wybrać plik albo wkleić tekst poświadczenia lub jego adres."))
        return given


def check(request: HttpRequest) -> HttpResponse:
    """The form, and its answer on the same page; what was shown is neither kept nor logged."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        raw = upload.read() if upload is not None else form.cleaned_data["text"].strip()
        return answer(request, verify_given(raw, language=get_language() or "pl"))
    return _private(render(request, "credentials/check.html", {"form": form}))


def check_own(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Where the code on a certificate leads: a credential issued here, checked as anybody's would be."""
    held = Credential.objects.filter(uid=uid).exclude(document="").first()
    if held is None:
        raise Http404
    return answer(request, verify_given(held.document, language=get_language() or "pl"))


def static_page(request: HttpRequest) -> HttpResponse:
    """One file that checks a credential without any server, to be kept beside it."""
    page = HttpResponse(build(), content_type="text/html; charset=utf-8")
    page["Content-Disposition"] = 'attachment; filename="sprawdz-poswiadczenie.html"'
    return page


def answer(request: HttpRequest, found: Verified) -> HttpResponse:
    """The page of the answer."""
    # Of a presentation its credentials are shown; itself only when something is wrong with it or it holds none.
    wrong = found.inside and found.report.decided == "not valid"
    parts = [shown_of(one) for one in (*((found,) if wrong or not found.inside else ()), *found.inside)]
    return _private(render(request, "credentials/answer.html", {"parts": parts, "several": len(parts) > 1}))


def shown_of(found: Verified) -> dict[str, Any]:
    """What a page shows of one check: its verdict, what the credential says, every line."""
    return {
        "found": found, "words": found.words, "verdict": verdict(found), "lines": lines(found), "at": found.at,
        **told_of(found.words),
    }  # fmt: skip


def told_of(words: Words) -> dict[str, Any]:
    """What the words need to be shown: the last day, and the names of what it adds up to."""
    # A credential that ends at midnight was last valid the day before.
    end = words.valid_until
    last = timezone.localdate(end - dt.timedelta(seconds=1)) if end else None
    return {"last": last, "towards": [_towards(one) for one in words.stacks_into]}


def _towards(address: str) -> tuple[str, str]:
    ours = f"{origin()}/rejestr/"
    if address.startswith(ours):
        found = Qualification.objects.filter(code=address.removeprefix(ours).strip("/")).first()
        if found is not None:
            return found.title(get_language() or "pl"), reverse("register-entry", args=[found.code])
    return address, address if address.startswith(("https://", "http://")) else ""


def _private(page: HttpResponse) -> HttpResponse:
    page["Cache-Control"] = "private, no-store"
    page["Referrer-Policy"] = "same-origin"
    return page
