"""A provider's own pages and the office's pages about providers, by role."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorobek.offers import rules
from dorobek.offers.models import Edition, Provider, QualityCheck, TrainingService
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog, Account
from dorobek.vouchers import actions
from dorobek.vouchers.models import Voucher
from tests.factories import make_institution, make_staff, make_unit
from tests.offers.builders import make_provider, make_provider_account
from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def bought():
    """A voucher bound to a date of a provider that has an account."""
    voucher = make_voucher()
    edition = make_edition()
    provider = edition.service.provider
    provider.institution = make_provider().institution
    provider.save()
    return actions.bind(voucher=voucher, edition=edition, acting_user=adviser_of(voucher.right))


@pytest.fixture
def owner(bought, client):
    """Signed in as the provider's own person."""
    account = make_provider_account(bought.edition.service.provider)
    client.force_login(account)
    return account


def ended(edition, ago):
    """The date ended so many days ago."""
    day = timezone.localdate() - dt.timedelta(ago)
    Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day)


@pytest.mark.usefixtures("owner")
def test_a_provider_sees_who_comes_and_nothing_of_another_provider(bought, client):
    other = actions.bind(
        voucher=make_voucher(bought.right, 50_000), edition=make_edition(50_000), acting_user=adviser_of(bought.right)
    )
    page = client.get(reverse("provider-home")).content.decode()
    assert bought.person.name in page
    assert bought.number in page
    assert other.number not in page
    assert other.edition.service.title not in page
    assert client.get(reverse("provider-report", args=[other.uid])).status_code == 404
    for name in ("provider-edition", "provider-edition-withdraw"):
        assert client.get(reverse(name, args=[other.edition.uid])).status_code == 404
    assert client.get(reverse("provider-assess", args=[other.edition.service.provider.uid])).status_code == 404
    assert client.get(reverse("case-voucher", args=[bought.case_uid])).status_code == 404
    assert client.get(f"/api/cases/{bought.case_uid}/voucher").status_code == 404


def test_the_provider_accepts_then_reports_and_the_reading_is_in_the_persons_log(bought, client, owner):
    url = reverse("provider-report", args=[bought.uid])
    page = client.get(url).content.decode()
    assert 'value="accepted"' in page
    assert 'value="finished"' not in page
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"participation": "accepted"}).status_code == 302
    ended(bought.edition, 1)
    assert client.post(url, {"participation": "finished", "document": "lista 4"}).status_code == 302
    voucher = Voucher.objects.get(pk=bought.pk)
    assert (voucher.state, voucher.changes.last().document) == ("used", "lista 4")
    assert AccessLog.objects.filter(person=bought.person, account=owner).exists()


@pytest.mark.usefixtures("owner")
def test_the_last_day_to_report_is_shown_and_a_late_provider_is_on_the_coordinators_list(bought, client):
    actions.report_participation(
        voucher=bought, participation="accepted", document="l", acting_user=adviser_of(bought.right)
    )
    ended(bought.edition, 7)
    due = timezone.localdate()
    page = client.get(reverse("provider-home")).content.decode()
    assert f"{due:%d.%m.%Y}" in page or f"{due.day}.{due:%m.%Y}" in page
    assert "po terminie" not in page
    ended(bought.edition, 8)
    assert "po terminie" in client.get(reverse("provider-home")).content.decode()
    client.force_login(coordinator_of(bought.right).account)
    desk = client.get(reverse("vouchers")).content.decode()
    late = desk[desk.index('id="spoznieni"') : desk.index('id="czeka"')]
    assert bought.edition.service.provider.name in late
    client.force_login(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    assert bought.number not in client.get(reverse("vouchers")).content.decode()


def test_a_training_and_its_date_are_written_by_hand_and_mistakes_are_named_beside_the_field(bought, client, owner):
    provider = bought.edition.service.provider
    new = client.post(
        reverse("provider-service-new", args=[provider.uid]),
        {"title": "Kurs florystyki", "kind": "training", "field": "trade", "ending": "statement", "hour_form": "group",
         "outcomes": "- układa bukiety\n\n- wycenia pracę", "hours": "40"},
    )  # fmt: skip
    service = TrainingService.objects.get(title="Kurs florystyki")
    assert new["Location"] == reverse("provider-edition-new", args=[service.uid])
    assert service.outcomes == ["układa bukiety", "wycenia pracę"]
    url = reverse("provider-edition-new", args=[service.uid])
    soon = timezone.localdate() + dt.timedelta(30)
    good = {
        "starts_on": f"{soon:%d.%m.%Y}",
        "ends_on": f"{soon:%d.%m.%Y}",
        "place": "zdalnie",
        "price_grosze": "950 zł",
    }
    for change in (
        {"price_grosze": "-5"}, {"price_grosze": "120 €"}, {"price_grosze": "99 999 999"}, {"place": "Nibylandia"},
        {"starts_on": "1.2.2020"}, {"ends_on": "31.02.2030"}, {"ends_on": f"{soon - dt.timedelta(1):%d.%m.%Y}"},
    ):  # fmt: skip
        answer = client.post(url, {**good, **change})
        page = answer.content.decode()
        assert answer.status_code == 422, change
        assert f'id="id_{next(iter(change))}"' in page
        assert 'aria-invalid="true"' in page, change
    assert client.post(url, good).status_code == 302
    edition = service.editions.get()
    assert (edition.remote, edition.price_grosze) == (True, 95_000)
    changed = {**good, "price_grosze": "900", "base_version": edition.version}
    assert client.post(reverse("provider-edition", args=[edition.uid]), changed).status_code == 302
    assert client.post(reverse("provider-edition-withdraw", args=[edition.uid]), {"reason": ""}).status_code == 422
    assert (
        client.post(reverse("provider-edition-withdraw", args=[edition.uid]), {"reason": "Brak sali"}).status_code
        == 302
    )
    assert "Brak sali" in client.get(reverse("offer-edition", args=[edition.uid])).content.decode()
    assert owner.has_role(Role.PROVIDER)


def standard(**changes):
    sent = {"by_name": "Dyrektorka", "done_on": f"{timezone.localdate():%d.%m.%Y}", "note": ""}
    for code in rules.STANDARD:
        sent |= {code: "tak", f"note-{code}": "widać w dokumentach"}
    return {**sent, **changes}


@pytest.mark.usefixtures("owner")
def test_the_provider_assesses_itself_the_office_audits_and_gives_the_mark(bought, client):
    provider = bought.edition.service.provider
    url = reverse("provider-assess", args=[provider.uid])
    missing = client.post(url, standard(**{"note-goals": ""}))
    assert missing.status_code == 422
    assert "po czym to widać" in missing.content.decode()
    assert client.post(url, standard()).status_code == 302
    office = coordinator_of(bought.right).account
    client.force_login(office)
    page = reverse("providers-one", args=[provider.uid])
    assert "Dyrektorka" in client.get(page).content.decode()
    mark = {"by_name": "Kapituła", "done_on": f"{timezone.localdate():%d.%m.%Y}", "valid_until": "1.1.2090"}
    early = client.post(reverse("providers-mark", args=[provider.uid]), mark)
    assert early.status_code == 422
    assert "po audycie" in early.content.decode()
    audit = reverse("providers-audit", args=[provider.uid])
    assert client.post(audit, standard(by_name="Audytorka", done_on="1.1.2090")).status_code == 422
    assert client.post(audit, standard(by_name="Audytorka")).status_code == 302
    assert client.post(reverse("providers-mark", args=[provider.uid]), mark).status_code == 302
    assert "znak jakości" in client.get(reverse("offer-provider", args=[provider.uid])).content.decode()
    check = QualityCheck.objects.get(kind="mark")
    assert client.post(reverse("providers-mark-end", args=[check.uid]), {"reason": "Skargi."}).status_code == 302
    assert "Skargi." in client.get(reverse("offer-provider", args=[provider.uid])).content.decode()


def test_a_coordinator_of_the_provider_itself_does_not_audit_it(client):
    institution = make_institution()
    provider = make_provider(institution)
    client.force_login(make_staff(Role.COORDINATOR, make_unit(institution)))
    for name in ("providers-one", "providers-audit", "providers-mark", "providers-account", "providers-change"):
        assert client.get(reverse(name, args=[provider.uid])).status_code == 404


def test_the_office_finds_a_provider_sets_its_contract_and_opens_an_account(client):
    provider = make_provider(tax_number="6790000077")
    make_provider()
    client.force_login(make_staff(Role.ADMINISTRATOR, make_unit(make_institution())))
    page = client.get(reverse("providers"), {"q": "679000007"}).content.decode()
    assert page.count(reverse("offer-import")) == 1
    assert page.count('scope="row"') == 1
    changed = client.post(
        reverse("providers-change", args=[provider.uid]),
        {"contract_until": "31.12.2030", "place": "Kraków", "base_version": provider.version},
    )
    assert changed.status_code == 302
    held = Provider.objects.get(pk=provider.pk)
    assert (held.contract_until, held.teryt) == (dt.date(2030, 12, 31), "1261")
    url = reverse("providers-account", args=[provider.uid])
    assert client.post(url, {"name": "Zyta Ćma", "email": "zyta"}).status_code == 422
    assert client.post(url, {"name": "Zyta Ćma", "email": "zyta@example.org"}).status_code == 302
    client.force_login(Account.objects.get(email="zyta@example.org"))
    assert client.get(reverse("provider-home")).status_code in (200, 302)


def test_statements_of_the_providers_page_do_not_grow_with_vouchers(bought, client, owner):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("provider-home")).status_code == 200
        return len(seen)

    count()
    first = count()
    for _ in range(4):
        voucher = make_voucher()
        actions.bind(voucher=voucher, edition=bought.edition, acting_user=adviser_of(voucher.right))
    assert count() == first
    assert owner.pk


def test_the_same_over_rest(bought, client, owner):
    waiting = client.get("/api/provider/vouchers").json()
    assert [one["number"] for one in waiting] == [bought.number]
    url = f"/api/provider/vouchers/{bought.uid}/participation"
    sent = {"participation": "accepted", "document": "lista"}
    assert client.post(url, sent, content_type="application/json").json()["participation"] == "accepted"
    provider = bought.edition.service.provider
    made = client.post(
        f"/api/provider/{provider.uid}/services", {"title": "Kurs"}, content_type="application/json"
    ).json()  # fmt: skip
    day = (timezone.localdate() + dt.timedelta(9)).isoformat()
    date = {"starts_on": day, "ends_on": day, "place": "Nibylandia", "price_grosze": 100}
    address = f"/api/provider/services/{made['uid']}/dates"
    assert client.post(address, date, content_type="application/json").json()["field"] == "place"
    new = client.post(address, {**date, "place": "Kraków"}, content_type="application/json")
    assert new.status_code == 201
    gone = client.post(
        f"/api/provider/dates/{new.json()['uid']}/withdraw", {"reason": "Brak"}, content_type="application/json"
    )
    assert gone.status_code == 200
    assert client.get(f"/api/offer/{new.json()['uid']}").json()["withdrawn"] is True
    assert owner.pk
