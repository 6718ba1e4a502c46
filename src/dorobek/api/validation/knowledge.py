"""REST of the knowledge test: the officer's bank and letting sit, the candidate's own test, markers, results (VA-4)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils import timezone
from ninja import Path, Router, Schema, Status

from dorobek.api.schemas import REFUSALS, Problem
from dorobek.api.validation import knowledge_bank
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation import perms
from dorobek.validation.actions import knowledge_marking, knowledge_tests
from dorobek.validation.models import Application, Blueprint, KnowledgeMarker, KnowledgeTest
from dorobek.validation.queries import knowledge as queries
from dorobek.validation.queries.knowledge_marking import marking_of
from dorobek.validation.rules.testing.answers import Arrival, to_places
from dorobek.validation.rules.testing.timing import Phase

router = Router()
router.add_router("/banks", knowledge_bank.router)
TestUid = Path[uuid.UUID]


class KnowledgeTestOut(Schema):
    """A test. `phase`: early, open, missed, running, over, finished; `cancelled` says it counts no more."""

    uid: uuid.UUID
    application: uuid.UUID
    round: int
    phase: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    minutes: int
    extra_percent: int
    started_at: dt.datetime | None
    ends_at: dt.datetime | None
    finished_at: dt.datetime | None
    settled_at: dt.datetime | None
    cancelled: bool
    seconds_left: int


class KnowledgeListOut(Schema):
    """Own tests as a candidate, tests of one's office, tests that wait for one's marks."""

    own: list[KnowledgeTestOut]
    office: list[KnowledgeTestOut]
    marking: list[uuid.UUID]


class KnowledgeQuestionOut(Schema):
    """A question as its candidate sees it. `choices` and `targets` stand in the order of their places, from 1.

    `answer`: SINGLE a place, MULTIPLE and ORDERING places, MATCHING {place: place}, others words; `number` of the last
    message: the next one is higher.
    """

    place: int
    form: str
    prompt: str
    unit: str
    points: int
    choices: list[str]
    targets: list[str]
    answer: Any
    number: int


class KnowledgeSittingOut(Schema):
    seconds_left: int
    questions: list[KnowledgeQuestionOut]


class KnowledgeAnswerIn(Schema):
    """An answer in places; `number` higher than the last one of this answer, `device` a name of the sender."""

    number: int
    answer: Any = None
    device: str = "api"


class KnowledgeKeptOut(Schema):
    """`arrival`: take, same, overtaken or clash (another device has answered: its answer stands)."""

    arrival: str
    number: int
    seconds_left: int


class KnowledgeLetIn(Schema):
    application: uuid.UUID
    blueprint: uuid.UUID
    opens_at: dt.datetime
    closes_at: dt.datetime
    extra_percent: int | None = None


class KnowledgeCancelIn(Schema):
    why: str


class KnowledgeMarkerIn(Schema):
    account: uuid.UUID
    place: int


class KnowledgeOpenAnswerOut(Schema):
    """An open answer to mark; the candidate is not named."""

    place: int
    prompt: str
    guide: str
    answer: str
    most: int
    points: Decimal | None
    reason: str


class KnowledgeOpenMarkIn(Schema):
    place: int
    points: Decimal
    reason: str = ""


class KnowledgeResultOut(Schema):
    """Points by criterion [got, of] and outcome [got, of, percent needed, passed]."""

    criteria: dict[str, list[str]]
    outcomes: dict[str, list[Any]]


def _test(request: Any, uid: uuid.UUID) -> KnowledgeTest:
    """A test the caller may see; 404 otherwise."""
    rows = KnowledgeTest.objects.visible_to(request.user).select_related("application__person", "application__opening")
    test: KnowledgeTest | None = rows.filter(uid=uid).first()
    if test is None:
        raise Http404
    return test


def _own(request: Any, uid: uuid.UUID) -> KnowledgeTest:
    test = _test(request, uid)
    if not perms.is_candidate(request.user, test.application):
        raise Http404
    return test


def _out(test: KnowledgeTest) -> KnowledgeTestOut:
    now = timezone.now()
    same = ("uid", "round", "opens_at", "closes_at", "minutes", "extra_percent", "started_at", "ends_at",
            "finished_at", "settled_at")  # fmt: skip
    values: dict[str, Any] = {name: getattr(test, name) for name in same}
    hours = test.hours
    return KnowledgeTestOut(
        **values, application=test.application.uid, phase=hours.phase(now).value,
        cancelled=test.cancelled_at is not None, seconds_left=hours.seconds_left(now),
    )  # fmt: skip


@router.get("", response=KnowledgeListOut)
def knowledge_tests_of(request: Any) -> KnowledgeListOut:
    """Everything of tests that is the caller's business; 404 for whoever has none."""
    user: Account = request.user
    own = list(queries.own_tests(user))
    if not own and not user.has_role(Role.AWARDING_OFFICER, Role.ASSESSOR):
        raise Http404
    office = queries.office_tests(user)[:200] if user.has_role(Role.AWARDING_OFFICER) else []
    marking = [one.uid for one in marking_of(user)]
    return KnowledgeListOut(own=[_out(one) for one in own], office=[_out(one) for one in office], marking=marking)


@router.post("", response={201: KnowledgeTestOut, **REFUSALS})
def let_sit(request: Any, body: KnowledgeLetIn) -> Any:
    """Let an application sit a test, drawn at this moment."""
    application = Application.objects.visible_to(request.user).filter(uid=body.application).first()
    blueprint = Blueprint.objects.filter(uid=body.blueprint).first()
    if application is None or blueprint is None:
        raise Http404
    made = knowledge_tests.let_sit(
        application=application, blueprint=blueprint, opens_at=body.opens_at, closes_at=body.closes_at,
        extra_percent=body.extra_percent, acting_user=ActingUser(request.user),
    )  # fmt: skip
    return Status(201, _out(made))


@router.get("/{uuid:uid}", response={200: KnowledgeTestOut, **REFUSALS})
def one_test(request: Any, uid: TestUid) -> KnowledgeTestOut:
    """Where a test stands."""
    return _out(_test(request, uid))


@router.post("/{uuid:uid}/start", response={200: KnowledgeTestOut, **REFUSALS})
def start(request: Any, uid: TestUid) -> KnowledgeTestOut:
    """The candidate begins; the server's clock starts."""
    return _out(knowledge_tests.start_test(test=_own(request, uid), acting_user=ActingUser(request.user)))


@router.get("/{uuid:uid}/questions", response={200: KnowledgeSittingOut, **REFUSALS})
def questions(request: Any, uid: TestUid) -> KnowledgeSittingOut:
    """The questions of one's own running test; 404 before and after."""
    test = _own(request, uid)
    now = timezone.now()
    if test.cancelled_at is not None or test.hours.phase(now) is not Phase.RUNNING:
        raise Http404
    rows = test.answers.select_related("item_version").order_by("place")
    found = []
    for row in rows:
        one = row.item_version.question
        texts = {choice.key: choice.text for choice in (*one.choices, *one.targets)}
        shown: Mapping[str, list[str]] = row.shown
        found.append(KnowledgeQuestionOut(
            place=row.place, form=str(one.form), prompt=one.prompt, unit=one.unit, points=one.points,
            choices=[texts[key] for key in shown.get("choices", [])],
            targets=[texts[key] for key in shown.get("targets", [])],
            answer=to_places(one, row.shown, row.answer), number=row.seq,
        ))  # fmt: skip
    return KnowledgeSittingOut(seconds_left=test.hours.seconds_left(now), questions=found)


@router.put(
    "/{uuid:uid}/questions/{place}", response={200: KnowledgeKeptOut, 409: KnowledgeKeptOut, 404: Problem, 422: Problem}
)
def answer(request: Any, uid: TestUid, place: int, body: KnowledgeAnswerIn) -> Any:
    """Keep one answer; the same message twice is kept once, a late one is refused with words."""
    kept = knowledge_tests.keep_answer(
        test_uid=uid, place=place, number=body.number, device=body.device, given=body.answer,
        acting_user=ActingUser(request.user),
    )  # fmt: skip
    said = KnowledgeKeptOut(arrival=kept.arrival.value, number=kept.number, seconds_left=kept.seconds_left)
    return Status(409 if kept.arrival is Arrival.CLASH else 200, said)


@router.post("/{uuid:uid}/finish", response={200: KnowledgeTestOut, **REFUSALS})
def finish(request: Any, uid: TestUid) -> KnowledgeTestOut:
    """Hand the test in."""
    return _out(knowledge_tests.finish_test(test=_own(request, uid), acting_user=ActingUser(request.user)))


@router.post("/{uuid:uid}/cancel", response={200: KnowledgeTestOut, **REFUSALS})
def cancel(request: Any, uid: TestUid, body: KnowledgeCancelIn) -> KnowledgeTestOut:
    """The office takes the test back."""
    test = _test(request, uid)
    return _out(knowledge_tests.cancel_test(test=test, why=body.why, acting_user=ActingUser(request.user)))


@router.get("/{uuid:uid}/result", response={200: KnowledgeResultOut, **REFUSALS})
def result(request: Any, uid: TestUid) -> KnowledgeResultOut:
    """Points by criterion and outcome, once everything is marked; the candidate's with the decision."""
    test = _test(request, uid)
    if not queries.may_read_result(request.user, test):
        raise Http404
    return KnowledgeResultOut(**(test.result or {}))


@router.post("/{uuid:uid}/markers", response={201: None, **REFUSALS})
def markers(request: Any, uid: TestUid, body: KnowledgeMarkerIn) -> Any:
    """Appoint who marks the open answers."""
    account = Account.objects.filter(uid=body.account).first()
    test = _test(request, uid)
    if account is None:
        raise Http404
    knowledge_marking.appoint_marker(test=test, account=account, place=body.place, acting_user=ActingUser(request.user))
    return Status(201, None)


def _marker(request: Any, uid: uuid.UUID) -> tuple[KnowledgeTest, KnowledgeMarker]:
    test = _test(request, uid)
    marker = test.markers.filter(account=request.user).first()
    if marker is None or knowledge_marking.refusal(test, request.user):
        raise Http404
    return test, marker


@router.get("/{uuid:uid}/open-answers", response={200: list[KnowledgeOpenAnswerOut], **REFUSALS})
def open_answers(request: Any, uid: TestUid) -> list[KnowledgeOpenAnswerOut]:
    """What one has to mark, with one's own points; the other marker's are not there."""
    test, marker = _marker(request, uid)
    held = {one.answer_id: one for one in marker.marks.all()}
    found = []
    for row in knowledge_marking.to_mark(test, marker):
        mine = held.get(row.pk)
        version = row.item_version
        found.append(KnowledgeOpenAnswerOut(
            place=row.place, prompt=version.prompt, guide=version.question.guide, answer=row.answer or "",
            most=version.points, points=mine.points if mine else None, reason=mine.reason if mine else "",
        ))  # fmt: skip
    return found


@router.put("/{uuid:uid}/open-answers", response={200: list[KnowledgeOpenAnswerOut], **REFUSALS})
def mark_open(request: Any, uid: TestUid, body: KnowledgeOpenMarkIn) -> list[KnowledgeOpenAnswerOut]:
    """One's own points for one open answer."""
    test, marker = _marker(request, uid)
    row = next((one for one in knowledge_marking.to_mark(test, marker) if one.place == body.place), None)
    if row is None:
        raise Http404
    knowledge_marking.mark_open(
        test=test, answer=row, points=body.points, reason=body.reason, acting_user=ActingUser(request.user)
    )
    return open_answers(request, uid)


@router.post("/{uuid:uid}/open-answers/close", response={200: KnowledgeTestOut, **REFUSALS})
def close_marks(request: Any, uid: TestUid) -> KnowledgeTestOut:
    """One's marks are final."""
    test, _marker_row = _marker(request, uid)
    knowledge_marking.close_marks(test=test, acting_user=ActingUser(request.user))
    return _out(_test(request, uid))
