"""Reads of the analysis: counts, lists with filters and pages, everything about one entry, links (RG-7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from dorobek.kernel.text import normalised
from dorobek.register.analysis.entries import Wording, checked, wordings
from dorobek.register.analysis.kinds import FaultKind, FindingKind
from dorobek.register.analysis.level import Neighbour, Proposal, propose
from dorobek.register.analysis.wording import Fault
from dorobek.register.enums import ConceptKind
from dorobek.register.models import (
    AnalysisRun,
    Concept,
    Finding,
    Framework,
    OutcomeLink,
    Qualification,
    QualificationVersion,
)
from dorobek.register.queries.search import nearest_to

PAGE = 20
LEAST_MET = 4  # words in common from which another entry's level says something
DECIDED = {"waiting": None, "accepted": True, "rejected": False}


@dataclass(frozen=True)
class Overview:
    """The newest run and how much it found. `fresh`: the register has not changed since."""

    run: AnalysisRun | None
    fresh: bool
    counts: dict[str, int]  # by kind: entries, or pairs once each
    serious: dict[str, int]
    links: dict[str, int]  # waiting, accepted, rejected


@dataclass(frozen=True)
class FindingPage:
    """A page of findings of one kind."""

    rows: Sequence[Finding]
    total: int
    page: int
    pages: int


def register_now() -> str:
    """What an analysis depends on: key and digest of the register's newest version. One statement."""
    newest = QualificationVersion.objects.order_by("-pk").values_list("pk", "digest").first()
    return f"{newest[0]}:{newest[1]}" if newest else "empty"


def overview() -> Overview:
    """Four statements."""
    run = AnalysisRun.objects.order_by("-pk").first()
    rows = Finding.objects.filter(run=run, first=True).values_list("kind")
    counted = dict.fromkeys(FindingKind.values, (0, 0))
    for kind, n, bad in rows.annotate(n=Count("pk"), bad=Count("pk", filter=Q(serious=True))):
        counted[kind] = (n, bad)
    decided = dict(OutcomeLink.objects.values_list("accepted").annotate(n=Count("pk")))
    return Overview(
        run=run,
        fresh=run is not None and run.newest == register_now(),
        counts={kind: n for kind, (n, _bad) in counted.items()},
        serious={kind: bad for kind, (_n, bad) in counted.items()},
        links={name: decided.get(value, 0) for name, value in DECIDED.items()},
    )


def findings(kind: str, *, serious: bool = False, words: str = "", page: int = 1) -> FindingPage:
    """Findings of a kind, the gravest or nearest first; pairs once each. `words`: of the title or the code.

    Two statements.
    """
    rows = Finding.objects.filter(kind=kind, first=True).select_related("qualification", "other")
    if serious:
        rows = rows.filter(serious=True)
    for word in words.replace("\0", " ").split()[:6]:
        key = Q(qualification__search_text__contains=normalised(word)) | Q(
            other__search_text__contains=normalised(word)
        )
        rows = rows.filter(key)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    held = rows.order_by("-score", "pk")[(page - 1) * PAGE : page * PAGE]
    return FindingPage(list(held), total, page, pages)


def faults_of(qualification: Qualification) -> list[tuple[Wording, list[Fault]]]:
    """Wordings of the newest version with their faults; counted at once, not from the last run. No statement."""
    return checked(qualification.entry)


def pairs_of(qualification: Qualification) -> QuerySet[Finding]:
    """Entries and sets alike, as the last run saw them, nearest first. One statement."""
    kinds = (FindingKind.DUPLICATE, FindingKind.SHARED_SET)
    rows = Finding.objects.filter(qualification=qualification, kind__in=kinds)
    return rows.select_related("other").order_by("kind", "-score", "pk")


def level_of(qualification: Qualification) -> Proposal:
    """The level its words allow, its neighbours' levels beside. Four statements."""
    near = [
        (hit.qualification, tuple(dict.fromkeys(word.lower() for word in hit.met))) for hit in nearest_to(qualification)
    ]
    neighbours = [
        Neighbour(one.code, one.title_pl, one.level, met)
        for one, met in near
        if one.level and len(" ".join(met).split()) >= LEAST_MET
    ]
    rows = [(one.place, one.text) for one in wordings(qualification.entry)]
    return propose(rows, neighbours=neighbours, descriptors=descriptors())


def descriptors() -> dict[int, str]:
    """Official descriptors of PRK levels by level, of the edition imported last; none without any. One statement."""
    found: dict[int, str] = {}
    newest = Framework.objects.filter(code="prk", imported_at__isnull=False).order_by("-imported_at", "-pk")
    rows = Concept.objects.filter(framework__in=newest.values("pk")[:1], kind=ConceptKind.DESCRIPTOR, retired=False)
    rows = rows.order_by("pk")
    for code, label, text in rows.values_list("code", "label_pl", "description_pl"):
        level = next((int(sign) for sign in code if sign in "12345678"), 0)
        found[level] = f"{found.get(level, '')} {label} {text}".strip()
    return found


def links_of(qualification: Qualification) -> list[OutcomeLink]:
    """Every link of outcomes that the newest version has, proposed ones first, best first. One statement."""
    rows = OutcomeLink.objects.filter(outcome__outcome_set__qualification=qualification, outcome__withdrawn=False)
    rows = rows.select_related("outcome__outcome_set", "concept__framework", "decided_by")
    return list(rows.order_by("outcome__outcome_set__number", "outcome__number", "-score", "pk"))


def accepted_links(qualification: Qualification) -> list[OutcomeLink]:
    """Links for everybody to see: accepted, and the outcome still reads as it did. One statement; none without any."""
    return accepted_for([qualification]).get(qualification.pk, [])


def accepted_for(qualifications: Iterable[Qualification]) -> dict[int, list[OutcomeLink]]:
    """The same of many by their keys, only those that have any. One statement; none where none was ever decided."""
    keys = [one.pk for one in qualifications if one.links_at is not None]
    rows = OutcomeLink.objects.filter(
        outcome__outcome_set__qualification__in=keys,
        outcome__withdrawn=False,
        accepted=True,
        wording=F("outcome__title_pl"),
    )
    rows = rows.select_related("outcome__outcome_set", "concept__framework")
    found: dict[int, list[OutcomeLink]] = {}
    for link in rows.order_by("outcome__outcome_set__number", "outcome__number", "-score", "pk") if keys else ():
        assert link.outcome.outcome_set is not None
        found.setdefault(link.outcome.outcome_set.qualification_id, []).append(link)
    return found


def kinds_found(data: list[dict[str, list[dict[str, str]]]]) -> list[tuple[FaultKind, int]]:
    """How often each kind of fault stands in a stored finding, most frequent first."""
    counts: dict[str, int] = {}
    for wording in data:
        for fault in wording["faults"]:
            counts[fault["kind"]] = counts.get(fault["kind"], 0) + 1
    return [(FaultKind(kind), n) for kind, n in sorted(counts.items(), key=lambda one: -one[1])]
