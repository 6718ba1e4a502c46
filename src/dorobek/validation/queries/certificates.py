"""The register of a body's certificates, and what is reported of them: figures without a person."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from dorobek.kernel.text import normalised
from dorobek.people.models import Account
from dorobek.validation.models import Certificate
from dorobek.validation.queries.desk import bodies


def certificates(user: Account, words: str = "", year: int | None = None) -> QuerySet[Certificate]:
    """Certificates of the user's bodies, newest first, found by number, name or qualification."""
    rows = Certificate.objects.filter(application__opening__institution__in=bodies(user))
    for word in words.split()[:5]:
        plain = normalised(word)
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(application__person__search_text__contains=plain)
            | Q(application__opening__qualification__search_text__contains=plain)
        )
    if year is not None:
        rows = rows.filter(issued_on__year=year)
    related = ("application__person", "application__opening__qualification", "issued_by")
    return rows.select_related(*related).order_by("-issued_on", "-pk")


def certificate_rows(rows: QuerySet[Certificate]) -> Iterator[list[str]]:
    """The register as a table, read while it is sent."""
    for one in rows.iterator(chunk_size=500):
        qualification = one.application.opening.qualification
        yield [
            one.number, one.issued_on.isoformat(), one.application.person.name, qualification.code,
            qualification.title_pl, str(one.issued_by or ""), one.revoked_at.date().isoformat() if one.revoked_at else "",
        ]  # fmt: skip


def report(user: Account) -> list[dict[str, object]]:
    """For the register: how many certificates by body, qualification and year. No personal data. One statement."""
    rows = Certificate.objects.filter(application__opening__institution__in=bodies(user))
    named = rows.values_list(
        "application__opening__institution__name",
        "application__opening__qualification__code",
        "application__opening__qualification__title_pl",
    ).annotate(year=ExtractYear("issued_on"), n=Count("pk"), out=Count("revoked_at"))
    return [
        {"body": body, "qualification": code, "title": title, "year": year, "certificates": count, "revoked": out}
        for body, code, title, year, count, out in named.order_by("year", "application__opening__qualification__code")
    ]
