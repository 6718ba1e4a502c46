"""The readable page of the API: every operation is on it, and nothing on it needs another server or a script."""

import json
import re

import pytest

from dorobek.api.main import api

pytestmark = pytest.mark.django_db


def test_every_operation_and_shape_is_on_the_page(client):
    page = client.get("/api/docs").content.decode()
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    for path, item in schema["paths"].items():
        for method in item:
            assert f"<b>{method.upper()}</b> <code>{path}</code>" in page
    for name in schema["components"]["schemas"]:
        assert f"<b>{name}</b>" in page


def test_the_page_loads_nothing_that_the_content_security_policy_stops(client):
    page = client.get("/api/docs").content.decode()
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page
