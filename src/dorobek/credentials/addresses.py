"""Public addresses that stand in signed documents: what they name must answer for as long as anyone holds a credential."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from dorobek.credentials.models import Issuer, StatusList, TemplateVersion


def origin() -> str:
    """The installation's public address without a slash at the end: `https://poswiadczenia.example.org`."""
    return str(settings.PUBLIC_ADDRESS).rstrip("/")


def web_host() -> str:
    """Host and port for a did:web; "" where the installation has no https address that others reach."""
    parts = urlsplit(origin())
    return parts.netloc if parts.scheme == "https" else ""


def issuer_url(issuer: Issuer) -> str:
    return f"{origin()}/wystawcy/{issuer.slug}/"


def did_document_url(issuer: Issuer) -> str:
    """Where a did:web of this issuer is looked for."""
    return f"{issuer_url(issuer)}did.json"


def list_url(held: StatusList, issuer: Issuer) -> str:
    return f"{issuer_url(issuer)}statusy/{held.uid}"


def template_url(version: TemplateVersion, issuer: Issuer) -> str:
    return f"{origin()}/mikroposwiadczenia/{issuer.slug}/{version.template.slug}/{version.number}/"


def credential_id(uid: Any) -> str:
    """The identifier in the document; it says nothing and leads nowhere."""
    return f"urn:uuid:{uid}"
