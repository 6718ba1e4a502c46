"""What a person has to show for a target: competences with their evidence, credentials, and what later rooms know.

Six statements at most, and those of the rooms below, whatever the number of rows.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from dorobek.credentials.adding_up import Claim
from dorobek.credentials.enums import Standing as CredentialStanding
from dorobek.credentials.models import Credential
from dorobek.credentials.queries.adding_up import brought_claims
from dorobek.credentials.queries.wallet import own_standing
from dorobek.people.models import PersonalQuerySet
from dorobek.plans.gaps.asked import line_code, of_template
from dorobek.plans.gaps.further import About, Known, joined, known_elsewhere
from dorobek.plans.gaps.shapes import REGISTER, Origin, Side, Support
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink, EvidenceRating
from dorobek.portfolio.readiness import Piece, PieceKind, Standing, standing_of
from dorobek.portfolio.readiness.standing import JUDGED

_REGISTER = re.compile(r"[A-Za-z0-9]+-\d{1,3}-\d{1,3}")


def holdings(about: About) -> Known:
    """Everything: pieces for the measure, and what speaks for and against each."""
    return joined([_competences(about), _credentials(about), _brought(about), known_elsewhere(about)])


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
    return Known(tuple(pieces), supports)


def _proofs(about: About, keys: Sequence[int]) -> dict[int, list[Support]]:
    """Evidence of each competence with its newest rating, by the competence's key. Two statements."""
    visible = _of_person(Evidence.objects.filter(removed_at=None), about)
    links = EvidenceLink.objects.filter(competence__in=keys, evidence__in=visible.values("pk"))
    held = list(links.select_related("evidence").order_by("evidence_id", "id"))
    ratings = EvidenceRating.objects.filter(evidence__in={link.evidence_id for link in held})
    newest = {one.evidence_id: one for one in ratings.select_related("rated_by").order_by("rated_at", "id")}
    found: dict[int, list[Support]] = defaultdict(list)
    for link in held:
        found[link.competence_id].append(_proof(link.evidence, newest.get(link.evidence_id)))
    return found


def _proof(evidence: Evidence, rating: EvidenceRating | None) -> Support:
    if rating is None:
        day = evidence.seen_on or timezone.localdate(evidence.created_at)
        return Support(Origin.EVIDENCE, Side.OPEN, evidence.title, day)
    side = Side.FOR if rating.supports else Side.AGAINST
    by = str(rating.rated_by) if rating.rated_by else ""
    return Support(Origin.EVIDENCE, side, evidence.title, timezone.localdate(rating.rated_at), by, rating.reason)


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


def _credentials(about: About) -> Known:
    """Outcomes that valid credentials issued here certify. What the user may not see of a wallet counts without its
    title: the picture is one for both who look at it, a wallet is its owner's. One statement, two for others."""
    rows = Credential.objects.filter(person=about.person_id).exclude(document="").defer("document")
    held = list(rows.select_related("template_version__template", "issuer").order_by("id"))
    valid = [one for one in held if own_standing(one) is CredentialStanding.VALID]
    shown = {one.pk for one in valid}
    if valid and about.user is not None and not about.owner:
        shown = set(Credential.objects.visible_to(about.user).filter(pk__in=shown).values_list("pk", flat=True))
    return joined(_of_credential(one, about, shown=one.pk in shown) for one in valid)


def _of_credential(one: Credential, about: About, *, shown: bool) -> Known:
    """Its outcomes by their words, and every line of the target that it names, by itself or with a whole set."""
    design = one.template_version.design
    title, by = (design.title_pl, one.issuer.name_pl) if shown else ("", "")
    support = Support(Origin.CREDENTIAL, Side.FOR, title, one.awarded_on, by, hidden=not shown)
    template = one.template_version.template.uid
    pieces = []
    for number, line in enumerate(design.outcomes):
        uid = uuid.uuid5(one.uid, str(number))
        named = [of_template(template, number)]
        named += [line_code(REGISTER, line.code)] if _REGISTER.fullmatch(line.code) else []
        pieces += _certified(uid, title, [code for code in named if code in about.codes], (line.pl,))
    for at, towards in enumerate(design.counts_towards):
        codes = _of_set(about, towards.code, towards.set_number)
        pieces += _certified(uuid.uuid5(one.uid, f"set-{at}"), title, codes)
    return Known(tuple(pieces), {piece.uid: (support,) for piece in pieces})


def _certified(uid: uuid.UUID, title: str, codes: Sequence[str], texts: tuple[str, ...] = ()) -> list[Piece]:
    """A piece for each line named, and one for the words when no line is."""
    named = [Piece(uid, PieceKind.CREDENTIAL, title, (), Standing.PROVED, code) for code in codes]
    return named or ([Piece(uid, PieceKind.CREDENTIAL, title, texts, Standing.PROVED)] if texts else [])


def _of_set(about: About, qualification: str, number: int) -> list[str]:
    """Lines of the target that belong to a set of a qualification; a credential that names no set covers none."""
    prefix = line_code(REGISTER, f"{qualification}-{number}-")
    return [code for code in sorted(about.codes) if number and code.startswith(prefix)]


def _brought(about: About) -> Known:
    """What valid credentials of other issuers say of this register's outcomes. One statement."""
    parts = []
    for held, claims in brought_claims(about.person_id):
        title, by = (held.title, held.issuer_name) if about.opens_wallet else ("", "")
        support = Support(Origin.CREDENTIAL, Side.FOR, title, held.awarded_on, by, hidden=not about.opens_wallet)
        codes = [code for claim in claims for code in _claimed(about, claim)]
        pieces = _certified(held.uid, title, list(dict.fromkeys(codes)))
        parts.append(Known(tuple(pieces), {held.uid: (support,)}))
    return joined(parts)


def _claimed(about: About, claim: Claim) -> list[str]:
    if claim.outcome:
        code = line_code(REGISTER, claim.outcome)
        return [code] if code in about.codes else []
    return _of_set(about, claim.code, claim.set_number)
