"""Who may call: nobody where it is switched off, and where a token is set only who sends it."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from dorobek.api.vc_api.errors import problem
from dorobek.vc import jsonstrict
from dorobek.vc.errors import VcError

Body = dict[str, Any]
View = Callable[[Body], HttpResponse]


def refused(status: int, *errors: dict[str, Any]) -> JsonResponse:
    return JsonResponse({"verified": False, "checks": [], "warnings": [], "errors": list(errors)}, status=status)


def switched_on() -> None:
    """Raises Http404 where the installation does not offer this."""
    if not settings.VC_API:
        raise Http404


def door(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """POST with a JSON object; `view` gets it strictly read. VcError it raises is answered with 400."""

    @csrf_exempt  # programs call it, with a token and never with a session
    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        switched_on()
        if request.method != "POST":
            return JsonResponse({"errors": ["only POST"]}, status=405, headers={"Allow": "POST"})
        if not _has_token(request):
            return JsonResponse({"errors": ["a token is needed"]}, status=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            body = jsonstrict.parse(request.body)
            if not isinstance(body, dict):
                raise VcError("json-type", "the body must be a JSON object")
            return view(body)
        except VcError as error:
            return refused(400, problem(error.code, error.path, error.message))

    return opened


def _has_token(request: HttpRequest) -> bool:
    wanted = str(settings.VC_API_TOKEN)
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return not wanted or hmac.compare_digest(given.encode(), wanted.encode())


def member(body: Body, name: str) -> Body:
    """An object that the body must hold. Raises VcError."""
    found = body.get(name)
    if not isinstance(found, dict):
        raise VcError("missing", "an object is needed here", name)
    return found


def options_of(body: Body) -> Body:
    """Raises VcError when there are options of another shape."""
    found = body.get("options", {})
    if not isinstance(found, dict):
        raise VcError("json-type", "options must be an object", "options")
    return found
