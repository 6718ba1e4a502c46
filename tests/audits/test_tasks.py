"""The participant's task list follows the facts of the case."""

import itertools

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.actions.case import refresh
from dorobek.audits.enums import Variant
from dorobek.audits.rules.next_move import CaseFacts
from dorobek.audits.rules.tasks import DONE, LOCKED, NOW, TODO, WAITING, task_list
from tests.factories import make_account, make_case, make_competence

counts = st.integers(0, 5)
facts = st.builds(
    CaseFacts,
    stage=st.sampled_from(["talk", "initial", "research", "summary", "finished"]),
    variant=st.sampled_from(Variant.values),
    card_sections_missing=counts,
    talk_held=st.booleans(),
    agreement_adviser=st.booleans(),
    agreement_participant=st.booleans(),
    answers=counts,
    episodes=counts,
    competences=counts,
    competences_waiting=counts,
    goals=counts,
    documents_missing=counts,
    documents_to_accept=counts,
)


@given(facts, counts, counts, counts)
def test_any_case_has_a_list_of_known_states_with_reasons(case, events, evidence, confirmed):
    sections = task_list(case, life_events=events, evidence=evidence, confirmed=confirmed)
    tasks = list(itertools.chain.from_iterable(section.tasks for section in sections))
    assert {task.state for task in tasks} <= {DONE, NOW, TODO, WAITING, LOCKED}
    assert all(task.note for task in tasks if task.state in (WAITING, LOCKED))
    assert len({task.page for task in tasks}) == len(tasks)


def test_the_basic_variant_has_the_shorter_list():
    basic = task_list(CaseFacts("initial", Variant.BASIC), life_events=0, evidence=0, confirmed=0)
    in_depth = task_list(CaseFacts("research", Variant.IN_DEPTH), life_events=0, evidence=0, confirmed=0)
    assert sum(len(s.tasks) for s in basic) < sum(len(s.tasks) for s in in_depth)


@pytest.mark.django_db
def test_home_names_the_one_thing_to_do_now(client):
    audit = make_case()
    audit.mover, audit.move, audit.move_count = "participant", "confirm-competences", 2
    audit.save()
    make_competence(audit)
    client.force_login(audit.person.account)
    page = client.get(reverse("own-home", args=[audit.uid])).content.decode().replace("\xa0", " ")
    assert "potwierdzić kompetencje: 2" in page
    assert reverse("own-competences", args=[audit.uid]) in page


@pytest.mark.django_db
def test_home_is_the_participants_alone(client):
    audit = refresh(make_case())
    url = reverse("own-home", args=[audit.uid])
    for account in (make_account(), audit.adviser):
        client.force_login(account)
        assert client.get(url).status_code == 404
    client.force_login(audit.person.account)
    assert client.get("/", follow=True).redirect_chain[-1][0] == url
