"""Decisions of the two interviews (SA-7, SA-8): may the personal area be talked about, what a story still lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.enums import PersonalDetail
from dorobek.kernel.errors import RuleBroken
from dorobek.programmes.enums import EpisodePart, InterviewArea

ANSWER_LIMIT = 20_000
QUESTION_LIMIT = 500
TITLE_LIMIT = 200
NOTE_LIMIT = 300
OWN_PREFIX = "own-"
OPEN = (PersonalDetail.FULL, PersonalDetail.GENERAL, PersonalDetail.CHOSEN)
CLOSED = (PersonalDetail.NONE, PersonalDetail.STOPPED)


# ---- the personal area: voluntary, stoppable, as detailed as the participant wants ----


@dataclass(frozen=True)
class PersonalAccess:
    """What may be done in the personal area now.

    `notice`: the notice has to be shown and acknowledged first. `ask`: questions may be opened and answered.
    `remind`: a limit was chosen, and stands beside each answer. `show`: answers given before may be shown and printed.
    """

    notice: bool
    ask: bool
    remind: bool
    show: bool


_NOT_YET = PersonalAccess(notice=True, ask=False, remind=False, show=True)
# The whole table: nothing else decides. Without an acknowledged notice every row is `_NOT_YET`.
PERSONAL_STATES: dict[PersonalDetail, PersonalAccess] = {
    PersonalDetail.NOT_ASKED: _NOT_YET,
    PersonalDetail.FULL: PersonalAccess(notice=False, ask=True, remind=False, show=True),
    PersonalDetail.GENERAL: PersonalAccess(notice=False, ask=True, remind=True, show=True),
    PersonalDetail.CHOSEN: PersonalAccess(notice=False, ask=True, remind=True, show=True),
    PersonalDetail.NONE: PersonalAccess(notice=False, ask=False, remind=False, show=False),
    PersonalDetail.STOPPED: PersonalAccess(notice=False, ask=False, remind=False, show=True),
}
PERSONAL_WORDS = {
    PersonalDetail.NOT_ASKED: gettext_lazy("O tę część jeszcze nie zapytano."),
    PersonalDetail.FULL: gettext_lazy("Zgoda: o tej części mówimy dokładnie."),
    PersonalDetail.GENERAL: gettext_lazy("Zgoda: o tej części mówimy ogólnie, bez szczegółów."),
    PersonalDetail.CHOSEN: gettext_lazy("Zgoda: mówimy tylko o wybranych sprawach."),
    PersonalDetail.NONE: gettext_lazy("Osoba uczestnicząca nie chciała mówić o tej części. Ma do tego prawo."),
    PersonalDetail.STOPPED: gettext_lazy(
        "Ta część została przerwana na życzenie osoby uczestniczącej. Ma do tego prawo."
    ),
}


def personal_access(detail: str, *, notice_shown: bool) -> PersonalAccess:
    """The row of the table for what the participant decided."""
    return PERSONAL_STATES[PersonalDetail(detail)] if notice_shown else _NOT_YET


def check_may_ask(area: str, access: PersonalAccess) -> None:
    """Raise RuleBroken unless a question of this area may be opened and answered now."""
    if area != InterviewArea.PERSONAL or access.ask:
        return
    if access.notice:
        raise RuleBroken(_("Najpierw trzeba przeczytać informację, że ta część jest dobrowolna, i zapytać o zgodę."))
    raise RuleBroken(_("Uczestnik nie chce mówić o życiu osobistym. Pytania z tej części są zamknięte."))


def check_may_tell(part: str, access: PersonalAccess, *, by_participant: bool) -> None:
    """Raise RuleBroken when an adviser would write a personal episode against the participant's wish.

    The participants themselves may always write: what they tell of their own accord needs no permission.
    """
    if part == EpisodePart.PERSONAL and not by_participant and not access.ask and not access.notice:
        raise RuleBroken(_("Uczestnik nie chce mówić o życiu osobistym. Taką historię może dopisać tylko on sam."))


def checked_choice(detail: str, offered: Collection[str]) -> PersonalDetail:
    """The level of detail chosen, when the programme offers it. Raises RuleBroken."""
    if detail not in offered or detail not in PersonalDetail.values:
        raise RuleBroken(_("Proszę wybrać jedną z odpowiedzi."), "detail")
    return PersonalDetail(detail)


def offered_details(codes: Sequence[str]) -> list[str]:
    """Levels a participant may choose under the programme; stopping for good is always one of them."""
    known = [code for code in codes if code in OPEN or code == PersonalDetail.NONE]
    if not any(code in OPEN for code in known):
        known = [PersonalDetail.FULL, PersonalDetail.GENERAL]
    return list(dict.fromkeys([*map(str, known), str(PersonalDetail.NONE)]))


# ---- texts ----


def checked_words(text: str, limit: int, field: str) -> str:
    """Running text as typed, ends trimmed. Raises RuleBroken when too long."""
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise RuleBroken(
            _("To za długie: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.")
            % {"limit": limit, "length": len(text)},
            field,
        )
    return text


def checked_line(text: str, limit: int, field: str, missing: str) -> str:
    """One line that must say something. Raises RuleBroken with `missing` when empty."""
    text = checked_words(" ".join(text.split()), limit, field)
    if not text:
        raise RuleBroken(missing, field)
    return text


def next_unanswered(codes: Sequence[str], done: Collection[str], after: str = "") -> str | None:
    """The next question of the bank not yet answered or skipped: after the given one, then from the start."""
    place = codes.index(after) + 1 if after in codes else 0
    return next((code for code in (*codes[place:], *codes[:place]) if code not in done and code != after), None)


# ---- the story in four steps ----

STAR = ("situation", "task", "action", "result")
TOLD = (*STAR, "useful", "documentable", "evidence_missing")
STAR_LACKS = {
    "situation": gettext_lazy("gdzie i kiedy to się działo"),
    "task": gettext_lazy("co było do zrobienia"),
    "action": gettext_lazy("co dokładnie zostało zrobione, krok po kroku"),
    "result": gettext_lazy("jak to się skończyło"),
    "useful": gettext_lazy("co się przydało: wiedza, umiejętności, cechy"),
    "documentable": gettext_lazy("co może to pokazać"),
}


def star_missing(told: Mapping[str, str]) -> list[str]:
    """Codes of what the story still lacks, in order. It may stay so: nothing waits for a complete one."""
    return [code for code in STAR_LACKS if not told.get(code, "").strip()]


def lacking_words(missing: Collection[str]) -> str:
    """„brakuje: ..." in words for the page; empty when nothing lacks."""
    if not missing:
        return ""
    return _("Brakuje: %(what)s.") % {"what": "; ".join(str(STAR_LACKS[code]) for code in missing)}


def title_from(text: str, fallback: str) -> str:
    """A working title: the first sentence of what was said, shortened at a word."""
    line = " ".join(text.split())
    first = line.split(". ")[0]
    if not first:
        return fallback[:TITLE_LIMIT]
    return first.rstrip(".") if len(first) <= 80 else first[:79].rsplit(" ", 1)[0] + "…"
