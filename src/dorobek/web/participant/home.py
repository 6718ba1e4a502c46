"""The participant's home: the one thing to do now, the next meeting, the task list on the thread (SA-13)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dorobek.audits.enums import MeetingState, Mover
from dorobek.audits.models import LifeEvent, Meeting, SkillsAudit
from dorobek.audits.queries.facts import case_facts
from dorobek.audits.rules.next_move import move_text
from dorobek.audits.rules.tasks import DONE, LOCKED, NOW, Section, task_list
from dorobek.people.models import AccessLog
from dorobek.portfolio.enums import CONFIRMED_STATES
from dorobek.portfolio.models import Competence, Evidence
from dorobek.validation.queries.candidate import open_applications
from dorobek.web.context import address
from dorobek.web.doors import CaseRequest, own_page
from dorobek.web.validation.candidate.words import told
from dorobek.web.vouchers.next_step import of_case

PAGE_OF_MOVE = {
    "fill-card": "own-card",
    "choose-variant": "own-variant",
    "accept-agreement": "own-agreement",
    "confirm-competences": "own-competences",
    "answer-consultation": "own-consultations",
    "set-goals": "own-goals",
    "accept-documents": "own-documents",
}
MOST_READERS = 3


@own_page
def home(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """What to do now, when we meet, what is done and what comes."""
    sections = task_list(
        case_facts(audit),
        life_events=LifeEvent.objects.filter(audit=audit).count(),
        evidence=Evidence.objects.filter(case_uid=audit.uid, removed_at=None).count(),
        confirmed=Competence.objects.filter(case_uid=audit.uid, state__in=CONFIRMED_STATES).count(),
    )
    now_page = PAGE_OF_MOVE.get(audit.move, "") if audit.mover == Mover.PARTICIPANT else ""
    coming = Meeting.objects.filter(audit=audit, state=MeetingState.PLANNED, starts_at__gte=timezone.now())
    readers = AccessLog.objects.filter(person=audit.person, case_uid=audit.uid).select_related("account")
    context = {
        "audit": audit,
        "sections": [_shown(section, audit, now_page) for section in sections],
        "done": sum(section.done for section in sections),
        "total": sum(len(section.tasks) for section in sections),
        "now_text": move_text(audit.move, audit.move_count) if now_page else "",
        "now_url": address(now_page, audit.uid) if now_page else "",
        "meeting": coming.select_related("adviser").order_by("starts_at").first(),
        "readers": list(readers.order_by("-at")[:MOST_READERS]),
        "data_url": address("own-data", audit.uid),
        "voucher": of_case(request.user, audit),
        "validations": [
            {"application": one, "move": told(one, move)} for one, move in open_applications(request.user, audit.person)
        ],
    }
    return render(request, "participant/home.html", context)


def _shown(section: Section, audit: SkillsAudit, now_page: str) -> dict[str, Any]:
    """Tasks with their addresses; the one that the next move is about is marked."""
    tasks = [
        {
            "title": task.title,
            "note": task.note,
            "state": NOW if task.page == now_page and task.state != DONE else task.state,
            "url": "" if task.state == LOCKED else address(task.page, audit.uid),
        }
        for task in section.tasks
    ]
    return {"title": section.title, "tasks": tasks, "done": section.done, "whole": section.whole}
