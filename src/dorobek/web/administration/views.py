"""People with their roles, units, programmes as data; all within the administrator's own institutions."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.queries.rights import erasure_requests
from dorobek.people.actions.institutions import create_unit, end_role, give_role
from dorobek.people.enums import Role
from dorobek.people.models import Institution, Membership, Unit
from dorobek.plans.perms import may_import_figures
from dorobek.programmes.actions import set_programme_open
from dorobek.programmes.models import Programme
from dorobek.web.accounts.invitations import invite
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.forms import DorobekForm, ShortText


class UnitForm(DorobekForm):
    name = ShortText(label=gettext_lazy("Nazwa referatu albo oddziału"), max_length=200)
    place = ShortText(label=gettext_lazy("Adres, pokój"), max_length=200, required=False)
    parent = forms.ModelChoiceField(label=gettext_lazy("Należy do"), queryset=Unit.objects.none(), required=False)


class RoleForm(DorobekForm):
    email = forms.EmailField(label=gettext_lazy("Adres e-mail"))
    name = ShortText(label=gettext_lazy("Imię i nazwisko"), max_length=200, required=False)
    title = ShortText(label=gettext_lazy("Stanowisko"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Rola"), choices=Role.choices)
    unit = forms.ModelChoiceField(label=gettext_lazy("Gdzie"), queryset=Unit.objects.none())


def institutions(request: CaseRequest) -> QuerySet[Institution]:
    """The institutions this account administers; the operator administers all."""
    if request.user.is_operator:
        return Institution.objects.order_by("name")
    held = [m.institution_id for m in request.user.active_memberships if m.role == Role.ADMINISTRATOR]
    return Institution.objects.filter(pk__in=held).order_by("name")


def chosen(request: CaseRequest) -> Institution:
    """The institution asked for by uid, or the first one."""
    rows = institutions(request)
    asked = request.GET.get("instytucja", "")
    found = next((one for one in rows if str(one.uid) == asked), None) if asked else rows.first()
    if found is None:
        raise Http404
    return found


@staff(Role.ADMINISTRATOR)
def administration(request: CaseRequest) -> HttpResponse:
    """Everything of one institution on one page."""
    institution = chosen(request)
    today = timezone.localdate()
    current = Q(until=None) | Q(until__gte=today)
    members = Membership.objects.filter(current, institution=institution).select_related("account", "unit")
    context = {
        "institution": institution,
        "institutions": institutions(request),
        "requests_waiting": erasure_requests(institutions(request)).filter(answered_at=None).count(),
        "units": institution.units.order_by("path"),
        "members": members.order_by("account__name"),
        "programmes": institution.programmes.prefetch_related("versions").order_by("name"),
        "may_import_figures": may_import_figures(request.user),
    }
    return render(request, "administration/home.html", context)


def one_form(request: CaseRequest, institution: Institution, form: forms.Form, title: str, button: str) -> HttpResponse:
    context = {"institution": institution, "form": form, "title": title, "button": button}
    return render(request, "administration/form.html", context)


def _home(institution: Institution) -> HttpResponse:
    response = redirect("administration")
    response["Location"] += f"?instytucja={institution.uid}"
    return response


@staff(Role.ADMINISTRATOR)
def new_unit(request: CaseRequest) -> HttpResponse:
    """A unit or a branch."""
    institution = chosen(request)
    form = UnitForm(request.POST or None)
    form.fields["parent"].queryset = institution.units.order_by("path")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "place", "parent")}
        if attempt(form, lambda: create_unit(institution=institution, acting_user=request.acting, **given)):
            messages.success(request, _("Dodano: %s") % given["name"])
            return _home(institution)
    return one_form(request, institution, form, _("Nowy referat albo oddział"), _("Dodaj"))


@staff(Role.ADMINISTRATOR)
def new_role(request: CaseRequest) -> HttpResponse:
    """A role for somebody; a new account gets an invitation by e-mail."""
    institution = chosen(request)
    form = RoleForm(request.POST or None)
    form.fields["unit"].queryset = institution.units.order_by("path")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("email", "name", "title", "role", "unit")}
        membership = attempt(form, lambda: give_role(acting_user=request.acting, **given))
        if membership:
            if not membership.account.has_usable_password():
                invite(request, membership.account)
            messages.success(request, _("Nadano rolę: %s") % membership.account.name)
            return _home(institution)
    return one_form(request, institution, form, _("Nowa osoba albo nowa rola"), _("Nadaj rolę"))


@require_POST
@staff(Role.ADMINISTRATOR)
def finish_role(request: CaseRequest, key: int) -> HttpResponse:
    """The role ends today."""
    membership = Membership.objects.filter(pk=key, institution__in=institutions(request)).first()
    if membership is None:
        raise Http404
    end_role(membership=membership, acting_user=request.acting)
    messages.success(request, _("Zakończono rolę: %s") % membership.account.name)
    return _home(membership.institution)


def find_programme(request: CaseRequest, uid: uuid.UUID) -> Programme:
    found = Programme.objects.filter(uid=uid, institution__in=institutions(request)).first()
    if found is None:
        raise Http404
    return found


@require_POST
@staff(Role.ADMINISTRATOR)
def switch_programme(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Open or close it for new people."""
    held = find_programme(request, uid)
    set_programme_open(programme=held, is_open="open" in request.POST, acting_user=request.acting)
    messages.success(request, _("Nabór otwarty.") if "open" in request.POST else _("Nabór zamknięty."))
    return _home(held.institution)
