"""What a person has to show for a target: competences with their evidence, credentials, and what later rooms know.

Two statements, and those of the rooms below, whatever the number of rows.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.adding_up import Claim
from dorobek.credentials.enums import Standing as Stands
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.queries.adding_up import Able, InWallet, whole_wallet
from dorobek.people.models import Account, PersonalQuerySet
from dorobek.plans.gaps.asked import line_code, of_template
from dorobek.plans.gaps.further import About, Known, joined, known_elsewhere
from dorobek.plans.gaps.shapes import REGISTER, Origin, Side, Support
from dorobek.portfolio.enums import CompetenceState, Mark
from dorobek.portfolio.models import Competence, Evidence
from dorobek.portfolio.readiness import Piece, PieceKind, Standing, standing_of
from dorobek.portfolio.readiness.standing import JUDGED
from dorobek.register.actions.adopting import ESCO, code_of

MARKS = ("validity", "currency", "sufficiency", "authenticity")
# what is read of a piece of evidence and its ratings beside a competence, from its link
PROOF = {
    "evidence": "evidence_id",
    **{name: f"evidence__{name}" for name in ("title", "seen_on", "created_at")},
    **{name: f"evidence__ratings__{name}" for name in ("rated_at", "reason", *MARKS)},
    "rated_by": "evidence__ratings__rated_by__name",
}
ESCO_ADDRESS = "data.europa.eu/esco/"
IN_ORDER = ("evidence_id", "evidence__ratings__rated_at", "evidence__ratings__id")
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
    """Competences with what supports each. One statement: a row for each rating of each piece of evidence."""
    visible = _of_person(Evidence.objects.filter(removed_at=None), about)
    seen = Exists(visible.filter(pk=OuterRef("evidence_links__evidence")))
    asked = _of_person(Competence.objects.all(), about).exclude(state=CompetenceState.SUGGESTED)
    rows = asked.annotate(seen=seen, **{f"proof_{name}": F(f"evidence_links__{at}") for name, at in PROOF.items()})
    held: dict[int, Any] = {}
    newest: dict[int, dict[int, Support]] = defaultdict(dict)
    for one in rows.select_related("outcome").order_by("id", *(f"evidence_links__{at}" for at in IN_ORDER)):
        held.setdefault(one.pk, one)
        if one.seen:  # the last row of each piece has its newest rating
            newest[one.pk][one.proof_evidence] = _proof({name: getattr(one, f"proof_{name}") for name in PROOF})
    pieces, supports = [], {}
    for one in held.values():
        known = list(newest[one.pk].values())
        pieces.append(_piece(one, known))
        supports[one.uid] = (_own_word(one), *known)
    english = {one.uid: (one.outcome.title_en,) for one in held.values() if one.outcome and one.outcome.title_en}
    return Known(tuple(pieces), supports, english)


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
    """Outcomes that valid credentials certify, and those that ended ones did. What the user may not see of a wallet counts
    without its title: the picture is one for both who look at it, a wallet is its owner's. One statement."""
    return joined(_of_credential(one, about) for one in whole_wallet(about.person_id))


def _of_credential(one: InWallet, about: About) -> Known:
    """Its outcomes by their words, and every line of the target that it names, by itself or with a whole set."""
    shown = about.opens_wallet or _issues_for(about.user, one.institution)
    title, by = (one.title, one.issuer) if shown else ("", "")
    holds = one.standing is Stands.VALID
    side = Side.FOR if holds else Side.LOST
    support = Support(Origin.CREDENTIAL, side, title, one.awarded_on, by, _why_lost(one), hidden=not shown)
    pieces, english = [], {}
    for number, line in enumerate(one.design.outcomes if one.design else ()):
        uid = uuid.uuid5(one.uid, str(number))
        named = [of_template(one.template, number)] if one.template else []
        named += [line_code(REGISTER, line.code)] if _REGISTER.fullmatch(line.code) else []
        pieces += _certified(uid, title, [code for code in named if code in about.codes], (line.pl,))
        english[uid] = (line.en,) if line.en else ()
    for number, able in enumerate(one.able):
        uid = uuid.uuid5(one.uid, str(number))
        pieces += _said(uid, title, able, about)
        english[uid] = (able.en,) if able.en else ()
    towards = [Claim("", each.code, each.set_number) for each in one.design.counts_towards] if one.design else []
    codes = [code for claim in (*towards, *one.claims) for code in _claimed(about, claim)]
    pieces += _certified(one.uid, title, list(dict.fromkeys(codes)))
    supports = {piece.uid: (support,) for piece in pieces}
    return Known(tuple(pieces), supports, english) if holds else Known((), supports, english, tuple(pieces))


def _said(uid: uuid.UUID, title: str, able: Able, about: About) -> list[Piece]:
    """What a credential of another issuer says: a skill that it names by its address is certified; words of its own are
    no more than held, since nobody entitled has said yet that they mean the same: the way is validation."""
    code = line_code(ESCO, code_of(able.url)) if ESCO_ADDRESS in able.url else ""
    if code and code in about.codes:
        return _certified(uid, title, [code])
    return [Piece(uid, PieceKind.CREDENTIAL, title, (able.pl,), Standing.HELD)] if able.pl else []


def _why_lost(one: InWallet) -> str:
    """Why a credential no longer counts, for whoever reads the picture; "" for one that does."""
    texts = {
        Stands.EXPIRED: _("Minęła jego ważność: %(day)s.") if one.ended_on else _("Minęła jego ważność."),
        Stands.REVOKED: _("Wystawca je cofnął."),
        Stands.SUSPENDED: _("Wystawca je zawiesił."),
        Stands.INVALID: _("Przy ostatnim sprawdzeniu było nieważne."),
        Stands.UNSURE: _("Przy ostatnim sprawdzeniu nie dało się go potwierdzić."),
    }
    return texts.get(one.standing, "") % {"day": f"{one.ended_on:%d.%m.%Y}" if one.ended_on else ""}


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
