"""Screens of the candidate: who may open them, and the way from a public list to a result and an appeal (VA-1, VA-6)."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.uploads import store_upload
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog
from dorobek.validation.actions import advising, applying
from dorobek.validation.models import Appeal, Application, Decision
from tests.factories import acting, make_account, make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation.candidates import CandidateWorld

pytestmark = pytest.mark.django_db
OWN = ("validation-case", "validation-send", "validation-withdraw", "validation-history", "validation-appeal")


@pytest.fixture
def world():
    return CandidateWorld()


@pytest.fixture
def me(world):
    return signed_in_client(world.me)


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def page(client, name, *args, status=200, **data):
    return text_of(client.get(reverse(name, args=args), data), status)


def send(client, application, **data):
    return client.post(reverse("validation-send", args=[application.uid]), data)


# ---- for everybody ----


def test_everybody_sees_where_when_and_for_how_much_and_what_is_over_is_gone(client, world):
    today = timezone.localdate()
    world.open(fee_grosze=25_000, places=1)
    world.open(applications_until=today - dt.timedelta(1), fee_grosze=77_700)
    text = page(client, "validation-openings")
    assert text.count("Uproszczona księgowość") >= 1
    assert "250 zł" in text or "250,00 zł" in text
    assert "wolne miejsca: 1" in text
    assert "Izba Rzemiosła i Handlu w Tymowicach" in text
    assert "777" not in text.split("<main")[1]


def test_the_list_is_narrowed_to_a_qualification_and_says_when_there_is_none(client, world):
    world.open()
    world.second()
    world.open()
    both = page(client, "validation-openings")
    assert "Druga kwalifikacja" in both
    one = page(client, "validation-openings", kwalifikacja="90002")
    assert "Terminy: Uproszczona księgowość" in one
    assert one.count('<h3><a href="/walidacja/termin/') == 1
    assert "nie ma teraz terminu" in page(client, "validation-openings", kwalifikacja="77777")


def test_the_public_list_costs_the_same_for_one_opening_and_for_twenty(client, world, django_assert_max_num_queries):
    for _number in range(20):
        world.open()
    with django_assert_max_num_queries(6):
        assert page(client, "validation-openings").count('<h3><a href="/walidacja/termin/') == 20


def test_an_opening_tells_a_stranger_how_it_goes_and_asks_to_sign_in(client, world):
    text = page(client, "validation-opening", world.open().uid)
    assert "Zaloguj się" in text
    assert "Trzeba przejść wszystkie te metody." in text
    assert "próba pracy" in text
    assert "Zgłoś się" not in text
    assert client.get(reverse("validation-opening", args=[world.person.uid])).status_code == 404


def test_a_full_or_closed_opening_takes_nobody(client, me, world):
    full = world.open(places=1)
    first = world.sent(full)
    stranger = signed_in_client(make_person("Jan Drugi").account)
    assert "Nie ma już miejsc." in page(stranger, "validation-opening", full.uid)
    assert "Otwórz moje zgłoszenie" in page(me, "validation-opening", full.uid)
    assert first.state == "submitted"
    refused = stranger.post(reverse("validation-apply", args=[full.uid]))
    assert refused.status_code == 302, "a draft may wait for a place; sending counts the places"
    other = Application.objects.get(person__account__name="Jan Drugi")
    answer = send(stranger, other, agreed="on")
    assert "Nie ma już miejsc na ten termin" in text_of(answer, 422)


def test_the_entry_and_readiness_lead_to_openings_and_one_click_applies(me, client, world):
    opening = world.open()
    assert f"{reverse('validation-openings')}?kwalifikacja=90002" in page(client, "register-entry", "90002")
    near = page(me, "own-readiness-one", world.audit.uid, "90002")
    assert reverse("validation-apply", args=[opening.uid]) in near
    adviser = signed_in_client(world.audit.adviser)
    beside = page(adviser, "case-readiness-one", world.audit.uid, "90002")
    assert reverse("validation-opening", args=[opening.uid]) in beside
    assert reverse("validation-apply", args=[opening.uid]) not in beside
    assert "terminy walidacji: 1" in page(me, "own-readiness", world.audit.uid)


def test_a_participant_sees_beforehand_what_their_evidence_covers(me, world):
    text = page(me, "validation-opening", world.open().uid)
    assert "Dowód jest przy 2 z 6 kryteriów" in text
    assert "Księga przychodów" in text
    assert "Stare zaświadczenie" not in text


# ---- from one click to sending ----


def test_from_one_click_to_sent_without_typing_anything_again(me, world):
    answer = me.post(reverse("validation-apply", args=[world.open().uid]))
    made = Application.objects.get()
    assert answer["Location"] == reverse("validation-case", args=[made.uid])
    text = page(me, "validation-case", made.uid)
    assert "Teraz kolej na Panią" in text
    assert "Dowód jest przy 2 z 6 kryteriów" in text
    assert "Nie zobaczą reszty portfolio" in page(me, "validation-send", made.uid)
    refused = text_of(send(me, made, kinds=["extra-time"], words="Piszę wolno."), 422)
    assert 'href="#id_agreed"' in refused
    assert "Piszę wolno." in refused
    assert send(me, made, kinds=["extra-time"], words="Piszę wolno.", agreed="on").status_code == 302
    text = page(me, "validation-case", made.uid)
    assert "Teraz ruch: doradca walidacyjny" in text
    assert "więcej czasu; Piszę wolno." in text


def test_pieces_are_put_beside_a_criterion_and_taken_away(me, world):
    made = world.applied()
    address = reverse("validation-criterion", args=[made.uid, "1.2.a"])
    assert "List od szefa" in text_of(me.get(address))
    assert me.post(address, {"evidence": [str(world.loose.uid)]}).status_code == 302
    assert made.mapped.get(criterion="1.2.a").evidence == world.loose
    me.post(address, {"evidence": []})
    assert not made.mapped.filter(criterion="1.2.a").exists()
    assert text_of(me.post(address, {"evidence": ["01a1fe82-8cd8-762e-965e-04c8a69f99ca"]}), 422)
    assert me.get(reverse("validation-criterion", args=[made.uid, "9.9.z"])).status_code == 404


def test_the_advisers_notes_stand_beside_the_evidence(me, world):
    made = world.sent()
    advising.write_note(
        application=made, criterion="1.2.a", text="Proszę o wzór faktury.", acting_user=acting(world.adviser)
    )
    for text in (page(me, "validation-case", made.uid), page(me, "validation-criterion", made.uid, "1.2.a")):
        assert "Proszę o wzór faktury." in text
    assert "Doradca napisał uwagi przy kryteriach: 1." in page(me, "validation-case", made.uid)


def test_taking_it_back_is_asked_first(me, world):
    made = world.sent()
    assert "Wycofać zgłoszenie?" in page(me, "validation-withdraw", made.uid)
    assert world.fresh(made).state == "submitted"
    me.post(reverse("validation-withdraw", args=[made.uid]))
    assert world.fresh(made).state == "withdrawn"
    assert "Zgłoszenie jest wycofane." in page(me, "validation-mine")
    assert me.get(reverse("validation-withdraw", args=[made.uid])).status_code == 404


def test_home_shows_what_goes_on_with_the_next_move(me, world):
    assert "Moje walidacje" not in page(me, "own-home", world.audit.uid)
    made = world.sent()
    home = page(me, "own-home", world.audit.uid)
    assert reverse("validation-case", args=[made.uid]) in home
    assert "doradca walidacyjny" in home


# ---- the result ----


def test_the_result_is_told_criterion_by_criterion_with_reasons_and_not_before(me, world):
    made = world.documented()
    assert "Asesor A" not in page(me, "validation-case", made.uid)
    made = world.judged(world.appointed(made), c11a="not-met")
    before = page(me, "validation-case", made.uid)
    assert "Asesor A, Asesor B" in before
    assert "próba pracy" in before
    assert "tak było widać" not in before
    assert "Niepotwierdzone" not in before
    world.decide(made)
    after = page(me, "validation-case", made.uid)
    assert "Komisja nie potwierdziła wszystkiego." in after
    assert "„tak było widać”" in after
    first = after.split("1.1.a", 1)[1].split("</li>")[0]
    assert "Niepotwierdzone" in first
    held = page(me, "validation-partial")
    assert "1.2" in held
    assert "1.1 Pierwszy" not in held
    again = page(me, "validation-case", world.applied(world.open()).uid)
    assert "potwierdzone wcześniej: 4" in again


def test_an_appeal_shows_its_last_day_its_answer_and_the_earlier_result_stays(me, world):
    made = world.judged(c22a="not-shown")
    world.decide(made)
    last = timezone.localdate() + dt.timedelta(14)
    address = reverse("validation-appeal", args=[made.uid])
    assert f"{last:%-d}" in text_of(me.get(address))
    assert "Z czym Pani/Pan" in text_of(me.post(address, {"reason": ""}), 422)
    assert me.post(address, {"reason": "Zabrakło czasu na zadanie."}).status_code == 302
    assert me.get(address).status_code == 404, "one appeal at a time"
    text = page(me, "validation-case", made.uid)
    assert "czeka na odpowiedź" in text
    assert "Zabrakło czasu na zadanie." in text
    world.answer(Appeal.objects.get())
    text = page(me, "validation-case", made.uid)
    assert "Zabrakło czasu." in text
    assert "uwzględnione" in text
    assert "„tak było widać”" in text, "reasons of the first round stay told while the second goes on"
    made = world.appointed(world.fresh(made), *world.records[2:])
    world.decide(world.judged(made))
    text = page(me, "validation-case", made.uid)
    assert "Wynik oceny nr 2" in text
    assert "Wynik oceny nr 1" in text
    assert "Instytucja wydaje certyfikat" in text
    world.certify(world.fresh(made))
    assert "90002/" in page(me, "validation-case", made.uid)


def test_too_late_for_an_appeal_the_page_does_not_offer_it(me, world):
    made = world.judged(c22a="not-shown")
    world.decide(made)
    Decision.objects.update(decided_at=timezone.now() - dt.timedelta(15))
    text = page(me, "validation-case", made.uid)
    assert "Odwołaj się" not in text
    assert "Złóż odwołanie" not in text
    address = reverse("validation-appeal", args=[made.uid])
    assert me.get(address).status_code == 404
    assert "Czas na odwołanie minął" in text_of(me.post(address, {"reason": "Późno."}), 422)


# ---- who may ----


def test_ones_own_pages_are_the_candidates_alone(world):
    made = world.sent()
    world.decide(world.judged(world.appointed(_documented(world, made)), c11a="not-met"))
    others = (
        make_person("Jan Obcy").account, make_account(), world.officer, world.adviser, world.assessors[0],
        world.audit.adviser, world.appeals,
    )  # fmt: skip
    for name in OWN:
        own = signed_in_client(world.me).get(reverse(name, args=[made.uid]))
        assert own.status_code == (404 if name in ("validation-send", "validation-withdraw") else 200), name
        if name == "validation-history":
            continue
        for who in others:
            client = signed_in_client(who)
            for call in (client.get, client.post):
                assert call(reverse(name, args=[made.uid])).status_code == 404, (name, who)


def _documented(world, application):
    return applying.close_documentation(application=application, conditions_met=True, acting_user=acting(world.adviser))


def test_nobody_signed_in_is_asked_to_sign_in(client, world):
    made = world.sent()
    for name in (*OWN, "validation-advising-case"):
        answer = client.get(reverse(name, args=[made.uid]))
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


def test_a_draft_is_seen_by_its_owner_alone(world):
    made = world.applied()
    for who in (world.officer, world.adviser):
        assert signed_in_client(who).get(reverse("validation-history", args=[made.uid])).status_code == 404


def test_an_attached_file_opens_for_those_who_see_the_case_and_the_reading_is_kept(world):
    upload = SimpleUploadedFile(
        "księga.pdf", b"%PDF-1.4\n%\xe2\xe3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    world.book.file = store_upload(upload, person_uid=world.person.uid)
    world.book.save()
    world.loose.file = world.book.file
    world.loose.save()
    made = world.sent()
    address = reverse("validation-evidence", args=[made.uid, world.book.uid])
    for who in (world.me, world.officer, world.adviser):
        assert signed_in_client(who).get(address).status_code == 200
    elsewhere = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))
    for who in (elsewhere, world.assessors[0], world.audit.adviser, make_person("Jan Obcy").account):
        assert signed_in_client(who).get(address).status_code == 404
    hidden = reverse("validation-evidence", args=[made.uid, world.loose.uid])
    assert signed_in_client(world.adviser).get(hidden).status_code == 404, "it is not attached"
    readers = set(AccessLog.objects.filter(case_uid=made.uid).values_list("account__name", flat=True))
    assert readers == {"Ofelia Urzędowa", "Adam Doradca"}
    assert "Adam Doradca" in page(signed_in_client(world.me), "validation-case", made.uid)
