"""Rows of a file become providers, services and editions, a thousand at a time; what is as it was is not touched."""

from typing import Any

from django.utils import timezone

from dorobek.kernel.events import publish
from dorobek.offers.events import OfferMoved
from dorobek.offers.models import Edition, Provider, TrainingService
from dorobek.offers.reading import OfferRow

SERVICE = (
    "title", "kind", "field", "goal", "register_code", "ending", "certificate", "hours", "hour_form", "requires",
)  # fmt: skip
EDITION = (
    "starts_on", "ends_on", "enrol_until", "place", "teryt", "remote", "price_grosze", "places", "weekly_hours",
    "class_times", "part_of_week", "digest", "search_text",
)  # fmt: skip
TOLD = (
    "starts_on",
    "ends_on",
    "teryt",
    "remote",
    "price_grosze",
    "class_times",
)  # a change of these is told to whoever chose it
PROVIDER = {"name": "provider_name", "tax_number": "provider_tax_number"}


class Store:
    """Takes batches of rows of one source; counts what was new, changed and as it was. Statements per batch: constant."""

    def __init__(self, source: str, *, write: bool) -> None:
        self.source, self.write = source, write
        self.new = self.changed = self.unchanged = 0
        self.now = timezone.now()

    def take(self, rows: list[OfferRow]) -> None:
        """One batch; no number twice in it."""
        held = self._held(Edition, [row.number for row in rows])
        added = [row for row in rows if row.number not in held]
        told = [row for row in rows if row.number in held and self._differs(held[row.number], row)]
        self.new, self.changed = self.new + len(added), self.changed + len(told)
        self.unchanged += len(rows) - len(added) - len(told)
        if not self.write or not (added or told):
            return
        services = self._services([*added, *told])
        Edition.objects.bulk_create([self._edition(row, services[row.service_number]) for row in added])
        changed, moved = [], []
        for row in told:
            edition = held[row.number]
            if any(getattr(edition, name) != getattr(row, name) for name in TOLD):
                moved.append(str(edition.uid))
            edition.service = services[row.service_number]
            edition.withdrawn_at, edition.version, edition.changed_at = None, edition.version + 1, self.now
            self._fill(edition, row, EDITION)
            changed.append(edition)
        Edition.objects.bulk_update(
            changed, [*EDITION, "service", "withdrawn_at", "version", "changed_at"], batch_size=200
        )
        if moved:
            publish(OfferMoved(withdrawn=[], changed=moved, reason=""))

    def _held(self, model: Any, numbers: list[str]) -> dict[str, Any]:
        return {row.number: row for row in model.objects.filter(source=self.source, number__in=numbers)}

    @staticmethod
    def _differs(edition: Edition, row: OfferRow) -> bool:
        if edition.withdrawn_reason:
            return False  # somebody withdrew it by hand and people were told
        return edition.digest != row.digest or edition.withdrawn_at is not None

    def _services(self, rows: list[OfferRow]) -> dict[str, TrainingService]:
        providers = self._providers(rows)
        wanted = {row.service_number: row for row in rows}  # the last one speaks for the service
        held = self._held(TrainingService, list(wanted))
        new, changed = [], []
        for number, row in wanted.items():
            service = held.get(number) or TrainingService(source=self.source, number=number)
            before = [getattr(service, name) for name in SERVICE] + [service.outcomes, service.provider_id]
            self._fill(service, row, SERVICE)
            service.outcomes, service.provider = list(row.outcomes), providers[row.provider_number]
            after = [getattr(service, name) for name in SERVICE] + [service.outcomes, service.provider_id]
            if service.pk is None:
                new.append(service)
            elif before != after:
                service.version, service.changed_at = service.version + 1, self.now
                changed.append(service)
            held[number] = service
        TrainingService.objects.bulk_create(new)
        TrainingService.objects.bulk_update(
            changed, [*SERVICE, "outcomes", "provider", "version", "changed_at"], batch_size=200
        )
        return held

    def _providers(self, rows: list[OfferRow]) -> dict[str, Provider]:
        wanted = {row.provider_number: row for row in rows}
        held = self._held(Provider, list(wanted))
        new = []
        for number, row in wanted.items():
            provider = held.get(number)
            if provider is None:
                provider = held[number] = Provider(source=self.source, number=number)
                self._fill(provider, row, PROVIDER)
                new.append(provider)
            elif any(getattr(provider, name) != getattr(row, told) for name, told in PROVIDER.items()):
                self._fill(provider, row, PROVIDER)
                provider.version += 1
                provider.save()
        Provider.objects.bulk_create(new)
        return held

    def _edition(self, row: OfferRow, service: TrainingService) -> Edition:
        edition = Edition(source=self.source, number=row.number, service=service)
        self._fill(edition, row, EDITION)
        return edition

    @staticmethod
    def _fill(target: Any, row: OfferRow, names: tuple[str, ...] | dict[str, str]) -> None:
        pairs = names.items() if isinstance(names, dict) else ((name, name) for name in names)
        for name, told in pairs:
            setattr(target, name, getattr(row, told))
        target.check_fit(
            [name for name, _told in (names.items() if isinstance(names, dict) else ((n, n) for n in names))]
        )
