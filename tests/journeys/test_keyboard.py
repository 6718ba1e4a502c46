"""Two pages used with the keyboard alone: Tab, Shift+Tab, arrows, Space and Enter, from the top of the page."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from dorobek.audits.actions import biographical
from dorobek.audits.models import Episode, InterviewAnswer
from tests.factories import acting, make_case, make_competence, make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REACHED = """selector => {
  const one = document.activeElement;
  return one.matches(':focus-visible') && one.matches(selector);
}"""
MOST_STEPS = 80


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus, visibly, is on what the selector names; fail when it never comes."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate(REACHED, selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def to_the_content(page: Page) -> None:
    """The first stop of every page leads past the navigation."""
    tab_to(page, "a.skip")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'tresc'")


def enter(page: Page) -> None:
    """Press what has the focus; a page follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_participant_confirms_with_the_keyboard_alone(page, sign_in):
    audit = make_case()
    competence = make_competence(audit)
    sign_in(audit.person.account)
    page.goto(reverse("own-competences", args=[audit.uid]))
    to_the_content(page)
    tab_to(page, f"a[href*='{competence.uid}']")
    enter(page)
    to_the_content(page)
    tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    tab_to(page, "main button.btn[type=submit]")
    enter(page)
    competence.refresh_from_db()
    assert competence.state == "confirmed"


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_participant_disagrees_with_the_keyboard_alone(page, sign_in):
    audit = make_case()
    competence = make_competence(audit)
    sign_in(audit.person.account)
    page.goto(reverse("own-competence", args=[audit.uid, competence.uid]))
    to_the_content(page)
    tab_to(page, "input[name=answer]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "textarea[name=comment]")
    page.keyboard.type("Tylko pomagałam.")
    tab_to(page, "main button.btn[type=submit]")
    enter(page)
    competence.refresh_from_db()
    assert (competence.state, competence.comment) == ("disputed", "Tylko pomagałam.")


def test_an_adviser_completes_an_episode_with_the_keyboard_alone(page, sign_in):
    audit = make_case()
    story = make_episode(audit)
    sign_in(audit.adviser)
    page.goto(reverse("case-episodes", args=[audit.uid]))
    to_the_content(page)
    tab_to(page, f"a[href*='{story.uid}']")
    enter(page)
    to_the_content(page)
    for name in ("task", "action", "result"):
        tab_to(page, f"textarea[name={name}]")
        page.keyboard.type(f"Słowa: {name}.")
    tab_to(page, "main button.btn[type=submit]")
    enter(page)
    story = Episode.objects.get()
    assert (story.task, story.action, story.result) == ("Słowa: task.", "Słowa: action.", "Słowa: result.")


def test_the_keyboard_is_never_caught_on_the_episode_page(page, sign_in):
    audit = make_case()
    story = make_episode(audit)
    sign_in(audit.adviser)
    page.goto(reverse("case-episode", args=[audit.uid, story.uid]))
    tab_to(page, "footer a")
    for _step in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(REACHED, "a.skip"):
            return
    raise AssertionError("Shift+Tab never comes back to the top")


def test_enter_in_a_field_sends_the_answer_and_unties_nothing(page, sign_in):
    audit = make_case()
    biographical.answer_question(
        audit=audit,
        area="work",
        question_code="work-first-job",
        answer="Sad.",
        events=[{"kind": "job", "title": "sad u wuja", "starts": "1991", "ends": "1992"}],
        acting_user=acting(audit.adviser),
    )
    sign_in(audit.adviser)
    page.goto(reverse("case-life-question", args=[audit.uid, "work", "work-first-job"]))
    tab_to(page, "input[name=title]")
    page.keyboard.type("sklep")
    enter(page)
    kept = InterviewAnswer.objects.get()
    assert {one.title for one in kept.life_events.all()} == {"sad u wuja", "sklep"}


def test_enter_in_a_field_keeps_what_a_draft_brought_back(page, sign_in):
    audit = make_case()
    story = make_episode(audit)
    sign_in(audit.adviser)
    address = reverse("case-episode", args=[audit.uid, story.uid])
    page.goto(address)
    tab_to(page, "textarea[name=task]")
    page.keyboard.type("Znaleźć różnicę.")
    page.wait_for_selector(".saved:has-text('Zapisano szkic')")
    page.goto(address)
    assert page.input_value("textarea[name=task]") == "Znaleźć różnicę."
    tab_to(page, "input[name=title]")
    enter(page)
    assert Episode.objects.get().task == "Znaleźć różnicę."
