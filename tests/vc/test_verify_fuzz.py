"""Altered bytes of every fixture: no crash, no hang, and nothing altered is accepted.

Short by default; `DOROBEK_FUZZ_SECONDS` gives it longer. A failure names the seed that repeats it.
"""

import os
import random
import time
from typing import Any

import pytest

from dorobek.vc import jsonstrict, reading
from dorobek.vc.checking.signature import KNOWN, proofs_of, suite_of
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.limits import DEFAULT
from dorobek.vc.proofs import jwt
from dorobek.vc.proofs.unsigned import Unsigned, canonical_text
from dorobek.vc.verifying import verify

from .material import KEY, METHOD, NOW, badge, data, signed, text
from .test_openbadges_fixtures import EXPECTED, issuers

SECONDS = float(os.environ.get("DOROBEK_FUZZ_SECONDS", "6"))
FIRST_SEED = int(os.environ.get("DOROBEK_FUZZ_SEED", "0"))
OURS = {
    "ours": text(signed()).encode(),
    "ours-rdf": text(signed(suites=("eddsa-rdfc-2022",))).encode(),
    "ours-jcs": text(signed(suites=("eddsa-jcs-2022",))).encode(),
    "ours-jwt": jwt.sign(badge(), KEY, verification_method=METHOD).encode(),
}
# Pieces that change what a document says with few bytes.
PIECES = [
    b'"',
    b",",
    b"{}",
    b"[]",
    b"null",
    b":",
    b"0",
    b"1e-7",
    b"\\u0000",
    b"\xc5\xbc",
    b"\xff",
    b" ",
    b"\n",
    b'"id":null,',
    b"//",
]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    found = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        place = chance.randrange(len(found) + 1)
        end = min(len(found), place + chance.choice((1, 1, 2, 8, 64)))
        ways: dict[str, bytes] = {
            "bit": bytes(byte ^ 1 << chance.randrange(8) for byte in found[place : place + 1]),
            "letter": bytes([chance.randrange(32, 127)]),
            "cut": b"",
            "twice": bytes(found[place:end] * 2),
            "put in": chance.choice(PIECES) + bytes(found[place:end]),
            "put over": chance.choice(PIECES),
        }
        way = chance.choice((*ways, "cut off"))
        found[place : end if way in ways else None] = (
            ways.get(way, b"") if way != "bit" else ways["bit"] + found[place + 1 : end]
        )
    return bytes(found)


def meaning(raw: str) -> tuple[str, set[tuple[Any, ...]]]:
    """The canonical graph, and of every proof that counts its value and the hash of what it says about itself.

    By graph and hash, since an rdfc proof covers what is meant: a set in another order, a member without any value, or
    a context that defines nothing used here is the same document. A jcs proof covers every letter.
    """
    document = jsonstrict.parse(raw)
    unsigned = Unsigned(document)
    proofs = [proof for _, proof in proofs_of(document) if isinstance(proof, dict) and suite_of(proof) in KNOWN]
    said = {(suite_of(one), one.get("proofValue"), KNOWN[suite_of(one)](unsigned, one, [])[:32]) for one in proofs}
    return canonical_text(unsigned.body, SHIPPED, DEFAULT), said


def says_the_same(altered: str, original: str) -> bool:
    """Whether only spaces, the order of a set or a proof's presence differ: each proof that counts is an old one.

    Anybody can take one of several proofs away, or make its kind unknown; what stays must cover the whole document.
    """
    if not original.lstrip().startswith("{"):
        return altered.strip() == original.strip()
    (graph, said), (signed_graph, old) = meaning(altered), meaning(original)
    return graph == signed_graph and bool(said) and said <= old


def asked(raw: bytes, pages: FixedFetcher) -> tuple[bool, str]:
    """Whether it is valid, and the text of the credential that was found in it."""
    try:
        read = reading.read(raw)
    except VcError:
        return False, ""
    if read.kind not in ("credential", "jwt"):
        return False, ""
    return verify(read.text, now=NOW, fetcher=pages).valid, read.text


@pytest.mark.parametrize("name", [*EXPECTED, *OURS])
def test_altered_bytes_neither_crash_nor_hang_nor_pass(name: str) -> None:
    raw = OURS[name] if name in OURS else data("openbadges-3", name).read_bytes()
    pages = FixedFetcher(issuers())
    was_valid, original = asked(raw, pages)
    assert was_valid == (name in OURS or EXPECTED[name][0] == "pppppp")
    until = time.monotonic() + SECONDS / (len(EXPECTED) + len(OURS))
    seed = FIRST_SEED
    while time.monotonic() < until:
        started = time.thread_time()
        altered = mutated(raw, random.Random(f"{name} {seed}"))
        valid, found = asked(altered, pages)
        assert time.thread_time() - started < 10, f"seed {seed}: took too long"
        assert not valid or (was_valid and says_the_same(found, original)), f"seed {seed}: an altered document passed"
        seed += 1
    assert seed > FIRST_SEED
