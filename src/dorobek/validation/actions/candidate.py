"""The candidate's own steps: one click from readiness to a draft, what they need, sending (VA-1)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.validation import perms
from dorobek.validation.actions.applying import (
    BEFORE_COMMISSION,
    begin_application,
    expect,
    map_evidence,
    record,
    submit_application,
)
from dorobek.validation.enums import AdjustmentKind
from dorobek.validation.models import Application, ValidationOpening
from dorobek.validation.queries.evidencing import evidence_found

TOLD_VERSION = "2026-1"


def told() -> tuple[str, ...]:
    """What a candidate is told before sending: who will see what, for how long, and what they may do about it."""
    return (
        _("Zgłoszenie zobaczy instytucja, która prowadzi walidację: jej pracownik, doradca walidacyjny i komisja."),
        _("Zobaczą dowody dołączone do kryteriów. Nie zobaczą reszty portfolio ani rozmów z doradcą zawodowym."),
        _("Każde zajrzenie do zgłoszenia jest zapisane i widać je na stronie sprawy."),
        _("Do czasu decyzji można się wycofać bez podania powodu. Portfolio zostaje bez zmian."),
        _("Instytucja przechowuje protokół i wynik, bo tego wymaga prawo."),
    )


@transaction.atomic
def apply_with_evidence(*, person: Person, opening: ValidationOpening, acting_user: ActingUser) -> Application:
    """A draft with the evidence that readiness finds already beside the criteria; nothing is typed again.

    Outcomes confirmed earlier get none: they need no second look. Raises NotAllowed, RuleBroken.
    """
    made = begin_application(person=person, opening=opening, acting_user=acting_user)
    found = evidence_found(acting_user.account, person, opening.entry_version.entry)
    known = set(opening.rules.criterion_codes)
    held = {code: pieces for code, pieces in found.items() if code in known and not _carried(made, code)}
    if held:
        map_evidence(application=made, mapped=held, acting_user=acting_user)
    return made


def _carried(application: Application, criterion: str) -> bool:
    return any(criterion == code or criterion.startswith(f"{code}.") for code in application.carried)


@transaction.atomic
def ask_adjustments(
    *, application: Application, kinds: Collection[str], words: str, acting_user: ActingUser
) -> Application:
    """What the candidate needs for an equal chance; until the commission sits. Raises NotAllowed, RuleBroken."""
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *BEFORE_COMMISSION)
    if set(kinds) - set(AdjustmentKind.values):
        raise RuleBroken(_("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."), "kinds")
    if AdjustmentKind.OTHER in kinds and not words.strip():
        raise RuleBroken(_("Proszę napisać, co jeszcze jest potrzebne."), "words")
    values = {"adjustment_kinds": sorted(set(kinds)), "adjustments": words.strip()}
    if changes := application.write(values, base_version=None):
        record(acting_user, "validation.adjustments-asked", application, **changes)
    return application


@transaction.atomic
def send_application(
    *, application: Application, kinds: Collection[str], words: str, agreed: bool, acting_user: ActingUser
) -> Application:
    """Adjustments, the word that one knows who will see the evidence, and sending, all at once.

    Raises NotAllowed, RuleBroken (not agreed, no places, too late).
    """
    acting_user.require(perms.is_candidate(acting_user.account, application))
    if not agreed:
        raise RuleBroken(_("Proszę zaznaczyć, że wiadomo, kto zobaczy dowody. Bez tego nie można wysłać."), "agreed")
    ask_adjustments(application=application, kinds=kinds, words=words, acting_user=acting_user)
    record(acting_user, "validation.informed", application, wording_version=TOLD_VERSION, wording=list(told()))
    return submit_application(application=application, acting_user=acting_user)
