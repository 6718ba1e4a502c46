"""Words that several documents share: labels, days, forms of address. Call them under the document's language."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.partial_dates import ParseError, PartialDate
from dorobek.people.enums import AddressForm
from dorobek.people.models import Person
from dorobek.programmes.rules.words import long_date
from dorobek.register.enums import OutcomeKind


def by_form(person: Person, *, madam: str, sir: str, neutral: str) -> str:
    """The sentence that suits how the person wishes to be addressed."""
    return {AddressForm.MADAM: madam, AddressForm.SIR: sir}.get(AddressForm(person.address_form), neutral)


def day(value: dt.date | dt.datetime | None, language: str) -> str:
    """A day in words, in local time: "12 marca 2027"; empty for none."""
    if value is None:
        return ""
    local = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return long_date(local).text(language)


def partial(edtf: str, said: str, language: str) -> str:
    """A stored partial date in words; what cannot be read is given as it was said."""
    if not edtf:
        return said
    try:
        return PartialDate.from_edtf(edtf).display(language)
    except (ParseError, ValueError):
        return said or edtf


def minutes(count: int) -> str:
    """A length: "1 godz. 30 min"."""
    hours, rest = divmod(count, 60)
    if not hours:
        return _("%d min") % rest
    if not rest:
        return _("%d godz.") % hours
    return _("%(hours)d godz. %(minutes)d min") % {"hours": hours, "minutes": rest}


def capital(text: str) -> str:
    """The text with a capital letter at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def kinds_of_outcomes() -> Mapping[str, str]:
    """Headings of the three kinds of learning outcomes, in order."""
    return {
        OutcomeKind.KNOWLEDGE: _("Wiedza"),
        OutcomeKind.SKILL: _("Umiejętności"),
        OutcomeKind.SOCIAL: _("Kompetencje społeczne"),
    }


def detail_labels() -> Mapping[str, str]:
    """Labels of further fields of the participant card, by their code."""
    return {
        "kind": _("Rodzaj"),
        "field": _("Kierunek"),
        "title": _("Uzyskany tytuł"),
        "valid-until": _("Ważne do"),
        "certificate": _("Zaświadczenie"),
        "working-time": _("Wymiar czasu pracy"),
        "role": _("Rola"),
        "level": _("Poziom"),
        "description": _("Opis"),
        "organiser": _("Organizator"),
        "note": _("Uwagi"),
    }


def gap_words() -> Mapping[str, str]:
    """What is missing for a competence, by the codes of portfolio.rules.missing."""
    return {
        "disputed": _("opis jest sporny"),
        "no-episode": _("nie ma jeszcze historii, która to pokazuje"),
        "not-confirmed": _("opis czeka na potwierdzenie"),
        "no-evidence": _("nie ma jeszcze dowodu"),
        "evidence-not-rated": _("dowód czeka na ocenę"),
        "evidence-against": _("dowód nie wystarcza"),
        "result-contradicts": _("wynik testu mówi co innego"),
    }
