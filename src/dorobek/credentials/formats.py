"""A credential in every form in which its holder or issuer carries it away (MC-3, MC-6)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.text import slugify

from dorobek.credentials.certificate import certificate
from dorobek.credentials.document import Given, award_of
from dorobek.credentials.models import Credential
from dorobek.credentials.picture import badge_svg
from dorobek.kernel.documents import Picture
from dorobek.kernel.documents.pictures import bitmap, fitted
from dorobek.vc import elm
from dorobek.vc.badges.baking import bake

BADGE_EDGE = 512  # pixels; larger than any page shows a badge, small enough to be sent by post
PDF, PDF_ENGLISH, PNG, SVG, JSON, ELM = "pdf", "en.pdf", "png", "svg", "json", "elm.json"
_MEDIA = {
    PDF: "application/pdf", PDF_ENGLISH: "application/pdf", PNG: "image/png", SVG: "image/svg+xml",
    JSON: "application/vc+json", ELM: "application/ld+json",
}  # fmt: skip
ENDINGS = tuple(_MEDIA)


@dataclass(frozen=True)
class Made:
    """A file to hand over."""

    name: str
    media_type: str
    content: bytes


def file_of(credential: Credential, ending: str) -> Made:
    """The credential as one of `ENDINGS`. It must still be held: an erased one has no document.

    Raises KeyError for another ending.
    """
    media = _MEDIA[ending]
    title = slugify(credential.template_version.design.title_pl.replace("ł", "l").replace("Ł", "L"))[:60]
    return Made(f"{title or 'poswiadczenie'}.{ending}", media, _MAKERS[ending](credential))


def _png(credential: Credential) -> bytes:
    return bake(_raster(_drawn(credential)), credential.document)


def _svg(credential: Credential) -> bytes:
    return bake(_drawn(credential).encode(), credential.document)


def _drawn(credential: Credential) -> str:
    return badge_svg(credential.template_version.design, credential.issuer.name_pl)


@lru_cache(maxsize=64)
def _raster(svg: str) -> bytes:
    """The drawing as PNG. One design's picture is the same for all its holders."""
    return fitted(bitmap(Picture(svg.encode(), alt="badge")), BADGE_EDGE)


def _elm(credential: Credential) -> bytes:
    """European Learning Model v3, unsigned. The issuer's DID stands for its legal number, which is not held here."""
    version, issuer = credential.template_version, credential.issuer
    # The address is asked for by every award, and is no part of this document: it names the holder in words.
    email = credential.person.email or "brak@invalid"
    given = Given(credential.uid, credential.holder_name, email, credential.awarded_on, {}, _grade(credential.document))
    made = elm.as_elm(award_of(version, issuer, given), legal_id=issuer.did, picture=_drawn(credential).encode())
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _grade(document: str) -> str:
    results: list[dict[str, Any]] = json.loads(document)["credentialSubject"].get("result") or [{}]
    return str(results[0].get("value", ""))


_MAKERS: dict[str, Callable[[Credential], bytes]] = {
    PDF: lambda one: certificate(one, "pl"),
    PDF_ENGLISH: lambda one: certificate(one, "en"),
    PNG: _png,
    SVG: _svg,
    JSON: lambda one: one.document.encode(),
    ELM: _elm,
}
