"""A candidate's test from letting them sit to its end (VA-4, VA-7): the server's clock alone decides what is in time."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.enums import ValidationMethod
from dorobek.validation import knowledge, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.knowledge_results import mark_by_machine, settle_if_marked
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, Blueprint, ItemVersion, KnowledgeAnswer, KnowledgeTest, QuestionBank
from dorobek.validation.models.knowledge import FinishedHow
from dorobek.validation.rules.testing.answers import Arrival, NoSuchAnswer, arrival, from_places, shuffled
from dorobek.validation.rules.testing.drawing import BadBlueprint, CannotDraw, Cell, PoolItem, cells_of, draw
from dorobek.validation.rules.testing.marking import outcome_of
from dorobek.validation.rules.testing.timing import MOST_EXTRA, Phase

METHOD = ValidationMethod.KNOWLEDGE_TEST
HIGHEST_NUMBER = 2_000_000_000


@transaction.atomic
def let_sit(
    *, application: Application, blueprint: Blueprint, opens_at: dt.datetime, closes_at: dt.datetime,
    acting_user: ActingUser, extra_percent: int | None = None,
) -> KnowledgeTest:  # fmt: skip
    """The application may sit a test, drawn now. Extra time: as given, else as the body granted it (VA-7).

    Raises NotAllowed, RuleBroken (no such method, dates, a test already let, criteria that lack questions).
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    banks = QuestionBank.objects.visible_to(acting_user.account)
    bank = banks.filter(pk=blueprint.bank_id, institution=application.opening.institution_id).first()
    if bank is None:
        raise NotAllowed
    expect(application, ApplicationState.DOCUMENTED, ApplicationState.APPOINTED)
    if bank.qualification_id != application.opening.qualification_id:
        raise RuleBroken(_("Ten plan testu jest z innej kwalifikacji."), "blueprint")
    if blueprint.locked().closed_at is not None:
        raise RuleBroken(_("Ten plan testu jest wycofany. Proszę wybrać inny."), "blueprint")
    if closes_at <= opens_at or closes_at <= timezone.now():
        raise RuleBroken(_("Koniec czasu na rozpoczęcie musi być po początku i w przyszłości."), "closes_at")
    if application.knowledge_tests.filter(round=application.round, cancelled_at=None).exists():
        raise RuleBroken(_("Ta osoba ma już test w tej walidacji. Żeby dać nowy, najpierw trzeba odwołać tamten."))
    extra = granted_time(application) if extra_percent is None else extra_percent
    if not 0 <= extra <= MOST_EXTRA:
        raise RuleBroken(_("Dodatkowy czas: od 0 do %d procent.") % MOST_EXTRA, "extra_percent")
    test = KnowledgeTest(
        application=application, round=application.round, blueprint=blueprint, opens_at=opens_at, closes_at=closes_at,
        minutes=blueprint.minutes, extra_percent=extra, all_on_one=blueprint.all_on_one,
        pass_percent=blueprint.pass_percent, pass_by_outcome=blueprint.pass_by_outcome, let_by=acting_user.account,
    )  # fmt: skip
    versions = _drawn(application, blueprint, str(test.uid))
    test.save()
    _put(test, versions)
    record(
        acting_user, "validation.test-let", application, opens_at=opens_at, closes_at=closes_at,
        minutes=blueprint.minutes, extra_percent=extra, test=str(test.uid),
    )  # fmt: skip
    return test


def granted_time(application: Application) -> int:
    """Percent of time that the body added for this person (VA-7)."""
    answer = getattr(application, "adjustment_answer", None)
    return answer.extra_percent if answer is not None and answer.granted else 0


def cells_for(application: Application, blueprint: Blueprint, pool: list[PoolItem]) -> list[Cell]:
    """What this person is asked: without outcomes confirmed to them earlier. Raises RuleBroken."""
    rules = application.opening.rules
    method = rules.method(METHOD)
    if method is None and rules.only_these_methods:
        raise RuleBroken(_("Wpis w rejestrze nie dopuszcza testu wiedzy w tej walidacji."), "blueprint")
    try:
        cells = cells_of(knowledge.rows_of(blueprint), pool, rules.criterion_codes)
    except BadBlueprint as fault:
        words = _("Plan testu wymienia %s, a tego nie ma we wpisie, według którego trwa ta walidacja.")
        raise RuleBroken(words % fault.target, "blueprint") from fault
    except CannotDraw as fault:
        raise RuleBroken(knowledge.shortages_in_words(fault), "blueprint") from fault
    foreign = [c.criterion for c in cells if method is not None and not method.may_verify(outcome_of(c.criterion))]
    if foreign:
        words = _("Wpis nie pozwala sprawdzać testem wiedzy: %s.")
        raise RuleBroken(words % ", ".join(sorted(set(foreign))), "blueprint")
    left = [one for one in cells if outcome_of(one.criterion) not in application.carried]
    if not left:
        raise RuleBroken(_("Wszystko, o co pyta ten test, ta osoba ma już potwierdzone."), "blueprint")
    return left


def _drawn(application: Application, blueprint: Blueprint, seed: str) -> list[ItemVersion]:
    versions = knowledge.pool_of(blueprint.bank)
    pool = list(versions)
    cells = cells_for(application, blueprint, pool)
    try:
        chosen = draw(cells, pool, seed, knowledge.seen_by(application.person))
    except CannotDraw as fault:
        raise RuleBroken(knowledge.shortages_in_words(fault), "blueprint") from fault
    return [versions[one] for one in chosen]


def _put(test: KnowledgeTest, versions: list[ItemVersion]) -> None:
    """The questions drawn become this test's; from now on their words stay as they are."""
    keys = sorted(one.pk for one in versions)
    locked = {one.pk: one for one in ItemVersion.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    ItemVersion.objects.filter(pk__in=keys, used_at=None).update(used_at=timezone.now())
    rows = [
        KnowledgeAnswer(
            test=test, place=place, item_version=locked[one.pk],
            shown=shuffled(locked[one.pk].question, f"{test.uid}:{place}"),
        )
        for place, one in enumerate(versions, 1)
    ]  # fmt: skip
    KnowledgeAnswer.objects.bulk_create(rows)


@transaction.atomic
def start_test(*, test: KnowledgeTest, acting_user: ActingUser) -> KnowledgeTest:
    """The candidate begins, and the clock with them. A second start changes nothing. Raises NotAllowed, RuleBroken."""
    test = test.locked()
    acting_user.require(perms.is_candidate(acting_user.account, test.application))
    expect(test.application, ApplicationState.DOCUMENTED, ApplicationState.APPOINTED)
    now = timezone.now()
    phase = test.hours.phase(now)
    if phase is Phase.RUNNING and test.cancelled_at is None:
        return test
    _refuse_unless(test, phase, Phase.OPEN)
    started = test.hours
    test.started_at = now
    test.ends_at = now + started.allowed
    test.version += 1
    test.save()
    record(acting_user, "validation.test-started", test.application, test=str(test.uid), ends_at=test.ends_at)
    return test


def _refuse_unless(test: KnowledgeTest, phase: Phase, *wanted: Phase) -> None:
    if test.cancelled_at is not None:
        raise RuleBroken(_("Ten test odwołano. Proszę zapytać w instytucji, co dalej."))
    if phase in wanted:
        return
    words = {
        Phase.EARLY: _("Na ten test jest jeszcze za wcześnie."),
        Phase.OPEN: _("Najpierw proszę zacząć test."),
        Phase.MISSED: _("Czas na rozpoczęcie tego testu minął. Proszę zapytać w instytucji o nowy termin."),
        Phase.RUNNING: _("Test trwa."),
        Phase.OVER: _("Czas się skończył. Odpowiedzi zapisane do końca czasu liczą się, ta już nie."),
        Phase.FINISHED: _("Test jest oddany. Odpowiedzi nie można już zmienić."),
    }
    raise RuleBroken(words[phase])


@dataclass(frozen=True)
class Kept:
    """What became of a message with an answer. `number`: of the answer that is held; `seconds_left` of the test."""

    arrival: Arrival
    number: int
    seconds_left: int
    held: Any = None


@transaction.atomic
def keep_answer(
    *, test_uid: uuid.UUID, place: int, number: int, device: str, given: Any, acting_user: ActingUser
) -> Kept:
    """Keep one answer of one's own running test; the same message twice is kept once. Two statements.

    `given` names choices by their places on the screen; a door that has fields of a form gives a function that reads
    them for the row. No history: the end of the test tells of all answers at once.
    Raises NotAllowed, RuleBroken (late, or an answer that the question cannot have).
    """
    rows = KnowledgeAnswer.objects.select_for_update(of=("self", "test")).select_related("test", "item_version")
    own = rows.filter(test__uid=test_uid, place=place, test__application__person__account_id=acting_user.account.pk)
    # The lock on the test keeps its end out while an answer is written: what was acknowledged is also marked.
    row = own.first()
    if row is None or not 0 < number <= HIGHEST_NUMBER:
        raise NotAllowed
    now = timezone.now()
    _refuse_unless(row.test, row.test.hours.phase(now), Phase.RUNNING)
    try:
        said = given(row) if callable(given) else given
        answer = from_places(row.item_version.question, row.shown, said)
    except NoSuchAnswer as fault:
        words = _("Tej odpowiedzi nie da się zapisać: jest za długa albo nie pasuje do pytania.")
        raise RuleBroken(words, f"q{place}") from fault
    found = arrival(row.held, number, device, answer)
    left = row.test.hours.seconds_left(now)
    if found is not Arrival.TAKE:
        return Kept(found, row.seq, left, row.answer)
    KnowledgeAnswer.objects.filter(pk=row.pk).update(answer=answer, seq=number, device=device[:60], answered_at=now)
    return Kept(found, number, left, answer)


@transaction.atomic
def finish_test(*, test: KnowledgeTest, acting_user: ActingUser) -> KnowledgeTest:
    """The candidate hands it in. Pressed twice, or after the time ended, it stays handed in. Raises NotAllowed."""
    test = test.locked()
    acting_user.require(perms.is_candidate(acting_user.account, test.application))
    phase = test.hours.phase(timezone.now())
    if phase is Phase.FINISHED:
        return test
    _refuse_unless(test, phase, Phase.RUNNING, Phase.OVER)
    return _finish(test, FinishedHow.HAND if phase is Phase.RUNNING else FinishedHow.TIME, acting_user)


@transaction.atomic
def finish_by_time(*, test_uid: uuid.UUID) -> bool:
    """The time of a test has ended: what was kept is what counts. True when it was this call that ended it.

    Called by the durable job, which may run twice; nobody acts but the clock.
    """
    test = KnowledgeTest.objects.select_for_update().filter(uid=test_uid).first()
    if test is None or test.cancelled_at or test.hours.phase(timezone.now()) is not Phase.OVER:
        return False
    _finish(test, FinishedHow.TIME, None)
    return True


def _finish(test: KnowledgeTest, how: FinishedHow, acting_user: ActingUser | None) -> KnowledgeTest:
    test.finished_at, test.finished_how = timezone.now(), how
    test.version += 1
    test.save()
    mark_by_machine(test, acting_user)
    settle_if_marked(test, acting_user)
    return test


@transaction.atomic
def cancel_test(*, test: KnowledgeTest, why: str, acting_user: ActingUser) -> KnowledgeTest:
    """The office takes a test back, whatever came of it (a power cut, the wrong person): its answers count no more.

    Raises NotAllowed, RuleBroken (no reason, its result already counts).
    """
    test = test.locked()
    acting_user.require(perms.may_run(acting_user.account, test.application))
    if not why.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego test jest odwołany. Kandydat to przeczyta."), "why")
    if test.settled_at is not None:
        raise RuleBroken(_("Wynik tego testu już się liczy. Zmienić go może tylko odwołanie."))
    if test.cancelled_at is None:
        test.write({"cancelled_at": timezone.now(), "cancelled_why": why.strip()}, base_version=None)
        record(acting_user, "validation.test-cancelled", test.application, test=str(test.uid), why=why.strip())
    return test
