"""A framework as a plain table: PRK and EQF descriptors, sector frameworks, fields of education, activities (MT-2).

CSV or TSV in UTF-8 with a heading; columns `code` and `name`, and if wanted `description`, `name_en`, `description_en`,
`broader` (the code of the row above). One transaction: an import completes or leaves nothing; again, it updates and
retires.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from dorobek.kernel.text import normalised
from dorobek.register.actions import frameworks as files
from dorobek.register.actions.frameworks import BadFile, FrameworkImport
from dorobek.register.enums import ConceptKind, RelationKind
from dorobek.register.models import Concept

MOST = 50_000  # rows of such a table
COLUMNS = ("label_pl", "label_en", "plain_pl", "plain_en", "description_pl", "description_en", *files.CONCEPT_COLUMNS)


@dataclass(frozen=True)
class Kind:
    """What tables of a kind are called and what their rows are."""

    name: str
    of: ConceptKind


KINDS = {
    "prk": Kind("Polska Rama Kwalifikacji", ConceptKind.DESCRIPTOR),
    "eqf": Kind("Europejska Rama Kwalifikacji", ConceptKind.DESCRIPTOR),
    "srk": Kind("Sektorowa Rama Kwalifikacji", ConceptKind.DESCRIPTOR),
    "isced": Kind("ISCED-F", ConceptKind.FIELD),
    "pkd": Kind("Polska Klasyfikacja Działalności", ConceptKind.ACTIVITY),
}
PRK_CODE = re.compile(r"[^0-9]*[1-8]([^0-9].*)?")  # "P6U_W", "PRK 6", "6": the level is its first digit


@transaction.atomic
def import_table(*, file: Path, kind: str, edition: str, name: str = "") -> FrameworkImport:
    """Read one edition of a framework. `name` tells sector frameworks apart.

    Raises BadFile, with the line: a column missing, a code twice, a PRK code without a level from 1 to 8, a `broader`
    that no row has, a cycle in the hierarchy.
    """
    rows = _read(file, kind)
    framework = files.stored(kind, edition, name or KINDS[kind].name, "", "")
    made = [
        Concept(
            framework=framework,
            uri=f"{kind}:{edition}:{code}",
            code=code,
            kind=KINDS[kind].of,
            label_pl=row["name"],
            plain_pl=normalised(row["name"])[:400],
            label_en=row["name_en"],
            plain_en=normalised(row["name_en"])[:400],
            description_pl=row["description"],
            description_en=row["description_en"],
        )
        for code, row in rows.items()
    ]
    files.upsert(made, list(COLUMNS))
    done = FrameworkImport(framework, len(made))
    done.retired = files.retire(framework, {concept.uri for concept in made})
    keys = dict(Concept.objects.filter(framework=framework).values_list("code", "pk"))
    done.relations = files.write_relations(
        (keys[code], keys[row["broader"]], RelationKind.BROADER) for code, row in rows.items() if row["broader"]
    )
    files.finish(done, file)
    return done


def _read(file: Path, kind: str) -> dict[str, dict[str, str]]:
    """Rows by code, checked. Raises BadFile."""
    rows: dict[str, dict[str, str]] = {}
    for line, raw in files.rows_of(file):
        row = {str(key).strip().casefold(): (value or "").strip() for key, value in raw.items()}
        if missing := [column for column in ("code", "name") if column not in row]:
            raise BadFile(
                f"{file.name}, line 1: the columns {', '.join(missing)} are missing; it has {', '.join(raw)[:200]}"
            )
        code = row["code"]
        if not code or not row["name"] or len(code) > 40 or len(row["name"]) > 400:
            raise BadFile(f"{file.name}, line {line}: a code (at most 40 signs) and a name (at most 400) are needed")
        if kind == "prk" and not PRK_CODE.fullmatch(code):
            raise BadFile(f"{file.name}, line {line}: the code {code!r} tells no PRK level from 1 to 8")
        if code in rows:
            raise BadFile(f"{file.name}, line {line}: the code {code} stands twice")
        if len(rows) == MOST:
            raise BadFile(f"{file.name}: more than {MOST} rows")
        texts = {column: row.get(column, "") for column in ("description", "name_en", "description_en", "broader")}
        rows[code] = {"name": row["name"], **texts, "name_en": texts["name_en"][:400]}
    if not rows:
        raise BadFile(f"{file.name}: no rows under the heading")
    for code in rows:
        _climb(file, rows, code)
    return rows


def _climb(file: Path, rows: dict[str, dict[str, str]], code: str) -> None:
    """Raises BadFile when what stands above a code is absent or leads back to it."""
    seen, at = {code}, rows[code]["broader"]
    while at:
        if at not in rows:
            raise BadFile(f"{file.name}: {code} stands below {at}, which no row has")
        if at in seen:
            raise BadFile(f"{file.name}: a cycle in the hierarchy: {at} lies below itself")
        seen.add(at)
        at = rows[at]["broader"]
