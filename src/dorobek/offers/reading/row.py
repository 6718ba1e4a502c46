"""One edition as a file tells it, whatever the file: what a reader gives and an import takes."""

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from dorobek.kernel.text import normalised


@dataclass(frozen=True)
class OfferRow:
    """An edition with its service and its provider. Money in grosze; `line` counts from 1."""

    line: int
    number: str
    provider_number: str
    provider_name: str
    service_number: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    enrol_until: dt.date
    price_grosze: int
    kind: str
    field: str
    ending: str
    place: str = ""
    teryt: str = ""
    remote: bool = False
    provider_tax_number: str = ""
    goal: str = ""
    outcomes: tuple[str, ...] = ()
    register_code: str = ""
    certificate: str = ""
    requires: str = ""
    hours: int = 0
    hour_form: str = "group"
    places: int = 0
    weekly_hours: int = 0

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the row says, without its place in the file: the same row, the same digest."""
        said = [str(getattr(self, name)) for name in SAID]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @cached_property
    def search_text(self) -> str:
        parts = (self.title, self.provider_name, self.place, self.register_code, self.certificate)
        return normalised(" ".join(filter(None, parts)))[:900]


SAID = tuple(one.name for one in dataclasses.fields(OfferRow) if one.name != "line")


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken: its line (from 1; for JSON its number on the list), the column, what to do."""

    line: int
    column: str
    problem: str
