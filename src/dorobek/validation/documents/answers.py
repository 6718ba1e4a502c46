"""The answer to an appeal: with what nobody agreed, why so, and what happens now (VA-6)."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from dorobek.kernel.documents import Block, Bullets, Document, Heading, Notice, paragraphs
from dorobek.validation import facts
from dorobek.validation.documents.common import Case, day, moment, named, sentence
from dorobek.validation.enums import AppealAbout, AppealState
from dorobek.validation.models import Appeal


def appeal_answer(appeal: Appeal) -> Document:
    """Made after what follows from it was done, so that it tells what really happens."""
    case = Case(appeal.application)
    upheld = appeal.state == AppealState.UPHELD
    rows = (
        (_("O co chodzi"), str(AppealAbout(appeal.about).label)),
        (_("Odwołanie z dnia"), moment(appeal.filed_at)),
        (_("Odpowiedź do"), day(appeal.due_on)),
        (_("Odpowiada"), _("%(who)s, %(when)s") % {"who": named(appeal.answered_by), "when": moment(_answered(appeal))}),
    )  # fmt: skip
    result = _("Odwołanie uwzględniamy.") if upheld else _("Odwołania nie uwzględniamy.")
    blocks: tuple[Block, ...] = (
        Notice(result, title=_("Odpowiedź")),
        Heading(1, _("Z czym się nie zgodzono")),
        *paragraphs(appeal.reason, quote=True),
        Heading(1, _("Uzasadnienie")),
        *paragraphs(appeal.answer),
        Heading(1, _("Co dalej")),
        Bullets(tuple(_upheld(case, appeal) if upheld else _rejected(appeal))),
    )
    return case.document(_("Odpowiedź na odwołanie"), blocks, meta=rows)


def _answered(appeal: Appeal) -> dt.datetime:
    assert appeal.answered_at is not None
    return appeal.answered_at


def _upheld(case: Case, appeal: Appeal) -> Iterator[str]:
    application = case.application
    told = {
        AppealAbout.REFUSAL: _("Odmowa przestaje obowiązywać. Zgłoszenie jest dopuszczone i sprawa toczy się dalej."),
        AppealAbout.FEE: _("Opłaty, której jeszcze nie zapłacono, nie trzeba płacić."),
        AppealAbout.ADJUSTMENT: _("Dostosowanie będzie zrobione."),
        AppealAbout.REVOCATION: _(
            "Certyfikat jest znowu ważny, z tym samym numerem. W portfelu jest nowe cyfrowe poświadczenie; wycofane zostaje wycofane."
        ),
    }
    if words := told.get(AppealAbout(appeal.about)):
        yield words
    if application.round > appeal.round:
        yield from _judged_again(case, appeal)
    elif appeal.about == AppealAbout.RESULT:
        yield _("Wszystkie efekty są potwierdzone, więc nikt nie musi ich oceniać jeszcze raz. Teraz ruch instytucji.")
    elif not words:
        yield _("Sprawa toczy się dalej, z uwzględnieniem tego, co napisano w odwołaniu.")


def _judged_again(case: Case, appeal: Appeal) -> Iterator[str]:
    """By whom, what exactly, and what stands."""
    application = case.application
    stands = [code for code in case.outcomes if code in application.carried]
    again = [f"{code} {sentence(text)}" for code, text in case.outcomes.items() if code not in stands]
    yield _("Oceni inna komisja, złożona z innych osób. Damy znać, kiedy i gdzie.")
    yield _("Oceni tylko to: %s.") % "; ".join(again)
    if stands:
        yield _("Potwierdzone efekty zostają i nikt nie ocenia ich jeszcze raz: %s.") % ", ".join(stands)
    decision = application.decisions.filter(round=appeal.round).first()
    if decision is not None and facts.confirmed_in(decision) - set(application.carried):
        yield _(
            "Poprzednia komisja nie mogła oceniać zgodnie z regułami, więc całej tej oceny certyfikat nie może "
            "przyjąć za podstawę. Wyniki, które potwierdziła, zostają na koncie na stałe."
        )


def _rejected(appeal: Appeal) -> Iterator[str]:
    yield _("Poprzednie rozstrzygnięcie zostaje bez zmian. To, co potwierdzono, zostaje na stałe.")
    if appeal.about == AppealAbout.RESULT:
        yield _("Można zgłosić się na inny termin i pokazać tylko to, czego jeszcze brakuje.")
