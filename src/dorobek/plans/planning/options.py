"""Editions of the offer as options of a route (DP-4, VO-2). A known number of statements, however long the offer is."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from dorobek.credentials.addresses import template_url
from dorobek.credentials.enums import KeyState, TemplateState
from dorobek.credentials.models import DECIDED, CredentialTemplate, SigningKey
from dorobek.kernel.text import normalised
from dorobek.offers.enums import ServiceKind
from dorobek.offers.models import Edition, TrainingService
from dorobek.people.models import Unit
from dorobek.plans.gaps.asked import of_template
from dorobek.plans.planning.attending import meetings_of
from dorobek.plans.planning.closing import Described, closes
from dorobek.plans.planning.money import most_support
from dorobek.plans.planning.shapes import Goal, Money, Offered
from dorobek.plans.planning.undated import Undated, undated
from dorobek.plans.routes import REMOTE, Kind, Need, Option
from dorobek.programmes.schema import VoucherTerms
from dorobek.vouchers.rules import TAKEN, why_not

KINDS = {ServiceKind.TRAINING: Kind.COURSE, ServiceKind.EXAM: Kind.EXAM, ServiceKind.VALIDATION: Kind.VALIDATION}
MOST_EDITIONS = 2_000
MOST_TEMPLATES = 500
SHORTEST, STEM = 4, 5  # a word that counts; letters of a word that must be alike for a service to be looked at closely


@dataclass
class Found:
    """Options with what is said about them; `more`: editions beyond the most that are planned with."""

    options: list[Option]
    offered: dict[str, Offered]
    more: int = 0
    unpriced: tuple[str, ...] = ()
    undated: tuple[Undated, ...] = ()  # micro-credentials that nothing in the offer ends with


@dataclass(frozen=True)
class Micro:
    """A published micro-credential: its outcomes by code and by words."""

    template: CredentialTemplate
    codes: frozenset[str]
    outcomes: tuple[str, ...]


def options_for(goal: Goal, today: dt.date, until: dt.date, money: Money, terms: VoucherTerms | None) -> Found:
    """What of the offer closes a gap of the goal, or is needed by what does. Four statements."""
    if not any(one.held < 100 for one in goal.wanted):
        return Found([], {})
    offered = Edition.objects.offered(today).filter(starts_on__gt=today, ends_on__lte=until)
    services = list(TrainingService.objects.filter(pk__in=offered.values("service")).select_related("provider"))
    micros = _micros()
    closing = _closing(goal, services, micros)
    needed = _needs(services)
    wanted = _with_needs(set(closing), needed)
    rows = offered.filter(service__in=wanted).annotate(taken=Count("vouchers", filter=Q(vouchers__state__in=TAKEN)))
    editions = list(rows.order_by("starts_on", "pk")[: MOST_EDITIONS + 1])
    more = rows.count() - MOST_EDITIONS if len(editions) > MOST_EDITIONS else 0
    found = Found([], {}, more)
    by_key = {service.pk: service for service in services}
    for edition in editions[:MOST_EDITIONS]:
        service = by_key[edition.service_id]
        micro = micros.get(normalised(service.certificate)) or micros.get(normalised(service.title))
        _add(found, edition, service, closing.get(service.pk, {}), needed.get(service.pk, ()), micro, money, terms)
    dated = {one.template for one in found.offered.values() if one.template}
    found.undated = tuple(_undated(micro) for micro in micros.values() if _is_open(micro, dated))
    return found


def add_undated(found: Found, goal: Goal, today: dt.date, until: dt.date, hours_week: int) -> None:
    """Micro-credentials that can begin in any week, beside the editions; what cannot be planned with is only named."""
    known = {normalised(found.offered[option.code].title): option.course for option in found.options}
    options, offered = undated(goal, found.undated, today, until, hours_week, known)
    found.options += options
    found.offered |= offered
    found.unpriced = _unpriced(goal, found)


def _is_open(micro: Micro, dated: Set[object]) -> bool:
    """Is it awarded now, though no date of the offer ends with it? What a commission alone decides is not."""
    template = micro.template
    has_key: bool = template.has_key  # type: ignore[attr-defined]
    return template.uid not in dated and has_key and not template.slug.startswith(DECIDED)


def _undated(micro: Micro) -> Undated:
    template = micro.template
    assert template.current is not None, "only published ones are read"
    where: str = template.unit_teryt or ""  # type: ignore[attr-defined]
    return Undated(
        str(template.uid), template.pk, template.current.design, template.issuer.name_pl, micro.codes, where[:4],
        template.unit_place or "", template_url(template.current, template.issuer),  # type: ignore[attr-defined]
    )  # fmt: skip


def _micros() -> dict[str, Micro]:
    """Published micro-credentials by their plain title. One statement."""
    rows = CredentialTemplate.objects.filter(state=TemplateState.PUBLISHED, current__isnull=False)
    units = Unit.objects.filter(institution=OuterRef("issuer__institution"), closed_on=None).exclude(teryt="")
    keys = SigningKey.objects.filter(issuer=OuterRef("issuer"), state=KeyState.ACTIVE)
    rows = rows.annotate(
        has_key=Exists(keys), unit_teryt=Subquery(units.order_by("path", "pk").values("teryt")[:1]),
        unit_place=Subquery(units.order_by("path", "pk").values("place")[:1]),
    )  # fmt: skip
    found = {}
    for template in rows.select_related("current__template", "issuer").order_by("pk")[:MOST_TEMPLATES]:
        design = template.current.design if template.current else template.design
        codes = frozenset(line.code for line in design.outcomes if line.code)
        codes |= {of_template(template.uid, number) for number in range(len(design.outcomes))}
        found[normalised(template.title_pl)] = Micro(template, codes, tuple(line.pl for line in design.outcomes))
    return found


def closing_of(goal: Goal, services: Sequence[TrainingService]) -> dict[int, dict[str, int]]:
    """Service key to what it closes of the goal. One statement."""
    return _closing(goal, services, _micros())


def hours_a_week(edition: Edition) -> int:
    """Hours that an edition takes in each week, rounded up where only their sum is told."""
    weeks = (edition.ends_on - edition.starts_on).days // 7 + 1
    return edition.weekly_hours or -(-edition.service.hours // weeks)


def _closing(goal: Goal, services: Sequence[TrainingService], micros: Mapping[str, Micro]) -> dict[int, dict[str, int]]:
    """Service key to what it closes; services that share no word with the goal are not looked at."""
    stems = _stems(text for one in goal.wanted for text in (one.title, *one.texts))
    found = {}
    for service in services:
        micro = micros.get(normalised(service.certificate)) or micros.get(normalised(service.title))
        outcomes = tuple(str(text) for text in service.outcomes) + (micro.outcomes if micro else ())
        same = service.register_code and service.register_code == goal.register_code
        if not same and micro is None and not stems & _stems((service.title, *outcomes)):
            continue
        described = Described(
            KINDS[ServiceKind(service.kind)], service.title, outcomes, service.register_code,
            micro.codes if micro else frozenset(),
        )  # fmt: skip
        if shares := closes(goal, described):
            found[service.pk] = shares
    return found


def _stems(texts: Iterable[str]) -> set[str]:
    words = (word for text in texts for word in normalised(text).split() if len(word) >= SHORTEST)
    return {word[: min(STEM, len(word) - 1)] for word in words}


def _needs(services: Sequence[TrainingService]) -> dict[int, tuple[int, ...]]:
    """Service key to services that must come before: „warunki" that name another service's number or title."""
    names: dict[tuple[str, str], int] = {}
    for service in services:
        for name in (service.number, service.title):
            names.setdefault((service.source, normalised(name)), service.pk)
    found = {}
    for service in services:
        parts = [part for line in service.requires.splitlines() for part in line.split(";")]
        keys = [names.get((service.source, normalised(part))) for part in parts if part.strip()]
        if needed := tuple(dict.fromkeys(key for key in keys if key is not None)):
            found[service.pk] = needed
    return found


def _with_needs(wanted: set[int], needs: Mapping[int, tuple[int, ...]]) -> set[int]:
    """And what they need, and what that needs."""
    found, new = set(wanted), set(wanted)
    while new := {key for one in new for key in needs.get(one, ())} - found:
        found |= new
    return found


def _add(
    found: Found, edition: Edition, service: TrainingService, shares: Mapping[str, int], needs: Sequence[int],
    micro: Micro | None, money: Money, terms: VoucherTerms | None,
) -> None:  # fmt: skip
    code = str(edition.uid)
    edition.service = service  # read already
    price, payable = edition.price_grosze, money.any and terms is not None
    contract = service.provider.contract_until
    if payable and terms is not None:
        payable = why_not(terms, service, price) is None and (contract is None or contract >= edition.ends_on)
    found.options.append(
        Option(
            code=code,
            course=course_of(service.pk),
            title=service.title,
            kind=Kind.MICRO if micro else KINDS[ServiceKind(service.kind)],
            closes=dict(shares),
            price=price,
            starts=edition.starts_on,
            ends=edition.ends_on,
            hours=service.hours,
            hours_week=hours_a_week(edition),
            place=REMOTE if edition.remote else edition.teryt[:4] or "?",
            by_voucher=bool(payable and price),
            voucher_most=most_support(price, money) if payable else None,
            meetings=meetings_of(edition),
            needs=tuple(Need(course=course_of(key)) for key in needs),
            places_left=max(0, edition.places - edition.taken) if edition.places else None,  # type: ignore[attr-defined]
        )
    )
    found.offered[code] = Offered(
        code, service.title, service.provider.name, "" if edition.remote else edition.place, edition.uid,
        micro.template.uid if micro else None, service.certificate, service.requires, times=edition.times,
    )  # fmt: skip


def course_of(service_key: int) -> str:
    return f"s{service_key}"


def _unpriced(goal: Goal, found: Found) -> tuple[str, ...]:
    """Micro-credentials that name an open outcome by its code and that cannot be planned with, dated or not."""
    open_ = {code for one in goal.wanted if one.held < 100 for code in (one.code, one.code.partition(":")[2])}
    planned = {one.template for one in found.offered.values() if one.template}
    left = [one for one in found.undated if one.codes & open_ and uuid.UUID(one.uid) not in planned]
    return tuple(one.design.title_pl for one in left)[:5]


def full(options: Iterable[Option]) -> list[Option]:
    """Options without a place left."""
    return [option for option in options if option.places_left == 0]


def by_course(options: Iterable[Option]) -> dict[str, list[Option]]:
    """Editions of the same thing together, soonest first."""
    found: dict[str, list[Option]] = defaultdict(list)
    for option in sorted(options, key=lambda one: (one.starts, one.code)):
        found[option.course].append(option)
    return dict(found)
