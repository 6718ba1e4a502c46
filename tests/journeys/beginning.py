"""Steps that both kinds of audit begin and end with: registration, talk, card, variant, documents, end."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from dorobek.audits.models import HandedDocument, Meeting, SkillsAudit
from dorobek.audits.queries.card import card_of
from dorobek.audits.rules.sections import required_documents
from tests.journeys.support import Journey, account_of, fill, judge, press, says, visit

WORK = {
    "title": "Kasjerka, potem zastępczyni kierowniczki",
    "organisation": "Sklep „U Zosi”",
    "employment_form": "contract",
    "starts": "wiosna 2009",
    "duties": "Obsługa kasy, zamówienia, grafik dla czterech osób.",
}
SCHOOL = {"title": "Liceum w Zagórkach", "finished": "tak", "starts": "1989", "ends": "1993"}


def person(given: str, family: str) -> dict[str, str | list[str]]:
    """Answers that meet the conditions of the programme."""
    return {
        "given_names": given,
        "family_name": family,
        "address_form": "madam",
        "birth_date": "12.05.1974",
        "identifier_kind": "none",
        "email": f"{given.lower()}@example.org",
        "lives_in": "1201",
        "education": "upper-secondary",
        "statuses": ["employee"],
        "residence": "polish-citizen",
        "consent_taking-part": "on",
        "consent_data-information": "on",
    }


def register(journey: Journey, given: str, family: str) -> None:
    """The adviser writes the person down, sees whether they may take part, and opens the case."""
    page = journey.adviser
    visit(page, reverse("desk"))
    visit(page, reverse("case-new"))
    fill(page, person(given, family))
    press(page, "Sprawdź warunki")
    says(page, "Warunki udziału")
    judge(page)
    assert not SkillsAudit.objects.exists()
    press(page, "Zarejestruj")
    journey.audit = SkillsAudit.objects.select_related("person__account").get()
    says(page, f"Założono sprawę {journey.audit.number}")
    judge(page)
    for name in ("case-eligibility", "case-registration", "case", "cases"):
        visit(page, reverse(name) if name == "cases" else journey.at(name))
    journey.participant = journey.seat(account_of(journey.audit), "phone")
    for name in ("own-home", "own-variant", "own-data", "own-meetings"):
        visit(journey.participant, journey.at(name))


def hold_talk(journey: Journey) -> None:
    """The first talk, arranged and held."""
    page, yesterday = journey.adviser, timezone.localdate() - dt.timedelta(days=1)
    visit(page, journey.at("case-meetings"))
    visit(page, journey.at("case-meeting-new"))
    fill(page, {"kind": "talk", "day": f"{yesterday:%d.%m.%Y}", "clock": "10:00", "minutes": "60"})
    press(page, "Umów")
    judge(page)
    meeting = Meeting.objects.get()
    for name in ("case-meeting", "case-meeting-cancel", "case-meeting-hold"):
        visit(page, journey.at(name, meeting.uid))
    fill(page, {"minutes": "55", "done": "Poznałyśmy się i omówiłyśmy oba rodzaje bilansu."})
    press(page, "Zapisz spotkanie")
    says(page, "Poznałyśmy się")
    judge(page)
    visit(journey.participant, journey.at("own-meetings"))


def fill_card(journey: Journey) -> None:
    """The participant goes through the card: two entries, nothing to add elsewhere."""
    page = journey.participant
    visit(page, journey.at("own-card"))
    entries = {"schools": SCHOOL, "work": WORK}
    account = account_of(journey.audit)
    for view in card_of(account, journey.audit):
        visit(page, journey.at("own-card-section", view.code))
        if view.code in entries:
            visit(page, journey.at("own-card-new", view.code))
            fill(page, dict(entries[view.code]))
            press(page, "Zapisz")
            says(page, str(entries[view.code]["title"]))
            judge(page)
        else:
            press(page, "Nie mam tu nic do dodania")
    assert not any(view.missing for view in card_of(account, journey.audit))
    visit(page, journey.at("own-card"))
    visit(journey.adviser, journey.at("case-card"))


def choose(journey: Journey, variant: str) -> None:
    """The participant chooses between the two."""
    visit(journey.adviser, journey.at("case-variant"))
    page = journey.participant
    visit(page, journey.at("own-variant"))
    fill(page, {"variant": variant})
    press(page, "Wybieram")
    judge(page)
    assert journey.now().variant == variant


def hand_over_documents(journey: Journey) -> None:
    """The adviser looks at the drafts and hands over everything at once."""
    page = journey.adviser
    visit(page, journey.at("case-documents"))
    kinds = required_documents(journey.audit.rules, journey.now().variant)
    visit(page, journey.at("case-document-preview", str(kinds[0])))
    visit(page, journey.at("case-documents"))
    press(page, "Przekaż wszystkie dokumenty")
    says(page, "Dokumenty są gotowe i przekazane.")
    judge(page)
    handed = HandedDocument.objects.filter(audit=journey.audit)
    assert {one.kind for one in handed} == {str(kind) for kind in kinds}
    visit(page, journey.at("case-document", handed[0].uid))
    visit(page, journey.at("case-documents-check"))


def accept_documents(journey: Journey) -> None:
    """The participant reads and accepts each; the first is also taken away as a PDF."""
    page = journey.participant
    visit(page, journey.at("own-documents"))
    documents = list(HandedDocument.objects.filter(audit=journey.audit).order_by("pk"))
    with page.expect_download() as taken:
        page.evaluate("url => { location.href = url }", journey.at("own-document-file", documents[0].uid, "pdf"))
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    for one in documents:
        visit(page, journey.at("own-document", one.uid))
        fill(page, {"answer": "przyjmuje"})
        press(page, "Zapisz odpowiedź")
    judge(page)
    visit(page, journey.at("own-documents-check"))
    assert not HandedDocument.objects.filter(audit=journey.audit, accepted_at=None).exists()


def finish(journey: Journey) -> None:
    """The adviser ends the audit; both still read it afterwards."""
    page = journey.adviser
    visit(page, journey.at("case-finish"))
    press(page, "Tak, zapisz")
    judge(page)
    assert journey.now().stage == "finished"
    for name in ("case", "case-history", "case-documents", "case-reopen"):
        visit(page, journey.at(name))
    for name in ("own-home", "own-documents", "own-history"):
        visit(journey.participant, journey.at(name))
