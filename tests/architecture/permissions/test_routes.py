"""Every screen is listed with who may open it; a new address that is not listed fails here.

Sign-in (`accounts/`) is the library's and has its own tests; REST (`api/`) answers by the same `visible_to` and is
tested with each router.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import get_resolver, reverse

from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Institution
from tests.architecture.permissions.screens import (
    CASE_READERS,
    DEMONSTRATION,
    OF_OFFICES,
    OWN_READERS,
    PUBLIC,
    SIGNED_IN,
    STAFF,
    WALLET_OWNERS,
)
from tests.factories import make_account, make_case, make_institution, make_person, make_staff, make_unit
from tests.offers.builders import make_provider_account

pytestmark = pytest.mark.django_db


def routes(resolver: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """(name, pattern) of every address but the library's and the API's."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from routes(entry, pattern)
        elif not pattern.startswith(("accounts/", "api/")):
            yield entry.name or "", pattern


ROUTES = sorted(set(routes()))


def allowed(name: str) -> set[str] | None:
    """Who gets an answer; None for pages that are not about roles."""
    if name in PUBLIC | DEMONSTRATION | SIGNED_IN:
        return None
    if name in STAFF:
        return STAFF[name]
    if name.startswith("case"):
        return CASE_READERS
    if name.startswith("own-"):
        return OWN_READERS
    if name.startswith("wallet"):
        return WALLET_OWNERS
    raise AssertionError(f"the address {name!r} is not listed: who may open it?")


def address(name: str, pattern: str, audit: Any) -> str:
    """The address for the case; other objects in it are ones that do not exist."""
    kwargs: dict[str, Any] = {}
    for part in pattern.split("<")[1:]:
        kind, _colon, argument = part.split(">")[0].partition(":")
        nobody: dict[str, Any] = {"uuid": uuid.uuid4(), "int": 0, "slug": "cel"}
        kwargs[argument] = nobody.get(kind, "work")
    if "uid" in kwargs:
        kwargs["uid"] = audit.uid
    return reverse(name, kwargs=kwargs)


WHO = (
    "adviser",
    "participant",
    "coordinator",
    "other adviser",
    "unit head",
    "administrator",
    "specialist",
    "employer",
    "issuer",
    "provider",
    "register editor",
    "awarding officer",
    "assessor",
    "appeals officer",
    "minister officer",
    "validation adviser",
    "administrator elsewhere",
    "administrator of a body",  # that awards: no office, whatever its role is called
    "adviser elsewhere",
    "other participant",
    "stranger",
)


def people(audit: Any) -> dict[str, Any]:
    """One account of each kind, around one case."""
    elsewhere, body = make_unit(make_institution()), make_institution()
    Institution.objects.filter(pk=body.pk).update(kind=InstitutionKind.AWARDING)
    return {
        "adviser": audit.adviser,
        "participant": audit.person.account,
        "coordinator": make_staff(Role.COORDINATOR, audit.unit),
        "other adviser": make_staff(Role.ADVISER, audit.unit),
        "unit head": make_staff(Role.UNIT_HEAD, audit.unit),
        "administrator": make_staff(Role.ADMINISTRATOR, audit.unit),
        "specialist": make_staff(Role.SPECIALIST, audit.unit),
        "employer": make_staff(Role.EMPLOYER, audit.unit),
        "issuer": make_staff(Role.ISSUER, audit.unit),
        "provider": make_provider_account(),
        "register editor": make_staff(Role.REGISTER_EDITOR, audit.unit),
        "awarding officer": make_staff(Role.AWARDING_OFFICER, audit.unit),
        "assessor": make_staff(Role.ASSESSOR, audit.unit),
        "validation adviser": make_staff(Role.VALIDATION_ADVISER, audit.unit),
        "appeals officer": make_staff(Role.APPEALS_OFFICER, audit.unit),
        "minister officer": make_staff(Role.MINISTER_OFFICER, audit.unit),
        "administrator elsewhere": make_staff(Role.ADMINISTRATOR, elsewhere),
        "administrator of a body": make_staff(Role.ADMINISTRATOR, make_unit(body)),
        "adviser elsewhere": make_staff(Role.ADVISER, elsewhere),
        "other participant": make_person("Inna Osoba").account,
        "stranger": make_account(),
    }


@pytest.mark.parametrize(("name", "pattern"), ROUTES, ids=[name for name, _pattern in ROUTES])
def test_every_address_is_listed(name, pattern):
    allowed(name)


@pytest.mark.parametrize("who", WHO)
def test_whoever_is_not_listed_gets_404_on_every_address(client, who):
    """Reading and writing alike. Roles held in another institution open that institution's own pages only."""
    audit = make_case()
    client.force_login(people(audit)[who])
    role = who.removesuffix(" elsewhere").removesuffix(" of a body")
    refused = []
    for name, pattern in ROUTES:
        listed = allowed(name)
        of_an_office = who.endswith(" of a body") and name.startswith(OF_OFFICES)
        if listed is None or who in listed or (name in STAFF and role in listed and not of_an_office):
            continue
        url = address(name, pattern, audit)
        cache.clear()  # the limit of requests has its own tests; here it would hide an answer
        for method in (client.get, client.post):
            answer = method(url)
            if answer.status_code not in (404, 405):
                refused.append(f"{method.__name__} {name} answered {answer.status_code}")
    assert not refused, "\n".join(refused)


def test_everybody_is_tried():
    assert set(people(make_case())) == set(WHO)


def test_whoever_is_listed_gets_an_answer(client):
    audit = make_case()
    unanswered = []
    for who, account in people(audit).items():
        client.force_login(account)
        for name, pattern in ROUTES:
            listed = allowed(name)
            if listed is None or who not in listed or "<" in pattern.replace("<uuid:uid>", ""):
                continue
            if name.startswith("administration-programme") and "<" in pattern:
                continue  # their uid is a programme's; tested in tests/web/test_administration.py
            if name.startswith("issuing-") and "<" in pattern:
                continue  # their uid is a template's, a list's, a credential's; tested in tests/web/test_issuing.py
            if name.startswith("wallet-") and "<" in pattern:
                continue  # their uid is a credential's or a share's; tested in tests/web/test_wallet.py
            if name == "case-exception":
                continue  # there only while a condition is not met; tested in tests/audits
            cache.clear()
            answer = client.get(address(name, pattern, audit))
            if answer.status_code in (403, 404, 500):
                unanswered.append(f"{who}: {name} answered {answer.status_code}")
    assert not unanswered, "\n".join(unanswered)


def test_nobody_signed_in_gets_the_sign_in_page_and_nothing_else(client):
    audit = make_case()
    for name, pattern in ROUTES:
        if allowed(name) is None:
            continue
        cache.clear()
        for method in (client.get, client.post):
            answer = method(address(name, pattern, audit))
            refused = answer.status_code in (404, 405)
            assert refused or (answer.status_code == 302 and "/accounts/login/" in answer["Location"]), name
