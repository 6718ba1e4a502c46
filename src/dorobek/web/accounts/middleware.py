"""What every request passes on its way in: limits, the end of a session, the second factor of staff (XX-2)."""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from dorobek.web.accounts.addresses import client_address
from dorobek.web.accounts.second_factor import has_second_factor
from dorobek.web.accounts.views import too_many

Response = Callable[[HttpRequest], HttpResponse]
WINDOW_SECONDS = 60
STAFF_IDLE_SECONDS = 60 * 60
ABSOLUTE_SECONDS = 8 * 60 * 60
BEGAN, SEEN = "session_began", "session_seen"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


def over_limit(key: str, limit: int, window: int = WINDOW_SECONDS) -> int:
    """Count one more under the key in this minute (`window`, seconds); seconds to wait when that is too many, else 0."""
    now = time.time()
    name = f"limit:{key}:{int(now // window)}"
    if cache.add(name, 1, window * 2):
        return 0
    try:
        count = cache.incr(name)
    except ValueError:  # it expired between the two calls
        return 0
    if window > WINDOW_SECONDS:
        cache.touch(name, window * 2)  # counting up in the database's cache leaves it no longer than the default
    return window - int(now % window) if count > limit else 0


class RateLimitMiddleware:
    """Writes are limited per account, doors open to everybody per address. Too many: 429 with Retry-After.

    Signed-in reading is not counted, so a page costs no statement more for this.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait = self.seconds_to_wait(request)
        if wait:
            return too_many(request, wait)
        return self.get_response(request)

    def seconds_to_wait(self, request: HttpRequest) -> int:
        reading = request.method in SAFE
        if token := request.headers.get("Authorization"):
            return over_limit(f"token:{hashlib.sha256(token.encode()).hexdigest()}", settings.LIMIT_TOKEN)
        if request.user.is_authenticated:
            return 0 if reading else over_limit(f"writes:{request.user.pk}", settings.LIMIT_WRITES)
        if reading and not request.path.startswith(settings.PUBLIC_DOORS):
            return 0
        return over_limit(f"public:{client_address(request)}", settings.LIMIT_PUBLIC)


class SessionEndMiddleware:
    """A session ends 8 hours after sign-in; for staff also after an hour without a request."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self.is_over(request):
            logout(request)
            if request.method in SAFE and not request.headers.get("HX-Request"):
                query = urlencode({"next": request.get_full_path(), "ended": "1"})
                return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
        return self.get_response(request)

    @staticmethod
    def is_over(request: Any) -> bool:
        now = int(time.time())
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.get(SEEN, now)
        if now - began > ABSOLUTE_SECONDS:
            return True
        if now - seen > STAFF_IDLE_SECONDS and request.user.works_here:
            return True
        if SEEN not in request.session or now - seen > 60:  # at most one write a minute
            request.session[SEEN] = now
        return False


class SecondFactorMiddleware:
    """Staff without a second factor is sent to set one up before anything else."""

    OPEN = ("/accounts/", "/static/", "/outbox", "/language")

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            user.is_authenticated
            and not request.path.startswith(self.OPEN)
            and user.works_here
            and not has_second_factor(request)
        ):
            return HttpResponseRedirect(reverse("second_factor"))
        return self.get_response(request)
