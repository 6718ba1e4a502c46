"""What the candidate gets in plain language: the result with what to do next, and the answer to an appeal (VA-6, VA-8)."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.documents import (
    Block,
    Bullets,
    DefinitionList,
    Document,
    Heading,
    Notice,
    Numbered,
    Paragraph,
    paragraphs,
)
from dorobek.validation.documents.common import Case, day, ended, moment, named, sentence, verdict
from dorobek.validation.enums import AppealState
from dorobek.validation.models import Appeal, Application, Certificate, Decision, PartialResult
from dorobek.validation.rules import Verdict


def letter(decision: Decision) -> Document:
    """The result: what is confirmed, what not yet and why, what to do next, how and until when to appeal."""
    case = Case(decision.application)
    confirmed = _confirmed(case)
    met = [code for code, one in decision.outcomes.items() if one == Verdict.MET or code in confirmed]
    blocks: list[Block] = [Paragraph(_opening(case, decision, len(met)))]
    if met:
        blocks += [Heading(1, _("Potwierdzone na stałe")), Bullets(tuple(_outcome(case, code) for code in met))]
    open_ones = [code for code in decision.outcomes if code not in met]
    if open_ones:
        blocks += [Heading(1, _("Jeszcze niepotwierdzone i dlaczego")), *_why(case, decision, open_ones)]
    blocks += [Heading(1, _("Co dalej")), Numbered(tuple(_next(case, decision, met, open_ones)))]
    blocks += [Heading(1, _("Odwołanie")), *_appeal(case, decision)]
    meta = ((_("Decyzja z dnia"), day(decision.decided_at)),)
    return case.document(_("Wynik walidacji"), blocks, meta=meta)


def _confirmed(case: Case) -> set[str]:
    """Outcomes confirmed to the person for good, in an earlier round or validation too, as the entry words them now."""
    held = PartialResult.objects.filter(person=case.person, qualification=case.entry.code)
    return {one.outcome for one in held if case.outcomes.get(one.outcome) == one.wording}


def last_day(decision: Decision) -> dt.date:
    """The last day for an appeal against a decision."""
    return timezone.localdate(decision.decided_at) + dt.timedelta(decision.application.opening.appeal_days)


def _opening(case: Case, decision: Decision, met: int) -> str:
    count = len(decision.outcomes)
    if decision.whole == Verdict.MET:
        return case.by_form(
            madam=_("Gratulujemy. Komisja potwierdziła, że umie Pani wszystko, czego wymaga ta kwalifikacja."),
            sir=_("Gratulujemy. Komisja potwierdziła, że umie Pan wszystko, czego wymaga ta kwalifikacja."),
            neutral=_("Gratulujemy. Komisja potwierdziła wszystko, czego wymaga ta kwalifikacja."),
        )
    if not met:
        return _(
            "Komisja nie potwierdziła jeszcze żadnego efektu uczenia się. Poniżej jest napisane dlaczego i co dalej."
        )
    told = _("Potwierdzone efekty uczenia się: %(met)d z %(count)d. To, co potwierdzone, zostaje na stałe.")
    return told % {"met": met, "count": count}


def _outcome(case: Case, code: str) -> str:
    return f"{code} {sentence(case.outcomes[code])}"


def _why(case: Case, decision: Decision, codes: list[str]) -> Iterator[Block]:
    reasons = _reasons(decision)
    for code in codes:
        yield Heading(2, _outcome(case, code))
        judged = {
            one: verdict for one, verdict in decision.criteria.items() if one == code or one.startswith(f"{code}.")
        }
        rows = []
        for criterion, result in judged.items():
            if result != Verdict.MET:
                said = [verdict(result), *reasons.get(criterion, [])]
                told = " ".join(ended(one) for one in said)
                rows.append((f"{criterion} {case.criteria.get(criterion, '')}", told))
        yield DefinitionList(tuple(rows))


def _reasons(decision: Decision) -> dict[str, list[str]]:
    """The commission's own words where it talked, otherwise those of its members; each once, without names."""
    application, found = decision.application, dict[str, list[str]]()
    for sheet in application.assessments.filter(round=decision.round).order_by("pk"):
        for mark in sheet.marks.exclude(verdict=Verdict.MET).order_by("pk"):
            kept = found.setdefault(mark.criterion, [])
            if mark.reason and mark.reason not in kept:
                kept.append(mark.reason)
    for one in application.agreed.filter(round=decision.round):
        found[one.criterion] = [one.reason]
    return found


def _next(case: Case, decision: Decision, met: list[str], open_ones: list[str]) -> Iterator[str]:
    if decision.whole == Verdict.MET:
        yield _("Wystawimy certyfikat. Będzie na stronie zgłoszenia, do pobrania i wydruku, z kodem do sprawdzenia.")
        yield _("Cyfrowe poświadczenie dołączymy do portfela. Można je wysłać pracodawcy, a on sprawdzi je sam.")
        return
    if met:
        yield _(
            "Potwierdzone efekty zostają na stałe. Przy następnej walidacji tej kwalifikacji nie trzeba ich pokazywać "
            "jeszcze raz, dopóki wpis w rejestrze opisuje je tymi samymi słowami."
        )
    if open_ones:
        left = _("Do pokazania zostaje jeszcze: %s. Można to poćwiczyć i zgłosić się na inny termin.")
        yield left % ", ".join(open_ones)
    yield _("Terminy są na stronie walidacji. W zgłoszeniu nie trzeba wpisywać niczego od nowa.")
    yield _("Doradca walidacyjny pomoże ustalić, czego jeszcze brakuje. Proszę napisać lub zadzwonić do instytucji.")


def _appeal(case: Case, decision: Decision) -> Iterator[Block]:
    opening, office = decision.application.opening, case.institution
    yield Paragraph(
        _("Z wynikiem można się nie zgodzić. Odwołanie można złożyć do %(day)s.") % {"day": day(last_day(decision))}
    )
    where = ", ".join(part for part in (office.address, office.email) if part)
    yield Bullets(
        (
            _("Jak: na stronie swojego zgłoszenia, przyciskiem „Złóż odwołanie”. Wystarczy napisać, z czym i dlaczego."),
            _("Bez komputera: pismem do instytucji (%s).") % where if where else _("Bez komputera: pismem do instytucji."),
            _("Kto odpowie: osoba, która nie oceniała i nie wydawała tej decyzji, najpóźniej w ciągu %d dni.") % opening.answer_days,
            _("Jeśli odwołanie będzie uwzględnione, oceni inna komisja. To, co już potwierdzone, zostaje."),
        )
    )  # fmt: skip


def appeal_answer(appeal: Appeal) -> Document:
    """The answer with its reasons, and what happens now."""
    application = appeal.application
    case = Case(application)
    upheld = appeal.state == AppealState.UPHELD
    rows = (
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
        Bullets(tuple(_after_appeal(application, upheld))),
    )
    return case.document(_("Odpowiedź na odwołanie"), blocks, meta=rows)


def _answered(appeal: Appeal) -> dt.datetime:
    assert appeal.answered_at is not None
    return appeal.answered_at


def _after_appeal(application: Application, upheld: bool) -> Iterator[str]:
    judged = application.assessments.exists()
    if upheld and judged:
        yield _("Oceni inna komisja, złożona z innych osób. Damy znać, kiedy i gdzie.")
        yield _("To, co potwierdzono wcześniej, zostaje potwierdzone.")
        return
    if upheld:
        yield _("Sprawa toczy się dalej, z uwzględnieniem tego, co napisano w odwołaniu.")
        return
    yield _("Poprzednie rozstrzygnięcie zostaje bez zmian. To, co potwierdzono, zostaje na stałe.")
    yield _("Można zgłosić się na inny termin i pokazać tylko to, czego jeszcze brakuje.")


def revocation(certificate: Certificate) -> Document:
    """The holder is told that the certificate no longer counts, why, and what stays."""
    case = Case(certificate.application)
    assert certificate.revoked_at is not None
    meta = (
        (_("Numer certyfikatu"), certificate.number),
        (_("Wydany"), day(certificate.issued_on)),
        (_("Unieważniony"), moment(certificate.revoked_at)),
        (_("Decyduje"), named(certificate.revoked_by)),
    )
    contact = ", ".join(part for part in (case.institution.address, case.institution.email) if part)
    blocks: tuple[Block, ...] = (
        Notice(_("Ten certyfikat nie jest już ważny. Każdy, kto go sprawdzi, zobaczy tę informację."), title=_("Ważne")),
        Heading(1, _("Dlaczego")),
        *paragraphs(certificate.revocation_reason),
        Heading(1, _("Co dalej")),
        Bullets(
            (
                _("Jeśli w portfelu jest cyfrowe poświadczenie, ono też nie jest już ważne."),
                _("Certyfikatu nie należy już pokazywać jako ważnego."),
                _("Jeśli to pomyłka, proszę do nas napisać: %s.") % contact if contact
                else _("Jeśli to pomyłka, proszę do nas napisać."),
            )
        ),
    )  # fmt: skip
    return case.document(_("Unieważnienie certyfikatu"), blocks, meta=meta)
