"""Screens of documents by role, the archive, credentials, a certificate revoked and checked in public."""

import io
import zipfile

import pytest
from django.core.cache import cache
from django.urls import reverse

from dorobek.people.models import AccessLog
from dorobek.validation.models import AwardedCredential, CaseDocument, Certificate
from dorobek.web.validation.documents.checking import MOST_CHECKS
from tests.factories import make_person
from tests.sessions import signed_in_client
from tests.validation.test_credentials import body
from tests.validation.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def world():
    return World()


def certified(world):
    application = world.judged()
    world.decide(application)
    world.certify(world.fresh(application))
    return world.fresh(application)


def page(who, name, *args):
    return signed_in_client(who).get(reverse(name, args=args))


def text(answer):
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_each_finds_their_documents_and_only_the_officer_what_can_be_done(world):
    application = certified(world)
    mine = text(page(world.me, "papers", application.uid))
    for title in ("Powołanie komisji", "Protokół walidacji", "Pismo o wyniku", "Certyfikat"):
        assert title in mine, title
    assert "Oświadczenie o bezstronności" not in mine
    assert "Pobierz archiwum" not in mine
    office = text(page(world.officer, "papers", application.uid))
    for part in (
        "Oświadczenie o bezstronności",
        "Pobierz archiwum",
        "Unieważnij certyfikat",
        "nie jest jeszcze wystawcą",
    ):
        assert part in office, part
    assert AccessLog.objects.filter(account=world.officer, case_uid=application.uid).exists()
    judge = text(page(world.assessors[0], "papers", application.uid))
    assert "Protokół walidacji" in judge
    assert "Pismo o wyniku" not in judge


def test_strangers_get_404_and_a_page_without_documents_says_when_there_will_be_one(world):
    application = world.submitted()
    for who in (world.assessors[3], make_person("Jan Obcy").account):
        assert page(who, "papers", application.uid).status_code == 404
    assert "Nie ma tu jeszcze żadnego dokumentu" in text(page(world.me, "papers", application.uid))


def test_a_document_opens_as_pdf_and_docx_for_those_whom_it_concerns(world):
    application = certified(world)
    letter = CaseDocument.objects.get(kind="result-letter")
    answer = page(world.me, "papers-file", letter.uid, "pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "pismo-o-wyniku-90002" in answer["Content-Disposition"]
    assert page(world.me, "papers-file", letter.uid, "docx").status_code == 200
    for ending in ("html", "json", "zip"):
        assert page(world.me, "papers-file", letter.uid, ending).status_code == 404
    certificate = CaseDocument.objects.get(kind="certificate")
    assert page(world.me, "papers-file", certificate.uid, "docx").status_code == 404
    for who in (world.assessors[0], world.adviser, make_person("Jan Obcy").account):
        assert page(who, "papers-file", letter.uid, "pdf").status_code == 404
    declaration = CaseDocument.objects.filter(kind="declaration", member=world.assessors[0]).get()
    assert page(world.assessors[0], "papers-file", declaration.uid, "pdf").status_code == 200
    assert page(world.me, "papers-file", declaration.uid, "pdf").status_code == 404
    assert application.papers.count() == 6


def test_the_officer_takes_the_archive(world):
    application = certified(world)
    client = signed_in_client(world.officer)
    assert client.get(reverse("papers-archive", args=[application.uid])).status_code == 405
    answer = client.post(reverse("papers-archive", args=[application.uid]), {"evidence": "on"})
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as packed:
        assert "sprawdz.py" in packed.namelist()
    for who in (world.me, world.appeals, world.assessors[0], world.adviser):
        assert signed_in_client(who).post(reverse("papers-archive", args=[application.uid])).status_code == 404


def test_a_credential_is_issued_from_the_screen_once_there_is_an_issuer():
    world = body()
    application = certified(world)
    AwardedCredential.objects.all().delete()
    client = signed_in_client(world.officer)
    assert "Wystaw poświadczenia" in text(client.get(reverse("papers", args=[application.uid])))
    answer = client.post(reverse("papers-credentials", args=[application.uid]), follow=True)
    assert "Wystawione poświadczenia: 1" in text(answer)
    assert "cała kwalifikacja" in text(answer)
    assert signed_in_client(world.me).post(reverse("papers-credentials", args=[application.uid])).status_code == 404


def test_revoking_asks_for_a_reason_keeps_what_was_typed_and_tells_everybody(world):
    application = certified(world)
    client, address = signed_in_client(world.officer), reverse("papers-revoke", args=[application.uid])
    assert "Unieważnienie może cofnąć tylko uwzględnione odwołanie" in text(client.get(address))
    assert client.post(address, {"reason": " "}).status_code == 422
    answer = client.post(address, {"reason": "Dokument był cudzy."}, follow=True)
    assert "Certyfikat jest unieważniony" in text(answer)
    again = client.post(address, {"reason": "Jeszcze raz to samo."})
    assert (again.status_code, "Jeszcze raz to samo." in text(again)) == (422, True)
    assert "Pismo o unieważnieniu certyfikatu" in text(page(world.me, "papers", application.uid))
    for who in (world.me, world.assessors[0], world.appeals):
        assert signed_in_client(who).get(address).status_code == 404
        assert signed_in_client(who).post(address, {"reason": "x"}).status_code == 404


def test_anybody_with_the_paper_checks_it_and_nobody_else(client, world):
    certified(world)
    held = Certificate.objects.get()
    answer = client.get(reverse("certificate-scanned", args=[held.number, held.code]))
    assert "Certyfikat jest ważny" in text(answer)
    assert world.person.name in text(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert "1974" not in text(answer), "no more than is needed to compare"
    typed = {"number": held.number, "code": f"{held.code[:4]} {held.code[4:]}".lower()}
    assert "Certyfikat jest ważny" in text(client.post(reverse("certificate-check"), typed))
    wrong = client.post(reverse("certificate-check"), {"number": held.number, "code": "AAAABBBBCCCC"})
    assert wrong.status_code == 422
    assert "znak po znaku" in text(wrong)
    assert held.number in text(wrong), "what was typed stays"
    assert world.person.name not in text(wrong)
    unknown = client.get(reverse("certificate-scanned", args=["90002/2026/999999", held.code]))
    assert (unknown.status_code, "znak po znaku" in text(unknown)) == (422, True)
    assert client.post(reverse("certificate-check"), {}).status_code == 422


def test_a_revoked_one_says_so_without_the_reason(client, world):
    certified(world)
    held = Certificate.objects.get()
    signed_in_client(world.officer).post(
        reverse("papers-revoke", args=[held.application.uid]), {"reason": "Sprawa osobista."}
    )
    said = text(client.get(reverse("certificate-scanned", args=[held.number, held.code])))
    assert "Certyfikat jest nieważny" in said
    assert "Sprawa osobista" not in said


def test_guessing_is_limited(client):
    address = reverse("certificate-scanned", args=["90002/2026/000001", "AAAABBBBCCCC"])
    answers = [client.get(address).status_code for _try in range(MOST_CHECKS * 2 + 2)]
    assert answers[0] == 422
    assert 429 in answers
