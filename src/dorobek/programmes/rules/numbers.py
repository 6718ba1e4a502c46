"""Support numbers (ID wsparcia, SA-17): built from a programme's pattern, and checked against it.

A pattern is plain text with fields in braces: `{serial:4}` (a number, at least so many digits), `{year}` (4 digits),
`{part}` (which participation, from 1). `RP/16_WKK/{serial:4}/{part}` gives `RP/16_WKK/0427/1`.
"""

import re

from django.utils.translation import gettext as _

_FIELD = re.compile(r"\{(serial|year|part)(?::(\d))?\}")


def pattern_fault(pattern: str) -> str | None:
    """What is wrong with a pattern, in words; None when it is good."""
    if len(pattern) > 100:
        return _("Wzór numeru jest za długi: najwyżej 100 znaków.")
    names = [match[1] for match in _FIELD.finditer(pattern)]
    if names.count("serial") != 1:
        return _("Wzór numeru musi mieć jeden raz {serial}, na przykład {serial:4}.")
    if len(names) != len(set(names)):
        return _("Każde pole może wystąpić we wzorze numeru raz.")
    if re.search(r"[{}]", _FIELD.sub("", pattern)):
        return _("We wzorze numeru znane są pola {serial}, {year} i {part}.")
    return None


def format_number(pattern: str, *, serial: int, year: int, part: int = 1) -> str:
    """The number for a participant. Raises ValueError for a faulty pattern or a serial below 1."""
    if pattern_fault(pattern) or serial < 1 or part < 1:
        raise ValueError("a number needs a good pattern and a serial and part from 1")
    values = {"serial": serial, "year": year, "part": part}
    return _FIELD.sub(lambda match: str(values[match[1]]).zfill(int(match[2] or 1)), pattern)


def parse_number(pattern: str, text: str) -> dict[str, int] | None:
    """The fields of a number that fits the pattern, e.g. `{"serial": 427, "part": 1}`; None where it does not fit."""
    expression = ""
    position = 0
    for match in _FIELD.finditer(pattern):
        expression += re.escape(pattern[position : match.start()])
        width = int(match[2] or 1)
        digits = "4" if match[1] == "year" else f"{width},9"
        expression += f"(?P<{match[1]}>[0-9]{{{digits}}})"
        position = match.end()
    found = re.fullmatch(expression + re.escape(pattern[position:]), _tidy(text))
    return {name: int(value) for name, value in found.groupdict().items()} if found else None


def check_number(pattern: str, text: str) -> str | None:
    """What is wrong with a typed number, with an example of a good one; None when it fits."""
    fields = parse_number(pattern, text)
    if fields is not None and fields["serial"] >= 1 and fields.get("part", 1) >= 1:
        return None
    example = format_number(pattern, serial=427, year=2024)
    return _("Ten numer nie pasuje do wzoru. Powinien wyglądać tak: %(example)s.") % {"example": example}


def _tidy(text: str) -> str:
    return "".join(text.split())
