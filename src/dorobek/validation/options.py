"""Dates opened for validation, as options of a route to a goal: they prove what the person can do and lacks a proof of.

A date that its body put into the training offer too is left to the offer, where a voucher may pay for it (VA-1, DP-4).
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.text import normalised
from dorobek.offers.enums import ServiceKind
from dorobek.offers.models import Edition
from dorobek.people.models import Unit
from dorobek.plans.planning.closing import Described, closes
from dorobek.plans.planning.shapes import Final, Goal, LeftOut, Money, Offered
from dorobek.plans.planning.sources import Asked, More, Now, register
from dorobek.plans.planning.words import day as in_words
from dorobek.plans.routes import Fault, Kind, Option
from dorobek.register.entry import Entry
from dorobek.register.enums import BodyRole, ValidationMethod
from dorobek.register.models import Entitlement, QualificationVersion
from dorobek.validation.models import ValidationOpening
from dorobek.validation.places import powiat_of
from dorobek.validation.queries.openings import openings
from dorobek.validation.rules.building import NoRules, rules_of

PREFIX = "validation"
MOST = 300


def code_of(opening: ValidationOpening) -> str:
    """`validation:<uid>`, as a step of a plan keeps it."""
    return f"{PREFIX}:{opening.uid}"


class Openings:
    """The source that the room registers."""

    prefix = PREFIX

    def options(self, asked: Asked) -> More:
        """Openings that one can still apply to and that close a gap. Nothing is asked where no gap lacks only its proof;
        otherwise five statements, and one for entries not read since the process began."""
        if not any(one.unproven and one.held < 100 for one in asked.goal.wanted):
            return More()
        rows = openings().filter(
            closed_at=None, applications_until__gte=asked.today, begins_on__gt=asked.today, ends_on__lte=asked.until
        )
        held = list(rows.order_by("begins_on", "pk")[:MOST])
        entries = _entries(held)
        closing = {one.pk: _closing(asked.goal, entries.get(one.entry_version_id)) for one in held}
        wanted = [one for one in held if closing[one.pk] and one.left > 0]  # type: ignore[attr-defined]
        if not wanted:
            return More()
        offered = _in_offer(wanted)
        fresh = [one for one in wanted if one.pk not in offered]
        entitled, powiats = _entitled(fresh), _powiats(fresh)
        may = [one for one in fresh if one.pk in entitled]
        return More(
            tuple(_option(one, closing[one.pk], powiats[one.pk]) for one in may),
            {code_of(one): _told(one, entries[one.entry_version_id], asked.money) for one in may},
            tuple(
                LeftOut(one.qualification.title_pl, Fault("body-not-entitled", code_of(one)))
                for one in fresh
                if one.pk not in entitled
            ),
        )

    def finals(self, register_code: str, after: dt.date) -> Sequence[Final]:
        """Openings of the qualification that one can still apply to, with a place left and by a body that may. Two statements."""
        rows = openings().filter(
            closed_at=None, applications_until__gte=timezone.localdate(), begins_on__gt=after,
            qualification__code=register_code,
        )  # fmt: skip
        held = [one for one in rows.order_by("begins_on", "pk")[:MOST] if one.left > 0]  # type: ignore[attr-defined]
        entitled = _entitled(held) if held else set()
        return [
            Final(code_of(one), one.institution.name, one.place, one.begins_on, one.fee_grosze)
            for one in held
            if one.pk in entitled
        ]

    def now(self, codes: Sequence[str]) -> Mapping[str, Now]:
        """One statement."""
        uids = {uid: code for code in codes if (uid := _uid(code))}
        return {uids[one.uid]: _now(one) for one in openings().filter(uid__in=uids)}


def _uid(code: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(code.partition(":")[2])
    except ValueError:
        return None


def _now(one: ValidationOpening) -> Now:
    left: int = one.left  # type: ignore[attr-defined]
    gone = ""
    if one.closed_at is not None:
        gone = _("Instytucja zamknęła zgłoszenia na ten termin walidacji.")
    elif one.applications_until < timezone.localdate():
        gone = _("Zgłoszenia skończyły się %(day)s.") % {"day": in_words(one.applications_until)}
    elif left < 1:
        gone = _("Na ten termin walidacji nie ma już miejsc.")
    return Now(
        one.qualification.title_pl, one.institution.name, one.place, one.begins_on, one.ends_on, one.fee_grosze,
        one.applications_until, gone,
    )  # fmt: skip


# ---- what an opening proves ----


_read: dict[tuple[int, str], Entry] = {}  # entries by key and digest of their version, which never changes


def _entries(held: Iterable[ValidationOpening]) -> dict[int, Entry]:
    """Entries by the key of their version, where they hold rules to validate by. One statement for those not read yet."""
    versions = {one.entry_version_id: one.entry_version.digest for one in held}
    if len(_read) > MOST:
        _read.clear()
    unread = [pk for pk, digest in versions.items() if (pk, digest) not in _read]
    for row in QualificationVersion.objects.filter(pk__in=unread).only("data", "digest") if unread else ():
        _read[row.pk, row.digest] = row.entry
    return {pk: entry for pk, digest in versions.items() if _has_rules(entry := _read[pk, digest])}


def _has_rules(entry: Entry) -> bool:
    try:
        rules_of(entry)
    except NoRules:
        return False
    return True


def _closing(goal: Goal, entry: Entry | None) -> dict[str, int]:
    """Gaps that only lack their proof and that the qualification's outcomes meet, by code or by words."""
    if entry is None:
        return {}
    outcomes = [(group.number, one) for group in entry.sets for one in group.outcomes]
    codes = frozenset(f"{entry.code}-{number}-{one.number}" for number, one in outcomes)
    return closes(
        goal, Described(Kind.VALIDATION, entry.title_pl, tuple(one.pl for _n, one in outcomes), entry.code, codes)
    )


# ---- who, where ----


def _entitled(held: Iterable[ValidationOpening]) -> set[int]:
    """Openings whose body the register names for all of their days (RG-4). One statement."""
    rows = Entitlement.objects.filter(
        qualification__in={one.qualification_id for one in held}, role__in=(BodyRole.AWARDING, BodyRole.VALIDATING)
    )
    rights: dict[tuple[int, str], list[Entitlement]] = defaultdict(list)
    for row in rows.select_related("body"):
        rights[row.qualification_id, row.body.name_key].append(row)
    return {
        one.pk
        for one in held
        for right in rights[one.qualification_id, normalised(one.institution.name)[:300]]
        if right.lasts_on(one.begins_on) and right.lasts_on(one.ends_on)
    }


def where(opening: ValidationOpening) -> str:
    """The powiat of an opening as routes count with it; "?" where nobody can tell. One statement."""
    return _powiats([opening])[opening.pk]


def _powiats(held: Iterable[ValidationOpening]) -> dict[int, str]:
    """Where each opening is, as a powiat; "?" where its place does not tell. One statement."""
    units: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Unit.objects.filter(institution__in={one.institution_id for one in held}).exclude(teryt="")
    for institution, place, teryt in rows.order_by("path", "pk").values_list("institution", "place", "teryt"):
        units[institution].append((place, teryt[:4]))
    return {one.pk: one.teryt or powiat_of(one.place, units[one.institution_id]) for one in held}


def _in_offer(held: Iterable[ValidationOpening]) -> set[int]:
    """Openings that the body offers as a date of a service too. One statement."""
    same: QuerySet[Edition] = Edition.objects.offered().filter(
        service__kind=ServiceKind.VALIDATION, service__provider__institution__isnull=False,
        service__register_code__in={one.qualification.code for one in held},
    )  # fmt: skip
    names = ("service__provider__institution", "service__register_code", "starts_on")
    found = set(same.filter(Q(starts_on__in={one.begins_on for one in held})).values_list(*names))
    return {one.pk for one in held if (one.institution_id, one.qualification.code, one.begins_on) in found}


# ---- as an option ----


def _option(one: ValidationOpening, shares: Mapping[str, int], place: str) -> Option:
    """No hours: what the candidate does between the first and the last day, the entry does not count."""
    left: int = one.left  # type: ignore[attr-defined]
    return Option(
        code=code_of(one),
        course=f"{PREFIX}:{one.qualification.code}",
        title=one.qualification.title_pl,
        kind=Kind.VALIDATION,
        closes=dict(shares),
        price=one.fee_grosze,
        starts=one.begins_on,
        ends=one.ends_on,
        hours=0,
        hours_week=0,
        place=place,
        places_left=left,
    )


def _told(one: ValidationOpening, entry: Entry, money: Money) -> Offered:
    """What is said beside it: how one is judged, until when to apply, by which version of the entry, who pays."""
    names = dict(ValidationMethod.choices)
    methods = [str(names.get(method.code, method.code)) for method in rules_of(entry).methods]
    version = {"code": entry.code, "number": one.entry_version.number}
    notes = [
        _("Zgłoszenia do %(day)s.") % {"day": in_words(one.applications_until)},
        _("Sprawdzanie: %(methods)s.") % {"methods": ", ".join(methods)},
        _("Według wpisu %(code)s w rejestrze, wersja %(number)d.") % version,
    ]
    if one.qualification.current_id != one.entry_version_id:
        notes.append(_("Wpis ma już nowszą wersję, a ta walidacja idzie według wcześniejszej."))
    if one.fee_grosze and money.any:
        notes.append(_("Bonem nie da się za nią zapłacić, bo tego terminu nie ma w ofercie szkoleń."))
    requires = "; ".join(filter(None, (entry.text("entry_conditions"), *entry.preceding)))
    return Offered(
        code_of(one), one.qualification.title_pl, one.institution.name, one.place, requires=requires,
        notes=tuple(notes), until=one.applications_until,
    )  # fmt: skip


register(Openings())
