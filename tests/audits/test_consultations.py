"""A specialist is asked only when the participant agrees, sees the question and nothing else, and answers (SA-11)."""

import pytest
from django.urls import reverse

from dorobek.audits.actions.case import refresh
from dorobek.audits.actions.consultations import (
    answer_proposal,
    give_opinion,
    propose_consultation,
    withdraw_consultation,
)
from dorobek.audits.enums import Mover
from dorobek.audits.models import Agreement, Consultation, SkillsAudit
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import Account
from tests.factories import acting, make_case, make_competence, make_episode, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit() -> SkillsAudit:
    return make_case()


@pytest.fixture
def specialist(audit) -> Account:
    return make_staff(Role.SPECIALIST, audit.unit, "Irena Psycholog")


def proposed(audit: SkillsAudit, specialist: Account | None = None, **given: str) -> Consultation:
    fields = {"speciality": "psycholog", "question": "Czy lęk przed tłumem da się oswoić?", **given}
    return propose_consultation(audit=audit, specialist=specialist, acting_user=acting(audit.adviser), **fields)


def agreed(held: Consultation, yes: bool = True) -> Consultation:
    return answer_proposal(consultation=held, agreed=yes, acting_user=acting(held.person.account))


def test_before_the_participant_agrees_the_specialist_sees_nothing(audit, specialist, client):
    held = proposed(audit, specialist)
    client.force_login(specialist)
    assert audit.person.name not in client.get(reverse("consultations")).content.decode()
    assert client.get(reverse("consultation", args=[held.uid])).status_code == 404
    assert not Consultation.objects.visible_to(specialist).exists()


def test_after_it_the_specialist_sees_the_question_and_marked_competences_only(audit, specialist, client):
    make_competence(audit, "Rozmawia z trudnym klientem", for_analysis=True)
    make_competence(audit, "Układa grafik")
    make_episode(audit)
    held = agreed(proposed(audit, specialist))
    client.force_login(specialist)
    page = client.get(reverse("consultation", args=[held.uid])).content.decode()
    assert "Czy lęk przed tłumem" in page
    assert "trudnym klientem" in page
    assert "Układa grafik" not in page
    for name in ("case", "case-competences", "case-history", "case-consultations"):
        assert client.get(reverse(name, args=[audit.uid])).status_code == 404
    assert client.get(f"/api/cases/{audit.uid}/competences").status_code == 404


def test_an_opinion_closes_the_case_to_the_specialist_again(audit, specialist, client):
    held = agreed(proposed(audit, specialist))
    give_opinion(consultation=held, opinion="Tak, stopniowo.", acting_user=acting(specialist))
    assert not Consultation.objects.visible_to(specialist).exists()
    with pytest.raises(NotAllowed):
        give_opinion(consultation=held, opinion="Jeszcze coś", acting_user=acting(specialist))
    client.force_login(audit.adviser)
    assert "Tak, stopniowo." in client.get(reverse("case-consultations", args=[audit.uid])).content.decode()


def test_another_question_keeps_the_way_open(audit, specialist):
    first, second = agreed(proposed(audit, specialist)), agreed(proposed(audit, specialist, question="A drugie?"))
    give_opinion(consultation=first, opinion="Tak.", acting_user=acting(specialist))
    give_opinion(consultation=second, opinion="Też tak.", acting_user=acting(specialist))
    assert not Consultation.objects.visible_to(specialist).exists()


def test_a_refusal_is_respected_and_the_move_goes_on(audit, specialist):
    Agreement.objects.create(audit=audit, person=audit.person, case_uid=audit.uid, main_goal="Nowa praca")
    held = agreed(proposed(audit, specialist), yes=False)
    assert held.state == "declined"
    with pytest.raises(NotAllowed):
        give_opinion(consultation=held, opinion="x", acting_user=acting(specialist))
    with pytest.raises(RuleBroken):
        agreed(held)


def test_the_next_move_is_the_participants_then_the_specialists(audit, specialist):
    from dorobek.audits.rules.next_move import CaseFacts, next_move

    whole = {
        "stage": "research", "variant": "in-depth", "talk_held": True, "agreement_written": True,
        "agreement_adviser": True, "agreement_participant": True,
    }  # fmt: skip
    move = next_move(CaseFacts(**whole, consultations_proposed=1, consultations_open=1))
    assert (move.mover, move.code) == (Mover.PARTICIPANT, "answer-consultation")
    assert next_move(CaseFacts(**whole, consultations_open=1)).mover == Mover.SPECIALIST
    proposed(audit, specialist)
    assert refresh(audit).pk == audit.pk


def test_an_opinion_from_outside_is_entered_by_the_adviser(audit, specialist):
    held = agreed(proposed(audit, specialist_name="Poradnia Zdrowia"))
    with pytest.raises(NotAllowed):
        give_opinion(consultation=held, opinion="x", acting_user=acting(specialist))
    with pytest.raises(RuleBroken):
        give_opinion(consultation=held, opinion="  ", acting_user=acting(audit.adviser))
    assert give_opinion(consultation=held, opinion="Zalecono…", acting_user=acting(audit.adviser)).state == "answered"


def test_an_adviser_does_not_answer_for_a_specialist_who_is_here(audit, specialist):
    held = agreed(proposed(audit, specialist))
    with pytest.raises(NotAllowed):
        give_opinion(consultation=held, opinion="x", acting_user=acting(audit.adviser))


def test_only_the_adviser_in_charge_proposes_and_withdraws(audit, specialist):
    other = make_staff(Role.ADVISER, audit.unit)
    with pytest.raises(NotAllowed):
        propose_consultation(audit=audit, speciality="x", question="y", acting_user=acting(other))
    held = agreed(proposed(audit, specialist))
    with pytest.raises(NotAllowed):
        withdraw_consultation(consultation=held, acting_user=acting(other))
    withdraw_consultation(consultation=held, acting_user=acting(audit.adviser))
    assert not Consultation.objects.visible_to(specialist).exists()
    with pytest.raises(RuleBroken):
        withdraw_consultation(consultation=held, acting_user=acting(audit.adviser))


def test_a_specialist_of_another_institution_cannot_be_asked(audit):
    stranger = make_staff(Role.SPECIALIST, make_unit(make_institution()))
    with pytest.raises(RuleBroken) as refusal:
        proposed(audit, stranger)
    assert refusal.value.field == "specialist"


def test_the_history_tells_all_of_it(audit, specialist):
    held = agreed(proposed(audit, specialist))
    give_opinion(consultation=held, opinion="Tak.", acting_user=acting(specialist))
    kinds = list(HistoryEntry.objects.filter(stream=audit.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "consultation.proposed", "consultation.agreed", "access.granted", "consultation.answered", "access.ended",
    ]  # fmt: skip


def test_all_of_it_on_the_screens(audit, specialist, client):
    client.force_login(audit.adviser)
    sent = {"speciality": "psycholog", "specialist": str(specialist.pk), "question": "Czy da się?"}
    assert client.post(reverse("case-consultations", args=[audit.uid]), {**sent, "question": ""}).status_code == 200
    assert client.post(reverse("case-consultations", args=[audit.uid]), sent).status_code == 302
    held = Consultation.objects.get()
    client.force_login(audit.person.account)
    assert client.get(reverse("own-consultations", args=[audit.uid])).status_code == 302
    own = reverse("own-consultation", args=[audit.uid, held.uid])
    assert "Czy da się?" in client.get(own).content.decode()
    assert client.post(own, {}).status_code == 200
    assert client.post(own, {"agreed": "tak"}).status_code == 302
    client.force_login(specialist)
    page = reverse("consultation", args=[held.uid])
    assert client.post(page, {"opinion": ""}).status_code == 200
    assert client.post(page, {"opinion": "Da się."}).status_code == 302
    held.refresh_from_db()
    assert held.opinion == "Da się."
    client.force_login(audit.person.account)
    assert "Da się." in client.get(reverse("own-consultations", args=[audit.uid])).content.decode()
