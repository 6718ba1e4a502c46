"""A test on a phone: the connection goes and comes back, the page is left and opened again; axe finds nothing."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from dorobek.validation.models import KnowledgeAnswer
from dorobek.validation.rules.testing.drawing import Row
from tests.sessions import signed_in_client
from tests.validation.knowledge_world import ALL, Bank

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    made = Bank()
    for question in ALL:
        made.add(question)
    return made


def fits(page):
    """Nothing for axe, nothing wider than the screen."""
    found = Axe().run(page)
    assert found.violations_count == 0, (page.url, found.generate_report())
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, page.url
    assert page.locator("header.masthead nav").count() == 1, (page.url, "the frame of the page is there")


def choose(page, row, world):
    """The right answer, as a person would give it."""
    places, form, name = world.right(row), row.item_version.form, f"q{row.place}"
    if form == "single":
        page.check(f"#{name}_{places}")
    elif form == "multiple":
        for place in places:
            page.check(f"#{name}_{place}")
    elif form == "ordering":
        for number, place in enumerate(places, 1):
            page.select_option(f"#{name}_{place}", str(number))
    elif form == "matching":
        for left, right in places.items():
            page.select_option(f"#{name}_{left}", right)
    else:
        page.fill(f"#{name}_1", places)


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_what_was_chosen_before_the_script_came_is_saved_too(page, sign_in, world):
    test = world.let(blueprint=world.blueprint(Row("1.1.a", 11)))
    row = next(row for row in test.answers.select_related("item_version") if row.place == 1)
    sign_in(world.me)
    page.goto(reverse("knowledge-test", args=[test.uid]))
    held = []
    page.route(re.compile(r"/knowledge[^/]*\.js"), lambda route: held.append(route))
    page.click("text=Zaczynam test", no_wait_after=True)
    expect(page.locator("h2").first).to_contain_text("Pytanie 1 z 7")
    choose(page, row, world)
    assert KnowledgeAnswer.objects.get(test=test, place=1).answer is None
    held[0].continue_()
    expect(page.locator("#s1")).to_contain_text("Zapisano")
    assert KnowledgeAnswer.objects.get(test=test, place=1).answer is not None


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_test_on_a_phone_that_loses_its_connection(page, context, sign_in, world):
    test = world.let(blueprint=world.blueprint(Row("1.1.a", 11)))
    rows = {row.place: row for row in test.answers.select_related("item_version")}
    sign_in(world.me)
    page.goto(reverse("knowledge-test", args=[test.uid]))
    fits(page)
    page.click("text=Zaczynam test")
    expect(page.locator("h2").first).to_contain_text("Pytanie 1 z 7")
    expect(page.locator("[data-clock]")).to_contain_text("Zostało minut: 30")
    choose(page, rows[1], world)
    expect(page.locator("#s1")).to_contain_text("Zapisano")
    fits(page)
    page.click("text=Zapisz i dalej")
    expect(page.locator("h2").first).to_contain_text("Pytanie 2 z 7")
    context.set_offline(True)
    choose(page, rows[2], world)
    expect(page.locator("#s2")).to_contain_text("na tym urządzeniu")
    page.click("text=Zapisz i dalej")
    expect(page.locator("#s2")).to_contain_text("Nie ma połączenia")
    assert KnowledgeAnswer.objects.get(test=test, place=2).answer is None
    page.close()  # the phone is switched off
    context.set_offline(False)
    again = context.new_page()
    again.goto(reverse("knowledge-question", args=[test.uid, 3]))
    choose(again, rows[3], world)
    expect(again.locator("#s3")).to_contain_text("Zapisano")
    again.goto(reverse("knowledge-question", args=[test.uid, 2]))
    for place in range(4, 8):
        again.goto(reverse("knowledge-question", args=[test.uid, place]))
        choose(again, rows[place], world)
        fits(again)
        again.click("button:has-text('Zapisz')")
        again.wait_for_url(re.compile(r"koniec|pytanie"))
    expect(again.locator("h1")).to_contain_text("Oddać test?")
    expect(again.locator("main")).to_contain_text("Na wszystkie pytania jest odpowiedź.")
    fits(again)
    again.click("text=Oddaję test")
    expect(again.locator("main")).to_contain_text("Test jest oddany")
    fits(again)
    again.close()
    points = dict(KnowledgeAnswer.objects.filter(test=test).values_list("item_version__form", "points"))
    assert {form: points[form] for form in points if form != "open"} == {
        "single": 1, "multiple": 2, "ordering": 1, "matching": 2, "short": 1, "number": 1,
    }  # fmt: skip


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_an_answer_changed_elsewhere_is_told_and_the_other_one_stands(page, sign_in, world):
    test = world.started(world.let(blueprint=world.blueprint(Row("1.1.a", 11), all_on_one=True)))
    rows = {row.item_version.form: row for row in test.answers.select_related("item_version")}
    sign_in(world.me)
    page.goto(reverse("knowledge-all", args=[test.uid]))
    fits(page)
    place = rows["short"].place
    world.keep(test, place, "rachunek", number=1, device="laptop")
    page.fill(f"#q{place}_1", "faktura")
    expect(page.locator(f"#s{place}")).to_contain_text("Na innym urządzeniu")
    assert KnowledgeAnswer.objects.get(test=test, place=place).answer == "rachunek"
    page.fill(f"#q{place}_1", "faktura VAT")
    expect(page.locator(f"#s{place}")).to_contain_text("Zapisano")
    assert KnowledgeAnswer.objects.get(test=test, place=place).answer == "faktura VAT"


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_pages_of_the_office_and_of_markers_have_no_axe_violation(page, context, sign_in, world):
    version = world.add()
    plan = world.blueprint(Row("1.1.a", 11))
    sign_in(world.officer)
    bank = world.bank.uid
    application = world.documented(world.opening)
    pages = [
        reverse("knowledge-banks"), reverse("knowledge-bank", args=[bank]), reverse("knowledge-figures", args=[bank]),
        reverse("knowledge-item", args=[bank, version.item.uid]), reverse("knowledge-import", args=[bank]),
        reverse("knowledge-item-new", args=[bank, "matching"]), reverse("knowledge-blueprint", args=[bank, plan.uid]),
        reverse("knowledge-tests"), reverse("knowledge-let", args=[application.uid]),
    ]  # fmt: skip
    test = world.finished(world.started(world.let(application, plan)))
    marker = world.mark(test, 1, "1", close=False)
    for address in [*pages, reverse("knowledge-test", args=[test.uid]), reverse("knowledge-cancel", args=[test.uid])]:
        page.goto(address)
        fits(page)
    sign_in(marker.account)
    page.goto(reverse("knowledge-marking", args=[test.uid]))
    fits(page)
    assert signed_in_client(marker.account).get(reverse("knowledge-tests")).status_code == 200
