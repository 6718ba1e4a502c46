"""What every journey does on a page: go there and judge it, fill a form in, press a button."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from dorobek.audits.models import SkillsAudit
from dorobek.people.models import Account
from dorobek.programmes.models import ProgrammeVersion
from tests.conftest import SIZES

AXE = Axe("0")  # nothing to send: a seat's pages hold axe from their beginning
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MET: set[tuple[str, int]] = set()  # kinds of pages already judged at the width that is not their reader's own
MEASURE = """() => ({
  width: innerWidth,
  wider: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
  headings: document.querySelectorAll('h1').length,
  lang: document.documentElement.lang,
})"""
SeatOf = Callable[..., Page]


@dataclass
class Journey:
    """One case on its way: the adviser's page, later the participant's too, and the case once it is opened.

    `seat(account, size)` opens a page of a fresh browser profile, signed in; without an account, a stranger's.
    """

    seat: SeatOf
    adviser: Page
    version: ProgrammeVersion
    audit: SkillsAudit = field(init=False, repr=False)
    participant: Page = field(init=False, repr=False)

    def at(self, name: str, *more: Any) -> str:
        """The address of a page of this case."""
        return reverse(name, args=[self.audit.uid, *more])

    def now(self) -> SkillsAudit:
        """The case as the database holds it."""
        self.audit.refresh_from_db()
        return self.audit


@dataclass(frozen=True)
class Office:
    """An institution with one adviser and one open programme."""

    adviser: Account
    version: ProgrammeVersion


def account_of(audit: SkillsAudit) -> Account:
    """The participant's account."""
    account = audit.person.account
    assert account is not None
    return account


def visit(page: Page, url: str, status: int = 200) -> None:
    """Go there and judge the page: axe, no sideways overflow, one h1, a language; at both widths."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == status, (url, answer.status)
    judge(page)


def judge(page: Page) -> None:
    """The page as it is now at its own width, and the first time that such a page is met, at the other one too."""
    own = page.viewport_size
    assert own is not None
    judge_at(page, own["width"])
    other = next(one for one in SIZES.values() if one["width"] != own["width"])
    such = IDENTITY.sub("", urlsplit(page.url).path), other["width"]
    if such in MET:
        return
    MET.add(such)
    page.set_viewport_size({"width": other["width"], "height": other["height"]})
    judge_at(page, other["width"])
    page.set_viewport_size(own)


def judge_at(page: Page, width: int) -> None:
    """Axe finds nothing, nothing sticks out sideways, there is one h1 and a language."""
    where = (page.url, width)
    found = AXE.run(page)
    assert found.violations_count == 0, (where, found.generate_report())
    measured = page.evaluate(MEASURE)
    assert measured == {"width": width, "wider": 0, "headings": 1, "lang": "pl"}, where


def fill(page: Page, values: dict[str, str | list[str]]) -> None:
    """Write into the fields by name; answers to choose from by value, several as a list; a lone box to tick by "on"."""
    for name, value in values.items():
        box = page.locator(f'main [name="{name}"]')
        kind = box.first.evaluate("one => one.type")
        if value == "on":
            box.check()
        elif kind in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "select-one":
            box.select_option(value)
        else:
            box.fill(str(value))


def press(page: Page, words: str) -> None:
    """Press the button that begins with these words; what comes back must not ask to mend anything."""
    button = page.locator("main button", has_text=words).first
    with page.expect_navigation():
        button.click()
    complaints = page.locator(".errors")
    assert complaints.count() == 0, (page.url, complaints.all_inner_texts())


def follow(page: Page, words: str) -> None:
    """Open the first link with these words, as a person would, and judge where it leads."""
    with page.expect_navigation():
        page.locator("main a", has_text=words).first.click()
    judge(page)


def says(page: Page, words: str) -> None:
    """The page says this."""
    expect(page.locator("body")).to_contain_text(words)
