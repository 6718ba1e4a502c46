"""Signing many by one template gives, to the byte, what signing each by itself gives."""

import copy
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.vc import status
from dorobek.vc.errors import VcError
from dorobek.vc.issuing import BatchSigner, sign
from dorobek.vc.verifying import verify

from .material import CREATED, KEY, METHOD, NOW, badge, text

LIST = "https://issuer.example/status/1"
FIELDS = (
    "id",
    "credentialSubject.id",
    "credentialSubject.identifier[0].identityHash",
    "credentialSubject.identifier[0].salt",
    "credentialSubject.narrative",
    "validFrom",
    "credentialStatus.id",
    "credentialStatus.statusListIndex",
)
ROW = (
    "urn:uuid:1",
    "did:example:1",
    "sha256$1",
    "sól",
    'Ukończyła "kurs" w\n100 %s',
    "2026-11-01T00:00:00Z",
    f"{LIST}#7",
    "7",
)


def template(**changes: Any) -> dict[str, Any]:
    document = badge(credentialStatus=status.entry_for(LIST, "revocation", 0))
    person = {
        "type": "IdentityObject",
        "identityHash": "x",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": "y",
    }
    document["credentialSubject"] |= {"narrative": "n", "identifier": [person]}
    return document | changes


def batch(document: dict[str, Any] | None = None, fields: Sequence[str] = FIELDS) -> BatchSigner:
    return BatchSigner(document or template(), fields, KEY, verification_method=METHOD, created=CREATED)


def by_itself(row: Sequence[str], document: dict[str, Any] | None = None) -> str:
    filled = copy.deepcopy(document or template())
    subject = filled["credentialSubject"]
    filled["id"], subject["id"] = row[0], row[1]
    subject["identifier"][0] |= {"identityHash": row[2], "salt": row[3]}
    subject["narrative"], filled["validFrom"] = row[4], row[5]
    filled["credentialStatus"] |= {"id": row[6], "statusListIndex": row[7]}
    signed = sign(filled, KEY, verification_method=METHOD, created=CREATED)
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":"))


ONE = batch()
ADDRESS = st.one_of(
    st.sampled_from(
        ["urn:uuid:1", "did:example:1", "https://a.example/ż?q=%20#f", "http://x.example", "mailto:a@b.pl", f"{LIST}#7"]
    ),
    st.from_regex(r"(did:web:|https://|urn:x:|schema:|ob:|sec:|xsd:|cred:)[A-Za-z0-9ąż/._%-]{1,20}", fullmatch=True),
)
WORDS = (
    st.text(max_size=40)
    | st.characters(categories=["Cs", "Cn", "Cc", "Co"])
    | st.sampled_from(['"', "\\", "%s %d %%", "\n", "\r\t", "\x7f", "\u2028", "😀", "{0}", "urn:a", "7", ""])
)
ROWS = st.tuples(ADDRESS, ADDRESS, WORDS, WORDS, WORDS, WORDS, ADDRESS, WORDS)


def outcome(make: Any, row: Sequence[str]) -> str:
    try:
        return str(make(row))
    except VcError as error:
        return f"refused: {error.code} {error.path}"


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_a_row_is_signed_to_the_byte_as_it_would_be_alone(row: tuple[str, ...]) -> None:
    ours, alone = outcome(ONE.sign_json, row), outcome(by_itself, row)
    # Of several broken values either side may name another first.
    assert ours == alone or (ours.startswith("refused") and alone.startswith("refused"))


def test_the_usual_template_is_prepared_and_its_rows_verify() -> None:
    assert ONE.prepared
    made = ONE.sign_json(ROW)
    assert made == by_itself(ROW)
    report = verify(made, now=NOW)
    assert [check.outcome for check in report.checks if check.name == "signature"] == ["passed", "passed"]


def test_rows_are_signed_from_the_prepared_form_not_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("signed the plain way")

    monkeypatch.setattr(BatchSigner, "_plainly", refuse)
    assert ONE.sign_json(ROW) == by_itself(ROW)


def test_rows_whose_values_make_two_nodes_alike_are_still_right() -> None:
    """Two blank nodes that a row makes equal have no order of their own: worked out in full."""
    document = template()
    first = document["credentialSubject"]["identifier"][0]
    document["credentialSubject"]["identifier"] = [first, dict(first)]
    fields = ("credentialSubject.identifier[0].salt", "credentialSubject.identifier[1].salt")
    one = batch(document, fields)
    for row in (("a", "a"), ("a", "b"), ("b", "a")):
        filled = copy.deepcopy(document)
        for place, value in enumerate(row):
            filled["credentialSubject"]["identifier"][place]["salt"] = value
        assert one.sign_json(row) == json.dumps(
            sign(filled, KEY, verification_method=METHOD, created=CREATED), ensure_ascii=False, separators=(",", ":")
        )


@pytest.mark.parametrize(
    "field",
    ["nowhere", "credentialSubject", "type[0]", "@context[0]", "credentialSubject.identifier[9].salt", "a..b", "[x]"],
)
def test_a_field_that_a_row_cannot_fill_is_refused(field: str) -> None:
    with pytest.raises(VcError) as caught:
        batch(fields=[field])
    assert caught.value.code == "batch-field"


def test_a_row_of_another_length_or_kind_is_refused() -> None:
    with pytest.raises(VcError, match="8 fields"):
        ONE.sign_json(ROW[:-1])
    with pytest.raises(VcError) as caught:
        ONE.sign_json((*ROW[:-1], 7))  # type: ignore[arg-type]
    assert caught.value.path == "credentialStatus.statusListIndex"


def test_a_wrong_template_is_told_before_the_first_row() -> None:
    with pytest.raises(VcError) as caught:
        batch(template(undefinedField="x"))
    assert caught.value.path == "undefinedField"


def test_a_broken_address_is_refused_as_alone() -> None:
    assert outcome(ONE.sign_json, ("no address", *ROW[1:])) == outcome(by_itself, ("no address", *ROW[1:]))
    assert "refused" in outcome(ONE.sign_json, ("no address", *ROW[1:]))


def test_the_template_is_not_touched() -> None:
    document = template()
    before = text(document)
    batch(document).sign_json(ROW)
    assert text(document) == before
