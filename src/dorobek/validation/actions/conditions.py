"""Conditions of the entry: the candidate states how each is met, the adviser confirms each, and both stay (VA-1, VA-7)."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Entry
from dorobek.validation import perms
from dorobek.validation.actions.applying import BEFORE_COMMISSION, expect, record
from dorobek.validation.enums import ConditionHow
from dorobek.validation.models import Application, ShownCondition

LONGEST = 2000  # letters of a statement


def conditions_of(entry: Entry) -> tuple[str, ...]:
    """What somebody must meet before validation: the entry's own words, then each qualification to be held before."""
    return tuple(one for one in (entry.text("entry_conditions").strip(), *entry.preceding) if one)


def shown_now(application: Application) -> dict[int, ShownCondition]:
    """Place -> how the condition is met; what rests on a piece taken away since does not count."""
    rows = ShownCondition.objects.filter(application=application).select_related("evidence", "confirmed_by")
    return {one.place: one for one in rows if one.evidence is None or one.evidence.removed_at is None}


@transaction.atomic
def show_condition(
    *, application: Application, place: int, how: ConditionHow, acting_user: ActingUser,
    evidence: Evidence | None = None, words: str = "",
) -> ShownCondition:  # fmt: skip
    """The candidate states how a condition is met: by a credential, a document, or their own word.

    Raises NotAllowed, RuleBroken (no such condition, no piece of that kind, no words, too late).
    """
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *BEFORE_COMMISSION)
    if place not in range(len(conditions_of(application.opening.entry_version.entry))):
        raise RuleBroken(_("Wpis nie ma takiego warunku."), "place")
    if how == ConditionHow.ADVISER:
        raise RuleBroken(_("Proszę wybrać: poświadczenie, dokument albo oświadczenie."), f"how_{place}")
    if how == ConditionHow.OWN_WORD:
        evidence = None
        if not words.strip():
            raise RuleBroken(_("Proszę napisać, jak Pani/Pan spełnia ten warunek."), f"words_{place}")
    else:
        _check_piece(application, place, how, evidence, acting_user)
    values = {
        "how": how, "evidence": evidence, "words": words.strip()[:LONGEST], "confirmed_at": None, "confirmed_by": None,
    }  # fmt: skip
    made, _new = ShownCondition.objects.update_or_create(application=application, place=place, defaults=values)
    record(acting_user, "validation.condition-shown", application, **_told(made))
    return made


def _check_piece(
    application: Application, place: int, how: ConditionHow, evidence: Evidence | None, acting_user: ActingUser
) -> None:
    """Raise RuleBroken unless it is a piece of the candidate's own, of the kind that was named."""
    if evidence is None or evidence.removed_at is not None:
        raise RuleBroken(_("Proszę wskazać poświadczenie albo plik z portfolio."), f"evidence_{place}")
    acting_user.require(evidence.person_id == application.person_id)
    if (evidence.kind == EvidenceKind.CREDENTIAL) != (how == ConditionHow.CREDENTIAL):
        raise RuleBroken(
            _("To nie jest ten rodzaj dowodu. Proszę wskazać inny albo zmienić odpowiedź."), f"how_{place}"
        )


def confirm_conditions(application: Application, basis: Mapping[int, str], acting_user: ActingUser) -> None:
    """Within the transaction that closes the documentation: each condition is confirmed, with what shows it.

    `basis`: by place, what the adviser saw where the candidate stated nothing. Raises RuleBroken naming what is missing.
    """
    wanted, held = conditions_of(application.opening.entry_version.entry), shown_now(application)
    for place, text in enumerate(wanted):
        shown, words = held.get(place), basis.get(place, "").strip()
        if shown is None and not words:
            raise RuleBroken(
                _("Kandydat nie napisał, jak spełnia warunek: „%s”. Proszę napisać, skąd to wiadomo.") % text,
                f"basis_{place}",
            )
        if shown is None:
            values = {"how": ConditionHow.ADVISER, "evidence": None, "words": words[:LONGEST]}
            shown, _new = ShownCondition.objects.update_or_create(application=application, place=place, defaults=values)
        shown.confirmed_at, shown.confirmed_by = timezone.now(), acting_user.account
        shown.save(update_fields=["confirmed_at", "confirmed_by"])
        record(acting_user, "validation.condition-confirmed", application, **_told(shown))


def _told(shown: ShownCondition) -> dict[str, str | int]:
    """For the history: which condition in its words of that day, how, by what."""
    text = conditions_of(shown.application.opening.entry_version.entry)[shown.place]
    piece = shown.evidence.title if shown.evidence else ""
    return {"place": shown.place, "condition": text, "how": str(shown.how), "piece": piece, "words": shown.words}
