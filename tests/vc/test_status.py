"""Status lists, written and read."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.vc import multibase, status
from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.status import StatusList

URL = "https://issuer.example/status/1"


@given(
    st.dictionaries(st.integers(0, status.MINIMUM_ENTRIES - 1), st.integers(0, 3), max_size=20),
    st.sampled_from([2, 3, 8]),
)
def test_what_is_set_is_read_and_nothing_else(values: dict[int, int], size: int) -> None:
    row = StatusList.empty(size=size)
    for index, value in values.items():
        row[index] = value
    read = StatusList.decoded(row.encoded(), size)
    assert {index: read[index] for index in values} == values
    assert sum(byte.bit_count() for byte in read.raw) == sum(value.bit_count() for value in values.values())


def test_the_first_entry_is_the_highest_bit() -> None:
    assert StatusList.empty().with_set([0, 10]).raw[:2] == b"\x80\x20"


def test_a_list_of_the_standards_example_is_read() -> None:
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert len(StatusList.decoded(encoded)) == status.MINIMUM_ENTRIES


@pytest.mark.parametrize("index", [-1, status.MINIMUM_ENTRIES, 10**9])
def test_an_index_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(VcError, match="there is no entry"):
        StatusList.empty()[index]


def packed(raw: bytes) -> str:
    return "u" + multibase.base64url_encode(raw)


@pytest.mark.parametrize(
    ("encoded", "code"),
    [
        (None, "status-encoding"),
        ("", "status-encoding"),
        ("zabc", "status-encoding"),
        (packed(b"not gzip"), "status-encoding"),
        (packed(gzip.compress(bytes(16_384), mtime=0)[:-4]), "status-encoding"),
        (packed(gzip.compress(bytes(16_384), mtime=0) + b"x"), "status-encoding"),
        (packed(gzip.compress(bytes(16_383), mtime=0)), "status-length"),
    ],
)
def test_a_broken_or_short_list_is_refused(encoded: object, code: str) -> None:
    with pytest.raises(VcError) as caught:
        StatusList.decoded(encoded)
    assert caught.value.code == code


def test_a_list_that_unfolds_into_gigabytes_is_stopped() -> None:
    bomb = packed(gzip.compress(bytes(100_000_000), mtime=0))
    assert len(bomb) < 150_000
    with pytest.raises(TooMuch):
        StatusList.decoded(bomb)


def test_an_entry_finds_its_number() -> None:
    entry = status.read_entry(status.entry_for(URL, "revocation", 77), "credentialStatus")
    row = StatusList.empty().with_set([77])
    assert status.value_in(entry, status.list_subject(URL, "revocation", row), "credentialStatus") == 1


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"statusListIndex": 5}, "status-entry", "s.statusListIndex"),
        ({"statusListIndex": "-1"}, "status-entry", "s.statusListIndex"),
        ({"statusListIndex": "0x5"}, "status-entry", "s.statusListIndex"),
        ({"statusListIndex": "٣"}, "status-entry", "s.statusListIndex"),
        ({"statusListCredential": None}, "status-entry", "s.statusListCredential"),
        ({"statusPurpose": ["revocation"]}, "status-entry", "s.statusPurpose"),
        ({"statusPurpose": "horoscope"}, "status-purpose-unknown", "s.statusPurpose"),
        ({"statusSize": 0}, "status-entry", "s.statusSize"),
        ({"statusSize": True}, "status-entry", "s.statusSize"),
        ({"statusSize": 2}, "status-entry", "s.statusMessage"),
        ({"statusPurpose": "message"}, "status-entry", "s.statusMessage"),
        ({"statusMessage": [{"status": "1", "message": "x"}]}, "status-entry", "s.statusMessage"),
    ],
)
def test_a_broken_entry_is_named_to_the_field(changes: dict[str, object], code: str, path: str) -> None:
    with pytest.raises(VcError) as caught:
        status.read_entry(status.entry_for(URL, "revocation", 1) | changes, "s")
    assert (caught.value.code, caught.value.path) == (code, path)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"type": "Other"}, "status-list"),
        ({"statusPurpose": "suspension"}, "status-purpose"),
        ({"encodedList": "u"}, "status-encoding"),
    ],
)
def test_a_list_that_is_not_the_entrys_is_refused(changes: dict[str, object], code: str) -> None:
    entry = status.read_entry(status.entry_for(URL, "revocation", 1), "s")
    with pytest.raises(VcError) as caught:
        status.value_in(entry, status.list_subject(URL, "revocation", StatusList.empty()) | changes, "s")
    assert caught.value.code == code


def test_a_list_of_several_purposes_serves_each() -> None:
    subject = status.list_subject(URL, "x", StatusList.empty()) | {"statusPurpose": ["revocation", "suspension"]}
    for purpose in ("revocation", "suspension"):
        assert status.value_in(status.read_entry(status.entry_for(URL, purpose, 1), "s"), subject, "s") == 0


def test_a_list_of_badges_revoked_is_read() -> None:
    revoked = [{"id": "urn:a", "revocationReason": "issued twice"}, {"id": "urn:b", "revoked": False}, "urn:c"]
    document = {"id": URL, "issuer": {"id": "did:example:i"}, "revokedCredential": revoked}
    asked = {
        name: status.one_edtech_reason(document, URL, "did:example:i", name, "s")
        for name in ("urn:a", "urn:b", "urn:c", "urn:d")
    }
    assert asked == {"urn:a": "issued twice", "urn:b": None, "urn:c": "", "urn:d": None}
    with pytest.raises(VcError) as caught:
        status.one_edtech_reason(document, URL, "did:example:other", "urn:a", "s")
    assert caught.value.code == "status-list-issuer"
