"""The bank goes out and comes in as QTI 3.0 (issue 6). Questions that are in the bank word for word come in once."""

import json
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import knowledge
from dorobek.validation.actions.knowledge_bank import add_item
from dorobek.validation.models import ItemVersion, QuestionBank
from dorobek.validation.rules.testing.qti import Packed, Unreadable, pack, unpack
from dorobek.validation.rules.testing.questions import Question, to_json


@transaction.atomic
def export_bank(*, bank: QuestionBank, acting_user: ActingUser) -> bytes:
    """The questions in force as a package; the history keeps that they were taken out. Raises NotAllowed."""
    acting_user.require(QuestionBank.objects.visible_to(acting_user.account).filter(pk=bank.pk).exists())
    items = [
        (f"q-{one.item.uid}", Packed(one.question, one.criterion, one.difficulty, tuple(one.also)))
        for one in knowledge.newest_versions(bank)
    ]
    acting_user.record("knowledge.bank-exported", stream=bank.uid, subject=bank.uid, questions=len(items))
    return pack(items, bank.qualification.code)


@transaction.atomic
def import_items(
    *, bank: QuestionBank, content: bytes, acting_user: ActingUser, criterion: str = ""
) -> list[ItemVersion]:
    """Every question of a package, or none. `criterion`: for those that name no criterion of this entry.

    Raises NotAllowed, RuleBroken (what cannot be read and where, a question without a criterion).
    """
    acting_user.require(QuestionBank.objects.visible_to(acting_user.account).filter(pk=bank.pk).exists())
    try:
        packed = unpack(content, bank.qualification.code)
    except Unreadable as fault:
        raise RuleBroken(str(fault), "file") from fault
    known = set(knowledge.criteria_of(bank.qualification))
    held = {_words(one.criteria, one.question) for one in knowledge.newest_versions(bank)}
    made = []
    for number, one in enumerate(packed, 1):
        codes = tuple(code for code in (one.criterion, *one.also) if code in known) or (
            (criterion,) if criterion else ()
        )
        if not codes:
            words = _("Pytanie %(number)d („%(prompt)s”) nie podaje kryterium tego wpisu. Proszę wybrać je niżej.")
            raise RuleBroken(words % {"number": number, "prompt": one.question.prompt[:60]}, "criterion")
        question = one.question
        if _words(codes, question) in held:
            continue
        one_more = add_item(
            bank=bank, question=question, criterion=codes[0], also=codes[1:], difficulty=one.difficulty,
            acting_user=acting_user,
        )  # fmt: skip
        made.append(one_more)
    return made


def _words(codes: Sequence[str], question: Question) -> tuple[str, ...]:
    """What makes two questions the same: everything but points and difficulty."""
    content = json.dumps(to_json(question), sort_keys=True, ensure_ascii=False)
    return question.form.value, question.prompt.strip(), content, codes[0], *sorted(codes[1:])
