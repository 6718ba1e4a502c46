"""Bringing entries into the register: only changes are written, versions stay, rows keep their identity (RG-1, RG-2)."""

import dataclasses

import pytest

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.register.actions import REGISTER_STREAM, import_entries
from dorobek.register.entry import Criterion as EntryCriterion
from dorobek.register.entry import Entry, Read
from dorobek.register.enums import Source
from dorobek.register.models import Criterion, Entitlement, LearningOutcome, Qualification, QualificationVersion
from tests.factories import make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db


def store(*reads, **more):
    return import_entries(reads=reads, source=Source.PRINTOUT, source_name="wydruk.txt", **more)


def reworded(read: Read, text: str) -> Read:
    """The same entry with the first criterion reworded and the last set's last outcome gone."""
    group = read.entry.sets[0]
    first = dataclasses.replace(
        group.outcomes[0], criteria=(EntryCriterion("a", text), *group.outcomes[0].criteria[1:])
    )
    sets = (dataclasses.replace(group, outcomes=(first,)),)
    return Read(dataclasses.replace(read.entry, sets=sets), ())


def test_an_entry_becomes_rows(small):
    done = store(small)
    row = Qualification.objects.get(code="70001")
    assert done.created == ["70001"]
    assert (row.outcome_count, row.criterion_count, row.awarded_by) == (2, 4, 2)
    assert row.entry == small.entry
    assert set(row.methods.values_list("method", flat=True)) == {"knowledge_test", "simulated_observation"}
    assert LearningOutcome.objects.filter(outcome_set__qualification=row).count() == 2
    assert HistoryEntry.objects.filter(stream=REGISTER_STREAM, kind="register.imported").count() == 1


def test_importing_again_changes_nothing(small):
    store(small)
    done = store(small)
    assert (done.created, done.changed, done.unchanged) == ([], [], 1)
    assert QualificationVersion.objects.count() == 1
    assert HistoryEntry.objects.filter(stream=REGISTER_STREAM).count() == 1


def test_a_changed_entry_keeps_its_rows_and_its_old_version(small):
    store(small)
    criterion = Criterion.objects.get(outcome__code="70001-1-1", letter="a")
    store(reworded(small, "dobiera rośliny"))
    row = Qualification.objects.select_related("current").get(code="70001")
    again = Criterion.objects.get(outcome__code="70001-1-1", letter="a")
    assert (again.pk, again.uid, again.text_pl) == (criterion.pk, criterion.uid, "dobiera rośliny")
    assert [version.number for version in row.versions.all()] == [2, 1]
    assert row.versions.get(number=1).entry == small.entry
    assert "sets/1/outcomes/1/criteria/a/pl" in row.current.changes
    gone = LearningOutcome.objects.get(code="70001-1-2")
    assert gone.withdrawn
    assert gone.criteria.get().withdrawn
    store(small)
    gone.refresh_from_db()
    assert not gone.withdrawn


def test_a_role_that_an_entry_no_longer_names_ends_and_stays_on_record(small):
    store(small)
    bodies = tuple(body for body in small.entry.bodies if "Centrum" not in body.name)
    store(Read(dataclasses.replace(small.entry, bodies=bodies), ()))
    ended = Entitlement.objects.get(body__name__startswith="Centrum")
    assert ended.until is not None
    assert Qualification.objects.get(code="70001").awarded_by == 1


def test_a_code_that_stands_twice_leaves_nothing(small):
    other = Read(dataclasses.replace(small.entry, code="70002"), ())
    with pytest.raises(RuleBroken, match="70002 występuje w pliku dwa razy"):
        store(small, other, other)
    assert not Qualification.objects.exists()


def test_a_file_that_breaks_in_the_middle_leaves_nothing(small):
    def broken():
        for number in range(700):
            yield Read(dataclasses.replace(small.entry, code=str(80000 + number)), ())
        raise ValueError("line 701: broken")

    with pytest.raises(ValueError, match="701"):
        import_entries(reads=broken(), source=Source.TABLE)
    assert not Qualification.objects.exists()
    assert not LearningOutcome.objects.filter(framework="zrk").exists()


def test_only_register_editors_and_the_operator_import(small):
    unit = make_unit(make_institution())
    with pytest.raises(NotAllowed):
        store(small, acting_user=ActingUser(make_staff(Role.ADMINISTRATOR, unit)))
    store(small, acting_user=ActingUser(make_staff(Role.REGISTER_EDITOR, unit)))


def test_the_statements_of_an_import_do_not_grow_with_each_entry(small, django_assert_max_num_queries):
    reads = [Read(dataclasses.replace(small.entry, code=str(60000 + n)), ()) for n in range(100)]
    with django_assert_max_num_queries(180):
        store(*reads)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["Z/12", "", "a b", "x" * 21])
def test_a_code_that_cannot_be_an_address_is_refused(code):
    with pytest.raises(RuleBroken):
        import_entries(reads=[Read(Entry(code=code, title_pl="X"))], source=Source.TABLE)
