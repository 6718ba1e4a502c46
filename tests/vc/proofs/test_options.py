"""The short way to a proof's canonical options gives what reading them in full gives, or steps aside."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.limits import DEFAULT
from dorobek.vc.proofs import rdfc
from dorobek.vc.proofs.unsigned import Unsigned, canonical_text

from ..material import METHOD, OB3, V2

USUAL: dict[str, Any] = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-11-01T08:30:00Z",
    "verificationMethod": METHOD,
    "proofPurpose": "assertionMethod",
}
WORDS = st.text(max_size=30) | st.sampled_from(
    [
        "",
        "assertionMethod",
        "authentication",
        "eddsa-jcs-2022",
        "_:b0",
        "#key",
        "urn:x:y",
        "did:web:ż.pl#k",
        'did:web:a"b',
        "https://a.pl/ x",
    ]
)
MEMBERS = st.dictionaries(
    st.sampled_from([*USUAL, "id", "expires", "domain", "challenge", "nonce", "stranger"]), WORDS, max_size=3
)


def in_full(context: Any, options: dict[str, Any]) -> str | None:
    try:
        return canonical_text({"@context": context, **options}, SHIPPED, DEFAULT)
    except VcError:
        return None


def agree(context: Any, options: dict[str, Any]) -> bool:
    """Whether the short way stepped aside or gave the same; True when it was taken."""
    short = rdfc._usual(Unsigned({"@context": context}), options)
    assert short is None or short == in_full(context, options)
    return short is not None


@given(MEMBERS)
@example({})
@example({"verificationMethod": "did:web:a.pl:x%20y#k-1"})
@example({"created": "2026-11-01T08:30:00.123+01:00"})
@example({"id": "urn:uuid:1"})
def test_any_other_value_gives_the_same_or_is_read_in_full(changes: dict[str, str]) -> None:
    agree([V2, OB3], USUAL | changes)


def read_alone(url: str) -> bool:
    """Whether a context can stand after that of VC 2.0 at all."""
    return in_full([V2, url], USUAL) is not None


@pytest.mark.parametrize("url", SHIPPED.urls)
def test_no_shipped_context_gives_a_proof_another_meaning(url: str) -> None:
    if not read_alone(url):
        pytest.skip("contradicts the context of VC 2.0, so that every such document is refused")
    assert agree([V2, url], USUAL)
    assert not agree([url], USUAL) or url == V2
    assert not agree([url, V2], USUAL) or url == V2
    assert not agree(url, USUAL)


def test_a_context_written_into_the_document_cannot_change_the_terms_of_a_proof() -> None:
    for term in (
        "created",
        "cryptosuite",
        "verificationMethod",
        "proofPurpose",
        "assertionMethod",
        "DataIntegrityProof",
        "type",
    ):
        context = [V2, {term: "https://elsewhere.example/x"}]
        full = in_full(context, USUAL)
        assert full is None or agree(context, USUAL), term


def test_a_store_with_another_context_at_that_address_is_read_in_full() -> None:
    other = SHIPPED.with_extra({V2: {"@context": {"@vocab": "urn:v:", "type": "@type"}}})
    assert rdfc._usual(Unsigned({"@context": [V2]}, other), USUAL) is None
