"""Pages that lead on: own validations, what is left to finish, papers of an earlier round, openings by date."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.validation.models import CaseDocument, ValidationOpening
from tests.factories import make_person, make_staff
from tests.validation.test_upheld_appeal import upheld
from tests.validation.world import World
from tests.web.validation.office import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_a_candidate_finds_their_own_validations_from_the_public_list(client, world):
    page = reverse("validation-openings")
    link = f'href="{reverse("validation-mine")}"'

    def content():
        return client.get(page).content.decode().partition("<main")[2]

    assert link not in content()
    client.force_login(world.me)
    assert link in content()


def test_only_who_has_something_left_is_led_to_dates_to_finish(client, world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    client.force_login(world.me)
    page = reverse("validation-partial")
    assert "Terminy, na których można dokończyć" in client.get(page).content.decode()
    world.answer(world.appeal(world.fresh(application)))
    again = world.judged(world.appointed(world.fresh(application), *world.records[2:]))
    world.decide(again)
    content = client.get(page).content.decode()
    assert "Terminy, na których można dokończyć" not in content
    assert "1.1" in content


def test_who_judged_the_first_round_keeps_its_protocol_while_the_second_runs(client, world):
    application = upheld(world, c11a="not-met")
    protocol = CaseDocument.objects.get(application=application, kind="protocol")
    world.appointed(application, *world.records[2:])
    pages = reverse("papers", args=[application.uid]), reverse("papers-file", args=[protocol.uid, "pdf"])
    client.force_login(world.assessors[0])
    assert [client.get(one).status_code for one in pages] == [200, 200]
    assert pages[1] in client.get(pages[0]).content.decode()
    assert pages[0] in client.get(reverse("assessing")).content.decode()
    client.force_login(world.assessors[2])
    assert client.get(pages[1]).status_code == 404
    assert pages[0] not in client.get(reverse("assessing")).content.decode()
    for stranger in (world.assessors[3], make_person("Jan Obcy").account):
        client.force_login(stranger)
        assert client.get(pages[1]).status_code == 404
    client.force_login(make_staff(Role.ASSESSOR, world.unit, "Asesor E"))
    assert [client.get(one).status_code for one in pages] == [404, 404]


def test_openings_to_come_and_past_stand_apart(client, world):
    client.force_login(world.officer)
    page = reverse("office")
    assert "Nie ma jeszcze żadnej walidacji" in said(client.get(page))
    near, far, over = (world.open(ends_on=timezone.localdate() + dt.timedelta(n)) for n in (2, 40, 1))
    tomorrow = timezone.localdate() + dt.timedelta(1)
    ValidationOpening.objects.filter(pk=far.pk).update(begins_on=tomorrow)
    yesterday = timezone.localdate() - dt.timedelta(1)
    ValidationOpening.objects.filter(pk=over.pk).update(begins_on=yesterday, ends_on=yesterday)
    answer = client.get(page)
    assert [list(answer.context[one]) for one in ("coming", "past")] == [[near, far], [over]]
    assert "Walidacje minione" in said(answer)


def test_days_for_an_appeal_are_set_within_the_law(client, world):
    assert (world.open().appeal_days, world.open().answer_days) == (14, 30)
    made = world.open(appeal_days=21, answer_days=14)
    assert (made.appeal_days, made.answer_days) == (21, 14)
    for wrong in ({"appeal_days": 13}, {"appeal_days": 91}, {"answer_days": 31}, {"answer_days": 0}):
        with pytest.raises(RuleBroken) as refusal:
            world.open(**wrong)
        assert refusal.value.field == "appeal_days"
    client.force_login(world.officer)
    page = reverse("office-opening-new") + "?kwalifikacja=90002"
    day = f"{timezone.localdate():%d.%m.%Y}"
    sent = {
        "applications_until": day, "begins_on": day, "ends_on": day, "place": "Tymowice", "places": "3", "fee": "0",
        "fee_waits": "nothing", "appeal_days": "13", "answer_days": "20",
    }  # fmt: skip
    assert client.post(page, sent).status_code == 422
    assert client.post(page, {**sent, "appeal_days": "30"}).status_code == 302
    newest = ValidationOpening.objects.order_by("-pk").first()
    assert (newest.appeal_days, newest.answer_days) == (30, 20)
    today = timezone.localdate().isoformat()
    body = {
        "institution": str(world.institution.uid), "qualification": "90002", "applications_until": today,
        "begins_on": today, "ends_on": today, "place": "Tymowice", "places": 3,
    }  # fmt: skip
    for days, status in ((13, 422), (20, 201)):
        answer = client.post(
            "/api/validation/office/openings", json.dumps({**body, "appeal_days": days}), "application/json"
        )
        assert answer.status_code == status
