"""Credentials add up to qualifications of the register: what is covered by which, what is missing (MC-7, PF-5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.cli.demo.qualifications import entries
from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.actions.wallet import import_credentials
from dorobek.credentials.adding_up import Claim, WantedSet, add_up
from dorobek.credentials.addresses import origin
from dorobek.credentials.queries.adding_up import adding_up_of, certified_outcomes
from dorobek.register.actions import import_entries
from dorobek.register.entry import Read
from dorobek.register.enums import Source
from tests.credentials.elsewhere import elsewhere
from tests.factories import acting, make_person

SETS = (
    WantedSet(1, "Kasa", (("7-1-1", "liczy"), ("7-1-2", "wydaje"))),
    WantedSet(2, "Raport", (("7-2-1", "sporządza"),)),
)


def test_a_set_named_by_a_credential_is_covered_whole():
    found = add_up(SETS, [Claim("Kasa", "7", 1)])
    assert [one.is_whole for one in found.sets] == [True, False]
    assert (found.outcomes_covered, found.outcomes, found.sets_covered) == (2, 3, 1)
    assert found.sets[0].outcomes[0].by == ("Kasa",)


def test_outcomes_of_several_credentials_make_a_set_together():
    one, two = Claim("A", "7", 1, "7-1-1"), Claim("B", "7", 1, "7-1-2")
    assert not add_up(SETS, [one]).sets[0].is_whole
    assert add_up(SETS, [one, two]).sets[0].is_whole


def test_what_names_no_part_or_one_that_is_gone_covers_nothing_and_is_told():
    found = add_up(SETS, [Claim("Całość", "7"), Claim("Dawny", "7", 9), Claim("Stary", "7", 1, "7-1-8")])
    assert found.outcomes_covered == 0
    assert found.unplaced == ("Całość", "Dawny", "Stary")


claims = st.lists(
    st.builds(
        Claim, st.sampled_from("ABC"), st.just("7"), st.integers(0, 3),
        st.sampled_from(["", "7-1-1", "7-1-2", "7-2-1", "7-9-9"]),
    ),
    max_size=8,
)  # fmt: skip


@given(first=claims, second=claims)
def test_a_further_credential_never_takes_anything_away(first, second):
    before, after = add_up(SETS, first), add_up(SETS, first + second)
    assert before.outcomes_covered <= after.outcomes_covered <= after.outcomes
    assert before.sets_covered <= after.sets_covered
    named = {claim.name for claim in first}
    told = {name for one in before.sets for each in one.outcomes for name in each.by} | set(before.unplaced)
    assert named == told


@pytest.fixture
def register(db):
    held = list(entries())
    import_entries(reads=[Read(entry) for entry in held], source=Source.TABLE)
    return {one.code: one for one in held}


@pytest.fixture
def person(db):
    return make_person("Jadwiga Łoś")


def give(body, person, **changes):
    made = body.issue(body.version(**changes))
    type(made).objects.filter(pk=made.pk).update(person=person)
    return made


def test_a_credential_of_ours_covers_the_set_its_design_names(body, person, register):
    give(body, person, counts_towards=[{"code": "90001", "set_number": 2}])
    [row] = adding_up_of(person.account)
    assert row.qualification.code == "90001"
    assert [one.number for one in row.sum.sets if one.is_whole] == [2]
    assert row.sum.outcomes_covered == len(next(s for s in register["90001"].sets if s.number == 2).outcomes)


def test_outcomes_with_codes_of_the_register_count_one_by_one(body, person, register):
    line = {"pl": "rozlicza kasę na koniec zmiany", "code": "90001-1-1", "criteria": ["co do grosza"]}
    made = give(body, person, counts_towards=[], outcomes=[line])
    [row] = adding_up_of(person.account)
    assert row.sum.outcomes_covered == 1
    assert [one.outcome for one in certified_outcomes(person.account, person.pk)] == ["90001-1-1"]
    assert certified_outcomes(make_person("Inna Osoba").account, person.pk) == []
    revoke(credential=made, reason="pomyłka", acting_user=acting(body.clerk))
    assert adding_up_of(person.account) == []
    assert certified_outcomes(person.account, person.pk) == []


def test_one_from_elsewhere_counts_when_it_names_this_register_and_is_valid(person, register):
    def put(**more):
        import_credentials(person=person, raw=elsewhere(**more), acting_user=acting(person.account))

    put(number=1, codes=["90001-1-1"])  # the same code, but of somebody else's register
    assert adding_up_of(person.account) == []
    put(number=2, stacks=[f"{origin()}/rejestr/90001/"])
    [row] = adding_up_of(person.account)
    assert row.sum.unplaced == ("Obsługa wózka widłowego",)
    put(number=3, stacks=[f"{origin()}/rejestr/90002/"], validUntil="2026-03-05T00:00:00Z")
    assert [one.qualification.code for one in adding_up_of(person.account)] == ["90001"]


def test_it_costs_the_same_whatever_is_in_the_wallet(body, person, register, django_assert_max_num_queries):
    for number in range(3):
        give(body, person, counts_towards=[{"code": "90001", "set_number": number}])
    with django_assert_max_num_queries(5):
        adding_up_of(person.account)
