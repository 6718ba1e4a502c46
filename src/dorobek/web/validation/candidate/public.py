"""/walidacja/: where one can have confirmed what one can do, when and for how much; and one click to apply (VA-1)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Entry
from dorobek.register.enums import ValidationMethod
from dorobek.validation.actions.candidate import apply_with_evidence
from dorobek.validation.carrying import carried_in_words, codes_carried
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, ValidationOpening
from dorobek.validation.queries.crediting import offers
from dorobek.validation.queries.evidencing import evidence_found
from dorobek.validation.queries.openings import open_now, opening_of, validated_now
from dorobek.validation.rules.covering import Covering, covering
from dorobek.web.doors import CaseRequest, signed_in
from dorobek.web.register.entries import rules as rules_in_words
from dorobek.web.validation.candidate.evidence import outcomes_asked
from dorobek.web.validation.candidate.laid import Laid, lay

PER_PAGE = 20


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Everything one can apply for now, of one qualification when asked. Four statements."""
    code = request.GET.get("kwalifikacja", "").strip()[:20]
    page = Paginator(open_now(code), PER_PAGE).get_page(request.GET.get("page"))
    held = validated_now()
    context = {
        "page_of": page, "openings": list(page), "qualifications": held, "code": code,
        "chosen": next((one for one in held if one.code == code), None), "today": timezone.localdate(),
        "candidate": request.user.is_authenticated and request.user.participant is not None,
    }  # fmt: skip
    return render(request, "validation/candidate/openings.html", context)


def find_opening(uid: uuid.UUID) -> ValidationOpening:
    found = opening_of(uid)
    if found is None:
        raise Http404
    return found


@require_safe
def opening(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One opening: how it goes, what is asked; for a participant, how far their evidence covers each criterion."""
    held = find_opening(uid)
    entry = held.entry_version.entry
    stated = entry.rules
    context = {
        "opening": held, "entry": entry, "conditions": entry.text("entry_conditions"),
        "methods": [str(ValidationMethod(one.code).label) for one in stated.methods] if stated else [],
        "rules": rules_in_words(entry), "closed": is_closed(held), "preceding": entry.preceding,
        **_own(request, held, entry),
    }  # fmt: skip
    answer = render(request, "validation/candidate/opening.html", context)
    answer["Vary"] = "Cookie"
    return answer


def is_closed(held: ValidationOpening) -> bool:
    """No more applications: closed by the body, too late, or full."""
    left: int = getattr(held, "left", 1)
    return held.closed_at is not None or held.applications_until < timezone.localdate() or left < 1


def _own(request: Any, held: ValidationOpening, entry: Entry) -> dict[str, Any]:
    """What the signed-in participant's evidence covers already, and the application they have; nothing for others."""
    person = request.user.participant if request.user.is_authenticated else None
    if person is None:
        return {"covering": None}
    of_person = Application.objects.visible_to(request.user).filter(person=person, opening=held)
    application = of_person.exclude(state=ApplicationState.WITHDRAWN).first()
    pieces = evidence_found(request.user, person, entry)
    for one in offers(request.user, entry):
        for code in one.exact if one.counts else ():
            pieces.setdefault(code, []).append(one.piece or Evidence(kind=EvidenceKind.CREDENTIAL, title=one.title))
    counted: Covering = covering(held.rules.sets, {code: len(found) for code, found in pieces.items()})
    rows = carried_in_words(person, held)
    laid = lay(entry, Laid(pieces=pieces, carried=codes_carried([one for one, _why in rows])))
    return {"application": application, "covering": counted, "sets": laid, "carried_rows": rows}


@require_POST
@signed_in
def apply(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One click: a draft with the evidence that is held already beside the criteria."""
    held = find_opening(uid)
    person = request.user.participant
    if person is None:
        raise Http404
    made = apply_with_evidence(person=person, opening=held, acting_user=request.acting)
    asked = outcomes_asked(made)
    if not made.mapped.exists() and asked:
        messages.success(
            request, _("Zgłoszenie jest zaczęte. Nic jeszcze nie wysłano. Proszę pokazać, co Pani/Pan umie.")
        )
        return redirect("validation-step", made.uid, asked[0].code)
    messages.success(request, _("Zgłoszenie jest gotowe do przejrzenia. Nic jeszcze nie wysłano."))
    return redirect("validation-case", made.uid)
