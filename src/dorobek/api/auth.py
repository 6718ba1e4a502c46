"""Who calls the API: a signed-in session, or an institution's token acting as its account."""

import hashlib
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from dorobek.people.acting import ActingUser
from dorobek.people.models import ApiToken

SAFE = ("GET", "HEAD", "OPTIONS")


class Session(SessionAuth):
    """The session of the browser; writes need the CSRF token, as in a form."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            return None
        request.acting = ActingUser(request.user)  # type: ignore[attr-defined]
        return request.user


class Token(HttpBearer):
    """`Authorization: Bearer <secret>`; read-only tokens may not write."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = timezone.now()
        found = (
            ApiToken.objects.select_related("account")
            .filter(secret_hash=hashlib.sha256(token.encode()).hexdigest(), revoked_at=None)
            .filter(Q(expires_at=None) | Q(expires_at__gt=now), account__is_active=True)
            .first()
        )
        if found is None or (found.read_only and request.method not in SAFE):
            return None
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
        request.user = found.account
        request.acting = ActingUser(found.account)  # type: ignore[attr-defined]
        return found.account
