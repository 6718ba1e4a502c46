"""/walidacja/ocena/…/oswiadczenie/: a member's word on the candidate, before the commission is appointed (VA-3)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.validation.actions.sheets import declare_impartiality
from dorobek.validation.queries.judging import to_declare
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, YesNo
from dorobek.web.validation.assessing.doors import assessor


class DeclarationForm(DorobekForm):
    """Three questions; silence is no answer."""

    trained = YesNo(
        label=gettext_lazy("Czy ta osoba brała udział w szkoleniu prowadzonym przez Panią lub Pana?"),
        help_text=gettext_lazy("Także w części szkolenia albo na zastępstwie. Kto uczył, ten nie ocenia."),
        yes=gettext_lazy("Tak, brała udział w moim szkoleniu"), no=gettext_lazy("Nie"),
    )  # fmt: skip
    relative = YesNo(
        label=gettext_lazy("Czy to ktoś z rodziny?"),
        help_text=gettext_lazy("Małżonek, partner, dziecko, rodzic, rodzeństwo i ich najbliżsi."),
        yes=gettext_lazy("Tak, z mojej rodziny"), no=gettext_lazy("Nie"),
    )  # fmt: skip
    subordinate = YesNo(
        label=gettext_lazy("Czy to osoba podwładna w pracy?"),
        help_text=gettext_lazy("Teraz, w tej albo w innej firmie."),
        yes=gettext_lazy("Tak, podlega mi w pracy"), no=gettext_lazy("Nie"),
    )  # fmt: skip


@assessor
def declare(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Given once. Who has nothing to declare on this application gets 404."""
    application = to_declare(request.user).filter(uid=uid).first()
    if application is None:
        raise Http404
    form = form_for(request, DeclarationForm)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("trained", "relative", "subordinate")}
        if attempt(form, lambda: declare_impartiality(application=application, acting_user=request.acting, **said)):
            finish(request)
            if any(said.values()):
                messages.warning(request, _("Zapisano. Instytucja zobaczy, co łączy Panią/Pana z tą osobą."))
            else:
                messages.success(request, _("Zapisano oświadczenie. Teraz instytucja powoła komisję."))
            return redirect("assessing")
    status = 422 if form.errors else 200
    context = {"form": form, "application": application, "opening": application.opening}
    return render(request, "validation/assessing/declaration.html", context, status=status)
