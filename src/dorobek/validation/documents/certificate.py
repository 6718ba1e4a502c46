"""The certificate of qualification, with a code that leads to its public check (VA-8)."""

from django.utils.translation import gettext as _

from dorobek.credentials.addresses import origin
from dorobek.kernel.documents import (
    Bullets,
    DefinitionList,
    Document,
    Heading,
    Paragraph,
    Picture,
    Run,
)
from dorobek.kernel.documents.codes import qr_svg
from dorobek.validation.documents.common import LANGUAGE, Case, day, letterhead, sentence
from dorobek.validation.models import Certificate


def check_url(certificate: Certificate) -> str:
    """Where the code on the paper leads."""
    return f"{origin()}/certyfikat/{certificate.number}/{certificate.code}/"


def grouped_code(code: str) -> str:
    """The code as it is printed, in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def certificate(held: Certificate) -> Document:
    """The paper as its holder shows it: who, what, on what level, since when, and how to check it."""
    case = Case(held.application)
    person, entry = case.person, case.entry
    rows = [
        (_("Numer certyfikatu"), held.number),
        (_("Data wydania"), day(held.issued_on)),
        (_("Poziom"), _("%(level)d PRK, %(level)d ERK") % {"level": entry.level} if entry.level else ""),
        (_("Kod kwalifikacji w rejestrze"), entry.code),
        (_("Podstawa"), _("wpis w rejestrze, wersja %d") % held.application.opening.entry_version.number),
        (_("Ważność"), entry.text("validity")),
    ]
    about = f"{sentence(case.by_form(madam=_('urodzona'), sir=_('urodzony'), neutral=_('data urodzenia:')))} {day(person.birth_date)}"
    sets = tuple(sentence(group.pl) for group in entry.sets)
    address = check_url(held)
    return Document(
        title=_("Certyfikat: %s") % case.title,
        language=LANGUAGE,
        institution=case.institution.name,
        institution_lines=letterhead(case.institution),
        author=case.institution.name,
        blocks=(
            Paragraph(_("%s potwierdza, że") % case.institution.name),
            Heading(1, person.name),
            *((Paragraph(about, muted=True),) if person.birth_date else ()),
            Paragraph(_("po sprawdzeniu wszystkich efektów uczenia się przez komisję otrzymuje kwalifikację:")),
            Heading(2, case.title),
            Bullets(sets),
            DefinitionList(tuple(row for row in rows if row[1])),
            Heading(2, _("Sprawdzenie")),
            Paragraph(
                _(
                    "Po zeskanowaniu kodu albo pod tym adresem każdy sprawdzi, czy ten certyfikat wydano i czy jest dziś "
                    "ważny. Bez telefonu: numer certyfikatu i kod."
                )
            ),
            Picture(qr_svg(address), _("Kod, który prowadzi do sprawdzenia tego certyfikatu"), width=0.2),
            Paragraph((_("Kod: "), Run(grouped_code(held.code), strong=True))),
            Paragraph((Run(address),), muted=True),
        ),
    )
