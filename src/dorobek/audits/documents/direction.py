"""The basic variant's one page (SA-4): present work, the training wished for, its use, the direction, first steps."""

from django.utils.translation import gettext as _

from dorobek.audits.documents.common import Writer, section
from dorobek.audits.models import BasicDirection
from dorobek.kernel.documents import Block, Document
from dorobek.programmes.enums import DocumentKind


def direction(writer: Writer) -> Document:
    held = writer.file.direction or BasicDirection()
    parts = (
        (_("Teraz"), held.present_work, _("O obecnej pracy jeszcze nie rozmawialiśmy.")),
        (_("Szkolenie, o które chodzi"), held.wished_training, _("Szkolenie nie jest jeszcze wybrane.")),
        (_("Do czego się przyda"), held.usefulness, _("Nie zapisaliśmy jeszcze, do czego to szkolenie się przyda.")),
        (_("Kierunek"), held.direction, _("Kierunek nie jest jeszcze opisany.")),
        (_("Pierwsze kroki"), held.next_steps, _("Pierwsze kroki nie są jeszcze ustalone.")),
    )
    blocks: list[Block] = []
    for title, text, empty in parts:
        blocks += section(title, writer.told(text), empty)
    return writer.document(DocumentKind.DIRECTION, tuple(blocks))
