"""Fees that a step waits for, refusals and appeals about each decision, letters about steps, blueprints retired."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import dorobek.kernel.ids

WAITS = [
    ("nothing", "nic nie czeka na opłatę"),
    ("commission", "powołanie komisji czeka na opłatę"),
    ("result", "ogłoszenie wyniku czeka na opłatę"),
]
ABOUT = [
    ("course", "przebieg sprawy"),
    ("refusal", "odmowa dopuszczenia do walidacji"),
    ("adjustment", "odmowa dostosowania"),
    ("fee", "odmowa zwolnienia z opłaty"),
    ("commission", "skład komisji"),
    ("result", "wynik"),
    ("revocation", "unieważnienie certyfikatu"),
]


def fill(apps, _schema_editor):
    """What decisions and appeals made before this were about; until now a case was judged whole in every round."""
    decisions = apps.get_model("validation", "Decision")
    for one in decisions.objects.select_related("application").iterator():
        one.carried = one.application.carried
        if one.round == one.application.round:
            one.commission_id = one.application.commission_id
        one.save(update_fields=["carried", "commission"])
    apps.get_model("validation", "Appeal").objects.filter(step="decided").update(about="result")


class Migration(migrations.Migration):
    dependencies = [
        ("validation", "0006_knowledge_test"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=dorobek.kernel.ids.uuid7, editable=False, unique=True)),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=120)),
                ("due_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices",
                        to="validation.application",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("application", "key"), name="told_once")],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("conditions", "warunki przystąpienia z wpisu nie są spełnione"),
                            ("evidence", "brakuje dokumentów, których wymaga wpis"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("refused_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="refusals",
                        to="validation.application",
                    ),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RemoveConstraint(model_name="appeal", name="one_open_appeal"),
        migrations.AddField(
            model_name="appeal",
            name="about",
            field=models.CharField(choices=ABOUT, default="course", max_length=12),
        ),
        migrations.AddField(
            model_name="application", name="letters_off", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="blueprint", name="closed_why", field=models.CharField(blank=True, max_length=300)
        ),
        migrations.AddField(model_name="decision", name="carried", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="decision",
            name="commission",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="validation.commission"
            ),
        ),
        migrations.AddField(model_name="fee", name="answer", field=models.TextField(blank=True)),
        migrations.AddField(model_name="fee", name="answered_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="fee",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(model_name="fee", name="asked", field=models.TextField(blank=True)),
        migrations.AddField(model_name="fee", name="asked_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="fee", name="due_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="fee", name="granted", field=models.BooleanField(null=True)),
        migrations.AddField(
            model_name="fee",
            name="waits",
            field=models.CharField(choices=WAITS, default="nothing", max_length=12),
        ),
        migrations.AddField(
            model_name="validationopening", name="fee_days", field=models.PositiveSmallIntegerField(default=14)
        ),
        migrations.AddField(
            model_name="validationopening", name="fee_to", field=models.CharField(blank=True, max_length=300)
        ),
        migrations.AddField(
            model_name="validationopening",
            name="fee_waits",
            field=models.CharField(choices=WAITS, default="nothing", max_length=12),
        ),
        migrations.AlterField(
            model_name="application",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "zbieranie dowodów"),
                    ("submitted", "złożony, doradca sprawdza dowody"),
                    ("documented", "czeka na komisję"),
                    ("appointed", "komisja ocenia"),
                    ("decided", "decyzja wydana"),
                    ("certified", "wydano certyfikat"),
                    ("refused", "odmowa dopuszczenia"),
                    ("withdrawn", "wycofany"),
                ],
                default="draft",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="casedocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("declaration", "oświadczenie o bezstronności"),
                    ("refusal", "pismo o odmowie"),
                    ("appointment", "powołanie komisji"),
                    ("protocol", "protokół walidacji"),
                    ("result-letter", "pismo o wyniku"),
                    ("appeal-answer", "odpowiedź na odwołanie"),
                    ("certificate", "certyfikat"),
                    ("revocation", "pismo o unieważnieniu certyfikatu"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "filed")), fields=("application", "about"),
                name="one_open_appeal_about_each",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
