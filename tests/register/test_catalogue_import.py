"""The shipped catalogue in the register."""

import pytest

from dorobek.register.actions import import_catalogue
from dorobek.register.models import LearningOutcome
from dorobek.register.queries import outcome_index

pytestmark = pytest.mark.django_db


def test_importing_twice_changes_nothing():
    count = import_catalogue()
    keys = set(LearningOutcome.objects.values_list("pk", "code"))
    assert import_catalogue() == count == len(keys)
    assert set(LearningOutcome.objects.values_list("pk", "code")) == keys


def test_the_index_follows_the_register():
    assert outcome_index("pl").suggest("siedziałam na kasie") == []
    import_catalogue()
    found = outcome_index("pl").suggest("siedziałam na kasie i liczyłam utarg")
    assert found
    assert LearningOutcome.objects.filter(pk=int(found[0].code), area="trade").exists()
