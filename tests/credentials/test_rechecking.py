"""What another issuer took back is noticed by the job of the day, and an issuer out of reach changes nothing (MC-5)."""

import datetime as dt
import json

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.credentials.actions import rechecking
from dorobek.credentials.actions.rechecking import _turn, recheck_day
from dorobek.credentials.actions.wallet import import_credentials
from dorobek.kernel import history, jobs
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.portfolio.models import HeldCredential
from dorobek.vc import status
from dorobek.vc.did import key_did, key_method
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.issuing import sign
from tests.credentials.elsewhere import KEY, elsewhere
from tests.factories import acting, make_person

DB = pytest.mark.django_db
LIST = "https://kursy.example.org/lista"


def published(*revoked: int) -> FixedFetcher:
    """The issuer's list with these places set."""
    subject = status.list_subject(LIST, "revocation", status.StatusList.empty().with_set(revoked))
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": LIST, "issuer": key_did(KEY.public),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"], "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": subject,
    }  # fmt: skip
    made = sign(
        document, KEY, verification_method=key_method(KEY.public), created=dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    )
    return FixedFetcher({LIST: json.dumps(made).encode()})


@pytest.fixture
def held(db) -> HeldCredential:
    person = make_person("Jadwiga Łoś")
    raw = elsewhere(status=status.entry_for(LIST, "revocation", 7))
    [made] = import_credentials(person=person, raw=raw, acting_user=acting(person.account), source=published())
    assert made.decided == "valid"
    return made


def later(days: int = 1) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def told() -> list[str]:
    return [one.data["cause"] for one in Event.objects.filter(kind="HoldingsChanged").order_by("pk")]


def test_what_was_taken_back_is_noticed_written_down_and_told_once(held):
    assert told() == ["credential"]
    assert recheck_day(later(), published()) == 0
    assert recheck_day(later(), published(7)) == 1
    held.refresh_from_db()
    assert held.decided == "not valid"
    entry = HistoryEntry.objects.get(kind="wallet.checked-itself")
    assert (entry.actor, entry.stream, entry.payload.data["decided"]) == (None, held.person.uid, ["valid", "not valid"])
    assert told() == ["credential", "revoked"]
    assert recheck_day(later(2), published(7)) == 0
    assert recheck_day(later(2), published()) == 1  # it stands again
    assert told() == ["credential", "revoked", "credential"]
    assert list(history.verify()) == []


def test_an_issuer_out_of_reach_changes_nothing(held):
    assert recheck_day(later(), FixedFetcher({})) == 0
    held.refresh_from_db()
    assert held.decided == "valid"
    assert not HistoryEntry.objects.filter(kind="wallet.checked-itself").exists()


def test_what_was_checked_lately_has_no_status_ended_or_is_of_nobody_is_not_looked_up(held):
    source = published(7)
    assert recheck_day(timezone.now(), source) == 0
    HeldCredential.objects.update(valid_until=timezone.now())
    assert recheck_day(later(), source) == 0
    plain = elsewhere(number=2)
    import_credentials(person=held.person, raw=plain, acting_user=acting(held.person.account), source=FixedFetcher({}))
    assert recheck_day(later(), source) == 0
    HeldCredential.objects.update(valid_until=None)
    type(held.person).objects.update(erased_at=timezone.now())
    assert recheck_day(later(), source) == 0
    assert source.asked == []


@DB
def test_it_is_a_daily_job(monkeypatch):
    from dorobek.credentials.jobs import credentials_day
    from dorobek.kernel.models import Job

    jobs.load_kinds()
    assert "credentials-day" in jobs.daily_kinds()
    assert credentials_day(Job(), lambda _done, _all: None) == {"changed": 0}


@pytest.mark.pure
@given(st.lists(st.integers(1, 10**6), unique=True, max_size=40), st.dates(), st.integers(1, 9))
def test_each_has_its_turn_and_none_twice_a_day(keys, day, most):
    before = rechecking.MOST
    rechecking.MOST = most
    try:
        today = _turn(keys, day)
        assert len(today) == len(set(today)) == min(most, len(keys))
        week = len(keys) // most + 2
        days = [day + dt.timedelta(days=number) for number in range(week) if day.toordinal() + week < 3_650_000]
        if days:
            assert {key for one in days for key in _turn(keys, one)} == set(keys)
    finally:
        rechecking.MOST = before
