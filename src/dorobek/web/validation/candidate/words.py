"""What the steps of a validation are called for the candidate and the adviser."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.validation.enums import AppealAbout, ApplicationState
from dorobek.validation.models import Application
from dorobek.validation.rules.moves import Move, Mover, Step

PHASE = {
    ApplicationState.DRAFT: 0,
    ApplicationState.SUBMITTED: 1,
    ApplicationState.DOCUMENTED: 2,
    ApplicationState.APPOINTED: 2,
    ApplicationState.DECIDED: 3,
    ApplicationState.CERTIFIED: 4,
    ApplicationState.REFUSED: 1,
}


def phases(state: str) -> list[tuple[str, str]]:
    """The four phases of VA-1 as components/path.html takes them."""
    names = (_("Dowody"), _("Doradca"), _("Komisja"), _("Decyzja"))
    at = PHASE.get(ApplicationState(state), -1)
    return [(name, "done" if place < at else "now" if place == at else "") for place, name in enumerate(names)]


def mover(who: Mover) -> str:
    return {
        Mover.CANDIDATE: _("Pani/Pan"),
        Mover.ADVISER: _("doradca walidacyjny"),
        Mover.OFFICER: _("instytucja"),
        Mover.COMMISSION: _("komisja"),
        Mover.APPEALS: _("osoba, która rozpatruje odwołanie"),
        Mover.NOBODY: _("nikt"),
    }[who]


def step(what: Step) -> str:
    """What the next move is, as a sentence for the candidate."""
    return {
        Step.SUBMIT: _("Proszę przejrzeć dowody i wysłać zgłoszenie."),
        Step.DOCUMENT: _("Doradca walidacyjny sprawdza dowody i powie, czego jeszcze brakuje."),
        Step.PLAN: _("Instytucja wyznacza dzień spotkania z komisją."),
        Step.COMPOSE: _("Instytucja układa komisję."),
        Step.DECLARE: _("Członkowie komisji oświadczają, że są bezstronni."),
        Step.APPOINT: _("Instytucja powołuje komisję."),
        Step.JUDGE: _("Każdy członek komisji ocenia osobno."),
        Step.AGREE: _("Komisja rozmawia o ocenach przed ogłoszeniem wyniku."),
        Step.PUBLISH: _("Komisja skończyła. Instytucja ogłasza wynik."),
        Step.CERTIFY: _("Wszystko jest potwierdzone. Instytucja wydaje certyfikat."),
        Step.MAY_APPEAL: _("Decyzja jest wydana. Można się odwołać."),
        Step.ANSWER_FEE: _("Instytucja odpowiada na prośbę w sprawie opłaty."),
        Step.ANSWER: _("Odwołanie rozpatruje ktoś, kto nie oceniał za pierwszym razem."),
        Step.NOTHING: _("Nic nie trzeba robić."),
    }[what]


def task(what: Step) -> str:
    """The same for staff, short, for a table."""
    return {
        Step.SUBMIT: _("wysłać zgłoszenie"),
        Step.DOCUMENT: _("sprawdzić dowody"),
        Step.PLAN: _("wyznaczyć posiedzenie"),
        Step.COMPOSE: _("ułożyć komisję"),
        Step.DECLARE: _("złożyć oświadczenia"),
        Step.APPOINT: _("powołać komisję"),
        Step.JUDGE: _("ocenić kryteria"),
        Step.AGREE: _("uzgodnić różnice"),
        Step.PUBLISH: _("ogłosić wynik"),
        Step.CERTIFY: _("wydać certyfikat"),
        Step.MAY_APPEAL: _("może się odwołać"),
        Step.ANSWER_FEE: _("odpowiedzieć na prośbę w sprawie opłaty"),
        Step.ANSWER: _("odpowiedzieć na odwołanie"),
        Step.NOTHING: "-",
    }[what]


def told(application: Application, move: Move, today: dt.date | None = None) -> dict[str, Any]:
    """A move ready to print: whose, what, by when, and whether it runs late."""
    over = {
        ApplicationState.CERTIFIED: _("Certyfikat jest wydany."),
        ApplicationState.WITHDRAWN: _("Zgłoszenie jest wycofane."),
        ApplicationState.REFUSED: _("Instytucja odmówiła dopuszczenia. Można zgłosić się na inny termin."),
        ApplicationState.DECIDED: _("Sprawa jest zakończona. To, co potwierdzone, zostaje na stałe."),
    }
    words = over.get(ApplicationState(application.state), "") if move.step is Step.NOTHING else ""
    return {
        "mine": move.mover is Mover.CANDIDATE,
        "nobody": move.mover is Mover.NOBODY,
        "who": mover(move.mover),
        "what": words or step(move.step),
        "task": task(move.step),
        "due": move.due,
        "late": move.late(today or timezone.localdate()),
    }


def grounds(found: Mapping[AppealAbout, dt.date | None]) -> list[dict[str, Any]]:
    """What can be appealed against, ready to print: `about`, `what` to press, `until` (None: any day of this step)."""
    what = {
        AppealAbout.COURSE: _("Zgłoś sprzeciw wobec przebiegu sprawy"),
        AppealAbout.REFUSAL: _("Odwołaj się od odmowy dopuszczenia"),
        AppealAbout.ADJUSTMENT: _("Odwołaj się od odmowy dostosowania"),
        AppealAbout.FEE: _("Odwołaj się od odmowy w sprawie opłaty"),
        AppealAbout.COMMISSION: _("Zgłoś sprzeciw wobec składu komisji"),
        AppealAbout.RESULT: _("Odwołaj się od wyniku"),
        AppealAbout.REVOCATION: _("Odwołaj się od unieważnienia certyfikatu"),
    }
    return [{"about": str(about), "what": what[about], "until": until} for about, until in found.items()]


def verdict(value: str) -> tuple[str, str, str]:
    """(tone, icon, words) of a verdict, for {% tag %}."""
    return {
        "met": ("ok", "ok", _("Potwierdzone")),
        "not-met": ("bad", "no", _("Niepotwierdzone")),
        "not-shown": ("wait", "half", _("Nie dało się ocenić")),
    }.get(value, ("", "missing", _("Bez oceny")))


def whole(value: str) -> str:
    """The decision on the whole qualification, in a sentence."""
    return {
        "met": _("Komisja potwierdziła wszystko. Kwalifikacja jest Pani/Pana."),
        "not-met": _("Komisja nie potwierdziła wszystkiego. Potwierdzone efekty zostają na stałe."),
        "not-shown": _("Nie wszystko dało się ocenić. Potwierdzone efekty zostają na stałe."),
    }.get(value, "")
