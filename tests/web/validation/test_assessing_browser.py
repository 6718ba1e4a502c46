"""Assessors in a real browser: three judge one application to agreement; a tablet loses its connection in between."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from dorobek.people.models import Draft
from dorobek.validation.models import Mark, TimeMark
from dorobek.validation.rules import OwnRule
from tests.validation.judged import Judged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def world():
    return Judged()


def url(name, world, *more):
    return reverse(f"assessing-{name}", args=[world.case.uid, *more])


def no_violations(page, where):
    found = Axe().run(page)
    assert found.violations_count == 0, (where, found.generate_report())
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, where


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_no_page_of_an_assessor_has_an_axe_violation(page, sign_in, world):
    seen = world.observation()
    world.mark_all(world.sheets[1])
    sign_in(world.assessors[0])
    addresses = [
        reverse("assessing"), url("case", world), url("sheet", world, "1.1"), url("close", world),
        url("evidence", world), url("evidence-one", world, world.piece.uid), url("methods", world),
        url("observations", world), url("observation", world, seen.uid), url("conversation", world),
        url("agreement", world),
    ]  # fmt: skip
    for address in addresses:
        page.goto(address)
        no_violations(page, address)
    page.set_viewport_size(TABLET)
    for address in addresses:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, address


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_no_page_of_the_officers_scenarios_has_an_axe_violation(page, sign_in, world):
    draft, published = world.scenario(publish=False), world.scenario()
    sign_in(world.officer)
    for address in (
        reverse("assessing-scenarios"), reverse("assessing-scenario-new"),
        reverse("assessing-scenario-edit", args=[draft.uid]), reverse("assessing-scenario", args=[published.uid]),
    ):  # fmt: skip
        page.goto(address)
        no_violations(page, address)


def judge(page, world, verdict):
    """Fill one's whole sheet with the keyboard and the buttons a person uses, and close it."""
    page.goto(url("case", world))
    page.click("text=Zacznij oceniać")
    for outcome in ("1.1", "1.2", "2.1", "2.2"):
        page.wait_for_url(f"**/arkusz/{outcome}/")
        for box in page.query_selector_all("[id^='k-']"):
            code = box.get_attribute("id").removeprefix("k-")
            mark = verdict if code == "1_1_a" else "met"
            page.check(f"#{box.get_attribute('id')} input[value='{mark}']")
            page.select_option(f"[name='m_{code}']", "knowledge_test")
            page.fill(f"[name='r_{code}']", f"Widać to w {code}.")
        no_violations(page, outcome)
        page.click("form[data-autosave] .row--ends button:last-child")
    page.wait_for_selector("text=Zapisano 2.2")
    page.goto(url("close", world))
    no_violations(page, "close")
    page.click("text=Zamykam arkusz na stałe")
    page.wait_for_url(url("case", world))


def test_three_assessors_judge_one_application_to_agreement(page, sign_in):
    world = Judged(own_rules=[OwnRule.MAJORITY])
    world.all_methods(world.sheets[2])
    for account, verdict in zip(world.assessors, ("met", "not-met", "met"), strict=False):
        sign_in(account)
        judge(page, world, verdict)
    page.goto(reverse("assessing"))
    page.click("text=uzgodnij różnice")
    no_violations(page, "agreement")
    page.click("text=Omów")
    no_violations(page, "difference")
    page.fill("[name=talk]", "Asesor B nie słyszał pytań otwartych, pozostali słyszeli.")
    page.click("text=Dopisz do rozmowy")
    page.wait_for_selector("ol.lines >> text=Asesor B nie słyszał")
    page.click("text=Zaproponuj tę ocenę")
    page.wait_for_selector("[role=alert]")
    no_violations(page, "refused")
    page.check("input[name=verdict][value=met]")
    page.fill("[name=reason]", "Test i obserwacja pokazują to samo.")
    page.click("text=Zaproponuj tę ocenę")
    page.wait_for_url(url("agreement", world))
    for account, answer, words in ((world.assessors[0], "yes", ""), (world.assessors[1], "no", "Za mało pytań.")):
        sign_in(account)
        page.goto(url("difference", world, "1.1.a"))
        no_violations(page, "proposal")
        page.check(f"input[name=answer][value={answer}]")
        page.fill("[name=reason]", words)
        page.click("text=Zapisz odpowiedź")
        page.wait_for_url(url("agreement", world))
    page.wait_for_selector("text=Wszystko uzgodnione")
    no_violations(page, "agreed")
    agreed = world.case.agreed.get()
    assert (agreed.criterion, agreed.verdict, agreed.dissent) == ("1.1.a", "met", "Asesor B: Za mało pytań.")
    assert Mark.objects.count() == 18


def test_a_criterion_is_judged_with_the_keyboard_alone(page, sign_in, world):
    sign_in(world.assessors[0])
    page.goto(url("sheet", world, "1.2"))
    page.focus("#id_v_1_2_a_0")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("#id_v_1_2_a_1")
    page.keyboard.press("Tab")
    page.keyboard.type("analiza")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Nie podała przykładu.")
    for _step in range(20):
        page.keyboard.press("Tab")
        if "Zapisz i dalej" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/arkusz/2.1/")
    mark = Mark.objects.get()
    assert (mark.verdict, mark.method, mark.reason) == ("not-met", "evidence_analysis", "Nie podała przykładu.")


def test_a_sheet_typed_without_a_connection_is_there_when_it_is_back(page, sign_in, world, context):
    sign_in(world.assessors[0])
    page.goto(url("sheet", world, "1.1"))
    context.set_offline(True)
    page.check("#k-1_1_a input[value='not-shown']")
    page.fill("[name=r_1_1_a]", "Zabrakło prądu.")
    page.wait_for_selector(".saved--off")
    context.set_offline(False)
    page.goto(url("sheet", world, "1.1"))
    page.wait_for_function("document.querySelector('[name=r_1_1_a]').value === 'Zabrakło prądu.'")
    assert page.is_checked("#k-1_1_a input[value='not-shown']")
    assert not Mark.objects.exists()


def taps_in_box(page):
    return page.input_value("[name=taps]").strip()


def test_taps_without_a_connection_arrive_once_when_it_is_back(page, sign_in, world, context):
    page.set_viewport_size(TABLET)
    seen = world.observation()
    sign_in(world.assessors[0])
    where = url("observation", world, seen.uid)
    page.goto(where)
    page.click("text=powtórzył własnymi słowami")
    page.wait_for_selector(".seen >> text=w arkuszu")
    assert TimeMark.objects.count() == 1
    context.set_offline(True)
    for _time in range(2):
        page.click("text=zadał pytanie otwarte")
    page.click("text=policzył")
    page.wait_for_selector("text=Znaczniki, które czekają na wysłanie: 3")
    page.wait_for_selector(".saved--off")
    assert page.locator(".seen .is-waiting").count() == 3
    assert TimeMark.objects.count() == 1
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=Wszystkie znaczniki są w arkuszu.")
    kept = list(TimeMark.objects.order_by("at", "pk").values_list("criterion", "words"))
    assert sorted(kept) == sorted(
        [("1.1.a", "powtórzył własnymi słowami"), *[("1.1.a", "zadał pytanie otwarte")] * 2, ("2.1.a", "policzył")]
    )
    page.goto(where)
    assert page.locator(".seen li").count() == 4
    assert taps_in_box(page) == ""


def test_taps_survive_a_page_that_was_closed_without_a_connection(page, sign_in, world, context):
    seen = world.observation()
    sign_in(world.assessors[0])
    where = url("observation", world, seen.uid)
    page.goto(where)
    context.set_offline(True)
    page.click("text=policzył")
    page.wait_for_selector(".saved--off")
    second = context.new_page()
    page.close()  # the tablet went dark; whatever is left of it lies in the device's own box
    context.set_offline(False)
    second.goto(url("methods", world))  # another page of the same person takes it to the server as a draft
    second.wait_for_function("() => !Object.keys(localStorage).some(key => key.includes('/obserwacja/'))")
    assert Draft.objects.get(form=where).values["taps"][0].endswith("policzył")
    second.goto(url("case", world))
    second.wait_for_selector("text=jeszcze nie trafiły do arkusza")
    second.goto(where)
    second.wait_for_selector("text=Wszystkie znaczniki są w arkuszu.")
    second.goto(where)
    assert second.locator(".seen li").count() == 1
    assert TimeMark.objects.get().words == "policzył"


def test_an_answer_that_was_lost_doubles_nothing(page, sign_in, world):
    """The server kept the marks, the tablet never heard of it, and sends them again."""
    seen = world.observation()
    sign_in(world.assessors[0])
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            return route.abort()
        return route.continue_()

    page.route("**/znaczniki/", lose)
    page.goto(url("observation", world, seen.uid))
    page.click("text=policzył")
    page.wait_for_selector("text=Wszystkie znaczniki są w arkuszu.")
    assert lost
    assert TimeMark.objects.count() == 1
