"""The demonstration, loaded once: three people before a commission for entry 13477, on the tables and on the screens."""

import io
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from dorobek.cli import demo
from dorobek.cli.demo.entry_13477 import NOTICE, OUTLINE, RULES, TEXTS
from dorobek.people.models import Account
from dorobek.register.models import LearningOutcome, Qualification
from dorobek.validation.actions.archives import take_archive
from dorobek.validation.archive import SCRIPT
from dorobek.validation.models import Application, CaseDocument
from tests.cli import demo_walks as walks
from tests.factories import acting
from tests.register.conftest import real
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
__all__ = ["real"]
STEPS = {
    "begun", "evidence-mapped", "informed", "submitted", "documented", "sitting-set", "commission-chosen", "declared",
    "appointed", "test-let", "test-started", "test-finished", "observation-begun", "observation-ended", "time-marked",
    "evidence-checked", "noted", "method-used", "marked", "sheet-closed", "decided", "protocol", "fee-noted",
}  # fmt: skip


@pytest.fixture(scope="module")
def storages(tmp_path_factory):
    """Files of the demonstration lie in one folder for the whole module."""
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
    }
    return {**settings.STORAGES, "default": place}


@pytest.fixture(autouse=True)
def _own_files(settings, storages):
    settings.STORAGES = storages


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, storages):
    """What loading printed; everything is taken back after the module."""
    whole = transaction.atomic()
    whole._from_testcase = True  # what loading commits for good is committed within it
    with django_db_blocker.unblock(), whole:
        with override_settings(STORAGES=storages):
            printed = demo.load()
        yield printed
        transaction.set_rollback(True)


def page(account, name, *args, **query):
    answer = signed_in_client(account).get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode().replace("\xa0", " ")


def staff(address):
    return Account.objects.get(email=f"{address}@izba.example.org")


def test_the_register_holds_the_entry_in_other_words_and_says_so(told):
    entry = Qualification.objects.get(code="13477").entry
    counts = [len(outcome.criteria) for group in entry.sets for outcome in group.outcomes]
    assert counts == [5, 6, 9, 6, 4, 6, 2, 6, 5, 4, 4]
    assert (entry.title_pl, entry.level, entry.hours) == ("Prowadzenie procesu bilansowania kompetencji", 6, 270)
    assert LearningOutcome.objects.filter(code__startswith="13477-", withdrawn=False).count() == 11
    text = page(staff("walidacja"), "register-entry", "13477")
    assert NOTICE.split(";")[0].split(",")[0] in text
    assert "dorobek import zrk" in text


def test_the_certificate(told):
    walks.check_the_first()


def test_the_appeal_that_is_won(told):
    walks.check_the_second()


def test_the_partial_result_that_counts(told):
    walks.check_the_third()


def test_what_loading_prints_names_every_case(told):
    for case in Application.objects.all():
        assert str(case.uid) in told
    running = Application.objects.get(state="appointed")
    assert (running.opening.qualification.code, running.commission.members.count()) == ("90011", 2)


@pytest.mark.parametrize(
    ("name", "further"),
    [
        ("Honorata", {"note-written", "played-client", "test-marker", "test-agreed", "talked", "agreed", "certified"}),
        ("Kornelia", {"adjustment-answered", "appealed", "appeal-answered", "reopened", "certified", "handed-over"}),
        ("Władysław", {"credential-awarded", "document-frozen"}),
    ],
)
def test_the_history_alone_tells_a_stranger(told, name, further):
    for place, case in enumerate(walks.cases_of(name)):
        for reader in (case.person.account, staff("walidacja"), staff("odwolania")):
            said = walks.check_history_is_told(case, reader, STEPS | (further if not place else {"certified"}))
            assert "Trzeba użyć wszystkich metod." in said  # which rules
            assert "Scenariusz" in said


def test_screens_of_the_candidate(told):
    for name, result in (("Honorata", "Certyfikat jest wydany"), ("Kornelia", "Odwołania"), ("Władysław", "zostają")):
        case = walks.cases_of(name)[0]
        me = case.person.account
        assert result in page(me, "validation-case", case.uid)
        first = page(me, "validation-history", case.uid)
        assert "Zaczęto zgłoszenie do walidacji" in first
        assert "Opublik" not in first  # what the body writes for itself is not theirs
        assert "Prowadzenie procesu" in page(me, "validation-mine")
    text = page(walks.cases_of("Władysław")[0].person.account, "validation-partial")
    assert "Przeprowadza rozmowę o drodze życiowej" in text


def test_screens_of_the_officer_and_of_an_assessor(told):
    officer = staff("walidacja")
    for name in ("Honorata", "Kornelia", "Władysław"):
        for case in walks.cases_of(name):
            assert case.person.name in page(officer, "office-case", case.uid)
            assert case.person.name in page(officer, "validation-history", case.uid)
            judge = case.assessments.filter(round=case.round).first().assessor
            assert case.person.name in page(judge, "assessing-case", case.uid)
            test = case.knowledge_tests.get(round=case.round)
            assert "Test wiedzy do bilansu kompetencji" in page(officer, "knowledge-test", test.uid)
            scene = case.observations.get(round=case.round)
            assert scene.scenario.title in page(judge, "assessing-observation", case.uid, scene.uid)
            # Who judges reads no history: it would show what others did before the own sheet is closed.
            answer = signed_in_client(judge).get(reverse("validation-history", args=[case.uid]))
            assert answer.status_code == 404
    assert "13477" in page(officer, "office-certificates")


def test_an_inspector_checks_each_case_from_its_archive_alone(told, tmp_path):
    for name in ("Honorata", "Kornelia", "Władysław"):
        for case in walks.cases_of(name):
            file, _made = take_archive(application=case, acting_user=acting(staff("walidacja")))
            folder = tmp_path / str(case.uid)
            with file:
                zipfile.ZipFile(io.BytesIO(file.read())).extractall(folder)
            run = subprocess.run(
                [sys.executable, "-I", str(folder / SCRIPT)], capture_output=True, text=True, timeout=60, check=False
            )
            assert (run.returncode, "Wszystko się zgadza" in run.stdout) == (0, True), run.stdout + run.stderr
    kinds = CaseDocument.objects.filter(application=walks.cases_of("Kornelia")[0]).values_list("kind", flat=True)
    assert {"declaration", "appointment", "protocol", "result-letter", "appeal-answer", "certificate"} <= set(kinds)


def test_the_entry_is_no_copy_of_the_print_out(real):
    """No five words in a row of the source stand in it; names of a minister and of a law are facts."""
    source = {words for text in _texts(real.entry) for words in _fives(text)}
    stated = (*RULES.member_criteria, *RULES.adviser, *RULES.body, *RULES.methods)
    own = [OUTLINE, *(text for name, text in TEXTS.items() if name != "legal_base"), *(one.text for one in stated)]
    own += [*RULES.provided, *RULES.members_all]
    assert [words for text in own for words in _fives(text) if words in source] == []


def _texts(entry):
    yield from (words["pl"] for words in entry.texts.values())
    for group in entry.sets:
        yield group.pl
        for outcome in group.outcomes:
            yield outcome.pl
            yield from (one.pl for one in outcome.criteria)


def _fives(text):
    words = "".join(letter if letter.isalpha() else " " for letter in text.lower()).split()
    return zip(*(words[at:] for at in range(5)), strict=False)
