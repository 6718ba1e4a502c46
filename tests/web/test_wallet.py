"""The wallet on the screen and over REST: kept, checked, added up, shown to somebody, carried away (MC-6, MC-7, PF-4)."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.sharing import end_wallet_share, share_credentials, token_of
from dorobek.audits.person_data import erase_person, export_person
from dorobek.cli.demo.qualifications import entries
from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.actions.wallet import import_credentials
from dorobek.credentials.models import Credential
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.portfolio.actions.wallet import remove_credential
from dorobek.portfolio.models import HeldCredential, Share, ShareView
from dorobek.register.actions import import_entries
from dorobek.register.entry import Read
from dorobek.register.enums import Source
from tests.credentials.conftest import Body
from tests.credentials.elsewhere import UNREACHABLE, elsewhere
from tests.factories import acting, make_case, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return Body()


@pytest.fixture
def person():
    return make_person("Jadwiga Łoś")


@pytest.fixture
def own(body, person):
    made = body.issue(given_names="Jadwiga", family_name="Łoś")
    Credential.objects.filter(pk=made.pk).update(person=person)
    return Credential.objects.get(pk=made.pk)


@pytest.fixture
def mine(client, person):
    client.force_login(person.account)
    return client


def brought(person, **more):
    return import_credentials(person=person, raw=elsewhere(**more), acting_user=acting(person.account))[0]


def text_of(page):
    return page.content.decode()


def test_an_empty_wallet_says_what_to_do_and_is_not_in_the_navigation(mine):
    assert reverse("wallet-add") in text_of(mine.get(reverse("wallet")))
    assert f'<a href="{reverse("wallet")}"' not in text_of(mine.get(reverse("register")))


def test_who_holds_something_finds_the_wallet_in_the_navigation(mine, own):
    assert f'<a href="{reverse("wallet")}"' in text_of(mine.get(reverse("register")))


def test_the_list_tells_each_with_its_state_in_words(mine, own, person, body):
    brought(person, status=UNREACHABLE)
    revoke(credential=own, reason="Wydane omyłkowo", acting_user=acting(body.clerk))
    page = text_of(mine.get(reverse("wallet")))
    assert page.index("Obsługa wózka widłowego") < page.index("Rozliczanie kasy")
    assert "nie wszystko sprawdzone" in page
    assert "cofnięte" in page
    one = text_of(mine.get(reverse("wallet-one", args=[own.uid])))
    assert "Wydane omyłkowo" in one


def test_one_page_says_what_it_says_every_check_and_where_it_can_go(mine, own):
    page = text_of(mine.get(reverse("wallet-one", args=[own.uid])))
    assert "Tak, to poświadczenie jest ważne" in page
    assert "Treść nie była zmieniana" in page
    assert "rozlicza kasę na koniec zmiany" in page
    assert "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in page
    assert "issueYear=2026" in page
    assert reverse("wallet-remove", args=[own.uid]) not in page  # what was issued here stays


@pytest.mark.parametrize("ending", ["pdf", "en.pdf", "png", "svg", "json", "elm.json"])
def test_every_file_is_for_the_holder_and_for_the_issuers_staff_and_nobody_else(mine, client, own, body, ending):
    for name, account in (("wallet-file", own.person.account), ("issuing-credential-file", body.clerk)):
        client.force_login(account)
        answer = client.get(reverse(name, args=[own.uid, ending]))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        for other in (make_person("Inna Osoba").account, Body().clerk):
            client.force_login(other)
            assert client.get(reverse(name, args=[own.uid, ending])).status_code == 404
    assert mine.get(reverse("wallet-file", args=[own.uid, "exe"])).status_code == 404


def test_both_sides_tell_the_last_day_not_the_midnight_after_it(client, body, person):
    made = body.issue(body.version(valid_months=12), awarded_on=dt.date(2026, 1, 31))
    Credential.objects.filter(pk=made.pk).update(person=person)
    for name, account in (("wallet-one", person.account), ("issuing-credential", body.clerk)):
        client.force_login(account)
        page = text_of(client.get(reverse(name, args=[made.uid])))
        assert "31 stycznia 2027" in page
        assert "1 lutego 2027" not in page


def test_a_file_is_put_in_and_the_answer_is_shown(mine, person):
    upload = SimpleUploadedFile("wozek.json", elsewhere().encode())
    page = mine.post(reverse("wallet-add"), {"file": upload}, follow=True)
    held = HeldCredential.objects.get(person=person)
    assert page.redirect_chain == [(reverse("wallet-one", args=[held.uid]), 302)]
    assert "Poświadczenie jest ważne" in text_of(page)
    assert held.document in mine.get(reverse("wallet-file", args=[held.uid, "json"])).content.decode()


def test_what_could_not_be_checked_is_kept_and_said_plainly(mine):
    page = text_of(mine.post(reverse("wallet-add"), {"text": elsewhere(status=UNREACHABLE)}, follow=True))
    assert "Nie wszystko dało się sprawdzić" in page
    assert "Nie wiadomo, czy nie zostało cofnięte" in page


def test_a_refusal_keeps_what_was_pasted_and_shows_the_checks(mine):
    spoilt = elsewhere().replace("Prowadzi wózek", "Prowadzi dźwig")
    page = text_of(mine.post(reverse("wallet-add"), {"text": spoilt}))
    assert "Podpis nie zgadza się" in page
    assert "Co sprawdziliśmy" in page
    assert "Prowadzi dźwig" in page
    assert not HeldCredential.objects.exists()
    assert "Proszę wybrać plik albo wkleić" in text_of(mine.post(reverse("wallet-add"), {}))


def test_a_name_that_is_not_the_owners_is_pointed_out(mine, body, person):
    made = body.issue(given_names="Ewa", family_name="Żądło")
    Credential.objects.filter(pk=made.pk).update(person=person)
    assert "Ewa Żądło" in text_of(mine.get(reverse("wallet-one", args=[made.uid])))


def test_checked_again_and_taken_out(mine, person):
    held = brought(person)
    before = held.checked_at
    assert mine.post(reverse("wallet-check", args=[held.uid])).status_code == 302
    held.refresh_from_db()
    assert held.checked_at > before
    assert "Usunąć z portfela?" in text_of(mine.get(reverse("wallet-remove", args=[held.uid])))
    mine.post(reverse("wallet-remove", args=[held.uid]))
    assert not HeldCredential.objects.exists()


def test_somebody_elses_is_not_there(mine, body):
    stranger = make_person("Inna Osoba")
    held, issued = brought(stranger), body.issue()
    for name, uid in (
        ("wallet-one", held.uid), ("wallet-one", issued.uid), ("wallet-remove", held.uid),
    ):  # fmt: skip
        assert mine.get(reverse(name, args=[uid])).status_code == 404
        assert mine.post(reverse("wallet-remove", args=[uid])).status_code == 404
    assert mine.post(reverse("wallet-check", args=[held.uid])).status_code == 404
    assert mine.get(reverse("wallet-file", args=[held.uid, "json"])).status_code == 404
    assert HeldCredential.objects.filter(pk=held.pk).exists()


def test_an_adviser_never_opens_the_wallet_of_the_person_they_lead(client, body):
    audit = make_case()
    held = brought(audit.person)
    client.force_login(audit.adviser)
    assert client.get(reverse("wallet")).status_code == 404
    assert client.get(reverse("wallet-one", args=[held.uid])).status_code == 404


def test_what_it_adds_up_to_is_told_with_what_is_missing(mine, own):
    assert "Na razie do żadnej" in text_of(mine.get(reverse("wallet-adding-up")))
    import_entries(reads=[Read(entry) for entry in entries()], source=Source.TABLE)
    page = text_of(mine.get(reverse("wallet-adding-up")))
    assert reverse("register-entry", args=["90001"]) in page
    assert "Całe zestawy: <b>1 z" in page
    audit = make_case(person=own.person)
    page = text_of(mine.get(reverse("wallet-adding-up")))
    assert reverse("own-readiness-one", args=[audit.uid, "90001"]) in page


# -- sharing ------------------------------------------------------------------------------------------------------


def shown(person, *things, days=30):
    return share_credentials(
        person=person, label="do sklepu", things=[one.uid for one in things],
        valid_until=timezone.now() + dt.timedelta(days=days), acting_user=acting(person.account),
    )  # fmt: skip


def test_one_address_shows_the_chosen_ones_checked_as_of_now(mine, client, own, person, body):
    held = brought(person)
    other = brought(person, title="Rysunek", number=9)
    sent: dict[str, object] = {"things": [str(own.uid), str(held.uid)], "label": "do sklepu"}
    sent["until"] = (timezone.localdate() + dt.timedelta(days=10)).strftime("%d.%m.%Y")
    answer = mine.post(reverse("wallet-share-new"), sent)
    assert answer.status_code == 302, text_of(answer)
    share = Share.objects.get()
    address = reverse("shared", args=[token_of(share)])
    assert address in text_of(mine.get(reverse("wallet-shares")))
    mine.logout()
    page = text_of(client.get(address))
    assert page.count("Tak, to poświadczenie jest ważne") == 2
    assert other.title not in page
    revoke(credential=own, reason="Wydane omyłkowo", acting_user=acting(body.clerk))
    assert "Nie, wystawca cofnął to poświadczenie" in text_of(client.get(address))
    assert ShareView.objects.filter(share=share).count() == 1  # one reader within ten minutes


def test_the_owner_sees_who_looked_and_takes_it_back(mine, client, own, person):
    share = shown(person, own)
    address = reverse("shared", args=[token_of(share)])
    client.logout()
    client.get(address)
    client.force_login(person.account)
    assert "ktoś, kto ma adres" in text_of(client.get(reverse("wallet-shares")))
    client.post(reverse("wallet-share-end", args=[share.uid]))
    assert client.get(address).status_code == 410


def test_after_its_day_the_address_shows_nothing(client, own, person):
    share = shown(person, own)
    Share.objects.filter(pk=share.pk).update(valid_until=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(reverse("shared", args=[token_of(share)])).status_code == 410


def test_what_was_taken_out_of_the_wallet_is_no_longer_shown(client, person):
    held = brought(person)
    share = shown(person, held)
    remove_credential(held=held, acting_user=acting(person.account))
    assert "Nie ma tu już nic" in text_of(client.get(reverse("shared", args=[token_of(share)])))


def test_nobody_shares_what_is_not_theirs(own, person, body):
    stranger = make_person("Inna Osoba")
    with pytest.raises(RuleBroken):
        shown(stranger, own)
    with pytest.raises(NotAllowed):
        share_credentials(
            person=person, label="x", things=[own.uid], valid_until=timezone.now() + dt.timedelta(days=1),
            acting_user=acting(body.clerk),
        )  # fmt: skip
    share = shown(person, own)
    with pytest.raises(NotAllowed):
        end_wallet_share(share=share, acting_user=acting(stranger.account))


def test_too_long_too_many_and_nothing_are_refused(person):
    many = [brought(person, number=number) for number in range(1, 12)]
    for things, days in ((many, 30), (many[:1], 400), (many[:1], -1), ([], 30)):
        with pytest.raises(RuleBroken):
            shown(person, *things, days=days)


# -- the person's rights --------------------------------------------------------------------------------------------


def test_the_export_holds_every_credential_and_erasure_empties_them(own, person, tmp_path):
    held = brought(person)
    share = shown(person, own, held)
    tables = json.loads(export_person(person, tmp_path).read_text())["tables"]
    assert [one["document"] for one in tables["portfolio.heldcredential"]] == [held.document]
    assert [one["document"] for one in tables["credentials.credential"]] == [own.document]
    erase_person(person=person, acting_user=None)
    own.refresh_from_db()
    held.refresh_from_db()
    assert (own.document, own.holder_name) == ("", "")
    assert (held.document, held.title, held.issuer_name, held.report) == ("", "", "", [])
    assert not held.words
    assert Share.objects.get(pk=share.pk).revoked_at


# -- REST -----------------------------------------------------------------------------------------------------------


def send(client, method, path, **body):
    return getattr(client, method)(f"/api/wallet{path}", json.dumps(body) if body else None, "application/json")


def test_over_rest_one_puts_in_lists_reads_checks_and_takes_out(mine, own):
    made = send(mine, "post", "", text=elsewhere())
    assert made.status_code == 201, made.content
    [one] = made.json()
    assert one["standing"] == "valid"
    assert {check["name"] for check in one["checks"]} >= {"form", "signature", "status"}
    assert [card["own"] for card in mine.get("/api/wallet").json()] == [False, True]
    issued = mine.get(f"/api/wallet/{own.uid}").json()
    assert issued["document"] == own.document
    assert all(check["outcome"] == "passed" for check in issued["checks"])
    assert send(mine, "post", f"/{one['uid']}/check").status_code == 200
    assert send(mine, "post", "", text=elsewhere()).status_code == 422
    assert mine.delete(f"/api/wallet/{one['uid']}").status_code == 204
    assert mine.delete(f"/api/wallet/{own.uid}").status_code == 404
    assert not HeldCredential.objects.exists()


def test_over_rest_somebody_elses_wallet_is_not_there(mine):
    held = brought(make_person("Inna Osoba"))
    assert mine.get("/api/wallet").json() == []
    assert mine.get(f"/api/wallet/{held.uid}").status_code == 404
    assert mine.delete(f"/api/wallet/{held.uid}").status_code == 404
