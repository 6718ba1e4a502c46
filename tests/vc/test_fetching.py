"""Fetching documents: bounded in time, size and destination, and remembered for a while."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dorobek.vc import did, fetching, status
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Bounds, Fetcher
from dorobek.vc.fetching_sockets import is_public
from dorobek.vc.verifying import verify

from .material import KEY, NOW, V2, badge, signed, text

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A web server of this test; `pages` gives what each path answers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.pages[self.path](self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.server.shutdown()
    found.server.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in ({"Content_Type": "application/json"} | headers).items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def local(**bounds: Any) -> Fetcher:
    return Fetcher(Bounds(allow_local=True, **bounds))


def refused(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(VcError) as caught:
        fetcher.fetch(url)
    return caught.value.code


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/did+json", "application/vc", "application/vc+jwt"]
)
def test_a_document_is_fetched(site: Site, kind: str) -> None:
    site.pages["/a?b=c"] = says(b"{}", Content_Type=kind)
    assert local().fetch(f"{site.base}/a?b=c") == b"{}"


def test_plain_http_and_this_machine_are_refused_unless_allowed(site: Site) -> None:
    site.pages["/"] = says(b"{}")
    assert refused(Fetcher(), f"{site.base}/") == "fetch-refused"
    assert refused(Fetcher(), f"https://127.0.0.1:{site.server.server_port}/") == "fetch-refused"
    assert refused(Fetcher(), f"https://localhost:{site.server.server_port}/") == "fetch-refused"
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://user@a.example/",
        "https:///x",
        "https://a.example:22/",
        "https://a.example/a b",
        "https://ą.example/",
        "gopher://a",
        "https://a.example:99999/",
        "https://[::1/",
        "https://a.example/\r\nX: y",
    ],
)
def test_an_address_of_another_form_is_refused_before_anything_is_asked(url: str) -> None:
    assert refused(local(), url) == "fetch-refused"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2001:db8::1", "nonsense", "",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "193.0.14.129", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert is_public(address)


def test_a_name_that_also_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, 1, 6, "", (ip, 443)) for ip in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answers)
    assert refused(Fetcher(), "https://two-faced.example/") == "fetch-refused"


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time gains nothing: it is asked once."""
    asked: list[str] = []
    gone_to: list[Any] = []

    def answers(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", 443))]

    def connect(address: Any, **_: Any) -> Any:
        gone_to.append(address)
        raise OSError("not in a test")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", answers)
    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    assert refused(Fetcher(), "https://rebinding.example/") == "fetch-failed"
    assert (asked, gone_to) == (["rebinding.example"], [("8.8.8.8", 443)])


def test_a_redirect_is_followed_a_few_times_and_judged_each_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/a"] = says(b"", 302, Location="/b")
    site.pages["/b"] = says(b"", 307, Location=f"{site.base}/c")
    site.pages["/c"] = says(b'{"c": 1}')
    assert local().fetch(f"{site.base}/a") == b'{"c": 1}'
    site.pages["/loop"] = says(b"", 302, Location="/loop")
    assert refused(local(), f"{site.base}/loop") == "fetch-refused"
    assert site.asked.count("/loop") == 4
    site.pages["/file"] = says(b"", 302, Location="file:///etc/passwd")
    assert refused(local(), f"{site.base}/file") == "fetch-refused"


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    fetcher = Fetcher()
    monkeypatch.setattr(
        fetcher,
        "_ask",
        lambda url, deadline: (
            "https://169.254.169.254/latest" if "a.example" in url else Fetcher._ask(fetcher, url, deadline)
        ),
    )
    assert refused(fetcher, "https://a.example/") == "fetch-refused"


def test_too_much_is_cut_off(site: Site) -> None:
    site.pages["/big"] = says(b"x" * 10_001)
    assert refused(local(bytes=10_000), f"{site.base}/big") == "fetch-too-large"
    site.pages["/fits"] = says(b"x" * 10_000)
    assert len(local(bytes=10_000).fetch(f"{site.base}/fits")) == 10_000


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says(b"{}", 404), "fetch-failed"),
        (says(b"{}", 500), "fetch-failed"),
        (says(b"{}", 302), "fetch-failed"),
        (says(b"<html>", Content_Type="text/html"), "fetch-refused"),
        (says(b"{}", Content_Type=""), "fetch-refused"),
        (says(b"x", Content_Encoding="gzip"), "fetch-refused"),
    ],
)
def test_an_answer_that_is_no_document_is_refused(site: Site, answer: Answer, code: str) -> None:
    site.pages["/"] = answer
    assert refused(local(), f"{site.base}/") == code


def test_a_server_that_drips_is_left_in_time(site: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        try:
            for _ in range(1_200):
                request.wfile.write(b" ")
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    site.pages["/"] = drip
    started = time.monotonic()
    assert refused(local(seconds=0.4), f"{site.base}/") == "fetch-failed"
    assert time.monotonic() - started < 30  # the drip lasts a minute


def test_a_name_server_that_does_not_answer_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: answered.wait(60))
    try:
        started = time.monotonic()
        assert refused(Fetcher(Bounds(seconds=0.2)), "https://slow.example/") == "fetch-failed"
        assert time.monotonic() - started < 30
    finally:
        answered.set()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_fetched_is_remembered_for_a_while(site: Site) -> None:
    clock = Clock()
    fetcher = Fetcher(Bounds(allow_local=True, keep_seconds=100), clock)
    site.pages |= {
        "/a": says(b"1"),
        "/short": says(b"2", Cache_Control="max-age=10"),
        "/not": says(b"3", Cache_Control="no-store"),
    }
    for now, expected in ((0.0, 3), (5.0, 4), (50.0, 6), (99.0, 8), (101.0, 10)):
        clock.now = now
        for path in ("/a", "/short", "/not"):
            fetcher.fetch(site.base + path)
        assert len(site.asked) == expected, now


def test_a_list_may_ask_to_be_remembered_for_less(site: Site) -> None:
    clock = Clock()
    fetcher = Fetcher(Bounds(allow_local=True), clock)
    site.pages["/a"] = says(b"1")
    fetcher.fetch(f"{site.base}/a")
    fetcher.keep_at_most(f"{site.base}/a", 5)
    clock.now = 6
    fetcher.fetch(f"{site.base}/a")
    assert len(site.asked) == 2


def test_a_failure_is_not_asked_for_again_at_once(site: Site) -> None:
    clock = Clock()
    fetcher = Fetcher(Bounds(allow_local=True), clock)
    site.pages["/"] = says(b"", 500)
    for _ in range(5):
        assert refused(fetcher, f"{site.base}/") == "fetch-failed"
    assert len(site.asked) == 1
    clock.now = 31
    assert refused(fetcher, f"{site.base}/") == "fetch-failed"
    assert len(site.asked) == 2


def test_memory_is_bounded_in_number_and_in_bytes(site: Site) -> None:
    fetcher = local(keep_documents=3, keep_bytes=250)
    for place in range(5):
        site.pages[f"/{place}"] = says(b"x" * 100)
        fetcher.fetch(f"{site.base}/{place}")
    assert (len(fetcher._kept), fetcher._kept_bytes) == (2, 200)


def test_an_issuer_and_its_list_are_read_over_the_wire(site: Site) -> None:
    """A did:web on this machine, its document and its status list, fetched as a verifier fetches them."""
    name = f"did:web:localhost%3A{site.server.server_port}"
    base = f"http://localhost:{site.server.server_port}"
    page = did.web_document(name, {"k1": KEY.public})
    listed = status.list_subject(f"{base}/list", "revocation", status.StatusList.empty().with_set([7]))
    list_document = {
        "@context": [V2],
        "id": f"{base}/list",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": name,
        "credentialSubject": listed | {"ttl": 0},
    }
    site.pages["/.well-known/did.json"] = says(json.dumps(page).encode(), Content_Type="application/did+json")
    site.pages["/list"] = says(
        text(signed(list_document, verification_method=f"{name}#k1")).encode(), Content_Type="application/vc"
    )
    fetcher = local()
    for index, decided in ((6, "valid"), (7, "not valid")):
        document = badge(
            issuer={"id": name, "type": ["Profile"], "name": "Centrum"},
            credentialStatus=status.entry_for(f"{base}/list", "revocation", index),
        )
        raw = text(signed(document, verification_method=f"{name}#k1"))
        report = verify(raw, now=NOW, fetcher=fetcher)
        assert report.decided == decided, report.faults
        assert verify(raw, now=NOW, fetcher=Fetcher()).decided == "could not check"
    assert site.asked.count("/.well-known/did.json") == 1
    assert site.asked.count("/list") == 2
