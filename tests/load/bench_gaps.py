"""The gap page of a person with 200 competences against a qualification with 300 criteria, beside a bare page of the
same rows: the same frame, one query for the 300 criteria, one for the 200 competences.

    python -m tests.load.bench_gaps

Prints milliseconds, statements and the ratio; exits 1 when the page takes more than four times the bare one or more
than 12 statements. The first look of a process, which compares all sentences, is printed apart.
"""

import statistics
import sys
import time

from tests.load.bench_screens import prepare

RUNS = 15
MOST_TIMES, MOST_STATEMENTS = 4.0, 12


def main() -> int:
    prepare()
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from dorobek.plans.gaps import asked
    from dorobek.register.models import Qualification
    from tests.factories import make_case
    from tests.plans.gaps.conftest import aim
    from tests.plans.gaps.large import CODE, competences, qualification

    audit = make_case()
    qualification(300)
    competences(audit, 200)
    target = aim(audit, qualification=Qualification.objects.get(code=CODE))
    client = Client()
    client.force_login(audit.person.account)
    page = reverse("own-gaps", args=[audit.uid, target.goal.uid])
    asked._yardstick.cache_clear()
    asked._entry_lines.cache_clear()

    def timed(address: str) -> tuple[float, int]:
        begun = time.perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        return (time.perf_counter() - begun) * 1000, len(answer.content)

    first, _size = timed(page)
    with CaptureQueriesContext(connection) as counted:
        client.get(page)
        statements = len(counted)
    with override_settings(ROOT_URLCONF="tests.load.bare_urls"):
        timed("/bare/gaps/")
        bare = [timed("/bare/gaps/") for _run in range(RUNS)]
        full = [timed(page) for _run in range(RUNS)]
    own, plain = statistics.median(one for one, _size in full), statistics.median(one for one, _size in bare)
    print(f"gap page: {own:.1f} ms, {full[0][1] // 1024} KB, {statements} statements; first look {first:.0f} ms")
    print(f"bare page of the same rows: {plain:.1f} ms, {bare[0][1] // 1024} KB")
    print(f"ratio {own / plain:.2f} (promised: at most {MOST_TIMES:.0f})")
    return 1 if own > MOST_TIMES * plain or statements > MOST_STATEMENTS else 0


if __name__ == "__main__":
    sys.exit(main())
