"""The server killed in the middle of saving: what was acknowledged is there, and nothing is there by half."""

import hashlib
import json
import signal
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.faults.served import TOKEN, Installation, multipart

PDF = b"%PDF-1.7\n" + b"0123456789abcdef" * 150_000
FORM = "application/x-www-form-urlencoded"


class Sender(threading.Thread):
    """Sends one request after another until the server is gone; `begun` were sent, `kept` were acknowledged."""

    def __init__(self, installation: Installation) -> None:
        super().__init__()
        self.installation = installation
        self.begun = self.kept = 0
        self.refused: list[int] = []

    def run(self) -> None:
        while True:
            self.begun += 1
            try:
                status = self.send(self.begun)
            except OSError:
                return
            if status not in (200, 302):
                self.refused.append(status)
                return
            self.kept = self.begun

    def send(self, number: int) -> int:
        raise NotImplementedError


def words(number: int) -> str:
    """A long text that shows when two of them were mixed or one was cut."""
    return f"{number} " * 3000


class Typing(Sender):
    """The autosave of the form of a story."""

    def send(self, number: int) -> int:
        body = {"form": self.address, "client": "a", "seq": number, "values": {"task": [words(number)]}}
        return self.installation.ask("POST", "/szkice/", json.dumps(body).encode(), "application/json")

    @property
    def address(self) -> str:
        return "/bilans/{case}/historie/{episode}/zadanie/".format(**self.installation.made)


class Saving(Sender):
    """The form of a story sent again and again, each time from the version saved before."""

    def send(self, number: int) -> int:
        address = "/bilans/{case}/historie/{episode}/sytuacja/".format(**self.installation.made)
        fields = {"situation": words(number), "base_version": str(number)}
        return self.installation.ask("POST", address, urlencode(fields).encode(), FORM)


class Uploading(Sender):
    """Evidence with a file, each with other bytes."""

    def send(self, number: int) -> int:
        body, kind = multipart({"kind": "file", "title": f"Dowód {number}"}, "dowod.pdf", PDF + f"{number}".encode())
        return self.installation.ask("POST", "/bilans/{case}/dowody/nowy/".format(**self.installation.made), body, kind)


def killed_while(installation: Installation, senders: list[Sender], seconds: float) -> None:
    """Kill everything when the senders have been at it for so long, and at least one save was acknowledged."""
    for sender in senders:
        sender.start()
    end = time.monotonic() + 30
    while not all(sender.kept for sender in senders) and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(seconds)
    installation.kill()
    for sender in senders:
        sender.join()
    assert not [sender.refused for sender in senders if sender.refused]
    assert all(sender.kept for sender in senders)
    assert installation.rows("PRAGMA integrity_check") == [("ok",)]
    assert installation.history_holds()


@pytest.mark.parametrize("seconds", [0.15, 0.4])
def test_a_server_killed_while_saving_a_form_keeps_what_it_acknowledged_and_nothing_by_half(
    served: Installation, seconds: float
) -> None:
    typing, saving = Typing(served), Saving(served)
    killed_while(served, [typing, saving], seconds)
    [(text, version)] = served.rows("SELECT situation, version FROM audits_episode")
    assert text.strip() == words(version - 1).strip()
    assert saving.kept <= version - 1 <= saving.begun
    changes = served.rows(
        "SELECT p.data FROM kernel_historyentry e JOIN kernel_historypayload p ON p.entry_id = e.id"
        " WHERE e.kind = 'episode.changed' ORDER BY e.seq"
    )
    assert len(changes) == version - 1
    assert json.loads(changes[-1][0])["situation"][1] == text
    drafts = dict(served.rows('SELECT form, "values" FROM people_draft'))
    [draft] = json.loads(drafts[typing.address])["task"]
    seq = int(draft.split()[0])
    assert draft == words(seq)
    assert typing.kept <= seq <= typing.begun


@pytest.mark.parametrize("seconds", [0.1, 0.35])
def test_a_server_killed_during_uploads_has_a_whole_file_for_every_row(served: Installation, seconds: float) -> None:
    uploading = Uploading(served)
    killed_while(served, [uploading], seconds)
    titles = {title for (title,) in served.rows("SELECT title FROM portfolio_evidence WHERE file_id IS NOT NULL")}
    assert titles >= {f"Dowód {number}" for number in range(1, uploading.kept + 1)}
    assert not served.rows("SELECT 1 FROM portfolio_evidence WHERE kind = 'file' AND file_id IS NULL")
    rows = served.rows("SELECT content, size, sha256 FROM kernel_storedfile")
    assert len(rows) == len(titles)
    files = served.files()
    for path, size, digest in rows:
        content = files[path].read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, digest)


def test_after_a_kill_the_same_form_is_saved_again(served: Installation) -> None:
    saving = Saving(served)
    killed_while(served, [saving], 0.1)
    [(version,)] = served.rows("SELECT version FROM audits_episode")
    served.start()
    assert Saving(served).send(version) == 302
    served.kill()
    assert served.rows("SELECT version FROM audits_episode") == [(version + 1,)]
    assert served.history_holds()


# ---- what a kill leaves on the disk ----

DIE = """
import os, signal
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from dorobek.audits.actions.episodes import change_episode
from dorobek.audits.models import Episode, SkillsAudit
from dorobek.people.acting import ActingUser
from dorobek.portfolio.actions import add_evidence

def killed_after(method):
    def run(*args, **kwargs):
        method(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    return run

audit = SkillsAudit.objects.get()
me = ActingUser(audit.person.account)
"""
ADD = """
upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b"x" * 100_000)
add_evidence(person=audit.person, case_uid=audit.uid, kind="file", title="Przerwany", upload=upload, acting_user=me)
"""
CHANGE = 'change_episode(episode=Episode.objects.get(), values={"situation": "Po zmianie."}, acting_user=me)\n'
AT_THE_FILE = "FileSystemStorage._save = killed_after(FileSystemStorage._save)\n"
AT_THE_HISTORY = "ActingUser.record = killed_after(ActingUser.record)\n"
AT_THE_ROW = "Episode.write = killed_after(Episode.write)\n"


def half_sent(installation: Installation) -> socket.socket:
    """An upload of which two thirds were sent and have reached the disk."""
    body, kind = multipart({"kind": "file", "title": "Połowa"}, "dowod.pdf", PDF)
    head = (
        "POST /bilans/{case}/dowody/nowy/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: sessionid={{session}}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
    ).format(**installation.made)
    link = socket.create_connection(("127.0.0.1", installation.port), timeout=30)
    link.sendall(f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
    link.sendall(body[: len(body) * 2 // 3])
    wait_until(lambda: any(installation.arriving.iterdir()))
    return link


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_connection_lost_during_an_upload_leaves_no_row_and_no_file(served: Installation) -> None:
    half_sent(served).close()
    wait_until(lambda: not any(served.arriving.iterdir()))
    assert served.answers()
    served.kill()
    assert not served.files()
    assert not served.rows("SELECT 1 FROM portfolio_evidence")


def test_a_server_killed_while_an_upload_arrives_has_no_row_and_no_file_of_it(served: Installation) -> None:
    link = half_sent(served)
    served.kill()
    link.close()
    assert not served.rows("SELECT 1 FROM kernel_storedfile")
    assert not served.rows("SELECT 1 FROM portfolio_evidence")
    assert not served.files()
    assert served.history_holds()


@pytest.mark.parametrize("moment", [AT_THE_FILE, AT_THE_HISTORY])
def test_a_process_killed_while_adding_evidence_leaves_no_row_of_it(resting: Installation, moment: str) -> None:
    before = resting.rows("SELECT count(*) FROM kernel_historyentry")
    assert resting.django(DIE + moment + ADD).returncode == -signal.SIGKILL
    assert not resting.rows("SELECT 1 FROM kernel_storedfile")
    assert not resting.rows("SELECT 1 FROM portfolio_evidence")
    assert resting.rows("SELECT count(*) FROM kernel_historyentry") == before
    assert resting.history_holds()


@pytest.mark.parametrize("moment", [AT_THE_ROW, AT_THE_HISTORY])
def test_a_process_killed_while_changing_a_story_leaves_it_as_it_was(resting: Installation, moment: str) -> None:
    before = resting.rows("SELECT situation, version FROM audits_episode")
    assert resting.django(DIE + moment + CHANGE).returncode == -signal.SIGKILL
    assert resting.rows("SELECT situation, version FROM audits_episode") == before == [("Na początku.", 1)]
    assert not resting.rows("SELECT 1 FROM kernel_historyentry WHERE kind = 'episode.changed'")
    assert resting.history_holds()


def test_what_was_still_arriving_at_a_kill_is_gone_after_the_next_start(served: Installation) -> None:
    link = half_sent(served)
    served.kill()
    link.close()
    served.start()
    wait_until(lambda: not any(served.arriving.iterdir()), seconds=5)


def test_a_file_whose_row_was_never_committed_is_gone_after_the_next_start(resting: Installation) -> None:
    assert resting.django(DIE + AT_THE_FILE + ADD).returncode == -signal.SIGKILL
    resting.start()
    wait_until(lambda: not resting.files(), seconds=5)
