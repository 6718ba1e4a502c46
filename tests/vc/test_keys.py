"""Keys in their texts, and signatures of three kinds."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from dorobek.vc.errors import VcError
from dorobek.vc.keys import PrivateKey, PublicKey
from dorobek.vc.multibase import base64url_encode as b64


def test_a_key_of_the_standards_example_is_read_and_written_alike() -> None:
    private = PrivateKey.from_multikey("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
    assert private.to_multikey() == "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
    assert private.public.to_multikey() == "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    assert "z3u2" not in repr(private)


def test_what_one_key_signs_only_that_key_accepts() -> None:
    one, other = PrivateKey.generate(), PrivateKey.from_seed(b"7" * 32)
    signature = one.sign(b"text")
    assert one.public.verify(signature, b"text")
    assert not one.public.verify(signature, b"texT")
    assert not one.public.verify(signature[:-1], b"text")
    assert not other.public.verify(signature, b"text")
    assert one.public != other.public
    assert PublicKey.from_jwk(one.public.to_jwk()) == PublicKey.from_multikey(one.public.to_multikey())


def test_a_p256_key_reads_es256_and_survives_its_texts() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    numbers = private.public_key().public_numbers()
    jwk = {
        "kty": "EC",
        "crv": "P-256",
        "x": b64(numbers.x.to_bytes(32, "big")),
        "y": b64(numbers.y.to_bytes(32, "big")),
    }
    public = PublicKey.from_jwk(jwk)
    r, s = decode_dss_signature(private.sign(b"text", ec.ECDSA(hashes.SHA256())))
    assert public.verify(r.to_bytes(32, "big") + s.to_bytes(32, "big"), b"text")
    assert not public.verify(bytes(64), b"text")
    assert not public.verify(b"short", b"text")
    assert PublicKey.from_multikey(public.to_multikey()) == public
    assert public.to_jwk() == jwk


def test_an_rsa_key_reads_rs256() -> None:
    private = rsa.generate_private_key(65537, 2048)
    n = private.public_key().public_numbers().n
    public = PublicKey.from_jwk({"kty": "RSA", "n": b64(n.to_bytes(256, "big")), "e": "AQAB"})
    assert public.verify(private.sign(b"text", padding.PKCS1v15(), hashes.SHA256()), b"text")
    assert not public.verify(bytes(256), b"text")
    assert PublicKey.from_jwk(public.to_jwk()) == public


@pytest.mark.parametrize(
    "jwk",
    [
        None,
        {},
        {"kty": "OKP", "crv": "Ed25519"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"},
        {"kty": "OKP", "crv": "X25519", "x": b64(bytes(32))},
        {"kty": "oct", "k": "AAAA"},
        {"kty": "EC", "crv": "P-256", "x": b64(bytes(32)), "y": b64(bytes(32))},
        {"kty": "RSA", "n": b64(b"\xff" * 64), "e": "AQAB"},
        {"kty": "RSA", "n": b64(b"\xff" * 1500), "e": "AQAB"},
        {"kty": "RSA", "n": b64(b"\xff" * 256), "e": b64(b"\xff" * 200)},
    ],
)
def test_a_weak_or_broken_jwk_is_refused(jwk: object) -> None:
    with pytest.raises(VcError):
        PublicKey.from_jwk(jwk)


def test_a_published_private_key_is_refused() -> None:
    with pytest.raises(VcError) as caught:
        PublicKey.from_jwk(PrivateKey.generate().public.to_jwk() | {"d": "AAAA"}, "jwk")
    assert (caught.value.code, caught.value.path) == ("key-private", "jwk")


@pytest.mark.parametrize(
    "text", ["z6Mk", "z" + "1" * 30, "did:key:z6Mk", "", None, "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"]
)
def test_a_broken_multikey_is_refused_and_named(text: object) -> None:
    with pytest.raises(VcError) as caught:
        PublicKey.from_multikey(text, "proof.verificationMethod")
    assert caught.value.path == "proof.verificationMethod"
