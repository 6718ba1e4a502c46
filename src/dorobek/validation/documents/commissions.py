"""The commission's appointment and its members' declarations (VA-3)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.documents import (
    Bullets,
    Cell,
    DefinitionList,
    Document,
    Heading,
    Paragraph,
    Table,
)
from dorobek.validation import facts
from dorobek.validation.documents.common import Case, day, method, moment, named, sentence
from dorobek.validation.models import Application, CommissionMember, Declaration
from dorobek.validation.rules import OwnRule, QualificationRules
from dorobek.validation.rules.experience import meets


def appointment(application: Application) -> Document:
    """Who judges, by which criteria they may, and what was checked. The commission must be appointed."""
    case, opening = Case(application), application.opening
    commission = application.commission
    assert commission is not None
    members = list(commission.members.select_related("record__account").order_by("pk"))
    about = (
        (_("Skład z dnia"), day(commission.appointed_on)),
        *_when(application),
        (_("Metody"), ", ".join(method(one.code) for one in opening.rules.methods)),
        (_("Kto powołał"), named(application.appointed_by)),
    )
    if application.round > 1:
        again = _("Odwołanie uwzględniono. Inne osoby niż za pierwszym razem oceniają to, co nie jest potwierdzone.")
    else:
        again = ""
    text = _("%(body)s powołuje komisję, która oceni, czy kandydat spełnia wymagania kwalifikacji.")
    blocks = (
        Paragraph(text % {"body": case.institution.name}),
        *((Paragraph(again),) if again else ()),
        DefinitionList(about),
        _members(members, application),
        Heading(1, _("Co sprawdzono przed powołaniem")),
        Bullets(tuple(_checked(opening.rules))),
    )
    return case.document(_("Powołanie komisji"), blocks)


def _when(application: Application) -> tuple[tuple[str, str], ...]:
    """Day, hours and place of the sitting over this round; without one, what the opening says."""
    opening = application.opening
    held = application.sittings.filter(round=application.round).select_related("sitting").first()
    if held is None:
        lasts = {"from": day(opening.begins_on), "until": day(opening.ends_on)}
        return (_("Kiedy"), _("od %(from)s do %(until)s") % lasts), (_("Gdzie"), opening.place)
    begins, ends = timezone.localtime(held.sitting.begins), timezone.localtime(held.sitting.ends)
    said = {"day": day(begins), "from": f"{begins:%H:%M}", "until": f"{ends:%H:%M}"}
    return (
        (_("Posiedzenie"), _("%(day)s, od %(from)s do %(until)s") % said),
        (_("Gdzie"), held.sitting.place or opening.place),
    )


def _members(members: list[CommissionMember], application: Application) -> Table:
    """Each with the level, and the criteria met with the documents that show it."""
    rules, day_of = application.opening.rules, application.commission.appointed_on  # type: ignore[union-attr]
    rows = []
    for one in members:
        held = facts.member_of(one.record, [application])
        met = [requirement for requirement in rules.criteria if meets(requirement, held, day_of)]
        shown = [sentence(requirement.text) for requirement in met] or [_("wpis nie podaje kryteriów")]
        papers = list(dict.fromkeys(period.document for period in held.periods))
        level = _("poziom %(level)d PRK: %(document)s")
        level %= {"level": one.record.level or 0, "document": one.record.level_document}
        what = Cell((Paragraph(level), *((Bullets(tuple(papers)),) if papers else ())))
        rows.append((str(one.record.account), what, Cell((Bullets(tuple(shown)),))))
    header = (_("Osoba"), _("Dokumenty"), _("Spełnia kryterium"))
    return Table(_("Skład komisji"), header, tuple(rows), widths=(2, 3, 4), row_headers=True)


def _checked(rules: QualificationRules) -> list[str]:
    """The rules that were asked; each holds, otherwise there would be no appointment."""
    found = [_("Liczba członków: co najmniej %d.") % rules.members_min]
    if rules.member_level is not None:
        found.append(_("Każda osoba ma kwalifikację pełną co najmniej na poziomie %d PRK.") % rules.member_level)
    if rules.criteria:
        found.append(_("Każda osoba spełnia choć jedno kryterium z wpisu w rejestrze."))
    if rules.each_criterion_met:
        found.append(_("Każde kryterium spełnia ktoś z komisji."))
    if rules.not_own_trainees:
        found.append(_("Nikt z komisji nie prowadził szkolenia, w którym kandydat brał udział."))
    if OwnRule.NO_RELATIVES in rules.own:
        found.append(_("Nikt z komisji nie jest krewnym kandydata. To reguła instytucji."))
    if OwnRule.NO_SUBORDINATES in rules.own:
        found.append(_("Kandydat nie jest podwładnym nikogo z komisji. To reguła instytucji."))
    return [*found, _("Każda osoba złożyła oświadczenie o bezstronności.")]


def declaration(said: Declaration) -> Document:
    """A member's own word on one candidate, in their name."""
    case = Case(said.application)
    member = said.member.record.account
    questions = (
        (_("Prowadziłam lub prowadziłem szkolenie, w którym kandydat brał udział"), said.trained),
        (_("Jestem krewną lub krewnym kandydata"), said.relative),
        (_("Kandydat jest moim podwładnym"), said.subordinate),
    )
    rows = tuple((question, _("tak") if answer else _("nie")) for question, answer in questions)
    blocks = (
        Paragraph(_("Oświadczam przed oceną tego kandydata:")),
        Table(_("Pytania i odpowiedzi"), (_("Pytanie"), _("Odpowiedź")), rows, widths=(5, 1), row_headers=True),
        Paragraph(_("Wiem, że komisja, w której odpowiedź wyklucza bezstronność, nie może oceniać.")),
        DefinitionList(
            (
                (_("Składa"), named(member)),
                (_("Kiedy"), moment(said.declared_at)),
                (_("Jak"), _("w systemie, po zalogowaniu na własne konto z drugim składnikiem")),
            )
        ),
    )
    return case.document(_("Oświadczenie o bezstronności"), blocks, meta=((_("Członek komisji"), str(member)),))
