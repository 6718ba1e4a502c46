"""Assessors mark on their own, close their sheets, then talk about differences (VA-4, VA-5)."""

import secrets
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.portfolio.models import Evidence
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import AgreedMark, Application, Assessment, Mark, MethodRecord
from dorobek.validation.rules import QualificationRules, Verdict


@transaction.atomic
def record_method(
    *, application: Application, method: str, criteria: Collection[str], acting_user: ActingUser
) -> MethodRecord:
    """A method was used for these criteria. A member of the commission writes it. Raises NotAllowed, RuleBroken."""
    application = application.locked()
    acting_user.require(perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    rules = application.opening.rules
    if rules.only_these_methods and rules.method(method) is None:
        raise RuleBroken(_("Wpis w rejestrze nie dopuszcza tej metody."), "method")
    _known(rules, criteria)
    made = MethodRecord.objects.create(
        application=application, round=application.round, method=method, criteria=sorted(set(criteria)),
        used_on=timezone.localdate(), recorded_by=acting_user.account,
    )  # fmt: skip
    record(acting_user, "validation.method-used", application, method=method, criteria=made.criteria)
    return made


@transaction.atomic
def mark_criterion(
    *, assessment: Assessment, criterion: str, verdict: Verdict, method: str, acting_user: ActingUser,
    reason: str = "", evidence: Evidence | None = None,
) -> Mark:  # fmt: skip
    """The assessor's own mark, changed as often as wanted until the sheet is closed.

    Raises NotAllowed, RuleBroken (sheet closed, no reason for what is not met, foreign method, evidence not shown here).
    """
    application = assessment.application.locked()
    assessment = assessment.locked()
    acting_user.require(perms.may_mark(acting_user.account, assessment))
    expect(application, ApplicationState.APPOINTED)
    if assessment.closed_at is not None or assessment.round != application.round:
        raise RuleBroken(_("Arkusz jest zamknięty. Ocen nie można już zmienić."))
    rules = application.opening.rules
    _known(rules, [criterion])
    if rules.only_these_methods and rules.method(method) is None:
        raise RuleBroken(_("Wpis w rejestrze nie dopuszcza tej metody."), "method")
    if verdict is not Verdict.MET and not reason.strip():
        raise RuleBroken(_("Proszę napisać, co było widać. Bez tego nie da się uzasadnić decyzji."), "reason")
    if evidence is not None and not application.mapped.filter(evidence=evidence).exists():
        raise RuleBroken(_("Można wskazać tylko dowód, który kandydat dołączył do zgłoszenia."), "evidence")
    values = {"verdict": verdict, "reason": reason.strip(), "method": method, "evidence": evidence}
    made, _new = Mark.objects.update_or_create(assessment=assessment, criterion=criterion, defaults=values)
    record(acting_user, "validation.marked", application, criterion=criterion, sheet=str(assessment.uid))
    return made


@transaction.atomic
def close_sheet(*, assessment: Assessment, acting_user: ActingUser) -> Assessment:
    """The assessor has marked everything; from now on nothing in it changes. Raises NotAllowed, RuleBroken (what is left)."""
    application = assessment.application.locked()
    assessment = assessment.locked()
    acting_user.require(perms.may_mark(acting_user.account, assessment))
    expect(application, ApplicationState.APPOINTED)
    if assessment.closed_at is not None or assessment.round != application.round:
        raise RuleBroken(_("Arkusz jest już zamknięty."))
    done = set(assessment.marks.values_list("criterion", flat=True))
    left = [code for code in to_mark(application) if code not in done]
    if left:
        raise RuleBroken(_("Jeszcze nie można zamknąć arkusza. Bez oceny: %s.") % ", ".join(left))
    assessment.write({"closed_at": timezone.now(), "salt": secrets.token_hex(16)}, base_version=None)
    digest = history.payload_digest(assessment.salt, contents(assessment))
    record(acting_user, "validation.sheet-closed", application, sheet=str(assessment.uid), digest=digest)
    return assessment


@transaction.atomic
def agree_mark(
    *, application: Application, criterion: str, verdict: Verdict, reason: str, acting_user: ActingUser,
    dissent: str = "",
) -> AgreedMark:  # fmt: skip
    """What the commission agreed where its sheets differ, after all are closed; who disagrees says so in `dissent`.

    Raises NotAllowed, RuleBroken (a sheet still open, no difference, agreed already, no reason).
    """
    application = application.locked()
    acting_user.require(perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    all_closed(application)
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego komisja tak uzgodniła."), "reason")
    if criterion not in facts.marks(application)[1]:
        raise RuleBroken(_("Przy tym kryterium nie ma różnicy do uzgodnienia."), "criterion")
    made = AgreedMark.objects.create(
        application=application, round=application.round, criterion=criterion, verdict=verdict,
        reason=reason.strip(), dissent=dissent.strip(), written_by=acting_user.account,
    )  # fmt: skip
    record(acting_user, "validation.agreed", application, criterion=criterion)
    return made


def contents(assessment: Assessment) -> list[list[str]]:
    """The sheet as its digest in the history covers it: [criterion, verdict, reason, method] in order."""
    listed = assessment.marks.order_by("criterion").values_list("criterion", "verdict", "reason", "method")
    return [list(one) for one in listed]


def to_mark(application: Application) -> list[str]:
    """Criteria that wait for a mark: all but those of outcomes confirmed earlier."""
    return [
        code
        for group in application.opening.rules.sets
        for outcome in group.outcomes
        if outcome.code not in application.carried
        for code in outcome.criteria
    ]


def all_closed(application: Application) -> None:
    """Raise RuleBroken while a sheet of this round is open, naming its assessor."""
    sheets = application.assessments.filter(round=application.round).select_related("assessor").order_by("pk")
    still = [str(one.assessor) for one in sheets if one.closed_at is None]
    if still or not sheets:
        raise RuleBroken(_("Najpierw wszyscy członkowie komisji zamykają arkusze. Czekamy na: %s.") % ", ".join(still))


def _known(rules: QualificationRules, criteria: Collection[str]) -> None:
    if foreign := sorted(set(criteria) - set(rules.criterion_codes)):
        raise RuleBroken(_("Nie ma takiego kryterium: %s.") % ", ".join(foreign), "criterion")
    if not criteria:
        raise RuleBroken(_("Proszę zaznaczyć choć jedno kryterium."), "criterion")
