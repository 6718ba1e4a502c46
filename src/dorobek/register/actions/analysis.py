"""Writes of the analysis: a run over the whole register, and links of outcomes to skills (RG-7).

An analysis changes no entry. Its findings are hints for an editor, who proposes a change that a second editor accepts.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.kernel import jobs
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import Job
from dorobek.people.acting import ActingUser
from dorobek.register.actions.entries import REGISTER_STREAM
from dorobek.register.analysis.entries import (
    SHAPE,
    checked,
    fault_data,
    level_data,
    pair_data,
    parts,
    whole,
    wordings,
)
from dorobek.register.analysis.kinds import FindingKind
from dorobek.register.analysis.level import propose
from dorobek.register.analysis.likeness import Holder, compare
from dorobek.register.entry import Entry
from dorobek.register.models import AnalysisRun, Finding, OutcomeLink, Qualification
from dorobek.register.perms import may_edit_register
from dorobek.register.queries.analysis import descriptors, register_now
from dorobek.register.queries.skills import NotYet, skills_for

JOB = "register-analysis"
SET_LEAST = 0.75  # sets alike from here are shared; entries from `likeness.PAIR`
BATCH = 1000
Told = Callable[[int, int], None]


def start_analysis(*, acting_user: ActingUser) -> Job:
    """Ask for an analysis of the register as it stands; the same state twice is the same job. Raises NotAllowed."""
    acting_user.require(may_edit_register(acting_user.account))
    return jobs.start(JOB, key=f"{JOB}:{SHAPE}:{register_now()}"[:200], asked_by=acting_user.account)


def _silent(_done: int, _total: int) -> None:
    """No progress wanted."""


def analyse(report: Told = _silent) -> AnalysisRun:
    """Look at every entry with outcomes and keep what was found; older runs go. Safe to repeat."""
    begun = time.monotonic()
    newest = register_now()
    keys: dict[str, int] = {}
    entries: list[Holder] = []
    sets: list[Holder] = []
    rows: list[Finding] = []
    total = Qualification.objects.filter(outcome_count__gt=0).count()
    official = descriptors()
    with translation.override("pl"):
        for done, (pk, entry) in enumerate(_described(), start=1):
            keys[entry.code] = pk
            rows += _of_one(pk, entry, official)
            held = whole(entry)
            entries += [held] if held else []
            sets += parts(entry)
            report(done, total + 2)
    left_out: Counter[str] = Counter()
    for kind, holders, least in ((FindingKind.DUPLICATE, entries, None), (FindingKind.SHARED_SET, sets, SET_LEAST)):
        rows += _pairs(kind, holders, keys, left_out, least)
        report(total + 1, total + 2)
    return _keep(rows, newest, len(keys), time.monotonic() - begun, left_out)


def _described() -> Iterator[tuple[int, Entry]]:
    held = Qualification.objects.filter(outcome_count__gt=0, current__isnull=False).order_by("pk")
    for pk, data in held.values_list("pk", "current__data").iterator(chunk_size=300):
        yield pk, Entry.from_data(data)


def _of_one(pk: int, entry: Entry, official: Mapping[int, str]) -> Iterator[Finding]:
    """What can be said about an entry without looking at others."""
    found = checked(entry)
    if found:
        serious = sum(one.serious for _wording, faults in found for one in faults)
        yield Finding(
            kind=FindingKind.WORDING,
            qualification_id=pk,
            score=serious + sum(len(faults) for _wording, faults in found) / 1000,
            serious=serious > 0,
            data={"wordings": [fault_data(*one) for one in found]},
        )
    proposal = propose(((one.place, one.text) for one in wordings(entry)), descriptors=official)
    if proposal.level and proposal.level != entry.level:
        apart = abs(proposal.level - entry.level) if entry.level else 1
        yield Finding(
            kind=FindingKind.LEVEL,
            qualification_id=pk,
            score=apart,
            serious=apart > 1,
            data=level_data(entry, proposal),
        )


def _pairs(
    kind: FindingKind, holders: list[Holder], keys: dict[str, int], left_out: Counter[str], least: float | None
) -> Iterator[Finding]:
    """Two rows for each pair, one seen from either entry."""
    found = compare(holders) if least is None else compare(holders, least=least)
    by_key = {one.key: one for one in holders}
    left_out.update({f"{kind}-{name}": count for name, count in found.left_out.items()})
    for pair in found.pairs:
        first, second = by_key[pair.first], by_key[pair.second]
        for turned, own, other in ((False, first, second), (True, second, first)):
            yield Finding(
                kind=kind,
                qualification_id=keys[own.owner],
                other_id=keys[other.owner],
                score=pair.score,
                first=not turned,
                data=pair_data(pair, first, second, turned=turned),
            )


@transaction.atomic
def _keep(rows: list[Finding], newest: str, entries: int, seconds: float, left_out: Counter[str]) -> AnalysisRun:
    AnalysisRun.objects.all().delete()
    run = AnalysisRun.objects.create(
        newest=newest, entries=entries, seconds=round(seconds, 1), left_out=dict(left_out)
    )  # fmt: skip
    for row in rows:
        row.run = run
    Finding.objects.bulk_create(rows, batch_size=BATCH)
    return run


@transaction.atomic
def propose_links(*, qualification: Qualification, acting_user: ActingUser) -> int:
    """Propose ESCO skills for each outcome of the entry; what somebody decided stays. How many are new.

    Raises NotAllowed, RuleBroken (no ESCO in a language that the outcomes have, its index not built yet).
    """
    acting_user.require(may_edit_register(acting_user.account))
    Qualification.objects.select_for_update().get(pk=qualification.pk)
    try:
        proposals = skills_for(qualification)
    except NotYet as waiting:
        raise RuleBroken(
            _("Spis umiejętności ESCO jeszcze się przygotowuje. Proszę spróbować za kilka minut.")
        ) from waiting
    if proposals is None:
        raise RuleBroken(
            _(
                "Nie ma tu umiejętności ESCO w języku tych efektów. Operator może je wczytać: dorobek import esco KATALOG."
            )
        )
    links = OutcomeLink.objects.filter(outcome__outcome_set__qualification=qualification)
    links.filter(accepted=None).delete()
    held = set(links.values_list("outcome_id", "concept_id"))
    fresh = [
        OutcomeLink(
            outcome=one.outcome, concept_id=one.concept_id, score=one.score, reason=one.reason,
            wording=one.outcome.title_pl,
        )
        for one in proposals
        if (one.outcome.pk, one.concept_id) not in held
    ]  # fmt: skip
    OutcomeLink.objects.bulk_create(fresh)
    acting_user.record(
        "entry.links_proposed",
        stream=REGISTER_STREAM,
        subject=qualification.uid,
        code=qualification.code,
        count=len(fresh),
    )
    return len(fresh)


@transaction.atomic
def decide_link(*, link: OutcomeLink, accept: bool | None, acting_user: ActingUser) -> OutcomeLink:
    """Accept a link, reject it, or with None take a decision back. Raises NotAllowed.

    One editor is enough: a link says nothing new about the entry, it leads to a neighbour of its words.
    """
    acting_user.require(may_edit_register(acting_user.account))
    held = (
        OutcomeLink.objects.select_for_update(of=("self",))
        .select_related("outcome__outcome_set", "concept")
        .get(pk=link.pk)
    )
    if held.accepted == accept and held.wording == held.outcome.title_pl:
        return held
    held.accepted, held.decided_at = accept, timezone.now()
    held.decided_by, held.wording = acting_user.account, held.outcome.title_pl
    held.save()
    assert held.outcome.outcome_set is not None
    Qualification.objects.filter(pk=held.outcome.outcome_set.qualification_id).update(links_at=held.decided_at)
    acting_user.record(
        "entry.link_decided",
        stream=REGISTER_STREAM,
        subject=held.outcome.uid,
        code=held.outcome.code,
        concept=held.concept.uri,
        accepted=accept,
    )
    return held
