#!/usr/bin/env python3
"""Sprawdza archiwum sprawy walidacyjnej. Wystarczy Python 3.9 lub nowszy; niczego nie trzeba instalować.

    python3 sprawdz.py                  obok rozpakowanych plików
    python3 sprawdz.py archiwum.zip     bez rozpakowywania

Wypisuje każdą niezgodność i kończy się kodem 0 (wszystko się zgadza) albo 1.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = "dorobek-validation-case-1"
# Czym kończy się czytanie pliku, który ktoś uszkodził.
DAMAGED = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, struct.error)
SHAPE = (KeyError, TypeError, AttributeError, IndexError)


class Archive:
    """Pliki archiwum, z folderu albo z pliku ZIP."""

    def __init__(self, path: Path) -> None:
        self.packed: zipfile.ZipFile | None = None
        self.folder = path
        if path.is_dir():
            found = (one for one in path.rglob("*") if one.is_file() and "__pycache__" not in one.parts)
            self.names = sorted(one.relative_to(path).as_posix() for one in found)
        else:
            self.packed = zipfile.ZipFile(path)
            self.names = sorted(one for one in self.packed.namelist() if not one.endswith("/"))

    def stream(self, name: str) -> IO[bytes]:
        return self.packed.open(name) if self.packed else (self.folder / name).open("rb")

    def read(self, name: str) -> bytes:
        with self.stream(name) as file:
            return file.read()

    def sums(self, name: str) -> tuple[int, str]:
        """(rozmiar, SHA-256); czyta po kawałku, bo dowodem może być film."""
        digest, size = hashlib.sha256(), 0
        with self.stream(name) as file:
            while True:
                data = file.read(1 << 20)
                if not data:
                    return size, digest.hexdigest()
                digest.update(data)
                size += len(data)


def canonical(value: Any) -> bytes:
    """Ta sama postać dla tej samej treści: klucze po kolei, bez odstępów."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_files(archive: Archive, manifest: dict[str, Any]) -> Iterator[str]:
    """Każdy plik jest taki, jak w spisie; żadnego nie brakuje i żaden nie doszedł."""
    told = manifest["files"]
    for name in sorted(told):
        if name not in archive.names:
            yield f"{name}: brakuje tego pliku"
            continue
        try:
            found = archive.sums(name)
        except DAMAGED as fault:
            yield f"{name}: uszkodzony, nie da się odczytać ({fault})"
            continue
        if found != (told[name]["size"], told[name]["sha256"]):
            yield f"{name}: zmieniony, suma kontrolna jest inna niż w spisie"
    for name in archive.names:
        if name not in told and name != MANIFEST:
            yield f"{name}: tego pliku nie ma w spisie"


def check_chain(chain: dict[str, Any]) -> Iterator[str]:
    """Każdy wpis historii wynika z poprzedniego; treść, która jest w archiwum, pasuje do swojego skrótu."""
    last, place = "", 0
    for entry in chain["entries"]:
        where = f"historia.json: łańcuch {chain['stream']}, wpis {entry['seq']}"
        place += 1
        if entry["seq"] != place:
            yield f"{where}: powinien tu być wpis {place}"
            place = entry["seq"]
        if entry["previous"] != last:
            yield f"{where}: nie wynika z poprzedniego"
        whole = [
            chain["stream"], entry["seq"], entry["at"], entry["actor"], entry["on_behalf_of"], entry["kind"],
            entry["subject"], entry["digest"], entry["previous"],
        ]  # fmt: skip
        if sha256(canonical(whole)) != entry["hash"]:
            yield f"{where}: treść wpisu zmieniono"
        if entry.get("data") is not None and payload_digest(entry["salt"], entry["data"]) != entry["digest"]:
            yield f"{where}: szczegóły wpisu zmieniono"
        last = entry["hash"]
    if chain["head"] != {"seq": place, "hash": last}:
        yield f"historia.json: łańcuch {chain['stream']}: koniec jest inny niż zapisany"


def payload_digest(salt: str, data: Any) -> str:
    return sha256(salt.encode() + canonical(data))


def told_of(history: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Wpisy tego rodzaju, których treść jest w archiwum."""
    return [
        entry
        for chain in history["streams"]
        for entry in chain["entries"]
        if entry["kind"] == kind and entry.get("data") is not None
    ]


def check_documents(archive: Archive, case: dict[str, Any], history: dict[str, Any]) -> Iterator[str]:
    """Dokument ma tę sumę, którą zapisano w historii w chwili, gdy powstał."""
    frozen = {one["subject"]: one["data"] for one in told_of(history, "validation.document-frozen")}
    written = {one["subject"]: one["data"] for one in told_of(history, "validation.document-written")}
    for document in case["documents"]:
        told = frozen.pop(document["uid"], None)
        if told is None:
            yield f"{document['title']} ({document['uid']}): nie ma o nim wpisu w historii"
            continue
        sums = {"content": told["content_sha256"], **{
            ending: written.get(document["uid"], {}).get(f"{ending}_sha256", "") for ending in ("pdf", "docx")
        }}  # fmt: skip
        for ending, name in document["files"].items():
            if name in archive.names and archive.sums(name)[1] != sums[ending]:
                yield f"{name}: suma kontrolna jest inna niż w historii sprawy"
    for uid in frozen:
        yield f"historia.json: w archiwum brakuje dokumentu {uid}"


def check_sheets(case: dict[str, Any], history: dict[str, Any]) -> Iterator[str]:
    """Arkusz ma tę sumę, którą zapisano przy jego zamknięciu, zanim ktokolwiek zobaczył oceny."""
    closed = {one["data"]["sheet"]: one["data"]["digest"] for one in told_of(history, "validation.sheet-closed")}
    for sheet in case["sheets"]:
        digest = closed.get(sheet["uid"])
        who = f"sprawa.json: arkusz {sheet['assessor']}, runda {sheet['round']}"
        if digest is None:
            yield f"{who}: w historii nie ma jego zamknięcia"
        elif payload_digest(sheet["salt"], sheet["marks"]) != digest:
            yield f"{who}: oceny są inne niż w chwili zamknięcia"


def check_decisions(case: dict[str, Any], history: dict[str, Any]) -> Iterator[str]:
    """Decyzja jest ta sama, co w protokole zapisanym w historii."""
    told = [(one["data"]["outcomes"], one["data"]["whole"]) for one in told_of(history, "validation.protocol")]
    for decision in case["decisions"]:
        if (decision["outcomes"], decision["whole"]) not in told:
            yield f"sprawa.json: decyzja rundy {decision['round']} jest inna niż w historii"


def check_story(archive: Archive) -> Iterator[str]:
    """Historia, dokumenty, arkusze i decyzje zgadzają się ze sobą."""
    case = json.loads(archive.read("sprawa.json"))
    history = json.loads(archive.read("historia.json"))
    for chain in history["streams"]:
        yield from check_chain(chain)
    yield from check_documents(archive, case, history)
    yield from check_sheets(case, history)
    yield from check_decisions(case, history)


def faults(path: Path) -> list[str]:
    """Wszystkie niezgodności, po kolei."""
    try:
        archive = Archive(path)
        manifest = json.loads(archive.read(MANIFEST))
        if manifest.get("format") != FORMAT:
            return [f"{MANIFEST}: nieznany rodzaj archiwum: {manifest.get('format')}"]
        found = list(check_files(archive, manifest))
    except (*DAMAGED, *SHAPE) as fault:
        return [f"{MANIFEST}: nie da się odczytać spisu plików ({fault})"]
    try:
        found += check_story(archive)
    except (*DAMAGED, *SHAPE) as fault:
        found.append(f"sprawa.json albo historia.json: nie da się odczytać ({type(fault).__name__}: {fault})")
    return found


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def main(arguments: Sequence[str]) -> int:
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if not path.exists():
        say(f"Nie ma takiego pliku ani folderu: {path}")
        return 1
    found = faults(path)
    for one in found:
        say(f"NIEZGODNOŚĆ: {one}")
    if found:
        say(f"Liczba niezgodności: {len(found)}. To archiwum nie jest takie, jakie wydała instytucja.")
        return 1
    archive = Archive(path)
    say("Wszystko się zgadza: pliki, historia, dokumenty, arkusze ocen i decyzje.")
    say(f"Suma kontrolna spisu: {sha256(archive.read(MANIFEST))}")
    say("Tę samą sumę instytucja ma w historii sprawy, we wpisie o wydaniu archiwum.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
