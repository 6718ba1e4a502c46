"""The public search of the offer, and marks of quality."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.offers import queries, rules
from dorobek.offers.actions import end_mark, import_offer, record_quality, write_provider
from dorobek.offers.enums import QualityKind, Source
from dorobek.offers.models import Edition, Provider
from dorobek.offers.queries import Wanted
from dorobek.people.enums import InstitutionKind, Role
from tests.factories import acting, make_institution, make_staff, make_unit
from tests.offers.files import line, table

pytestmark = pytest.mark.django_db
ALL_MET = {code: {"met": True, "note": "widać w dokumentach"} for code in rules.STANDARD}


@pytest.fixture
def offer():
    import_offer(
        file=table(
            line(1),
            line(2, tytul="Księgowość od podstaw", dziedzina="komputery", cena="800", miejsce="zdalnie", teryt=""),
            line(3, tytul="Prawo jazdy B", dziedzina="prawo jazdy", cena="2900", miejsce="Bochnia", teryt="1201"),
        ),
        name="a.csv", source=Source.TABLE, acting_user=None,
    )  # fmt: skip


def numbers(**wanted):
    return [edition.number for edition in queries.search(Wanted(**wanted)).editions]


@pytest.mark.usefixtures("offer")
def test_words_are_found_without_polish_letters_in_title_and_provider():
    assert numbers(words="ksiegowosc") == ["E2"]
    assert numbers(words="KSIĘGOWOŚĆ podstaw") == ["E2"]
    assert len(numbers(words="zrodlo")) == 3


@pytest.mark.usefixtures("offer")
def test_place_price_field_and_remote_narrow_the_list():
    assert numbers(teryt="1201", remote=False) == ["E3"]
    assert set(numbers(teryt="1201")) == {"E2", "E3"}  # what takes place on the web is near everybody
    assert numbers(remote=True) == ["E2"]
    assert numbers(most_grosze=100_000) == ["E2"]
    assert numbers(field="driving-licence") == ["E3"]
    assert numbers(order="cena") == ["E2", "E1", "E3"]


@pytest.mark.usefixtures("offer")
def test_what_is_withdrawn_or_closed_is_not_offered():
    Edition.objects.filter(number="E1").update(withdrawn_at=timezone.now())
    Edition.objects.filter(number="E2").update(enrol_until=timezone.localdate() - dt.timedelta(days=1))
    assert numbers() == ["E3"]


@pytest.mark.usefixtures("offer")
def test_a_search_takes_two_statements_whatever_is_asked(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = queries.search(Wanted(words="a", teryt="12"))
        assert [edition.service.provider.name for edition in found.editions]


@pytest.mark.usefixtures("offer")
def test_a_mark_of_quality_needs_an_outside_audit_and_holds_until_its_day():
    provider = Provider.objects.get()
    office = acting(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    today = timezone.localdate()
    mark = {"kind": QualityKind.MARK, "answers": {}, "by_name": "Komisja", "done_on": today}
    with pytest.raises(RuleBroken):
        record_quality(provider=provider, acting_user=office, valid_until=today + dt.timedelta(365), **mark)
    record_quality(
        provider=provider, kind=QualityKind.AUDIT, answers=ALL_MET, by_name="Audytor", done_on=today, acting_user=office
    )
    with pytest.raises(RuleBroken) as refusal:
        record_quality(provider=provider, acting_user=office, **mark)
    assert refusal.value.field == "valid_until"
    given = record_quality(provider=provider, acting_user=office, valid_until=today + dt.timedelta(365), **mark)
    assert queries.marked_providers({provider.pk}) == {provider.pk}
    assert queries.marked_providers({provider.pk}, today + dt.timedelta(366)) == set()
    end_mark(check=given, reason="Skargi uczestników potwierdziły się.", acting_user=office)
    assert queries.marked_providers({provider.pk}) == set()


@pytest.mark.usefixtures("offer")
def test_an_audit_that_found_a_gap_gives_no_mark_and_every_question_is_answered():
    provider = Provider.objects.get()
    office = acting(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    today = timezone.localdate()
    gap = {**ALL_MET, "place": {"met": False, "note": ""}}
    audit = {"kind": QualityKind.AUDIT, "by_name": "Audytor", "done_on": today}
    assert not record_quality(provider=provider, answers=gap, acting_user=office, **audit).passed
    with pytest.raises(RuleBroken):
        record_quality(
            provider=provider, kind=QualityKind.MARK, answers={}, by_name="K", done_on=today,
            valid_until=today + dt.timedelta(9), acting_user=office,
        )  # fmt: skip
    with pytest.raises(RuleBroken) as refusal:
        record_quality(provider=provider, answers={"goals": {"met": True, "note": "x"}}, acting_user=office, **audit)
    assert refusal.value.field == "needs"


@pytest.mark.usefixtures("offer")
def test_a_provider_assesses_itself_and_never_audits_itself():
    provider = Provider.objects.get()
    institution = make_institution("Szkoła Źródło")
    institution.kind = InstitutionKind.ADULT_EDUCATION
    institution.save()
    office = acting(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    provider = write_provider(provider=provider, values={"institution": institution}, acting_user=office)
    own = acting(make_staff(Role.ADMINISTRATOR, make_unit(institution)))
    step = {"answers": ALL_MET, "by_name": "Dyrektorka", "done_on": timezone.localdate(), "acting_user": own}
    assert record_quality(provider=provider, kind=QualityKind.SELF, **step).passed
    with pytest.raises(NotAllowed):
        record_quality(provider=provider, kind=QualityKind.AUDIT, **step)
