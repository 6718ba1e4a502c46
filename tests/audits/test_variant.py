"""The choice of a variant, the basic path, and how a case ends, breaks off and goes on."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.actions.closing import finish_audit, interrupt_audit, reopen_audit
from dorobek.audits.actions.direction import write_direction
from dorobek.audits.actions.variant import choose_variant
from dorobek.audits.enums import OPEN_STAGES, Stage, Variant
from dorobek.audits.models import HandedDocument, LifeEvent, Meeting
from dorobek.audits.rules import stages
from dorobek.audits.rules.sections import required_documents
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from tests.factories import acting, make_account, make_case, make_person, make_staff

DIRECTION = {
    "present_work": "Kasa i towar w małym sklepie.",
    "wished_training": "Kurs obsługi arkusza kalkulacyjnego.",
    "usefulness": "Zamówienia i grafiki robi się u nas na komputerze.",
    "direction": "Zastępczyni kierowniczki sklepu.",
    "next_steps": "Zapis na kurs do końca lutego.",
}


def talked(**fields):
    audit = make_case(**{"stage": Stage.TALK, "variant": Variant.UNDECIDED, **fields})
    Meeting.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, institution=audit.institution, adviser=audit.adviser,
        kind="talk", state="held", starts_at=timezone.now(), minutes=60, place="Biblioteka",
    )  # fmt: skip
    return audit


def hand_over(audit, *, accepted=True):
    for kind in required_documents(audit.rules, audit.variant):
        HandedDocument.objects.create(
            audit=audit, person=audit.person, case_uid=audit.uid, kind=kind, language="pl", number=1,
            content_sha256="0" * 64, handed_at=timezone.now(), accepted_at=timezone.now() if accepted else None,
        )  # fmt: skip


@given(st.sampled_from(Stage.values), st.sampled_from(Stage.values))
def test_a_stage_is_reached_by_the_table_or_not_at_all(now, then):
    if stages.may_follow(now, then):
        assert stages.checked_stage(now, then) == then
    else:
        with pytest.raises(RuleBroken):
            stages.checked_stage(now, then)


def test_every_open_stage_can_be_interrupted_and_only_the_summary_finishes():
    for stage in OPEN_STAGES:
        assert stages.may_follow(stage, Stage.INTERRUPTED)
        assert stages.may_follow(stage, Stage.FINISHED) == (stage == Stage.SUMMARY)


@pytest.mark.django_db
def test_the_participant_chooses_after_the_talk_and_not_before():
    early = make_case(stage=Stage.TALK, variant=Variant.UNDECIDED)
    with pytest.raises(RuleBroken):
        choose_variant(audit=early, variant="basic", acting_user=acting(early.person.account))
    audit = talked()
    chosen = choose_variant(audit=audit, variant="basic", acting_user=acting(audit.person.account))
    assert (chosen.variant, chosen.stage) == ("basic", "initial")
    assert HistoryEntry.objects.get(kind="variant.chosen").payload.data["variant"] == ["undecided", "basic"]


@pytest.mark.django_db
def test_the_adviser_chooses_only_on_the_participants_behalf():
    audit = talked()
    coordinator = make_staff(Role.COORDINATOR, audit.unit)
    for who in (
        acting(audit.adviser),
        acting(coordinator),
        acting(coordinator, audit.person),
        acting(make_account()),
        acting(make_person("Inna Osoba").account),
    ):
        with pytest.raises(NotAllowed):
            choose_variant(audit=audit, variant="basic", acting_user=who)
    choose_variant(audit=audit, variant="basic", acting_user=acting(audit.adviser, audit.person))
    assert HistoryEntry.objects.get(kind="variant.chosen").on_behalf_of == audit.person.uid


@pytest.mark.django_db
def test_an_unknown_variant_and_a_stale_choice_are_refused():
    audit = talked()
    me = acting(audit.person.account)
    with pytest.raises(RuleBroken):
        choose_variant(audit=audit, variant="super", acting_user=me)
    read = audit.version
    choose_variant(audit=audit, variant="in-depth", acting_user=me)
    with pytest.raises(Conflict):
        choose_variant(audit=audit, variant="basic", acting_user=me, base_version=read)


@pytest.mark.django_db
def test_from_basic_to_in_depth_everything_is_kept():
    audit = talked(variant=Variant.BASIC, stage=Stage.INITIAL)
    row = write_direction(audit=audit, values=DIRECTION, acting_user=acting(audit.adviser))
    LifeEvent.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, kind="job", area="work", title="kasjerka"
    )
    audit.refresh_from_db()
    assert audit.stage == Stage.SUMMARY
    moved = choose_variant(audit=audit, variant="in-depth", acting_user=acting(audit.person.account))
    assert (moved.variant, moved.stage, moved.move) == ("in-depth", "initial", "fill-card")
    row.refresh_from_db()
    assert row.direction == DIRECTION["direction"]
    assert LifeEvent.objects.count() == 1


@pytest.mark.django_db
def test_research_is_not_turned_back_into_a_basic_audit():
    audit = talked(variant=Variant.IN_DEPTH, stage=Stage.RESEARCH)
    with pytest.raises(RuleBroken):
        choose_variant(audit=audit, variant="basic", acting_user=acting(audit.person.account))


@pytest.mark.django_db
def test_the_basic_path_from_the_talk_to_its_end():
    audit = talked()
    choose_variant(audit=audit, variant="basic", acting_user=acting(audit.person.account))
    lead = acting(audit.adviser)
    with pytest.raises(RuleBroken):
        finish_audit(audit=audit, acting_user=lead)
    write_direction(audit=audit, values=DIRECTION, acting_user=lead, base_version=0)
    audit.refresh_from_db()
    with pytest.raises(RuleBroken) as refusal:
        finish_audit(audit=audit, acting_user=lead)
    assert "dokumenty" in refusal.value.message
    audit.refresh_from_db()
    hand_over(audit)
    ended = finish_audit(audit=audit, acting_user=lead)
    assert (ended.stage, ended.mover, ended.finished_on) == ("finished", "nobody", timezone.localdate())
    with pytest.raises(RuleBroken):
        write_direction(audit=ended, values={"direction": "Inaczej"}, acting_user=lead)


@pytest.mark.django_db
def test_a_direction_taken_back_brings_the_case_back_and_a_stale_one_conflicts():
    audit = talked(variant=Variant.BASIC, stage=Stage.INITIAL)
    lead = acting(audit.adviser)
    row = write_direction(audit=audit, values=DIRECTION, acting_user=lead, base_version=0)
    audit.refresh_from_db()
    write_direction(audit=audit, values={"direction": ""}, acting_user=lead, base_version=row.version)
    audit.refresh_from_db()
    assert audit.stage == Stage.INITIAL
    with pytest.raises(Conflict):
        write_direction(audit=audit, values={"direction": "Kierowniczka"}, acting_user=lead, base_version=row.version)
    for who in (audit.person.account, make_account(), make_staff(Role.COORDINATOR, audit.unit)):
        with pytest.raises(NotAllowed):
            write_direction(audit=audit, values=DIRECTION, acting_user=acting(who))


@pytest.mark.django_db
def test_documents_that_are_not_accepted_need_the_reason_noted():
    audit = talked(variant=Variant.IN_DEPTH, stage=Stage.SUMMARY)
    hand_over(audit, accepted=False)
    lead = acting(audit.adviser)
    with pytest.raises(RuleBroken) as refusal:
        finish_audit(audit=audit, acting_user=lead)
    assert refusal.value.field == "refusal_reason"
    finish_audit(audit=audit, acting_user=lead, refusal_reason="Nie odbiera telefonu od dwóch miesięcy")
    assert "telefonu" in HistoryEntry.objects.get(kind="case.finished").payload.data["refusal"]


@pytest.mark.django_db
def test_interrupting_needs_a_reason_and_reopening_goes_on_where_it_stood():
    audit = talked(variant=Variant.BASIC, stage=Stage.INITIAL)
    lead = acting(audit.adviser)
    with pytest.raises(RuleBroken):
        interrupt_audit(audit=audit, reason=" ", acting_user=lead)
    write_direction(audit=audit, values=DIRECTION, acting_user=lead)
    ended = interrupt_audit(audit=audit, reason="Wyjazd za granicę", acting_user=lead)
    assert (ended.stage, ended.mover) == ("interrupted", "nobody")
    with pytest.raises(RuleBroken):
        reopen_audit(audit=audit, reason="", acting_user=lead)
    again = reopen_audit(audit=audit, reason="Wróciła", acting_user=lead)
    assert (again.stage, again.finished_on, again.interrupted_reason) == ("summary", None, "")
    with pytest.raises(RuleBroken):
        reopen_audit(audit=audit, reason="Jeszcze raz", acting_user=lead)
    for who in (audit.person.account, make_account(), make_staff(Role.COORDINATOR, audit.unit)):
        for action in (interrupt_audit, reopen_audit):
            with pytest.raises(NotAllowed):
                action(audit=audit, reason="x", acting_user=acting(who))
        with pytest.raises(NotAllowed):
            finish_audit(audit=audit, acting_user=acting(who))
