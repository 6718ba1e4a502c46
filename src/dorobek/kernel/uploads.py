"""Files from people: the type is read from the content, sizes are limited, nothing half-written stays (PF-1)."""

import hashlib
import io
import re
import uuid
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import StoredFile

MB = 1_000_000
MOST_PIXELS = 60_000_000


@dataclass(frozen=True)
class Kind:
    """A kind of file that is accepted: endings a name may have, and how large it may be."""

    media_type: str
    endings: tuple[str, ...]
    limit: int
    label: str


KINDS = {
    kind.media_type: kind
    for kind in (
        Kind("image/jpeg", (".jpg", ".jpeg", ".jpe"), 15 * MB, "JPG"),
        Kind("image/png", (".png",), 15 * MB, "PNG"),
        Kind("image/webp", (".webp",), 15 * MB, "WebP"),
        Kind("application/pdf", (".pdf",), 25 * MB, "PDF"),
        Kind("video/mp4", (".mp4", ".m4v", ".mov"), 150 * MB, "MP4"),
        Kind("video/webm", (".webm",), 150 * MB, "WebM"),
        Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), 25 * MB, "DOCX"),
        Kind("application/vnd.oasis.opendocument.text", (".odt",), 25 * MB, "ODT"),
    )
}
PHOTOS = ("image/jpeg", "image/png", "image/webp")
SCANS = (*PHOTOS, "application/pdf")
LARGEST = max(kind.limit for kind in KINDS.values())
UNSAFE_IN_NAME = re.compile(r"[\x00-\x1f\x7f/\\]")


def sniff(content: File) -> str:
    """The media type by content; "" when it is none of the kinds. The position returns to the start."""
    content.seek(0)
    head = content.read(4096)
    content.seek(0)
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "video/webm"
    return _office(content) if head.startswith(b"PK\x03\x04") else ""


def _office(content: File) -> str:
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if "word/document.xml" in names:
                return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            declared = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
            return declared if declared in KINDS else ""
    except (zipfile.BadZipFile, KeyError, RuntimeError):
        return ""
    finally:
        content.seek(0)


def checked(upload: UploadedFile, allowed: Collection[str]) -> Kind:
    """The kind of an upload. Raises RuleBroken with what is wrong and what to do."""
    name = upload.name or ""
    labels = ", ".join(KINDS[media].label for media in allowed)
    if not upload.size:
        raise RuleBroken(_("Ten plik jest pusty. Proszę wybrać inny."), "file")
    found = sniff(upload)
    if found not in allowed:
        raise RuleBroken(_("Tego pliku nie da się przyjąć. Przyjmujemy: %s.") % labels, "file")
    kind = KINDS[found]
    if PurePath(name).suffix.lower() not in kind.endings:
        raise RuleBroken(
            _("Nazwa mówi „%(name)s”, ale w środku jest plik %(label)s. Proszę sprawdzić, czy to właściwy plik.")
            % {"name": name[-60:], "label": kind.label},
            "file",
        )
    if upload.size > kind.limit:
        raise RuleBroken(
            _("Plik ma %(size)d MB, a %(label)s może mieć najwyżej %(limit)d MB. Proszę wybrać mniejszy.")
            % {"size": -(-upload.size // MB), "label": kind.label, "limit": kind.limit // MB},
            "file",
        )
    return kind


def without_location(upload: UploadedFile, kind: Kind) -> File:
    """A photo without what the camera wrote beside it, place included, turned upright; other files as they are.

    Raises RuleBroken for pictures that cannot be read or would fill the memory.
    """
    if kind.media_type not in PHOTOS:
        return upload
    try:
        with Image.open(upload) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RuleBroken(_("To zdjęcie ma za dużo punktów. Proszę zrobić je w mniejszym rozmiarze."), "file")
            icc, form = picture.info.get("icc_profile"), picture.format
            clean = upright(picture)
            out = io.BytesIO()
            options = {"quality": 92} if form in ("JPEG", "WEBP") else {}
            clean.save(out, form, icc_profile=icc, **options)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise RuleBroken(_("Tego zdjęcia nie da się otworzyć. Proszę zrobić je jeszcze raz."), "file") from error
    return ContentFile(out.getvalue())


def upright(picture: Image.Image) -> Image.Image:
    """The picture turned as it was seen, as new pixels without metadata."""
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
    turn = turns.get(picture.getexif().get(0x0112, 1))
    turned = picture.transpose(turn) if turn is not None else picture.copy()
    turned.info = {}
    return turned


def store_upload(upload: UploadedFile, *, person_uid: uuid.UUID, allowed: Collection[str] = tuple(KINDS)) -> StoredFile:
    """Check an upload and keep it. Raises RuleBroken; a failure on the way leaves neither a row nor a file."""
    kind = checked(upload, allowed)
    content = without_location(upload, kind)
    digest, size = hashlib.sha256(), 0
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    stored = StoredFile(
        name=UNSAFE_IN_NAME.sub("", upload.name or "")[-255:] or "plik",
        media_type=kind.media_type,
        size=size,
        sha256=digest.hexdigest(),
        person_uid=person_uid,
    )
    path = stored.content.field.generate_filename(stored, "")
    try:
        stored.content.save("", content, save=True)
    except OSError as error:
        stored.content.storage.delete(path)
        raise RuleBroken(
            _("Pliku nie udało się zapisać: na serwerze brakuje miejsca. Proszę powiedzieć o tym doradcy."),
            "file",
        ) from error
    return stored
