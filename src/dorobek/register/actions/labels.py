"""Polish names for ESCO where its Polish export is not at hand: the labels of the MELO benchmark's tables (MT-2).

The tables (Avature, MIT licence) hold ESCO's own Polish labels of occupations and groups, the preferred one first.
Only the two tables of labels are read. An import is one transaction and can be run again.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from dorobek.kernel.text import normalised
from dorobek.register.actions.frameworks import BATCH, BadFile, FrameworkImport, finish
from dorobek.register.models import Concept, Framework


@transaction.atomic
def import_labels(*, folder: Path) -> FrameworkImport:
    """Give the newest ESCO here the Polish labels of a folder with `*_concept_mapping.tsv`, `*_corpus_elements.tsv`.

    Concepts that already have other labels get these. Raises BadFile: no tables, broken rows, no ESCO imported yet.
    """
    framework = Framework.objects.select_for_update().filter(code="esco").order_by("-imported_at", "-pk").first()
    if framework is None:
        raise BadFile("there is no ESCO here yet to give labels to; import it first: dorobek import esco DIR")
    owner = dict(_rows(_table(folder, "concept_mapping")))
    labels: dict[str, list[str]] = {}
    for element, label in _rows(_table(folder, "corpus_elements")):
        if element not in owner:
            raise BadFile(f"{folder}: the label {element} belongs to no concept in the mapping; take both tables whole")
        labels.setdefault(owner[element], []).append(label.strip())
    done = FrameworkImport(framework)
    changed = []
    for row in Concept.objects.filter(framework=framework, retired=False).iterator():
        if names := [name for name in dict.fromkeys(labels.pop(row.uri, ())) if name]:
            row.label_pl, row.plain_pl = names[0][:400], normalised(names[0])[:400]
            row.other_pl = names[1:]
            changed.append(row)
    Concept.objects.bulk_update(changed, ["label_pl", "plain_pl", "other_pl"], batch_size=BATCH // 10)
    done.concepts = len(changed)
    if labels:
        done.skipped.append(f"{len(labels)} concepts with labels are not in this edition of ESCO")
    finish(done, folder)
    return done


def _table(folder: Path, name: str) -> Path:
    found = sorted(folder.glob(f"*_{name}.tsv"))
    if not found:
        raise BadFile(f"{folder}: no file *_{name}.tsv; give the folder of the tables of labels")
    return found[0]


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if len(row) != 2:
                    raise BadFile(f"{path.name}, line {line}: two columns are needed, found {len(row)}")
                yield row[0], row[1]
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name}: the file is not in UTF-8 (byte {error.start}); nothing was imported") from error
