"""Drafts: kept in order, for their owner alone, within limits, across an expired session, in a real browser."""

import json
import re
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from dorobek.people.drafts import LARGEST, MOST_PER_ACCOUNT, save_draft
from dorobek.people.models import Account, Draft
from dorobek.web.drafts import FINISHED, KEPT, clean_values, owner_token
from tests.factories import make_account, make_case, make_competence
from tests.sessions import signed_in_session

pytestmark = pytest.mark.django_db
FORM = "/pomoc/"


@pytest.fixture
def account() -> Account:
    return make_account()


@pytest.fixture
def own(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


def send(client: Client, seq: int = 1, form: str = FORM, device: str = "a", **values: Any) -> Any:
    body = {"form": form, "client": device, "seq": seq, "base_version": 2, "values": values}
    return client.post(reverse("draft-save"), json.dumps(body), content_type="application/json")


def test_what_is_typed_is_kept_with_its_version(own: Client, account: Account) -> None:
    answer = send(own, 5, story=["zażółć"], many=["a", "b"])
    assert answer.status_code == 200
    assert re.fullmatch(r"\d{1,2}:\d\d", answer.json()["clock"])
    draft = Draft.objects.get(account=account)
    assert (draft.form, draft.values, draft.base_version) == (FORM, {"story": ["zażółć"], "many": ["a", "b"]}, 2)


def test_a_message_overtaken_by_a_later_one_changes_nothing(own: Client, account: Account) -> None:
    send(own, 7, story=["nowsze"])
    assert send(own, 6, story=["starsze"]).status_code == 200
    assert Draft.objects.get(account=account).values == {"story": ["nowsze"]}
    send(own, 3, device="telefon", story=["z telefonu"])
    assert Draft.objects.get(account=account).values == {"story": ["z telefonu"]}


def test_two_first_messages_at_once_make_one_draft(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other message wins between the look and the insert: what a second process does, made certain."""
    look = QuerySet.get

    def overtaken(self: Any, *args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(QuerySet, "get", look)
        try:
            return self.get(*args, **kwargs)
        finally:
            Draft.objects.create(account=account, form=FORM, client="b", values={"story": ["pierwsze"]})

    monkeypatch.setattr(QuerySet, "get", overtaken)
    save_draft(account=account, form=FORM, values={"story": ["drugie"]}, client="a", seq=1)
    assert Draft.objects.get(account=account).values == {"story": ["drugie"]}


def test_each_account_has_its_own_draft_of_a_form(own: Client, account: Account) -> None:
    other = make_account()
    save_draft(account=other, form=FORM, values={"story": ["cudze"]})
    send(own, story=["moje"])
    assert Draft.objects.get(account=other).values == {"story": ["cudze"]}
    assert Draft.objects.get(account=account).values == {"story": ["moje"]}


def test_discarding_leaves_other_accounts_alone_and_never_leaves_the_site(own: Client, account: Account) -> None:
    other = make_account()
    save_draft(account=other, form=FORM, values={"story": ["cudze"]})
    save_draft(account=account, form=FORM, values={"story": ["moje"]})
    assert own.post(reverse("draft-discard"), {"_form": FORM}).url == FORM
    assert list(Draft.objects.values_list("account_id", flat=True)) == [other.pk]
    for odd in ("https://example.org/", "//example.org/", "javascript:x"):
        assert own.post(reverse("draft-discard"), {"_form": odd}).url == "/"


def test_a_stranger_is_told_to_sign_in_and_nothing_is_kept(client: Client) -> None:
    assert send(client, story=["x"]).status_code == 401
    assert not Draft.objects.exists()


def test_too_much_text_is_refused_and_the_earlier_draft_stays(own: Client, account: Account) -> None:
    send(own, 1, story=["krótko"])
    assert send(own, 2, story=["ż" * (LARGEST + 1)]).status_code == 413
    assert send(own, 3, story=["x" * LARGEST * 5]).status_code == 413
    assert Draft.objects.get(account=account).values == {"story": ["krótko"]}


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"form": 1}', '{"form": "/nie/ma/takiej/", "values": {}}', '{"form": "/pomoc/", "values": 7}',
     '{"form": "/pomoc/", "values": {"a": null}}', '{"form": "/pomoc/", "seq": -1, "values": {}}'],
)  # fmt: skip
def test_rubbish_is_answered_with_400(own: Client, body: str) -> None:
    assert own.post(reverse("draft-save"), body, content_type="application/json").status_code == 400


def test_secrets_and_machinery_never_become_a_draft() -> None:
    typed = {"story": ["x"], "password": ["y"], "new_password1": ["y"], "csrfmiddlewaretoken": ["z"], "_owner": ["o"]}
    assert clean_values(typed) == {"story": ["x"]}


def test_the_oldest_drafts_make_room(account: Account) -> None:
    Draft.objects.bulk_create(Draft(account=account, form=f"/f/{i}/") for i in range(MOST_PER_ACCOUNT + 5))
    save_draft(account=account, form=FORM, values={"a": ["b"]})
    assert Draft.objects.filter(account=account).count() == MOST_PER_ACCOUNT


def test_a_post_without_a_csrf_token_is_refused(account: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account)
    assert send(strict, story=["x"]).status_code == 403
    assert not Draft.objects.exists()


# ---- a real form: answering about a competence ----


@pytest.fixture
def page() -> tuple[Account, str]:
    """The participant and the address of the question about one competence."""
    audit = make_case()
    competence = make_competence(audit)
    return audit.person.account, reverse("own-competence", args=[audit.uid, competence.uid])


def test_a_form_shows_the_draft_and_where_it_comes_from(client: Client, page: tuple[Account, str]) -> None:
    account, address = page
    client.force_login(account)
    send(client, form=address, answer=["inaczej"], wording=["Po <mojemu>"], comment=[""])
    shown = client.get(address).content.decode()
    assert "Po &lt;mojemu&gt;" in shown
    assert "Przywrócono to, co było wpisane" in shown
    assert re.search(r'value="inaczej"[^>]*checked', shown)
    assert Draft.objects.get(account=account).case_uid is not None


def test_sending_the_form_ends_its_draft_and_late_messages_are_ignored(
    client: Client, page: tuple[Account, str]
) -> None:
    account, address = page
    client.force_login(account)
    send(client, 10, form=address, answer=["zgadza-sie"])
    answer = client.post(address, {"answer": "zgadza-sie", "_sent": "a:12"})
    assert answer.status_code == 302
    assert not Draft.objects.exists()
    assert client.session[FINISHED] == {address: "a:12"}
    assert send(client, 11, form=address, wording=["spóźnione"]).status_code == 200
    assert not Draft.objects.exists()
    send(client, 13, form=address, wording=["nowe"])
    assert Draft.objects.exists()


def test_a_draft_that_was_on_its_way_while_the_form_was_sent_is_not_shown(
    client: Client, page: tuple[Account, str]
) -> None:
    account, address = page
    client.force_login(account)
    client.post(address, {"answer": "zgadza-sie", "_sent": "a:12"})
    save_draft(account=account, form=address, values={"wording": ["duch"]}, client="a", seq=11)
    assert "duch" not in client.get(address).content.decode()
    assert not Draft.objects.exists()


def expired_post(client: Client, address: str, owner: str) -> Any:
    return client.post(address, {"answer": "inaczej", "wording": "Nie przepadnij", "password": "x", "_owner": owner})


def test_a_form_sent_after_the_session_ended_comes_back_after_sign_in(
    client: Client, page: tuple[Account, str]
) -> None:
    account, address = page
    answer = expired_post(client, address, owner_token(account))
    assert answer.status_code == 302
    assert address in answer.url
    assert "password" not in client.session[KEPT]["values"]
    client.force_login(account)
    assert KEPT not in client.session
    assert "Nie przepadnij" in client.get(address).content.decode()


def test_somebody_else_who_signs_in_gets_nothing_of_it(client: Client, page: tuple[Account, str]) -> None:
    account, address = page
    expired_post(client, address, owner_token(account))
    client.force_login(make_account())
    assert not Draft.objects.exists()
    assert KEPT not in client.session


@pytest.mark.parametrize("owner", ["", "1", "podrobione:podpis"])
def test_a_form_without_a_true_owner_mark_is_not_kept(client: Client, page: tuple[Account, str], owner: str) -> None:
    expired_post(client, page[1], owner)
    assert KEPT not in client.session


# ---- in a browser ----


@pytest.fixture
def typing(browser: Any, live_server: Any, page: tuple[Account, str]) -> Any:
    """A browser page of the signed-in participant, on the form."""
    account, address = page
    context = browser.new_context(base_url=live_server.url, locale="pl-PL", viewport={"width": 390, "height": 844})
    cookie = {"name": "sessionid", "value": signed_in_session(account), "url": live_server.url}
    context.add_cookies([cookie])
    tab = context.new_page()
    tab.goto(address)
    yield tab
    tab.wait_for_load_state("networkidle")
    context.set_offline(True)  # a page that closes sends its last words; the database is being emptied by then
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_typing_is_saved_and_comes_back_after_the_page_is_closed(typing: Any) -> None:
    typing.fill("[name=wording]", "Rozliczam kasę")
    typing.get_by_text("Zapisano szkic").wait_for()
    address = typing.url
    typing.goto("about:blank")
    typing.goto(address)
    assert typing.input_value("[name=wording]") == "Rozliczam kasę"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_a_connection_the_text_stays_on_the_device_and_is_sent_later(typing: Any) -> None:
    typing.context.set_offline(True)
    typing.fill("[name=wording]", "Bez zasięgu")
    typing.get_by_text("Brak połączenia: kopia na tym urządzeniu").wait_for()
    typing.check("[value=inaczej]")
    typing.click("button.btn[type=submit]")
    typing.get_by_text("formularz jeszcze nie został wysłany").wait_for()
    assert typing.input_value("[name=wording]") == "Bez zasięgu"
    typing.context.set_offline(False)
    typing.get_by_text("Zapisano szkic").wait_for()
    assert Draft.objects.get().values["wording"] == ["Bez zasięgu"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_copy_on_the_device_that_never_arrived_is_put_back_and_said_so(typing: Any) -> None:
    typing.route("**/szkice/", lambda route: route.abort())
    typing.fill("[name=wording]", "Tylko tutaj")
    typing.get_by_text("Brak połączenia").wait_for()
    typing.reload()
    typing.get_by_text("Przywrócono nowszy tekst").wait_for()
    assert typing.input_value("[name=wording]") == "Tylko tutaj"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_sent_form_leaves_no_ghost_and_sign_out_wipes_the_device(typing: Any) -> None:
    address = typing.url
    typing.fill("[name=wording]", "Wysłane słowa")
    typing.check("[value=inaczej]")
    typing.click("button.btn[type=submit]")
    typing.wait_for_url(lambda url: url != address)
    typing.goto(address)
    assert not Draft.objects.exists()
    typing.route("**/szkice/", lambda route: route.abort())
    typing.fill("[name=wording]", "Niewysłane")
    copies = "Object.keys(localStorage).filter(k => k.startsWith('dorobek-draft:')).length"
    assert typing.evaluate(copies) == 1
    typing.evaluate("document.querySelector('form[data-signout]').addEventListener('submit', e => e.preventDefault())")
    typing.click("form[data-signout] button")
    assert typing.evaluate(copies) == 0
