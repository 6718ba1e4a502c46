"""Evidence: what is accepted, what it changes, what is left when something goes wrong."""

import io
import pathlib
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, StoredFile
from dorobek.kernel.uploads import KINDS
from dorobek.people.enums import Role
from dorobek.portfolio import actions
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.models import Evidence
from tests.factories import acting, make_account, make_case, make_competence, make_staff

pytestmark = pytest.mark.django_db

GOOD = {"validity": "yes", "currency": "yes", "sufficiency": "yes", "authenticity": "yes"}


def photo(name="zdjecie.jpg", form="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "purple").save(out, form, **options)
    return SimpleUploadedFile(name, out.getvalue())


def add(audit, account=None, **fields):
    given = {"kind": "file", "title": "Świadectwo pracy", "upload": photo(), **fields}
    if given["kind"] != "file":
        given.pop("upload")
    me = acting(account or audit.person.account)
    return actions.add_evidence(person=audit.person, case_uid=audit.uid, acting_user=me, **given)


def files_on_disk():
    root = StoredFile._meta.get_field("content").storage.location
    return [path for path in pathlib.Path(root).rglob("*") if path.is_file()]


def test_a_photo_is_kept_with_its_checksum_and_linked():
    audit = make_case()
    competence = make_competence(audit)
    evidence = add(audit, competences=[competence])
    assert evidence.file.media_type == "image/jpeg"
    assert len(evidence.file.sha256) == 64
    assert list(evidence.competences.all()) == [competence]
    kinds = HistoryEntry.objects.filter(subject=evidence.uid).values_list("kind", flat=True)
    assert set(kinds) == {"evidence.added", "evidence.linked"}


def test_the_place_where_a_photo_was_taken_is_not_kept():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (50.0, 3.0, 41.0)}
    exif[0x0112] = 6
    evidence = add(make_case(), upload=photo(exif=exif))
    with evidence.file.content.open("rb") as content, Image.open(content) as kept:
        assert not kept.getexif()
        assert kept.size == (30, 40)  # turned upright before the mark was dropped


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SimpleUploadedFile("wirus.jpg", b"MZ\x90\x00 not a picture"), "Przyjmujemy"),
        (SimpleUploadedFile("strona.pdf", b"<html><script>alert(1)</script></html>"), "Przyjmujemy"),
        (SimpleUploadedFile("pusty.pdf", b""), "pusty"),
        (SimpleUploadedFile("zdjecie.jpg", b"\xff\xd8\xff\xe0 broken"), "nie da się otworzyć"),
    ],
)
def test_what_is_not_what_it_claims_is_refused_and_nothing_stays(upload, says):
    before = len(files_on_disk())
    with pytest.raises(RuleBroken, match=says):
        add(make_case(), upload=upload)
    assert Evidence.objects.count() == StoredFile.objects.count() == 0
    assert len(files_on_disk()) == before


def test_a_photo_with_the_name_of_a_document_is_named_for_what_it_is():
    with pytest.raises(RuleBroken, match="w środku jest plik JPG"):
        add(make_case(), upload=photo("umowa.pdf"))


def test_a_zip_that_is_no_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("program.exe", "x")
    with pytest.raises(RuleBroken):
        add(make_case(), upload=SimpleUploadedFile("umowa.docx", out.getvalue()))


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    upload = SimpleUploadedFile("skan.pdf", b"%PDF-1.7")
    upload.size = KINDS["application/pdf"].limit + 1
    with pytest.raises(RuleBroken, match="najwyżej 25 MB"):
        add(make_case(), upload=upload)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/x", "example.org", ""])
def test_a_link_is_a_whole_web_address(url):
    with pytest.raises(RuleBroken) as refusal:
        add(make_case(), kind="link", url=url)
    assert refusal.value.field == "url"


def test_a_good_rating_supports_and_a_newer_bad_one_takes_it_back():
    audit = make_case()
    competence = make_competence(audit, state=CompetenceState.CONFIRMED)
    evidence = add(audit, competences=[competence])
    adviser = acting(audit.adviser)
    actions.rate_evidence(evidence=evidence, reason="oryginał", acting_user=adviser, **GOOD)
    competence.refresh_from_db()
    assert competence.state == CompetenceState.SUPPORTED
    actions.rate_evidence(
        evidence=evidence, reason="to inna osoba", acting_user=adviser, **{**GOOD, "authenticity": "no"}
    )
    competence.refresh_from_db()
    assert competence.state == CompetenceState.CONFIRMED
    assert evidence.ratings.count() == 2


def test_removing_takes_the_file_and_leaves_the_trace(django_capture_on_commit_callbacks):
    audit = make_case()
    evidence = add(audit)
    path = evidence.file.content.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_evidence(evidence=evidence, reason="pomyłka", acting_user=acting(audit.person.account))
    assert StoredFile.objects.count() == 0
    assert not pathlib.Path(path).exists()
    assert HistoryEntry.objects.filter(kind="evidence.removed").exists()


def test_strangers_and_coordinators_add_and_rate_nothing():
    audit = make_case()
    evidence = add(audit)
    for account in (make_account(), make_staff(Role.COORDINATOR, audit.unit), make_staff(Role.ADVISER, audit.unit)):
        with pytest.raises(NotAllowed):
            add(audit, account)
        with pytest.raises(NotAllowed):
            actions.rate_evidence(evidence=evidence, reason="x", acting_user=acting(account), **GOOD)
    with pytest.raises(NotAllowed):
        actions.rate_evidence(evidence=evidence, reason="x", acting_user=acting(audit.person.account), **GOOD)


def test_the_screens_by_role(client):
    audit = make_case()
    evidence = add(audit)
    own, case = reverse("own-evidence", args=[audit.uid]), reverse("case-evidence", args=[audit.uid])
    file = reverse("own-evidence-file", args=[audit.uid, evidence.uid])
    client.force_login(audit.person.account)
    sent = client.get(file)
    assert sent["Content-Type"] == "image/jpeg"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert client.get(case).status_code == 404
    client.force_login(audit.adviser)
    assert client.get(own).status_code == 404  # until assisted mode is on
    client.force_login(make_account())
    for url in (own, case, file):
        assert client.get(url).status_code == 404


def test_a_refused_file_keeps_what_was_typed(client):
    audit = make_case()
    client.force_login(audit.person.account)
    url = reverse("own-evidence-new", args=[audit.uid])
    page = client.post(url, {"kind": "file", "title": "Moje świadectwo", "file": photo("x.pdf")}).content.decode()
    page = page.replace("\xa0", " ")
    assert "w środku jest plik JPG" in page
    assert "Moje świadectwo" in page
