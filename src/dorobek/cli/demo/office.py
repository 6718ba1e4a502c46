"""Institutions, units, staff and programmes of the demonstration. All invented."""

import json
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from dorobek.people.acting import ActingUser
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Account, Institution, Membership, Unit
from dorobek.programmes.actions import import_programme
from dorobek.programmes.models import ProgrammeVersion
from dorobek.programmes.schema import shipped_rules_json


@dataclass
class Offices:
    """What the stories need: units and advisers by short name, programme versions by code, all staff in order."""

    units: dict[str, Unit] = field(default_factory=dict)
    advisers: dict[str, Account] = field(default_factory=dict)
    versions: dict[str, ProgrammeVersion] = field(default_factory=dict)
    staff: list[Account] = field(default_factory=list)
    password_hash: str = ""
    employer: Institution | None = None
    slip: str = ""  # the code of the employer's referral

    def acting(self, adviser: str) -> ActingUser:
        """The adviser as somebody who acts, with roles read anew."""
        return ActingUser(Account.objects.get(pk=self.advisers[adviser].pk))


STAFF = (
    # e-mail, name, post, role, unit
    ("administratorka@rcpz.example.org", "Halina Ćwikła-Zdrojewska", "administratorka", Role.ADMINISTRATOR, "rcpz"),
    ("doradczyni@rcpz.example.org", "Agnieszka Wądołowska-Dźwigaj", "doradczyni zawodowa", Role.ADVISER, "rcpz-1"),
    ("doradca@rcpz.example.org", "Paweł Niedźwiedzki", "doradca zawodowy", Role.ADVISER, "rcpz-2"),
    ("stazystka@rcpz.example.org", "Oliwia Rzęsista", "stażystka", Role.TRAINEE_ADVISER, "rcpz-1"),
    ("koordynator@rcpz.example.org", "Krzysztof Ścibor-Żółciński", "koordynator metodyczny", Role.COORDINATOR, "rcpz"),
    ("kierowniczka@rcpz.example.org", "Grażyna Łątka", "kierowniczka referatu", Role.UNIT_HEAD, "rcpz"),
    ("psycholozka@rcpz.example.org", "dr Ewa Łazęga", "psycholożka, konsultantka", Role.SPECIALIST, "rcpz"),
    ("redaktor@rcpz.example.org", "Feliks Żądło", "redaktor rejestru", Role.REGISTER_EDITOR, "rcpz"),
    ("redaktorka@rcpz.example.org", "Wanda Ćma", "redaktorka rejestru", Role.REGISTER_EDITOR, "rcpz"),
    ("urzednik@rcpz.example.org", "Gustaw Ćwierk", "urzędnik ministra", Role.MINISTER_OFFICER, "rcpz"),
    ("administrator@dzwonek.example.org", "Zygmunt Pająk", "administrator", Role.ADMINISTRATOR, "ced"),
    ("doradczyni@dzwonek.example.org", "Jolanta Gżegżółka", "doradczyni", Role.ADVISER, "ced"),
    ("administratorka@izba.example.org", "Stanisława Żmuda", "administratorka", Role.ADMINISTRATOR, "izba"),
    ("wystawia@izba.example.org", "Roch Czępiński", "wystawia mikropoświadczenia", Role.ISSUER, "izba"),
    ("walidacja@izba.example.org", "Ofelia Mączka", "prowadzi walidacje", Role.AWARDING_OFFICER, "izba"),
    ("doradca@izba.example.org", "Leon Trzciński", "doradca walidacyjny", Role.VALIDATION_ADVISER, "izba"),
    ("odwolania@izba.example.org", "Izolda Żywczak", "rozpatruje odwołania", Role.APPEALS_OFFICER, "izba"),
    ("asesorka@izba.example.org", "Bronisława Świętek", "asesorka", Role.ASSESSOR, "izba"),
    ("asesor@izba.example.org", "Hilary Dziąćko", "asesor", Role.ASSESSOR, "izba"),
    ("asesorka2@izba.example.org", "Mirosława Kłosek", "asesorka", Role.ASSESSOR, "izba"),
    ("asesor2@izba.example.org", "Walenty Źdźbło", "asesor", Role.ASSESSOR, "izba"),
    ("asesorka3@izba.example.org", "Rozalia Gęśla", "asesorka", Role.ASSESSOR, "izba"),
    ("asesor3@izba.example.org", "Cyryl Jęczmyk", "asesor", Role.ASSESSOR, "izba"),
    ("kadry@jarzebina.example.org", "Beata Pstrągowska", "kierowniczka kadr", Role.EMPLOYER, "jarzebina"),
)
ADVISERS = {
    "agnieszka": "doradczyni@rcpz.example.org",
    "pawel": "doradca@rcpz.example.org",
    "jolanta": "doradczyni@dzwonek.example.org",
}


def build_offices(password: str) -> Offices:
    """Make them all. The password is hashed once: hashing is slow on purpose."""
    offices = Offices(password_hash=make_password(password))
    rcpz = _institution(
        "Regionalne Centrum Poradnictwa Zawodowego w Łęgowicach",
        "RCPZ",
        address="ul. Staromłyńska 14, 34-999 Łęgowice",
        phone="18 555 01 10",
        email="kontakt@rcpz.example.org",
        case_prefix="RC",
    )
    ced = _institution(
        "Centrum Edukacji Dorosłych „Drugi Dzwonek” w Świętochlinie",
        "CED",
        address="ul. Źródlana 3, 33-998 Świętochlin",
        phone="18 555 02 20",
        email="sekretariat@dzwonek.example.org",
        case_prefix="CE",
        kind=InstitutionKind.ADULT_EDUCATION,
    )
    chamber = _institution(
        "Izba Rzemiosła i Handlu w Tymowicach",
        "IZBA",
        address="Rynek 4, 33-977 Tymowice",
        email="kontakt@izba.example.org",
        kind=InstitutionKind.AWARDING,
    )
    shop = _institution("Sklepy „Jarzębina” sp. z o.o.", "JARZEBINA", kind=InstitutionKind.EMPLOYER)
    offices.employer = shop
    offices.units["rcpz"] = _unit(rcpz, "Centrum w Łęgowicach", "ul. Staromłyńska 14, Łęgowice")
    offices.units["rcpz-1"] = _unit(
        rcpz, "Referat bilansów, Łęgowice", "ul. Staromłyńska 14, pok. 12", parent=offices.units["rcpz"]
    )
    offices.units["rcpz-2"] = _unit(
        rcpz, "Oddział zamiejscowy w Żabnicy Dolnej", "Dom Ludowy, Żabnica Dolna 7", parent=offices.units["rcpz"]
    )
    offices.units["ced"] = _unit(ced, "Punkt doradczy", "ul. Źródlana 3, sala 4")
    offices.units["izba"] = _unit(chamber, "Biuro egzaminów", "Rynek 4, Tymowice")
    offices.units["jarzebina"] = _unit(shop, "Kadry", "")
    _hire(offices)
    for institution, codes in ((rcpz, ("moj-kierunek", "bilans-online-2024")), (ced, ("ucze-sie-dalej",))):
        for code in codes:
            text = json.dumps(shipped_rules_json(code), ensure_ascii=False)
            offices.versions[code] = import_programme(institution=institution, text=text, acting_user=None)
    return offices


def _hire(offices: Offices) -> None:
    """Everyone of `STAFF`, each in their place."""
    for email, name, title, role, unit in STAFF:
        account = Account.objects.create_user(email, name=name, title=title)
        Account.objects.filter(pk=account.pk).update(password=offices.password_hash)
        place = offices.units[unit]
        Membership.objects.create(account=account, institution=place.institution, unit=place, role=role)
        offices.staff.append(account)
    offices.advisers = {key: Account.objects.get(email=email) for key, email in ADVISERS.items()}


def _institution(name: str, short_name: str, **fields: str) -> Institution:
    return Institution.objects.create(name=name, short_name=short_name, **fields)


def _unit(institution: Institution, name: str, place: str, parent: Unit | None = None) -> Unit:
    unit = Unit.objects.create(institution=institution, name=name, place=place, parent=parent, teryt="1210")
    unit.path = f"{parent.path if parent else ''}{unit.pk:06d}."
    unit.save(update_fields=["path"])
    return unit
