"""Two people, or two tabs, change different fields of one thing: nobody is asked, and both changes stand."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions import episodes
from dorobek.audits.actions.card import add_life_event, change_life_event
from dorobek.audits.actions.competences import change_competence
from dorobek.audits.actions.synthesis import write_synthesis
from dorobek.audits.models import SkillsAudit
from dorobek.audits.person_data import erase_person
from dorobek.kernel import edits
from dorobek.kernel.errors import Conflict
from dorobek.kernel.models import RowEdit
from dorobek.plans.actions import write_goal
from dorobek.plans.actions.plan import plan_of
from dorobek.portfolio.actions.answers import dispute_competence, reword_competence
from dorobek.portfolio.models import Evidence
from tests.factories import acting, make_case, make_competence
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit() -> SkillsAudit:
    return make_case()


def story(audit: SkillsAudit, **told: str) -> Any:
    me = acting(audit.adviser)
    return episodes.add_episode(audit=audit, part="work", title="Różnica 340 zł", told=told, acting_user=me)


def test_a_story_form_that_sends_every_field_changes_only_those_its_writer_touched(audit):
    episode = story(audit, situation="Wigilia.", action="Liczyła.")
    sent = {"title": "Różnica 340 zł", "situation": "Wigilia.", "action": "Liczyła."}
    mine, theirs = ({**sent, "situation": "Wigilia, sama na kasie."}, {**sent, "action": "Liczyła dwa razy."})
    for values, account in ((theirs, audit.adviser), (mine, audit.person.account)):
        episodes.change_episode(episode=episode, values=values, base_version=1, acting_user=acting(account))
    episode.refresh_from_db()
    assert (episode.situation, episode.action) == ("Wigilia, sama na kasie.", "Liczyła dwa razy.")


def test_a_conflict_tells_who_wrote_the_other_version_and_when(audit):
    episode = story(audit, action="Liczyła.")
    begun = timezone.now()
    adviser, me = acting(audit.adviser), acting(audit.person.account)
    episodes.change_episode(episode=episode, values={"action": "Dwa razy."}, base_version=1, acting_user=adviser)
    episodes.change_episode(episode=episode, values={"task": "Kasa."}, base_version=2, acting_user=me)
    with pytest.raises(Conflict) as clash:
        episodes.change_episode(episode=episode, values={"action": "Trzy."}, base_version=1, acting_user=me)
    assert clash.value.author == str(audit.adviser)
    assert clash.value.at is not None
    assert begun <= clash.value.at <= timezone.now()


def test_the_page_of_a_conflict_names_the_other_writer_and_already_holds_their_other_changes(audit):
    episode = story(audit, situation="Wigilia.", action="Liczyła.")
    changed = {"action": "Dwa razy.", "situation": "Wigilia wieczorem."}
    episodes.change_episode(episode=episode, values=changed, base_version=1, acting_user=acting(audit.person.account))
    client = signed_in_client(audit.adviser)
    address = reverse("case-episode", args=[audit.uid, episode.uid])
    sent = {"title": episode.title, "part": "work", "situation": "Wigilia.", "action": "Trzy.", "base_version": "1"}
    page = client.post(address, sent)
    assert page.context["form"].conflict.theirs == {"action": "Dwa razy."}
    assert str(audit.person.account) in page.content.decode()
    again = {bound.html_name: bound.value() or "" for bound in page.context["form"] if bound.name != "evidence"}
    assert again["situation"] == "Wigilia wieczorem."
    settled = {**again, "base_version": "1", "_conflict": "2", "_choice.action": "mine"}
    assert client.post(address, settled).status_code == 302
    episode.refresh_from_db()
    assert (episode.situation, episode.action) == ("Wigilia wieczorem.", "Trzy.")


def test_evidence_ticked_by_one_and_words_written_by_another_are_both_kept(audit):
    episode = story(audit)
    piece = Evidence.objects.create(person=audit.person, case_uid=audit.uid, kind="file", title="Świadectwo")
    me, adviser = acting(audit.person.account), acting(audit.adviser)
    episodes.change_episode(episode=episode, values={"evidence": [piece]}, base_version=1, acting_user=me)
    stale = {"evidence": [], "task": "Rozliczyć kasę."}
    episodes.change_episode(episode=episode, values=stale, base_version=1, acting_user=adviser)
    episode.refresh_from_db()
    assert list(episode.evidence.all()) == [piece]
    assert episode.task == "Rozliczyć kasę."


def card_entry(audit: SkillsAudit, **values: Any) -> Any:
    given = {"title": "kasjerka", "starts": "2009", "ends": "2012", **values}
    return add_life_event(audit=audit, kind="job", values=given, acting_user=acting(audit.adviser))


def test_a_card_entry_joins_fields_and_further_fields_but_not_half_a_period(audit):
    event = card_entry(audit, details={"working-time": "pełny", "role": "kasa"})
    adviser, me = acting(audit.adviser), acting(audit.person.account)
    theirs = {"duties": "Kasa i sejf.", "details": {"working-time": "pół etatu", "role": "kasa"}}
    change_life_event(event=event, values=theirs, base_version=1, acting_user=adviser)
    mine = {"duties": "", "place": "Olsztyn", "details": {"working-time": "pełny", "role": "sejf", "level": "B1"}}
    saved = change_life_event(event=event, values=mine, base_version=1, acting_user=me)
    assert (saved.duties, saved.place) == ("Kasa i sejf.", "Olsztyn")
    assert saved.details == {"working-time": "pół etatu", "role": "sejf", "level": "B1"}
    change_life_event(event=saved, values={"starts": "2010"}, base_version=saved.version, acting_user=adviser)
    with pytest.raises(Conflict) as clash:
        change_life_event(event=saved, values={"ends": "2013"}, base_version=saved.version, acting_user=me)
    assert clash.value.theirs.keys() == clash.value.yours.keys() == {"ends"}


def test_a_goal_joins_the_date_of_one_with_the_words_and_competences_of_the_other(audit):
    plan = plan_of(audit.person, audit.uid, acting(audit.person.account))
    me, adviser = acting(audit.person.account), acting(audit.adviser)
    common = {"plan": plan, "kind": "main", "subject": "learning", "wording": "Do maja zdam egzamin"}
    goal, competence = write_goal(acting_user=me, **common), make_competence(audit)
    stale = {**common, "goal": goal, "base_version": 1}
    write_goal(acting_user=adviser, **stale, competences=[competence], measure="Dyplom")
    write_goal(acting_user=me, **stale, due_on=dt.date(2027, 5, 1))
    goal.refresh_from_db()
    assert (goal.measure, goal.due_on) == ("Dyplom", dt.date(2027, 5, 1))
    assert list(goal.competences.all()) == [competence]


def test_two_forms_opened_on_a_synthesis_nobody_began_are_joined(audit):
    blank = {"picture": "", "strengths": "", "missing": "", "conclusions": ""}
    for name in ("picture", "strengths"):
        sent = {**blank, name: f"słowa o {name}", "base_version": 0}
        saved = write_synthesis(audit=audit, acting_user=acting(audit.adviser), **sent)
    assert (saved.picture, saved.strengths) == ("słowa o picture", "słowa o strengths")


def test_a_mark_of_the_adviser_and_the_participants_own_words_do_not_meet(audit):
    competence = make_competence(audit)
    told, base = competence.wording, competence.version
    reword_competence(competence=competence, wording="Liczę utarg", acting_user=acting(audit.person.account))
    given = {"kind": competence.kind, "wording": told, "for_analysis": True, "worth_developing": False}
    change_competence(audit=audit, competence=competence, acting_user=acting(audit.adviser), base_version=base, **given)
    competence.refresh_from_db()
    assert (competence.wording, competence.for_analysis) == ("Liczę utarg", True)


def test_nobody_disputes_words_they_have_not_read(audit):
    competence = make_competence(audit)
    given = {"kind": competence.kind, "wording": "Inne słowa", "for_analysis": False, "worth_developing": False}
    change_competence(audit=audit, competence=competence, acting_user=acting(audit.adviser), base_version=1, **given)
    with pytest.raises(Conflict):
        dispute_competence(
            competence=competence, comment="To nie tak.", base_version=1, acting_user=acting(audit.person.account)
        )


def test_the_api_answers_409_only_for_what_both_changed_and_lists_it(audit):
    episode = story(audit, action="Liczyła.", task="Kasa.")
    client: Client = signed_in_client(audit.adviser)
    address = f"/api/cases/{audit.uid}/episodes/{episode.uid}"

    def patch(**body: Any) -> Any:
        return client.patch(address, {**body, "base_version": 1}, content_type="application/json")

    assert patch(action="Dwa razy.", situation="Wigilia.").status_code == 200
    assert patch(task="Kasa i sejf.").status_code == 200
    answer = patch(action="Trzy razy.", result="Zgadza się.", situation="")
    assert answer.status_code == 409
    assert answer.json()["theirs"] == {"action": "Dwa razy."}
    assert answer.json()["yours"] == {"action": "Trzy razy."}
    assert answer.json()["kept"] == {"situation": "Wigilia."}
    assert answer.json()["author"] == str(audit.adviser)
    episode.refresh_from_db()
    assert episode.result == ""  # nothing half-written


def test_a_base_that_is_no_longer_known_asks_about_every_field(audit):
    episode = story(audit)
    adviser = acting(audit.adviser)
    episodes.change_episode(episode=episode, values={"task": "Kasa."}, base_version=1, acting_user=adviser)
    edits.sweep(timezone.now() + dt.timedelta(seconds=1))
    with pytest.raises(Conflict):
        episodes.change_episode(episode=episode, values={"result": "Zgodne."}, base_version=1, acting_user=adviser)


def test_no_words_are_kept_beside_a_row_and_erasure_takes_the_digests_too(audit):
    episode = story(audit, action="Sekretne słowa.")
    adviser = acting(audit.adviser)
    episodes.change_episode(episode=episode, values={"action": "Inne."}, base_version=1, acting_user=adviser)
    assert "Sekretne" not in str(list(RowEdit.objects.values()))
    assert RowEdit.objects.filter(subject=episode.uid).exists()
    erase_person(person=audit.person, acting_user=None)
    assert not RowEdit.objects.filter(subject=episode.uid).exists()
