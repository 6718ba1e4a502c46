"""The catalogues of the screens' texts: `messages.py update` collects and compiles, `messages.py check` judges.

The texts in the code are Polish. The English catalogue translates all of them; the Polish one holds only the
texts with a number in them, since Polish needs three forms where the code names two. gettext's own tools are
not needed: Django turns a template into code and Babel reads code.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dorobek"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
LANGUAGES = ("en", "pl")


def sources() -> Iterator[tuple[Path, bytes]]:
    """Every file that may hold a text, as Python source."""
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # A template's indentation is no Python indentation.
        yield path, "\n".join(line.strip() for line in code.splitlines()).encode()


def collected() -> Catalog:
    """All texts found in the code, with the files they come from."""
    catalogue = Catalog(charset="utf-8", project="Dorobek")
    for path, code in sources():
        where = path.relative_to(ROOT).as_posix()
        for _line, text, comments, context in extract("python", io.BytesIO(code), KEYWORDS, ["Translators:"]):
            if text and (text if isinstance(text, str) else text[0]):
                catalogue.add(text, None, [(where, 0)], auto_comments=comments, context=context)
    return catalogue


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def known(language: str) -> Catalog:
    """The catalogue as it lies in the package; empty when there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="Dorobek")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def wanted(message: Message, language: str) -> bool:
    return bool(message.id) and (language == "en" or message.pluralizable)


def missing(language: str, found: Catalog) -> list[str]:
    """Texts of the code that the catalogue does not translate, or no longer for sure."""
    catalogue = known(language)
    lacking = []
    for message in found:
        if not wanted(message, language):
            continue
        key = message.id[0] if message.pluralizable else message.id
        there = catalogue.get(key, message.context)
        forms = there.string if there and isinstance(there.string, list | tuple) else [there.string if there else ""]
        if there is None or there.fuzzy or not all(forms):
            lacking.append(key)
    return lacking


def compiled(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def fill_polish(catalogue: Catalog) -> None:
    """Plural texts are worded so that one form serves two and five alike („dowody: 5"); Polish wants it named twice."""
    for message in catalogue:
        if message.pluralizable and not all(message.string):
            one, many = message.id
            message.string = (one, many, many)


def update(found: Catalog) -> None:
    """Merge what the code says into each catalogue and compile it."""
    for language in LANGUAGES:
        template = Catalog(charset="utf-8", project="Dorobek")
        for message in found:
            if wanted(message, language):
                template.add(
                    message.id, None, message.locations, auto_comments=message.auto_comments, context=message.context
                )
        catalogue = known(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if language == "pl":
            fill_polish(catalogue)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
        path.with_suffix(".mo").write_bytes(compiled(known(language)))
        say(f"{language}: {len(catalogue)} texts, {len(missing(language, found))} to translate")


def check(found: Catalog) -> bool:
    """True when every text is translated and the compiled catalogues are those of the sources."""
    good = True
    for language in LANGUAGES:
        lacking = missing(language, found)
        machine = po_path(language).with_suffix(".mo")
        stale = not machine.exists() or machine.read_bytes() != compiled(known(language))
        if lacking or stale:
            good = False
            say(f"{language}: {len(lacking)} texts are not translated" + ("; compile again" if stale else ""))
            for text in lacking[:20]:
                say(f"  {text[:100]!r}")
    if not good:
        say("Run `make messages` and complete src/dorobek/locale/*/LC_MESSAGES/django.po")
    return good


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings_test")
    import django

    django.setup()
    if sys.argv[1:] == ["update"]:
        update(collected())
    elif sys.argv[1:] == ["check"]:
        sys.exit(0 if check(collected()) else 1)
    else:
        sys.exit(2)
