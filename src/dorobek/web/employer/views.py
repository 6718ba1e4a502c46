"""What people who came with the employer's slip agreed to show; nothing else of anybody (SA-19)."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.sharing import make_slip, note_look
from dorobek.audits.queries.sharing import contents, shared_with, slips_of
from dorobek.people.enums import Role
from dorobek.people.models import Institution
from dorobek.portfolio.models import Share
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.files import file_response
from dorobek.web.forms import DorobekForm, ShortText


class SlipForm(DorobekForm):
    note = ShortText(
        label=gettext_lazy("Dla kogo te skierowania?"),
        help_text=gettext_lazy("Tylko do Państwa wiadomości, na przykład: kasy, zmiana nocna. Bez nazwisk."),
        required=False,
        max_length=200,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Jak długo ważne?"),
        choices=[(30, gettext_lazy("30 dni")), (90, gettext_lazy("90 dni")), (365, gettext_lazy("rok"))],
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
    )


def employers(request: CaseRequest) -> list[Institution]:
    """Institutions for which this account is the employer."""
    return [m.institution for m in request.user.active_memberships if m.role == Role.EMPLOYER]


@staff(Role.EMPLOYER)
def home(request: CaseRequest) -> HttpResponse:
    """Who shows what, and the slips."""
    held = employers(request)
    return render(request, "employer/home.html", {"shares": shared_with(held), "slips": slips_of(held)})


@staff(Role.EMPLOYER)
def new_slip(request: CaseRequest) -> HttpResponse:
    """A code to hand out on paper."""
    held = employers(request)
    if not held:
        raise Http404  # the operator of the installation is nobody's employer
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("note", "days")}
        slip = attempt(form, lambda: make_slip(institution=held[0], acting_user=request.acting, **given))
        if slip:
            messages.success(request, _("Gotowe. Kod skierowania: %s") % slip.code)
            return redirect("employer-home")
    return render(request, "employer/slip.html", {"form": form})


def _find(request: CaseRequest, share_uid: uuid.UUID) -> Share:
    share = shared_with(employers(request)).filter(uid=share_uid).first()
    if share is None:
        raise Http404
    return share


@staff(Role.EMPLOYER)
def shared(request: CaseRequest, share_uid: uuid.UUID) -> HttpResponse:
    """One person's share; the person sees that somebody looked."""
    share = _find(request, share_uid)
    note_look(share, request.user)
    return render(request, "sharing/shown.html", {"share": share, "contents": contents(share), "door": "employer"})


@staff(Role.EMPLOYER)
def shared_file(request: CaseRequest, share_uid: uuid.UUID, thing: uuid.UUID) -> HttpResponseBase:
    """A file of the share."""
    stored = contents(_find(request, share_uid)).file(thing)
    if stored is None:
        raise Http404
    return file_response(stored)
