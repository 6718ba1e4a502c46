"""/walidacja/ocena/…/uzgodnienie/: marks side by side once every sheet is closed, the talk, what was agreed (VA-5)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.validation.actions.agreeing import answer_proposal, propose_mark
from dorobek.validation.actions.deciding import refusals
from dorobek.validation.actions.talking import note_talk
from dorobek.validation.enums import ApplicationState, VerdictChoice
from dorobek.validation.models import AgreedMark, Assessment
from dorobek.validation.pointing import in_words
from dorobek.validation.queries.assessing import Compared, Comparison, comparison, kept_beside, outline
from dorobek.validation.rules import Verdict
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import CHOOSE, DorobekForm, LongText
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.looks import VERDICTS, WORDS, frame


class AgreeForm(DorobekForm):
    """Either a line of the talk, or the mark that a member proposes, with its reason."""

    talk = LongText(label=gettext_lazy("Co powiedziano"), rows=3, max_length=4000, required=False)
    verdict = forms.ChoiceField(
        label=gettext_lazy("Jaką wspólną ocenę Pani/Pan proponuje"), choices=VerdictChoice.choices, widget=forms.RadioSelect, required=False,
        error_messages={"required": CHOOSE},
    )  # fmt: skip
    reason = LongText(label=gettext_lazy("Dlaczego tak"), rows=3, max_length=4000, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.data.get("then") == "agree" and not given.get("verdict"):
            self.add_error("verdict", _("Proszę zaznaczyć ocenę, którą Pani/Pan proponuje."))
        if self.data.get("then") != "agree" and not given.get("talk", "").strip():
            self.add_error("talk", _("Proszę napisać, co powiedziano."))
        return given


class AnswerForm(DorobekForm):
    """A member's own answer to what another proposed."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Pani/Pana odpowiedź"), widget=forms.RadioSelect, error_messages={"required": CHOOSE},
        choices=(("yes", gettext_lazy("zgadzam się na tę ocenę")), ("no", gettext_lazy("zostaję przy innej ocenie"))),
    )  # fmt: skip
    reason = LongText(
        label=gettext_lazy("Zdanie odrębne: dlaczego"), rows=3, max_length=4000, required=False,
        help_text=gettext_lazy("Tylko wtedy, gdy zostaje Pani/Pan przy innej ocenie. Będzie w protokole."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("Proszę napisać, dlaczego zostaje Pani/Pan przy innej ocenie."))
        return given


@judging("uzgodnienie")
def show(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """Until all sheets are closed: only who is still writing. Then everything, with the result as it stands."""
    application = sheet.application
    found = comparison(request.user, application)
    if found is None:
        silent = (
            application.assessments.counting()
            .filter(round=application.round, closed_at=None)
            .select_related("assessor")
        )
        context = frame(sheet, "assessing-agreement", silent=list(silent.order_by("pk")))
        return render(request, "validation/assessing/agreement_wait.html", context)
    open_now = application.state == ApplicationState.APPOINTED
    context = frame(
        sheet, "assessing-agreement", comparison=found, apart_rows=[_row(one) for one in found.rows if one.apart],
        alike_rows=[_row(one) for one in found.rows if not one.apart],
        result=_result(application.opening, found), waiting=len(found.waiting), open=open_now,
        lacking=refusals(application) if open_now else [],
        whole=so_far(found, found.result.whole), apart=sum(one.apart for one in found.rows),
    )  # fmt: skip
    return render(request, "validation/assessing/agreement.html", context)


@judging("uzgodnienie kryterium")
def one(request: JudgeRequest, sheet: Assessment, criterion: str) -> HttpResponse:
    """One difference: everybody's mark with its reason, the talk so far, and the form."""
    application = sheet.application
    found = comparison(request.user, application)
    here = next((row for row in found.rows if row.code == criterion and row.apart), None) if found else None
    if found is None or here is None:
        raise Http404
    form = form_for(request, AnswerForm if here.proposed else AgreeForm)
    if request.method == "POST" and form.is_valid() and _saved(request, sheet, here, form):
        finish(request)
        if not here.proposed and request.POST.get("then") != "agree":
            return redirect("assessing-difference", application.uid, criterion)
        left = [row.code for row in found.waiting if row.code != criterion]
        if left:
            return redirect("assessing-difference", application.uid, left[0])
        return redirect("assessing-agreement", application.uid)
    beside = kept_beside(request.user, application, criterion)
    sides = [
        (who, mark, look(mark.verdict if mark else ""), beside[who.pk], in_words(mark, application) if mark else "")
        for who, mark in zip(found.assessors, here.marks, strict=True)
    ]
    context = frame(
        sheet, "assessing-agreement", **_proposal(request, here, found), here=here, fallen=_fallen(sheet, criterion), sides=sides, form=form, agreed=look(here.agreed.verdict) if here.agreed else None,
        open=application.state == ApplicationState.APPOINTED and here.waits,
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/difference.html", context, status=status)


def _proposal(request: JudgeRequest, here: Compared, found: Comparison) -> dict[str, Any]:
    """What is proposed, what each member said of it, and whether the user has still to answer."""
    if here.proposed is None:
        return {"proposed": None}
    said = {one.assessor_id: one for one in here.proposed.answers.all()}
    return {
        "proposed": look(here.proposed.verdict), "answers": [(who, said.get(who.pk)) for who in found.assessors],
        "answered": request.user.pk in said,
    }  # fmt: skip


def _fallen(sheet: Assessment, criterion: str) -> list[tuple[AgreedMark, dict[str, Any]]]:
    """Proposals that did not pass, each with its look; they stay on file."""
    held = sheet.application.agreed.filter(round=sheet.round, criterion=criterion, fallen_at__isnull=False)
    return [(one, look(one.verdict)) for one in held.select_related("written_by").order_by("pk")]


def _saved(request: JudgeRequest, sheet: Assessment, here: Compared, form: Any) -> bool:
    """The talk and the proposal are kept together, or neither is: nothing is written twice after a refusal."""
    proposing = request.POST.get("then") == "agree"
    write = _answered if here.proposed else _written
    if not attempt(form, lambda: write(request, sheet, here.code, form, proposing)):
        return False
    said = _("Dopisano do rozmowy o kryterium %s.")
    if here.proposed:
        said = _("Zapisano odpowiedź o kryterium %s.")
    elif proposing:
        said = _("Zapisano propozycję oceny kryterium %s. Teraz odpowiadają pozostali członkowie komisji.")
    messages.success(request, said % here.code)
    return True


def _answered(request: JudgeRequest, sheet: Assessment, criterion: str, form: Any, _proposing: bool) -> bool:
    given = form.cleaned_data
    answer_proposal(
        application=sheet.application, criterion=criterion, confirms=given["answer"] == "yes", reason=given["reason"],
        acting_user=request.acting,
    )  # fmt: skip
    return True


@transaction.atomic
def _written(request: JudgeRequest, sheet: Assessment, criterion: str, form: Any, agreeing: bool) -> bool:
    given: dict[str, Any] = {"application": sheet.application, "criterion": criterion, "acting_user": request.acting}
    data = form.cleaned_data
    if data["talk"].strip():
        note_talk(text=data["talk"], **given)
    if agreeing:
        propose_mark(verdict=Verdict(data["verdict"]), reason=data["reason"], **given)
    return True


def look(verdict: Any) -> dict[str, Any]:
    tone, icon = VERDICTS.get(str(verdict), ("", "todo"))
    return {"tone": tone, "icon": icon, "word": WORDS.get(str(verdict), _("brak oceny"))}


def _row(row: Compared) -> dict[str, Any]:
    return {
        "row": row, "marks": [look(one.verdict) if one else look("") for one in row.marks],
        "agreed": look(row.agreed.verdict) if row.agreed else None,
    }  # fmt: skip


def _result(opening: Any, found: Comparison) -> list[dict[str, Any]]:
    """Sets with their outcomes, as the decision would read now."""
    return [
        {
            "part": part,
            "look": so_far(found, found.result.sets[part.number], str(part.number)),
            "outcomes": [(one, so_far(found, found.result.outcomes[one.code], one.code)) for one in part.outcomes],
        }
        for part in outline(opening)
    ]


def so_far(found: Comparison, verdict: Verdict, codes: str = "") -> dict[str, Any]:
    """A verdict as it stands; still open while criteria of this outcome or set wait for agreement and may yet change it."""
    waits = any(not codes or one.code == codes or one.code.startswith(f"{codes}.") for one in found.waiting)
    if waits and verdict is Verdict.NOT_SHOWN:
        return {"tone": "wait", "icon": "wait", "word": _("do uzgodnienia")}
    return look(verdict)
