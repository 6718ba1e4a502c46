"""Where the published vectors and fixtures lie (`../shared/data`, or what SHARED_DATA says)."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

DATA = Path(os.environ.get("SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


def folder(name: str) -> Path:
    """The folder, or the test is skipped with the reason."""
    found = DATA / name
    if not found.is_dir():
        pytest.skip(f"{name} is not at hand; set SHARED_DATA to the folder that holds it")
    return found


def paths(name: str, pattern: str) -> list[Path]:
    """For parametrize: empty where the data is not at hand."""
    return sorted((DATA / name).glob(pattern))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


OFFICIAL = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.jsonld",
    "https://www.w3.org/2018/credentials/v1": "2018-credentials-v1.jsonld",
    "https://w3id.org/security/data-integrity/v1": "data-integrity-v1.jsonld",
    "https://w3id.org/security/suites/ed25519-2020/v1": "suites-ed25519-2020.jsonld",
    "https://w3id.org/security/v2": "security-v2.jsonld",
    "https://www.w3.org/ns/did/v1": "did-v1.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob-v3p0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
}


def official() -> dict[str, Any]:
    """Context documents as published, by address."""
    contexts = folder("contexts")
    return {url: read(contexts / name) for url, name in OFFICIAL.items()}
