"""What every test may use: a browser on a live server, the folder of shared data, the order of the tests.

Browser tests carry `@pytest.mark.browser`; they run last, and are skipped with a reason where no Chromium is.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from dorobek.register.queries import snapshot as register_snapshot
from dorobek.vouchers import guard

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PURE = [ROOT / "tests" / name for name in ("vc", "matching", "plans/routes", "kernel/documents")]
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


# Rules are tried on many cases whatever the machine is busy with; how long one case takes says nothing about the rule.
# Where a change is judged (CI), the same cases each time; everywhere else new ones.
hypothesis.settings.register_profile("dorobek", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("dorobek")
# What a page is waited for comes at once on a quiet machine; a busy one gets time.
expect.set_options(timeout=20_000)


def pytest_configure(config: pytest.Config) -> None:
    # Playwright's own event loop runs in the thread of the test; Django's guard would refuse the ORM there.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Unit tests first; browser tests last, and skipped where there is no browser.

    Tests of the libraries that know no database are marked `pure`: one database is enough for them.
    """
    for item in items:
        without_database = any(item.path.is_relative_to(folder) for folder in PURE)
        if without_database and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.pure)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if CHROMIUM is None:
        reason = pytest.mark.skip(reason="no Chromium on this machine (apt-get install chromium)")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(reason)


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Rate limits count in the cache; one test's attempts are not another's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _books_may_be_emptied() -> Iterator[None]:
    """Between tests that commit, Django empties every table; the books let nobody else do that."""
    backend = type(connection.ops)
    emptied = backend.execute_sql_flush

    def empty(self, sql_list):  # type: ignore[no-untyped-def]
        with guard.opened(self.connection.alias):
            emptied(self, sql_list)

    backend.execute_sql_flush = empty
    yield
    backend.execute_sql_flush = emptied


@pytest.fixture(autouse=True)
def _own_register() -> Iterator[None]:
    """A key that a test took and gave back is taken again by the next one; what is held of it in memory must not stay."""
    register_snapshot._held.clear()
    yield
    register_snapshot._held.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A request in English leaves its thread English; the next test starts in the interface's own language."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.MEDIA_ROOT},
        },
    }


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data beside the project (`../shared/data`)."""
    folder = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no folder of shared data beside the project")
    return folder


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver: Playwright) -> Iterator[Browser]:
    """The system's Chromium, one per test process."""
    running = playwright_driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield running
    running.close()


@pytest.fixture(params=["desk"])
def size(request: pytest.FixtureRequest) -> str:
    """`desk` (1280 wide); parametrize with `["phone", "desk"]` for both."""
    return str(request.param)


@pytest.fixture
def context(browser: Browser, live_server, size: str) -> Iterator[BrowserContext]:
    """A fresh browser profile on the live server; addresses may be given as paths."""
    opened = browser.new_context(base_url=live_server.url, viewport=SIZES[size], locale="pl-PL")
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when a script throws or the content security policy blocks something."""
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield opened
    assert not problems, problems


@pytest.fixture
def sign_in(context: BrowserContext, client, live_server):
    """`sign_in(account)`: the browser is signed in as the account, second factor included."""
    from django.conf import settings

    from tests.sessions import signed_in_session

    def enter(account) -> None:
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": signed_in_session(account),
                    "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )

    return enter
