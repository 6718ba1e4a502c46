"""Screens of the two interviews by role: the desk, the participant's pages, what strangers get."""

import pytest
from django.urls import reverse

from dorobek.audits.actions import biographical, episodes
from dorobek.audits.models import BiographicalInterview, Episode, InterviewAnswer, LifeEvent
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog
from tests.factories import acting, make_case, make_episode, make_person, make_staff
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
CODE = "work-first-job"


@pytest.fixture
def audit():
    return make_case()


@pytest.fixture
def desk(audit):
    return signed_in_client(audit.adviser)


@pytest.fixture
def me(audit):
    return signed_in_client(audit.person.account)


def url(name, audit, *more):
    return reverse(name, args=[audit.uid, *more])


def question(audit, code=CODE, area="work"):
    return url("case-life-question", audit, area, code)


def personal_question(audit):
    spec = next(one for one in audit.rules.biographical.areas if one.area == "personal")
    return url("case-life-question", audit, "personal", spec.questions[0].code)


def page_of(response):
    return response.content.decode()


def make_event(audit, title="kasjerka", **fields):
    given = {"kind": "job", "area": "work", "starts": "2003", "ends": "2015", **fields}
    return LifeEvent.objects.create(audit=audit, person=audit.person, case_uid=audit.uid, title=title, **given)


def pages(audit):
    """Every page of the two interviews that is read with GET, on both sides."""
    event, story = make_event(audit), make_episode(audit)
    row = biographical.answer_question(
        audit=audit, area="work", question_code=CODE, answer="Sad.", acting_user=acting(audit.adviser)
    )
    staff = [
        url("case-life", audit), url("case-life-area", audit, "personal"), question(audit),
        url("case-life-own-question", audit, "work"), url("case-life-personal", audit),
        url("case-life-withdraw", audit), url("case-life-event-new", audit, "work"),
        url("case-life-event", audit, event.uid), url("case-episodes", audit),
        url("case-episode-new", audit, "work"), url("case-episode", audit, story.uid),
    ]  # fmt: skip
    own = [
        url("own-life", audit), url("own-event-kind", audit), url("own-event-new", audit, "care"),
        url("own-event", audit, event.uid), url("own-event-remove", audit, event.uid), url("own-answers", audit),
        url("own-answer", audit, row.uid), url("own-personal", audit), url("own-personal-withdraw", audit),
        url("own-episodes", audit), url("own-episode-part", audit), url("own-episode-new", audit, "personal"),
        url("own-episode", audit, story.uid), url("own-episode-rename", audit, story.uid),
        url("own-episode-remove", audit, story.uid), url("own-episode-step", audit, story.uid, "sytuacja"),
        url("own-episode-step", audit, story.uid, "dowod"),
    ]  # fmt: skip
    return staff, own


def test_the_adviser_reads_every_staff_page_and_the_reading_is_logged(audit, desk):
    staff, _own = pages(audit)
    for address in staff:
        assert desk.get(address).status_code == 200, address
    assert AccessLog.objects.filter(case_uid=audit.uid, part="droga życia").exists()


def test_the_participant_reads_every_own_page(audit, me):
    _staff, own = pages(audit)
    for address in own:
        assert me.get(address).status_code == 200, address


def test_strangers_get_404_everywhere_and_sides_do_not_mix(audit, desk, me):
    staff, own = pages(audit)
    stranger = signed_in_client(make_case().adviser)
    other = signed_in_client(make_person("Inna Osoba").account)
    for address in (*staff, *own):
        assert stranger.get(address).status_code == 404, address
        assert other.get(address).status_code == 404, address
        assert stranger.post(address, {}).status_code == 404, address
    for address in own:
        assert desk.get(address).status_code == 404, address
    for address in staff:
        assert me.get(address).status_code == 404, address


def test_a_coordinator_reads_but_has_no_buttons_and_cannot_write(audit):
    coordinator = signed_in_client(make_staff(Role.COORDINATOR, audit.unit))
    staff, _own = pages(audit)
    read = coordinator.get(question(audit))
    assert read.status_code == 200
    assert "Sad." in page_of(read)
    assert "data-autosave" not in page_of(read)
    for address in staff:
        assert coordinator.post(address, {"answer": "x"}).status_code == 404


def test_in_assisted_mode_the_adviser_opens_the_participants_pages(audit, desk):
    session = desk.session
    session["assisted-case"] = str(audit.uid)
    session.save()
    assert desk.get(url("own-life", audit)).status_code == 200
    desk.post(url("own-event-new", audit, "job"), {"title": "sklep", "starts": "2001"})
    assert HistoryEntry.objects.get(kind="life-event.added").on_behalf_of == audit.person.uid


def test_an_answer_with_an_event_leads_to_the_next_question(audit, desk):
    sent = {"answer": "Sezon w sadzie.", "kind": "job", "title": "sad u wuja", "starts": "wiosna 2013", "ongoing": "on"}
    response = desk.post(question(audit), {**sent, "do": "next"})
    assert response.status_code == 302
    assert response["Location"] == question(audit, "work-how-found")
    row = InterviewAnswer.objects.get()
    event = row.life_events.get()
    assert (event.starts_said, event.ongoing, event.area) == ("wiosna 2013", True, "work")
    shown = page_of(desk.get(question(audit)))
    assert "sad u wuja" in shown
    assert "<svg" in shown


def test_a_date_that_cannot_be_read_keeps_what_was_typed(audit, desk):
    response = desk.post(question(audit), {"answer": "Sezon.", "title": "sad", "starts": "dawno", "kind": "job"})
    assert response.status_code == 200
    assert "Sezon." in page_of(response)
    assert 'class="errors"' in page_of(response)
    assert not InterviewAnswer.objects.exists()


def test_a_question_is_skipped_without_an_answer(audit, desk):
    assert desk.post(question(audit), {"do": "skip"})["Location"] == question(audit, "work-how-found")
    assert InterviewAnswer.objects.get().skipped


def test_an_answer_becomes_an_episode(audit, desk):
    response = desk.post(question(audit), {"answer": "Sad. I więcej.", "do": "episode"})
    story = Episode.objects.get()
    assert response["Location"] == url("case-episode", audit, story.uid)
    assert story.situation == "Sad. I więcej."


def test_a_stale_answer_shows_both_versions_and_the_choice_is_saved(audit, desk, me):
    desk.post(question(audit), {"answer": "Słowa doradcy.", "base_version": "0"})
    row = InterviewAnswer.objects.get()
    address = url("own-answer", audit, row.uid)
    clash = me.post(address, {"answer": "Moje słowa.", "base_version": "0"})
    shown = page_of(clash)
    assert "Słowa doradcy." in shown
    assert "Moje słowa." in shown
    settled = {"answer": "Moje słowa.", "base_version": "0", "_conflict": str(row.version), "_choice.answer": "join"}
    joined = {"_joined.answer": "Moje słowa.\n\nSłowa doradcy.", "_theirs.answer": "Słowa doradcy."}
    assert me.post(address, {**settled, **joined}).status_code == 302
    row.refresh_from_db()
    assert row.answer == "Moje słowa.\n\nSłowa doradcy."


def test_forms_of_the_interview_save_themselves_and_carry_their_version(audit, desk, me):
    staff, own = pages(audit)
    for client, addresses in ((desk, staff), (me, own)):
        for address in addresses:
            shown = page_of(client.get(address))
            if "<textarea" in shown:
                assert "data-autosave" in shown, address
                assert 'name="base_version"' in shown, address


def test_personal_questions_stay_closed_until_the_notice_is_acknowledged(audit, desk):
    address = personal_question(audit)
    assert desk.get(address)["Location"] == url("case-life-area", audit, "personal")
    desk.post(address, {"answer": "x"})
    assert not InterviewAnswer.objects.exists()
    consent = url("case-life-personal", audit)
    refused = desk.post(consent, {"detail": "general"})
    assert refused.status_code == 200
    assert not BiographicalInterview.objects.filter(notice_shown_at__isnull=False).exists()
    desk.post(consent, {"detail": "general", "notice_read": "on", "note": "bez zdrowia"})
    shown = page_of(desk.get(address))
    assert "ogólnie, bez szczegółów" in shown
    assert "bez zdrowia" in shown
    desk.post(address, {"answer": "Opiekuję się mamą."})
    desk.post(url("case-life-stop", audit))
    assert desk.get(address).status_code == 302
    desk.post(url("case-life-withdraw", audit))
    assert not InterviewAnswer.objects.exists()


def test_the_participant_decides_on_the_personal_part_alone(audit, me, desk):
    me.post(url("own-personal", audit), {"detail": "none", "notice_read": "on"})
    assert "Pytania są zamknięte" in page_of(desk.get(url("case-life-area", audit, "personal")))
    me.post(url("own-personal", audit), {"detail": "full"})
    assert desk.get(personal_question(audit)).status_code == 200
    me.post(url("own-personal-stop", audit))
    assert BiographicalInterview.objects.get().personal_detail == "stopped"


def test_the_participant_adds_corrects_and_removes_an_event(audit, me):
    me.post(url("own-event-new", audit, "care"), {"title": "opieka nad mamą", "starts": "ok. 2009", "ongoing": "on"})
    event = LifeEvent.objects.get()
    assert event.author == audit.person.account
    correction = {"title": "opieka nad mamą po udarze", "starts": "2009", "base_version": event.version}
    me.post(url("own-event", audit, event.uid), correction)
    event.refresh_from_db()
    assert event.title.endswith("po udarze")
    shown = page_of(me.post(url("own-event", audit, event.uid), {"title": "inaczej", "base_version": "1"}))
    assert "po udarze" in shown
    me.post(url("own-event-remove", audit, event.uid))
    assert not LifeEvent.objects.exists()


def test_a_field_that_the_page_does_not_show_keeps_what_is_stored(audit, me):
    event = make_event(audit, organisation="sklep „Jarzębina”", note="z karty", duties="kasa")
    me.post(url("own-event", audit, event.uid), {"title": "kasjerka", "starts": "2004", "base_version": "1"})
    event.refresh_from_db()
    assert (event.starts, event.organisation, event.note, event.duties) == (
        "2004",
        "sklep „Jarzębina”",
        "z karty",
        "kasa",
    )


def test_the_participant_tells_a_story_one_step_at_a_time(audit, me):
    begun = me.post(url("own-episode-new", audit, "work"), {"title": "Remanent"})
    story = Episode.objects.get()
    assert begun["Location"] == url("own-episode-step", audit, story.uid, "sytuacja")
    onward = me.post(begun["Location"], {"situation": "Niedziela, sklep zamknięty.", "base_version": "1"})
    assert onward["Location"] == url("own-episode-step", audit, story.uid, "zadanie")
    later = me.post(onward["Location"], {"task": "Policzyć towar.", "base_version": "2", "koniec": "1"})
    assert later["Location"] == url("own-episode", audit, story.uid)
    shown = page_of(me.get(later["Location"]))
    assert "Policzyć towar." in shown
    assert "krok po kroku" in shown
    story.refresh_from_db()
    assert story.version == 3


def test_two_people_in_one_story_both_see_both_versions(audit, desk, me):
    story = make_episode(audit)
    step = url("own-episode-step", audit, story.uid, "dzialanie")
    assert me.post(step, {"action": "Liczyłam trzy razy.", "base_version": "1"}).status_code == 302
    sent = {"title": story.title, "part": "work", "situation": story.situation, "action": "Przeliczyła."}
    clash = page_of(desk.post(url("case-episode", audit, story.uid), {**sent, "base_version": "1"}))
    assert "Liczyłam trzy razy." in clash
    assert "Przeliczyła." in clash
    story.refresh_from_db()
    assert story.action == "Liczyłam trzy razy."


def test_lists_need_the_same_number_of_statements_for_two_hundred_events(
    audit, desk, me, django_assert_max_num_queries
):
    LifeEvent.objects.bulk_create(
        LifeEvent(
            audit=audit, person=audit.person, case_uid=audit.uid, kind="job", area="work", title=f"praca {n}",
            starts=str(1970 + n % 50), ends=str(1971 + n % 50),
        )
        for n in range(200)
    )  # fmt: skip
    for n in range(40):
        episodes.add_episode(audit=audit, part="work", title=f"Historia {n}", acting_user=acting(audit.adviser))
    for client, name in ((desk, "case-life"), (desk, "case-episodes"), (me, "own-life"), (me, "own-episodes")):
        client.get(url(name, audit))
        with django_assert_max_num_queries(20):
            assert client.get(url(name, audit)).status_code == 200


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=SUMA(A1)", "Żółć 日本 👩‍🌾 مرحبا"])
def test_whatever_is_typed_comes_back_as_text(audit, desk, text):
    desk.post(question(audit), {"answer": text, "kind": "job", "title": text, "starts": "2001"})
    shown = page_of(desk.get(url("case-life-area", audit, "work")))
    assert "<script>alert" not in shown
    assert InterviewAnswer.objects.get().answer == text


def test_a_finished_case_shows_everything_and_offers_no_writing(audit, desk, me):
    staff, own = pages(audit)
    type(audit).objects.filter(pk=audit.pk).update(stage="finished")
    assert "Zapisz i następne" not in page_of(desk.get(question(audit)))
    assert desk.post(question(audit), {"answer": "x", "base_version": "1"}).status_code == 200
    assert InterviewAnswer.objects.get().answer == "Sad."
    for client, addresses in ((desk, staff), (me, own)):
        for address in addresses:
            assert client.get(address).status_code == 200, address
