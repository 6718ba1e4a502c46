"""The canonical documents and proof options that vc-di-eddsa publishes."""

from pathlib import Path
from typing import Any

import pytest

from dorobek.vc import jcs
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.rdf.rdfc import canonicalise
from tests.vc.data import DATA, folder, paths, read

EDDSA = DATA / "vc-di-eddsa"
CITIZEN = "https://w3id.org/citizenship#"
DATE = "http://www.w3.org/2001/XMLSchema#dateTime"

# example contexts are not shipped: these say as much of them as the vectors use
STORE = SHIPPED.with_extra(
    {
        "https://www.w3.org/ns/credentials/examples/v2": {
            "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
        },
        "https://w3id.org/citizenship/v4rc1": {
            "@context": {
                "@vocab": CITIZEN,
                "image": {"@id": "https://schema.org/image", "@type": "@id"},
                "Person": "https://schema.org/Person",
                "additionalName": "https://schema.org/additionalName",
                "familyName": "https://schema.org/familyName",
                "gender": "https://schema.org/gender",
                "givenName": "https://schema.org/givenName",
                "birthDate": {"@id": "https://schema.org/birthDate", "@type": DATE},
                "identifier": "https://schema.org/identifier",
                "residentSince": {"@id": f"{CITIZEN}residentSince", "@type": DATE},
            }
        },
    }
)

CASES = [
    ("unsigned.json", "eddsa-rdfc-2022/canonDocDataInt.txt"),
    ("unsigned.json", "Ed25519Signature2020/canonDocEdSig.txt"),
    ("employmentAuth.json", "eddsa-rdfc-2022/employ/canonDocDataInt.txt"),
    ("eddsa-rdfc-2022/proofConfigDataInt.json", "eddsa-rdfc-2022/proofCanonDataInt.txt"),
    ("eddsa-rdfc-2022/employ/proofConfigDataInt.json", "eddsa-rdfc-2022/employ/proofCanonDataInt.txt"),
    ("Ed25519Signature2020/proofConfigEdSig.json", "Ed25519Signature2020/proofCanonEdSig.txt"),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_a_document_has_the_published_canonical_form(source: str, expected: str) -> None:
    folder("vc-di-eddsa")
    text = (EDDSA / expected).read_text(encoding="utf-8")
    assert canonicalise(to_quads(read(EDDSA / source), STORE)) == text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("unsigned.json", "eddsa-jcs-2022/canonDocJCS.txt"),
        ("eddsa-jcs-2022/proofConfigJCS.json", "eddsa-jcs-2022/proofCanonJCS.txt"),
    ],
)
def test_a_document_has_the_published_jcs_form(source: str, expected: str) -> None:
    folder("vc-di-eddsa")
    assert jcs.canonical(read(EDDSA / source)) == (EDDSA / expected).read_bytes()


@pytest.mark.parametrize("path", paths("openbadges-3", "*.json"), ids=lambda path: path.stem)
def test_published_badges_mean_the_same_under_pyld(path: Path) -> None:
    jsonld = pytest.importorskip("pyld.jsonld")
    document = read(path)
    if "OtherCredential" in path.read_text(encoding="utf-8"):
        pytest.skip("an undefined type, which PyLD leaves out in silence")

    def load(url: str, _options: Any) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": SHIPPED.context(url)}}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, "base": None}
    theirs = jsonld.normalize(document, options)
    assert canonicalise(to_quads(document)) == theirs
