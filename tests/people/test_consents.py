"""A consent is the person's to give and to take back."""

import pytest

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.actions import Decided, decide_consent, record_consents
from tests.factories import acting, make_account, make_case

pytestmark = pytest.mark.django_db


def given_consent(audit, code="follow-up"):
    decided = [Decided(code, "1", "Zgadzam się na pytanie o dalsze losy.", True)]
    return record_consents(
        person=audit.person, case_uid=audit.uid, consents=decided, acting_user=acting(audit.adviser)
    )[0]


def test_a_consent_is_withdrawn_by_the_person_and_the_history_says_so():
    audit = make_case()
    consent = decide_consent(consent=given_consent(audit), given=False, acting_user=acting(audit.person.account))
    assert not consent.given
    assert consent.withdrawn_at is not None
    assert consent.assisted_by is None
    assert HistoryEntry.objects.filter(kind="consent.withdrawn", stream=audit.uid).exists()


def test_an_adviser_answers_only_on_the_persons_behalf():
    audit = make_case()
    consent = given_consent(audit)
    for who in (acting(audit.adviser), acting(make_account()), acting(make_account(), audit.person)):
        with pytest.raises(NotAllowed):
            decide_consent(consent=consent, given=False, acting_user=who)
    done = decide_consent(consent=consent, given=False, acting_user=acting(audit.adviser, audit.person))
    assert done.assisted_by == audit.adviser


def test_what_the_programme_cannot_do_without_is_left_by_leaving_the_programme():
    audit = make_case()
    consent = given_consent(audit, "taking-part")
    with pytest.raises(RuleBroken):
        decide_consent(consent=consent, given=False, required=True, acting_user=acting(audit.person.account))
