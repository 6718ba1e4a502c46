"""One case from the office's side: fee, adjustments, result, certificate, appeals; what is refused."""

import pytest
from django.urls import reverse

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.enums import Role
from dorobek.people.models import AccessLog
from dorobek.validation.actions import assessing
from dorobek.validation.models import (
    AdjustmentAnswer,
    Appeal,
    Application,
    Certificate,
    Fee,
)
from dorobek.validation.rules import Verdict
from tests.factories import acting, make_staff
from tests.validation import doing
from tests.web.validation.office import day, follow, officer, said, world

pytestmark = pytest.mark.django_db
__all__ = ["officer", "world"]


def test_fee_adjustment_and_handing_over_are_kept_with_reasons(officer, world):
    application = world.submitted(world.open(fee_grosze=30_000))
    Application.objects.update(adjustments="Potrzebuję więcej czasu i tłumacza języka migowego.")
    fee = reverse("office-case-fee", args=[application.uid])
    assert "dlaczego ta osoba nie płaci" in said(officer.post(fee, {"state": "waived", "grosze": "300"}))
    assert "numer przelewu" in said(officer.post(fee, {"state": "paid", "grosze": "300"}))
    page = follow(officer, fee, {"state": "paid", "grosze": "300,00", "document": "przelew 7/2026"})
    assert "przelew 7/2026" in page
    assert Fee.objects.get().grosze == 30_000
    more = reverse("office-case-adjustments", args=[application.uid])
    assert "tłumacza języka migowego" in said(officer.get(more))
    assert officer.post(more, {"granted": "nie", "reason": ""}).status_code == 422
    page = follow(officer, more, {"granted": "tak", "extra_percent": "50", "reason": "Będzie tłumacz."})
    assert "Będzie tłumacz." in page
    assert AdjustmentAnswer.objects.get().extra_percent == 50
    given = reverse("office-case-hand-over", args=[application.uid])
    refused = officer.post(given, {"what": "certificate", "how": "post", "handed_on": day(0)})
    assert "Certyfikatu jeszcze nie wydano" in said(refused)
    assert "osobiście" in follow(officer, given, {"what": "other", "how": "person", "handed_on": day(0)})
    assert AccessLog.objects.filter(case_uid=application.uid, account=world.officer).exists()


def test_the_result_and_the_certificate_are_given_or_refused_in_words(officer, world):
    application = world.appointed()
    case = reverse("office-case", args=[application.uid])
    publish = reverse("office-case-press", args=[application.uid, "oglos"])
    certify = reverse("office-case-press", args=[application.uid, "certyfikat"])
    assert "Czekamy na: Asesor A, Asesor B" in said(officer.get(case))
    assert "Czekamy na: Asesor A, Asesor B" in said(
        officer.post(publish, follow=True, HTTP_REFERER=f"http://testserver{case}")
    )
    world.verify(application)
    for sheet in application.assessments.all():
        world.fill(sheet)
    assert "Wynik jest ogłoszony" in follow(officer, publish)
    assert "jest wydany" in follow(officer, certify)
    number = Certificate.objects.get().number
    assert number in said(officer.get(reverse("office-certificates") + f"?q={number}"))
    assert application.person.name in said(officer.get(reverse("office-certificates") + "?q=sliz"))
    table = b"".join(officer.get(reverse("office-certificates-table")).streaming_content).decode("utf-8-sig")
    assert number in table
    report = b"".join(officer.get(reverse("office-report", args=["csv"])).streaming_content).decode("utf-8-sig")
    assert application.person.family_name not in report
    assert "90002" in report
    told = officer.get(reverse("office-report", args=["json"])).json()["certificates"]
    assert [(one["qualification"], one["certificates"]) for one in told] == [("90002", 1)]
    assert officer.get(reverse("office-report", args=["exe"])).status_code == 404


def test_agreement_is_shown_with_counts_and_marked_unsure_when_few(officer, world):
    assert "Nie ma jeszcze czego porównać" in said(officer.get(reverse("office-agreement")))
    application = world.appointed()
    world.verify(application)
    first, second = application.assessments.order_by("pk")
    world.fill(first, c11a="not-met", c12a="not-met")
    world.fill(second, c11a="not-met")
    assert "Nie ma jeszcze czego porównać" in said(officer.get(reverse("office-agreement")))
    doing.agree(application, "1.2.a", Verdict.MET)
    world.decide(world.fresh(application))
    text = said(officer.get(reverse("office-agreement")))
    assert text.partition("kappa Fleissa")[2].startswith(": <b>0,56</b>")
    assert "Asesor A, Asesor B" in text
    assert "0,57" in text
    assert "niepewne: mało ocen" in text


def test_appeals_are_answered_by_others_and_send_the_case_to_another_commission(client, world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    filed = world.appeal(world.fresh(application))
    address = reverse("office-appeal", args=[filed.uid])
    client.force_login(world.appeals)
    assert application.person.name in said(client.get(reverse("office-appeals")))
    page = said(client.get(address))
    assert "tak było widać" in page
    assert client.post(address, {"uphold": "tak", "answer": ""}).status_code == 422
    follow(client, address, {"uphold": "tak", "answer": "Zabrakło czasu na zadanie."})
    assert Appeal.objects.get().state == "upheld"
    assert (world.fresh(application).round, world.fresh(application).state) == (2, "documented")
    assert "Zabrakło czasu" in said(client.get(address))
    judge = make_staff(Role.APPEALS_OFFICER, world.unit, "Sędzia Własny")
    world.assessors[0].memberships.create(institution=world.institution, unit=world.unit, role=Role.APPEALS_OFFICER)
    Appeal.objects.update(state="filed")
    client.force_login(world.assessors[0])
    assert "Musi to zrobić inna osoba" in said(client.get(address))
    assert client.post(address, {"uphold": "nie", "answer": "x"}).status_code == 404
    client.force_login(judge)
    follow(client, address, {"uphold": "nie", "answer": "Ocena była zgodna z kryterium."})


def test_an_officer_never_runs_their_own_case(client, world):
    application = world.documented()
    world.person.account = world.officer
    world.person.save()
    client.force_login(world.officer)
    assert client.get(reverse("office-case", args=[application.uid])).status_code == 404
    assert client.post(reverse("office-case-press", args=[application.uid, "powolaj"])).status_code == 404
    assert application.person.name not in said(client.get(reverse("office")))


def test_marking_after_the_close_and_another_case_are_refused(world):
    application = world.judged()
    sheet = application.assessments.order_by("pk").first()
    marking = {"criterion": "1.1.a", "verdict": Verdict.MET, "method": "work_sample"}
    with pytest.raises(RuleBroken, match="Arkusz jest zamknięty"):
        assessing.mark_criterion(assessment=sheet, acting_user=acting(sheet.assessor), **marking)
    with pytest.raises(NotAllowed):
        assessing.mark_criterion(assessment=sheet, acting_user=acting(world.assessors[3]), **marking)
