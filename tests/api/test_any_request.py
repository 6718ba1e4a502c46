"""Whatever a program sends to the REST API, it gets an answer, never a server error (XX-6)."""

import json
import uuid
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dorobek.api.main import api
from dorobek.people.enums import Role
from tests.factories import make_case, make_competence, make_episode, make_staff

SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
TRIES = settings(
    max_examples=6, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much,
                           HealthCheck.data_too_large],
)  # fmt: skip


@pytest.fixture
def callers(db) -> tuple[list[Client], dict[str, Any]]:
    """The adviser in charge, the participant, an administrator; and uids that exist in the case."""
    audit = make_case()
    competence, episode = make_competence(audit), make_episode(audit)
    made = []
    for account in (audit.adviser, audit.person.account, make_staff(Role.ADMINISTRATOR, audit.unit)):
        client = Client(raise_request_exception=False)
        client.force_login(account)
        made.append(client)
    return made, {"case_uid": audit.uid, "competence": competence.uid, "episode": episode.uid}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method.upper()} {one.path}")
def test_no_request_of_the_right_or_wrong_shape_breaks_the_server(operation, callers):
    clients, held = callers

    @TRIES
    @given(data=st.data())
    def tried(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy())
        client = data.draw(st.sampled_from(clients))
        address = operation.path
        for name, value in (case.path_parameters or {}).items():
            inner = held["competence"] if "competences" in operation.path else held["episode"]
            real = {"case_uid": held["case_uid"], "uid": data.draw(st.sampled_from([inner, uuid.uuid4()]))}
            address = address.replace("{" + name + "}", str(real.get(name, value)).replace("/", "-") or "x")
        with transaction.atomic():
            answer = sent(client, operation.method, address, case)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (address, case.body, answer.content[:500])

    tried()


def sent(client: Client, method: str, address: str, case: Any) -> Any:
    query = {name: value for name, value in (case.query or {}).items() if isinstance(value, str | int)}
    if method.lower() == "get":
        return client.get(address, query)
    body = case.body if isinstance(case.body, dict | list | str | int | float | bool) else {}
    if case.media_type and case.media_type.startswith("multipart"):
        fields = body if isinstance(body, dict) else {}
        return getattr(client, method.lower())(
            address, {name: value for name, value in fields.items() if isinstance(value, str | int | list)}
        )
    return getattr(client, method.lower())(address, json.dumps(body), content_type="application/json")
