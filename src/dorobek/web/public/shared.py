"""/u/TOKEN/: what somebody shows by an address, to whoever has it (PF-4). No account is needed."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from dorobek.audits.actions.sharing import find_share, note_look
from dorobek.audits.queries.sharing import Shareable, contents
from dorobek.credentials.verification import verify_given
from dorobek.portfolio.models import Share
from dorobek.web.credentials.checking import shown_of
from dorobek.web.files import file_response

GONE = 410


def _find(token: str) -> Share:
    share = find_share(token)
    if share is None or share.institution_id is not None:
        raise Http404
    return share


def _private(answer: HttpResponse) -> HttpResponse:
    """Not for search engines, and the address is told to nobody."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer


def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The things shown now; an address that has ended says so and names nobody."""
    share = _find(token)
    if not share.is_open:
        return _private(render(request, "sharing/ended.html", status=GONE))
    user: Any = request.user
    own = user.is_authenticated and share.person.account_id == user.pk
    if not own:
        note_look(share, user if user.is_authenticated else None)
    found = contents(share)
    context = {
        "share": share, "contents": found, "token": token, "own": own, "wallet": share.case_uid == share.person.uid,
        "credentials": [_verified(one) for one in found.credentials],
    }  # fmt: skip
    return _private(render(request, "sharing/shown.html", context))


def _verified(one: Shareable) -> dict[str, Any]:
    """One credential as of this moment: what it says and every check."""
    return shown_of(verify_given(one.text, language=get_language() or "pl"))


def shared_file(request: HttpRequest, token: str, thing: uuid.UUID) -> HttpResponseBase:
    """A file of the share."""
    share = _find(token)
    stored = contents(share).file(thing) if share.is_open else None
    if stored is None:
        raise Http404
    answer = file_response(stored)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
