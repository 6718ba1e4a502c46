"""A credential carried away: every file still says the same, and what can be verified verifies (MC-3)."""

import datetime as dt
import io
import json

import pytest
from PIL import Image
from pypdf import PdfReader
from rdflib import Graph

from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.formats import ENDINGS, file_of
from dorobek.credentials.recipients import Recipient
from dorobek.credentials.verification import verify_given
from dorobek.vc.badges.baking import unbake
from tests.factories import acting
from tests.vc.test_elm import as_graph, faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential(body):
    return body.issue()


@pytest.mark.parametrize("ending", ["json", "png", "svg"])
def test_a_file_of_a_credential_verifies_when_it_comes_back(credential, ending):
    found = verify_given(file_of(credential, ending).content)
    assert found.report.decided == "valid", found.report.faults
    assert found.words.holder == credential.holder_name


def test_the_badge_is_a_picture_that_a_browser_shows_with_the_whole_document_in_it(credential):
    made = file_of(credential, "png")
    assert unbake(made.content) == credential.document
    with Image.open(io.BytesIO(made.content)) as picture:
        assert max(picture.size) == 512
        colours = picture.convert("RGB").getcolors(1_000_000)
        assert colours
        assert len(colours) > 3  # not an empty sheet


@pytest.mark.parametrize(("ending", "words"), [("pdf", "potwierdza, że"), ("en.pdf", "confirms that")])
def test_the_certificate_says_who_can_do_what_and_where_to_check(credential, ending, words):
    reader = PdfReader(io.BytesIO(file_of(credential, ending).content))
    # Places where a long word may be broken are marked in the file and say nothing.
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())
    assert words in text
    assert "Śliż-Chrząszczewska" in text
    assert f"/sprawdz/{credential.uid}/" in text
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_european_document_names_the_holder_the_outcomes_and_the_level(credential):
    made = json.loads(file_of(credential, "elm.json").content)
    assert "EuropeanDigitalCredential" in made["type"]
    assert made["id"] == f"urn:uuid:{credential.uid}"
    text = json.dumps(made, ensure_ascii=False)
    assert credential.holder_name in text
    assert "rozlicza kasę na koniec zmiany" in text
    assert "proof" not in made


def test_the_certificate_tells_the_last_day_not_the_midnight_after_it(body):
    made = body.issue(body.version(valid_months=12), awarded_on=dt.date(2026, 1, 31))
    reader = PdfReader(io.BytesIO(file_of(made, "pdf").content))
    assert "31.01.2027" in reader.pages[0].extract_text()


def test_the_european_document_holds_against_the_shapes_of_the_model(credential, shared_data):
    file = shared_data / "elm-3" / "EDC-generic-no-cv.ttl"
    if not file.exists():
        pytest.skip("the shapes of the European Learning Model do not lie beside the project")
    shapes = Graph().parse(file, format="turtle")
    made = json.loads(file_of(credential, "elm.json").content)
    assert faults(as_graph(made, shared_data), shapes) == []


def test_the_grade_is_in_the_european_document_too(body):
    version = body.version()
    made = issue_credential(
        version=version, recipient=Recipient(1, "Ewa", "Żądło", "e@example.org", grade="celująca"),
        awarded_on=dt.date(2026, 11, 2), acting_user=acting(body.clerk),
    )  # fmt: skip
    assert "celująca" in file_of(made, "elm.json").content.decode()


def test_every_file_has_a_plain_name_and_other_endings_do_not_exist(credential):
    names = {file_of(credential, ending).name for ending in ENDINGS}
    assert len(names) == len(ENDINGS)
    assert all(name.isascii() and " " not in name for name in names)
    with pytest.raises(KeyError):
        file_of(credential, "exe")
