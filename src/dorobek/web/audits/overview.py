"""The first sheet of a case: what comes next, what is late, what is agreed; assisted mode; ending."""

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.audits.actions.closing import finish_audit, interrupt_audit, reopen_audit
from dorobek.audits.actions.contacts import explain_lateness, log_contact, refer
from dorobek.audits.actions.hand_over import hand_over_case
from dorobek.audits.enums import Channel, ContactKind
from dorobek.audits.models import Agreement, Contact, HandOver, Meeting, Referral, Registration, SkillsAudit
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import ADVISING_ROLES
from dorobek.people.models import AccessLog, Account
from dorobek.web.desk.views import row_of
from dorobek.web.doors import ASSISTED, CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText
from dorobek.web.history_words import Told, tell

HISTORY_PER_PAGE = 50


class ReasonForm(DorobekForm):
    reason = LongText(label=gettext_lazy("Dlaczego?"), rows=2)


class ContactForm(DorobekForm):
    kind = forms.ChoiceField(label=gettext_lazy("Co to było?"), choices=ContactKind.choices, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=gettext_lazy("Jak?"), choices=Channel.choices)
    minutes = forms.IntegerField(label=gettext_lazy("Ile minut?"), min_value=0, max_value=600, initial=10)
    note = LongText(label=gettext_lazy("Notatka"), required=False, rows=2)


class ReferralForm(DorobekForm):
    need = ShortText(label=gettext_lazy("Jaka pomoc jest potrzebna?"), max_length=500)
    directed_to = ShortText(label=gettext_lazy("Dokąd kierujemy?"), max_length=300)
    note = LongText(label=gettext_lazy("Notatka"), required=False, rows=2)


class HandOverForm(DorobekForm):
    to_adviser = forms.ModelChoiceField(label=gettext_lazy("Kto przejmuje?"), queryset=Account.objects.none())
    for_good = forms.TypedChoiceField(
        label=gettext_lazy("Na jak długo?"),
        choices=[("1", gettext_lazy("na stałe")), ("0", gettext_lazy("na zastępstwo"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    starts_on = DayField(label=gettext_lazy("Od kiedy?"), initial=timezone.localdate)
    ends_on = DayField(label=gettext_lazy("Do kiedy, przy zastępstwie?"), required=False)
    note = LongText(label=gettext_lazy("Co trzeba wiedzieć?"), required=False, rows=3)

    def __init__(self, *args: object, audit: SkillsAudit, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Account.objects.filter(
            memberships__institution=audit.institution_id, memberships__role__in=ADVISING_ROLES, is_active=True
        )
        field: forms.ModelChoiceField = self.fields["to_adviser"]  # type: ignore[assignment]
        field.queryset = colleagues.exclude(pk=audit.adviser_id).distinct().order_by("name")


@case_page("przegląd")
def overview(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What comes next and everything one step away."""
    meetings = Meeting.objects.filter(audit=audit, state="planned", starts_at__gte=timezone.now())
    context = {
        "audit": audit,
        "tab": "case",
        "leads": request.leads,
        "row": row_of(audit),
        "registration": Registration.objects.filter(audit=audit).first(),
        "agreement": Agreement.objects.filter(audit=audit).first(),
        "meeting": meetings.order_by("starts_at").first(),
    }
    return render(request, "audits/overview.html", context)


@case_page("kontakty")
def contacts(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Contacts, help and referrals, newest first."""
    form = form_for(request, ContactForm)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "channel", "minutes", "note")}
        if attempt(form, lambda: log_contact(audit=audit, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano kontakt."))
            return redirect("case-contacts", audit.uid)
    context = {
        "audit": audit,
        "tab": "case",
        "leads": request.leads,
        "form": form,
        "contacts": Contact.objects.visible_to(request.user).filter(audit=audit).select_related("by"),
        "referrals": Referral.objects.visible_to(request.user).filter(audit=audit).select_related("by"),
    }
    return render(request, "audits/contacts.html", context)


@case_page("skierowania")
def add_referral(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Help of another kind."""
    form = form_for(request, ReferralForm)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("need", "directed_to", "note")}
        if attempt(form, lambda: refer(audit=audit, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano skierowanie."))
            return redirect("case-contacts", audit.uid)
    return _one_form(request, audit, form, _("Skierowanie po inną pomoc"), _("Zapisz skierowanie"))


@case_page("przekazanie")
def hand_over(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """To a colleague for good, or to a substitute for dates."""
    form = form_for(request, HandOverForm, audit=audit)
    if request.method == "POST" and form.is_valid():
        names = ("to_adviser", "for_good", "starts_on", "ends_on", "note")
        given = {name: form.cleaned_data[name] for name in names}
        if attempt(form, lambda: hand_over_case(audit=audit, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Przekazano sprawę."))
            return redirect("cases")
    past = HandOver.objects.visible_to(request.user).filter(audit=audit).select_related("from_adviser", "to_adviser")
    return _one_form(request, audit, form, _("Przekazanie sprawy"), _("Przekaż"), past=past)


@case_page("zakończenie")
def end(request: CaseRequest, audit: SkillsAudit, how: str) -> HttpResponse:
    """Finish, break off or reopen, each with its question."""
    titles = {
        "zakoncz": _("Zakończyć ten bilans?"),
        "przerwij": _("Przerwać ten bilans?"),
        "otworz": _("Otworzyć ten bilans ponownie?"),
        "spoznienie": _("Dlaczego ta sprawa się spóźnia?"),
    }
    form = form_for(request, ReasonForm)
    if how == "zakoncz":
        form.fields["reason"].required = False
        form.fields["reason"].label = _("Jeśli uczestnik nie przyjmuje dokumentów: dlaczego?")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        calls = {
            "zakoncz": lambda: finish_audit(audit=audit, acting_user=request.acting, refusal_reason=reason),
            "przerwij": lambda: interrupt_audit(audit=audit, reason=reason, acting_user=request.acting),
            "otworz": lambda: reopen_audit(audit=audit, reason=reason, acting_user=request.acting),
            "spoznienie": lambda: explain_lateness(audit=audit, reason=reason, acting_user=request.acting),
        }
        if attempt(form, calls[how]):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("case", audit.uid)
    return _one_form(request, audit, form, titles[how], _("Tak, zapisz"))


def _one_form(
    request: CaseRequest, audit: SkillsAudit, form: forms.Form, title: str, button: str, **more: object
) -> HttpResponse:
    context = {"audit": audit, "tab": "case", "form": form, "title": title, "button": button, **more}
    return render(request, "audits/one_form.html", context)


def told_page(request: CaseRequest, audit: SkillsAudit) -> tuple[Page[HistoryEntry], list[Told]]:
    """A page of the case's history, newest first, in words."""
    entries = HistoryEntry.objects.filter(stream=audit.uid).select_related("actor", "payload").order_by("-seq")
    page = Paginator(entries, HISTORY_PER_PAGE).get_page(request.GET.get("page"))
    return page, tell(list(page), reader=request.user, person=audit.person)


@case_page("historia")
def history(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Who changed what and when, and who looked."""
    page, told = told_page(request, audit)
    context = {
        "audit": audit,
        "tab": "case",
        "page_of": page,
        "told": told,
        "readings": AccessLog.objects.filter(case_uid=audit.uid).select_related("account").order_by("-at")[:30],
    }
    return render(request, "audits/history.html", context)


@require_POST
@case_page("tryb wspólny")
def assist(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Begin or end assisted mode: the adviser sees and fills in the participant's own screens (SA-13)."""
    if "stop" in request.POST:
        request.session.pop(ASSISTED, None)
        return redirect("case", audit.uid)
    request.session[ASSISTED] = str(audit.uid)
    request.acting.record_now("assisted.started", stream=audit.uid)
    return redirect("own-home", audit.uid)
