"""What a list is signed from agrees with what one credential is built from (MC-3)."""

import datetime as dt
import json
import uuid
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.credentials.actions.issuing import sign_all
from dorobek.credentials.actions.signers import open_signer
from dorobek.credentials.document import Given, document_of, varying
from dorobek.vc.batch_slots import path_parts
from dorobek.vc.status import entry_for

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)


def people():
    return st.builds(
        Given,
        uid=st.uuids(version=4),
        name=WORDS,
        email=st.from_regex(r"[a-zA-Z.]{1,20}@example\.org", fullmatch=True),
        awarded_on=st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
        status=st.integers(0, 131_071).map(lambda n: entry_for("https://issuer.example/lists/1", "revocation", n)),
        grade=st.sampled_from(["", "dobry", '5+ "celujący"']),
        replaces=st.none() | st.uuids(version=4),
    )


def value_at(document, path):
    for step in path_parts(path, document):
        document = document[step]
    return document


def without(document, paths):
    """The document with a mark in every place that varies."""
    for path in paths:
        *before, last = path_parts(path, document)
        target = document
        for step in before:
            target = target[step]
        target[last] = "*"
    return document


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=people(), second=people(), months=st.sampled_from([None, 6, 24]))
def test_what_varies_is_all_that_varies_and_stands_where_it_is_said_to_stand(body, first, second, months):
    version = body.version(valid_months=months)
    with patch("secrets.token_hex", return_value="0123456789abcdef0123456789abcdef"):
        built = [document_of(version, body.issuer, one) for one in (first, second)]
        rows = [varying(version.design, one) for one in (first, second)]
    for document, row in zip(built, rows, strict=True):
        assert {path: value_at(document, path) for path in row} == row
    if tuple(rows[0]) == tuple(rows[1]):
        assert without(built[0], rows[0]) == without(built[1], rows[1])


def test_a_credential_that_replaces_another_names_it_in_a_list_too(body):
    version = body.version()
    entry = entry_for("https://issuer.example/lists/1", "revocation", 1)
    old = uuid.uuid4()
    some = [Given(uuid.uuid4(), "Jan Bąk", "jan@example.org", dt.date(2026, 1, 2), entry, replaces=other)
            for other in (None, old)]  # fmt: skip
    signed = [json.loads(one) for one in sign_all(version, body.issuer, some, open_signer(body.issuer))]
    assert [one.get("replaces") for one in signed] == [None, f"urn:uuid:{old}"]
