"""200 MB sent to the real server: an answer at once, a page that can be read, the server well afterwards."""

import contextlib
import select
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from dorobek.kernel.uploads import MB
from tests.faults.served import TOKEN, Installation

SIZE = 200 * MB


def opened(served: Installation, address: str) -> socket.socket:
    """A connection that has announced 200 MB and sent none of it."""
    link = socket.create_connection(("127.0.0.1", served.port), timeout=20)
    link.sendall(
        (
            f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: sessionid={served.made['session']}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {SIZE}\r\n\r\n"
        ).encode()
    )
    return link


def answer_of(link: socket.socket) -> str:
    """What came until nothing more comes for a moment."""
    received = b""
    try:
        while piece := link.recv(65536):
            received += piece
            link.settimeout(1)
    except (TimeoutError, ConnectionError):
        pass
    return received.decode("utf-8", "replace")


@pytest.mark.parametrize("address", ["/bilans/{case}/dowody/nowy/", "/api/cases/{case}/evidence"])
def test_two_hundred_megabytes_are_answered_before_they_are_sent(served: Installation, address: str) -> None:
    began = time.monotonic()
    with opened(served, address.format(**served.made)) as link:
        answer = answer_of(link)
    assert answer.startswith("HTTP/1.1 413")
    assert "200 MB" in answer.replace("\xa0", " ")
    assert time.monotonic() - began < 10
    assert not any(served.arriving.iterdir())


def test_a_client_that_sends_on_is_answered_too_and_the_server_stays_well(served: Installation) -> None:
    with opened(served, "/bilans/{case}/dowody/nowy/".format(**served.made)) as link:
        sent = 0
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the answer is there, the other side has gone
            while sent < SIZE and not select.select([link], [], [], 0)[0]:
                sent += link.send(b"x" * 65536)
        answer = answer_of(link)
    assert answer.startswith("HTTP/1.1 413")
    assert sent < SIZE / 2
    assert not any(served.arriving.iterdir())
    assert served.answers()


@pytest.mark.browser
def test_a_person_who_chose_a_film_too_large_reads_what_to_do(
    served: Installation, browser: Any, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(SIZE)
    home = f"http://127.0.0.1:{served.port}"
    context = browser.new_context(base_url=home, locale="pl-PL")
    context.add_cookies([{"name": "sessionid", "value": served.made["session"], "url": home}])
    page = context.new_page()
    page.goto("/bilans/{case}/dowody/nowy/".format(**served.made))
    page.fill("[name=title]", "Tort weselny")
    page.get_by_text("Zapisano szkic").wait_for()
    page.set_input_files("[name=file]", film)
    page.click("main button.btn[type=submit]")
    page.get_by_role("heading", name="Za duży plik").wait_for()
    assert "MP4 do 150 MB" in page.inner_text("main").replace("\xa0", " ")
    page.get_by_role("link", name="Wróć do formularza").click()
    page.wait_for_selector("[name=title]")
    assert page.input_value("[name=title]") == "Tort weselny"
    context.close()
