"""The letter of a refusal: what was not agreed to, why, and how to appeal against it (VA-6)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.documents import Block, Bullets, Document, Heading, Notice, paragraphs
from dorobek.people.models import Account
from dorobek.validation.documents.common import Case, day, named
from dorobek.validation.enums import AppealAbout
from dorobek.validation.models import Application


@dataclass(frozen=True)
class Refused:
    """What the letter is about: `reason` in the words of whoever refused."""

    application: Application
    about: AppealAbout
    reason: str
    by: Account


def refusal(told: Refused) -> Document:
    """One page in plain language."""
    case = Case(told.application)
    blocks: tuple[Block, ...] = (
        Notice(_what(told.about), title=_("Rozstrzygnięcie")),
        Heading(1, _("Dlaczego")),
        *paragraphs(told.reason),
        Heading(1, _("Odwołanie")),
        Bullets(tuple(how_to_appeal(told.application, timezone.localdate()))),
    )
    return case.document(_("Odmowa"), blocks, meta=((_("Decyduje"), named(told.by)),))


def _what(about: AppealAbout) -> str:
    return {
        AppealAbout.REFUSAL: _("Nie dopuszczamy do tej walidacji. Dowody i portfolio zostają bez zmian."),
        AppealAbout.ADJUSTMENT: _("Nie możemy zrobić dostosowania, o które jest prośba. Zgłoszenie jest nadal ważne."),
        AppealAbout.FEE: _("Nie zwalniamy z opłaty w całości. Zgłoszenie jest nadal ważne."),
    }[about]


def how_to_appeal(application: Application, since: dt.date) -> Iterator[str]:
    """Until when, how, and who answers."""
    opening = application.opening
    last = day(since + dt.timedelta(opening.appeal_days))
    yield _("Odwołanie można złożyć do %(day)s. Jest bezpłatne.") % {"day": last}
    yield _("Jak: na stronie swojego zgłoszenia. Wystarczy napisać, z czym i dlaczego, własnymi słowami.")
    where = ", ".join(part for part in (opening.institution.address, opening.institution.email) if part)
    yield _("Bez komputera: pismem do instytucji (%s).") % where if where else _("Bez komputera: pismem do instytucji.")
    yield (
        _("Kto odpowie: osoba, która nie brała udziału w tej sprawie, najpóźniej w ciągu %d dni.") % opening.answer_days
    )
