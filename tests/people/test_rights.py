"""What a person sees of what is held on them, and what they may ask for."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.actions.rights import ask_for_erasure
from dorobek.people.models import AccessLog, Draft, ErasureRequest
from tests.factories import acting, make_account, make_case, make_episode

pytestmark = pytest.mark.django_db


def test_the_page_shows_who_looked(client):
    audit = make_case()
    AccessLog.objects.create(person=audit.person, case_uid=audit.uid, account=audit.adviser, part="kompetencje")
    client.force_login(audit.person.account)
    page = client.get(reverse("own-data", args=[audit.uid])).content.decode()
    assert audit.adviser.name in page
    assert "kompetencje" in page


def test_everything_is_taken_away_in_one_archive(client):
    audit = make_case()
    make_episode(audit, "Moja historia")
    Draft.objects.create(account=audit.adviser, form="/x/", case_uid=audit.uid, values={"a": ["szkic doradcy"]})
    client.force_login(audit.person.account)
    answer = client.post(reverse("own-data-export", args=[audit.uid]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    held = archive.read("person.json").decode()
    assert json.loads(held)["person"] == str(audit.person.uid)
    assert "Moja historia" in held
    assert "szkic doradcy" not in held


def test_erasure_is_asked_for_once_and_by_the_person_alone():
    audit = make_case()
    for account in (audit.adviser, make_account()):
        with pytest.raises(NotAllowed):
            ask_for_erasure(person=audit.person, reason="", acting_user=acting(account))
    me = acting(audit.person.account)
    ask_for_erasure(person=audit.person, reason="Kończę", acting_user=me)
    with pytest.raises(RuleBroken):
        ask_for_erasure(person=audit.person, reason="", acting_user=me)
    assert ErasureRequest.objects.count() == 1


def test_nobody_else_opens_the_page(client):
    audit = make_case()
    for account in (make_account(), audit.adviser):
        client.force_login(account)
        assert client.get(reverse("own-data", args=[audit.uid])).status_code == 404
        assert client.post(reverse("own-data-export", args=[audit.uid])).status_code == 404
