"""Rows of the office as its REST shapes tell them."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from dorobek.api.validation.office_shapes import OfficePeriod
from dorobek.validation.faults import cases_of
from dorobek.validation.models import Appeal, Certificate, Sitting, StaffRecord, ValidationOpening
from dorobek.validation.queries.desk import Row
from dorobek.validation.rule_words import methods_told, requirement_told, rules_told
from dorobek.validation.rules import Member, Period, QualificationRules, Requirement
from dorobek.validation.rules.standing import standings


def case_out(row: Row) -> dict[str, Any]:
    one = row.application
    return {
        "uid": one.uid, "person": one.person.uid, "name": one.person.name, "opening": one.opening.uid,
        "qualification": one.opening.qualification.code, "state": one.state, "round": one.round,
        "mover": row.move.mover, "step": row.move.step, "due": row.move.due, "late": row.late,
    }  # fmt: skip


def opening_out(one: ValidationOpening) -> dict[str, Any]:
    same = (
        "uid", "version", "applications_until", "begins_on", "ends_on", "place", "teryt", "places", "fee_grosze", "fee_waits",
        "fee_days", "fee_to", "own_rules",
    )  # fmt: skip
    more = {"qualification": one.qualification.code, "title": one.qualification.title_pl}
    return {**{name: getattr(one, name) for name in same}, **more, "closed": one.closed_at is not None}


def opening_rules_out(one: ValidationOpening) -> dict[str, Any]:
    rules = one.rules
    rows = one.sittings.select_related("commission", "opening").order_by("begins", "pk")[:200]
    return {
        **opening_out(one),
        "methods": [
            {"name": m.name, "text": m.text, "must": m.must, "covers": dict(m.covers)} for m in methods_told(rules)
        ],
        "rules": [{"text": f"{r.text} {r.more}".strip(), "source": r.source} for r in rules_told(rules)],
        "sittings": [sitting_out(sitting) for sitting in rows],
    }


def sitting_out(one: Sitting) -> dict[str, Any]:
    members = one.commission.members.select_related("record__account").order_by("pk") if one.commission else []
    same = ("uid", "version", "begins", "ends", "place", "seats")
    return {
        **{name: getattr(one, name) for name in same},
        "applications": [case.uid for case in cases_of(one)],
        "members": [{"record": m.record.uid, "name": str(m.record.account)} for m in members],
    }


def staff_out(one: StaffRecord, member: Member, rules: QualificationRules) -> dict[str, Any]:
    told = standings_out((*rules.criteria, *rules.adviser), member)
    same = {"uid": one.uid, "account": one.account.uid, "name": str(one.account), "level": one.level}
    return {**same, "standings": told}


def standings_out(requirements: Iterable[Requirement], member: Member) -> list[dict[str, Any]]:
    return [
        {
            "code": one.requirement.code, "text": requirement_told(one.requirement), "met": one.met, "days": one.days,
            "wanted": one.wanted,
        }
        for one in standings(requirements, member, timezone.localdate())
    ]  # fmt: skip


def periods_in(periods: Iterable[OfficePeriod]) -> list[Period]:
    return [Period(one.since, one.until, one.document, frozenset(one.shows)) for one in periods]


def certificate_out(one: Certificate) -> dict[str, Any]:
    case = one.application
    return {
        "uid": one.uid, "number": one.number, "issued_on": one.issued_on, "application": case.uid,
        "name": case.person.name, "qualification": case.opening.qualification.code,
        "revoked": one.revoked_at is not None,
    }  # fmt: skip


def appeal_out(one: Appeal, may: bool) -> dict[str, Any]:
    same = ("uid", "step", "about", "reason", "due_on", "state", "answer")
    case = {"application": one.application.uid, "name": one.application.person.name}
    return {**{name: getattr(one, name) for name in same}, **case, "may_answer": may}
