"""Every write of the training offer."""

from dorobek.offers.actions.accounts import open_provider_account
from dorobek.offers.actions.editions import withdraw_edition, write_edition, write_service
from dorobek.offers.actions.importing import ImportReport, import_offer
from dorobek.offers.actions.providers import end_mark, record_quality, write_provider

__all__ = [
    "ImportReport",
    "end_mark",
    "import_offer",
    "open_provider_account",
    "record_quality",
    "withdraw_edition",
    "write_edition",
    "write_provider",
    "write_service",
]
