"""What a candidate reads of their own validations, and others of one: the move, results, appeals, partial results."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from dorobek.kernel.models import HistoryEntry
from dorobek.people.models import Account, Person
from dorobek.validation import perms
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Appeal, Application, Assessment, PartialResult, Sitting
from dorobek.validation.queries.appealing import open_to
from dorobek.validation.queries.moving import decision_of, moves_of
from dorobek.validation.rules.moves import Move

OVER = (ApplicationState.WITHDRAWN, ApplicationState.CERTIFIED, ApplicationState.REFUSED)
# Each tick of a sheet and what only files are about: the page of the history shows them when asked.
TICKS = (
    "validation.marked", "validation.noted", "validation.evidence-checked", "validation.time-marked",
    "validation.time-mark-removed", "validation.document-written",
)  # fmt: skip
# While there is no decision, who spoke of which criterion would tell that the sheets differ on it.
TALKS = (
    "validation.talked", "validation.agreement-proposed", "validation.agreement-answered", "validation.agreement-fell",
    "validation.agreed",
)  # fmt: skip


def applications(user: Account) -> QuerySet[Application]:
    """Applications that the user may see, with what names them and what the next move depends on. Three statements."""
    return (
        Application.objects.visible_to(user)
        .select_related("person", "opening__institution", "opening__qualification")
        .defer("opening__qualification__search_text")
        .prefetch_related("decisions", "appeals")
    )


def application_of(user: Account, uid: uuid.UUID) -> Application | None:
    """One application with its opening and the entry, when the user may see it; None otherwise."""
    return applications(user).select_related("opening__entry_version").filter(uid=uid).first()


def own_applications(user: Account) -> QuerySet[Application]:
    """One's own, newest first. Three statements."""
    return applications(user).filter(person__account_id=user.pk).order_by("-pk")


def open_applications(user: Account, person: Person) -> list[tuple[Application, Move]]:
    """The user's own validations that still go on, each with its next move; none when the person is somebody else."""
    found = list(own_applications(user).filter(person=person).exclude(state__in=OVER).order_by("pk"))
    moves = moves_of(found)
    return [(one, moves[one.pk]) for one in found]


def appeals_of(application: Application) -> list[Appeal]:
    """Every appeal of the application, oldest first; among those fetched already."""
    return sorted(application.appeals.all(), key=lambda one: one.pk)


def can_appeal(application: Application) -> bool:
    """Whether there is anything that the candidate may appeal against today."""
    return bool(open_to(application))


@dataclass(frozen=True)
class Reason:
    """Why a criterion was judged so, in the words of one who judged or of the whole commission."""

    words: str
    agreed: bool = False
    dissent: str = ""


def reasons_of(application: Application, number: int, user: Account) -> dict[str, list[Reason]]:
    """Criterion -> reasons of that round's marks, as far as the user may see its sheets. Three statements.

    What the commission agreed stands instead of marks that differed; the same words are told once.
    """
    sheets = Assessment.objects.visible_to(user).counting().filter(application=application, round=number)
    told = list(sheets.filter(closed_at__isnull=False).prefetch_related("marks").order_by("pk"))
    if not told or decision_of(application, number) is None:
        return {}
    found: dict[str, list[Reason]] = defaultdict(list)
    for mark in (mark for sheet in told for mark in sheet.marks.all()):
        reason = Reason(mark.reason)
        if mark.reason and reason not in found[mark.criterion]:
            found[mark.criterion].append(reason)
    for one in application.agreed.settled().filter(round=number).order_by("pk"):
        found[one.criterion] = [Reason(one.reason, agreed=True, dissent=one.dissent)]
    return dict(found)


def sitting_of(application: Application) -> Sitting | None:
    """When and where this round's commission sits with the candidate; None while nothing is set. One statement."""
    return Sitting.objects.filter(candidates__application=application, candidates__round=application.round).first()


def partial_results(user: Account) -> QuerySet[PartialResult]:
    """Every outcome that was ever confirmed to the user, by qualification. One statement."""
    own = PartialResult.objects.filter(person__account_id=user.pk) if user.is_authenticated else None
    found = own if own is not None else PartialResult.objects.none()
    return found.select_related("decision__application__opening__institution").order_by("qualification", "outcome")


def history_of(application: Application, user: Account, *, whole: bool = False) -> QuerySet[HistoryEntry] | None:
    """The case from its beginning, oldest first; None for a user who may not read it.

    It lies in the person's chain under the application's uid, documents under their own. Single ticks of sheets are
    left out unless asked for. What the commission says among itself the candidate reads from the decision on.
    """
    if not perms.may_read_history(user, application):
        return None
    chain = HistoryEntry.objects.filter(stream=application.person.uid)
    found = chain.filter(Q(subject=application.uid) | Q(payload__data__case=str(application.uid)))
    found = found if whole else found.exclude(kind__in=TICKS)
    if perms.is_candidate(user, application):
        decided = found.filter(kind="validation.decided").order_by("-seq").values_list("seq", flat=True).first()
        found = found.exclude(kind__in=TALKS, seq__gt=decided or 0)
    return found.select_related("actor", "payload").order_by("seq")


def told_data(entry: HistoryEntry, user: Account, application: Application) -> dict[str, Any] | None:
    """What the entry holds, as far as the user may read it; None once erased.

    Why a member left may be about that person's health: the candidate reads that it happened, not why.
    """
    payload = getattr(entry, "payload", None)
    if payload is None:
        return None
    data = dict(payload.data)
    if not perms.is_candidate(user, application):
        return data
    if entry.kind == "validation.sheet-voided":
        data.pop("reason", None)
    if entry.kind == "validation.protocol" and "sheets" in data:
        data["sheets"] = [{name: one for name, one in sheet.items() if name != "void"} for sheet in data["sheets"]]
    return data
