"""Applications to the register: every rule, every action with its permission and its history (RG-5)."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, HistoryPayload
from dorobek.people.enums import Role
from dorobek.people.models import Membership
from dorobek.register.actions.editing import decide_change
from dorobek.register.applications.applying import begin_application, save_application, withdraw_application
from dorobek.register.applications.completeness import FIELDS, OPTIONAL, Lack, lacks
from dorobek.register.applications.consulting import answer_comment, moderate_comment
from dorobek.register.applications.enums import ApplicationKind, CommentState, Step
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.applications.handling import check_formally, decide_application
from dorobek.register.applications.rules import (
    ENDED,
    MOVES,
    NEXT,
    Comments,
    OutOfOrder,
    after,
    due_after,
    still_open,
)
from dorobek.register.applications.words import LABELS, lack_in_words
from dorobek.register.entry.validation import Requirement
from dorobek.register.enums import BodyRole
from dorobek.register.models import ConsultationComment, Entitlement, Qualification, RegisterApplication
from dorobek.register.queries.applications import comments_for, public_record, time_line, waiting_for
from dorobek.web.register.applications.words import MOVES as MOVE_WORDS
from dorobek.web.register.applications.words import STEPS
from tests.factories import acting, make_account, make_staff, make_unit
from tests.register.applications import Office, end_consultation, inclusion, period, right

TODAY = dt.date(2026, 11, 21)
FIVE_OF_TEN = (Requirement("szkolenia w tej dziedzinie", 5, 10),)
WAY = [Step.SEND, Step.CONSULT, Step.CLOSE, Step.OPINE, Step.GRANT, Step.ENTER, Step.ACCEPT_ENTRY]


# ---- rules ----


@given(st.lists(st.sampled_from(list(Step)), max_size=40))
def test_no_sequence_reaches_an_entry_while_a_step_is_skipped(steps):
    """Whatever is tried, refused steps change nothing, and what reached the entry took every step, in order."""
    stage, taken = Stage.DRAFT, []
    for step in steps:
        try:
            stage = after(stage, step)
        except OutOfOrder:
            continue
        taken.append(step)
    if stage == Stage.ENTERED:
        last = [len(taken) - 1 - taken[::-1].index(step) for step in WAY]
        assert last == sorted(last)
        assert not set(taken) & {Step.REFUSE, Step.WITHDRAW}


@given(st.data())
def test_a_walk_over_allowed_steps_always_takes_the_whole_way(data):
    stage, taken = Stage.DRAFT, []
    for _turn in range(30):
        allowed = sorted(step for at, step in NEXT if at == stage)
        if not allowed:
            break
        step = data.draw(st.sampled_from(allowed))
        stage = after(stage, step)
        taken.append(step)
    if stage == Stage.ENTERED:
        assert set(WAY) <= set(taken)
        assert taken[-1] == Step.ACCEPT_ENTRY
    else:
        assert Step.ACCEPT_ENTRY not in taken


def test_every_open_stage_has_a_move_a_deadline_and_words():
    for stage in set(Stage) - ENDED:
        assert MOVES[stage] in MOVE_WORDS
        assert stage == Stage.DRAFT or due_after(stage, TODAY) > TODAY
    assert all(due_after(stage, TODAY) is None for stage in ENDED)
    assert set(STEPS) == {step.value for step in Step}


@given(st.integers(-60, 60), st.integers(0, 3), st.integers(0, 3))
def test_a_consultation_closes_only_after_its_day_with_all_read_and_answered(days, waiting, unanswered):
    reason = still_open(TODAY + dt.timedelta(days=days), Comments(waiting, unanswered), TODAY)
    assert (reason == "") == (days < 0 and not waiting and not unanswered)


@pytest.mark.parametrize("kind", ApplicationKind.values)
@given(data=st.data())
def test_exactly_what_was_left_empty_is_missing(kind, data):
    periods = [period(dt.date(2018, 1, 1), dt.date(2026, 1, 1))]
    whole = inclusion() if kind == ApplicationKind.INCLUSION else right(periods=periods)
    left = data.draw(st.sets(st.sampled_from(FIELDS[kind])))
    found = lacks(kind, {**whole, **dict.fromkeys(left, "")}, TODAY, FIVE_OF_TEN)
    assert [one.field for one in found] == [name for name in FIELDS[kind] if name in left - OPTIONAL]
    assert all(LABELS[one.field] and lack_in_words(one) for one in found)


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"outline": "efekt"}, Lack("outline", "outline", "1")),
        ({"outline": "# Pusty"}, Lack("outline", "no-outcomes", "Pusty")),
        ({"outline": "# A\nUmie"}, Lack("outline", "no-criteria", "Umie")),
        ({"level": 9}, Lack("level", "level")),
        ({"hours": 0}, Lack("hours", "hours")),
        ({"demand": "tak"}, Lack("demand", "short")),
    ],
)
def test_what_is_written_but_does_not_do_is_named(changes, lack):
    assert lacks(ApplicationKind.INCLUSION, inclusion(**changes), TODAY) == [lack]
    assert lack_in_words(lack)


# ---- actions ----


@pytest.fixture
def office(db):
    return Office()


def kinds(held: RegisterApplication) -> list[str]:
    rows = HistoryEntry.objects.filter(stream=held.uid).order_by("seq")
    return [one.kind.removeprefix("register-application.") for one in rows]


def test_an_inclusion_goes_from_draft_to_the_register(office):
    held = office.at(Stage.ENTERING)
    assert not Qualification.objects.filter(code="90501").exists()
    decide_change(change=held.change, accept=True, answer="", acting_user=acting(office.second))
    held.refresh_from_db()
    assert held.stage == Stage.ENTERED
    entry = Qualification.objects.get(code="90501").entry
    assert (entry.title_pl, entry.level, entry.outcome_count, entry.criterion_count) == ("Obsługa recepcji", 4, 1, 2)
    assert entry.bodies[0].name == office.body.name
    assert kinds(held) == [
        "begun", "written", "sent", "consulted", "closed", "opined", "granted", "entering", "entered"
    ]  # fmt: skip
    assert not list(history.verify(held.uid))


def test_a_right_becomes_an_entitlement_that_a_later_edit_keeps(office):
    held = office.at(Stage.ENTERING, ApplicationKind.RIGHT)
    decide_change(change=held.change, accept=True, answer="", acting_user=acting(office.second))
    right_held = Entitlement.objects.get(body__name=office.body.name, role=BodyRole.AWARDING)
    assert right_held.since == timezone.localdate()
    assert right_held.lasts_on(timezone.localdate())
    with pytest.raises(RuleBroken):
        begin_application(
            institution=office.body, kind=ApplicationKind.RIGHT, qualification=held.qualification,
            acting_user=acting(office.applicant),
        )  # fmt: skip


def test_the_one_who_proposed_the_entry_does_not_accept_it_and_a_rejection_gives_it_back(office):
    held = office.at(Stage.ENTERING)
    with pytest.raises(NotAllowed):
        decide_change(change=held.change, accept=True, answer="", acting_user=acting(office.editor))
    decide_change(change=held.change, accept=False, answer="Inny kod", acting_user=acting(office.second))
    held.refresh_from_db()
    assert held.stage == Stage.GRANTED
    office.enter(held)
    held.refresh_from_db()
    assert held.stage == Stage.ENTERING


def test_an_editor_of_the_applying_institution_does_not_accept_its_entry(office):
    held = office.at(Stage.ENTERING)
    Membership.objects.create(account=office.second, institution=office.body, role=Role.AWARDING_OFFICER)
    with pytest.raises(NotAllowed):
        decide_change(change=held.change, accept=True, answer="", acting_user=acting(office.second))
    held.refresh_from_db()
    held.change.refresh_from_db()
    assert (held.stage, held.change.state) == (Stage.ENTERING, "proposed")


def test_nothing_incomplete_is_sent_and_the_field_is_named(office):
    held = office.draft(content=inclusion(demand=""))
    with pytest.raises(RuleBroken) as refusal:
        office.send(held)
    assert refusal.value.field == "demand"


def test_no_action_skips_a_step(office):
    """At every stage, only the actions of that stage happen; the rest are refused and leave no trace."""
    steps = [office.send, office.consult, office.close, office.opine, office.grant, office.enter]
    order = [Stage.DRAFT, Stage.FORMAL, Stage.CONSULTATION, Stage.OPINION, Stage.DECISION, Stage.GRANTED]
    held = office.draft()
    for stage, right_step in zip(order, steps, strict=True):
        assert held.stage == stage
        before = kinds(held)
        until = held.consultation_until
        for step in steps:
            if step is not right_step:
                with pytest.raises(RuleBroken):
                    step(held)
        RegisterApplication.objects.filter(pk=held.pk).update(consultation_until=until)
        held.refresh_from_db()
        assert (held.stage, kinds(held)) == (stage, before)
        right_step(held)
        held.refresh_from_db()
    assert held.stage == Stage.ENTERING


def test_an_application_sent_back_is_bettered_and_sent_again(office):
    held = office.at(Stage.FORMAL)
    with pytest.raises(RuleBroken):
        check_formally(application=held, complete=False, reason=" ", acting_user=acting(office.editor))
    check_formally(application=held, complete=False, reason="Opisać salę", acting_user=acting(office.editor))
    held.refresh_from_db()
    assert (held.stage, held.move) == (Stage.RETURNED, "applicant")
    save_application(application=held, content=inclusion(hours=200), acting_user=acting(office.applicant))
    office.send(held)
    held.refresh_from_db()
    assert (held.stage, held.content["hours"]) == (Stage.FORMAL, 200)
    with pytest.raises(RuleBroken):
        save_application(application=held, content=inclusion(), acting_user=acting(office.applicant))


def test_comments_are_private_until_read_and_their_authors_always(office):
    held = office.at(Stage.CONSULTATION)
    made = office.comment(held)
    stranger = make_account()
    assert comments_for(stranger, held) == []
    assert comments_for(acting(office.applicant).account, held) == []
    assert comments_for(acting(office.editor).account, held) == [made]
    end_consultation(held)
    with pytest.raises(RuleBroken):
        office.close(held)
    with pytest.raises(NotAllowed):
        moderate_comment(comment=made, publish=True, reason="", acting_user=acting(office.applicant))
    moderate_comment(comment=made, publish=True, reason="", acting_user=acting(office.editor))
    with pytest.raises(RuleBroken):
        office.close(held)
    answer_comment(comment=made, answer="Dodamy 20 godzin.", acting_user=acting(office.applicant))
    office.close(held)
    made.refresh_from_db()
    assert (made.state, made.answered_by_applicant) == (CommentState.PUBLISHED, True)
    payloads = str(list(HistoryPayload.objects.filter(entry__stream=held.uid).values_list("data", flat=True)))
    assert "Ewa" not in payloads
    assert "ewa@example.org" not in payloads


def test_names_and_addresses_go_when_the_case_ends(office):
    held = office.at(Stage.CONSULTATION)
    office.comment(held)
    withdraw_application(application=held, acting_user=acting(office.applicant))
    made = ConsultationComment.objects.get()
    assert (made.name, made.email, made.text) == ("", "", "Za mało godzin.")


def test_nobody_comments_after_the_last_day_or_leaves_a_field_empty(office):
    held = office.at(Stage.CONSULTATION)
    end_consultation(held)
    with pytest.raises(RuleBroken):
        office.comment(held)
    assert not ConsultationComment.objects.exists()


def test_a_comment_left_out_needs_a_reason_and_no_answer(office):
    held = office.at(Stage.CONSULTATION)
    made = office.comment(held)
    with pytest.raises(RuleBroken):
        moderate_comment(comment=made, publish=False, reason="", acting_user=acting(office.editor))
    moderate_comment(comment=made, publish=False, reason="Obraża", acting_user=acting(office.editor))
    with pytest.raises(RuleBroken):
        answer_comment(comment=made, answer="Nie", acting_user=acting(office.editor))
    office.close(held)


def test_the_decision_is_the_officers_and_never_of_the_one_who_checked(office):
    held = office.at(Stage.DECISION)
    for account in (office.editor, office.applicant, office.second):
        with pytest.raises(NotAllowed):
            decide_application(application=held, grant=True, reason="Tak", acting_user=acting(account))
    Membership.objects.create(
        account=office.editor, institution=office.officer.memberships.get().institution, role=Role.MINISTER_OFFICER
    )
    with pytest.raises(NotAllowed):
        decide_application(application=held, grant=True, reason="Tak", acting_user=acting(office.editor))
    with pytest.raises(RuleBroken):
        decide_application(application=held, grant=False, reason=" ", acting_user=acting(office.officer))
    decide_application(application=held, grant=False, reason="Za podobna", acting_user=acting(office.officer))
    held.refresh_from_db()
    assert (held.stage, held.due_on) == (Stage.REFUSED, None)


def test_drafts_are_the_institutions_own_and_the_rest_is_public(office):
    held = office.draft()
    other = make_staff(Role.AWARDING_OFFICER, make_unit(office.officer.memberships.get().institution))
    rows = RegisterApplication.objects
    assert rows.visible_to(acting(office.applicant).account).get() == held
    for account in (other, office.editor, office.officer):
        assert not rows.visible_to(acting(account).account).exists()
    with pytest.raises(NotAllowed):
        save_application(application=held, content=inclusion(), acting_user=acting(other))
    with pytest.raises(NotAllowed):
        begin_application(institution=office.body, kind=ApplicationKind.INCLUSION, acting_user=acting(other))
    office.send(held)
    assert rows.visible_to(make_account()).get() == held
    assert list(public_record(stage=Stage.FORMAL)) == [held]
    assert not public_record(kind=ApplicationKind.RIGHT)


def test_late_steps_are_marked_now_and_in_the_time_line(office):
    held = office.at(Stage.DECISION)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    RegisterApplication.objects.filter(pk=held.pk).update(due_on=yesterday)
    held.refresh_from_db()
    assert held.is_late
    office.grant(held)
    last = time_line(held, timezone.localdate)[-1]
    assert (last.kind, last.due, last.late) == ("granted", yesterday, True)
    assert not any(one.late for one in time_line(held, timezone.localdate)[:-1])


def test_the_desk_shows_each_what_waits_for_them(office):
    held = office.at(Stage.DECISION)
    assert list(waiting_for(acting(office.officer).account)) == [held]
    assert list(waiting_for(acting(office.editor).account)) == []
    office.grant(held)
    assert list(waiting_for(acting(office.officer).account)) == []
    assert list(waiting_for(acting(office.editor).account)) == [held]
