"""Outcomes confirmed to a person earlier, against the entry by which an opening judges (VA-8). Reads only."""

from django.utils.translation import gettext as _

from dorobek.people.models import Person
from dorobek.validation.models import PartialResult, ValidationOpening
from dorobek.validation.rules.carrying import Carried, Held, WhyNot, carried, outcomes_now


def carried_for(person: Person, opening: ValidationOpening) -> list[Carried]:
    """What was confirmed to the person for this qualification, and what of it counts here. One statement."""
    rows = PartialResult.objects.standing().filter(person=person, qualification=opening.qualification.code)
    held = [Held(one.outcome, one.wording, one.digest) for one in rows.order_by("outcome", "pk")]
    return carried(held, outcomes_now(opening.entry_version.entry))


def codes_carried(found: list[Carried]) -> list[str]:
    """Numbers by the entry of today of what counts, each once."""
    return sorted({one.code for one in found if one.code})


def carried_in_words(person: Person, opening: ValidationOpening) -> list[tuple[Carried, str]]:
    """Each outcome confirmed earlier with why it does not count here, "" when it does. One statement."""
    return [(one, why_not_in_words(one)) for one in carried_for(person, opening)]


def why_not_in_words(one: Carried) -> str:
    """Why a confirmed outcome has to be shown again here; "" when it counts."""
    if one.why_not is WhyNot.REWORDED:
        return _(
            "Wpis w rejestrze się zmienił i ten efekt albo jego kryteria brzmią teraz inaczej. Trzeba go pokazać jeszcze raz."
        )
    if one.why_not is WhyNot.GONE:
        return _("Wpis w rejestrze nie ma już takiego efektu.")
    return ""
