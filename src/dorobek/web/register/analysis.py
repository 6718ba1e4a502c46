"""The register editor's analysis: what it found in the whole register, and everything about one entry (RG-7)."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import Job, JobState
from dorobek.people.enums import Role
from dorobek.register.actions.analysis import JOB, decide_link, propose_links, start_analysis
from dorobek.register.analysis.cues import Axis
from dorobek.register.analysis.entries import Wording
from dorobek.register.analysis.kinds import FindingKind
from dorobek.register.analysis.level import Proposal, Reason
from dorobek.register.analysis.wording import Fault
from dorobek.register.entry import Entry
from dorobek.register.models import Finding, OutcomeLink, Qualification
from dorobek.register.queries import analysis
from dorobek.web.doors import CaseRequest, staff
from dorobek.web.register.entries import find
from dorobek.web.register.hints import fault_words, marked

SHOWN_REASONS = 12
DECISIONS: dict[str, bool | None] = {"tak": True, "nie": False, "cofnij": None}


@staff(Role.REGISTER_EDITOR)
def show(request: CaseRequest) -> HttpResponse:
    """Counts of the last analysis and one kind of its findings; POST asks for a new one. Seven statements."""
    if request.method == "POST":
        job = start_analysis(acting_user=request.acting)
        told = (
            _("Analiza jest gotowa.")
            if job.state == JobState.DONE
            else _("Analiza się liczy. Proszę odświeżyć stronę.")
        )
        messages.success(request, told)
        return redirect("register-analysis")
    seen = analysis.overview()
    kind = request.GET.get("rodzaj", "")
    if kind not in FindingKind.values:
        kind = next((one for one in FindingKind.values if seen.counts[one]), FindingKind.WORDING.value)
    page = request.GET.get("page", "")
    found = analysis.findings(
        kind,
        serious=request.GET.get("powazne") == "1",
        words=request.GET.get("q", "")[:200],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1,
    )
    context = {
        "seen": seen,
        "kind": FindingKind(kind),
        "kinds": [(FindingKind(one), seen.counts[one], seen.serious[one]) for one in FindingKind.values],
        "found": found,
        "page_of": Pages(found),
        "rows": [row(one) for one in found.rows],
        "serious": request.GET.get("powazne") == "1",
        "words": request.GET.get("q", "")[:200],
        "job": Job.objects.filter(Q(state=JobState.WAITING) | Q(state=JobState.RUNNING), kind=JOB).first(),
        "left_out": sum(seen.run.left_out.values()) if seen.run else 0,
    }
    return render(request, "register/analysis.html", context)


class Pages:
    """What components/pagination.html asks of a page."""

    def __init__(self, found: analysis.FindingPage) -> None:
        self.number = found.page
        self.has_previous, self.has_next = found.page > 1, found.page < found.pages
        self.has_other_pages = found.pages > 1
        self.previous_page_number, self.next_page_number = found.page - 1, found.page + 1
        self.paginator = {"num_pages": found.pages}


def row(one: Finding) -> dict[str, Any]:
    """A finding in a list: the entry, the other one, and what it is in a few words."""
    return {"one": one, "q": one.qualification, "other": one.other, "said": said(one)}


def said(one: Finding) -> str:
    """What was found, in a few words."""
    if one.kind == FindingKind.WORDING:
        return ", ".join(f"{kind.label}: {n}" for kind, n in analysis.kinds_found(one.data["wordings"]))
    if one.kind == FindingKind.LEVEL:
        stated, proposed = one.data["stated"], one.data["proposed"]
        if stated is None:
            return _("wpis nie podaje poziomu, słowa pasują do PRK %(proposed)d") % {"proposed": proposed}
        return _("wpis podaje PRK %(stated)d, słowa pasują do PRK %(proposed)d") % {
            "stated": stated,
            "proposed": proposed,
        }
    shared = len(one.data["counterparts"])
    mine = shared + len(one.data["left_own"])
    theirs = shared + len(one.data["left_other"])
    return _("wspólne efekty: %(shared)d; tutaj jest ich %(mine)d, tam %(theirs)d") % {
        "shared": shared,
        "mine": mine,
        "theirs": theirs,
    }


@staff(Role.REGISTER_EDITOR)
def one(request: CaseRequest, code: str) -> HttpResponse:
    """Everything about one entry; POST proposes links to skills or decides about one."""
    qualification = find(code)
    if request.method == "POST":
        return _links(request, qualification)
    entry = qualification.entry
    proposal = analysis.level_of(qualification)
    pairs = [pair(finding) for finding in analysis.pairs_of(qualification)]
    twins = {one["other"].pk for one in pairs if one["kind"] == FindingKind.DUPLICATE}  # their sets are in that pair
    context = {
        "qualification": qualification,
        "entry": entry,
        "wordings": [wording(qualification, *found) for found in analysis.faults_of(qualification)],
        "duplicates": [one for one in pairs if one["kind"] == FindingKind.DUPLICATE],
        "sets": [one for one in pairs if one["kind"] == FindingKind.SHARED_SET and one["other"].pk not in twins],
        "level": level(entry, proposal),
        "links": links(analysis.links_of(qualification)),
        "seen": analysis.overview(),
    }
    return render(request, "register/analysis_entry.html", context)


def _links(request: CaseRequest, qualification: Qualification) -> HttpResponse:
    address = reverse("register-analysis-entry", args=[qualification.code])
    if "propose" in request.POST:
        try:
            made = propose_links(qualification=qualification, acting_user=request.acting)
            messages.success(request, _("Nowe propozycje: %(count)d.") % {"count": made})
        except RuleBroken as refusal:
            messages.error(request, str(refusal.message))
        return redirect(f"{address}#esco")
    key, decision = request.POST.get("link", ""), request.POST.get("decision", "")
    rows = OutcomeLink.objects.filter(outcome__outcome_set__qualification=qualification)
    link = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 16 else None
    if link is None or decision not in DECISIONS:
        raise Http404
    decide_link(link=link, accept=DECISIONS[decision], acting_user=request.acting)
    return redirect(f"{address}#efekt-{link.outcome_id}")


def wording(qualification: Qualification, held: Wording, found: list[Fault]) -> dict[str, Any]:
    """A wording with its faults marked, each with why and what to write instead."""
    return {
        "place": held.place,
        "text": marked(held.text, [(fault.start, fault.end) for fault in found]),
        "serious": any(fault.serious for fault in found),
        "faults": [
            fault_words(fault) | {"change": change_address(qualification, held, n)} for n, fault in enumerate(found)
        ],
    }


def change_address(qualification: Qualification, held: Wording, number: int) -> str:
    """The page of editing with a suggestion written in."""
    return f"{reverse('register-edit', args=[qualification.code])}?{urlencode({'zdanie': held.place, 'uwaga': number})}"


def pair(finding: Finding) -> dict[str, Any]:
    """Two entries alike: each shared outcome with the words in common and those that differ."""
    data = finding.data
    rows = [
        {
            "own": differing(one["own"], one["only_own"]),
            "other": differing(one["other"], one["only_other"]),
            "same": not one["only_own"] and not one["only_other"],
            "shared": ", ".join(one["shared"]),
        }
        for one in data["counterparts"]
    ]
    return {
        "kind": finding.kind,
        "other": finding.other,
        "said": said(finding),
        "rows": rows,
        "left_own": data["left_own"],
        "left_other": data["left_other"],
        "own_set": data["own"].partition("/")[2],
        "other_set": data["other"].partition("/")[2],
    }


def differing(text: str, words: Sequence[str]) -> SafeString:
    """The text with the words that the other one does not have marked."""
    spans, lower = [], text.lower()
    for word in words:
        at = lower.find(word)
        if at >= 0 and len(lower) == len(text):
            spans.append((at, at + len(word)))
    return marked(text, spans)


def level(entry: Entry, proposal: Proposal) -> dict[str, Any]:
    """The proposed level with reasons by axis, for and against, neighbours beside."""
    lacks = {
        "wordings": _("Wpis ma za mało efektów i kryteriów."),
        "reasons": _("W efektach jest za mało słów, które mówią o poziomie."),
        "axes": _("Słowa mówią tylko o jednej stronie poziomu, na przykład o zadaniach, a nic o samodzielności."),
        "agreement": _("Słowa mówią o poziomach bardzo od siebie odległych."),
    }
    return {
        "proposal": proposal,
        "stated": entry.level,
        "lacks": lacks.get(proposal.lacks, ""),
        "support": [
            {"level": at, "part": round(100 * value), "width": max(1, round(2 * 100 * value))}
            for at, value in enumerate(proposal.support, start=1)
        ],
        "groups": by_axis(proposal.for_it if proposal.level else proposal.reasons),
        "against": by_axis(proposal.against) if proposal.level else [],
    }


def by_axis(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons gathered by axis and meaning: the words, and the places where they stand."""
    gathered: dict[tuple[str, int, int, str], dict[str, list[str]]] = {}
    for one in reasons:
        words = gathered.setdefault((one.axis, one.low, one.high, str(one.meaning)), {})
        words.setdefault(one.words.lower(), []).append(one.place)
    made = [
        {
            "axis": Axis(axis).label,
            "levels": f"{low}-{high}",
            "meaning": meaning,
            "words": format_html_join(
                ", ", "<b>{}</b> ({})", ((word, ", ".join(at[:3])) for word, at in words.items())
            ),
        }
        for (axis, low, high, meaning), words in gathered.items()
    ]
    return sorted(made, key=lambda one: str(one["axis"]))[:SHOWN_REASONS]


def links(held: Sequence[OutcomeLink]) -> list[dict[str, Any]]:
    """Links by outcome; the outcome's words that met a skill's are marked by the template."""
    groups: dict[int, dict[str, Any]] = {}
    for link in held:
        outcome = link.outcome
        assert outcome.outcome_set is not None
        number = f"{outcome.outcome_set.number}.{outcome.number}"
        group = groups.setdefault(outcome.pk, {"outcome": outcome, "number": number, "links": []})
        said_again = link.wording == outcome.title_pl
        group["links"].append({"link": link, "met": met(link), "changed": link.accepted is not None and not said_again})
    return list(groups.values())


def met(link: OutcomeLink) -> str:
    """Which words met which, for a reader."""
    return "; ".join(f"{own} = {theirs}" if own != theirs else own for own, theirs in link.reason)
