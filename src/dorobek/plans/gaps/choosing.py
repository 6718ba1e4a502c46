"""What a goal may lead to, found by words: occupations, qualifications, micro-credentials (DP-3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models import CredentialTemplate
from dorobek.kernel.text import normalised
from dorobek.plans.gaps.enums import Classification, TargetKind
from dorobek.register.enums import ConceptKind
from dorobek.register.models import Concept, Framework, Qualification
from dorobek.register.queries.search import Wanted, search

MOST = 20
MOST_TEMPLATES = 1000
LETTERS = 100


@dataclass(frozen=True)
class Offer:
    """One thing that may be chosen; `code` finds it again with `choice_of`, `hint` tells it from others of its name."""

    code: str
    title: str
    hint: str = ""


@dataclass(frozen=True)
class Found:
    """What words led to. `ready`: False when no such list was imported here; `notice`: what its licence asks to show."""

    offers: Sequence[Offer] = ()
    ready: bool = True
    notices: Sequence[str] = field(default_factory=tuple)


def find(kind: str, words: str) -> Found:
    """At most twenty of a kind, those whose name begins so first. Four statements at most."""
    words = words.strip()[:LETTERS]
    if kind == TargetKind.OCCUPATION:
        return _occupations(words)
    if kind == TargetKind.QUALIFICATION:
        return _qualifications(words) if words else Found()
    return _templates(words)


def frameworks() -> list[Framework]:
    """The newest import of ESCO and of KZiS, where there is one. One statement."""
    rows = Framework.objects.filter(code__in=Classification.values, imported_at__isnull=False)
    newest: dict[str, Framework] = {}
    for row in rows.order_by("imported_at", "pk"):
        newest[row.code] = row
    return [newest[code] for code in (Classification.KZIS, Classification.ESCO) if code in newest]


def occupations() -> QuerySet[Concept]:
    """Occupations that may be chosen today."""
    return Concept.objects.filter(framework__in=frameworks(), kind=ConceptKind.OCCUPATION, retired=False)


def _occupations(words: str) -> Found:
    known = frameworks()
    if not known or not words:
        return Found(ready=bool(known))
    rows = Concept.objects.filter(framework__in=known, kind=ConceptKind.OCCUPATION, retired=False)
    plain = normalised(words)
    met = Q()
    for word in plain.split():
        met &= Q(plain_pl__contains=word) | Q(plain_en__contains=word)
    found = list(rows.filter(met | Q(code=words)).select_related("framework").order_by("plain_pl", "pk")[: MOST * 5])
    found.sort(key=lambda one: not one.plain_pl.startswith(plain))
    offers = [Offer(str(one.pk), str(one), f"{one.framework.code.upper()} {one.code}") for one in found[:MOST]]
    return Found(offers, notices=tuple(one.notice for one in known if one.notice))


def skills_for(occupation: Concept) -> list[Offer]:
    """Occupations of ESCO of the same group, whose skills can stand for one of KZiS; nearest names first. Two statements."""
    group = occupation.group_code or occupation.code[:4]
    if occupation.framework.code != Classification.KZIS or not group:
        return []
    esco = [one for one in frameworks() if one.code == Classification.ESCO]
    rows = Concept.objects.filter(framework__in=esco, kind=ConceptKind.OCCUPATION, group_code=group, retired=False)
    wanted = set(normalised(str(occupation)).split())
    found = sorted(rows, key=lambda one: (-len(wanted & set(normalised(str(one)).split())), str(one), one.pk))
    return [Offer(str(one.pk), str(one), one.code) for one in found[:MOST]]


def _qualifications(words: str) -> Found:
    exact = list(Qualification.objects.filter(code=words).exclude(current=None)[:1])
    found = exact or [hit.qualification for hit in search(Wanted(words=words)).hits]
    offers = [
        Offer(one.code, one.title_pl, f"{one.code}, PRK {one.level}" if one.level else one.code) for one in found[:MOST]
    ]
    return Found(offers)


def published() -> QuerySet[CredentialTemplate]:
    """Micro-credentials that somebody awards today."""
    rows = CredentialTemplate.objects.filter(state=TemplateState.PUBLISHED, current__isnull=False)
    return rows.select_related("issuer", "current")


def _templates(words: str) -> Found:
    wanted = normalised(words).split()
    rows = published().order_by("sort_key", "pk")[:MOST_TEMPLATES]
    found = [one for one in rows if all(word in normalised(one.title_pl) for word in wanted)]
    return Found([Offer(str(one.uid), one.title_pl, one.issuer.name_pl) for one in found[:MOST]])
