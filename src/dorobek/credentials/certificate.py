"""The certificate on paper: the same words as the credential, and a code that leads to its check (MC-3, VA-8)."""

import datetime as dt

from django.utils import timezone

from dorobek.credentials.addresses import origin
from dorobek.credentials.models import Credential
from dorobek.credentials.picture import badge_svg
from dorobek.kernel.documents import (
    DefinitionList,
    Document,
    Heading,
    Language,
    Numbered,
    Paragraph,
    Picture,
    Run,
    to_pdf,
)
from dorobek.kernel.documents.codes import qr_svg

TEXTS = {
    "pl": {
        "kind": "Mikropoświadczenie", "given": "potwierdza, że", "able": "umie:", "how": "Jak to sprawdzono",
        "level": "Poziom", "hours": "Nakład pracy", "hour": "godz.", "awarded": "Nadano", "until": "Ważne do",
        "ever": "bezterminowo", "quality": "Zapewnianie jakości", "check": "Sprawdzenie",
        "scan": "Po zeskanowaniu kodu albo pod tym adresem każdy sprawdzi, czy poświadczenie jest prawdziwe i dziś ważne.",
        "qr": "Kod, który prowadzi do sprawdzenia tego poświadczenia", "badge": "Odznaka",
        "grade": "Ocena",
    },
    "en": {
        "kind": "Micro-credential", "given": "confirms that", "able": "is able to do the following:",
        "how": "How it was checked", "level": "Level", "hours": "Workload", "hour": "hours", "awarded": "Awarded on",
        "until": "Valid until", "ever": "without end", "quality": "Quality assurance", "check": "Verification",
        "scan": "Scan the code or open this address to see that the credential is genuine and valid today.",
        "qr": "A code that leads to the verification of this credential", "badge": "Badge", "grade": "Grade",
    },
}  # fmt: skip


def check_url(credential: Credential) -> str:
    """Where the code leads."""
    return f"{origin()}/sprawdz/{credential.uid}/"


def certificate(credential: Credential, language: Language) -> bytes:
    """PDF (PDF/UA-1 and PDF/A-2a) in Polish or English. The holder's name must still be held."""
    return to_pdf(_document(credential, language))


def _document(credential: Credential, language: Language) -> Document:
    design, issuer = credential.template_version.design, credential.issuer
    words = TEXTS[language]
    english = language == "en"
    how = (design.assessment_en if english else "") or design.assessment_pl
    quality = (design.quality_en if english else "") or design.quality_pl
    outcomes = tuple((one.en if english else "") or one.pl for one in design.outcomes)
    # It ends at midnight: the last day is the one before.
    until = timezone.localdate(credential.valid_until - dt.timedelta(seconds=1)) if credential.valid_until else None
    rows = [
        (words["how"], how),
        (words["level"], f"PRK {design.prk_level} / EQF {design.prk_level}"),
        (words["hours"], f"{design.hours} {words['hour']}" + (f", ECTS {design.ects}" if design.ects else "")),
        (words["awarded"], credential.awarded_on.strftime("%d.%m.%Y")),
        (words["until"], until.strftime("%d.%m.%Y") if until else words["ever"]),
        (words["quality"], quality),
    ]
    return Document(
        title=f"{words['kind']}: {design.title(language)}",
        language=language,
        institution=issuer.name(language),
        blocks=(
            Picture(
                badge_svg(design, issuer.name_pl).encode(), f"{words['badge']}: {design.title(language)}", width=0.25
            ),
            Paragraph((issuer.name(language), " ", words["given"])),
            Heading(1, credential.holder_name),
            Paragraph(words["able"]),
            Numbered(outcomes),
            DefinitionList(tuple(rows)),
            Heading(2, words["check"]),
            Paragraph(words["scan"]),
            Picture(qr_svg(check_url(credential)), words["qr"], width=0.2),
            Paragraph((Run(check_url(credential)),), muted=True),
        ),
    )
