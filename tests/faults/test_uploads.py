"""Uploads that go wrong: a full disk, a name that lies, a body too large to take. Nothing half-written stays."""

import datetime as dt
import errno
import hashlib
import io
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.files import store_bytes
from dorobek.kernel.models import HistoryEntry, StoredFile
from dorobek.kernel.uploads import LARGEST, MB
from dorobek.people.models import ApiToken
from dorobek.portfolio.actions import add_evidence
from dorobek.portfolio.models import Evidence
from tests.factories import acting, make_case
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
DISK = 64_000  # bytes one file may have while the disk is "full"; the database is untouched by then
NO_ROOM = "na serwerze brakuje miejsca"


@contextmanager
def full_disk(size: int = DISK) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: writing more fails with OSError, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture
def tiny_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full exactly while the storage writes; the database of the test lives on another one."""
    from django.core.files.storage import FileSystemStorage

    save = FileSystemStorage._save

    def on_a_full_disk(*args: Any, **kwargs: Any) -> Any:
        with full_disk():
            return save(*args, **kwargs)

    monkeypatch.setattr(FileSystemStorage, "_save", on_a_full_disk)


def pdf(size: int = 200_000, name: str = "swiadectwo.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + b"x" * size)


def picture(form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "purple").save(out, form)
    return out.getvalue()


def files_left() -> list[Path]:
    root = StoredFile._meta.get_field("content").storage.location
    return [path for path in Path(root).rglob("*") if path.is_file()]


def nothing_stayed() -> bool:
    return not StoredFile.objects.exists() and not Evidence.objects.exists() and not files_left()


# ---- a full disk ----


def test_a_full_disk_leaves_nothing_half_written_and_says_so(tiny_disk: None) -> None:
    audit = make_case()
    with pytest.raises(RuleBroken, match=NO_ROOM) as refusal:
        add_evidence(
            person=audit.person, case_uid=audit.uid, kind="file", title="Świadectwo", upload=pdf(),
            acting_user=acting(audit.person.account),
        )  # fmt: skip
    assert refusal.value.field == "file"
    assert nothing_stayed()
    assert not HistoryEntry.objects.filter(stream=audit.uid).exists()


def test_a_large_upload_copied_from_another_disk_leaves_nothing_either(
    tiny_disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large files wait in a temporary file; where they cannot be renamed into place they are copied."""

    def another_disk(*_paths: Any) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr("django.core.files.move.os.rename", another_disk)
    audit = make_case()
    upload = TemporaryUploadedFile("film.mp4", "video/mp4", 300_000, None)
    upload.write(b"\x00\x00\x00\x20ftypisom" + b"x" * 299_988)
    upload.flush()
    with pytest.raises(RuleBroken, match=NO_ROOM):
        add_evidence(
            person=audit.person, case_uid=audit.uid, kind="file", title="Film", upload=upload,
            acting_user=acting(audit.person.account),
        )  # fmt: skip
    assert nothing_stayed()


@pytest.fixture
def nothing_arrives(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Path:
    """The disk is full where uploads arrive; the folder."""
    receive = TemporaryFileUploadHandler.receive_data_chunk

    def on_a_full_disk(*args: Any) -> Any:
        with full_disk():
            return receive(*args)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", on_a_full_disk)
    folder = tmp_path / "arriving"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


def test_no_room_for_what_is_still_arriving_is_said_on_a_page(nothing_arrives: Path) -> None:
    audit = make_case()
    client = Client(enforce_csrf_checks=True)
    client.force_login(audit.person.account)
    answer = client.post(f"/bilans/{audit.uid}/dowody/nowy/", {"kind": "file", "title": "Film", "file": pdf(2 * MB)})
    assert answer.status_code == 507
    page = answer.content.decode().replace("\xa0", " ")
    assert NO_ROOM in page
    assert "Proszę powiedzieć o tym doradcy" in page
    assert not list(nothing_arrives.iterdir())
    assert nothing_stayed()


@pytest.mark.parametrize("by", ["session", "key"])
def test_no_room_for_what_is_still_arriving_is_told_to_programs(nothing_arrives: Path, by: str) -> None:
    audit = make_case()
    client, headers = signed_in_client(audit.adviser), {}
    if by == "key":
        client, headers = Client(), {"Authorization": "Bearer tajemnica"}
        ApiToken.objects.create(
            institution=audit.institution, account=audit.adviser, name="próba", read_only=False,
            secret_hash=hashlib.sha256(b"tajemnica").hexdigest(), expires_at=timezone.now() + dt.timedelta(days=1),
        )  # fmt: skip
    sent = {"kind": "file", "title": "Film", "file": pdf(2 * MB)}
    answer = client.post(f"/api/cases/{audit.uid}/evidence", sent, headers=headers)
    assert answer.status_code == 507
    assert NO_ROOM in answer.json()["detail"]
    assert not list(nothing_arrives.iterdir())
    assert nothing_stayed()


def test_a_disk_that_broke_in_another_way_is_not_called_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", broken)
    audit = make_case()
    client = Client(raise_request_exception=False)
    client.force_login(audit.person.account)
    answer = client.post(f"/bilans/{audit.uid}/dowody/nowy/", {"kind": "file", "title": "Film", "file": pdf(2 * MB)})
    assert answer.status_code == 500
    assert nothing_stayed()


@pytest.mark.parametrize("side", ["own-evidence-new", "case-evidence-new"])
def test_the_page_says_beside_the_file_that_there_is_no_room(tiny_disk: None, side: str) -> None:
    audit = make_case()
    account = audit.person.account if side.startswith("own") else audit.adviser
    answer = signed_in_client(account).post(
        reverse(side, args=[audit.uid]), {"kind": "file", "title": "Świadectwo pracy", "file": pdf()}
    )
    assert answer.status_code == 200
    assert NO_ROOM in str(answer.context["form"].errors["file"])
    page = answer.content.decode()
    assert "brakuje" in page
    assert 'value="Świadectwo pracy"' in page
    assert nothing_stayed()


def test_the_api_answers_a_full_disk_with_words_and_no_row(tiny_disk: None) -> None:
    audit = make_case()
    answer = signed_in_client(audit.adviser).post(
        f"/api/cases/{audit.uid}/evidence", {"kind": "file", "title": "Świadectwo", "file": pdf()}
    )
    assert answer.status_code == 422
    assert answer.json()["field"] == "file"
    assert NO_ROOM in answer.json()["detail"]
    assert nothing_stayed()


def test_a_document_that_does_not_fit_leaves_neither_row_nor_file(tiny_disk: None) -> None:
    with pytest.raises(RuleBroken, match=NO_ROOM):
        store_bytes(b"x" * (DISK + 1), name="bilans.pdf", media_type="application/pdf")
    assert nothing_stayed()


# ---- a file that is not what its name says ----

LIES = [
    ("zdjecie.jpg", b"MZ\x90\x00 a program", "Tego pliku nie da się przyjąć"),
    ("pismo.pdf", b"<html><script>alert(1)</script></html>", "Tego pliku nie da się przyjąć"),
    ("pismo.pdf", picture(), "w środku jest plik PNG"),
    ("zdjecie.png", b"%PDF-1.7\n", "w środku jest plik PDF"),
    ("zdjecie.png.exe", picture(), "w środku jest plik PNG"),
    ("list.docx", b"PK\x03\x04 not an archive", "Tego pliku nie da się przyjąć"),
    ("zdjecie.png", picture()[:40], "nie da się otworzyć"),
    ("film.mp4", b"\x1a\x45\xdf\xa3 webm", "w środku jest plik WebM"),
]


@pytest.mark.parametrize(("name", "content", "says"), LIES)
def test_a_file_that_is_not_what_its_name_says_is_refused_beside_its_field(name, content, says) -> None:
    audit = make_case()
    answer = signed_in_client(audit.person.account).post(
        reverse("own-evidence-new", args=[audit.uid]),
        {"kind": "file", "title": "Coś", "file": SimpleUploadedFile(name, content)},
    )
    assert answer.status_code == 200
    assert says in str(answer.context["form"].errors["file"])
    assert nothing_stayed()


def test_the_content_type_a_browser_claims_is_not_believed() -> None:
    audit = make_case()
    address = reverse("own-evidence-new", args=[audit.uid])
    client = signed_in_client(audit.person.account)
    upload = SimpleUploadedFile("zdjecie.png", picture(), content_type="text/html")
    assert client.post(address, {"kind": "file", "title": "Zdjęcie", "file": upload}).status_code == 302
    held = Evidence.objects.get()
    shown = client.get(reverse("own-evidence-file", args=[audit.uid, held.uid]))
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"


# ---- too large to take ----


class Unread(io.RawIOBase):
    """A body that must not be asked for."""

    def read(self, *_arguments: Any) -> bytes:
        raise AssertionError("the body was read")


def announced(client: Client, address: str, size: Any, content_type: str = "multipart/form-data; boundary=x") -> Any:
    environment = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(size), "wsgi.input": Unread()}
    return client.generic("POST", address, **environment)


def test_two_hundred_megabytes_are_refused_before_they_are_read_with_what_to_do() -> None:
    audit = make_case()
    client = signed_in_client(audit.person.account)
    address = reverse("own-evidence-new", args=[audit.uid])
    answer = announced(client, address, 200 * MB)
    assert answer.status_code == 413
    page = answer.content.decode().replace("\xa0", " ")
    assert "Ten plik jest za duży: ma 200 MB" in page
    assert f"MP4 do {LARGEST // MB} MB" in page
    assert "Film można skrócić" in page
    assert f'href="{address}"' in page
    assert "Content-Security-Policy" in answer
    assert nothing_stayed()


def test_the_api_refuses_two_hundred_megabytes_as_json() -> None:
    audit = make_case()
    answer = announced(signed_in_client(audit.adviser), f"/api/cases/{audit.uid}/evidence", 200 * MB)
    assert answer.status_code == 413
    assert "200 MB" in answer.json()["detail"]


def test_a_stranger_is_refused_as_early_as_anybody() -> None:
    assert announced(Client(), "/accounts/login/", 200 * MB).status_code == 413
    assert announced(Client(), "/nie/ma/takiej/", 200 * MB).status_code == 413


def test_json_larger_than_any_form_is_refused_with_advice() -> None:
    audit = make_case()
    address = f"/api/cases/{audit.uid}/card/entries/batch"
    answer = announced(signed_in_client(audit.adviser), address, 50 * MB, "application/json")
    assert answer.status_code == 413
    assert "na mniejsze części" in answer.json()["detail"]
    draft = announced(signed_in_client(audit.adviser), "/szkice/", 50 * MB, "application/json")
    assert draft.status_code == 413
    assert draft.json()["error"]


@pytest.mark.parametrize("length", ["", "-1"])
def test_a_content_length_that_makes_no_sense_is_a_body_of_nothing(length: str) -> None:
    audit = make_case()
    client = signed_in_client(audit.person.account)
    answer = client.generic(
        "POST", reverse("own-evidence-new", args=[audit.uid]), CONTENT_TYPE="application/x-www-form-urlencoded",
        CONTENT_LENGTH=length,
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.context["form"].errors["title"]


def test_the_largest_file_that_the_rules_take_is_not_refused_by_its_length(settings: Any) -> None:
    audit = make_case()
    client = signed_in_client(audit.person.account)
    address = reverse("own-evidence-new", args=[audit.uid])
    most = LARGEST + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    with pytest.raises(AssertionError, match="the body was read"):
        announced(client, address, most)
    assert announced(client, address, most + 1).status_code == 413
