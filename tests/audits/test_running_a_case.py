"""Running a case: agreement, meetings, contacts, hand-over, the desk; who may, and what the history keeps."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.agreement import FIELDS, accept_agreement, write_agreement
from dorobek.audits.actions.contacts import log_contact, refer
from dorobek.audits.actions.hand_over import hand_over_case
from dorobek.audits.actions.meetings import cancel_meeting, hand_in_homework, hold_meeting, plan_meeting
from dorobek.audits.enums import Stage
from dorobek.audits.models import Meeting, SkillsAudit
from dorobek.kernel import history
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from tests.factories import acting, make_account, make_case, make_staff

pytestmark = pytest.mark.django_db


def agree(audit, **texts):
    values = {**dict.fromkeys(FIELDS, ""), "main_goal": "Nowa praca", **texts}
    return write_agreement(audit=audit, values=values, acting_user=acting(audit.adviser))


def meet(audit, hours=-2, **fields):
    given = {"kind": "talk", "minutes": 60, "place": "pok. 12", **fields}
    starts = timezone.now() + dt.timedelta(hours=hours)
    return plan_meeting(audit=audit, starts_at=starts, acting_user=acting(audit.adviser), **given)


def outsiders(audit):
    return (
        make_account(),
        make_staff(Role.ADVISER, audit.unit),
        make_staff(Role.COORDINATOR, audit.unit),
        make_staff(Role.UNIT_HEAD, audit.unit),
    )


def test_both_accept_and_research_begins():
    audit = make_case(stage=Stage.INITIAL)
    agreement = agree(audit)
    accept_agreement(audit=audit, read_version=agreement.version, acting_user=acting(audit.person.account))
    audit.refresh_from_db()
    agreement.refresh_from_db()
    assert agreement.accepted
    assert audit.stage == Stage.RESEARCH
    assert list(history.verify()) == []


def test_a_change_takes_the_acceptance_back():
    audit = make_case()
    read = agree(audit).version
    accept_agreement(audit=audit, read_version=read, acting_user=acting(audit.person.account))
    changed = agree(audit, rules="Punktualność")
    assert not changed.accepted


def test_an_older_reading_is_not_taken_for_acceptance_of_the_newer_text():
    audit = make_case()
    read = agree(audit).version
    agree(audit, rules="Punktualność")
    with pytest.raises(RuleBroken):
        accept_agreement(audit=audit, read_version=read, acting_user=acting(audit.person.account))


def test_two_advisers_changing_the_agreement_see_both_versions():
    audit = make_case()
    base = agree(audit).version
    agree(audit, rules="Punktualność")
    with pytest.raises(Conflict):
        write_agreement(
            audit=audit,
            values={**dict.fromkeys(FIELDS, ""), "main_goal": "Inna praca"},
            base_version=base,
            acting_user=acting(audit.adviser),
        )


def test_only_the_adviser_in_charge_runs_the_case():
    audit = make_case()
    meeting = meet(audit)
    for account in (*outsiders(audit), audit.person.account):
        me = acting(account)
        with pytest.raises(NotAllowed):
            write_agreement(audit=audit, values=dict.fromkeys(FIELDS, "x"), acting_user=me)
        with pytest.raises(NotAllowed):
            hold_meeting(audit=audit, meeting=meeting, minutes=60, done="x", acting_user=me)
        with pytest.raises(NotAllowed):
            log_contact(audit=audit, kind="contact", channel="phone", acting_user=me)
        with pytest.raises(NotAllowed):
            refer(audit=audit, need="x", directed_to="y", acting_user=me)


def test_a_meeting_is_planned_held_and_its_homework_handed_in():
    audit = make_case()
    meeting = meet(audit)
    held = hold_meeting(
        audit=audit,
        meeting=meeting,
        minutes=75,
        done="Karta i zasady",
        homework="Przynieść świadectwa",
        acting_user=acting(audit.adviser),
    )
    assert (held.state, held.homework_state) == ("held", "set")
    me = acting(audit.person.account)
    assert hand_in_homework(audit=audit, meeting=held, done=True, acting_user=me).homework_state == "handed-in"
    kinds = list(HistoryEntry.objects.filter(subject=meeting.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["meeting.planned", "meeting.held", "homework.answered"]


def test_what_has_not_begun_cannot_have_been_held():
    audit = make_case()
    with pytest.raises(RuleBroken):
        hold_meeting(audit=audit, meeting=meet(audit, hours=5), minutes=60, done="x", acting_user=acting(audit.adviser))


def test_a_cancelled_meeting_has_a_reason_and_stays_cancelled():
    audit = make_case()
    meeting = meet(audit, hours=5)
    me = acting(audit.adviser)
    with pytest.raises(RuleBroken):
        cancel_meeting(audit=audit, meeting=meeting, reason=" ", acting_user=me)
    cancel_meeting(audit=audit, meeting=meeting, reason="choroba", acting_user=me)
    with pytest.raises(RuleBroken):
        hold_meeting(audit=audit, meeting=meeting, minutes=60, done="x", acting_user=me)


def test_handing_over_for_good_closes_the_case_to_the_old_adviser(client):
    audit = make_case()
    old, new = audit.adviser, make_staff(Role.ADVISER, audit.unit, "Nowa Doradczyni")
    today = timezone.localdate()
    hand_over_case(audit=audit, to_adviser=new, for_good=True, starts_on=today, acting_user=acting(old))
    url = reverse("case", args=[audit.uid])
    client.force_login(old)
    assert client.get(url).status_code == 404
    client.force_login(new)
    assert client.get(url).status_code == 200


def test_a_case_is_never_handed_over_for_good_from_a_later_day():
    audit = make_case()
    new = make_staff(Role.ADVISER, audit.unit)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(RuleBroken) as refusal:
        hand_over_case(
            audit=audit, to_adviser=new, for_good=True, starts_on=tomorrow, acting_user=acting(audit.adviser)
        )
    assert refusal.value.field == "starts_on"
    assert SkillsAudit.objects.visible_to(audit.adviser).filter(pk=audit.pk).exists()


def test_a_substitute_holds_the_case_for_the_days_agreed():
    audit = make_case()
    substitute = make_staff(Role.ADVISER, audit.unit)
    today = timezone.localdate()
    hand_over_case(
        audit=audit,
        to_adviser=substitute,
        for_good=False,
        starts_on=today,
        ends_on=today + dt.timedelta(days=3),
        acting_user=acting(audit.adviser),
    )
    for account in (audit.adviser, substitute):
        assert SkillsAudit.objects.visible_to(acting(account).account).filter(pk=audit.pk).exists()
    audit.refresh_from_db()
    assert audit.adviser != substitute


def test_nobody_outside_the_institution_takes_a_case_over():
    audit, elsewhere = make_case(), make_case()
    with pytest.raises(RuleBroken):
        hand_over_case(
            audit=audit,
            to_adviser=elsewhere.adviser,
            for_good=True,
            starts_on=timezone.localdate(),
            acting_user=acting(audit.adviser),
        )


@pytest.mark.parametrize("name", ["desk", "cases", "calendar", "timesheet"])
def test_the_desk_shows_own_cases_and_nobody_elses(client, name):
    mine, other = make_case(), make_case()
    meet(mine, hours=-1)
    client.force_login(mine.adviser)
    page = client.get(reverse(name)).content.decode()
    assert other.number not in page
    client.force_login(mine.person.account)
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["case", "case-meetings", "case-agreement", "case-contacts", "case-history", "case-hand-over", "case-meeting-new"],
)
def test_sheets_of_a_case_by_role(client, name):
    audit = make_case()
    meet(audit)
    agree(audit)
    url = reverse(name, args=[audit.uid])
    client.force_login(audit.adviser)
    assert client.get(url).status_code == 200
    client.force_login(make_staff(Role.COORDINATOR, audit.unit))
    assert client.get(url).status_code == 200
    for account in (make_account(), make_staff(Role.UNIT_HEAD, audit.unit), audit.person.account):
        client.force_login(account)
        assert client.get(url).status_code == 404


def test_the_unit_head_sees_numbers_and_no_name(client):
    audit = make_case()
    client.force_login(make_staff(Role.UNIT_HEAD, audit.unit))
    page = client.get(reverse("figures")).content.decode()
    assert audit.person.family_name not in page
    assert audit.programme_version.programme.name in page
    assert client.get(reverse("desk")).status_code == 404


def test_assisted_mode_opens_the_participants_screens_on_record(client):
    audit = make_case()
    client.force_login(audit.adviser)
    home = reverse("own-home", args=[audit.uid])
    assert client.get(home).status_code == 404
    client.post(reverse("case-assist", args=[audit.uid]))
    assert client.get(home).status_code == 200
    assert HistoryEntry.objects.filter(kind="assisted.started").count() == 1
    client.post(reverse("case-assist", args=[audit.uid]), {"stop": ""})
    assert client.get(home).status_code == 404


def test_a_meeting_is_arranged_and_described_on_the_screens(client):
    audit = make_case()
    client.force_login(audit.adviser)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    typed = {"kind": "talk", "day": f"{yesterday:%d.%m.%Y}", "clock": "10:15", "minutes": "60", "place": "pok. 12"}
    assert client.post(reverse("case-meeting-new", args=[audit.uid]), typed).status_code == 302
    meeting = Meeting.objects.get()
    url = reverse("case-meeting-hold", args=[audit.uid, meeting.uid])
    assert client.post(url, {"minutes": "70", "done": "Karta"}).status_code == 302
    client.force_login(audit.person.account)
    assert "Karta" in client.get(reverse("own-meetings", args=[audit.uid])).content.decode()
    calendar = client.get(reverse("own-calendar", args=[audit.uid, meeting.uid]))
    assert calendar["Content-Type"].startswith("text/calendar")


def test_the_desk_costs_the_same_for_two_cases_and_for_forty(client, django_assert_max_num_queries):
    audit = make_case()
    for _n in range(40):
        make_case(audit.adviser, version=audit.programme_version)
    client.force_login(audit.adviser)
    client.get(reverse("desk"))
    for name in ("desk", "cases"):
        with django_assert_max_num_queries(15):
            client.get(reverse(name))
