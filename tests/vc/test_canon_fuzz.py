"""Bytes of the published badges changed at random: read or refused, never a crash, never long."""

import json
import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.vc import jcs, jsonstrict
from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.rdf import nquads
from dorobek.vc.rdf.rdfc import canonicalise
from tests.measuring import times_fixed_work
from tests.vc.data import paths

HANGS = 10  # seconds of the thread's own clock: no speed, only a sign that something does not end
EXAMPLES = int(os.environ.get("DOROBEK_FUZZ_EXAMPLES", "60"))
FIXTURES = paths("openbadges-3", "*.json")
PIECES = [
    b'"', b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"1e-7", b"-0", b"9007199254740993", b"\\u0000", b"\\ud800",
    b'"@id"', b'"@type"', b'"@context"', b'"@list"', b'"@value"', b'"@graph"', b'"@set"', b'"@json"', b'"id":null,',
    b'"@context":[[],null],', b'"type":[],', b'{"@value":', b"\xff", b"\xc5\xbc", b"[" * 70, b'{"a":' * 70, b"_:b0",
    b'"@context":{"@vocab":"urn:v:"},', b'"@context":{"id":"@type"},', b'"name":{"@list":[{"@list":[]}]},',
]  # fmt: skip


def changed(raw: bytes, chance: random.Random, times: int) -> bytes:
    """`raw` after some changes: bytes flipped, pieces put in, cut out, doubled, moved."""
    data = bytearray(raw)
    for _ in range(times):
        a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        b = min(b, a + 40)
        kind = chance.randrange(5)
        if kind == 0 and a < len(data):
            data[a] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[a:a] = chance.choice(PIECES)
        elif kind == 2:
            del data[a:b]
        elif kind == 3:
            data[a:a] = data[a:b]
        else:
            piece = bytes(data[a:b])
            del data[a:b]
            place = chance.randrange(len(data) + 1)
            data[place:place] = piece
    return bytes(data)


def go_through(raw: bytes) -> str | None:
    """Everything that a verifier does to bytes before it looks at a signature."""
    try:
        document = jsonstrict.parse(raw)
        jcs.canonical(document)
        return canonicalise(to_quads(document))
    except VcError:
        return None


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_changed_bytes_are_read_or_refused_in_time(path: Path, chance: random.Random, times: int) -> None:
    raw = changed(path.read_bytes(), chance, times)
    began = time.thread_time()
    go_through(raw)
    assert time.thread_time() - began < HANGS


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["@id", "urn:a:b", "@json"]),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(
        st.sampled_from(["@context", "@id", "@type", "@value", "@list", "@set", "@vocab", "@container", "p", "urn:p:p", "@language"])
        | st.text(max_size=3), below, max_size=5),
    max_leaves=25,
))  # fmt: skip
def test_any_json_is_read_or_refused(value: object) -> None:
    document = value if isinstance(value, dict) else {"@context": {"@vocab": "urn:v:"}, "p": value}
    try:
        text = canonicalise(to_quads(document))
    except VcError:
        return
    assert canonicalise(nquads.parse(text)) == text


@pytest.mark.parametrize(
    "raw",
    [
        b'{"@context":{"@vocab":"urn:v:"},"p":' + b'{"p":[' * 60 + b"1" + b"]}" * 60 + b"}",
        b'{"@context":{"@vocab":"urn:v:","id":"@id"},"p":[' + b",".join(
            b'{"id":"_:n%d","q":[%s]}' % (a, b",".join(b'{"id":"_:n%d"}' % b for b in range(9) if a != b)) for a in range(9)
        ) + b"]}",
        b'{"@context":[' + b",".join(b'{"t%d":"urn:t:%d"}' % (n, n) for n in range(3000)) + b'],"@type":"urn:a:b"}',
        b'{"@context":{' + b",".join(b'"t%d":"t%d:x"' % (n, n + 1) for n in range(9000)) + b',"t9000":"urn:a"},"@type":"t0"}',
        b'{"@context":{' + b",".join(b'"t%d":"urn:t:%d"' % (n, n) for n in range(9000)) + b'},"@id":"urn:a:b","t1":['
        + b",".join(b'{"@context":{"x%d":"urn:x"},"t2":1}' % n for n in range(2000)) + b"]}",
        b'{"@context":{"@vocab":"urn:v:"},"p":[' + b",".join(b"{}" for _ in range(4000)) + b"]}",
        b'{"@context":{"@vocab":"urn:v:"},"p":[' + b",".join(b'{"q":{"r":{}}}' for _ in range(1500)) + b"]}",
    ],
    ids=["deep", "clique", "many contexts", "chain of terms", "contexts below", "alike leaves", "alike chains"],
)  # fmt: skip
def test_what_is_made_to_take_long_ends_soon(raw: bytes) -> None:
    assert times_fixed_work(lambda: go_through(raw), goes=2) < 100


def test_the_1300_bytes_of_a_clique_are_refused_soon() -> None:
    context = {"id": "@id", "p": {"@id": "urn:p", "@type": "@id"}, "q": "urn:q"}
    nodes = [{"id": f"_:{a}", "p": [f"_:{b}" for b in range(9) if b != a]} for a in range(9)]
    raw = json.dumps({"@context": context, "q": nodes}, separators=(",", ":")).encode()
    assert len(raw) < 1_300

    def refused() -> None:
        with pytest.raises(VcError) as caught:
            canonicalise(to_quads(jsonstrict.parse(raw)))
        assert caught.value.code == "hash-work"

    assert times_fixed_work(refused) < 5
