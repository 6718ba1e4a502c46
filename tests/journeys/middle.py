"""Steps of an in-depth audit between the choice and the documents: agreement, interviews, competences, plan, reports."""

from django.urls import reverse

from dorobek.audits.documents.sections import SECTIONS
from dorobek.audits.models import Agreement, Episode, InterviewAnswer, LifeEvent, Synthesis
from dorobek.audits.rules.sections import required_documents
from dorobek.plans.models import Goal, Scenario, ScenarioAction
from dorobek.portfolio.models import Competence, Evidence, EvidenceRating, Share
from tests.journeys.support import Journey, fill, follow, judge, press, says, visit

WORDING = "Rozlicza kasę na koniec zmiany"
STORY = {
    "sytuacja": {"situation": "Wigilia, sama na kasie, brakuje 340 zł."},
    "zadanie": {"task": "Znaleźć różnicę przed zamknięciem."},
    "dzialanie": {"action": "Sprawdziłam paragony godzina po godzinie."},
    "wynik": {"result": "Dostawca dostał gotówkę bez pokwitowania."},
    "przydalo-sie": {"useful": "Spokój i porządek w papierach."},
    "dowod": {"documentable": "Zeszyt rozliczeń.", "evidence_missing": ""},
}


def agree(journey: Journey) -> None:
    """The agreement is written by one side and accepted by the other."""
    page = journey.adviser
    visit(page, journey.at("case-agreement"))
    fill(page, {"main_goal": "Wiedzieć, czy mogę prowadzić kadry w małej firmie."})
    press(page, "Zapisz i poproś o przyjęcie")
    judge(page)
    page = journey.participant
    visit(page, journey.at("own-home"))
    visit(page, journey.at("own-agreement"))
    fill(page, {"accept": "on"})
    press(page, "Przyjmuję")
    judge(page)
    assert Agreement.objects.get().accepted
    assert journey.now().stage == "research"


def ask_about_work(journey: Journey) -> None:
    """One question of the biographical interview, with an event for the line of life."""
    page = journey.adviser
    visit(page, journey.at("case-life"))
    visit(page, journey.at("case-life-area", "work"))
    visit(page, journey.at("case-life-question", "work", "work-first-job"))
    fill(page, {"answer": "Sezon w sadzie u wuja.", "title": "zbiór jabłek", "starts": "jesień 1990"})
    press(page, "Zapisz i następne pytanie")
    judge(page)
    assert InterviewAnswer.objects.get(question_code="work-first-job").answer == "Sezon w sadzie u wuja."
    event = LifeEvent.objects.get(title="zbiór jabłek")
    visit(page, journey.at("case-life-event", event.uid))
    visit(page, journey.at("case-life-personal"))
    for name in ("own-life", "own-event-kind", "own-answers", "own-personal"):
        visit(journey.participant, journey.at(name))


def tell_story(journey: Journey) -> None:
    """The participant tells a story step by step."""
    page = journey.participant
    visit(page, journey.at("own-episodes"))
    visit(page, journey.at("own-episode-part"))
    visit(page, journey.at("own-episode-new", "work"))
    fill(page, {"title": "Różnica 340 zł w wigilię"})
    press(page, "Dalej")
    for step, words in STORY.items():
        assert f"/{step}/" in page.url
        judge(page)
        fill(page, dict(words))
        press(page, "Zapisz i")
    judge(page)
    story = Episode.objects.get()
    assert (story.result, story.documentable) == (STORY["wynik"]["result"], STORY["dowod"]["documentable"])
    visit(journey.adviser, journey.at("case-episodes"))
    visit(journey.adviser, journey.at("case-episode", story.uid))


def draw_competence(journey: Journey) -> Competence:
    """The adviser draws a competence from the story and sends it to the participant."""
    page = journey.adviser
    visit(page, journey.at("case-competences"))
    follow(page, "Napisz własnymi słowami")
    assert page.locator("[name=episodes]").is_checked()
    fill(page, {"wording": WORDING, "kind": "skill", "worth_developing": "on"})
    press(page, "Zapisz")
    judge(page)
    press(page, "Wyślij 1 opis do potwierdzenia")
    judge(page)
    competence = Competence.objects.get()
    assert competence.asked_at is not None
    assert competence.sources.get().episode == Episode.objects.get()
    visit(page, journey.at("case-competence", competence.uid))
    return competence


def confirm_competence(journey: Journey, competence: Competence) -> None:
    page = journey.participant
    visit(page, journey.at("own-home"))
    visit(page, journey.at("own-competences"))
    visit(page, journey.at("own-competence", competence.uid))
    fill(page, {"answer": "zgadza-sie"})
    press(page, "Zapisz odpowiedź")
    judge(page)
    competence.refresh_from_db()
    assert competence.state == "confirmed"


def show_and_rate_evidence(journey: Journey, competence: Competence) -> None:
    """The participant gives an address of a page as evidence; the adviser rates it."""
    page = journey.participant
    visit(page, journey.at("own-evidence"))
    visit(page, journey.at("own-evidence-new"))
    fill(page, {"kind": "link", "title": "Strona koła gospodyń", "url": "https://kolo.example.org/kasa"})
    fill(page, {"competences": [str(competence.pk)]})
    press(page, "Dodaj")
    judge(page)
    evidence = Evidence.objects.get()
    page = journey.adviser
    visit(page, journey.at("case-evidence"))
    visit(page, journey.at("case-evidence-rate", evidence.uid))
    marks = dict.fromkeys(("validity", "currency", "sufficiency", "authenticity"), "yes")
    fill(page, {**marks, "reason": "Widać rozliczenia podpisane jej nazwiskiem."})
    press(page, "Zapisz ocenę")
    judge(page)
    assert EvidenceRating.objects.get().supports
    visit(page, journey.at("case-competences"))
    for name in ("case-evidence-new", "case-results", "case-result-new", "case-contacts", "case-consultations"):
        visit(page, journey.at(name))


def write_synthesis(journey: Journey) -> None:
    page = journey.adviser
    visit(page, journey.at("case-synthesis"))
    fill(page, {"picture": "Od lat liczy i planuje.", "conclusions": "Kurs kadrowy da papier do tego, co już umie."})
    press(page, "Zapisz")
    judge(page)
    assert Synthesis.objects.get().conclusions


def plan_ahead(journey: Journey) -> None:
    """The participant writes the goal; the adviser a scenario with one step."""
    page = journey.participant
    visit(page, journey.at("own-goals"))
    visit(page, journey.at("own-plan-add", "cel"))
    fill(page, {"wording": "Do czerwca skończę kurs kadr i płac.", "kind": "main", "subject": "learning"})
    fill(page, {"due_on": "30.06.2027", "measure": "Zaświadczenie."})
    press(page, "Zapisz")
    judge(page)
    page = journey.adviser
    visit(page, journey.at("case-plan"))
    visit(page, journey.at("case-plan-add", "scenariusz"))
    fill(page, {"name": "Kurs wieczorowy przy obecnej pracy"})
    press(page, "Zapisz")
    scenario = Scenario.objects.get()
    visit(page, journey.at("case-plan-add-to", "krok", scenario.uid))
    fill(page, {"wording": "Zapisać się na kurs.", "due_on": "15.01.2027", "goal": str(Goal.objects.get().pk)})
    press(page, "Zapisz")
    judge(page)
    assert ScenarioAction.objects.get().scenario == scenario
    visit(page, journey.at("case-plan-questions", scenario.uid))
    visit(journey.participant, journey.at("own-goals"))


def write_reports(journey: Journey) -> None:
    """Every section of every report, one after the other."""
    page = journey.adviser
    for kind in required_documents(journey.audit.rules, journey.now().variant):
        if kind not in SECTIONS:
            continue
        visit(page, journey.at("case-report", str(kind)))
        codes = list(SECTIONS[kind])
        page.goto(journey.at("case-report-section", str(kind), codes[0]))
        judge(page)
        for code in codes:
            assert page.url.endswith(f"/{code}/")
            fill(page, {"text": f"Napisane w części {code}."})
            press(page, "Zapisz")
        judge(page)
        says(page, "Wszystkie potrzebne części są napisane.")


def show_to_a_stranger(journey: Journey, competence: Competence) -> None:
    """The participant shows one competence by an address; a stranger opens it, and no longer after it is switched off."""
    page = journey.participant
    visit(page, journey.at("own-shares"))
    visit(page, journey.at("own-share-new"))
    fill(page, {"competences": [str(competence.uid)], "label": "Dla sklepu w Zagórkach"})
    press(page, "Pokaż")
    judge(page)
    address = page.locator("input.code").input_value()
    stranger = journey.seat(None, "phone")
    visit(stranger, address)
    says(stranger, WORDING)
    visit(stranger, reverse("home"))
    visit(page, journey.at("own-shares"))
    says(page, "Kto patrzył")
    press(page, "Wyłącz teraz")
    assert Share.objects.get().revoked_at is not None
    visit(stranger, address, status=410)
