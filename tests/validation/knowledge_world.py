"""A body with a bank of questions, a blueprint and a candidate who may sit: for tests of the knowledge test."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from dorobek.validation.actions import knowledge_bank, knowledge_marking, knowledge_tests
from dorobek.validation.models import KnowledgeTest
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import Choice, Form, Question
from tests.factories import acting
from tests.validation.world import World

ABC = (Choice("a", "Księga przychodów"), Choice("b", "Dziennik budowy"), Choice("c", "Karta drogowa"))
SINGLE = Question(Form.SINGLE, "Gdzie wpisuje się przychód?", 1, choices=ABC, right=("a",))
MULTIPLE = Question(Form.MULTIPLE, "Co jest dowodem księgowym?", 2, choices=ABC, right=("a", "c"))
ORDERING = Question(Form.ORDERING, "Proszę ułożyć kroki po kolei.", 1, choices=ABC)
MATCHING = Question(
    Form.MATCHING, "Proszę dobrać termin do podatku.", 2, choices=ABC[:2],
    targets=(Choice("x", "20. dzień miesiąca"), Choice("y", "25. dzień miesiąca"), Choice("z", "koniec roku")),
    pairs=(("a", "x"), ("b", "y")),
)  # fmt: skip
SHORT = Question(Form.SHORT, "Jak nazywa się dowód zakupu?", 1, accepted=("faktura", "faktura VAT"))
NUMBER = Question(Form.NUMBER, "Ile wynosi VAT od 100 zł?", 1, value=Decimal("23"), tolerance=Decimal("0.5"), unit="zł")
OPEN = Question(Form.OPEN, "Dlaczego przychodu nie wpisuje się dwa razy?", 3, guide="Po punkcie za każdy powód.")
ALL = (SINGLE, MULTIPLE, ORDERING, MATCHING, SHORT, NUMBER, OPEN)


class Bank(World):
    """`World` with a bank whose criterion 1.1.a has every form, 1.1.b and 1.2.a questions of one choice."""

    def __init__(self, **rules):
        super().__init__(**rules)
        self.opening = self.open(places=900)
        self.bank = knowledge_bank.open_bank(
            institution=self.institution, qualification=self.qualification, acting_user=acting(self.officer)
        )

    def add(self, question=SINGLE, criterion="1.1.a", difficulty=3):
        return knowledge_bank.add_item(
            bank=self.bank, question=question, criterion=criterion, difficulty=difficulty,
            acting_user=acting(self.officer),
        )  # fmt: skip

    def stocked(self, *, each=4):
        """So many questions of one choice for each criterion of set 1."""
        for criterion in ("1.1.a", "1.1.b", "1.2.a"):
            for number in range(each):
                self.add(
                    Question(Form.SINGLE, f"Pytanie {number} do {criterion}?", 1, choices=ABC, right=("a",)),
                    criterion, 1 + number % 5,
                )  # fmt: skip
        return self

    def blueprint(self, *rows, **more):
        values = {"title": "Test z księgowości", "minutes": 30, "pass_percent": 50, **more}
        return knowledge_bank.save_blueprint(
            bank=self.bank, rows=rows or (Row("1.1.a", 2), Row("1.1.b", 1), Row("1.2.a", 1)),
            acting_user=acting(self.officer), **values,
        )  # fmt: skip

    def let(self, application=None, blueprint=None, **more):
        now = timezone.now()
        values = {"opens_at": now - dt.timedelta(hours=1), "closes_at": now + dt.timedelta(days=1), **more}
        return knowledge_tests.let_sit(
            application=application or self.documented(self.opening), blueprint=blueprint or self.blueprint(),
            acting_user=acting(self.officer), **values,
        )  # fmt: skip

    def started(self, test=None, **more):
        test = test or self.let(**more)
        return knowledge_tests.start_test(test=test, acting_user=acting(self.me))

    def keep(self, test, place, given, number=None, device="telefon"):
        number = test.answers.get(place=place).seq + 1 if number is None else number
        return knowledge_tests.keep_answer(
            test_uid=test.uid, place=place, number=number, device=device, given=given, acting_user=acting(self.me)
        )

    def right(self, row):
        """The right answer of a question in places of the candidate's screen."""
        from dorobek.validation.rules.testing.answers import to_places

        one = row.item_version.question
        answers = {
            Form.SINGLE: lambda: one.right[0], Form.MULTIPLE: lambda: list(one.right),
            Form.ORDERING: lambda: [c.key for c in one.choices], Form.MATCHING: lambda: dict(one.pairs),
            Form.SHORT: lambda: one.accepted[0], Form.NUMBER: lambda: str(one.value).replace(".", ","),
            Form.OPEN: lambda: "Bo suma byłaby za duża.",
        }  # fmt: skip
        return to_places(one, row.shown, answers[one.form]())

    def answer_all(self, test):
        for row in test.answers.select_related("item_version"):
            self.keep(test, row.place, self.right(row))

    def finish(self, test):
        return knowledge_tests.finish_test(test=test, acting_user=acting(self.me))

    def finished(self, test=None):
        test = test or self.started()
        self.answer_all(test)
        return self.finish(test)

    def open_finished(self):
        """A finished test of one open question for 1.1.a."""
        self.add(OPEN)
        return self.finished(self.started(blueprint=self.blueprint(Row("1.1.a", 3))))

    def mark(self, test, place, points, *, reason="Brakuje drugiego powodu.", close=True):
        """The marker of a place, appointed when needed, gives points to every open answer."""
        marker = test.markers.filter(place=place).first() or knowledge_marking.appoint_marker(
            test=test, account=self.assessors[place - 1], place=place, acting_user=acting(self.officer)
        )
        who = acting(marker.account)
        for answer in knowledge_marking.to_mark(test, marker):
            knowledge_marking.mark_open(
                test=test, answer=answer, points=Decimal(points), reason=reason, acting_user=who
            )
        if close:
            knowledge_marking.close_marks(test=test, acting_user=who)
        return marker

    def again(self, test):
        return KnowledgeTest.objects.get(pk=test.pk)
