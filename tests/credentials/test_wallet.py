"""A person keeps what they have: issued here and brought from elsewhere, each with every check (MC-6)."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.actions.wallet import MOST_BYTES, Refused, check_again, import_credentials
from dorobek.credentials.enums import Standing
from dorobek.credentials.formats import file_of
from dorobek.credentials.kept import kept_check, report_data, report_of, words_data, words_of
from dorobek.credentials.queries.wallet import cards_of, holds_something
from dorobek.kernel.errors import NotAllowed
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.portfolio.actions.wallet import remove_credential
from dorobek.portfolio.models import HeldCredential
from dorobek.vc.badges.baking import bake
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.report import STATUS, Check, Fault, Report
from dorobek.vc.words import Told, Words
from tests.credentials.elsewhere import UNREACHABLE, elsewhere
from tests.credentials.test_verification import SVG
from tests.factories import acting, make_person, make_staff


@pytest.fixture
def person(db):
    return make_person("Jadwiga Łoś")


def put(person, raw, **more):
    return import_credentials(person=person, raw=raw, acting_user=acting(person.account), **more)


def test_what_is_brought_is_kept_with_every_check_and_its_words(person):
    [held] = put(person, elsewhere())
    assert (held.title, held.issuer_name, held.decided) == ("Obsługa wózka widłowego", "Szkoła Kierowców Łan", "valid")
    assert {one["name"] for one in held.report} >= {"form", "schema", "signature", "issuer", "time", "status"}
    assert HistoryEntry.objects.filter(stream=person.uid, kind="wallet.imported", subject=held.uid).exists()
    again = kept_check(HeldCredential.objects.get(pk=held.pk), "pl")
    assert again.report.decided == "valid"
    assert again.words.title == "Obsługa wózka widłowego"


@pytest.mark.parametrize("source", ["file", "picture", "link", "text"])
def test_it_comes_from_a_file_a_picture_an_address_or_pasted(person, source):
    document, address = elsewhere(), "https://kursy.example.org/moje.json"
    raw = {"file": document.encode(), "picture": bake(SVG, document), "link": address, "text": f" {document}\n"}[source]
    [held] = put(person, raw, source=FixedFetcher({address: document.encode()}))
    assert held.source == source
    assert held.source_url == (address if source == "link" else "")
    assert held.decided == "valid"


def test_the_same_one_is_kept_once_however_it_comes(person):
    document = elsewhere()
    put(person, document)
    for raw in (json.dumps(json.loads(document), indent=4), bake(SVG, document), document.encode()):
        with pytest.raises(Refused, match="jest już w portfelu"):
            put(person, raw)
    other = make_person("Inna Osoba")
    assert put(other, document)  # each wallet is one's own


def test_what_could_not_be_fully_checked_is_kept_and_said_so(person):
    [held] = put(person, elsewhere(status=UNREACHABLE), source=FixedFetcher({}))
    assert held.decided == "could not check"
    assert [one.standing for one in cards_of(person.account)] == [Standing.UNSURE]
    assert report_of(held.report).outcome(STATUS) == "unknown"


def test_one_that_has_run_out_is_kept_as_that(person):
    [held] = put(person, elsewhere(validUntil="2026-04-01T00:00:00Z"))
    assert held.decided == "not valid"
    [card] = cards_of(person.account)
    assert card.standing == Standing.EXPIRED


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "Proszę wybrać plik"),
        ("ala ma kota", "To nie jest poświadczenie"),
        ("{}", "To nie jest poświadczenie"),
        ('{"type": ["VerifiableCredential"]}', "To nie jest poświadczenie"),
        (SVG, "W tym obrazku nie ma"),
        ("https://kursy.example.org/nic", "Spod tego adresu"),
        ("https://kursy.example.org/" + "a" * 500, "za długi"),
        (b"x" * (MOST_BYTES + 1), "najwyżej 2 MB"),
    ],
    ids=["nothing", "words", "empty", "no subject", "plain picture", "unreachable", "long address", "large"],
)
def test_what_is_no_credential_is_refused_with_what_to_do(person, raw, words):
    with pytest.raises(Refused, match=words):
        put(person, raw, source=FixedFetcher({}))
    assert not HeldCredential.objects.exists()


def test_words_changed_after_signing_are_refused_with_the_checks(person):
    with pytest.raises(Refused, match="Podpis nie zgadza się") as refused:
        put(person, elsewhere().replace("Prowadzi wózek", "Prowadzi dźwig"))
    assert refused.value.found.report.outcome("signature") == "failed"
    assert not HeldCredential.objects.exists()


def test_all_credentials_of_a_presentation_are_kept_and_those_held_are_left_out(person):
    put(person, elsewhere(number=1))
    shown = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [json.loads(elsewhere(number=1)), json.loads(elsewhere("Rysunek", number=2))],
    }
    assert [one.title for one in put(person, json.dumps(shown))] == ["Rysunek"]


def test_what_was_issued_here_is_not_put_in_twice(body, person):
    credential = body.issue()
    type(credential).objects.filter(pk=credential.pk).update(person=person)
    with pytest.raises(Refused, match="wystawiono je tutaj"):
        put(person, file_of(credential, "svg").content)


def test_somebody_elses_wallet_is_closed_to_everybody(body, person):
    [held] = put(person, elsewhere())
    for other in (make_person("Inna Osoba").account, body.clerk, make_staff(Role.ADVISER, body.unit)):
        assert not HeldCredential.objects.visible_to(other).exists()
        assert cards_of(other) == []
        for call in (
            lambda one: import_credentials(person=person, raw=elsewhere(number=3), acting_user=one),
            lambda one: check_again(held=held, acting_user=one),
            lambda one: remove_credential(held=held, acting_user=one),
        ):
            with pytest.raises(NotAllowed):
                call(acting(other))


def test_an_issuers_clerk_has_a_wallet_of_their_own_and_not_of_all_they_issued(body):
    body.issue()
    assert cards_of(body.clerk) == []
    assert not holds_something(body.clerk)


def test_newest_first_own_and_brought_together_in_two_statements(body, person):
    version = body.version()
    first = body.issue(version)
    type(first).objects.filter(pk=first.pk).update(person=person)
    put(person, elsewhere())
    revoke(credential=first, reason="pomyłka", acting_user=acting(body.clerk))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        cards = cards_of(person.account)
    assert [(one.own, one.standing) for one in cards] == [(False, Standing.VALID), (True, Standing.REVOKED)]
    assert len(asked) <= 3
    assert holds_something(person.account)


def test_checked_again_it_has_a_new_report(person):
    [held] = put(person, elsewhere(status=UNREACHABLE), source=FixedFetcher({}))
    later = check_again(held=held, acting_user=acting(person.account), source=FixedFetcher({}))
    assert later.checked_at > held.checked_at
    assert HistoryEntry.objects.filter(stream=person.uid, kind="wallet.checked").exists()


def test_taken_out_it_is_gone_and_the_history_tells(person):
    [held] = put(person, elsewhere())
    remove_credential(held=held, acting_user=acting(person.account))
    assert not HeldCredential.objects.exists()
    assert HistoryEntry.objects.filter(stream=person.uid, kind="wallet.removed").exists()


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


@settings(max_examples=80, deadline=None)
@given(
    words=st.builds(
        Words, title=texts, able=st.lists(st.builds(Told, texts, texts, texts), max_size=3).map(tuple),
        checked=st.lists(texts, max_size=3).map(tuple), prk=st.none() | st.integers(1, 8),
        valid_until=st.none() | st.datetimes(timezones=st.timezones()),
    ),
    report=st.builds(
        Report,
        st.lists(
            st.builds(
                Check, st.sampled_from(["form", "status"]), st.sampled_from(["passed", "failed", "unknown"]),
                st.lists(st.builds(Fault, texts, texts, texts), max_size=3).map(tuple), texts, st.booleans(),
            ),
            max_size=5,
        ).map(tuple),
    ),
)  # fmt: skip
def test_what_a_check_found_reads_back_as_it_was(words, report):
    kept = json.loads(json.dumps({"words": words_data(words), "report": report_data(report)}))
    assert report_of(kept["report"]) == report
    assert words_of(kept["words"]) == words
