"""What a person is closest to, before they decide: for the participant and for the adviser, the same content (PF-5)."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.readiness import Near, closest, readiness_for
from dorobek.portfolio.readiness import Coverage, Meeting, OutcomeReadiness, PieceKind, Standing
from dorobek.validation.queries.openings import open_now, validated_now
from dorobek.web.doors import CaseRequest, case_page, own_page
from dorobek.web.readiness.bars import bar

PART = "najbliższe kwalifikacje"
MOST_OPENINGS = 5


@require_safe
@own_page
def own_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The best ten, for the person."""
    context = {"audit": audit, **_best(request, audit, "own-readiness-one")}
    return render(request, "readiness/own_list.html", context)


@require_safe
@own_page
def own_one(request: CaseRequest, audit: SkillsAudit, code: str) -> HttpResponse:
    """One qualification, criterion by criterion, for the person."""
    return render(request, "readiness/own_one.html", {"audit": audit, **_detail(request, audit, code)})


@require_safe
@case_page(PART)
def case_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The best ten, for the adviser."""
    context = {"audit": audit, "tab": "case-synthesis", **_best(request, audit, "case-readiness-one")}
    return render(request, "readiness/case_list.html", context)


@require_safe
@case_page(PART)
def case_one(request: CaseRequest, audit: SkillsAudit, code: str) -> HttpResponse:
    """One qualification, criterion by criterion, for the adviser."""
    context = {"audit": audit, "tab": "case-synthesis", **_detail(request, audit, code)}
    return render(request, "readiness/case_one.html", context)


def _best(request: CaseRequest, audit: SkillsAudit, address: str) -> dict[str, Any]:
    found = closest(request.user, audit)
    opened = {one.code: one.openings for one in validated_now()} if found.rows else {}
    rows = [
        {
            **_head(one),
            "url": reverse(address, args=[audit.uid, one.qualification.code]),
            "openings": opened.get(one.qualification.code, 0),
        }
        for one in found.rows
    ]
    return {"confirmed": found.confirmed, "rows": rows}


def _detail(request: CaseRequest, audit: SkillsAudit, code: str) -> dict[str, Any]:
    found = readiness_for(request.user, audit, code)
    if found is None:
        raise Http404
    confirmed, near = found
    outcomes = [_outcome(one) for one in near.readiness.outcomes]
    sets = [(title, list(group)) for title, group in groupby(outcomes, key=lambda one: one["group"])]
    return {
        **_head(near),
        "confirmed": confirmed,
        "sets": sets,
        "unproved": [one for one in outcomes if one["standing"] == Standing.HELD],
        "lacking": [one for one in outcomes if one["standing"] < Standing.HELD],
        "openings": list(open_now(code)[:MOST_OPENINGS]),
        "applies": audit.person.account_id == request.user.pk,
    }


def _head(near: Near) -> dict[str, Any]:
    coverage = near.readiness.coverage
    return {
        "q": near.qualification,
        "title": near.qualification.title(_language()),
        "coverage": coverage,
        "bar": bar(coverage),
        "reason": reason(coverage),
    }


def reason(coverage: Coverage) -> str:
    """The coverage in words: what it counts and what it leaves out."""
    parts = [
        _("z dowodem: %d") % coverage.proved if coverage.proved else "",
        _("potwierdzone, bez dowodu: %d") % coverage.held if coverage.held else "",
        _("tylko opowiedziane: %d") % coverage.told if coverage.told else "",
        _("brakuje: %d") % coverage.missing if coverage.missing else "",
    ]
    return "; ".join(part for part in parts if part)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "pl"


def _outcome(one: OutcomeReadiness) -> dict[str, Any]:
    wanted, english = one.wanted, _language() == "en"
    return {
        "number": wanted.number,
        "title": (wanted.title_en if english else "") or wanted.title,
        "group": (wanted.group_en if english else "") or wanted.group,
        "standing": one.standing,
        "look": look(one.standing),
        "because": _reasons(one.because),
        "criteria": [
            {
                "letter": each.wanted.letter,
                "text": (each.wanted.text_en if english else "") or each.wanted.text,
                "look": look(each.standing),
                "whole": each.whole,
                "because": [] if each.whole else _reasons(each.because),
            }
            for each in one.criteria
        ],
    }


def look(standing: Standing) -> tuple[str, str, str]:
    """(tone, icon, words) of a standing."""
    return {
        Standing.PROVED: ("ok", "doc", _("Umie, jest dowód")),
        Standing.HELD: ("me", "half", _("Umie, brak dowodu")),
        Standing.TOLD: ("wait", "story", _("Tylko opowiedziane")),
        Standing.MISSING: ("", "missing", _("Brakuje")),
    }[standing]


def _reasons(because: tuple[Meeting, ...]) -> list[dict[str, Any]]:
    """The pieces as firm as the firmest; what is weaker adds nothing to it."""
    best = max((one.standing for one in because), default=Standing.MISSING)
    return [
        {
            "title": one.piece.title,
            "story": one.piece.kind is PieceKind.EPISODE,
            "certified": one.piece.kind is PieceKind.CREDENTIAL,
            "proofs": one.piece.proofs,
            "unrated": one.piece.unrated,
            "words": one.words if one.words != (one.piece.title,) else (),  # the title stands there already
            "partly": one.standing < one.piece.standing,
        }
        for one in because
        if one.standing == best
    ]
