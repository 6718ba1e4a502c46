"""Print-outs that the tests of the register read: one written for them, and the real one where it lies beside."""

import os
from pathlib import Path

import pytest

from dorobek.register.entry import Read
from dorobek.register.entry.printout import read_printout

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture
def small() -> Read:
    return read_printout((HERE / "data" / "wydruk-70001.txt").read_text(encoding="utf-8"))


@pytest.fixture
def real() -> Read:
    """The print-out of register entry 13477."""
    seeds = Path(os.environ.get("SHARED_SEEDS", ROOT.parent / "shared" / "seeds"))
    file = seeds / "zrk-13477-bilansowanie-kompetencji.txt"
    if not file.exists():
        pytest.skip("the print-out of entry 13477 does not lie beside the project")
    return read_printout(file.read_text(encoding="utf-8"))
