"""Which qualifications of the register a person's credentials add up to, and what is still missing (MC-7, PF-5)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dorobek.credentials.adding_up import Claim, Sum, WantedSet, add_up
from dorobek.credentials.addresses import origin
from dorobek.credentials.enums import Standing
from dorobek.credentials.models import Credential
from dorobek.credentials.queries.wallet import held_standing, own_credentials, own_standing
from dorobek.people.models import Account
from dorobek.portfolio.models import HeldCredential
from dorobek.register.models import Qualification
from dorobek.vc.reading import read

_OUTCOME = re.compile(r"([A-Za-z0-9]+)-(\d{1,3})-(\d{1,3})")
MOST = 200  # claims of one document that are read


@dataclass(frozen=True)
class AddsUp:
    """A qualification and how much of it is covered."""

    qualification: Qualification
    title: str
    sum: Sum


@dataclass(frozen=True)
class Certified:
    """An outcome of the register that a valid credential of ours says the person has."""

    credential: Credential
    outcome: str
    text: str


def adding_up_of(user: Account, language: str = "pl") -> list[AddsUp]:
    """For the account's own wallet: what is valid today counts, nothing else. Four statements, whatever is in it."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in _claims(user, language):
        claims[claim.code].append(claim)
    found = Qualification.objects.filter(code__in=claims).exclude(current=None).select_related("current")
    rows = [_row(one, claims[one.code], language) for one in found.order_by("sort_key")]
    return sorted(rows, key=lambda one: one.sum.outcomes_covered, reverse=True)


def certified_outcomes(user: Account, person_id: int) -> list[Certified]:
    """Outcomes with a code of the register in credentials issued here to this person, as far as the user may see
    them and they are valid today. One statement."""
    rows = Credential.objects.visible_to(user).filter(person=person_id).exclude(document="").defer("document")
    valid = [one for one in rows.select_related("template_version") if own_standing(one) is Standing.VALID]
    return [
        Certified(one, line.code, line.pl)
        for one in valid
        for line in one.template_version.design.outcomes
        if _OUTCOME.fullmatch(line.code)
    ]


def brought_claims(person_id: int) -> list[tuple[HeldCredential, list[Claim]]]:
    """Valid credentials of other issuers in the person's wallet that name this register, with what they claim.

    Whoever shows it to others leaves their titles out: the wallet is its owner's. One statement.
    """
    rows = HeldCredential.objects.filter(person=person_id).defer("words").order_by("id")
    found = [(one, list(_of_document(one))) for one in rows if held_standing(one) is Standing.VALID]
    return [(one, claims) for one, claims in found if claims]


def _row(qualification: Qualification, claims: list[Claim], language: str) -> AddsUp:
    assert qualification.current is not None
    entry, english = qualification.current.entry, language == "en"
    sets = [
        WantedSet(
            group.number,
            (group.en if english else "") or group.pl,
            tuple(
                (f"{entry.code}-{group.number}-{one.number}", (one.en if english else "") or one.pl)
                for one in group.outcomes
            ),
        )
        for group in entry.sets
    ]
    return AddsUp(qualification, qualification.title(language), add_up(sets, claims))


def _claims(user: Account, language: str) -> Iterator[Claim]:
    for own in own_credentials(user).defer("document"):
        if own_standing(own) is Standing.VALID:
            yield from _of_design(own, language)
    for held in HeldCredential.objects.visible_to(user):
        if held_standing(held) is Standing.VALID:
            yield from _of_document(held)


def _of_design(own: Credential, language: str) -> Iterator[Claim]:
    design = own.template_version.design
    name = design.title(language)
    for towards in design.counts_towards:
        yield Claim(name, towards.code, towards.set_number)
    for line in design.outcomes:
        yield from _outcome(name, line.code)


def _of_document(held: HeldCredential) -> Iterator[Claim]:
    """Addresses of this register among what it stacks into, and codes of its outcomes where it names this register."""
    document = read(held.document).document or {}
    about = document.get("credentialSubject")
    about = about[0] if isinstance(about, list) and about else about
    achievement = about.get("achievement") if isinstance(about, dict) else None
    if not isinstance(achievement, dict):
        return
    ours = f"{origin()}/rejestr/"
    for address in _listed(achievement.get("stacksInto")):
        if isinstance(address, str) and address.startswith(ours):
            yield Claim(held.title, address.removeprefix(ours).strip("/"))
    for one in _listed(achievement.get("alignment")):
        if isinstance(one, dict) and str(one.get("targetUrl", "")).startswith(ours):
            yield from _outcome(held.title, str(one.get("targetCode", "")))


def _listed(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else [value] if value is not None else []


def _outcome(name: str, code: str) -> Iterator[Claim]:
    found = _OUTCOME.fullmatch(code)
    if found:
        yield Claim(name, found[1], int(found[2]), code)
