"""An installation of its own for a test: `dorobek serve` with its data folder, a case, a signed-in participant."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "a" * 32
SET_UP = "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'dorobek.config.settings'; django.setup()\n"
MAKE_A_CASE = """
import json
from dorobek.cli.setup import prepare
prepare()
from tests.factories import make_case, make_episode
from tests.sessions import signed_in_session
audit = make_case()
episode = make_episode(audit, situation="Na początku.")
made = {"case": str(audit.uid), "episode": str(episode.uid), "session": signed_in_session(audit.person.account)}
print(json.dumps(made))
"""


@dataclass
class Installation:
    """A data folder that is served, killed and looked into."""

    folder: Path
    made: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    @property
    def database(self) -> Path:
        return self.folder / "dorobek.sqlite3"

    @property
    def arriving(self) -> Path:
        """Where uploads wait while they arrive."""
        return self.folder / "arriving"

    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("DOROBEK_", "DJANGO_"))}
        kept.pop("DATABASE_URL", None)
        own = {"DOROBEK_DATA_DIR": str(self.folder), "DOROBEK_LIMIT_WRITES": "1000000", "TMPDIR": str(self.arriving)}
        return {**kept, **own, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments as this installation."""
        return subprocess.run(
            [sys.executable, *command],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=240,
        )

    def django(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a script with Django set up for this installation."""
        return self.run("-c", SET_UP + script)

    def prepare(self) -> None:
        """Tables, a case with one story, a session of its participant."""
        self.arriving.mkdir(exist_ok=True)
        done = self.django(MAKE_A_CASE)
        assert done.returncode == 0, done.stderr[-2000:]
        self.made = json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        """Serve, and wait until pages are answered."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "dorobek.cli.main", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment(), cwd=self.folder, start_new_session=True)
        end = time.monotonic() + 90
        while not self.answers():
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            return self.ask("GET", f"/bilans/{self.made['case']}/") == 200
        except OSError:
            return False

    def kill(self) -> None:
        """SIGKILL for all of it at once, as when the machine runs out of memory."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> int:
        """The status of one request of the participant. Raises OSError when the server is gone."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"sessionid={self.made['session']}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        try:
            link.request(method, path, body, {**headers, **({"Content-Type": content_type} if content_type else {})})
            answer = link.getresponse()
            answer.read()
            return answer.status
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            link.close()

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database of a stopped installation."""
        link = sqlite3.connect(self.database)
        try:
            return link.execute(statement, values).fetchall()
        finally:
            link.close()

    def files(self) -> dict[str, Path]:
        """Files people gave, by their path inside the storage."""
        root = self.folder / "files"
        return {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}

    def history_holds(self) -> bool:
        done = self.run("-m", "dorobek.cli.main", "history", "verify")
        assert done.returncode == 0, done.stdout + done.stderr
        return "The history holds" in done.stdout


def multipart(fields: Mapping[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with one file: its body and content type."""
    mark = uuid.uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"
