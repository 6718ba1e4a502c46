"""Documents on the screens of both sides and over REST: handed over, read, compared, accepted, refused to strangers."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dorobek.audits.models import HandedDocument, ReportSection
from dorobek.kernel.models import Job, JobState
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog
from dorobek.programmes.enums import VariantKind
from tests.audits.documents_samples import rich_case
from tests.audits.test_documents_handed import change, give
from tests.factories import make_account, make_case, make_staff
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db


def test_the_advisers_screens_show_states_previews_versions_and_files():
    audit = rich_case()
    handed = give(audit)
    client = signed_in_client(audit.adviser)
    page = client.get(reverse("case-documents", args=[audit.uid])).content.decode()
    assert "wersja 1" in page
    assert "czeka na uczestnika" in page
    for kind in audit.rules.variant(VariantKind.IN_DEPTH).documents:
        for language in ("pl", "en"):
            found = client.get(reverse("case-document-preview", args=[audit.uid, kind]) + f"?jezyk={language}")
            assert found.status_code == 200
            assert "<article class=" in found.content.decode()
    version = client.get(reverse("case-document", args=[audit.uid, handed.uid])).content.decode()
    assert handed.content_sha256 in version
    assert handed.pdf.sha256 in version
    answer = client.get(reverse("case-document-file", args=[audit.uid, handed.uid, "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Karta-uczestnika" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    docx = client.get(reverse("case-document-file", args=[audit.uid, handed.uid, "docx"]))
    assert zipfile.is_zipfile(BytesIO(b"".join(docx.streaming_content)))
    assert client.get(reverse("case-document-file", args=[audit.uid, handed.uid, "exe"])).status_code == 404
    assert AccessLog.objects.filter(part="dokumenty", account=audit.adviser).exists()


@pytest.mark.django_db(transaction=True)
def test_the_adviser_hands_over_one_and_all_from_the_list():
    audit = rich_case()
    client = signed_in_client(audit.adviser)
    one = reverse("case-document-hand-over", args=[audit.uid, "agreement"])
    assert client.post(one, {"language": "en"}).status_code == 302
    assert HandedDocument.objects.get().language == "en"
    client.post(reverse("case-documents-hand-over", args=[audit.uid]), {"languages": ["pl"]})
    assert HandedDocument.objects.count() == 10
    assert client.get(reverse("case-documents", args=[audit.uid])).status_code == 200


def test_progress_is_shown_and_ends_by_loading_the_page_anew():
    audit = rich_case()
    client = signed_in_client(audit.adviser)
    job = Job.objects.create(kind="documents", key=f"documents:{audit.uid}:1", state=JobState.RUNNING, done=3, total=9)
    page = client.get(reverse("case-documents", args=[audit.uid])).content.decode()
    assert "3 z 9" in page
    line = client.get(reverse("case-documents-progress", args=[audit.uid]), headers={"HX-Request": "true"})
    assert "3 z 9" in line.content.decode()
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    line = client.get(reverse("case-documents-progress", args=[audit.uid]), headers={"HX-Request": "true"})
    assert line["HX-Refresh"] == "true"
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, problem="Powód.")
    assert "Powód." in client.get(reverse("case-documents", args=[audit.uid])).content.decode()


def test_the_adviser_writes_a_section_with_help_beside_it():
    audit = rich_case()
    client = signed_in_client(audit.adviser)
    assert client.get(reverse("case-report", args=[audit.uid, "feedback-report"])).status_code == 200
    for kind in ("feedback-report", "preliminary-report", "final-report"):
        for code in ReportSection.objects.filter(audit=audit, kind=kind).values_list("section", flat=True):
            assert client.get(reverse("case-report-section", args=[audit.uid, kind, code])).status_code == 200
    address = reverse("case-report-section", args=[audit.uid, "feedback-report", "interests"])
    page = client.get(address).content.decode()
    assert "Ogród i przetwory" in page
    assert "data-autosave" in page
    answer = client.post(address, {"text": "Lubi ogród.", "base_version": 1, "next": "1"})
    assert answer.url.endswith("/competences-held/")
    assert ReportSection.objects.get(audit=audit, kind="feedback-report", section="interests").text == "Lubi ogród."
    stale = client.post(address, {"text": "Moje.", "base_version": 1})
    assert "Ktoś zmienił to samo" in stale.content.decode()


def test_the_participant_reads_takes_away_and_accepts():
    audit = rich_case()
    handed = give(audit)
    client = signed_in_client(audit.person.account)
    assert "Do przeczytania" in client.get(reverse("own-documents", args=[audit.uid])).content.decode()
    address = reverse("own-document", args=[audit.uid, handed.uid])
    assert "Technikum Gastronomiczne" in client.get(address).content.decode()
    handed.refresh_from_db()
    assert handed.read_at is not None
    assert client.get(reverse("own-document-file", args=[audit.uid, handed.uid, "docx"])).status_code == 200
    assert client.post(address, {"answer": "uwaga", "comment": "", "base_version": handed.version}).status_code == 200
    client.post(address, {"answer": "uwaga", "comment": "Dopisać kurs.", "base_version": handed.version})
    client.post(address, {"answer": "przyjmuje", "comment": ""})
    handed.refresh_from_db()
    assert handed.comment == "Dopisać kurs."
    assert handed.accepted_at is not None
    assert "Przyjęte" in client.get(reverse("own-documents", args=[audit.uid])).content.decode()


def test_a_file_is_compared_with_what_was_handed_over():
    audit = rich_case()
    handed = give(audit)
    data = handed.pdf.content.open("rb").read()
    for account, name in ((audit.adviser, "case-documents-check"), (audit.person.account, "own-documents-check")):
        client = signed_in_client(account)
        address = reverse(name, args=[audit.uid])
        same = client.post(address, {"file": SimpleUploadedFile("a.pdf", data)}).content.decode()
        assert "bez zmian" in same
        other = client.post(address, {"file": SimpleUploadedFile("a.pdf", data + b" ")}).content.decode()
        assert "nie przekazano" in other
    change(audit)
    give(audit)
    older = client.post(address, {"file": SimpleUploadedFile("a.pdf", data)}).content.decode()
    assert "jest nowsza wersja" in older


def test_strangers_get_404_for_every_page_and_file():
    audit = rich_case()
    handed = give(audit)
    names = [
        ("case-documents", []), ("case-documents-check", []), ("case-document-preview", ["agreement"]),
        ("case-document", [handed.uid]), ("case-document-file", [handed.uid, "pdf"]),
        ("case-report", ["feedback-report"]), ("case-report-section", ["feedback-report", "interests"]),
        ("own-documents", []), ("own-document", [handed.uid]), ("own-document-file", [handed.uid, "pdf"]),
    ]  # fmt: skip
    strangers = (
        make_account(),
        make_case().adviser,
        make_case().person.account,
        make_staff(Role.UNIT_HEAD, audit.unit),
    )
    for account in strangers:
        client = signed_in_client(account)
        for name, more in names:
            assert client.get(reverse(name, args=[audit.uid, *more])).status_code == 404, (name, account)
    other = make_case(audit.adviser)
    client = signed_in_client(audit.adviser)
    assert client.get(reverse("case-document", args=[other.uid, handed.uid])).status_code == 404


def test_the_coordinator_reads_and_changes_nothing():
    audit = rich_case()
    give(audit)
    client = signed_in_client(make_staff(Role.COORDINATOR, audit.unit))
    page = client.get(reverse("case-documents", args=[audit.uid]))
    assert page.status_code == 200
    assert "Przekaż wszystkie dokumenty" not in page.content.decode()
    assert client.post(reverse("case-document-hand-over", args=[audit.uid, "agreement"])).status_code == 404


# ---- REST ----


def test_the_api_lists_hands_over_and_takes_the_participants_word():
    audit = rich_case()
    base = f"/api/cases/{audit.uid}"
    client = signed_in_client(audit.adviser)

    def send(who, method, path, body):
        return getattr(who, method)(base + path, json.dumps(body), content_type="application/json")

    made = send(client, "post", "/documents", {"kind": "audit-card", "language": "en"})
    assert made.status_code == 200, made.content
    uid = made.json()["uid"]
    listed = {row["kind"]: row for row in client.get(base + "/documents").json()}
    assert listed["audit-card"]["versions"][0]["files"]["pdf"] == made.json()["files"]["pdf"]
    assert client.get(f"{base}/documents/{uid}/file/pdf")["Content-Type"] == "application/pdf"
    assert "<article" in client.get(base + "/documents/draft/agreement").content.decode()
    section = send(client, "put", "/report-sections/final-report/results", {"text": "Wniosek."})
    assert section.json()["text"] == "Wniosek."
    assert len(client.get(base + "/report-sections").json()) == 12
    own = signed_in_client(audit.person.account)
    assert send(own, "post", f"/documents/{uid}/word", {"answer": "remark", "comment": ""}).status_code == 422
    accepted = send(own, "post", f"/documents/{uid}/word", {"answer": "accept"})
    assert accepted.json()["accepted_at"]
    assert send(own, "post", "/documents", {"kind": "audit-card"}).status_code == 404
    assert send(client, "post", "/documents/all", {"languages": ["pl"]}).status_code == 202
    assert client.get(base + "/documents/progress").json()[0]["total"] in (0, 9)
    stranger = signed_in_client(make_account())
    assert stranger.get(base + "/documents").status_code == 404
    assert stranger.get(f"{base}/documents/{uid}/file/pdf").status_code == 404


def test_the_list_says_when_the_case_has_moved_on_since_a_version():
    audit = rich_case()
    give(audit)
    client = signed_in_client(audit.adviser)
    address = reverse("case-documents", args=[audit.uid])
    assert "coś się zmieniło" not in client.get(address).content.decode()
    change(audit)
    assert "coś się zmieniło" in client.get(address).content.decode()
