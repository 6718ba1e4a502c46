"""A QTI 3.0 package: questions with a manifest that says which criterion and how hard; hostile files are bounded."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from dorobek.validation.rules.testing.qti.nodes import LARGEST, Node, parse
from dorobek.validation.rules.testing.qti.reading import read_item
from dorobek.validation.rules.testing.qti.shapes import DIFFICULTIES, LOM, PACKAGE, RESOURCE, Packed, Unreadable
from dorobek.validation.rules.testing.qti.writing import HEAD, write_item

MANIFEST = "imsmanifest.xml"
LARGEST_FILE = 5_000_000
MOST_ITEMS = 500
MOST_CRITERIA = 50  # of one question
MOST_BYTES = 30_000_000
EPOCH = (2020, 1, 1, 0, 0, 0)
CRITERION = re.compile(r"^[0-9A-Za-z.]{1,20}$")


def pack(items: Sequence[tuple[str, Packed]], source: str) -> bytes:
    """A package of (identifier, question); the same questions give the same bytes. `source`: code of the entry."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {f"items/{name}.xml": write_item(one.question, name) for name, one in items}
        for path, content in {MANIFEST: _manifest(items, source), **files}.items():
            archive.writestr(zipfile.ZipInfo(path, EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _manifest(items: Sequence[tuple[str, Packed]], source: str) -> bytes:
    resources = "\n".join(_resource(name, one, source) for name, one in items)
    return (
        f'{HEAD}<manifest xmlns="{PACKAGE}" xmlns:lom="{LOM}" identifier={quoteattr(f"bank-{source}")}>\n'
        "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}\n</resources>\n</manifest>\n"
    ).encode()


def _resource(name: str, one: Packed, source: str) -> str:
    word = DIFFICULTIES[one.difficulty - 1]
    paths = "".join(_path(code, source) for code in (one.criterion, *one.also))
    return (
        f'<resource identifier={quoteattr(name)} type="{RESOURCE}" href="items/{name}.xml"><metadata><lom:lom>'
        f"<lom:educational><lom:difficulty><lom:source>LOMv1.0</lom:source><lom:value>{word}</lom:value>"
        "</lom:difficulty></lom:educational><lom:classification><lom:purpose><lom:source>LOMv1.0</lom:source>"
        f"<lom:value>educational objective</lom:value></lom:purpose>{paths}</lom:classification></lom:lom></metadata>"
        f'<file href="items/{name}.xml"/></resource>'
    )


def _path(criterion: str, source: str) -> str:
    return (
        f'<lom:taxonPath><lom:source><lom:string language="x-none">{escape(source)}</lom:string></lom:source><lom:taxon>'
        f"<lom:id>{escape(criterion)}</lom:id></lom:taxon></lom:taxonPath>"
    )


def unpack(content: bytes, source: str = "") -> list[Packed]:
    """Questions of a package or of a single item. Raises Unreadable with the file, the line and what.

    `source`: code of the entry whose criteria count; those of another entry are left out, and asked for.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(_("plik jest za duży: najwyżej %d MB.") % (LARGEST_FILE // 1_000_000))
    if not content.startswith(b"PK"):
        return [Packed(read_item(content))]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_packed(archive, source))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, zipfile.LargeZipFile) as fault:
        raise Unreadable(_("to nie jest poprawna paczka ZIP albo jest zaszyfrowana.")) from fault


def _packed(archive: zipfile.ZipFile, source: str) -> Iterator[Packed]:
    reader = _Reader(archive)
    manifest = parse(reader.read(MANIFEST), MANIFEST)
    if manifest.name != "manifest":
        raise Unreadable(_("to nie jest spis paczki (<manifest>)."), manifest.line, MANIFEST)
    resources = [one for one in manifest.all("resource") if one.get("type").startswith("imsqti_item_xml")]
    if not resources:
        raise Unreadable(_("paczka nie ma ani jednego pytania QTI 3.0."), manifest.line, MANIFEST)
    if len(resources) > MOST_ITEMS:
        raise Unreadable(_("za dużo pytań w paczce: najwyżej %d.") % MOST_ITEMS, resources[MOST_ITEMS].line, MANIFEST)
    for one in resources:
        if one.get("type") != RESOURCE:
            raise Unreadable(_("pytanie w innej wersji QTI: %s.") % one.get("type")[:40], one.line, MANIFEST)
        href = one.get("href")
        question = read_item(reader.read(href, one.line), href)
        first, *also = _criteria(one, source) or [""]
        yield Packed(question, first, _difficulty(one), tuple(also))


class _Reader:
    """Reads files of an archive by their real size, whatever its directory says; no more than a package may hold."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = MOST_BYTES

    def read(self, name: str, line: int | None = None) -> bytes:
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise Unreadable(_("nazwa pliku wychodzi poza paczkę: %s.") % name[:80], line, MANIFEST)
        try:
            with self.archive.open(name) as opened:
                content = opened.read(min(LARGEST, self.left) + 1)
        except KeyError as fault:
            raise Unreadable(_("w paczce brakuje pliku %s.") % name[:80], line, MANIFEST) from fault
        except ValueError as fault:
            raise Unreadable(_("pliku nie da się rozpakować."), file=name[:80]) from fault
        if len(content) > min(LARGEST, self.left):
            raise Unreadable(_("plik po rozpakowaniu jest za duży."), file=name[:80])
        self.left -= len(content)
        return content


def _criteria(resource: Node, source: str) -> list[str]:
    """Codes in the order in which they stand, each once; the first is the one it is drawn for."""
    found: list[str] = []
    for classification in resource.all("classification"):
        purpose = classification.first("purpose")
        if purpose is None or "educational objective" not in purpose.text:
            continue
        for path in classification.all("taxonPath"):
            stated = path.first("source")
            taxon = path.first("id")
            mine = not source or stated is None or stated.text == source
            if taxon is not None and mine and CRITERION.match(taxon.text):
                found.append(taxon.text)
    return list(dict.fromkeys(found))[:MOST_CRITERIA]


def _difficulty(resource: Node) -> int:
    stated = resource.first("difficulty")
    value = stated.first("value") if stated is not None else None
    return DIFFICULTIES.index(value.text) + 1 if value is not None and value.text in DIFFICULTIES else 3
