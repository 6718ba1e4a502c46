"""The whole case as one archive: the script that lies in it says valid, and names what was changed."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest

from dorobek.cli.main import main
from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed
from dorobek.kernel.files import store_bytes
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import applying
from dorobek.validation.actions.archives import take_archive
from dorobek.validation.archive import CASE, HISTORY, MANIFEST, SCRIPT
from dorobek.validation.models import CaseDocument
from tests.factories import acting, make_person
from tests.validation.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def documented_with_evidence(world):
    piece = world.evidence()
    piece.file = store_bytes(b"%PDF-1.4 ksiega", name="Księga 2025.PDF", media_type="application/pdf")
    piece.save()
    made = applying.begin_application(person=world.person, opening=world.open(), acting_user=acting(world.me))
    applying.map_evidence(application=made, mapped={"1.1.a": [piece], "1.1.b": [piece]}, acting_user=acting(world.me))
    made = applying.submit_application(application=made, acting_user=acting(world.me))
    return applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))


def certified(world):
    application = world.judged(world.appointed(documented_with_evidence(world)))
    world.decide(application)
    world.certify(world.fresh(application))
    return world.fresh(application)


def taken(world, application, **options):
    file, made = take_archive(application=application, acting_user=acting(world.officer), **options)
    with file:
        return file.read(), made


def unpacked(data, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        packed.extractall(folder)
    return folder


def checked(folder, *arguments):
    """The script that lies in the archive, run by itself: nothing of this project is on its path."""
    run = subprocess.run(
        [sys.executable, "-I", str(folder / SCRIPT), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def seal_again(folder):
    """Somebody who changes a file and then writes its new sum into the list."""
    manifest = json.loads((folder / MANIFEST).read_text())
    for name in manifest["files"]:
        data = (folder / name).read_bytes()
        manifest["files"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_it_holds_the_whole_case_and_the_script_in_it_finds_nothing_wrong(world, tmp_path):
    application = certified(world)
    data, made = taken(world, application)
    folder = unpacked(data, tmp_path / "a")
    code, said = checked(folder)
    assert (code, "Wszystko się zgadza" in said) == (0, True), said
    assert made.manifest_sha256 in said
    (tmp_path / "whole.zip").write_bytes(data)
    assert checked(folder, str(tmp_path / "whole.zip"))[0] == 0
    case = json.loads((folder / CASE).read_text())
    assert case["certificate"]["number"] == application.certificate.number
    assert {one["kind"] for one in case["documents"]} == {
        "declaration", "appointment", "protocol", "result-letter", "certificate"
    }  # fmt: skip
    assert [one["file"] for one in case["mapped"]] == ["dowody/01-Ksiega.pdf"] * 2
    assert (folder / "dowody/01-Ksiega.pdf").read_bytes() == b"%PDF-1.4 ksiega"
    told = HistoryEntry.objects.get(kind="validation.archive-taken")
    assert (told.subject, told.payload.data["manifest_sha256"]) == (application.uid, made.manifest_sha256)
    assert list(history.verify(world.person.uid)) == []


def test_one_changed_byte_is_named_wherever_it_is(world, tmp_path):
    data, _made = taken(world, certified(world))
    folder = unpacked(data, tmp_path / "a")
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.name not in (MANIFEST, SCRIPT)):
        before = path.read_bytes()
        path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
        code, said = checked(folder)
        assert (code, path.relative_to(folder).as_posix() in said) == (1, True), said
        path.write_bytes(before)
    (folder / "nowy.txt").write_text("x")
    assert "nowy.txt: tego pliku nie ma w spisie" in checked(folder)[1]


def test_a_missing_file_is_named(world, tmp_path):
    data, _made = taken(world, certified(world))
    folder = unpacked(data, tmp_path / "a")
    (folder / CASE).rename(tmp_path / CASE)
    code, said = checked(folder)
    assert (code, f"{CASE}: brakuje tego pliku" in said) == (1, True)


def test_who_writes_the_sums_anew_is_caught_by_the_history(world, tmp_path):
    data, _made = taken(world, certified(world))

    def altered(change):
        folder = unpacked(data, tmp_path / change.__name__)
        change(folder)
        seal_again(folder)
        code, said = checked(folder)
        assert code == 1
        return said

    def mark(folder):
        case = json.loads((folder / CASE).read_text())
        case["sheets"][0]["marks"][0][1] = "not-met"
        (folder / CASE).write_text(json.dumps(case))

    def decision(folder):
        case = json.loads((folder / CASE).read_text())
        case["decisions"][0]["whole"] = "not-met"
        (folder / CASE).write_text(json.dumps(case))

    def letter(folder):
        path = next((folder / "dokumenty").glob("*result-letter.pdf"))
        path.write_bytes(path.read_bytes() + b" ")

    def entry(folder):
        told = json.loads((folder / HISTORY).read_text())
        told["streams"][0]["entries"][2]["kind"] = "validation.withdrawn"
        (folder / HISTORY).write_text(json.dumps(told))

    def end(folder):
        told = json.loads((folder / HISTORY).read_text())
        told["streams"][0]["entries"].pop()
        (folder / HISTORY).write_text(json.dumps(told))

    assert "oceny są inne niż w chwili zamknięcia" in altered(mark)
    assert "decyzja rundy 1 jest inna niż w historii" in altered(decision)
    assert "result-letter.pdf: suma kontrolna jest inna niż w historii sprawy" in altered(letter)
    assert "wpis 3: treść wpisu zmieniono" in altered(entry)
    assert "koniec jest inny niż zapisany" in altered(end)


def test_a_damaged_zip_is_no_traceback(world, tmp_path):
    data, _made = taken(world, certified(world))
    folder = unpacked(data, tmp_path / "a")
    broken = tmp_path / "broken.zip"
    start = data.index(b"dokumenty/01") + 60
    for at in range(start, start + 200, 40):
        broken.write_bytes(data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
        code, said = checked(folder, str(broken))
        assert (code, "dokumenty/01" in said, "Traceback" in said) == (1, True, False), said
    (tmp_path / "cut.zip").write_bytes(data[:1000])
    code, said = checked(folder, str(tmp_path / "cut.zip"))
    assert (code, "Traceback" in said) == (1, False), said
    assert checked(folder, str(tmp_path / "none.zip"))[0] == 1


def test_before_the_decision_no_mark_leaves_the_house(world, tmp_path):
    application = world.judged(world.appointed(documented_with_evidence(world)), c11a="not-met")
    data, _made = taken(world, application, evidence=False)
    folder = unpacked(data, tmp_path / "a")
    assert checked(folder)[0] == 0
    assert json.loads((folder / CASE).read_text())["sheets"] == []
    assert not (folder / "dowody").exists()
    assert b"not-met" not in (folder / CASE).read_bytes() + (folder / HISTORY).read_bytes()


def test_the_details_of_the_persons_other_matters_stay_at_home(world, tmp_path):
    application = certified(world)
    acting(world.me).record_now("consent.given", stream=world.person.uid, wording="zupełnie inna sprawa")
    data, _made = taken(world, application)
    folder = unpacked(data, tmp_path / "a")
    assert checked(folder)[0] == 0
    told = (folder / HISTORY).read_text()
    assert "consent.given" in told
    assert "zupełnie inna sprawa" not in told


def test_only_officers_of_the_body_take_it(world):
    application = certified(world)
    for who in (world.me, world.adviser, world.assessors[0], world.appeals, make_person("Jan Obcy").account):
        with pytest.raises(NotAllowed):
            take_archive(application=application, acting_user=acting(who))


def test_the_command_writes_it_and_refuses_in_words(world, tmp_path, capsys):
    application = certified(world)
    target = tmp_path / "sprawa.zip"
    assert main(["validation", "archive", str(application.uid), "--out", str(target)]) == 0
    folder = unpacked(target.read_bytes(), tmp_path / "a")
    assert checked(folder)[0] == 0
    assert hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest() in capsys.readouterr().out
    assert main(["validation", "archive", str(application.uid), "--out", str(target)]) == 1
    assert main(["validation", "archive", str(world.person.uid)]) == 1
    assert "there is no case" in capsys.readouterr().err


def test_what_was_erased_is_not_in_it_and_the_rest_still_checks(world, tmp_path):
    application = certified(world)
    CaseDocument.objects.filter(application=application).update(content="", pdf=None, docx=None)
    data, _made = taken(world, application)
    assert checked(unpacked(data, tmp_path / "a"))[0] == 0
