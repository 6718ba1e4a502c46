"""/walidacja/ocena/…/dowody/: what the candidate put beside the criteria; files, and credentials checked by machine."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from dorobek.credentials.kept import is_credential
from dorobek.credentials.verification import Verified, verify_given
from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence
from dorobek.validation.crediting import look, told
from dorobek.validation.models import Application, Assessment
from dorobek.validation.queries.assessing import evidence_of, wordings
from dorobek.validation.queries.crediting import checks_of_case
from dorobek.web.credentials.checking import MOST_BYTES, shown_of
from dorobek.web.files import file_response
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.looks import frame

MAY_HOLD_ONE = ("application/json", "text/plain", "image/png", "image/svg+xml")


@judging("dowody")
def listed(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """Each criterion with its evidence; those with none are named too."""
    found = evidence_of(sheet.application)
    rows = [(code, one.text, found.get(code, [])) for code, one in wordings(sheet.application.opening).items()]
    context = frame(sheet, "assessing-evidence", rows=rows, pieces=len({e.pk for es in found.values() for e in es}))
    return render(request, "validation/assessing/evidence.html", context)


@judging("dowód")
def show(request: JudgeRequest, sheet: Assessment, evidence_uid: uuid.UUID) -> HttpResponse:
    """One piece, the criteria it stands for, and what the machine found when it is a credential."""
    piece, codes = _piece(sheet, evidence_uid)
    texts = wordings(sheet.application.opening)
    context = frame(
        sheet, "assessing-evidence", piece=piece, criteria=[(code, texts[code].text) for code in codes],
        checked=_checked(piece), recorded=recorded_of(sheet.application).get(piece.pk, []),
    )  # fmt: skip
    return render(request, "validation/assessing/evidence_one.html", context)


def recorded_of(application: Application) -> dict[int, list[dict[str, Any]]]:
    """Key of the piece -> what the machine found of it for this application and when, newest first. One statement."""
    return {
        key: [
            {"moment": one.get_moment_display(), "look": look(one.standing), "told": told(one.standing, one.report, one.checked_at)}
            for one in found
        ]
        for key, found in checks_of_case(application).items()
    }  # fmt: skip


@judging("dowód: plik")
def file(request: JudgeRequest, sheet: Assessment, evidence_uid: uuid.UUID) -> Any:
    """The file itself, with its real type and nothing that could run."""
    piece, _codes = _piece(sheet, evidence_uid)
    if piece.file is None:
        raise Http404
    return file_response(piece.file)


@judging("dowód: sprawdzenie")
def check(request: JudgeRequest, sheet: Assessment, evidence_uid: uuid.UUID) -> HttpResponse:
    """The machine's checks alone, for the sheet to show beside the criterion."""
    piece, _codes = _piece(sheet, evidence_uid)
    return render(request, "validation/assessing/checks.html", {"checked": _checked(piece), "piece": piece})


def may_hold_one(piece: Evidence) -> bool:
    """Whether the piece may be a credential: by its kind, or by the type of its file."""
    return piece.kind == EvidenceKind.CREDENTIAL or bool(piece.file and piece.file.media_type in MAY_HOLD_ONE)


def _piece(sheet: Assessment, uid: uuid.UUID) -> tuple[Evidence, list[str]]:
    """A piece that the candidate mapped here and did not remove; any other is 404."""
    found = {code: one for code, listed in evidence_of(sheet.application).items() for one in listed if one.uid == uid}
    if not found:
        raise Http404
    return next(iter(found.values())), list(found)


def _checked(piece: Evidence) -> list[dict[str, Any]]:
    """Every check of every credential in the piece; nothing for a piece that holds none."""
    raw = _raw(piece)
    if raw is None:
        return []
    found = verify_given(raw, language=get_language() or "pl")
    parts: tuple[Verified, ...] = found.inside or (found,)
    if piece.kind != EvidenceKind.CREDENTIAL:
        parts = tuple(one for one in parts if is_credential(one))
    return [shown_of(one) for one in parts]


def _raw(piece: Evidence) -> bytes | str | None:
    held = getattr(piece, "credential_piece", None)
    if held is not None:
        return held.document or None
    if not may_hold_one(piece):
        return None
    if piece.file is not None:
        if piece.file.size > MOST_BYTES:
            return None
        with piece.file.content.open("rb") as content:
            return bytes(content.read())
    return piece.url or piece.description or None
