"""Micro-credentials in a real browser: axe and width on a phone and at a desk, a check without JavaScript (MC-1, MC-4)."""

import pytest
from django.urls import reverse

from dorobek.credentials.actions.changes import revoke
from tests.credentials.conftest import Body
from tests.credentials.test_batches import prepared
from tests.factories import acting
from tests.web.test_info_browser import no_violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def body():
    return Body()


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_public_pages_have_no_axe_violation(page, body):
    good, bad = body.issue(), body.issue(email="x@example.org")
    revoke(credential=bad, reason="Wydane omyłkowo", acting_user=acting(body.clerk))
    template = good.template_version.template
    for address in (
        reverse("credential-check"), reverse("credential-check-own", args=[good.uid]),
        reverse("credential-check-own", args=[bad.uid]), reverse("credential-issuer", args=[body.issuer.slug]),
        reverse("credential-template", args=[body.issuer.slug, template.slug, 1]),
    ):  # fmt: skip
        no_violations(page, address)


@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_the_issuers_desk_has_no_axe_violation(page, sign_in, body):
    credential = body.issue()
    template, draft = credential.template_version.template, body.template(outcomes=[{"pl": "zna zasady"}], hours=None)
    batch = prepared(body, "Jan;Bąk;jan@example.org", "Bez;;adresu")
    sign_in(body.clerk)
    steps = [reverse("issuing-template-step", args=[draft.uid, part]) for part in (
        "need", "outcomes", "assessment", "quality", "publication"
    )]  # fmt: skip
    for address in (
        reverse("issuing"), reverse("issuing-issuer"), reverse("issuing-template-new"),
        reverse("issuing-template", args=[template.uid]), reverse("issuing-template", args=[draft.uid]), *steps,
        reverse("issuing-template-picture", args=[draft.uid]), reverse("issuing-one", args=[template.uid]),
        reverse("issuing-list-new", args=[template.uid]), reverse("issuing-list", args=[batch.uid]),
        reverse("issuing-credentials"), reverse("issuing-credential", args=[credential.uid]),
        reverse("issuing-credential-correct", args=[credential.uid]),
        reverse("issuing-credential-change", args=[credential.uid, "cofnij"]),
    ):  # fmt: skip
        no_violations(page, address)


def test_a_credential_is_checked_without_javascript(browser, live_server, body):
    credential = body.issue()
    quiet = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = quiet.new_page()
    page.goto(reverse("credential-check"))
    page.get_by_label("Albo wklejony tekst lub adres").fill(credential.document)
    page.get_by_role("button", name="Sprawdź", exact=True).click()
    page.get_by_role("heading", name="Tak, to poświadczenie jest ważne").wait_for()
    quiet.close()
