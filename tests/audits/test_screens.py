"""Screens and REST of registration, card, variant and direction: who may come in, and what happens there."""

import json
import re

import pytest
from django.core import mail

from dorobek.audits.enums import Stage, Variant
from dorobek.audits.models import BasicDirection, CardNote, LifeEvent, Registration, SkillsAudit
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog, Membership
from tests.audits.test_variant import DIRECTION, talked
from tests.factories import (
    make_account,
    make_case,
    make_institution,
    make_person,
    make_programme,
    make_staff,
    make_unit,
)
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
SCHOOL = "ucze-sie-dalej"
FORM = {
    "given_names": "Bożena", "family_name": "Ćwiąkalska", "address_form": "madam", "birth_date": "12.05.1974",
    "email": "bozena@example.org", "invite": "on", "lives_in": "Tarnów", "on": "2.11.2026",
    "consent_taking-part": "on", "consent_data-information": "on",
}  # fmt: skip


@pytest.fixture
def office():
    unit = make_unit(make_institution())
    adviser = make_staff(Role.ADVISER, unit)
    version = make_programme(unit.institution, SCHOOL)
    return adviser, version, unit


def form(**changes):
    from django.utils import timezone

    today = f"{timezone.localdate():%d.%m.%Y}"
    return {**FORM, "on": today, **changes}


def test_an_adviser_registers_a_participant_who_is_invited(office):
    adviser, version, _unit = office
    client = signed_in_client(adviser)
    address = f"/sprawy/nowa/{version.programme.uid}/"
    assert client.get("/sprawy/nowa/").headers["Location"] == address
    page = client.get(address).content.decode()
    assert "Tarnów" in page
    assert "PESEL" not in page  # this programme does not ask
    checked = client.post(address, form(check="1")).content.decode()
    assert "może wziąć udział" in checked.lower()
    assert not SkillsAudit.objects.exists()
    answer = client.post(address, form(register="1"))
    audit = SkillsAudit.objects.get()
    assert answer.headers["Location"] == f"/sprawy/{audit.uid}/karta/"
    assert audit.person.teryt.startswith("1263")
    assert mail.outbox[0].to == ["bozena@example.org"]
    assert client.get(f"/sprawy/{audit.uid}/warunki/").status_code == 200


def test_somebody_outside_the_rules_is_told_why_and_no_case_is_opened(office):
    adviser, version, _unit = office
    page = signed_in_client(adviser).post(f"/sprawy/nowa/{version.programme.uid}/", form(register="1", lives_in="1261"))
    assert page.status_code == 200
    assert "Co by to zmieniło" in page.content.decode()
    assert not SkillsAudit.objects.exists()


def test_a_likely_double_is_offered(office):
    adviser, version, _unit = office
    client = signed_in_client(adviser)
    address = f"/sprawy/nowa/{version.programme.uid}/"
    client.post(address, form(register="1"))
    page = client.post(address, form(register="1", email="")).content.decode()
    assert "Nie, to ktoś inny" in page
    person = SkillsAudit.objects.get().person
    client.post(address, form(register="1", email="", person=str(person.uid)))
    assert list(SkillsAudit.objects.values_list("person", flat=True)) == [person.pk, person.pk]


def test_text_with_markup_is_shown_as_text(office):
    adviser, version, _unit = office
    client = signed_in_client(adviser)
    evil = "<img src=x onerror=alert(1)>"
    client.post(f"/sprawy/nowa/{version.programme.uid}/", form(register="1", family_name=evil, given_names="=1+1"))
    audit = SkillsAudit.objects.get()
    client.post(f"/sprawy/{audit.uid}/karta/work/nowy/", {"title": evil, "duties": evil})
    for part in ("karta/", "dane/", "warunki/"):
        page = client.get(f"/sprawy/{audit.uid}/{part}").content.decode()
        assert evil not in page
    assert "&lt;img" in client.get(f"/sprawy/{audit.uid}/karta/").content.decode()


def test_who_sees_the_registration_and_the_pages_of_a_case():
    audit = make_case()
    other = make_staff(Role.ADVISER, audit.unit)
    head = make_staff(Role.UNIT_HEAD, audit.unit)
    coordinator = make_staff(Role.COORDINATOR, audit.unit)
    pages = [f"/sprawy/{audit.uid}/{part}" for part in ("karta/", "karta/work/nowy/", "dane/", "warunki/", "kierunek/",
                                                       "wariant/", "karta/other/slowa/")]  # fmt: skip
    for page in pages:
        assert signed_in_client(audit.adviser).get(page).status_code == 200, page
        assert signed_in_client(coordinator).get(page).status_code == 200, page
        assert signed_in_client(coordinator).post(page, {"title": "x"}).status_code == 404, page
        for stranger in (other, head, make_account(), audit.person.account):
            assert signed_in_client(stranger).get(page).status_code == 404, page
    assert signed_in_client(head).get("/sprawy/nowa/").status_code == 404
    assert AccessLog.objects.filter(person=audit.person, account=coordinator).exists()


def test_the_adviser_fills_in_the_card_and_gaps_become_questions():
    audit = make_case()
    client = signed_in_client(audit.adviser)
    base = f"/sprawy/{audit.uid}/karta/"
    client.post(base + "work/nowy/", {"title": "kasjerka", "starts": "wiosna 1995", "ends": "2001", "base_version": "0",
                                      "employment_form": "contract", "duties": "kasa", "d_working-time": "pół etatu"})  # fmt: skip
    event = LifeEvent.objects.get()
    assert event.details == {"working-time": "pół etatu"}
    bad = client.post(base + "work/nowy/", {"title": "x", "starts": "dawno", "employment_form": "self", "duties": "y"})
    assert bad.status_code == 200
    assert "Proszę" in bad.content.decode()
    again = {"title": "kasjerka", "starts": "2009", "ongoing": "on", "employment_form": "contract", "duties": "kasa"}
    assert client.post(base + "work/nowy/", {**again, "another": "1"}).headers["Location"].endswith("/work/nowy/")
    page = client.get(base).content.decode()
    assert "Co się działo od" in page
    assert "wiosna 1995" in page
    edited = client.post(base + f"wpis/{event.uid}/", {"title": "kasjerka-sprzedawczyni", "starts": "wiosna 1995",
                         "ends": "2001", "employment_form": "contract", "duties": "kasa", "base_version": "1"})  # fmt: skip
    assert edited.status_code == 302
    stale = client.post(base + f"wpis/{event.uid}/", {"title": "kierowniczka", "starts": "wiosna 1995",
                        "ends": "2001", "employment_form": "contract", "duties": "kasa", "base_version": "1"})  # fmt: skip
    assert "Ktoś zmienił to samo" in stale.content.decode()
    assert client.post(base + f"wpis/{event.uid}/usun/").status_code == 302
    client.post(base + "other/slowa/", {"text": "", "nothing": "1", "base_version": "0"})
    assert CardNote.objects.get().nothing_to_add
    assert LifeEvent.objects.count() == 1


def test_a_card_of_a_thousand_rows_is_a_page():
    audit = make_case()
    rows = [
        LifeEvent(audit=audit, person=audit.person, case_uid=audit.uid, kind="job", area="work", title=f"praca {n}",
                  starts="2001", ends="2002")
        for n in range(1000)
    ]  # fmt: skip
    LifeEvent.objects.bulk_create(rows)
    client = signed_in_client(audit.adviser)
    page = client.get(f"/sprawy/{audit.uid}/karta/")
    assert "pozostałe wpisy: 800" in page.content.decode()
    assert client.get(f"/sprawy/{audit.uid}/karta/?wszystko=1").status_code == 200


def test_the_participant_fills_in_the_card_one_thing_at_a_time():
    audit = make_case()
    client = signed_in_client(audit.person.account)
    base = f"/bilans/{audit.uid}/karta/"
    assert client.get(base).status_code == 200
    assert client.get(base + "schools/").status_code == 200
    assert client.get(base + "schools/nowy/").status_code == 200
    client.post(base + "schools/nowy/", {"title": "Zasadnicza szkoła handlowa", "finished": "tak", "ends": "1993"})
    event = LifeEvent.objects.get()
    assert (event.finished, event.author) == (True, audit.person.account)
    assert "Dodaj następny" in client.get(base + "schools/").content.decode()
    assert client.post(base + "courses/", {"nothing": "1"}).headers["Location"].endswith("/work/")
    assert client.post(base + "other/", {"text": "Mam prawo jazdy"}).headers["Location"] == base
    assert client.get(base + f"wpis/{event.uid}/").status_code == 200
    assert client.post(base + f"wpis/{event.uid}/usun/").status_code == 302
    stranger = signed_in_client(make_person("Inna Osoba").account)
    for page in (base, base + "schools/", base + "schools/nowy/", f"/bilans/{audit.uid}/wariant/"):
        assert stranger.get(page).status_code == 404
        assert signed_in_client(audit.adviser).get(page).status_code == 404  # not in assisted mode
    assert client.get(base + "nie-ma/").status_code == 404


def test_the_choice_of_a_variant_by_the_participant_and_on_their_behalf():
    audit = talked()
    client = signed_in_client(audit.person.account)
    page = client.get(f"/bilans/{audit.uid}/wariant/").content.decode()
    assert page.count('name="variant"') == 2
    client.post(f"/bilans/{audit.uid}/wariant/", {"variant": "basic", "base_version": audit.version})
    audit.refresh_from_db()
    assert audit.variant == "basic"
    adviser = signed_in_client(audit.adviser)
    adviser.post(f"/sprawy/{audit.uid}/wariant/", {"variant": "in-depth", "base_version": audit.version})
    audit.refresh_from_db()
    assert audit.variant == "in-depth"


def test_the_direction_is_written_on_one_page():
    audit = talked(variant=Variant.BASIC, stage=Stage.INITIAL)
    client = signed_in_client(audit.adviser)
    assert "O co można zapytać" in client.get(f"/sprawy/{audit.uid}/kierunek/").content.decode()
    client.post(f"/sprawy/{audit.uid}/kierunek/", {**DIRECTION, "base_version": "0"})
    assert BasicDirection.objects.get().direction == DIRECTION["direction"]
    stale = client.post(f"/sprawy/{audit.uid}/kierunek/", {"direction": "Inaczej", "base_version": "1"})
    assert "Ktoś zmienił to samo" in stale.content.decode()


def test_a_correction_shows_both_versions_when_two_people_correct(office):
    adviser, version, _unit = office
    client = signed_in_client(adviser)
    client.post(f"/sprawy/nowa/{version.programme.uid}/", form(register="1"))
    audit = SkillsAudit.objects.get()
    address = f"/sprawy/{audit.uid}/dane/"
    page = client.get(address).content.decode()
    base = re.search(r'name="base_version" value="(\d+)"', page)[1]
    sent = {**FORM, "phone": "600 100 200", "base_version": base}
    assert client.post(address, sent).status_code == 302
    stale = client.post(address, {**sent, "phone": "700 100 200"})
    assert "Ktoś zmienił to samo" in stale.content.decode()
    assert Registration.objects.get().eligible


def test_the_report_is_for_administrators_and_every_reading_is_logged(office):
    adviser, version, unit = office
    signed_in_client(adviser).post(f"/sprawy/nowa/{version.programme.uid}/", form(register="1", given_names="=1+1"))
    administrator = make_staff(Role.ADMINISTRATOR, unit)
    answer = signed_in_client(administrator).get("/sprawozdania/uczestnicy.csv")
    text = b"".join(answer.streaming_content).decode()
    assert text.count("\r\n") == 2
    assert ";'=1+1;" in text
    assert AccessLog.objects.filter(account=administrator).count() == 1
    elsewhere = make_staff(Role.ADMINISTRATOR, make_unit(make_institution()))
    address = f"/sprawozdania/uczestnicy.csv?programme={version.programme.uid}"
    assert signed_in_client(administrator).get(address).status_code == 200
    for account in (adviser, elsewhere, make_account()):
        assert signed_in_client(account).get(address).status_code == 404
    assert signed_in_client(administrator).get("/sprawozdania/uczestnicy.csv?programme=x").status_code == 404


def test_the_api_registers_fills_in_and_refuses_like_the_screens(office):
    adviser, version, _unit = office
    client = signed_in_client(adviser)

    def call(method, path, body=None):
        answer = getattr(client, method)(f"/api{path}", json.dumps(body or {}), content_type="application/json")
        return answer.status_code, json.loads(answer.content) if answer.content else None

    body = {
        "programme": str(version.programme.uid),
        "identity": {"given_names": "Ewa", "family_name": "Żuk", "birth_date": "1980-02-29"},
        "answers": {"places": {"lives": "1263"}},
        "consents": {"taking-part": True, "data-information": True},
    }
    status, judged = call("post", "/cases/eligibility", body)
    assert (status, judged["decision"]["verdict"]) == (200, "eligible")
    status, refused = call("post", "/cases", {**body, "answers": {"places": {"lives": "1261"}}})
    assert status == 422
    assert refused["detail"]
    status, case = call("post", "/cases", body)
    assert status == 201
    base = f"/cases/{case['uid']}"
    status, entries = call("post", f"{base}/card/entries/batch",
                           {"entries": [{"kind": "job", "title": f"praca {n}", "starts": "2001"} for n in range(1000)]})  # fmt: skip
    assert (status, len(entries)) == (201, 1000), str(entries)[:300]
    status, entry = call("post", f"{base}/card/entries", {"kind": "school", "title": "Liceum", "ends": "wiosna 1999"})
    assert status == 201
    one = f"{base}/card/entries/{entry['uid']}"
    assert call("patch", one, {"note": "wieczorowe", "base_version": 1})[1]["note"] == "wieczorowe"
    assert call("patch", one, {"note": "zaoczne", "base_version": 1})[0] == 409
    assert call("patch", one, {"starts": "kiedyś"})[0] == 422
    assert client.delete(f"/api{one}").status_code == 204
    assert call("put", f"{base}/card/notes/other", {"text": "Ma prawo jazdy"})[1]["version"] == 2
    status, card = 200, json.loads(client.get(f"/api{base}/card").content)
    assert sum(len(section["entries"]) for section in card["sections"]) == 1000
    assert call("put", f"{base}/variant", {"variant": "basic", "on_behalf": True})[0] == 422  # before the talk
    assert call("post", f"{base}/interrupt", {"reason": "Wyjazd"})[1]["stage"] == "interrupted"
    assert call("post", f"{base}/reopen", {"reason": "Powrót"})[1]["stage"] == "talk"
    client = signed_in_client(make_staff(Role.ADVISER, _unit))
    for path in ("/card", "/registration", "/direction"):
        assert client.get(f"/api{base}{path}").status_code == 404
    assert call("post", f"{base}/card/entries", {"kind": "job", "title": "x"})[0] == 404


def test_a_role_that_ended_registers_nobody(office):
    adviser, version, _unit = office
    Membership.objects.update(until="2020-01-01")
    assert signed_in_client(adviser).get(f"/sprawy/nowa/{version.programme.uid}/").status_code == 404
