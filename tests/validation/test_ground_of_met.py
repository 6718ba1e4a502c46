"""What "met" rests on to the end: a sheet that shows it, a credential that stands, a paper that came in time (VA-5)."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.credentials.actions.changes import revoke
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation import grounds, pointing
from dorobek.validation.actions import appeals, applying, assessing, deciding, fees, methods, office
from dorobek.validation.documents import build
from dorobek.validation.enums import AppealAbout, FeeState, FeeWaits, PaperKind
from dorobek.validation.models import AgreedMark, AgreementAnswer, CredentialPiece, Fee, MethodRecord
from dorobek.validation.queries.appealing import open_to
from dorobek.validation.rules import Verdict
from tests.credentials.conftest import Body
from tests.factories import acting
from tests.validation import doing
from tests.validation.candidates import CandidateWorld
from tests.validation.judged import FOUR
from tests.validation.test_carrying import certified
from tests.validation.test_carrying import revoke as revoke_certificate
from tests.validation.test_crediting import OUTCOME, Wallet
from tests.validation.test_documents import _texts as words_of
from tests.validation.test_documents import papers, words
from tests.validation.world import METHODS, SIX, World

pytestmark = pytest.mark.django_db
TERMS = {"fee_grosze": 30_000, "fee_to": "kasa", "fee_days": 10}


@pytest.fixture
def world():
    return World()


# ---- a common "met" ----


def without_any_met(world):
    """Test 0 %: one sheet says not met, the other not shown, on the first set."""
    application = world.appointed()
    doing.use(world, application, "knowledge_test", METHODS["knowledge_test"], right=())
    doing.use(world, application, "work_sample", METHODS["work_sample"])
    for sheet, verdict in zip(application.assessments.order_by("pk"), ("not-met", "not-shown"), strict=True):
        world.fill(sheet, c11a=verdict, c11b=verdict, c12a=verdict)
    return world.fresh(application)


def test_nobody_agrees_on_met_where_no_sheet_shows_it(world):
    application = without_any_met(world)
    assert grounds.shown_met(application) == set(SIX[3:])
    with pytest.raises(RuleBroken, match="w swoim arkuszu"):
        doing.agree(application, "1.1.a", Verdict.MET)
    assert not AgreedMark.objects.exists()
    for code in SIX[:3]:
        doing.agree(application, code, Verdict.NOT_SHOWN)
    assert world.decide(world.fresh(application)).whole == Verdict.NOT_SHOWN


def test_no_decision_on_a_met_that_was_agreed_without_ground(world):
    application = without_any_met(world)
    members = [one.assessor for one in application.assessments.order_by("pk")]
    for code in SIX[:3]:
        made = AgreedMark.objects.create(
            application=application, round=1, criterion=code, verdict="met", reason="x", settled_at=timezone.now()
        )
        for one in members:
            AgreementAnswer.objects.create(agreed=made, assessor=one, confirms=True)
    assert "nie potwierdza żaden arkusz komisji: 1.1.a, 1.1.b, 1.2.a" in " ".join(deciding.round_faults(application))
    with pytest.raises(RuleBroken, match="nie potwierdza żaden arkusz"):
        world.decide(application)


def test_a_met_on_one_sheet_may_be_agreed_and_a_voided_sheet_is_no_ground(world):
    application = world.judged(c11a="not-met")
    application.assessments.order_by("pk").first().marks.filter(criterion="1.1.a").update(verdict="not-shown")
    with pytest.raises(RuleBroken, match="w swoim arkuszu"):
        doing.agree(application, "1.1.a", Verdict.MET)
    application.assessments.order_by("pk").first().marks.filter(criterion="1.1.a").update(verdict="met")
    assert doing.agree(application, "1.1.a", Verdict.MET).settled_at
    assert not deciding.round_faults(world.fresh(application))
    application.assessments.order_by("pk").update(voided_at=timezone.now())
    assert grounds.shown_met(application) == set()


# ---- a credential that fell ----


class FourMethods(Wallet):
    def __init__(self):
        CandidateWorld.__init__(self, methods=FOUR)
        self.body = Body()
        self.mine = self.give(outcomes=[OUTCOME], counts_towards=[])
        self.opening = self.open()


@pytest.mark.parametrize("stands", [True, False])
def test_a_revoked_credential_is_no_ground(stands):
    world = FourMethods()
    made = world.applied(world.opening)
    applying.submit_application(application=made, acting_user=acting(world.me))
    if not stands:
        revoke(credential=world.mine, reason="pomyłka", acting_user=acting(world.body.clerk))
    applying.close_documentation(application=world.fresh(made), conditions_met=True, acting_user=acting(world.adviser))
    made = world.appointed(world.fresh(made))
    piece = CredentialPiece.objects.get()
    assert piece.standing == ("valid" if stands else "revoked")
    made.mapped.exclude(evidence=piece.evidence).delete()
    sheet = made.assessments.order_by("pk").first()
    if stands:
        doing.analyse(made, ["1.2.a"], sheet)
        assert grounds.covered(made)["evidence_analysis"] == {"1.2.a"}
        assert pointing.choices(sheet, ["1.2.a"])["1.2.a"]
        CredentialPiece.objects.update(standing="revoked")
    else:
        with pytest.raises(RuleBroken, match=r"kandydat nie pokazał dowodu: 1\.2\.a"):
            doing.analyse(made, ["1.2.a"], sheet)
    assert grounds.checked(made) == set()
    assert "1.2.a" not in pointing.choices(sheet, ["1.2.a"])
    with pytest.raises(RuleBroken, match="nie ma żadnego dowodu"):
        assessing.mark_criterion(
            assessment=sheet, criterion="1.2.a", verdict=Verdict.MET, method="evidence_analysis", reason="x",
            acting_user=acting(sheet.assessor),
        )  # fmt: skip


# ---- paper ----


def test_paper_comes_in_before_the_first_sheet_is_closed(world):
    application = world.judged()
    with pytest.raises(RuleBroken, match="zamknął już arkusz"):
        doing.on_paper(world, application, "knowledge_test", ["1.1.a"], failed=["1.1"])
    assert not grounds.failed(application)
    assert world.decide(application).whole == Verdict.MET


def test_paper_is_of_after_documentation_and_what_failed_is_told(world):
    application = world.appointed()
    yesterday = timezone.localdate() - dt.timedelta(1)
    with pytest.raises(RuleBroken, match="sprzed zamknięcia"):
        doing.on_paper(world, application, "knowledge_test", ["1.1.a"], used_on=yesterday)
    doing.on_paper(world, application, "knowledge_test", ["1.1.a"], failed=["1.1"])
    assert HistoryEntry.objects.get(kind="validation.method-on-paper").payload.data["failed"] == ["1.1"]


def test_paper_brought_in_by_mistake_is_withdrawn_with_a_reason(world):
    application = world.appointed()
    made = doing.on_paper(world, application, "knowledge_test", METHODS["knowledge_test"], failed=["1.1"])
    officer = acting(world.officer)
    for who in (world.assessors[0], world.me, world.adviser):
        with pytest.raises(NotAllowed):
            methods.void_paper(paper=made, reason="Pomyłka.", acting_user=acting(who))
    with pytest.raises(RuleBroken, match="dlaczego"):
        methods.void_paper(paper=made, reason=" ", acting_user=officer)
    methods.void_paper(paper=made, reason="Zapis innej osoby.", acting_user=officer)
    assert grounds.failed(application) == {}
    assert grounds.covered(application) == {}
    assert HistoryEntry.objects.get(kind="validation.paper-void").payload.data["reason"] == "Zapis innej osoby."
    with pytest.raises(RuleBroken, match="już wycofany"):
        methods.void_paper(paper=made, reason="Jeszcze raz.", acting_user=officer)
    decision = world.decide(world.judged(application))
    assert "na papierze" not in " ".join(words_of(build(PaperKind.PROTOCOL, decision)))
    assert MethodRecord.objects.get(pk=made.pk).file is not None


def test_paper_that_a_closed_sheet_may_rest_on_stays(world):
    application = world.appointed()
    made = doing.on_paper(world, application, "knowledge_test", METHODS["knowledge_test"])
    doing.use(world, application, "work_sample", METHODS["work_sample"])
    world.fill(application.assessments.order_by("pk").first())
    with pytest.raises(RuleBroken, match="zamknął już arkusz"):
        methods.void_paper(paper=made, reason="Pomyłka.", acting_user=acting(world.officer))


# ---- money ----


def refused(world, waits, **answer):
    """A case whose wish to pay nothing was answered, by default with no."""
    application = world.documented(world.open(fee_waits=waits, **TERMS))
    fees.ask_fee(application=application, words="Nie mam pracy.", acting_user=acting(world.me))
    given = {"granted": False, "reason": "Tak mówi cennik.", **answer}
    fees.answer_fee(application=world.fresh(application), acting_user=acting(world.officer), **given)
    return world.fresh(application)


def fee_appeal(world, application):
    return appeals.file_appeal(
        application=application, about=AppealAbout.FEE, reason="Mam rentę.", acting_user=acting(world.me)
    )


def test_what_an_upheld_appeal_waived_is_not_asked_for_again(world):
    application = refused(world, FeeWaits.COMMISSION)
    world.answer(fee_appeal(world, application))
    for state in (FeeState.DUE, FeeState.PAID):
        with pytest.raises(RuleBroken, match="ta osoba nie płaci"):
            office.note_fee(
                application=application, state=state, document="przelew 7", acting_user=acting(world.officer)
            )
    assert Fee.objects.get().state == FeeState.WAIVED


@pytest.mark.parametrize("held", [30_000, 10_000])
def test_a_fee_is_never_above_the_terms_at_sending(world, held):
    application = world.documented(world.open(fee_waits=FeeWaits.NOTHING, **TERMS))
    given = {"application": application, "state": FeeState.DUE, "reason": "renta", "acting_user": acting(world.officer)}
    office.note_fee(grosze=held, **given)
    with pytest.raises(RuleBroken, match="300,00 zł"):
        office.note_fee(grosze=30_001, **given)
    assert office.note_fee(grosze=30_000, **given).grosze == 30_000


def test_an_appeal_about_money_holds_no_result(world):
    application = world.judged(world.appointed(world.documented(world.open(fee_waits=FeeWaits.RESULT, **TERMS))))
    fees.ask_fee(application=application, words="Nie mam pracy.", acting_user=acting(world.me))
    fees.answer_fee(application=application, granted=False, reason="Nie.", acting_user=acting(world.officer))
    fee_appeal(world, world.fresh(application))
    assert world.decide(world.fresh(application)).whole == Verdict.MET
    assert world.certify(world.fresh(application)).number


def test_less_than_was_asked_for_can_be_appealed_against_and_is_a_letter(world):
    application = refused(world, FeeWaits.COMMISSION, granted=True, grosze=29_999)
    assert AppealAbout.FEE in open_to(application)
    assert "Do zapłaty zostaje 299,99 zł." in words(papers(application, "refusal")[0])
    appeal = fee_appeal(world, application)
    assert fees.fee_refusals(application, FeeWaits.COMMISSION) == []
    world.answer(appeal)
    assert Fee.objects.get().state == FeeState.WAIVED
    assert AppealAbout.FEE not in open_to(world.fresh(application))


def test_a_whole_waiver_leaves_nothing_to_appeal_against(world):
    application = refused(world, FeeWaits.COMMISSION, granted=True)
    assert AppealAbout.FEE not in open_to(application)
    assert papers(application, "refusal") == []


# ---- what a restored certificate gives back ----


def test_a_draft_gets_back_at_sending_what_a_restored_certificate_confirms(world):
    certificate = certified(world)
    draft = applying.begin_application(person=world.person, opening=world.open(), acting_user=acting(world.me))
    revoke_certificate(world, certificate)
    assert world.fresh(draft).carried == []
    world.answer(appeals.file_appeal(
        application=world.fresh(certificate.application), reason="To byłam ja.", about=AppealAbout.REVOCATION,
        acting_user=acting(world.me),
    ))  # fmt: skip
    applying.submit_application(application=world.fresh(draft), acting_user=acting(world.me))
    assert world.fresh(draft).carried == ["1.1", "1.2", "2.1", "2.2"]
    told = HistoryEntry.objects.get(kind="validation.submitted", subject=draft.uid)
    assert told.payload.data["carried"] == [[], ["1.1", "1.2", "2.1", "2.2"]]
