"""The office while a commission judges: replacing a member, a method on paper, which outcomes fall with a certificate."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.validation.models import MethodRecord, PartialResult
from tests.factories import acting
from tests.sessions import signed_in_client
from tests.validation import doing
from tests.validation.test_replacing import REASON, member
from tests.validation.world import METHODS, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at(name, application, *more):
    return reverse(name, args=[application.uid, *more])


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


def test_the_officer_replaces_a_member_and_the_new_one_declares_first(world):
    application = world.appointed()
    world.verify(application)
    officer = signed_in_client(world.officer)
    assert "Zmień osobę" in text(officer.get(at("office-case", application)))
    page = text(officer.get(at("office-case-replace", application)))
    assert "Asesor C" in page
    sent = {"leaves": member(application, world.records[0]).pk, "comes": str(world.records[2].uid)}
    refused = officer.post(at("office-case-replace", application), {**sent, "reason": ""})
    assert refused.status_code == 422
    done = officer.post(at("office-case-replace", application), {**sent, "reason": REASON})
    assert done["Location"] == at("office-case", application)
    page = text(officer.get(at("office-case", application)))
    assert "arkusz się nie liczy" in page
    assert REASON in page
    new = signed_in_client(world.assessors[2])
    assert "złóż oświadczenie" in text(new.get(reverse("assessing")))
    filled = {"v_1_1_a": "not-met", "m_1_1_a": "work_sample", "r_1_1_a": "Nie widać."}
    assert "Najpierw oświadczenie" in text(new.post(at("assessing-sheet", application, "1.1"), filled))
    said = {"trained": "nie", "relative": "nie", "subordinate": "nie"}
    assert new.post(at("assessing-declaration", application), said).status_code == 302
    assert new.post(at("assessing-sheet", application, "1.1"), filled).status_code == 302
    assert signed_in_client(world.assessors[0]).get(at("assessing-case", application)).status_code == 404


def test_somebody_barred_is_not_offered(world):
    application = world.judged(c22a="not-shown")
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    again = world.appointed(world.fresh(application), *world.records[2:])
    page = text(signed_in_client(world.officer).get(at("office-case-replace", again)))
    assert "Asesor A" not in page
    assert "Asesor B" not in page


@pytest.mark.parametrize("name", ["office-case-replace", "office-case-paper"])
def test_nobody_else_comes_in_and_only_while_a_commission_judges(world, name):
    application = world.appointed()
    for who in (world.assessors[0], world.adviser, world.appeals, world.me):
        assert signed_in_client(who).get(at(name, application)).status_code in (302, 404)
    officer = signed_in_client(world.officer)
    assert officer.get(at(name, application)).status_code == 200
    world.decide(world.judged(application))
    assert officer.get(at(name, application)).status_code == 404


def test_a_method_on_paper_comes_in_with_its_file_and_is_told_as_such(world):
    application = world.appointed()
    officer = signed_in_client(world.officer)
    where = at("office-case-paper", application)
    sent = {
        "method": "knowledge_test", "criteria": list(METHODS["knowledge_test"]), "failed": ["1.2"],
        "used_on": timezone.localdate().isoformat(), "led_by": "Wanda Prowadząca",
    }  # fmt: skip
    assert officer.post(where, sent).status_code == 422
    wrong = SimpleUploadedFile("skan.pdf", b"nie pdf", "application/pdf")
    assert officer.post(where, {**sent, "file": wrong}).status_code == 422
    assert not MethodRecord.objects.exists()
    answer = officer.post(where, {**sent, "file": SimpleUploadedFile("skan.pdf", doing.PDF, "application/pdf")})
    assert answer.status_code == 302, text(answer)
    made = MethodRecord.objects.get()
    assert (made.how, made.failed) == ("paper", ["1.2"])
    assert "Wanda Prowadząca" in text(officer.get(at("office-case", application)))
    judge = signed_in_client(world.assessors[0])
    assert "na papierze" in text(judge.get(at("assessing-methods", application)))
    for client, name in ((officer, "office-case-paper-file"), (judge, "assessing-method-file")):
        assert client.get(at(name, application, made.pk)).status_code == 200
        assert client.get(at(name, application, made.pk + 1)).status_code == 404
    assert (
        signed_in_client(world.assessors[3]).get(at("assessing-method-file", application, made.pk)).status_code == 404
    )


def test_a_paper_brought_in_by_mistake_is_withdrawn_on_its_own_page(world):
    application = world.appointed()
    made = doing.on_paper(world, application, "knowledge_test", METHODS["knowledge_test"])
    officer, where = signed_in_client(world.officer), at("office-case-paper-void", application, made.pk)
    assert where in officer.get(at("office-case", application)).content.decode()
    for who in (world.assessors[0], world.adviser, world.me):
        assert signed_in_client(who).get(where).status_code in (302, 404)
    assert officer.post(where, {"reason": ""}).status_code == 422
    assert officer.post(where, {"reason": "Zapis innej osoby."}).status_code == 302
    assert MethodRecord.objects.get().how == "void"
    judge = signed_in_client(world.assessors[0])
    assert "Wanda Prowadząca" not in text(judge.get(at("assessing-methods", application)))
    assert officer.get(where).status_code == 404
    assert "Zapis innej osoby." in text(officer.get(reverse("validation-history", args=[application.uid])))


def test_the_sheet_tells_whether_the_test_passes_the_outcome_and_asks_for_another_method(world):
    application = world.appointed()
    judge = signed_in_client(world.assessors[0])
    where = at("assessing-sheet", application, "1.1")
    assert "Test wiedzy z tego efektu" not in text(judge.get(where))
    assert "nie ma jeszcze wyniku" in text(judge.get(at("assessing-test", application)))
    doing.sit(world, application, METHODS["knowledge_test"], right=(), pass_percent=60)
    page = text(judge.get(where))
    assert "niezaliczony" in page
    assert "potrzeba 60%" in page
    tab = text(judge.get(at("assessing-test", application)))
    assert "1.1" in tab
    assert "Ocena „spełnione” z niezaliczonego efektu" in tab
    sent = {"v_1_1_a": "met", "m_1_1_a": "knowledge_test", "r_1_1_a": "Z testu."}
    refused = judge.post(where, sent)
    assert refused.status_code == 422
    assert "Test nie zalicza efektu 1.1" in text(refused)
    doing.use(world, application, "work_sample", ["1.1.a"])
    page = text(judge.get(where))
    assert "Na co wskazuję" in page
    assert "próba pracy" in page
    assert judge.post(where, {**sent, "m_1_1_a": "work_sample"}).status_code == 302


def test_the_officer_names_which_outcomes_fall_and_the_candidate_reads_it(world):
    application = world.judged()
    world.decide(application)
    world.certify(world.fresh(application))
    officer = signed_in_client(world.officer)
    where = reverse("papers-revoke", args=[application.uid])
    page = text(officer.get(where))
    assert page.count("checked") == 4, "all of them unless the officer says otherwise"
    assert officer.post(where, {"reason": "Cudzy dokument.", "outcomes": ["1.1"]}).status_code == 302
    assert [one.outcome for one in PartialResult.objects.filter(suspended_at__isnull=False)] == ["1.1"]
    mine = text(signed_in_client(world.me).get(reverse("validation-partial")))
    assert "na razie się nie liczy" in mine
    assert "Cudzy dokument." in mine


def test_the_candidate_reads_what_counts_and_what_does_not(world):
    world.decide(world.judged(c11a="not-met"))
    opening = world.open()
    opening.entry_version.data["sets"][0]["outcomes"][1]["criteria"][0]["pl"] = "co innego"
    opening.entry_version.save()
    page = text(signed_in_client(world.me).get(reverse("validation-opening", args=[opening.uid])))
    assert page.count("liczy się<") == 2
    assert "brzmią teraz inaczej" in page
    assert acting(world.me)
