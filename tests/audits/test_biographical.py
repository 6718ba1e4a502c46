"""The biographical interview: answers with events, the voluntary personal area, two people at once."""

import uuid

import pytest
from django.utils import timezone

from dorobek.audits.actions import biographical
from dorobek.audits.actions.card import change_life_event
from dorobek.audits.models import BiographicalInterview, InterviewAnswer, LifeEvent
from dorobek.audits.queries.interviews import biographical_record, interview
from dorobek.audits.queries.time_line import time_line
from dorobek.kernel import history
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, HistoryPayload
from dorobek.people.enums import Role
from dorobek.programmes.enums import InterviewArea
from tests.factories import acting, make_account, make_case, make_person, make_staff

pytestmark = pytest.mark.django_db
WORK = "work-first-job"


@pytest.fixture
def audit():
    return make_case()


def personal_code(audit):
    return audit.rules.area(InterviewArea.PERSONAL).questions[0].code


def both(audit):
    return acting(audit.adviser, audit.person)


def consent(audit, detail="general", **more):
    given = {"audit": audit, "detail": detail, "notice_read": True, "acting_user": both(audit)}
    return biographical.choose_personal_detail(**{**given, **more})


def answer(audit, text="Sezon w sadzie.", code=WORK, area="work", who=None, **more):
    user = who or acting(audit.adviser)
    given = {"audit": audit, "area": area, "question_code": code, "answer": text, "acting_user": user}
    return biographical.answer_question(**{**given, **more})


def test_an_answer_becomes_events_on_the_line_and_the_history_tells_both(audit):
    events = [
        {"kind": "job", "title": "zbiór jabłek", "starts": "lato 1991", "ends": "jesień 1991"},
        {"kind": "job", "title": "sklep wujka", "starts": "ok. 1992", "ongoing": True},
    ]
    row = answer(audit, events=events)
    assert row.answer == "Sezon w sadzie."
    assert [event.title for event in row.life_events.order_by("pk")] == ["zbiór jabłek", "sklep wujka"]
    assert {event.from_card for event in row.life_events.all()} == {False}
    assert LifeEvent.objects.get(title="zbiór jabłek").starts_said == "lato 1991"
    kinds = list(HistoryEntry.objects.filter(stream=audit.uid).values_list("kind", flat=True))
    assert kinds.count("interview.answered") == 1
    assert kinds.count("life-event.added") == 2
    assert kinds.count("interview.event-tied") == 2
    assert list(history.verify()) == []


def test_a_bad_date_in_an_event_keeps_nothing_of_the_answer(audit):
    with pytest.raises(RuleBroken) as refusal:
        answer(audit, events=[{"kind": "job", "title": "sad", "starts": "dawno temu"}])
    assert refusal.value.field == "starts"
    assert not InterviewAnswer.objects.exists()


def test_an_event_already_on_the_line_is_tied_and_untied_without_copying(audit):
    event = LifeEvent.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, kind="job", area="work", title="sklep"
    )
    row = answer(audit, events=[{"uid": event.uid}])
    assert list(row.life_events.all()) == [event]
    biographical.untie_event(answer=row, event=event, acting_user=acting(audit.adviser))
    assert not row.life_events.exists()
    assert LifeEvent.objects.count() == 1


def test_an_event_of_another_case_is_not_tied(audit):
    other = make_case()
    event = LifeEvent.objects.create(
        audit=other, person=other.person, case_uid=other.uid, kind="job", area="work", title="cudze"
    )
    with pytest.raises(RuleBroken):
        answer(audit, events=[{"uid": event.uid}])


def test_a_question_can_be_skipped_and_answered_later(audit):
    user = acting(audit.adviser)
    skipped = biographical.skip_question(audit=audit, area="work", question_code=WORK, acting_user=user)
    assert skipped.skipped
    assert answer(audit).skipped is False
    with pytest.raises(RuleBroken):
        biographical.skip_question(audit=audit, area="work", question_code=WORK, acting_user=user)


def test_a_question_of_ones_own_is_kept_once_however_often_it_is_sent(audit):
    given = {"audit": audit, "area": "work", "question": " A co  z  piekarnią? ", "acting_user": acting(audit.adviser)}
    uid = uuid.uuid4()
    row = biographical.add_own_question(**given, uid=uid)
    assert biographical.add_own_question(**given, uid=uid).pk == row.pk
    assert row.question == "A co z piekarnią?"
    assert answer(audit, "Piekłam chleb.", code=row.question_code).pk == row.pk


@pytest.mark.parametrize(("area", "code"), [("work", "nie-ma"), ("education", WORK), ("obcy", WORK)])
def test_only_questions_of_the_programme_are_answered_in_their_area(audit, area, code):
    with pytest.raises(RuleBroken):
        answer(audit, area=area, code=code)


def test_two_people_answer_at_once_and_nobodys_words_vanish(audit):
    me = acting(audit.person.account)
    answer(audit, "Słowa doradcy.", base_version=0)
    with pytest.raises(Conflict) as conflict:
        answer(audit, "Moje słowa.", who=me, base_version=0)
    assert conflict.value.theirs["answer"] == "Słowa doradcy."
    assert conflict.value.yours["answer"] == "Moje słowa."
    with pytest.raises(Conflict):
        answer(audit, "Moje słowa.", who=me)
    merged = answer(audit, "Słowa doradcy. Moje słowa.", who=me, base_version=conflict.value.version)
    assert merged.answer == "Słowa doradcy. Moje słowa."


def test_personal_questions_wait_for_the_notice_and_the_participants_choice(audit):
    code = personal_code(audit)
    with pytest.raises(RuleBroken):
        answer(audit, area="personal", code=code)
    with pytest.raises(RuleBroken):
        biographical.add_own_question(
            audit=audit, area="personal", question="A dom?", acting_user=acting(audit.adviser)
        )
    with pytest.raises(RuleBroken) as refusal:
        consent(audit, notice_read=False)
    assert refusal.value.field == "notice_read"
    before = timezone.now()
    chosen = consent(audit)
    assert chosen.notice_shown_at >= before
    assert answer(audit, area="personal", code=code).answer
    entry = HistoryEntry.objects.get(kind="interview.personal-detail-chosen")
    assert entry.on_behalf_of == audit.person.uid


@pytest.mark.parametrize("detail", ["none", "stopped"])
def test_when_the_participant_refuses_or_stops_nothing_personal_can_be_written(audit, detail):
    code = personal_code(audit)
    consent(audit)
    answer(audit, "Opiekuję się mamą.", area="personal", code=code)
    if detail == "stopped":
        stopped = biographical.stop_personal_area(audit=audit, acting_user=acting(audit.person.account))
        assert stopped.stopped_at is not None
    else:
        consent(audit, "none")
    for who in (acting(audit.adviser), both(audit), acting(audit.person.account)):
        with pytest.raises(RuleBroken):
            answer(audit, "więcej", area="personal", code=code, who=who, base_version=2)
    with pytest.raises(RuleBroken):
        biographical.place_on_line(
            audit=audit, kind="care", values={"title": "opieka"}, acting_user=acting(audit.adviser)
        )
    assert not LifeEvent.objects.exists()
    assert InterviewAnswer.objects.get().answer == "Opiekuję się mamą."


def test_participants_put_personal_events_on_their_own_line_whatever_they_chose(audit):
    consent(audit, "none")
    event = biographical.place_on_line(
        audit=audit,
        kind="care",
        values={"title": "opieka nad mamą", "starts": "2009"},
        acting_user=acting(audit.person.account),
    )
    assert event.area == "personal"
    with pytest.raises(RuleBroken):
        change_life_event(event=event, values={"title": "inaczej"}, acting_user=acting(audit.adviser))


def test_the_choice_can_be_changed_back_at_any_time(audit):
    consent(audit, "none")
    consent(audit, "full")
    assert answer(audit, area="personal", code=personal_code(audit)).answer
    biographical.stop_personal_area(audit=audit, acting_user=both(audit))
    again = biographical.choose_personal_detail(audit=audit, detail="general", acting_user=both(audit))
    assert again.stopped_at is None


def test_only_the_participant_decides_or_the_adviser_in_their_name(audit):
    with pytest.raises(NotAllowed):
        consent(audit, acting_user=acting(audit.adviser))
    with pytest.raises(RuleBroken):
        consent(audit, "wszystko")


def test_withdrawn_answers_leave_the_history_as_well_and_the_chain_still_holds(audit):
    consent(audit)
    row = answer(audit, "Bardzo osobiste.", area="personal", code=personal_code(audit))
    answer(audit, "Zwykła praca.")
    assert biographical.withdraw_personal_answers(audit=audit, acting_user=both(audit)) == 1
    assert [a.answer for a in InterviewAnswer.objects.all()] == ["Zwykła praca."]
    assert not HistoryPayload.objects.filter(entry__subject=row.uid).exists()
    assert HistoryEntry.objects.filter(kind="interview.personal-withdrawn").count() == 1
    assert list(history.verify()) == []


def test_strangers_coordinators_and_other_participants_write_nothing(audit):
    coordinator = make_staff(Role.COORDINATOR, audit.unit)
    for account in (make_account(), coordinator, make_person("Inna Osoba").account, make_case().adviser):
        for call in (
            lambda who: answer(audit, who=who),
            lambda who: biographical.skip_question(audit=audit, area="work", question_code=WORK, acting_user=who),
            lambda who: biographical.add_own_question(audit=audit, area="work", question="?", acting_user=who),
            lambda who: consent(audit, acting_user=who),
            lambda who: biographical.stop_personal_area(audit=audit, acting_user=who),
            lambda who: biographical.withdraw_personal_answers(audit=audit, acting_user=who),
            lambda who: biographical.place_on_line(audit=audit, kind="job", values={"title": "x"}, acting_user=who),
        ):
            with pytest.raises(NotAllowed):
                call(acting(account, audit.person))
    assert HistoryEntry.objects.count() == 0


def test_nothing_is_written_into_a_finished_case(audit):
    audit.stage = "finished"
    audit.save()
    with pytest.raises(RuleBroken):
        answer(audit)


def test_an_answer_longer_than_the_limit_is_refused_and_ten_thousand_characters_are_not(audit):
    assert len(answer(audit, "ś" * 10_000).answer) == 10_000
    with pytest.raises(RuleBroken):
        answer(audit, "ś" * 20_001, base_version=9)


def test_the_record_holds_questions_as_put_with_answers_events_and_the_silence_between(audit):
    events = [{"kind": "job", "title": "sad", "starts": "1991", "ends": "1992"}]
    answer(audit, events=events)
    answer(audit, "Kasa.", code="work-present-day", events=[{"kind": "job", "title": "kasa", "starts": "2003"}])
    record = biographical_record(audit.adviser, audit)
    work = next(area for area in record.areas if area.area == "work")
    assert [said.answer for said in work.answers] == ["Sezon w sadzie.", "Kasa."]
    assert work.answers[0].events[0].title == "sad"
    assert record.silences[0].first_day.year == 1993
    assert record.last_at is not None


def test_the_record_of_the_personal_area_honours_what_was_chosen(audit):
    consent(audit)
    code = personal_code(audit)
    answer(
        audit, "O mamie.", area="personal", code=code,
        events=[{"kind": "care", "title": "opieka nad mamą", "starts": "2009"}],
    )  # fmt: skip

    def personal():
        return next(a for a in biographical_record(audit.adviser, audit).areas if a.area == "personal")

    assert personal().answers[0].answer == "O mamie."
    biographical.stop_personal_area(audit=audit, acting_user=both(audit))
    assert "przerwana" in personal().statement
    assert personal().answers
    consent(audit, "none")
    assert "nie chciała" in personal().statement
    assert personal().is_empty
    assert not any(e.title == "opieka nad mamą" for e in biographical_record(audit.adviser, audit).line.events)


def test_a_stranger_reads_nothing(audit):
    answer(audit)
    stranger = make_case().adviser
    assert biographical_record(stranger, audit).is_empty
    assert interview(stranger, audit).asked == 0


def test_statements_do_not_grow_with_the_number_of_events(audit, django_assert_num_queries):
    LifeEvent.objects.bulk_create(
        LifeEvent(
            audit=audit, person=audit.person, case_uid=audit.uid, kind="job", area="work", title=f"praca {n}",
            starts=str(1970 + n % 50), ends=str(1971 + n % 50),
        )
        for n in range(200)
    )  # fmt: skip
    answer(audit)
    user = type(audit.adviser).objects.get(pk=audit.adviser.pk)
    interview(user, audit)  # who the user is, and the rules, are read once per request
    with django_assert_num_queries(1):
        assert len(time_line(user, audit).pieces) == 200
    with django_assert_num_queries(3):
        interview(user, audit)
    with django_assert_num_queries(4):
        biographical_record(user, audit)


def test_the_interview_row_is_made_once(audit):
    consent(audit)
    consent(audit, "full")
    assert BiographicalInterview.objects.count() == 1
