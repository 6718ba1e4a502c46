"""/walidacja/ocena/…/arkusz/: the assessor's own sheet, one outcome at a time; closing it is final (VA-5)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.people.models import Draft
from dorobek.validation.actions.assessing import close_sheet
from dorobek.validation.actions.sheets import fill_sheet
from dorobek.validation.models import Assessment
from dorobek.validation.pointing import in_words
from dorobek.validation.queries.assessing import OutcomePart, evidence_of, outline, unsent_marks
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.evidence import recorded_of
from dorobek.web.validation.assessing.forms import NAMES, SheetForm
from dorobek.web.validation.assessing.looks import VERDICTS, WORDS, frame


@judging("arkusz")
def fill(request: JudgeRequest, sheet: Assessment, outcome: str) -> HttpResponse:
    """The criteria of one outcome with the candidate's evidence. A closed sheet is only read."""
    application = sheet.application
    parts = [one for group in outline(application.opening, application.carried) for one in group.outcomes]
    here = next((one for one in parts if one.code == outcome), None)
    if here is None:
        raise Http404
    after = _after(parts, here)
    group = next(one for one in outline(application.opening) if one.number == int(outcome.split(".")[0]))
    if here.carried or sheet.closed_at is not None:
        return _read(request, sheet, here, {"group": group, "after": after})
    evidence = evidence_of(application)
    titles = {piece.pk: piece.title for pieces in evidence.values() for piece in pieces}
    form = form_for(
        request,
        SheetForm,
        sheet=sheet,
        outcome=here,
        evidence=evidence,
        rules=application.opening.rules,
        machine={
            key: f"„{titles[key]}”. {found[0]['told']}"
            for key, found in recorded_of(application).items()
            if key in titles
        },
    )
    if request.method == "POST" and form.is_valid() and not form.overtaken(form.stored):
        count = attempt(form, lambda: fill_sheet(assessment=sheet, rows=form.rows(), acting_user=request.acting))
        if count is not None:
            finish(request)
            messages.success(request, _("Zapisano %s.") % here.code)
            onwards = after.code if after and request.POST.get("then") == "next" else here.code
            return redirect("assessing-sheet", application.uid, onwards)
    context = frame(sheet, "assessing-sheet", form=form, outcome=here, group=group, after=after)
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/sheet.html", context, status=status)


def _after(parts: list[OutcomePart], here: OutcomePart) -> OutcomePart | None:
    left = [one for one in parts[parts.index(here) + 1 :] if not one.carried]
    return left[0] if left else None


def _read(request: JudgeRequest, sheet: Assessment, here: OutcomePart, more: dict[str, object]) -> HttpResponse:
    codes = [code for code, _text in here.criteria]
    held = {one.criterion: one for one in sheet.marks.filter(criterion__in=codes).select_related("evidence")}
    pointed = {code: in_words(one, sheet.application) for code, one in held.items()}
    rows = [
        (code, text, held.get(code), {**_look(held.get(code)), "pointed": pointed.get(code, "")})
        for code, text in here.criteria
    ]
    context = frame(sheet, "assessing-sheet", outcome=here, rows=rows, **more)
    return render(request, "validation/assessing/sheet_read.html", context)


def _look(mark: object) -> dict[str, object]:
    verdict = getattr(mark, "verdict", "")
    tone, icon = VERDICTS.get(verdict, ("", "todo"))
    return {
        "tone": tone,
        "icon": icon,
        "word": WORDS.get(verdict, ""),
        "method": NAMES.get(getattr(mark, "method", "")),
    }


@judging("zamknięcie arkusza")
def close(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """What is still missing, what a device has not sent yet, and the one button that cannot be taken back."""
    application = sheet.application
    form = DorobekForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, lambda: close_sheet(assessment=sheet, acting_user=request.acting)):
        messages.success(request, _("Arkusz jest zamknięty. Oceny innych zobaczą Państwo, gdy zamkną je wszyscy."))
        return redirect("assessing-case", application.uid)
    context = frame(sheet, "assessing-case", form=form)
    given = set(sheet.marks.values_list("criterion", flat=True))
    left = [code for code in context["todo"] if code not in given]
    context |= {
        "left": [(code, code.rsplit(".", 1)[0] if code.count(".") > 1 else code) for code in left],
        "drafts": _drafts(request, sheet), "unsent": unsent_marks(request.user, application),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/close.html", context, status=status)


def _drafts(request: JudgeRequest, sheet: Assessment) -> list[str]:
    """Outcomes with something typed that was never sent."""
    mine = Draft.objects.filter(account=request.user, case_uid=sheet.application.uid, form__contains="/arkusz/")
    return sorted(one.form.rstrip("/").rsplit("/", 1)[-1] for one in mine if one.values)
