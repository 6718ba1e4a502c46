"""Bringing frameworks in from their official files: ESCO (any language and version) and KZiS by edition (MT-2).

An import streams its files, writes in batches and can be run again: what is there already is updated, what the files
no longer have is retired, never deleted. It is one transaction: it completes or leaves nothing.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from dorobek.kernel import history
from dorobek.kernel.text import normalised
from dorobek.register.actions.entries import REGISTER_STREAM
from dorobek.register.enums import ConceptKind, RelationKind
from dorobek.register.models import Concept, ConceptRelation, Framework
from dorobek.register.queries.indexes import ask_for_all

ESCO_NOTICE = "This service uses the ESCO classification of the European Commission."
BATCH = 2000
MOST_REPEATED = 100  # one code in so many may stand twice in a classification
Progress = Callable[[str, int], None]
CONCEPT_COLUMNS = ["code", "kind", "group_code", "retired"]


class BadFile(ValueError):
    """A file of a framework cannot be imported; the message names the file, the line and what to do."""


@dataclass
class FrameworkImport:
    """What an import of a framework brought."""

    framework: Framework
    concepts: int = 0
    relations: int = 0
    retired: int = 0
    skipped: list[str] = field(default_factory=list)


def _silent(_file: str, _rows: int) -> None:
    """No progress wanted."""


@transaction.atomic
def import_esco(*, folder: Path, edition: str, progress: Progress = _silent) -> FrameworkImport:
    """Read an official ESCO export. Languages are told by the files' names (`skills_pl.csv`); several may lie together.

    `progress(file, rows)` is called after each batch. Raises BadFile.
    """
    languages = sorted({path.stem.rsplit("_", 1)[1] for path in folder.glob("skills_*.csv")})
    if not [language for language in languages if language in ("pl", "en")]:
        raise BadFile(f"{folder}: no skills_pl.csv or skills_en.csv; give the folder of the unpacked ESCO export")
    framework = stored("esco", edition, "ESCO", "https://esco.ec.europa.eu", ESCO_NOTICE)
    done = FrameworkImport(framework)
    seen: set[str] = set()
    for language in languages:
        if language not in ("pl", "en"):
            done.skipped.append(f"language {language}: only Polish and English are kept")
            continue
        for name, read in (
            ("ISCOGroups", _group),
            ("skillGroups", _group),
            ("skills", _skill),
            ("occupations", _occupation),
        ):
            path = folder / f"{name}_{language}.csv"
            if path.exists():
                seen |= _concepts(framework, path, language, read, progress)
    done.concepts = len(seen)
    done.retired = retire(framework, seen)
    keys = dict(Concept.objects.filter(framework=framework).values_list("uri", "pk"))
    for name, read_relation in RELATIONS:
        path = folder / name
        if path.exists():
            _relations(done, path, keys, read_relation, progress)
    finish(done, folder)
    return done


@transaction.atomic
def import_kzis(*, file: Path, edition: str, progress: Progress = _silent) -> FrameworkImport:
    """Read an edition of the Polish classification of occupations: CSV or TSV with a code and a name in each row.

    Codes of one to four digits are groups, longer ones occupations. The edition of 2023 as published has three codes
    twice: so few are told in `skipped`, the second name kept as another one. Raises BadFile for more of them and for a
    code of no known length.
    """
    framework = stored("kzis", edition, "Klasyfikacja zawodów i specjalności", "https://psz.praca.gov.pl", "")
    rows, others, repeated = _classification(file)
    made = [
        Concept(
            framework=framework,
            uri=f"kzis:{edition}:{code}",
            code=code,
            kind=ConceptKind.OCCUPATION if len(code) > 4 else ConceptKind.GROUP,
            label_pl=name[:400],
            plain_pl=normalised(name)[:400],
            other_pl=others.get(code, []),
            group_code=code[:4] if len(code) > 4 else "",
        )
        for code, name in rows.items()
    ]
    upsert(made, ["label_pl", "plain_pl", "other_pl", *CONCEPT_COLUMNS])
    progress(file.name, len(made))
    done = FrameworkImport(framework, len(made), skipped=repeated)
    done.retired = retire(framework, {concept.uri for concept in made})
    keys = dict(Concept.objects.filter(framework=framework).values_list("code", "pk"))
    broader = [(code, code[:length]) for code in rows for length in _parents(code) if code[:length] in rows]
    done.relations = write_relations((keys[a], keys[b], RelationKind.BROADER) for a, b in broader)
    finish(done, file)
    return done


def _classification(file: Path) -> tuple[dict[str, str], dict[str, list[str]], list[str]]:
    """Names by code, further names by code, and what to say of codes that stand twice."""
    rows: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    repeated = []
    for line, row in rows_of(file):
        code, name = (str(row.get(key) or "").strip() for key in _code_and_name(file, row))
        if not re.fullmatch(r"\d{1,6}", code) or not name:
            raise BadFile(
                f"{file.name}, line {line}: a code of one to six digits and a name are needed, found {code!r}"
            )
        if code not in rows:
            rows[code] = name
            continue
        also = "" if name == rows[code] else f"; „{name}” is kept as another name of „{rows[code]}”"
        repeated.append(f"{file.name}, line {line}: the code {code} stands twice{also}")
        if also:
            others.setdefault(code, []).append(name)
    if len(repeated) > len(rows) // MOST_REPEATED:
        raise BadFile(f"{repeated[0]}; so do {len(repeated) - 1} more, so this is not one edition: give one at a time")
    return rows, others, repeated


def _parents(code: str) -> Iterator[int]:
    """The length of the nearest possible group of a code."""
    if len(code) > 4:
        yield 4
    elif len(code) > 1:
        yield len(code) - 1


def _code_and_name(file: Path, row: dict[str, str]) -> tuple[str, str]:
    names = {str(name).strip().casefold(): name for name in row}
    code = next((names[n] for n in ("code", "class", "kod", "kod zawodu") if n in names), None)
    name = next((names[n] for n in ("name", "nazwa", "nazwa zawodu") if n in names), None)
    if code is None or name is None:
        raise BadFile(f"{file.name}, line 1: no columns for code and name; the heading is: {', '.join(row)[:200]}")
    return code, name


def stored(code: str, edition: str, name: str, source: str, notice: str) -> Framework:
    framework, _made = Framework.objects.get_or_create(
        code=code, edition=edition, defaults={"name": name, "source": source, "notice": notice}
    )
    return Framework.objects.select_for_update().get(pk=framework.pk)


def finish(done: FrameworkImport, source: Path) -> None:
    """Count the import, put it on record, have the matcher's indexes learned anew."""
    done.framework.revision += 1
    done.framework.imported_at = timezone.now()
    done.framework.save(update_fields=["revision", "imported_at"])
    if done.framework.code == "esco":
        transaction.on_commit(lambda: ask_for_all("occupations", "skills"))
    history.record(
        stream=REGISTER_STREAM,
        kind="framework.imported",
        actor_id=None,
        subject=done.framework.uid,
        data={
            "edition": done.framework.edition,
            "from": source.name,
            "concepts": done.concepts,
            "relations": done.relations,
        },
    )


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line. Raises BadFile for a file that is not UTF-8, has no rows, or breaks in the middle."""
    csv.field_size_limit(5_000_000)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            heading = handle.readline()
            handle.seek(0)
            reader = csv.DictReader(
                handle,
                delimiter="\t" if "\t" in heading else ";" if heading.count(";") > heading.count(",") else ",",
                strict=True,
            )
            for row in reader:
                if None in row or None in row.values():
                    raise BadFile(f"{path.name}, line {reader.line_num}: the row has not as many fields as the heading")
                yield reader.line_num, row
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{path.name}: the file is not in UTF-8 (byte {error.start}); save it as UTF-8 and import again"
        ) from error
    except csv.Error as error:
        raise BadFile(f"{path.name}: broken near line {reader.line_num}: {error}") from error


def _need(path: Path, row: dict[str, str], *names: str) -> None:
    missing = [name for name in names if name not in row]
    if missing:
        raise BadFile(
            f"{path.name}, line 1: the columns {', '.join(missing)} are missing; it has {', '.join(row)[:200]}"
        )


Reader = Callable[[dict[str, str]], dict[str, Any]]


def _concepts(framework: Framework, path: Path, language: str, read: Reader, progress: Progress) -> set[str]:
    label, plain = f"label_{language}", f"plain_{language}"
    other, description = f"other_{language}", f"description_{language}"
    batch: list[Concept] = []
    seen: set[str] = set()
    for line, row in rows_of(path):
        _need(path, row, "conceptUri", "preferredLabel")
        uri = row["conceptUri"].strip()
        if not uri or uri in seen:
            raise BadFile(
                f"{path.name}, line {line}: " + (f"{uri} stands twice" if uri else "a row without conceptUri")
            )
        seen.add(uri)
        texts = {
            label: row["preferredLabel"].strip()[:400],
            plain: normalised(row["preferredLabel"])[:400],
            other: _others(row),
            description: row.get("description", ""),
        }
        batch.append(Concept(framework=framework, uri=uri, **texts, **read(row)))
        if len(batch) == BATCH:
            upsert(batch, [label, plain, other, description, *CONCEPT_COLUMNS])
            progress(path.name, len(seen))
            batch = []
    upsert(batch, [label, plain, other, description, *CONCEPT_COLUMNS])
    progress(path.name, len(seen))
    return seen


def _others(row: dict[str, str]) -> list[str]:
    written = f"{row.get('altLabels', '')}\n{row.get('hiddenLabels', '')}"
    return list(dict.fromkeys(label.strip() for label in written.splitlines() if label.strip()))


def _group(row: dict[str, str]) -> dict[str, Any]:
    kind = ConceptKind.FIELD if "isced-f" in row["conceptUri"] else ConceptKind.GROUP
    return {"kind": kind, "code": row.get("code", "")[:40]}


def _skill(row: dict[str, str]) -> dict[str, Any]:
    return {"kind": ConceptKind.KNOWLEDGE if row.get("skillType") == "knowledge" else ConceptKind.SKILL}


def _occupation(row: dict[str, str]) -> dict[str, Any]:
    group = row.get("iscoGroup", "")
    return {"kind": ConceptKind.OCCUPATION, "code": (row.get("code") or group)[:40], "group_code": group[:40]}


def upsert(batch: list[Concept], columns: list[str]) -> None:
    Concept.objects.bulk_create(
        batch, update_conflicts=True, unique_fields=["framework", "uri"], update_fields=columns, batch_size=BATCH
    )


def retire(framework: Framework, seen: set[str]) -> int:
    """Mark what the files no longer have; how many."""
    held = Concept.objects.filter(framework=framework, retired=False).values_list("uri", "pk")
    gone = [pk for uri, pk in held if uri not in seen]
    for start in range(0, len(gone), 500):
        Concept.objects.filter(pk__in=gone[start : start + 500]).update(retired=True)
    return len(gone)


def _needed(row: dict[str, str]) -> tuple[str, str, str]:
    kind = RelationKind.ESSENTIAL if row["relationType"] == "essential" else RelationKind.OPTIONAL
    return row["occupationUri"], row["skillUri"], kind


def _broader(row: dict[str, str]) -> tuple[str, str, str]:
    return row["conceptUri"], row["broaderUri"], RelationKind.BROADER


def _related(row: dict[str, str]) -> tuple[str, str, str]:
    return row["originalSkillUri"], row["relatedSkillUri"], RelationKind.RELATED


PairReader = Callable[[dict[str, str]], tuple[str, str, str]]
RELATIONS: tuple[tuple[str, PairReader], ...] = (
    ("broaderRelationsOccPillar.csv", _broader),
    ("broaderRelationsSkillPillar.csv", _broader),
    ("skillSkillRelations.csv", _related),
    ("occupationSkillRelations.csv", _needed),
)


def _relations(done: FrameworkImport, path: Path, keys: dict[str, int], read: PairReader, progress: Progress) -> None:
    strangers = 0

    def pairs() -> Iterator[tuple[int, int, str]]:
        nonlocal strangers
        parents: dict[int, set[int]] = {}
        for line, row in rows_of(path):
            try:
                source, target, kind = read(row)
            except KeyError as missing:
                raise BadFile(f"{path.name}, line 1: the column {missing} is missing") from missing
            if source not in keys or target not in keys:
                strangers += 1
                continue
            if kind == RelationKind.BROADER:
                parents.setdefault(keys[source], set()).add(keys[target])
                if _climbs_to(parents, keys[target], keys[source]):
                    raise BadFile(f"{path.name}, line {line}: a cycle in the hierarchy: {source} lies below itself")
            yield keys[source], keys[target], kind

    count = write_relations(pairs())
    done.relations += count
    if strangers:
        done.skipped.append(f"{path.name}: {strangers} relations to concepts that no file names")
    progress(path.name, count)


def _climbs_to(parents: dict[int, set[int]], start: int, wanted: int) -> bool:
    """True when the broader concepts of `start` lead to `wanted`."""
    seen, waiting = set(), [start]
    while waiting:
        at = waiting.pop()
        if at == wanted:
            return True
        if at not in seen:
            seen.add(at)
            waiting.extend(parents.get(at, ()))
    return False


def write_relations(pairs: Iterable[tuple[int, int, str]]) -> int:
    """Insert relations that are not there yet; how many were read."""
    count, batch = 0, []
    for source, target, kind in pairs:
        batch.append(ConceptRelation(source_id=source, target_id=target, kind=kind))
        if len(batch) == 5 * BATCH:
            ConceptRelation.objects.bulk_create(batch, ignore_conflicts=True, batch_size=BATCH)
            count, batch = count + len(batch), []
    ConceptRelation.objects.bulk_create(batch, ignore_conflicts=True, batch_size=BATCH)
    return count + len(batch)


def edition_of(folder: Path) -> str:
    """A short name for files that do not tell their edition: the digest of their names and sizes."""
    listed = sorted((path.name, path.stat().st_size) for path in folder.glob("*.csv"))
    return hashlib.sha256(repr(listed).encode()).hexdigest()[:8]
