"""The document of each step of a right and of a voucher: built as a neutral tree, frozen with its checksum (VO-3).

    write(right, voucher, kind, ...)     called by every change of state, in its transaction
    document(paper)                      the tree as it was frozen
    pdf(paper)                           the file, made when first asked for and then kept

The office writes in Polish; what people typed stands as they typed it.
"""

import dataclasses
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.kernel.documents import Block, DefinitionList, Document, Paragraph
from dorobek.kernel.files import forget_bytes, store_bytes
from dorobek.kernel.models import StoredFile
from dorobek.kernel.papers import MEDIA, ascii_name, content_sha256, frozen, grouped, rendered, thawed
from dorobek.people.models import Account
from dorobek.vouchers.enums import PaperKind
from dorobek.vouchers.models import Voucher, VoucherChange, VoucherPaper, VoucherRight
from dorobek.vouchers.words import zlotys

Rows = list[tuple[str, str]]


def write(
    right: VoucherRight,
    voucher: Voucher | None,
    kind: PaperKind,
    *,
    reason: str,
    document: str,
    by: Account | None,
    change: VoucherChange | None = None,
) -> VoucherPaper:
    """Freeze the document of a step. `document`: the number of the paper outside that the step rests on."""
    now = timezone.now()
    with translation.override("pl"):
        number = f"{_base(right, voucher)}/{right.papers.filter(voucher=voucher).count() + 1}"
        tree = _tree(right, voucher, kind, number, reason, document, by, now)
    paper: VoucherPaper = VoucherPaper.objects.create(
        person=right.person, case_uid=right.case_uid, right=right, voucher=voucher, change=change, kind=kind,
        number=number, tree=frozen(tree), content_sha256=content_sha256(tree), made_at=now, made_by=by,
    )  # fmt: skip
    return paper


def _base(right: VoucherRight, voucher: Voucher | None) -> str:
    return voucher.number if voucher is not None else f"PRAWO/{right.opened_on:%Y}/{right.uid.hex[-10:].upper()}"


def _tree(
    right: VoucherRight,
    voucher: Voucher | None,
    kind: PaperKind,
    number: str,
    reason: str,
    document: str,
    by: Account | None,
    now: Any,
) -> Document:
    label = str(kind.label)
    rows = _voucher_rows(voucher) if voucher is not None else _right_rows(right)
    rows += [(_("Powód"), reason), (_("Podstawa"), document)]
    blocks: tuple[Block, ...] = (
        DefinitionList(tuple(rows)),
        Paragraph(_("Dokument powstał razem ze zmianą i już się nie zmieni. Jego treść potwierdza suma kontrolna.")),
    )
    return Document(
        title=f"{label[:1].upper()}{label[1:]}", language="pl", institution=right.institution.name,
        institution_lines=tuple(filter(None, (right.institution.address, right.institution.phone))),
        meta=(
            (_("Numer"), number),
            (_("Uczestnik"), right.person.name),
            (_("Program"), right.programme_version.programme.name),
            (_("Dzień"), f"{timezone.localdate(now):%d.%m.%Y}"),
            (_("Kto"), by.name if by else _("zapisane samo, z upływem terminu")),
        ),
        blocks=blocks, reference=number, author=by.name if by else "", issued_at=now,
    )  # fmt: skip


def _right_rows(right: VoucherRight) -> Rows:
    return [
        (_("Kwota"), _("%(money)s zł") % {"money": zlotys(right.total_grosze)}),
        (_("Udział własny"), f"{right.terms.own_share_percent} %"),
        (_("Otwarte"), f"{right.opened_on:%d.%m.%Y}"),
        (_("Ostatni dzień zakupu"), f"{right.expires_on:%d.%m.%Y}"),
    ]


def _voucher_rows(voucher: Voucher) -> Rows:
    rows: Rows = [
        (_("Cena"), _("%(money)s zł") % {"money": zlotys(voucher.value_grosze)}),
        (_("Wsparcie"), _("%(money)s zł") % {"money": zlotys(voucher.support_grosze)}),
        (_("Udział własny"), _("%(money)s zł") % {"money": zlotys(voucher.own_grosze)}),
    ]
    edition = voucher.edition
    if edition is not None:
        service = edition.service
        place = _("przez internet") if edition.remote else edition.place
        rows += [
            (str(service.get_kind_display()).capitalize(), service.title),
            (_("Dostawca"), service.provider.name),
            (_("Termin"), f"{edition.starts_on:%d.%m.%Y} - {edition.ends_on:%d.%m.%Y}, {place}"),
            (_("Udział"), str(voucher.get_participation_display())),
        ]
    return rows


def document(paper: VoucherPaper) -> Document | None:
    """The tree as it was frozen, its checksum in the footer; None once the person was erased."""
    if not paper.tree:
        return None
    tree = thawed(paper.tree)
    with translation.override("pl"):
        mark = _("%(number)s, suma kontrolna treści %(sum)s") % {
            "number": paper.number, "sum": grouped(paper.content_sha256),
        }  # fmt: skip
    return dataclasses.replace(tree, reference=mark)


def unharmed(paper: VoucherPaper) -> bool:
    """Does the content still give the checksum it was frozen with?"""
    return bool(paper.tree) and content_sha256(thawed(paper.tree)) == paper.content_sha256


def pdf(paper: VoucherPaper) -> StoredFile | None:
    """The file, the same for everybody from the first asking on; None once the person was erased."""
    if paper.pdf is not None:
        return paper.pdf
    tree = document(paper)
    if tree is None:
        return None
    data = rendered(tree)["pdf"]
    with transaction.atomic():
        held: VoucherPaper = VoucherPaper.objects.select_for_update(of=("self",)).select_related("pdf").get(pk=paper.pk)
        if held.pdf is None and held.tree:
            name = f"{ascii_name(held.number)}.pdf"
            stored = store_bytes(data, name=name, media_type=MEDIA["pdf"], person_uid=held.person.uid)
            try:
                held.write({"pdf": stored}, base_version=None)
            except BaseException:
                forget_bytes(stored)
                raise
    return held.pdf
