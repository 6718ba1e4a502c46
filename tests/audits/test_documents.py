"""What the documents say: every kind, both languages, an empty and a rich case, difficult text."""

import io
import re
import time
from pathlib import Path

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorobek.audits.documents import (
    BUILDERS,
    LANGUAGES,
    build,
    case_file,
    content_sha256,
    draft,
    export,
    missing_content,
)
from dorobek.audits.documents.freezing import file_name, on_screen, rendered
from dorobek.audits.enums import PersonalDetail
from dorobek.audits.models import BasicDirection, Episode, InterviewAnswer, LifeEvent
from dorobek.kernel.documents import Document, to_html
from dorobek.people.enums import AddressForm, Role
from dorobek.people.models import Person
from dorobek.portfolio.models import Competence
from dorobek.programmes.enums import DocumentKind
from tests.audits.documents_samples import add_event, basic_case, empty_case, own, rich_case
from tests.factories import make_case, make_institution, make_person, make_programme, make_staff, make_unit

pytestmark = pytest.mark.django_db


def words_of(document: Document) -> str:
    """The text of a document without markup and no-break spaces."""
    html = re.sub(r"data:image/[^\"]+", "", to_html(document))
    text = re.sub(r"<[^>]+>", " ", html.replace("\u00a0", " ").replace("<br>", "\n"))
    for code, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return " ".join(text.split())


def say(audit, kind, language="pl") -> str:
    return words_of(build(kind, audit, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_of_a_rich_case_becomes_pdf_docx_and_html(language):
    audit = rich_case()
    file = case_file(audit, audit.adviser)
    for kind in BUILDERS:
        tree = draft(build(kind, audit, language, file=file))
        made = rendered(tree)
        assert made["pdf"].startswith(b"%PDF-")
        assert made["docx"].startswith(b"PK")
        assert tree.language == language
        assert audit.person.name in words_of(tree)
        assert audit.institution.name in words_of(tree)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_of_an_empty_case_says_in_words_what_is_not_there(language):
    audit = empty_case()
    file = case_file(audit, audit.adviser)
    for kind in BUILDERS:
        tree = draft(build(kind, audit, language, file=file))
        assert rendered(tree)["pdf"].startswith(b"%PDF-")
        assert 'class="meta"' in on_screen(tree).decode()


def test_everything_that_was_typed_stands_in_some_document():
    audit = rich_case()
    everything = " ".join(say(audit, kind) for kind in BUILDERS)
    typed = [
        *InterviewAnswer.objects.filter(audit=audit).exclude(answer="").values_list("answer", flat=True),
        *(text for one in Episode.objects.filter(audit=audit) for text in (one.title, one.situation, one.task, one.action,
          one.result, one.useful, one.documentable, one.evidence_missing)),
        *(text for one in LifeEvent.objects.filter(audit=audit) for text in (one.title, one.organisation, one.duties,
          one.outcomes, one.entitlements, one.note, one.duration_said, *one.details.values())),
        *Competence.objects.filter(case_uid=audit.uid).values_list("wording", flat=True),
        *(getattr(audit.agreement, name) for name in ("main_goal", "difficulties", "rules", "confidentiality")),
        "Byle bez nazwisk.", "Krok na 6.", "Zmiana grafiku 0", "Zamiana z koleżanką.", "Szukają kierowników zmian.",
        "Na pytanie fallback: mam czas we wtorki.", "Krok 2 drogi 2", "Dokładność i spokój.", "Wysoka aprobata społeczna.",
        "Tak, to jest rozliczenie dotacji.", "Prosiła o numer.", "W stronę kierowania zmianą.", "Prawo jazdy B od 1996 r.",
    ]  # fmt: skip
    for text in typed:
        for line in filter(None, (part.strip() for part in text.split("\n"))):
            assert " ".join(line.split()) in everything, line


def test_the_audit_card_has_three_columns_and_only_what_was_confirmed():
    audit = rich_case()
    tree = build(DocumentKind.AUDIT_CARD, audit, "pl")
    tables = [block for block in tree.blocks if type(block).__name__ == "Table"]
    assert len(tables) == 4
    assert tables[0].header == ("Efekt uczenia się", "Przykłady doświadczeń, działań lub rezultatów", "Dowody")
    confirmed = "".join(str(table.rows) for table in tables[:3])
    assert "Rozlicza kasę na koniec zmiany" in confirmed
    assert "Prowadzi rozliczenia finansowe organizacji" not in confirmed
    assert "Planuje posiłki" not in words_of(tree)
    disputed = str(tables[3].rows)
    assert "Prowadzi rozliczenia finansowe organizacji" in disputed
    assert "Ja tylko składki zbierałam" in disputed


def test_results_that_disagree_stand_beside_the_evidence_with_day_and_origin():
    said = say(rich_case(), DocumentKind.AUDIT_CARD)
    assert "Zaświadczenie z kursu kas" in said
    assert "Kwestionariusz zainteresowań: konwencjonalne" in said
    assert "20 marca 2026" in said


def test_the_plan_has_goals_progress_scenarios_side_by_side_questions_risks_and_sources():
    audit = rich_case()
    said = say(audit, DocumentKind.DEVELOPMENT_PLAN)
    for words in ("Scenariusze obok siebie", "To jest scenariusz wybrany", "Postęp: 6 na 10", "Barometr zawodów",
                  "źródło urzędowe", "30 czerwca 2027"):  # fmt: skip
        assert words in said
    for question in audit.rules.plan.questions:
        assert question.text.pl in said


def test_the_feedback_report_has_its_six_sections_and_draws_competences_from_data():
    tree = build(DocumentKind.FEEDBACK_REPORT, rich_case(), "pl")
    titles = [block.text for block in tree.blocks if type(block).__name__ == "Heading" and block.level == 1]
    assert len(titles) == 6
    said = words_of(tree)
    assert "Zachowuje spokój przy zdenerwowanym kliencie" in said
    assert "Słowa doradcy: feedback-report interests." in said


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (AddressForm.MADAM, "bo tak Pani zdecydowała"),
        (AddressForm.SIR, "bo tak Pan zdecydował"),
        (AddressForm.NEUTRAL, "Taka była decyzja osoby uczestniczącej"),
    ],
)
def test_a_personal_area_that_was_declined_is_not_printed(form, words):
    audit = rich_case()
    Person.objects.filter(pk=audit.person_id).update(address_form=form)
    audit.biographical.personal_detail = PersonalDetail.NONE
    audit.biographical.save()
    said = say(audit, DocumentKind.INTERVIEW_BIOGRAPHICAL)
    assert words in said
    assert "Opieka nad mamą" not in said
    personal = InterviewAnswer.objects.filter(audit=audit, area="personal").first()
    assert personal is not None
    assert personal.question not in said


def test_after_a_stop_only_what_was_said_before_is_printed():
    audit = rich_case()
    held = audit.biographical
    held.personal_detail, held.stopped_at = (
        PersonalDetail.STOPPED,
        InterviewAnswer.objects.filter(audit=audit).last().created_at,
    )
    held.save()
    add_event(audit, "family", "personal", "Powiedziane później", "2020", from_card=False)
    said = say(audit, DocumentKind.INTERVIEW_BIOGRAPHICAL)
    assert "przerwaliśmy na Pani życzenie" in said
    assert "Opieka nad mamą" in said
    assert "Powiedziane później" not in said


def test_details_are_left_out_for_somebody_who_spoke_in_general():
    audit = rich_case()
    audit.biographical.personal_detail = PersonalDetail.GENERAL
    audit.biographical.save()
    said = say(audit, DocumentKind.INTERVIEW_BIOGRAPHICAL)
    assert "Opieka nad mamą" in said
    assert "Leki, wizyty u lekarzy" not in said


def test_dates_are_readable_as_they_were_remembered():
    said = say(rich_case(), DocumentKind.PARTICIPANT_CARD)
    assert "wiosna 1995" in said
    assert "około 2012" in said
    assert "1995-21" not in said


def test_an_english_document_uses_the_programmes_english_and_marks_polish_words():
    tree = build(DocumentKind.AUDIT_CARD, rich_case(), "en")
    assert tree.title == "Skills audit card"
    assert 'lang="pl"' in to_html(tree)


def test_names_and_documents_come_from_the_programme():
    institution = make_institution()
    adviser = make_staff(Role.ADVISER, make_unit(institution))
    version = make_programme(institution, "ucze-sie-dalej")
    audit = make_case(adviser, version=version)
    tree = build(DocumentKind.AUDIT_CARD, audit, "pl")
    assert tree.title == "Co umiem: karta umiejętności"
    assert tree.funding_notice == version.parsed.identity.funding_notice.pl
    assert dict(tree.meta)["Osoba ucząca się"] == audit.person.name


def test_very_long_answers_difficult_names_markup_and_formulas_stay_text():
    hard = (
        "<b>Nie</b> =SUM(A1:A9) #set text(red) $x^2$ \\textbf{a} {{ 7 }} 李小龍 שלום مرحبا 👩‍🌾 " + "nierozrywalne" * 12
    )
    long = ("Opowiadam o tym, jak liczyłam kasę. " * 300)[:10_000]
    audit = make_case(person=make_person("李小龍 בן־דוד 🌻"))
    BasicDirection.objects.create(audit=audit, direction=long, next_steps=hard, **own(audit))
    add_event(audit, "job", "work", hard[:200], "2001", ends="2005", duties=long + hard)
    InterviewAnswer.objects.create(
        audit=audit, area="work", question_code="q", question=hard[:400], answer=long, **own(audit)
    )
    Episode.objects.create(audit=audit, part="work", title=hard[:150], situation=long, action=hard, **own(audit))
    file = case_file(audit, audit.adviser)
    for kind in BUILDERS:
        tree = draft(build(kind, audit, "pl", file=file))
        assert rendered(tree)["pdf"].startswith(b"%PDF-")
        assert "<b>Nie" not in on_screen(tree).decode()
    assert "<b>Nie</b> =SUM(A1:A9)" in say(audit, DocumentKind.DIRECTION)
    assert long.strip() in say(audit, DocumentKind.INTERVIEW_BEHAVIOURAL)


def test_the_number_of_statements_does_not_grow_with_the_case():
    small, rich = empty_case(), rich_case()
    counts = []
    for audit in (small, rich):
        with CaptureQueriesContext(connection) as caught:
            file = case_file(audit, audit.adviser)
            for kind in BUILDERS:
                build(kind, audit, "pl", file=file)
        counts.append(len(caught))
    assert counts[1] <= 42, counts
    for _ in range(30):
        episode = Episode.objects.create(audit=rich, part="work", title="Jeszcze jeden", **own(rich))
        add_event(rich, "job", "work", "Praca", "2010")
        assert episode
    with CaptureQueriesContext(connection) as caught:
        file = case_file(rich, rich.adviser)
        for kind in BUILDERS:
            build(kind, rich, "pl", file=file)
    assert len(caught) <= counts[1]


def test_a_stranger_reads_an_empty_case():
    audit, stranger = rich_case(), make_case().adviser
    file = case_file(audit, stranger)
    assert (file.events, file.episodes, file.weaves, file.plan, file.written) == ([], [], [], None, {})


def test_the_same_case_gives_the_same_content_and_a_change_another():
    audit = rich_case()
    first = content_sha256(build(DocumentKind.INTERVIEW_BIOGRAPHICAL, audit, "pl"))
    time.sleep(0.01)
    assert content_sha256(build(DocumentKind.INTERVIEW_BIOGRAPHICAL, audit, "pl")) == first
    LifeEvent.objects.filter(audit=audit, title="Kasjerka").update(title="Starsza kasjerka")
    assert content_sha256(build(DocumentKind.INTERVIEW_BIOGRAPHICAL, audit, "pl")) != first


def test_missing_content_is_said_in_words_and_goes_when_written():
    empty, rich = empty_case(), rich_case()
    empty_file, rich_file = case_file(empty, empty.adviser), case_file(rich, rich.adviser)
    for kind in BUILDERS:
        assert missing_content(kind, empty_file), kind
    assert missing_content(DocumentKind.FEEDBACK_REPORT, empty_file) == ["części informacji zwrotnej: 4"]
    for kind in (
        DocumentKind.FEEDBACK_REPORT,
        DocumentKind.AGREEMENT,
        DocumentKind.DIRECTION,
        DocumentKind.FINAL_REPORT,
    ):
        assert missing_content(kind, rich_file) == [], kind


def test_export_writes_pdf_and_docx_of_the_variant_in_both_languages(tmp_path):
    paths = export(basic_case(), tmp_path / "out")
    assert len(paths) == 8
    assert {path.suffix for path in paths} == {".pdf", ".docx"}
    assert all(path.name.isascii() and path.stat().st_size > 5000 for path in paths)


def test_file_names_are_readable_plain_letters():
    tree = build(DocumentKind.AUDIT_CARD, rich_case(), "pl")
    assert re.fullmatch(r"Karta-Bilansu-Kompetencji-NR-2026-\d{4}-w2-pl\.pdf", file_name(tree, 2, "pdf"))


def test_a_logo_that_cannot_be_read_does_not_hold_up_a_document():
    audit = rich_case()
    file = case_file(audit, audit.adviser)
    file.logo = b"\x89PNG\r\n\x1a\n broken"
    tree = build(DocumentKind.DIRECTION, audit, "pl", file=file)
    assert tree.logo is not None
    assert rendered(tree)["pdf"].startswith(b"%PDF-")


def test_an_english_document_says_nothing_of_its_own_in_polish():
    """Everything that is not marked as somebody's Polish words has no Polish letters, names of people and places apart."""
    for audit in (rich_case(), empty_case()):
        file = case_file(audit, None)
        known = (
            audit.person.name,
            audit.institution.name,
            audit.institution.address,
            audit.unit.name,
            file.adviser.name,
        )
        for kind in BUILDERS:
            html = re.sub(r"data:image/[^\"]+", "", to_html(build(kind, audit, "en", file=file)))
            own_words = re.sub(r'<span lang="pl">.*?</span>', " ", html, flags=re.S)
            text = re.sub(r"<[^>]+>", " ", own_words).replace("\u00a0", " ")
            for name in known:
                text = text.replace(name, " ") if name else text
            assert not re.search(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]+\w*", text), (
                kind,
                re.findall(r"[^.]*[ąćęłńóśźż][^.]*", text)[:3],
            )


FALLBACK = Path("/usr/share/fonts/truetype/droid")


@pytest.mark.skipif(not FALLBACK.is_dir(), reason="the machine has no font with Chinese letters")
def test_an_operator_may_name_fonts_for_names_that_the_shipped_ones_lack(settings):
    audit = rich_case()
    audit.person.given_names, audit.person.family_name = "小明", "王"
    audit.person.save()
    tree = build(DocumentKind.DIRECTION, audit, "pl")
    assert "U+738B" in pdf_text(rendered(tree)["pdf"])
    settings.DOROBEK_FONTS = (str(FALLBACK), "/nowhere/at/all")
    found = pdf_text(rendered(tree)["pdf"])
    assert "小明" in found
    assert "U+738B" not in found


def pdf_text(data: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
