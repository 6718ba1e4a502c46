"""The participant's word on a competence: what it changes, what it leaves in the history, who may give it."""

import pytest

from dorobek.kernel import history
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.people.enums import Role
from dorobek.portfolio import actions
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.models import Evidence, EvidenceLink, EvidenceRating
from tests.factories import acting, make_account, make_case, make_competence, make_person, make_staff

pytestmark = pytest.mark.django_db


def rated_evidence(competence, **marks):
    evidence = Evidence.objects.create(
        person=competence.person, case_uid=competence.case_uid, kind="file", title="Świadectwo pracy"
    )
    EvidenceLink.objects.create(evidence=evidence, competence=competence)
    given = {"validity": "yes", "currency": "yes", "sufficiency": "yes", "authenticity": "yes", **marks}
    EvidenceRating.objects.create(evidence=evidence, reason="widziałam oryginał", **given)
    return evidence


def test_the_participant_confirms_and_the_history_says_so():
    competence = make_competence(make_case())
    me = competence.person.account
    confirmed = actions.confirm_competence(competence=competence, acting_user=acting(me))
    assert confirmed.state == CompetenceState.CONFIRMED
    assert confirmed.answered_at is not None
    entry = HistoryEntry.objects.get(stream=competence.case_uid, kind="competence.confirmed")
    assert entry.actor_id == me.pk
    assert entry.subject == competence.uid
    assert entry.payload.data["state"] == ["claimed", "confirmed"]
    assert Event.objects.filter(kind="CaseChanged").count() == 1
    assert list(history.verify()) == []


def test_an_adviser_confirms_only_in_assisted_mode_and_it_is_on_record():
    audit = make_case()
    competence = make_competence(audit)
    with pytest.raises(NotAllowed):
        actions.confirm_competence(competence=competence, acting_user=acting(audit.adviser))
    confirmed = actions.confirm_competence(
        competence=competence, acting_user=acting(audit.adviser, on_behalf_of=audit.person)
    )
    assert confirmed.answered_assisted_by == audit.adviser
    assert HistoryEntry.objects.get(kind="competence.confirmed").on_behalf_of == audit.person.uid


def test_strangers_coordinators_and_other_participants_may_not_answer():
    audit = make_case()
    competence = make_competence(audit)
    coordinator = make_staff(Role.COORDINATOR, audit.unit)
    for account in (make_account(), coordinator, make_person("Inna Osoba").account):
        for behalf in (None, audit.person):
            with pytest.raises(NotAllowed):
                actions.confirm_competence(competence=competence, acting_user=acting(account, behalf))
    assert HistoryEntry.objects.count() == 0


def test_evidence_rated_well_makes_a_confirmed_competence_a_supported_one():
    competence = make_competence(make_case())
    rated_evidence(competence)
    me = acting(competence.person.account)
    assert actions.confirm_competence(competence=competence, acting_user=me).state == CompetenceState.SUPPORTED


def test_evidence_answered_with_a_no_does_not_support():
    competence = make_competence(make_case())
    rated_evidence(competence, authenticity="no")
    me = acting(competence.person.account)
    assert actions.confirm_competence(competence=competence, acting_user=me).state == CompetenceState.CONFIRMED


def test_a_dispute_keeps_both_versions_and_needs_a_reason():
    competence = make_competence(make_case())
    me = acting(competence.person.account)
    with pytest.raises(RuleBroken) as refusal:
        actions.dispute_competence(competence=competence, comment="  ", acting_user=me)
    assert refusal.value.field == "comment"
    disputed = actions.dispute_competence(competence=competence, comment="Księgi nie prowadziłam.", acting_user=me)
    assert disputed.state == CompetenceState.DISPUTED
    assert disputed.wording == competence.wording
    assert disputed.comment == "Księgi nie prowadziłam."


def test_rewording_leaves_the_advisers_words_beside():
    competence = make_competence(make_case())
    me = acting(competence.person.account)
    reworded = actions.reword_competence(competence=competence, wording="Liczę  utarg", acting_user=me)
    assert reworded.wording == reworded.participant_wording == "Liczę utarg"
    assert reworded.adviser_wording == "Rozlicza kasę na koniec zmiany"
    assert reworded.state == CompetenceState.CONFIRMED


def test_an_answer_to_an_older_wording_is_not_taken_for_an_answer_to_the_new_one():
    audit = make_case()
    competence = make_competence(audit)
    read = competence.version
    actions.agree_wording(competence=competence, wording="Rozlicza kasę i sejf", acting_user=acting(audit.adviser))
    me = acting(competence.person.account)
    with pytest.raises(RuleBroken):
        actions.confirm_competence(competence=competence, base_version=read, acting_user=me)
    with pytest.raises(Conflict) as conflict:
        actions.reword_competence(competence=competence, wording="Liczę utarg", base_version=read, acting_user=me)
    assert conflict.value.theirs["wording"] == "Rozlicza kasę i sejf"
    assert conflict.value.yours["wording"] == "Liczę utarg"


def test_what_a_commission_judged_stays_as_judged():
    competence = make_competence(make_case(), state=CompetenceState.VALIDATED)
    with pytest.raises(RuleBroken):
        actions.dispute_competence(
            competence=competence, comment="Zmieniam zdanie", acting_user=acting(competence.person.account)
        )


def test_asking_about_many_competences_is_one_history_entry():
    audit = make_case()
    competences = [make_competence(audit, f"Umie rzecz {n}", asked_at=None) for n in range(3)]
    count = actions.ask_about_competences(
        case_uid=audit.uid, competences=competences, acting_user=acting(audit.adviser)
    )
    assert count == 3
    assert HistoryEntry.objects.filter(kind="competences.asked").count() == 1
