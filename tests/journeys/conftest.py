"""People and their browsers for the journeys."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from dorobek.people.enums import Role
from dorobek.people.models import Account
from tests.conftest import SIZES
from tests.factories import make_institution, make_programme, make_staff, make_unit
from tests.journeys.support import Journey, Office, SeatOf
from tests.sessions import signed_in_session


@pytest.fixture
def seat(browser: Browser, live_server) -> Iterator[SeatOf]:
    """`seat(account, size)`: a page of a fresh profile; a script that throws or a blocked source fails the test."""
    opened: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(account: Account | None, size: str, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=SIZES[size], locale="pl-PL", java_script_enabled=scripts
        )
        context.set_default_timeout(15_000)
        if scripts:
            context.add_init_script(AXE_SCRIPT)
        opened.append(context)
        if account is not None:
            key = signed_in_session(account)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None,
        )
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not problems, problems


@pytest.fixture
def office(db) -> Office:
    """An adviser in a unit that runs one programme."""
    institution = make_institution()
    unit = make_unit(institution)
    unit.place = "ul. Łąkowa 3, Łęgowice"
    unit.save()
    return Office(make_staff(Role.ADVISER, unit), make_programme(institution))


@pytest.fixture
def journey(seat: SeatOf, office: Office) -> Journey:
    """The adviser sits at the desk; nobody is registered yet."""
    return Journey(seat=seat, adviser=seat(office.adviser, "desk"), version=office.version)
