"""A card of a thousand rows: taken at once or refused in words, and the pages that show it stay quick."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dorobek.audits.models import LifeEvent, SkillsAudit
from dorobek.audits.rules.card import ENTRIES_AT_MOST
from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry
from tests.factories import make_case
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db


def entries(count: int, **more: Any) -> list[dict[str, Any]]:
    kinds = ("job", "school", "course", "activity")
    return [
        {"kind": kinds[n % 4], "title": f"wpis {n}", "starts": str(1990 + n % 30), "duties": "różne " * 20, **more}
        for n in range(count)
    ]


def send(client: Client, audit: SkillsAudit, rows: list[dict[str, Any]]) -> Any:
    address = f"/api/cases/{audit.uid}/card/entries/batch"
    return client.post(address, {"entries": rows}, content_type="application/json")


def statements(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert read().status_code == 200
    return len(counted)


def test_a_thousand_rows_sent_at_once_are_all_there_with_one_line_of_history() -> None:
    audit = make_case()
    answer = send(signed_in_client(audit.adviser), audit, entries(1000))
    assert answer.status_code == 201
    assert len({row["uid"] for row in answer.json()}) == LifeEvent.objects.filter(audit=audit).count() == 1000
    assert HistoryEntry.objects.filter(stream=audit.uid, kind="life-events.added").count() == 1
    assert list(history.verify()) == []


PAGES = ("/sprawy/{}/karta/", "/sprawy/{}/karta/?wszystko", "/sprawy/{}/droga/", "/api/cases/{}/card")
OWN_PAGES = ("/bilans/{}/karta/", "/bilans/{}/karta/work/", "/bilans/{}/droga/", "/bilans/{}/")


@pytest.mark.parametrize("page", [*PAGES, *OWN_PAGES])
def test_pages_of_a_thousand_rows_take_no_more_statements_than_those_of_ten(page: str) -> None:
    audit = make_case()
    adviser = signed_in_client(audit.adviser)
    client = adviser if page in PAGES else signed_in_client(audit.person.account)
    address = page.format(audit.uid)
    assert send(adviser, audit, entries(10)).status_code == 201
    client.get(address)  # what is read once for a session or a day is read now
    few = statements(lambda: client.get(address))
    assert send(adviser, audit, entries(1000)).status_code == 201
    assert statements(lambda: client.get(address)) <= min(few, 30)


def test_more_rows_than_a_card_takes_are_refused_with_the_number_and_nothing_is_written() -> None:
    audit = make_case()
    answer = send(signed_in_client(audit.adviser), audit, entries(ENTRIES_AT_MOST + 1, duties=""))
    assert answer.status_code == 422
    assert str(ENTRIES_AT_MOST) in answer.json()["detail"]
    assert answer.json()["field"] == "entries"
    assert not LifeEvent.objects.exists()


def test_one_bad_row_of_a_thousand_is_named_and_nothing_is_written() -> None:
    audit = make_case()
    rows = entries(1000)
    rows[713]["starts"] = "31 lutego 2001"
    answer = send(signed_in_client(audit.adviser), audit, rows)
    assert answer.status_code == 422
    assert answer.json()["field"] == "entries.713.starts"
    assert "Wpis 714" in answer.json()["detail"]
    assert not LifeEvent.objects.exists()


def test_rows_too_long_to_take_at_once_are_refused_in_words() -> None:
    audit = make_case()
    answer = send(signed_in_client(audit.adviser), audit, entries(1000, duties="x" * 9000))
    assert answer.status_code == 413
    assert "na mniejsze części" in answer.json()["detail"]
    assert not LifeEvent.objects.exists()
