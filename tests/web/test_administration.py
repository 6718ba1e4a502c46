"""Administration: people and roles, units, programmes; each within its own institution."""

import json

import pytest
from django.urls import reverse

from dorobek.kernel.errors import NotAllowed
from dorobek.people.actions.institutions import create_unit, give_role
from dorobek.people.enums import Role
from dorobek.people.models import Account, Membership, Unit
from dorobek.programmes.models import ProgrammeVersion
from tests.factories import acting, make_account, make_case, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit(make_institution())


@pytest.fixture
def admin(unit, client):
    account = make_staff(Role.ADMINISTRATOR, unit)
    client.force_login(account)
    return account


def test_a_new_member_of_staff_gets_a_role_and_an_invitation(client, admin, unit, mailoutbox):
    typed = {"email": "nowa@example.org", "name": "Nowa Osoba", "role": "adviser", "unit": unit.pk}
    assert client.post(reverse("administration-role"), typed).status_code == 302
    held = Membership.objects.get(account__email="nowa@example.org")
    assert (held.role, held.unit) == ("adviser", unit)
    assert len(mailoutbox) == 1
    assert "Nowa Osoba" in client.get(reverse("administration")).content.decode()
    client.post(reverse("administration-role-end", args=[held.pk]))
    assert not Account.objects.get(pk=held.account_id).has_role(Role.ADVISER)
    assert client.post(reverse("administration-role"), typed).status_code == 302
    assert Account.objects.get(pk=held.account_id).has_role(Role.ADVISER)


def test_a_unit_lies_below_its_parent(client, admin, unit):
    client.post(reverse("administration-unit"), {"name": "Oddział w Żabnicy", "place": "", "parent": unit.pk})
    made = Unit.objects.get(name="Oddział w Żabnicy")
    assert made.path.startswith(unit.path)


def test_a_new_version_never_changes_an_audit_that_runs(client):
    audit = make_case()
    client.force_login(make_staff(Role.ADMINISTRATOR, audit.unit))
    before = audit.programme_version
    programme = before.programme
    programme.code = before.rules["identity"]["code"]
    programme.save()
    rules = json.loads(json.dumps(before.rules))
    rules["identity"]["name"]["pl"] = "Program po zmianie"
    url = reverse("administration-programme-json", args=[programme.uid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": json.dumps(rules), "note": "nazwa"}).status_code == 302
    audit.refresh_from_db()
    assert audit.programme_version == before
    assert audit.rules.identity.name.pl != "Program po zmianie"
    assert ProgrammeVersion.objects.filter(programme=programme).count() == 2


def test_faults_of_the_rules_are_named_and_nothing_is_published(client, admin):
    page = client.post(reverse("administration-programme-file"), {"text": '{"schema": 1}'}).content.decode()
    assert "identity" in page
    assert ProgrammeVersion.objects.count() == 0


def test_nobody_administers_another_institution(client, admin):
    other = make_case()
    programme = other.programme_version.programme
    assert client.get(reverse("administration-programme", args=[programme.uid])).status_code == 404
    assert client.get(reverse("administration") + f"?instytucja={other.institution.uid}").status_code == 404
    with pytest.raises(NotAllowed):
        create_unit(institution=other.institution, name="x", place="", acting_user=acting(admin))
    with pytest.raises(NotAllowed):
        give_role(unit=other.unit, role="adviser", email="a@example.org", name="A", acting_user=acting(admin))


@pytest.mark.parametrize("role", [Role.ADVISER, Role.COORDINATOR, Role.UNIT_HEAD, Role.EMPLOYER])
def test_other_roles_get_404(client, unit, role):
    client.force_login(make_staff(role, unit))
    assert client.get(reverse("administration")).status_code == 404
    client.force_login(make_account())
    assert client.get(reverse("administration")).status_code == 404
