"""Faults, broken rules, risks and proofs as a person reads them: what it is, and what to do about it (DP-4)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.teryt import display, is_valid_code
from dorobek.offers.models import Edition
from dorobek.plans.planning import sources
from dorobek.plans.planning.attending import attended, attending_risks
from dorobek.plans.planning.shapes import Basis, LeftOut, Told
from dorobek.plans.routes import Answer, Broken, Fault, Level, Risk, Worry


def zlotys(grosze: int) -> str:
    """ "1 234,05 zł", without no-break spaces: documents and letters use it too."""
    whole, rest = divmod(abs(grosze), 100)
    return f"{'-' if grosze < 0 else ''}{whole:,}".replace(",", " ") + f",{rest:02d} zł"


def day(value: dt.date | str | None) -> str:
    """27.11.2026."""
    if not value:
        return ""
    found = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found:%d.%m.%Y}"


def days(starts: dt.date, ends: dt.date) -> str:
    """ "27.11.2026" or "27.11.2026 - 4.12.2026"."""
    return day(starts) if starts == ends else f"{day(starts)} - {day(ends)}"


def powiat(code: str) -> str:
    return display(code) if is_valid_code(code) else code


# ---- faults ----


def fault_text(fault: Fault) -> str:
    """Why something cannot be planned with, or what is wrong with the limits."""
    texts = {
        "place-unknown": _("nie wiadomo, gdzie to jest: „%(value)s” nie jest powiatem"),
        "price-negative": _("cena jest ujemna"),
        "price-absurd": _("cena przekracza 100 000 zł"),
        "ends-before-start": _("koniec wypada przed początkiem"),
        "date-past": _("termin już minął"),
        "date-absurd": _("termin jest za daleko"),
        "hours-absurd": _("liczba godzin nie może być prawdziwa"),
        "course-unknown": _("wymaga czegoś, czego w tym czasie nie ma w ofercie"),
        "need-circle": _("wymaga siebie samego: warunki w ofercie zapętlają się"),
        "need-unclear": _("nie wiadomo, czego wymaga"),
        "no-places": _("nie ma już miejsc"),
        "body-not-entitled": _("rejestr nie podaje, że ta instytucja może to w tym czasie walidować"),
        "months-absurd": _("liczba miesięcy powinna być od 1 do 120"),
        "at-once-absurd": _("naraz trzeba móc robić co najmniej jedną rzecz"),
        "time-of-day": _("godziny pracy są pomylone"),
    }
    return texts.get(fault.code, _("dane z oferty są sprzeczne (%(code)s)")) % {
        "value": fault.value,
        "code": fault.code,
    }


def left_out_text(one: LeftOut) -> str:
    return f"{one.title}: {fault_text(one.fault)}."


# ---- broken rules ----


def broken_told(basis: Basis, broken: Broken) -> Told:
    """A rule that a choice breaks, with names, and what would mend it."""
    titles = ", ".join(f"„{_title(basis, code)}”" for code in broken.options)
    about = broken.about
    values = {"titles": titles, "by": broken.by, "about": about, "money": zlotys(broken.by)}
    text, repair = _broken_texts().get(broken.rule, (_("Ten wybór łamie regułę %(rule)s: %(titles)s."), ""))
    values |= {
        "rule": broken.rule, "place": powiat(about), "day": day(about) if _is_day(about) else about,
        "course": _course(basis, about), "gap": _gap(basis, about), "times": _times(basis, broken.options),
    }  # fmt: skip
    if broken.rule == "unknown":
        values["gone"] = _bought_text(basis, broken.options[0]) or gone_text(broken.options[0])
    return Told(text % values, repair, broken.options[0] if broken.options else "")


def _broken_texts() -> dict[str, tuple[str, str]]:
    """Rule to what is said of it and what would mend it, in the language of the moment."""
    return {**_texts_of_one(), **_texts_of_many()}


def _texts_of_one() -> dict[str, tuple[str, str]]:
    """Rules about one thing by itself."""
    return {
        "started": (_("%(titles)s już się zaczęło."), _("Proszę wybrać późniejszy termin.")),
        "too-late": (
            _("%(titles)s kończy się za późno (dni po podanym terminie: %(by)d)."),
            _("Proszę wybrać wcześniejszy termin albo dodać miesięcy."),
        ),
        "too-far": (
            _("%(titles)s odbywa się za daleko: %(place)s."),
            _("Proszę wybrać zajęcia bliżej, zdalne, albo zmienić dojazd."),
        ),
        "not-entitled": (_("Do %(titles)s potrzeba uprawnienia: %(about)s."), ""),
        "at-work": (
            _("%(titles)s wypada w godzinach pracy (%(times)s), pierwszy raz %(day)s."),
            _("Proszę wybrać inny termin albo zajęcia zdalne bez stałych godzin."),
        ),
        "bought": (_("%(titles)s jest już kupione bonem."), _("Proszę to usunąć z wyboru.")),
        "bought-overlap": (
            _("%(titles)s: zajęcia są w tym samym czasie co szkolenie już kupione bonem, pierwszy raz %(day)s."),
            _("Proszę wybrać inny termin."),
        ),
        "unknown": (_("%(gone)s"), _("Proszę wybrać coś innego.")),
    }


def _texts_of_many() -> dict[str, tuple[str, str]]:
    """Rules about what is chosen together."""
    return {
        "one-edition": (_("To samo jest wybrane więcej niż raz: %(titles)s."), _("Proszę zostawić jeden termin.")),
        "own-money": (
            _("Brakuje %(money)s własnych pieniędzy."),
            _("Proszę coś usunąć, wybrać tańszy termin albo podać większą kwotę."),
        ),
        "hours-total": (_("Za dużo godzin o %(by)d."), _("Proszę coś usunąć.")),
        "hours-week": (
            _("W tygodniu od %(day)s zajęcia przekraczają podany czas o %(by)d godz.: %(titles)s."),
            _("Proszę wybrać inny termin albo podać więcej godzin w tygodniu."),
        ),
        "at-once": (
            _("Od %(day)s za dużo rzeczy trwa naraz: %(titles)s."),
            _("Proszę przesunąć jedną z nich albo zgodzić się na więcej naraz."),
        ),
        "meetings-overlap": (
            _("%(titles)s: zajęcia są w tym samym czasie, pierwszy raz %(day)s."),
            _("Proszę zmienić termin jednej z tych rzeczy."),
        ),
        "need-course": (
            _("Przed %(titles)s trzeba skończyć „%(course)s”."),
            _("Proszę dodać ten kurs z terminem, który kończy się wcześniej."),
        ),
        "need-gap": (_("Na %(titles)s jeszcze za wcześnie: najpierw trzeba umieć „%(gap)s”."), ""),
    }


def _bought_text(basis: Basis, code: str) -> str:
    """Something of which a place is bought already is not planned with again. One statement, where anything is bought."""
    edition = _edition(code) if basis.bought and not sources.is_known(code) else None
    held = {one.title: one.number for one in basis.bought}
    if edition is None or edition.service.title not in held:
        return ""
    values = {"title": edition.service.title, "number": held[edition.service.title]}
    return _("„%(title)s” jest już kupione bonem %(number)s i liczy się samo.") % values


def gone_text(code: str) -> str:
    """Why an option is not among those that can be planned with. One statement, or those of the room it comes from."""
    if sources.is_known(code):
        held = sources.now([code]).get(code)
        if held is None:
            return _("Jednej z wybranych rzeczy już nie ma.")
        return f"„{held.title}”: {held.gone}" if held.gone else _not_fitting() % {"title": held.title}
    edition = _edition(code)
    if edition is None:
        return _("Jednej z wybranych rzeczy nie ma w ofercie.")
    title = edition.service.title
    if edition.withdrawn_at is not None:
        return _("Dostawca wycofał termin „%(title)s”.") % {"title": title}
    if edition.enrol_until < timezone.localdate():
        return _("Zapisy na „%(title)s” już się skończyły.") % {"title": title}
    return _not_fitting() % {"title": title}


def _not_fitting() -> str:
    return _("„%(title)s” w tym terminie nie pasuje do celu albo do podanego czasu, albo nie ma już miejsc.")


def _edition(code: str) -> Edition | None:
    try:
        uid = uuid.UUID(code)
    except ValueError:
        return None
    return Edition.objects.select_related("service").filter(uid=uid).first()


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == "-" == text[7]


def _title(basis: Basis, code: str) -> str:
    return basis.offered[code].title if code in basis.offered else code


def _course(basis: Basis, course: str) -> str:
    return next((one.title for one in basis.problem.options if one.course == course), _("inny kurs"))


def _times(basis: Basis, codes: Sequence[str]) -> str:
    """When the things concerned meet."""
    options = [option for code in codes if (option := basis.option(code))]
    return "; ".join(filter(None, (attended(basis, option) for option in options)))


def _gap(basis: Basis, code: str) -> str:
    return next((gap.title for gap in basis.problem.gaps if gap.code == code), code)


# ---- risks ----


def risks_told(basis: Basis, answer: Answer) -> list[Told]:
    """What may go wrong, each with what to do then; what the offer does not say comes last."""
    found = [_risk(basis, risk) for risk in answer.risks if not _of_no_date(basis, risk)]
    for option in answer.options:
        offered = basis.offered.get(option.code)
        if offered and offered.requires and not option.needs:
            text = _("„%(title)s”: dostawca stawia warunek: %(requires)s") % {
                "title": option.title, "requires": offered.requires[:300],
            }  # fmt: skip
            found.append(Told(text, _("Sprawdzić przed zapisem, czy warunek jest spełniony."), option.code))
    found += attending_risks(basis, answer.options)
    if basis.money.expected and answer.sum.voucher:
        text = _("Bon przysługuje dopiero po zakończeniu bilansu; kwoty są policzone tak, jakby już był.")
        found.append(Told(text, _("Najpierw zakończyć bilans, potem kupować.")))
    return found


def _of_no_date(basis: Basis, risk: Risk) -> bool:
    """A worry about a date, of something that may begin in any week."""
    offered = basis.offered.get(risk.option)
    return bool(offered and offered.flexible) and risk.worry in (Worry.STARTS_SOON, Worry.SINGLE_EDITION)


def _risk(basis: Basis, risk: Risk) -> Told:
    title = _title(basis, risk.option)
    values = {"title": title, "number": risk.number, "money": zlotys(risk.number)}
    texts = {
        Worry.FEW_PLACES: (
            _("„%(title)s”: zostało miejsc: %(number)d."),
            _("Zapisać się od razu; w zapasie mieć inny termin."),
        ),
        Worry.STARTS_SOON: (
            _("„%(title)s” zaczyna się niedługo (dni do początku: %(number)d)."),
            _("Zapisać się jeszcze w tym tygodniu."),
        ),
        Worry.SINGLE_EDITION: (
            _("„%(title)s” ma w ofercie tylko ten jeden termin."),
            _("Gdyby nie doszedł do skutku, przeliczyć drogę jeszcze raz."),
        ),
        Worry.FAR: (
            _("„%(title)s” jest daleko od domu.")
            if risk.number < 0
            else _("„%(title)s” jest daleko od domu: %(number)d minut w jedną stronę."),
            _("Sprawdzić dojazd w obie strony, zanim się zapiszemy."),
        ),
        Worry.FULL_WEEK: (
            _("W najgęstszym tygodniu nie zostaje ani jedna wolna godzina."),
            _("Uprzedzić rodzinę i pracodawcę albo rozłożyć naukę na dłużej."),
        ),
        Worry.TIGHT_NEED: (
            _("„%(title)s” zaczyna się zaraz po tym, co trzeba skończyć wcześniej (dni przerwy: %(number)d)."),
            _("Zapytać dostawcę, czy zaświadczenie będzie na czas."),
        ),
        Worry.MONEY_USED_UP: (
            _("Z własnych pieniędzy prawie nic nie zostaje: %(money)s."),
            _("Odłożyć coś na dojazdy i materiały."),
        ),
    }
    text, repair = texts[risk.worry]
    return Told(text % values, repair, risk.option)


# ---- proofs ----


def proof_text(answer: Answer) -> str:
    """How good the route is for certain: proven best, or how far from best it can be at most."""
    if not answer.wishes:
        return _("To szybki szkic: spełnia wszystkie warunki, ale może da się lepiej.")
    if answer.proven:
        texts = {
            "cheapest": _("Sprawdzone: przy tych warunkach nie ma tańszej drogi, która zamyka tyle samo."),
            "soonest": _("Sprawdzone: przy tych warunkach nie ma szybszej drogi, która zamyka tyle samo."),
            "widest": _("Sprawdzone: przy tych warunkach nie ma drogi, która zamyka więcej."),
        }
        return texts[str(answer.route)]
    far = answer.far_from_best
    assert far is not None, "a route that is not proven says how far it is"
    wish, by = far
    whole = answer.sum.points_all if wish.level is Level.POINTS else answer.sum.essential_all
    texts = {
        Level.OWN: _("Czas na sprawdzanie minął: może być droga tańsza, najwyżej o %(money)s."),
        Level.PRICE: _("Czas na sprawdzanie minął: może być droga tańsza, najwyżej o %(money)s."),
        Level.ENDS: _("Czas na sprawdzanie minął: może być droga szybsza, najwyżej o %(by)d dni."),
        Level.POINTS: _("Czas na sprawdzanie minął: może być droga szersza, najwyżej o %(percent)d %% wszystkich luk."),
        Level.ESSENTIAL: _(
            "Czas na sprawdzanie minął: może być droga, która zamyka więcej tego, co konieczne, najwyżej o %(percent)d %%."
        ),
    }
    return texts[wish.level] % {"money": zlotys(by), "by": by, "percent": -(-100 * by // (whole or 1))}


def length_text(starts: dt.date | None, ends: dt.date | None) -> str:
    """ "3 tygodnie" or "4 mies.", from the first day to the last."""
    if starts is None or ends is None:
        return "-"
    days = (ends - starts).days + 1
    if days <= 1:
        return _("1 dzień")
    if days < 60:
        weeks = -(-days // 7)
        return _("%(number)d tyg.") % {"number": weeks}
    return _("%(number)d mies.") % {"number": round(days / 30.4)}
