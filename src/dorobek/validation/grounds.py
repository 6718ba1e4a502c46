"""What the methods of a round really rest on: tests settled, observations ended, notes and checks made (VA-2, VA-4).

A record of a method alone proves nothing: criteria count only where the thing itself is here, or came in on paper with a
file and the name of whoever answers for it. Reads only.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import MethodHow
from dorobek.validation.models import Application, CriterionCheck, CriterionNote, KnowledgeTest, Mark, MethodRecord
from dorobek.validation.models.crediting import gone, void
from dorobek.validation.rules import Verdict
from dorobek.validation.rules.testing.marking import outcome_of

TEST = str(ValidationMethod.KNOWLEDGE_TEST)
OBSERVATION = str(ValidationMethod.SIMULATED_OBSERVATION)
CONVERSATION = str(ValidationMethod.CONVERSATION)
ANALYSIS = str(ValidationMethod.EVIDENCE_ANALYSIS)
OWN_FORM = (TEST, OBSERVATION, CONVERSATION, ANALYSIS)  # here they are done, not asserted
QUESTIONS = ("validity", "currency", "sufficiency", "authenticity")


@dataclass(frozen=True)
class Failed:
    """An outcome whose pass mark a test did not reach; `of` 0 for a test on paper, of which only the result is known."""

    got: Decimal = Decimal(0)
    of: Decimal = Decimal(0)
    needed: int = 0


def covered(application: Application, number: int | None = None) -> dict[str, set[str]]:
    """Method -> criteria that it really concerned in a round, the present one by default. Six statements."""
    number = number or application.round
    found: dict[str, set[str]] = defaultdict(set)
    for one in application.methods.filter(round=number):
        if one.how == MethodHow.PAPER or (one.how == MethodHow.WRITTEN and one.method not in OWN_FORM):
            found[one.method] |= set(one.criteria)
        elif one.how == MethodHow.NOTES:
            found[one.method] |= set(one.criteria) & _noted(application, number, one.method)
        elif one.how == MethodHow.CHECKS:
            found[one.method] |= set(one.criteria) & checked(application, number)
    test = settled_test(application, number)
    if test is not None:
        found[TEST] |= set((test.result or {}).get("criteria", {}))
    for scene in application.observations.filter(round=number, ended_at__isnull=False).select_related("scenario"):
        found[OBSERVATION] |= set(scene.scenario.anchors)
    return {method: criteria for method, criteria in found.items() if criteria}


def settled_test(application: Application, number: int | None = None) -> KnowledgeTest | None:
    """The test of a round whose result is certain."""
    held = application.knowledge_tests.filter(round=number or application.round, cancelled_at=None)
    return held.filter(settled_at__isnull=False).first()


def _noted(application: Application, number: int, method: str) -> set[str]:
    """Criteria with a note of the method; a member replaced since noted them all the same."""
    notes = CriterionNote.objects.filter(
        assessment__application=application, assessment__round=number, method=method
    ).exclude(text="")  # fmt: skip
    return set(notes.values_list("criterion", flat=True))


def checked(application: Application, number: int | None = None) -> set[str]:
    """Criteria with evidence before the commission and all four questions about it answered by some member."""
    kept = application.mapped.filter(evidence__removed_at=None).exclude(gone()).exclude(void())
    mapped = set(kept.values_list("criterion", flat=True))
    answered = CriterionCheck.objects.filter(
        assessment__application=application, assessment__round=number or application.round
    ).exclude(validity="").exclude(currency="").exclude(sufficiency="").exclude(authenticity="")  # fmt: skip
    return mapped & set(answered.values_list("criterion", flat=True))


def failed(application: Application, number: int | None = None) -> dict[str, Failed]:
    """Outcomes whose knowledge test of the round was not passed. Two statements."""
    number = number or application.round
    found = {
        code: Failed()
        for one in application.methods.filter(round=number, method=TEST, how=MethodHow.PAPER)
        for code in one.failed
    }
    test = settled_test(application, number)
    for code, (got, of, needed, passed) in ((test.result or {}).get("outcomes", {}) if test else {}).items():
        if not passed:
            found[code] = Failed(Decimal(got), Decimal(of), needed)
    return found


def refused_by_test(criterion: str, method: str, not_passed: dict[str, Failed]) -> str:
    """Why "met" cannot rest on the test for this criterion, in words; "" when it can, or another method shows it."""
    outcome = outcome_of(criterion)
    one = not_passed.get(outcome)
    if method != TEST or one is None:
        return ""
    if not one.of:
        told = _("Efekt %s nie jest zaliczony w teście na papierze.") % outcome
    else:
        share = int(one.got * 100 / one.of)
        values = {"outcome": outcome, "share": share, "needed": one.needed}
        told = _("Test nie zalicza efektu %(outcome)s: wynik %(share)d%%, a potrzeba %(needed)d%%.") % values
    return " ".join(
        (told, _("Ocena „spełnione” nie może wynikać z tego testu. Jeśli pokazała to inna metoda, proszę ją wskazać."))
    )


def shown_met(application: Application) -> set[str]:
    """Criteria that some closed, counting sheet of this round marks as met, on ground that still stands (VA-5)."""
    not_passed, seen = failed(application), covered(application)
    rows = Mark.objects.filter(
        assessment__application=application, assessment__round=application.round, assessment__voided_at=None,
        assessment__closed_at__isnull=False, verdict=Verdict.MET,
    )  # fmt: skip
    return {
        code
        for code, method in rows.values_list("criterion", "method")
        if code in seen.get(method, ()) and not refused_by_test(code, method, not_passed)
    }


def lasting(record: MethodRecord, criteria: Collection[str]) -> bool:
    """Whether this record itself may be pointed at for a criterion: paper, or a method without a form of its own."""
    own = record.how == MethodHow.WRITTEN and record.method not in OWN_FORM
    held = record.how in (MethodHow.PAPER, MethodHow.NOTES) or own
    return held and set(criteria) <= set(record.criteria)
