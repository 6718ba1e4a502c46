"""A figure of the labour market as people read it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dorobek.kernel import teryt
from dorobek.plans.gaps.enums import Forecast, Measure
from dorobek.plans.models_targets import LabourFigure

NARROW = "\u00a0"


def where(figure: LabourFigure) -> str:
    """The region in words."""
    return teryt.display(figure.region) if figure.region else _("cała Polska")


def said(figure: LabourFigure) -> str:
    """The value with its unit, or the forecast in words: as the source gives it."""
    if figure.forecast:
        return str(Forecast(figure.forecast).label)
    assert figure.value is not None  # the table holds one or the other
    whole = figure.value == figure.value.to_integral_value()
    number = number_format(figure.value, 0 if whole else 2, use_l10n=True, force_grouping=True)
    return f"{number}{NARROW}{figure.unit}".strip()


def sentence(figure: LabourFigure) -> str:
    """The whole figure in one sentence, for a source of the plan."""
    parts = {
        "what": figure.label or figure.occupation, "where": where(figure),
        "measure": Measure(figure.measure).label, "said": said(figure), "period": figure.period,
    }  # fmt: skip
    return _("%(what)s, %(where)s: %(measure)s %(said)s, okres %(period)s.") % parts
