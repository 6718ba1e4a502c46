"""The gap picture on one page: drawn, as a table, over time; on a phone and on paper (DP-3, DP-6)."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.audits.models import SkillsAudit
from dorobek.plans.gaps.enums import LineState, LineWeight
from dorobek.plans.gaps.queries import picture_of, snapshots_of, target_of
from dorobek.plans.gaps.shapes import GapLine, GapPicture, GapState, Origin, Side, Support
from dorobek.plans.models import GapSnapshot
from dorobek.plans.routes import Weight
from dorobek.web.doors import CaseRequest
from dorobek.web.drawings.gaps import ORDER, Column, Row, gap_chart, gap_history, gap_mark, names
from dorobek.web.plans.targets.common import find_goal, find_target, frame
from dorobek.web.plans.views import Side as Frame
from dorobek.web.templatetags.dorobek import status_tag
from dorobek.web.typography import short_day

MOST_TOLD = 5  # things that speak for a line, under one line


@require_safe
def gaps(request: CaseRequest, audit: SkillsAudit, side: Frame, goal_uid: uuid.UUID) -> HttpResponse:
    """The picture as it stands now."""
    return _page(request, audit, side, goal_uid, "plans/targets/gaps.html")


@require_safe
def printed(request: CaseRequest, audit: SkillsAudit, side: Frame, goal_uid: uuid.UUID) -> HttpResponse:
    """The same, laid out for paper: every line open."""
    return _page(request, audit, side, goal_uid, "plans/targets/gaps_printed.html")


def _page(request: CaseRequest, audit: SkillsAudit, side: Frame, goal_uid: uuid.UUID, template: str) -> HttpResponse:
    target = target_of(request.user, audit.uid, goal_uid)
    if target is None:
        goal = find_goal(request.user, audit, goal_uid)
        return render(request, template, frame(request, audit, side, goal, target=None))
    picture = picture_of(target, request.user)
    context = frame(request, audit, side, target.goal, target=target, **_drawn(picture))
    source = target.skills_of or target.concept
    context["notice"] = source.framework.notice if source else ""  # what the licence of the framework asks to show
    context["waiting"] = sum(line.state == LineState.PROPOSED for line in target.lines.all())
    return render(request, template, context)


@require_safe
def history(request: CaseRequest, audit: SkillsAudit, side: Frame, goal_uid: uuid.UUID) -> HttpResponse:
    """What was missing when: the counts on the days on which they changed."""
    goal, target = find_target(request.user, audit, goal_uid)
    over_time = _over_time(snapshots_of(request.user, target))
    return render(request, "plans/targets/history.html", frame(request, audit, side, goal, target=target, **over_time))


def _drawn(picture: GapPicture) -> dict[str, Any]:
    numbered = list(enumerate(picture.lines, 1))
    rows = [
        Row(str(LineWeight(weight.value).label), [(n, line.state) for n, line in numbered if line.weight is weight])
        for weight in Weight
    ]
    called = names()
    marks = {state: gap_mark(state) for state in ORDER}
    told = Told()
    return {
        "picture": picture,
        "chart": gap_chart([row for row in rows if row.lines]),
        "legend": [(marks[state], called[state], picture.counts[state]) for state in ORDER],
        "rows": [_row(number, line, marks, called, told) for number, line in numbered],
        "summary": _summary(picture),
        "english": any(line.language != "pl" for line in picture.lines),
        "unproven": [(n, line) for n, line in numbered if line.state is GapState.UNPROVEN],
        "contradicted": [(n, line) for n, line in numbered if line.state is GapState.CONTRADICTED],
    }


def _row(
    number: int, line: GapLine, marks: dict[GapState, SafeString], called: dict[GapState, str], told: "Told"
) -> dict[str, Any]:
    return {
        "number": number,
        "line": line,
        "mark": marks[line.state],
        "word": called[line.state],
        "weight": LineWeight(line.weight.value).label,
        "was": LineWeight(line.default.value).label if line.default else "",
        "evidence": told.all(line.evidence),
        "partly": [one for one in line.competences if not one.whole and one.title],
        "criteria": format_html_join(
            "",
            '<li>{} {}) {} <span class="meta">{}</span></li>',
            ((marks[one.state], one.letter, one.text, called[one.state]) for one in line.criteria),
        ),
        "all": len(line.criteria),
        "done": sum(one.state in (GapState.HELD, GapState.UNPROVEN) for one in line.criteria),
    }


class Told:
    """What speaks for lines and against them, told with its day and origin; one thing on many lines is set once."""

    def __init__(self) -> None:
        self._origins = _origins()
        self._sides = {
            Side.FOR: status_tag("ok", "ok", _("za")),
            Side.AGAINST: status_tag("bad", "no", _("przeciw")),
            Side.OPEN: status_tag("", "info", _("jeszcze nie wiadomo")),
            Side.LOST: status_tag("wait", "late", _("już nie liczy się")),
        }
        self._set: dict[Support, SafeString] = {}

    def all(self, supports: Iterable[Support]) -> SafeString:
        """List items; what speaks against comes first and is never left out, of the rest the strongest are shown."""
        held = sorted(supports, key=lambda one: one.side is not Side.AGAINST)
        against = sum(one.side is Side.AGAINST for one in held)
        shown, left = held[: max(against, MOST_TOLD)], len(held) - max(against, MOST_TOLD)
        items = [self._one(one) for one in shown]
        if left > 0:
            items.append(format_html('<li class="meta">{}</li>', _("i jeszcze: %d") % left))
        return mark_safe("".join(items))

    def _one(self, one: Support) -> SafeString:
        if one not in self._set:
            day = short_day(one.on) if one.on else ""
            self._set[one] = format_html(
                '<li>{} <b>{}</b>: {} <span class="meta">{}</span>{}</li>',
                self._sides[one.side],
                self._origins[one.origin],
                one.title or _("z portfela uczestnika, bez wglądu"),
                ", ".join(part for part in (day, one.by) if part),
                format_html('<br><span class="as-typed">{}</span>', one.note) if one.note else "",
            )
        return self._set[one]


def _origins() -> dict[Origin, str]:
    return {
        Origin.JUDGED: _("ocena komisji"),
        Origin.CREDENTIAL: _("poświadczenie"),
        Origin.EVIDENCE: _("dowód"),
        Origin.RESULT: _("wynik testu"),
        Origin.CONFIRMATION: _("słowa uczestnika"),
        Origin.STORY: _("opowieść"),
    }


def _summary(picture: GapPicture) -> str:
    counts, total = picture.counts, len(picture.lines)
    if picture.reached:
        return _("Wszystko, co niezbędne do tego celu, jest i ma dowód.")
    return _("Z %(total)d rzeczy, których wymaga ten cel, jest już %(able)d, z tego z dowodem %(held)d.") % {
        "total": total, "able": counts[GapState.HELD] + counts[GapState.UNPROVEN], "held": counts[GapState.HELD],
    }  # fmt: skip


def _over_time(snapshots: list[GapSnapshot]) -> dict[str, Any]:
    """The newest counts of each day: what was missing when."""
    daily: dict[Any, GapSnapshot] = {}
    for one in snapshots:
        daily[timezone.localdate(one.at)] = one
    columns = [
        Column(short_day(day), {state: getattr(one, state.value) for state in GapState}) for day, one in daily.items()
    ]
    called = names()
    legend = [(gap_mark(state), called[state]) for state in ORDER]
    return {
        "legend": legend,
        "history": gap_history(columns) if len(columns) > 1 else "",
        "snapshots": list(daily.values()),
    }
