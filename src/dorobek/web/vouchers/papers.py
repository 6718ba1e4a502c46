"""Documents of a voucher's steps, as they were frozen: on the screen and as PDF, for each who may read them."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from dorobek.audits.models import SkillsAudit
from dorobek.kernel.documents import to_html
from dorobek.people.actions import log_reading
from dorobek.vouchers import papers
from dorobek.vouchers.models import VoucherPaper, VoucherRight
from dorobek.vouchers.perms import settled_by, settles
from dorobek.web.doors import CaseRequest, case_page, own_page, staff_who
from dorobek.web.files import file_response

PART = "bon"


def _of_case(request: CaseRequest, audit: SkillsAudit, uid: uuid.UUID) -> VoucherPaper:
    rows = VoucherPaper.objects.visible_to(request.user).filter(case_uid=audit.uid, uid=uid)
    return _found(rows)


def _of_office(request: CaseRequest, uid: uuid.UUID) -> VoucherPaper:
    rights = VoucherRight.objects.filter(settled_by(request.user))
    found = _found(VoucherPaper.objects.filter(right__in=rights, uid=uid))
    log_reading(account=request.user, person=found.person, case_uid=found.case_uid, part=PART)
    return found


def _found(rows: Any) -> VoucherPaper:
    found: VoucherPaper | None = rows.select_related("person", "pdf", "made_by", "voucher", "right").first()
    if found is None:
        raise Http404
    return found


def _page(request: CaseRequest, paper: VoucherPaper, base: str, back: str, file: str, **more: Any) -> HttpResponse:
    tree = papers.document(paper)
    context = {
        "paper": paper, "base": base, "back": back, "file": file, "unharmed": papers.unharmed(paper),
        # every text was escaped by the writer of documents
        "shown": mark_safe(to_html(tree, heading_level=2)) if tree is not None else "", **more,
    }  # fmt: skip
    return render(request, "vouchers/paper.html", context)


def _file(paper: VoucherPaper) -> HttpResponseBase:
    stored = papers.pdf(paper)
    if stored is None:
        raise Http404
    return file_response(stored)


@require_safe
@case_page(PART)
def case_paper(request: CaseRequest, audit: SkillsAudit, paper_uid: uuid.UUID) -> HttpResponse:
    paper = _of_case(request, audit, paper_uid)
    back, file = reverse("case-voucher", args=[audit.uid]), reverse("case-voucher-file", args=[audit.uid, paper.uid])
    return _page(request, paper, "base.html", back, file)


@require_safe
@case_page(PART)
def case_file(request: CaseRequest, audit: SkillsAudit, paper_uid: uuid.UUID) -> HttpResponseBase:
    return _file(_of_case(request, audit, paper_uid))


@require_safe
@own_page
def own_paper(request: CaseRequest, audit: SkillsAudit, paper_uid: uuid.UUID) -> HttpResponse:
    paper = _of_case(request, audit, paper_uid)
    back, file = reverse("own-voucher", args=[audit.uid]), reverse("own-voucher-file", args=[audit.uid, paper.uid])
    return _page(request, paper, "participant.html", back, file, audit=audit)


@require_safe
@own_page
def own_file(request: CaseRequest, audit: SkillsAudit, paper_uid: uuid.UUID) -> HttpResponseBase:
    return _file(_of_case(request, audit, paper_uid))


@require_safe
@staff_who(settles)
def office_paper(request: CaseRequest, paper_uid: uuid.UUID) -> HttpResponse:
    paper = _of_office(request, paper_uid)
    back = reverse("vouchers-one", args=[paper.voucher.uid]) if paper.voucher else reverse("vouchers")
    return _page(request, paper, "base.html", back, reverse("vouchers-file", args=[paper.uid]))


@require_safe
@staff_who(settles)
def office_file(request: CaseRequest, paper_uid: uuid.UUID) -> HttpResponseBase:
    return _file(_of_office(request, paper_uid))
