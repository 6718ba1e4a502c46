"""The same form sent twice, two tabs, two people at the same moment: one row each, and nobody's words vanish."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.registration import Application, register
from dorobek.audits.models import Episode, SkillsAudit
from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import Account, Person, Unit
from dorobek.programmes.models import ProgrammeVersion
from tests.factories import acting, make_case, make_episode, make_institution, make_programme, make_staff, make_unit
from tests.sessions import signed_in_client

SCHOOL = "ucze-sie-dalej"


def filled(**changes: str) -> dict[str, str]:
    """The registration form as an adviser sends it."""
    return {
        "given_names": "Bożena", "family_name": "Ćwiąkalska", "address_form": "madam", "birth_date": "12.05.1974",
        "email": "bozena@example.org", "invite": "on", "lives_in": "Tarnów", "on": f"{timezone.localdate():%d.%m.%Y}",
        "consent_taking-part": "on", "consent_data-information": "on", "register": "1", "_sent": "a:7", **changes,
    }  # fmt: skip


def office() -> tuple[Account, ProgrammeVersion, Unit]:
    unit = make_unit(make_institution())
    return make_staff(Role.ADVISER, unit), make_programme(unit.institution, SCHOOL), unit


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that begin together; results, or what was raised, in their order."""
    results: list[Any] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


# ---- the same form twice ----


@pytest.mark.django_db
def test_a_registration_sent_twice_opens_one_case_for_one_person() -> None:
    adviser, version, _unit = office()
    client = signed_in_client(adviser)
    address = reverse("case-new-form", args=[version.programme.uid])
    assert client.post(address, filled()).status_code == 302
    again = client.post(address, filled())
    assert again.status_code == 200
    assert "Czy to ta sama osoba?" in again.content.decode()
    assert (SkillsAudit.objects.count(), Person.objects.count()) == (1, 1)
    assert HistoryEntry.objects.filter(kind="case.registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_registration_sent_twice_at_the_same_moment_opens_one_case() -> None:
    adviser, version, _unit = office()
    address = reverse("case-new-form", args=[version.programme.uid])
    clients = [signed_in_client(adviser) for _ in range(3)]
    answers = at_once(*(lambda client=client: client.post(address, filled()).status_code for client in clients))
    assert sorted(answers) == [200, 200, 302]
    assert (SkillsAudit.objects.count(), Person.objects.count()) == (1, 1)
    assert list(history.verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["own-episode-new", "case-episode-new"])
def test_a_story_begun_by_a_form_sent_twice_is_one_story(side: str) -> None:
    audit = make_case()
    client = signed_in_client(audit.person.account if side.startswith("own") else audit.adviser)
    address = reverse(side, args=[audit.uid, "work"])
    form = client.get(address).context["form"]
    hidden = {bound.html_name: bound.value() or "" for bound in form.hidden_fields()}
    sent = {**hidden, "title": "Różnica 340 zł w wigilię", "_sent": "a:7"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Episode.objects.count() == 1


@pytest.mark.django_db
def test_a_story_sent_twice_through_the_api_is_one_story() -> None:
    audit = make_case()
    client = signed_in_client(audit.adviser)
    body = {"part": "work", "title": "Różnica 340 zł w wigilię", "uid": str(uuid.uuid4())}
    address = f"/api/cases/{audit.uid}/episodes"
    answers = [client.post(address, body, content_type="application/json") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["uid"] == answers[1].json()["uid"]
    assert Episode.objects.count() == HistoryEntry.objects.filter(kind="episode.added").count() == 1


@pytest.mark.django_db
def test_the_same_words_of_a_story_saved_twice_are_one_change() -> None:
    audit = make_case()
    episode = make_episode(audit)
    client = signed_in_client(audit.person.account)
    address = reverse("own-episode-step", args=[audit.uid, episode.uid, "zadanie"])
    for _ in range(2):
        assert client.post(address, {"task": "Rozliczyć kasę.", "base_version": "1"}).status_code == 302
    assert HistoryEntry.objects.filter(kind="episode.changed").count() == 1


# ---- two tabs ----

MINE, THEIRS = "Liczyłam trzy razy, sama.", "Przeliczyła kasetki z kierowniczką."


def two_tabs(client: Client, address: str, fields: dict[str, str], name: str) -> Any:
    """Both tabs opened the same version; the first one is saved, then the second one is sent."""
    assert client.post(address, {**fields, name: THEIRS, "base_version": "1"}).status_code == 302
    return client.post(address, {**fields, name: MINE, "base_version": "1"})


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["own", "case"])
def test_two_tabs_of_one_story_show_both_versions_and_save_neither_over_the_other(side: str) -> None:
    audit = make_case()
    episode = make_episode(audit)
    if side == "own":
        client = signed_in_client(audit.person.account)
        address, fields = reverse("own-episode-step", args=[audit.uid, episode.uid, "dzialanie"]), {}
    else:
        client = signed_in_client(audit.adviser)
        address = reverse("case-episode", args=[audit.uid, episode.uid])
        fields = {"title": episode.title, "part": "work", "situation": episode.situation}
    answer = two_tabs(client, address, fields, "action")
    page = answer.content.decode()
    assert MINE in page
    assert THEIRS in page
    assert "Ktoś zmienił to samo w międzyczasie" in page
    episode.refresh_from_db()
    assert episode.action == THEIRS
    both = {"_conflict": "2", "_choice.action": "join", "_joined.action": f"{MINE}\n\n{THEIRS}", "base_version": "1"}
    assert client.post(address, {**fields, "action": MINE, **both}).status_code == 302
    episode.refresh_from_db()
    assert MINE in episode.action
    assert THEIRS in episode.action


@pytest.mark.django_db
def test_two_programs_changing_one_story_get_409_with_both_versions() -> None:
    audit = make_case()
    episode = make_episode(audit)
    client = signed_in_client(audit.adviser)
    address = f"/api/cases/{audit.uid}/episodes/{episode.uid}"
    for words, status in ((THEIRS, 200), (MINE, 409)):
        answer = client.patch(address, {"action": words, "base_version": 1}, content_type="application/json")
        assert answer.status_code == status
    assert answer.json()["theirs"] == {"action": THEIRS}
    assert answer.json()["yours"] == {"action": MINE}
    assert answer.json()["version"] == 2


@pytest.mark.django_db
def test_two_tabs_with_different_fields_of_one_story_lose_nothing() -> None:
    audit = make_case()
    episode = make_episode(audit)
    client = signed_in_client(audit.person.account)
    task, result = (reverse("own-episode-step", args=[audit.uid, episode.uid, name]) for name in ("zadanie", "wynik"))
    assert client.post(task, {"task": "słowa o task", "base_version": "1"}).status_code == 302
    answer = client.post(result, {"result": "słowa o result", "base_version": "1"})
    if answer.status_code == 200:  # asked, since the story as a whole has moved on
        assert "słowa o result" in answer.content.decode()
        chosen = {"result": "słowa o result", "base_version": "1", "_conflict": "2", "_choice.result": "mine"}
        assert client.post(result, chosen).status_code == 302
    episode.refresh_from_db()
    assert (episode.task, episode.result) == ("słowa o task", "słowa o result")


@pytest.mark.django_db(transaction=True)
def test_two_tabs_saved_at_the_same_moment_give_one_saved_and_one_asked() -> None:
    audit = make_case()
    episode = make_episode(audit)
    address = reverse("own-episode-step", args=[audit.uid, episode.uid, "dzialanie"])
    clients = [signed_in_client(audit.person.account) for _ in range(2)]
    answers = at_once(
        *(
            lambda c=client, w=words: c.post(address, {"action": w, "base_version": "1"})
            for client, words in zip(clients, (MINE, THEIRS), strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    asked = next(answer for answer in answers if answer.status_code == 200).content.decode()
    assert MINE in asked
    assert THEIRS in asked
    assert HistoryEntry.objects.filter(kind="episode.changed").count() == 1
    assert list(history.verify()) == []


# ---- two people registered at once ----


@pytest.mark.django_db(transaction=True)
def test_registrations_at_the_same_moment_get_different_numbers() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    adviser, version, unit = office()

    def one(name: str) -> str:
        application = Application(
            identity={
                "given_names": name,
                "family_name": "Próbna",
                "birth_date": timezone.localdate().replace(year=1980),
            },
            answers={"places": {"lives": "1263"}},
            consents={"taking-part": True, "data-information": True},
            invite=False,
        )
        return register(version=version, unit=unit, application=application, acting_user=acting(adviser)).number

    names = ("Anna", "Barbara", "Celina", "Danuta", "Ewa", "Felicja")
    numbers = at_once(*(lambda name=name: one(name) for name in names))
    year = timezone.localdate().year
    assert sorted(map(str, numbers)) == [f"NR/{year}/{n:04d}" for n in range(1, len(names) + 1)]
    assert SkillsAudit.objects.count() == len(names)
    assert list(history.verify()) == []
