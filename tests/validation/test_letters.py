"""Letters about steps: to whom, once each, with nothing in them that only the reader may know."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import resolve
from django.utils import timezone

from dorobek.kernel.deadlines import BEFORE, due_key
from dorobek.kernel.errors import NotAllowed
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.validation.actions import letters
from dorobek.validation.actions.applying import TOLD
from dorobek.validation.actions.letters import TOLD_LATE
from dorobek.validation.enums import FeeWaits
from dorobek.validation.letter_words import PLACES, TO_CANDIDATE
from dorobek.validation.models import Application, CaseNotice, Fee, ValidationOpening
from tests.factories import acting, make_person
from tests.validation.test_sittings import choose, placed
from tests.validation.world import World

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def world(settings):
    settings.DOROBEK_JOBS = "inline"
    return World()


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Do something, and give the letters that went out: (to, subject, text)."""

    def done(action):
        before = len(mail.outbox)
        CaseNotice.objects.filter(account__isnull=False).update(sent_at=timezone.now() - dt.timedelta(hours=2))
        with django_capture_on_commit_callbacks(execute=True):
            result = action()
        return result, [(one.to[0], one.subject, one.body) for one in mail.outbox[before:]]

    return done


def to(sent, account):
    return [(subject, body) for who, subject, body in sent if who == account.email]


def test_sending_is_told_to_the_candidate_and_to_the_adviser_without_a_name(world, post):
    application, sent = post(world.submitted)
    [(subject, body)] = to(sent, world.adviser)
    assert "sprawdzić dowody" in body
    assert world.person.family_name not in subject + body
    assert f"90002/{application.pk:06d}" in body
    [(_subject, receipt)] = to(sent, world.me)
    assert f"/walidacja/zgloszenie/{application.uid}/" in receipt
    assert not to(sent, world.officer)


def test_each_reader_is_told_when_the_move_is_theirs(world, post):
    application, _sent = post(world.submitted)
    from dorobek.validation.actions import applying, commissions

    closing = {"conditions_met": True, "acting_user": acting(world.adviser)}
    application, sent = post(lambda: applying.close_documentation(application=application, **closing))
    assert "wyznaczyć posiedzenie" in to(sent, world.officer)[0][1]
    assert len(to(sent, world.me)) == 1
    sitting, sent = post(lambda: placed(world, application))
    assert "Wyznaczono spotkanie" in to(sent, world.me)[0][0]
    _made, sent = post(lambda: choose(world, sitting, world.records[:2]))
    assert {who for who, _subject, _body in sent} == {one.email for one in world.assessors[:2]}
    assert "złożyć oświadczenie" in sent[0][2]
    sitting.refresh_from_db()
    for one in sitting.commission.members.all():
        post(lambda one=one: commissions.declare(
            application=application, member=one, acting_user=acting(one.record.account)))  # fmt: skip
    appointing = {"commission": sitting.commission, "acting_user": acting(world.officer)}
    application, sent = post(lambda: commissions.appoint(application=application, **appointing))
    assert "ocenić kryteria" in to(sent, world.assessors[0])[0][1]
    assert "sprzeciw" in to(sent, world.me)[0][1]


def test_the_result_is_not_in_the_letter(world, post):
    application = world.judged(c11a="not-met")
    _decision, sent = post(lambda: world.decide(application))
    [(subject, body)] = to(sent, world.me)
    assert subject == "Wynik walidacji czeka"
    assert "Wynik walidacji czeka na Panią w Dorobku." in body
    for word in ("niespełnione", "potwierdz", "1.1", world.person.family_name, "tak było widać"):
        assert word not in subject + body


def test_every_letter_to_a_candidate_leaves_the_reason_out(world):
    application = world.submitted()
    for kind in TO_CANDIDATE:
        _subject, body = letters.to_candidate(kind, application, TODAY)
        assert world.person.family_name not in body
        assert f"/walidacja/zgloszenie/{application.uid}/" in body


def test_addresses_in_letters_exist(world):
    assert resolve(f"/walidacja/zgloszenie/{world.submitted().uid}/").url_name == "validation-case"
    assert {resolve(f"/{one}").url_name for one in [*PLACES.values(), "walidacja/biuro/"]} == {
        "validation-advising", "assessing", "office-appeals", "office",
    }  # fmt: skip


def test_a_step_told_again_is_told_once(world, post):
    application, _sent = post(world.submitted)
    happened = Event.objects.filter(kind="CaseStepped").last()
    Event.objects.filter(pk=happened.pk).update(delivered_at=None)
    from dorobek.kernel.events import deliver

    count = CaseNotice.objects.count()
    _done, sent = post(lambda: deliver(happened.pk))
    assert sent == []
    assert CaseNotice.objects.filter(application=application).count() == count


def test_a_candidate_turns_off_what_is_not_needed(world, post):
    application, _sent = post(world.submitted)
    with pytest.raises(NotAllowed):
        letters.choose_letters(application=application, off=True, acting_user=acting(world.officer))
    letters.choose_letters(application=application, off=True, acting_user=acting(world.me))
    assert HistoryEntry.objects.filter(subject=application.uid, kind="validation.letters-chosen").exists()
    _appeal, sent = post(lambda: world.appeal(application))
    assert to(sent, world.me) == []
    _answer, sent = post(lambda: world.answer(application.appeals.get(), uphold=False))
    assert len(to(sent, world.me)) == 1, "an answer that can be acted upon always comes"


def test_staff_get_one_letter_an_hour_about_all_that_waits(world, django_capture_on_commit_callbacks):
    opening = world.open(places=9)
    for name in ("Jan Jeden", "Jan Dwa", "Jan Trzy"):
        world.person = make_person(name)
        world.me = world.person.account
        with django_capture_on_commit_callbacks(execute=True):
            world.submitted(opening)
    mine = [one for one in mail.outbox if one.to == [world.adviser.email]]
    assert len(mine) == 1
    assert CaseNotice.objects.filter(account=world.adviser, sent_at=None).count() == 2
    CaseNotice.objects.filter(account=world.adviser).update(made_at=timezone.now() - dt.timedelta(hours=2))
    CaseNotice.objects.filter(account=world.adviser, sent_at__isnull=False).update(
        sent_at=timezone.now() - dt.timedelta(hours=2)
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert letters.start_waiting() == 1
    mine = [one for one in mail.outbox if one.to == [world.adviser.email]]
    assert len(mine) == 2
    assert mine[1].body.count("sprawdzić dowody") == 2


def test_a_letter_that_could_not_be_sent_is_not_marked(world, monkeypatch, django_capture_on_commit_callbacks):
    def broken(*_all, **_more):
        raise ConnectionRefusedError

    monkeypatch.setattr(letters, "send_mail", broken)
    with django_capture_on_commit_callbacks(execute=True):
        world.submitted()
    assert CaseNotice.objects.exists()
    assert not CaseNotice.objects.exclude(sent_at=None).exists()


def test_reminders_before_and_after_once_each(world, post):
    application, _sent = post(world.submitted)
    ValidationOpening.objects.update(begins_on=TODAY + dt.timedelta(2))
    _count, sent = post(lambda: letters.remind_day(TODAY))
    assert "najpóźniej 23.11.2026" in to(sent, world.adviser)[0][1]
    _count, again = post(lambda: letters.remind_day(TODAY))
    assert again == []
    _count, late = post(lambda: letters.remind_day(TODAY + dt.timedelta(3)))
    assert len(to(late, world.adviser)) == 1
    assert post(lambda: letters.remind_day(TODAY + dt.timedelta(60)))[1] == []
    assert application.notices.exists()


def test_the_candidate_is_reminded_to_send_to_pay_and_to_appeal(world, post):
    opening = world.open(fee_grosze=20_000, fee_waits=FeeWaits.COMMISSION, fee_to="kasa", fee_days=7)
    from dorobek.validation.actions import applying

    draft = applying.begin_application(person=world.person, opening=opening, acting_user=acting(world.me))
    today = timezone.localdate()
    _count, sent = post(lambda: letters.remind_day(today))
    assert "nie jest jeszcze wysłane" in to(sent, world.me)[0][0]
    applying.submit_application(application=draft, acting_user=acting(world.me))
    _count, sent = post(lambda: letters.remind_day(today))
    assert "Opłata za walidację" in [subject for subject, _body in to(sent, world.me)]
    Fee.objects.update(asked="Nie mam pracy.")
    assert to(post(lambda: letters.remind_day(today + dt.timedelta(5)))[1], world.me) == []


def test_reminders_ask_as_much_of_many_cases_as_of_few(world, django_assert_max_num_queries):
    opening = world.open(places=500)

    def more(count):
        people = [make_person(f"Osoba {n}", with_account=False) for n in range(count)]
        Application.objects.bulk_create([Application(person=one, opening=opening, state="refused") for one in people])

    more(5)
    with django_assert_max_num_queries(20) as few:
        letters.remind_day()
    more(60)
    with django_assert_max_num_queries(len(few)):
        letters.remind_day()


@pytest.mark.parametrize(
    ("left", "key"), [(30, ""), (8, ""), (7, "7"), (3, "7"), (2, "2"), (0, "2"), (-1, "late"), (-TOLD_LATE, "late"),
                      (-TOLD_LATE - 1, "")]
)  # fmt: skip
def test_what_is_due(left, key):
    assert due_key(TODAY + dt.timedelta(left), TODAY, TOLD_LATE) == key
    assert due_key(None, TODAY, TOLD_LATE) == ""
    assert sorted(BEFORE) == [2, 7]


def test_steps_that_are_told_are_steps_that_happen():
    assert {one for one in TO_CANDIDATE if one.startswith("validation.")} <= TOLD
