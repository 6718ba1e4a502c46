"""Every write of the training offer."""

from dorobek.offers.actions.importing import ImportReport, import_offer
from dorobek.offers.actions.providers import end_mark, record_quality, write_provider

__all__ = ["ImportReport", "end_mark", "import_offer", "record_quality", "write_provider"]
