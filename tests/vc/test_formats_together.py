"""From the typed model to a signed credential, into a picture, out again, verified and told."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dorobek.vc import did, issuing, reading
from dorobek.vc.badges import baking
from dorobek.vc.badges.drawing import Design, draw
from dorobek.vc.keys import PrivateKey
from dorobek.vc.proofs import jwt
from dorobek.vc.verifying import verify
from dorobek.vc.words import words
from tests.vc.samples import AWARD, BARE, document
from tests.vc.test_baking import png

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KEY = PrivateKey.from_seed(b"formats together, seed for tests")
PICTURES = {"png": png(), "svg": draw(Design(lines=("Arkusz",), title="Arkusz")).encode()}


def unsigned(**changes: Any) -> dict[str, Any]:
    made = document() | changes
    made["issuer"]["id"] = did.key_did(KEY.public)
    return made


def signed(made: dict[str, Any]) -> dict[str, Any]:
    return issuing.sign(made, KEY, verification_method=did.key_method(KEY.public), created=AWARD.awarded)


@pytest.mark.parametrize("award", [AWARD, BARE], ids=["full", "bare"])
def test_what_is_built_can_be_signed_and_is_valid(award):
    made = document(award)
    made["issuer"]["id"] = did.key_did(KEY.public)
    report = verify(json.dumps(signed(made)), now=NOW)
    assert report.valid, report.faults


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_carries_a_credential_that_still_verifies(kind):
    picture = baking.bake(PICTURES[kind], json.dumps(signed(unsigned()), ensure_ascii=False))
    given = reading.read(picture)
    assert given.carrier == kind
    assert verify(given.text, now=NOW).valid
    assert words(given.document).title == "Prowadzenie arkusza kasowego"


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_carries_a_token_that_still_verifies(kind):
    token = jwt.sign(unsigned(), KEY, verification_method=did.key_method(KEY.public))
    given = reading.read(baking.bake(PICTURES[kind], token))
    assert given.kind == "jwt"
    assert verify(given.text, now=NOW).valid
    assert words(given.document).holder == "Maria Zielna"


def test_one_changed_byte_of_the_credential_in_a_picture_is_seen():
    picture = baking.bake(PICTURES["svg"], json.dumps(signed(unsigned()), ensure_ascii=False))
    changed = picture.replace(b"Maria Zielna", b"Maria Zielny")
    assert changed != picture
    assert verify(reading.read(changed).text, now=NOW).outcome("signature") == "failed"


def test_every_presented_credential_can_be_verified():
    made = {
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [signed(unsigned()), signed(unsigned(name="Inna"))],
    }
    assert all(verify(one.text, now=NOW).valid for one in reading.held(made))
