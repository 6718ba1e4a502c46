"""Invented documents that the tests write in all three formats."""

import io

from PIL import Image

from dorobek.kernel.documents import (
    Bullets,
    Cell,
    DefinitionList,
    Document,
    Heading,
    Notice,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    SignatureLines,
    Spacer,
    Table,
)

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">'
    b'<rect x="10" y="10" width="90" height="30"/>'
    b'<text x="120" y="30" font-family="Noto Sans" font-size="14">Szko\xc5\x82a</text></svg>'
)


def png(width: int = 60, height: int = 20, mode: str = "RGBA") -> bytes:
    """A PNG of one colour."""
    out = io.BytesIO()
    Image.new(mode, (width, height), 128 if mode == "L" else None).save(out, "PNG")
    return out.getvalue()


def everything(text: str = "Zażółć gęślą jaźń", language: str = "pl") -> Document:
    """Every block and every field, each with `text` in it."""
    cell = Cell((Paragraph(text), Bullets((text,)), Numbered((text,), start=3)))
    return Document(
        title=f"Tytuł {text}",
        language="pl" if language == "pl" else "en",
        institution=f"Urząd {text}",
        institution_lines=(text,),
        subtitle=text,
        meta=((text, text),),
        logo=Picture(png(), alt=f"Logo {text}"),
        funding_notice=f"Środki {text}",
        reference=f"Nr {text}",
        author=text,
        blocks=(
            Heading(1, f"Rozdział {text}"),
            Paragraph((text, Run(" mocno ", strong=True), Run(text, emphasis=True, lang="en"))),
            Paragraph(text, quote=True),
            Paragraph(text, muted=True),
            Bullets((text, f"drugi {text}")),
            Numbered((text,), start=4),
            DefinitionList(((f"Etykieta {text}", text), ("Wiele", cell))),
            Heading(4, text),
            Table(f"Tabela {text}", (text, "Dowód"), ((text, cell),), widths=(2, 1), row_headers=True),
            PageBreak(),
            Picture(png(), alt=f"Obraz {text}", caption=text, width=0.5),
            Picture(DRAWING, alt="Linia życia"),
            Spacer(2),
            Notice(text, title=f"Uwaga {text}"),
            SignatureLines((Signature(f"Uczestnik {text}", text), Signature("Doradca"))),
        ),
    )


def simple(*blocks: object, title: str = "Tytuł") -> Document:
    """A document with these blocks alone."""
    return Document(title=title, language="pl", institution="Urząd", blocks=blocks)  # type: ignore[arg-type]
