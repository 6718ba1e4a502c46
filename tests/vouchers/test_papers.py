"""Each change of state has its document, frozen with a checksum, that each who may reads as it was."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.person_data import erase_person, export_person
from dorobek.people.enums import Role
from dorobek.vouchers import actions, ledger, papers
from dorobek.vouchers.actions.daily import run_day
from dorobek.vouchers.models import Voucher, VoucherChange, VoucherPaper, VoucherRight
from tests.factories import make_case, make_institution, make_person, make_staff, make_unit
from tests.vouchers.builders import (
    adviser_of,
    coordinator_of,
    make_edition,
    make_right,
    make_voucher,
    used_voucher,
)

pytestmark = pytest.mark.django_db
WORDS = {"reason": "Tak postanowiono.", "document": "pismo 7"}


def kinds(right):
    return list(VoucherPaper.objects.filter(right=right).order_by("pk").values_list("kind", flat=True))


def test_every_step_of_a_whole_life_has_its_document_and_its_number():
    voucher = used_voucher()
    actions.settle(voucher=voucher, document="FV 12", acting_user=coordinator_of(voucher.right))
    assert kinds(voucher.right) == ["right-opened", "granted", "own-paid", "bound", "used", "settled"]
    changes = VoucherChange.objects.filter(voucher=voucher).select_related("paper")
    assert [one.paper.kind for one in changes] == [one.after for one in changes]
    numbers = [one.paper.number for one in changes]
    assert numbers == [f"{voucher.number}/{place}" for place in range(1, 6)]
    text = str(papers.document(changes[4].paper))
    for said in ("FV 12", voucher.edition.service.title, voucher.person.name, "1200,00", voucher.number):
        assert said in text, said


@pytest.mark.parametrize(
    ("way", "kind"), [(actions.give_back, "returned"), (actions.annul, "annulled"), (actions.unbind, "released")]
)
def test_a_voucher_given_back_annulled_or_freed_says_why(way, kind):
    voucher = make_voucher()
    edition = make_edition()
    actions.bind(voucher=voucher, edition=edition, acting_user=adviser_of(voucher.right))
    way(voucher=voucher, acting_user=coordinator_of(voucher.right), **WORDS)
    paper = VoucherPaper.objects.get(kind=kind)
    text = str(papers.document(paper))
    assert "Tak postanowiono." in text
    assert "pismo 7" in text
    assert edition.service.title in text  # the date that was given up too


def test_a_right_that_lapses_and_one_annulled_have_documents_with_those_of_their_vouchers():
    lapsed, wrong = make_right(), make_right()
    make_voucher(lapsed), make_voucher(wrong)
    VoucherRight.objects.filter(pk=lapsed.pk).update(expires_on=timezone.localdate() - timezone.timedelta(days=1))
    run_day()
    actions.annul_right(right=wrong, acting_user=coordinator_of(wrong), **WORDS)
    assert kinds(lapsed) == ["right-opened", "granted", "own-paid", "expired", "right-expired"]
    assert kinds(wrong) == ["right-opened", "granted", "own-paid", "annulled", "right-annulled"]
    assert VoucherPaper.objects.get(kind="right-expired").made_by is None


def test_a_document_stays_as_it_was_and_a_changed_one_is_found_out():
    voucher = make_voucher()
    paper = VoucherPaper.objects.get(kind="granted")
    before = str(papers.document(paper))
    voucher.person.family_name = "Zmieniona"
    voucher.person.save()
    Voucher.objects.update(reason="Inny powód")
    paper.refresh_from_db()
    assert str(papers.document(paper)) == before
    assert papers.unharmed(paper)
    VoucherPaper.objects.filter(pk=paper.pk).update(tree=paper.tree.replace("1200,00", "9200,00"))
    paper.refresh_from_db()
    assert not papers.unharmed(paper)


def test_the_pdf_is_made_once_and_is_the_same_for_everybody(client):
    voucher = make_voucher()
    paper = VoucherPaper.objects.get(kind="granted")
    client.force_login(voucher.person.account)
    page = client.get(reverse("own-voucher-paper", args=[voucher.case_uid, paper.uid])).content.decode()
    assert "nie zmieniła się" in page
    first = client.get(reverse("own-voucher-file", args=[voucher.case_uid, paper.uid]))
    assert first["Content-Type"] == "application/pdf"
    client.force_login(coordinator_of(voucher.right).account)
    again = client.get(reverse("vouchers-file", args=[paper.uid]))
    assert b"".join(first.streaming_content) == b"".join(again.streaming_content)
    assert client.get(reverse("vouchers-paper", args=[paper.uid])).status_code == 200
    paper.refresh_from_db()
    assert paper.pdf.person_uid == voucher.person.uid


def test_nobody_else_reads_a_document(client):
    voucher = make_voucher()
    paper = VoucherPaper.objects.get(kind="granted")
    other = make_case()
    strangers = (
        other.adviser, make_person("Obca Osoba").account, make_staff(Role.ADMINISTRATOR, make_unit(make_institution()))
    )  # fmt: skip
    for account in strangers:
        client.force_login(account)
        for name, arguments in (
            ("own-voucher-paper", [voucher.case_uid, paper.uid]), ("own-voucher-file", [voucher.case_uid, paper.uid]),
            ("case-voucher-paper", [voucher.case_uid, paper.uid]), ("case-voucher-file", [voucher.case_uid, paper.uid]),
            ("vouchers-paper", [paper.uid]), ("vouchers-file", [paper.uid]),
        ):  # fmt: skip
            assert client.get(reverse(name, args=arguments)).status_code == 404, (account, name)
    client.force_login(other.adviser)  # a document of another case under one's own
    assert client.get(reverse("case-voucher-paper", args=[other.uid, paper.uid])).status_code == 404


def test_erasing_a_person_empties_the_documents_and_leaves_the_books(tmp_path):
    voucher = used_voucher()
    actions.settle(voucher=voucher, document="FV", acting_user=coordinator_of(voucher.right))
    paper = VoucherPaper.objects.get(kind="granted")
    papers.pdf(paper)
    export_person(voucher.person, tmp_path)
    assert voucher.number in (tmp_path / "person.json").read_text(encoding="utf-8")
    erase_person(person=voucher.person, acting_user=None)
    paper.refresh_from_db()
    assert (paper.tree, paper.pdf) == ("", None)
    assert papers.document(paper) is None
    assert papers.pdf(paper) is None
    assert list(ledger.faults()) == []
    assert VoucherChange.objects.filter(voucher=voucher).exclude(reason="").count() == 0
