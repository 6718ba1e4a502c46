"""Who may come in: a member of the commission to their own sheet; a member who has still to declare; officers.

@judging("arkusz")   the view gets (request, sheet, ...): the user's own sheet in this round; 404 for everybody else
"""

import uuid
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from dorobek.people.actions import log_reading
from dorobek.people.enums import Role
from dorobek.validation.models import Application, Assessment
from dorobek.validation.queries.assessing import own_sheet
from dorobek.web.doors import CaseRequest, View, staff

assessor = staff(Role.ASSESSOR)
officer = staff(Role.AWARDING_OFFICER)


class JudgeRequest(CaseRequest):
    """A request of a member of the commission."""

    application: Application


def judging(part: str) -> Any:
    """A page of a case that the user judges. `part` names it in the log that the candidate reads."""

    def decorate(view: View) -> View:
        @wraps(view)
        @assessor
        def door(request: Any, uid: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponseBase:
            sheet = find_sheet(request.user, uid, part)
            request.application = sheet.application
            return view(request, sheet, *args, **kwargs)

        return door

    return decorate


def find_sheet(user: Any, uid: uuid.UUID, part: str) -> Assessment:
    """The user's own sheet on the application, the reading logged; a stranger's and a missing one are both 404."""
    sheet = own_sheet(user, uid)
    if sheet is None:
        raise Http404
    case = sheet.application
    log_reading(account=user, person=case.person, case_uid=case.uid, part=f"walidacja: {part}")
    return sheet
