"""Credentials as files on the command line: made, verified, baked and unbaked without a database, and taken along."""

import io
import json
import os
import subprocess
import sys

import pytest

from dorobek.cli.main import main
from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.models import SigningKey, StatusList
from dorobek.kernel.models import HistoryEntry
from dorobek.vc import did, status
from dorobek.vc.keys import PrivateKey, PublicKey
from tests.credentials.conftest import Body
from tests.factories import acting
from tests.vc.material import V2, badge
from tests.vc.test_baking import SVG, png

LIST = "https://issuer.example/status/1"


@pytest.fixture
def web_body(db, settings):
    settings.PUBLIC_ADDRESS = "https://poswiadczenia.example.org"
    return Body(web_address="poswiadczenia.example.org")


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.json"
    assert main(["keys", "create", "--out", str(path)]) == 0
    return path


def unsigned(key, **changes):
    return (
        badge()
        | {"issuer": {"id": json.loads(key.read_text())["controller"], "type": ["Profile"], "name": "Próba"}}
        | changes
    )


def issued(key, tmp_path, name="credential.json", *more, **changes):
    source = tmp_path / f"unsigned-{name}"
    source.write_text(json.dumps(unsigned(key, **changes)))
    out = tmp_path / name
    assert main(["credential", "issue", str(source), "--key", str(key), "--out", str(out), *more]) == 0
    return out


def verify(*arguments):
    return main(["credential", "verify", *map(str, arguments), "--offline"])


def test_a_key_is_made_once_and_its_owner_alone_reads_it(key):
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_bytes()
    assert main(["keys", "create", "--out", str(key)]) == 1
    assert key.read_bytes() == before


@pytest.mark.parametrize("more", [[], ["--jwt"]])
def test_what_is_issued_verifies_and_one_changed_letter_is_seen(key, tmp_path, capsys, more):
    credential = issued(key, tmp_path, "a.json", *more)
    assert verify(credential) == 0
    assert "valid" in capsys.readouterr().out
    if not more:
        credential.write_text(credential.read_text().replace("Obsługa kasy", "Obsługa kazy"))
        assert verify(credential, "--json") == 1
        told = json.loads(capsys.readouterr().out)
        assert told["decided"] == "not valid"
        paths = [fault["path"] for check in told["checks"] for fault in check["faults"]]
        assert paths == ["proof[0].proofValue", "proof[1].proofValue"]


def test_a_picture_carries_it_there_and_back(key, tmp_path, capsys):
    credential = issued(key, tmp_path)
    for name, raw in (("badge.svg", SVG), ("badge.png", png())):
        picture, baked = tmp_path / name, tmp_path / f"baked-{name}"
        picture.write_bytes(raw)
        assert main(["credential", "bake", str(picture), str(credential), "--out", str(baked)]) == 0
        assert verify(baked) == 0
        capsys.readouterr()
        assert main(["credential", "unbake", str(baked), "--out", str(tmp_path / f"{name}.json")]) == 0
        assert json.loads((tmp_path / f"{name}.json").read_text()) == json.loads(credential.read_text())
        assert main(["credential", "unbake", str(picture)]) == 1


def test_standard_input_is_read(key, tmp_path, monkeypatch):
    credential = issued(key, tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(credential.read_bytes())))
    assert verify("-") == 0


def test_revocation_is_seen_with_the_list_at_hand_and_open_without(key, tmp_path, capsys):
    credential = issued(key, tmp_path, credentialStatus=status.entry_for(LIST, "revocation", 7))
    assert verify(credential) == 2
    for indices, code in (((8,), 0), ((7,), 1)):
        subject = status.list_subject(LIST, "revocation", status.StatusList.empty().with_set(indices))
        document = {"@context": [V2], "id": LIST, "type": ["VerifiableCredential", status.LIST_CREDENTIAL],
                    "issuer": json.loads(key.read_text())["controller"], "credentialSubject": subject}  # fmt: skip
        source, out = tmp_path / f"list-{code}.json", tmp_path / f"signed-list-{code}.json"
        source.write_text(json.dumps(document))
        assert main(["credential", "issue", str(source), "--key", str(key), "--out", str(out)]) == 0
        assert verify(credential, "--status-list", out) == code
    assert "revoked" in capsys.readouterr().out


def test_a_did_web_verifies_with_its_document_at_hand(tmp_path):
    key, document = tmp_path / "key.json", tmp_path / "did.json"
    made = ["keys", "create", "--out", str(key), "--controller", "did:web:issuer.example", "--document", str(document)]
    assert main(made) == 0
    credential = issued(key, tmp_path)
    assert verify(credential) == 2
    assert verify(credential, "--document", document) == 0


def test_expiry_is_a_matter_of_the_moment_asked_about(key, tmp_path):
    credential = issued(key, tmp_path, validUntil="2027-01-01T00:00:00Z")
    assert verify(credential, "--at", "2026-12-31T23:59:59Z") == 0
    assert verify(credential, "--at", "2027-01-01T00:00:01Z") == 1
    assert verify(credential, "--at", "tomorrow") == 2


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe\x00", b"ala ma kota", b"[]", b'{"a": 1}', b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_credential_is_not_valid(tmp_path, raw):
    path = tmp_path / "x"
    path.write_bytes(raw)
    assert verify(path) == 1


def test_a_file_that_is_not_there_could_not_be_checked(tmp_path, capsys):
    assert verify(tmp_path / "nothing.json") == 2
    assert "cannot read" in capsys.readouterr().err


def test_what_would_not_verify_is_not_signed(key, tmp_path, capsys):
    source = tmp_path / "x.json"
    for change, word in (({"nonsense": 1}, "nonsense"), ({"validFrom": "yesterday"}, "validFrom"),
                         ({"issuer": "did:web:somebody.example"}, "belongs to")):  # fmt: skip
        source.write_text(json.dumps(unsigned(key, **change)))
        assert main(["credential", "issue", str(source), "--key", str(key)]) == 1
        assert word in capsys.readouterr().err


def test_it_works_where_there_is_no_database(key, tmp_path):
    """In a process of its own, where opening Django's settings would fail at once."""
    credential = issued(key, tmp_path)
    broken = os.environ | {"DJANGO_SETTINGS_MODULE": "there.is.no.such.module", "DOROBEK_DATA_DIR": "/nonexistent"}
    command = [sys.executable, "-m", "dorobek.cli.main"]
    for arguments in (["credential", "verify", str(credential), "--offline"],
                      ["keys", "create", "--out", str(tmp_path / "another.json")]):  # fmt: skip
        done = subprocess.run([*command, *arguments], env=broken, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_an_issuers_key_is_replaced_and_signs_in_somebodys_name(web_body, tmp_path, capsys):
    slug, keeper = web_body.issuer.slug, web_body.administrator.email
    assert main(["keys", "create", "--issuer", slug]) == 1
    assert main(["keys", "create", "--issuer", slug, "--as", web_body.clerk.email]) == 1
    assert main(["keys", "create", "--issuer", slug, "--as", keeper, "--label", "drugi"]) == 0
    assert SigningKey.objects.get(issuer=web_body.issuer, state="active").label == "drugi"
    source, out, page = tmp_path / "x.json", tmp_path / "y.json", tmp_path / "did.json"
    source.write_text(json.dumps(badge(issuer={"id": web_body.issuer.did, "type": ["Profile"], "name": "Izba"})))
    assert main(["credential", "issue", str(source), "--issuer", slug, "--as", keeper, "--out", str(out)]) == 0
    assert HistoryEntry.objects.filter(stream=web_body.issuer.uid, kind="document.signed").exists()
    page.write_text(json.dumps(did.web_document(web_body.issuer.did, keys(web_body))))
    assert verify(out, "--document", page) == 0


def keys(body):
    return {one.public: PublicKey.from_multikey(one.public) for one in SigningKey.objects.filter(issuer=body.issuer)}


@pytest.mark.django_db
def test_an_issuer_takes_everything_along(tmp_path, capsys):
    body = Body()
    credential = body.issue()
    revoke(credential=credential, reason="Pomyłka", acting_user=acting(body.clerk))
    out, word = tmp_path / "export", tmp_path / "passphrase"
    word.write_text("dwanaście znaków i więcej\n")
    export = ["issuer", "export", body.issuer.slug, "--out", str(out), "--passphrase-file", str(word)]
    assert main([*export, "--as", body.clerk.email]) == 1
    assert not out.exists()
    assert main([*export, "--as", body.administrator.email]) == 0
    assert HistoryEntry.objects.filter(stream=body.issuer.uid, kind="issuer.exported").exists()
    assert str(credential.uid) in (out / "credentials.csv").read_text()
    kept = json.loads((out / "credentials.jsonl").read_text())
    assert (kept["document"], kept["state"]) == (credential.document, "revoked")
    assert len(list((out / "templates").iterdir())) == 1
    (out / "credential.json").write_text(kept["document"])
    held = StatusList.objects.get()
    assert verify(out / "credential.json", "--status-list", out / "lists" / f"{held.uid}.json") == 1
    opened = tmp_path / "opened"
    unlock = ["keys", "unlock", str(out / "keys.json"), "--out", str(opened), "--passphrase-file"]
    assert main([*unlock, str(word)]) == 0
    [file] = opened.iterdir()
    assert (
        PrivateKey.from_multikey(json.loads(file.read_text())["secretKeyMultibase"]).public.to_multikey() == file.stem
    )
    secret = PrivateKey.from_multikey(json.loads(file.read_text())["secretKeyMultibase"]).seed.hex()
    assert secret not in (out / "keys.json").read_text()
    word.write_text("inne hasło, też długie\n")
    assert main([*unlock[:-2], str(tmp_path / "no"), "--passphrase-file", str(word)]) == 1
    word.write_text("krótkie")
    assert main([*export[:-3], str(tmp_path / "z"), *export[-2:], "--as", body.administrator.email]) == 1
