"""Files handed to a browser: the right type, a readable name, nothing that could run."""

from typing import Any

from django.http import FileResponse
from django.utils.http import content_disposition_header

from dorobek.kernel.models import StoredFile

SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4", "video/webm")


def file_response(stored: StoredFile, *, download: bool = False, name: str = "") -> FileResponse:
    """Stream a stored file. Only pictures, films and PDF are shown in place; the rest is always a download."""
    inline = stored.media_type in SHOWN_INLINE and not download
    content: Any = stored.content.open("rb")
    response = FileResponse(content, content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name or stored.name) or "attachment"
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
