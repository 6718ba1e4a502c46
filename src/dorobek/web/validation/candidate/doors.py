"""Who may come in: the candidate to their own case, staff of the body to a case sent to it; 404 for everybody else."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from dorobek.people.actions import log_reading
from dorobek.people.models import Account
from dorobek.validation import perms
from dorobek.validation.models import Application
from dorobek.validation.queries.candidate import application_of
from dorobek.web.doors import signed_in

View = Callable[..., Any]
PART = "walidacja"


def find_application(user: Account, uid: uuid.UUID) -> Application:
    """The application when the user may see it, the reading logged; 404 otherwise."""
    found = application_of(user, uid)
    if found is None:
        raise Http404
    log_reading(account=user, person=found.person, case_uid=found.uid, part=PART)
    return found


def own_validation(view: View) -> View:
    """A page of the candidate's own application."""

    @wraps(view)
    @signed_in
    def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        application = find_own(request.user, uid)
        answer: HttpResponse = view(request, application, *args, **kwargs)
        return answer

    return door


def find_own(user: Account, uid: uuid.UUID) -> Application:
    """One's own application; 404 for anybody else's."""
    found = application_of(user, uid)
    if found is None or not perms.is_candidate(user, found):
        raise Http404
    return found


def advised_validation(view: View) -> View:
    """A page of an application in which the user advises."""

    @wraps(view)
    @signed_in
    def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        application = application_of(request.user, uid)
        if application is None or not perms.may_advise(request.user, application):
            raise Http404
        log_reading(account=request.user, person=application.person, case_uid=application.uid, part=PART)
        answer: HttpResponse = view(request, application, *args, **kwargs)
        return answer

    return door
