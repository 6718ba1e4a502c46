"""What a person has to show for a target: competences with their evidence, credentials, and what later rooms know.

Three statements, and those of the rooms below, whatever the number of rows.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from dorobek.credentials.adding_up import Claim
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.queries.adding_up import InWallet, in_wallet
from dorobek.people.models import Account, PersonalQuerySet
from dorobek.plans.gaps.asked import line_code, of_template
from dorobek.plans.gaps.further import About, Known, joined, known_elsewhere
from dorobek.plans.gaps.shapes import REGISTER, Origin, Side, Support
from dorobek.portfolio.enums import CompetenceState, Mark
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink
from dorobek.portfolio.readiness import Piece, PieceKind, Standing, standing_of
from dorobek.portfolio.readiness.standing import JUDGED

MARKS = ("validity", "currency", "sufficiency", "authenticity")
# what is read of a piece of evidence and its ratings, in one row
PROOF = {
    **{name: f"evidence__{name}" for name in ("title", "seen_on", "created_at")},
    **{name: f"evidence__ratings__{name}" for name in ("rated_at", "reason", *MARKS)},
    "rated_by": "evidence__ratings__rated_by__name",
}
_REGISTER = re.compile(r"[A-Za-z0-9]+-\d{1,3}-\d{1,3}")


def holdings(about: About) -> Known:
    """Everything: pieces for the measure, and what speaks for and against each."""
    return joined([_competences(about), _wallet(about), known_elsewhere(about)])


def _of_person(rows: PersonalQuerySet, about: About) -> PersonalQuerySet:
    """What the user may see of the person, whatever the case; without a user, the case's own rows."""
    if about.user is None:
        return rows.filter(person=about.person_id, case_uid=about.case_uid)
    return rows.visible_to(about.user).filter(person=about.person_id)


def _competences(about: About) -> Known:
    asked = _of_person(Competence.objects.all(), about).exclude(state=CompetenceState.SUGGESTED)
    rows: list[Competence] = list(asked.select_related("outcome").order_by("id"))
    proofs = _proofs(about, [one.pk for one in rows])
    pieces, supports = [], {}
    for one in rows:
        known = proofs.get(one.pk, [])
        pieces.append(_piece(one, known))
        supports[one.uid] = (_own_word(one), *known)
    english = {one.uid: (one.outcome.title_en,) for one in rows if one.outcome and one.outcome.title_en}
    return Known(tuple(pieces), supports, english)


def _proofs(about: About, keys: Sequence[int]) -> dict[int, list[Support]]:
    """Evidence of each competence with its newest rating, by the competence's key. One statement."""
    visible = _of_person(Evidence.objects.filter(removed_at=None), about)
    links = EvidenceLink.objects.filter(competence__in=keys, evidence__in=visible.values("pk"))
    rows = links.order_by("evidence_id", "id", "evidence__ratings__rated_at", "evidence__ratings__id")
    newest: dict[tuple[int, int], dict[str, Any]] = {}
    for row in rows.values("competence", "evidence", *PROOF.values()):
        newest[row["competence"], row["evidence"]] = row  # the last one of each is its newest rating
    found: dict[int, list[Support]] = defaultdict(list)
    for (competence, _evidence), row in newest.items():
        found[competence].append(_proof({name: row[column] for name, column in PROOF.items()}))
    return found


def _proof(row: Mapping[str, Any]) -> Support:
    if row["rated_at"] is None:
        day = row["seen_on"] or timezone.localdate(row["created_at"])
        return Support(Origin.EVIDENCE, Side.OPEN, row["title"], day)
    side = Side.AGAINST if Mark.NO in [row[mark] for mark in MARKS] else Side.FOR
    by = row["rated_by"] or ""
    return Support(Origin.EVIDENCE, side, row["title"], timezone.localdate(row["rated_at"]), by, row["reason"])


def _piece(one: Competence, proofs: Iterable[Support]) -> Piece:
    """A disputed sentence counts as told: it is neither held nor unheard of."""
    good = tuple(proof.title for proof in proofs if proof.side is Side.FOR)
    unrated = tuple(proof.title for proof in proofs if proof.side is Side.OPEN)
    standing = standing_of(one.state, supporting=len(good)) or Standing.TOLD
    code = line_code(one.outcome.framework, one.outcome.code) if one.outcome else ""
    return Piece(one.uid, PieceKind.COMPETENCE, one.wording, (one.wording,), standing, code, good, unrated)


def _own_word(one: Competence) -> Support:
    """What the person says of the competence themselves, or a commission's word on it."""
    day = timezone.localdate(one.answered_at) if one.answered_at else timezone.localdate(one.created_at)
    if one.state in JUDGED:
        return Support(Origin.JUDGED, Side.FOR, one.wording, day)
    if one.is_disputed:
        return Support(Origin.CONFIRMATION, Side.AGAINST, one.wording, day, note=one.comment)
    side = Side.FOR if one.is_confirmed else Side.OPEN
    return Support(Origin.CONFIRMATION, side, one.wording, day)


def _wallet(about: About) -> Known:
    """Outcomes that valid credentials certify. What the user may not see of a wallet counts without its title: the
    picture is one for both who look at it, a wallet is its owner's. One statement."""
    return joined(_of_credential(one, about) for one in in_wallet(about.person_id))


def _of_credential(one: InWallet, about: About) -> Known:
    """Its outcomes by their words, and every line of the target that it names, by itself or with a whole set."""
    shown = about.opens_wallet or _issues_for(about.user, one.institution)
    title, by = (one.title, one.issuer) if shown else ("", "")
    support = Support(Origin.CREDENTIAL, Side.FOR, title, one.awarded_on, by, hidden=not shown)
    pieces, english = [], {}
    for number, line in enumerate(one.design.outcomes if one.design else ()):
        uid = uuid.uuid5(one.uid, str(number))
        named = [of_template(one.template, number)] if one.template else []
        named += [line_code(REGISTER, line.code)] if _REGISTER.fullmatch(line.code) else []
        pieces += _certified(uid, title, [code for code in named if code in about.codes], (line.pl,))
        english[uid] = (line.en,) if line.en else ()
    towards = [Claim("", each.code, each.set_number) for each in one.design.counts_towards] if one.design else []
    codes = [code for claim in (*towards, *one.claims) for code in _claimed(about, claim)]
    pieces += _certified(one.uid, title, list(dict.fromkeys(codes)))
    return Known(tuple(pieces), {piece.uid: (support,) for piece in pieces}, english)


def _issues_for(user: Account | None, institution: int | None) -> bool:
    """Whoever issues for the institution sees what it issued, as `visible_to` of credentials says."""
    roles = [m.role for m in user.active_memberships if m.institution_id == institution] if user else []
    return institution is not None and any(role in ISSUING_ROLES for role in roles)


def _certified(uid: uuid.UUID, title: str, codes: Sequence[str], texts: tuple[str, ...] = ()) -> list[Piece]:
    """A piece for each line named, and one for the words when no line is."""
    named = [Piece(uid, PieceKind.CREDENTIAL, title, (), Standing.PROVED, code) for code in codes]
    return named or ([Piece(uid, PieceKind.CREDENTIAL, title, texts, Standing.PROVED)] if texts else [])


def _of_set(about: About, qualification: str, number: int) -> list[str]:
    """Lines of the target that belong to a set of a qualification; a credential that names no set covers none."""
    prefix = line_code(REGISTER, f"{qualification}-{number}-")
    return [code for code in sorted(about.codes) if number and code.startswith(prefix)]


def _claimed(about: About, claim: Claim) -> list[str]:
    if claim.outcome:
        code = line_code(REGISTER, claim.outcome)
        return [code] if code in about.codes else []
    return _of_set(about, claim.code, claim.set_number)
