"""The network address a request came from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The peer, or what the trusted proxies (`DOROBEK_TRUSTED_PROXIES`, a count) added to X-Forwarded-For."""
    peer = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not settings.TRUSTED_PROXIES or not forwarded:
        return peer
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    return chain[-settings.TRUSTED_PROXIES] if len(chain) >= settings.TRUSTED_PROXIES else peer
