"""The info centre's pages: their markup, their files, writing and importing them, finding them (RG-9)."""

import dataclasses
import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from dorobek.cli.import_info import run_info
from dorobek.cli.problem import Problem
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.register.actions.info import create_info_page, edit_info_page, publish_info_page, slug_of
from dorobek.register.actions.info_files import import_info
from dorobek.register.enums import InfoSection
from dorobek.register.info.files import BadInfoFile, InfoWords, read_folder, read_info
from dorobek.register.info.markup import PAGE_NAME, address_of, blocks, links, opening, plain, render
from dorobek.register.models import InfoPage
from dorobek.register.queries import info
from tests.factories import acting, make_institution, make_staff, make_unit

WORDS = InfoWords(title_pl="Próba łamania", text_pl="Pierwszy akapit.\n\n- punkt", title_en="A trial", text_en="One.")
SHIPPED = list(read_folder())


# ---- markup ----


class Seen(HTMLParser):
    """Which tags and attributes stand in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _value in attrs)))
        self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


MARKS = st.text("ab ł\n#-*[]().:/\\<>&\"'`{}%1", max_size=80)
LINKS = st.builds("[{}]({})".format, MARKS, st.sampled_from(["javascript:alert(1)", "JaVaScRiPt:x", "//zly.pl", "/\\zly.pl", "data:text/html,x", "https://a.pl/\"onclick=x", "slownik/dowod", "mailto:a@b.pl", "/rejestr/"]))  # fmt: skip
ALLOWED = {("p", ()), ("b", ()), ("li", ()), ("h2", ()), ("h3", ()), ("ul", ("class",)), ("ol", ("class",)), ("a", ("href",)), ("a", ("href", "rel"))}  # fmt: skip


@given(st.lists(MARKS | LINKS, max_size=5).map("".join))
@example("<script>alert(1)</script>")
@example("[x](javascript:alert(1)) **<b onclick=x>**")
def test_whatever_is_typed_only_our_own_tags_and_safe_addresses_come_out(text):
    seen = Seen(render(text))
    assert set(seen.found) <= ALLOWED
    assert seen.open == []
    for address in seen.addresses:
        assert re.match(r"https?://|mailto:|/(?![/\\])", address), address


@given(MARKS)
def test_no_word_is_lost_in_rendering(text):
    letters = re.sub(r"[^abł]", "", text)
    shown = re.sub(r"<[^>]*>", "", render(text))
    shown = re.sub(r"&[a-z#0-9]+;", "", shown)
    targets = "".join(links(text))
    assert len(re.sub(r"[^abł]", "", shown)) >= len(letters) - len(re.sub(r"[^abł]", "", targets))


def test_headings_paragraphs_lists_links_and_bold_are_rendered():
    text = "## Po co\nWiersz\ndalszy **gruby** [słowo](slownik/dowod).\n\n- a\n- b\n  dalej\n1. raz\n### Niżej"
    assert render(text) == (
        "<h2>Po co</h2>\n"
        '<p>Wiersz dalszy <b>gruby</b> <a href="/informacje/slownik/dowod/">słowo</a>.</p>\n'
        '<ul class="bullets"><li>a</li><li>b dalej</li></ul>\n'
        '<ol class="bullets bullets--num"><li>raz</li></ol>\n'
        "<h3>Niżej</h3>"
    )
    assert "<h3>Po co</h3>" in render(text, level=3)
    assert plain("**a** [b](/c)") == "a b"
    assert opening("## Nagłówek\n\nPierwszy **akapit**.\n\nDrugi.") == "Pierwszy akapit."
    assert [block.kind for block in blocks("")] == []


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "//example.org", "/\\example.org", "data:x", "slownik/Ż", "slownik/../x", "http://"],
)
def test_an_address_that_is_not_safe_is_no_link(target):
    assert address_of(target) == ""
    assert "<a" not in render(f"[słowo]({target})")


# ---- files ----


def test_a_file_reads_into_a_page():
    page = read_info(
        "section: slownik\nslug: dowod\ntitle: Dowód\ntitle-en: Evidence\nsee: slownik/a, praktyki/b-c\n"
        "reviewed: 2026-11-20\nposition: 3\n--- pl\nTekst.\n\n- punkt\n--- en\nText.\n"
    )
    day = dt.date(2026, 11, 20)
    assert page.name == "slownik/dowod"
    assert page.words == InfoWords(
        "Dowód", "Tekst.\n\n- punkt", "Evidence", "Text.", ("slownik/a", "praktyki/b-c"), 3, day
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "missing: section, slug, title, text after --- pl"),
        ("section: slownik\nslug: a\ntitle: A\n--- en\nText.", "text after --- pl"),
        ("section: inna\nslug: a\ntitle: A\n--- pl\nTekst", "cannot be an address"),
        ("section: slownik\nslug: Ą b\ntitle: A\n--- pl\nTekst", "cannot be an address"),
        ("section: slownik\nbez dwukropka\n--- pl\nTekst", "line 2"),
        ("section: slownik\nslug: a\nslug: b\n--- pl\nTekst", "line 3"),
        ("section: slownik\nslug: a\ntitle: A\nposition: -1\n--- pl\nTekst", "position"),
        ("section: slownik\nslug: a\ntitle: A\nreviewed: wczoraj\n--- pl\nTekst", "reviewed"),
    ],
)
def test_a_file_that_is_no_page_says_what_is_wrong(text, said):
    with pytest.raises(BadInfoFile, match=re.escape(said)):
        read_info(text)


def test_the_shipped_pages_are_as_many_as_promised_in_both_languages_and_lead_only_to_pages_that_are_there():
    names = {one.name for one in SHIPPED}
    counts = {section: sum(one.section == section for one in SHIPPED) for section in InfoSection}
    assert counts[InfoSection.GLOSSARY] >= 35
    assert counts[InfoSection.GUIDE] in range(8, 11)
    assert counts[InfoSection.PRACTICE] >= 6
    for one in SHIPPED:
        words = one.words
        assert words.title_en, one.name
        assert words.text_en, one.name
        assert words.reviewed_on, one.name
        assert one.section != InfoSection.GLOSSARY or words.related, one.name
        inside = [target for text in (words.text_pl, words.text_en) for target in links(text)]
        pointed = {*words.related, *(target for target in inside if PAGE_NAME.fullmatch(target))}
        assert pointed <= names, one.name
        assert all(address_of(target) for target in inside), one.name
        assert one.name not in pointed
        polish, english = ([block.kind for block in blocks(text)] for text in (words.text_pl, words.text_en))
        assert polish == english, one.name  # the same headings, paragraphs and lists in both


def test_chapters_of_the_guide_have_places_of_their_own():
    places = [one.words.position for one in SHIPPED if one.section == InfoSection.GUIDE]
    assert len(places) == len(set(places))


# ---- import ----


@pytest.mark.django_db
def test_importing_again_changes_nothing_and_a_new_release_changes_what_it_changed():
    assert len(import_info(SHIPPED).created) == len(SHIPPED)
    again = import_info(SHIPPED)
    assert (again.created, again.changed, again.left, again.unchanged) == ((), (), (), len(SHIPPED))
    newer = dataclasses.replace(SHIPPED[0], words=dataclasses.replace(SHIPPED[0].words, text_pl="Nowy tekst."))
    assert import_info([newer, *SHIPPED[1:]]).changed == (newer.name,)
    page = InfoPage.objects.get(section=newer.section, slug=newer.slug)
    assert (page.text_pl, page.published, page.edited) == ("Nowy tekst.", True, False)
    assert [one.text_pl for one in page.versions.all()] == ["Nowy tekst.", SHIPPED[0].words.text_pl]
    assert info.search_info("nowy tekst")[0].pk == page.pk


@pytest.mark.django_db
def test_what_an_editor_changed_or_withdrew_an_import_leaves_alone(editors):
    import_info(SHIPPED[:2] + SHIPPED[2:])
    changed, withdrawn = (InfoPage.objects.get(section=one.section, slug=one.slug) for one in SHIPPED[:2])
    edit_info_page(page=changed, words=WORDS, acting_user=acting(editors[0]))
    publish_info_page(page=withdrawn, published=False, acting_user=acting(editors[0]))
    newer = [dataclasses.replace(one, words=dataclasses.replace(one.words, text_pl="Z nowego wydania.")) for one in SHIPPED]  # fmt: skip
    assert import_info(newer).left == (changed.name, withdrawn.name)
    changed.refresh_from_db()
    withdrawn.refresh_from_db()
    assert changed.text_pl == WORDS.text_pl
    assert (withdrawn.published, withdrawn.text_pl) == (False, SHIPPED[1].words.text_pl)


@pytest.mark.django_db
def test_an_import_with_one_bad_page_leaves_nothing():
    lost = dataclasses.replace(SHIPPED[0], words=dataclasses.replace(SHIPPED[0].words, related=("slownik/nie-ma",)))
    for bad in ([*SHIPPED[1:], lost], [*SHIPPED, SHIPPED[0]]):
        with pytest.raises(RuleBroken):
            import_info(bad)
        assert not InfoPage.objects.exists()


@pytest.mark.django_db
def test_the_command_imports_a_folder_and_names_the_bad_file(tmp_path, capsys, monkeypatch):
    from argparse import Namespace

    (tmp_path / "a.md").write_text("section: slownik\nslug: a\ntitle: A\n--- pl\nTekst.", encoding="utf-8")
    assert run_info(Namespace(folder=tmp_path)) == 0
    assert "1 new" in capsys.readouterr().out
    (tmp_path / "b.md").write_text("title: B", encoding="utf-8")
    with pytest.raises(Problem, match=r"b\.md: missing.*nothing was imported"):
        run_info(Namespace(folder=tmp_path))
    with pytest.raises(Problem, match="no folder"):
        run_info(Namespace(folder=tmp_path / "nie-ma"))


# ---- editors ----


@pytest.fixture
def editors(db) -> tuple[Account, Account]:
    unit = make_unit(make_institution())
    return make_staff(Role.REGISTER_EDITOR, unit, "Feliks"), make_staff(Role.REGISTER_EDITOR, unit, "Wanda")


@pytest.fixture
def page(editors) -> InfoPage:
    return create_info_page(section="slownik", words=WORDS, acting_user=acting(editors[0]))


def changed(**values: object) -> InfoWords:
    return dataclasses.replace(WORDS, **values)


def test_a_new_page_is_out_of_sight_until_published_and_back_when_withdrawn(page, editors):
    assert page.slug == "proba-lamania"
    assert info.find_info_page("slownik", page.slug) is None
    publish_info_page(page=page, published=True, acting_user=acting(editors[1]))
    assert info.find_info_page("slownik", page.slug) == page
    publish_info_page(page=page, published=False, acting_user=acting(editors[1]))
    assert info.search_info("łamania") == []
    kinds = list(HistoryEntry.objects.filter(subject=page.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["info.created", "info.published", "info.withdrawn"]


def test_every_version_stays_with_its_author(page, editors):
    first, second = editors
    edit_info_page(page=page, words=changed(text_pl="Drugi."), acting_user=acting(second))
    edit_info_page(page=page, words=changed(text_pl="Trzeci."), acting_user=acting(first))
    stood = [(one.number, one.text_pl, one.author) for one in page.versions.all()]
    assert stood == [(3, "Trzeci.", first), (2, "Drugi.", second), (1, WORDS.text_pl, first)]


def test_two_editors_of_the_same_text_are_told_and_nothing_is_overwritten(page, editors):
    base = page.version
    edit_info_page(page=page, words=changed(text_pl="Moje."), acting_user=acting(editors[0]), base_version=base)
    with pytest.raises(Conflict) as clash:
        edit_info_page(page=page, words=changed(text_pl="Cudze."), acting_user=acting(editors[1]), base_version=base)
    assert clash.value.theirs["text_pl"] == "Moje."
    page.refresh_from_db()
    assert page.text_pl == "Moje."
    assert page.versions.count() == 2


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (changed(title_pl=" "), "title_pl"),
        (changed(text_pl=" \n"), "text_pl"),
        (changed(related=("slownik/nie-ma",)), "related"),
        (changed(text_pl="[x](slownik/nie-ma)"), "text_pl"),
        (changed(text_en="[x](przewodnik/nie-ma)"), "text_en"),
        (changed(reviewed_on=timezone.localdate() + dt.timedelta(days=1)), "reviewed_on"),
        (changed(title_pl="x" * 201), "title_pl"),
    ],
)
def test_what_no_page_can_be_is_refused_beside_its_field(page, editors, words, field):
    with pytest.raises(RuleBroken) as refusal:
        edit_info_page(page=page, words=words, acting_user=acting(editors[0]))
    assert refusal.value.field == field
    page.refresh_from_db()
    assert page.version == 1


def test_nothing_changed_a_title_taken_and_a_title_of_signs_are_refused(page, editors):
    me = acting(editors[0])
    with pytest.raises(RuleBroken):
        edit_info_page(page=page, words=WORDS, acting_user=me)
    for section, title in (("slownik", "Próba  łamania!"), ("slownik", "???"), ("inna", "Nowa")):
        with pytest.raises(RuleBroken):
            create_info_page(section=section, words=changed(title_pl=title), acting_user=me)
    assert create_info_page(section="praktyki", words=WORDS, acting_user=me).slug == page.slug


def test_others_write_nothing(page):
    adviser = acting(make_staff(Role.ADVISER, make_unit(make_institution())))
    with pytest.raises(NotAllowed):
        create_info_page(section="slownik", words=changed(title_pl="Inna"), acting_user=adviser)
    with pytest.raises(NotAllowed):
        edit_info_page(page=page, words=changed(text_pl="x"), acting_user=adviser)
    with pytest.raises(NotAllowed):
        publish_info_page(page=page, published=True, acting_user=adviser)


@given(st.text(max_size=120))
def test_a_slug_is_an_address_or_nothing(title):
    assert slug_of(title) == "" or PAGE_NAME.fullmatch(f"slownik/{slug_of(title)}")


# ---- reading ----


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("odwołanie", "slownik/odwolanie"),
        ("ODWOLANIA", "slownik/odwolanie"),
        ("dowody", "slownik/dowod"),
        ("komisja walidacyjna", "slownik/komisja-walidacyjna"),
        ("evidence", "slownik/dowod"),
        ("ile to kosztuje", "przewodnik/ile-to-kosztuje"),
    ],
)
def test_words_in_any_form_and_without_polish_letters_lead_to_the_page(query, first):
    import_info(SHIPPED)
    assert info.search_info(query)[0].name == first


@pytest.mark.django_db
def test_words_that_are_nowhere_and_signs_lead_to_nothing():
    import_info(SHIPPED)
    assert info.search_info("qqqxyz") == info.search_info("% _ '") == info.search_info("") == []


@pytest.mark.django_db
def test_the_glossary_runs_by_the_polish_alphabet_and_the_guide_by_its_places():
    import_info(SHIPPED)
    glossary = info.in_section("slownik")
    letters = [letter for letter, _pages in info.letters(glossary, "pl")]
    assert letters == sorted(set(letters))
    guide = info.in_section("przewodnik")
    assert [one.slug for one in guide][:2] == ["czym-jest-walidacja", "po-co-mi-walidacja"]
    assert info.neighbours(guide[0]) == (None, guide[1])
    assert info.neighbours(guide[-1]) == (guide[-2], None)
