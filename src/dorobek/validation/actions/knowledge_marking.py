"""Open answers: two markers apart from each other, then agreement or a third (VA-4, VA-5)."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation import perms
from dorobek.validation.actions.applying import record
from dorobek.validation.actions.knowledge_results import settle_if_marked
from dorobek.validation.models import (
    Application,
    Declaration,
    KnowledgeAnswer,
    KnowledgeMarker,
    KnowledgeTest,
    LedTraining,
    OpenAgreement,
    OpenMark,
)
from dorobek.validation.queries.knowledge_marking import differing, marks_of, waiting_for_hand
from dorobek.validation.rules import OwnRule
from dorobek.validation.rules.testing.marking import rounded

APART = (1, 2)
THIRD = 3


@transaction.atomic
def appoint_marker(*, test: KnowledgeTest, account: Account, place: int, acting_user: ActingUser) -> KnowledgeMarker:
    """An assessor marks the open answers: places 1 and 2, then 3 where those two differ. Raises NotAllowed, RuleBroken."""
    test = test.locked()
    acting_user.require(perms.may_run(acting_user.account, test.application))
    _counts(test)
    why_not = refusal(test, account)
    if why_not:
        raise RuleBroken(why_not, "account")
    if test.markers.filter(account=account).exists() or test.markers.filter(place=place).exists():
        raise RuleBroken(_("Ta osoba albo to miejsce jest już zajęte. Każdy ocenia raz."), "account")
    if place not in (*APART, THIRD):
        raise RuleBroken(_("Oceniających jest najwyżej troje."), "account")
    if place == THIRD and not differing(test):
        raise RuleBroken(_("Trzecia osoba ocenia dopiero wtedy, gdy dwie pierwsze skończyły i się różnią."), "account")
    made = KnowledgeMarker.objects.create(test=test, account=account, place=place)
    record(acting_user, "validation.test-marker", test.application, test=str(test.uid), marker=account.pk, place=place)
    return made


def refusal(test: KnowledgeTest, account: Account) -> str:
    """Why this account may not mark this test; empty when it may."""
    application = test.application
    if not account.has_role(Role.ASSESSOR, institution=application.opening.institution_id):
        return _("Oceniać może tylko asesor tej instytucji.")
    if application.person.account_id == account.pk:
        return _("Nikt nie ocenia sam siebie.")
    if application.documented_by_id == account.pk:
        return _("Doradca, który pomagał zebrać dowody, nie ocenia tej samej osoby.")
    return tie_to_candidate(application, account) or part_before(test, account)


def tie_to_candidate(application: Application, account: Account) -> str:
    """Trainings from the records; trainings and relations that this person declared, as far as a rule forbids them."""
    said = Declaration.objects.filter(application__person=application.person, member__record__account=account)
    rows = list(said.values("trained", "relative", "subordinate"))
    led = LedTraining.objects.filter(trainer=account, person=application.person).exists()
    if led or any(one["trained"] for one in rows):
        return _("Ta osoba prowadziła szkolenie, w którym kandydat brał udział.")
    own = application.opening.rules.own
    if OwnRule.NO_RELATIVES in own and any(one["relative"] for one in rows):
        return _("Ta osoba jest krewnym kandydata. Reguła instytucji.")
    if OwnRule.NO_SUBORDINATES in own and any(one["subordinate"] for one in rows):
        return _("Kandydat jest podwładnym tej osoby. Reguła instytucji.")
    return ""


def part_before(test: KnowledgeTest, account: Account) -> str:
    """Whoever marked or judged in an earlier round does not mark the test taken after an upheld appeal (VA-6)."""
    marked = KnowledgeMarker.objects.filter(
        account=account, test__application=test.application, test__round__lt=test.round
    )
    judged = test.application.assessments.filter(assessor=account, round__lt=test.round)
    if marked.exists() or judged.exists():
        return _("Ta osoba oceniała już w tej sprawie. Po odwołaniu ocenia ktoś inny niż za pierwszym razem.")
    return ""


@transaction.atomic
def mark_open(
    *, test: KnowledgeTest, answer: KnowledgeAnswer, points: Decimal, reason: str, acting_user: ActingUser
) -> OpenMark:
    """One's own points for one open answer, changed as often as wanted until one closes one's marks.

    Raises NotAllowed, RuleBroken (closed, out of range, no reason for less than everything).
    """
    test = test.locked()
    marker = _marker(test, acting_user)
    _counts(test)
    if marker.closed_at is not None:
        raise RuleBroken(_("Oceny są zamknięte. Nie można ich już zmienić."))
    if answer not in to_mark(test, marker):
        raise NotAllowed
    most = answer.item_version.points
    if not 0 <= points <= most or points != rounded(points):
        raise RuleBroken(_("Punkty: od 0 do %d, najwyżej dwa miejsca po przecinku.") % most, f"points_{answer.place}")
    if points < most and not reason.strip():
        raise RuleBroken(_("Proszę napisać, czego zabrakło."), f"reason_{answer.place}")
    values = {"points": points, "reason": reason.strip(), "test": test}
    made, _new = OpenMark.objects.update_or_create(answer=answer, marker=marker, defaults=values)
    record(acting_user, "validation.test-marked", test.application, test=str(test.uid), place=answer.place)
    return made


@transaction.atomic
def close_marks(*, test: KnowledgeTest, acting_user: ActingUser) -> KnowledgeMarker:
    """All of one's marks are given; from now on they stay. The last one settles the test, if nothing differs.

    Raises NotAllowed, RuleBroken (what is not marked yet).
    """
    test = test.locked()
    marker = _marker(test, acting_user)
    _counts(test)
    if marker.closed_at is not None:
        raise RuleBroken(_("Oceny są już zamknięte."))
    done = set(marker.marks.values_list("answer_id", flat=True))
    left = [str(one.place) for one in to_mark(test, marker) if one.pk not in done]
    if left:
        raise RuleBroken(_("Bez punktów są jeszcze odpowiedzi na pytania: %s.") % ", ".join(left))
    marker.closed_at = timezone.now()
    marker.save()
    record(acting_user, "validation.test-marks-closed", test.application, test=str(test.uid), place=marker.place)
    _settle(test, acting_user)
    return marker


def to_mark(test: KnowledgeTest, marker: KnowledgeMarker) -> list[KnowledgeAnswer]:
    """Open answers that this marker has to mark: all, and for the third those on which the first two differ."""
    return differing(test) if marker.place == THIRD else waiting_for_hand(test)


@transaction.atomic
def propose_agreement(
    *, test: KnowledgeTest, answer: KnowledgeAnswer, points: Decimal, reason: str, acting_user: ActingUser
) -> OpenAgreement:
    """One of the two who differ writes what they agreed; it counts when the other confirms. Raises NotAllowed, RuleBroken."""
    test = test.locked()
    marker = _marker(test, acting_user)
    _counts(test)
    acting_user.require(marker.place in APART)
    if answer not in differing(test):
        raise RuleBroken(_("Przy tej odpowiedzi nie ma różnicy do uzgodnienia."))
    most = answer.item_version.points
    if not 0 <= points <= most or points != rounded(points):
        raise RuleBroken(_("Punkty: od 0 do %d, najwyżej dwa miejsca po przecinku.") % most, f"points_{answer.place}")
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego tyle."), f"reason_{answer.place}")
    values = {"test": test, "points": points, "reason": reason.strip(), "proposed_by": marker, "confirmed_at": None}
    made, _new = OpenAgreement.objects.update_or_create(answer=answer, defaults=values)
    record(acting_user, "validation.test-agreement", test.application, test=str(test.uid), place=answer.place)
    return made


@transaction.atomic
def confirm_agreement(*, test: KnowledgeTest, answer: KnowledgeAnswer, acting_user: ActingUser) -> OpenAgreement:
    """The other one confirms. Raises NotAllowed, RuleBroken (nothing proposed, one's own proposal)."""
    test = test.locked()
    marker = _marker(test, acting_user)
    _counts(test)
    acting_user.require(marker.place in APART)
    made = OpenAgreement.objects.filter(test=test, answer=answer, confirmed_at=None).first()
    if made is None or made.proposed_by_id == marker.pk:
        raise RuleBroken(_("Potwierdza druga osoba, gdy pierwsza zapisze, co uzgodniono."))
    made.confirmed_at = timezone.now()
    made.save()
    record(acting_user, "validation.test-agreed", test.application, test=str(test.uid), place=answer.place)
    _settle(test, acting_user)
    return made


def _settle(test: KnowledgeTest, acting_user: ActingUser) -> None:
    """Points that are certain now; a settled test is never marked again."""
    for answer in waiting_for_hand(test):
        points = marks_of(answer).points
        if points is not None:
            answer.points = points
            answer.save(update_fields=["points"])
    settle_if_marked(test, acting_user)


def _marker(test: KnowledgeTest, acting_user: ActingUser) -> KnowledgeMarker:
    found = test.markers.filter(account=acting_user.account).first()
    if found is None or refusal(test, acting_user.account):
        raise NotAllowed
    return found


def _counts(test: KnowledgeTest) -> None:
    if test.cancelled_at is not None:
        raise RuleBroken(_("Ten test odwołano."))
    if test.finished_at is None:
        raise RuleBroken(_("Ten test jeszcze trwa."))
    if test.settled_at is not None:
        raise RuleBroken(_("Wynik tego testu jest już ustalony."))
