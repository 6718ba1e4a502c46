"""Assertions of Open Badges 2.0 and documents of the European Learning Model."""

from collections.abc import Iterator
from typing import Any

from dorobek.vc.telling.parts import at, hours, items, link, number, text, texts, when
from dorobek.vc.telling.words import Link, Told, Words


def badge2(document: dict[str, Any], language: str) -> Words:
    """An assertion with its badge class and issuer in it; a part that is only an address stays empty."""
    badge = at(document, "badge")
    issuer, recipient = at(badge, "issuer"), at(document, "recipient")
    hashed = at(recipient, "hashed") is True
    evidence = tuple(_evidence(one, language) for one in items(document.get("evidence")))
    # Version 1 calls it `alignment` with `name` and `url`.
    aligned = [
        one for one in (*items(at(badge, "alignment")), *items(at(badge, "alignments"))) if isinstance(one, dict)
    ]
    criteria = at(badge, "criteria")
    return Words(
        form="badge2",
        title=text(at(badge, "name"), language),
        description=text(at(badge, "description"), language),
        issuer=text(at(issuer, "name"), language),
        issuer_id=text(issuer if isinstance(issuer, str) else at(issuer, "id")),
        issuer_url=link(at(issuer, "url")),
        holder="" if hashed else text(at(recipient, "identity")),
        holder_hashed=hashed,
        able=tuple(_aligned(one, language) for one in aligned),
        criteria=text(at(criteria, "narrative"), language) or text(document.get("narrative"), language),
        criteria_url=link(criteria),
        awarded=when(document.get("issuedOn")),
        valid_from=when(document.get("issuedOn")),
        valid_until=when(document.get("expires")),
        evidence=tuple(one for one in evidence if one.name or one.url),
        image=link(at(badge, "image")),
        tags=texts(at(badge, "tags"), language),
    )


def _aligned(one: dict[str, Any], language: str) -> Told:
    name = text(one.get("targetName"), language) or text(one.get("name"), language)
    more = text(one.get("targetDescription"), language) or text(one.get("description"), language)
    return Told(name, more, link(one.get("targetUrl")) or link(one.get("url")))


def _evidence(one: Any, language: str) -> Link:
    if isinstance(one, str):
        return Link(link(one), link(one))
    told = text(at(one, "narrative"), language) or text(at(one, "description"), language)
    return Link(text(at(one, "name"), language) or link(one), link(one), told)


def elm(document: dict[str, Any], language: str) -> Words:
    """The first achievement that a European Learning Model document claims, its outcomes with those of its parts."""
    subject, issuer = at(document, "credentialSubject"), at(document, "issuer")
    claims = [one for one in _claims(at(subject, "hasClaim")) if isinstance(one, dict)]
    first = claims[0] if claims else {}
    about, proven = at(first, "specifiedBy"), at(first, "provenBy")
    body = at(first, "awardedBy", "awardingBody") or issuer
    return Words(
        form="elm",
        title=text(at(first, "title"), language) or text(at(document, "displayParameter", "title"), language),
        description=text(at(first, "description"), language) or text(at(about, "description"), language),
        issuer=text(at(body, "legalName"), language) or text(at(issuer, "legalName"), language),
        issuer_id=text(at(issuer, "id")),
        issuer_url=link(at(issuer, "homepage")) or link(at(issuer, "homepage", "contentURL")),
        country=text(at(body, "location", "address", "countryCode"), language),
        region=text(at(body, "location", "spatialCode"), language),
        holder=_person(subject, language),
        holder_id=text(at(subject, "id")),
        able=tuple(_outcomes(claims, language)),
        checked=texts([at(one, "title") for one in items(proven)], language),
        supervision=text(at(proven, "idVerification"), language),
        eqf=number(text(at(about, "eqfLevel", "id")).rpartition("/")[2]),
        level=text(at(about, "eqfLevel"), language),
        workload=hours(at(about, "volumeOfLearning")),
        ects=text(at(about, "creditPoint", "point")),
        participation=text(at(about, "mode"), language),
        awarded=when(at(first, "awardedBy", "awardingDate"), document.get("issued"), document.get("issuanceDate")),
        valid_from=when(document.get("validFrom"), document.get("issuanceDate")),
        valid_until=when(document.get("validUntil"), document.get("expirationDate")),
        grade=text(at(proven, "grade"), language),
        requirements=text(at(about, "entryRequirement"), language),
        further_url=link(at(about, "homepage")) or link(at(about, "homepage", "contentURL")),
    )


def _claims(value: Any, depth: int = 4) -> Iterator[Any]:
    """The claims and those that they are made of."""
    for one in items(value):
        yield one
        if depth:
            yield from _claims(at(one, "hasPart"), depth - 1)


def _person(subject: Any, language: str) -> str:
    name = text(at(subject, "fullName"), language)
    return name or " ".join(part for key in ("givenName", "familyName") if (part := text(at(subject, key), language)))


def _outcomes(claims: list[dict[str, Any]], language: str) -> Iterator[Told]:
    seen = set()
    for claim in claims[:100]:
        for one in items(at(claim, "specifiedBy", "learningOutcome")):
            title = text(at(one, "title"), language)
            if title and title not in seen:
                seen.add(title)
                yield Told(title, text(at(one, "additionalNote"), language), link(at(one, "relatedESCOSkill")))
