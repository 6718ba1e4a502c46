"""Documents as they arise: frozen, written once, opened by those whom they concern; a certificate revoked."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from dorobek.kernel import history
from dorobek.kernel.documents import Document, plain
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, Job
from dorobek.kernel.papers import bare, frozen, thawed
from dorobek.kernel.tables import DataClass
from dorobek.people.enums import Role
from dorobek.validation.actions.documents import freeze, revoke_certificate, tree_of, write_files
from dorobek.validation.documents import build, check_url
from dorobek.validation.enums import PaperKind
from dorobek.validation.models import CaseDocument, PartialResult
from dorobek.validation.queries.papers import checked_certificate
from dorobek.validation.rules import OwnRule, Verdict
from dorobek.validation.rules.carrying import digest_of
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.validation import doing
from tests.validation.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def papers(application, kind=None):
    found = CaseDocument.objects.filter(application=application)
    return list(found.filter(kind=kind) if kind else found)


def words(document):
    """Everything that the document says."""
    return " ".join(_texts(thawed(document.content)))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))


def certified(world):
    application = world.judged()
    world.decide(application)
    return world.certify(world.fresh(application))


def test_each_arises_at_its_step_once_and_its_sum_stands_in_the_history(world):
    certificate = certified(world)
    found = papers(certificate.application)
    assert [one.kind for one in found] == [
        "declaration", "declaration", "appointment", "protocol", "result-letter", "certificate"
    ]  # fmt: skip
    told = {one.subject: one.payload.data for one in HistoryEntry.objects.filter(kind="validation.document-frozen")}
    for one in found:
        assert hashlib.sha256(one.content.encode()).hexdigest() == one.content_sha256
        assert told[one.uid]["content_sha256"] == one.content_sha256
        assert frozen(thawed(one.content)) == one.content
    assert {one.member for one in found if one.kind == "declaration"} == set(world.assessors[:2])
    again = freeze(
        kind=PaperKind.CERTIFICATE, application=certificate.application, about=certificate, key=str(certificate.uid),
        acting_user=acting(world.officer),
    )  # fmt: skip
    assert again == found[-1]
    assert Job.objects.filter(kind="validation-document").count() == len(found)


def test_what_was_frozen_does_not_follow_later_changes(world):
    certificate = certified(world)
    before = [(one.content, tree_of(one)) for one in papers(certificate.application)]
    world.person.family_name = "Inna"
    world.person.save()
    world.institution.address = "gdzie indziej"
    world.institution.save()
    assert [(one.content, tree_of(one)) for one in papers(certificate.application)] == before
    again = build(PaperKind.CERTIFICATE, type(certificate).objects.get(pk=certificate.pk))
    assert frozen(bare(again)) != papers(certificate.application, "certificate")[0].content


def test_the_files_are_written_once_and_their_sums_told_by_whoever_froze_them(world):
    certificate = certified(world)
    [paper] = papers(certificate.application, "certificate")
    [letter] = papers(certificate.application, "result-letter")
    first, second = write_files(document=paper), write_files(document=CaseDocument.objects.get(pk=paper.pk))
    assert first.pdf_id == second.pdf_id
    assert (first.docx, first.docx_sha256) == (None, ""), "a certificate is not to be rewritten"
    with first.pdf.content.open("rb") as stored:
        data = stored.read()
    assert hashlib.sha256(data).hexdigest() == first.pdf_sha256
    assert b"pdfuaid" in data
    assert write_files(document=letter).docx.size > 1000
    entry = HistoryEntry.objects.get(kind="validation.document-written", subject=paper.uid)
    assert (entry.payload.data["pdf_sha256"], entry.actor_id) == (first.pdf_sha256, world.officer.pk)
    assert list(history.verify(world.person.uid)) == []


def test_the_protocol_holds_every_mark_and_reason_what_was_agreed_and_dissent(world):
    opening = world.open(own_rules=[OwnRule.MAJORITY])
    application = world.appointed(world.documented(opening), *world.records[:3])
    world.verify(application)
    first, second, third = application.assessments.order_by("pk")
    world.fill(first)
    world.fill(second, c11a="not-met")
    world.fill(third)
    doing.agree(application, "1.1.a", Verdict.MET, reason="Próba była pełna.", dissent={1: "Za mało powtórzeń."})
    world.decide(world.fresh(application))
    said = words(papers(application, "protocol")[0])
    for part in (
        "Asesor A: ",
        "Niespełnione (test wiedzy).",
        " testu.",
        "Tak było widać.",
        "Próba była pełna.",
        "Zdanie odrębne",
        "Asesor B: Za mało powtórzeń.",
    ):
        assert part in said, part
    for code in application.opening.rules.criterion_codes:
        assert code in said


def test_the_letter_says_in_plain_words_what_is_confirmed_why_not_and_until_when_one_may_appeal(world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    said = words(papers(application, "result-letter")[0])
    last = timezone.localdate() + dt.timedelta(application.opening.appeal_days)
    for part in (
        "3 z 4",
        "Potwierdzone na stałe",
        "1.1 Pierwszy",
        "Niespełnione. Tak było widać.",
        str(last.year),
        "w ciągu 30 dni",
    ):
        assert part in said, part
    assert "Asesor" not in said, "the letter gives reasons, not names"


def test_what_an_earlier_validation_confirmed_is_not_told_as_missing(world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    PartialResult.objects.create(
        person=world.person, qualification="90002", outcome="1.1", wording="Pierwszy",
        digest=digest_of("Moduł 1: Pierwszy", ["jedno", "drugie"]),
        decision=application.decisions.get(),
    )  # fmt: skip
    assert "Jeszcze niepotwierdzone" not in " ".join(_texts(build(PaperKind.LETTER, application.decisions.get())))


def test_documents_are_in_polish_whatever_language_the_officer_reads(world):
    with translation.override("en"):
        certificate = certified(world)
    found = papers(certificate.application, "appointment")[0]
    assert (found.title, thawed(found.content).title) == ("powołanie komisji", "Powołanie komisji")


def test_an_answered_appeal_and_the_second_round_have_their_own(world):
    application = world.judged(c22a="not-shown")
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    [answer] = papers(application, "appeal-answer")
    assert answer.round == 1
    assert "Odwołanie uwzględniamy." in words(answer)
    again = world.appointed(world.fresh(application), *world.records[2:])
    world.decide(world.judged(again))
    assert [one.round for one in papers(application, "protocol")] == [1, 2]
    assert "Inne osoby" not in words(papers(application, "appointment")[0])
    assert "Inne osoby niż za pierwszym razem" in words(papers(application, "appointment")[1])


def test_who_opens_what(world):
    certificate = certified(world)
    stranger = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution("Inna Izba")))

    def seen(who):
        return sorted(one.kind for one in CaseDocument.objects.visible_to(acting(who).account))

    everything = ["appointment", "certificate", "declaration", "declaration", "protocol", "result-letter"]
    assert seen(world.officer) == seen(world.appeals) == everything
    assert seen(world.me) == ["appointment", "certificate", "protocol", "result-letter"]
    assert seen(world.assessors[0]) == ["appointment", "declaration", "protocol"]
    assert [*seen(world.assessors[2]), *seen(world.adviser), *seen(stranger), *seen(make_person("Jan").account)] == []
    own = CaseDocument.objects.visible_to(acting(world.assessors[0]).account).get(kind="declaration")
    assert own.member == world.assessors[0]
    assert certificate.application.papers.count() == len(everything)


def test_before_the_decision_there_is_no_protocol_to_be_read(world):
    application = world.judged()
    assert {one.kind for one in papers(application)} == {"declaration", "appointment"}


def test_an_officer_reads_in_their_own_case_only_what_a_candidate_does(world):
    application = world.judged()
    world.decide(application)
    own = make_staff(Role.AWARDING_OFFICER, world.unit, "Małgorzata Śliż")
    world.person.account = own
    world.person.save()
    seen = {one.kind for one in CaseDocument.objects.visible_to(acting(own).account)}
    assert seen == {"appointment", "protocol", "result-letter"}


def test_a_certificate_is_revoked_with_a_reason_once_and_by_the_body_alone(world):
    certificate = certified(world)
    values = {"certificate": certificate, "reason": "Dokument był cudzy.", "acting_user": acting(world.officer)}
    for who in (world.me, world.adviser, world.appeals, world.assessors[0]):
        with pytest.raises(NotAllowed):
            revoke_certificate(**{**values, "acting_user": acting(who)})
    with pytest.raises(RuleBroken, match="powód"):
        revoke_certificate(**{**values, "reason": "  "})
    revoked = revoke_certificate(**values)
    assert revoked.revoked_at is not None
    assert "Dokument był cudzy." in words(papers(certificate.application, "revocation")[0])
    entry = HistoryEntry.objects.get(kind="validation.certificate-revoked")
    assert (entry.subject, entry.payload.data["number"]) == (certificate.application.uid, certificate.number)
    with pytest.raises(RuleBroken, match="już unieważniony"):
        revoke_certificate(**values)
    assert PartialResult.objects.count() == 4, "what is confirmed outcome by outcome stays"


def test_the_check_needs_the_code_of_the_paper_and_tells_no_more_than_it(world):
    certificate = certified(world)
    found = checked_certificate(certificate.number, certificate.code)
    assert (found.holder, found.body, found.revoked_at) == (world.person.name, world.institution.name, None)
    typed = f" {certificate.code[:4]} {certificate.code[4:8].lower()}-{certificate.code[8:]} "
    assert checked_certificate(f" {certificate.number} ", typed) == found
    for number, code in (
        (certificate.number, ""), (certificate.number, "A" * 12), ("90002/2026/999999", certificate.code), ("", ""),
        (certificate.number, "ąę" * 6), (certificate.number, certificate.code[:-1]),
    ):  # fmt: skip
        assert checked_certificate(number, code) is None
    assert check_url(certificate).endswith(f"/certyfikat/{certificate.number}/{certificate.code}/")
    revoke_certificate(certificate=certificate, reason="Pomyłka.", acting_user=acting(world.officer))
    assert checked_certificate(certificate.number, certificate.code).revoked_at is not None


def test_the_certificate_shows_number_code_and_where_it_is_checked(world):
    certificate = certified(world)
    [paper] = papers(certificate.application, "certificate")
    said = words(paper)
    assert certificate.number in said
    assert check_url(certificate) in said
    assert f"{certificate.code[:4]} {certificate.code[4:8]} {certificate.code[8:]}" in said
    assert "data:" not in plain(thawed(paper.content).title)


def test_one_document_of_a_kind_about_one_thing(world):
    application = world.judged()
    row = papers(application, "appointment")[0]
    row.pk, row.uid = None, None
    with pytest.raises((IntegrityError, RuleBroken)), transaction.atomic():
        row.save(force_insert=True)
    assert CaseDocument.data_class is DataClass.PERSON
    assert "content" in CaseDocument.erase


def test_an_erased_document_is_refused_in_words(world):
    certificate = certified(world)
    CaseDocument.objects.update(content="")
    with pytest.raises(RuleBroken, match="usunięto"):
        write_files(document=papers(certificate.application, "certificate")[0])


def test_a_frozen_text_that_is_none_is_refused():
    for text in ("{}", '{"is":"Nothing"}', '{"is":"Run","text":"x"}', "[]"):
        with pytest.raises(ValueError, match="document"):
            thawed(text)
    assert thawed(frozen(Document(title="ą", language="pl", institution="x"))).title == "ą"
