"""An awarding body with a key, a published template, and people who issue."""

import datetime as dt
import itertools

import pytest

from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.actions.templates import publish_template, save_template, start_template
from dorobek.credentials.recipients import Recipient
from dorobek.people.enums import Role
from tests.credentials.test_rules import GOOD
from tests.factories import acting, make_institution, make_staff, make_unit

_slugs = itertools.count(1)


class Body:
    """An awarding body ready to issue."""

    def __init__(self, web_address=""):
        self.unit = make_unit(make_institution())
        self.institution = self.unit.institution
        self.administrator = make_staff(Role.ADMINISTRATOR, self.unit)
        self.clerk = make_staff(Role.ISSUER, self.unit)
        self.issuer = found_issuer(
            institution=self.institution, slug=f"izba-{next(_slugs)}", web_address=web_address,
            words={"name_pl": "Izba Rzemiosła i Handlu w Tymowicach", "quality_pl": "Audyt co dwa lata."},
            acting_user=acting(self.administrator),
        )  # fmt: skip

    def template(self, **changes):
        made = start_template(issuer=self.issuer, title=GOOD.title_pl, acting_user=acting(self.clerk))
        return save_template(template=made, data=GOOD.as_data() | changes, acting_user=acting(self.clerk))

    def version(self, **changes):
        return publish_template(template=self.template(**changes), acting_user=acting(self.clerk))

    def issue(self, version=None, awarded_on=dt.date(2026, 11, 2), **person):
        who = {"given_names": "Małgorzata", "family_name": "Śliż-Chrząszczewska", "email": "m@example.org"} | person
        return issue_credential(
            version=version or self.version(), recipient=Recipient(1, **who), awarded_on=awarded_on,
            acting_user=acting(self.clerk),
        )  # fmt: skip


@pytest.fixture
def body(db):
    return Body()


@pytest.fixture
def web_body(db, settings):
    settings.PUBLIC_ADDRESS = "https://poswiadczenia.example.org"
    return Body(web_address="poswiadczenia.example.org")
