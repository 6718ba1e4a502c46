"""What a decision rests on: methods that took place, tests that were passed, pointers, and outcomes that still stand."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.portfolio.actions.evidence import remove_evidence
from dorobek.register.entry.rules_text import read_rules
from dorobek.register.entry.validation import Method, ValidationRules
from dorobek.register.models import Entitlement
from dorobek.validation import grounds
from dorobek.validation.actions import applying, assessing, deciding, methods, observing, sheets
from dorobek.validation.documents import build
from dorobek.validation.enums import PaperKind
from dorobek.validation.models import Certificate, Mark, MethodRecord
from dorobek.validation.rules import Verdict, rules_of
from tests.factories import acting
from tests.validation import doing
from tests.validation.conftest import second_entry
from tests.validation.judged import Judged
from tests.validation.test_documents import _texts as words_of
from tests.validation.world import METHODS, SIX, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


# ---- methods take place ----


@pytest.mark.parametrize("method", ["knowledge_test", "simulated_observation", "conversation"])
def test_a_method_with_a_form_of_its_own_cannot_be_asserted(method):
    world = Judged()
    with pytest.raises(RuleBroken, match="zapisuje się sam"):
        methods.record_method(
            application=world.case, method=method, criteria=SIX, acting_user=acting(world.sheets[0].assessor)
        )
    assert not MethodRecord.objects.exists()


def test_evidence_is_analysed_only_where_it_is_and_after_the_four_questions():
    world = Judged()
    sheet, who = world.sheets[0], acting(world.sheets[0].assessor)
    given = {"application": world.case, "method": "evidence_analysis", "acting_user": who}
    with pytest.raises(RuleBroken, match=r"kandydat nie pokazał dowodu: 1\.2\.a"):
        methods.record_method(criteria=["1.1.a", "1.2.a"], **given)
    with pytest.raises(RuleBroken, match=r"cztery pytania .* 1\.1\.a"):
        methods.record_method(criteria=["1.1.a"], **given)
    sheets.fill_sheet(assessment=sheet, rows=[sheets.Filled("1.1.a", checks=doing.ALL_YES)], acting_user=who)
    assert methods.record_method(criteria=["1.1.a"], **given).how == "checks"
    assert grounds.covered(world.case) == {"evidence_analysis": {"1.1.a"}}


def test_nothing_is_written_down_after_ones_own_sheet_is_closed(world):
    application = world.appointed()
    world.verify(application)
    sheet = application.assessments.order_by("pk").first()
    world.fill(sheet)
    with pytest.raises(RuleBroken, match="Metod nie można już dopisać"):
        methods.record_method(
            application=application, method="work_sample", criteria=SIX, acting_user=acting(sheet.assessor)
        )


def test_a_record_alone_is_believed_by_nobody(world):
    application = world.appointed()
    for method, criteria in METHODS.items():
        MethodRecord.objects.create(
            application=application, round=1, method=method, criteria=list(criteria), used_on=timezone.localdate()
        )
    assert set(grounds.covered(application)) == {"work_sample"}
    assert any("test wiedzy" in one for one in deciding.round_faults(application))


def test_a_method_on_paper_comes_with_its_file_and_who_answers_for_it(world):
    application = world.appointed()
    made = doing.on_paper(world, application, "knowledge_test", METHODS["knowledge_test"], failed=["1.2"])
    assert (made.how, made.led_by, made.recorded_by) == ("paper", "Wanda Prowadząca", acting(world.officer).account)
    assert made.file.sha256
    entry = HistoryEntry.objects.get(kind="validation.method-on-paper")
    assert entry.payload.data["file_sha256"] == made.file.sha256
    assert grounds.covered(application)["knowledge_test"] == set(METHODS["knowledge_test"])
    sheet = application.assessments.first()
    with pytest.raises(RuleBroken, match="nie jest zaliczony w teście na papierze"):
        mark(sheet, "1.2.a", "knowledge_test")
    assert mark(sheet, "1.1.a", "knowledge_test").pointer == f"record:{made.pk}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"led_by": " "}, "kto to przeprowadził"),
        ({"used_on": timezone.localdate() + dt.timedelta(2)}, "z przyszłości"),
        ({"failed": ["2.1"]}, "nie obejmuje: 2"),
    ],
)
def test_a_paper_that_nobody_answers_for_is_refused(world, change, words):
    with pytest.raises(RuleBroken, match=words):
        doing.on_paper(world, world.appointed(), "knowledge_test", METHODS["knowledge_test"], **change)
    assert not MethodRecord.objects.exists()


def test_paper_is_the_offices_and_never_of_whoever_judges(world):
    application = world.appointed()
    for who in (world.assessors[0], world.me, world.adviser):
        with pytest.raises(NotAllowed):
            methods.import_paper(
                application=application, method="knowledge_test", criteria=["1.1.a"], used_on=timezone.localdate(),
                led_by="Ktoś", upload=SimpleUploadedFile("a.pdf", doing.PDF), acting_user=acting(who),
            )  # fmt: skip


# ---- the pass mark, and what "met" points to ----


def mark(sheet, code, method, verdict=Verdict.MET, **more):
    return assessing.mark_criterion(
        assessment=sheet, criterion=code, verdict=verdict, method=method, reason="Widać to.",
        acting_user=acting(sheet.assessor), **more,
    )  # fmt: skip


def test_a_blank_test_shows_nothing_and_another_method_may(world):
    application = world.appointed()
    doing.sit(world, application, METHODS["knowledge_test"], right=(), pass_percent=60)
    sheet = application.assessments.first()
    with pytest.raises(RuleBroken, match=r"Test nie zalicza efektu 1\.1: wynik 0%, a potrzeba 60%"):
        mark(sheet, "1.1.a", "knowledge_test")
    assert mark(sheet, "1.1.a", "knowledge_test", Verdict.NOT_MET).verdict == "not-met"
    doing.use(world, application, "work_sample", ["1.1.a"])
    assert mark(sheet, "1.1.a", "work_sample").verdict == "met"


def test_before_its_result_a_test_shows_nothing(world):
    application = world.appointed()
    with pytest.raises(RuleBroken, match="nie ma jeszcze ustalonego wyniku"):
        mark(application.assessments.first(), "1.1.a", "knowledge_test")
    assert not Mark.objects.exists()


def test_a_result_that_comes_after_the_mark_is_asked_again_at_the_close_and_at_the_decision(world):
    application = world.judged()
    test = application.knowledge_tests.get()
    test.result["outcomes"]["1.1"][3] = False
    test.save()
    assert any("Test nie zalicza efektu 1.1" in one for one in deciding.round_faults(application))
    with pytest.raises(RuleBroken, match="Test nie zalicza"):
        world.decide(application)


def test_met_points_to_something_by_default_to_what_lies_nearest_and_the_digest_covers_it(world):
    application = world.appointed()
    world.verify(application)
    sheet = application.assessments.order_by("pk").first()
    test = application.knowledge_tests.get()
    place = next(row.place for row in test.answers.all() if row.item_version.criterion == "1.1.a")
    assert mark(sheet, "1.1.a", "knowledge_test").pointer == f"test:{test.uid}:{place}"
    with pytest.raises(RuleBroken, match="musi na coś wskazywać"):
        mark(sheet, "1.1.a", "knowledge_test", pointer=f"test:{test.uid}:99")
    with pytest.raises(RuleBroken, match="musi na coś wskazywać"):
        mark(sheet, "1.1.a", "work_sample")
    with pytest.raises(RuleBroken, match="co było widać"):
        assessing.mark_criterion(
            assessment=sheet, criterion="1.1.a", verdict=Verdict.MET, method="knowledge_test",
            acting_user=acting(sheet.assessor),
        )  # fmt: skip
    world.fill(sheet)
    sheet.refresh_from_db()
    rows = assessing.contents(sheet)
    assert all(len(one) == 5 for one in rows)
    before = history.payload_digest(sheet.salt, rows)
    sheet.marks.filter(criterion="1.1.a").update(pointer="test:other:1")
    assert history.payload_digest(sheet.salt, assessing.contents(sheet)) != before


def test_a_sheet_of_before_keeps_its_digest(world):
    application = world.judged()
    sheet = application.assessments.first()
    sheet.marks.update(pointer="")
    assert all(len(one) == 4 for one in assessing.contents(sheet))


def test_each_of_the_four_methods_gives_its_own_pointer():
    world = Judged()
    sheet = world.sheets[0]
    world.all_methods(sheet)
    seen = world.case.observations.get()
    assert mark(sheet, "1.1.a", "simulated_observation").pointer == f"scene:{seen.uid}"
    assert mark(sheet, "1.1.a", "conversation").pointer == "note:conversation"
    found = mark(sheet, "1.1.a", "evidence_analysis")
    assert (found.pointer, found.evidence) == (f"evidence:{world.piece.uid}", world.piece)
    other = mark(world.sheets[1], "1.1.a", "conversation")
    assert other.pointer.startswith("record:"), "nobody points to another's note"


def test_a_sheet_does_not_close_over_what_was_taken_back(world):
    world = Judged()
    sheet = world.sheets[0]
    doing.sit(world, world.case, SIX)
    who = acting(sheet.assessor)
    sheets.note_criteria(assessment=sheet, method="conversation", notes={"1.1.a": "Opowiada."}, acting_user=who)
    world.mark_all(sheet, close=False)
    mark(sheet, "1.1.a", "conversation")
    with pytest.raises(RuleBroken, match="nie jest jeszcze zakończona"):
        assessing.close_sheet(assessment=sheet, acting_user=who)
    sheets.note_criteria(assessment=sheet, method="conversation", notes={"1.1.a": ""}, acting_user=who)
    with pytest.raises(RuleBroken, match="nie ma notatki z rozmowy"):
        assessing.close_sheet(assessment=sheet, acting_user=who)


# ---- the right to award ----


@pytest.mark.parametrize("change", [{"role": "validating"}, {"until": timezone.localdate() - dt.timedelta(1)}])
def test_nothing_is_decided_or_certified_without_the_right_to_award_on_that_day(world, change):
    application = world.judged()
    held = dict(Entitlement.objects.values("role", "until").get())
    Entitlement.objects.update(**change)
    with pytest.raises(RuleBroken, match="może dziś nadawać"):
        world.decide(application)
    Entitlement.objects.update(**held)
    world.decide(application)
    Entitlement.objects.update(**change)
    with pytest.raises(RuleBroken, match="może dziś nadawać"):
        world.certify(world.fresh(application))
    assert not Certificate.objects.exists()


# ---- evidence, scenes, methods by outcome ----


def test_evidence_before_a_commission_is_not_taken_from_under_its_hands():
    world = Judged(appointed=False)
    with pytest.raises(RuleBroken, match="Tego dowodu potrzebuje komisja"):
        remove_evidence(evidence=world.piece, reason="x", acting_user=acting(world.me))
    world.piece.refresh_from_db()
    assert world.piece.removed_at is None
    applying.withdraw_application(application=world.case, acting_user=acting(world.me))
    remove_evidence(evidence=world.piece, reason="x", acting_user=acting(world.me))
    world.piece.refresh_from_db()
    assert world.piece.removed_at is not None


MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_no_mark_lies_outside_its_scene(at, first, second):
    begun, ended = sorted((first, second))
    found = observing.within(at, begun, ended)
    assert begun <= found <= ended
    assert found == at or not begun <= at <= ended


def test_a_method_verifies_only_the_outcomes_the_entry_gives_it(world):
    stated = second_entry().rules
    limited = ValidationRules.from_data(
        {"methods": [{"code": "knowledge_test", "text": "test", "outcomes": ["1.2", "2"]}]}
    )
    rules = rules_of(second_entry(rules=limited))
    assert rules.method("knowledge_test").outcomes == {"1.2", "2.1", "2.2"}
    kept = second_entry(rules=stated).as_data()
    assert all("outcomes" not in one for one in kept["rules"]["methods"]), "entries held before keep their digest"
    world = World(methods=(Method("knowledge_test", "test", outcomes=("1",)), Method("work_sample", "próba", (2,))))
    sheet = world.appointed().assessments.first()
    with pytest.raises(RuleBroken, match=r"nie pozwala sprawdzać tą metodą efektów: 2\.1"):
        mark(sheet, "2.1.a", "knowledge_test")


@pytest.mark.parametrize(
    ("sentence", "outcomes"),
    [
        ("Test wiedzy służy weryfikacji wyłącznie efektów uczenia się 1.1, 1.2 i 2.3.", ("1.1", "1.2", "2.3")),
        ("Test wiedzy stosuje się wyłącznie do zestawu efektów uczenia się 1.", ("1",)),
        ("Test wiedzy trwa 45 minut.", ()),
    ],
)
def test_the_reader_finds_which_outcomes_a_method_verifies(sentence, outcomes):
    listed = "Podczas walidacji stosuje się wyłącznie następujące metody:\n- test wiedzy,\n- rozmowa z komisją.\n"
    read = {one.code: one.outcomes for one in read_rules(listed + sentence).methods}
    assert read["knowledge_test"] == outcomes


def test_the_protocol_names_paper_and_what_marks_point_to(world):
    application = world.appointed()
    doing.on_paper(world, application, "knowledge_test", METHODS["knowledge_test"])
    doing.use(world, application, "work_sample", METHODS["work_sample"])
    for sheet in application.assessments.all():
        world.fill(sheet)
    decision = world.decide(world.fresh(application))
    said = " ".join(words_of(build(PaperKind.PROTOCOL, decision)))
    assert "na papierze, przeprowadził(a): Wanda Prowadząca" in said
    assert "Przeprowadzono na papierze." in said
