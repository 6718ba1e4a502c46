"""REST of the bank: for awarding officers of the body, 404 for everybody else."""

import uuid
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpResponse
from ninja import File, Path, Router, Schema, Status
from ninja.files import UploadedFile

from dorobek.api.schemas import REFUSALS
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.validation.actions import knowledge_bank
from dorobek.validation.actions.knowledge_exchange import export_bank, import_items
from dorobek.validation.models import BankItem, ItemVersion, QuestionBank
from dorobek.validation.queries import knowledge as queries
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.qti.packing import LARGEST_FILE
from dorobek.validation.rules.testing.questions import Choice, Form, Question, to_json

router = Router()
BankUid = Path[uuid.UUID]


class KnowledgeBankOut(Schema):
    uid: uuid.UUID
    qualification: str
    questions: int


class KnowledgeItemIn(Schema):
    """A question; choices and targets as {key: text} in order (ORDERING: the right one), pairs as {choice: target}.

    `criterion`: the one it is drawn for; `also`: further ones that the same answer verifies.
    """

    criterion: str
    also: list[str] = []
    form: Literal["single", "multiple", "ordering", "matching", "short", "number", "open"]
    prompt: str
    points: int = 1
    difficulty: int = 3
    choices: dict[str, str] = {}
    right: list[str] = []
    targets: dict[str, str] = {}
    pairs: dict[str, str] = {}
    accepted: list[str] = []
    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    guide: str = ""


class KnowledgeItemChangeIn(KnowledgeItemIn):
    base_version: int | None = None


class KnowledgeItemOut(Schema):
    """A question in force: `item` for ever, `version` of its words, `content` as it is kept."""

    item: uuid.UUID
    base_version: int
    version: int
    criterion: str
    also: list[str]
    form: str
    prompt: str
    points: int
    difficulty: int
    content: dict[str, Any]


class KnowledgeItemFiguresOut(Schema):
    """`difficulty` and `discrimination` are null below the least number of answers; `bad`: why to look at it."""

    item: uuid.UUID
    version: int
    answers: int
    difficulty: float | None
    discrimination: float | None
    chosen: dict[str, int]
    bad: list[str]


class KnowledgeBlueprintRowIn(Schema):
    target: str
    points: int
    difficulty: int | None = None


class KnowledgeBlueprintIn(Schema):
    title: str
    minutes: int
    pass_percent: int
    rows: list[KnowledgeBlueprintRowIn]
    pass_by_outcome: dict[str, int] = {}
    all_on_one: bool = False


class KnowledgeBlueprintOut(Schema):
    uid: uuid.UUID
    title: str


class KnowledgeRetireIn(Schema):
    why: str


class KnowledgeReadInOut(Schema):
    questions: int


def _bank(request: Any, uid: uuid.UUID) -> QuestionBank:
    bank: QuestionBank | None = (
        QuestionBank.objects.visible_to(request.user).select_related("qualification__current").filter(uid=uid).first()
    )
    if bank is None:
        raise Http404
    return bank


def _item(bank: QuestionBank, uid: uuid.UUID) -> BankItem:
    item: BankItem | None = bank.items.filter(uid=uid).first()
    if item is None:
        raise Http404
    return item


def _question(body: KnowledgeItemIn) -> Question:
    return Question(
        form=Form(body.form), prompt=body.prompt, points=body.points,
        choices=tuple(Choice(key, text) for key, text in body.choices.items()), right=tuple(body.right),
        targets=tuple(Choice(key, text) for key, text in body.targets.items()), pairs=tuple(body.pairs.items()),
        accepted=tuple(body.accepted), value=body.value, tolerance=body.tolerance, unit=body.unit, guide=body.guide,
    )  # fmt: skip


def _out(one: ItemVersion) -> KnowledgeItemOut:
    same = ("criterion", "also", "form", "prompt", "points", "difficulty")
    values = {name: getattr(one, name) for name in same}
    return KnowledgeItemOut(
        **values, item=one.item.uid, base_version=one.item.version, version=one.number, content=to_json(one.question)
    )


@router.get("", response=list[KnowledgeBankOut])
def banks(request: Any) -> list[KnowledgeBankOut]:
    """Banks the caller keeps."""
    if not request.user.has_role(Role.AWARDING_OFFICER):
        raise Http404
    return [
        KnowledgeBankOut(uid=one.uid, qualification=one.qualification.code, questions=one.live)  # type: ignore[attr-defined]
        for one in queries.banks_of(request.user)
    ]


@router.get("/{uuid:uid}/items", response={200: list[KnowledgeItemOut], **REFUSALS})
def items(request: Any, uid: BankUid) -> list[KnowledgeItemOut]:
    """Questions in force."""
    return [_out(one) for one in queries.items_of(_bank(request, uid))]


@router.post("/{uuid:uid}/items", response={201: KnowledgeItemOut, **REFUSALS})
def add(request: Any, uid: BankUid, body: KnowledgeItemIn) -> Any:
    """A new question."""
    made = knowledge_bank.add_item(
        bank=_bank(request, uid), question=_question(body), criterion=body.criterion, also=body.also,
        difficulty=body.difficulty,
        acting_user=ActingUser(request.user),
    )  # fmt: skip
    return Status(201, _out(made))


@router.put("/{uuid:uid}/items/{uuid:item}", response={200: KnowledgeItemOut, **REFUSALS})
def change(request: Any, uid: BankUid, item: uuid.UUID, body: KnowledgeItemChangeIn) -> KnowledgeItemOut:
    """Other words: a new version where somebody was asked the old ones."""
    held = _item(_bank(request, uid), item)
    made = knowledge_bank.change_item(
        item=held, question=_question(body), criterion=body.criterion, also=body.also,
        difficulty=body.difficulty,
        base_version=body.base_version, acting_user=ActingUser(request.user),
    )  # fmt: skip
    made.item.refresh_from_db()
    return _out(made)


@router.post("/{uuid:uid}/items/{uuid:item}/retirement", response={204: None, **REFUSALS})
def retire(request: Any, uid: BankUid, item: uuid.UUID, body: KnowledgeRetireIn) -> Any:
    """Draw it no more."""
    held = _item(_bank(request, uid), item)
    knowledge_bank.retire_item(item=held, why=body.why, acting_user=ActingUser(request.user))
    return Status(204, None)


@router.get("/{uuid:uid}/figures", response={200: list[KnowledgeItemFiguresOut], **REFUSALS})
def figures(request: Any, uid: BankUid) -> list[KnowledgeItemFiguresOut]:
    """How questions work, the bad ones first."""
    return [
        KnowledgeItemFiguresOut(
            item=one.version.item.uid, version=one.version.number, answers=one.figures.answers,
            difficulty=one.figures.difficulty, discrimination=one.figures.discrimination,
            chosen=dict(one.figures.chosen), bad=[str(bad) for bad in one.bad],
        )
        for one in queries.figures_of_bank(_bank(request, uid))
    ]  # fmt: skip


@router.post("/{uuid:uid}/blueprints", response={201: KnowledgeBlueprintOut, **REFUSALS})
def blueprint(request: Any, uid: BankUid, body: KnowledgeBlueprintIn) -> Any:
    """A plan of a test."""
    made = knowledge_bank.save_blueprint(
        bank=_bank(request, uid), title=body.title, minutes=body.minutes, pass_percent=body.pass_percent,
        rows=[Row(one.target, one.points, one.difficulty) for one in body.rows], pass_by_outcome=body.pass_by_outcome,
        all_on_one=body.all_on_one, acting_user=ActingUser(request.user),
    )  # fmt: skip
    return Status(201, KnowledgeBlueprintOut(uid=made.uid, title=made.title))


@router.post("/{uuid:uid}/blueprints/{uuid:plan}/retirement", response={200: KnowledgeBlueprintOut, **REFUSALS})
def retire_blueprint(request: Any, uid: BankUid, plan: BankUid, body: KnowledgeRetireIn) -> Any:
    """No new test is drawn from it; tests let before stay as they are."""
    held = _bank(request, uid).blueprints.filter(uid=plan).first()
    if held is None:
        raise Http404
    done = knowledge_bank.retire_blueprint(blueprint=held, why=body.why, acting_user=ActingUser(request.user))
    return KnowledgeBlueprintOut(uid=done.uid, title=done.title)


@router.get("/{uuid:uid}/qti")
def export(request: Any, uid: BankUid) -> HttpResponse:
    """Questions in force as a QTI 3.0 package."""
    content = export_bank(bank=_bank(request, uid), acting_user=ActingUser(request.user))
    answer = HttpResponse(content, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


@router.post("/{uuid:uid}/qti", response={201: KnowledgeReadInOut, **REFUSALS})
def read_in(request: Any, uid: BankUid, file: File[UploadedFile], criterion: str = "") -> Any:
    """Every question of a package, or none; `criterion` for those that name none."""
    bank = _bank(request, uid)
    made = import_items(
        bank=bank, content=file.read(LARGEST_FILE + 1), criterion=criterion, acting_user=ActingUser(request.user)
    )
    return Status(201, KnowledgeReadInOut(questions=len(made)))
