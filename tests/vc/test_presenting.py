"""Presentations: shown by their holder, for whom it was asked, each credential in them checked."""

import copy
from typing import Any

import pytest

from dorobek.vc import did
from dorobek.vc.multibase import base64url_encode, encode
from dorobek.vc.presenting import Asked, Shown, verify_presentation
from dorobek.vc.proofs import jwt
from dorobek.vc.proofs.unsigned import Unsigned
from dorobek.vc.signing import SUITES, proof_options

from .material import CREATED, ISSUER, KEY, NOW, OB3, OTHER_KEY, V2, badge, issuer_document, multikey, signed, text, web

HOLDER = did.key_did(OTHER_KEY.public)
ASKED = Asked(challenge="wyzwanie-1", domain="sprawdza.example")


def presentation(*credentials: Any, **changes: Any) -> dict[str, Any]:
    held = list(credentials) or [signed()]
    document = {"@context": [V2, OB3], "type": ["VerifiablePresentation"], "holder": HOLDER}
    return document | {"verifiableCredential": held} | changes


def presented(
    document: dict[str, Any] | None = None, key: Any = OTHER_KEY, method: str = "", **changes: Any
) -> dict[str, Any]:
    document = presentation() if document is None else document
    suite = changes.pop("suite", "eddsa-rdfc-2022")
    unsigned = Unsigned(document)
    options = proof_options(unsigned.context, suite, method or did.key_method(key.public), CREATED)
    options |= {"proofPurpose": "authentication", "challenge": "wyzwanie-1", "domain": "sprawdza.example"} | changes
    return document | {"proof": options | {"proofValue": encode(key.sign(SUITES[suite](unsigned, options)))}}


def look(document: Any, asked: Asked = ASKED, **options: Any) -> Shown:
    return verify_presentation(
        document if isinstance(document, str) else text(document), now=NOW, asked=asked, **options
    )


def codes(shown: Shown) -> list[str]:
    return sorted({one.code for report in (shown.report, *shown.held) for one in report.faults})


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_presentation_by_its_holder_is_valid(suite: str) -> None:
    shown = look(presented(suite=suite))
    assert shown.decided == "valid", codes(shown)
    assert [one.decided for one in shown.held] == ["valid"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked(challenge="inne", domain="sprawdza.example"), "challenge"),
        (Asked("wyzwanie-1", "inna.example"), "domain"),
    ],
)
def test_one_made_for_another_challenge_or_domain_is_refused(asked: Asked, code: str) -> None:
    shown = look(presented(), asked)
    assert shown.decided == "not valid"
    assert codes(shown) == [code]


def test_what_was_not_asked_is_not_compared() -> None:
    assert look(presented(), Asked()).decided == "valid"


def test_a_presentation_signed_as_a_credential_is_refused() -> None:
    assert codes(look(presented(proofPurpose="assertionMethod"))) == ["proof-purpose"]


def test_a_credential_signed_as_a_presentation_is_refused() -> None:
    held = presented(badge(), KEY)
    assert "proof-purpose" in codes(look(presented(presentation(held))))


def test_somebody_else_cannot_show_it_as_the_holder() -> None:
    assert codes(look(presented(key=KEY))) == ["holder-differs"]


def test_a_changed_letter_in_the_presentation_or_in_a_credential_is_seen() -> None:
    changed = presented() | {"id": "urn:uuid:6f1f2d4e-0000-4000-8000-00000000beef"}
    assert codes(look(changed)) == ["signature-wrong"]
    bad = signed() | {"name": "Obsługa kasy."}
    shown = look(presented(presentation(signed(), bad)))
    assert [one.decided for one in shown.held] == ["valid", "not valid"]
    assert shown.decided == "not valid"


def test_an_unsigned_one_is_accepted_only_where_that_was_said() -> None:
    assert codes(look(presentation())) == ["no-key", "no-proof"]
    shown = look(presentation(), Asked(unsigned=True))
    assert shown.decided == "valid"
    assert look(presentation(badge()), Asked(unsigned=True)).decided == "not valid"


def test_what_the_holder_says_of_themselves_needs_the_holder_named() -> None:
    own = badge(issuer={"id": HOLDER, "type": ["Profile"], "name": "Sama"})
    assert look(presented(presentation(own))).decided == "valid"
    nameless = presentation(own)
    del nameless["holder"]
    assert "no-proof" in codes(look(presented(nameless)))
    assert "no-proof" in codes(look(presented(presentation(badge()))))
    assert "no-proof" in codes(look(presentation(own), Asked(unsigned=True)))


@pytest.mark.parametrize(("listed", "decided"), [("authentication", "valid"), ("assertionMethod", "not valid")])
def test_the_holders_document_must_list_the_key_for_authentication(listed: str, decided: str) -> None:
    holder = "did:web:osoba.example"
    method = multikey(holder, "k1", OTHER_KEY.public.to_multikey())
    page = issuer_document(holder, method).replace(b"assertionMethod", listed.encode())
    document = presentation(holder=holder)
    made = presented(document, method=method["id"])
    shown = look(made, fetcher=web(**{"https://osoba.example/.well-known/did.json": page}))
    assert shown.decided == decided, codes(shown)
    assert look(made).decided == "could not check"


def test_credentials_as_tokens_and_enveloped_are_read() -> None:
    token = jwt.sign(badge(), KEY, verification_method=did.key_method(KEY.public))
    envelope = {"@context": V2, "id": f"data:application/vc+jwt,{token}", "type": "EnvelopedVerifiableCredential"}
    shown = look(presented(presentation(envelope)))
    assert shown.decided == "valid", codes(shown)


def test_a_presentation_as_a_token_is_read() -> None:
    header = {"alg": "EdDSA", "typ": "vp+jwt", "kid": did.key_method(OTHER_KEY.public)}
    claims = presentation() | {"nonce": "wyzwanie-1", "aud": "sprawdza.example", "iss": HOLDER}
    first = ".".join(base64url_encode(text(part).encode()) for part in (header, claims))
    token = f"{first}.{base64url_encode(OTHER_KEY.sign(first.encode()))}"
    assert look(token).decided == "valid", codes(look(token))
    assert codes(look(token, Asked(challenge="inne"))) == ["challenge"]
    envelope = {"@context": V2, "id": f"data:application/vp+jwt,{token}", "type": "EnvelopedVerifiablePresentation"}
    assert look(envelope).decided == "valid"


@pytest.mark.parametrize("raw", ["", "{", "[]", "1", "a.b.c", '{"type": "VerifiablePresentation"}', "\ud800"])
def test_what_is_no_presentation_is_answered_not_raised(raw: str) -> None:
    assert look(raw).decided != "valid"


def test_a_presentation_of_very_many_credentials_is_bounded() -> None:
    made = presented(presentation(*[badge(id=f"urn:uuid:{n}") for n in range(101)]))
    assert "too-many" in codes(look(made))


def test_nothing_that_was_given_is_changed() -> None:
    document = presented()
    before = copy.deepcopy(document)
    look(document)
    assert document == before
    assert document["holder"] != ISSUER
