"""Life events as a table; the participant card and the record of the interview print the same rows."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.audits.documents.common import Writer
from dorobek.audits.models import LifeEvent
from dorobek.kernel.documents import Cell, Flow, Paragraph, Table


def event_table(
    writer: Writer,
    caption: str,
    events: Sequence[LifeEvent],
    labels: Mapping[str, str] | None = None,
    numbers: Mapping[int, int] | None = None,
    brief: bool = False,
) -> Table:
    """When, what and where, and what is known of it. `labels`: further fields by code; `numbers`: place of an event
    on the drawing, by key; `brief`: only when and what, for somebody who did not want details."""
    rows = []
    for event in events:
        number = f"{numbers[event.pk]}. " if numbers and event.pk in numbers else ""
        when = Cell((Paragraph(f"{number}{writer.when(event) or _('nie podano')}"),))
        more = () if brief else _more(writer, event, labels or {})
        rows.append((when, Cell(_what(writer, event)), Cell(more or (Paragraph("–"),))))
    return Table(
        caption=caption,
        header=(_("Kiedy"), _("Co i gdzie"), _("Co warto wiedzieć")),
        rows=tuple(rows),
        widths=(2, 3, 5),
    )


def _what(writer: Writer, event: LifeEvent) -> tuple[Flow, ...]:
    found = [Paragraph(writer.typed(event.title, strong=True))]
    where = ", ".join(part for part in (event.organisation, event.place) if part)
    if where:
        found.append(Paragraph(writer.typed(where)))
    return tuple(found)


def _more(writer: Writer, event: LifeEvent, labels: Mapping[str, str]) -> tuple[Flow, ...]:
    """Everything else that was said of the event, each with its label."""
    found: list[Flow] = []
    if event.finished is not None:
        found.append(Paragraph(_("Ukończone.") if event.finished else _("Nieukończone.")))
    if event.employment_form:
        found.append(Paragraph(words.capital(str(event.get_employment_form_display())) + "."))
    names = {**words.detail_labels(), **labels}
    pairs = (
        (_("Jak długo"), event.duration_said),
        (_("Obowiązki i zadania"), event.duties),
        (_("Co to dało"), event.outcomes),
        (_("Uprawnienia"), event.entitlements),
        *((names.get(code, code), str(text)) for code, text in event.details.items()),
        (names.get("note", _("Uwagi")), event.note),
    )
    found += [writer.labelled(label, text) for label, text in pairs if text]
    return tuple(found)
