"""Case numbers and support numbers. Both count under the lock of the institution that a registration holds."""

import datetime as dt
import re

from django.db.models.functions import Length
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.audits.queries.cases import earlier_participations
from dorobek.kernel.errors import RuleBroken
from dorobek.people.models import Institution, Person
from dorobek.programmes.models import ProgrammeVersion
from dorobek.programmes.rules.numbers import check_number, format_number, parse_number


def next_number(institution: Institution, year: int) -> str:
    """The next case number of the year, e.g. NR/2026/0042. The institution's row must be locked."""
    prefix = f"{institution.case_prefix}/{year}/"
    used = SkillsAudit.objects.filter(institution=institution, number__startswith=prefix)
    last = (
        used.annotate(length=Length("number")).order_by("-length", "-number").values_list("number", flat=True).first()
    )
    serial = re.search(r"(\d+)$", last) if last else None
    return f"{prefix}{int(serial[1]) + 1 if serial else 1:04d}"


def next_support_number(version: ProgrammeVersion, person: Person, typed: str, on: dt.date) -> str:
    """The number typed, checked; otherwise the next one by the programme's pattern; "" where it has none."""
    spec = version.parsed.support_number
    typed = "".join(typed.split())
    if spec is None:
        return ""
    used = SkillsAudit.objects.filter(programme_version__programme=version.programme_id).exclude(support_number="")
    if typed:
        if fault := check_number(spec.pattern, typed):
            raise RuleBroken(fault, "support_number")
        if used.filter(support_number=typed).exists():
            raise RuleBroken(_("Ten numer ma już inna osoba. Proszę go sprawdzić."), "support_number")
        return typed
    last = used.order_by("-pk").values_list("support_number", flat=True).first()
    fields = parse_number(spec.pattern, last) if last else None
    serial = (fields or {}).get("serial", 0)
    part = earlier_participations(version.programme, person) + 1
    while True:
        serial += 1
        number = format_number(spec.pattern, serial=serial, year=on.year, part=part)
        if not used.filter(support_number=number).exists():
            return number
