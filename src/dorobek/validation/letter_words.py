"""What letters about a case say. No result, no name and no reason stands in them: who signs in reads the rest."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.audits.documents.words import by_form
from dorobek.credentials.addresses import origin
from dorobek.people.models import Person
from dorobek.validation.models import Application
from dorobek.validation.rules.moves import Step

REMIND = "remind"


@dataclass(frozen=True)
class Letter:
    """`needed`: the candidate cannot turn it off, for a right or a duty hangs on it."""

    subject: Callable[[], str]
    body: Callable[[Person], str]
    needed: bool = True


def _result(person: Person) -> str:
    return by_form(
        person,
        madam=_("Wynik walidacji czeka na Panią w Dorobku."),
        sir=_("Wynik walidacji czeka na Pana w Dorobku."),
        neutral=_("Wynik walidacji czeka w Dorobku."),
    )


TO_CANDIDATE: dict[str, Letter] = {
    "validation.submitted": Letter(
        lambda: _("Zgłoszenie do walidacji jest wysłane"),
        lambda _p: _("Zgłoszenie dotarło do instytucji. Doradca walidacyjny sprawdza teraz dowody."),
        needed=False,
    ),
    "validation.documented": Letter(
        lambda: _("Zbieranie dowodów jest zakończone"),
        lambda _p: _("Doradca zakończył zbieranie dowodów. Teraz instytucja wyznacza komisję."),
        needed=False,
    ),
    "validation.refused": Letter(
        lambda: _("Pismo w sprawie walidacji"),
        lambda _p: _("W Dorobku czeka pismo w sprawie zgłoszenia. Jest w nim termin, którego warto pilnować."),
    ),
    "validation.sitting-set": Letter(
        lambda: _("Wyznaczono spotkanie z komisją"),
        lambda _p: _("Dzień, godzina i miejsce spotkania z komisją są w Dorobku."),
    ),
    "validation.appointed": Letter(
        lambda: _("Komisja walidacyjna jest powołana"),
        lambda _p: _("Skład komisji jest w Dorobku. Jeśli coś łączy Panią/Pana z kimś z niej, można zgłosić sprzeciw."),
    ),
    "validation.member-replaced": Letter(
        lambda: _("Zmieniono osobę w komisji"),
        lambda _p: _("Skład komisji jest w Dorobku. Jeśli coś łączy Panią/Pana z kimś z niej, można zgłosić sprzeciw."),
    ),
    "validation.decided": Letter(lambda: _("Wynik walidacji czeka"), _result),
    "validation.certified": Letter(
        lambda: _("Nowy dokument z walidacji"),
        lambda _p: _("W Dorobku czeka nowy dokument z walidacji."),
        needed=False,
    ),
    "validation.appealed": Letter(
        lambda: _("Odwołanie jest złożone"),
        lambda _p: _("Odwołanie dotarło do instytucji. W Dorobku widać, do kiedy będzie odpowiedź."),
        needed=False,
    ),
    "validation.appeal-answered": Letter(
        lambda: _("Jest odpowiedź na odwołanie"),
        lambda _p: _("Odpowiedź na odwołanie czeka w Dorobku."),
    ),
    "validation.certificate-revoked": Letter(
        lambda: _("Pismo w sprawie certyfikatu"),
        lambda _p: _("W Dorobku czeka pismo w sprawie certyfikatu. Jest w nim termin, którego warto pilnować."),
    ),
    "validation.fee-answered": Letter(
        lambda: _("Jest odpowiedź na prośbę w sprawie opłaty"),
        lambda _p: _("Odpowiedź na prośbę w sprawie opłaty czeka w Dorobku."),
    ),
    "validation.adjustment-answered": Letter(
        lambda: _("Jest odpowiedź na prośbę o dostosowanie"),
        lambda _p: _("Odpowiedź na prośbę o dostosowanie czeka w Dorobku."),
    ),
    f"{REMIND}:submit": Letter(
        lambda: _("Zgłoszenie do walidacji nie jest jeszcze wysłane"),
        lambda _p: _("Zgłoszenie czeka na przejrzenie i wysłanie. Po tym terminie nie da się go już wysłać."),
        needed=False,
    ),
    f"{REMIND}:may-appeal": Letter(
        lambda: _("Kończy się czas na odwołanie"),
        lambda _p: _(
            "Od rozstrzygnięcia, które jest w Dorobku, można się jeszcze odwołać. Nic nie trzeba robić, jeśli "
            "Pani/Pan się z nim zgadza."
        ),
        needed=False,
    ),
    f"{REMIND}:fee": Letter(
        lambda: _("Opłata za walidację"),
        lambda _p: _(
            "Zbliża się termin opłaty za walidację. W Dorobku jest kwota, numer rachunku i tytuł wpłaty. Można "
            "też prosić o niższą opłatę albo zwolnienie."
        ),
        needed=False,
    ),
}


def to_candidate(kind: str, application: Application, due: dt.date | None) -> tuple[str, str]:
    """Subject and text of one letter to the candidate."""
    told = TO_CANDIDATE[kind]
    parts = [_("Dzień dobry,"), told.body(application.person)]
    if due is not None:
        parts.append(_("Ostatni dzień: %s.") % f"{due:%d.%m.%Y}")
    parts.append(f"{origin()}/walidacja/zgloszenie/{application.uid}/")
    if not told.needed:
        parts.append(_("Takie listy można wyłączyć na stronie zgłoszenia."))
    parts.append(application.opening.institution.name)
    return told.subject(), "\n\n".join(parts) + "\n"


def task(step: str) -> str:
    """What the reader has to do, short."""
    return {
        Step.DOCUMENT: _("sprawdzić dowody"),
        Step.PLAN: _("wyznaczyć posiedzenie"),
        Step.COMPOSE: _("ułożyć komisję"),
        Step.DECLARE: _("złożyć oświadczenie"),
        Step.APPOINT: _("powołać komisję"),
        Step.JUDGE: _("ocenić kryteria"),
        Step.AGREE: _("uzgodnić różnice"),
        Step.PUBLISH: _("ogłosić wynik"),
        Step.CERTIFY: _("wydać certyfikat"),
        Step.ANSWER_FEE: _("odpowiedzieć na prośbę w sprawie opłaty"),
        Step.ANSWER: _("odpowiedzieć na odwołanie"),
    }[Step(step)]


PLACES = {
    Step.DOCUMENT: "walidacja/doradca/",
    Step.DECLARE: "walidacja/ocena/",
    Step.JUDGE: "walidacja/ocena/",
    Step.AGREE: "walidacja/ocena/",
    Step.ANSWER: "walidacja/biuro/odwolania/",
}


def line(number: str, step: str, due: dt.date | None, late: bool) -> str:
    """One case in a letter to somebody who works on it, by its number."""
    when = _(", najpóźniej %s") % f"{due:%d.%m.%Y}" if due else ""
    return f"- {number}: {task(step)}{when}" + (_(" (po terminie)") if late else "")


def to_staff(lines: list[str], steps: set[str]) -> tuple[str, str]:
    """Subject and text of a letter about all that waits for one reader."""
    places = sorted({f"{origin()}/{PLACES.get(Step(one), 'walidacja/biuro/')}" for one in steps})
    shown, more = lines[:MOST_LINES], len(lines) - MOST_LINES
    rest = [_("i jeszcze spraw: %d") % more] if more > 0 else []
    parts = [_("Dzień dobry,"), _("w walidacji czeka na Panią/Pana:"), "\n".join([*shown, *rest]), "\n".join(places)]
    return _("Walidacja: sprawy, które czekają (%d)") % len(lines), "\n\n".join(parts) + "\n"


MOST_LINES = 20
