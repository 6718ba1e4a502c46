"""Theirs verified here, ours there: npm's @digitalbazaar/vc, where Node and its packages are at hand."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.status import StatusList, entry_for, list_subject
from dorobek.vc.verifying import verify

from . import node
from .material import CREATED, KEY, NOW, V2, badge, signed, text

pytestmark = pytest.mark.skipif(bool(node.missing()), reason=node.missing() or "at hand")
LIST = "https://issuer.example/status/1"


def documents() -> dict[str, dict[str, Any]]:
    rich = badge(
        description='Cytat: "dobrze", ukośnik \\ i\nnowy wiersz, 😀',
        evidence=[
            {"id": "urn:uuid:e1", "type": ["Evidence"], "name": "Raport"},
            {"type": ["Evidence"], "narrative": "Bez adresu"},
        ],
        credentialStatus=[entry_for(LIST, "revocation", 5), entry_for(LIST + "s", "suspension", 6)],
    )
    rich["credentialSubject"] |= {
        "identifier": [
            {
                "type": "IdentityObject",
                "identityHash": f"sha256${n}",
                "identityType": "emailAddress",
                "hashed": True,
                "salt": "s",
            }
            for n in range(3)
        ],
        "creditsEarned": 2.5,
        "result": [{"type": ["Result"], "value": "5"}, {"type": ["Result"], "value": "5"}],
    }
    status_list = {
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": badge()["issuer"]["id"],
        "validFrom": "2026-11-01T00:00:00Z",
        "credentialSubject": list_subject(LIST, "revocation", StatusList.empty().with_set([5])),
    }
    return {"badge": badge(), "rich": rich, "list": status_list}


def ask(**request: Any) -> dict[str, Any]:
    contexts = {url: {"@context": SHIPPED.context(url)} for url in SHIPPED.urls}
    moments = {"created": CREATED.strftime("%Y-%m-%dT%H:%M:%SZ"), "now": NOW.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return node.ask(contexts=contexts, seed=KEY.seed.hex(), **moments, **request)


def test_what_is_signed_here_is_accepted_there() -> None:
    ours = [signed(document) for document in documents().values()]
    one_proof = [signed(document, suites=("eddsa-rdfc-2022",)) for document in documents().values()]
    answers = ask(verify=ours + one_proof)["verified"]
    assert [answer["verified"] for answer in answers] == [True] * 6, answers


def test_what_is_changed_is_refused_there_too() -> None:
    changed = [signed(document) | {"validFrom": "2026-11-01T00:00:01Z"} for document in documents().values()]
    answers = ask(verify=changed)["verified"]
    assert [answer["verified"] for answer in answers] == [False] * 3


def test_what_is_signed_there_is_accepted_here_and_is_the_same_to_the_byte() -> None:
    theirs = ask(sign=list(documents().values()))["signed"]
    for document, made in zip(documents().values(), theirs, strict=True):
        report = verify(text(made), now=NOW)
        outcomes = {check.name: check.outcome for check in report.checks if check.name != "status"}
        assert set(outcomes.values()) == {"passed"}, report
        proof = made["proof"][0] if isinstance(made["proof"], list) else made["proof"]
        assert proof["proofValue"] == signed(document)["proof"][0]["proofValue"]
        assert not verify(text(made | {"validFrom": "2026-11-01T00:00:01Z"}), now=NOW).valid


WORDS = st.text(min_size=1, max_size=20).filter(
    lambda words: not any(0xD800 <= ord(c) < 0xE000 or ord(c) in (0xFFFE, 0xFFFF) for c in words)
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS, max_size=4), st.integers(0, 4)), min_size=10, max_size=20))
def test_built_badges_get_the_same_signature_here_and_there(rows: list[tuple[str, str, list[str], int]]) -> None:
    built = []
    for name, narrative, tags, count in rows:
        document = copy.deepcopy(badge(name=name))
        document["credentialSubject"]["achievement"] |= {"tag": tags, "criteria": {"narrative": narrative}}
        document["credentialSubject"]["result"] = [{"type": ["Result"], "value": tag} for tag in tags] + [
            {"type": ["Result"], "value": "same"} for _ in range(count)
        ]
        built.append(document)
    answer = ask(sign=built, verify=[signed(document) for document in built])
    assert all(one["verified"] for one in answer["verified"]), answer["verified"]
    for document, made in zip(built, answer["signed"], strict=True):
        proof = made["proof"][0] if isinstance(made["proof"], list) else made["proof"]
        assert proof["proofValue"] == signed(document)["proof"][0]["proofValue"]
