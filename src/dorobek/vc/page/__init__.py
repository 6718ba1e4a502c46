"""The page that verifies without a server: one HTML file put together from the parts in this folder.

`python -m dorobek.vc.page FILE` writes it; a server hands out what `build` gives.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

PARTS = Path(__file__).parent
SCRIPTS = ("strict.js", "jcs.js", "proof.js", "status.js", "picture.js", "texts.js", "page.js")


def script() -> str:
    """The page's whole script, in a scope of its own."""
    inner = "\n".join((PARTS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{inner}}})();\n'


@cache
def build() -> str:
    """The page. Its security policy allows this very script and style, and no connection to anywhere."""
    js, css = script(), (PARTS / "page.css").read_text(encoding="utf-8")
    page = (PARTS / "page.html").read_text(encoding="utf-8")
    for name, text in (("%script%", _digest(js)), ("%style%", _digest(css)), ("%css%", css), ("%js%", js)):
        page = page.replace(name, text)
    return page


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
