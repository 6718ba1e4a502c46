"""Scenarios in editions, observations with their roles, time marks whatever the device's clock says."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.validation.actions import observing, scenarios, sheets
from dorobek.validation.actions.observing import Tap, keep_taps
from dorobek.validation.models import MethodRecord, ObservationScenario, TimeMark
from dorobek.validation.queries.assessing import scenarios_for
from dorobek.validation.rules.observing import Anchor, anchor_faults, anchors_of, moment
from tests.factories import acting, make_person
from tests.validation.judged import ANCHORS, Judged

TIMES = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(dt.UTC))


@given(TIMES, TIMES, st.integers(0, 10**6))
def test_a_wrong_clock_does_no_harm_while_it_runs_evenly(received, device, seconds):
    gone = dt.timedelta(seconds=seconds)
    assert moment(device, device + gone, received) == received - gone


@given(TIMES, TIMES, TIMES)
def test_no_tap_lies_in_the_future_whatever_a_device_says(tapped, sent, received):
    assert moment(tapped, sent, received) <= received


def test_anchors_are_read_back_as_they_were_written():
    assert anchors_of({code: one.plain for code, one in ANCHORS.items()}) == ANCHORS
    broken = {"9.9.z": Anchor("a", "b"), "1.1.a": Anchor("a", " "), "1.1.b": Anchor("a", "b", ("x" * 121,) * 13)}
    assert set(anchor_faults(broken, {"1.1.a", "1.1.b"})) == {
        ("9.9.z", "unknown"), ("1.1.a", "empty"), ("1.1.b", "cues"), ("1.1.b", "long"),
    }  # fmt: skip


@pytest.fixture
def world(db):
    return Judged()


def tap(words="zapytał", **more):
    values = {"uid": uuid.uuid4(), "criterion": "1.1.a", "words": words, "at": timezone.now(), **more}
    return Tap(**values)


def send(world, seen, *taps, sheet=None):
    who = acting((sheet or world.sheets[0]).assessor)
    return keep_taps(observation=seen, taps=taps, sent_at=timezone.now(), acting_user=who)


def test_a_published_scenario_never_changes_and_a_new_edition_takes_its_place(world):
    who, first = acting(world.officer), world.scenario()
    values = {"texts": {"title": "Inna"}, "minutes": 10, "anchors": {}, "acting_user": who}
    with pytest.raises(RuleBroken, match="nowe wydanie"):
        scenarios.write_scenario(scenario=first, **values)
    second = scenarios.next_edition(scenario=first, acting_user=who)
    assert scenarios.next_edition(scenario=first, acting_user=who) == second
    assert (second.number, second.family, second.anchors) == (2, first.family, first.anchors)
    judge = acting(world.assessors[0]).account
    assert list(scenarios_for(judge, world.case)) == [first]
    scenarios.publish_scenario(scenario=second, acting_user=who)
    assert list(scenarios_for(judge, world.case)) == [second]
    scenarios.withdraw_scenario(scenario=second, acting_user=who)
    assert not scenarios_for(judge, world.case).exists()
    with pytest.raises(RuleBroken, match="w użyciu"):
        scenarios.withdraw_scenario(scenario=second, acting_user=who)
    assert list(history.verify(first.family)) == []


@pytest.mark.parametrize(
    ("anchors", "words"),
    [
        ({}, "choć jedno kryterium"),
        ({"1.1.a": Anchor("widać", "")}, "po czym widać, że nie"),
    ],
)
def test_half_a_scenario_is_kept_as_a_draft_and_not_published(world, anchors, words):
    draft = world.scenario(publish=False, anchors=anchors)
    with pytest.raises(RuleBroken, match=words):
        scenarios.publish_scenario(scenario=draft, acting_user=acting(world.officer))
    with pytest.raises(RuleBroken, match=r"nie ma kryterium 9\.9\.z"):
        world.scenario(publish=False, anchors={"9.9.z": Anchor("a", "b")})


def test_only_an_officer_of_the_body_writes_scenarios(world):
    draft = world.scenario(publish=False)
    for who in (world.assessors[0], world.adviser, world.me):
        with pytest.raises(NotAllowed):
            scenarios.publish_scenario(scenario=draft, acting_user=acting(who))
        assert not ObservationScenario.objects.visible_to(acting(who).account).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"equipment_ready": False}, "przygotować miejsce i wyposażenie"),
        ({"place": " "}, "miejsce"),
        ({"client_name": ""}, "kto gra klienta"),
    ],
)
def test_an_observation_begins_when_place_equipment_and_client_are_there(world, change, words):
    with pytest.raises(RuleBroken, match=words):
        world.observation(**change)


def test_the_client_may_be_another_candidate_where_the_entry_says_so(world):
    world.opening.places = 5
    world.opening.save()
    own, world.person = world.person, make_person("Jan Drugi")
    world.me = world.person.account
    other = world.appointed(_plain(world), *world.records[:3])
    world.person = own
    seen = world.observation(client_name="", client=other)
    assert seen.client == other
    with pytest.raises(RuleBroken, match="jedna osoba"):
        world.observation(client=other)
    with pytest.raises(RuleBroken, match="wybrać z listy"):
        world.observation(client_name="", client=world.case)


def _plain(world):
    from dorobek.validation.actions import applying

    made = applying.begin_application(person=world.person, opening=world.opening, acting_user=acting(world.me))
    applying.submit_application(application=made, acting_user=acting(world.me))
    return applying.close_documentation(
        application=world.fresh(made), conditions_met=True, acting_user=acting(world.adviser)
    )


def test_where_the_entry_does_not_let_candidates_play_it_is_refused(db):
    world = Judged(extra_may_be_candidate=False)
    with pytest.raises(RuleBroken, match="nie pozwala"):
        world.observation(client_name="", client=world.case)


def test_an_entry_without_observation_allows_none(db):
    from tests.validation.judged import FOUR

    world = Judged(methods=(*FOUR[:2], FOUR[3]))
    with pytest.raises(RuleBroken, match="nie dopuszcza obserwacji"):
        world.observation()


def test_taps_are_kept_once_on_ones_own_sheet_and_a_taken_back_one_stays_so(world):
    seen, one = world.observation(), tap()
    for _time in range(3):
        assert send(world, seen, one, one) == [one.uid, one.uid]
    mark = TimeMark.objects.get()
    assert (mark.assessment, mark.words) == (world.sheets[0], "zapytał")
    with pytest.raises(RuleBroken, match="innej obserwacji"):
        send(world, seen, one, sheet=world.sheets[1])
    with pytest.raises(NotAllowed):
        observing.remove_tap(mark=mark, acting_user=acting(world.assessors[1]))
    observing.remove_tap(mark=mark, acting_user=acting(world.assessors[0]))
    send(world, seen, one)
    mark.refresh_from_db()
    assert mark.removed_at is not None


@pytest.mark.parametrize(
    ("change", "words"), [({"criterion": "2.2.a"}, "nie obejmuje"), ({"words": " "}, "co było widać")]
)
def test_a_tap_that_says_nothing_is_refused(world, change, words):
    with pytest.raises(RuleBroken, match=words):
        send(world, world.observation(), tap(**change))


def test_strangers_tap_nothing_and_after_the_close_nobody_does(world):
    seen = world.observation()
    for who in (world.assessors[3], world.officer, world.me):
        with pytest.raises(NotAllowed):
            keep_taps(observation=seen, taps=[tap()], sent_at=timezone.now(), acting_user=acting(who))
    world.mark_all(world.sheets[0])
    for change in (
        lambda: send(world, seen, tap()),
        lambda: sheets.note_criteria(
            assessment=world.sheets[0], method="conversation", notes={"1.1.a": "x"},
            acting_user=acting(world.assessors[0]),
        ),
        lambda: sheets.fill_sheet(
            assessment=world.sheets[0], rows=[sheets.Filled("1.1.a", checks={"validity": "no"})],
            acting_user=acting(world.assessors[0]),
        ),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match="Arkusz jest zamknięty"):
            change()
    assert not TimeMark.objects.exists()


def test_the_end_of_an_observation_is_a_use_of_the_method(world):
    seen = world.observation()
    observing.end_observation(observation=seen, acting_user=acting(world.assessors[1]))
    used = MethodRecord.objects.get()
    assert (used.method, used.criteria, used.used_on) == (
        "simulated_observation", ["1.1.a", "2.1.a"], timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="już zakończona"):
        observing.end_observation(observation=seen, acting_user=acting(world.assessors[1]))
    assert send(world, seen, tap())  # what a device held back still arrives, until the sheet is closed


def test_a_mark_from_before_the_beginning_or_after_the_end_is_kept_at_the_edge_and_says_so(world):
    seen = world.observation()
    early, sent = tap(at=timezone.now() - dt.timedelta(hours=3)), tap("policzył")
    send(world, seen, early, sent)
    observing.end_observation(observation=seen, acting_user=acting(world.assessors[0]))
    seen.refresh_from_db()
    seen.begun_at, seen.ended_at = (timezone.now() - dt.timedelta(minutes=minutes) for minutes in (40, 20))
    seen.save()
    late = tap("powtórzył")
    send(world, seen, late)
    held = {one.uid: one for one in TimeMark.objects.all()}
    assert (held[early.uid].moved, held[sent.uid].moved, held[late.uid].moved) == (True, False, True)
    assert held[late.uid].at == seen.ended_at
