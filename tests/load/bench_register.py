"""The portal of the register and its REST API against a bare page, at 200 and at 20,000 entries.

    python -m tests.load.bench_register

Prints ratios within this run and the number of SQL statements; exits 1 when a promise is broken: a page or an answer
without facets at most 2 times a bare page, with facets at most 4, the same statements at both sizes.
"""

import random
import sys
import time
from collections.abc import Iterator

from tests.load.bench_screens import fill, measure, prepare

SIZES = (200, 20_000)
PLAIN, FACETED = 2.0, 4.0
SEED = 20_000
THREE = "level=3&level=4&category=free_market&method=knowledge_test"
# Wide enough that even 200 entries hold some with the words: a page without hits saves a statement.
WIDE = "level=1&level=2&level=3&level=4&level=5&category=free_market&category=regulated&method=knowledge_test&\
method=conversation&method=presentation&method=work_sample"
# name: (address, at most so many times a bare page)
MEASURED = {
    "page": ("/rejestr/", FACETED),
    "page, words": ("/rejestr/?q=naprawa+starych+zegar%C3%B3w+w+domu", FACETED),
    "page, one word": ("/rejestr/?q=naprawa", FACETED),
    "page, three filters": (f"/rejestr/?{THREE}", FACETED),
    "page, words and filters": (f"/rejestr/?q=naprawa&{WIDE}", FACETED),
    "suggestions": ("/rejestr/podpowiedzi/?q=napr", PLAIN),
    "entry": ("/rejestr/70100/", PLAIN),
    "api": ("/api/register", FACETED),
    "api, words": ("/api/register?q=naprawa+starych+zegar%C3%B3w+w+domu", FACETED),
    "api, three filters": (f"/api/register?{THREE}", FACETED),
    "api list": ("/api/register?facets=false", PLAIN),
    "api list, three filters": (f"/api/register?facets=false&{THREE}", PLAIN),
    "api suggestions": ("/api/register/suggestions?q=napr", PLAIN),
    "api entry": ("/api/register/70100", PLAIN),
}
DOING = (
    "Naprawa", "Obsługa", "Montaż", "Pielęgnacja", "Prowadzenie", "Projektowanie", "Konserwacja", "Wytwarzanie",
    "Sprzedaż", "Magazynowanie", "Kontrola", "Czyszczenie", "Renowacja", "Uprawa", "Programowanie", "Organizowanie",
    "Malowanie", "Szycie", "Pakowanie", "Wypiekanie", "Transport", "Nauczanie", "Dokumentowanie", "Ocena",
)  # fmt: skip
WHAT = (
    "zegarów", "maszyn rolniczych", "sieci komputerowych", "ogrodów", "zajęć sportowych", "mebli", "instalacji wodnych",
    "pieczywa", "odzieży", "towarów chłodniczych", "jakości żywności", "elewacji", "witraży", "warzyw gruntowych",
    "obrabiarek", "wydarzeń", "powierzchni stalowych", "żagli", "przesyłek", "tortów", "drewna", "języka migowego",
    "zabytków", "ryzyka", "rowerów", "drukarek", "uli", "dachów", "kas fiskalnych", "wózków widłowych", "paneli",
    "szkła", "ceramiki", "instrumentów", "obuwia", "roślin leczniczych", "zbiorów bibliotecznych", "tras pieszych",
)  # fmt: skip
WHERE = (
    "w domu", "w zakładzie", "w małej firmie", "w szkole", "w terenie", "na budowie", "w szpitalu", "w gospodarstwie",
    "w sklepie", "w urzędzie", "w muzeum", "na wsi", "w porcie", "w laboratorium", "w hotelu", "przy produkcji",
)  # fmt: skip
CHECKED = ("starannie", "samodzielnie", "zgodnie z instrukcją", "w zespole", "w wyznaczonym czasie", "bez strat")


def invented(first: int, last: int) -> Iterator[object]:
    """Entries with codes 70000 + n: two sets, four outcomes, eight criteria each, all made up."""
    from dorobek.register.entry import Read

    for n in range(first, last):
        yield Read(made_up(n))


def made_up(n: int):  # type: ignore[no-untyped-def]
    """The n-th entry; the same in every run."""
    from dorobek.register.entry import Body, Entry
    from dorobek.register.entry.validation import Method, ValidationRules
    from dorobek.register.enums import BodyRole, Category, QualificationKind, Status, ValidationMethod

    dice = random.Random(SEED + n)
    title = f"{dice.choice(DOING)} {dice.choice(WHAT)} {dice.choice(WHERE)}"
    methods = dice.sample([one.value for one in ValidationMethod], 2)
    field = dice.randrange(80)
    bodies = tuple(Body(f"Instytucja nr {dice.randrange(400)}", BodyRole.AWARDING, "Łęgowice") for _n in range(2))
    return Entry(
        code=str(70_000 + n),
        title_pl=f"{title} ({n})",
        kind=QualificationKind.PARTIAL,
        category=dice.choice([one.value for one in Category if one.value]),
        level=dice.randint(1, 8),
        status=dice.choice([one.value for one in Status if one.value]),
        hours=dice.choice((30, 60, 90, 150, 240, 600)),
        field_code=f"{field:04d}",
        field_label=f"Dziedzina {field}",
        texts={
            "characteristics": {"pl": f"Osoba zna się na tym, czym jest {title.lower()}, i robi to od podstaw. " * 3}
        },
        sets=tuple(group(dice, number) for number in (1, 2)),
        bodies=bodies,
        rules=ValidationRules(methods=tuple(Method(code, "") for code in methods)),
    )


def group(dice: random.Random, number: int):  # type: ignore[no-untyped-def]
    """One set of two outcomes with two criteria each."""
    from dorobek.register.entry.shape import Criterion, Outcome, OutcomeSet

    def words() -> str:
        return f"{dice.choice(DOING).lower()} {dice.choice(WHAT)} {dice.choice(CHECKED)}"

    outcomes = tuple(
        Outcome(at, f"Wykonuje: {words()}", criteria=tuple(Criterion(letter, words()) for letter in "ab"))
        for at in (1, 2)
    )
    return OutcomeSet(number, f"Zestaw: {words()}", outcomes=outcomes)


def grow(have: int, size: int) -> None:
    """The register up to `size` entries; says how long the import took."""
    from dorobek.register.actions import import_entries
    from dorobek.register.enums import Source

    begun = time.perf_counter()
    import_entries(reads=invented(have, size), source=Source.TABLE)  # type: ignore[arg-type]
    print(f"{size:>6} entries: {size - have} imported in {time.perf_counter() - begun:.1f} s")


def first_visit(client: object) -> None:
    """Says what the one who comes first after an import waits for: columns and the index of words are built."""
    for name, address in (("columns", "/rejestr/"), ("index of words", "/rejestr/?q=naprawa")):
        begun = time.perf_counter()
        client.get(address)  # type: ignore[attr-defined]
        print(f"        {name} built in {time.perf_counter() - begun:.1f} s, once after every import")


def main() -> int:
    prepare()
    from django.test import Client, override_settings

    from dorobek.people.enums import Role
    from tests.factories import make_institution, make_programme, make_staff, make_unit

    unit = make_unit(make_institution())
    adviser = make_staff(Role.ADVISER, unit)
    make_staff(Role.ADVISER, unit)
    fill(adviser, make_programme(unit.institution), unit, 50)
    client = Client()
    client.force_login(adviser)  # the same frame and sign-in for the bare page and the pages measured
    broken, counted, have = [], {}, 0
    for size in SIZES:
        grow(have, size)
        have = size
        first_visit(client)
        addresses = {"bare": "/bare/", **{name: address for name, (address, _most) in MEASURED.items()}}
        with override_settings(ROOT_URLCONF="tests.load.bare_urls"):
            seconds, statements = measure(client, addresses)
        print(f"        bare page {seconds['bare'] * 1000:.1f} ms, {statements['bare']} statements")
        for name, (_address, most) in MEASURED.items():
            ratio = seconds[name] / seconds["bare"]
            print(
                f"{size:>6} entries, {name:<24} {ratio:5.2f} x bare (at most {most:.0f}), {statements[name]} statements"
            )
            if ratio > most:
                broken.append(f"{name} at {size}: {ratio:.2f} times a bare page")
            if counted.setdefault(name, statements[name]) != statements[name]:
                broken.append(f"{name}: {counted[name]} statements at {SIZES[0]}, {statements[name]} at {size}")
    for promise in broken:
        print("BROKEN:", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
