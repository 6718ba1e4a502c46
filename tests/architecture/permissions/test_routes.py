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

from dorobek.people.enums import Role
from tests.factories import make_account, make_case, make_institution, make_person, make_staff, make_unit
from tests.offers.builders import make_provider_account

pytestmark = pytest.mark.django_db

ADVISING = {"adviser", "other adviser", "coordinator"}
PUBLIC = {"home", "help", "privacy", "accessibility", "set_language"} | {
    "register",
    "register-suggestions",
    "register-words",
    "register-compare",
    "register-data",
    "register-figures",
    "register-whole",
    "register-entry",
    "register-versions",
    "register-similar",
    "register-export",
    "register-version",
    "register-readiness",
    "register-applications",
    "register-application",  # what was ever sent; a draft is its institution's
    "info",
    "info-section",
    "info-page",
    "info-print",
    "shared",
    "shared-file",
    "validation-openings",
    "validation-opening",
    "offer",
    "offer-edition",
    "offer-provider",
    "credential-check",
    "credential-static-page",
    "credential-check-own",
    "credential-issuer",
    "credential-did",
    "credential-status-list",
    "credential-template",
    "credential-badge",
    "certificate-check",
    "certificate-scanned",  # number and code of the paper open it
    "plan-calendar",  # the secret in its address opens it
}
DEMONSTRATION = {"outbox", "specimen"}  # 404 outside the demonstration, tested with it
DEMONSTRATION |= {  # 404 where it is not switched on; its token is tested in tests/credentials/test_vc_api.py
    "vc-api-issue",
    "vc-api-verify",
    "vc-api-verify-presentation",
    "vc-api-status-list",
}
SIGNED_IN = {"draft-save", "draft-discard"}  # a draft is the account's own; tested in tests/web/test_drafts.py
SIGNED_IN |= {
    "knowledge-save"
}  # an answer of one's own test, as JSON; tested in tests/web/validation/test_knowledge_sitting.py
# name -> roles that get an answer; everybody else gets 404, strangers to the site the sign-in page
STAFF = {
    "desk": ADVISING,
    "cases": ADVISING,
    "calendar": ADVISING,
    "timesheet": ADVISING,
    "timesheet-table": ADVISING,
    "case-new": ADVISING,
    "case-new-form": ADVISING,
    "team": {"coordinator"},
    "figures": {"coordinator", "unit head", "administrator"},
    "participants-report": {"administrator"},
    "administration": {"administrator"},
    "administration-unit": {"administrator"},
    "administration-role": {"administrator"},
    "administration-role-end": {"administrator"},
    "administration-programme-new": {"administrator"},
    "administration-programme": {"administrator"},
    "administration-programme-switch": {"administrator"},
    "administration-programme-file": {"administrator"},
    "administration-programme-json": {"administrator"},
    "administration-programme-publish": {"administrator"},
    "administration-programme-discard": {"administrator"},
    "administration-programme-logo": {"administrator"},
    "administration-programme-picture": {"administrator"},
    "administration-programme-part": {"administrator"},
    "administration-programme-add": {"administrator"},
    "administration-programme-remove": {"administrator"},
    "administration-programme-move": {"administrator"},
    "administration-requests": {"administrator"},
    "administration-request": {"administrator"},
    "administration-tokens": {"administrator"},
    "administration-token-new": {"administrator"},
    "administration-token-revoke": {"administrator"},
    "offer-import": {"coordinator", "administrator"},
    "labour-import": {"coordinator", "administrator"},
    **{
        name: {"coordinator", "administrator"}
        for name in (
            "vouchers",
            "vouchers-one",
            "vouchers-settle",
            "vouchers-annul",
            "vouchers-right-annul",
            "vouchers-figures",
            "vouchers-table",
            "vouchers-settlement",
            "vouchers-paper",
            "vouchers-file",
            "providers",
            "providers-one",
            "providers-change",
            "providers-account",
            "providers-audit",
            "providers-mark",
            "providers-mark-end",
        )
    },
    **{
        name: {"provider"}
        for name in (
            "provider-home",
            "provider-report",
            "provider-description",
            "provider-service-new",
            "provider-service",
            "provider-edition-new",
            "provider-edition",
            "provider-edition-withdraw",
            "provider-assess",
        )
    },
    "register-changes": {"register editor"},
    "register-new": {"register editor"},
    "register-change": {"register editor"},
    "register-edit": {"register editor"},
    "register-applications-mine": {"awarding officer"},
    "register-application-new": {"awarding officer"},
    "register-application-write": {"awarding officer"},
    "register-application-withdraw": {"awarding officer"},
    "register-applications-desk": {"register editor", "minister officer"},
    "register-application-work": {"register editor", "minister officer"},
    "register-application-comment": {"register editor", "awarding officer"},
    "register-analysis": {"register editor"},
    "register-analysis-entry": {"register editor"},
    "info-editing": {"register editor"},
    "info-new": {"register editor"},
    "info-edit": {"register editor"},
    "info-publish": {"register editor"},
    "info-versions": {"register editor"},
    "info-version": {"register editor"},
    **{
        name: {"administrator", "issuer"}
        for name in (
            "issuing",
            "issuing-issuer",
            "issuing-template-new",
            "issuing-template",
            "issuing-template-publish",
            "issuing-template-withdraw",
            "issuing-template-picture",
            "issuing-template-badge",
            "issuing-one",
            "issuing-list-new",
            "issuing-template-step",
            "issuing-list",
            "issuing-list-sign",
            "issuing-list-stop",
            "issuing-credentials",
            "issuing-credential",
            "issuing-credential-correct",
            "issuing-credential-change",
            "issuing-credential-file",
        )
    },
    "issuing-key-replace": {"administrator"},
    "issuing-key-compromised": {"administrator"},
    "validation-mine": {"participant", "other participant"},  # each their own
    "validation-partial": {"participant", "other participant"},
    "validation-advising": {"validation adviser"},
    **{
        name: {"awarding officer"}
        for name in (
            "office",
            "office-opening-new",
            "office-planning",
            "office-pool",
            "office-staff-new",
            "office-trainings",
            "office-trainings-import",
            "office-certificates",
            "office-certificates-table",
            "office-agreement",
        )
    },
    "office-appeals": {"appeals officer"},
    **{  # of an opening, a sitting, a case, a person that does not exist; tested in tests/web/validation/test_office.py
        name: set[str]()
        for name in (
            "office-opening",
            "office-opening-change",
            "office-opening-close",
            "office-sitting-new",
            "office-spread",
            "office-body",
            "office-sitting",
            "office-sitting-candidates",
            "office-sitting-move",
            "office-staff",
            "office-availability",
            "office-case",
            "office-case-fee",
            "office-case-adjustments",
            "office-case-hand-over",
            "office-case-press",
            "office-report",
            "office-appeal",
        )
    },
    **{  # their uid is an opening's or an application's; tested in tests/web/validation/test_candidate.py
        name: set[str]()
        for name in (
            "validation-apply",
            "validation-case",
            "validation-criterion",
            "validation-evidence",
            "validation-send",
            "validation-withdraw",
            "validation-appeal",
            "validation-history",
            "validation-advising-case",
            "validation-advising-criterion",
            "validation-advising-close",
        )
    },
    "knowledge-banks": {"awarding officer"},
    "knowledge-tests": {"awarding officer", "assessor"},  # and who has a test of their own
    **{  # 404 for everybody here: the uid is a bank's or a test's; tested in tests/web/validation/test_knowledge_sitting.py
        name: set[str]()
        for name in (
            "knowledge-bank-open",
            "knowledge-bank",
            "knowledge-item-new",
            "knowledge-item",
            "knowledge-item-change",
            "knowledge-item-retire",
            "knowledge-figures",
            "knowledge-blueprint-new",
            "knowledge-blueprint",
            "knowledge-export",
            "knowledge-import",
            "knowledge-let",
            "knowledge-test",
            "knowledge-start",
            "knowledge-question",
            "knowledge-all",
            "knowledge-finish",
            "knowledge-cancel",
            "knowledge-marker",
            "knowledge-marking",
        )
    },
    "consultations": {"specialist"},
    "consultation": {"specialist"},
    "employer-home": {"employer"},
    "employer-slip": {"employer"},
    "employer-share": {"employer"},
    "employer-share-file": {"employer"},
    **{  # 404 for everybody here: the uid is an application's, a document's; tested in tests/web/validation
        name: set[str]() for name in ("papers", "papers-archive", "papers-credentials", "papers-revoke", "papers-file")
    },
    "assessing": {"assessor"},
    "assessing-scenarios": {"awarding officer"},
    "assessing-scenario-new": {"awarding officer"},
    **{  # 404 for everybody here: the uid is an application's, a scenario's; tested in tests/web/validation
        name: set[str]()
        for name in (
            "assessing-scenario",
            "assessing-scenario-edit",
            "assessing-scenario-step",
            "assessing-case",
            "assessing-declaration",
            "assessing-close",
            "assessing-sheet",
            "assessing-evidence",
            "assessing-evidence-one",
            "assessing-evidence-file",
            "assessing-evidence-check",
            "assessing-methods",
            "assessing-observations",
            "assessing-observation",
            "assessing-taps",
            "assessing-tap-remove",
            "assessing-observation-end",
            "assessing-conversation",
            "assessing-agreement",
            "assessing-difference",
        )
    },
}
# Sheets of a case (`case...`): who leads or supervises it. Pages of a participant (`own...`): that participant.
CASE_READERS = {"adviser", "coordinator"}
OWN_READERS = {"participant"}
WALLET_OWNERS = {"participant", "other participant"}  # each their own


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
    "adviser elsewhere",
    "other participant",
    "stranger",
)


def people(audit: Any) -> dict[str, Any]:
    """One account of each kind, around one case."""
    elsewhere = make_unit(make_institution())
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
    role = who.removesuffix(" elsewhere")
    refused = []
    for name, pattern in ROUTES:
        listed = allowed(name)
        if listed is None or who in listed or (name in STAFF and role in listed):
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
