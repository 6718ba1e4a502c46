"""The issuer's desk on the screen: design, publish, issue, revoke; and everyone's check (MC-1 to MC-5)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dorobek.cli.demo.qualifications import load_qualifications
from dorobek.credentials.enums import CredentialState, TemplateState
from dorobek.credentials.models import Credential, CredentialTemplate, IssuingBatch
from dorobek.people.enums import Role
from dorobek.web.credentials.design_forms import as_text, from_text
from tests.credentials.conftest import Body
from tests.credentials.test_batches import people
from tests.credentials.test_rules import GOOD
from tests.factories import make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return Body()


@pytest.fixture
def desk(body, client):
    client.force_login(body.clerk)
    return client


def test_outcomes_as_lines_read_back():
    data = [{"pl": one.pl, "en": one.en, "code": one.code, "criteria": list(one.criteria)} for one in GOOD.outcomes]
    assert from_text(as_text(GOOD)) == data
    assert from_text("- sam myślnik\n\n- po czym poznać\nliczy kasę | counts [90001-2-1]") == [
        {"pl": "sam myślnik", "en": "", "code": "", "criteria": ["po czym poznać"]},
        {"pl": "liczy kasę", "en": "counts", "code": "90001-2-1", "criteria": []},
    ]


def test_a_micro_credential_is_designed_step_by_step_and_published(body, desk):
    page = desk.post(reverse("issuing-template-new"), {"title": "Rozliczanie kasy na koniec zmiany"})
    template = CredentialTemplate.objects.get()
    assert page["Location"] == reverse("issuing-template-step", args=[template.uid, "need"])
    steps = {
        "need": {"title_pl": "Rozliczanie kasy", "description_pl": "Osoba rozlicza kasę po zmianie.", "field": "trade"},
        "outcomes": {"outcomes": "rozlicza kasę na koniec zmiany\n- zgadza się co do grosza", "hours": "30",
                     "prk_level": "3", "level_reason_pl": "typowe zadania", "ects": "0,5"},
        "assessment": {"assessment": ["practical-task"], "assessment_pl": "Zadanie przy kasie.",
                       "participation": "onsite", "supervision": "supervised"},
        "quality": {"quality_pl": "Audyt.", "counts_towards": "13477/3"},
        "publication": {"valid_months": "24"},
    }  # fmt: skip
    for part, sent in steps.items():
        answer = desk.post(reverse("issuing-template-step", args=[template.uid, part]), sent)
        assert answer.status_code == 302, (part, answer.content.decode()[:3000])
    show = reverse("issuing-template", args=[template.uid])
    assert "Opublikuj" in desk.get(show).content.decode()
    desk.post(reverse("issuing-template-publish", args=[template.uid]))
    template.refresh_from_db()
    assert template.state == TemplateState.PUBLISHED
    public = reverse("credential-template", args=[body.issuer.slug, template.slug, 1])
    assert "rozlicza kasę na koniec zmiany" in desk.get(public).content.decode()
    picture = desk.get(reverse("credential-badge", args=[body.issuer.slug, template.slug, 1]))
    assert picture["Content-Type"] == "image/svg+xml"
    desk.post(reverse("issuing-template-withdraw", args=[template.uid]))
    assert "już nie wystawia" in desk.get(public).content.decode()


def test_a_vague_outcome_is_named_with_a_better_one_beside_the_form(body, desk):
    template = body.template()
    url = reverse("issuing-template-step", args=[template.uid, "outcomes"])
    sent = {"outcomes": "zna zasady rozliczania kasy", "hours": "30", "prk_level": "3", "stay": "1"}
    assert desk.post(url, sent)["Location"] == url
    page = desk.get(url).content.decode()
    assert "Trzeba:" in page
    assert "<q>" in page
    assert "Opublikuj</button>" not in desk.get(reverse("issuing-template", args=[template.uid])).content.decode()


def test_outcomes_are_taken_over_from_the_register(body, desk):
    load_qualifications()
    url = reverse("issuing-template-step", args=[body.template().uid, "outcomes"])
    page = desk.get(url, {"rejestr": "90001/2"}).content.decode()
    assert "[90001-2-1]" in page
    assert "[90001-1-1]" not in page
    assert "Nie ma takiego wpisu" in desk.get(url, {"rejestr": "nie-ma"}).content.decode()


def test_wrong_answers_come_back_with_words(body, desk):
    template = body.template()
    url = reverse("issuing-template-step", args=[template.uid, "quality"])
    page = desk.post(url, {"quality_pl": "x", "counts_towards": "ala ma kota!"}).content.decode()
    assert "13477/3" in page
    assert "ala ma kota!" in page


def test_one_person_gets_a_credential_and_it_is_revoked_with_a_reason(body, desk):
    version = body.version()
    url = reverse("issuing-one", args=[version.template.uid])
    sent = {"given_names": "Ewa", "family_name": "Łoś", "email": "ewa@example.org", "awarded_on_0": "2",
            "awarded_on_1": "11", "awarded_on_2": "2026"}  # fmt: skip
    answer = desk.post(url, sent | {"awarded_on": "2026-11-02"})
    credential = Credential.objects.get()
    assert answer["Location"] == reverse("issuing-credential", args=[credential.uid])
    assert "Ewa Łoś" in desk.get(reverse("issuing-credentials"), {"q": "los"}).content.decode()
    change = reverse("issuing-credential-change", args=[credential.uid, "cofnij"])
    assert desk.post(change, {"reason": ""}).status_code == 200
    assert desk.post(change, {"reason": "pomyłka"}).status_code == 302
    credential.refresh_from_db()
    assert credential.state == CredentialState.REVOKED
    page = desk.get(reverse("credential-check-own", args=[credential.uid])).content.decode()
    assert "wystawca cofnął" in page
    assert "pomyłka" in page


def test_a_list_is_looked_over_then_signed(body, desk, django_capture_on_commit_callbacks):
    version = body.version()
    rows = "\n".join(["Imię;Nazwisko;E-mail", *people(3), "Bez;;adresu"]).encode()
    sent = {"list": SimpleUploadedFile("lista.csv", rows), "title": "Kurs", "awarded_on": "2026-11-02"}
    desk.post(reverse("issuing-list-new", args=[version.template.uid]), sent)
    batch = IssuingBatch.objects.get()
    page = desk.get(reverse("issuing-list", args=[batch.uid])).content.decode()
    assert "brakuje imienia albo nazwiska" in page
    assert "Podpisz 3" in page
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("issuing-list-sign", args=[batch.uid]))
    assert Credential.objects.count() == 3
    assert "Podpisanych 3 z 4" in desk.get(reverse("issuing-list", args=[batch.uid])).content.decode()


def test_the_badge_is_drawn_before_it_is_saved(body, desk):
    template = body.template()
    url = reverse("issuing-template-picture", args=[template.uid])
    sent = {"shape": "circle", "colour": "navy", "symbol": "leaf", "text": "KASA"}
    assert "#1f4568" in desk.post(url, sent | {"look": "1"}).content.decode()
    long = desk.post(url, sent | {"text": "bardzo długi napis, który się nie zmieści w żadnym rozmiarze", "save": "1"})
    assert long.status_code == 200
    assert desk.post(url, sent | {"save": "1"}).status_code == 302
    template.refresh_from_db()
    assert template.design.badge.colour == "navy"


def test_an_administrator_founds_the_issuer_and_others_are_told_who_does(client):
    unit = make_unit(make_institution())
    client.force_login(make_staff(Role.ISSUER, unit))
    assert client.get(reverse("issuing-issuer"), follow=True).status_code == 200
    client.force_login(make_staff(Role.ADMINISTRATOR, unit))
    page = client.post(
        reverse("issuing-issuer"), {"slug": "nasza-izba", "name_pl": "Nasza izba", "country": "PL"}, follow=True
    )
    assert "Nowe mikropoświadczenie" in page.content.decode()
    assert client.get(reverse("credential-issuer", args=["nasza-izba"])).status_code == 200


def test_people_of_another_body_find_nothing(body, client):
    credential = body.issue()
    client.force_login(Body().clerk)
    for name, args in (
        ("issuing-credential", [credential.uid]),
        ("issuing-template", [credential.template_version.template.uid]),
        ("issuing-one", [credential.template_version.template.uid]),
        ("issuing-credential-correct", [credential.uid]),
        ("issuing-template-badge", [credential.template_version.template.uid]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404, name
    assert credential.holder_name not in client.get(reverse("issuing-credentials")).content.decode()


def test_anyone_checks_a_file_a_text_or_nothing(body, client):
    credential = body.issue()
    url = reverse("credential-check")
    assert "Bez konta" in client.get(url).content.decode()
    answer = client.post(url, {"text": credential.document})
    assert "to poświadczenie jest ważne" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    changed = SimpleUploadedFile("c.json", credential.document.replace("Śliż", "Śliz").encode())
    assert "treść tego dokumentu się nie zgadza" in client.post(url, {"file": changed}).content.decode()
    assert "Proszę wybrać plik albo wkleić" in client.post(url, {"text": " "}).content.decode()
    assert "nie jest poświadczenie" in client.post(url, {"text": "ala ma kota"}).content.decode()
    large = SimpleUploadedFile("c.json", b"x" * 2_100_000)
    assert "za duży" in client.post(url, {"file": large}).content.decode()


def test_a_status_list_is_served_as_a_file_with_its_mark(body, client):
    credential = body.issue()
    url = reverse("credential-status-list", args=[body.issuer.slug, credential.status_list.uid])
    answer = client.get(url)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(reverse("credential-did", args=[body.issuer.slug])).status_code == 404


def test_the_document_of_a_did_web_issuer_is_public(client, settings):
    settings.PUBLIC_ADDRESS = "https://poswiadczenia.example.org"
    web = Body(web_address="poswiadczenia.example.org")
    document = client.get(reverse("credential-did", args=[web.issuer.slug])).json()
    assert document["id"] == web.issuer.did
    assert document["assertionMethod"]


def test_the_page_for_checking_without_a_server_is_one_file(client):
    answer = client.get(reverse("credential-static-page"))
    assert "attachment" in answer["Content-Disposition"]
    assert b"<script" in io.BytesIO(answer.content).read()
