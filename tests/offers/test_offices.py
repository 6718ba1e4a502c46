"""Who is an office: a role counts in an institution that runs guidance or vouchers, and nowhere else."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.offers import perms, rules
from dorobek.offers.actions import end_mark, import_offer, open_provider_account, record_quality, write_provider
from dorobek.offers.enums import QualityKind, Source
from dorobek.offers.models import Edition, Provider, QualityCheck
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Account, Membership
from dorobek.plans.perms import may_import_figures
from dorobek.programmes.models import ProgrammeVersion
from dorobek.vouchers.models import Voucher
from tests.factories import acting, make_case, make_institution, make_programme, make_staff, make_unit
from tests.offers.builders import make_provider, make_provider_account
from tests.offers.files import line, table
from tests.vouchers.builders import adviser_of, make_edition, make_right, make_voucher

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    InstitutionKind.AWARDING,
    InstitutionKind.TRAINING,
    InstitutionKind.EMPLOYER,
    InstitutionKind.ADULT_EDUCATION,
)
ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)
PAGES = ("providers", "offer-import", "labour-import", "vouchers", "vouchers-figures")
OF_A_PROVIDER = ("providers-one", "providers-change", "providers-account", "providers-audit", "providers-mark")
ALL_MET = {code: {"met": True, "note": "tak"} for code in rules.STANDARD}


def somebody(role, kind, **fields):
    institution = make_institution()
    institution.kind = kind
    institution.save()
    return make_staff(role, make_unit(institution), **fields)


def audited(provider, user, kind=QualityKind.AUDIT, **more):
    return record_quality(
        provider=provider, kind=kind, answers=ALL_MET, by_name="Audytorka", done_on=timezone.localdate(),
        acting_user=acting(user), **more,
    )  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ELSEWHERE)
def test_a_role_in_another_institution_opens_nothing_of_an_office(client, role, kind):
    user, provider = somebody(role, kind), make_provider()
    office = somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE)
    audited(provider, office)
    mark = audited(provider, office, QualityKind.MARK, valid_until=timezone.localdate().replace(year=2099))
    client.force_login(user)
    urls = [reverse(name) for name in PAGES] + [reverse(name, args=[provider.uid]) for name in OF_A_PROVIDER]
    urls += [reverse("providers-mark-end", args=[mark.uid]), "/api/providers", "/api/vouchers/waiting"]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 404)
    file = SimpleUploadedFile("a.csv", table(line(1)).read())
    assert client.post("/api/providers/import?dry_run=false", {"file": file}).status_code == 404
    assert (
        client.post(
            reverse("providers-account", args=[provider.uid]), {"name": "X", "email": "x@example.org"}
        ).status_code
        == 404
    )
    assert not perms.may_import(user)
    assert not may_import_figures(user)
    me = acting(user)
    refused = (
        lambda: open_provider_account(provider=provider, name="Ja", email=user.email, acting_user=me),
        lambda: audited(provider, user),
        lambda: end_mark(check=mark, reason="bo tak", acting_user=me),
        lambda: write_provider(provider=provider, values={"about": "my"}, acting_user=me),
        lambda: import_offer(file=table(line(1)), name="a.csv", source=Source.TABLE, acting_user=me),
    )
    for call in refused:
        with pytest.raises(NotAllowed):
            call()
    assert QualityCheck.objects.get(pk=mark.pk).holds()
    home = client.get(reverse("help")).content.decode()
    assert user.name in home
    assert not [url for url in urls if f'href="{url}"' in home]


@pytest.mark.parametrize("role", ROLES)
def test_a_centre_of_adult_education_is_an_office_once_it_runs_vouchers(role):
    user = somebody(role, InstitutionKind.ADULT_EDUCATION)
    assert not perms.offices(user)
    institution = user.memberships.get().institution
    version = make_programme(institution)
    assert version.parsed.vouchers is not None
    assert perms.offices(Account.objects.get(pk=user.pk)) == {institution.pk}
    ProgrammeVersion.objects.filter(pk=version.pk).update(published_at=None)
    assert not perms.offices(Account.objects.get(pk=user.pk))


@pytest.mark.parametrize("kind", [InstitutionKind.AWARDING, InstitutionKind.TRAINING])
def test_vouchers_make_no_office_of_whoever_trains_or_examines(kind):
    user = somebody(Role.ADMINISTRATOR, kind)
    make_programme(user.memberships.get().institution)
    assert not perms.offices(user)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_of_guidance_opens_the_office_and_a_role_that_ended_does_not(client, role):
    user, provider = somebody(role, InstitutionKind.GUIDANCE), make_provider()
    client.force_login(user)
    urls = [reverse(name) for name in PAGES] + [reverse(name, args=[provider.uid]) for name in OF_A_PROVIDER]
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
    Membership.objects.filter(account=user).update(until=timezone.localdate() - timezone.timedelta(days=1))
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 404)


def test_nobody_of_an_office_gets_an_account_of_a_provider_nor_takes_it_for_their_own():
    """Otherwise an administrator would read who comes with a voucher of other offices."""
    right = make_right()
    voucher = make_voucher(right)
    edition = make_edition()
    from dorobek.vouchers.actions import bind

    bind(voucher=voucher, edition=edition, acting_user=adviser_of(right))
    provider = edition.service.provider
    user = somebody(Role.ADMINISTRATOR, InstitutionKind.GUIDANCE)
    other = somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE)
    adviser = somebody(Role.ADVISER, InstitutionKind.ADULT_EDUCATION)
    for held in (user, other, adviser):
        with pytest.raises(RuleBroken) as refusal:
            open_provider_account(provider=provider, name="Ja", email=held.email, acting_user=acting(user))
        assert refusal.value.field == "email"
    own = user.memberships.get().institution
    with pytest.raises(RuleBroken):
        write_provider(provider=provider, values={"institution": own}, acting_user=acting(user))
    assert not Membership.objects.filter(role=Role.PROVIDER).exists()
    assert not Voucher.objects.of_provider(acting(user).account).exists()
    assert open_provider_account(provider=provider, name="Zyta", email="zyta@example.org", acting_user=acting(user))


@pytest.mark.parametrize("written", ["6790000077", "679-000-00-77", "PL 679 000 00 77"])
def test_the_same_firm_under_another_source_is_still_ones_own(client, written):
    user = somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE)
    make_provider(user.memberships.get().institution, tax_number="6790000077")
    twin = Provider.objects.create(source=Source.TABLE, number="x", name="Ta sama firma", tax_number=written)
    other = Provider.objects.create(source=Source.TABLE, number="y", name="Inna firma", tax_number="6790000078")
    with pytest.raises(NotAllowed):
        audited(twin, user)
    client.force_login(user)
    assert client.get(reverse("providers-audit", args=[twin.uid])).status_code == 404
    assert audited(other, user).passed


def test_firms_without_a_tax_number_are_not_the_same_firm():
    user = somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE)
    make_provider(user.memberships.get().institution)
    assert audited(Provider.objects.create(source=Source.TABLE, number="x", name="Inna"), user).passed


def test_a_provider_does_not_set_its_own_contract_even_from_an_office():
    user = somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE)
    held = make_provider(user.memberships.get().institution)
    Membership.objects.create(
        account=user, institution=held.institution, unit=user.memberships.get().unit, role=Role.PROVIDER
    )
    written = write_provider(
        provider=held, values={"contract_until": timezone.localdate(), "about": "my"}, acting_user=acting(user)
    )
    assert (written.contract_until, written.about) == (None, "my")


def test_a_participant_who_is_also_the_provider_does_not_report_themselves():
    from dorobek.vouchers.actions import bind, report_participation

    audit = make_case()
    right = make_right(audit)
    edition = make_edition()
    voucher = bind(voucher=make_voucher(right), edition=edition, acting_user=adviser_of(right))
    provider = edition.service.provider
    provider.institution = make_provider().institution
    provider.save()
    Membership.objects.create(account=audit.person.account, institution=provider.institution, role=Role.PROVIDER)
    with pytest.raises(NotAllowed):
        report_participation(
            voucher=voucher, participation="accepted", document="l", acting_user=acting(audit.person.account)
        )
    speaker = make_provider_account(provider)
    assert report_participation(voucher=voucher, participation="accepted", document="l", acting_user=acting(speaker))


def test_the_office_withdraws_a_date_for_a_provider_and_buyers_are_counted(client):
    from dorobek.vouchers.actions import bind

    right = make_right()
    edition = make_edition()
    bind(voucher=make_voucher(right), edition=edition, acting_user=adviser_of(right))
    client.force_login(somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE))
    url = reverse("providers-edition-withdraw", args=[edition.uid])
    assert url in client.get(reverse("providers-one", args=[edition.service.provider.uid])).content.decode()
    assert "1 osoba z bonem" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Trenerka zachorowała."}).status_code == 302
    edition.refresh_from_db()
    assert (edition.withdrawn_at is not None, edition.withdrawn_reason) == (True, "Trenerka zachorowała.")
    assert url not in client.get(reverse("providers-one", args=[edition.service.provider.uid])).content.decode()
    for user in (make_provider_account(), somebody(Role.ADMINISTRATOR, InstitutionKind.AWARDING), right.adviser):
        client.force_login(user)
        assert client.get(url).status_code == 404


def test_over_rest_an_office_alone_lists_providers(client):
    make_provider()
    client.force_login(somebody(Role.ADMINISTRATOR, InstitutionKind.GUIDANCE))
    assert len(json.loads(client.get("/api/providers").content)) == 1
    assert client.get("/api/vouchers/waiting").status_code == 200


def test_over_rest_the_office_withdraws_a_date_and_others_do_not(client):
    edition = make_edition()
    url = f"/api/providers/dates/{edition.uid}/withdraw"
    sent = {"data": {"reason": "Trenerka zachorowała."}, "content_type": "application/json"}
    for user in (make_provider_account(), somebody(Role.ADMINISTRATOR, InstitutionKind.AWARDING)):
        client.force_login(user)
        assert client.post(url, **sent).status_code == 404
    client.force_login(somebody(Role.COORDINATOR, InstitutionKind.GUIDANCE))
    assert client.post(url, {"reason": " "}, content_type="application/json").status_code == 422
    assert client.post(url, **sent).status_code == 200
    assert Edition.objects.get().withdrawn_reason == "Trenerka zachorowała."
