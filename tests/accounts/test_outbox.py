"""The demonstration's outbox: mail and codes for everybody to see there, absent and refused everywhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage

from dorobek.kernel.outbox import OutboxBackend
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Membership
from dorobek.web.accounts.second_factor import prepare_demo_second_factors

ROOT = Path(__file__).resolve().parent.parent.parent


def start_settings(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith(("DOROBEK_", "DJANGO_"))},
            "DJANGO_SETTINGS_MODULE": "dorobek.config.settings",
            "DOROBEK_DATA_DIR": str(tmp_path),
            "PYTHONPATH": str(ROOT / "src"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.django_db
def test_outside_the_demonstration_there_is_no_outbox(client):
    assert client.get("/outbox").status_code == 404


@pytest.mark.django_db
def test_the_outbox_shows_sent_mail_newest_first(client, settings):
    settings.DEMO = True
    OutboxBackend().send_messages([EmailMessage("Pierwszy", "a", None, ["a@example.org"])])
    OutboxBackend().send_messages([EmailMessage("Drugi", "b <b>x</b>", None, ["b@example.org"])])
    page = client.get("/outbox").content.decode()
    assert page.index("Drugi") < page.index("Pierwszy")
    assert "<b>x</b>" not in page


@pytest.mark.django_db
def test_a_code_of_the_outbox_signs_staff_in(client, settings):
    settings.DEMO = True
    institution = Institution.objects.create(name="Urząd Próbny", short_name="UP")
    account = Account.objects.create_user("d@example.org", "zielony rower pod oknem", name="Jan Doradczy")
    Membership.objects.create(account=account, institution=institution, role=Role.ADVISER)
    Account.objects.create_user("u@example.org", "zielony rower pod oknem", name="Halina Próbna")
    assert prepare_demo_second_factors() == 1
    assert prepare_demo_second_factors() == 0
    for _ in range(2):  # twice within one half-minute: the outbox shows another code
        client.logout()
        client.post("/accounts/login/", {"login": "d@example.org", "password": "zielony rower pod oknem"})
        code = client.get("/outbox").context["codes"][0].code
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert "_auth_user_id" in client.session


@pytest.mark.django_db
def test_codes_are_prepared_in_the_demonstration_alone():
    with pytest.raises(RuntimeError):
        prepare_demo_second_factors()
    assert not Authenticator.objects.exists()


def test_settings_refuse_the_demonstration_on_a_public_host(tmp_path):
    done = start_settings(tmp_path, DOROBEK_DEMO="1", DOROBEK_HOSTS="bilans.example.org")
    assert done.returncode != 0
    assert "refused for a public host" in done.stderr


def test_settings_accept_the_demonstration_on_this_machine_and_a_public_host_without_it(tmp_path):
    assert start_settings(tmp_path, DOROBEK_DEMO="1").returncode == 0
    assert start_settings(tmp_path, DOROBEK_HOSTS="bilans.example.org").returncode == 0
