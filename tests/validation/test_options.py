"""Dates opened for validation are options of a route, steps of a plan, and one press away from an application (VA-1)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.kernel.teryt import PlaceLevel, places
from dorobek.offers.enums import ServiceKind
from dorobek.offers.models import Edition, Provider
from dorobek.people.models import Unit
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.actions.reminding import run_day
from dorobek.plans.calendar import Entry
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.models import ScenarioAction
from dorobek.plans.planning.answers import own_answer, shown
from dorobek.plans.planning.building import goal_of
from dorobek.plans.planning.sources import Asked
from dorobek.plans.planning.words import gone_text, left_out_text
from dorobek.plans.queries_routes import entries_of, moved_since
from dorobek.plans.routes import REMOTE, Kind, Route, plan_all
from dorobek.register.models import Entitlement, LearningOutcome, Qualification, RegisterBody
from dorobek.validation.actions import applying
from dorobek.validation.actions.changing import change_opening, close_opening
from dorobek.validation.models import ValidationOpening
from dorobek.validation.options import Openings, code_of
from dorobek.validation.places import UNKNOWN, powiat_of
from tests.factories import acting, make_case, make_competence, make_institution, make_staff, make_unit
from tests.plans.gaps.conftest import aim, cashier, register, target
from tests.plans.planning.builders import basis, limits_for, offer, till_offer
from tests.readiness.conftest import TILL
from tests.validation.world import World
from tests.vouchers.builders import make_right

__all__ = ["cashier", "register", "target"]
DB = pytest.mark.django_db
NAME = "Izba Rzemiosła i Handlu w Kielnie"


@pytest.fixture
def body(register):
    """A body that the register names for the till's qualification."""
    institution = make_institution(NAME)
    unit = make_unit(institution)
    Unit.objects.filter(pk=unit.pk).update(place="Kielno", teryt="1206")
    named = RegisterBody.objects.create(name=NAME, name_key="izba rzemiosla i handlu w kielnie")
    qualification = Qualification.objects.get(code=TILL)
    Entitlement.objects.create(body=named, qualification=qualification, role="awarding")
    return institution


def opened(body, begins=40, **fields) -> ValidationOpening:
    today = timezone.localdate()
    qualification = Qualification.objects.get(code=TILL)
    days = {
        "applications_until": today + dt.timedelta(days=begins - 20), "begins_on": today + dt.timedelta(days=begins),
        "ends_on": today + dt.timedelta(days=begins + 5),
    }  # fmt: skip
    return ValidationOpening.objects.create(**{
        "institution": body, "qualification": qualification, "entry_version": qualification.current,
        "place": "Kielno, Rynek 4", "places": 3, "fee_grosze": 25_000, **days, **fields,
    })  # fmt: skip


def officer_of(body):
    return acting(make_staff("awarding-officer", body.units.get()))


def planned(target, body, **fields):
    """A plan whose chosen scenario is this opening alone."""
    opening = opened(body, **fields)
    found = basis(target, limits_for(target))
    me = acting(target.person.account)
    scenario = choose_route(goal=target.goal, basis=found, codes=[code_of(opening)], acting_user=me)
    return opening, scenario


@DB
def test_an_opening_closes_the_gaps_that_lack_only_a_proof_and_says_how_where_and_until_when(target, body):
    opening = opened(body)
    found = basis(target, limits_for(target))
    [option] = found.problem.options
    assert (option.code, option.kind, option.price, option.place) == (code_of(opening), Kind.VALIDATION, 25_000, "1206")
    assert set(option.closes) == {one.code for one in found.goal.wanted if one.unproven}
    assert (option.starts, option.ends, option.places_left) == (opening.begins_on, opening.ends_on, 3)
    told = found.offered[option.code]
    said = " ".join(told.notes)
    assert told.until == opening.applications_until
    assert "Zgłoszenia do" in said
    assert "Sprawdzanie: " in said
    assert f"wpisu {TILL}" in said
    route = shown(found, plan_all(found.problem)[Route.WIDEST])
    assert [one.title for one in route.taken] == [opening.qualification.title_pl]
    assert route.taken[0].notes == told.notes


@DB
@pytest.mark.parametrize("fields", [
    {"closed_at": timezone.now()}, {"places": 0}, {"applications_until": dt.date(2020, 1, 1)}, {"begins": 800},
])  # fmt: skip
def test_what_one_cannot_apply_to_is_no_option(target, body, fields):
    opened(body, **fields)
    assert basis(target, limits_for(target)).problem.options == ()


@DB
def test_a_body_without_the_right_is_left_out_with_the_reason(target, body):
    opening = opened(body)
    Entitlement.objects.update(until=opening.begins_on)
    found = basis(target, limits_for(target))
    assert found.problem.options == ()
    assert "rejestr nie podaje" in left_out_text(found.left_out[0])


@DB
def test_a_place_that_does_not_tell_its_powiat_is_left_out_with_the_reason(target, body):
    opened(body, place="Sala konferencyjna, parter")
    found = basis(target, limits_for(target))
    assert found.problem.options == ()
    assert "nie wiadomo, gdzie" in left_out_text(found.left_out[0])


@DB
def test_the_powiat_that_the_officer_chose_comes_before_the_address(target, body):
    opened(body, teryt="1261")
    assert [one.place for one in basis(target, limits_for(target)).problem.options] == ["1261"]


@DB
@pytest.mark.parametrize("code", ["12", "9999", "1299", "bzdura"])
def test_a_powiat_that_does_not_exist_is_refused_with_its_field(body, code):
    opening = opened(body)
    days = {name: getattr(opening, name) for name in ("applications_until", "begins_on", "ends_on", "place", "places")}
    with pytest.raises(RuleBroken) as refused:
        change_opening(opening=opening, reason="Inna sala", acting_user=officer_of(body), teryt=code, **days)
    assert refused.value.field == "teryt"
    changed = change_opening(opening=opening, reason="Inna sala", acting_user=officer_of(body), teryt="1261", **days)
    assert changed.teryt == "1261"
    kept = change_opening(
        opening=changed, reason="Mniej", acting_user=officer_of(body), **{**days, "places": days["places"] - 1}
    )
    assert kept.teryt == "1261"


@DB
def test_the_office_chooses_the_powiat_and_is_told_when_nobody_can_tell_it(client, body):
    opening = opened(body)
    client.force_login(officer_of(body).account)
    url = reverse("office-opening-change", args=[opening.uid])
    assert 'name="teryt"' in client.get(url).content.decode()
    given = {
        **{name: f"{getattr(opening, name):%d.%m.%Y}" for name in ("applications_until", "begins_on", "ends_on")},
        "place": "Sala 5", "places": "3", "reason": "Remont", "teryt": "", "base_version": opening.version,
    }  # fmt: skip
    said = client.post(url, given, follow=True).content.decode()
    assert "drogi do celu tego terminu nie pokażą" in said.replace("\xa0", " ")
    opening.refresh_from_db()
    said = client.post(url, {**given, "teryt": "1261", "base_version": opening.version}, follow=True).content.decode()
    assert "nie pokażą" not in said
    opening.refresh_from_db()
    assert (opening.place, opening.teryt) == ("Sala 5", "1261")


@DB
def test_the_same_date_in_the_offer_is_one_option_that_a_voucher_may_pay(target, body):
    opening = opened(body)
    edition = offer("Walidacja kasjera", kind=ServiceKind.VALIDATION, register_code=TILL, begins=40, lasts=5)
    Provider.objects.update(institution=body)
    assert [one.code for one in basis(target, limits_for(target)).problem.options] == [str(edition.uid)]
    Edition.objects.update(withdrawn_at=timezone.now())
    assert [one.code for one in basis(target, limits_for(target)).problem.options] == [code_of(opening)]


@DB
def test_without_a_gap_that_lacks_its_proof_nothing_is_asked(target, body, django_assert_num_queries):
    opened(body)
    goal = goal_of(picture_of(target))
    today = timezone.localdate()
    asked = Asked(goal, today, today + dt.timedelta(days=365))
    able = Asked(replace(goal, wanted=tuple(replace(one, unproven=False) for one in goal.wanted)), today, asked.until)
    with django_assert_num_queries(0):
        assert Openings().options(able).options == ()
    for number in range(4):
        opened(body, begins=50 + number)
    assert Openings().options(asked).options
    with django_assert_num_queries(4):  # openings, the offer, rights, units: however many openings
        assert len(Openings().options(asked).options) == 5


@DB
def test_an_older_version_of_the_entry_and_the_voucher_are_told(target, body):
    opening = opened(body)
    current = opening.qualification.current
    newer = type(current).objects.create(
        qualification=opening.qualification, number=current.number + 1, data=current.data, digest="inny"
    )
    Qualification.objects.filter(code=TILL).update(current=newer)
    right = make_right(SkillsAudit.objects.get(uid=target.case_uid))
    found = basis(target, limits_for(target), right=right, terms=right.terms)
    said = " ".join(found.offered[code_of(opening)].notes)
    assert "nowszą wersję" in said
    assert "Bonem nie da się" in said
    assert not found.option(code_of(opening)).by_voucher


@DB
def test_a_step_of_it_has_its_days_its_price_and_the_last_day_to_apply(target, body):
    opening, scenario = planned(target, body)
    step = scenario.actions.get()
    assert (step.option, step.edition, step.starts_on) == (code_of(opening), None, opening.begins_on)
    assert (step.own_grosze, step.voucher_grosze) == (25_000, 0)
    assert "Zgłoszenia do" in step.support
    assert step.wording.startswith("Walidacja: ")
    entries: list[Entry] = entries_of(scenario.plan, "https://example.org/plan")
    last = next(one for one in entries if one.uid.startswith("enrol-"))
    assert last.starts == opening.applications_until
    assert choose_route(
        goal=target.goal, basis=basis(target, limits_for(target)), codes=[code_of(opening)],
        acting_user=acting(target.person.account),
    ) == scenario  # fmt: skip


@DB
def test_the_last_day_to_apply_is_reminded_of(target, body, django_capture_on_commit_callbacks):
    target.person.email = "uczestnik@example.org"
    target.person.save()
    opening, _scenario = planned(target, body, begins=150, applications_until=timezone.localdate() + dt.timedelta(70))
    with django_capture_on_commit_callbacks(execute=True):
        assert run_day(opening.applications_until - dt.timedelta(days=20))["reminded"] == 0
        assert run_day(opening.applications_until - dt.timedelta(days=2))["reminded"] == 1
    assert "zapisy tylko do" in mail.outbox[-1].body


@DB
def test_who_has_applied_has_begun(target, body, django_capture_on_commit_callbacks):
    opening, scenario = planned(target, body)
    me = acting(target.person.account)
    with django_capture_on_commit_callbacks(execute=True):
        made = applying.begin_application(person=target.person, opening=opening, acting_user=me)
    assert scenario.actions.get().state == "planned"
    with django_capture_on_commit_callbacks(execute=True):
        applying.submit_application(application=made, acting_user=me)
    assert scenario.actions.get().state == "started"
    assert HistoryEntry.objects.filter(kind="step.began-itself", actor=None).count() == 1
    ValidationOpening.objects.update(applications_until=dt.date(2020, 1, 1))
    assert moved_since(scenario.plan) == []


@DB
def test_a_date_that_moved_or_closed_is_told_on_the_plan_and_by_letter_once(
    target, body, django_capture_on_commit_callbacks
):
    target.person.email = "uczestnik@example.org"
    target.person.save()
    opening, scenario = planned(target, body)
    officer = officer_of(body)
    days = {
        "applications_until": opening.applications_until, "begins_on": opening.begins_on + dt.timedelta(days=3),
        "ends_on": opening.ends_on + dt.timedelta(days=3), "place": opening.place, "places": 3,
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        opening = change_opening(opening=opening, reason="Remont sali", acting_user=officer, **days)
    [moved] = moved_since(scenario.plan)
    assert (moved.gone, "Zmienił się termin" in moved.text) == (False, True)
    assert {tuple(one.to) for one in mail.outbox} >= {("uczestnik@example.org",)}
    assert "Remont sali" in mail.outbox[0].body
    sent = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        close_opening(opening=opening, reason="Brak komisji", acting_user=officer)
    assert len(mail.outbox) == 2 * sent
    [moved] = moved_since(scenario.plan)
    assert moved.gone
    assert "zamknęła zgłoszenia" in gone_text(code_of(opening))
    assert set(HistoryEntry.objects.filter(kind__startswith="plan.option").values_list("kind", flat=True)) == {
        "plan.option-changed", "plan.option-withdrawn",
    }  # fmt: skip


@DB
def test_a_choice_by_hand_of_what_is_gone_says_why(target, body):
    opening = opened(body, places=0)
    till_offer()
    found = basis(target, limits_for(target))
    assert own_answer(found, [code_of(opening)]).options == ()
    assert "nie ma już miejsc" in gone_text(code_of(opening))
    ValidationOpening.objects.update(places=9)
    assert "nie pasuje" in gone_text(code_of(opening))
    opening.delete()
    assert "już nie ma" in gone_text(code_of(opening))
    assert ScenarioAction.objects.count() == 0


CITIES = [(one.name, one.code) for one in places(level=PlaceLevel.POWIAT) if int(one.code[2:]) >= 61]
WORDS = st.lists(st.sampled_from(("ul. Leśna 3", "sala 12", "Rynek 4", "parter", "dom kultury")), max_size=3)


@pytest.mark.pure
@given(st.sampled_from(CITIES), WORDS, st.booleans())
def test_a_city_is_found_in_any_address_and_its_own_unit_before_it(city, words, upper):
    name, code = city
    address = ", ".join([*words, name.upper() if upper else name])
    assert powiat_of(address) == code
    assert powiat_of(f"Kielno, {address}", [("Kielno", "1206")]) == "1206"


@pytest.mark.pure
@given(WORDS)
def test_words_that_name_no_place_tell_none(words):
    assert powiat_of(", ".join(words)) == UNKNOWN
    assert powiat_of(", ".join([*words, "zdalnie"])) == REMOTE
    assert powiat_of(", ".join(words), [("", "1206")]) == UNKNOWN


@DB
def test_a_decision_of_the_commission_closes_the_step_it_was_planned_for(db, django_capture_on_commit_callbacks):
    world, audit = World(), make_case()
    world.person, world.me = audit.person, audit.person.account
    for code in ("1-1", "1-2", "2-1", "2-2"):
        outcome = LearningOutcome.objects.get(framework="zrk", code=f"{world.qualification.code}-{code}")
        make_competence(audit, f"Umiem to, o czym mówi {code}", state="confirmed", outcome=outcome)
    target = aim(audit, qualification=world.qualification)
    today = timezone.localdate()
    opening = world.open(
        applications_until=today + dt.timedelta(5), begins_on=today + dt.timedelta(10),
        ends_on=today + dt.timedelta(20), teryt="1261",
    )  # fmt: skip
    found = basis(target, limits_for(target))
    me = acting(world.me)
    scenario = choose_route(goal=target.goal, basis=found, codes=[code_of(opening)], acting_user=me)
    with django_capture_on_commit_callbacks(execute=True):
        application = world.appointed(world.documented(opening))
    assert scenario.actions.get(option=code_of(opening)).state == "started"
    with django_capture_on_commit_callbacks(execute=True):
        world.decide(world.judged(application))
    step = scenario.actions.get(option=code_of(opening))
    assert (step.state, step.closed_by) == ("done", "validation")
    assert "Komisja" in step.closed_note
