"""A stranger follows a case from its history alone; and who may read it (XX-4)."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import dorobek
from dorobek.people.enums import Role
from dorobek.validation.actions import advising, applying
from dorobek.validation.rules import OwnRule, Verdict
from dorobek.web.history_words import SENTENCES
from dorobek.web.history_words.validation import TELLERS
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation import doing
from tests.validation.candidates import CandidateWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return CandidateWorld()


def told(account, application, *, whole=False):
    address = reverse("validation-history", args=[application.uid])
    answer = signed_in_client(account).get(address + ("?calosc" if whole else ""))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def lived(world):
    """A whole life: sent, advised, judged with a difference, decided, appealed, answered."""
    made = world.sent(world.open(own_rules=[OwnRule.MAJORITY]), kinds=["other"], words="Duży ekran.")
    advising.write_note(application=made, criterion="1.2.a", text="Brak faktury.", acting_user=acting(world.adviser))
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    made = world.appointed(made, *world.records[:3])
    world.verify(made)
    first, second, third = made.assessments.order_by("pk")
    world.fill(first, c22a="not-met")
    world.fill(second)
    world.fill(third)
    doing.agree(
        made, "2.2.a", Verdict.NOT_MET, reason="Zabrakło pomiaru.", dissent={1: "Pomiar był, widać go na zdjęciu."}
    )
    made = world.fresh(made)
    world.decide(made)
    world.answer(world.appeal(world.fresh(made)))
    return world.fresh(made)


def test_a_stranger_follows_the_whole_case_from_the_history_alone(world):
    made = lived(world)
    text = told(world.officer, made)
    in_order = (
        "Zaczęto zgłoszenie do walidacji", "Izba Rzemiosła i Handlu w Tymowicach", "Uproszczona księgowość",
        "Dołączono dowody do kryteriów", "1.1.a jedno", "Księga przychodów",
        "czego trzeba", "coś innego", "Duży ekran.", "kto zobaczy jego dowody", "Wysłano zgłoszenie",
        "Doradca napisał uwagę", "1.2.a", "Brak faktury.", "Zakończono zbieranie dowodów",
        "Złożono oświadczenie o bezstronności", "Powołano komisję", "Asesor A, Asesor B",
        "Przeprowadzono część walidacji", "Asesor zamknął arkusz", "Komisja uzgodniła ocenę", "2.2.a",
        "Ogłoszono decyzję", "Zapisano protokół komisji", "2.2 Drugi", "niespełnione", "Asesor A: 1.1.a jedno",
        "tak było widać", "Zabrakło pomiaru.", "Pomiar był, widać go na zdjęciu.", "Złożono odwołanie", "Nie zgadzam się.",
        "Odpowiedziano na odwołanie", "uwzględnione", "Zabrakło czasu.", "Inna komisja oceni jeszcze raz",
    )  # fmt: skip
    at = 0
    for words in in_order:
        found = text.find(words, at)
        assert found >= 0, (words, text[at : at + 600])
        at = found
    assert "Asesor ocenił kryterium" not in text
    assert "Asesor ocenił kryterium" in told(world.officer, made, whole=True)


def test_no_code_or_key_of_the_machine_stands_in_the_history(world):
    made = lived(world)
    text = told(world.me, made, whole=True).split("<main", 1)[1]
    text = re.sub(r'(href|action|value|id|name)="[^"]*"', "", text)
    assert not re.search(r"validation\.[a-z]", text)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)
    assert "not-met" not in text


def test_before_the_decision_nobody_reads_a_mark_in_it(world):
    made = world.judged(c11a="not-met")
    for who in (world.me, world.officer, world.adviser):
        text = told(who, made, whole=True)
        assert "niespełnione" not in text
        assert "tak było widać" not in text


def test_a_piece_taken_back_before_sending_is_named_to_its_owner_alone(world):
    made = world.applied()
    applying.map_evidence(application=made, mapped={"1.2.a": [world.loose]}, acting_user=acting(world.me))
    applying.map_evidence(application=made, mapped={"1.2.a": []}, acting_user=acting(world.me))
    applying.submit_application(application=made, acting_user=acting(world.me))
    assert "List od szefa" in told(world.me, made)
    assert "List od szefa" not in told(world.officer, made)
    assert "dowód, którego już nie ma w zgłoszeniu" in told(world.officer, made)


def test_the_number_of_a_certificate_is_told(world):
    made = world.judged()
    world.decide(made)
    held = world.certify(world.fresh(made))
    assert held.number in told(world.me, made)


def test_the_candidate_and_the_body_read_it_and_nobody_else(world):
    made = world.appointed()
    for who in (world.me, world.officer, world.adviser, world.appeals):
        assert told(who, made)
    elsewhere = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    for who in (
        world.assessors[0],
        world.assessors[3],
        elsewhere,
        world.audit.adviser,
        make_person("Jan Obcy").account,
    ):
        answer = signed_in_client(who).get(reverse("validation-history", args=[made.uid]))
        assert answer.status_code == 404


def test_erased_words_are_told_as_gone(world):
    made = lived(world)
    from dorobek.kernel import history

    history.erase_payloads(world.person.uid)
    text = told(world.officer, made)
    assert "Treść usunięto na prośbę osoby" in text
    assert "Zabrakło pomiaru." not in text


def test_statements_do_not_grow_with_the_history(world, django_assert_max_num_queries):
    made = lived(world)
    client = signed_in_client(world.officer)
    with django_assert_max_num_queries(26):
        client.get(reverse("validation-history", args=[made.uid]))


def test_every_step_that_is_recorded_about_a_case_has_its_own_words():
    """Kinds that the actions record about an application; the rest are the body's own, told like any other change."""
    home = Path(dorobek.__file__).parent / "validation"
    found = {
        kind
        for path in home.rglob("*.py")
        for kind in re.findall(r'record\(\s*acting_user,\s*"(validation\.[a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    silent = {"validation.observation-ended", "validation.played-client", "validation.time-mark-removed"}
    assert len(found) > 20
    assert not found - set(TELLERS) - silent
    assert set(TELLERS) <= set(SENTENCES)
