"""The chain of changes: it tells what was done to it."""

import uuid

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry, HistoryHead, HistoryPayload

STREAM = uuid.UUID("01890000-0000-7000-8000-000000000001")


def write(count: int, stream: uuid.UUID = STREAM) -> list[HistoryEntry]:
    with transaction.atomic():
        return [
            history.record(stream=stream, kind="thing.changed", actor_id=None, data={"n": [n, n + 1]})
            for n in range(count)
        ]


def problems() -> list[str]:
    return [f"{fault.seq}: {fault.problem}" for fault in history.verify()]


@pytest.mark.django_db
def test_an_untouched_chain_holds():
    write(3)
    assert problems() == []


@pytest.mark.django_db(transaction=True)
def test_history_is_never_written_outside_the_transaction_of_its_change():
    with pytest.raises(RuntimeError):
        history.record(stream=STREAM, kind="thing.changed", actor_id=None)


@pytest.mark.django_db
def test_a_changed_entry_is_named():
    write(3)
    HistoryEntry.objects.filter(seq=2).update(kind="thing.never-happened")
    assert problems() == ["2: its content was changed"]


@pytest.mark.django_db
def test_a_changed_payload_is_named():
    write(3)
    HistoryPayload.objects.filter(entry__seq=2).update(data={"n": [7, 8]})
    assert problems() == ["2: its payload was changed"]


@pytest.mark.django_db
def test_a_removed_entry_is_named_wherever_it_stood():
    write(4)
    HistoryEntry.objects.filter(seq=2).delete()
    assert problems() == ["2: missing; the next one found is 3"]
    HistoryEntry.objects.filter(seq=4).delete()
    assert problems() == ["2: missing; the next one found is 3", "4: entries 4 to 4 are missing at the end"]


@pytest.mark.django_db
def test_a_whole_removed_chain_is_named():
    write(2)
    HistoryEntry.objects.all().delete()
    assert problems() == ["1: all 2 entries are missing"]


@pytest.mark.django_db
def test_an_inserted_entry_is_named():
    write(2)
    first = HistoryEntry.objects.get(seq=2)
    first.pk, first.seq = None, 3
    first.save(force_insert=True)
    assert any("3: " in problem for problem in problems())


@pytest.mark.django_db
def test_erased_payloads_leave_the_chain_whole():
    write(3)
    history.erase_payloads(STREAM)
    assert HistoryPayload.objects.count() == 0
    assert problems() == []


@pytest.mark.django_db
def test_chains_do_not_touch_each_other():
    other = uuid.uuid4()
    write(2)
    write(2, other)
    HistoryEntry.objects.filter(stream=other, seq=1).update(kind="x")
    assert [fault.stream for fault in history.verify()] == [other]
    assert list(history.verify(STREAM)) == []
    assert HistoryHead.objects.count() == 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_the_digest_depends_on_content_and_salt_alone(value):
    assert history.payload_digest("salt", value) == history.payload_digest("salt", value)
    assert history.payload_digest("salt", value) != history.payload_digest("other", value)
