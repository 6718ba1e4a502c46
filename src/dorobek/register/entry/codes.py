"""What may be the code of an entry: it stands in the entry's address, which never changes."""

import re

CODE = re.compile(r"[-A-Za-z0-9_]{1,20}")
# Pages of the register itself stand where an entry's address would.
RESERVED = frozenset({"analiza", "dane", "liczby", "podpowiedzi", "porownanie", "slowa", "wnioski", "zmiany"})


def is_code(code: str) -> bool:
    """Whether an entry may have this code: letters, digits and dashes, at most 20, and not the name of a page."""
    return CODE.fullmatch(code) is not None and code not in RESERVED
