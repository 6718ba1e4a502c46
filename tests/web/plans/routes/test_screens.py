"""Routes on the screens: three side by side, by hand, into the plan; limits; versions; for each role."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.offers.models import Edition
from dorobek.people.enums import Role
from dorobek.plans.models import ChosenRoute, DevelopmentPlan, PlanLimits, PlanRevision, Scenario
from dorobek.plans.routes import SolverFailed
from dorobek.web.plans.routes import views
from tests.factories import make_account, make_case, make_staff
from tests.plans.planning.builders import limits_for, till_offer

pytestmark = pytest.mark.django_db
SIDES = ["case", "own"]


@pytest.fixture
def audit(target) -> SkillsAudit:
    found = SkillsAudit.objects.get(uid=target.case_uid)
    limits_for(found)
    till_offer()
    return found


def at(side, name, audit, *more):
    return reverse(f"{side}-{name}", args=[audit.uid, *more])


def enter(client, audit, side):
    client.force_login(audit.adviser if side == "case" else audit.person.account)


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def seals(answer):
    return {one["route"].name: one["seal"] for one in answer.context["cards"]}


def by_hand(client, audit, target, *titles) -> str:
    """The seal of a route put together of these."""
    codes = Edition.objects.filter(service__title__in=titles).values_list("uid", flat=True)
    return client.get(at("own", "routes-by-hand", audit, target.goal.uid), {"kod": list(codes)}).context["seal"]


@pytest.mark.parametrize("side", SIDES)
def test_three_routes_stand_side_by_side_at_once_and_are_proven_after(client, audit, target, side):
    enter(client, audit, side)
    page = client.get(at(side, "routes", audit, target.goal.uid))
    said = text(page)
    for words in (
        "Najtańsza",
        "Najszybsza",
        "Najszersza",
        "290,00 zł",
        "Walidacja kasjera",
        "Sprawdź, czy da się lepiej",
    ):
        assert words in said
    assert "<svg" in said
    assert 'hx-trigger="load"' in said
    assert "Sprawdzone:" not in said
    part = client.get(at(side, "routes-proof", audit, target.goal.uid), headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert text(part).count("Sprawdzone: przy tych warunkach") == 3
    whole = client.get(at(side, "routes-proof", audit, target.goal.uid))
    assert "<html" in text(whole)
    assert 'hx-trigger="load"' not in text(whole)


@pytest.mark.parametrize("side", SIDES)
def test_a_chosen_route_is_the_plan(client, audit, target, side):
    enter(client, audit, side)
    page = client.get(at(side, "routes-proof", audit, target.goal.uid))
    answer = client.post(
        at(side, "routes-choose", audit, target.goal.uid), {"droga": seals(page)["cheapest"], "plan": ""}
    )
    assert answer.status_code == 302
    route = ChosenRoute.objects.get()
    assert DevelopmentPlan.objects.get().chosen_scenario == route.scenario
    assert route.proof["proven"]
    said = text(client.get(answer["Location"]))
    for words in ("Walidacja: Walidacja kasjera", "600,01 zł", "nie ma tańszej drogi", audit.person.name):
        assert words in said


def test_an_alternative_is_put_beside(client, audit, target):
    enter(client, audit, "own")
    url = at("own", "routes-choose", audit, target.goal.uid)
    first, second = (by_hand(client, audit, target, title) for title in ("Zwroty", "Nauka innych"))
    client.post(url, {"droga": first, "plan": ""})
    client.post(url, {"droga": second, "obok": ""})
    assert Scenario.objects.count() == 2
    assert DevelopmentPlan.objects.get().chosen_scenario.route.taken[0]["title"] == "Zwroty"


def test_what_vanished_while_the_page_was_open_is_said_and_nothing_is_written(client, audit, target):
    enter(client, audit, "own")
    seal = by_hand(client, audit, target, "Zwroty", "Nauka innych")
    Edition.objects.filter(service__title="Zwroty").update(withdrawn_at=timezone.now())
    answer = client.post(at("own", "routes-choose", audit, target.goal.uid), {"droga": seal})
    assert answer.status_code == 422
    assert "Dostawca wycofał termin „Zwroty”" in text(answer)
    assert not Scenario.objects.exists()


def test_the_plan_says_what_the_offer_did_since(client, audit, target):
    enter(client, audit, "own")
    seal = by_hand(client, audit, target, "Zwroty", "Nauka innych")
    client.post(at("own", "routes-choose", audit, target.goal.uid), {"droga": seal})
    Edition.objects.filter(service__title="Zwroty").update(price_grosze=70_000)
    said = text(client.get(reverse("own-goals", args=[audit.uid])))
    assert "było 600,01 zł, jest 700,00 zł" in said
    assert "Przelicz drogę jeszcze raz" in said


def test_a_proof_does_not_outlive_the_conditions_it_was_made_for(client, audit, target):
    enter(client, audit, "own")
    page = client.get(at("own", "routes-proof", audit, target.goal.uid))
    limits_for(audit, own_money=250_000, base_version=PlanLimits.objects.get().version)
    url = at("own", "routes-choose", audit, target.goal.uid)
    answer = client.post(url, {"droga": seals(page)["cheapest"], "plan": ""}, follow=True)
    assert "nie sprawdziliśmy" in text(answer)
    assert ChosenRoute.objects.get().proof == {}


def test_a_page_left_open_for_days_says_so_and_loses_nothing(client, audit, target, monkeypatch):
    enter(client, audit, "own")
    page = client.get(at("own", "routes", audit, target.goal.uid))
    monkeypatch.setattr("dorobek.web.plans.routes.basis.AGE", -1)
    url = at("own", "routes-choose", audit, target.goal.uid)
    answer = client.post(url, {"droga": seals(page)["cheapest"], "plan": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == at("own", "routes", audit, target.goal.uid)
    assert "ponad dobę" in text(answer)
    assert not ChosenRoute.objects.exists()


def test_a_slider_that_was_not_moved_keeps_the_grosze(client, audit, target):
    limits_for(audit, own_money=123_456, base_version=PlanLimits.objects.get().version)
    enter(client, audit, "own")
    sent = {"zlote": "1234", "miesiace": "7", "godziny": "12"}
    page = client.get(at("own", "routes", audit, target.goal.uid), sent)
    assert page.context["basis"].problem.person.own_money == 123_456
    page = client.get(at("own", "routes", audit, target.goal.uid), {**sent, "zlote": "1235"})
    assert page.context["basis"].problem.person.own_money == 123_500


def test_a_seal_of_ones_own_making_opens_nothing(client, audit, target):
    enter(client, audit, "own")
    url = at("own", "routes-choose", audit, target.goal.uid)
    assert client.post(url, {"droga": "x"}).status_code == 404
    assert client.post(url, {}).status_code == 404
    assert client.get(url).status_code == 404


def test_a_failure_of_the_solver_is_said_and_the_sketches_stay(client, audit, target, monkeypatch):
    def fail(*_args, **_kwargs):
        raise SolverFailed("x")

    monkeypatch.setattr(views, "plan_all", fail)
    enter(client, audit, "own")
    said = text(client.get(at("own", "routes-proof", audit, target.goal.uid)))
    assert "Sprawdzanie się nie udało" in said
    assert "Wybierz tę drogę" in said


def test_moved_sliders_give_other_routes_and_stay_unsaved(client, audit, target):
    enter(client, audit, "own")
    url = at("own", "routes", audit, target.goal.uid)
    page = client.get(url, {"zlote": "300", "miesiace": "2", "godziny": "6"})
    assert [one["route"].sums["price"] for one in page.context["cards"]] == [29_000] * 3
    assert PlanLimits.objects.get().own_money == 300_000
    assert client.get(url, {"zlote": "-5", "miesiace": "x", "godziny": "9999"}).status_code == 200
    nothing = client.get(url, {"zlote": "0"})
    assert "nie ma nic, co pasuje" in text(nothing)


@pytest.mark.parametrize("side", SIDES)
def test_a_change_by_hand_is_checked_against_every_rule_in_words(client, audit, target, side):
    enter(client, audit, side)
    url = at(side, "routes-by-hand", audit, target.goal.uid)
    offers = {edition.service.title: str(edition.uid) for edition in Edition.objects.select_related("service")}
    kept = client.get(url, {"kod": [offers["Zwroty"], ""]})
    assert "Wszystkie warunki są spełnione." in text(kept)
    assert "600,01 zł" in text(kept)
    poor = text(client.get(url, {"kod": list(offers.values()), "zlote": "100"}))
    assert "Tak się nie uda" in poor
    assert "własnych pieniędzy" in poor
    assert "droga" not in client.get(url, {"kod": list(offers.values()), "zlote": "100"}).context["seal"]
    crowded = text(client.get(url, {"kod": list(offers.values()), "godziny": "6"}))
    assert "przekraczają podany czas" in crowded
    gone = text(client.get(url, {"kod": ["00000000-0000-7000-8000-000000000000", "bzdura"]}))
    assert "nie ma w ofercie" in gone
    assert "nie ma jeszcze żadnego kroku" in text(client.get(url)) or "Dodaj" in text(client.get(url))


@pytest.mark.parametrize("side", SIDES)
def test_limits_are_asked_once_and_lead_to_the_routes(client, target, side):
    audit = SkillsAudit.objects.get(uid=target.case_uid)
    enter(client, audit, side)
    routes = at(side, "routes", audit, target.goal.uid)
    assert "Podaj warunki" in text(client.get(routes))
    url = f"{at(side, 'plan-limits', audit)}?cel={target.goal.uid}"
    assert client.get(url).context["form"]["home"].value() == "1206"
    given = {
        "home": "1206", "own_money": "1 500,50 zł", "hours_week": "8", "months": "6", "at_once": "2", "farthest": "1",
        "work_kind": "fixed", "work_days": ["0", "1"], "work_hours": "7:30-15:30", "work_more": "sb 8-14",
    }  # fmt: skip
    for field, wrong in (
        ("own_money", "-3"), ("own_money", "5 EUR"), ("hours_week", "900"), ("work_hours", "rano"), ("work_hours", ""),
        ("work_hours", "22-6"), ("work_days", []), ("work_more", "kiedyś"), ("work_more", "6.03.2027 9-14"),
        ("work_more", "pn 9-8"), ("work_kind", ""), ("work_kind", "czasem"),
    ):  # fmt: skip
        refused = client.post(url, {**given, field: wrong})
        assert refused.status_code == 422
        assert re.search(f'href="#id_{field}(_0)?"', text(refused)), field
    answer = client.post(url, given)
    assert (answer.status_code, answer["Location"]) == (302, routes)
    held = PlanLimits.objects.get()
    assert (held.own_money, held.work) == (150_050, [[0, 450, 930], [1, 450, 930], [5, 480, 840]])
    assert 'value="7:30-15:30"' in text(client.get(url))
    assert 'value="sb 8:00-14:00"' in text(client.get(url))


@pytest.mark.parametrize(
    ("kind", "held"),
    [("week", ("fixed", [[day, 480, 960] for day in range(5)])), ("shifts", ("shifts", [])), ("none", ("none", []))],
)
def test_one_answer_says_when_somebody_works_and_comes_back_as_it_was(client, target, kind, held):
    audit = SkillsAudit.objects.get(uid=target.case_uid)
    enter(client, audit, "own")
    url = at("own", "plan-limits", audit)
    given = {
        "home": "1206", "own_money": "100", "hours_week": "8", "months": "6", "at_once": "2", "farthest": "1",
        "work_kind": kind, "work_days": ["6"], "work_hours": "1-2", "work_more": "",
    }  # fmt: skip
    assert client.post(url, given).status_code == 302
    limits = PlanLimits.objects.get()
    assert (limits.work_kind, limits.work) == held
    assert client.get(url).context["form"]["work_kind"].value() == kind


@pytest.mark.parametrize("side", SIDES)
def test_what_meets_during_work_is_named_on_the_page_and_refused_by_hand(client, audit, target, side):
    held = Edition.objects.get(service__title="Zwroty")
    held.class_times = [[1, 540, 660]]
    held.prepare()
    held.save()
    enter(client, audit, side)
    url = at(side, "routes", audit, target.goal.uid)
    assert "Terminy w godzinach pracy" not in text(client.get(url))
    work = [[day, 480, 960] for day in range(5)]
    limits_for(audit, work_kind="fixed", work=work, base_version=PlanLimits.objects.get().version)
    said = text(client.get(url))
    assert "Terminy w godzinach pracy (1)" in said
    assert "Kraków: wt 9:00-11:00" in said
    assert "pn-pt 8:00-16:00" in said
    refused = text(client.get(at(side, "routes-by-hand", audit, target.goal.uid), {"kod": [str(held.uid)]}))
    assert "„Zwroty” wypada w godzinach pracy (wt 9:00-11:00)" in refused
    assert "Wybierz tę drogę" not in refused


def test_without_a_target_the_page_says_what_comes_first(client, register):
    audit = make_case()
    enter(client, audit, "own")
    from tests.plans.gaps.conftest import make_goal

    goal = make_goal(audit)
    assert "Wskaż, do czego prowadzi cel" in text(client.get(at("own", "routes", audit, goal.uid)))


@pytest.mark.parametrize("side", SIDES)
def test_a_version_is_closed_and_read_afterwards(client, audit, target, side):
    enter(client, audit, side)
    url = at(side, "plan-versions", audit)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Nowa praca"}).status_code == 302
    assert PlanRevision.objects.get().reason == "Nowa praca"
    assert "Nowa praca" in text(client.get(url))
    assert target.goal.wording in text(client.get(at(side, "plan-version", audit, 1)))
    assert client.get(at(side, "plan-version", audit, 7)).status_code == 404
    assert client.post(url, {"reason": "Znowu"}).status_code == 422


def test_the_calendar_and_the_letters_are_the_participants(client, audit):
    enter(client, audit, "own")
    url = at("own", "plan-calendar", audit)
    assert "Włącz kalendarz" in text(client.get(url))
    client.post(url, {"open": ""})
    assert ".ics" in text(client.get(url))
    client.post(url, {"letters": "off"})
    assert DevelopmentPlan.objects.get().reminders_off
    client.post(url, {"close": ""})
    assert ".ics" not in text(client.get(url))
    client.force_login(audit.adviser)
    assert client.get(url).status_code == 404


def test_a_year_later_is_read_on_both_sides(client, audit, target):
    for side in SIDES:
        enter(client, audit, side)
        url = at(side, "plan-year-later", audit)
        assert "Nie ma jeszcze z czym porównać" in text(client.get(url))
    seal = by_hand(client, audit, target, "Walidacja kasjera", "Zwroty", "Nauka innych")
    client.post(at("own", "routes-choose", audit, target.goal.uid), {"droga": seal})
    said = text(client.get(at("own", "plan-year-later", audit)))
    assert "zrobione kroki: 0 z 4" in said  # three of the offer, and the voucher before them
    assert "252,30 zł" in said  # what the voucher pays of the validation: 290,00 zł less 13 %


def test_strangers_get_404_and_a_coordinator_reads_only(client, audit, target):
    pages = ["routes", "routes-proof", "routes-by-hand"]
    for account in (make_account(), make_staff(Role.ADVISER, audit.unit)):
        client.force_login(account)
        for side in SIDES:
            for name in pages:
                assert client.get(at(side, name, audit, target.goal.uid)).status_code == 404
    client.force_login(make_staff(Role.COORDINATOR, audit.unit))
    page = client.get(at("case", "routes", audit, target.goal.uid))
    assert page.status_code == 200
    assert "Wybierz tę drogę" not in text(page)
    seal = seals(page)["cheapest"]
    assert client.post(at("case", "routes-choose", audit, target.goal.uid), {"droga": seal}).status_code == 404
    other = make_case()
    client.force_login(other.adviser)
    assert client.get(at("case", "routes", other, target.goal.uid)).status_code == 404


def test_a_step_that_ends_tomorrow_is_no_option_yet_a_step_next_week_is(client, audit, target):
    Edition.objects.exclude(service__title="Zwroty").delete()
    today = timezone.localdate()
    Edition.objects.update(starts_on=today, ends_on=today + dt.timedelta(days=3), enrol_until=today)
    enter(client, audit, "own")
    url = at("own", "routes", audit, target.goal.uid)
    assert "nie ma nic, co pasuje" in text(client.get(url))
    Edition.objects.update(starts_on=today + dt.timedelta(days=7), ends_on=today + dt.timedelta(days=9))
    assert "Zwroty" in text(client.get(url))
