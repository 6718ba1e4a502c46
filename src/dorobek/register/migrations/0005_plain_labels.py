from django.db import migrations, models

from dorobek.kernel.text import normalised


def fill(apps, schema_editor):
    """Labels that were imported before, in the form that is searched."""
    concepts = apps.get_model('register', 'Concept').objects
    batch = []
    for row in concepts.only('pk', 'label_pl', 'label_en').iterator(chunk_size=2000):
        row.plain_pl, row.plain_en = normalised(row.label_pl)[:400], normalised(row.label_en)[:400]
        batch.append(row)
        if len(batch) == 400:
            concepts.bulk_update(batch, ['plain_pl', 'plain_en'])
            batch = []
    concepts.bulk_update(batch, ['plain_pl', 'plain_en'])


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0004_analysis'),
    ]

    operations = [
        migrations.AddField('concept', 'plain_pl', models.CharField(blank=True, default='', max_length=400), preserve_default=False),
        migrations.AddField('concept', 'plain_en', models.CharField(blank=True, default='', max_length=400), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
