"""The sections of reports that the adviser writes, by document, in order."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dorobek.audits.rules.sections import FEEDBACK_SECTIONS
from dorobek.programmes.enums import DocumentKind

PRELIMINARY_SECTIONS = {
    "summary": _("Co już wiemy"),
    "gaps": _("Czego jeszcze brakuje"),
    "next": _("Co dalej"),
}
FINAL_SECTIONS = {
    "course": _("Jak przebiegał bilans"),
    "results": _("Wnioski"),
    "recommendations": _("Zalecenia i dalsze kroki"),
}
SECTIONS: Mapping[DocumentKind, Mapping[str, Any]] = {
    DocumentKind.PRELIMINARY_REPORT: PRELIMINARY_SECTIONS,
    DocumentKind.FEEDBACK_REPORT: FEEDBACK_SECTIONS,
    DocumentKind.FINAL_REPORT: FINAL_SECTIONS,
}
