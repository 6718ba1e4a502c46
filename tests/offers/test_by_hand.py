"""Trainings and dates written by hand: what is refused beside which field, and that nothing vanishes."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.offers import actions, rules
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Membership
from dorobek.register.models import Qualification
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.offers.builders import make_provider, make_provider_account
from tests.offers.files import line, table

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 3, 1)
GOOD = {
    "starts_on": TODAY + dt.timedelta(20), "ends_on": TODAY + dt.timedelta(50), "enrol_until": None, "place": "Kraków",
    "teryt": "", "price_grosze": 125_000, "places": 12, "weekly_hours": 6,
}  # fmt: skip


def days(**changes):
    """Good values from today on."""
    shift = timezone.localdate() - TODAY
    moved = {name: value + shift if isinstance(value, dt.date) else value for name, value in GOOD.items()}
    return {**moved, **changes}


@pytest.fixture
def provider():
    return make_provider()


@pytest.fixture
def me(provider):
    return acting(make_provider_account(provider))


@pytest.fixture
def office():
    return acting(make_staff(Role.COORDINATOR, make_unit(make_institution())))


@pytest.fixture
def service(provider, me):
    values = {"title": "Kurs kadr i płac", "kind": "training", "field": "trade", "hours": 40}
    return actions.write_service(provider=provider, values=values, acting_user=me)


@pytest.fixture
def edition(service, me):
    return actions.write_edition(service=service, values=days(), acting_user=me)


def test_a_date_has_its_place_by_name_the_day_before_as_last_of_enrolment_and_is_found(edition):
    assert (edition.teryt, edition.source) == ("1261", Source.HAND)
    assert edition.enrol_until == edition.starts_on - dt.timedelta(1)
    assert Edition.objects.offered().filter(search_text__contains="kadr").get() == edition
    assert HistoryEntry.objects.filter(kind="offer.edition-written", subject=edition.uid).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": TODAY - dt.timedelta(1)}, "starts_on"),
        ({"starts_on": dt.date(20, 1, 1)}, "starts_on"),
        ({"ends_on": TODAY + dt.timedelta(19)}, "ends_on"),
        ({"enrol_until": TODAY - dt.timedelta(1)}, "enrol_until"),
        ({"enrol_until": TODAY + dt.timedelta(51)}, "enrol_until"),
        ({"starts_on": TODAY}, "enrol_until"),
        ({"place": "Nibylandia"}, "place"),
        ({"place": ""}, "place"),
        ({"place": "Kraków", "teryt": "9961"}, "teryt"),
        ({"price_grosze": -1}, "price"),
        ({"price_grosze": 100_000_001}, "price"),
        ({"places": -1}, "places"),
        ({"weekly_hours": 81}, "weekly_hours"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(change, field):
    with pytest.raises(RuleBroken) as refusal:
        rules.checked_edition({**GOOD, **change}, TODAY)
    assert refusal.value.field == field


@given(st.integers(0, 700), st.integers(0, 400), st.integers(0, 100_000_000))
def test_any_day_to_come_and_any_price_that_can_be_is_taken(ahead, long, price):
    starts = TODAY + dt.timedelta(ahead + 1)
    found = rules.checked_edition(
        {**GOOD, "starts_on": starts, "ends_on": starts + dt.timedelta(long), "price_grosze": price}, TODAY
    )
    assert TODAY <= found["enrol_until"] < starts
    assert found["price_grosze"] == price


def test_another_price_or_day_is_told_and_a_stale_form_is_a_conflict(edition, service, me):
    given = days(price_grosze=99_000)
    changed = actions.write_edition(service=service, edition=edition, values=given, acting_user=me, base_version=1)
    assert changed.price_grosze == 99_000
    told = Event.objects.filter(kind="OfferMoved").get()
    assert told.data["changed"] == [str(edition.uid)]
    with pytest.raises(Conflict):
        actions.write_edition(
            service=service, edition=edition, values=days(price_grosze=1), acting_user=me, base_version=1
        )
    actions.write_edition(service=service, edition=edition, values={**given, "places": 3}, acting_user=me)
    assert Event.objects.filter(kind="OfferMoved").count() == 1  # the number of places is nobody's trouble


def test_a_date_that_began_or_was_withdrawn_is_not_changed(edition, service, me):
    Edition.objects.filter(pk=edition.pk).update(starts_on=timezone.localdate())
    with pytest.raises(RuleBroken):
        actions.write_edition(service=service, edition=edition, values=days(), acting_user=me)
    actions.withdraw_edition(edition=edition, reason="Zbyt mało osób", acting_user=me)
    with pytest.raises(RuleBroken):
        actions.write_edition(service=service, edition=edition, values=days(), acting_user=me)


def test_a_date_is_withdrawn_with_a_reason_and_stays(edition, me):
    with pytest.raises(RuleBroken) as refusal:
        actions.withdraw_edition(edition=edition, reason="  ", acting_user=me)
    assert refusal.value.field == "reason"
    gone = actions.withdraw_edition(edition=edition, reason="Prowadząca zachorowała.", acting_user=me)
    assert gone.withdrawn_at
    assert Event.objects.get(kind="OfferMoved").data == {
        "withdrawn": [str(edition.uid)], "changed": [], "reason": "Prowadząca zachorowała.",
    }  # fmt: skip
    with pytest.raises(RuleBroken):
        actions.withdraw_edition(edition=edition, reason="Znowu", acting_user=me)


def test_what_was_withdrawn_by_hand_does_not_come_back_with_the_next_file(office):
    def bring(*lines):
        return actions.import_offer(
            file=table(*lines), name="a.csv", source=Source.TABLE, acting_user=None, whole=True
        )  # fmt: skip

    bring(line(1), line(2))
    edition = Edition.objects.get(number="E1")
    actions.withdraw_edition(edition=edition, reason="Sala spłonęła.", acting_user=office)
    report = bring(line(1, cena="800"), line(2))
    edition.refresh_from_db()
    assert (report.changed, report.unchanged) == (0, 2)
    assert edition.withdrawn_reason == "Sala spłonęła."
    with pytest.raises(RuleBroken):
        actions.write_edition(service=edition.service, edition=edition, values=days(), acting_user=office)


def test_a_file_tells_of_dates_that_moved_or_vanished_once_a_batch():
    def bring(*lines, **more):
        actions.import_offer(file=table(*lines), name="a", source=Source.TABLE, acting_user=None, **more)

    bring(line(1), line(2), line(3))
    bring(line(1, cena="800"), line(2, tytul="Inna nazwa"), whole=True)
    numbers = dict(Edition.objects.values_list("uid", "number"))
    told = [event.data for event in Event.objects.filter(kind="OfferMoved").order_by("pk")]
    names = [
        {key: sorted(numbers[_uid(uid)] for uid in data[key]) for key in ("withdrawn", "changed")} for data in told
    ]
    assert names == [{"withdrawn": [], "changed": ["E1"]}, {"withdrawn": ["E3"], "changed": []}]


def _uid(text):
    import uuid

    return uuid.UUID(text)


def test_a_code_that_the_register_does_not_know_is_refused(provider, me):
    values = {"title": "Kurs", "register_code": "13477"}
    with pytest.raises(RuleBroken) as refusal:
        actions.write_service(provider=provider, values=values, acting_user=me)
    assert refusal.value.field == "register_code"
    Qualification.objects.create(code="13477", title_pl="Bilansowanie kompetencji")
    assert actions.write_service(provider=provider, values=values, acting_user=me).register_code == "13477"


def test_nobody_writes_for_another_provider(service, edition):
    for stranger in (
        acting(make_provider_account()),
        acting(make_staff(Role.ADVISER, make_unit(make_institution()))),
        acting(make_person("Inna Osoba").account),
    ):
        with pytest.raises(NotAllowed):
            actions.write_service(provider=service.provider, values={"title": "X"}, acting_user=stranger)
        with pytest.raises(NotAllowed):
            actions.write_edition(service=service, values=days(), acting_user=stranger)
        with pytest.raises(NotAllowed):
            actions.withdraw_edition(edition=edition, reason="X", acting_user=stranger)
        with pytest.raises(NotAllowed):
            actions.open_provider_account(provider=service.provider, name="X", email="x@x.pl", acting_user=stranger)


def test_a_provider_describes_itself_and_does_not_set_its_own_contract(provider, me):
    today = timezone.localdate()
    written = actions.write_provider(
        provider=provider,
        values={"about": "Uczymy dorosłych.", "contract_until": today, "name": "Inna"},
        acting_user=me,
    )
    assert (written.about, written.contract_until, written.name) == ("Uczymy dorosłych.", None, provider.name)


def test_an_office_opens_an_account_and_providers_of_one_tax_number_share_it(
    office, mailoutbox, django_capture_on_commit_callbacks
):
    first = make_provider(tax_number="6790000011")
    first.institution = None
    first.save()
    second = make_provider(tax_number="6790000011")
    second.institution = None
    second.save()
    with django_capture_on_commit_callbacks(execute=True):
        held = actions.open_provider_account(
            provider=first, name="Zyta Ćma", email="Zyta@Example.org", acting_user=office
        )
    again = actions.open_provider_account(provider=second, name="Jan Bąk", email="jan@example.org", acting_user=office)
    assert held.institution == again.institution
    assert held.institution.kind == InstitutionKind.TRAINING
    assert mailoutbox[0].to == ["zyta@example.org"]
    assert Membership.objects.filter(role=Role.PROVIDER).count() == 2
    with pytest.raises(RuleBroken):
        actions.open_provider_account(provider=first, name="Zyta", email="zyta@example.org", acting_user=office)
    person = make_person("Uczestniczka Żak")
    with pytest.raises(RuleBroken) as refusal:
        actions.open_provider_account(provider=first, name="U", email=person.account.email, acting_user=office)
    assert refusal.value.field == "email"
