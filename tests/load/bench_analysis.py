"""The analysis of a whole register and its pages at 200 and at 20,000 entries: time, memory, statements.

    python -m tests.load.bench_analysis

Exits 1 when a page of the analysis costs more statements at 20,000 entries than at 200. The run itself is a job; its
comparison alone is measured by `bench_likeness`.
"""

import resource
import sys
import time

from tests.load.bench_register import grow
from tests.load.bench_screens import prepare

SIZES = (200, 20_000)


def main() -> int:
    prepare()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from dorobek.people.enums import Role
    from dorobek.register.actions.analysis import analyse
    from dorobek.register.models import Finding
    from tests.factories import make_institution, make_staff, make_unit

    client = Client()
    client.force_login(make_staff(Role.REGISTER_EDITOR, make_unit(make_institution())))
    addresses = ("/rejestr/analiza/?rodzaj=wording", "/rejestr/analiza/?rodzaj=shared_set", "/rejestr/analiza/70100/")
    counted: dict[str, int] = {}
    broken, have = [], 0
    for size in SIZES:
        grow(have, size)
        have = size
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        begun = time.perf_counter()
        run = analyse()
        spent = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>6} entries: run {spent:.1f} s, {Finding.objects.count()} findings, {run.left_out}")
        print(f"        peak memory {peak:.0f} MB ({before:.0f} MB before)")
        for address in addresses:
            client.get(address)
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                status = client.get(address).status_code
            print(
                f"        {address} {status}, {(time.perf_counter() - begun) * 1000:.0f} ms, {len(queries)} statements"
            )
            if counted.setdefault(address, len(queries)) < len(queries):
                broken.append(f"{address}: {counted[address]} statements at {SIZES[0]}, {len(queries)} at {size}")
    for promise in broken:
        print("BROKEN:", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
