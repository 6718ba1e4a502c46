"""What a verification finds, told to the field, one check apart from the other."""

import copy
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dorobek.vc import did, status
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.keys import PrivateKey
from dorobek.vc.report import CHECKS, Report
from dorobek.vc.status import StatusList
from dorobek.vc.verifying import verify

from .material import ISSUER, KEY, NOW, OTHER_KEY, V2, badge, issuer_document, multikey, signed, text

LIST = "https://issuer.example/status/1"


def asked(document: Any, *, now: datetime = NOW, **pages: Any) -> Report:
    raw = document if isinstance(document, str | bytes) else text(document)
    return verify(raw, now=now, fetcher=FixedFetcher(pages["pages"]) if "pages" in pages else None)


def found(report: Report) -> set[tuple[str, str, str]]:
    return {(check.name, one.code, one.path) for check in report.checks for one in check.faults}


def answers(report: Report) -> str:
    return "".join(report.outcome(name)[0] for name in CHECKS)


def test_a_badge_signed_here_is_valid_without_any_network() -> None:
    report = asked(signed())
    assert report.decided == "valid", report
    assert [check.detail for check in report.checks if check.name == "signature"] == [
        "eddsa-rdfc-2022",
        "eddsa-jcs-2022",
    ]
    assert answers(report) == "pppppp"


def test_an_issued_credential_carries_both_proofs_with_the_whole_context() -> None:
    document = signed()
    assert [proof["cryptosuite"] for proof in document["proof"]] == ["eddsa-rdfc-2022", "eddsa-jcs-2022"]
    assert all(proof["@context"] == document["@context"] for proof in document["proof"])


def changed(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return document | changes


def proof_changed(place: int, **changes: Any) -> dict[str, Any]:
    document = copy.deepcopy(signed())
    document["proof"][place] |= changes
    return document


def test_one_changed_letter_breaks_both_proofs_and_nothing_else() -> None:
    report = asked(changed(signed(), name="Obsługa kasyna"))
    assert found(report) == {
        ("signature", "signature-wrong", "proof[0].proofValue"),
        ("signature", "signature-wrong", "proof[1].proofValue"),
    }
    assert (answers(report), report.decided) == ("ppfppp", "not valid")


def test_every_check_is_made_although_the_first_one_failed() -> None:
    document = changed(signed(), unheardOf=1, validUntil="2026-11-10T00:00:00Z", type=["VerifiableCredential"])
    names = {name for name, _, _ in found(asked(document))}
    assert {"form", "schema", "signature", "time"} <= names


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("changes", "code", "member"),
    [
        ({"proofPurpose": "authentication"}, "proof-purpose", "proofPurpose"),
        ({"created": "2026-11-21T00:00:00Z"}, "created-in-future", "created"),
        ({"created": "yesterday"}, "time", "created"),
        ({"expires": "2026-11-19T00:00:00Z"}, "proof-expired", "expires"),
        ({"@context": [V2]}, "context-changed", "@context"),
        ({"proofValue": "z123"}, "proof-value", "proofValue"),
        ({"proofValue": "u123"}, "proof-value", "proofValue"),
        ({"proofValue": None}, "proof-value", "proofValue"),
        ({"verificationMethod": 5}, "verification-method", "verificationMethod"),
        ({"verificationMethod": f"{ISSUER}#other"}, "verification-method", "verificationMethod"),
        ({"verificationMethod": "did:key:z6Mk#z6Mk"}, "key", "verificationMethod"),
        ({"previousProof": "urn:none"}, "previous-proof", "previousProof"),
    ],
)
def test_a_fault_of_a_proof_is_told_with_its_member(
    place: int, changes: dict[str, Any], code: str, member: str
) -> None:
    report = asked(proof_changed(place, **changes))
    assert ("signature", code, f"proof[{place}].{member}") in found(report)
    assert not report.valid
    other = [check for check in report.checks if check.name == "signature"][1 - place]
    assert other.outcome == "passed"


def test_a_context_added_under_the_signature_is_found() -> None:
    document = signed()
    document["@context"] = [*document["@context"], "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    assert ("signature", "context-changed", "proof[0].@context") in found(asked(document))
    assert ("signature", "context-changed", "proof[1].@context") in found(asked(document))


def test_a_field_in_no_context_is_found_although_the_signature_covers_it() -> None:
    """A lenient reader drops it from the graph and calls the signature valid."""
    only_rdf = signed(suites=("eddsa-rdfc-2022",))
    report = asked(changed(only_rdf, secretGrade="A"))
    assert ("form", "undefined-term", "secretGrade") in found(report)
    assert not report.valid


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"validFrom"', '"extra": 1e-7, "validFrom"', "extra"),
        ('"validFrom"', '"extra": 9007199254740993, "validFrom"', "extra"),
        ('"validFrom"', '"id": null, "validFrom"', "id"),
        ('"validFrom"', '"name": "once more", "validFrom"', "name"),
        ('"id": "did:example:osoba-1"', '"id": null', "credentialSubject.id"),
        ('"id": "did:example:osoba-1"', '"id": "osoba"', "credentialSubject.id"),
    ],
)
def test_what_readers_could_understand_differently_is_found_in_the_form(old: str, new: str, path: str) -> None:
    report = asked(text(signed()).replace(old, new, 1))
    assert path in {place for name, _, place in found(report) if name == "form"}
    assert report.decided == "not valid"


def test_a_context_not_shipped_means_that_it_could_not_be_checked() -> None:
    document = signed()
    document["@context"] = [*document["@context"], "https://elsewhere.example/context"]
    for proof in document["proof"]:
        proof["@context"] = document["@context"]
    report = asked(document)
    assert ("form", "unknown-context", "@context") in found(report) or report.outcome("form") == "unknown"
    assert not report.valid


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "null", "5", b"\xff\xfe", "a.b.c", "{}", "[" * 100_000, '"text"', "\ufeff{}"]
)
def test_what_is_no_credential_gets_a_report_and_never_an_exception(raw: Any) -> None:
    report = verify(raw, now=NOW)
    assert not report.valid
    assert {check.name for check in report.checks} == set(CHECKS)


def test_the_time_of_a_verification_needs_a_zone() -> None:
    with pytest.raises(VcError):
        verify("{}", now=datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("now", "code", "path"),
    [
        (datetime(2026, 10, 31, tzinfo=UTC), "not-yet-valid", "validFrom"),
        (datetime(2031, 11, 1, 0, 0, 1, tzinfo=UTC), "expired", "validUntil"),
    ],
)
def test_a_credential_outside_its_time_is_not_valid(now: datetime, code: str, path: str) -> None:
    report = asked(signed(), now=now)
    assert ("time", code, path) in found(report)
    assert report.outcome("time") == "failed"


def test_a_clock_a_few_seconds_ahead_is_forgiven() -> None:
    start = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    assert asked(signed(), now=start - timedelta(seconds=30)).valid
    assert not asked(signed(), now=start - timedelta(seconds=90)).valid


def test_a_proof_of_a_kind_not_known_here_does_not_matter_beside_one_that_passed() -> None:
    document = signed()
    strange = {"type": "DataIntegrityProof", "cryptosuite": "ecdsa-sd-2023", "proofPurpose": "assertionMethod"}
    report = asked(document | {"proof": [*document["proof"], strange]})
    assert report.valid
    assert ("signature", "proof-kind-unknown", "proof[2]") in found(report)
    alone = asked(document | {"proof": strange})
    assert alone.decided == "could not check"


def test_one_valid_proof_does_not_save_a_broken_one() -> None:
    document = signed()
    for place in (0, 1):
        broken = copy.deepcopy(document)
        broken["proof"][place]["proofValue"] = document["proof"][1 - place]["proofValue"]
        report = asked(broken)
        assert [check.outcome for check in report.checks if check.name == "signature"][place] == "failed"
        assert report.decided == "not valid"


def test_a_signature_by_somebody_else_is_told_as_the_issuers_matter() -> None:
    report = asked(signed(key=OTHER_KEY))
    assert answers(report) == "pppfpp"
    assert ("issuer", "key-not-issuers", "proof[0].verificationMethod") in found(report)


WEB = "did:web:issuer.example"
WEB_PAGE = "https://issuer.example/.well-known/did.json"


def web_badge(method: str = f"{WEB}#k1", key: PrivateKey = KEY) -> dict[str, Any]:
    document = badge(issuer={"id": WEB, "type": ["Profile"], "name": "Centrum"})
    return signed(document, key, verification_method=method)


def test_keys_of_a_did_web_rotate_and_old_signatures_still_stand() -> None:
    keys = {"k1": KEY.public, "k2": OTHER_KEY.public}
    page = json.dumps(did.web_document(WEB, keys)).encode()
    for document in (web_badge(), web_badge(f"{WEB}#k2", OTHER_KEY)):
        assert asked(document, pages={WEB_PAGE: page}).valid
    assert not asked(web_badge(f"{WEB}#k2"), pages={WEB_PAGE: page}).valid
    assert not asked(web_badge(f"{WEB}#k3"), pages={WEB_PAGE: page}).valid


def test_a_withdrawn_key_proves_nothing_from_then_on() -> None:
    page = json.dumps(did.web_document(WEB, {"k1": KEY.public}, {"k1": "2026-11-15T00:00:00Z"})).encode()
    report = asked(web_badge(), pages={WEB_PAGE: page})
    assert ("issuer", "key-withdrawn", "proof[0].verificationMethod") in found(report)
    assert asked(web_badge(), now=datetime(2026, 11, 14, tzinfo=UTC), pages={WEB_PAGE: page}).valid


def test_a_key_listed_for_another_purpose_does_not_sign_credentials() -> None:
    listed = did.web_document(WEB, {"k1": KEY.public})
    listed["authentication"] = listed.pop("assertionMethod")
    listed["assertionMethod"] = [f"{WEB}#other"]
    report = asked(web_badge(), pages={WEB_PAGE: json.dumps(listed).encode()})
    assert report.outcome("issuer") == "failed"


@pytest.mark.parametrize(
    "page",
    [b"", b"<html>", b"[]", b'{"id": "did:web:somebody.else"}', issuer_document(WEB)],
)
def test_an_issuers_page_that_says_nothing_of_use_leaves_the_question_open(page: bytes) -> None:
    report = asked(web_badge(), pages={WEB_PAGE: page})
    assert (report.outcome("issuer"), report.decided) == ("unknown", "could not check")


def test_another_key_under_the_name_of_the_proofs_fragment_is_found() -> None:
    """The fragment spells one key, the issuer's page gives another under that name."""
    text_of_key = KEY.public.to_multikey()
    method = multikey(WEB, text_of_key, OTHER_KEY.public.to_multikey())
    report = asked(web_badge(f"{WEB}#{text_of_key}"), pages={WEB_PAGE: issuer_document(WEB, method)})
    assert (report.outcome("signature"), report.outcome("issuer")) == ("passed", "failed")


def list_credential(
    purpose: Any = "revocation", revoked: tuple[int, ...] = (), key: PrivateKey = KEY, **changes: Any
) -> bytes:
    issuer = changes.pop("issuer", did.key_did(key.public))
    subject = status.list_subject(LIST, purpose, StatusList.empty().with_set(revoked)) | changes.pop("subject", {})
    document = {
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": "2026-11-01T00:00:00Z",
        "credentialSubject": subject,
    }
    return text(signed(document | changes, key)).encode()


def with_status(*entries: dict[str, Any]) -> dict[str, Any]:
    return signed(badge(credentialStatus=list(entries) if len(entries) != 1 else entries[0]))


def test_a_revoked_and_a_suspended_credential_are_told_apart() -> None:
    for purpose, code in (("revocation", "revoked"), ("suspension", "suspended")):
        document = with_status(status.entry_for(LIST, purpose, 5))
        assert asked(document, pages={LIST: list_credential(purpose, (4, 6))}).valid
        report = asked(document, pages={LIST: list_credential(purpose, (5,))})
        assert found(report) == {("status", code, "credentialStatus")}
        assert answers(report) == "pppppf"


def test_every_status_entry_is_asked_not_only_the_first() -> None:
    second = "https://issuer.example/status/2"
    entries = (status.entry_for(LIST, "revocation", 5), status.entry_for(second, "suspension", 9))
    suspended = list_credential("suspension", (9,), id=second)
    report = asked(with_status(*entries), pages={LIST: list_credential(), second: suspended})
    assert found(report) == {("status", "suspended", "credentialStatus[1]")}
    unreachable = asked(with_status(*entries), pages={LIST: list_credential()})
    assert unreachable.decided == "could not check"


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "https://x.example/1", "type": "StatusList2021Entry"},
        {"id": "https://x.example/1", "type": ["BitstringStatusListEntry", "Other"]},
        {"id": "https://x.example/1"},
        status.entry_for(LIST, "horoscope", 5),
    ],
)
def test_a_status_of_an_unknown_kind_is_never_taken_for_valid(entry: dict[str, Any]) -> None:
    document = badge(credentialStatus=[status.entry_for(LIST, "revocation", 5), entry])
    report = asked(json.dumps(document), pages={LIST: list_credential()})
    assert [check.outcome for check in report.checks if check.name == "status"] == ["passed", "unknown"]


@pytest.mark.parametrize(
    ("page", "outcome", "code"),
    [
        (
            list_credential().replace(b"2026-11-01T00", b"2026-11-01T01"),
            "unknown",
            "status-list-untrusted",
        ),
        (list_credential(validUntil="2026-11-10T00:00:00Z"), "unknown", "status-list-untrusted"),
        (list_credential(key=OTHER_KEY), "unknown", "status-list-issuer"),
        (list_credential("suspension"), "failed", "status-purpose"),
        (list_credential(subject={"encodedList": "uAAAA"}), "unknown", "status-encoding"),
        (b"<html>", "unknown", "status-list-untrusted"),
        (b"", "unknown", "status-list-untrusted"),
    ],
)
def test_a_list_that_cannot_be_trusted_never_means_valid(page: bytes, outcome: str, code: str) -> None:
    report = asked(with_status(status.entry_for(LIST, "revocation", 5)), pages={LIST: page})
    assert report.outcome("status") == outcome
    assert code in {one for _, one, _ in found(report)}


def test_an_index_outside_the_list_is_found() -> None:
    document = with_status(status.entry_for(LIST, "revocation", status.MINIMUM_ENTRIES))
    report = asked(document, pages={LIST: list_credential()})
    assert ("status", "status-range", "credentialStatus.statusListIndex") in found(report)


def test_a_message_of_a_list_is_told_and_harms_nothing() -> None:
    messages = [{"status": "0x0", "message": "in force"}, {"status": "0x1", "message": "being corrected"}]
    entry = status.entry_for(LIST, "message", 5) | {"statusMessage": messages, "statusSize": 1}
    report = asked(with_status(entry), pages={LIST: list_credential("message", (5,))})
    assert report.valid, report.faults
    assert [check.detail for check in report.checks if check.name == "status"] == ["message: being corrected"]


def test_without_the_web_a_status_could_not_be_checked() -> None:
    report = asked(with_status(status.entry_for(LIST, "revocation", 5)))
    assert (answers(report), report.decided) == ("pppppu", "could not check")


def test_a_poison_document_is_stopped_quickly() -> None:
    """Twelve nodes that all know each other: 1.3 kB, hours for a canonicaliser without a limit."""
    ids = [f"_:n{place}" for place in range(12)]
    nodes = [
        {"id": one, "type": ["Profile"], "parentOrg": {"id": two, "type": ["Profile"]}}
        for one in ids
        for two in ids
        if one != two
    ]
    document = signed()
    document["evidence"] = [{"type": ["Evidence"], "creator": node} for node in nodes]
    started = datetime.now(UTC)
    report = asked(document)
    assert not report.valid
    assert datetime.now(UTC) - started < timedelta(seconds=2)
