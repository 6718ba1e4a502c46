"""Whoever signs in begins where their work is, and nobody is told that the account is for nothing."""

import pytest
from django.urls import reverse

from dorobek.people.enums import Role
from tests.factories import make_account, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db
HOME = "home"
ELSEWHERE = {Role.SERVICE, Role.PROVIDER}  # a program has no pages; a provider's account comes with its provider


@pytest.mark.parametrize("role", [role for role in Role if role not in ELSEWHERE])
def test_every_role_has_a_first_page_that_it_may_open(client, role):
    client.force_login(make_staff(role, make_unit(make_institution())))
    answer = client.get(reverse(HOME))
    assert answer.status_code == 302, f"{role}: nowhere to begin"
    assert client.get(answer["Location"]).status_code == 200


def test_an_account_without_anything_is_told_so(client):
    client.force_login(make_account())
    answer = client.get(reverse(HOME))
    assert answer.status_code == 200
    assert "nie ma jeszcze ani roli" in answer.content.decode()
