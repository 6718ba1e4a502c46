"""QTI 3.0: what is written is read back the same; what cannot be read says where; hostile files stay small."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.validation.rules.testing.qti import Packed, Unreadable, pack, read_item, unpack, write_item
from dorobek.validation.rules.testing.questions import Choice, Form, Question
from tests.validation.knowledge_world import ALL, MATCHING, MULTIPLE, NUMBER, SHORT, SINGLE

letters = st.characters(codec="utf-8", categories=("L", "N", "P", "S"))
words = st.text(letters, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
listed = st.lists(words, min_size=2, max_size=6, unique=True)


@st.composite
def questions(draw):
    form = draw(st.sampled_from(list(Form)))
    prompt = "\n".join(draw(st.lists(words, min_size=1, max_size=3)))
    texts = draw(listed)
    choices = tuple(Choice(f"c{n}", text) for n, text in enumerate(texts))
    base = {"form": form, "prompt": prompt, "points": draw(st.integers(1, 20))}
    if form in (Form.SINGLE, Form.MULTIPLE):
        right = draw(st.sets(st.sampled_from([c.key for c in choices]), min_size=1))
        base |= {"choices": choices, "right": tuple(sorted(right))[: 1 if form is Form.SINGLE else None]}
    elif form is Form.ORDERING:
        base |= {"choices": choices}
    elif form is Form.MATCHING:
        targets = tuple(Choice(f"t{n}", text) for n, text in enumerate(draw(listed)))
        pairs = tuple((c.key, draw(st.sampled_from(targets)).key) for c in choices)
        base |= {"choices": choices, "targets": targets, "pairs": pairs}
    elif form is Form.SHORT:
        base |= {"accepted": tuple(texts)}
    elif form is Form.NUMBER:
        number = st.decimals(-1000, 1000, places=2)
        base |= {"value": draw(number), "tolerance": abs(draw(number)), "unit": draw(st.just("") | words)}
    else:
        base |= {"guide": "\n".join(texts)}
    return Question(**base)


@given(questions())
@settings(max_examples=150)
def test_what_is_written_is_read_back_the_same(question):
    assert read_item(write_item(question, "q-1")) == question


@given(
    st.lists(
        st.tuples(questions(), st.sampled_from(["1.1.a", "2.3.b", "1.2"]), st.integers(1, 5)), min_size=1, max_size=4
    )
)
def test_a_package_comes_back_whole(rows):
    packed = [Packed(*row) for row in rows]
    items = [(f"q-{n}", one) for n, one in enumerate(packed)]
    content = pack(items, "90002")
    assert unpack(content, "90002") == packed
    assert pack(items, "90002") == content, "the same questions give the same bytes"
    assert {one.criterion for one in unpack(content, "13477")} == {""}, "criteria of another entry do not count"


@pytest.mark.parametrize("question", ALL, ids=lambda one: one.form)
def test_every_form_is_one_standard_interaction(question):
    text = write_item(question, "q-1").decode()
    assert len(re.findall(r"<qti-[a-z-]+-interaction[ />]", text)) == 1
    assert 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"' in text
    assert 'identifier="MAXSCORE"' in text


def changed(question, old, new):
    text = write_item(question, "q-1").decode()
    assert re.search(old, text)
    return re.sub(old, new, text).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "XML"),
        (b"<a>", "wiersz 1: to nie jest poprawny XML"),
        (b"<a/>", "nie jest pytanie w formacie QTI 3.0 (<a>)"),
        (b'\xff\xfe<\x00', "XML"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "XML"),
        (changed(SINGLE, "v3p0\"", 'v2p1"'), "QTI 3.0"),
        (changed(SINGLE, "<qti-item-body>", '<qti-item-body>\n<p><img src="x.png" alt=""/></p>'), "<img>"),
        (changed(SINGLE, "qti-choice-interaction", "qti-hotspot-interaction"), "<qti-hotspot-interaction>"),
        (changed(SINGLE, "<qti-correct-response>.*</qti-correct-response>", ""), "która odpowiedź jest dobra"),
        (changed(SINGLE, "<qti-value>a<", "<qti-value>nikt<"), "nie ma na liście"),
        (changed(SINGLE, 'cardinality="single" base-type="identifier"', 'cardinality="ordered" base-type="identifier"'),
         "nie pasuje"),
        (changed(SINGLE, "<qti-value>1</qti-value>", "<qti-value>1.5</qti-value>"), "liczbą całkowitą"),
        (changed(SINGLE, "qti-response-if>", "qti-response-else-if>"), "którego bank nie zna"),
        (changed(MULTIPLE, 'map-key="a" mapped-value="1"', 'map-key="a" mapped-value="0.3"'), "inne, niż liczy"),
        (changed(MULTIPLE, "rptemplates/map_response", "rptemplates/own_rules"), "zasad oceniania"),
        (changed(MATCHING, "<qti-value>a x</qti-value>", "<qti-value>a</qti-value>"), "para"),
        (changed(SHORT, 'mapped-value="1"', 'mapped-value="0.5"'), "część punktów"),
        (changed(NUMBER, "<qti-value>23</qti-value>", "<qti-value>NaN</qti-value>"), "nie jest liczba"),
        (changed(NUMBER, 'tolerance="0.5 0.5"', 'tolerance="0.5 0.7"'), "taka sama"),
        (changed(NUMBER, 'tolerance-mode="absolute"', 'tolerance-mode="relative"'), "bezwzględna"),
        (changed(SINGLE, "RESPONSE\" shuffle", 'OTHER" shuffle'), "deklaracji odpowiedzi"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_and_where(content, words):
    with pytest.raises(Unreadable) as refused:
        read_item(content, "pytanie.xml")
    assert words in str(refused.value)
    assert str(refused.value).startswith("pytanie.xml")
    if content[:1] == b"<":
        assert "wiersz" in str(refused.value)


def test_the_line_is_the_right_one():
    with pytest.raises(Unreadable) as refused:
        read_item(changed(SINGLE, "<qti-item-body>", "<qti-item-body>\n\n\n<video/>"))
    text = changed(SINGLE, "<qti-item-body>", "<qti-item-body>\n\n\n<video/>").decode()
    assert refused.value.line == text[: text.index("<video/>")].count("\n") + 1


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY x "x">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>',
        b"<a>" * 100 + b"</a>" * 100,
        b"<a>" + b"<b/>" * 6000 + b"</a>",
        b"<a>" + b"x" * 600_000 + b"</a>",
    ],
)
def test_hostile_xml_is_refused(content):
    with pytest.raises(Unreadable):
        read_item(content)


def archive(files, **more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()


def manifest(*hrefs, kind="imsqti_item_xmlv3p0"):
    rows = "".join(f'<resource identifier="r" type="{kind}" href="{href}"/>' for href in hrefs)
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"><resources>{rows}</resources></manifest>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 nothing", "paczka ZIP"),
        (archive({"a.xml": b"<a/>"}), "brakuje pliku imsmanifest.xml"),
        (archive({"imsmanifest.xml": "<a/>"}), "<manifest>"),
        (archive({"imsmanifest.xml": manifest()}), "ani jednego"),
        (archive({"imsmanifest.xml": manifest("a.xml")}), "brakuje pliku a.xml"),
        (archive({"imsmanifest.xml": manifest("../../etc/passwd")}), "poza paczkę"),
        (archive({"imsmanifest.xml": manifest("/etc/passwd")}), "poza paczkę"),
        (archive({"imsmanifest.xml": manifest("c:\\x.xml")}), "poza paczkę"),
        (archive({"imsmanifest.xml": manifest("a.xml", kind="imsqti_item_xmlv2p2"), "a.xml": "<a/>"}), "innej wersji"),
        (archive({"imsmanifest.xml": manifest("a.xml"), "a.xml": "<a>"}), "a.xml, wiersz 1"),
        (archive({"imsmanifest.xml": manifest("a.xml"), "a.xml": b" " * 3_000_000}), "za duży"),
        (archive({"imsmanifest.xml": manifest(*["a.xml"] * 501), "a.xml": "<a/>"}), "za dużo pytań"),
        (b"PK" + b"0" * 5_000_001, "za duży"),
    ],
)
def test_a_package_that_cannot_be_read_says_what(content, words):
    with pytest.raises(Unreadable, match=re.escape(words)):
        unpack(content)


def test_a_bomb_stops_at_the_limit_whatever_its_directory_says():
    bomb = bytearray(archive({"imsmanifest.xml": b"<" + b" " * 200_000_000}))
    assert len(bomb) < 5_000_000
    with pytest.raises(Unreadable, match="za duży"):
        unpack(bytes(bomb))
    at = bomb.index(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (10).to_bytes(4, "little")  # the directory says ten bytes
    with pytest.raises(Unreadable):
        unpack(bytes(bomb))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    for given_bytes in (content, b"PK" + content, b"<a" + content):
        with pytest.raises(Unreadable):
            unpack(given_bytes)


def test_numbers_keep_their_value():
    assert read_item(write_item(NUMBER, "q")).value == Decimal("23")
