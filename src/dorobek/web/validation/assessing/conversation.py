"""/walidacja/ocena/…/rozmowa/: a guide from what is still open on the own sheet, notes by criterion (VA-4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.validation.actions.sheets import finish_conversation, note_criteria
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Assessment
from dorobek.validation.queries.assessing import conversation_guide, coverage, outline, wordings
from dorobek.validation.rules.conversation import Question, Why, question, uncovered_sets
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.forms import NotesForm, notes_of, seen_mark
from dorobek.web.validation.assessing.looks import CONVERSATION, allows, frame


@judging("rozmowa")
def show(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """Questions with room for what was heard; `then=end` also writes down that the conversation took place."""
    application = sheet.application
    rules = application.opening.rules
    if not allows(rules, CONVERSATION):
        raise Http404
    asked = _asked(sheet)
    names = [(one.criterion, _("Co było słychać (%s)") % one.criterion) for one in asked]
    held = notes_of(sheet, CONVERSATION)
    form = form_for(request, NotesForm, names=names, initial={**held, "seen": seen_mark(held)})
    ready = request.method == "POST" and form.is_valid() and not form.overtaken(held)
    if ready and _saved(request, sheet, form, asked):
        finish(request)
        return redirect("assessing-conversation", application.uid)
    titles = {part.number: part.title for part in outline(application.opening)}
    done = coverage(application).get(CONVERSATION, set())
    context = frame(
        sheet, "assessing-conversation", form=form, groups=_groups(form, asked, titles, wordings(application.opening)),
        left_sets=uncovered_sets(rules, list(done), CONVERSATION, application.carried), held=bool(done),
        open=application.state == ApplicationState.APPOINTED and sheet.closed_at is None,
    )  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "validation/assessing/conversation.html", context, status=status)


def _asked(sheet: Assessment) -> list[Question]:
    """The guide, and what was noted already though it is no longer open: a note never goes out of sight."""
    guide = conversation_guide(sheet)
    noted = set(sheet.notes.filter(method=CONVERSATION).values_list("criterion", flat=True))
    texts = wordings(sheet.application.opening)
    more = [Question(code, question(texts[code]), Why.OPEN) for code in noted - {one.criterion for one in guide}]
    order = list(texts)
    return sorted([*guide, *more], key=lambda one: order.index(one.criterion))


def _saved(request: JudgeRequest, sheet: Assessment, form: NotesForm, asked: list[Question]) -> bool:
    questions = {one.criterion: one.text for one in asked}
    given: dict[str, Any] = {
        "assessment": sheet,
        "notes": form.notes,
        "questions": questions,
        "acting_user": request.acting,
    }
    if request.POST.get("then") == "end":
        if attempt(form, lambda: finish_conversation(**given)) is None:
            return False
        messages.success(request, _("Zapisano notatki i to, że rozmowa się odbyła."))
        return True
    if attempt(form, lambda: note_criteria(method=CONVERSATION, **given)) is None:
        return False
    messages.success(request, _("Zapisano notatki."))
    return True


def _groups(form: NotesForm, asked: list[Question], titles: dict[int, str], texts: object) -> list[dict[str, object]]:
    groups: dict[int, list[dict[str, object]]] = {}
    for one in asked:
        number = int(one.criterion.split(".")[0])
        text = texts[one.criterion].text  # type: ignore[index]
        groups.setdefault(number, []).append({"question": one, "text": text, "box": form.box(one.criterion)})
    return [{"number": number, "title": titles[number], "rows": rows} for number, rows in groups.items()]
