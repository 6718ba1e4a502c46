"""Lists of people: looked over before anything is signed, signed once, gone on with after a stop (MC-3)."""

import datetime as dt
import io

import pytest
from django.core import mail

from dorobek.credentials.actions import batches
from dorobek.credentials.actions.batches import prepare_batch, rows_of_batch, sign_batch, sign_rows, stop_batch
from dorobek.credentials.enums import BatchState
from dorobek.credentials.models import Credential, IssuingBatch
from dorobek.credentials.queries import looking_over
from dorobek.credentials.queries.looking_over import Fate
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import StoredFile
from dorobek.people.models import Account
from tests.credentials.test_issuing import check
from tests.factories import acting

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)


def listed(*rows):
    return io.BytesIO("\n".join(["Imię;Nazwisko;E-mail", *rows]).encode())


def people(count):
    return [f"Imię{n};Nazwisko{n};osoba{n}@example.org" for n in range(count)]


def prepared(body, *rows, **more):
    return prepare_batch(
        version=body.version(), title="Kurs wiosenny", content=listed(*rows), awarded_on=DAY,
        acting_user=acting(body.clerk), **more,
    )  # fmt: skip


def fates(batch):
    return [one.fate for chunk in rows_of_batch(batch) for one in chunk]


def test_a_dry_run_tells_every_rows_fate_and_signs_nothing(body):
    version = body.version()
    body.issue(version, given_names="Ewa", family_name="Łoś", email="ewa@example.org")
    batch = prepare_batch(
        version=version, title="", awarded_on=DAY, acting_user=acting(body.clerk),
        content=listed("Jan;Bąk;jan@example.org", "Jan;Bąk;JAN@example.org", "Ewa;Łoś;ewa@example.org", "Jan;;x"),
    )  # fmt: skip
    assert fates(batch) == [Fate.WILL_GET, Fate.TWICE, Fate.HOLDS, Fate.FAULT]
    assert Credential.objects.count() == 1
    assert batch.rows == 4


def test_a_list_is_signed_and_its_people_are_written_to(body, django_capture_on_commit_callbacks):
    batch = prepared(body, *people(3))
    with django_capture_on_commit_callbacks(execute=True):
        sign_batch(batch=batch, acting_user=acting(body.clerk))
    batch.refresh_from_db()
    assert (batch.state, batch.signed, batch.left_out) == (BatchState.DONE, 3, 0)
    for credential in Credential.objects.all():
        assert check(credential).valid, check(credential).faults
    assert len({one.status_index for one in Credential.objects.all()}) == 3
    assert sorted(message.to[0] for message in mail.outbox) == [f"osoba{n}@example.org" for n in range(3)]
    assert Account.objects.filter(email="osoba1@example.org").exists()
    with pytest.raises(RuleBroken):
        sign_batch(batch=batch, acting_user=acting(body.clerk))


def test_the_list_itself_is_deleted_once_it_is_signed(body, django_capture_on_commit_callbacks):
    batch = prepared(body, *people(2), "Bez;;adresu", invite=False)
    storage, path = batch.source.content.storage, batch.source.content.name
    assert storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        sign_batch(batch=batch, acting_user=acting(body.clerk))
    batch.refresh_from_db()
    assert batch.source is None
    assert not storage.exists(path)
    assert not StoredFile.objects.exists()


def test_a_run_that_is_killed_goes_on_and_signs_nobody_twice(body, monkeypatch):
    monkeypatch.setattr(looking_over, "CHUNK", 2)
    batch = prepared(body, *people(7), invite=False)
    IssuingBatch.objects.update(state=BatchState.SIGNING)
    real, calls = batches.issue_chunk, []

    def dying(**given):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(**given)

    monkeypatch.setattr(batches, "issue_chunk", dying)
    with pytest.raises(KeyboardInterrupt):
        sign_rows(batch, acting(body.clerk), lambda done, total: None)
    assert Credential.objects.count() == 4
    monkeypatch.setattr(batches, "issue_chunk", real)
    assert sign_rows(batch, acting(body.clerk), lambda done, total: None) == {"signed": 7, "left_out": 0}
    assert sorted(Credential.objects.values_list("row", flat=True)) == list(range(1, 8))
    assert Credential.objects.values("status_index").distinct().count() == 7


def test_a_stopped_list_keeps_what_is_signed_and_goes_on_later(body, django_capture_on_commit_callbacks):
    batch = prepared(body, *people(3), invite=False)
    stop_batch(batch=batch, acting_user=acting(body.clerk))
    with django_capture_on_commit_callbacks(execute=True):
        sign_batch(batch=batch, acting_user=acting(body.clerk))
    assert Credential.objects.count() == 3


@pytest.mark.parametrize("raw", [b"", b"a;b\n1;2", b"Imie;Nazwisko;Email\n", b"PK\x03\x04"])
def test_a_file_that_is_no_list_is_refused_with_words(body, raw):
    with pytest.raises(RuleBroken) as refusal:
        prepare_batch(
            version=body.version(), title="", content=io.BytesIO(raw), awarded_on=DAY, acting_user=acting(body.clerk)
        )
    assert refusal.value.field == "list"
    assert not IssuingBatch.objects.exists()


def test_strangers_neither_prepare_nor_sign(body):
    other = type(body)()
    batch = prepared(body, *people(1))
    with pytest.raises(NotAllowed):
        sign_batch(batch=batch, acting_user=acting(other.clerk))
    with pytest.raises(NotAllowed):
        prepare_batch(
            version=body.version(),
            title="",
            content=listed(*people(1)),
            awarded_on=DAY,
            acting_user=acting(other.clerk),
        )
