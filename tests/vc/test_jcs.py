"""RFC 8785 against its published vectors, and its numbers against the table of the RFC."""

import json
import math
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.vc import jcs
from dorobek.vc.errors import VcError
from tests.vc.data import paths

# RFC 8785, appendix B: the bits of a double and how it is written
NUMBERS = [
    ("0000000000000000", "0"), ("8000000000000000", "0"), ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"), ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"), ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"), ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"), ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"), ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"), ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"), ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"), ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"), ("43143ff3c1cb0959", "1424953923781206.2"),
]  # fmt: skip


@pytest.mark.parametrize("path", paths("jcs/input", "*.json"), ids=lambda path: path.stem)
def test_a_vector_has_its_canonical_form(path: Path) -> None:
    expected = (path.parent.parent / "output" / path.name).read_bytes()
    assert jcs.canonical(json.loads(path.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize(("bits", "written"), NUMBERS)
def test_a_number_is_written_as_the_rfc_has_it(bits: str, written: str) -> None:
    value = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert jcs.canonical([value]) == f"[{written}]".encode()


@pytest.mark.parametrize(
    ("value", "code", "path"),
    [
        ({"a": [1, math.nan]}, "number", "a[1]"),
        ({"a": 2**53}, "number", "a"),
        ({"a": -(2**53)}, "number", "a"),
        ([12345678901234567], "number", "[0]"),
        ({"a": "\ud800"}, "text", "a"),
        ({"\udfff": 1}, "text", ""),
        ({"a": b""}, "json-type", "a"),
        ({1: 1, "a": {2}}, "json-type", ""),
    ],
)
def test_what_json_cannot_say_is_refused_with_its_place(value: object, code: str, path: str) -> None:
    with pytest.raises(VcError) as caught:
        jcs.canonical(value)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_names_are_in_the_order_of_their_utf_16() -> None:
    assert jcs.canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_what_nests_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(VcError) as caught:
        jcs.canonical(endless)
    assert caught.value.code == "depth"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
values = st.recursive(
    st.none() | st.booleans() | texts | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(texts, below, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(values)
def test_the_quick_way_and_the_careful_way_agree(value: object) -> None:
    careful = "".join(jcs._pieces(value, "", 0)).encode()
    assert jcs.canonical(value) == careful
    assert json.loads(careful, parse_int=float) == value
