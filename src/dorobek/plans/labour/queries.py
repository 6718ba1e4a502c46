"""Figures of the labour market for what a goal leads to (DP-7)."""

from dataclasses import dataclass

from django.db.models import Q

from dorobek.plans.gaps.enums import Classification, TargetKind
from dorobek.plans.labour.words import said, sentence, where
from dorobek.plans.models_targets import LabourFigure, Target
from dorobek.register.actions.adopting import code_of
from dorobek.register.models import Concept

GROUP = 4  # digits of a group of occupations, whose figures are told for its occupations too
MOST = 60


@dataclass(frozen=True)
class Figure:
    """A figure and how it is told; `of_group`: it is about the whole group of occupations."""

    row: LabourFigure
    said: str
    where: str
    sentence: str
    of_group: bool


def figures_for(target: Target) -> list[Figure]:
    """Figures on the occupation, for the person's powiat, voivodeship and the country. One statement, none when the
    target is no occupation."""
    if target.kind != TargetKind.OCCUPATION or target.concept is None:
        return []
    of_occupation = Q(pk=None)
    for concept in filter(None, (target.concept, target.skills_of)):
        of_occupation |= _of(concept)
    home = target.person.teryt
    regions = ["", *([home[:2]] if len(home) >= 2 else []), *([home[:4]] if len(home) >= 4 else [])]
    rows = LabourFigure.objects.filter(of_occupation, region__in=regions)
    ordered = rows.order_by("measure", "-region", "-period", "unit", "source", "id")[:MOST]
    return [_figure(row) for row in ordered]


def figures_of(classification: str, occupation: str, region: str | None = None) -> list[Figure]:
    """Figures on one occupation by its code, for everybody to read. One statement."""
    rows = LabourFigure.objects.filter(classification=classification, occupation=occupation)
    rows = rows if region is None else rows.filter(region=region)
    return [_figure(row) for row in rows.order_by("measure", "region", "-period", "unit", "source", "id")[:MOST]]


def _of(concept: Concept) -> Q:
    if concept.framework.code == Classification.KZIS:
        codes = {concept.code, concept.group_code or concept.code[:GROUP]}
        return Q(classification=Classification.KZIS, occupation__in=codes)
    by_code = Q(classification=Classification.ESCO, occupation__in={concept.code, code_of(concept.uri)} - {""})
    if not concept.group_code:
        return by_code
    return by_code | Q(classification=Classification.KZIS, occupation=concept.group_code)


def _figure(row: LabourFigure) -> Figure:
    of_group = row.classification == Classification.KZIS and len(row.occupation) <= GROUP
    return Figure(row, said(row), where(row), sentence(row), of_group)
