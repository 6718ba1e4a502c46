"""Whoever comes from a body's public page without an account applies too, once their address answered (VA-1)."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.models import Account, Person
from dorobek.validation.actions.arriving import Arrival, TooOld, arrival_of, open_own_account
from dorobek.validation.models import Application
from dorobek.web.accounts.middleware import over_limit
from dorobek.web.validation.candidate.arriving import CLIENT_A_DAY, LETTERS_A_DAY
from tests.factories import make_case, make_person
from tests.validation.test_own_evidence import Resident

pytestmark = pytest.mark.django_db
WHO = {"given_names": "Bronisława", "family_name": "Łąk", "email": "Bronka@example.org"}


@pytest.fixture(autouse=True)
def no_limits_left():
    cache.clear()


@pytest.fixture
def world():
    return Resident()


def ask(client, world, **changes):
    return client.post(reverse("validation-arriving", args=[world.opening.uid]), {**WHO, **changes})


def link_of(letter):
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def test_a_letter_an_account_and_the_first_step(client, world):
    answer = ask(client, world)
    assert "Proszę zajrzeć do poczty" in answer.content.decode()
    assert not Person.objects.filter(family_name="Łąk").exists()  # nothing is kept before the letter is answered
    assert mail.outbox[0].to == ["bronka@example.org"]
    link = link_of(mail.outbox[0])
    shown = client.get(link).content.decode()
    assert "Bronisława Łąk" in shown
    assert not Account.objects.filter(email="bronka@example.org").exists()  # a machine that follows links opens nothing
    begun = client.post(link)
    made = Application.objects.get()
    assert begun["Location"] == reverse("validation-step", args=[made.uid, "1.1"])
    assert client.get(begun["Location"]).status_code == 200
    person = made.person
    assert (person.name, person.account.email, made.state) == ("Bronisława Łąk", "bronka@example.org", "draft")
    kinds = list(HistoryEntry.objects.filter(stream=person.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["person.registered", "person.account-opened", "validation.begun"]
    assert client.post(link)["Location"] == reverse("validation-opening", args=[world.opening.uid])
    assert Application.objects.count() == 1


def test_an_address_that_has_an_account_is_answered_the_same_and_told_to_sign_in(client, world):
    known = ask(client, world, email=world.me.email).content.decode()
    fresh = ask(client, world).content.decode()
    same = re.compile(r"[\w.]+@example.org|value=\"\w{64}\"")
    assert same.sub("", known) == same.sub("", fresh)
    assert "wystarczy się zalogować" in mail.outbox[0].body
    assert "zacznij" not in mail.outbox[0].body
    assert Account.objects.filter(email=world.me.email).count() == 1


def test_one_address_gets_no_flood(client, world):
    for _number in range(6):
        assert "zajrzeć do poczty" in ask(client, world).content.decode()
    assert len(mail.outbox) == 2


def test_one_client_sends_no_flood_to_strangers(client, world):
    answers = [ask(client, world, email=f"obcy{number}@example.org") for number in range(CLIENT_A_DAY + 10)]
    assert len(mail.outbox) == CLIENT_A_DAY
    assert [one.status_code for one in answers[CLIENT_A_DAY:]] == [422] * 10
    assert "tyle listów, ile można" in answers[-1].content.decode().replace("\N{NO-BREAK SPACE}", " ")
    other = client.post(
        reverse("validation-arriving", args=[world.opening.uid]), {**WHO, "email": "inna@example.org"},
        REMOTE_ADDR="192.0.2.7",
    )  # fmt: skip
    assert (other.status_code, len(mail.outbox)) == (200, CLIENT_A_DAY + 1)


def test_one_address_gets_few_letters_in_a_day_whoever_asks(client, world, monkeypatch):
    monkeypatch.setattr("dorobek.web.validation.candidate.arriving.LETTERS_A_MINUTE", 100)
    answers = [
        client.post(reverse("validation-arriving", args=[world.opening.uid]), WHO, REMOTE_ADDR=f"192.0.2.{number}")
        for number in range(LETTERS_A_DAY + 1)
    ]
    assert len(mail.outbox) == LETTERS_A_DAY
    assert answers[-1].status_code == 422
    assert "Proszę sprawdzić pocztę" in answers[-1].content.decode()


def test_counts_of_a_day_outlast_a_minute(monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "touch", lambda name, seconds: kept.append(seconds))
    assert [over_limit("x", 1, 24 * 3600) > 0 for _number in range(2)] == [False, True]
    assert kept == [2 * 24 * 3600]


def test_a_link_opens_one_account_whatever_becomes_of_its_address(client, world):
    ask(client, world)
    link = link_of(mail.outbox[0])
    assert client.get(link)["Cache-Control"] == "private, no-store"
    assert client.post(link)["Cache-Control"] == "private, no-store"
    Account.objects.filter(email="bronka@example.org").update(email="nowy@example.org")
    client.logout()
    for answer in (client.get(link), client.post(link)):
        assert answer["Location"] == reverse("validation-opening", args=[world.opening.uid])
    assert Person.objects.filter(family_name="Łąk").count() == 1
    assert not Account.objects.filter(email="bronka@example.org").exists()
    with pytest.raises(RuleBroken, match="już konto"):
        open_own_account(arrival=arrival_of(link.strip("/").rpartition("/")[2]))


@pytest.mark.parametrize(("name", "value"), [("email", "to nie adres"), ("given_names", ""), ("family_name", " ")])
def test_what_is_missing_is_said_and_no_letter_goes(client, world, name, value):
    assert ask(client, world, **{name: value}).status_code == 422
    assert mail.outbox == []


def test_a_changed_or_old_link_says_what_to_do(client, world, monkeypatch):
    ask(client, world)
    link = link_of(mail.outbox[0])
    changed = client.get(link[:-6] + "xxxxx/")
    assert changed.status_code == 410
    assert "poprosić o nowy list" in changed.content.decode()
    monkeypatch.setattr("dorobek.validation.actions.arriving.DAYS", -1)
    assert client.get(link).status_code == 410


def test_a_closed_opening_begins_nothing(client, world):
    ask(client, world)
    type(world.opening).objects.filter(pk=world.opening.pk).update(applications_until="2020-01-01")
    assert client.post(link_of(mail.outbox[0])).status_code == 302
    assert not Application.objects.exists()
    assert not Account.objects.filter(email="bronka@example.org").exists()
    assert ask(client, world).status_code == 302
    assert len(mail.outbox) == 1


def arrival(world, **changes):
    return Arrival(**{**WHO, "email": "bronka@example.org", "opening": str(world.opening.uid), **changes})


def test_a_person_known_by_address_and_name_without_a_case_stays_one(world):
    held = make_person("Bronisława Łąk", with_account=False, email="bronka@example.org")
    account = open_own_account(arrival=arrival(world))
    assert account.participant == held


def test_a_case_is_never_opened_by_a_letter(world):
    held = make_person("Bronisława Łąk", with_account=False, email="bronka@example.org")
    make_case(person=held)
    account = open_own_account(arrival=arrival(world))
    assert account.participant != held
    other = make_person("Jan Łąk", with_account=False, email="jan@example.org")
    assert open_own_account(arrival=arrival(world, email="jan@example.org")).participant != other


def test_an_address_taken_meanwhile_is_refused_in_words(world):
    open_own_account(arrival=arrival(world))
    with pytest.raises(RuleBroken, match="już konto"):
        open_own_account(arrival=arrival(world))


class Tokens(TestCase):
    @settings(max_examples=30)
    @given(st.text(max_size=60))
    def test_no_made_up_token_is_ever_taken(self, text):
        with pytest.raises(TooOld):
            arrival_of(text)
