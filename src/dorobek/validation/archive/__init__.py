"""A whole case as one ZIP file that an inspector checks alone, with a script of the standard library (VA-6, XX-4).

made = write_archive(application, target)    target: a binary file open for writing; returns its figures
"""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from dorobek.kernel.files import CHUNK, Counted
from dorobek.kernel.models import StoredFile
from dorobek.kernel.papers import ascii_name
from dorobek.portfolio.models import Evidence
from dorobek.validation.actions.documents import endings, write_files
from dorobek.validation.archive.facts import case_data, history_data
from dorobek.validation.documents import case_number
from dorobek.validation.models import Application, CaseDocument, CredentialPiece

FORMAT = "dorobek-validation-case-1"
MANIFEST, CASE, HISTORY, SCRIPT, README = "manifest.json", "sprawa.json", "historia.json", "sprawdz.py", "CZYTAJ.txt"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Made:
    """`manifest_sha256` is what an inspector compares with the history; `missing`: files that the storage does not have."""

    manifest_sha256: str
    files: int
    missing: tuple[str, ...]


@dataclass
class Packing:
    """A ZIP file being written, with the sums of what is in it. Nothing is held in memory whole."""

    packed: zipfile.ZipFile
    at: dt.datetime
    sums: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, source: IO[bytes]) -> str:
        """Put a stream in; returns its SHA-256."""
        counted = Counted(source)
        info = zipfile.ZipInfo(name, self.at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        with self.packed.open(info, "w", force_zip64=True) as out:
            while data := counted.read(CHUNK):
                out.write(data)
        digest = counted.digest.hexdigest()
        self.sums[name] = {"size": counted.size, "sha256": digest}
        return digest

    def add_bytes(self, name: str, data: bytes) -> str:
        return self.add(name, io.BytesIO(data))

    def add_json(self, name: str, data: Any) -> str:
        return self.add_bytes(name, json.dumps(data, ensure_ascii=False, indent=1).encode())


def write_archive(application: Application, target: IO[bytes], *, evidence: bool = True) -> Made:
    """Write the archive. `evidence`: with the files of evidence, as far as their owner has not removed them.

    Called by a door that has checked who may take it; `actions.archives.take_archive` does and tells the history.
    """
    missing: list[str] = []
    now = timezone.localtime()
    with zipfile.ZipFile(target, "w") as packed:
        packing = Packing(packed, now)
        documents = {
            one.pk: _document(packing, number, one) for number, one in enumerate(_papers(application), start=1)
        }
        pieces = _evidence(packing, application, missing) if evidence else {}
        packing.add_json(CASE, case_data(application, pieces, documents))
        packing.add_json(HISTORY, history_data(application))
        for name in (SCRIPT, README):
            packing.add_bytes(name, (HERE / name).read_bytes())
        about = {
            "format": FORMAT, "case": str(application.uid), "number": case_number(application),
            "made_at": now.isoformat(), "files": dict(packing.sums), "missing": missing,
        }  # fmt: skip
        digest = packing.add_json(MANIFEST, about)
    return Made(digest, len(packing.sums), tuple(missing))


def name_of(application: Application) -> str:
    """A readable name of the file in plain letters."""
    return f"walidacja-{ascii_name(case_number(application))}.zip"


def _papers(application: Application) -> list[CaseDocument]:
    return list(application.papers.select_related("pdf", "docx").order_by("pk"))


def _document(packing: Packing, number: int, document: CaseDocument) -> dict[str, str]:
    """Its text as frozen and its files; names by kind of file."""
    if not document.content:
        return {}
    document = write_files(document=document)
    stem = f"dokumenty/{number:02d}-{document.kind}"
    made = {"content": f"{stem}.json"}
    packing.add_bytes(made["content"], document.content.encode())
    for ending in endings(document):
        stored: StoredFile | None = getattr(document, ending)
        if stored is not None:
            made[ending] = f"{stem}.{ending}"
            with stored.content.open("rb") as source:
                packing.add(made[ending], source)
    return made


def _evidence(packing: Packing, application: Application, missing: list[str]) -> dict[int, str]:
    """Files that the candidate put beside criteria, each once."""
    found: Mapping[int, Evidence] = {
        one.evidence_id: one.evidence
        for one in application.mapped.select_related("evidence__file").order_by("pk")
        if one.evidence.file_id and not one.evidence.removed_at
    }
    made: dict[int, str] = {}
    for number, (key, piece) in enumerate(found.items(), start=1):
        stored = piece.file
        assert stored is not None
        ending = Path(stored.name).suffix.lower()[:8]
        name = f"dowody/{number:02d}-{ascii_name(piece.title)[:60] or 'dowod'}{ending if ending.isascii() else ''}"
        if not stored.content.storage.exists(stored.content.name or ""):
            missing.append(name)
            continue
        with stored.content.open("rb") as source:
            packing.add(name, source)
        made[key] = name
    return made | _credentials(packing, application, len(found))


def _credentials(packing: Packing, application: Application, before: int) -> dict[int, str]:
    """Credentials as their issuers signed them, so that an inspector can check them alone; each once."""
    mapped = application.mapped.filter(evidence__removed_at=None).values("evidence")
    rows = CredentialPiece.objects.filter(evidence__in=mapped).select_related("evidence", "issued", "held")
    made: dict[int, str] = {}
    for number, one in enumerate((row for row in rows.order_by("pk") if row.document), start=before + 1):
        ending = "json" if one.document.lstrip().startswith("{") else "txt"
        name = f"dowody/{number:02d}-{ascii_name(one.evidence.title)[:60] or 'poswiadczenie'}.{ending}"
        packing.add_bytes(name, one.document.encode())
        made[one.evidence_id] = name
    return made
