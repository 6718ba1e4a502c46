"""Stories in four steps: begun by either side, finished in pieces, nobody's words lost."""

import uuid

import pytest
from django.utils import timezone

from dorobek.audits.actions import biographical, episodes
from dorobek.audits.models import CompetenceSource, Episode, LifeEvent
from dorobek.audits.queries.interviews import behavioural_record, stories
from dorobek.kernel import history
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.portfolio.models import Evidence
from tests.factories import acting, make_account, make_case, make_competence, make_person, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    return make_case()


def begin(audit, title="Różnica 340 zł w wigilię", *, part="work", who=None, **more):
    user = who or acting(audit.adviser)
    return episodes.add_episode(audit=audit, part=part, title=title, acting_user=user, **more)


def evidence(audit, title="Świadectwo pracy", **fields):
    return Evidence.objects.create(person=audit.person, case_uid=audit.uid, kind="file", title=title, **fields)


def event(audit, title="kasjerka"):
    return LifeEvent.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, kind="job", area="work", title=title
    )


def test_a_story_is_begun_with_a_title_alone_and_finished_step_by_step(audit):
    episode = begin(audit)
    changed = episodes.change_episode(
        episode=episode,
        values={"situation": "Wigilia, ja sama na kasie.", "life_event": event(audit), "evidence": [evidence(audit)]},
        acting_user=acting(audit.person.account),
        base_version=episode.version,
    )
    assert changed.version == 2
    story = stories(audit.adviser, audit)[0]
    assert story.missing == ["task", "action", "result", "useful", "documentable"]
    assert [piece.title for piece in story.evidence] == ["Świadectwo pracy"]
    entry = HistoryEntry.objects.get(kind="episode.changed")
    assert entry.payload.data["situation"] == ["", "Wigilia, ja sama na kasie."]
    assert len(entry.payload.data["evidence"][1]) == 1
    assert list(history.verify()) == []


def test_two_people_change_the_same_story_and_nobodys_words_vanish(audit):
    episode = begin(audit, told={"action": "Przeliczyła."})
    read = episode.version
    episodes.change_episode(
        episode=episode,
        values={"action": "Przeliczyła kasetki."},
        acting_user=acting(audit.adviser),
        base_version=read,
    )
    me = acting(audit.person.account)
    with pytest.raises(Conflict) as conflict:
        episodes.change_episode(
            episode=episode, values={"action": "Liczyłam trzy razy."}, acting_user=me, base_version=read
        )
    assert conflict.value.theirs == {"action": "Przeliczyła kasetki."}
    assert conflict.value.yours == {"action": "Liczyłam trzy razy."}
    both = "Liczyłam trzy razy. Przeliczyła kasetki."
    merged = episodes.change_episode(
        episode=episode, values={"action": both}, acting_user=me, base_version=conflict.value.version
    )
    assert merged.action == both
    assert Episode.objects.get().action == both


def test_evidence_ticked_by_two_people_at_once_is_a_conflict_too(audit):
    episode, first, second = begin(audit), evidence(audit), evidence(audit, "Zdjęcie")
    read = episode.version
    user = acting(audit.adviser)
    episodes.change_episode(episode=episode, values={"evidence": [first]}, acting_user=user, base_version=read)
    with pytest.raises(Conflict) as conflict:
        episodes.change_episode(episode=episode, values={"evidence": [second]}, acting_user=user, base_version=read)
    assert conflict.value.theirs == {"evidence": [str(first.uid)]}
    assert list(episode.evidence.all()) == [first]


def test_saving_the_same_words_again_changes_nothing(audit):
    episode = begin(audit, told={"task": "Rozliczyć kasę."})
    episodes.change_episode(
        episode=episode, values={"task": "Rozliczyć kasę."}, acting_user=acting(audit.adviser), base_version=0
    )
    assert HistoryEntry.objects.filter(kind="episode.changed").count() == 0


def test_a_story_sent_twice_with_the_same_uid_is_one_story(audit):
    uid = uuid.uuid4()
    assert begin(audit, uid=uid).pk == begin(audit, uid=uid).pk
    with pytest.raises(RuleBroken):
        begin(make_case(), uid=uid)


def test_an_answer_becomes_a_draft_of_a_story_tied_to_its_event(audit):
    row = biographical.answer_question(
        audit=audit,
        area="work",
        question_code="work-first-job",
        answer="Sezon w sadzie u wuja.",
        events=[{"kind": "job", "title": "sad u wuja", "starts": "1991"}],
        acting_user=acting(audit.adviser),
    )
    episode = episodes.episode_from_answer(answer=row, acting_user=acting(audit.adviser))
    assert (episode.part, episode.title, episode.situation) == ("work", "sad u wuja", "Sezon w sadzie u wuja.")
    assert episode.life_event.title == "sad u wuja"


def test_evidence_and_events_of_another_case_are_refused(audit):
    other = make_case()
    with pytest.raises(RuleBroken):
        begin(audit, evidence=[evidence(other)])
    with pytest.raises(RuleBroken):
        begin(audit, life_event=event(other))
    with pytest.raises(RuleBroken):
        begin(audit, evidence=[evidence(audit, removed_at=timezone.now())])
    assert not Episode.objects.exists()


@pytest.mark.parametrize(("part", "title"), [("inna", "x"), ("work", "   ")])
def test_a_story_needs_a_part_of_the_programme_and_a_title(audit, part, title):
    with pytest.raises(RuleBroken):
        begin(audit, title, part=part)


def test_after_a_refusal_only_the_participant_tells_personal_stories(audit):
    biographical.choose_personal_detail(
        audit=audit, detail="none", notice_read=True, acting_user=acting(audit.person.account)
    )
    with pytest.raises(RuleBroken):
        begin(audit, part="personal")
    begin(audit, part="work")
    mine = begin(audit, "Wesele siostry", part="personal", who=acting(audit.person.account))
    with pytest.raises(RuleBroken):
        episodes.change_episode(episode=mine, values={"task": "Zmieniam."}, acting_user=acting(audit.adviser))
    assert [part.part for part in behavioural_record(audit.adviser, audit).parts] == ["work", "personal", "key"]


def test_a_story_a_competence_rests_on_is_not_removed(audit):
    episode = begin(audit)
    source = CompetenceSource.objects.create(competence=make_competence(audit), episode=episode)
    assert stories(audit.adviser, audit)[0].competences == 1
    with pytest.raises(RuleBroken):
        episodes.remove_episode(episode=episode, acting_user=acting(audit.adviser))
    source.delete()
    episodes.remove_episode(episode=episode, acting_user=acting(audit.adviser), base_version=1)
    assert HistoryEntry.objects.get(kind="episode.removed").payload.data["title"] == episode.title


def test_strangers_coordinators_and_other_participants_write_no_stories(audit):
    episode = begin(audit)
    entries = HistoryEntry.objects.count()
    coordinator = make_staff(Role.COORDINATOR, audit.unit)
    for account in (make_account(), coordinator, make_person("Inna Osoba").account, make_case().adviser):
        who = acting(account, audit.person)
        for call in (
            lambda who=who: begin(audit, who=who),
            lambda who=who: episodes.change_episode(episode=episode, values={"task": "x"}, acting_user=who),
            lambda who=who: episodes.remove_episode(episode=episode, acting_user=who),
        ):
            with pytest.raises(NotAllowed):
                call()
    assert HistoryEntry.objects.count() == entries


def test_a_stranger_reads_no_story_and_statements_do_not_grow(audit, django_assert_num_queries):
    for number in range(30):
        begin(audit, f"Historia {number}")
    assert stories(make_case().adviser, audit) == []
    user = type(audit.adviser).objects.get(pk=audit.adviser.pk)
    stories(user, audit)  # who the user is, and the rules, are read once per request
    assert audit.rules
    with django_assert_num_queries(2):
        assert len(behavioural_record(user, audit).parts[0].stories) == 30
