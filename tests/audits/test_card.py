"""The participant card: entries as people remember them, one history, nobody else's hands."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.actions import card as actions
from dorobek.audits.enums import EventKind, Stage
from dorobek.audits.models import CardNote, CompetenceSource, LifeEvent
from dorobek.audits.queries.facts import case_facts
from dorobek.audits.rules.card import Entry, checked_entry, remarks
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from tests.factories import acting, make_account, make_case, make_competence, make_person, make_staff

TODAY = dt.date(2026, 11, 21)
JOB = {"title": "kasjerka", "organisation": "Sklep Pod Lipą", "starts": "wiosna 2009", "ends": "2013"}


def entry(key, kind, starts, ends="", ongoing=False):
    return Entry(key, kind, key, starts, ends, ongoing)


def test_a_gap_is_a_question_and_an_overlap_a_remark():
    found = remarks(
        [
            entry("szkoła", "school", "1990", "1994-06"),
            entry("sklep", "job", "1996-09", "2001"),
            entry("targ", "job", "1999", "2005"),
        ],
        today=TODAY,
    )
    assert [(one.kind, one.first_day.year) for one in found] == [("gap", 1994), ("overlap", 1999)]
    assert found[1].titles == ("sklep", "targ")


def test_care_fills_a_gap_and_a_lasting_job_leaves_none():
    found = remarks(
        [
            entry("sklep", "job", "2001", "2005"),
            entry("mama", "care", "2006", "2009"),
            entry("hurtownia", "job", "2010", ongoing=True),
        ],
        today=TODAY,
    )
    assert found == []


@pytest.mark.parametrize(
    ("given_values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "kurs", "starts": "kiedyś tam"}, "starts"),
        ({"title": "kurs", "starts": "2013", "ends": "2009"}, "ends"),
        ({"title": "kurs", "starts": "2013", "ends": "2014", "ongoing": True}, "ends"),
        ({"title": "kurs", "starts": "1950"}, "starts"),
        ({"title": "kurs", "starts": "2031"}, "starts"),
        ({"title": "x" * 251}, "title"),
        ({"title": "kurs", "employment_form": "czarna"}, "employment_form"),
        ({"title": "kurs", "adviser": "ktoś"}, None),
    ],
)
def test_bad_input_is_named_with_its_field(given_values, field):
    with pytest.raises(RuleBroken) as refusal:
        checked_entry("course", given_values, held={}, birth=dt.date(1974, 5, 12), today=TODAY)
    assert refusal.value.field == field
    assert refusal.value.message


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_kept_or_refused_with_words(title, starts):
    try:
        found = checked_entry("job", {"title": title, "starts": starts}, held={}, birth=None, today=TODAY)
    except RuleBroken as refusal:
        assert refusal.field in ("title", "starts")  # noqa: PT017
    else:
        assert len(found["title"]) <= 250
        assert len(found["starts"]) <= 40


@pytest.mark.django_db
def test_an_entry_keeps_what_was_said_and_what_it_means():
    audit = make_case()
    event = actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=acting(audit.adviser))
    event.refresh_from_db()
    assert (event.starts_said, event.ends) == ("wiosna 2009", "2013")
    assert event.sort_day.year == 2009
    assert event.area == "work"
    history = HistoryEntry.objects.get(kind="life-event.added")
    assert (history.stream, history.subject, history.actor_id) == (audit.uid, event.uid, audit.adviser.pk)
    assert history.payload.data["organisation"] == "Sklep Pod Lipą"


@pytest.mark.django_db
def test_the_same_entry_sent_twice_is_one_entry():
    audit = make_case()
    me = acting(audit.person.account)
    uid = "0192f5c0-0000-7000-8000-000000000001"
    first = actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=me, uid=uid)
    second = actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=me, uid=uid)
    assert first.pk == second.pk
    assert LifeEvent.objects.count() == 1


@pytest.mark.django_db
def test_two_people_changing_the_same_field_both_see_both_versions():
    audit = make_case()
    event = actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=acting(audit.adviser))
    read = event.version
    actions.change_life_event(
        event=event, values={"duties": "kasa i towar"}, acting_user=acting(audit.adviser), base_version=read
    )
    with pytest.raises(Conflict) as clash:
        actions.change_life_event(
            event=event, values={"duties": "tylko kasa"}, acting_user=acting(audit.person.account), base_version=read
        )
    assert clash.value.theirs == {"duties": "kasa i towar"}


@pytest.mark.django_db
def test_strangers_coordinators_and_others_may_not_write_the_card():
    audit = make_case()
    event = actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=acting(audit.adviser))
    others = (make_account(), make_staff(Role.COORDINATOR, audit.unit), make_staff(Role.ADVISER, audit.unit))
    for account in (*others, make_person("Inna Osoba").account):
        who = acting(account)
        with pytest.raises(NotAllowed):
            actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.change_life_event(event=event, values={"title": "x"}, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.remove_life_event(event=event, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.write_card_note(audit=audit, section="other", text="x", acting_user=who)
        with pytest.raises(NotAllowed):
            actions.add_life_events(audit=audit, entries=[{"kind": "job", **JOB}], acting_user=who)


@pytest.mark.django_db
def test_a_finished_case_is_not_written_to():
    audit = make_case(stage=Stage.FINISHED)
    with pytest.raises(RuleBroken):
        actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=acting(audit.adviser))


@pytest.mark.django_db
def test_a_removed_entry_stays_in_the_history_and_one_that_carries_a_competence_stays():
    audit = make_case()
    me = acting(audit.person.account)
    event = actions.add_life_event(audit=audit, kind="job", values=JOB, acting_user=me)
    competence = make_competence(audit)
    source = CompetenceSource.objects.create(competence=competence, life_event=event)
    with pytest.raises(RuleBroken) as refusal:
        actions.remove_life_event(event=event, acting_user=me)
    assert competence.wording in refusal.value.message
    source.delete()
    actions.remove_life_event(event=event, acting_user=me)
    assert not LifeEvent.objects.exists()
    assert HistoryEntry.objects.get(kind="life-event.removed").payload.data["title"] == "kasjerka"


@pytest.mark.django_db
def test_a_thousand_entries_are_one_action_and_one_history_entry(django_assert_max_num_queries):
    audit = make_case()
    entries = [{"kind": "job", "title": f"praca {n}", "starts": str(1990 + n % 30)} for n in range(1000)]
    with django_assert_max_num_queries(80):
        made = actions.add_life_events(audit=audit, entries=entries, acting_user=acting(audit.adviser))
    assert len(made) == LifeEvent.objects.count() == 1000
    assert HistoryEntry.objects.filter(kind="life-events.added").count() == 1


@pytest.mark.django_db
def test_one_bad_entry_of_many_is_named_and_nothing_is_written():
    audit = make_case()
    entries = [{"kind": "job", "title": "praca"}, {"kind": "job", "title": "praca", "starts": "31 lutego 2001"}]
    with pytest.raises(RuleBroken) as refusal:
        actions.add_life_events(audit=audit, entries=entries, acting_user=acting(audit.adviser))
    assert refusal.value.field == "entries.1.starts"
    assert not LifeEvent.objects.exists()


@pytest.mark.django_db
def test_nothing_to_add_answers_a_section_and_words_take_it_back():
    audit = make_case()
    me = acting(audit.person.account)
    before = case_facts(audit).card_sections_missing
    note = actions.write_card_note(audit=audit, section="work", nothing_to_add=True, acting_user=me, base_version=0)
    assert case_facts(audit).card_sections_missing == before - 1
    note = actions.write_card_note(audit=audit, section="work", text="Byłam na gospodarstwie", acting_user=me)
    assert not note.nothing_to_add
    with pytest.raises(Conflict):
        actions.write_card_note(audit=audit, section="work", text="Inaczej", acting_user=me, base_version=0)
    with pytest.raises(RuleBroken):
        actions.write_card_note(audit=audit, section="nie-ma", text="x", acting_user=me)
    assert CardNote.objects.count() == 1


@pytest.mark.django_db
def test_every_kind_of_entry_has_an_area():
    audit = make_case()
    for kind in EventKind.values:
        event = actions.add_life_event(
            audit=audit, kind=kind, values={"title": "<b>=1+1</b>"}, acting_user=acting(audit.adviser)
        )
        assert event.area
        assert event.title == "<b>=1+1</b>"
