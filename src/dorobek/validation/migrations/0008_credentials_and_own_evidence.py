"""Credentials beside criteria with every check of them, trainings that await their participant, questions that verify
several criteria. What was held before stays as it was: a question of one criterion verifies no further one."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

STANDINGS = [
    ("valid", "ważne"),
    ("expired", "po terminie"),
    ("suspended", "zawieszone"),
    ("revoked", "cofnięte"),
    ("replaced", "zastąpione nowym"),
    ("invalid", "nieważne"),
    ("unsure", "nie wszystko sprawdzone"),
]
MOMENTS = [("mapped", "przy dołączeniu do kryterium"), ("documented", "przy zamknięciu zbierania dowodów")]


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0001_initial"),
        ("portfolio", "0003_match_choices"),
        ("validation", "0007_steps_of_a_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CredentialPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("standing", models.CharField(choices=STANDINGS, max_length=10)),
                ("checked_at", models.DateTimeField()),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credential_piece",
                        to="portfolio.evidence",
                    ),
                ),
                (
                    "held",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to="portfolio.heldcredential",
                    ),
                ),
                (
                    "issued",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to="credentials.credential",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("issued", None), ("held", None), _connector="OR"),
                        name="a_piece_is_one_credential",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CredentialCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moment", models.CharField(choices=MOMENTS, max_length=10)),
                ("standing", models.CharField(choices=STANDINGS, max_length=10)),
                ("report", models.JSONField(default=list)),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credential_checks",
                        to="validation.application",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portfolio.evidence"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "evidence"], name="checks_of_credential")],
            },
        ),
        migrations.CreateModel(
            name="AwaitedTraining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("participant", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=200)),
                ("ended_on", models.DateField()),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "trainer", "title", "ended_on"), name="awaited_training_once"
                    )
                ],
            },
        ),
        migrations.AddField(model_name="itemversion", name="also", field=models.JSONField(default=list)),
    ]
