"""Keys of an institution for programs that use the REST API (XX-6)."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.people.actions.tokens import LONGEST_DAYS, make_token, revoke_token
from dorobek.people.enums import Role
from dorobek.people.models import ApiToken, Unit
from dorobek.web.administration.views import chosen, institutions
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.forms import DorobekForm, ShortText


class TokenForm(DorobekForm):
    name = ShortText(label=gettext_lazy("Który program będzie go używał?"), max_length=120)
    unit = forms.ModelChoiceField(label=gettext_lazy("Gdzie"), queryset=Unit.objects.none())
    role = forms.ChoiceField(
        label=gettext_lazy("Rola"),
        help_text=gettext_lazy("Program zobaczy i zrobi tyle, ile osoba w tej roli."),
        choices=[choice for choice in Role.choices if choice[0] != Role.ADMINISTRATOR],
    )
    read_only = forms.BooleanField(label=gettext_lazy("Tylko do odczytu"), required=False, initial=True)
    days = forms.IntegerField(
        label=gettext_lazy("Ważny przez ile dni?"), min_value=1, max_value=LONGEST_DAYS, initial=180
    )


@staff(Role.ADMINISTRATOR)
def token_list(request: CaseRequest) -> HttpResponse:
    """Keys of the institution: who uses them, until when, when last."""
    institution = chosen(request)
    rows = institution.tokens.select_related("account").order_by("revoked_at", "-created_at")
    return render(request, "administration/tokens.html", {"institution": institution, "rows": rows})


@staff(Role.ADMINISTRATOR)
def new_token(request: CaseRequest) -> HttpResponse:
    """A new key; its secret is shown on the answer to this form and never again."""
    institution = chosen(request)
    form = TokenForm(request.POST or None)
    form.fields["unit"].queryset = institution.units.order_by("path")  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "unit", "role", "read_only", "days")}
        made = attempt(form, lambda: make_token(acting_user=request.acting, **given))
        if made:
            token, secret = made
            answer = render(
                request, "administration/token.html", {"institution": institution, "token": token, "secret": secret}
            )
            answer["Cache-Control"] = "no-store"
            return answer
    context = {"institution": institution, "form": form, "title": _("Nowy klucz"), "button": _("Utwórz klucz")}
    return render(request, "administration/form.html", context)


@require_POST
@staff(Role.ADMINISTRATOR)
def revoke(request: CaseRequest, token_uid: uuid.UUID) -> HttpResponse:
    """The key stops working."""
    token = ApiToken.objects.filter(uid=token_uid, institution__in=institutions(request)).first()
    if token is None:
        raise Http404
    revoke_token(token=token, acting_user=request.acting)
    messages.success(request, _("Wyłączono klucz: %s") % token.name)
    answer = redirect("administration-tokens")
    answer["Location"] += f"?instytucja={token.institution.uid}"
    return answer
