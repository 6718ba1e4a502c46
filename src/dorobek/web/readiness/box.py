"""How much of a qualification somebody already covers, beside its public entry (PF-5, RG-6).

The entry's page is the same for everybody and costs what it did; the box is fetched on its own.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dorobek.audits.queries.readiness import own_readiness
from dorobek.web.context import own_audit
from dorobek.web.readiness.bars import bar
from dorobek.web.readiness.views import reason
from dorobek.web.register.entries import find


@require_safe
def readiness_box(request: HttpRequest, code: str) -> HttpResponse:
    """The box alone for the entry's page; a whole page for whoever follows the plain link."""
    qualification = find(code)
    context = {"qualification": qualification, **_own(request, code)}
    alone = bool(request.headers.get("HX-Request"))
    answer = render(request, "readiness/box.html" if alone else "readiness/box_page.html", context)
    answer["Cache-Control"] = "private, no-store"
    answer["Vary"] = "Cookie, HX-Request"
    return answer


def _own(request: Any, code: str) -> dict[str, Any]:
    """What the signed-in participant covers; nothing for everybody else."""
    if not request.user.is_authenticated:
        return {}
    audit = own_audit(request.user)
    found = own_readiness(request.user, audit, code) if audit is not None else None
    if audit is None or found is None:
        return {}
    confirmed, near = found
    coverage = near.readiness.coverage
    return {
        "own": True,
        "confirmed": confirmed,
        "coverage": coverage,
        "bar": bar(coverage),
        "reason": reason(coverage),
        "url": reverse("own-readiness-one", args=[audit.uid, code]),
    }
