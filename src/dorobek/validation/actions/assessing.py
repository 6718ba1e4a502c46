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
from dorobek.register.enums import ValidationMethod
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.methods import check_method, known
from dorobek.validation.enums import ApplicationState
from dorobek.validation.grounds import ANALYSIS, OWN_FORM, covered, refused_by_test
from dorobek.validation.models import Application, Assessment, Declaration, Mark
from dorobek.validation.pointing import Pointer, Shown, chosen, missing
from dorobek.validation.rules import QualificationRules, Verdict


@transaction.atomic
def mark_criterion(
    *, assessment: Assessment, criterion: str, verdict: Verdict, method: str, acting_user: ActingUser,
    reason: str = "", evidence: Evidence | None = None, pointer: str = "",
) -> Mark:  # fmt: skip
    """The assessor's own mark, changed as often as wanted until the sheet is closed.

    "Met" points to what shows it: `pointer` of `pointing`, else `evidence`, else what lies nearest for the method.
    Raises NotAllowed, RuleBroken (sheet closed, no reason, foreign method, a test that was not passed, nothing to point
    to, evidence not shown here).
    """
    application = assessment.application.locked()
    assessment = assessment.locked()
    acting_user.require(perms.may_mark(acting_user.account, assessment))
    expect(application, ApplicationState.APPOINTED)
    if assessment.closed_at is not None or assessment.round != application.round:
        raise RuleBroken(_("Arkusz jest zamknięty. Ocen nie można już zmienić."))
    require_declared(assessment)
    return put_mark(
        assessment=assessment, rules=application.opening.rules, criterion=criterion, verdict=verdict, method=method,
        reason=reason, evidence=evidence, pointer=pointer, acting_user=acting_user,
    )  # fmt: skip


def put_mark(
    *, assessment: Assessment, rules: QualificationRules, criterion: str, verdict: Verdict, method: str,
    acting_user: ActingUser, reason: str = "", evidence: Evidence | None = None, pointer: str = "",
    shown: Shown | None = None,
) -> Mark:  # fmt: skip
    """One mark on a sheet that the caller has locked and found open, in the caller's transaction.

    `shown`: what this round has shown so far, when the caller has read it. Raises RuleBroken, as `mark_criterion`.
    """
    application = assessment.application
    known(rules, [criterion])
    if criterion not in left_to_mark(rules, application.carried):
        raise RuleBroken(_("Ten efekt jest już potwierdzony i nie ocenia się go jeszcze raz."), "criterion")
    check_method(rules, method, [criterion])
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, co było widać. Bez tego nie da się uzasadnić decyzji."), "reason")
    if evidence is not None and not application.mapped.filter(evidence=evidence).exists():
        raise RuleBroken(_("Można wskazać tylko dowód, który kandydat dołączył do zgłoszenia."), "evidence")
    found = _pointed(shown or Shown.to(assessment, [criterion]), criterion, verdict, method, evidence, pointer)
    if found is not None and found.is_evidence and evidence is None:
        evidence = Evidence.objects.get(uid=found.value.partition(":")[2])
    values = {
        "verdict": verdict, "reason": reason.strip(), "method": method, "evidence": evidence,
        "pointer": found.value if found is not None else "",
    }  # fmt: skip
    made, _new = Mark.objects.update_or_create(assessment=assessment, criterion=criterion, defaults=values)
    record(acting_user, "validation.marked", application, criterion=criterion, sheet=str(assessment.uid))
    return made


def _pointed(
    shown: Shown, criterion: str, verdict: Verdict, method: str, evidence: Evidence | None, pointer: str
) -> Pointer | None:
    """What the mark points to. Raises RuleBroken for "met" that rests on nothing, or on a test that was not passed."""
    if evidence is not None and not pointer and (method not in OWN_FORM or method == ANALYSIS):
        pointer = f"evidence:{evidence.uid}"
    found = chosen(shown.choices, criterion, method, pointer)
    if verdict is Verdict.MET:
        if why := refused_by_test(criterion, method, shown.not_passed):
            raise RuleBroken(why, "method")
        if found is None:
            raise RuleBroken(missing(method), "pointer")
    return found


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
    if why := unfounded(assessment):
        raise RuleBroken(_("Jeszcze nie można zamknąć arkusza. %s") % " ".join(why))
    assessment.write({"closed_at": timezone.now(), "salt": secrets.token_hex(16)}, base_version=None)
    digest = history.payload_digest(assessment.salt, contents(assessment))
    record(acting_user, "validation.sheet-closed", application, sheet=str(assessment.uid), digest=digest)
    return assessment


def unfounded(assessment: Assessment) -> list[str]:
    """What on this sheet rests on nothing, in words: it could not be mended once the sheet is closed.

    "Met" without a pointer that still leads somewhere, by a test that was not passed, or by a method that did not take
    place; and on the last open sheet of the commission, methods of the entry that are not done yet.
    """
    application = assessment.application
    met = list(assessment.marks.filter(verdict=Verdict.MET).order_by("criterion"))
    shown, seen, found = Shown.to(assessment, [one.criterion for one in met]), covered(application), []
    for one in met:
        why = refused_by_test(one.criterion, one.method, shown.not_passed)
        if not why and (not one.pointer or chosen(shown.choices, one.criterion, one.method, one.pointer) is None):
            why = missing(one.method)
        if not why and one.criterion not in seen.get(one.method, ()):
            name = dict(ValidationMethod.choices).get(one.method, one.method)
            why = _("Metoda „%s” nie jest jeszcze zakończona albo nie objęła tego kryterium.") % name
        found += [f"{one.criterion}: {why}"] if why else []
    others = application.assessments.counting().filter(round=assessment.round, closed_at=None).exclude(pk=assessment.pk)
    if not others.exists():
        names = facts.names_of(application)
        found += [facts.in_words(one, names) for one in facts.method_faults(application.opening.rules, application)]
    return found


def require_declared(assessment: Assessment) -> None:
    """A member who came in for another has still to say what ties them to the candidate. Raises RuleBroken."""
    said = Declaration.objects.filter(
        application=assessment.application, member__commission=assessment.application.commission_id,
        member__record__account=assessment.assessor_id,
    )  # fmt: skip
    if not said.exists():
        raise RuleBroken(_("Najpierw oświadczenie o bezstronności. Jest na stronie tej sprawy."))


def contents(assessment: Assessment) -> list[list[str]]:
    """The sheet as its digest in the history covers it: [criterion, verdict, reason, method, pointer] in order.

    A mark without a pointer has four parts, as on sheets closed before marks pointed to anything.
    """
    listed = assessment.marks.order_by("criterion").values_list("criterion", "verdict", "reason", "method", "pointer")
    return [list(one) if one[-1] else list(one[:-1]) for one in listed]


def to_mark(application: Application) -> list[str]:
    """Criteria that wait for a mark: all but those of outcomes confirmed earlier."""
    return left_to_mark(application.opening.rules, application.carried)


def left_to_mark(rules: QualificationRules, carried: Collection[str]) -> list[str]:
    """`to_mark` from what is read already. `carried`: codes of outcomes."""
    return [
        code
        for group in rules.sets
        for outcome in group.outcomes
        if outcome.code not in carried
        for code in outcome.criteria
    ]


def all_closed(application: Application) -> None:
    """Raise RuleBroken while a sheet of this round is open, naming its assessor."""
    held = application.assessments.counting().filter(round=application.round)
    sheets = held.select_related("assessor").order_by("pk")
    still = [str(one.assessor) for one in sheets if one.closed_at is None]
    if still or not sheets:
        raise RuleBroken(_("Najpierw wszyscy członkowie komisji zamykają arkusze. Czekamy na: %s.") % ", ".join(still))
