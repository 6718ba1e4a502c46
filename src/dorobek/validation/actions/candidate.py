"""The candidate's own steps: one click from readiness to a draft, evidence, what they need, sending (VA-1)."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.credentials.models import Credential
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.people.perms import is_own
from dorobek.portfolio.actions import add_evidence
from dorobek.portfolio.models import Evidence, HeldCredential
from dorobek.validation import perms
from dorobek.validation.actions.applying import (
    BEFORE_COMMISSION,
    begin_application,
    expect,
    map_evidence,
    record,
    submit_application,
)
from dorobek.validation.actions.crediting import checks_of, piece_of
from dorobek.validation.crediting import Checked, check
from dorobek.validation.enums import AdjustmentKind
from dorobek.validation.models import Application, ValidationOpening
from dorobek.validation.queries.crediting import in_wallet, offers
from dorobek.validation.queries.evidencing import evidence_found
from dorobek.vc.fetching import Source

TOLD_VERSION = "2026-1"


def told() -> tuple[str, ...]:
    """What a candidate is told before sending: who will see what, for how long, and what they may do about it."""
    return (
        _("Zgłoszenie zobaczy instytucja, która prowadzi walidację: jej pracownik, doradca walidacyjny i komisja."),
        _("Zobaczą dowody dołączone do kryteriów. Nie zobaczą reszty portfolio ani rozmów z doradcą zawodowym."),
        _("Każde zajrzenie do zgłoszenia jest zapisane i widać je na stronie sprawy."),
        _("Do czasu decyzji można się wycofać bez podania powodu. Portfolio zostaje bez zmian."),
        _("Instytucja przechowuje protokół i wynik, bo tego wymaga prawo."),
    )


def apply_with_evidence(
    *, person: Person, opening: ValidationOpening, acting_user: ActingUser, source: Source | None = None
) -> Application:
    """A draft with what is held already beside the criteria; nothing is typed again.

    That is evidence that readiness finds, and credentials of the wallet that name an outcome of the entry, checked
    now. Outcomes confirmed earlier get none: they need no second look. Raises NotAllowed, RuleBroken.
    """
    acting_user.require(is_own(acting_user.account, person))
    entry = opening.entry_version.entry
    exact = {one.uid: one.exact for one in offers(acting_user.account, entry) if one.exact}
    checked = _checked(acting_user, exact, source)
    with transaction.atomic():
        made = begin_application(person=person, opening=opening, acting_user=acting_user)
        found: dict[str, list[Evidence]] = defaultdict(list, evidence_found(acting_user.account, person, entry))
        good = {uid: one for uid, one in checked.items() if one[1].by_itself}
        pieces, checks = _pieces(good, acting_user)
        for uid, piece in pieces.items():
            for code in exact[uid]:
                found[code].append(piece)
        known = set(opening.rules.criterion_codes)
        held = {code: listed for code, listed in found.items() if code in known and not _carried(made, code)}
        if held:
            map_evidence(application=made, mapped=held, acting_user=acting_user, checks=checks)
    return made


def lay_evidence(
    *, application: Application, mapped: Mapping[str, Sequence[Evidence]], acting_user: ActingUser,
    credentials: Mapping[str, Collection[uuid.UUID]] | None = None, source: Source | None = None,
) -> int:  # fmt: skip
    """Exactly these pieces, and these credentials of one's own wallet, beside these criteria.

    `map_evidence` with every check of a credential made before anything is locked. Returns how many criteria changed.
    Raises NotAllowed (also: not in one's own wallet), RuleBroken.
    """
    acting_user.require(perms.may_document(acting_user.account, application))
    wanted = {uid for listed in (credentials or {}).values() for uid in listed}
    acting_user.require(not wanted or perms.is_candidate(acting_user.account, application))
    there = set(application.mapped.values_list("criterion", "evidence_id"))
    fresh = [one for code, listed in mapped.items() for one in listed if (code, one.pk) not in there]
    checks = checks_of(fresh, source)
    checked = _checked(acting_user, wanted, source)
    with transaction.atomic():
        pieces, more = _pieces(checked, acting_user)
        whole = {code: list(listed) for code, listed in mapped.items()}
        for code, listed in (credentials or {}).items():
            whole.setdefault(code, []).extend(pieces[uid] for uid in listed)
        return map_evidence(application=application, mapped=whole, acting_user=acting_user, checks=checks | more)


def attach_credential(
    *, application: Application, credential: uuid.UUID, criteria: Collection[str], acting_user: ActingUser,
    source: Source | None = None,
) -> int:  # fmt: skip
    """One press: a credential of one's own wallet beside these criteria, besides what stands there already.

    Returns how many criteria changed. Raises NotAllowed (not the candidate, not in their wallet), RuleBroken.
    """
    if not criteria:
        raise RuleBroken(_("Proszę zaznaczyć choć jedno kryterium."), "criterion")
    beside: dict[str, list[Evidence]] = {code: [] for code in criteria}
    for one in application.mapped.filter(criterion__in=criteria).select_related("evidence").order_by("pk"):
        beside[one.criterion].append(one.evidence)
    named = {code: [credential] for code in criteria}
    return lay_evidence(
        application=application, mapped=beside, credentials=named, acting_user=acting_user, source=source
    )  # fmt: skip


@transaction.atomic
def add_own_evidence(*, application: Application, acting_user: ActingUser, **given: Any) -> Evidence:
    """A new piece of the candidate's own, added within the application. `given`: as `add_evidence` takes it.

    Somebody with an audit keeps it in their portfolio there; for others it is theirs alone until it stands beside a
    criterion. Raises NotAllowed, RuleBroken (documentation closed, what is missing or wrong with the file).
    """
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *BEFORE_COMMISSION)
    person = application.person
    audit = SkillsAudit.objects.visible_to(acting_user.account).filter(person=person).order_by("-pk").first()
    return add_evidence(
        person=person, case_uid=audit.uid if audit is not None else person.uid, acting_user=acting_user, **given
    )  # fmt: skip


Row = Credential | HeldCredential
Found = dict[uuid.UUID, tuple[Row, Checked]]


def _checked(acting_user: ActingUser, wanted: Collection[uuid.UUID], source: Source | None) -> Found:
    """Each of one's own credentials with a fresh check; may look outside. Raises NotAllowed for one not held."""
    rows = in_wallet(acting_user.account) if wanted else {}
    acting_user.require(set(wanted) <= set(rows))
    return {uid: (rows[uid], check(rows[uid].document, source, rows[uid].person)) for uid in wanted}


def _pieces(found: Found, acting_user: ActingUser) -> tuple[dict[uuid.UUID, Evidence], dict[int, Checked]]:
    """The pieces that stand for them, and their checks by key of the piece."""
    pieces = {uid: piece_of(row, one, acting_user) for uid, (row, one) in found.items()}
    return pieces, {piece.pk: found[uid][1] for uid, piece in pieces.items()}


def _carried(application: Application, criterion: str) -> bool:
    return any(criterion == code or criterion.startswith(f"{code}.") for code in application.carried)


@transaction.atomic
def ask_adjustments(
    *, application: Application, kinds: Collection[str], words: str, acting_user: ActingUser
) -> Application:
    """What the candidate needs for an equal chance; until the commission sits. Raises NotAllowed, RuleBroken."""
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *BEFORE_COMMISSION)
    if set(kinds) - set(AdjustmentKind.values):
        raise RuleBroken(_("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."), "kinds")
    if AdjustmentKind.OTHER in kinds and not words.strip():
        raise RuleBroken(_("Proszę napisać, co jeszcze jest potrzebne."), "words")
    values = {"adjustment_kinds": sorted(set(kinds)), "adjustments": words.strip()}
    if changes := application.write(values, base_version=None):
        record(acting_user, "validation.adjustments-asked", application, **changes)
    return application


@transaction.atomic
def send_application(
    *, application: Application, kinds: Collection[str], words: str, agreed: bool, acting_user: ActingUser
) -> Application:
    """Adjustments, the word that one knows who will see the evidence, and sending, all at once.

    Raises NotAllowed, RuleBroken (not agreed, no places, too late).
    """
    acting_user.require(perms.is_candidate(acting_user.account, application))
    if not agreed:
        raise RuleBroken(_("Proszę zaznaczyć, że wiadomo, kto zobaczy dowody. Bez tego nie można wysłać."), "agreed")
    ask_adjustments(application=application, kinds=kinds, words=words, acting_user=acting_user)
    record(acting_user, "validation.informed", application, wording_version=TOLD_VERSION, wording=list(told()))
    return submit_application(application=application, acting_user=acting_user)
