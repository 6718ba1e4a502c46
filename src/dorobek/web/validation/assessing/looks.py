"""How moves and marks look, and the frame that every page of a case shares."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.register.enums import ValidationMethod
from dorobek.validation.actions.observing import METHOD as OBSERVATION
from dorobek.validation.enums import VerdictChoice
from dorobek.validation.grounds import TEST
from dorobek.validation.models import Assessment
from dorobek.validation.queries.assessing import OutcomePart, SetPart, outline
from dorobek.validation.queries.judging import Move, open_codes
from dorobek.validation.rules import QualificationRules

CONVERSATION = str(ValidationMethod.CONVERSATION)
ANALYSIS = str(ValidationMethod.EVIDENCE_ANALYSIS)
# move -> (tone, icon, words, name of the address)
MOVES: dict[Move, tuple[str, str, Any, str]] = {
    Move.DECLARE: ("me", "next", gettext_lazy("złóż oświadczenie"), "assessing-declaration"),
    Move.JUDGE: ("me", "next", gettext_lazy("oceń kryteria"), "assessing-case"),
    Move.WAIT: ("wait", "wait", gettext_lazy("czekamy na arkusze innych"), "assessing-case"),
    Move.AGREE: ("me", "next", gettext_lazy("uzgodnij różnice"), "assessing-agreement"),
    Move.READY: ("ok", "ok", gettext_lazy("uzgodnione, czeka na decyzję"), "assessing-agreement"),
    Move.DONE: ("ok", "ok", gettext_lazy("decyzja wydana"), "assessing-case"),
}
# verdict -> (tone, icon)
VERDICTS = {"met": ("ok", "ok"), "not-met": ("bad", "no"), "not-shown": ("wait", "missing")}
WORDS = {str(value): label for value, label in VerdictChoice.choices}


def allows(rules: QualificationRules, method: str) -> bool:
    """Whether the entry lets this method be used at all."""
    return rules.method(method) is not None or not rules.only_these_methods


def key_of(code: str) -> str:
    """A criterion's code as part of a field's name: 1.2.a -> 1_2_a."""
    return code.replace(".", "_")


def frame(sheet: Assessment, tab: str, **more: Any) -> dict[str, Any]:
    """What every page of a case shows around its own content."""
    application = sheet.application
    rules = application.opening.rules
    given = set(sheet.marks.values_list("criterion", flat=True))
    todo = open_codes(rules, application)
    parts = outline(application.opening, application.carried)
    first = next((one for part in parts for one in part.outcomes if not one.carried), None)
    tabs = [("assessing-case", _("Sprawa"), ""), ("assessing-sheet", _("Arkusz"), f"{len(given)}/{len(todo)}")]
    tabs.append(("assessing-evidence", _("Dowody"), ""))
    if allows(rules, OBSERVATION):
        tabs.append(("assessing-observations", _("Obserwacja"), ""))
    if allows(rules, TEST):
        tabs.append(("assessing-test", _("Test"), ""))
    if allows(rules, CONVERSATION):
        tabs.append(("assessing-conversation", _("Rozmowa"), ""))
    tabs += [("assessing-methods", _("Metody"), ""), ("assessing-agreement", _("Uzgodnienie"), "")]
    return {
        "sheet": sheet, "application": application, "opening": application.opening, "closed": sheet.closed_at is not None,
        "done": len(given & set(todo)), "total": len(todo), "sets": progress(parts, given),
        "first": first.code if first else "", "todo": todo,
        "tabs": [
            (label, _address(name, application, first), name == tab, number)
            for name, label, number in tabs
            if name != "assessing-sheet" or first
        ],
        **more,
    }  # fmt: skip


def _address(name: str, application: Any, first: OutcomePart | None) -> str:
    more = [first.code] if name == "assessing-sheet" and first else []
    return reverse(name, args=[application.uid, *more])


def progress(
    parts: Sequence[SetPart], given: set[str]
) -> list[tuple[SetPart, list[tuple[OutcomePart, int, int, str]]]]:
    """Sets with (outcome, criteria marked, criteria, state) for each outcome."""
    return [(part, [_outcome(one, given) for one in part.outcomes]) for part in parts]


def _outcome(one: OutcomePart, given: set[str]) -> tuple[OutcomePart, int, int, str]:
    count = sum(code in given for code, _text in one.criteria)
    total = len(one.criteria)
    state = "done" if one.carried or count == total else "now" if count else "todo"
    return one, count, total, state
