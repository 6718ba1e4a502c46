"""A voucher on the screens: from the right to the settlement, as each person sees it."""

import io
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dorobek.audits.actions.closing import finish_audit
from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.plans.models import DevelopmentPlan, Scenario, ScenarioAction
from dorobek.vouchers import actions, export
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher, VoucherRight
from tests.factories import acting, make_case, make_staff
from tests.vouchers.builders import coordinator_of, make_edition, make_right, make_voucher, used_voucher

pytestmark = pytest.mark.django_db


def test_an_adviser_takes_a_voucher_from_grant_to_a_place_on_the_screens(client):
    right = make_right()
    client.force_login(right.adviser)
    answer = client.post(
        reverse("case-voucher-grant", args=[right.case_uid]), {"price": "1 200,00 zł", "reason": "Kurs"}
    )
    assert answer.status_code == 302
    voucher = Voucher.objects.get()

    def take(what, **sent):
        return client.post(reverse("case-voucher-step", args=[right.case_uid, voucher.uid, what]), sent)

    assert "156,00" in take("wplata", grosze="100", document="p 1").content.decode()
    assert take("wplata", grosze="156,00", document="p 1").status_code == 302
    edition = make_edition(field="trade")
    refused = take("szkolenie", edition=f"https://x/oferta/{edition.uid}/").content.decode()
    assert "dziedziny" in refused
    assert str(edition.uid) in refused  # nothing typed is lost
    assert take("szkolenie", edition=f"https://x/oferta/{make_edition().uid}/").status_code == 302
    voucher.refresh_from_db()
    assert voucher.state == VoucherState.BOUND
    shown = client.get(reverse("case-voucher", args=[right.case_uid])).content.decode()
    assert voucher.number in shown
    assert "p 1" in shown


def test_the_participant_sees_the_money_and_says_what_is_in_the_way(client):
    right = make_right()
    make_voucher(right)
    client.force_login(right.person.account)
    url = reverse("own-voucher", args=[right.case_uid])
    assert "1\u00a0500,00" in client.get(url).content.decode()
    answer = client.post(url, {"why": "too-far", "more": "", "base_version": right.version})
    assert answer.status_code == 302
    assert VoucherRight.objects.get().not_bought == "too-far"


def test_the_settlement_adds_up_to_the_ledger_in_both_formats(client):
    office = None
    for price in (123_457, 99_999, 1):
        voucher = used_voucher(make_right(make_case()) if office is None else voucher.right, price)  # noqa: F821
        office = office or coordinator_of(voucher.right)
        client.force_login(office.account)
        page = reverse("vouchers-settle", args=[voucher.uid])
        assert client.post(page, {"document": "FV 1"}).status_code == 302
    answer = client.get(reverse("vouchers-settlement", args=["csv"]))
    last = answer.content.decode("utf-8-sig").strip().splitlines()[-1].split(";")
    assert last[0] == "Suma kontrolna"
    assert last[-3:] == ["2234,57", "1944,08", "290,49"]
    whole = load_workbook(io.BytesIO(client.get(reverse("vouchers-settlement", args=["xlsx"])).content)).active
    lines = list(whole.iter_rows(min_row=2, values_only=True))
    assert len(lines) == 4
    assert sum(Decimal(str(line[11])) for line in lines[:-1]) == Decimal(str(lines[-1][11])) == Decimal("2234.57")


def test_a_settlement_that_differs_from_the_ledger_is_refused():
    voucher = used_voucher()
    office = coordinator_of(voucher.right)
    actions.settle(voucher=voucher, document="FV 1", acting_user=office)
    Voucher.objects.update(value_grosze=voucher.value_grosze + 1, own_grosze=voucher.own_grosze + 1)
    with pytest.raises(RuleBroken):
        list(export.rows(office.account))


def test_one_office_does_not_see_what_another_settles(client):
    voucher = used_voucher()
    stranger = make_staff(Role.COORDINATOR, make_case().unit)
    client.force_login(stranger)
    assert voucher.number not in client.get(reverse("vouchers")).content.decode()
    assert client.get(reverse("vouchers-settle", args=[voucher.uid])).status_code == 404


def test_the_end_of_an_audit_opens_the_right(monkeypatch):
    monkeypatch.setattr("dorobek.audits.actions.closing.what_holds_the_end", lambda _ending: [])
    audit = make_case(stage="summary")
    finish_audit(audit=audit, acting_user=acting(audit.adviser))
    assert VoucherRight.objects.get(case_uid=audit.uid).adviser == audit.adviser


def test_a_date_of_the_plan_is_one_tick_away(client):
    right = make_right()
    voucher, edition, gone = make_voucher(right), make_edition(), make_edition(withdrawn_at=timezone.now())
    held = {"person": right.person, "case_uid": right.case_uid}
    plan = DevelopmentPlan.objects.create(**held)
    scenario = Scenario.objects.create(plan=plan, name="Najtańsza", **held)
    plan.chosen_scenario = scenario
    plan.save()
    for one in (edition, gone):
        ScenarioAction.objects.create(scenario=scenario, wording="Kurs", edition=one, **held)
    client.force_login(right.adviser)
    url = reverse("case-voucher-step", args=[right.case_uid, voucher.uid, "szkolenie"])
    page = client.get(url).content.decode()
    assert str(edition.uid) in page
    assert str(gone.uid) not in page
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"planned": str(gone.uid)}).status_code == 422
    assert client.post(url, {"planned": str(edition.uid)}).status_code == 302
    voucher.refresh_from_db()
    assert voucher.edition == edition


@pytest.mark.browser
@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_any_page_of_offer_and_vouchers(page, sign_in):
    voucher = used_voucher()
    right, office = voucher.right, coordinator_of(voucher.right)
    edition = make_edition()
    waiting = make_voucher(right, 1_000)
    open_pages = [("offer", []), ("offer-edition", [edition.uid]), ("offer-provider", [edition.service.provider.uid])]
    visits = (
        (right.adviser, [*open_pages, ("case-voucher", [right.case_uid]), ("case-voucher-grant", [right.case_uid]),
                         ("case-voucher-step", [right.case_uid, waiting.uid, "szkolenie"])]),
        (office.account, [("vouchers", []), ("vouchers-settle", [voucher.uid]), ("offer-import", [])]),
        (right.person.account, [("own-voucher", [right.case_uid])]),
    )  # fmt: skip
    for account, pages in visits:
        sign_in(account)
        for name, arguments in pages:
            page.goto(reverse(name, args=arguments))
            found = Axe().run(page).response["violations"]
            assert not found, (name, [(one["id"], one["nodes"][0]["html"]) for one in found])
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def test_the_same_steps_over_rest_answer_in_grosze(client):
    right = make_right()
    client.force_login(right.adviser)
    base = f"/api/cases/{right.case_uid}/voucher"

    def post(path, **body):
        return client.post(base + path, body, content_type="application/json")

    made = post("", price_grosze=120_000, reason="Kurs")
    assert made.status_code == 201
    uid, own = made.json()["uid"], made.json()["own_grosze"]
    assert post(f"/{uid}/own-share", grosze=own + 1, document="p").json()["field"] == "grosze"
    assert post(f"/{uid}/own-share", grosze=own, document="p").status_code == 200
    bound = post(f"/{uid}/edition", edition=str(make_edition(100_000).uid)).json()
    assert (bound["state"], bound["value_grosze"], bound["own_grosze"]) == ("bound", 100_000, 13_000)
    assert client.get(base).json()["right"]["free_grosze"] == 170_000
    assert post(f"/{uid}/return", reason="Choroba", document="pismo").json()["state"] == "returned"
