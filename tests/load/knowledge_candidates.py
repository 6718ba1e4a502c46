"""The candidates of the load test: prepared in the database, then sitting over HTTP, each on one connection."""

import asyncio
import datetime as dt
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

TOKEN = "a" * 32
QUESTIONS = 20


@dataclass
class Seat:
    """One candidate: what opens their session, what they sent and what was acknowledged (place -> (number, choice))."""

    test: str
    session: str
    sent: dict[int, tuple[int, str]] = field(default_factory=dict)
    acknowledged: dict[int, tuple[int, str]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)


def prepare(count: int) -> list[Seat]:
    """Tables, a bank, and so many candidates whose test has begun."""
    from dorobek.cli.setup import prepare as tables
    from dorobek.people.models import Account, Person

    tables()
    from dorobek.validation.models import Application
    from dorobek.validation.rules.testing.drawing import Row
    from tests.validation.knowledge_world import Bank

    world = Bank().stocked(each=QUESTIONS)
    plan = world.blueprint(Row("1.1.a", 8), Row("1.1.b", 6), Row("1.2.a", 6), minutes=120)
    seats = []
    for number in range(count):
        account = Account(email=f"kandydat{number}@example.org", name=f"Kandydat {number}")
        account.set_unusable_password()
        account.save()
        person = Person(given_names="Kandydat", family_name=f"Numer {number}", account=account)
        person.prepare()
        person.save()
        application = Application.objects.create(person=person, opening=world.opening, state="documented")
        world.person, world.me = person, account
        test = world.started(world.let(application, plan))
        seats.append(Seat(str(test.uid), session_of(account)))
    return seats


def session_of(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    now = int(time.time())
    store.update({
        SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: account.get_session_auth_hash(), "session_began": now, "session_seen": now,
    })  # fmt: skip
    store.create()
    return str(store.session_key)


@dataclass
class Figures:
    """When each kind of request began and how long it took, and how often a connection broke or had been closed."""

    took: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    broken: int = 0
    reopened: int = 0
    refused: list[str] = field(default_factory=list)

    def add(self, kind: str, began: float, seconds: float) -> None:
        self.took.setdefault(kind, []).append((began, seconds))

    def percentile(self, kind: str, part: float, without: tuple[float, float] = (0, 0)) -> float:
        """Of requests begun outside the span `without` (perf_counter)."""
        values = sorted(took for began, took in self.took[kind] if not without[0] <= began < without[1])
        return values[min(len(values) - 1, int(len(values) * part))]


class Link:
    """One kept connection; opened anew when it breaks."""

    def __init__(self, port: int, session: str, figures: Figures) -> None:
        self.port, self.figures = port, figures
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        """Status and body of one request; sent again until it is answered, as the page's script does."""
        while True:
            begin, kept = time.perf_counter(), self.streams is not None
            try:
                status, said = await asyncio.wait_for(self._once(path, body), 60)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                self.close()
                if kept:  # a connection kept open too long: the browser opens another at once
                    self.figures.reopened += 1
                    continue
                self.figures.broken += 1
                await asyncio.sleep(0.5 + random.random())
                continue
            self.figures.add(kind, begin, time.perf_counter() - begin)
            if status < 500:
                return status, said
            self.figures.broken += 1
            await asyncio.sleep(0.5 + random.random())

    async def _once(self, path: str, body: bytes) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        first = await reader.readuntil(b"\r\n\r\n")
        lines = first.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _c, value in (line.partition(":") for line in lines[1:])}
        said = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), said

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def nothing(seat: Seat, port: int, figures: Figures, times: int, pause: float, kind: str = "empty") -> None:
    """Requests that do nothing, at the pace of a sitting."""
    link = Link(port, seat.session, figures)
    for _n in range(times):
        await asyncio.sleep(random.uniform(0, 2 * pause))
        status, _said = await link.post("/empty/", b"{}", kind)
        if status != 200:
            figures.refused.append(f"empty: {status}")
    link.close()


async def sit(seat: Seat, port: int, figures: Figures, times: int, pause: float) -> None:
    """Answers, some of them changed later, and between them requests that do nothing."""
    link = Link(port, seat.session, figures)
    dice = random.Random(seat.test)
    for place in answers(dice, times):
        await asyncio.sleep(random.uniform(0, 2 * pause))
        number, choice = seat.numbers.get(place, 0) + 1, str(dice.randint(1, 3))
        seat.numbers[place] = number
        seat.sent[place] = (number, choice)
        body = {"place": place, "number": number, "device": "load", "fields": {f"q{place}": [choice]}}
        status, said = await link.post(
            f"/walidacja/testy/{seat.test}/odpowiedz/", json.dumps(body).encode(), "autosave"
        )
        if status == 200 and json.loads(said)["number"] >= number:
            seat.acknowledged[place] = (number, choice)
        else:
            figures.refused.append(f"answer {place}: {status} {said[:80]!r}")
        if dice.random() < 0.25:
            await link.post("/empty/", b"{}", "empty beside")
    link.close()


def answers(dice: random.Random, times: int) -> Iterator[int]:
    for number in range(times):
        yield number % QUESTIONS + 1 if dice.random() < 0.8 else dice.randint(1, QUESTIONS)


async def hand_in(seat: Seat, port: int, figures: Figures) -> None:
    link = Link(port, seat.session, figures)
    await asyncio.sleep(random.uniform(0, 10))
    status, _said = await link.post(f"/walidacja/testy/{seat.test}/koniec/", b"", "hand in")
    if status != 302:
        figures.refused.append(f"hand in: {status}")
    link.close()


def lost(seats: list[Seat]) -> list[str]:
    """Acknowledged answers that the database does not hold as they were given; read from the tables themselves."""
    from dorobek.validation.models import KnowledgeAnswer

    rows: dict[tuple[str, int], Any] = {}
    for row in KnowledgeAnswer.objects.filter(test__uid__in=[one.test for one in seats]).select_related("test"):
        rows[str(row.test.uid), row.place] = row
    found = []
    for seat in seats:
        for place, (number, choice) in seat.acknowledged.items():
            row = rows[seat.test, place]
            right = row.answer == row.shown["choices"][int(choice) - 1]
            if row.seq < number or (row.seq == number and not right):
                found.append(f"{seat.test} {place}: {number} acknowledged, {row.seq} held, right: {right}")
    return found


def unmarked(seats: list[Seat]) -> list[str]:
    """Tests that did not end, or whose points are not those of the answers held."""
    from dorobek.validation.models import KnowledgeTest
    from dorobek.validation.rules.testing.marking import score

    found = []
    tests = KnowledgeTest.objects.filter(uid__in=[one.test for one in seats]).prefetch_related("answers__item_version")
    for test in tests:
        if test.settled_at is None:
            found.append(f"{test.uid}: not settled")
        elif any(row.points != score(row.item_version.question, row.answer) for row in test.answers.all()):
            found.append(f"{test.uid}: points are not those of its answers")
    return found


def end_by_clock(seats: list[Seat]) -> None:
    """Their time ended an hour ago."""
    from django.utils import timezone

    from dorobek.validation.models import KnowledgeTest

    ago = timezone.now() - dt.timedelta(hours=3)
    ends = ago + dt.timedelta(minutes=120)
    KnowledgeTest.objects.filter(uid__in=[one.test for one in seats]).update(started_at=ago, ends_at=ends)
