"""A training offer of invented providers, and one participant on the way from a right to a training."""

import datetime as dt
import io

from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.cli.demo.office import Offices
from dorobek.offers import rules
from dorobek.offers.actions import import_offer, record_quality, write_provider
from dorobek.offers.enums import QualityKind, Source
from dorobek.offers.models import Edition, Provider
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.vouchers.actions import bind, grant, record_own_share
from dorobek.vouchers.models import VoucherRight

HEAD = "numer;numer usługi;dostawca;nip;tytuł;rodzaj;dziedzina;certyfikat;kończy się;godziny;forma;miejsce;teryt;cena;kod kwalifikacji;efekty"
# after how many days it begins, how many days it lasts, the rest as in the table
OFFER = (
    (28, 60, "D-1;K-1;Szkoła Słowo po Słowie;6790000011;Język angielski od podstaw;szkolenie;języki obce;TELC A2;uznany certyfikat;60;w grupie;Kraków;1261;1 450,00;;rozumie proste rozmowy|pisze krótki list"),
    (42, 60, "D-2;K-1;Szkoła Słowo po Słowie;6790000011;Język angielski od podstaw;szkolenie;języki obce;TELC A2;uznany certyfikat;60;w grupie;zdalnie;;1 290,00;;rozumie proste rozmowy|pisze krótki list"),
    (21, 14, "D-3;K-2;Szkoła Słowo po Słowie;6790000011;Egzamin z języka angielskiego A2;sam egzamin;języki obce;TELC A2;uznany certyfikat;3;w grupie;Kraków;1261;480,00;;"),
    (30, 45, "D-4;K-3;Warsztat Gżegżółka;6790000022;Arkusz kalkulacyjny w pracy biurowej;szkolenie;komputery;ECDL, moduł B4;uznany certyfikat;40;w grupie;Bochnia;1201;1 180,00;;liczy i sumuje w arkuszu|rysuje wykres"),
    (50, 45, "D-5;K-3;Warsztat Gżegżółka;6790000022;Arkusz kalkulacyjny w pracy biurowej;szkolenie;komputery;ECDL, moduł B4;uznany certyfikat;40;w grupie;Tarnów;1263;1 240,00;;liczy i sumuje w arkuszu|rysuje wykres"),
    (35, 70, "D-6;K-4;Ośrodek Kierownica;6790000033;Prawo jazdy kategorii B;szkolenie;prawo jazdy;prawo jazdy B;uznany certyfikat;60;pojedynczo;Kraków;1261;3 200,00;;"),
    (25, 3, "D-7;K-5;Izba Rzemiosła i Handlu w Tymowicach;6790000044;Walidacja: rozliczanie kasy;walidacja;inne;Rozliczanie kasy;uznany certyfikat;4;pojedynczo;Limanowa;1207;620,00;90001;"),
    (33, 30, "D-8;K-6;Warsztat Gżegżółka;6790000022;Wstęp do prowadzenia projektów;szkolenie;zarządzanie projektami;;zaświadczenie o ukończeniu;24;w grupie;zdalnie;;790,00;;"),
)  # fmt: skip


def offer_trainings(offices: Offices) -> None:
    """Eight dates of four providers, one of them with the quality mark."""
    me = ActingUser(next(one for one in offices.staff if one.has_role(Role.COORDINATOR)))
    today = timezone.localdate()
    lines = [
        f"{row};{today + dt.timedelta(days=start)};{today + dt.timedelta(days=start + length)}"
        for start, length, row in OFFER
    ]
    file = io.BytesIO("\n".join([f"{HEAD};początek;koniec", *lines]).encode())
    report = import_offer(file=file, name="oferta-wiosna.csv", source=Source.TABLE, acting_user=me, whole=True)
    assert report.done, report.faults
    school = Provider.objects.get(name="Szkoła Słowo po Słowie")
    write_provider(
        provider=school, acting_user=me,
        values={"place": "Kraków", "teryt": "1261", "email": "biuro@slowo.example.org",
                "about": "Uczymy języków dorosłych, którzy wracają do nauki po latach."},
    )  # fmt: skip
    answers = {code: {"met": True, "note": "Sprawdzono na miejscu i w dokumentach."} for code in rules.STANDARD}
    for kind, by, days in ((QualityKind.SELF, "Dyrektorka szkoły", 90), (QualityKind.AUDIT, "Audytorzy regionu", 60)):
        record_quality(
            provider=school, kind=kind, answers=answers, by_name=by, done_on=today - dt.timedelta(days=days),
            acting_user=me,
        )  # fmt: skip
    record_quality(
        provider=school, kind=QualityKind.MARK, answers={}, by_name="Kapituła znaku",
        done_on=today - dt.timedelta(days=45), valid_until=today + dt.timedelta(days=685), acting_user=me,
    )  # fmt: skip


def buy_training(audit: SkillsAudit) -> None:
    """The participant of a finished audit buys a language course with a voucher; the rest of the right stays free."""
    right = VoucherRight.objects.filter(case_uid=audit.uid).first()
    if right is None:
        return
    me = ActingUser(audit.adviser)
    edition = Edition.objects.get(source=Source.TABLE, number="D-1")
    voucher = grant(
        right=right, price_grosze=edition.price_grosze, reason="Język angielski z planu rozwoju.", acting_user=me
    )
    voucher = record_own_share(voucher=voucher, grosze=voucher.own_grosze, document="przelew 114/2026", acting_user=me)
    bind(voucher=voucher, edition=edition, document="zgłoszenie 31", acting_user=me)
