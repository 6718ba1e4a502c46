"""Invented cases for the tests of documents: a rich one, with something in every field, and an empty one."""

import datetime as dt
from typing import Any

from django.utils import timezone

from dorobek.audits.enums import MeetingKind, MeetingState, PersonalDetail, Variant
from dorobek.audits.models import (
    Agreement,
    BasicDirection,
    BiographicalInterview,
    CardNote,
    CompetenceSource,
    Consultation,
    InterviewAnswer,
    LifeEvent,
    Meeting,
    Referral,
    ReportSection,
    SkillsAudit,
    Synthesis,
)
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.people.models import Consent
from dorobek.plans.models import (
    DevelopmentPlan,
    Goal,
    GoalProgress,
    Risk,
    Scenario,
    ScenarioAction,
    ScenarioAnswer,
    Source,
)
from dorobek.portfolio.models import Evidence, EvidenceLink, EvidenceRating
from tests.factories import make_case, make_competence, make_episode

STAMP = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)


def own(audit: SkillsAudit) -> dict[str, Any]:
    return {"person": audit.person, "case_uid": audit.uid}


def add_event(audit: SkillsAudit, kind: str, area: str, title: str, starts: str = "", **fields: Any) -> LifeEvent:
    day = dt.date(int(starts[:4]), 1, 1) if starts else None
    return LifeEvent.objects.create(
        audit=audit, kind=kind, area=area, title=title, starts=starts, sort_day=day, **own(audit), **fields
    )


def empty_case(**fields: Any) -> SkillsAudit:
    return make_case(**fields)


def rich_case(**fields: Any) -> SkillsAudit:
    """A cashier's whole audit. Every text that somebody typed contains the word of its field."""
    audit = make_case(registered_on=dt.date(2026, 1, 15), support_number="MK/2026/0417", **fields)
    audit.institution.address, audit.institution.phone = "ul. Lipowa 4, 32-100 Łęgowice", "12 345 67 89"
    audit.institution.email = "bilans@example.org"
    audit.institution.save()
    audit.person.street, audit.person.postal_code, audit.person.place = "Polna 7/2", "32-104", "Stary Brzeg"
    audit.person.phone, audit.person.email = "601 000 417", "malgorzata@example.org"
    audit.person.save()
    jobs = _life(audit)
    _papers(audit)
    _interview(audit, jobs)
    _competences(audit, jobs)
    _plan(audit)
    _reports(audit)
    return audit


def _life(audit: SkillsAudit) -> dict[str, LifeEvent]:
    add_event(audit, "school", "education", "Technikum Gastronomiczne", "1989", ends="1994", finished=True,
              place="Łęgowice", details={"title": "technik żywienia", "field": "żywienie zbiorowe"})  # fmt: skip
    add_event(audit, "school", "education", "Studium policealne", "1995-21", ends="1995", finished=False,
              note="Przerwała po urodzeniu córki.")  # fmt: skip
    add_event(audit, "course", "education", "Obsługa kas fiskalnych", "2006-03", organisation="ZDZ Łęgowice",
              duration_said="40 godzin", outcomes="Umie zaprogramować kasę i zrobić raport dobowy.",
              entitlements="zaświadczenie MEN")  # fmt: skip
    cashier = add_event(audit, "job", "work", "Kasjerka", "2006-09", ongoing=True, organisation="Market „Pod Lipą”",
                        place="Łęgowice", employment_form="contract",
                        duties="Obsługa kasy, przyjmowanie towaru, szkolenie nowych osób.\nRozliczanie sejfu.")  # fmt: skip
    kitchen = add_event(audit, "job", "work", "Pomoc kuchenna", "1994", ends="2003", organisation="Stołówka szkolna nr 3",
                        employment_form="contract", duties="Gotowanie dla 180 dzieci, wydawanie posiłków.")  # fmt: skip
    add_event(audit, "care", "personal", "Opieka nad mamą", "2015", ends="2019", from_card=False,
              note="Leki, wizyty u lekarzy, rozmowy z urzędem.")  # fmt: skip
    add_event(audit, "activity", "personal", "Koło gospodyń wiejskich", "2012~", ongoing=True,
              duties="Skarbniczka: składki, rozliczenie dożynek.")  # fmt: skip
    add_event(audit, "interest", "personal", "Ogród i przetwory", "", note="Zapas na całą zimę, 120 słoików.")
    CardNote.objects.create(audit=audit, section="courses", nothing_to_add=True, **own(audit))
    CardNote.objects.create(audit=audit, section="other", text="Prawo jazdy B od 1996 r.", **own(audit))
    return {"cashier": cashier, "kitchen": kitchen}


def _papers(audit: SkillsAudit) -> None:
    Agreement.objects.create(
        audit=audit,
        main_goal="Dowiedzieć się, czy mogę być kierowniczką zmiany.",
        intermediate_goals="Nazwać to, co umiem z liczenia i z ludźmi.",
        adviser_tasks="Prowadzę spotkania.\nPokazuję każdy zapis do sprawdzenia.",
        participant_tasks="Przychodzę na spotkania.\nZbieram zaświadczenia.",
        difficulties="Grafik zmian bywa nagły: wtedy dzwonię dzień wcześniej.",
        rules="Mówię tyle, ile chcę.",
        confidentiality="Wyniki zna tylko doradca.",
        adviser_accepted_at=STAMP,
        participant_accepted_at=STAMP,
        participant_assisted_by=audit.adviser,
        **own(audit),
    )
    consent = audit.rules.consents[0]
    Consent.objects.create(
        code=consent.code, wording_version=str(consent.version), wording=consent.text.pl, given=True,
        decided_at=STAMP, **own(audit),
    )  # fmt: skip
    for number, (kind, length) in enumerate([("talk", 90), ("biographical", 85), ("behavioural", 95), ("summary", 75)]):
        Meeting.objects.create(
            audit=audit, institution=audit.institution, adviser=audit.adviser, kind=MeetingKind(kind),
            state=MeetingState.HELD, starts_at=STAMP + dt.timedelta(days=14 * number), minutes=length,
            place="Biblioteka w Starym Brzegu", done=f"Spotkanie {number + 1}: rozmowa i zapis.", **own(audit),
        )  # fmt: skip


def _interview(audit: SkillsAudit, jobs: dict[str, LifeEvent]) -> None:
    BiographicalInterview.objects.create(
        audit=audit, personal_detail=PersonalDetail.FULL, notice_shown_at=STAMP, detail_note="Byle bez nazwisk.",
        **own(audit),
    )  # fmt: skip
    for area in audit.rules.biographical.areas:
        for question in area.questions[:3]:
            InterviewAnswer.objects.create(
                audit=audit, area=area.area, question_code=question.code, question=question.text.pl,
                answer=f"Odpowiedź na {question.code}: lubię, jak się wszystko zgadza co do grosza.\n\nI jak jest spokój.",
                **own(audit),
            )  # fmt: skip
    skipped = audit.rules.biographical.areas[1].questions[4]
    InterviewAnswer.objects.create(
        audit=audit, area="work", question_code=skipped.code, question=skipped.text.pl, skipped=True, **own(audit)
    )


def _competences(audit: SkillsAudit, jobs: dict[str, LifeEvent]) -> None:
    eve = make_episode(
        audit, "Różnica 340 zł w wigilię", life_event=jobs["cashier"],
        situation="Wigilia, godzina 14, w kasie brakuje 340 zł.", task="Znaleźć różnicę przed zamknięciem.",
        action="Przejrzałam rolkę od rana i porównałam zwroty z paragonami.",
        result="Znalazłam podwójnie wpisany zwrot. Kasa się zgodziła, wszyscy poszli do domu.",
        useful="Spokój i znajomość kasy.", documentable="Raport dobowy z tego dnia.",
        evidence_missing="Pismo od kierowniczki.",
    )  # fmt: skip
    treasurer = make_episode(
        audit, "Rozliczenie dożynek", part="personal", situation="Po dożynkach zostało 87 rachunków.",
        task="Rozliczyć dotację z gminą.", action="Ułożyłam je dniami i wpisałam do zeszytu.", result="Gmina przyjęła bez uwag.",
    )  # fmt: skip
    make_episode(
        audit, "Pierwszy dzień po kursie", part="key", situation="Sama przy nowej kasie.", task="", action="", result=""
    )
    wordings = [
        ("skill", "Rozlicza kasę na koniec zmiany", "supported"),
        ("skill", "Wdraża nową osobę do pracy przy kasie", "confirmed"),
        ("knowledge", "Zna zasady wystawiania faktur i zwrotów", "supported"),
        ("social", "Zachowuje spokój przy zdenerwowanym kliencie", "confirmed"),
        ("skill", "Prowadzi rozliczenia finansowe organizacji", "disputed"),
        ("skill", "Planuje posiłki dla dużej grupy", "claimed"),
    ]
    made = [
        make_competence(audit, text, kind=kind, state=state, order=n) for n, (kind, text, state) in enumerate(wordings)
    ]
    made[4].comment = "Ja tylko składki zbierałam, a nie prowadziłam finansów."
    made[4].save()
    made[1].worth_developing = made[1].for_analysis = True
    made[1].save()
    for competence, source in ((made[0], eve), (made[3], eve), (made[4], treasurer)):
        CompetenceSource.objects.create(competence=competence, episode=source)
    CompetenceSource.objects.create(competence=made[1], life_event=jobs["cashier"])
    CompetenceSource.objects.create(competence=made[5], life_event=jobs["kitchen"])
    paper = Evidence.objects.create(kind="file", title="Zaświadczenie z kursu kas", made_on="2006-04", **own(audit))
    note = Evidence.objects.create(kind="object", title="Zeszyt dożynek", seen_on=dt.date(2026, 3, 12), **own(audit))
    EvidenceLink.objects.create(evidence=paper, competence=made[0])
    EvidenceLink.objects.create(evidence=paper, competence=made[2])
    EvidenceLink.objects.create(evidence=note, competence=made[4])
    EvidenceRating.objects.create(
        evidence=paper, validity="yes", currency="partly", sufficiency="yes", authenticity="yes",
        reason="Kurs sprzed dwudziestu lat.", rated_by=audit.adviser, rated_at=STAMP,
    )  # fmt: skip
    result = ExternalResult.objects.create(
        tool="Kwestionariusz zainteresowań", tool_version="2.1", taken_on=dt.date(2026, 3, 20), run_by="Anna Dąb",
        entitlement="certyfikat 12/2019", validity="doubtful", validity_note="Wysoka aprobata społeczna.",
        conclusions="Wyraźnie wyższe zainteresowania społeczne.", **own(audit),
    )  # fmt: skip
    ScaleResult.objects.create(result=result, scale="społeczne", score="8 sten", level="4")
    ScaleResult.objects.create(result=result, scale="konwencjonalne", score="4 sten", level="2", competence=made[0])


def _plan(audit: SkillsAudit) -> None:
    plan = DevelopmentPlan.objects.create(
        agreed_aim="Sprawdzić, czy kierowanie zmianą jest dla mnie.", agreed_scope="Wywiady, karta, plan.",
        realised_scope="Wszystko oprócz testów.", direction="upskilling", **own(audit),
    )  # fmt: skip
    main = Goal.objects.create(
        plan=plan, kind="main", subject="post", wording="Do czerwca 2027 będę kierowniczką zmiany w markecie.",
        measure="Aneks do umowy.", learning_forms=["course", "at-work"], due_on=dt.date(2027, 6, 30), **own(audit),
    )  # fmt: skip
    for value, days in ((3, 0), (6, 40)):
        GoalProgress.objects.create(
            goal=main, value=value, note=f"Krok na {value}.", at=STAMP + dt.timedelta(days=days)
        )
    Goal.objects.create(
        plan=plan, kind="intermediate", subject="learning", wording="Zdam egzamin z arkusza kalkulacyjnego.",
        learning_forms=["exam"], due_on=dt.date(2026, 12, 1), **own(audit),
    )  # fmt: skip
    Goal.objects.create(
        plan=plan, kind="alternative", subject="job", wording="Kasa w banku spółdzielczym.", **own(audit)
    )
    for number, name in enumerate(("Kurs wieczorowy w ZDZ", "Nauka w pracy u kierowniczki")):
        scenario = Scenario.objects.create(plan=plan, name=name, note=f"Notatka {number}.", order=number, **own(audit))
        for step in range(3):
            ScenarioAction.objects.create(
                scenario=scenario, goal=main if not step else None, wording=f"Krok {step + 1} drogi {number + 1}",
                support="Kierowniczka Ewa", starts_on=dt.date(2026, 5 + step, 1), due_on=dt.date(2026, 6 + step, 15),
                order=step, **own(audit),
            )  # fmt: skip
        for question in audit.rules.plan.questions[: 8 if not number else 2]:
            ScenarioAnswer.objects.create(
                scenario=scenario, question_code=question.code, question=question.text.pl,
                answer=f"Na pytanie {question.code}: mam czas we wtorki.", **own(audit),
            )  # fmt: skip
        Risk.objects.create(
            scenario=scenario, wording=f"Zmiana grafiku {number}", repair="Zamiana z koleżanką.", **own(audit)
        )
        if not number:
            plan.chosen_scenario = scenario
            plan.save()
    Source.objects.create(
        plan=plan, title="Barometr zawodów", url="https://example.org/barometr", says="Szukają kierowników zmian.",
        dated=dt.date(2026, 1, 10), reliability="official", **own(audit),
    )  # fmt: skip


def _reports(audit: SkillsAudit) -> None:
    from dorobek.audits.documents.sections import SECTIONS

    for kind, sections in SECTIONS.items():
        for code in sections:
            ReportSection.objects.create(
                audit=audit, kind=kind, section=code, text=f"Słowa doradcy: {kind} {code}.", **own(audit)
            )
    Synthesis.objects.create(
        audit=audit, picture="Liczenie i ludzie łączą wszystkie jej prace.", strengths="Dokładność i spokój.",
        missing="Nie wiemy, jak radzi sobie z grafikiem.", conclusions="Spróbować zastępstwa kierowniczki.", **own(audit),
    )  # fmt: skip
    Consultation.objects.create(
        audit=audit, speciality="księgowa", specialist_name="Irena Bąk", question="Czy dożynki to rozliczenie dotacji?",
        opinion="Tak, to jest rozliczenie dotacji.", state="answered", asked_on=dt.date(2026, 4, 2), **own(audit),
    )  # fmt: skip
    Referral.objects.create(
        audit=audit, need="Kłopoty ze snem", directed_to="Poradnia w Łęgowicach", on=dt.date(2026, 4, 9),
        note="Prosiła o numer.", **own(audit),
    )  # fmt: skip
    BasicDirection.objects.create(
        audit=audit, present_work="Kasa od 20 lat.", wished_training="Kurs kierowania zespołem.",
        usefulness="Zastępuję kierowniczkę.", direction="W stronę kierowania zmianą.", next_steps="Zapisać się do 1 czerwca.",
        **own(audit),
    )  # fmt: skip


def basic_case(**fields: Any) -> SkillsAudit:
    """The rich case in the basic variant."""
    audit = rich_case(**fields)
    audit.variant = Variant.BASIC
    audit.save()
    return audit


def now() -> dt.datetime:
    return timezone.now()
