"""The addresses of Dorobek and one that passes everything a request passes and does nothing."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def empty(request: HttpRequest) -> JsonResponse:
    """Nothing: session, account, limits and the form's token are checked as for every other request."""
    return JsonResponse({"number": 0})


urlpatterns = [path("empty/", empty), path("", include("dorobek.config.urls"))]
