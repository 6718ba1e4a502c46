"""What the pages of both sides share: the drawing and its table, finding things of the case, saving forms."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits.models import Episode, InterviewAnswer, LifeEvent, SkillsAudit
from dorobek.audits.queries.interviews import answers_of_case, episodes_of_case
from dorobek.audits.queries.time_line import TimeLine, events_of_case
from dorobek.audits.rules.interviews import PersonalDetail, offered_details
from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence
from dorobek.programmes.enums import InterviewArea
from dorobek.programmes.schema import Rules
from dorobek.web.drawings.life_line import Area, Bar, life_line
from dorobek.web.interview_forms import spoken

BAND: dict[str, Area] = {
    InterviewArea.EDUCATION: "learn",
    InterviewArea.WORK: "work",
    InterviewArea.PERSONAL: "life",
}


def band_name(area: str) -> str:
    """The short name of an area, as the bands of the drawing are called."""
    return {"learn": _("Nauka"), "work": _("Praca"), "life": _("Życie")}[BAND[area]]


@dataclass(frozen=True)
class LineRow:
    """A row of the table under the drawing: an event, or a stretch with no entry (`event` is None)."""

    area: str
    starts: str
    ends: str
    title: str
    event: LifeEvent | None = None


def language() -> str:
    return (get_language() or "pl")[:2]


def drawn(line: TimeLine, picked: uuid.UUID | None = None) -> SafeString:
    """The life line as a picture; silences lie in the band of work."""
    bars = [
        Bar(
            uid=piece.moment.key,
            area=BAND[piece.moment.area],
            label=piece.moment.title,
            start=piece.first_day,
            end=None if piece.point or piece.moment.ongoing else piece.last_day,
            vague=piece.vague,
            ongoing=piece.moment.ongoing,
            point=piece.point,
        )
        for piece in line.pieces
    ]
    gaps = [
        Bar(uid=f"gap-{n}", area="work", label=_("bez wpisu"), start=one.first_day, end=one.last_day, gap=True)
        for n, one in enumerate(line.silences)
    ]
    return life_line([*bars, *gaps], today=line.today, language=language(), picked=str(picked) if picked else None)


def table_rows(line: TimeLine) -> list[LineRow]:
    """The same line as rows, silences in their place; undated events last."""
    known = line.by_uid
    dated = [(piece.first_day, 0, _row(known[piece.moment.key])) for piece in line.pieces]
    quiet = [
        (one.first_day, 1, LineRow(_("Praca"), f"{one.first_day:%m.%Y}", f"{one.last_day:%m.%Y}", _("okres bez wpisu")))
        for one in line.silences
    ]
    ordered = [row for _day, _rank, row in sorted([*dated, *quiet], key=lambda entry: entry[:2])]
    drawn_keys = {piece.moment.key for piece in line.pieces}
    return ordered + [_row(event) for event in line.events if str(event.uid) not in drawn_keys]


def _row(event: LifeEvent) -> LineRow:
    ends = _("nadal") if event.ongoing else spoken(event.ends, event.ends_said)
    starts = spoken(event.starts, event.starts_said) or _("bez daty")
    return LineRow(band_name(event.area), starts, ends, event.title, event)


def detail_choices(rules: Rules) -> list[tuple[str, str]]:
    """Levels of detail in the programme's words, or ours where it names none."""
    levels = rules.biographical.detail_levels if rules.biographical else ()
    words = {level.code: level.text.text(language()) for level in levels}
    codes = offered_details([level.code for level in levels])
    return [(code, words.get(code) or str(PersonalDetail(code).label)) for code in codes]


def find_event(user: Account, audit: SkillsAudit, uid: uuid.UUID) -> LifeEvent:
    """An event of the line that the user may see; 404 otherwise."""
    event = events_of_case(user, audit).filter(uid=uid).first()
    if event is None:
        raise Http404
    return event


def find_answer(user: Account, audit: SkillsAudit, uid: uuid.UUID) -> InterviewAnswer:
    """An answer that the user may see; 404 otherwise."""
    answer = answers_of_case(user, audit).filter(uid=uid).first()
    if answer is None:
        raise Http404
    return answer


def find_episode(user: Account, audit: SkillsAudit, uid: uuid.UUID) -> Episode:
    """An episode that the user may see, as `story_of` takes it; 404 otherwise."""
    episode = episodes_of_case(user, audit).filter(uid=uid).first()
    if episode is None:
        raise Http404
    return episode


def evidence_held(user: Account, audit: SkillsAudit) -> list[Evidence]:
    """Evidence of the case that is still there. One statement."""
    return list(Evidence.objects.visible_to(user).filter(case_uid=audit.uid, removed_at=None).order_by("id"))


def chosen_event(events: Iterable[LifeEvent], uid: str) -> LifeEvent | None:
    """The event of a choice field; None for an empty choice."""
    return next((event for event in events if str(event.uid) == uid), None) if uid else None


def episode_values(form: Any, events: Iterable[LifeEvent], evidence: Iterable[Evidence]) -> dict[str, Any]:
    """What `change_episode` takes from the whole form of a story."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "base_version"}
    given["life_event"] = chosen_event(events, given.pop("life_event"))
    if "evidence" in given:
        ticked = set(given["evidence"])
        given["evidence"] = [piece for piece in evidence if str(piece.uid) in ticked]
    return given
