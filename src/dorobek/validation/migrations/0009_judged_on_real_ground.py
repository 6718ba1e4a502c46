"""What a judgement rests on: methods as they took place, marks that point to something, agreement by every member,
sheets of members who were replaced, outcomes that fall with a certificate.

What was held keeps its meaning: agreed marks stay agreed, records of methods are told by their method, and a confirmed
outcome gets the digest of the words by which it was judged.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dorobek.register.entry import Entry
from dorobek.validation.rules.carrying import digest_of, outcomes_told

HOW = {
    "knowledge_test": "test", "simulated_observation": "observation", "conversation": "notes",
    "evidence_analysis": "checks",
}  # fmt: skip


def keep_what_is_held(apps, _schema_editor):
    """Agreed marks, records of methods and confirmed outcomes of before."""
    now = django.utils.timezone.now()
    apps.get_model("validation", "AgreedMark").objects.update(settled_at=now)
    for method, how in HOW.items():
        apps.get_model("validation", "MethodRecord").objects.filter(method=method).update(how=how)
    digests = {}
    held = apps.get_model("validation", "PartialResult").objects
    for one in held.select_related("decision__application__opening__entry_version").iterator():
        version = one.decision.application.opening.entry_version
        if version.pk not in digests:
            told = outcomes_told(Entry.from_data(version.data))
            digests[version.pk] = {code: digest for code, (_title, digest) in told.items()}
        one.digest = digests[version.pk].get(one.outcome) or digest_of(one.wording, [])
        one.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_row_edit"),
        ("people", "0006_minister_officer"),
        ("validation", "0008_credentials_and_own_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confirms", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="agreedmark",
            name="agreed_once",
        ),
        migrations.RemoveConstraint(
            model_name="partialresult",
            name="confirmed_once",
        ),
        migrations.AddField(
            model_name="agreedmark",
            name="fallen_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="agreedmark",
            name="settled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="agreedmark",
            name="written_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="assessment",
            name="void_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="voided_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="mark",
            name="pointer",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="methodrecord",
            name="failed",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="methodrecord",
            name="file",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="kernel.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="methodrecord",
            name="how",
            field=models.CharField(
                choices=[
                    ("test", "test w systemie"),
                    ("observation", "obserwacja w systemie"),
                    ("notes", "rozmowa z notatkami w systemie"),
                    ("checks", "dowody sprawdzone w arkuszach"),
                    ("written", "zapis członka komisji"),
                    ("paper", "przeprowadzono na papierze"),
                ],
                default="written",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="methodrecord",
            name="led_by",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="methodrecord",
            name="note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="partialresult",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="partialresult",
            name="suspended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="partialresult",
            name="suspended_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="suspended",
                to="validation.certificate",
            ),
        ),
        migrations.AddField(
            model_name="partialresult",
            name="suspension_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="timemark",
            name="moved",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(keep_what_is_held, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agreedmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fallen_at", None)),
                fields=("application", "round", "criterion"),
                name="agreed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="partialresult",
            constraint=models.UniqueConstraint(
                condition=models.Q(("suspended_at", None)),
                fields=("person", "qualification", "outcome", "digest"),
                name="confirmed_once",
            ),
        ),
        migrations.AddField(
            model_name="agreementanswer",
            name="agreed",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="validation.agreedmark"
            ),
        ),
        migrations.AddField(
            model_name="agreementanswer",
            name="assessor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementanswer",
            constraint=models.UniqueConstraint(fields=("agreed", "assessor"), name="one_answer_to_a_proposal"),
        ),
    ]
