"""Entries of the European lists that European Learning Model documents point to."""

from typing import Any

AUTHORITY = "http://publications.europa.eu/resource/authority"
SNB = "http://data.europa.eu/snb"
GENERIC = ("credential", "e34929035b", "Generic")
ECTS = ("education-credit", "6fcec5c5af", "European Credit Transfer System")
BASE64 = ("encoding", "6146cde7dd", "base64")

# ISO 3166-1: two letters, three letters, Polish, English. The European Economic Area and its neighbours.
_COUNTRIES = """AT AUT Austria Austria;BE BEL Belgia Belgium;BG BGR Bułgaria Bulgaria;CH CHE Szwajcaria Switzerland
CY CYP Cypr Cyprus;CZ CZE Czechy Czechia;DE DEU Niemcy Germany;DK DNK Dania Denmark;EE EST Estonia Estonia
ES ESP Hiszpania Spain;FI FIN Finlandia Finland;FR FRA Francja France;GR GRC Grecja Greece;HR HRV Chorwacja Croatia
HU HUN Węgry Hungary;IE IRL Irlandia Ireland;IS ISL Islandia Iceland;IT ITA Włochy Italy;LI LIE Liechtenstein Liechtenstein
LT LTU Litwa Lithuania;LU LUX Luksemburg Luxembourg;LV LVA Łotwa Latvia;MD MDA Mołdawia Moldova;MT MLT Malta Malta
NL NLD Niderlandy Netherlands;NO NOR Norwegia Norway;PL POL Polska Poland;PT PRT Portugalia Portugal;RO ROU Rumunia Romania
SE SWE Szwecja Sweden;SI SVN Słowenia Slovenia;SK SVK Słowacja Slovakia;UA UKR Ukraina Ukraine"""
COUNTRIES = {row.split()[0]: row.split()[1:] for row in _COUNTRIES.replace("\n", ";").split(";")}
_LANGUAGES = {
    "pl": ("POL", "polski", "Polish"),
    "en": ("ENG", "angielski", "English"),
    "uk": ("UKR", "ukraiński", "Ukrainian"),
    "de": ("DEU", "niemiecki", "German"),
}


def concept(address: str, scheme: str, pl: str, en: str) -> dict[str, Any]:
    """A term of a list, with its names."""
    return {
        "id": address,
        "type": "Concept",
        "inScheme": {"id": scheme, "type": "ConceptScheme"},
        "prefLabel": {code: [text] for code, text in (("pl", pl), ("en", en)) if text},
    }


def snb(entry: tuple[str, str, str]) -> dict[str, Any]:
    """A term of one of the Commission's lists of learning: list, code, English name."""
    kind, code, name = entry
    return concept(f"{SNB}/{kind}/{code}", f"{SNB}/{kind}/25831c2", "", name)


def country(code: str) -> dict[str, Any]:
    """A country by its two letters; one that is not in the table by those letters alone."""
    three, pl, en = COUNTRIES.get(code, (code, code, code))
    return concept(f"{AUTHORITY}/country/{three}", f"{AUTHORITY}/country", pl, en)


def language(code: str) -> dict[str, Any]:
    """A language by its two letters."""
    three, pl, en = _LANGUAGES.get(code, (code.upper(), code, code))
    return concept(f"{AUTHORITY}/language/{three}", f"{AUTHORITY}/language", pl, en)


def file_type(name: str) -> dict[str, Any]:
    return concept(f"{AUTHORITY}/file-type/{name}", f"{AUTHORITY}/file-type", name, name)
