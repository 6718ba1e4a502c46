"""What does not fit its column is refused on every database, with the field at fault."""

import pytest

from dorobek.audits.actions.contacts import log_contact
from dorobek.audits.models import Contact
from dorobek.kernel.errors import RuleBroken
from tests.factories import acting, make_case, make_competence

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "value"), [("wording", "x" * 501), ("wording", "a\x00b"), ("state", "nieznany")])
def test_a_value_that_does_not_fit_names_its_field(name, value):
    with pytest.raises(RuleBroken) as refusal:
        make_competence(make_case(), **{name: value})
    assert refusal.value.field == name


@pytest.mark.parametrize("minutes", [-1, 40_000])
def test_a_number_outside_its_column_is_refused_and_nothing_stays(minutes):
    audit = make_case()
    with pytest.raises(RuleBroken):
        log_contact(audit=audit, kind="contact", channel="phone", minutes=minutes, acting_user=acting(audit.adviser))
    assert not Contact.objects.exists()


def test_what_just_fits_is_kept():
    assert make_competence(make_case(), "x" * 500).wording == "x" * 500
