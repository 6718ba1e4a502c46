"""The demonstration's awarding body: four micro-credentials, fifty awarded, some revoked, suspended, expired, replaced."""

import datetime as dt
import io
from typing import Any

from django.utils import timezone

from dorobek.cli.demo.office import Offices
from dorobek.credentials.actions.batches import prepare_batch, sign_rows
from dorobek.credentials.actions.changes import replace, revoke, suspend
from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.actions.templates import publish_template, save_template, start_template
from dorobek.credentials.addresses import web_host
from dorobek.credentials.enums import BatchState
from dorobek.credentials.models import Credential, IssuingBatch, TemplateVersion
from dorobek.credentials.recipients import Recipient
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Person

QUALITY = "Co dwa lata zewnętrzny audyt; co kwartał dwie osoby oceniają te same prace niezależnie i porównują wyniki."
DESIGNS: tuple[dict[str, Any], ...] = (
    {
        "title_pl": "Rozliczanie kasy na koniec zmiany",
        "title_en": "Settling a till at the end of a shift",
        "field": "return-to-work",
        "need_pl": "Sklepy w powiecie szukają osób, które zamkną kasę bez pomocy kierownika.",
        "description_pl": "Osoba rozlicza kasę po zmianie, wyjaśnia różnice i przygotowuje gotówkę do banku.",
        "outcomes": [
            {"pl": "rozlicza kasę na koniec zmiany", "en": "settles the till at the end of a shift",
             "criteria": ["stan kasy zgadza się z raportem co do grosza", "różnica jest opisana i podpisana"]},
            {"pl": "sporządza raport kasowy", "en": "draws up the cash report", "criteria": ["raport ma wszystkie pozycje"]},
            {"pl": "zabezpiecza gotówkę przed przekazaniem do banku", "en": "secures cash before it goes to the bank",
             "criteria": ["koperta jest opisana i zamknięta"]},
        ],
        "hours": 30, "ects": "1", "prk_level": 3,
        "level_reason_pl": "Zadania typowe, w warunkach, które rzadko się zmieniają; odpowiedzialność za wynik własnej pracy.",
        "assessment": ["practical-task", "interview"],
        "assessment_pl": "Zadanie przy prawdziwej kasie i rozmowa z komisją trzech osób, razem półtorej godziny.",
        "assessment_en": "A task at a real till and a talk with a commission of three, ninety minutes in all.",
        "participation": "onsite", "supervision": "supervised-onsite-identified",
        "counts_towards": [{"code": "90001", "set_number": 2}],
        "badge": {"shape": "shield", "colour": "plum", "symbol": "chart", "text": ["KASA"]},
    },
    {
        "title_pl": "Bezpieczne zakupy i płatności w internecie",
        "title_en": "Safe shopping and paying online",
        "field": "digital",
        "need_pl": "Urzędy i biblioteki uczą tego co miesiąc, a nikt nie potwierdza wyniku.",
        "description_pl": "Osoba kupuje i płaci w internecie tak, że nie traci pieniędzy ani danych.",
        "outcomes": [
            {"pl": "rozpoznaje fałszywy sklep internetowy", "en": "tells a fake web shop", "criteria": ["wskazuje trzy oznaki"]},
            {"pl": "ustawia dwa składniki logowania do banku", "en": "sets up two-factor sign-in to a bank",
             "criteria": ["loguje się z nimi przy egzaminatorze"]},
        ],
        "hours": 12, "prk_level": 2,
        "level_reason_pl": "Proste zadania według znanego wzoru.",
        "assessment": ["practical-task"],
        "assessment_pl": "Trzy zadania na własnym telefonie i na komputerze w bibliotece.",
        "participation": "blended", "supervision": "supervised-onsite-identified", "valid_months": 24,
        "badge": {"shape": "hexagon", "colour": "navy", "symbol": "key", "text": ["SIEĆ"]},
    },
    {
        "title_pl": "Naprawa drobnego sprzętu domowego",
        "title_en": "Repairing small household appliances",
        "field": "green",
        "need_pl": "Kawiarenki naprawcze szukają osób, którym można powierzyć narzędzia.",
        "description_pl": "Osoba przywraca do użytku drobny sprzęt, zamiast go wyrzucać, i wie, czego jej nie wolno.",
        "outcomes": [
            {"pl": "wyszukuje usterkę w drobnym sprzęcie", "en": "finds the fault in a small appliance",
             "criteria": ["usterka jest nazwana przed rozkręceniem"]},
            {"pl": "wymienia przewód zasilający", "en": "replaces a power cord", "criteria": ["pomiar wykazuje izolację"]},
        ],
        "hours": 40, "ects": "1.5", "prk_level": 3,
        "level_reason_pl": "Zadania umiarkowanie złożone, z użyciem pomiarów.",
        "assessment": ["practical-task", "observation"],
        "assessment_pl": "Naprawa jednego z trzech wylosowanych urządzeń, pod okiem elektryka.",
        "participation": "onsite", "supervision": "supervised-onsite-identified", "suspendable": True,
        "badge": {"shape": "circle", "colour": "green", "symbol": "leaf", "text": ["NAPRAWA"]},
    },
    {
        "title_pl": "Prowadzenie trudnej rozmowy z klientem",
        "title_en": "Handling a difficult talk with a customer",
        "field": "soft",
        "need_pl": "O to pracodawcy pytają najczęściej, a rzadko kto umie to pokazać.",
        "description_pl": "Osoba uspokaja rozmowę, ustala, co się stało, i doprowadza do konkretnego kroku.",
        "outcomes": [
            {"pl": "powtarza własnymi słowami, o co chodzi klientowi", "en": "sums up what the customer wants",
             "criteria": ["klient potwierdza, że o to chodziło"]},
            {"pl": "proponuje dwa wyjścia z sytuacji", "en": "offers two ways out", "criteria": ["oba są wykonalne"]},
        ],
        "hours": 16, "prk_level": 4,
        "level_reason_pl": "Warunki zmieniają się w trakcie, a wynik zależy od własnych decyzji.",
        "assessment": ["observation", "interview"],
        "assessment_pl": "Dwie odgrywane rozmowy, z których jedna idzie źle, i omówienie.",
        "participation": "onsite", "supervision": "supervised-onsite-identified",
        "badge": {"shape": "seal", "colour": "brown", "symbol": "talk", "text": ["ROZMOWA"]},
    },
)  # fmt: skip
GIVEN = ("Bogna", "Celestyn", "Dobrawa", "Eustachy", "Felicja", "Gniewko", "Hanna", "Ireneusz", "Jagna", "Kazimiera")
FAMILY = ("Brzęczyk", "Ćwikła", "Dąb-Żądło", "Gżegżółka", "Księżyk")


def award_credentials(offices: Offices, cashier: Person) -> None:
    """Found the awarding body's issuer, publish its four, and award: to fifty people and to the finished cashier."""
    clerk = next(one for one in offices.staff if one.has_role(Role.ISSUER))
    keeper = next(one for one in offices.staff if one.email == "administratorka@izba.example.org")
    me = ActingUser(clerk)
    issuer = found_issuer(
        institution=offices.units["izba"].institution, slug="izba-tymowice", web_address=web_host(),
        words={
            "name_pl": "Izba Rzemiosła i Handlu w Tymowicach", "name_en": "Chamber of Crafts and Trade in Tymowice",
            "description_pl": "Sprawdza i potwierdza umiejętności w handlu, rzemiośle i usługach.",
            "country": "PL", "region": "małopolskie", "quality_pl": QUALITY,
        },
        acting_user=ActingUser(keeper),
    )  # fmt: skip
    versions = []
    for data in DESIGNS:
        template = start_template(issuer=issuer, title=str(data["title_pl"]), acting_user=me)
        save_template(template=template, data=data, acting_user=me)
        versions.append(publish_template(template=template, acting_user=me))
    _award_lists(versions, me)
    till = issue_credential(
        version=versions[0],
        recipient=Recipient(
            1, cashier.given_names, cashier.family_name, cashier.email or "malgorzata@poczta.example.org"
        ),
        awarded_on=timezone.localdate() - dt.timedelta(days=7),
        acting_user=me,
    )
    Credential.objects.filter(pk=till.pk).update(person=cashier)
    _change_some(versions, me)


def _award_lists(versions: list[TemplateVersion], me: ActingUser) -> None:
    """Fifty people, thirteen or twelve on each list; the list of the second is two years and more old."""
    today = timezone.localdate()
    people = [(given, family) for family in FAMILY for given in GIVEN]
    for place, version in enumerate(versions):
        rows = [
            f"{given};{family};{given.lower()}.{number}@poczta.example.org"
            for number, (given, family) in enumerate(people) if number % 4 == place
        ]  # fmt: skip
        batch = prepare_batch(
            version=version,
            title=f"Sesja: {version.design.title_pl.lower()}",
            content=io.BytesIO("\n".join(["Imię;Nazwisko;E-mail", *rows]).encode()),
            awarded_on=today - dt.timedelta(days=760 if place == 1 else 20 + place),
            invite=False,
            acting_user=me,
        )
        IssuingBatch.objects.filter(pk=batch.pk).update(state=BatchState.SIGNING)
        batch.refresh_from_db()
        sign_rows(batch, me, lambda done, total: None)


def _change_some(versions: list[TemplateVersion], me: ActingUser) -> None:
    """One revoked, two suspended, one replaced."""
    first = _of(versions[0])
    revoke(credential=first[0], reason="Wydane osobie, która nie stawiła się na sprawdzenie.", acting_user=me)
    repairs = _of(versions[2])
    for credential in repairs[:2]:
        suspend(credential=credential, reason="Skończyła się ważność badań lekarskich.", acting_user=me)
    wrong = _of(versions[3])[0]
    person = wrong.person
    replace(
        credential=wrong, recipient=Recipient(1, person.given_names, f"{person.family_name}-Nowak", person.email),
        awarded_on=wrong.awarded_on, reason="W nazwisku brakowało drugiego członu.", acting_user=me,
    )  # fmt: skip


def _of(version: TemplateVersion) -> list[Credential]:
    return list(Credential.objects.filter(template_version=version).order_by("pk")[:5])
