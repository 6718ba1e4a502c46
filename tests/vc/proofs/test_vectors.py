"""The published vectors of the EdDSA suites: canonical form, hashes, signature, and the whole verification."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest

from dorobek.vc import did, jcs
from dorobek.vc.checking.case import Case
from dorobek.vc.checking.signature import signatures
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.issuing import sign
from dorobek.vc.keys import PrivateKey
from dorobek.vc.limits import DEFAULT
from dorobek.vc.multibase import encode
from dorobek.vc.proofs import jcs as jcs_suite
from dorobek.vc.proofs import rdfc
from dorobek.vc.proofs.unsigned import Unsigned, canonical_text
from dorobek.vc.verifying import verify

from ..material import STORE, data, issuer_document, multikey, read_json

FOLDER = "vc-di-eddsa"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
RDF_VECTORS = {
    "eddsa-rdfc-2022": ("signedDataInt.json", "DataInt"),
    "eddsa-rdfc-2022/employ": ("signedDataInt.json", "DataInt"),
    "Ed25519Signature2020": ("signedEdSig.json", "EdSig"),
}


def words(folder: str, name: str) -> str:
    return data(FOLDER, folder, name).read_text(encoding="utf-8")


def options(folder: str, name: str) -> dict[str, Any]:
    return {key: value for key, value in read_json(FOLDER, folder, name).items() if key != "@context"}


@pytest.mark.parametrize("folder", RDF_VECTORS)
def test_the_rdf_vectors_are_reproduced_step_by_step(folder: str) -> None:
    name, suffix = RDF_VECTORS[folder]
    unsigned = Unsigned(read_json(FOLDER, folder, name), STORE)
    assert canonical_text(unsigned.body, STORE, DEFAULT) == words(folder, f"canonDoc{suffix}.txt")
    config = options(folder, f"proofConfig{suffix}.json")
    canonical = canonical_text({"@context": unsigned.context, **config}, STORE, DEFAULT)
    assert canonical == words(folder, f"proofCanon{suffix}.txt")
    assert unsigned.rdfc_hash().hex() == words(folder, f"docHash{suffix}.txt").strip()
    assert rdfc.signed_bytes(unsigned, config).hex() == words(folder, f"combinedHash{suffix}.txt").strip()
    key = PrivateKey.from_multikey(read_json(FOLDER, "keyPair.json")["privateKeyMultibase"])
    signature = key.sign(rdfc.signed_bytes(unsigned, config))
    assert signature.hex() == words(folder, f"sigHex{suffix}.txt").strip()
    assert encode(signature) == words(folder, f"sigBTC58{suffix}.txt").strip()


def test_the_jcs_vectors_are_reproduced_step_by_step() -> None:
    folder = "eddsa-jcs-2022"
    unsigned = Unsigned(read_json(FOLDER, folder, "signedJCS.json"), STORE)
    config = read_json(FOLDER, folder, "proofConfigJCS.json")
    assert jcs.canonical(unsigned.body).decode() == words(folder, "canonDocJCS.txt").strip()
    assert jcs.canonical(config).decode() == words(folder, "proofCanonJCS.txt").strip()
    assert unsigned.jcs_hash().hex() == words(folder, "docHashJCS.txt").strip()
    assert sha256(jcs.canonical(config)).hexdigest() == words(folder, "proofHashJCS.txt").strip()
    assert jcs_suite.signed_bytes(unsigned, config).hex() == words(folder, "combinedHashJCS.txt").strip()
    assert jcs_suite.signed_bytes(unsigned, config).hex() == words(folder, "combinedHashJCS.txt").strip()


def test_signing_here_gives_the_signatures_of_the_vectors() -> None:
    pair = read_json(FOLDER, "keyPair.json")
    key = PrivateKey.from_multikey(pair["privateKeyMultibase"])
    created = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
    document = read_json(FOLDER, "unsigned.json")
    ours = sign(document, key, verification_method=did.key_method(key.public), created=created, store=STORE)
    values = [proof["proofValue"] for proof in ours["proof"]]
    rdf, json_one = (
        read_json(FOLDER, "eddsa-rdfc-2022", "signedDataInt.json"),
        read_json(FOLDER, "eddsa-jcs-2022", "signedJCS.json"),
    )
    assert values == [rdf["proof"]["proofValue"], json_one["proof"]["proofValue"]]


SIGNED = [
    "eddsa-rdfc-2022/signedDataInt.json",
    "eddsa-rdfc-2022/employ/signedDataInt.json",
    "eddsa-jcs-2022/signedJCS.json",
    "Ed25519Signature2020/signedEdSig.json",
    "proof-set-chain/signedProofSet1.json",
    "proof-set-chain/signedProofSet2.json",
    "proof-set-chain/signedProofChain1.json",
    "proof-set-chain/signedProofChain2.json",
]


def checks_of(document: dict[str, Any]) -> list[str]:
    case = Case(document, NOW, None, STORE, DEFAULT, Unsigned(document, STORE))
    return [check.outcome for check in signatures(case)]


@pytest.mark.parametrize("name", SIGNED)
def test_every_signature_of_the_vectors_is_accepted_and_each_proof_told(name: str) -> None:
    document = read_json(FOLDER, name)
    count = len(document["proof"]) if isinstance(document["proof"], list) else 1
    assert checks_of(document) == ["passed"] * count


@pytest.mark.parametrize("name", SIGNED)
def test_one_changed_letter_breaks_every_signature(name: str) -> None:
    document = read_json(FOLDER, name) | {"description": "A minimum viable example of an alumni Credential."}
    assert set(checks_of(document)) == {"failed"}


def test_a_chain_breaks_when_a_proof_it_builds_on_is_removed_or_changed() -> None:
    document = read_json(FOLDER, "proof-set-chain/signedProofChain2.json")
    shorter = document | {"proof": document["proof"][1:]}
    assert checks_of(shorter) == ["passed", "failed", "passed"]
    earlier = [
        proof | ({"created": "2023-02-24T23:36:39Z"} if n == 0 else {}) for n, proof in enumerate(document["proof"])
    ]
    assert checks_of(document | {"proof": earlier}) == ["failed", "passed", "failed", "passed"]


def test_a_vector_is_valid_as_a_whole_when_its_issuer_lists_the_key() -> None:
    document = read_json(FOLDER, "eddsa-rdfc-2022/signedDataInt.json")
    method = document["proof"]["verificationMethod"]
    pages = {document["issuer"]: json.dumps({"id": document["issuer"], "assertionMethod": [method]}).encode()}
    report = verify(json.dumps(document), now=NOW, fetcher=FixedFetcher(pages), store=STORE)
    assert report.decided == "valid", report.faults
    strange = multikey(document["issuer"], "k", PrivateKey.generate().public.to_multikey())
    pages = {document["issuer"]: issuer_document(document["issuer"], strange)}
    report = verify(json.dumps(document), now=NOW, fetcher=FixedFetcher(pages), store=STORE)
    assert [(fault.code, fault.path) for fault in report.faults] == [("key-not-issuers", "proof.verificationMethod")]
