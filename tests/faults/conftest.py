"""Installations of their own: made once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.served import Installation


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Tables, a case with one story, a session of its participant; never started itself."""
    installation = Installation(tmp_path_factory.mktemp("prepared"))
    installation.prepare()
    return installation


@pytest.fixture
def resting(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A fresh copy of the installation, not running."""
    shutil.copytree(prepared.folder, tmp_path / "var")
    installation = Installation(tmp_path / "var", prepared.made)
    yield installation
    installation.kill()


@pytest.fixture
def served(resting: Installation) -> Installation:
    """A fresh copy of the installation, running."""
    resting.start()
    return resting
