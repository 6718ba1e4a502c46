"""Polish first: the language is the one chosen on the page, never guessed from the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ChosenLanguageMiddleware:
    """Stands before Django's LocaleMiddleware, so that only the language cookie decides; Polish without one.

    Browsers in Polish offices often ask for English because nobody ever set them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return self.get_response(request)
