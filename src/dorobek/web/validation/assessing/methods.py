"""/walidacja/ocena/…/metody/: which method was used for which criteria, on which day (VA-2)."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.register.enums import ValidationMethod
from dorobek.validation.actions.methods import record_method
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Assessment
from dorobek.validation.queries.assessing import coverage, evidence_of, wordings
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, ManyChoices
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.forms import NAMES
from dorobek.web.validation.assessing.looks import ANALYSIS, CONVERSATION, OBSERVATION, allows, frame
from dorobek.web.validation.office.judging import sent

# These write themselves down where they take place: the test when it is marked, the others on their own pages.
ELSEWHERE = (str(ValidationMethod.KNOWLEDGE_TEST), OBSERVATION, CONVERSATION)


class MethodForm(DorobekForm):
    method = forms.ChoiceField(label=gettext_lazy("Jaka metoda?"), widget=forms.RadioSelect)
    criteria = ManyChoices(label=gettext_lazy("Których kryteriów dotyczyła?"))


@judging("metody")
def show(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """What was used so far, and a form to write down another use."""
    application = sheet.application
    texts = wordings(application.opening)
    kept = application.methods.filter(round=application.round).exclude(how="void")
    used = list(kept.select_related("recorded_by").order_by("pk"))
    form = form_for(request, MethodForm, initial=_initial(request, sheet))
    choices = [
        (code, NAMES[code]) for code in NAMES if code not in ELSEWHERE and allows(application.opening.rules, code)
    ]
    form.fields["method"].choices = choices  # type: ignore[attr-defined]
    shown = evidence_of(application) if [code for code, _name in choices] == [ANALYSIS] else texts
    form.fields["criteria"].choices = [(code, f"{code} {one.text}") for code, one in texts.items() if code in shown]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("method", "criteria")}
        if attempt(form, lambda: record_method(application=application, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano użycie metody: %s.") % NAMES[given["method"]])
            return redirect("assessing-methods", application.uid)
    done = coverage(application)
    covered = {code: [str(NAMES[one]) for one in NAMES if code in done.get(one, ())] for code in texts}
    context = frame(
        sheet, "assessing-methods", form=form, used=used,
        rows=[(code, one.text, list(dict.fromkeys(covered[code]))) for code, one in texts.items()],
        open=application.state == ApplicationState.APPOINTED and sheet.closed_at is None and bool(choices) and bool(shown),
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/methods.html", context, status=status)


@judging("metody: zapis na papierze")
def paper_file(request: JudgeRequest, sheet: Assessment, record: int) -> FileResponse:
    """The file that the office brought in with a method carried out on paper."""
    return sent(sheet.application, record)


def _initial(request: JudgeRequest, sheet: Assessment) -> dict[str, object]:
    """Analysis of evidence starts from the criteria that have some."""
    method = request.GET.get("metoda", "")
    start: dict[str, object] = {"method": method}
    if method == ANALYSIS:
        start["criteria"] = list(evidence_of(sheet.application))
    return start
