"""Files of the offer for tests: CSV and the JSON of the national base."""

import io
import json
from typing import Any

HEAD = "numer;dostawca;tytuł;rodzaj;dziedzina;certyfikat;godziny;początek;koniec;miejsce;teryt;cena;kod kwalifikacji;miejsca"


def line(number: int, **changes: Any) -> str:
    cells: dict[str, Any] = {
        "numer": f"E{number}", "dostawca": "Szkoła Źródło", "tytul": f"Język angielski, grupa {number}",
        "rodzaj": "szkolenie", "dziedzina": "języki obce", "certyfikat": "TELC B1", "godziny": 60,
        "poczatek": "2027-02-01", "koniec": "2027-05-30", "miejsce": "Kraków", "teryt": "1261", "cena": "1 250,00 zł",
        "kod": "", "miejsca": 12,
    }  # fmt: skip
    return ";".join(str(value) for value in {**cells, **changes}.values())


def table(*lines: str) -> io.BytesIO:
    return io.BytesIO("\n".join([HEAD, *lines]).encode())


def service(number: int, **changes: Any) -> dict[str, Any]:
    said = {
        "id": number, "tytul": "Kurs księgowy z certyfikatem", "dataRozpoczeciaUslugi": "2027-03-01T00:00:00+01:00",
        "dataZakonczeniaUslugi": "2027-04-15T00:00:00+02:00", "dataZakonczeniaRekrutacji": "2027-02-27T00:00:00+01:00",
        "idKwalifikacjiZrk": 13477, "liczbaGodzin": 48, "cenaBruttoZaUczestnika": 159_900,
        "maksymalnaLiczbaUczestnikow": 15, "efektyUczeniaSie": ["księguje dowody", "sporządza zestawienie"],
        "dostawcaUslug": {"id": 77, "nazwa": "Biuro Gżegżółka", "nip": "6770000000"},
        "adres": {"miejscowosc": "Kraków"},
    }  # fmt: skip
    return {**said, **changes}


def national(*services: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps({"wszystkieElementy": len(services), "lista": list(services)}).encode())
