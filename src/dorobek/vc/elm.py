"""An issued micro-credential as a European Learning Model v3 document, unsigned (MC-3).

The shape is that of European Digital Credentials ("EDC generic"): one person, one claim (a learning achievement), the
assessments that prove it, what it specifies as a qualification. It is sealed, if at all, by the awarding body's own
electronic seal, elsewhere.
"""

from base64 import b64encode
from typing import Any

from dorobek.vc.badges.baking import PNG
from dorobek.vc.badges.complete import award_faults
from dorobek.vc.badges.model import Achievement, Award, Issuer, Outcome
from dorobek.vc.badges.terms import VOCABULARY
from dorobek.vc.badges.vocabulary import ASSESSMENTS, LISTS, PARTICIPATION, SUPERVISION
from dorobek.vc.elm_lists import BASE64, ECTS, GENERIC, SNB, concept, country, file_type, language, snb
from dorobek.vc.errors import VcError
from dorobek.vc.moments import written

CONTEXT = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]
SHAPES = "http://data.europa.eu/snb/model/ap/edc-generic-full"


def as_elm(award: Award, *, legal_id: str, picture: bytes) -> dict[str, Any]:
    """The award as JSON-LD. `legal_id` is the awarding body's number in its country's register, `picture` a PNG or SVG.

    Raises VcError: the first of `award_faults`; `missing` without a legal number, which the shapes ask for.
    """
    if faults := award_faults(award):
        raise VcError(faults[0].code, faults[0].message, faults[0].path)
    if not legal_id.strip():
        raise VcError("missing", "the awarding body needs a legal identifier", "issuer.eidasLegalIdentifier")
    return _Document(award, legal_id.strip(), picture).whole()


class _Document:
    """One document being made; every node gets an address under that of the credential."""

    def __init__(self, award: Award, legal_id: str, picture: bytes) -> None:
        self.award = award
        self.about: Achievement = award.achievement
        self.legal_id = legal_id
        self.picture = picture
        self.code = self.about.language or "pl"

    def whole(self) -> dict[str, Any]:
        award = self.award
        made = {
            "@context": CONTEXT,
            "id": award.id,
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "credentialProfiles": [snb(GENERIC)],
            "credentialSchema": [{"id": SHAPES, "type": "ShaclValidator2017"}],
            "displayParameter": self._display(),
            "issuer": self._body(award.issuer),
            "issuanceDate": written(award.valid_from),
            "issued": written(award.awarded),
            "validFrom": written(award.valid_from),
            "credentialSubject": self._person(),
        }
        if award.valid_until:
            made |= {"expirationDate": written(award.valid_until), "validUntil": written(award.valid_until)}
        return made

    def _id(self, name: str) -> str:
        return f"{self.award.id}#{name}"

    def _said(self, text: str) -> dict[str, list[str]]:
        return {self.code: [text]}

    def _note(self, name: str, text: str) -> dict[str, Any]:
        return {"id": self._id(name), "type": "Note", "noteLiteral": self._said(text)}

    def _display(self) -> dict[str, Any]:
        kind = "PNG" if self.picture.startswith(PNG) else "SVG"
        image = {
            "id": self._id("obraz"),
            "type": "MediaObject",
            "content": b64encode(self.picture).decode("ascii"),
            "contentEncoding": snb(BASE64),
            "contentType": file_type(kind),
        }
        detail = {"id": self._id("strona-1"), "type": "DisplayDetail", "image": image, "page": 1}
        shown = {
            "id": self._id("wyglad-1"),
            "type": "IndividualDisplay",
            "language": language(self.code),
            "displayDetail": [detail],
        }
        return {
            "id": self._id("wyglad"),
            "type": "DisplayParameter",
            "title": self._said(self.about.title),
            "description": self._said(self.about.description),
            "primaryLanguage": language(self.code),
            "language": [language(self.code)],
            "individualDisplay": [shown],
        }

    def _body(self, body: Issuer) -> dict[str, Any]:
        land = country(body.country)
        address = {"id": self._id("adres"), "type": "Address", "countryCode": land}
        place = ", ".join(part for part in (body.locality, body.region) if part)
        if place:
            address["fullAddress"] = self._note("adres-slowami", place)
        made = {
            "id": body.id,
            "type": "Organisation",
            "legalName": self._said(body.name),
            "eIDASIdentifier": {
                "id": self._id("numer"),
                "type": "LegalIdentifier",
                "notation": self.legal_id,
                "spatial": land,
            },
            "location": [{"id": self._id("miejsce"), "type": "Location", "address": [address]}],
        }
        if body.url:
            made["homepage"] = [self._page("strona-wystawcy", body.url)]
        if body.email:
            mailbox = {"id": f"mailto:{body.email}", "type": "Mailbox"}
            made["contactPoint"] = [{"id": self._id("kontakt"), "type": "ContactPoint", "emailAddress": [mailbox]}]
        return made

    def _page(self, name: str, url: str, title: str = "") -> dict[str, Any]:
        made: dict[str, Any] = {"id": self._id(name), "type": "WebResource", "contentURL": url}
        return made | ({"title": self._said(title)} if title else {})

    def _person(self) -> dict[str, Any]:
        holder = self.award.holder
        made: dict[str, Any] = {
            "id": holder.did or self._id("osoba"),
            "type": "Person",
            "hasClaim": [self._achieved()],
        }
        return made | ({"fullName": self._said(holder.name)} if holder.name else {})

    def _awarded(self, name: str) -> dict[str, Any]:
        return {
            "id": self._id(name),
            "type": "AwardingProcess",
            "awardingBody": [{"id": self.award.issuer.id}],
            "awardingDate": written(self.award.awarded),
        }

    def _achieved(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": self._id("osiagniecie"),
            "type": "LearningAchievement",
            "title": self._said(self.about.title),
            "description": self._said(self.about.description),
            "awardedBy": self._awarded("nadanie"),
            "provenBy": [self._assessment(code, place) for place, code in enumerate(self.about.assessment.types, 1)],
            "influencedBy": [self._activity()],
            "specifiedBy": self._specified(),
        }
        if self.award.narrative:
            made["additionalNote"] = [self._note("opis", self.award.narrative)]
        if self.about.ects is not None:
            made["creditReceived"] = [self._points("punkty")]
        shown = [one for one in self.award.evidence if one.url]
        if shown:
            made["supplementaryDocument"] = [
                self._page(f"dowod-{place}", one.url, one.name) for place, one in enumerate(shown, 1)
            ]
        return made

    def _points(self, name: str) -> dict[str, Any]:
        return {"id": self._id(name), "type": "CreditPoint", "framework": snb(ECTS), "point": f"{self.about.ects:f}"}

    def _assessment(self, code: str, place: int) -> dict[str, Any]:
        word, about = ASSESSMENTS[code], self.about.assessment
        made: dict[str, Any] = {
            "id": self._id(f"sprawdzenie-{place}"),
            "type": "LearningAssessment",
            "title": self._named(code, "assessmentType"),
            "awardedBy": self._awarded(f"sprawdzenie-{place}-nadanie"),
            # The shapes want a grade; where none is given, that it was passed is all there is to say.
            "grade": self._note(f"ocena-{place}", self.award.grade or ("zaliczono" if self.code == "pl" else "passed")),
            "specifiedBy": {
                "id": self._id(f"sprawdzenie-{place}-rodzaj"),
                "type": "LearningAssessmentSpecification",
                "title": self._named(code, "assessmentType"),
                "dcType": concept(f"{VOCABULARY}{code}", f"{VOCABULARY}assessmentType", word.pl, word.en),
            },
        }
        if about.description:
            made["description"] = self._said(about.description)
        if about.supervision:
            kind = SUPERVISION[about.supervision]
            own = (f"{VOCABULARY}{about.supervision}", f"{VOCABULARY}assessmentSupervision")
            known = (kind.concept, f"{SNB}/supervision-verification/25831c2")
            made["idVerification"] = concept(*(known if kind.concept else own), kind.pl, kind.en)
        return made

    def _named(self, code: str, term: str) -> dict[str, list[str]]:
        word = LISTS[term][code]
        return {"pl": [word.pl], "en": [word.en]}

    def _activity(self) -> dict[str, Any]:
        about, word = self.about, PARTICIPATION[self.about.participation]
        own = (f"{VOCABULARY}{about.participation}", f"{VOCABULARY}participationForm")
        known = (word.concept, f"{SNB}/learning-assessment/25831c2")
        made: dict[str, Any] = {
            "id": self._id("udzial"),
            "type": "LearningActivity",
            "title": self._named(about.participation, "participationForm"),
            "awardedBy": self._awarded("udzial-nadanie"),
            "workload": f"PT{about.hours}H",
            "specifiedBy": {
                "id": self._id("udzial-rodzaj"),
                "type": "LearningActivitySpecification",
                "title": self._said(about.title),
                "mode": [concept(*(known if word.concept else own), word.pl, word.en)],
                "volumeOfLearning": f"PT{about.hours}H",
            },
        }
        if about.participation_description:
            made["description"] = self._said(about.participation_description)
        times = {"startDate": self.award.began, "endDate": self.award.ended}
        if any(times.values()):
            when = {name: written(time) for name, time in times.items() if time}
            made["temporal"] = [{"id": self._id("czas"), "type": "PeriodOfTime", **when}]
        return made

    def _specified(self) -> dict[str, Any]:
        about = self.about
        made: dict[str, Any] = {
            "id": about.id,
            "type": "Qualification",
            "title": self._said(about.title),
            "description": self._said(about.description),
            "isPartialQualification": True,
            "language": [language(self.code)],
            "volumeOfLearning": f"PT{about.hours}H",
            "eqfLevel": self._level(),
            "learningOutcome": [self._outcome(one, place) for place, one in enumerate(about.outcomes, 1)],
            "additionalNote": [self._note(f"uwaga-{name}", text) for name, text in self._notes() if text],
        }
        if about.ects is not None:
            made["creditPoint"] = [self._points("punkty-wzoru")]
        if about.entry_requirements:
            made["entryRequirement"] = self._note("wymagania", about.entry_requirements)
        if about.further_information:
            made["homepage"] = [self._page("wiecej", about.further_information)]
        return made

    def _level(self) -> dict[str, Any]:
        level = self.about.level.eqf or self.about.level.prk
        return concept(f"{SNB}/eqf/{level}", f"{SNB}/eqf/25831c2", f"Poziom {level}", f"Level {level}")

    def _notes(self) -> list[tuple[str, str]]:
        """What the model has no field for, each in a note of its own."""
        about, quality = self.about, self.about.quality
        assured = [quality.description, quality.body, quality.report]
        stacking = [
            LISTS["stackability"][about.stackability].pl if about.stackability else "",
            about.stackability_description,
        ]
        return [
            ("jakosc", _line("Zapewnianie jakości", assured)),
            ("warunki", _line("Warunki uzyskania", [about.criteria, about.criteria_url])),
            ("poziom", _line("Poziom PRK", [str(about.level.prk or about.level.eqf), about.level.reason])),
            ("laczenie", _line("Łączenie", [*stacking, *about.stacks_into])),
            ("tozsamosc", _line("Sprawdzenie tożsamości", [self.award.identity_check])),
        ]

    def _outcome(self, one: Outcome, place: int) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": one.url or f"{self.about.id}#efekt-{place}",
            "type": "LearningOutcome",
            "title": self._said(one.text),
        }
        if one.criteria:
            made["additionalNote"] = [self._note(f"kryterium-{place}", one.criteria)]
        return made


def _line(name: str, parts: list[str]) -> str:
    told = "; ".join(part for part in parts if part)
    return f"{name}: {told}" if told else ""
