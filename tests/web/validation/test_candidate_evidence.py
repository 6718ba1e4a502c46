"""Screens of evidence within an application: one outcome a page, a new piece, what it shows, the wallet (VA-1)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dorobek.credentials.actions.changes import revoke
from dorobek.people.models import Draft
from dorobek.portfolio.models import Evidence
from dorobek.validation.actions import applying
from dorobek.validation.actions.candidate import send_application
from dorobek.validation.models import Application, CredentialCheck, CriterionCheck
from tests.factories import acting, make_person
from tests.sessions import signed_in_client
from tests.validation.candidates import TERMS
from tests.validation.test_crediting import Wallet
from tests.validation.test_own_evidence import OWN_WORDS, PDF, Resident

pytestmark = pytest.mark.django_db
NEW = {"kind": "statement", "title": "Praca w hurtowni", "description": OWN_WORDS, "url": "", "made_on": ""}


@pytest.fixture
def world():
    return Resident()


@pytest.fixture
def me(world):
    return signed_in_client(world.me)


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content[:800]
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def at(name, application, *more):
    return reverse(name, args=[application.uid, *more])


def begun(world, client):
    answer = client.post(reverse("validation-apply", args=[world.opening.uid]))
    made = Application.objects.get()
    assert answer["Location"] == at("validation-step", made, "1.1")
    return made


def test_whoever_has_nothing_yet_is_led_through_outcomes_one_a_page(world, me):
    made = begun(world, me)
    first = text_of(me.get(at("validation-step", made, "1.1")))
    assert "Efekt 1 z 3" in first
    assert "Nie ma tu jeszcze żadnego dowodu." in first
    assert "Poprzedni efekt" not in first
    last = text_of(me.get(at("validation-step", made, "2.1")))
    assert "Zapisz i przejrzyj całość" in last
    assert me.post(at("validation-step", made, "1.1"), {"then": "next"})["Location"] == at(
        "validation-step", made, "1.2"
    )
    assert me.post(at("validation-step", made, "2.1"), {"then": "next"})["Location"] == at("validation-case", made)
    assert me.get(at("validation-step", made, "9.9")).status_code == 404


def test_a_new_piece_is_proposed_by_its_words_and_saved_where_one_says(world, me):
    made = begun(world, me)
    new = me.post(at("validation-step", made, "1.1"), {"then": "add"})["Location"]
    assert new == at("validation-evidence-new", made) + "?efekt=1.1"
    answer = me.post(new, NEW)
    piece = Evidence.objects.get()
    assert answer["Location"] == at("validation-evidence-place", made, piece.uid) + "?efekt=1.1"
    asked = me.get(answer["Location"])
    assert "Zaznaczyliśmy kryteria, do których pasuje opis." in text_of(asked)
    assert asked.context["form"]["fits"].value()[:2] == ["1.1.a", "1.1.b"]
    sent = {"fits": ["1.1.a"], "o_1_2": ["1.2.a"]}
    assert me.post(answer["Location"], sent)["Location"] == at("validation-step", made, "1.1")
    assert set(made.mapped.values_list("criterion", flat=True)) == {"1.1.a", "1.2.a"}
    assert "Dowód jest przy 2 z 4 kryteriów" in text_of(me.get(at("validation-case", made)))
    step = me.get(at("validation-step", made, "1.1"))
    assert "Pasuje do tego kryterium." in text_of(step)
    me.post(at("validation-evidence-place", made, piece.uid), {"fits": ["1.1.b"]})
    assert set(made.mapped.values_list("criterion", flat=True)) == {"1.1.b"}


def test_a_step_saves_what_is_ticked_among_the_fitting_and_the_rest(world, me):
    made = begun(world, me)
    fit = world.add(made)
    other = world.add(made, title="Prawo jazdy", description="Kategoria B.")
    me.post(
        at("validation-step", made, "1.1"),
        {"n_1_1_a": [str(fit.uid)], "r_1_1_b": [str(other.uid)], "then": "next"},
    )
    assert set(made.mapped.values_list("criterion", "evidence")) == {("1.1.a", fit.pk), ("1.1.b", other.pk)}
    me.post(at("validation-step", made, "1.1"), {"then": "end"})
    assert not made.mapped.exists()
    wrong = me.post(at("validation-step", made, "1.1"), {"n_1_1_a": [str(made.uid)], "then": "next"})
    assert wrong.status_code == 422


def test_a_file_and_a_mistake_are_answered_beside_the_field(world, me):
    made = begun(world, me)
    wrong = me.post(at("validation-evidence-new", made), {**NEW, "kind": "link"})
    assert "zaczynający się od https://" in text_of(wrong, 422)
    assert "Od pięciu lat wystawiam faktury" in text_of(wrong, 422)
    file = SimpleUploadedFile("faktura.pdf", PDF, content_type="application/pdf")
    me.post(at("validation-evidence-new", made), {**NEW, "kind": "file", "file": file})
    assert Evidence.objects.get().file.name == "faktura.pdf"


def test_what_was_typed_comes_back_and_goes_when_it_is_sent(world, me):
    made = begun(world, me)
    here = at("validation-evidence-new", made)
    draft = {
        "form": here,
        "client": "telefon",
        "seq": 1,
        "base_version": 0,
        "values": {"description": ["Zaczęte zdanie"]},
    }
    assert me.post(reverse("draft-save"), draft, content_type="application/json").status_code == 200
    assert "Zaczęte zdanie" in text_of(me.get(here))
    me.post(here, NEW)
    assert not Draft.objects.exists()


def test_a_piece_is_taken_away_for_good_after_one_question(world, me):
    made = begun(world, me)
    piece = world.add(made)
    me.post(at("validation-evidence-place", made, piece.uid), {"fits": ["1.1.a"]})
    assert "Usunąć „Praca w hurtowni”?" in text_of(me.get(at("validation-evidence-remove", made, piece.uid)))
    me.post(at("validation-evidence-remove", made, piece.uid), {"reason": ""})
    assert not made.mapped.exists()
    assert Evidence.objects.get().removed_at is not None
    assert me.get(at("validation-evidence-place", made, piece.uid)).status_code == 404


def test_nobody_else_opens_any_of_it_and_nothing_opens_after_the_documentation(world, me):
    made = begun(world, me)
    piece = world.add(made)
    send_application(application=made, acting_user=acting(world.me), **TERMS)
    pages = [
        at("validation-step", made, "1.1"), at("validation-evidence-new", made),
        at("validation-evidence-place", made, piece.uid), at("validation-evidence-remove", made, piece.uid),
    ]  # fmt: skip
    for who in (world.adviser, world.officer, world.assessors[0], make_person("Jan Obcy").account):
        client = signed_in_client(who)
        assert [client.get(one).status_code for one in pages] == [404] * 4
        assert client.post(at("validation-credential", made, piece.uid)).status_code == 404
    assert [me.get(one).status_code for one in pages] == [200] * 4
    applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    assert [me.get(one).status_code for one in pages] == [404] * 4


# ---- the wallet ----


def test_a_credential_goes_beside_its_criteria_at_one_press_and_says_how_it_stands():
    world = Wallet()
    me = signed_in_client(world.me)
    other = world.give(outcomes=[{"pl": "x", "criteria": ["y"]}], counts_towards=[{"code": "90002", "set_number": 2}])
    made = world.applied(world.opening)
    case = text_of(me.get(at("validation-case", made)))
    assert 'Dołączone do kryteriów: <span class="num">1.2.a' in case
    assert 'Może pasować do kryteriów: <span class="num">2.1.a, 2.1.b, 2.2.a' in case
    assert "system sprawdził" in case
    me.post(at("validation-credential", made, other.uid))
    assert set(made.mapped.filter(evidence__kind="credential").values_list("criterion", flat=True)) == {
        "1.2.a", "2.1.a", "2.1.b", "2.2.a",
    }  # fmt: skip
    assert CredentialCheck.objects.filter(application=made).count() == 2
    assert me.post(at("validation-credential", made, made.uid)).status_code == 404
    chosen = {"evidence": [f"portfel:{made.uid}"]}
    assert me.post(at("validation-criterion", made, "2.1.b"), chosen).status_code == 422
    assert made.mapped.filter(criterion="2.1.b").count() == 1


def test_a_credential_is_chosen_at_a_criterion_like_any_piece():
    world = Wallet()
    me = signed_in_client(world.me)
    held = world.put(number=9)
    made = world.applied(world.opening)
    form = text_of(me.get(at("validation-criterion", made, "2.1.a")))
    assert "Obsługa wózka widłowego (poświadczenie z portfela, ważne)" in form
    me.post(at("validation-criterion", made, "2.1.a"), {"evidence": [f"portfel:{held.uid}"]})
    assert made.mapped.get(criterion="2.1.a").evidence.title == "Obsługa wózka widłowego"


def test_the_history_tells_the_check_in_words():
    world = Wallet()
    made = world.sent(world.opening)
    applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    for who in (world.me, world.adviser):
        told = text_of(signed_in_client(who).get(at("validation-history", made)))
        assert told.count("System sprawdził poświadczenie") == 2
        assert "przy zamknięciu zbierania dowodów" in told
        assert world.mine.template_version.design.title_pl in told


def test_a_revoked_one_is_said_to_count_for_nothing():
    world = Wallet()
    revoke(credential=world.mine, reason="pomyłka", acting_user=acting(world.body.clerk))
    made = world.applied(world.opening)
    case = text_of(signed_in_client(world.me).get(at("validation-case", made)))
    assert "Nie liczy się jako dowód." in case
    assert "cofnięte" in case


def test_the_public_page_counts_what_the_wallet_would_bring():
    world = Wallet()
    page = text_of(signed_in_client(world.me).get(reverse("validation-opening", args=[world.opening.uid])))
    assert "Dowód jest przy 3 z 6 kryteriów" in page


def test_the_assessor_reads_what_the_machine_found_and_when_and_finds_the_answer_filled_in():
    world = Wallet()
    made = world.sent(world.opening)
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    made = world.appointed(made)
    sheet = made.assessments.order_by("pk").first()
    judge = signed_in_client(sheet.assessor)
    listed = text_of(judge.get(at("assessing-evidence", made)))
    assert "system sprawdził" in listed
    piece = Evidence.objects.get(kind="credential")
    one = text_of(judge.get(at("assessing-evidence-one", made, piece.uid)))
    assert "przy zamknięciu zbierania dowodów" in one
    assert "przy dołączeniu do kryterium" in one
    assert "Sprawdzone teraz" in one
    page = judge.get(at("assessing-sheet", made, "1.2"))
    assert f"„{piece.title}”. System sprawdził" in text_of(page)
    form = page.context["form"]
    assert (form["authenticity_1_2_a"].value(), form["validity_1_2_a"].value()) == ("yes", None)
    judge.post(at("assessing-sheet", made, "1.2"), {"authenticity_1_2_a": "partly"})
    assert CriterionCheck.objects.get().authenticity == "partly"
    assert judge.get(at("assessing-sheet", made, "1.2")).context["form"]["authenticity_1_2_a"].value() == "partly"
