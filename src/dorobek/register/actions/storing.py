"""How a chunk of entries becomes rows: a bounded number of statements for up to a few hundred entries.

Rows keep their identity over versions (by code, number and letter), because evidence, plans and decisions point at
them; what a new version no longer has is marked withdrawn, never deleted.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from dorobek.kernel.history import canonical
from dorobek.kernel.text import normalised, sort_key
from dorobek.register.entry import Entry, Outcome, Read
from dorobek.register.entry import OutcomeSet as EntrySet
from dorobek.register.entry.differences import differences
from dorobek.register.enums import BodyRole, Source
from dorobek.register.models import (
    Criterion,
    Entitlement,
    LearningOutcome,
    OutcomeSet,
    Qualification,
    QualificationMethod,
    QualificationVersion,
    RegisterBody,
)

FRAMEWORK = "zrk"
COLUMNS = (
    "code_before_2020", "title_pl", "title_en", "summary_pl", "kind", "category", "level", "status", "field_code",
    "field_label", "activity_code", "activity_label", "hours", "effective_from", "next_review", "awarded_by",
    "outcome_count", "criterion_count", "search_text", "sort_key",
)  # fmt: skip
SUMMARY = 300


@dataclass
class Stored:
    """Codes created and changed, and how many stood as they were."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


def store_chunk(reads: Sequence[Read], source: Source, source_name: str) -> Stored:
    """Write the entries that differ from their newest version. Inside the caller's transaction."""
    stored, fresh = Stored(), []
    known = {
        q.code: q
        for q in Qualification.objects.select_related("current").filter(code__in=[r.entry.code for r in reads])
    }
    versions: dict[str, QualificationVersion] = {}
    for read in reads:
        data = read.entry.as_data()
        digest = hashlib.sha256(canonical(data)).hexdigest()
        before = known[read.entry.code].current if read.entry.code in known else None
        if before is not None and before.digest == digest:
            stored.unchanged += 1
            continue
        (stored.changed if before else stored.created).append(read.entry.code)
        fresh.append(read.entry)
        versions[read.entry.code] = QualificationVersion(
            number=before.number + 1 if before else 1,
            data=data,
            digest=digest,
            source=source,
            source_name=source_name[:200],
            changes=differences(before.data, data) if before else {},
            remarks=[[remark.kind.value, remark.line, remark.text] for remark in read.remarks],
        )
    if fresh:
        _write(fresh, versions)
    return stored


def _write(entries: Sequence[Entry], versions: dict[str, QualificationVersion]) -> None:
    rows = Qualification.objects.bulk_create(
        [Qualification(code=entry.code, **_columns(entry)) for entry in entries],
        update_conflicts=True, unique_fields=["code"], update_fields=COLUMNS,
    )  # fmt: skip
    found = dict(Qualification.objects.filter(code__in=[row.code for row in rows]).values_list("code", "pk"))
    for code, version in versions.items():
        version.qualification_id = found[code]
    made = QualificationVersion.objects.bulk_create(versions.values())
    for version in made:
        Qualification.objects.filter(pk=version.qualification_id).update(current=version)
    _outcomes(entries, found)
    _methods(entries, found)
    _bodies(entries, found)


def _columns(entry: Entry) -> dict[str, Any]:
    awarded = {body.name for body in entry.bodies if body.role == BodyRole.AWARDING and _lasts(body.until)}
    words = [entry.code, entry.code_before_2020, entry.title_pl, entry.title_en]
    words += [text for group in entry.sets for text in (group.pl, *(outcome.pl for outcome in group.outcomes))]
    same = ("code_before_2020", "title_pl", "title_en", "kind", "category", "level", "status", "hours",
            "field_code", "field_label", "activity_code", "activity_label", "effective_from", "next_review",
            "outcome_count", "criterion_count")  # fmt: skip
    return {
        **{name: getattr(entry, name) for name in same},
        "summary_pl": shortened(entry.text("characteristics") or entry.text("synopsis")),
        "awarded_by": len(awarded),
        "search_text": normalised(" ".join(words)),
        "sort_key": sort_key(entry.title_pl),
    }


def shortened(text: str) -> str:
    """The first sentences, up to SUMMARY characters, ended at a word."""
    if len(text) <= SUMMARY:
        return text
    return text[:SUMMARY].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _lasts(until: str) -> bool:
    return not until or dt.date.fromisoformat(until) >= timezone.localdate()


def _upsert(model: Any, rows: list[Any], unique: list[str], update: list[str]) -> set[int]:
    """Insert or update by natural key; the keys of all of them."""
    made = model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=unique, update_fields=update, batch_size=500
    )
    return {row.pk for row in made}


def _withdraw(rows: models.QuerySet[Any], kept: set[int]) -> None:
    gone = [pk for pk in rows.filter(withdrawn=False).values_list("pk", flat=True) if pk not in kept]
    rows.model.objects.filter(pk__in=gone).update(withdrawn=True)


def _outcomes(entries: Sequence[Entry], found: dict[str, int]) -> None:
    keys = [found[entry.code] for entry in entries]
    sets = [(entry, group) for entry in entries for group in entry.sets]
    rows = [_set_row(group, found[entry.code]) for entry, group in sets]
    kept = _upsert(
        OutcomeSet, rows, ["qualification", "number"], ["title_pl", "title_en", "level", "hours", "withdrawn"]
    )
    _withdraw(OutcomeSet.objects.filter(qualification__in=keys), kept)
    outcomes = [
        (row, _outcome_row(entry, group, one, row.pk))
        for (entry, group), row in zip(sets, rows, strict=True)
        for one in group.outcomes
    ]
    kept = _upsert(
        LearningOutcome,
        [row for _set, row in outcomes],
        ["framework", "code"],
        ["kind", "title_pl", "title_en", "outcome_set", "number", "withdrawn"],
    )
    _withdraw(LearningOutcome.objects.filter(outcome_set__qualification__in=keys), kept)
    written = [one for _entry, group in sets for one in group.outcomes]
    criteria = [
        Criterion(outcome_id=row.pk, letter=one.letter, position=at, text_pl=one.pl, text_en=one.en, withdrawn=False)
        for (_set, row), outcome in zip(outcomes, written, strict=True)
        for at, one in enumerate(outcome.criteria)
    ]
    kept = _upsert(Criterion, criteria, ["outcome", "letter"], ["position", "text_pl", "text_en", "withdrawn"])
    _withdraw(Criterion.objects.filter(outcome__outcome_set__qualification__in=keys), kept)


def _set_row(group: EntrySet, key: int) -> OutcomeSet:
    return OutcomeSet(
        qualification_id=key,
        number=group.number,
        title_pl=group.pl,
        title_en=group.en,
        level=group.level,
        hours=group.hours,
    )


def _outcome_row(entry: Entry, group: EntrySet, outcome: Outcome, key: int) -> LearningOutcome:
    return LearningOutcome(
        framework=FRAMEWORK,
        code=f"{entry.code}-{group.number}-{outcome.number}",
        kind=outcome.kind,
        title_pl=outcome.pl,
        title_en=outcome.en,
        outcome_set_id=key,
        number=outcome.number,
    )


def _methods(entries: Sequence[Entry], found: dict[str, int]) -> None:
    QualificationMethod.objects.filter(qualification__in=found.values()).delete()
    QualificationMethod.objects.bulk_create(
        QualificationMethod(qualification_id=found[entry.code], method=code)
        for entry in entries
        if entry.rules
        for code in sorted({method.code for method in entry.rules.methods})
    )


def _bodies(entries: Sequence[Entry], found: dict[str, int]) -> None:
    """Roles named by the entries begin; roles they no longer name end today, and stay on record."""
    named = {normalised(body.name)[:300]: body for entry in entries for body in entry.bodies}
    RegisterBody.objects.bulk_create(
        [RegisterBody(name=body.name[:300], name_key=key, place=body.place[:200]) for key, body in named.items()],
        ignore_conflicts=True,
    )
    keys = dict(RegisterBody.objects.filter(name_key__in=named).values_list("name_key", "pk"))
    wanted = {
        (found[entry.code], keys[normalised(body.name)[:300]], body.role): body
        for entry in entries
        for body in entry.bodies
    }
    lasting = Entitlement.objects.filter(qualification__in=found.values(), until=None)
    held = {(one.qualification_id, one.body_id, one.role): one.pk for one in lasting}
    _end(pk for key, pk in held.items() if key not in wanted)
    Entitlement.objects.bulk_create(
        Entitlement(
            qualification_id=key[0],
            body_id=key[1],
            role=key[2],
            since=dt.date.fromisoformat(body.since) if body.since else None,
            until=dt.date.fromisoformat(body.until) if body.until else None,
        )
        for key, body in wanted.items()
        if key not in held
    )


def _end(keys: Iterable[int]) -> None:
    Entitlement.objects.filter(pk__in=list(keys)).update(until=timezone.localdate())
