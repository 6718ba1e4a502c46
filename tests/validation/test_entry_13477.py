"""The register entry 13477 as imported, from readiness to certificate: no code of ours knows this qualification."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.verification import verify_given
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.enums import Source
from dorobek.register.models import Qualification
from dorobek.validation.actions import assessing, openings
from dorobek.validation.actions.body import keep_body_record
from dorobek.validation.actions.documents import write_files
from dorobek.validation.actions.sheets import Filled, fill_sheet
from dorobek.validation.models import AwardedCredential
from dorobek.validation.rules import Period, Verdict
from tests.factories import acting, make_staff
from tests.validation.world import NAME, World

pytestmark = pytest.mark.django_db
METHODS = ("knowledge_test", "evidence_analysis", "simulated_observation", "conversation")


@pytest.fixture
def world(real):
    """The entry's body is this one; the print-out carries no level, so the editor of the register gave it."""
    made = World()
    entry = replace(real.entry, level=6, bodies=(Body(NAME, "awarding"),))
    import_entries(reads=[Read(entry)], source=Source.TABLE)
    made.qualification = Qualification.objects.get(code="13477")
    begun = timezone.localdate() - dt.timedelta(2500)
    for place, account in enumerate(made.assessors[:3], start=1):
        made.staff(account, f"k{place}", level=7)
    period = Period(begun, None, "świadectwo pracy", frozenset({"d1"}))
    made.staff(made.adviser, level=7, shown=("d2", "d3", "d4"), periods=[period])
    keep_body_record(
        institution=made.institution, qualification=made.qualification, acting_user=acting(made.officer),
        periods=[Period(begun, None, "programy kształcenia", frozenset({"p1"}))],
    )  # fmt: skip
    made.administrator = make_staff(Role.ADMINISTRATOR, made.unit, "Stanisława Żmuda")
    words = {"name_pl": NAME, "country": "PL"}
    found_issuer(institution=made.institution, slug="izba", words=words, acting_user=acting(made.administrator))
    made.records = [openings.StaffRecord.objects.get(account=one, qualification=made.qualification) for one in made.assessors[:3]]  # fmt: skip
    return made


def judged(world, methods=METHODS):
    application = world.documented(world.open(provided=("sala z komputerem", "statystka")))
    application = world.appointed(application, *world.records)
    codes = assessing.to_mark(application)
    chair = acting(world.assessors[0])
    for number, method in enumerate(methods):
        # Each method sees its share, the conversation something of every set.
        seen = codes if method == "conversation" else codes[number::3]
        assessing.record_method(application=application, method=method, criteria=seen, acting_user=chair)
    for sheet in application.assessments.order_by("pk"):
        rows = [Filled(code, Verdict.MET, "Pokazane.", "conversation") for code in codes]
        fill_sheet(assessment=sheet, rows=rows, acting_user=acting(sheet.assessor))
        assessing.close_sheet(assessment=sheet, acting_user=acting(sheet.assessor))
    return world.fresh(application)


def test_from_the_imported_entry_to_certificate_credential_and_documents(world):
    application = judged(world)
    assert len(assessing.to_mark(application)) == 57
    world.decide(application)
    certificate = world.certify(world.fresh(application))
    assert certificate.number.startswith("13477/")
    [awarded] = AwardedCredential.objects.all()
    assert verify_given(awarded.credential.document).report.decided == "valid"
    protocol = application.papers.get(kind="protocol")
    assert write_files(document=protocol).pdf.size > 20_000
    assert write_files(document=application.papers.get(kind="certificate")).pdf_sha256
