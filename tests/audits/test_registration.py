"""Registration: who is let in and why, who is known already, what is left behind; in all three shipped programmes."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.cases import known_already, quota_left
from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.identity import birth_date_of_pesel
from dorobek.people.models import AccessGrant, Consent, Membership, Person
from dorobek.programmes.models import ProgrammeVersion
from dorobek.programmes.schema import SHIPPED
from tests.audits.registering import IDENTITY, MINE, ON, ONLINE, SCHOOL, Office, born, pesel_of
from tests.audits.registering import _today as _today  # the fixed day of every test here
from tests.factories import make_account, make_staff


@given(st.dates(dt.date(1900, 1, 1), dt.date(2026, 11, 2)), st.integers(0, 9999), st.integers(1, 9))
def test_a_pesel_carries_its_birth_date_and_one_wrong_digit_is_noticed(day, serial, change):
    number = pesel_of(day, serial)
    assert birth_date_of_pesel(number) == day
    wrong = number[:10] + str((int(number[10]) + change) % 10)
    with pytest.raises(RuleBroken):
        birth_date_of_pesel(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("code", SHIPPED)
def test_a_registration_opens_a_case_with_number_deadline_grants_and_consents(code):
    office = Office(code)
    audit = office.register(identity={"email": "bozena@example.org"})
    assert audit.number == "NR/2026/0001"
    assert audit.deadline_on == dt.date(2027, 5, 4)  # six months on is a Sunday, Monday a holiday
    assert audit.registration.eligible
    assert audit.registration.decision["verdict"] == "eligible"
    assert audit.move == "arrange-talk"
    assert SkillsAudit.objects.visible_to(office.adviser).get() == audit
    assert AccessGrant.objects.get(unit=office.unit).scope == "supervision"
    assert Consent.objects.filter(case_uid=audit.uid, given=True).count() >= 2
    assert audit.person.account.email == "bozena@example.org"
    assert HistoryEntry.objects.get(kind="case.registered").stream == audit.uid
    assert list(history.verify()) == []


CASES = [
    # programme, years and days of age, answers, let in
    (MINE, 25, 0, {}, True),
    (MINE, 50, 364, {}, True),
    (MINE, 51, 0, {"education": "master"}, True),
    (MINE, 50, 364, {"education": "upper-secondary-matura"}, True),
    (MINE, 50, 364, {"education": "bachelor"}, False),
    (MINE, 25, -1, {}, True),  # the intake for those under 25 has places
    (MINE, 25, -1, {"education": "master"}, True),  # where no education rule applies
    (MINE, 18, 0, {}, True),
    (MINE, 18, -1, {}, False),
    (MINE, 40, 0, {"statuses": ["employer"]}, False),
    (MINE, 40, 0, {"statuses": ["farmer"]}, True),
    (MINE, 40, 0, {"statuses": ["carer", "civil-law"]}, True),
    (MINE, 40, 0, {"places": {"lives": "2466", "works": "1261"}}, True),
    (MINE, 40, 0, {"places": {"lives": "2466"}}, False),
    (MINE, 40, 0, {"residence": "no-right-to-work"}, False),
    (MINE, 40, 0, {"residence": "temporary-protection"}, True),
    (ONLINE, 89, 364, {}, True),
    (ONLINE, 90, 0, {}, False),
    (ONLINE, 18, 0, {}, True),
    (ONLINE, 18, -1, {}, False),
    (ONLINE, 40, 0, {"statuses": ["employee", "self-employed"]}, False),
    (ONLINE, 40, 0, {"places": {"lives": "2466"}}, False),
    (ONLINE, 40, 0, {"places": {"lives": "2466", "serves": "1201"}, "services": ["territorial-defence"]}, True),
    (SCHOOL, 18, 0, {}, True),
    (SCHOOL, 18, -1, {}, False),
    (SCHOOL, 30, 0, {"places": {"lives": "1261"}}, False),
    (SCHOOL, 30, 0, {"places": {"lives": "1261", "learns": "1216"}}, True),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "age", "days", "answers", "let_in"), CASES)
def test_the_boundaries_of_every_programme_hold_in_the_action(code, age, days, answers, let_in):
    office = Office(code)
    identity = {**born(age, days), "email": "kto@example.org"}
    if let_in:
        audit = office.register(identity=identity, answers=answers, on=ON)
        assert audit.registration.eligible
        return
    with pytest.raises(RuleBroken) as refusal:
        office.register(identity=identity, answers=answers, on=ON)
    assert len(refusal.value.message) > 30
    assert not SkillsAudit.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_nobody_under_eighteen_is_let_in_by_an_exception():
    office = Office(SCHOOL)
    with pytest.raises(RuleBroken):
        office.register(identity=born(18, -1), exception_reason="Bardzo chce")


@pytest.mark.django_db
def test_an_exception_is_made_by_whom_the_programme_names_and_with_a_reason():
    office = Office(MINE)
    outside = {"places": {"lives": "2466"}}
    with pytest.raises(RuleBroken) as refusal:
        office.register(answers=outside, exception_reason="Pracuje po obu stronach granicy województwa")
    assert "koordynator" in refusal.value.message
    with pytest.raises(RuleBroken) as refusal:
        office.register(by=office.coordinator, answers=outside)
    assert refusal.value.field == "exception_reason"
    audit = office.register(by=office.coordinator, answers=outside, exception_reason="Zakład przeniesiono w tym roku")
    assert not audit.registration.eligible
    assert audit.registration.exception_by == office.coordinator
    assert audit.move == "arrange-talk"


@pytest.mark.django_db
def test_rules_that_are_never_waived_are_not_waived():
    office = Office(MINE)
    with pytest.raises(RuleBroken):
        office.register(by=office.coordinator, answers={"residence": "no-right-to-work"}, exception_reason="Prosi")


@pytest.mark.django_db
def test_a_limited_intake_is_counted_to_its_last_place():
    office = Office(MINE)
    rules = office.version.rules
    rule = next(one for one in rules["eligibility"]["rule"]["of"] if one["code"] == "age-and-education")
    rule["of"][2]["of"][1]["places"] = 2
    office.version = ProgrammeVersion.objects.create(
        programme=office.version.programme, number=2, rules=rules, published_at=timezone.now()
    )
    for name in ("Anna", "Ewa"):
        office.register(identity={"given_names": name, **born(20)})
    assert quota_left(office.version) == {"under-25": 0}
    with pytest.raises(RuleBroken):
        office.register(identity={"given_names": "Iga", **born(20)})
    office.register(identity={"given_names": "Zofia", **born(30)})


@pytest.mark.django_db
def test_one_participation_per_person_where_the_programme_says_so():
    office = Office(MINE)
    first = office.register()
    with pytest.raises(RuleBroken) as refusal:
        office.register(person=first.person)
    assert "udzia" in refusal.value.message
    school = Office(SCHOOL, office.institution)
    school.adviser, school.unit = office.adviser, office.unit
    second = school.register(person=first.person)
    assert second.person == first.person
    assert second.number == "NR/2026/0002"


@pytest.mark.django_db
def test_somebody_known_already_is_offered_and_not_made_twice():
    office = Office(SCHOOL)
    number = pesel_of(IDENTITY["birth_date"])
    identified = {"identifier_kind": "pesel", "identifier": number}
    first = office.register(identity=identified)
    with pytest.raises(RuleBroken) as refusal:
        office.register(identity={**identified, "given_names": "B.", "family_name": "Inna"}, another=True)
    assert refusal.value.field == "person"
    with pytest.raises(RuleBroken) as refusal:
        office.register()
    assert refusal.value.field == "person"
    assert [one.certain for one in known_already(office.adviser, office.institution, IDENTITY)] == [False]
    other = office.register(another=True)
    assert other.person != first.person


@pytest.mark.django_db
def test_people_of_another_institution_are_never_told_of_nor_taken():
    theirs, ours = Office(SCHOOL), Office(SCHOOL)
    stranger = theirs.register().person
    assert known_already(ours.adviser, ours.institution, IDENTITY) == []
    with pytest.raises(NotAllowed):
        ours.register(person=stranger)
    assert ours.register().person != stranger


@pytest.mark.django_db
def test_who_may_register():
    office, other = Office(SCHOOL), Office(SCHOOL)
    heads = (make_staff(Role.UNIT_HEAD, office.unit), make_staff(Role.ADMINISTRATOR, office.unit))
    Membership.objects.update(since=dt.date(2020, 1, 1))
    for account in (make_account(), *heads, other.adviser):
        with pytest.raises(NotAllowed):
            office.register(by=account)
    audit = office.register(by=office.coordinator, adviser=office.adviser)
    assert audit.adviser == office.adviser
    with pytest.raises(RuleBroken):
        office.register(by=office.coordinator, adviser=other.adviser, identity=born(33))


@pytest.mark.django_db
def test_required_consents_and_the_consent_on_health():
    office = Office(ONLINE)
    with pytest.raises(RuleBroken) as refusal:
        office.register(identity={"email": "kto@example.org"}, consents={"taking-part": False})
    assert refusal.value.field == "consent_taking-part"
    with pytest.raises(RuleBroken) as refusal:
        office.register(identity={"email": "kto@example.org"}, answers={"disability": True})
    assert refusal.value.field == "disability"
    audit = office.register(
        identity={"email": "kto@example.org"}, answers={"disability": True}, consents={"health-data": True}
    )
    assert audit.registration.facts["disability"] is True
    consent = Consent.objects.get(case_uid=audit.uid, code="health-data")
    assert (consent.wording_version, consent.assisted_by) == ("1", office.adviser)


@pytest.mark.django_db
def test_disability_is_not_even_kept_where_no_rule_asks_for_it():
    audit = Office(MINE).register(answers={"disability": True}, consents={"health-data": True})
    assert "disability" not in audit.registration.facts


@pytest.mark.django_db
def test_support_numbers_follow_the_pattern_and_are_never_given_twice():
    office = Office(MINE)
    first = office.register(support_number="RPMP.10.03.00-12-0435/16_WKK/0007/1")
    second = office.register(identity={"given_names": "Ewa"})
    assert first.support_number.endswith("/0007/1")
    assert second.support_number.endswith("/0008/1")
    for wrong in ("7", first.support_number):
        with pytest.raises(RuleBroken) as refusal:
            office.register(identity={"given_names": "Iza"}, support_number=wrong)
        assert refusal.value.field == "support_number"


@pytest.mark.django_db
def test_numbers_go_on_past_nine_thousand_nine_hundred_ninety_nine():
    office = Office(SCHOOL)
    office.register().__class__.objects.update(number="NR/2026/9999")
    office.register(identity={"given_names": "Ewa"})
    assert office.register(identity={"given_names": "Iza"}).number == "NR/2026/10001"


@pytest.mark.django_db
def test_the_same_registration_sent_twice_is_one_case():
    office = Office(SCHOOL)
    uid = "0192f5c0-0000-7000-8000-00000000000a"
    assert office.register(uid=uid).pk == office.register(uid=uid).pk
    assert SkillsAudit.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("identity", "field"),
    [
        ({"birth_date": ON + dt.timedelta(days=1)}, "birth_date"),
        ({"birth_date": None}, "birth_date"),
        ({"family_name": "  "}, "family_name"),
        ({"identifier_kind": "pesel", "identifier": "12345678901"}, "identifier"),
        ({"identifier_kind": "pesel", "identifier": pesel_of(dt.date(1974, 5, 13))}, "identifier"),
        ({"email": "nie adres"}, "email"),
        ({"teryt": "9901"}, "teryt"),
        ({"phone": "1" * 41}, "phone"),
    ],
)
def test_bad_identity_is_named_with_its_field(identity, field):
    with pytest.raises(RuleBroken) as refusal:
        Office(SCHOOL).register(identity=identity)
    assert refusal.value.field == field
