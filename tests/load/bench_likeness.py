"""Near-duplicates and shared sets over 20,000 generated entries: time, memory, and how many planted ones are found.

    python -m tests.load.bench_likeness

Every twentieth entry is a copy of an earlier one under another code: one outcome dropped, a word of another changed.
Exits 1 when it takes more than 60 seconds or 500 MB, or finds fewer than 95 of 100 planted pairs.
"""

import os
import random
import resource
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings_test")
SIZE, SECONDS, MEGABYTES, FOUND = 20_000, 60.0, 500.0, 0.95


def texts(n: int) -> list[list[str]]:
    """Outcomes of the n-th generated entry, by set: three sets of three or four, some common to very many."""
    from tests.load.bench_register import CHECKED, DOING, WHAT, WHERE

    dice = random.Random(n)

    def outcome() -> str:
        extra = f"{dice.choice(WHAT)} {dice.choice(CHECKED)}"
        return f"{dice.choice(DOING)} {dice.choice(WHAT)} {dice.choice(WHERE)}, {dice.choice(DOING).lower()} {extra}"

    sets = [[outcome() for _ in range(dice.randint(3, 4))] for _ in range(3)]
    if n % 3 == 0:
        sets[0].append("Przestrzega przepisów bezpieczeństwa i higieny pracy")
    return sets


def main() -> int:
    import django

    django.setup()
    from dorobek.register.analysis.likeness import LEAST_OUTCOMES, Holder, compare

    entries: dict[str, list[list[str]]] = {}
    planted: set[tuple[str, str]] = set()
    for n in range(SIZE):
        code = str(100_000 + n)
        if n % 20 == 19:
            original = str(100_000 + n - 7)
            copied = [list(one) for one in entries[original]]
            copied[2].pop()
            copied[1][0] = copied[1][0].replace(",", " nowych,")
            entries[code] = copied
            planted.add((original, code))
        else:
            entries[code] = texts(n)
    whole = [Holder(code, code, tuple(line for one in sets for line in one)) for code, sets in entries.items()]
    parts = [
        Holder(f"{code}-{at}", code, tuple(lines))
        for code, sets in entries.items()
        for at, lines in enumerate(sets, start=1)
        if len(lines) >= LEAST_OUTCOMES
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    duplicates = compare(whole)
    middle = time.perf_counter()
    shared = compare(parts, least=0.75)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pairs = {(one.first, one.second) for one in duplicates.pairs}
    found = len(planted & pairs) / len(planted)
    outcomes = sum(len(one.outcomes) for one in whole)
    print(f"{SIZE} entries, {outcomes} outcomes")
    print(f"near-duplicate entries: {len(pairs)} pairs in {middle - begun:.1f} s, {dict(duplicates.left_out)}")
    print(f"shared sets: {len(shared.pairs)} pairs in {ended - middle:.1f} s, {dict(shared.left_out)}")
    print(f"planted pairs found: {found:.3f}; peak memory {peak:.0f} MB ({before:.0f} MB before)")
    good = ended - begun <= SECONDS and peak <= MEGABYTES and found >= FOUND
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
