"""Every operation of the REST API is listed with who may call it; one that is not listed fails here.

Bodies are the smallest that the operation's own schema accepts, so that a refusal is one of permission, not of shape.
"""

import ast
import json
import uuid
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import dorobek.api
from dorobek.api.main import api
from dorobek.register.actions import import_entries
from dorobek.register.entry import Entry, Read
from dorobek.register.enums import Source
from dorobek.register.models import InfoPage
from tests.architecture.permissions.test_routes import people
from tests.factories import make_case

pytestmark = pytest.mark.django_db

ADVISING = {"adviser", "other adviser", "coordinator", "adviser elsewhere"}
ADMINISTRATORS = {"administrator", "administrator elsewhere"}
# What is not about one case: "METHOD path" -> who gets an answer other than 404.
STAFF = {
    "GET /api/desk": ADVISING,
    "GET /api/timesheet": ADVISING,
    "GET /api/timesheet.csv": ADVISING,
    "GET /api/cases": ADVISING,
    "POST /api/cases": set(),  # 404 for everybody: the smallest body names a programme that does not exist
    "POST /api/cases/eligibility": set(),
    "GET /api/figures": {"coordinator", "unit head"} | ADMINISTRATORS,
    "GET /api/team": {"coordinator"},
    "GET /api/institutions": ADMINISTRATORS,
    "GET /api/institutions/erasure-requests": ADMINISTRATORS,
    "POST /api/institutions/erasure-requests/{uid}": set(),
    "GET /api/employer/shared": {"employer"},
    "GET /api/employer/slips": {"employer"},
    "POST /api/employer/slips": set(),
    "GET /api/consultations": {"specialist"},
    "POST /api/consultations/{uid}/opinion": set(),
    "GET /api/providers": {"coordinator"} | ADMINISTRATORS,
    "POST /api/providers/import": {"coordinator"} | ADMINISTRATORS,
    "GET /api/provider/vouchers": {"provider"},
    "POST /api/provider/vouchers/{uid}/participation": set(),  # 404 for everybody: the voucher does not exist
    "POST /api/provider/{uid}/services": set(),
    "POST /api/provider/services/{uid}/dates": set(),
    "POST /api/provider/dates/{uid}/withdraw": set(),
    "GET /api/vouchers/waiting": {"coordinator"} | ADMINISTRATORS,
    "GET /api/vouchers/late": {"coordinator"} | ADMINISTRATORS,
    "GET /api/vouchers/settlement": {"coordinator"} | ADMINISTRATORS,
    "GET /api/vouchers/settlement.csv": {"coordinator"} | ADMINISTRATORS,
    "GET /api/vouchers/figures": {"coordinator"} | ADMINISTRATORS,
    "POST /api/vouchers/{uid}/settle": set(),
    "POST /api/vouchers/{uid}/annul": set(),
    "GET /api/validation/assessing": {"assessor"},
    "GET /api/validation/assessing/scenarios": {"awarding officer"},
    **{
        key: set[str]()
        for key in (
            "POST /api/validation/assessing/scenarios",
            "PUT /api/validation/assessing/scenarios/{uid}",
            "POST /api/validation/assessing/scenarios/{uid}/{what}",
            "GET /api/validation/assessing/cases/{uid}",
            "PUT /api/validation/assessing/cases/{uid}/sheet",
            "POST /api/validation/assessing/cases/{uid}/close",
            "POST /api/validation/assessing/cases/{uid}/methods",
            "POST /api/validation/assessing/cases/{uid}/declaration",
            "GET /api/validation/assessing/cases/{uid}/conversation",
            "PUT /api/validation/assessing/cases/{uid}/conversation",
            "GET /api/validation/assessing/cases/{uid}/observations",
            "POST /api/validation/assessing/cases/{uid}/observations",
            "POST /api/validation/assessing/cases/{uid}/observations/{observation}/taps",
            "DELETE /api/validation/assessing/cases/{uid}/observations/{observation}/taps/{tap}",
            "POST /api/validation/assessing/cases/{uid}/observations/{observation}/end",
            "GET /api/validation/assessing/cases/{uid}/comparison",
            "POST /api/validation/assessing/cases/{uid}/talk",
            "POST /api/validation/assessing/cases/{uid}/agreement",
        )
    },
    "GET /api/validation/applications": {"participant", "other participant"},  # each their own
    "GET /api/validation/confirmed-outcomes": {"participant", "other participant"},
    "GET /api/validation/advising": {"validation adviser"},
    "GET /api/validation/office/desk": {"awarding officer"},
    "GET /api/validation/office/applications": {"awarding officer"},
    "GET /api/validation/office/openings": {"awarding officer"},
    "GET /api/validation/office/certificates": {"awarding officer"},
    "GET /api/validation/office/report": {"awarding officer"},
    "GET /api/validation/office/appeals": {"appeals officer"},
    **{
        key: set[str]()
        for key in (
            "POST /api/validation/office/openings",
            "GET /api/validation/office/openings/{uid}",
            "POST /api/validation/office/openings/{uid}/change",
            "POST /api/validation/office/openings/{uid}/close",
            "POST /api/validation/office/openings/{uid}/sittings",
            "POST /api/validation/office/openings/{uid}/spread",
            "GET /api/validation/office/sittings/{uid}",
            "POST /api/validation/office/sittings/{uid}/move",
            "PUT /api/validation/office/sittings/{uid}/candidates",
            "PUT /api/validation/office/sittings/{uid}/commission",
            "POST /api/validation/office/sittings/{uid}/proposal",
            "POST /api/validation/office/planning",
            "PUT /api/validation/office/planning",
            "GET /api/validation/office/staff/{code}",
            "PUT /api/validation/office/staff/{code}",
            "PUT /api/validation/office/staff/{code}/availability",
            "GET /api/validation/office/body/{code}",
            "PUT /api/validation/office/body/{code}",
            "POST /api/validation/office/trainings",
            "POST /api/validation/office/trainings/import",
            "GET /api/validation/office/cases/{uid}",
            "PUT /api/validation/office/cases/{uid}/fee",
            "PUT /api/validation/office/cases/{uid}/adjustment",
            "POST /api/validation/office/cases/{uid}/hand-overs",
            "POST /api/validation/office/cases/{uid}/appointment",
            "POST /api/validation/office/cases/{uid}/decision",
            "POST /api/validation/office/cases/{uid}/certificate",
            "GET /api/validation/office/agreement/{code}",
            "POST /api/validation/office/appeals/{uid}/answer",
        )
    },
    **{  # 404 for everybody: the opening, or the application, does not exist
        name: set[str]()
        for name in (
            "POST /api/validation/applications",
            "GET /api/validation/applications/{uid}",
            "GET /api/validation/applications/{uid}/history",
            "PUT /api/validation/applications/{uid}/evidence",
            "PUT /api/validation/applications/{uid}/adjustments",
            "PUT /api/validation/applications/{uid}/notes",
            "POST /api/validation/applications/{uid}/submission",
            "POST /api/validation/applications/{uid}/withdrawal",
            "POST /api/validation/applications/{uid}/appeals",
            "POST /api/validation/applications/{uid}/documentation",
        )
    },
    "GET /api/wallet": {"participant", "other participant"},  # each their own
    "POST /api/wallet": {"participant", "other participant"},
    "GET /api/wallet/{uid}": set(),  # 404 for everybody: the credential does not exist
    "POST /api/wallet/{uid}/check": set(),
    "DELETE /api/wallet/{uid}": set(),
    "GET /api/credentials": {"issuer"} | ADMINISTRATORS,
    "GET /api/credentials/templates": {"issuer"} | ADMINISTRATORS,
    "POST /api/credentials": set(),  # 404 for everybody: the template does not exist
    "POST /api/credentials/lists": set(),
    "GET /api/credentials/lists/{uid}": set(),
    "POST /api/credentials/lists/{uid}/sign": set(),
    "GET /api/credentials/{uid}": set(),
    "POST /api/credentials/{uid}/status": set(),
    "GET /api/register-applications/own": {"awarding officer"},
    "GET /api/register-applications/waiting": {"register editor", "minister officer"},
    "POST /api/register-applications/own": set(),  # 404 for everybody: the institution, the application do not exist
    "PUT /api/register-applications/own/{uid}": set(),
    "GET /api/register-applications/own/{uid}/missing": set(),
    "POST /api/register-applications/own/{uid}/send": set(),
    "POST /api/register-applications/own/{uid}/withdraw": set(),
    "POST /api/register-applications/{uid}/check": set(),
    "POST /api/register-applications/{uid}/close": set(),
    "POST /api/register-applications/{uid}/opinion": set(),
    "POST /api/register-applications/{uid}/decision": set(),
    "POST /api/register-applications/{uid}/entry": set(),
    "POST /api/register-applications/comments/{uid}/moderation": set(),
    "POST /api/register-applications/comments/{uid}/answer": set(),
    "GET /api/register/analysis": {"register editor"},
    "POST /api/register/analysis": {"register editor"},
    "GET /api/register/analysis/findings": {"register editor"},
    "GET /api/register/analysis/{code}": {"register editor"},
    "POST /api/register/analysis/{code}/skills": set(),  # 404 for everybody: the entry does not exist
    "POST /api/register/analysis/{code}/skills/{key}": set(),
    "GET /api/validation/tests": {"awarding officer", "assessor"},  # and who has a test of their own
    "GET /api/validation/tests/banks": {"awarding officer"},
    **{  # 404 for everybody here: the uid is a test's or a bank's; tested in tests/api/validation/test_knowledge_api.py
        f"{method} /api/validation/tests{path}": set[str]()
        for method, path in (
            ("POST", ""),
            ("GET", "/{uid}"),
            ("POST", "/{uid}/start"),
            ("GET", "/{uid}/questions"),
            ("PUT", "/{uid}/questions/{place}"),
            ("POST", "/{uid}/finish"),
            ("POST", "/{uid}/cancel"),
            ("GET", "/{uid}/result"),
            ("POST", "/{uid}/markers"),
            ("GET", "/{uid}/open-answers"),
            ("PUT", "/{uid}/open-answers"),
            ("POST", "/{uid}/open-answers/close"),
            ("GET", "/banks/{uid}/items"),
            ("POST", "/banks/{uid}/items"),
            ("PUT", "/banks/{uid}/items/{item}"),
            ("POST", "/banks/{uid}/items/{item}/retirement"),
            ("GET", "/banks/{uid}/figures"),
            ("POST", "/banks/{uid}/blueprints"),
            ("GET", "/banks/{uid}/qti"),
            ("POST", "/banks/{uid}/qti"),
        )
    },
    # 404 for everybody here: the uid is an application's, a document's; tested in tests/api/validation
    "GET /api/validation/documents/{uid}": set(),
    "GET /api/validation/documents/{uid}/files/{ending}": set(),
    "POST /api/validation/documents/{uid}/archive": set(),
    "POST /api/validation/documents/{uid}/credentials": set(),
    "POST /api/validation/documents/{uid}/revocation": set(),
}
PUBLIC: set[str] = {
    "GET /api/validation/certificates",  # number and code of the paper open it; tested in tests/api/validation
    "GET /api/validation/openings",
    "GET /api/validation/openings/{uid}",
    "GET /api/register",
    "GET /api/register-applications",
    "GET /api/register-applications/{uid}",
    "POST /api/register-applications/{uid}/comments",
    "GET /api/register/suggestions",
    "GET /api/register/frameworks/concepts",
    "GET /api/register/frameworks/near",
    "GET /api/register/{code}",
    "GET /api/register/{code}/versions",
    "GET /api/register/{code}/versions/{number}",
    "GET /api/register/{code}/similar",
    "GET /api/register/{code}/skills",
    "GET /api/info",
    "GET /api/labour",
    "GET /api/offer",
    "GET /api/offer/{uid}",
    "GET /api/info/{section}/{slug}",
}
# One institution: its own administrator.
INSTITUTION = "/api/institutions/{uid}/"
# One case: who leads or supervises it and the participant read; everybody else gets 404 whatever they send.
CASE = "/api/cases/{case_uid}"
READERS = {"adviser", "coordinator", "participant"}
# Reads of a case that are the participant's alone.
OWN = {
    f"GET {CASE}/plan/calendar",
    f"GET {CASE}/export",
    f"GET {CASE}/erasure",
    f"GET {CASE}/shares",
    f"POST {CASE}/link-code",
}
# Reads that answer 404 to those who may read, while nothing is written yet.
MAY_BE_EMPTY = {
    f"GET {CASE}/agreement",
    f"GET {CASE}/synthesis",
    f"GET {CASE}/plan",
    f"GET {CASE}/plan/outcome",
    f"GET {CASE}/direction",
    f"GET {CASE}/registration",
}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(METHOD, path, operation) of everything the API serves."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return sorted(
        (method.upper(), path, operation)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
    )


@cache
def definitions() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return dict(schema["components"]["schemas"])


def smallest(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    """The smallest value that a JSON schema accepts."""
    if "$ref" in schema:
        return smallest(named[schema["$ref"].rsplit("/", 1)[1]], named)
    if "anyOf" in schema:
        return smallest(schema["anyOf"][0], named)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    kind, form = schema.get("type"), schema.get("format")
    if kind == "object":
        wanted = schema.get("required", [])
        return {name: smallest(schema["properties"][name], named) for name in wanted}
    if kind == "string":
        texts = {"uuid": str(uuid.uuid4()), "date": "2026-01-02", "date-time": "2026-01-02T10:00:00+01:00"}
        return texts.get(str(form), "x")
    return {"array": [], "integer": 1, "number": 1.0, "boolean": True}.get(str(kind))


def call(client: Client, method: str, path: str, operation: dict[str, Any], audit: Any) -> Any:
    """One request to the case, or to things that do not exist."""
    kinds = {one["name"]: one["schema"] for one in operation.get("parameters", []) if one["in"] == "path"}
    address = path
    for name, schema in kinds.items():
        value = audit.uid if name == "case_uid" else smallest(schema, {})
        address = address.replace("{" + name + "}", str(value))
    content = operation.get("requestBody", {}).get("content", {})
    send = getattr(client, method.lower())
    if "multipart/form-data" in content:
        fields = smallest(content["multipart/form-data"]["schema"], definitions())
        return send(address, {**fields, "file": SimpleUploadedFile("a.txt", b"a")})
    if "application/json" in content:
        body = smallest(content["application/json"]["schema"], definitions())
        return send(address, json.dumps(body), content_type="application/json")
    return send(address)


def listed(method: str, path: str) -> set[str] | None:
    """Who gets an answer; None when that depends on rows inside the case."""
    name = f"{method} {path}"
    if name in PUBLIC:
        return {*READERS, "stranger"}
    if name in STAFF:
        return STAFF[name]
    if name in OWN:
        return {"participant"}
    if path.startswith(CASE):
        plain = method == "GET" and path.count("{") == 1 and name not in MAY_BE_EMPTY
        return READERS if plain else None
    if path.startswith(INSTITUTION):
        return set()
    raise AssertionError(f"the operation {name} is not listed: who may call it?")


OPERATIONS = operations()


@pytest.mark.parametrize(("method", "path"), [one[:2] for one in OPERATIONS], ids=lambda part: part)
def test_every_operation_is_listed(method, path):
    listed(method, path)


def test_every_shape_has_a_name_of_its_own():
    """Two shapes of one name would stand in the description as one."""
    names = [
        node.name
        for path in Path(dorobek.api.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name != "Meta"
    ]
    assert sorted(names) == sorted(set(names))


def test_whoever_is_not_listed_gets_404_from_every_operation():
    audit = make_case()
    refused = []
    for who, account in people(audit).items():
        client = Client(enforce_csrf_checks=False)
        client.force_login(account)
        for method, path, operation in OPERATIONS:
            allowed = listed(method, path)
            within = READERS if allowed is None else allowed
            if who in within or f"{method} {path}" in PUBLIC:
                continue
            answer = call(client, method, path, operation, audit)
            if answer.status_code != 404:
                refused.append(f"{who}: {method} {path} answered {answer.status_code} {answer.content[:120]!r}")
    assert not refused, "\n".join(refused)


def test_whoever_is_listed_gets_an_answer():
    audit = make_case()
    import_entries(reads=[Read(Entry(code="x", title_pl="X"))], source=Source.TABLE)
    InfoPage.objects.bulk_create([InfoPage(section="x", slug="x", title_pl="X", text_pl="x", published=True)])
    unanswered = []
    for who, account in people(audit).items():
        client = Client()
        client.force_login(account)
        for method, path, operation in OPERATIONS:
            if (
                who not in (listed(method, path) or set())
                or "suggestions" in path
                or path in ("/api/offer/{uid}", "/api/validation/openings/{uid}")
                or path.startswith("/api/register-applications/{uid}")  # there is none; tested in tests/api
            ):
                continue
            if path == "/api/validation/certificates":
                continue  # 422 without a number, 404 for one that does not exist
            if f"{method} {path}" in ("POST /api/wallet", "POST /api/providers/import"):
                continue  # the smallest body is no credential and no offer: 422; tested with each of them
            answer = call(client, method, path, operation, audit)
            if answer.status_code not in (200, 201):
                unanswered.append(f"{who}: {method} {path} answered {answer.status_code} {answer.content[:200]!r}")
    assert not unanswered, "\n".join(unanswered)


def test_nobody_signed_in_gets_401_from_every_operation(client):
    audit = make_case()
    for method, path, operation in OPERATIONS:
        if f"{method} {path}" not in PUBLIC:
            assert call(client, method, path, operation, audit).status_code == 401, f"{method} {path}"


def test_a_member_of_staff_writes_nothing_in_a_case_they_only_supervise():
    """Reading is not leading: every write of the coordinator is refused, and leaves nothing in the history."""
    from dorobek.kernel.models import HistoryEntry
    from dorobek.people.enums import Role
    from tests.factories import make_staff

    audit = make_case()
    client = Client()
    client.force_login(make_staff(Role.COORDINATOR, audit.unit))
    written = []
    for method, path, operation in OPERATIONS:
        if method == "GET" or not path.startswith(CASE) or path.endswith(("/hand-overs", "/plan/advice")):
            continue  # a coordinator may hand a case over; advice saves nothing
        answer = call(client, method, path, operation, audit)
        if answer.status_code < 400:
            written.append(f"{method} {path} answered {answer.status_code}")
    assert not written, "\n".join(written)
    assert not HistoryEntry.objects.filter(stream=audit.uid).exists()
