"""The guide of a conversation: what is still open, and how to ask about it (VA-4). Questions are ours, from the wording."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from dorobek.validation.rules.shapes import QualificationRules


class Why(StrEnum):
    """Why a criterion stands in the guide."""

    OPEN = "open"  # nothing has shown it yet
    SET = "set"  # shown, but the conversation must touch this set, and nothing in it is open


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion to talk about, with a question that may be asked as it stands."""

    criterion: str
    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Wording:
    """A criterion as the entry words it, and the wording of the outcome it belongs to."""

    text: str
    outcome: str = ""


# First word of a criterion -> what to ask somebody to do in words. What is not here is asked about as something done.
TOLD = {
    "omawia": "omówić", "opisuje": "opisać", "wymienia": "wymienić", "podaje": "podać", "wyjaśnia": "wyjaśnić",
    "charakteryzuje": "scharakteryzować", "rozróżnia": "rozróżnić", "porównuje": "porównać", "definiuje": "zdefiniować",
    "uzasadnia": "uzasadnić", "wskazuje": "wskazać", "nazywa": "nazwać", "określa": "określić",
    "przedstawia": "przedstawić", "identyfikuje": "wskazać", "rozpoznaje": "rozpoznać", "klasyfikuje": "pogrupować",
    "interpretuje": "zinterpretować", "ocenia": "ocenić", "objaśnia": "objaśnić", "informuje": "opowiedzieć",
}  # fmt: skip
_FIRST = re.compile(r"^\s*(\w+)\s+(.+)$", re.DOTALL)


def guide(
    rules: QualificationRules,
    wordings: Mapping[str, Wording],
    shown: Collection[str],
    carried: Collection[str] = (),
    method: str = "conversation",
) -> list[Question]:
    """What to ask, in the order of the entry: every criterion not in `shown` that the method may verify.

    `shown`: codes that other methods have shown already. Where the method must cover a set with nothing open in it,
    its first criterion is asked about once more, so that no set is left out. Outcomes in `carried` are not asked about.
    """
    stated = rules.method(method)
    found: list[Question] = []
    for group in rules.sets:
        mine = [
            code
            for outcome in group.outcomes
            if outcome.code not in carried and (stated is None or stated.may_verify(outcome.code))
            for code in outcome.criteria
        ]
        left = [code for code in mine if code not in shown]
        found += [Question(code, question(wordings[code]), Why.OPEN) for code in left]
        if mine and not left and stated is not None and group.number in stated.must_cover:
            found.append(Question(mine[0], question(wordings[mine[0]]), Why.SET))
    return found


def question(wording: Wording) -> str:
    """A question about one criterion, in plain words, with the criterion's own words in it."""
    parts = _FIRST.match(wording.text.strip().rstrip("."))
    if parts is None:
        return _("Proszę opowiedzieć na przykładzie: „%(what)s”.") % {"what": wording.text}
    verb, rest = parts[1].lower(), parts[2]
    if verb in TOLD:
        said = {"do": TOLD[verb], "what": rest}
        return _("Proszę %(do)s %(what)s. Jak to wygląda w praktyce?") % said
    return _(
        "Proszę przypomnieć sobie sytuację, która to pokazuje: „%(what)s”. "
        "Co trzeba było zrobić, jak to przebiegło i co z tego wyszło?"
    ) % {"what": f"{parts[1]} {rest}"}


def uncovered_sets(rules: QualificationRules, asked: Sequence[str], method: str, carried: Collection[str]) -> list[int]:
    """Numbers of sets that the method must cover and that nothing asked about touches."""
    stated = rules.method(method)
    if stated is None:
        return []
    touched = {code.split(".")[0] for code in asked}
    alive = (group for group in rules.sets if any(one.code not in carried for one in group.outcomes))
    return [group.number for group in alive if group.number in stated.must_cover and str(group.number) not in touched]
