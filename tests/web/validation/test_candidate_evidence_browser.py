"""On a phone: somebody without an account, or without an audit, applies and shows what they can do; axe finds nothing."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from dorobek.people.models import Draft
from dorobek.validation.models import Application
from tests.journeys.conftest import seat
from tests.journeys.support import fill, follow, judge, press, says, visit
from tests.validation.test_crediting import Wallet
from tests.validation.test_own_evidence import OWN_WORDS, PDF, Resident

__all__ = ["seat"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def added(phone, **values):
    """A new piece from the page of an outcome, up to what it shows."""
    press(phone, "Dodaj dowód")
    says(phone, "Wystarczy zdjęcie zrobione telefonem")
    judge(phone)
    fill(phone, values)
    press(phone, "Dodaj")


def test_a_resident_on_a_phone_goes_from_a_public_page_to_a_sent_application(seat):
    cache.clear()
    world = Resident()
    phone = seat(None, "phone")
    visit(phone, reverse("validation-opening", args=[world.opening.uid]))
    follow(phone, "Zacznij bez konta")
    fill(phone, {"given_names": "Bronisława", "family_name": "Łąk", "email": "bronka@example.org"})
    press(phone, "Wyślij list")
    says(phone, "Proszę zajrzeć do poczty")
    judge(phone)
    visit(phone, re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)[1])
    press(phone, "Załóż konto i zacznij")
    says(phone, "Efekt 1 z 3")
    judge(phone)
    made = Application.objects.get()
    added(phone, kind="statement", title="Praca w hurtowni", description=OWN_WORDS)
    says(phone, "Zaznaczyliśmy kryteria, do których pasuje opis.")
    judge(phone)
    press(phone, "Zapisz")
    says(phone, "Efekt 1 z 3")
    judge(phone)
    covered = made.mapped.values("criterion").distinct().count()
    assert {"1.1.a", "1.1.b"} <= set(made.mapped.values_list("criterion", flat=True))
    press(phone, "Zapisz i dalej")
    says(phone, "Efekt 2 z 3")
    press(phone, "Zapisz i dalej")
    press(phone, "Zapisz i przejrzyj całość")
    says(phone, f"Dowód jest przy {covered} z 4 kryteriów")
    follow(phone, "Przejrzyj i wyślij")
    fill(phone, {"agreed": "on"})
    press(phone, "Wyślij zgłoszenie")
    says(phone, "Teraz ruch: doradca walidacyjny")


def test_on_a_phone_a_file_is_added_a_draft_survives_and_a_piece_is_taken_away(seat, tmp_path):
    world = Resident()
    made = world.applied()
    phone = seat(world.me, "phone")
    visit(phone, reverse("validation-step", args=[made.uid, "1.2"]))
    press(phone, "Dodaj dowód")
    fill(phone, {"kind": "file", "title": "Raport kasowy", "description": "Liczę utarg w kasie na koniec zmiany."})
    phone.wait_for_function("() => document.body.innerText.includes('Zapisano')")
    assert Draft.objects.filter(account=world.me, case_uid=made.uid).exists()
    visit(phone, reverse("validation-evidence-new", args=[made.uid]) + "?efekt=1.2")
    assert phone.get_by_label("Krótka nazwa").input_value() == "Raport kasowy"
    paper = tmp_path / "raport.pdf"
    paper.write_bytes(PDF)
    phone.set_input_files("input[type=file]", str(paper))
    press(phone, "Dodaj")
    press(phone, "Zapisz")
    says(phone, "Efekt 2 z 3")
    assert made.mapped.filter(criterion="1.2.a", evidence__file__isnull=False).exists()
    visit(phone, reverse("validation-case", args=[made.uid]))
    phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    follow(phone, "Co jeszcze to pokazuje")
    follow(phone, "Usuń ten dowód")
    press(phone, "Usuń")
    assert not made.mapped.exists()


def test_on_a_phone_a_credential_goes_beside_its_criteria_at_one_press(seat):
    world = Wallet()
    world.give(outcomes=[{"pl": "x", "criteria": ["y"]}], counts_towards=[{"code": "90002", "set_number": 2}])
    made = world.applied(world.opening)
    phone = seat(world.me, "phone")
    visit(phone, reverse("validation-case", args=[made.uid]))
    says(phone, "Poświadczenia z portfela")
    press(phone, "Dołącz")
    says(phone, "System sprawdził to poświadczenie.")
    judge(phone)
    assert set(made.mapped.filter(evidence__kind="credential").values_list("criterion", flat=True)) == {
        "1.2.a", "2.1.a", "2.1.b", "2.2.a",
    }  # fmt: skip
    visit(phone, reverse("validation-criterion", args=[made.uid, "2.1.a"]))
    visit(phone, reverse("validation-step", args=[made.uid, "2.1"]))
