"""Open Badges 3.0 and any other credential of VC 1.1 and 2.0, with our own terms."""

from typing import Any

from dorobek.vc.badges.vocabulary import said
from dorobek.vc.schema import types_of
from dorobek.vc.telling.parts import at, items, link, number, text, texts, when
from dorobek.vc.telling.words import Link, Told, Words


def words(document: dict[str, Any], language: str) -> Words:
    """Never raises; what is not there or of another shape is left empty."""
    subject, issuer = at(document, "credentialSubject"), at(document, "issuer")
    subject = subject[0] if isinstance(subject, list) and subject else subject
    about = at(subject, "achievement")
    name, hashed = _holder(subject, language)
    return Words(
        form="badge3" if isinstance(about, dict) or "AchievementSubject" in types_of(subject) else "credential",
        title=text(at(about, "name"), language) or text(document.get("name"), language),
        description=text(at(about, "description"), language) or text(document.get("description"), language),
        issuer=text(at(issuer, "name"), language),
        issuer_id=text(at(issuer, "id") or issuer if not isinstance(issuer, dict) else issuer.get("id")),
        issuer_url=link(at(issuer, "url")),
        country=text(at(issuer, "address", "addressCountryCode")) or text(at(issuer, "address", "addressCountry")),
        region=text(at(issuer, "address", "addressRegion"), language),
        holder=name,
        holder_id=text(at(subject, "id")),
        holder_hashed=hashed,
        awarded=when(document.get("awardedDate"), document.get("validFrom"), document.get("issuanceDate")),
        valid_from=when(document.get("validFrom"), document.get("issuanceDate")),
        valid_until=when(document.get("validUntil"), document.get("expirationDate")),
        grade=_grade(subject, about, language),
        evidence=tuple(_evidence(one, language) for one in items(document.get("evidence")) if isinstance(one, dict)),
        identity_check=text(at(subject, "identityCheck"), language),
        replaces=text(document.get("replaces")),
        **_achievement(about, language),
    )


def _achievement(about: Any, language: str) -> dict[str, Any]:
    """What is the same for all who earned it."""
    prk, eqf = number(at(about, "prkLevel")), number(at(about, "eqfLevel"))
    stacking = [_said(about, "stackability", language), text(at(about, "stackabilityDescription"), language)]
    participation = [_said(about, "participationForm", language), text(at(about, "participationDescription"), language)]
    return {
        "able": tuple(_outcome(one, language) for one in items(at(about, "alignment")) if isinstance(one, dict)),
        "checked": tuple(said("assessmentType", code, language) for code in texts(at(about, "assessmentType"))),
        "checked_description": text(at(about, "assessmentDescription"), language),
        "supervision": _said(about, "assessmentSupervision", language),
        "criteria": text(at(about, "criteria", "narrative"), language),
        "criteria_url": link(at(about, "criteria")),
        "prk": prk,
        "eqf": eqf,
        "level": ", ".join(f"{name} {value}" for name, value in (("PRK", prk), ("EQF", eqf)) if value is not None),
        "workload": number(at(about, "workloadHours")),
        "ects": text(at(about, "ects")),
        "participation": ", ".join(part for part in participation if part),
        "quality": text(at(about, "qualityAssurance"), language),
        "quality_body": text(at(about, "qualityAssuranceBody"), language),
        "quality_url": link(at(about, "qualityAssuranceReport")),
        "requirements": text(at(about, "entryRequirements"), language),
        "stacking": ", ".join(part for part in stacking if part),
        "stacks_into": texts(at(about, "stacksInto")),
        "further_url": link(at(about, "furtherInformation")),
        "image": link(at(about, "image")),
        "language": text(at(about, "inLanguage")),
        "tags": texts(at(about, "tag"), language),
    }


def _said(about: Any, term: str, language: str) -> str:
    code = text(at(about, term))
    return said(term, code, language) if code else ""


def _outcome(one: dict[str, Any], language: str) -> Told:
    more = text(one.get("targetDescription"), language)
    return Told(text(one.get("targetName"), language), more, link(one.get("targetUrl")))


def _holder(subject: Any, language: str) -> tuple[str, bool]:
    """The holder's name or plain identifier, and whether one can only be compared by its hash."""
    hashed = False
    found: dict[str, str] = {}
    for one in items(at(subject, "identifier")):
        if not isinstance(one, dict):
            continue
        if one.get("hashed") is True:
            hashed = True
        else:
            found.setdefault(text(one.get("identityType")), text(one.get("identityHash")))
    name = found.get("name") or text(at(subject, "name"), language) or found.get("emailAddress", "")
    return name or next(iter(found.values()), ""), hashed


def _grade(subject: Any, about: Any, language: str) -> str:
    """Every result as "name: value"; the value of the first alone when it has no name."""
    named = {}
    for one in items(at(about, "resultDescription")):
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            named[one["id"]] = one
    told = []
    for result in items(at(subject, "result")):
        if not isinstance(result, dict):
            continue
        described = named.get(text(result.get("resultDescription")))
        value = (
            text(result.get("value"), language) or text(result.get("status")) or _reached(result, described, language)
        )
        name = text(at(described, "name"), language)
        if value:
            told.append(f"{name}: {value}" if name else value)
    return "; ".join(dict.fromkeys(told))


def _reached(result: dict[str, Any], described: Any, language: str) -> str:
    reached = result.get("achievedLevel")
    for level in items(at(described, "rubricCriterionLevel")):
        if isinstance(level, dict) and isinstance(reached, str) and level.get("id") == reached:
            return text(level.get("name"), language)
    return ""


def _evidence(one: dict[str, Any], language: str) -> Link:
    told = text(one.get("description"), language) or text(one.get("narrative"), language)
    address = link(one)
    return Link(text(one.get("name"), language) or address, address, told)
