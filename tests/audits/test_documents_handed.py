"""Handing documents over, versions, the participant's word, sections of reports."""

import hashlib

import pytest

from dorobek.audits.actions import documents as actions
from dorobek.audits.enums import Stage
from dorobek.audits.models import HandedDocument, LifeEvent, SkillsAudit
from dorobek.kernel import history, jobs
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, HistoryPayload, Job, JobState, StoredFile
from dorobek.people.enums import Role
from dorobek.programmes.enums import DocumentKind
from tests.audits.documents_samples import basic_case, empty_case, rich_case
from tests.factories import acting, make_account, make_case, make_staff

pytestmark = pytest.mark.django_db
CARD = DocumentKind.PARTICIPANT_CARD


def give(audit, kind=CARD, language="pl", account=None):
    return actions.hand_over_document(
        audit=audit, kind=kind, language=language, acting_user=acting(account or audit.adviser)
    )


def change(audit):
    LifeEvent.objects.filter(audit=audit, title="Kasjerka").update(title="Starsza kasjerka")


# ---- handing over ----


def test_a_document_handed_over_is_two_files_with_their_checksums_in_the_history():
    audit = rich_case()
    handed = give(audit)
    assert (handed.number, handed.language, handed.kind) == (1, "pl", "participant-card")
    for stored in (handed.pdf, handed.docx, handed.html):
        data = stored.content.open("rb").read()
        assert hashlib.sha256(data).hexdigest() == stored.sha256
        assert len(data) == stored.size
        assert stored.person_uid == audit.person.uid
    entry = HistoryEntry.objects.get(subject=handed.uid)
    payload = HistoryPayload.objects.get(entry=entry).data
    assert entry.kind == "document.handed-over"
    assert payload["pdf_sha256"] == handed.pdf.sha256
    assert payload["content_sha256"] == handed.content_sha256
    assert list(history.verify()) == []


def test_the_same_content_makes_no_new_version_and_a_change_does():
    audit = rich_case()
    first = give(audit)
    assert give(audit) == first
    change(audit)
    second = give(audit)
    assert second.number == 2
    first.refresh_from_db()
    assert b"%PDF-" in first.pdf.content.open("rb").read(10)
    assert HandedDocument.objects.count() == 2


def test_a_later_translation_takes_the_number_of_its_original():
    audit = rich_case()
    give(audit)
    change(audit)
    assert give(audit).number == 2
    assert give(audit, language="en").number == 2
    assert give(audit, language="en").number == 2


def test_only_whoever_leads_the_open_case_hands_over():
    audit = rich_case()
    others = (make_account(), audit.person.account, make_staff(Role.COORDINATOR, audit.unit), make_case().adviser)
    for account in others:
        with pytest.raises(NotAllowed):
            give(audit, account=account)
    SkillsAudit.objects.filter(pk=audit.pk).update(stage=Stage.FINISHED)
    with pytest.raises(RuleBroken):
        give(SkillsAudit.objects.get(pk=audit.pk))
    assert HandedDocument.objects.count() == 0


def test_a_document_the_variant_does_not_have_is_refused():
    audit = basic_case()
    with pytest.raises(RuleBroken):
        give(audit, DocumentKind.AUDIT_CARD)
    with pytest.raises(RuleBroken):
        give(audit, language="de")
    assert give(audit, DocumentKind.DIRECTION).number == 1


def test_incomplete_documents_are_given_all_the_same():
    assert give(empty_case(), DocumentKind.FEEDBACK_REPORT).number == 1


def test_a_failure_while_writing_leaves_no_file_behind(monkeypatch, settings):
    audit = rich_case()

    def refuse(*args, **kwargs):
        raise RuleBroken("nie")

    monkeypatch.setattr(actions, "refresh", refuse)
    with pytest.raises(RuleBroken):
        give(audit)
    assert StoredFile.objects.count() == 0
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


# ---- all at once ----


@pytest.mark.django_db(transaction=True)
def test_all_documents_are_handed_over_by_one_job_that_may_run_twice():
    audit = rich_case()
    job = actions.hand_over_all(audit=audit, languages=["pl", "en"], acting_user=acting(audit.adviser))
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 18, 18)
    assert HandedDocument.objects.count() == 18
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    jobs.run(str(job.uid))
    assert HandedDocument.objects.count() == 18
    again = actions.hand_over_all(audit=audit, languages=["pl"], acting_user=acting(audit.adviser))
    assert again.pk != job.pk
    assert HandedDocument.objects.count() == 18


@pytest.mark.django_db(transaction=True)
def test_a_run_cut_off_half_way_is_finished_by_the_next(monkeypatch):
    audit = rich_case()
    given, real = [], actions.hand_over_document

    def tired(**kwargs):
        if len(given) == 4:
            raise ConnectionError
        given.append(kwargs["kind"])
        return real(**kwargs)

    monkeypatch.setattr(actions, "hand_over_document", tired)
    job = actions.hand_over_all(audit=audit, languages=["pl"], acting_user=acting(audit.adviser))
    job.refresh_from_db()
    assert (job.state, HandedDocument.objects.count()) == (JobState.FAILED, 4)
    monkeypatch.setattr(actions, "hand_over_document", real)
    actions.hand_over_all(audit=audit, languages=["pl"], acting_user=acting(audit.adviser))
    assert HandedDocument.objects.count() == 9
    assert set(HandedDocument.objects.values_list("number", flat=True)) == {1}


def test_asked_twice_while_it_runs_it_is_one_job():
    audit = rich_case()
    me = acting(audit.adviser)
    first = actions.hand_over_all(audit=audit, languages=["pl"], acting_user=me)
    assert actions.hand_over_all(audit=audit, languages=["pl"], acting_user=me) == first
    with pytest.raises(RuleBroken):
        actions.hand_over_all(audit=audit, languages=[], acting_user=me)
    with pytest.raises(NotAllowed):
        actions.hand_over_all(audit=audit, languages=["pl"], acting_user=acting(audit.person.account))


# ---- the participant's word ----


def test_the_participant_accepts_and_the_newest_translation_counts_with_it():
    audit = rich_case()
    polish, english = give(audit), give(audit, language="en")
    accepted = actions.accept_document(document=polish, acting_user=acting(audit.person.account))
    english.refresh_from_db()
    assert accepted.accepted_at is not None
    assert accepted.accepted_assisted_by is None
    assert english.accepted_at == accepted.accepted_at
    assert HistoryEntry.objects.filter(kind="document.accepted").count() == 1


def test_in_assisted_mode_it_is_on_record_who_typed():
    audit = rich_case()
    handed = give(audit)
    with pytest.raises(NotAllowed):
        actions.accept_document(document=handed, acting_user=acting(audit.adviser))
    accepted = actions.accept_document(document=handed, acting_user=acting(audit.adviser, audit.person))
    assert accepted.accepted_assisted_by == audit.adviser
    assert HistoryEntry.objects.get(kind="document.accepted").on_behalf_of == audit.person.uid


def test_an_older_version_cannot_be_accepted():
    audit = rich_case()
    old = give(audit)
    change(audit)
    new = give(audit)
    with pytest.raises(RuleBroken):
        actions.accept_document(document=old, acting_user=acting(audit.person.account))
    assert actions.accept_document(document=new, acting_user=acting(audit.person.account)).accepted_at


def test_a_remark_is_kept_beside_the_version():
    audit = rich_case()
    handed = give(audit)
    me = acting(audit.person.account)
    with pytest.raises(RuleBroken):
        actions.comment_document(document=handed, comment="  ", acting_user=me)
    noted = actions.comment_document(document=handed, comment="Brakuje kursu.", acting_user=me)
    assert noted.comment == "Brakuje kursu."
    with pytest.raises(Conflict):
        actions.comment_document(document=handed, comment="Inna uwaga.", acting_user=me, base_version=1)
    with pytest.raises(NotAllowed):
        actions.comment_document(document=handed, comment="Nie moje", acting_user=acting(make_account()))


def test_the_next_move_follows_the_documents():
    audit = basic_case()
    SkillsAudit.objects.filter(pk=audit.pk).update(stage=Stage.SUMMARY)
    audit.refresh_from_db()
    for kind in (CARD, DocumentKind.DIRECTION):
        give(audit, kind)
    audit.refresh_from_db()
    if audit.move == "accept-documents":
        assert audit.move_count == 2
        for handed in HandedDocument.objects.all():
            actions.accept_document(document=handed, acting_user=acting(audit.person.account))
        audit.refresh_from_db()
        assert audit.move == "close"


# ---- sections of reports ----


def write(audit, text="Lubi porządek.", section="interests", account=None, **more):
    return actions.write_report_section(
        audit=audit, kind="feedback-report", section=section, text=text,
        acting_user=acting(account or audit.adviser), **more,
    )  # fmt: skip


def test_sections_are_written_by_whoever_leads_and_kept_in_the_history():
    audit = empty_case()
    row = write(audit)
    assert row.text == "Lubi porządek."
    with pytest.raises(NotAllowed):
        write(audit, account=audit.person.account)
    with pytest.raises(RuleBroken):
        write(audit, section="nie-ma")
    with pytest.raises(RuleBroken):
        write(audit, text="a" * 10_001)
    with pytest.raises(Conflict):
        write(audit, text="Co innego", base_version=1)
    assert HistoryEntry.objects.filter(kind="report-section.written").count() == 1
