"""What the analysis gives to the page of editing: a suggestion written in, hints about new wordings (RG-7)."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dorobek.register.analysis.entries import checked, suggested, wordings
from dorobek.register.analysis.kinds import WHY, FaultKind
from dorobek.register.analysis.wording import Fault
from dorobek.register.entry import Entry
from dorobek.register.entry.outline import as_outline


def from_suggestion(request: HttpRequest, held: Entry) -> dict[str, Any]:
    """The form's outline with the suggestion that the address names; nothing when it names none that still holds."""
    place, number = request.GET.get("zdanie", ""), request.GET.get("uwaga", "")
    for wording, found in checked(held) if place else ():
        if wording.place == place and number.isascii() and number.isdigit() and int(number[:3]) < len(found):
            fault = found[int(number[:3])]
            if fault.suggestions:
                reason = _("Zdanie %(place)s: %(fault)s.") % {
                    "place": place,
                    "fault": FaultKind(fault.kind).label,
                }
                return {"outline": as_outline(suggested(held, place, fault.suggestions).sets), "reason": reason}
    return {}


def hints_for(before: Entry | None, after: Entry) -> list[dict[str, Any]]:
    """Faults of wordings that the entry did not have before."""
    known = {one.text for one in wordings(before)} if before else set()
    return [
        {
            "place": wording.place,
            "text": marked(wording.text, [(fault.start, fault.end) for fault in found]),
            "faults": [fault_words(fault) for fault in found],
        }
        for wording, found in checked(after)
        if wording.text not in known
    ]


def fault_words(fault: Fault) -> dict[str, Any]:
    """A fault for a reader."""
    return {
        "label": FaultKind(fault.kind).label,
        "why": WHY[fault.kind],
        "words": fault.words,
        "suggestions": fault.suggestions,
        "together": len(fault.suggestions) > 1,
        "serious": fault.serious,
    }


def marked(text: str, places: list[tuple[int, int]]) -> SafeString:
    """The text with these places marked, everything escaped; overlapping ones are one."""
    made, at = [], 0
    for start, end in sorted(places):
        start = max(start, at)
        if end > start:
            made += [escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
            at = end
    return mark_safe("".join([*made, escape(text[at:])]))
