"""One person at two institutions: one row for life, joined with the person's agreement, a wall between the cases."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.models import Episode, SkillsAudit
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.actions.rights import give_link_code
from dorobek.people.linking import ALPHABET, code_of, person_with_code
from dorobek.people.models import AccessLog, Person
from dorobek.portfolio.models import Competence
from dorobek.web.doors import ASSISTED
from tests.audits.registering import IDENTITY, SCHOOL, Office, pesel_of
from tests.factories import acting, make_account, make_competence, make_episode

pytestmark = pytest.mark.django_db
NUMBERED = {"identifier_kind": "pesel", "identifier": pesel_of(IDENTITY["birth_date"])}
NOW = timezone.now()


@pytest.fixture
def there() -> SkillsAudit:
    """A case at the first institution: a person with an account, a story and a competence."""
    audit = Office(SCHOOL).register(identity={**NUMBERED, "email": "bozena@example.org", "phone": "500 000 100"})
    make_episode(audit, "Tajna opowieść")
    make_competence(audit, "Tajna kompetencja")
    audit.person.refresh_from_db()
    return audit


@pytest.fixture
def here() -> Office:
    return Office(SCHOOL)


def code(audit: SkillsAudit) -> str:
    return give_link_code(person=audit.person, acting_user=acting(audit.person.account))


def test_with_the_code_the_new_case_joins_the_same_person_and_account(there, here):
    audit = here.register(identity=NUMBERED, link_code=code(there).lower().replace("-", " "))
    assert audit.person == there.person
    assert audit.institution != there.institution
    person = Person.objects.get(pk=there.person_id)
    assert (person.account, person.phone) == (there.person.account, "500 000 100")
    assert set(SkillsAudit.objects.visible_to(person.account)) == {there, audit}
    kinds = HistoryEntry.objects.filter(stream=person.uid).values_list("kind", flat=True)
    assert {"person.code-given", "person.linked"} <= set(kinds)


def test_neither_adviser_sees_anything_of_the_other_case(there, here):
    audit = here.register(identity=NUMBERED, link_code=code(there))
    mine, theirs = make_episode(audit, "Nowa opowieść"), Episode.objects.get(case_uid=there.uid)
    for office_case, own in ((audit, mine), (there, theirs)):
        reader = acting(office_case.adviser).account
        assert list(SkillsAudit.objects.visible_to(reader)) == [office_case]
        assert list(Episode.objects.visible_to(reader)) == [own]
    assert not Competence.objects.visible_to(acting(audit.adviser).account).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"identifier": pesel_of(IDENTITY["birth_date"], 4321)},
        {"identifier_kind": "none", "identifier": ""},
        {"birth_date": dt.date(1975, 5, 12), "identifier": pesel_of(dt.date(1975, 5, 12))},
    ],
)
def test_a_code_without_its_number_joins_nobody_and_keeps_nothing(there, here, change):
    with pytest.raises(RuleBroken) as refusal:
        here.register(identity={**NUMBERED, **change}, link_code=code(there))
    assert refusal.value.field == "link_code"
    assert (Person.objects.count(), SkillsAudit.objects.count()) == (1, 1)


def test_a_wrong_code_says_the_same_whether_the_number_is_known_or_not(there, here):
    said = []
    for identity in (NUMBERED, {**NUMBERED, "identifier": pesel_of(IDENTITY["birth_date"], 4321)}):
        with pytest.raises(RuleBroken) as refusal:
            here.register(identity=identity, link_code="AAAA-AAAA")
        said.append(refusal.value.message)
    assert said[0] == said[1]


def test_without_a_code_nothing_of_the_other_institution_is_told(there, here):
    audit = here.register(identity=NUMBERED)
    assert audit.person != there.person


def test_a_code_holds_half_an_hour_at_least_and_an_hour_at_most(there):
    person, identity = there.person, {**IDENTITY, **NUMBERED}
    shown = code_of(person, NOW)
    assert set(shown.replace("-", "")) <= set(ALPHABET)
    assert person_with_code(identity, shown, NOW + dt.timedelta(minutes=30)) == person
    assert person_with_code(identity, shown, NOW + dt.timedelta(minutes=60)) is None
    assert person_with_code(identity, shown, NOW - dt.timedelta(minutes=31)) is None
    assert person_with_code(identity, "", NOW) is None


def test_nobody_gets_a_code_for_somebody_else(there):
    for account in (there.adviser, make_account()):
        with pytest.raises(NotAllowed):
            give_link_code(person=there.person, acting_user=acting(account))


def test_the_screens_show_a_code_and_take_it(there, here, client):
    client.force_login(there.person.account)
    address = reverse("own-link-code", args=[there.uid])
    assert address in client.get(reverse("own-data", args=[there.uid])).content.decode()
    assert code_of(there.person, timezone.now()) not in client.get(address).content.decode()
    page = client.post(address).content.decode()
    assert code_of(there.person, timezone.now()) in page
    client.force_login(here.adviser)
    form = client.get(reverse("case-new-form", args=[here.version.programme.uid])).content.decode()
    assert 'name="link_code"' in form


def test_in_assisted_mode_nothing_of_the_other_institution_is_read_or_taken(there, here, client):
    audit = here.register(identity=NUMBERED, link_code=code(there))
    AccessLog.objects.create(person=there.person, case_uid=there.uid, account=there.adviser, part="tajna część")
    client.force_login(here.adviser)
    session = client.session
    session[ASSISTED] = str(audit.uid)
    session.save()
    page = client.get(reverse("own-data", args=[audit.uid]))
    assert page.status_code == 200
    assert "tajna część" not in page.content.decode()
    answer = client.post(reverse("own-data-export", args=[audit.uid]))
    assert answer.status_code == 302
    client.force_login(there.person.account)
    assert "tajna część" in client.get(reverse("own-data", args=[audit.uid])).content.decode()
    assert client.post(reverse("own-data-export", args=[audit.uid])).status_code == 200
