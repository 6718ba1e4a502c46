"""The documents of a case as neutral trees, from what the tables say at that moment (VA-3, VA-5, VA-6, VA-8).

build(kind, about)    `about`: the application (appointment), declaration, decision, appeal or certificate
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from dorobek.kernel.documents import Document
from dorobek.validation.documents.answers import appeal_answer
from dorobek.validation.documents.certificate import certificate, check_url
from dorobek.validation.documents.commissions import appointment, declaration
from dorobek.validation.documents.common import LANGUAGE, case_number
from dorobek.validation.documents.protocol import protocol
from dorobek.validation.documents.refusals import refusal
from dorobek.validation.documents.results import last_day, letter, revocation
from dorobek.validation.enums import PaperKind

BUILDERS: Mapping[PaperKind, Callable[[Any], Document]] = {
    PaperKind.DECLARATION: declaration,
    PaperKind.APPOINTMENT: appointment,
    PaperKind.PROTOCOL: protocol,
    PaperKind.LETTER: letter,
    PaperKind.APPEAL_ANSWER: appeal_answer,
    PaperKind.CERTIFICATE: certificate,
    PaperKind.REVOCATION: revocation,
    PaperKind.REFUSAL: refusal,
}


def build(kind: PaperKind, about: Any) -> Document:
    """The document in the language of the proceedings, without number and date."""
    with translation.override(LANGUAGE):
        return BUILDERS[kind](about)


__all__ = ["BUILDERS", "build", "case_number", "check_url", "last_day"]
