"""QTI 3.0: questions as assessmentItem XML and as a package with a manifest, written and read (issue 6)."""

from dorobek.validation.rules.testing.qti.packing import pack, unpack
from dorobek.validation.rules.testing.qti.reading import read_item
from dorobek.validation.rules.testing.qti.shapes import Packed, Unreadable
from dorobek.validation.rules.testing.qti.writing import write_item

__all__ = ["Packed", "Unreadable", "pack", "read_item", "unpack", "write_item"]
