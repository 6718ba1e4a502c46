"""A provider late with its duty of seven days is written to, and the coordinator of the office with it (VO-3)."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.models import HistoryEntry
from dorobek.offers.models import Edition, Provider
from dorobek.people.enums import Role
from dorobek.vouchers import actions
from dorobek.vouchers.actions.daily import mark_absent, run_day
from dorobek.vouchers.actions.late import by_edition
from dorobek.vouchers.models import Voucher
from tests.factories import make_institution, make_staff, make_unit
from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_right, make_voucher

DB = pytest.mark.django_db


def bought(edition: Edition, right=None) -> Voucher:
    voucher = make_voucher(right)
    return actions.bind(voucher=voucher, edition=edition, acting_user=adviser_of(voucher.right))


def ended(edition: Edition, days: int) -> None:
    day = timezone.localdate() - dt.timedelta(days=days)
    Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day)


@pytest.fixture
def late(db):
    """Two vouchers of one date that ended eight days ago; the provider has an address and an account here."""
    edition = make_edition()
    right = make_right()
    vouchers = [bought(edition, right), bought(edition)]
    ended(edition, 8)
    provider = edition.service.provider
    unit = make_unit(make_institution("Szkoła"))
    Provider.objects.filter(pk=provider.pk).update(email="szkola@example.org", institution=unit.institution)
    speaker = make_staff(Role.PROVIDER, unit)
    coordinators = [coordinator_of(one.right).account for one in vouchers]
    return vouchers, speaker, coordinators


def run(callbacks):
    with callbacks(execute=True):
        return run_day()


def test_provider_and_coordinators_get_one_letter_for_the_date(late, django_capture_on_commit_callbacks):
    vouchers, speaker, coordinators = late
    mail.outbox.clear()
    assert run(django_capture_on_commit_callbacks)["absent"] == 2
    to = sorted(one.to[0] for one in mail.outbox)
    assert to == sorted(["szkola@example.org", speaker.email, *(one.email for one in coordinators)])
    letter = next(one for one in mail.outbox if one.to == ["szkola@example.org"])
    assert all(one.number in letter.body for one in vouchers)
    assert vouchers[0].person.name not in letter.body
    assert "Moje szkolenia" in letter.body
    office = next(one for one in mail.outbox if one.to == [coordinators[0].email])
    assert vouchers[0].number in office.body
    assert vouchers[1].number not in office.body  # of another office
    assert "dostał wiadomość" in office.body
    assert HistoryEntry.objects.filter(kind="voucher.provider-silent").count() == 2
    mail.outbox.clear()
    assert run(django_capture_on_commit_callbacks)["absent"] == 0
    assert mail.outbox == []


def test_without_an_address_the_coordinator_is_told_so(late, django_capture_on_commit_callbacks):
    _vouchers, _speaker, coordinators = late
    Provider.objects.update(email="", institution=None)
    mail.outbox.clear()
    run(django_capture_on_commit_callbacks)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.email for one in coordinators)
    assert all("Nie mamy adresu" in one.body for one in mail.outbox)


@DB
def test_who_reported_or_still_has_time_is_not_written_to(django_capture_on_commit_callbacks):
    edition, in_time = make_edition(), make_edition()
    reported, waiting = bought(edition), bought(in_time)
    ended(edition, 9)
    ended(in_time, 7)
    for status in ("accepted", "finished"):
        actions.report_participation(
            voucher=reported, participation=status, document="lista", acting_user=adviser_of(reported.right)
        )
    coordinator_of(waiting.right)
    Provider.objects.update(email="szkola@example.org")
    mail.outbox.clear()
    assert run(django_capture_on_commit_callbacks)["absent"] == 0
    assert mail.outbox == []


@DB
def test_a_coordinator_who_left_gets_nothing(late, django_capture_on_commit_callbacks):
    _vouchers, speaker, coordinators = late
    gone = coordinators[0].memberships.get()
    gone.until = timezone.localdate() - dt.timedelta(days=1)
    gone.save()
    coordinators[1].is_active = False
    coordinators[1].save()
    mail.outbox.clear()
    run(django_capture_on_commit_callbacks)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(["szkola@example.org", speaker.email])


@pytest.mark.pure
@given(st.lists(st.integers(1, 4), max_size=9))
def test_vouchers_are_put_together_by_their_date_and_none_is_lost(keys):
    editions = {key: Edition(pk=key) for key in keys}
    vouchers = [Voucher(pk=number, edition=editions[key]) for number, key in enumerate(keys, 1)]
    found = by_edition([*vouchers, Voucher(pk=99)])
    assert [edition.pk for edition, _held in found] == sorted(set(keys))
    assert sorted(one.pk for _edition, held in found for one in held) == [one.pk for one in vouchers]
    assert all(one.edition_id == edition.pk for edition, held in found for one in held)


def test_a_withdrawn_date_is_nobody_s_delay(late, django_capture_on_commit_callbacks):
    vouchers, _speaker, _coordinators = late
    Edition.objects.filter(pk=vouchers[0].edition.pk).update(withdrawn_at=timezone.now())
    mail.outbox.clear()
    assert run(django_capture_on_commit_callbacks)["absent"] == 0
    assert not mark_absent(voucher=vouchers[0], today=timezone.localdate())
    assert mail.outbox == []
    assert set(Voucher.objects.values_list("participation", flat=True)) == {"waiting"}
    assert not HistoryEntry.objects.filter(kind="voucher.provider-silent").exists()
