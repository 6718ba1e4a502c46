"""The page that verifies without a server, in a real browser, from a copied file."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dorobek.vc import did, issuing, jsonstrict, page, status
from dorobek.vc.badges import baking
from dorobek.vc.errors import VcError
from dorobek.vc.keys import PrivateKey
from tests.conftest import SIZES
from tests.vc.samples import document
from tests.vc.test_baking import SVG, png

pytestmark = pytest.mark.browser
SERVED = "/sprawdz/strona/"
KEY = PrivateKey.from_seed(b"static page of the tests, seed 1")
LIST = "https://akademia.example.org/statusy/1"
WEB = "did:web:akademia.example.org"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def credential(web: bool = False, **changes: Any) -> dict[str, Any]:
    """The sample, unsigned, of an issuer who is the key itself or who publishes it."""
    made = document() | changes
    made["issuer"]["id"] = WEB if web else did.key_did(KEY.public)
    return {name: value for name, value in made.items() if value is not None}


def signed(made: dict[str, Any]) -> dict[str, Any]:
    web = made["issuer"] == WEB or (isinstance(made["issuer"], dict) and made["issuer"]["id"] == WEB)
    method = f"{WEB}#k1" if web else did.key_method(KEY.public)
    return issuing.sign(made, KEY, verification_method=method, created=NOW - timedelta(days=1))


def status_list(*indices: int, purpose: str = "revocation") -> dict[str, Any]:
    return signed(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": LIST,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": did.key_did(KEY.public),
            "validFrom": "2026-10-01T00:00:00Z",
            "credentialSubject": status.list_subject(LIST, purpose, status.StatusList.empty().with_set(indices)),
        }
    )


@pytest.fixture(params=["desk"])
def seat(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page, copied away and opened from a file; fails on a script's error or a breach of its policy."""
    copied = tmp_path / "kopia.html"
    copied.write_text(page.build(), encoding="utf-8")
    context = browser.new_context(viewport=SIZES[request.param], locale="pl-PL")
    opened = context.new_page()
    opened.clock.set_fixed_time(NOW)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.goto(copied.as_uri())
    yield opened
    context.close()
    assert not problems, problems


def check(seat: Page, given: Any, *more: Any) -> str:
    """Pastes, asks, and answers the verdict's kind."""
    seat.fill("#paste", given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))
    if more:
        seat.eval_on_selector("#more", "one => one.open = true")
        seat.fill("#more-text", "\n".join(json.dumps(one) for one in more))
    seat.click("button[type=submit]")
    expect(seat.locator("#verdict")).to_be_focused()
    return (seat.get_attribute("#verdict", "class") or "").split()[-1]


def outcomes(seat: Page, outcome: str) -> list[str]:
    return seat.locator(f".check.{outcome} b").all_inner_texts()


def test_the_served_file_is_made_of_its_parts(client):
    assert client.get(SERVED).content.decode() == page.build()


def test_both_languages_say_the_same_things(seat):
    keys = "Object.keys(TEXTS.pl).sort().join() === Object.keys(TEXTS.en).sort().join()"
    assert seat.evaluate(f"() => {{{(page.PARTS / 'texts.js').read_text()}; return {keys}}}")


def test_a_signed_credential_is_valid(seat):
    assert check(seat, signed(credential())) == "valid"
    assert outcomes(seat, "failed") == []
    expect(seat.locator("#says")).to_contain_text("Akademia Kasowa")
    expect(seat.locator("#says")).to_contain_text("Zapisuje wpłaty i wypłaty w arkuszu")


def test_one_changed_letter_is_seen_and_named(seat):
    made = signed(credential())
    made["credentialSubject"]["achievement"]["name"] = "Prowadzenie arkusza kasoweg0"
    assert check(seat, made) == "invalid"
    assert outcomes(seat, "failed") == ["Podpis"]
    expect(seat.locator(".check.failed")).to_contain_text("proof[1].proofValue")


def test_revocation_is_seen_on_the_list_at_hand_and_asked_for_without(seat):
    entry = status.entry_for(LIST, "revocation", 77)
    made = signed(credential(credentialStatus=entry))
    assert check(seat, made) == "undecided"
    expect(seat.locator(".check.unknown").filter(has_text="Odwołanie")).to_contain_text(LIST)
    assert check(seat, made, status_list(78)) == "valid"
    assert check(seat, made, status_list(76, 77)) == "invalid"
    expect(seat.locator(".check.failed")).to_contain_text("odwołał")


def test_suspension_and_every_entry_are_looked_at(seat):
    entries = [status.entry_for(LIST, purpose, 5) for purpose in ("revocation", "suspension")]
    made = signed(credential(credentialStatus=entries))
    lists = status_list(5, purpose="suspension")
    lists["credentialSubject"]["statusPurpose"] = ["revocation", "suspension"]
    del lists["proof"]
    assert check(seat, made, signed(lists)) == "invalid"
    assert len(outcomes(seat, "failed")) == 2


def test_a_list_that_was_changed_proves_nothing(seat):
    made = signed(credential(credentialStatus=status.entry_for(LIST, "revocation", 77)))
    forged = status_list(77)
    forged["credentialSubject"]["encodedList"] = status.StatusList.empty().encoded()
    assert check(seat, made, forged) == "undecided"


def test_an_unknown_kind_of_status_is_not_taken_for_good(seat):
    made = credential(credentialStatus={"id": "https://a.example/1", "type": "1EdTechRevocationList"})
    made["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    assert check(seat, signed(made)) == "undecided"


def test_the_dates_are_looked_at(seat):
    assert (
        check(seat, signed(credential(validFrom="2025-01-01T00:00:00Z", validUntil="2026-01-01T00:00:00Z")))
        == "invalid"
    )
    assert outcomes(seat, "failed") == ["Daty"]
    assert check(seat, signed(credential(validFrom="2099-01-01T00:00:00Z", validUntil=None))) == "invalid"


def test_an_issuer_on_the_web_is_confirmed_by_his_document(seat):
    made = signed(credential(web=True))
    assert check(seat, made) == "undecided"
    own = did.web_document(WEB, {"k1": KEY.public})
    assert check(seat, made, own) == "valid"
    other = did.web_document(WEB, {"k1": PrivateKey.from_seed(b"another key for the same tests..").public})
    assert check(seat, made, other) == "invalid"
    withdrawn = did.web_document(WEB, {"k1": KEY.public}, {"k1": "2026-01-01T00:00:00Z"})
    assert check(seat, made, withdrawn) == "invalid"


def test_another_key_cannot_speak_for_the_issuer(seat):
    made = credential()
    made["issuer"]["id"] = did.key_did(PrivateKey.from_seed(b"another key for the same tests..").public)
    forged = issuing.sign(made, KEY, verification_method=did.key_method(KEY.public), created=NOW)
    assert check(seat, forged) == "invalid"
    assert outcomes(seat, "failed") == ["Wystawca"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('{"a":1,"a":2}', "dwa razy"),
        ('{"a":{"b":[1e-7]}}', "a.b[0]"),
        ("{", "poprawny JSON"),
        ("[]", "obiektem"),
        ("", "Najpierw"),
        ("eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJhIn0.c2ln", "JWT"),
        (json.dumps(credential()), "nie ma podpisu"),
        ('{"proof":{"type":"x"},"issuer":7}', "Nie ma wystawcy"),
    ],
)  # fmt: skip
def test_what_cannot_be_verified_says_why(seat, given, said):
    assert check(seat, given) != "valid"
    expect(seat.locator("#result")).to_contain_text(said)


@pytest.mark.parametrize("name", ["odznaka.png", "odznaka.svg", "odznaka.json"])
def test_a_file_is_read(seat, name):
    text = json.dumps(signed(credential()), ensure_ascii=False)
    pictures = {"odznaka.png": png(), "odznaka.svg": SVG}
    raw = baking.bake(pictures[name], text) if name in pictures else text.encode()
    seat.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": raw})
    expect(seat.locator("#paste")).not_to_be_empty()
    seat.click("button[type=submit]")
    expect(seat.locator("#verdict")).to_have_class("verdict valid")


def test_documents_may_be_files(seat):
    made = signed(credential(credentialStatus=status.entry_for(LIST, "revocation", 77)))
    raw = json.dumps(status_list(77)).encode()
    seat.set_input_files("#more-file", {"name": "lista.json", "mimeType": "application/json", "buffer": raw})
    assert check(seat, made) == "invalid"


def test_what_a_credential_says_is_never_markup(seat):
    made = credential()
    made["issuer"]["name"] = "<img src=x onerror=alert(1)>"
    assert check(seat, signed(made)) == "valid"
    assert seat.locator("#says img").count() == 0


def test_the_page_speaks_english(seat):
    check(seat, signed(credential()))
    seat.get_by_role("button", name="English").click()
    expect(seat.locator("#verdict")).to_contain_text("nothing changed")
    assert seat.get_attribute("html", "lang") == "en"


@pytest.mark.parametrize("seat", ["phone", "desk"], indirect=True)
def test_the_page_has_no_axe_violation_and_does_not_scroll_sideways(seat):
    made = signed(credential(web=True, validUntil="2026-10-20T00:00:00Z", validFrom="2026-10-01T00:00:00Z"))
    for given in (made, "{"):
        check(seat, given, did.web_document(WEB, {"k1": KEY.public}))
        found = Axe().run(seat)
        assert found.violations_count == 0, found.generate_report()
        assert seat.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def in_page(seat: Page, body: str, value: Any) -> Any:
    parts = "\n".join((page.PARTS / name).read_text(encoding="utf-8") for name in ("strict.js", "jcs.js"))
    return seat.evaluate(f"value => {{{parts}\n{body}}}", value)


def test_the_canonical_form_is_that_of_the_published_vectors(seat, shared_data):
    for file in sorted((shared_data / "jcs" / "input").glob("*.json")):
        wanted = (shared_data / "jcs" / "output" / file.name).read_text(encoding="utf-8")
        assert in_page(seat, "return canonical(JSON.parse(value))", file.read_text(encoding="utf-8")) == wanted, (
            file.name
        )


TEXTS = [
    "0", "-0", "0.0", "-0.0", "1", "-1", "01", "1.", ".5", "1.5", "0.1", "1e2", "1E-7", "1.0e0", "9007199254740991",
    "9007199254740992", "-9007199254740991", "123456789012345678", "0.000001", "0.0000001", "1234567.123456789",
    "0.1234567890123456", "100000000000000000000.5", "1.50", "NaN", "Infinity", "-", "true", "tru", "null", '""', '"a',
    '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\x"', '"a\tb"', '"\\u12"', "[]", "[1,]", "[,1]",
    "[1 2]", "{}", '{"a":1,}', '{"a" 1}', '{a:1}', '{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '{"__proto__":{"a":1}}',
    '{"constructor":1,"toString":2}', " [ 1 , { \"x\" : [ ] } ] ", "\ufeff{}", "{}x", "", " ", "[" * 64 + "]" * 64,
    "[" * 66 + "]" * 66, '{"a":[1,{"b":1e5}]}', "\u00a01", "[1]\u2028", '"\u2028"', "'a'", "// a\n1", "1 // a",
]  # fmt: skip


def test_the_strict_reader_accepts_and_refuses_what_the_library_does(seat):
    """Each text is read by both, or refused by both; what is read is the same."""
    body = "return value.map((one) => { try { return canonical(parseStrict(one)); } catch (e) { return e.code ? null : String(e); } })"
    for text, found in zip(TEXTS, in_page(seat, body, TEXTS), strict=True):
        try:
            wanted = jsonstrict.parse(text)
        except VcError:
            assert found is None, text
        else:
            assert found is not None, text
            assert json.loads(found) == wanted, text


@pytest.mark.django_db(transaction=True)
def test_the_served_page_keeps_its_own_policy(browser, live_server, tmp_path):
    context = browser.new_context()
    opened = context.new_page()
    opened.clock.set_fixed_time(NOW)
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    answer = context.request.get(f"{live_server.url}{SERVED}")
    assert answer
    assert answer.ok
    saved = tmp_path / "zapisana.html"
    saved.write_bytes(answer.body())
    opened.goto(saved.as_uri())
    assert check(opened, signed(credential())) == "valid"
    context.close()
    assert not problems
