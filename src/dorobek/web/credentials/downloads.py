"""Files of a credential issued here, handed to its holder or to the issuer's staff."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from dorobek.credentials.formats import ELM, ENDINGS, JSON, PDF, PDF_ENGLISH, PNG, SVG, file_of
from dorobek.credentials.models import Credential

# (ending, what it is, what it is good for)
FILES: tuple[tuple[str, Any, Any], ...] = (
    (PDF, _("Certyfikat PDF"), _("do wydruku, z kodem do sprawdzenia")),
    (PDF_ENGLISH, _("Certyfikat PDF po angielsku"), _("do wydruku, z kodem do sprawdzenia")),
    (PNG, _("Odznaka PNG"), _("obrazek na stronę albo do wiadomości; poświadczenie jest w środku")),
    (SVG, _("Odznaka SVG"), _("to samo, ostre w każdym rozmiarze")),
    (JSON, _("Poświadczenie JSON"), _("do innego portfela: Open Badges 3.0, z podpisem")),
    (ELM, _("Dokument europejski JSON"), _("European Learning Model 3, bez podpisu")),
)


def file_answer(credential: Credential, ending: str) -> HttpResponse:
    """The file as a download; 404 for an ending that is not made, and for a credential that was erased."""
    if ending not in ENDINGS or not credential.document:
        raise Http404
    made = file_of(credential, ending)
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
