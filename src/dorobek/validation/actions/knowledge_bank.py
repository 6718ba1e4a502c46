"""Writing the bank: questions with versions, blueprints (VA-4). A question that somebody was asked never changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.register.models import Qualification
from dorobek.validation import perms
from dorobek.validation.knowledge import criteria_of, in_words
from dorobek.validation.models import BankItem, Blueprint, ItemVersion, QuestionBank, ValidationOpening
from dorobek.validation.rules.testing.drawing import BadBlueprint, Row, check_rows
from dorobek.validation.rules.testing.questions import DIFFICULTIES, Question, faults, to_json

MOST_MINUTES = 600


@transaction.atomic
def open_bank(*, institution: Institution, qualification: Qualification, acting_user: ActingUser) -> QuestionBank:
    """The bank of the body for a qualification that it validates. Raises NotAllowed, RuleBroken."""
    acting_user.require(perms.may_open(acting_user.account, institution))
    if not ValidationOpening.objects.filter(institution=institution, qualification=qualification).exists():
        raise RuleBroken(_("Najpierw trzeba otworzyć walidację tej kwalifikacji."), "qualification")
    bank, made = QuestionBank.objects.get_or_create(institution=institution, qualification=qualification)
    acting_user.require(QuestionBank.objects.visible_to(acting_user.account).filter(pk=bank.pk).exists())
    if made:
        acting_user.record("knowledge.bank-opened", stream=bank.uid, subject=bank.uid, qualification=qualification.code)
    return bank


@transaction.atomic
def add_item(
    *, bank: QuestionBank, question: Question, criterion: str, difficulty: int, acting_user: ActingUser,
    also: Sequence[str] = (),
) -> ItemVersion:  # fmt: skip
    """A new question. `criterion`: the one it is drawn for; `also`: others that the same answer verifies. Raises NotAllowed, RuleBroken (what is wrong with it, and where)."""
    _may_write(bank, acting_user)
    codes = _check(bank, question, (criterion, *also), difficulty)
    item = BankItem.objects.create(bank=bank)
    made = _version(item, 1, question, codes, difficulty, acting_user)
    acting_user.record("knowledge.item-added", stream=item.uid, subject=made.uid, criterion=", ".join(codes))
    return made


@transaction.atomic
def change_item(
    *, item: BankItem, question: Question, criterion: str, difficulty: int, acting_user: ActingUser,
    also: Sequence[str] = (), base_version: int | None = None,
) -> ItemVersion:  # fmt: skip
    """The question in other words: a new version, or the newest one rewritten while nobody has been asked it.

    Raises NotAllowed, RuleBroken (retired, somebody else changed it meanwhile).
    """
    item = item.locked()
    _may_write(item.bank, acting_user)
    codes = _check(item.bank, question, (criterion, *also), difficulty)
    if item.retired_at is not None:
        raise RuleBroken(_("To pytanie jest wycofane. Proszę dodać nowe."))
    if base_version not in (None, 0, item.version):
        raise RuleBroken(
            _("Ktoś zmienił to pytanie w międzyczasie. Proszę obejrzeć nową wersję i poprawić jeszcze raz.")
        )
    # The row of a version is locked as well: a test drawn at this moment either has the old words or waits for the new.
    newest = item.versions.select_for_update().order_by("-number").first()
    if newest is None or newest.used_at is not None:
        made = _version(item, (newest.number if newest else 0) + 1, question, codes, difficulty, acting_user)
    else:
        made = newest
        for name, value in _columns(question, codes, difficulty).items():
            setattr(made, name, value)
        made.author, made.written_at = acting_user.account, timezone.now()
        made.save()
    item.version += 1
    item.save()
    acting_user.record("knowledge.item-changed", stream=item.uid, subject=made.uid, number=made.number)
    return made


@transaction.atomic
def retire_item(*, item: BankItem, why: str, acting_user: ActingUser) -> BankItem:
    """Draw it no more; tests that hold it keep it. Raises NotAllowed, RuleBroken (no reason)."""
    item = item.locked()
    _may_write(item.bank, acting_user)
    if not why.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego pytanie odchodzi."), "why")
    if item.retired_at is None:
        changes = item.write({"retired_at": timezone.now(), "retired_why": why.strip()}, base_version=None)
        acting_user.record("knowledge.item-retired", stream=item.uid, subject=item.uid, **changes)
    return item


@transaction.atomic
def save_blueprint(
    *, bank: QuestionBank, title: str, rows: Sequence[Row], minutes: int, pass_percent: int, acting_user: ActingUser,
    pass_by_outcome: Mapping[str, int] | None = None, all_on_one: bool = False, blueprint: Blueprint | None = None,
    base_version: int | None = None,
) -> Blueprint:  # fmt: skip
    """A blueprint, new or changed; tests let before keep what it said then. Raises NotAllowed, RuleBroken, Conflict."""
    _may_write(bank, acting_user)
    acting_user.require(blueprint is None or blueprint.bank_id == bank.pk)
    _check_blueprint(bank, title, rows, minutes, pass_percent, pass_by_outcome or {})
    values: dict[str, Any] = {
        "title": " ".join(title.split()), "rows": [[row.target, row.points, row.difficulty] for row in rows],
        "minutes": minutes, "pass_percent": pass_percent, "pass_by_outcome": dict(pass_by_outcome or {}),
        "all_on_one": all_on_one,
    }  # fmt: skip
    if blueprint is None:
        blueprint = Blueprint.objects.create(bank=bank, **values)
        acting_user.record("knowledge.blueprint-written", stream=blueprint.uid, subject=blueprint.uid, **values)
    else:
        blueprint = blueprint.locked()
        if blueprint.closed_at is not None:
            raise RuleBroken(_("Ten plan jest wycofany. Proszę zrobić nowy."))
        changes = blueprint.write(values, base_version=base_version)
        acting_user.record("knowledge.blueprint-written", stream=blueprint.uid, subject=blueprint.uid, **changes)
    return blueprint


@transaction.atomic
def retire_blueprint(*, blueprint: Blueprint, why: str, acting_user: ActingUser) -> Blueprint:
    """Draw no new test from it; tests let before keep what it said. Raises NotAllowed, RuleBroken (no reason)."""
    blueprint = blueprint.locked()
    _may_write(blueprint.bank, acting_user)
    if not why.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego plan odchodzi."), "why")
    if blueprint.closed_at is None:
        values = {"closed_at": timezone.now(), "closed_why": why.strip()}
        changes = blueprint.write(values, base_version=None)
        acting_user.record("knowledge.blueprint-retired", stream=blueprint.uid, subject=blueprint.uid, **changes)
    return blueprint


def _check_blueprint(
    bank: QuestionBank, title: str, rows: Sequence[Row], minutes: int, pass_percent: int, by_outcome: Mapping[str, int]
) -> None:
    if not title.strip():
        raise RuleBroken(_("Proszę nazwać test."), "title")
    if not rows:
        raise RuleBroken(_("Proszę wpisać punkty choć przy jednym kryterium albo efekcie."), "rows")
    if not 1 <= minutes <= MOST_MINUTES:
        raise RuleBroken(_("Czas: od 1 do %d minut.") % MOST_MINUTES, "minutes")
    if not all(1 <= one <= 100 for one in (pass_percent, *by_outcome.values())):
        raise RuleBroken(_("Próg: od 1 do 100 procent."), "pass_percent")
    criteria = criteria_of(bank.qualification)
    try:
        check_rows(rows, criteria)
    except BadBlueprint as fault:
        words = _(
            "Tych punktów nie da się ustalić: %s. Jedno miejsce może stać w planie raz, a punktów może być od 1 do 40."
        )
        raise RuleBroken(words % fault.target, "rows") from fault
    outcomes = {".".join(code.split(".")[:2]) for code in criteria}
    if foreign := sorted(set(by_outcome) - outcomes):
        raise RuleBroken(_("Nie ma takiego efektu uczenia się: %s.") % ", ".join(foreign), "pass_by_outcome")


def _may_write(bank: QuestionBank, acting_user: ActingUser) -> None:
    acting_user.require(QuestionBank.objects.visible_to(acting_user.account).filter(pk=bank.pk).exists())


def _check(bank: QuestionBank, question: Question, wanted: Sequence[str], difficulty: int) -> tuple[str, ...]:
    """The criteria as they are kept: the one it is drawn for, then the others in the order of the entry."""
    known = criteria_of(bank.qualification)
    if foreign := [code for code in wanted if code not in known]:
        raise RuleBroken(_("Wpis nie ma takiego kryterium: %s.") % ", ".join(foreign), "criterion")
    if difficulty not in DIFFICULTIES:
        raise RuleBroken(_("Trudność: od 1 (łatwe) do 5 (trudne)."), "difficulty")
    if found := faults(question):
        raise RuleBroken(in_words(found), found[0].field)
    return (wanted[0], *(code for code in known if code in wanted[1:] and code != wanted[0]))


def _columns(question: Question, codes: Sequence[str], difficulty: int) -> dict[str, Any]:
    return {
        "criterion": codes[0], "also": list(codes[1:]), "form": question.form.value, "prompt": question.prompt.strip(),
        "content": to_json(question), "points": question.points, "difficulty": difficulty,
    }  # fmt: skip


def _version(
    item: BankItem, number: int, question: Question, codes: Sequence[str], difficulty: int, acting_user: ActingUser
) -> ItemVersion:
    columns = _columns(question, codes, difficulty)
    return ItemVersion.objects.create(item=item, number=number, author=acting_user.account, **columns)
