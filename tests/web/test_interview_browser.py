"""The interviews in a real browser: axe, keyboard alone, a lost connection, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from dorobek.audits.actions import biographical
from dorobek.audits.models import Episode, InterviewAnswer, LifeEvent
from tests.factories import acting, make_case, make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = "work-first-job"


def url(name, audit, *more):
    return reverse(name, args=[audit.uid, *more])


@pytest.fixture
def audit():
    audit = make_case()
    biographical.answer_question(
        audit=audit,
        area="work",
        question_code="work-how-found",
        answer="Przez wuja.",
        events=[{"kind": "job", "title": "sad u wuja", "starts": "wiosna 1991", "ends": "1992"}],
        acting_user=acting(audit.adviser),
    )
    biographical.choose_personal_detail(
        audit=audit, detail="general", notice_read=True, acting_user=acting(audit.person.account)
    )
    return audit


def no_violations(page, address):
    page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, (address, found.generate_report())
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, address


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_advisers_pages_have_no_axe_violation(page, sign_in, audit):
    story = make_episode(audit)
    event = LifeEvent.objects.get()
    sign_in(audit.adviser)
    personal = next(one for one in audit.rules.biographical.areas if one.area == "personal").questions[0].code
    for address in (
        url("case-life", audit), url("case-life-question", audit, "personal", personal),
        url("case-life-question", audit, "work", "work-how-found"), url("case-life-personal", audit),
        url("case-life-event", audit, event.uid), url("case-episodes", audit),
        url("case-episode-new", audit, "work"), url("case-episode", audit, story.uid),
    ):  # fmt: skip
        no_violations(page, address)


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_participants_pages_have_no_axe_violation(page, sign_in, audit):
    story = make_episode(audit)
    event, answer = LifeEvent.objects.get(), InterviewAnswer.objects.get()
    sign_in(audit.person.account)
    for address in (
        url("own-life", audit), url("own-event-kind", audit), url("own-event-new", audit, "care"),
        url("own-event", audit, event.uid), url("own-answers", audit), url("own-answer", audit, answer.uid),
        url("own-personal", audit), url("own-episodes", audit), url("own-episode-part", audit),
        url("own-episode-new", audit, "personal"), url("own-episode", audit, story.uid),
        url("own-episode-step", audit, story.uid, "dzialanie"),
    ):  # fmt: skip
        no_violations(page, address)


def test_a_question_is_answered_with_the_keyboard_alone(page, sign_in, audit):
    sign_in(audit.adviser)
    page.goto(url("case-life-question", audit, "work", CODE))
    page.focus("textarea[name=answer]")
    page.keyboard.type("Sezon w sadzie.")
    for text in (None, "zbiór jabłek", "jesień 1990"):
        page.keyboard.press("Tab")
        if text:
            page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: CODE not in address)
    row = InterviewAnswer.objects.get(question_code=CODE)
    assert row.answer == "Sezon w sadzie."
    assert row.life_events.get().starts_said == "jesień 1990"


def test_words_typed_without_a_connection_come_back_and_are_sent(page, sign_in, audit, context):
    sign_in(audit.adviser)
    address = url("case-life-question", audit, "work", CODE)
    page.goto(address)
    context.set_offline(True)
    page.fill("textarea[name=answer]", "Pisane w świetlicy bez zasięgu.")
    page.wait_for_selector(".saved--off")
    page.click("button[value=next]")
    assert page.input_value("textarea[name=answer]") == "Pisane w świetlicy bez zasięgu."
    context.set_offline(False)
    page.goto(address)
    page.wait_for_function("document.querySelector('textarea[name=answer]').value.includes('bez zasięgu')")
    page.click("button[value=next]")
    page.wait_for_url(lambda where: CODE not in where)
    assert InterviewAnswer.objects.get(question_code=CODE).answer == "Pisane w świetlicy bez zasięgu."


def test_words_typed_offline_meet_a_newer_version_and_both_are_shown(page, sign_in, audit, context):
    sign_in(audit.adviser)
    address = url("case-life-question", audit, "work", CODE)
    page.goto(address)
    context.set_offline(True)
    page.fill("textarea[name=answer]", "Słowa z terenu.")
    page.wait_for_selector(".saved--off")
    biographical.answer_question(
        audit=audit,
        area="work",
        question_code=CODE,
        answer="Słowa uczestniczki.",
        acting_user=acting(audit.person.account),
    )
    context.set_offline(False)
    page.click("button[value=next]")
    page.wait_for_selector(".slip--clash")
    shown = page.inner_text(".slip--clash")
    assert "Słowa z terenu." in shown
    assert "Słowa uczestniczki." in shown
    page.check("input[value=join]")
    page.click("button[value=next]")
    page.wait_for_url(lambda where: CODE not in where)
    kept = InterviewAnswer.objects.get(question_code=CODE).answer
    assert "Słowa z terenu." in kept
    assert "Słowa uczestniczki." in kept


def test_a_story_is_told_without_javascript(browser, live_server, audit):
    from django.conf import settings

    from tests.sessions import signed_in_session

    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="pl-PL")
    session = signed_in_session(audit.person.account)
    plain.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = plain.new_page()
    page.goto(url("own-episode-new", audit, "work"))
    page.fill("input[name=title]", "Remanent")
    page.click("form.stack button[type=submit]:not(.hide)")
    page.fill("textarea[name=situation]", "Niedziela.")
    page.click("button[name=koniec]")
    assert "Niedziela." in page.inner_text("main")
    assert Episode.objects.get().situation == "Niedziela."
    plain.close()
