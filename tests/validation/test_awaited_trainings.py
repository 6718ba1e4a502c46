"""Trainings imported before their participant applied bar the trainer all the same; nobody's address is kept (VA-3)."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.validation import facts
from dorobek.validation.actions import applying
from dorobek.validation.actions.awaited import YEARS_KEPT, digest_of, drop_old
from dorobek.validation.actions.trainings import import_trainings
from dorobek.validation.models import AwaitedTraining, LedTraining
from dorobek.validation.rules import Rule
from tests.factories import acting, make_institution, make_staff, make_unit
from tests.validation.world import World

pytestmark = pytest.mark.django_db
HEAD = "prowadzacy;uczestnik;szkolenie;zakonczono\n"


@pytest.fixture
def world():
    return World()


def row(trainer, address, title="Kurs księgowości", day="2025-05-31"):
    return f"{trainer.email};{address};{title};{day}\n"


def read(world, *rows, dry_run=False, who=None):
    text = HEAD + "".join(rows)
    return import_trainings(
        institution=world.institution, text=text, acting_user=acting(who or world.officer), dry_run=dry_run
    )


def test_a_training_imported_before_bars_the_trainer_when_the_person_applies(world):
    trainer = world.assessors[0]
    [line] = read(world, row(trainer, world.me.email.upper()))
    assert (line.problem, line.known, bool(line.awaited)) == ("", False, True)
    assert not LedTraining.objects.exists()
    made = world.documented()
    held = LedTraining.objects.get()
    assert (held.person, held.trainer, held.title) == (world.person, trainer, "Kurs księgowości")
    assert not AwaitedTraining.objects.exists()
    faults = facts.commission_faults(made.opening.rules, world.commission(made, declare=False), made)
    assert Rule.OWN_TRAINEE in {one.rule for one in faults}
    noted = HistoryEntry.objects.get(stream=world.person.uid, kind="validation.training-noted")
    assert noted.actor_id is None  # the record said it, no person did
    assert list(history.verify(world.person.uid)) == []


def test_no_address_is_kept_anywhere(world):
    read(world, row(world.assessors[0], "jan.tajny@example.org"))
    [held] = AwaitedTraining.objects.values()
    assert "tajny" not in str(held)
    assert held["participant"] == digest_of("  Jan.Tajny@example.org ")
    told = HistoryEntry.objects.get(kind="validation.trainings-awaited")
    assert told.payload.data == {"rows": 1}


def test_trying_first_keeps_nothing_and_reading_twice_keeps_it_once(world):
    rows = [row(world.assessors[0], "jan@example.org"), row(world.assessors[0], "ewa@example.org")]
    read(world, *rows, dry_run=True)
    assert not AwaitedTraining.objects.exists()
    read(world, *rows)
    assert [one.known for one in read(world, *rows)] == [True, True]
    assert AwaitedTraining.objects.count() == 2
    assert HistoryEntry.objects.filter(kind="validation.trainings-awaited").count() == 1


def test_a_row_twice_in_one_file_is_kept_once(world):
    read(world, *[row(world.assessors[0], "jan@example.org")] * 2)
    assert AwaitedTraining.objects.count() == 1


def test_what_is_no_address_is_a_mistake_to_mend(world):
    assert "adres e-mail" in read(world, row(world.assessors[0], "Jan Kowal"))[0].problem
    assert not AwaitedTraining.objects.exists()


def test_one_imported_after_sending_is_met_when_the_documentation_closes(world):
    made = world.submitted()
    AwaitedTraining.objects.create(
        trainer=world.assessors[1], participant=digest_of(world.me.email), title="Kurs", ended_on=dt.date(2025, 5, 1)
    )
    applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    assert LedTraining.objects.get().trainer == world.assessors[1]


def test_somebody_elses_training_stays_awaited(world):
    read(world, row(world.assessors[0], "jan@example.org"))
    world.submitted()
    assert AwaitedTraining.objects.count() == 1
    assert not LedTraining.objects.exists()


def test_only_officers_of_the_body_read_it_in(world):
    elsewhere = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    for who in (world.adviser, world.assessors[0], world.me, elsewhere):
        with pytest.raises(NotAllowed):
            read(world, row(world.assessors[0], "jan@example.org"), who=who)
    assert not AwaitedTraining.objects.exists()


def test_what_nobody_came_for_goes_after_ten_years(world):
    today = timezone.localdate()
    for years, title in ((YEARS_KEPT - 1, "młode"), (YEARS_KEPT + 1, "stare")):
        AwaitedTraining.objects.create(
            trainer=world.assessors[0], participant="x", title=title, ended_on=today - dt.timedelta(365 * years)
        )
    assert drop_old(None, None) == {"awaited_trainings": 1}
    assert AwaitedTraining.objects.get().title == "młode"


@given(st.emails())
def test_the_digest_knows_an_address_however_it_is_typed(address):
    assert digest_of(address) == digest_of(f" {address.lower()} ")
    assert len(digest_of(address)) == 64
