"""Files of the offer, read row by row into one plain shape. Pure: nothing is written, no table is asked."""

from dorobek.offers.reading.national import read_national
from dorobek.offers.reading.row import Fault, OfferRow, OffSale
from dorobek.offers.reading.table import COLUMNS, read_table

__all__ = ["COLUMNS", "Fault", "OffSale", "OfferRow", "read_national", "read_table"]
