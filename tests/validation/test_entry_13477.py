"""The register entry 13477 as imported, from readiness to certificate: no code of ours knows this qualification.

The three stories of the demonstration are played with the official print-out in place of its words: every method for
real, a certificate, an appeal that is won, a partial result that counts.
"""

from dataclasses import replace

import pytest

from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.counsellors import COUNSELLORS
from dorobek.cli.demo.entry_13477 import entry, load_entry
from dorobek.cli.demo.house import House
from dorobek.cli.demo.office import build_offices
from dorobek.cli.demo.people import PEOPLE
from dorobek.cli.demo.qualifications import TYMOWICE
from dorobek.cli.demo.story import play
from dorobek.cli.demo.validation_13477 import validate_counsellors
from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.verification import verify_given
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.enums import Source
from dorobek.register.models import Criterion, LearningOutcome, Qualification
from dorobek.validation.actions.documents import write_files
from dorobek.validation.actions.openings import entry_rules
from dorobek.validation.models import AwardedCredential
from dorobek.validation.rules import rules_of
from tests.cli import demo_walks as walks

pytestmark = pytest.mark.django_db
KORNELIA, WLADYSLAW = "Kornelia", "Władysław"


@pytest.fixture
def cases(real):
    """The entry's body is the demonstration's; the print-out carries no level, so the editor of the register gave it."""
    official = replace(real.entry, level=6, bodies=(Body(TYMOWICE[0], "awarding"),))
    with days_back(700):
        import_entries(reads=[Read(official)], source=Source.PRINTOUT)
        offices = build_offices("hasło do prób 1")
    keeper = ActingUser(Account.objects.get(email="administratorka@izba.example.org"))
    words = {"name_pl": TYMOWICE[0], "country": "PL"}
    found_issuer(institution=offices.units["izba"].institution, slug="izba", words=words, acting_user=keeper)
    people = []
    for person in (*COUNSELLORS, next(one for one in PEOPLE if one.identity["given_names"] == WLADYSLAW)):
        with days_back(person.ended):
            people.append(play(person, offices, "").person)
    return validate_counsellors(House.of(offices), people)


def test_the_same_three_stories_by_the_official_words(cases, real):
    walks.check_the_first()
    walks.check_the_second()
    walks.check_the_third()
    for case, _told in cases:
        said = walks.check_history_is_told(case, case.person.account, {"test-finished", "observation-ended", "decided"})
        assert real.entry.sets[1].outcomes[1].pl in said  # the register's own words
    first = cases[0][0]
    awarded = AwardedCredential.objects.get(certificate=first.certificate)
    assert verify_given(awarded.credential.document).report.decided == "valid"
    protocol = first.papers.get(kind="protocol")
    assert write_files(document=protocol).pdf.size > 20_000
    assert write_files(document=first.papers.get(kind="certificate")).pdf_sha256


def test_the_demonstrations_entry_has_the_rules_of_the_official_one(real):
    """The same numbers everywhere; nothing but words differs."""
    told, official = rules_of(entry()), rules_of(real.entry)
    for name in (
        "sets", "only_these_methods", "all_methods_used", "every_outcome", "members_min", "member_level", "appeal",
        "each_criterion_met", "not_own_trainees", "extra_may_be_candidate",
    ):  # fmt: skip
        assert getattr(told, name) == getattr(official, name), name
    assert [(one.code, one.must_cover) for one in told.methods] == [
        (one.code, one.must_cover) for one in official.methods
    ]
    for name in ("criteria", "adviser", "body"):
        years = [[(one.code, one.years, one.within) for one in getattr(rules, name)] for rules in (told, official)]
        assert years[0] == years[1], name
    assert len(told.provided) == len(official.provided)
    assert len(told.principles) == len(official.principles)
    own, read = entry(), real.entry
    for name in ("code", "code_before_2020", "title_pl", "hours", "effective_from", "next_review", "kind", "category",
                 "preceding", "field_code", "activity_code"):  # fmt: skip
        assert getattr(own, name) == getattr(read, name), name


def test_the_official_print_out_is_the_next_version_of_the_same_entry(real):
    load_entry()
    before = {one.code: one.pk for one in LearningOutcome.objects.filter(code__startswith="13477-")}
    done = import_entries(reads=[real], source=Source.PRINTOUT, source_name="wydruk")
    assert (done.created, done.changed) == ([], ["13477"])
    held = Qualification.objects.get(code="13477")
    assert [one.number for one in held.versions.order_by("number")] == [1, 2]
    assert held.current.entry.sets == real.entry.sets
    assert "notice" not in held.current.entry.extra  # these are the register's words now
    after = {one.code: one.pk for one in LearningOutcome.objects.filter(code__startswith="13477-", withdrawn=False)}
    assert after == before
    assert Criterion.objects.filter(outcome__in=after.values(), withdrawn=False).count() == 57
    assert len(entry_rules(held).criterion_codes) == 57
