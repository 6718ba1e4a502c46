"""The file of a credential brought from elsewhere: as it came, byte for byte, so that its signature still holds."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from dorobek.portfolio.models import HeldCredential

JSON, TEXT = "json", "txt"


def held_files(held: HeldCredential) -> tuple[tuple[str, Any, Any], ...]:
    if held.document.startswith("{"):
        return ((JSON, _("Poświadczenie JSON"), _("takie, jak przyszło, z podpisem")),)
    return ((TEXT, _("Poświadczenie jako tekst"), _("takie, jak przyszło, z podpisem")),)


def held_answer(held: HeldCredential, ending: str) -> HttpResponse:
    """404 for an ending that this one has not."""
    if ending not in {one for one, _name, _about in held_files(held)}:
        raise Http404
    answer = HttpResponse(held.document, content_type="application/json" if ending == JSON else "text/plain")
    answer["Content-Disposition"] = content_disposition_header(True, f"poswiadczenie.{ending}") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
