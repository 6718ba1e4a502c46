"""Who comes to the bank and to tests, and which one they opened; a stranger's and a missing one are the same 404."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from dorobek.people.enums import Role
from dorobek.validation.models import KnowledgeTest, QuestionBank
from dorobek.web.doors import CaseRequest, signed_in

View = Callable[..., HttpResponseBase]


class BankRequest(CaseRequest):
    """A request of an awarding officer."""


def officer(view: View) -> View:
    """Awarding officers alone: no other role, no operator, and nobody who came in another way."""

    @wraps(view)
    @signed_in
    def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_role(Role.AWARDING_OFFICER):
            raise Http404
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return door


def bank_page(view: View) -> View:
    """A page of a bank that the officer keeps; nobody keeps one whose test they may sit themselves."""

    @wraps(view)
    @officer
    def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        banks = QuestionBank.objects.visible_to(request.user).select_related("qualification__current", "institution")
        bank = banks.filter(uid=uid).first()
        if bank is None:
            raise Http404
        return view(request, bank, *args, **kwargs)

    return door


def find_test(request: Any, uid: uuid.UUID) -> KnowledgeTest:
    """A test the user may see in some way; 404 otherwise."""
    tests = KnowledgeTest.objects.visible_to(request.user).select_related(
        "application__person", "application__opening__institution", "application__opening__qualification", "blueprint"
    )
    found: KnowledgeTest | None = tests.filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def own_test(view: View) -> View:
    """A page of the candidate's own test. Nothing of it stays in the browser's store of pages."""

    @wraps(view)
    @signed_in
    def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
        test = find_test(request, uid)
        if test.application.person.account_id != request.user.pk:
            raise Http404
        answer = view(request, test, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    return door
