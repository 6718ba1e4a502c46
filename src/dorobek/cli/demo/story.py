"""Plays one person's audit as far as it has come, through the same actions as the screens."""

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from dorobek.audits.actions.agreement import accept_agreement, write_agreement
from dorobek.audits.actions.biographical import answer_question, choose_personal_detail
from dorobek.audits.actions.card import add_life_event, write_card_note
from dorobek.audits.actions.case import moves_computed_once
from dorobek.audits.actions.closing import finish_audit, interrupt_audit
from dorobek.audits.actions.competences import change_competence, draw_competence
from dorobek.audits.actions.contacts import log_contact
from dorobek.audits.actions.direction import write_direction
from dorobek.audits.actions.documents import accept_document, hand_over_document, write_report_section
from dorobek.audits.actions.episodes import add_episode
from dorobek.audits.actions.meetings import hold_meeting, plan_meeting
from dorobek.audits.actions.registration import Application, register
from dorobek.audits.actions.stages import move_to_stage
from dorobek.audits.actions.synthesis import write_synthesis
from dorobek.audits.actions.variant import choose_variant
from dorobek.audits.enums import Stage
from dorobek.audits.models import Episode, SkillsAudit
from dorobek.audits.rules.sections import required_documents
from dorobek.cli.demo.clock import coming
from dorobek.cli.demo.office import Offices
from dorobek.instruments.actions import Scale, enter_result
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Person
from dorobek.plans import actions as plans
from dorobek.plans.actions.plan import plan_of
from dorobek.portfolio import actions as portfolio
from dorobek.portfolio.models import Competence
from dorobek.register.enums import OutcomeKind
from dorobek.register.models import LearningOutcome

STEPS = (
    "registered",
    "talk",
    "card",
    "variant",
    "agreement",
    "interviews",
    "competences",
    "answers",
    "plan",
    "finished",
)


@dataclass(frozen=True)
class DemoPerson:
    """One invented person: who they are, what they told, and how far their audit has come (`until`, one of STEPS)."""

    about: str
    until: str
    adviser: str
    programme: str
    identity: dict[str, Any]
    answers: dict[str, Any]
    days_ago: int
    variant: str = "in-depth"
    events: tuple[dict[str, Any], ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    goal: str = ""
    told: tuple[tuple[str, str, str], ...] = ()  # area, question code, answer
    episodes: tuple[dict[str, str], ...] = ()
    competences: tuple[tuple[str, int], ...] = ()  # catalogue code, number of the episode it rests on
    adds: str = "także w pośpiechu"  # what they add to the wording of their second competence
    disputed: str = ""
    evidence: tuple[tuple[str, int], ...] = ()  # title, number of the competence it supports
    direction: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    result: tuple[str, tuple[tuple[str, str], ...]] | None = None
    interrupted: str = ""
    late: bool = False
    ended: int = 0  # how many days ago a finished audit ended


class Story:
    """One audit being played; each step is a method, in the order of STEPS."""

    def __init__(self, person: DemoPerson, offices: Offices) -> None:
        self.person, self.offices = person, offices
        self.adviser = offices.acting(person.adviser)
        self.audit: SkillsAudit
        self.me: ActingUser
        self.episodes: list[Episode] = []
        self.competences: list[Competence] = []

    def reaches(self, step: str) -> bool:
        return STEPS.index(self.person.until) >= STEPS.index(step)

    def registered(self) -> None:
        person = self.person
        version = self.offices.versions[person.programme]
        consents = {consent.code: True for consent in version.parsed.consents}
        unit = next(m.unit for m in self.adviser.account.active_memberships if m.unit)
        assert unit is not None
        self.audit = register(
            version=version,
            unit=unit,
            application=Application(
                identity=person.identity, answers=person.answers, consents=consents, slip=self._slip(person)
            ),
            acting_user=self.adviser,
            on=timezone.localdate() - dt.timedelta(days=person.days_ago),
        )
        held = Person.objects.get(pk=self.audit.person_id)
        if held.account_id:
            Account.objects.filter(pk=held.account_id).update(password=self.offices.password_hash)
            self.me = ActingUser(Account.objects.get(pk=held.account_id))
        else:
            self.me = ActingUser(self.adviser.account, on_behalf_of=held)

    def _slip(self, person: DemoPerson) -> str:
        """People of the invented shop came with its referral."""
        return self.offices.slip if "Jarzębina" in str(person.answers.get("employer_name", "")) else ""

    def meeting(self, kind: str, days_ago: int, minutes: int, done: str, homework: str = "") -> None:
        starts = timezone.now().replace(hour=9, minute=30, second=0, microsecond=0) - dt.timedelta(days=days_ago)
        place = self.audit.unit.place
        meeting = plan_meeting(
            audit=self.audit, kind=kind, starts_at=starts, minutes=minutes, place=place, acting_user=self.adviser
        )
        hold_meeting(
            audit=self.audit, meeting=meeting, minutes=minutes, done=done, homework=homework, acting_user=self.adviser
        )

    def coming(self, kind: str, days: int, hour: int) -> None:
        starts = timezone.localtime().replace(hour=hour, minute=30, second=0, microsecond=0) + dt.timedelta(days=days)
        place = self.audit.unit.place
        plan_meeting(audit=self.audit, kind=kind, starts_at=starts, minutes=90, place=place, acting_user=self.adviser)

    def talk(self) -> None:
        ago = max(self.person.days_ago - 2, 1)
        self.meeting(
            "talk", ago, 80, "Omówienie projektu, pierwsza część karty, oczekiwania.", "Odszukać świadectwa pracy."
        )
        log_contact(
            audit=self.audit,
            kind="email-help",
            channel="phone",
            minutes=15,
            note="Pomoc przy pierwszym logowaniu.",
            acting_user=self.adviser,
        )

    def card(self) -> None:
        for event in self.person.events:
            values = dict(event)
            kind = values.pop("kind")
            add_life_event(audit=self.audit, kind=kind, values=values, acting_user=self.me)
        for section, text in self.person.notes.items():
            write_card_note(audit=self.audit, section=section, text=text, acting_user=self.me)

    def variant(self) -> None:
        self.audit = choose_variant(audit=self.audit, variant=self.person.variant, acting_user=self.me)

    def agreement(self) -> None:
        from dorobek.web.audits.agreement import defaults

        values = {
            "main_goal": self.person.goal,
            "intermediate_goals": "Nazwać to, co już umiem. Zebrać dowody. Wybrać jeden kurs.",
            **defaults(self.audit),
        }
        agreement = write_agreement(audit=self.audit, values=values, acting_user=self.adviser)
        if self.reaches("interviews"):
            accept_agreement(audit=self.audit, read_version=agreement.version, acting_user=self.me)
            self.audit.refresh_from_db()

    def interviews(self) -> None:
        ago = max(self.person.days_ago - 12, 1)
        self.meeting(
            "biographical",
            ago,
            90,
            "Wywiad biograficzny: nauka, praca, życie poza pracą.",
            "Spisać jedną historię z pracy.",
        )
        if any(area == "personal" for area, _code, _text in self.person.told):
            choose_personal_detail(audit=self.audit, detail="general", notice_read=True, acting_user=self.me)
        for area, code, text in self.person.told:
            answer_question(audit=self.audit, area=area, question_code=code, answer=text, acting_user=self.adviser)
        self.meeting("behavioural", max(ago - 7, 0), 90, "Wywiad behawioralny: historie krok po kroku.")
        for told in self.person.episodes:
            given = dict(told)
            part, title = given.pop("part"), given.pop("title")
            self.episodes.append(
                add_episode(audit=self.audit, part=part, title=title, told=given, acting_user=self.adviser)
            )

    def competences_drawn(self) -> None:
        for code, number in self.person.competences:
            outcome = LearningOutcome.objects.get(code=code)
            competence = draw_competence(
                audit=self.audit,
                outcome=outcome,
                kind=outcome.kind or OutcomeKind.SKILL,
                wording=outcome.title_pl,
                episodes=[self.episodes[number]] if number < len(self.episodes) else [],
                acting_user=self.adviser,
            )
            self.competences.append(competence)
        if self.competences:
            last = self.competences[-1]
            self.competences[-1] = change_competence(
                audit=self.audit,
                competence=last,
                kind=last.kind,
                wording=last.wording,
                for_analysis=True,
                worth_developing=True,
                acting_user=self.adviser,
            )
        portfolio.ask_about_competences(case_uid=self.audit.uid, competences=self.competences, acting_user=self.adviser)
        if self.person.result:
            tool, scales = self.person.result
            enter_result(
                person=self.audit.person,
                case_uid=self.audit.uid,
                tool=tool,
                taken_on=timezone.localdate() - dt.timedelta(days=5),
                run_by="Grzegorz Źdźbło, Poradnia w Łęgowicach",
                entitlement="zaświadczenie nr 17/2023",
                scales=[Scale(name, level=level) for name, level in scales],
                conclusions="Wynik zgadza się z tym, co padło w wywiadzie.",
                acting_user=self.adviser,
            )

    def answers(self) -> None:
        for number, competence in enumerate(self.competences):
            if competence.outcome and competence.outcome.code == self.person.disputed:
                portfolio.dispute_competence(
                    competence=competence,
                    comment="Tego tak nie nazwę. Robiłam to po swojemu i tylko czasem.",
                    acting_user=self.me,
                )
            elif number == 1:
                portfolio.reword_competence(
                    competence=competence, wording=f"{competence.wording}, {self.person.adds}", acting_user=self.me
                )
            else:
                portfolio.confirm_competence(competence=competence, acting_user=self.me)
        for number, (title, supported) in enumerate(self.person.evidence):
            self._evidence(number, title, self.competences[supported])

    def _evidence(self, number: int, title: str, competence: Competence) -> None:
        evidence = portfolio.add_evidence(
            person=self.audit.person,
            case_uid=self.audit.uid,
            kind="file",
            title=title,
            upload=picture(title),
            competences=[competence],
            acting_user=self.me,
        )
        if number % 2 == 0 or self.reaches("finished"):
            portfolio.rate_evidence(
                evidence=evidence,
                validity="yes",
                currency="yes" if number == 0 else "partly",
                sufficiency="yes",
                authenticity="yes",
                reason="Oryginał okazany na spotkaniu, dane zgodne z kartą.",
                acting_user=self.adviser,
            )

    def plan(self) -> None:
        write_synthesis(
            audit=self.audit,
            picture="Doświadczenie jest długie i spójne; brakuje jednego papieru, który by je nazwał.",
            strengths="Odpowiedzialność, spokój w kontakcie z ludźmi, dokładność.",
            missing="Dowód na najnowsze zadania.",
            conclusions="Krótki kurs zakończony egzaminem i rozmowa z pracodawcą o nowym zakresie zadań.",
            acting_user=self.adviser,
        )
        self.audit.refresh_from_db()
        given = self.person.plan
        plan = plans.write_plan(
            person=self.audit.person,
            case_uid=self.audit.uid,
            agreed_aim=self.person.goal,
            agreed_scope="Wywiad biograficzny i behawioralny, kompetencje z dowodami, plan.",
            realised_scope="Zrobiliśmy wszystko, co było umówione.",
            direction=given["direction"],
            acting_user=self.adviser,
        )
        until = coming(*given["until"]) if "until" in given else timezone.localdate() + dt.timedelta(days=270)
        goal = plans.write_goal(
            plan=plan,
            kind="main",
            subject=given["subject"],
            wording=given["main"].format(year=until.year),
            measure=given["measure"],
            learning_forms=["course", "exam"],
            due_on=until,
            competences=self.competences[-1:],
            acting_user=self.me,
        )
        plans.write_goal(plan=plan, kind="intermediate", subject="learning", wording=given["step"], acting_user=self.me)
        other = given["other"].format(year=until.year)
        plans.write_goal(plan=plan, kind="alternative", subject="job", wording=other, acting_user=self.me)
        plans.note_progress(goal=goal, value=2, acting_user=self.me)
        self._scenarios(plan_of(self.audit.person, self.audit.uid, self.adviser), given)

    def _scenarios(self, plan: Any, given: dict[str, Any]) -> None:
        for name, steps in given["scenarios"]:
            scenario = plans.write_scenario(plan=plan, name=name, acting_user=self.adviser)
            for number, (wording, support) in enumerate(steps):
                day = timezone.localdate() + dt.timedelta(days=14 + 30 * number)
                plans.write_step(
                    scenario=scenario, wording=wording, support=support, due_on=day, acting_user=self.adviser
                )
            plans.write_risk(scenario=scenario, wording=given["risk"], repair=given["repair"], acting_user=self.adviser)
            for question in self.audit.rules.plan.questions:
                answer = given["questions"].get(question.code, "Porozmawiamy o tym przy następnym spotkaniu.")
                plans.answer_question(
                    scenario=scenario,
                    code=question.code,
                    question=question.text.pl,
                    answer=answer,
                    acting_user=self.adviser,
                )
        plans.write_source(
            plan=plan,
            title=given["source"],
            says=given["says"],
            reliability="official",
            dated=timezone.localdate() - dt.timedelta(days=200),
            acting_user=self.adviser,
        )

    def finished(self) -> None:
        if self.person.variant == "basic":
            write_direction(audit=self.audit, values=self.person.direction, acting_user=self.adviser)
        self.audit.refresh_from_db()
        if self.audit.stage in (Stage.INITIAL, Stage.RESEARCH):
            self.audit = move_to_stage(audit=self.audit, stage=Stage.SUMMARY, acting_user=self.adviser)
        self.meeting("summary", 1, 75, "Omówienie i przekazanie dokumentów.")
        for key, text in self.person.sections.items():
            kind, _slash, section = key.partition("/")
            write_report_section(audit=self.audit, kind=kind, section=section, text=text, acting_user=self.adviser)
        for kind in required_documents(self.audit.rules, self.audit.variant):
            document = hand_over_document(audit=self.audit, kind=kind, language="pl", acting_user=self.adviser)
            accept_document(document=document, acting_user=self.me)
        self.audit = finish_audit(audit=self.audit, acting_user=self.adviser)


def picture(title: str) -> SimpleUploadedFile:
    """A drawn sheet of paper with its title, in place of a photograph."""
    sheet = Image.new("RGB", (640, 880), "#fdfbf6")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((24, 24, 616, 856), outline="#7d705d", width=3)
    for line in range(12):
        draw.line((80, 240 + 44 * line, 560 - 37 * (line % 4), 240 + 44 * line), fill="#c9bda6", width=6)
    draw.line((80, 170, 420, 170), fill="#6f2459", width=8)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(f"{title[:40]}.jpg", out.getvalue())


def play(person: DemoPerson, offices: Offices, _password: str) -> SkillsAudit:
    """The whole story of one person, up to where it has come."""
    story = Story(person, offices)
    with moves_computed_once():
        _played(story, person)
    story.audit.refresh_from_db()
    return story.audit


def _played(story: "Story", person: DemoPerson) -> None:
    story.registered()
    steps = [
        ("talk", story.talk),
        ("card", story.card),
        ("variant", story.variant),
        ("agreement", story.agreement),
        ("interviews", story.interviews),
        ("competences", story.competences_drawn),
        ("answers", story.answers),
        ("plan", story.plan),
        ("finished", story.finished),
    ]
    skipped = {"agreement", "interviews", "competences", "answers", "plan"} if person.variant == "basic" else set()
    for name, step in steps:
        if story.reaches(name) and name not in skipped:
            step()
    if person.until not in ("finished",) and not person.interrupted:
        kind = {"registered": "talk", "talk": "biographical"}.get(person.until, "analysis")
        story.coming(kind, 0 if person.late else (person.days_ago % 3), 9 + person.days_ago % 8)
    if person.interrupted:
        interrupt_audit(audit=story.audit, reason=person.interrupted, acting_user=story.adviser)
