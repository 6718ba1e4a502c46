"""Every table says whose data it holds, and is reached the way that class allows."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from dorobek.kernel.tables import DataClass, Row
from dorobek.people.models import Account, Person

# Tables of libraries: sessions, sign-in, second factors; they hold data of accounts, reached through sign-in alone.
OUTSIDE = {"auth", "contenttypes", "sessions", "account", "mfa", "socialaccount", "usersessions"}
TABLES = [model for model in apps.get_models() if model._meta.app_label not in OUTSIDE and not model._meta.auto_created]


def columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete}


def leads_to(model: type[models.Model], target: type[models.Model], depth: int = 4) -> bool:
    """True when following not-null foreign keys from the model reaches the target."""
    if model is target:
        return True
    keys = [f for f in model._meta.get_fields() if isinstance(f, models.ForeignKey)]
    return depth > 0 and any(leads_to(key.related_model, target, depth - 1) for key in keys)


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m._meta.label)
def test_every_table_declares_its_class_of_data(model: Any):
    assert issubclass(model, Row), f"{model._meta.label} is not a Row"
    assert isinstance(model.data_class, DataClass)


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m._meta.label)
def test_a_persons_table_leads_to_a_person_or_an_account(model: Any):
    if model.data_class is not DataClass.PERSON or model._meta.label in ("kernel.HistoryPayload", "kernel.StoredFile"):
        return
    assert leads_to(model, Person) or leads_to(model, Account)


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m._meta.label)
def test_what_erasure_empties_exists_and_every_free_text_of_a_person_is_named(model: Any):
    assert set(model.erase) <= columns(model)
    if model.data_class is not DataClass.PERSON:
        return
    long_texts = {f.name for f in model._meta.get_fields() if isinstance(f, models.TextField)}
    # The wording of a consent is the programme's text; the question of the plan is too.
    assert (
        long_texts - set(model.erase) <= {"wording"}
        if model._meta.label == "people.Consent"
        else not (long_texts - set(model.erase))
    ), f"{model._meta.label}: free text that erasure would leave"
