"""Sittings and their commissions: planned, proposed for many at once, accepted; and every step that is refused."""

import datetime as dt
from dataclasses import replace as replaced

import pytest
from django.utils import timezone

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.validation.actions import commissions, office, sittings
from dorobek.validation.models import Sitting, StaffRecord
from dorobek.validation.proof_words import proof_in_words
from dorobek.validation.queries import planning
from dorobek.validation.rules import Candidate, Rule
from dorobek.validation.rules.proposing import Impossible, Loosening, Proposal, propose
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.validation import pools
from tests.validation.test_proposing import cheapest
from tests.validation.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at(day, hour):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def plan(world, opening, day=1, hour=9, **more):
    when = timezone.localdate() + dt.timedelta(day)
    return sittings.plan_sitting(
        opening=opening, begins=at(when, hour), ends=at(when, hour + 2), acting_user=acting(world.officer), **more
    )


def placed(world, application, **more):
    sitting = plan(world, application.opening, **more)
    return sittings.place_candidates(sitting=sitting, applications=[application], acting_user=acting(world.officer))


def choose(world, sitting, records, version=None, who=None):
    return sittings.choose_commission(
        sitting=sitting, records=records, base_version=version or Sitting.objects.get(pk=sitting.pk).version,
        acting_user=acting(who or world.officer),
    )  # fmt: skip


def proposed(world, held, user=None):
    rows = planning.open_sittings(world.institution, acting(user or world.officer).account)
    assert [one.pk for one in rows] == [one.pk for one in held]
    return planning.planned(sittings=rows, institution=world.institution, user=acting(user or world.officer).account)


def another(world, name):
    world.person = make_person(name)
    world.me = world.person.account


def test_a_proposed_commission_is_chosen_declared_and_appointed(world):
    application = world.documented()
    sitting = placed(world, application)
    found = proposed(world, [sitting])
    assert isinstance(found.answer, Proposal)
    chosen = choose(world, sitting, found.members(found.plan.sittings[0]))
    for one in chosen.commission.members.all():
        commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
    done = commissions.appoint(application=application, commission=chosen.commission, acting_user=acting(world.officer))
    assert done.state == "appointed"
    kinds = HistoryEntry.objects.filter(subject=application.uid).values_list("kind", flat=True)
    assert {"validation.sitting-set", "validation.commission-chosen"} <= set(kinds)


def test_two_officers_choosing_at_once_the_second_is_told_who_and_whom(world):
    sitting = placed(world, world.documented())
    other = make_staff(Role.AWARDING_OFFICER, world.unit, "Druga Urzędowa")
    seen = Sitting.objects.get(pk=sitting.pk).version
    choose(world, sitting, world.records[:2], seen)
    with pytest.raises(RuleBroken, match=r"ktoś inny: Ofelia Urzędowa. Jest w niej: Asesor A, Asesor B"):
        choose(world, sitting, world.records[2:], seen, other)
    members = Sitting.objects.get(pk=sitting.pk).commission.members
    assert {one.record_id for one in members.all()} == {one.pk for one in world.records[:2]}


def test_a_commission_that_breaks_a_rule_is_not_chosen_and_the_rule_is_named(world):
    application = world.documented()
    sitting = placed(world, application)
    with pytest.raises(RuleBroken, match=r"Za mało członków.*Mogą to być: Asesor B"):
        choose(world, sitting, world.records[:1])
    world.staff(world.adviser, "k1")
    helper = StaffRecord.objects.get(account=world.adviser)
    with pytest.raises(RuleBroken, match=r"pomagała kandydatowi.*Mogą to być: Asesor A, Asesor C"):
        choose(world, sitting, [helper, world.records[1]])
    with pytest.raises(RuleBroken, match="Adam Doradca nie ma w tej instytucji roli asesora"):
        choose(world, sitting, [helper, world.records[1]])
    assert Sitting.objects.get(pk=sitting.pk).commission is None


def test_who_judged_before_is_left_out_of_the_next_round(world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    application = world.fresh(application)
    sitting = placed(world, application)
    with pytest.raises(RuleBroken, match="oceniała już w tej sprawie"):
        choose(world, sitting, world.records[:2])
    found = proposed(world, [sitting])
    assert {one.account for one in found.members(found.plan.sittings[0])} == set(world.assessors[2:])


def test_load_limits_absences_and_commissions_chosen_before_are_kept(world):
    opening = world.open(places=5)
    first = placed(world, world.documented(opening))
    choose(world, first, world.records[:2])
    another(world, "Jan Drugi")
    second = placed(world, world.documented(opening))
    found = proposed(world, [second])
    assert {one.account for one in found.members(found.plan.sittings[0])} == set(world.assessors[2:])
    with pytest.raises(RuleBroken, match="Asesor A jest w tym czasie na innym posiedzeniu"):
        choose(world, second, world.records[:2])
    day = timezone.localdate() + dt.timedelta(1)
    office.keep_availability(
        institution=world.institution, account=world.assessors[2], most=3, away=[(day, day)],
        acting_user=acting(world.officer),
    )  # fmt: skip
    answer = proposed(world, [second]).answer
    assert isinstance(answer, Impossible)
    assert answer.reasons[0].kept_out == {Loosening.CLASHES: 2, Loosening.ABSENCES: 1}
    said = proof_in_words(answer, [second])
    assert "siedzą wtedy w innej komisji: 2" in said[0]
    assert "nie ma ich tego dnia: 1" in said[0]


def test_a_whole_proposal_is_accepted_or_nothing_of_it(world):
    opening = world.open(places=5)
    made = []
    for number, name in enumerate(("Jan Jeden", "Jan Dwa", "Jan Trzy")):
        another(world, name)
        made.append(placed(world, world.documented(opening), day=number + 1))
    found = proposed(world, made)
    rows = [(one, found.members(one), one.version) for one in found.plan.sittings]
    with pytest.raises(RuleBroken, match="Za mało członków"):
        sittings.accept_proposal(
            rows=[*rows[:2], (rows[2][0], rows[2][1][:1], rows[2][2])], acting_user=acting(world.officer)
        )
    assert not Sitting.objects.exclude(commission=None).exists()
    assert len(sittings.accept_proposal(rows=rows, acting_user=acting(world.officer))) == 3
    loads = sorted(sum(who in [r.account for r in records] for _s, records, _v in rows) for who in world.assessors)
    assert loads == [1, 1, 2, 2]


def test_candidates_are_spread_over_free_seats_in_order(world):
    opening = world.open(places=5)
    people = []
    for name in ("Jan Jeden", "Jan Dwa", "Jan Trzy"):
        another(world, name)
        people.append(world.documented(opening))
    one, two = plan(world, opening, day=1, seats=1), plan(world, opening, day=2, seats=4)
    assert sittings.spread_candidates(opening=opening, acting_user=acting(world.officer)) == 3
    assert [c.application_id for c in one.candidates.all()] == [people[0].pk]
    assert {c.application_id for c in two.candidates.all()} == {people[1].pk, people[2].pk}
    assert sittings.spread_candidates(opening=opening, acting_user=acting(world.officer)) == 0


def test_what_a_sitting_refuses(world):
    application = world.documented()
    opening = application.opening
    with pytest.raises(RuleBroken, match="musi być między"):
        plan(world, opening, day=40)
    sitting = plan(world, opening)
    with pytest.raises(RuleBroken, match="Najpierw trzeba wpisać"):
        choose(world, sitting, world.records[:2])
    sittings.place_candidates(sitting=sitting, applications=[application], acting_user=acting(world.officer))
    with pytest.raises(RuleBroken, match="ma już inne posiedzenie"):
        placed(world, application, day=2)
    stranger = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    for step in (
        lambda: choose(world, sitting, world.records[:2], who=stranger),
        lambda: choose(world, sitting, world.records[:2], who=world.adviser),
        lambda: sittings.spread_candidates(opening=opening, acting_user=acting(stranger)),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert planning.open_sittings(world.institution, acting(stranger).account) == []
    assert planning.planned(sittings=[], institution=world.institution, user=acting(stranger).account) is None


def test_the_model_is_built_in_as_many_statements_for_many_as_for_few(world, django_assert_max_num_queries):
    opening = world.open(places=50)
    for number in range(6):
        another(world, f"Osoba {number}")
        placed(world, world.documented(opening), day=number + 1)
    for number in range(12):
        account = make_staff(Role.ASSESSOR, world.unit, f"Nowa {number:02d}")
        world.staff(account, "k1" if number % 2 else "k2")
    user = acting(world.officer).account
    rows = planning.open_sittings(world.institution, user)
    assert len(rows) == 6
    with django_assert_max_num_queries(13):
        plan_ = planning.plan_of(rows, world.institution)
    assert len(plan_.pool) == 16


def test_two_qualifications_are_filled_together_each_by_its_own_records(world):
    """The same person may show one thing for one qualification and nothing for the other."""
    first = placed(world, world.documented(), day=1)
    other = World.__new__(World)
    other.__dict__.update(world.__dict__)
    other.second()
    another(other, "Jan Inny")
    application = other.documented()
    second = placed(other, application, day=2)
    for account in world.assessors[:2]:
        other.staff(account, level=4)  # too low for the other qualification
    for number, account in enumerate(world.assessors[2:]):
        other.staff(account, "k1" if number % 2 == 0 else "k2")
    found = proposed(world, [first, second])
    assert isinstance(found.answer, Proposal)
    by_sitting = {one.pk: found.members(one) for one in found.plan.sittings}
    assert {one.account for one in by_sitting[second.pk]} == set(world.assessors[2:])
    assert all(one.qualification == other.qualification for one in by_sitting[second.pk])
    rows = [(one, by_sitting[one.pk], one.version) for one in found.plan.sittings]
    assert len(sittings.accept_proposal(rows=rows, acting_user=acting(world.officer))) == 2


@pytest.mark.parametrize("seed", range(0, 200, 4))
def test_who_is_barred_is_barred_as_by_trying_everything(seed):
    """Conflicts told from outside (judged before, sits elsewhere) next to brute force on small pools."""
    sessions, pool = pools.small(seed)
    keys = [one.key for one in pool]
    out = {one.code: keys[(seed + n) % len(keys)] for n, one in enumerate(sessions)}
    barred = [replaced(s, barred=frozenset({(out[s.code], str(Rule.JUDGED_BEFORE))})) for s in sessions]
    told = [replaced(s, candidates=(*s.candidates, Candidate(f"case-{s.code}"))) for s in sessions]
    told = [replaced(s, rules=replaced(s.rules, not_own_trainees=True)) for s in told]
    tied = [
        replaced(one, member=replaced(one.member, trained=one.member.trained | {f"case-{code}" for code, key in out.items() if key == one.key}))
        for one in pool
    ]  # fmt: skip
    best, answer = cheapest(told, tied), propose(barred, pool)
    assert isinstance(answer, Proposal) == (best is not None)
    if isinstance(answer, Proposal):
        assert answer.cost == best
        for one in barred:
            assert out[one.code] not in answer.seats[one.code]
