"""Routes in the development plan (DP-4): what a scenario taken from the offer costs, closes, and how good it is."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from dorobek.audits.documents.common import Writer
from dorobek.kernel.documents import Block, Cell, DefinitionList, Heading, Paragraph, Table
from dorobek.kernel.documents.tree import CellContent
from dorobek.plans.models import ChosenRoute, Scenario
from dorobek.plans.planning.words import zlotys


def route_blocks(writer: Writer, scenario: Scenario) -> tuple[Block, ...]:
    """Costs to the grosz with both payers, and the gap table; nothing for a scenario written by hand."""
    route: ChosenRoute | None = getattr(scenario, "route", None)
    if route is None:
        return ()
    blocks: list[Block] = [Heading(3, _("Koszty i to, co droga zamyka")), _sums(writer, route)]
    if route.taken:
        blocks.append(_costs(writer, route))
    if route.gaps:
        blocks.append(_gaps(writer, route))
    if text := route.proof.get("text"):
        blocks.append(Paragraph(str(text), muted=True))
    return tuple(blocks)


def costs_in_short(scenario: Scenario) -> str:
    """Costs in one line, for scenarios side by side; "" for one written by hand."""
    route: ChosenRoute | None = getattr(scenario, "route", None)
    if route is None:
        return ""
    sums = {name: zlotys(route.sums.get(name, 0)) for name in ("price", "own", "voucher")}
    return _("%(price)s: własne %(own)s, z bonu %(voucher)s") % sums


def _sums(writer: Writer, route: ChosenRoute) -> DefinitionList:
    sums = route.sums
    rows: list[tuple[str, CellContent]] = [
        (_("Razem"), zlotys(sums.get("price", 0))),
        (_("Z własnych pieniędzy"), zlotys(sums.get("own", 0))),
        (_("Z bonu"), zlotys(sums.get("voucher", 0))),
        (_("Ceny z dnia"), writer.day(route.chosen_at)),
    ]
    if route.target:
        rows.insert(0, (_("Prowadzi do"), Cell((Paragraph(writer.typed(route.target)),))))
    return DefinitionList(tuple(rows))


def _costs(writer: Writer, route: ChosenRoute) -> Table:
    header = (_("Co"), _("Kiedy i gdzie"), _("Cena"), _("Własne"), _("Z bonu"))
    rows = tuple(
        (
            Cell((Paragraph(writer.typed(one["title"])), Paragraph(writer.typed(one["provider"]), muted=True))),
            _when(writer, one),
            _("do ustalenia") if one.get("unpriced") else zlotys(one["price"]),
            zlotys(one["own"]),
            zlotys(one["voucher"]),
        )
        for one in route.taken
    )
    caption = writer.naming(_("Koszty: %s"), route.scenario.name)
    return Table(caption, header, rows, widths=(3.4, 3, 1.7, 1.7, 1.7))


def _when(writer: Writer, one: dict[str, Any]) -> str:
    """Days and place; of what may begin in any week, the days are one of those possible."""
    days = _days(writer, one)
    if not one.get("flexible"):
        return f"{days}, {one['place'] or _('zdalnie')}"
    told = _("dowolny tydzień, na przykład %(days)s") % {"days": days}
    return f"{told}, {one['place']}" if one["place"] else told


def _gaps(writer: Writer, route: ChosenRoute) -> Table:
    header = (_("Czego trzeba"), _("Jest"), _("Doda ta droga"), _("Zostaje"))
    rows = tuple(
        (
            Cell(_gap(writer, one)),
            f"{one['held']} %",
            f"{one['closed']} %",
            f"{max(0, 100 - one['held'] - one['closed'])} %",
        )
        for one in route.gaps
    )
    return Table(writer.naming(_("Luki: %s"), route.scenario.name), header, rows, widths=(5, 1.3, 1.7, 1.3))


def _gap(writer: Writer, one: dict[str, Any]) -> tuple[Paragraph, ...]:
    title = Paragraph(writer.typed(str(one["title"])))
    if not one.get("unproven"):
        return (title,)
    return (title, Paragraph(_("umiejętność jest, brakuje dowodu: droga to walidacja"), muted=True))


def _days(writer: Writer, one: dict[str, Any]) -> str:
    days = (writer.day(dt.date.fromisoformat(one[name])) for name in ("starts", "ends"))
    return " – ".join(dict.fromkeys(days))
