"""Credentials in pictures (Open Badges 3.0, section 5.3; Open Badges 2.0, "Baked Badges")."""

import contextlib
import json
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.vc import jsonstrict
from dorobek.vc.badges import baking
from dorobek.vc.errors import TooMuch, VcError

TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJhIn0.c2ln"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<path d="M0 0"/>\n</svg>\n'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return baking.PNG + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + b"".join(chunks) + chunk(b"IEND", b"")


PICTURES = {"png": png(), "svg": SVG}


@pytest.mark.parametrize("name", ["simple-json.png", "simple-json.svg"])
def test_a_published_picture_gives_its_credential(shared_data, name):
    held = jsonstrict.parse(baking.unbake((shared_data / "openbadges-3" / name).read_bytes()))
    assert held["credentialSubject"]["type"] == ["AchievementSubject"]


@pytest.mark.parametrize("name", ["simple-jwt.png", "simple-jwt.svg"])
def test_a_published_picture_gives_its_token(shared_data, name):
    assert baking.unbake((shared_data / "openbadges-3" / name).read_bytes()).count(".") == 2


@pytest.mark.parametrize("name", ["simple-json.png", "simple-json.svg", "simple-jwt.png", "simple-jwt.svg"])
def test_a_published_picture_takes_another_credential_and_gives_its_own_back(shared_data, name):
    picture = (shared_data / "openbadges-3" / name).read_bytes()
    held = baking.unbake(picture)
    other = baking.bake(picture, TOKEN)
    assert baking.unbake(other) == TOKEN
    assert baking.unbake(baking.bake(other, held)) == held


@pytest.mark.parametrize("kind", PICTURES)
@settings(max_examples=60, deadline=None)
@given(value=st.dictionaries(st.text(max_size=9), st.text(max_size=30) | st.just("]]>"), min_size=1))
def test_what_was_put_in_comes_out_and_twice_is_once(kind, value):
    text = json.dumps(value)
    made = baking.bake(PICTURES[kind], text)
    assert baking.unbake(made) == text
    assert baking.bake(made, text) == made
    assert baking.bake(baking.bake(PICTURES[kind], TOKEN), text) == made


def test_the_rest_of_a_picture_stays_byte_for_byte():
    made = baking.bake(SVG, TOKEN)
    start = made.index(b"<openbadges:credential")
    assert made[:start] + made[made.index(b"/>", start) + 2 :] == SVG
    made = baking.bake(PICTURES["png"], TOKEN)
    assert made[: -12 - 12 - len(TOKEN) - 24] + made[-12:] == PICTURES["png"]


@pytest.mark.parametrize(
    "old",
    [
        chunk(b"tEXt", b"openbadges\0https://a.example/1"),
        chunk(b"iTXt", b"openbadges\0\0\0\0\0https://a.example/1"),
        chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(b"https://a.example/1")),
        chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"https://a.example/1")),
    ],
)
def test_a_badge_of_version_2_is_read_and_replaced(old):
    assert baking.unbake(png(old)) == "https://a.example/1"
    assert baking.bake(png(old), TOKEN) == baking.bake(png(), TOKEN)


def test_an_svg_of_version_2_is_read():
    held = b'<a:assertion xmlns:a="http://openbadges.org" verify="https://a.example/1"><![CDATA[{"id":"x"}]]></a:assertion>'
    assert baking.unbake(SVG.replace(b"<path", held + b"<path")) == '{"id":"x"}'
    bare = b'<a:assertion xmlns:a="http://openbadges.org" verify="https://a.example/1"/>'
    assert baking.unbake(SVG.replace(b"<path", bare + b"<path")) == "https://a.example/1"


BOMB = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CREDENTIAL = b'<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0">%s</b:credential>'


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"GIF89a", "not-a-picture"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>", "not-a-picture"),
        (SVG, "no-credential"),
        (png(), "no-credential"),
        (SVG[:-8], "picture-broken"),
        (png()[:-6], "picture-broken"),
        (png()[:20] + b"\xff" + png()[21:], "picture-broken"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\2\0\0\0x")), "picture-broken"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0not packed")), "picture-broken"),
        (png(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xff\xfe")), "utf-8"),
        (png(*[chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + one) for one in (b"{}", b"[]")]), "several-credentials"),
        (SVG.replace(b"<svg", BOMB + b"<svg"), "svg-unsafe"),
        (SVG.replace(b"<svg", OUTSIDE + b"<svg"), "svg-unsafe"),
        (SVG.replace(b"<path", CREDENTIAL % b"<g/>" + b"<path"), "picture-broken"),
        (SVG.replace(b"<path", CREDENTIAL % b"{}" + CREDENTIAL % b"[]" + b"<path"), "several-credentials"),
        (SVG.replace(b"<path", (CREDENTIAL % b"{}").replace(b"0'>", b"0' verify='a.b.c'>") + b"<path"), "ok"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>' + SVG[22:], "picture-broken"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_read_says_why(picture, code):
    if code == "ok":
        assert baking.unbake(picture) == "{}"
        return
    with pytest.raises(VcError) as raised:
        baking.unbake(picture)
    assert raised.value.code == code


def test_a_picture_of_the_newest_form_holds_one_credential():
    both = b"<b:credential xmlns:b='https://purl.imsglobal.org/ob/v3p0' verify='a.b.c'>{}</b:credential>"
    with pytest.raises(VcError) as raised:
        baking.unbake(SVG.replace(b"<path", both + b"<path"))
    assert raised.value.code == "several-credentials"


def test_a_packed_bomb_is_not_unpacked():
    bomb = zlib.compress(b"a" * 50_000_000)
    with pytest.raises(TooMuch):
        baking.unbake(png(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + bomb)))


def test_a_picture_and_a_credential_too_large_are_refused():
    with pytest.raises(TooMuch):
        baking.unbake(png() + b"\0" * baking.LARGEST_PICTURE)
    with pytest.raises(TooMuch):
        baking.bake(png(), "x" * (baking.LARGEST_TEXT + 1))
    with pytest.raises(TooMuch):
        baking.unbake(SVG.replace(b"<path", b"<g>" * 300 + b"<path").replace(b"</svg>", b"</g>" * 300 + b"</svg>"))


def test_many_credentials_in_one_picture_are_not_read_on():
    with pytest.raises(TooMuch):
        baking.unbake(SVG.replace(b"<path", (CREDENTIAL % b"{}") * 21 + b"<path"))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([baking.bake(PICTURES["png"], TOKEN), baking.bake(SVG, TOKEN)]), st.data())
def test_no_changed_byte_makes_it_fail_otherwise(picture, data):
    raw = bytearray(picture)
    for _number in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    for read in (baking.unbake, lambda raw: baking.bake(raw, TOKEN)):
        with contextlib.suppress(VcError):
            assert read(bytes(raw))
