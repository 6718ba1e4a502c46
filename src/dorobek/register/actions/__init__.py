"""Every write of the register."""

from dorobek.register.actions.catalogue import CATALOGUE, import_catalogue
from dorobek.register.actions.entries import REGISTER_STREAM, Imported, import_entries

__all__ = ["CATALOGUE", "REGISTER_STREAM", "Imported", "import_catalogue", "import_entries"]
