"""A request too large to take, or one the disk has no room for, is answered with a page that says what to do."""

import contextlib
import errno
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.utils.html import format_html
from django.utils.translation import gettext as _

from dorobek.kernel.uploads import KINDS, LARGEST, MB
from dorobek.web.typography import keep_together

Response = Callable[[HttpRequest], HttpResponse]
FORM = "multipart/form-data"
FRAME = (
    '{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}{% block content %}{{ sheet }}{% endblock %}'
)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BodySizeMiddleware:
    """413, without reading it, for a body that announces more than the rules of uploads could ever accept; 507 for
    one that does not fit on the disk.

    A form with files may bring one file of the largest kind and its other fields; anything else only fields or JSON.
    Stands last: whoever is refused by the limits of requests is not read at all.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = announced_size(request)
        if announced > limit_of(request):
            return refusal(request, 413, title_of(request), too_large(request, announced))
        if request.method == "POST" and request.content_type == FORM and request.user.is_authenticated:
            # here and not later: the check of the form's token reads it where no middleware hears of a failure
            try:
                request.FILES  # noqa: B018
            except OSError as error:
                if (answer := self.process_exception(request, error)) is None:
                    raise
                return answer
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A full disk, wherever it was met; what had come of the files is gone by then."""
        if not isinstance(exception, OSError) or exception.errno not in NO_ROOM:
            return None
        for handler in request.upload_handlers:
            with contextlib.suppress(OSError):  # the last words in the buffer do not fit either
                handler.upload_interrupted()
        return refusal(request, 507, _("Brakuje miejsca"), no_room())


def refusal(request: HttpRequest, status: int, title: str, advice: list[str]) -> HttpResponse:
    """The advice as a page, or as JSON where a program asked."""
    if request.path.startswith("/api/") or "json" in (request.content_type or ""):
        words = " ".join(advice)
        # `detail` is the API's word for it, `error` that of the screens' own scripts
        return JsonResponse({"detail": words, "error": words}, status=status)
    return HttpResponse(page(request, title, advice), status=status)


def announced_size(request: HttpRequest) -> int:
    """Bytes of the body by Content-Length; 0 when there is none that makes sense: such a body is read as empty."""
    text = str(request.META.get("CONTENT_LENGTH") or "")
    return int(text) if text.isascii() and text.isdigit() else 0


def limit_of(request: HttpRequest) -> int:
    """The most bytes this kind of request may bring."""
    fields = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return LARGEST + fields if request.content_type == FORM else fields


def title_of(request: HttpRequest) -> str:
    return _("Za duży plik") if request.content_type == FORM else _("Za dużo naraz")


def too_large(request: HttpRequest, announced: int) -> list[str]:
    """What is wrong and what to do, sentence by sentence."""
    sizes = {"size": -(-announced // MB), "limit": limit_of(request) // MB}
    if request.content_type != FORM:
        return [
            _("To za dużo naraz: %(size)d MB, a można wysłać najwyżej %(limit)d MB.") % sizes,
            _("Proszę podzielić to na mniejsze części."),
        ]
    kinds = ", ".join(
        _("%(label)s do %(limit)d MB") % {"label": k.label, "limit": k.limit // MB} for k in KINDS.values()
    )
    return [
        _("Ten plik jest za duży: ma %(size)d MB.") % sizes,
        _("Przyjmujemy: %s.") % kinds,
        _("Film można skrócić albo nagrać w niższej jakości, a duży dokument podzielić na części."),
        _("Można też wkleić odnośnik do pliku, jeśli leży gdzie indziej."),
    ]


def no_room() -> list[str]:
    return [
        _("Pliku nie udało się zapisać: na serwerze brakuje miejsca."),
        _("Proszę powiedzieć o tym doradcy i spróbować później."),
    ]


def page(request: HttpRequest, title: str, advice: list[str]) -> str:
    """The page for a person: what happened, what to do, the way back to what was typed."""
    what, *todo = advice
    sheet = format_html(
        '<div class="stack narrow"><h1>{}</h1><p class="lead">{}</p><p>{}</p><p>{}</p>'
        '<p class="row"><a class="btn" href="{}">{}</a></p></div>',
        title,
        keep_together(what),
        keep_together(" ".join(todo)),
        keep_together(_("Tego, co przyszło, nie zapisano. Tekst zapisany jako szkic czeka w formularzu.")),
        request.path,
        _("Wróć do formularza"),
    )
    return engines["django"].from_string(FRAME).render({"title": title, "sheet": sheet}, request)
