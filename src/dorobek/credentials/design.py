"""A micro-credential as designed: every element of Council Recommendation 2022/C 243/02, Annex I, as plain data (MC-2)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from dorobek.credentials.enums import Assessment, Participation, Supervision


@dataclass(frozen=True)
class OutcomeLine:
    """One learning outcome. `code` is its code in the register or the catalogue, "" for the author's own words;
    `criteria` say how one sees that it is met, one line each."""

    pl: str
    en: str = ""
    code: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountsTowards:
    """A qualification of the register that this adds up to (MC-7). `set_number` 0: no particular set."""

    code: str
    set_number: int = 0


@dataclass(frozen=True)
class Badge:
    """What the picture is drawn from: names of shape, colour and symbol, and up to three short lines."""

    shape: str = "circle"
    colour: str = "plum"
    symbol: str = "check"
    text: tuple[str, ...] = ()


@dataclass(frozen=True)
class Design:
    """Texts are in Polish and English; an English text that is empty is left out of the document."""

    title_pl: str = ""
    title_en: str = ""
    need_pl: str = ""  # who needs it and what for; not part of the credential
    description_pl: str = ""
    description_en: str = ""
    field: str = ""
    outcomes: tuple[OutcomeLine, ...] = ()
    hours: int | None = None
    ects: str = ""  # a decimal as text, "" where none is given
    prk_level: int | None = None  # the European level is the same by statute
    level_reason_pl: str = ""
    assessment: tuple[str, ...] = ()
    assessment_pl: str = ""
    assessment_en: str = ""
    participation: str = ""
    quality_pl: str = ""
    quality_en: str = ""
    supervision: str = ""
    prerequisites_pl: str = ""
    prerequisites_en: str = ""
    counts_towards: tuple[CountsTowards, ...] = ()
    further_url: str = ""
    valid_months: int | None = None
    suspendable: bool = False
    badge: Badge = Badge()

    def title(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title_pl

    @property
    def assessment_labels(self) -> list[str]:
        """Ways of assessment as people read them, in the language of the moment."""
        return [str(dict(Assessment.choices).get(one, one)) for one in self.assessment]

    @property
    def participation_label(self) -> str:
        return str(dict(Participation.choices).get(self.participation, self.participation))

    @property
    def supervision_label(self) -> str:
        return str(dict(Supervision.choices).get(self.supervision, self.supervision))

    def as_data(self) -> dict[str, Any]:
        """As JSON; read back by `from_data`."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Design":
        """Lenient about what is absent. Raises ValueError naming what has the wrong shape."""
        known = {one.name for one in fields(cls)}
        if unknown := set(data) - known:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        values = dict(data)
        try:
            values["outcomes"] = tuple(
                OutcomeLine(**{**one, "criteria": tuple(one.get("criteria", ()))}) for one in data.get("outcomes", ())
            )
            values["counts_towards"] = tuple(CountsTowards(**one) for one in data.get("counts_towards", ()))
            badge = dict(data.get("badge") or {})
            values["badge"] = Badge(**{**badge, "text": tuple(badge.get("text", ()))})
            values["assessment"] = tuple(data.get("assessment", ()))
        except (TypeError, AttributeError) as fault:
            raise ValueError(str(fault)) from fault
        return cls(**values)


def ects_of(text: str) -> Decimal | None:
    """Points as a number; None for "". Raises ValueError for what is not 0.5 to 60."""
    if not text.strip():
        return None
    try:
        points = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as fault:
        raise ValueError(text) from fault
    if not Decimal("0.5") <= points <= 60:
        raise ValueError(text)
    return points
