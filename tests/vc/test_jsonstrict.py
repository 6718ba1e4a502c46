"""JSON that two programs could read differently is refused, with its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.vc import jsonstrict
from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.limits import Limits
from tests.vc.data import paths


@pytest.mark.parametrize(
    ("raw", "code", "path"),
    [
        (b'{"a": {"b": 1, "b": 1}}', "duplicate-key", "a.b"),
        (b'{"a": 1, "\\u0061": 1}', "duplicate-key", "a"),
        (b'{"a": [0, 1e-7]}', "number", "a[1]"),
        (b'{"a": 0.0000001}', "number", "a"),
        (b'{"a": 9007199254740993}', "number", "a"),
        (b'{"a": 9007199254740992}', "number", "a"),
        (b'{"a": 1E5}', "number", "a"),
        (b'{"a": -0}', "number", "a"),
        (b'{"a": -0.0}', "number", "a"),
        (b'{"a": 0.1234567890123456}', "number", "a"),
        (b'{"a": NaN}', "number", "a"),
        (b'[Infinity]', "number", "[0]"),
        (b'[-Infinity]', "number", "[0]"),
        (b"[1" + b"0" * 5000 + b"]", "number", "[0]"),
        (b"[1." + b"0" * 5000 + b"]", "number", "[0]"),
        (b'{"a": {"b": "\\ud800"}}', "text", "a.b"),
        (b'{"a": {"\\udc00": 1}}', "text", "a"),
        ('["\ud800"]', "text", ""),
        (b'\xef\xbb\xbf{}', "byte-order-mark", ""),
        (b'{"a": "\xff"}', "utf-8", ""),
        ('{"a": 1}'.encode("utf-16"), "utf-8", ""),
        (b'{"a": 1,}', "json", ""),
        (b"{'a': 1}", "json", ""),
        (b'{"a": "\n"}', "json", ""),
        (b"", "json", ""),
        (b"{} {}", "json", ""),
    ],
)  # fmt: skip
def test_what_programs_read_differently_is_refused_with_its_place(raw: bytes | str, code: str, path: str) -> None:
    with pytest.raises(VcError) as caught:
        jsonstrict.parse(raw)
    assert (caught.value.code, caught.value.path) == (code, path)


@pytest.mark.parametrize(
    "raw", [b"[3.0, 0.5, -12.25, 0.0, 9007199254740991, 0.001]", '{"a": "\\ud83d\\ude00ż"}', b"null"]
)
def test_what_everyone_reads_alike_is_read(raw: bytes | str) -> None:
    assert jsonstrict.parse(raw) == json.loads(raw)


@pytest.mark.parametrize(
    ("raw", "limits", "code"),
    [
        (b"[" * 100_000, Limits(), "depth"),
        (b"[" * 65 + b"]" * 65, Limits(), "depth"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, Limits(), "depth"),
        (b'["' + b"a" * 100 + b'"]', Limits(bytes=100), "bytes"),
        (b"[" + b"1," * 100 + b"1]", Limits(array=100), "array"),
    ],
)
def test_what_is_too_large_is_told_so(raw: bytes, limits: Limits, code: str) -> None:
    with pytest.raises(TooMuch) as caught:
        jsonstrict.parse(raw, limits)
    assert caught.value.code == code


def test_nesting_is_allowed_to_the_limit() -> None:
    assert jsonstrict.parse(b"[" * 64 + b"]" * 64) is not None


@pytest.mark.parametrize("path", paths("openbadges-3", "*.json"), ids=lambda path: path.stem)
def test_published_badges_are_read(path) -> None:
    assert jsonstrict.parse(path.read_bytes()) == json.loads(path.read_text(encoding="utf-8"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40) | st.text(max_size=40))
def test_any_input_is_read_or_refused(raw: bytes | str) -> None:
    try:
        value = jsonstrict.parse(raw)
    except VcError:
        return
    assert json.loads(raw) == value
