"""Multibase texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.vc import multibase
from dorobek.vc.errors import VcError


def slow_base58(raw: bytes) -> str:
    """The definition, digit by digit."""
    number, text = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = multibase.ALPHABET[digit] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


@given(st.binary(max_size=100))
def test_bytes_survive_both_spellings(raw: bytes) -> None:
    assert multibase.decode(multibase.encode(raw)) == raw
    assert multibase.decode("u" + multibase.base64url_encode(raw)) == raw
    assert multibase.base58_encode(raw) == slow_base58(raw)


@given(st.text(alphabet=multibase.ALPHABET, max_size=120))
def test_every_base58_text_has_one_spelling(text: str) -> None:
    assert multibase.base58_encode(multibase.base58_decode(text)) == text


@pytest.mark.parametrize(
    "text", ["", None, 5, "m00", "zO", "z0", "zIl", "u=", "u+/", "uA", "uAB==", "uAB", "z" + "2" * 5000, "ż"]
)
def test_what_is_not_multibase_is_refused(text: object) -> None:
    with pytest.raises(VcError):
        multibase.decode(text)
