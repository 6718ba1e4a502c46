"""What the candidate gets in plain language: the result with what to do next, and a certificate revoked (VA-8)."""

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
from dorobek.validation.carrying import carried_for, codes_carried
from dorobek.validation.documents.common import Case, day, ended, moment, named, sentence, verdict
from dorobek.validation.documents.refusals import how_to_appeal
from dorobek.validation.models import Certificate, Decision
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
    return set(codes_carried(carried_for(case.person, case.application.opening)))


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
    for sheet in application.assessments.counting().filter(round=decision.round).order_by("pk"):
        for mark in sheet.marks.exclude(verdict=Verdict.MET).order_by("pk"):
            kept = found.setdefault(mark.criterion, [])
            if mark.reason and mark.reason not in kept:
                kept.append(mark.reason)
    for one in application.agreed.settled().filter(round=decision.round):
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
            _(
                "Jeśli odwołanie będzie uwzględnione, inna komisja oceni to, co niepotwierdzone. Potwierdzonych efektów "
                "nikt nie ocenia jeszcze raz."
            ),
        )
    )  # fmt: skip


def _fallen(case: Case, certificate: Certificate) -> list[str]:
    """Outcomes that have to be shown again, in the words of the entry."""
    codes = certificate.suspended.order_by("outcome").values_list("outcome", flat=True)
    if not codes:
        return [
            _("Potwierdzone efekty uczenia się zostają: przy następnej walidacji nikt nie sprawdza ich jeszcze raz.")
        ]
    words = _("Przy następnej walidacji trzeba będzie pokazać jeszcze raz: %s.")
    return [words % "; ".join(_outcome(case, code) for code in codes if code in case.outcomes)]


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
                *_fallen(case, certificate),
                _("Jeśli to pomyłka, proszę do nas napisać: %s.") % contact if contact
                else _("Jeśli to pomyłka, proszę do nas napisać."),
            )
        ),
        Heading(1, _("Odwołanie")),
        Bullets(tuple(how_to_appeal(certificate.application, timezone.localdate(certificate.revoked_at)))),
    )  # fmt: skip
    return case.document(_("Unieważnienie certyfikatu"), blocks, meta=meta)
