"""did:key and did:web, and what an issuer's document says."""

import json
from typing import Any

import pytest

from dorobek.vc import controllers, did
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.keys import PrivateKey

KEY = PrivateKey.from_seed(b"k" * 32)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("did:web:a.example", "https://a.example/.well-known/did.json"),
        ("did:web:a.example%3A8443", "https://a.example:8443/.well-known/did.json"),
        ("did:web:a.example:u:b-1", "https://a.example/u/b-1/did.json"),
        ("did:web:localhost%3A8000:x", "http://localhost:8000/x/did.json"),
    ],
)
def test_a_did_web_has_its_document_at_one_address(name: str, url: str) -> None:
    assert did.web_url(name) == url


@pytest.mark.parametrize(
    "name",
    [
        "did:web:",
        "did:web:a..b",
        "did:web:a.example:..",
        "did:web:a.example:%2e%2e",
        "did:web:user@a.example",
        "did:web:a.example%2Fpath",
        "did:web:a.example%3Aport",
        "did:web:a.example:",
        "did:web:A.EXAMPLE",
        "did:key:z6Mk",
        "did:web:-a",
        "did:web:a.example:x?y",
    ],
)
def test_a_did_web_that_points_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(VcError):
        did.web_url(name)


def test_the_did_of_a_folder_leads_back_to_it() -> None:
    assert did.web_did("https://a.example:8443/x/y/") == "did:web:a.example%3A8443:x:y"
    assert did.web_url(did.web_did("https://a.example/x")) == "https://a.example/x/did.json"
    for url in ("https://a.example/x?y", "https://a.example/#z", "nonsense"):
        with pytest.raises(VcError):
            did.web_did(url)


def test_a_did_key_is_its_own_document() -> None:
    name = did.key_did(KEY.public)
    assert did.key_document(name)["assertionMethod"] == [did.key_method(KEY.public)]
    controller = controllers.resolve(name, None)
    assert [method.key for method in controller.trusted()] == [KEY.public]
    assert controllers.read(did.key_document(name), name).trusted() == controller.trusted()
    for broken in ("did:key:", "did:key:z6Mk", "did:key:u1"):
        with pytest.raises(VcError):
            controllers.resolve(broken, None)


def test_only_the_names_own_document_is_taken() -> None:
    page = json.dumps(did.web_document("did:web:b.example", {"k": KEY.public})).encode()
    with pytest.raises(VcError) as caught:
        controllers.resolve("did:web:a.example", FixedFetcher({"https://a.example/.well-known/did.json": page}))
    assert caught.value.code == "controller-document"


@pytest.mark.parametrize("name", ["urn:uuid:1", "did:example:1", "mailto:a@b.pl", "ftp://a.example/x"])
def test_a_name_without_a_known_place_is_told_so(name: str) -> None:
    with pytest.raises(VcError) as caught:
        controllers.resolve(name, FixedFetcher({}))
    assert caught.value.code == "not-resolvable"


ID = "https://a.example/issuer"
X = KEY.public.to_jwk()
MULTI = {"publicKeyMultibase": KEY.public.to_multikey()}


@pytest.mark.parametrize(
    ("document", "trusted"),
    [
        ({"verificationMethod": [{"id": f"{ID}#k", **MULTI}], "assertionMethod": [f"{ID}#k"]}, 1),
        ({"verificationMethod": [{"id": "#k", **MULTI}], "assertionMethod": ["#k"]}, 1),
        ({"verificationMethod": {"id": f"{ID}#k", "publicKeyJwk": X}, "assertionMethod": f"{ID}#k"}, 1),
        ({"assertionMethod": [{"id": f"{ID}#k", **MULTI}]}, 1),
        ({"publicKey": [{"id": f"{ID}#k", **MULTI}], "assertionMethod": [f"{ID}#k"]}, 1),
        ({"verificationMethod": [{"id": f"{ID}#k", **MULTI}]}, 0),
        ({"verificationMethod": [{"id": f"{ID}#k", **MULTI}], "authentication": [f"{ID}#k"]}, 0),
        ({"verificationMethod": [{"id": f"{ID}#k", **MULTI, "expires": "soon"}], "assertionMethod": [f"{ID}#k"]}, 0),
        ({"verificationMethod": [5, {}, {"id": "x"}], "assertionMethod": [5, {}, "x"]}, 0),
        ({"jwks": {"keys": [X]}}, 1),
        ({"jwks": {"keys": [X | {"use": "enc"}]}}, 0),
        ({"jwks_uri": "https://a.example/jwks"}, 1),
        ({"keys": [X]}, 1),
        ({"jwks": "no"}, 0),
    ],
)
def test_keys_are_found_where_issuers_put_them(document: dict[str, Any], trusted: int) -> None:
    source = FixedFetcher(
        {ID: json.dumps({"id": ID} | document).encode(), "https://a.example/jwks": json.dumps({"keys": [X]}).encode()}
    )
    found = controllers.resolve(ID, source).trusted()
    assert [method.key for method in found] == [KEY.public] * trusted


def test_a_document_with_thousands_of_keys_is_refused() -> None:
    page = {"id": ID, "verificationMethod": [{"id": f"{ID}#{n}"} for n in range(1000)]}
    with pytest.raises(VcError):
        controllers.read(page, ID)
