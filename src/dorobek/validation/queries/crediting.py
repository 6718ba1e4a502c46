"""Credentials beside criteria: what a wallet could show, and what the machine found of what was put there (VA-4)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from dorobek.credentials.enums import Standing
from dorobek.credentials.models import Credential
from dorobek.credentials.queries.adding_up import able_of, claims_of
from dorobek.credentials.queries.wallet import held_standing, own_credentials, own_standing
from dorobek.people.models import Account
from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence, HeldCredential
from dorobek.register.entry import Entry
from dorobek.validation.models import Application, CredentialCheck, CredentialPiece
from dorobek.validation.models.crediting import VOID
from dorobek.validation.queries.proposing import criteria_met
from dorobek.validation.rules import SetShape
from dorobek.validation.rules.building import sets_of


class Why(StrEnum):
    """Why a credential may show a criterion: it names its outcome, its set, or says the like in words."""

    OUTCOME = "outcome"
    SET = "set"
    WORDS = "words"


@dataclass(frozen=True)
class Offer:
    """A credential of one's own wallet and the criteria it may show. `standing`: as the wallet knows it, not checked now.

    `piece`: the evidence that stands for it, once it was put beside anything.
    """

    uid: uuid.UUID
    title: str
    issuer: str
    standing: Standing
    criteria: Mapping[str, Why]
    piece: Evidence | None = None

    @property
    def counts(self) -> bool:
        return self.standing not in VOID

    @property
    def exact(self) -> tuple[str, ...]:
        """Criteria of the outcomes that it names by their codes."""
        return tuple(code for code, why in self.criteria.items() if why is Why.OUTCOME)


def in_wallet(user: Account) -> dict[uuid.UUID, Credential | HeldCredential]:
    """Everything in the account's own wallet, newest first, whatever it is worth. Two statements."""
    found: dict[uuid.UUID, Credential | HeldCredential] = {
        one.uid: one for one in own_credentials(user).order_by("-pk")
    }
    held = HeldCredential.objects.visible_to(user).select_related("person").order_by("-pk")
    return found | {one.uid: one for one in held}


def offers(user: Account, entry: Entry) -> list[Offer]:
    """The account's own wallet against the entry, those that fit best first. Four statements."""
    rows = in_wallet(user)
    if not rows:
        return []
    pieces = CredentialPiece.objects.filter(
        Q(issued__uid__in=rows) | Q(held__uid__in=rows), evidence__removed_at=None
    ).select_related("evidence", "issued", "held")
    known = {(one.issued or one.held).uid: one.evidence for one in pieces}  # type: ignore[union-attr]
    sets = sets_of(entry)
    found = [_offer(one, entry, sets, known.get(uid)) for uid, one in rows.items()]
    return sorted(found, key=lambda one: (not one.exact, not one.criteria, not one.counts))


def _offer(
    one: Credential | HeldCredential, entry: Entry, sets: Sequence[SetShape], piece: Evidence | None
) -> Offer:  # fmt: skip
    if isinstance(one, Credential):
        title, issuer, standing = one.template_version.design.title_pl, one.issuer.name("pl"), own_standing(one)
    else:
        title, issuer, standing = one.title, one.issuer_name, held_standing(one)
    return Offer(one.uid, title, issuer, standing, criteria_of(one, entry, sets), piece)


def named_criteria(piece: Evidence, entry: Entry) -> set[str]:
    """Criteria that a piece fits as the credential it is; none for any other piece. Two statements at most."""
    if piece.kind != EvidenceKind.CREDENTIAL:
        return set()
    held = CredentialPiece.objects.filter(evidence=piece).select_related("issued__template_version", "held").first()
    row = (held.issued or held.held) if held is not None else None
    return set(criteria_of(row, entry, sets_of(entry))) if row is not None else set()


def criteria_of(
    one: Credential | HeldCredential, entry: Entry, sets: Sequence[SetShape]
) -> dict[str, Why]:  # fmt: skip
    """Criterion -> why it may be shown by this credential, in the order of the entry; the firmest reason of each."""
    criteria = {code: Why.WORDS for text in able_of(one) for code in criteria_met(entry, text)}
    criteria |= dict.fromkeys(_claimed(one, entry, sets, whole=True), Why.SET)
    criteria |= dict.fromkeys(_claimed(one, entry, sets, whole=False), Why.OUTCOME)
    return {code: criteria[code] for group in sets for code in group.criteria if code in criteria}


def _claimed(
    one: Credential | HeldCredential, entry: Entry, sets: Sequence[SetShape], *, whole: bool
) -> list[str]:  # fmt: skip
    """Criteria of the sets (`whole`) or of the outcomes that it names by the register's codes."""
    claims = [claim for claim in claims_of(one) if claim.code == entry.code and bool(claim.outcome) is not whole]
    numbers, outcomes = {claim.set_number for claim in claims}, {claim.outcome for claim in claims}
    if whole:
        return [code for group in sets if group.number in numbers for code in group.criteria]
    return [
        code
        for group in sets
        for outcome in group.outcomes
        if f"{entry.code}-{outcome.code.replace('.', '-')}" in outcomes
        for code in outcome.criteria
    ]


def standings(pieces: Iterable[Evidence]) -> dict[int, Standing]:
    """Newest standing of each piece that is a credential, by its key. One statement, none without credentials."""
    keys = [one.pk for one in pieces if one.kind == EvidenceKind.CREDENTIAL]
    rows = CredentialPiece.objects.filter(evidence__in=keys) if keys else CredentialPiece.objects.none()
    return {key: Standing(standing) for key, standing in rows.values_list("evidence", "standing")}


def counted(pieces: Mapping[str, Sequence[Evidence]]) -> dict[str, int]:
    """Criterion -> pieces that count: all but credentials that the newest check found worth nothing. One statement."""
    known = standings(one for listed in pieces.values() for one in listed)
    return {code: sum(known.get(one.pk) not in VOID for one in listed) for code, listed in pieces.items()}


def checks_of_case(application: Application) -> dict[int, list[CredentialCheck]]:
    """Key of the piece -> its checks for this application, newest first. One statement.

    For whoever may see the application: the caller has asked.
    """
    found: dict[int, list[CredentialCheck]] = defaultdict(list)
    for one in application.credential_checks.order_by("-checked_at", "-pk"):
        found[one.evidence_id].append(one)
    return dict(found)
