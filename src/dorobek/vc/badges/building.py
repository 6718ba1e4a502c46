"""From the typed model to the JSON of an Open Badges 3.0 AchievementCredential, unsigned."""

from decimal import Decimal
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from dorobek.vc.badges.complete import award_faults
from dorobek.vc.badges.model import OPEN_BADGES, Achievement, Award, Evidence, Grading, Holder, Issuer, Outcome
from dorobek.vc.badges.terms import CONTEXT
from dorobek.vc.errors import VcError
from dorobek.vc.moments import written
from dorobek.vc.schema import V2


def build(award: Award) -> dict[str, Any]:
    """The credential, ready to be signed. Raises VcError with the first of `award_faults`."""
    if faults := award_faults(award):
        raise VcError(faults[0].code, faults[0].message, faults[0].path)
    return _filled(
        {
            "@context": [V2, OPEN_BADGES, CONTEXT],
            "id": award.id,
            "type": ["VerifiableCredential", "AchievementCredential"],
            "name": award.achievement.title,
            "issuer": issuer(award.issuer),
            "awardedDate": written(award.awarded),
            "validFrom": written(award.valid_from),
            "validUntil": written(award.valid_until) if award.valid_until else "",
            "credentialSubject": _subject(award),
            "evidence": [_evidence(one) for one in award.evidence],
            "replaces": award.replaces,
            "credentialStatus": dict(award.status) if award.status else {},
        }
    )


def hashed(email: str, salt: str) -> str:
    """`sha256$` and the hash of e-mail and salt (Open Badges 3.0, IdentityHash); the e-mail in small letters."""
    return f"sha256${sha256(f'{email.strip().lower()}{salt}'.encode()).hexdigest()}"


def is_about(identity: object, email: str) -> bool:
    """Whether an IdentityObject (or a recipient of 2.0) is this e-mail, as typed or in small letters."""
    if not isinstance(identity, dict):
        return False
    said, salt = identity.get("identityHash", identity.get("identity")), identity.get("salt", "")
    if not isinstance(said, str) or not isinstance(salt, str):
        return False
    typed = email.strip()
    if identity.get("hashed") is not True:
        return said.strip().lower() == typed.lower()
    forms = {f"{form}{salt}".encode() for form in (typed, typed.lower())}
    return any(compare_digest(said.lower(), f"sha256${sha256(form).hexdigest()}") for form in forms)


def issuer(body: Issuer) -> dict[str, Any]:
    """An awarding body as a Profile, with its country and region."""
    address = {
        "type": ["Address"],
        "addressCountryCode": body.country,
        "addressRegion": body.region,
        "addressLocality": body.locality,
    }
    return _filled(
        {
            "id": body.id,
            "type": ["Profile"],
            "name": body.name,
            "description": body.description,
            "url": body.url,
            "email": body.email,
            "address": _filled(address),
            "image": _image(body.image, body.name),
        }
    )


def achievement(made: Achievement) -> dict[str, Any]:
    """What is awarded, the same in every credential of it."""
    level = made.level
    return _filled(
        {
            "id": made.id,
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": made.title,
            "description": made.description,
            "criteria": _filled({"id": made.criteria_url, "narrative": made.criteria}),
            "alignment": [_alignment(one, made.id, place) for place, one in enumerate(made.outcomes, 1)],
            "workloadHours": made.hours,
            "ects": _points(made.ects),
            "creditsAvailable": _number(made.ects),
            "prkLevel": level.prk,
            "eqfLevel": level.eqf or level.prk,
            "levelReason": level.reason,
            "assessmentType": list(made.assessment.types),
            "assessmentDescription": made.assessment.description,
            "assessmentSupervision": made.assessment.supervision,
            "participationForm": made.participation,
            "participationDescription": made.participation_description,
            "qualityAssurance": made.quality.description,
            "qualityAssuranceBody": made.quality.body,
            "qualityAssuranceReport": made.quality.report,
            "entryRequirements": made.entry_requirements,
            "stackability": made.stackability,
            "stackabilityDescription": made.stackability_description,
            "stacksInto": list(made.stacks_into),
            "furtherInformation": made.further_information,
            "image": _image(made.image, made.title),
            "fieldOfStudy": made.field_of_study,
            "inLanguage": made.language,
            "tag": list(made.tags),
            "version": made.version,
            "resultDescription": [_grading(made.grading, made.id)] if made.grading else [],
        }
    )


def _subject(award: Award) -> dict[str, Any]:
    about = award.achievement
    result = {"type": ["Result"], "resultDescription": _grading_id(about.id), "value": award.grade}
    return _filled(
        {
            "id": award.holder.did,
            "type": ["AchievementSubject"],
            "identifier": _identities(award.holder),
            "identityCheck": award.identity_check,
            "activityStartDate": written(award.began) if award.began else "",
            "activityEndDate": written(award.ended) if award.ended else "",
            "narrative": award.narrative,
            "result": [result] if award.grade else [],
            "achievement": achievement(about),
        }
    )


def _identities(holder: Holder) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if holder.email:
        found.append(
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": hashed(holder.email, holder.salt),
                "identityType": "emailAddress",
                "salt": holder.salt,
            }
        )
    if holder.name:
        found.append({"type": "IdentityObject", "hashed": False, "identityHash": holder.name, "identityType": "name"})
    return found


def _alignment(outcome: Outcome, base: str, place: int) -> dict[str, Any]:
    return _filled(
        {
            "type": ["Alignment"],
            "targetName": outcome.text,
            "targetUrl": outcome.url or f"{base}#efekt-{place}",
            "targetDescription": outcome.criteria,
            "targetCode": outcome.code,
            "targetFramework": outcome.framework,
            "targetType": "ext:LearningOutcome",
        }
    )


def _grading_id(base: str) -> str:
    return f"{base}#ocena"


def _grading(grading: Grading, base: str) -> dict[str, Any]:
    return _filled(
        {
            "id": _grading_id(base),
            "type": ["ResultDescription"],
            "name": grading.name,
            "resultType": grading.kind,
            "allowedValue": list(grading.allowed),
            "requiredValue": grading.required,
        }
    )


def _evidence(one: Evidence) -> dict[str, Any]:
    return _filled(
        {
            "id": one.url,
            "type": ["Evidence"],
            "name": one.name,
            "description": one.description,
            "narrative": one.narrative,
            "genre": one.genre,
        }
    )


def _image(address: str, caption: str) -> dict[str, Any]:
    return {"id": address, "type": "Image", "caption": caption} if address else {}


def _points(ects: Decimal | None) -> str:
    # As text: a fraction in JSON becomes another literal in RDF than the one that was written.
    return "" if ects is None else f"{ects.normalize():f}"


def _number(ects: Decimal | None) -> float | int | None:
    if ects is None:
        return None
    return int(ects) if ects == ects.to_integral_value() else float(ects)


def _filled(made: dict[str, Any]) -> dict[str, Any]:
    """Without what was left empty: VC 2.0 knows no null, and an empty text says nothing."""
    return {name: value for name, value in made.items() if value not in ("", None, [], {}, ())}
