"""/walidacja/pytania/: the bank of the body, its questions with their figures, plans of tests. For the officer alone."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.kernel.errors import RuleBroken
from dorobek.validation import knowledge
from dorobek.validation.actions import knowledge_bank
from dorobek.validation.models import BankItem, Blueprint, ItemVersion, QuestionBank, ValidationOpening
from dorobek.validation.models.knowledge import QuestionForm
from dorobek.validation.queries import knowledge as queries
from dorobek.validation.rules.testing.drawing import BadBlueprint, CannotDraw, alike, cells_of, draw
from dorobek.validation.rules.testing.figures import LEAST_ANSWERS
from dorobek.validation.rules.testing.questions import Form
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.knowledge.bank_forms import FORMS, BlueprintForm, RetireForm, blueprint_initial, initial_of
from dorobek.web.validation.knowledge.door import BankRequest, bank_page, officer
from dorobek.web.validation.knowledge.words import bad_words, figure_words, question_lines

SAMPLES = 5


@officer
def banks(request: BankRequest) -> HttpResponse:
    """Every bank the officer keeps, and qualifications that have none yet."""
    context = {"banks": queries.banks_of(request.user), "fresh": queries.openings_without_bank(request.user)}
    return render(request, "validation/knowledge/banks.html", context)


@officer
@require_POST
def open_bank(request: BankRequest, uid: uuid.UUID) -> HttpResponse:
    """A bank for the qualification of an opening."""
    opening = ValidationOpening.objects.filter(uid=uid).select_related("institution", "qualification").first()
    if opening is None:
        raise Http404
    bank = knowledge_bank.open_bank(
        institution=opening.institution, qualification=opening.qualification, acting_user=request.acting
    )
    return redirect("knowledge-bank", bank.uid)


@bank_page
def bank(request: BankRequest, bank: QuestionBank) -> HttpResponse:
    """Questions by criterion, what is lacking, plans of tests."""
    criterion, form = request.GET.get("kryterium", ""), request.GET.get("rodzaj", "")
    retired = request.GET.get("wycofane") == "1"
    context = {
        "bank": bank, "stock": queries.stock_of(bank), "items": queries.items_of(bank, criterion, form, retired),
        "criterion": criterion, "form_kind": form, "retired": retired, "forms": QuestionForm.choices,
        "blueprints": bank.blueprints.filter(closed_at=None).order_by("title", "pk"),
        "retired_plans": bank.blueprints.exclude(closed_at=None).order_by("-closed_at", "-pk"),
    }  # fmt: skip
    return render(request, "validation/knowledge/bank.html", context)


@bank_page
def item_new(request: BankRequest, bank: QuestionBank, kind: str) -> HttpResponse:
    """A new question of the form chosen."""
    form_class = _form_class(kind)
    texts = _criteria(bank)
    chosen = request.GET.get("kryterium", "")
    initial = {"points": 1, "difficulty": 3, **({"criterion": chosen} if chosen in texts else {})}
    form = form_for(request, form_class, initial=initial, criteria=texts, form=Form(kind))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: knowledge_bank.add_item(
            bank=bank, question=form.question(), criterion=form.cleaned_data["criterion"],
            also=form.cleaned_data["also"],
            difficulty=form.cleaned_data["difficulty"], acting_user=request.acting,
        ))  # fmt: skip
        if made is not None:
            finish(request)
            messages.success(request, _("Pytanie jest w banku."))
            return redirect("knowledge-item", bank.uid, made.item.uid)
    context = {"bank": bank, "form": form, "kind": QuestionForm(kind), "item": None}
    return render(request, "validation/knowledge/item_form.html", context, status=_status(form))


@bank_page
def item(request: BankRequest, bank: QuestionBank, item_uid: uuid.UUID) -> HttpResponse:
    """One question: every version with its words, uses and figures."""
    held = _item(bank, item_uid)
    figures = {one.version.pk: one for one in queries.figures_of_bank(bank) if one.version.item_id == held.pk}
    rows = []
    for version in held.versions.select_related("author").order_by("-number"):
        one = figures.get(version.pk)
        rows.append((version, question_lines(version.question), figure_words(one) if one else None))
    texts = knowledge.criterion_texts(bank.qualification)
    context = {"bank": bank, "item": held, "rows": rows, "texts": texts, "least": LEAST_ANSWERS}
    return render(request, "validation/knowledge/item.html", context)


@bank_page
def item_change(request: BankRequest, bank: QuestionBank, item_uid: uuid.UUID) -> HttpResponse:
    """Other words: a new version where the old one was asked already."""
    held = _item(bank, item_uid)
    newest = _newest(held)
    before = newest.question
    initial = {
        "criterion": newest.criterion,
        "also": newest.also,
        "difficulty": newest.difficulty,
        **initial_of(before),
    }
    form = form_for(
        request, _form_class(newest.form), initial=initial, base_version=held.version,
        criteria=_criteria(bank), form=before.form,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: knowledge_bank.change_item(
            item=held, question=form.question(before), criterion=data["criterion"], also=data["also"],
            difficulty=data["difficulty"],
            base_version=data["base_version"], acting_user=request.acting,
        ))  # fmt: skip
        if made is not None:
            finish(request)
            messages.success(request, _("Zapisano wersję %d pytania.") % made.number)
            return redirect("knowledge-item", bank.uid, held.uid)
    context = {"bank": bank, "form": form, "kind": QuestionForm(newest.form), "item": held, "used": newest.used_at}
    return render(request, "validation/knowledge/item_form.html", context, status=_status(form))


@bank_page
def item_retire(request: BankRequest, bank: QuestionBank, item_uid: uuid.UUID) -> HttpResponse:
    """Take a question out of use, with the reason."""
    held = _item(bank, item_uid)
    form = form_for(request, RetireForm)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: knowledge_bank.retire_item(item=held, why=why, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Pytanie jest wycofane. Testy, w których już było, zostają bez zmian."))
            return redirect("knowledge-bank", bank.uid)
    context = {"bank": bank, "form": form, "item": held, "version": _newest(held)}
    return render(request, "validation/knowledge/item_retire.html", context, status=_status(form))


@bank_page
def figures(request: BankRequest, bank: QuestionBank) -> HttpResponse:
    """How questions work, the bad ones first, with the reason."""
    rows = [(one, figure_words(one), [bad_words(bad) for bad in one.bad]) for one in queries.figures_of_bank(bank)]
    context = {"bank": bank, "bad": [row for row in rows if row[2]], "rows": rows, "least": LEAST_ANSWERS}
    return render(request, "validation/knowledge/figures.html", context)


@bank_page
def blueprint(request: BankRequest, bank: QuestionBank, plan_uid: uuid.UUID | None = None) -> HttpResponse:
    """A plan of a test, new or changed, with sample forms that show how alike they are."""
    held: Blueprint | None = None
    initial: dict[str, Any] = {"minutes": 45, "pass_percent": 60}
    if plan_uid is not None:
        held = bank.blueprints.filter(uid=plan_uid).first()
        if held is None:
            raise Http404
        names = ("title", "minutes", "pass_percent", "all_on_one")
        initial = {name: getattr(held, name) for name in names}
        initial |= blueprint_initial(held.rows, held.pass_by_outcome)
    base = held.version if held else 0
    texts = knowledge.criterion_texts(bank.qualification)
    form = form_for(request, BlueprintForm, initial=initial, base_version=base, texts=texts)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _save(bank, held, form, request))
        if made is not None:
            finish(request)
            messages.success(request, _("Plan testu jest zapisany."))
            return redirect("knowledge-blueprint", bank.uid, made.uid)
    samples = _samples(bank, held) if held else None
    stock = {one.code: one for one in queries.stock_of(bank)}
    table = [(code, points, mark, stock.get(code)) for code, points, mark in form.table()]
    context = {"bank": bank, "form": form, "plan": held, "table": table, "samples": samples}
    return render(request, "validation/knowledge/blueprint.html", context, status=_status(form))


@bank_page
def retire_plan(request: BankRequest, bank: QuestionBank, plan_uid: uuid.UUID) -> HttpResponse:
    """No new test is drawn from the plan; those let before stay."""
    held = bank.blueprints.filter(uid=plan_uid, closed_at=None).first()
    if held is None:
        raise Http404
    form = form_for(request, RetireForm)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: knowledge_bank.retire_blueprint(blueprint=held, why=why, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Plan jest wycofany. Testy, które już z niego powstały, zostają bez zmian."))
            return redirect("knowledge-bank", bank.uid)
    context = {"bank": bank, "form": form, "plan": held, "tests": held.tests.count()}
    return render(request, "validation/knowledge/blueprint_retire.html", context, status=_status(form))


def _save(bank: QuestionBank, held: Blueprint | None, form: BlueprintForm, request: BankRequest) -> Blueprint:
    data = form.cleaned_data
    return knowledge_bank.save_blueprint(
        bank=bank, title=data["title"], rows=data["rows"], minutes=data["minutes"], pass_percent=data["pass_percent"],
        pass_by_outcome=data["pass_by_outcome"], all_on_one=data["all_on_one"], blueprint=held,
        base_version=data["base_version"] if held else None, acting_user=request.acting,
    )  # fmt: skip


def _samples(bank: QuestionBank, held: Blueprint) -> dict[str, Any]:
    """Some forms drawn for a look: how many questions and points, and how far they lie apart; or what is lacking."""
    pool = list(knowledge.pool_of(bank))
    try:
        cells = cells_of(knowledge.rows_of(held), pool, knowledge.criteria_of(bank.qualification))
        forms = [draw(cells, pool, f"{held.uid}:{number}") for number in range(SAMPLES)]
    except CannotDraw as fault:
        return {"problem": knowledge.shortages_in_words(fault)}
    except BadBlueprint as fault:
        return {"problem": _("Wpis w rejestrze zmienił się i nie ma w nim już: %s.") % fault.target}
    shown = alike(forms)
    drawn = {one.family for form in forms for one in form}
    return {
        "forms": SAMPLES, "questions": [len(form) for form in forms], "points": shown["points"],
        "difficulty": shown["difficulty"], "different": len(drawn),
    }  # fmt: skip


def _form_class(kind: str) -> Any:
    if kind not in set(Form):
        raise Http404
    return FORMS[Form(kind)]


def _criteria(bank: QuestionBank) -> dict[str, str]:
    texts = knowledge.criterion_texts(bank.qualification)
    return {code: texts.get(code, "") for code in knowledge.criteria_of(bank.qualification)}


def _item(bank: QuestionBank, uid: uuid.UUID) -> BankItem:
    held = bank.items.filter(uid=uid).first()
    if held is None:
        raise Http404
    return held


def _newest(held: BankItem) -> ItemVersion:
    newest = held.versions.order_by("-number").first()
    if newest is None:
        raise RuleBroken(_("To pytanie nie ma treści."))
    return newest


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
