"""Showing some of it to somebody, for a time (PF-4): what, to whom, until when; who looked; taking it back."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.actions.sharing import end_share, share, token_of
from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.sharing import Shareable, employer_who_referred, shareable, shares_of
from dorobek.people.models import Institution
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DayField, DorobekForm, ManyChoices, ShortText

LINK, EMPLOYER = "link", "employer"


def _tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


class ShareForm(DorobekForm):
    """Things, addressee, last day, a name to find it by."""

    competences = ManyChoices(label=gettext_lazy("Co umiem"), required=False)
    evidence = ManyChoices(label=gettext_lazy("Zdjęcia i dokumenty"), required=False)
    documents = ManyChoices(label=gettext_lazy("Dokumenty z bilansu"), required=False)
    to = forms.ChoiceField(label=gettext_lazy("Komu?"), widget=forms.RadioSelect)
    until = DayField(
        label=gettext_lazy("Do którego dnia?"),
        help_text=gettext_lazy("Potem adres przestanie działać. Można go wyłączyć wcześniej."),
        not_before=_tomorrow,
    )
    label = ShortText(
        label=gettext_lazy("Jak to nazwać?"),
        help_text=gettext_lazy("Tylko na swojej liście, na przykład: dla sklepu w Zagórkach."),
        max_length=200,
    )

    def __init__(self, *args: Any, things: Any, employer: Institution | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("competences", "evidence", "documents"):
            choices = [(str(one.uid), one.title) for one in getattr(things, name)]
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        addressees = [(LINK, _("Każdemu, komu dam adres strony"))]
        if employer is not None:
            addressees.append((EMPLOYER, _("Pracodawcy, który mnie skierował: %s") % employer.name))
        self.fields["to"].choices = addressees  # type: ignore[attr-defined]

    @property
    def things(self) -> list[uuid.UUID]:
        chosen = [self.cleaned_data.get(name) or [] for name in ("competences", "evidence", "documents")]
        return [uuid.UUID(one) for group in chosen for one in group]


@own_page
def share_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What is shown to whom, until when, and how often somebody looked."""
    rows = [
        (one, _address(request, one) if one.is_open and one.institution_id is None else "", list(one.views.all()))
        for one in shares_of(request.user, audit).prefetch_related("views__account")
    ]
    return render(request, "participant/shares.html", {"audit": audit, "rows": rows})


def _address(request: CaseRequest, one: Any) -> str:
    token = token_of(one)
    return request.build_absolute_uri(reverse("shared", args=[token])) if token else ""


@own_page
def new_share(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Choose what, to whom, until when."""
    things, employer = shareable(audit.uid), employer_who_referred(audit)
    everything: list[Shareable] = things.whole
    initial = {"to": LINK, "until": timezone.localdate() + dt.timedelta(days=30)}
    form = form_for(request, ShareForm, things=things, employer=employer, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        until = dt.datetime.combine(given["until"], dt.time(23, 59), tzinfo=timezone.get_current_timezone())
        made = attempt(
            form,
            lambda: share(
                audit=audit,
                label=given["label"],
                things=form.things,
                valid_until=until,
                acting_user=request.acting,
                institution=employer if given["to"] == EMPLOYER else None,
            ),
        )
        if made:
            finish(request)
            messages.success(
                request, _("Gotowe. Adres do wysłania stoi niżej.") if given["to"] == LINK else _("Gotowe.")
            )
            return redirect("own-shares", audit.uid)
    return render(request, "participant/share_form.html", {"audit": audit, "form": form, "any": bool(everything)})


@require_POST
@own_page
def take_back(request: CaseRequest, audit: SkillsAudit, share_uid: uuid.UUID) -> HttpResponse:
    """The address stops working now."""
    held = shares_of(request.user, audit).filter(uid=share_uid).first()
    if held is None:
        raise Http404
    end_share(share=held, audit=audit, acting_user=request.acting)
    messages.success(request, _("Wyłączone: „%s”. Pod tym adresem nic już nie widać.") % held.label)
    return redirect("own-shares", audit.uid)
