"""What the QTI modules share: names, a question with what a package says about it, and a refusal with its place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.validation.rules.testing.questions import Question

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
ITEM_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
RESOURCE = "imsqti_item_xmlv3p0"
MATCH_CORRECT = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct"
MAP_RESPONSE = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response"
DIFFICULTIES = ("very easy", "easy", "medium", "difficult", "very difficult")


@dataclass(frozen=True, slots=True)
class Packed:
    """A question with the criterion it verifies ("" when the package does not say), its difficulty, 1 to 5, and further
    criteria that the same answer verifies."""

    question: Question
    criterion: str = ""
    difficulty: int = 3
    also: tuple[str, ...] = ()


class Unreadable(ValueError):
    """A file that cannot be read: `where` (file, line) and `what`, in Polish."""

    def __init__(self, what: str, line: int | None = None, file: str = "") -> None:
        self.what, self.line, self.file = what, line, file
        super().__init__(str(self))

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.line:
            place.append(_("wiersz %d") % self.line)
        return f"{', '.join(place)}: {self.what}" if place else self.what
