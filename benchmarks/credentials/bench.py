"""How fast credentials are signed and verified, beside the floor of bare Ed25519 and, where at hand, npm's verifier.

    PYTHONPATH=src:. python benchmarks/credentials/bench.py [--seconds 2] [--json]

The reference needs Node and DOROBEK_NODE_REFERENCE (a folder with @digitalbazaar/vc, data-integrity, ed25519-multikey
and eddsa-rdfc-2022-cryptosuite); `complete.json` needs the published fixtures (SHARED_DATA). Rates are per second
in one thread, by the clock; rounds of our rows are interleaved, and of every row, theirs too, the best round counts.
On a busy machine look at the last column: there both sides are counted by the computing time of their process.
Nothing is remembered between documents but compiled contexts and parsed keys.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from dorobek.vc import did
from dorobek.vc.issuing import BatchSigner, sign
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.keys import PrivateKey
from dorobek.vc.verifying import verify

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.vc import node  # noqa: E402

NOW, CREATED = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
KEY = PrivateKey.from_seed(b"a key for measuring, and no more")
ISSUER, METHOD = did.key_did(KEY.public), did.key_method(KEY.public)
RDF = ("eddsa-rdfc-2022",)
ROUNDS = 5
Rates = dict[str, float]
FIELDS = (
    "id",
    "credentialSubject.id",
    "credentialSubject.identifier[0].identityHash",
    "credentialStatus.statusListIndex",
)


def badge() -> dict[str, Any]:
    """A badge of 60 statements, as an issuer of micro-credentials would fill it in."""
    document: dict[str, Any] = json.loads((Path(__file__).parent / "badge.json").read_text(encoding="utf-8"))
    document["issuer"]["id"] = ISSUER
    return document


def complete() -> dict[str, Any] | None:
    """The fixture with every member of Open Badges 3.0, unsigned and issued by this benchmark's key."""
    path = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared/data")) / "openbadges-3/complete.json"
    if not path.exists():
        return None
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    del document["proof"], document["credentialStatus"]
    document["issuer"]["id"] = ISSUER
    return document


def issued(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    return sign(document, KEY, verification_method=METHOD, created=CREATED, **options)


def rows(document: dict[str, Any], name: str) -> dict[str, Callable[[], object]]:
    """What is measured of one document."""
    unsettled = {member: value for member, value in document.items() if member != "credentialStatus"}
    one, both = (json.dumps(issued(unsettled, **options), ensure_ascii=False) for options in ({"suites": RDF}, {}))
    for raw in (one, both):
        report = verify(raw, now=NOW)
        assert report.valid, report.faults
    return {
        f"verify {name}, rdfc proof": lambda: verify(one, now=NOW),
        f"verify {name}, both proofs": lambda: verify(both, now=NOW),
        f"sign {name}, rdfc proof": lambda: issued(unsettled, suites=RDF),
        f"sign {name}, both proofs": lambda: issued(unsettled),
    }


def batch_rows(document: dict[str, Any]) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    for name, suites in (("rdfc proof", RDF), ("both proofs", (*RDF, "eddsa-jcs-2022"))):
        signer = BatchSigner(document, FIELDS, KEY, verification_method=METHOD, created=CREATED, suites=suites)
        assert signer.prepared
        found[f"batch to many with JSON, {name}"] = partial(_row, signer, count())
    return found


def _row(signer: BatchSigner, numbers: Iterator[int]) -> str:
    number = next(numbers)
    return signer.sign_json((f"urn:uuid:{number}", f"did:example:{number}", f"sha256${number:064x}", str(number)))


def measured(work: dict[str, Callable[[], object]], seconds: float) -> dict[str, Rates]:
    """Calls per second of each by the clock and by computing time, the best of several short rounds."""
    best: dict[str, Rates] = {name: {"clock": 0.0, "computing": 0.0} for name in work}
    for _ in range(ROUNDS):
        for name, one in work.items():
            done, start, spent = 0, time.perf_counter(), time.process_time()
            while time.perf_counter() < start + seconds / ROUNDS or done < 3:
                one()
                done += 1
            best[name]["clock"] = max(best[name]["clock"], done / (time.perf_counter() - start))
            best[name]["computing"] = max(best[name]["computing"], done / (time.process_time() - spent))
    return best


def reference(documents: dict[str, dict[str, Any]], seconds: float) -> dict[str, Rates]:
    """The same documents, signed and verified by npm's packages; one proof each, since they look at no second one."""
    contexts = {url: {"@context": SHIPPED.context(url)} for url in SHIPPED.urls}
    plain = [{key: value for key, value in one.items() if key != "credentialStatus"} for one in documents.values()]
    moments = {"created": CREATED.isoformat(), "now": NOW.isoformat(), "seed": KEY.seed.hex()}
    signed = [issued(one, suites=RDF) for one in plain]
    answer = node.ask(contexts=contexts, **moments, verify=signed, sign=plain, seconds=seconds)
    assert all(one["verified"] for one in answer["verified"]), answer["verified"]
    found = {}
    for place, name in enumerate(documents):
        found[f"verify {name}, rdfc proof"] = answer["rates"]["verify"][place]
        found[f"sign {name}, rdfc proof"] = answer["rates"]["sign"][place]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Signing and verifying credentials, per second.")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each row")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    documents = {"badge": badge()} | ({"complete.json": full} if (full := complete()) else {})
    signature = KEY.sign(bytes(64))
    work: dict[str, Callable[[], object]] = {
        "floor: Ed25519 verify": lambda: KEY.public.verify(signature, bytes(64)),
        "floor: Ed25519 sign": lambda: KEY.sign(bytes(64)),
    }
    for name, document in documents.items():
        work |= rows(document, name)
    work |= batch_rows(documents["badge"])
    ours = measured(work, options.seconds)
    missing = node.missing()
    theirs = {} if missing else reference(documents, options.seconds)
    if options.json:
        print(json.dumps({"ours": ours, "reference": theirs, "no reference because": missing}, indent=1))
        return
    sizes = ", ".join(f"{name} {len(set(to_quads(document)))}" for name, document in documents.items())
    print(f"statements: {sizes}")
    print(f"{'':36}{'per second':>12}{'of the floor':>14}{'npm':>8}{'times npm':>11}{'by computing time':>19}")
    for name, rates in ours.items():
        rate, floor = rates["clock"], ours["floor: Ed25519 verify" if "verify" in name else "floor: Ed25519 sign"]
        compared = ""
        if other := theirs.get(name):
            times, by_computing = rate / other["clock"], rates["computing"] / other["computing"]
            compared = f"{other['clock']:>8.0f}{times:>11.1f}{by_computing:>19.1f}"
        print(f"{name:36}{rate:>12.0f}{rate / floor['clock']:>14.0%}{compared}")
    if missing:
        print(f"npm not measured: {missing}")


if __name__ == "__main__":
    main()
