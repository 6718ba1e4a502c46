"""The page of routes asks the database as often for a long offer as for a short one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dorobek.audits.models import SkillsAudit
from tests.plans.planning.builders import limits_for, offer, till_offer

pytestmark = pytest.mark.django_db


def test_the_number_of_statements_does_not_grow_with_the_offer(client, target):
    audit = SkillsAudit.objects.get(uid=target.case_uid)
    limits_for(audit)
    till_offer()
    client.force_login(audit.person.account)
    url = reverse("own-routes", args=[audit.uid, target.goal.uid])

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    statements()
    short = statements()
    for number in range(15):
        offer(f"Zwroty {number}", outcomes=["Przyjmuje zwroty i reklamacje"])
    assert statements() == short
    assert short <= 45
