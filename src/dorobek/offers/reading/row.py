"""One edition as a file tells it, whatever the file: what a reader gives and an import takes."""

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from dorobek.kernel.text import normalised
from dorobek.offers.times import ClassTimes, remark


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
    times: ClassTimes = dataclasses.field(default_factory=ClassTimes)
    times_left_out: str = ""  # why the times its source tells were not taken

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the row says, without its place in the file: the same row, the same digest."""
        said = [str(getattr(self, name)) for name in SAID]
        if self.times:  # left out where nothing is told: such a row keeps the digest it had before times were read
            said.append(str(self.class_times))
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @cached_property
    def search_text(self) -> str:
        parts = (self.title, self.provider_name, self.place, self.register_code, self.certificate)
        return normalised(" ".join(filter(None, parts)))[:900]

    @cached_property
    def class_times(self) -> list[list[int | str]]:
        return self.times.as_data()

    @property
    def part_of_week(self) -> str:
        return self.times.part_of_week

    @property
    def remark(self) -> str:
        """What to look at, though the row can be taken; "" for nothing."""
        odd = remark(self.times, self.hours, self.starts_on, self.ends_on)
        told = (self.times_left_out, odd, self.place_remark)
        return " ".join(filter(None, told))

    @property
    def place_remark(self) -> str:
        """A place of which nobody knows where it lies; "" when its code is known or it needs none."""
        if self.remote or self.teryt:
            return ""
        return _("Nie wiadomo, w którym powiecie jest „%(place)s”, więc odległości nie da się podać. Pomoże kod TERYT.") % {
            "place": self.place,
        }  # fmt: skip


SAID = tuple(one.name for one in dataclasses.fields(OfferRow) if not one.name.startswith(("line", "times")))


@dataclass(frozen=True)
class OffSale:
    """A date that its source no longer sells, by its own word: never brought in, withdrawn if it is held."""

    line: int
    number: str
    status: str


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken: its line (from 1; for JSON its number on the list), the column, what to do."""

    line: int
    column: str
    problem: str
