"""From a published template and a holder to the document that is signed (MC-2, MC-3)."""

import datetime as dt
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dorobek.credentials.addresses import credential_id, issuer_url, origin, template_url
from dorobek.credentials.design import Design, OutcomeLine, ects_of
from dorobek.credentials.models import Issuer, TemplateVersion
from dorobek.credentials.rules import last_day
from dorobek.vc.badges import model
from dorobek.vc.badges.building import hashed
from dorobek.vc.moments import written

WARSAW = ZoneInfo("Europe/Warsaw")
FRAMEWORK = "Zintegrowany Rejestr Kwalifikacji"


@dataclass(frozen=True)
class Given:
    """What differs from one holder to the next."""

    uid: uuid.UUID
    name: str
    email: str
    awarded_on: dt.date
    status: Mapping[str, Any]
    grade: str = ""
    replaces: uuid.UUID | None = None


def document_of(version: TemplateVersion, issuer: Issuer, given: Given) -> dict[str, Any]:
    """The unsigned document. Raises VcError naming what is missing."""
    return model.build(award_of(version, issuer, given))


def award_of(version: TemplateVersion, issuer: Issuer, given: Given) -> model.Award:
    """What every form of the credential is built from."""
    design = version.design
    awarded = _midnight(given.awarded_on)
    return model.Award(
        id=credential_id(given.uid),
        achievement=_achievement(design, version, issuer, graded=bool(given.grade)),
        holder=model.Holder(email=given.email, salt=secrets.token_hex(16), name=given.name),
        issuer=_issuer(issuer),
        awarded=awarded,
        valid_from=awarded,
        valid_until=ends_at(design, given.awarded_on),
        grade=given.grade,
        identity_check=design.supervision if "identified" in design.supervision else "",
        replaces=credential_id(given.replaces) if given.replaces else "",
        status=given.status,
    )


def varying(design: Design, given: Given) -> dict[str, str]:
    """What differs from one holder to the next, by its place in the document: what a list is signed from.

    `document_of` gives the same values in the same places; a test holds the two together.
    """
    salt = secrets.token_hex(16)
    end = ends_at(design, given.awarded_on)
    found = {
        "id": credential_id(given.uid),
        "awardedDate": (awarded := written(_midnight(given.awarded_on))),
        "validFrom": awarded,
        "credentialSubject.identifier[0].identityHash": hashed(given.email, salt),
        "credentialSubject.identifier[0].salt": salt,
        "credentialSubject.identifier[1].identityHash": given.name,
        "credentialStatus.id": given.status["id"],
        "credentialStatus.statusListIndex": given.status["statusListIndex"],
        "credentialStatus.statusListCredential": given.status["statusListCredential"],
    }
    if end is not None:
        found["validUntil"] = written(end)
    if given.grade:
        found["credentialSubject.result[0].value"] = given.grade
    if given.replaces:
        found["replaces"] = credential_id(given.replaces)
    return found


def ends_at(design: Design, awarded_on: dt.date) -> dt.datetime | None:
    """The moment after which the credential is no longer valid: midnight in Warsaw after its last day."""
    last = last_day(awarded_on, design.valid_months)
    return _midnight(last + dt.timedelta(days=1)) if last else None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), WARSAW)


def _issuer(issuer: Issuer) -> model.Issuer:
    return model.Issuer(
        id=issuer.did,
        name=issuer.name_pl,
        country=issuer.country,
        region=issuer.region,
        url=issuer.url or issuer_url(issuer),
        email=issuer.institution.email,
        description=issuer.description_pl,
    )


def _achievement(design: Design, version: TemplateVersion, issuer: Issuer, graded: bool) -> model.Achievement:
    address = template_url(version, issuer)
    return model.Achievement(
        id=address,
        title=design.title_pl,
        description=design.description_pl,
        outcomes=tuple(_outcome(one) for one in design.outcomes),
        hours=design.hours or 0,
        ects=ects_of(design.ects),
        level=model.Level(prk=design.prk_level, eqf=design.prk_level, reason=design.level_reason_pl),
        assessment=model.Assessment(design.assessment, design.assessment_pl, design.supervision),
        participation=design.participation,
        quality=model.Quality(design.quality_pl),
        criteria="\n".join(_criteria(design)),
        criteria_url=address,
        version=str(version.number),
        image=f"{address}odznaka.svg",
        entry_requirements=design.prerequisites_pl,
        stackability="part" if design.counts_towards else "stand-alone",
        stacks_into=tuple(f"{origin()}/rejestr/{one.code}/" for one in design.counts_towards),
        further_information=design.further_url,
        grading=model.Grading("Ocena") if graded else None,
    )


def _outcome(line: OutcomeLine) -> model.Outcome:
    in_register = "-" in line.code  # code of an entry, number of the set, number of the outcome
    return model.Outcome(
        text=line.pl,
        criteria="; ".join(line.criteria),
        url=f"{origin()}/rejestr/{line.code.rsplit('-', 2)[0]}/" if in_register else "",
        code=line.code,
        framework=FRAMEWORK if in_register else "",
    )


def _criteria(design: Design) -> list[str]:
    """What one must show, in words: each outcome with its criteria."""
    lines = [f"Poświadczenie dostaje osoba, która: {design.assessment_pl.strip()}"] if not design.outcomes else []
    for number, one in enumerate(design.outcomes, start=1):
        lines.append(f"{number}. {one.pl}" + (f" ({'; '.join(one.criteria)})" if one.criteria else ""))
    return lines
