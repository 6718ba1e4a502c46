"""A person with many competences against a qualification with many criteria, for counting statements and time."""

from typing import Any

from dorobek.portfolio.models import Competence, Evidence, EvidenceLink, EvidenceRating
from dorobek.register.actions import import_entries
from dorobek.register.entry import Criterion, Entry, Outcome, OutcomeSet, Read
from dorobek.register.enums import Source

CODE = "95001"
VERBS = (
    "rozlicza",
    "sprawdza",
    "przyjmuje",
    "układa",
    "naprawia",
    "opisuje",
    "planuje",
    "obsługuje",
    "prowadzi",
    "mierzy",
)
THINGS = (
    "kasę fiskalną", "dokumenty magazynowe", "zwroty towaru", "grafik zmian", "wózek widłowy", "umowy z klientami",
    "instalację wodną", "ewidencję sprzedaży", "stanowisko spawalnicze", "płytki ceramiczne", "raport dobowy",
    "zamówienia hurtowe", "linię pakowania", "uprawę warzyw", "pojazd dostawczy",
)  # fmt: skip
WAYS = ("na koniec dnia", "zgodnie z instrukcją", "bez nadzoru", "w małym zespole", "z użyciem arkusza")


def _sentence(number: int) -> str:
    return f"{VERBS[number % 10]} {THINGS[number // 10 % 15]} {WAYS[number % 5]} etap {number}"


def qualification(criteria: int, code: str = CODE) -> None:
    """An entry with so many criteria, five for each outcome, ten outcomes in a set."""
    outcomes = [
        Outcome(
            at % 10 + 1, _sentence(at * 7).capitalize(), "", "skill",
            tuple(Criterion("abcde"[n], _sentence(at * 5 + n)) for n in range(5)),
        )
        for at in range(criteria // 5)
    ]  # fmt: skip
    sets = tuple(
        OutcomeSet(start // 10 + 1, f"Zestaw {start // 10 + 1}", outcomes=tuple(outcomes[start : start + 10]))
        for start in range(0, len(outcomes), 10)
    )
    entry = Entry(code=code, title_pl="Wielka kwalifikacja", kind="partial", category="free_market", sets=sets)
    import_entries(reads=[Read(entry)], source=Source.TABLE)


def competences(audit: Any, count: int) -> None:
    """So many confirmed competences, each with evidence; most of it rated well, some of it not."""
    whose = {"person": audit.person, "case_uid": audit.uid}
    made = Competence.objects.bulk_create(
        Competence(kind="skill", wording=_sentence(n * 3), state="confirmed", order=n % 200, **whose)
        for n in range(count)
    )
    proofs = Evidence.objects.bulk_create(Evidence(kind="statement", title=f"Dowód {n}", **whose) for n in range(count))
    EvidenceLink.objects.bulk_create(
        EvidenceLink(evidence=proof, competence=one) for proof, one in zip(proofs, made, strict=True)
    )
    marks = ("validity", "currency", "sufficiency", "authenticity")
    EvidenceRating.objects.bulk_create(
        EvidenceRating(evidence=proof, reason="Obejrzane.", **dict.fromkeys(marks, "no" if n % 9 == 0 else "yes"))
        for n, proof in enumerate(proofs)
        if n % 4
    )
