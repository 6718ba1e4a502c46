"""Signing in: passwords, e-mailed codes, the second factor of staff, limits, sessions that end (XX-2)."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client, RequestFactory

from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Membership, Person
from dorobek.web.accounts.addresses import client_address
from dorobek.web.accounts.middleware import ABSOLUTE_SECONDS, BEGAN, SEEN, STAFF_IDLE_SECONDS
from tests.sessions import code_now, give_second_factor, signed_in_client

pytestmark = pytest.mark.django_db
PASSWORD = "zielony rower pod oknem"


@pytest.fixture
def participant() -> Account:
    account = Account.objects.create_user("uczestniczka@example.org", PASSWORD, name="Halina Próbna")
    Person.objects.create(account=account, given_names="Halina", family_name="Próbna")
    return account


@pytest.fixture
def adviser() -> Account:
    institution = Institution.objects.create(name="Urząd Próbny", short_name="UP")
    account = Account.objects.create_user("doradca@example.org", PASSWORD, name="Jan Doradczy")
    Membership.objects.create(account=account, institution=institution, role=Role.ADVISER)
    return account


def sign_in(client: Client, account: Account, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": account.email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_participant_signs_in_with_a_password(client, participant):
    assert sign_in(client, participant).status_code == 302
    assert signed_in(client)


def test_the_first_form_of_the_login_page_asks_for_address_and_password(client):
    page = client.get("/accounts/login/").content.decode()
    form = page[page.index("<main") :]
    form = form[form.index("<form") : form.index("</form>")]
    assert re.search(r'<input[^>]*type="email"[^>]*name="login"|<input[^>]*name="login"[^>]*type="email"', form)
    assert 'type="password"' in form
    assert "/accounts/login/code/" in page


def test_a_wrong_password_says_what_to_do_and_names_no_account(client, participant):
    known = sign_in(client, participant, "nie to hasło").content.decode()
    client.post("/accounts/login/", {"login": "nikt@example.org", "password": "nie to hasło"})
    assert "do siebie nie pasują" in known
    assert not signed_in(client)


def test_a_participant_signs_in_with_an_emailed_code(client, participant):
    client.post("/accounts/login/code/", {"email": participant.email})
    assert mail.outbox[-1].to == [participant.email]
    code = mail.outbox[-1].body.split("\n\n")[1].strip()
    response = client.post("/accounts/login/code/confirm/", {"code": code})
    assert response.status_code == 302
    assert signed_in(client)


def test_a_wrong_emailed_code_does_not_sign_in(client, participant):
    client.post("/accounts/login/code/", {"email": participant.email})
    response = client.post("/accounts/login/code/confirm/", {"code": "AAA-AAA"})
    assert "nie pasuje" in response.content.decode()
    assert not signed_in(client)


def test_asking_for_a_code_tells_nobody_whether_the_address_has_an_account(client, participant):
    known = client.post("/accounts/login/code/", {"email": participant.email})
    unknown = Client().post("/accounts/login/code/", {"email": "nikt@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_staff_without_a_second_factor_is_sent_to_set_one_up_before_anything_else(client, adviser):
    sign_in(client, adviser)
    response = client.get("/")
    assert (response.status_code, response.url) == (302, "/accounts/second-factor/")
    page = client.get("/accounts/second-factor/").content.decode()
    assert "/accounts/2fa/totp/activate/" in page
    assert "/accounts/2fa/webauthn/add/" in page


def test_a_participant_needs_no_second_factor(client, participant):
    sign_in(client, participant)
    response = client.get("/", follow=True)
    assert "/accounts/second-factor/" not in [url for url, _ in response.redirect_chain]


def test_staff_gives_a_code_after_the_password(client, adviser):
    give_second_factor(adviser)
    assert sign_in(client, adviser).url.startswith("/accounts/2fa/authenticate/")
    assert not signed_in(client)
    response = client.post("/accounts/2fa/authenticate/", {"code": code_now(adviser)})
    assert response.status_code == 302
    assert signed_in(client)


def test_a_used_code_is_refused_the_second_time(client, adviser):
    give_second_factor(adviser)
    code = code_now(adviser)
    sign_in(client, adviser)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    second = Client()
    sign_in(second, adviser)
    assert "był już użyty" in second.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()
    assert not signed_in(second)


def test_staff_sets_up_an_app_and_gets_recovery_codes(client, adviser):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    sign_in(client, adviser)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200, page.url
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    response = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert "Kody zapasowe" in response.content.decode()
    assert client.get("/").status_code != 302 or client.get("/").url != "/accounts/second-factor/"


def test_secrets_of_the_second_factor_are_not_stored_in_the_clear(adviser):
    give_second_factor(adviser)
    stored = Authenticator.objects.get(user=adviser).data["secret"]
    assert stored.startswith("gAAAA")


def test_nobody_makes_an_account_alone(client):
    assert client.get("/accounts/signup/").url == "/accounts/login/"
    client.post("/accounts/signup/", {"email": "obcy@example.org", "password1": PASSWORD})
    assert not Account.objects.filter(email="obcy@example.org").exists()


def test_an_invitation_lets_its_owner_set_a_password_once(client, participant):
    from dorobek.web.accounts.invitations import invite

    invite(RequestFactory().get("/"), participant)
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body).group(1)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "trzy nowe słowa tutaj", "password2": "trzy nowe słowa tutaj"})
    assert sign_in(Client(), participant, "trzy nowe słowa tutaj").status_code == 302
    assert "już nie działa" in Client().get(link, follow=True).content.decode()


def test_many_failed_attempts_are_stopped(client, participant):
    for _ in range(6):
        response = sign_in(client, participant, "zgaduję hasło")
    assert response.status_code == 429 or "Za dużo" in response.content.decode()
    assert sign_in(client, participant).status_code != 302


def test_too_many_writes_of_an_account_get_429_with_a_time_to_wait(participant, settings):
    settings.LIMIT_WRITES = 3
    client = signed_in_client(participant)
    answers = [client.post("/i18n/nothing/") for _ in range(5)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert "Za dużo naraz" in answers[-1].content.decode()


def test_reading_by_somebody_signed_in_is_not_counted(participant, settings):
    settings.LIMIT_WRITES = settings.LIMIT_PUBLIC = 2
    client = signed_in_client(participant)
    assert {client.get("/accounts/2fa/").status_code for _ in range(6)} == {200}


def test_doors_open_to_everybody_are_limited_per_address(client, settings):
    settings.LIMIT_PUBLIC = 3
    answers = [client.get("/accounts/login/").status_code for _ in range(5)]
    assert answers[-1] == 429
    assert Client(REMOTE_ADDR="198.51.100.7").get("/accounts/login/").status_code == 200


def test_a_key_of_the_api_has_a_limit_of_its_own(client, settings):
    settings.LIMIT_TOKEN = 2
    answers = [client.get("/accounts/login/", HTTP_AUTHORIZATION="Bearer x").status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]


def test_forwarded_addresses_count_only_behind_a_trusted_proxy(settings):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    assert client_address(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert client_address(request) == "198.51.100.7"


def age_session(client: Client, **seconds: int) -> None:
    session = client.session
    for name, age in seconds.items():
        session[{"began": BEGAN, "seen": SEEN}[name]] = int(time.time()) - age
    session.save()


def test_a_session_ends_after_eight_hours(participant):
    client = signed_in_client(participant)
    client.get("/accounts/2fa/")
    age_session(client, began=ABSOLUTE_SECONDS + 5, seen=5)
    response = client.get("/accounts/2fa/")
    assert response.url.startswith("/accounts/login/?next=%2Faccounts%2F2fa%2F")
    assert "Sesja się skończyła" in client.get(response.url).content.decode()
    assert not signed_in(client)


def test_an_idle_hour_ends_the_session_of_staff_but_not_of_a_participant(participant, adviser):
    for account, ends in ((participant, False), (adviser, True)):
        client = signed_in_client(account)
        client.get("/accounts/2fa/")
        age_session(client, began=STAFF_IDLE_SECONDS + 60, seen=STAFF_IDLE_SECONDS + 5)
        client.get("/accounts/2fa/")
        assert signed_in(client) is not ends


def test_changing_the_password_ends_every_session(client, participant):
    other = Client()
    sign_in(client, participant)
    sign_in(other, participant)
    fields = {"oldpassword": PASSWORD, "password1": "inne trzy długie słowa", "password2": "inne trzy długie słowa"}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    assert other.get("/accounts/2fa/").status_code == 302


def test_other_sessions_are_listed_and_can_be_ended(client, participant):
    other = Client(HTTP_USER_AGENT="Inna przeglądarka")
    sign_in(client, participant)
    sign_in(other, participant)
    assert "Inna przeglądarka" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert UserSession.objects.filter(user=participant).count() == 1
    assert other.get("/accounts/2fa/").status_code == 302
    assert client.get("/accounts/2fa/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/", "/accounts/inactive/", "/accounts/3rdparty/login/cancelled/",
        "/accounts/3rdparty/login/error/",
    ],
)  # fmt: skip
def test_every_page_for_people_outside_has_our_frame_in_polish(client, path):
    page = client.get(path)
    assert page.status_code in (200, 401, 403)
    text = page.content.decode()
    assert 'class="masthead"' in text
    for word in ("Sign In", "Password", "Email", "You ", "Please"):
        assert word not in text


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/generate/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/",
        "/accounts/sessions/", "/accounts/3rdparty/", "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/",
    ],
)  # fmt: skip
def test_every_page_for_people_inside_has_our_frame_in_polish(client, adviser, path):
    give_second_factor(adviser)
    sign_in(client, adviser)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(adviser)})
    page = client.get(path)
    assert page.status_code == 200, getattr(page, "url", "")
    text = page.content.decode()
    assert 'class="masthead"' in text
    assert "<style" not in text
    for word in ("Sign Out", "Password", "Email", "You ", "Please", "Deactivate", "Add "):
        assert word not in text
