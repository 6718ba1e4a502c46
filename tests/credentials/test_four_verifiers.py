"""Issued here, and seen alike by the public page, the page without a server, the command line and npm's verifier.

One changed letter, revocation and expiry are seen by all four; the last two verifiers get the status list at hand, as the
page without a server does.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dorobek.cli.main import main
from dorobek.credentials.actions.changes import revoke, suspend
from dorobek.credentials.actions.lists import published
from dorobek.credentials.addresses import list_url
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.page import build as build_page
from tests.factories import acting
from tests.vc.test_static_page import check

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = Path(__file__).with_name("four_verifiers.mjs")
FOLDER = os.environ.get("DOROBEK_NODE_REFERENCE", "")
NEEDED = ("@digitalbazaar/eddsa-rdfc-2022-cryptosuite", "@digitalbazaar/vc-bitstring-status-list")


class Shown:
    """A document as somebody shows it, with its status list as published."""

    def __init__(self, credential):
        self.text = credential.document
        self.url = list_url(credential.status_list, credential.issuer)
        credential.status_list.refresh_from_db()
        self.list = published(credential.status_list, at_once=True).document


def good(body):
    return Shown(body.issue())


def changed(body):
    shown = good(body)
    shown.text = shown.text.replace("Małgorzata", "Malgorzata", 1)
    return shown


def revoked(body):
    credential = body.issue()
    revoke(credential=credential, reason="Wydane omyłkowo", acting_user=acting(body.clerk))
    return Shown(credential)


def suspended(body):
    credential = body.issue(body.version(suspendable=True))
    suspend(credential=credential, reason="Wyjaśniamy", acting_user=acting(body.clerk))
    return Shown(credential)


def expired(body):
    return Shown(body.issue(body.version(valid_months=1), awarded_on=timezone.localdate() - dt.timedelta(days=80)))


CASES = {good: "valid", changed: "not valid", revoked: "not valid", suspended: "not valid", expired: "not valid"}
cases = pytest.mark.parametrize(("case", "wanted"), CASES.items(), ids=[case.__name__ for case in CASES])


@cases
def test_the_public_page_sees_it(body, client, case, wanted):
    answer = client.post("/sprawdz/", {"text": case(body).text})
    assert answer.status_code == 200
    assert answer.context["parts"][0]["found"].report.decided == wanted
    page = answer.content.decode()
    assert ("Tak, to poświadczenie jest ważne" in page.replace("\xa0", " ")) == (wanted == "valid")


@pytest.mark.browser
@cases
def test_the_page_without_a_server_sees_it(body, browser, tmp_path, case, wanted):
    shown = case(body)
    copied = tmp_path / "kopia.html"
    copied.write_text(build_page(), encoding="utf-8")
    context = browser.new_context(locale="pl-PL")
    opened = context.new_page()
    opened.goto(copied.as_uri())
    assert check(opened, shown.text, json.loads(shown.list)) == {"valid": "valid", "not valid": "invalid"}[wanted]
    expect(opened.locator("#says")).to_contain_text("Izba Rzemiosła i Handlu w Tymowicach")
    context.close()


@cases
def test_the_command_line_sees_it(body, tmp_path, case, wanted):
    shown = case(body)
    file, held = tmp_path / "credential.json", tmp_path / "list.json"
    file.write_text(shown.text)
    held.write_text(shown.list)
    command = ["credential", "verify", str(file), "--offline", "--json"]
    assert main([*command, "--status-list", str(held)]) == {"valid": 0, "not valid": 1}[wanted]
    if wanted == "valid":
        assert main(command) == 2


def lacking():
    """Why npm's verifier cannot be asked; "" when it can."""
    if shutil.which("node") is None:
        return "no Node on this machine"
    missing = [name for name in NEEDED if not FOLDER or not (Path(FOLDER) / "node_modules" / name).is_dir()]
    return f"DOROBEK_NODE_REFERENCE names no folder with {', '.join(missing)}" if missing else ""


@pytest.mark.skipif(bool(lacking()), reason=lacking() or "at hand")
@cases
def test_npms_verifier_sees_it(body, case, wanted):
    shown = case(body)
    documents = {url: {"@context": SHIPPED.context(url)} for url in SHIPPED.urls}
    request = {
        "documents": documents | {shown.url: json.loads(shown.list)},
        "credential": json.loads(shown.text),
        "now": timezone.now().isoformat(),
    }
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT.read_text()], input=json.dumps(request), cwd=FOLDER,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["verified"] == (wanted == "valid"), answer
