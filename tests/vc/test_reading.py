"""Whatever is uploaded, pasted or scanned is recognised, or refused with a reason."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.vc import reading
from dorobek.vc.badges import baking
from dorobek.vc.errors import VcError
from dorobek.vc.multibase import base64url_encode
from dorobek.vc.words import Words, words
from tests.vc.samples import document
from tests.vc.test_baking import SVG, png

ASSERTION = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://a.example/1",
    "badge": "https://a.example/badge",
    "recipient": {"type": "email", "hashed": False, "identity": "a@example.org"},
}


def token(payload: dict[str, Any]) -> str:
    return ".".join(base64url_encode(json.dumps(part).encode()) for part in ({"alg": "EdDSA"}, payload)) + ".c2ln"


@pytest.mark.parametrize(
    ("file", "kind", "carrier"),
    [
        ("simple.json", "credential", "text"),
        ("simple.jwt", "jwt", "text"),
        ("simple-json.png", "credential", "png"),
        ("simple-jwt.png", "jwt", "png"),
        ("simple-json.svg", "credential", "svg"),
        ("simple-jwt.svg", "jwt", "svg"),
    ],
)
def test_each_published_form_is_recognised(shared_data, file, kind, carrier):
    found = reading.read((shared_data / "openbadges-3" / file).read_bytes())
    assert (found.kind, found.carrier) == (kind, carrier)
    assert found.document
    assert found.document["type"][0] == "VerifiableCredential"


@pytest.mark.parametrize(
    ("given_text", "kind"),
    [
        (json.dumps(document()), "credential"),
        ("\ufeff \n" + json.dumps(document()), "credential"),
        (token({"vc": document()}), "jwt"),
        (token(document()), "jwt"),
        (json.dumps(ASSERTION), "badge2"),
        (token(ASSERTION), "badge2-jws"),
        ("https://a.example/poswiadczenie/1 ", "address"),
        (
            json.dumps({"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + token(document())}),
            "jwt",
        ),
        (json.dumps({"type": ["VerifiablePresentation"], "verifiableCredential": []}), "presentation"),
        (json.dumps({"type": ["VerifiableCredential", "EuropeanDigitalCredential"]}), "elm"),
    ],
)
def test_a_text_is_recognised(given_text, kind):
    assert reading.read(given_text).kind == kind
    assert reading.read(given_text.encode()).kind == kind


def test_the_credential_in_a_picture_is_that_which_was_put_in():
    for picture in (png(), SVG):
        found = reading.read(baking.bake(picture, json.dumps(document())))
        assert found.document == document()
    assert reading.read(baking.bake(SVG, json.dumps(document())).decode()).carrier == "svg"


@pytest.mark.parametrize(
    ("given_bytes", "code"),
    [
        (b"", "nothing-given"),
        (b"  \n", "nothing-given"),
        (b"\xff\xd8\xff\xe0", "not-recognised"),
        (b"hello", "not-recognised"),
        (b"javascript:alert(1)", "not-recognised"),
        (b'{"a":1,"a":2}', "duplicate-key"),
        (b"[]", "not-recognised"),
        (b'{"type":"EnvelopedVerifiableCredential","id":"data:text/plain,x"}', "not-recognised"),
        (png(), "no-credential"),
    ],
)
def test_what_is_none_of_these_is_refused_with_a_reason(given_bytes, code):
    with pytest.raises(VcError) as raised:
        reading.read(given_bytes)
    assert raised.value.code == code


def test_a_presentation_gives_each_of_its_credentials():
    envelope = {"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt," + token(document())}
    given_list = [document(), envelope, token(document())]
    made = {"type": ["VerifiablePresentation"], "verifiableCredential": given_list}
    assert [one.kind for one in reading.held(made)] == ["credential", "jwt", "jwt"]
    assert all(one.document == document() for one in reading.held(made)[:2])
    with pytest.raises(VcError) as raised:
        reading.held({"verifiableCredential": [document(), 7]})
    assert raised.value.path == "verifiableCredential[1]"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_published_file_with_changed_bytes_is_read_or_refused(shared_data, data):
    names = ["simple.json", "simple.jwt", "simple-json.svg", "simple-jwt.svg", "simple-json.png"]
    raw = bytearray((shared_data / "openbadges-3" / data.draw(st.sampled_from(names))).read_bytes())
    for _number in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(VcError):
        assert isinstance(words(reading.read(bytes(raw)).document), Words)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_anything_else_ends_in_a_reason_too(raw):
    with contextlib.suppress(VcError):
        assert reading.read(raw).kind
