"""A session that ended under a filled form, and days that cannot be: what was typed stays, the reason stands beside it."""

import datetime as dt
import html
import re
import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.models import Episode, LifeEvent, SkillsAudit
from dorobek.people.enums import Role
from dorobek.people.models import Draft, Person
from dorobek.plans.models import Goal
from dorobek.portfolio.models import Evidence
from dorobek.web.accounts.middleware import ABSOLUTE_SECONDS, BEGAN, SEEN, STAFF_IDLE_SECONDS
from dorobek.web.drafts import KEPT
from tests.factories import (
    make_account,
    make_case,
    make_episode,
    make_institution,
    make_programme,
    make_staff,
    make_unit,
)
from tests.faults.test_twice_and_at_once import SCHOOL, filled
from tests.sessions import code_now, signed_in_client

pytestmark = pytest.mark.django_db
PASSWORD = "hasło do prób 1"
WORDS = "Nie przepadnij: <b>zażółć</b> & „gęślą” jaźń"
ESCAPED = "Nie przepadnij: &lt;b&gt;zażółć&lt;/b&gt; &amp; „gęślą” jaźń"


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


def hidden_of(client: Client, address: str) -> dict[str, str]:
    """What the page itself sends along: the owner's mark among it."""
    page = client.get(address).content.decode()
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    pairs = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in fields]
    return {name[1]: value[1] if value else "" for name, value in pairs if name and name[1] != "csrfmiddlewaretoken"}


def ended(client: Client, how: str, idle: int = STAFF_IDLE_SECONDS) -> None:
    """The session is over: its row is gone, or it is too old, or nobody did anything for too long."""
    if how == "gone":
        Session.objects.all().delete()
        return
    session = client.session
    if how == "too old":
        session[BEGAN] = int(time.time()) - ABSOLUTE_SECONDS - 5
    else:
        session[BEGAN] = session[SEEN] = int(time.time()) - idle - 5
    session.save()


def signed_in_again(client: Client, account: Any, next_page: str) -> Any:
    """Sign-in through the page itself; the answer that comes at its end."""
    sent = {"login": account.email, "password": PASSWORD, "next": next_page}
    answer = client.post(reverse("account_login"), sent)
    if account.works_here:
        answer = client.post(answer.url, {"code": code_now(account)})
    return answer


@pytest.mark.parametrize("how", ["gone", "too old"])
def test_a_participants_text_survives_an_ended_session_and_a_real_sign_in(how: str) -> None:
    audit = make_case()
    episode = make_episode(audit)
    account = audit.person.account
    client = signed_in_client(account)
    address = reverse("own-episode-step", args=[audit.uid, episode.uid, "zadanie"])
    sent = {**hidden_of(client, address), "task": WORDS}
    ended(client, how)
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert Episode.objects.get().task == ""
    assert signed_in_again(client, account, address).url == address
    page = client.get(address).content.decode()
    assert ESCAPED in page
    assert "Przywrócono to, co było wpisane" in page
    assert client.post(address, {**hidden_of(client, address), "task": WORDS}).status_code == 302
    assert Episode.objects.get().task == WORDS
    assert not Draft.objects.exists()


@pytest.mark.parametrize("how", ["gone", "too old", "idle"])
def test_an_advisers_whole_registration_survives_with_the_second_factor_in_between(how: str) -> None:
    unit = make_unit(make_institution())
    adviser, version = make_staff(Role.ADVISER, unit), make_programme(unit.institution, SCHOOL)
    client = fresh_staff_client(adviser)
    address = reverse("case-new-form", args=[version.programme.uid])
    sent = {**hidden_of(client, address), **filled(family_name=WORDS)}
    ended(client, how)
    assert client.post(address, sent).status_code == 302
    assert not SkillsAudit.objects.exists()
    signed_in_again(client, adviser, address)
    form = client.get(address).context["form"]
    for name in ("given_names", "family_name", "birth_date", "email", "lives_in"):
        assert form[name].value() == sent[name], name
    assert ESCAPED in client.get(address).content.decode()


def fresh_staff_client(account: Any) -> Client:
    """Signed in, with a second factor whose codes can be told."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=account).delete()
    return signed_in_client(account)


def test_somebody_else_at_the_same_computer_sees_nothing_of_it() -> None:
    audit = make_case()
    episode = make_episode(audit)
    client = signed_in_client(audit.person.account)
    address = reverse("own-episode-step", args=[audit.uid, episode.uid, "zadanie"])
    sent = {**hidden_of(client, address), "task": WORDS}
    ended(client, "gone")
    client.post(address, sent)
    assert KEPT in client.session
    signed_in_again(client, make_account(), "/")
    assert KEPT not in client.session
    assert not Draft.objects.exists()


# ---- days that cannot be ----


def text_of(page: str, identity: str) -> str:
    """What the paragraph with this id says."""
    found = re.search(rf'<(\w+)[^>]*id="{re.escape(identity)}".*?</\1>', page, re.DOTALL)
    assert found is not None, identity
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def beside(answer: Any, name: str) -> str:
    """The message of a field, checked to stand beside it on the page."""
    assert answer.status_code == 200
    form = answer.context["form"]
    assert list(form.errors) == [name], form.errors
    page = answer.content.decode()
    field = form[name]
    control = re.search(rf'<(?:input|textarea|select)[^>]*name="{re.escape(field.html_name)}"[^>]*>', page)
    assert control is not None
    assert 'aria-invalid="true"' in control[0]
    described = re.search(r'aria-describedby="([^"]+)"', control[0])
    assert described is not None
    near = " ".join(text_of(page, one) for one in described[1].split())
    message = str(form.errors[name][0])
    assert message in near
    return message


BAD_BIRTHS = [
    ("31.02.1980", "Tego dnia nie ma w kalendarzu"),
    ("29.02.1981", "Tego dnia nie ma w kalendarzu"),
    ("12.13.1974", "Tego dnia nie ma w kalendarzu"),
    ("wiosną", "Nie rozumiemy tej daty"),
    ("12.05.74", "Nie rozumiemy tej daty"),
    ("1.1.1850", "Ten rok jest za dawny"),
    ("0.0.0000", "Tego dnia nie ma w kalendarzu"),
    ("", "Proszę podać dzień"),
    ("jutro", "Nie rozumiemy tej daty"),
]


@pytest.mark.parametrize(("typed", "says"), BAD_BIRTHS)
def test_a_birth_date_that_cannot_be_is_told_beside_its_field(typed: str, says: str) -> None:
    answer = registration(birth_date=typed)
    assert says in beside(answer, "birth_date")
    assert answer.context["form"]["family_name"].value() == "Ćwiąkalska"
    assert not Person.objects.filter(family_name="Ćwiąkalska").exists()


def test_a_birth_date_in_the_future_is_told_beside_its_field() -> None:
    for day in (tomorrow(), dt.date(2974, 5, 12)):
        assert "za późny" in beside(registration(birth_date=f"{day:%d.%m.%Y}"), "birth_date")
    assert not Person.objects.filter(family_name="Ćwiąkalska").exists()


def test_a_day_of_registration_in_the_future_is_told_beside_its_field() -> None:
    assert "za późny" in beside(registration(on=f"{tomorrow():%d.%m.%Y}"), "on")


def registration(**changes: str) -> Any:
    unit = make_unit(make_institution())
    version = make_programme(unit.institution, SCHOOL)
    client = signed_in_client(make_staff(Role.ADVISER, unit))
    return client.post(reverse("case-new-form", args=[version.programme.uid]), filled(**changes))


BAD_PERIODS = [
    ({"starts": "31 lutego 2001"}, "starts"),
    ({"starts": "dawno, dawno temu"}, "starts"),
    ({"starts": "2974"}, "starts"),
    ({"starts": "1960"}, "starts"),
    ({"starts": "2010", "ends": "2005"}, "ends"),
    ({"starts": "2010", "ends": "35.14.2011"}, "ends"),
]


@pytest.mark.parametrize(("dates", "name"), BAD_PERIODS)
@pytest.mark.parametrize("side", ["own", "case"])
def test_a_period_of_the_card_that_cannot_be_is_told_beside_its_field(
    side: str, dates: dict[str, str], name: str
) -> None:
    audit = make_case()
    client = signed_in_client(audit.person.account if side == "own" else audit.adviser)
    typed = {"title": "kasjerka", "employment_form": "contract", "duties": "kasa", **dates}
    answer = client.post(reverse(f"{side}-card-new", args=[audit.uid, "work"]), typed)
    assert len(beside(answer, name)) > 15
    assert answer.context["form"]["title"].value() == "kasjerka"
    assert not LifeEvent.objects.exists()


def test_a_day_of_a_goal_and_of_seen_evidence_are_told_beside_their_fields() -> None:
    audit = make_case()
    client = signed_in_client(audit.adviser)
    goal = {"wording": "Zdam egzamin", "kind": "main", "subject": "professional", "due_on": "31.04.2027"}
    form = client.get(reverse("case-plan-add", args=[audit.uid, "cel"])).context["form"]
    goal["subject"] = str(form.fields["subject"].choices[0][0])
    answer = client.post(reverse("case-plan-add", args=[audit.uid, "cel"]), goal)
    assert "Tego dnia nie ma" in beside(answer, "due_on")
    seen = {"kind": "object", "title": "Tort", "description": "Trzy piętra.", "seen_on": f"{tomorrow():%d.%m.%Y}"}
    answer = client.post(reverse("case-evidence-new", args=[audit.uid]), seen)
    assert "za późny" in beside(answer, "seen_on")
    assert not Goal.objects.exists()
    assert not Evidence.objects.exists()


def test_the_api_names_the_field_of_a_day_that_cannot_be() -> None:
    audit = make_case()
    client = signed_in_client(audit.adviser)
    for starts in ("31 lutego 2001", "2974"):
        answer = client.post(
            f"/api/cases/{audit.uid}/card/entries",
            {"kind": "job", "title": "kasjerka", "starts": starts},
            content_type="application/json",
        )
        assert (answer.status_code, answer.json()["field"]) == (422, "starts")
    assert not LifeEvent.objects.exists()
