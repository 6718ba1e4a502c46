"""The gap page costs the same number of statements for a little and for very much."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dorobek.register.models import Qualification
from tests.factories import make_case
from tests.plans.gaps.conftest import aim
from tests.plans.gaps.large import CODE, competences, qualification

pytestmark = pytest.mark.django_db
MOST = 12


def statements(client, address):
    client.get(address)  # the access log and the yardstick are written once
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_two_hundred_competences_against_three_hundred_criteria_take_at_most_twelve_statements(client):
    few, many = make_case(), make_case()
    qualification(10, "95002")
    qualification(300)
    competences(few, 3)
    competences(many, 200)
    small = aim(few, qualification=Qualification.objects.get(code="95002"))
    large = aim(many, qualification=Qualification.objects.get(code=CODE))
    for side, page in (("own", "gaps"), ("case", "gaps"), ("own", "gaps-print")):
        counts = []
        for audit, target in ((few, small), (many, large)):
            client.force_login(audit.person.account if side == "own" else audit.adviser)
            counts.append(statements(client, reverse(f"{side}-{page}", args=[audit.uid, target.goal.uid])))
        assert counts[0] == counts[1]
        assert counts[1] <= MOST, counts
