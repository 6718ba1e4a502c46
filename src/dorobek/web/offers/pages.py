"""What the provider's own pages and the office's pages about providers share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.offers import queries, rules
from dorobek.offers.models import Provider, QualityCheck
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish


def answered(check: QualityCheck | None) -> list[tuple[str, dict[str, Any]]]:
    """(question, answer) of a step of the standard, in the order of the standard."""
    if check is None:
        return []
    return [(question, check.answers[code]) for code, question in rules.STANDARD.items() if code in check.answers]


def quality(provider: Provider) -> dict[str, Any]:
    """The newest steps of the standard as templates show them. One statement."""
    found = queries.quality_of(provider)
    mark = found["mark"]
    return {
        "steps": [one for one in found.values() if one], "mark": mark if mark and mark.holds() else None,
        "assessed": found["self"], "audited": found["audit"], "answers": answered(found["audit"] or found["self"]),
    }  # fmt: skip


def one_form(
    request: CaseRequest,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    title: str,
    button: str,
    back: str,
    after: Callable[[Any], str] | None = None,
    lead: str = "",
    danger: bool = False,
    **more: Any,
) -> HttpResponse:
    """A page of one form: saved and back with a word, or shown again (422) with what is to be mended."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (saved := attempt(form, save)):
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect(after(saved) if after else back)
    context = {
        "form": form, "title": title, "button": button, "back": back, "lead": lead, "danger": danger, **more,
    }  # fmt: skip
    return render(request, "offers/form.html", context, status=status)
