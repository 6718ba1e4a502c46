"""Whom a credential may be trusted to: is its issuer known here, and is it this person's (MC-4, VA-4)."""

from typing import Any
from urllib.parse import unquote, urlsplit

from dorobek.credentials.models import Issuer
from dorobek.credentials.verification import Verified
from dorobek.kernel.text import normalised
from dorobek.people.models import Person
from dorobek.register.models import RegisterBody
from dorobek.vc.badges.building import is_about
from dorobek.vc.report import ISSUER, SIGNATURE, Outcome

ADDRESSES = ("email", "emailAddress")


def known(found: Verified) -> Outcome:
    """Passed for an issuer of this installation, and for one whose own domain is a body's of the register.

    The signature alone says nothing of who signed: anybody can make a key and write any name over it. At most two
    statements.
    """
    if found.report.outcome(SIGNATURE) != "passed" or found.report.outcome(ISSUER) != "passed":
        return "unknown"
    named = _named((found.document or {}).get("issuer"))
    if Issuer.objects.filter(did=named).exists():
        return "passed"
    host = _host(named)
    if not host:
        return "unknown"
    sites = RegisterBody.objects.filter(website__icontains=host).values_list("website", flat=True)
    own = {_host(one) for one in sites if urlsplit(one).path in ("", "/")}  # a page on somebody's site is no domain
    return "passed" if host in own else "unknown"


def held_by(found: Verified, person: Person | None) -> Outcome:
    """Whether it is this person's. Issued here: by our own record. Others: by the e-mail or the name they carry.

    Failed only where our own record names another; somebody may have had another name or e-mail before.
    """
    if person is None:
        return "unknown"
    if found.own is not None and found.own.person_id is not None and known(found) == "passed":
        return "passed" if found.own.person_id == person.pk else "failed"
    identities = _identities(found.document or {})
    mine = {person.email, person.account.email if person.account else ""} - {""}
    if any(is_about(one, email) for one in identities for email in mine):
        return "passed"
    return "passed" if found.words.holder and _same(found.words.holder, person.name) else "unknown"


def _same(one: str, other: str) -> bool:
    """The same words in any order, whatever the letters' size and marks."""
    return sorted(normalised(one).split()) == sorted(normalised(other).split())


def _identities(document: dict[str, Any]) -> list[Any]:
    """IdentityObjects of e-mails of a badge's subject; of Open Badges 2.0 its recipient."""
    subject = document.get("credentialSubject")
    subjects = subject if isinstance(subject, list) else [subject]
    listed = [one.get("identifier") for one in subjects if isinstance(one, dict)]
    flat = [each for one in listed for each in (one if isinstance(one, list) else [one])]
    found = [one for one in flat if isinstance(one, dict) and one.get("identityType") in ADDRESSES]
    recipient = document.get("recipient")
    return [*found, recipient] if isinstance(recipient, dict) and recipient.get("type") == "email" else found


def _named(issuer: Any) -> str:
    return str(issuer.get("id", "") if isinstance(issuer, dict) else issuer or "")


def _host(named: str) -> str:
    """The domain of a did:web or of an https address, without www; "" for any other."""
    if named.startswith("did:web:"):
        host = unquote(named.removeprefix("did:web:").split(":")[0]).split(":")[0]
    else:
        host = urlsplit(named).hostname or "" if named.startswith(("https://", "http://")) else ""
    return host.lower().removeprefix("www.")
